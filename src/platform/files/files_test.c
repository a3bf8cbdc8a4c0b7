/* Papers that people bring: their kind and their name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "platform/files/files.h"

static int set_up(void **state)
{
    *state = arena_create(1u << 20);
    return 0;
}

static int tear_down(void **state)
{
    arena_destroy(*state);
    return 0;
}

static void a_paper_is_known_by_its_first_bytes(void **state)
{
    (void)state;
    assert_string_equal(file_media_type(STR("%PDF-1.7 …")), "application/pdf");
    assert_string_equal(file_media_type(STR("\xff\xd8\xff\xe0....")), "image/jpeg");
    assert_string_equal(file_media_type(STR("PK\x03\x04....")), "application/octet-stream");
    assert_null(file_media_type(STR("<html><script>")));
    assert_null(file_media_type(STR("")));
    assert_null(file_media_type(STR("%PDF")));
}

static void no_bytes_are_no_paper_and_no_error(void **state)
{
    FileDraft draft;
    assert_null(file_take(*state, STR("办法.pdf"), STR(""), "file", &draft));
    assert_int_equal(draft.bytes.len, 0);
}

static void a_page_of_the_web_is_refused_at_its_field(void **state)
{
    FileDraft draft;
    Error *err = file_take(*state, STR("办法.pdf"), STR("<html>"), "file", &draft);
    assert_non_null(err);
    assert_int_equal(err->code, ERROR_FIELD_DOCUMENT);
    assert_true(str_eq(err->field, STR("file")));
}

static void a_name_without_end_is_cut_between_characters(void **state)
{
    FileDraft draft;
    Str name = STR("");
    for (int i = 0; i < 80; i++) {
        name = arena_printf(*state, "%.*s办", STR_ARG(name));
    }
    assert_null(file_take(*state, name, STR("%PDF-1.7 x"), "file", &draft));
    assert_int_equal(utf8_length(draft.name), 60);
    assert_null(file_take(*state, STR(""), STR("%PDF-1.7 x"), "file", &draft));
    assert_true(str_eq(draft.name, STR("file")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_paper_is_known_by_its_first_bytes),
        cmocka_unit_test(no_bytes_are_no_paper_and_no_error),
        cmocka_unit_test(a_page_of_the_web_is_refused_at_its_field),
        cmocka_unit_test(a_name_without_end_is_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
