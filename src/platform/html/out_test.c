#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "base/random.h"
#include "platform/html/out.h"
#include "platform/html/qr.h"

#define TEST_ARENA_BYTES (16u * 1024 * 1024)

static int set_up(void **state)
{
    *state = arena_create(TEST_ARENA_BYTES);
    return 0;
}

static int tear_down(void **state)
{
    arena_destroy(*state);
    return 0;
}

/* --- ids ------------------------------------------------------------------------------------ */

static void an_id_reads_back_from_its_text(void **state)
{
    (void)state;
    Seeded seeded = {1};
    for (int i = 0; i < 1000; i++) {
        int64_t id = (int64_t)(seeded_next(&seeded) >> 1), read = 0;
        IdText text = id_text(id);
        assert_int_equal(strlen(text.text), 13);
        assert_true(id_parse(str_from(text.text), &read));
        assert_int_equal(read, id);
    }
    assert_string_equal(id_text(0).text, "0000000000000");
    assert_string_equal(id_text(INT64_MAX).text, "7ZZZZZZZZZZZZ");
}

static void look_alikes_and_small_letters_are_read(void **state)
{
    (void)state;
    int64_t id = 0;
    assert_true(id_parse(STR("ooooooooooooi"), &id));
    assert_int_equal(id, 1);
    assert_true(id_parse(STR("000000000000L"), &id));
    assert_int_equal(id, 1);
    assert_true(id_parse(STR("000000000000z"), &id));
    assert_int_equal(id, 31);
}

static void what_is_no_id_is_refused(void **state)
{
    (void)state;
    int64_t id = 0;
    const char *wrong[] = {"",
                           "1",
                           "00000000000000",
                           "000000000000U",
                           "8000000000000",
                           "00000000000 0",
                           "-000000000001",
                           "000000000000\xff"};
    for (size_t i = 0; i < countof(wrong); i++) {
        assert_false(id_parse(str_from(wrong[i]), &id));
    }
    assert_false(id_parse(STR("00000000000\0000"), &id));
}

/* --- addresses ------------------------------------------------------------------------------ */

static void only_paths_of_ours_are_followed(void **state)
{
    const char *kept[] = {"/", "/a/0000000000001?x=1&y=%2F#z", "/a//b", "/a?next=/../x", "/a/..b"};
    const char *dropped[] = {"",
                             "//evil.example",
                             "/\\evil.example",
                             "https://evil.example",
                             "evil",
                             "/a\nb",
                             "/a b",
                             "/\t/evil.example",
                             "javascript:x",
                             "/a\\b",
                             "/..//evil.example",
                             "/./",
                             "/a/..//evil.example",
                             "/a/.."};
    for (size_t i = 0; i < countof(kept); i++) {
        assert_true(str_eq(url_own_path_or_home(*state, str_from(kept[i])).url, str_from(kept[i])));
    }
    for (size_t i = 0; i < countof(dropped); i++) {
        assert_true(str_eq(url_own_path_or_home(*state, str_from(dropped[i])).url, STR("/")));
    }
}

static void a_telephone_address_holds_digits_only(void **state)
{
    assert_true(
        str_eq(url_tel(*state, STR("+86 (755) 8000-0126;x")).url, STR("tel:+8675580000126")));
}

static void a_path_is_made_from_ids(void **state)
{
    SafeUrl url = url_path(*state, "/a/%s", id_text(31).text);
    assert_true(str_eq(url.url, STR("/a/000000000000Z")));
}

static void a_route_is_filled_with_its_area_and_id(void **state)
{
    SafeUrl url = url_of(*state, "/a/{area}/polls/{id}/edit", 31, 2);
    assert_true(str_eq(url.url, STR("/a/000000000000Z/polls/0000000000002/edit")));
    url = url_of(*state, "/a/{area}/polls?round={id}", 31, 2);
    assert_true(str_eq(url.url, STR("/a/000000000000Z/polls?round=0000000000002")));
    assert_true(str_eq(url_of(*state, "/me", 31, 2).url, STR("/me")));
}

/* --- QR ------------------------------------------------------------------------------------- */

static void a_qr_code_is_markup_without_style(void **state)
{
    Str svg = qr_svg(*state, STR("https://example.org/x"), STR("扫码 \"<"), 4).markup;
    assert_true(str_starts_with(svg, STR("<svg class=\"qr\"")));
    assert_true(str_contains(svg, STR("role=\"img\"")));
    assert_true(str_contains(svg, STR("aria-label=\"扫码 &quot;&lt;\"")));
    /* version 2 (25 modules) and a quiet zone of 4 on each side, 4 px each */
    assert_true(str_contains(svg, STR("viewBox=\"0 0 33 33\"")));
    assert_true(str_contains(svg, STR("width=\"132\"")));
    /* the finder pattern's top row: seven dark modules in the corner */
    assert_true(str_contains(svg, STR("d=\"M4 4h7v1h-7z")));
    assert_false(str_contains(svg, STR("style=")));
}

static void a_text_too_long_for_a_qr_code_gives_nothing(void **state)
{
    char *text = arena_array(*state, char, 5000);
    memset(text, 'x', 5000);
    assert_int_equal(qr_svg(*state, str_from_bytes(text, 5000), STR("x"), 1).markup.len, 0);
    assert_int_equal(qr_svg(*state, STR(""), STR("x"), 1).markup.len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_id_reads_back_from_its_text),
        cmocka_unit_test(look_alikes_and_small_letters_are_read),
        cmocka_unit_test(what_is_no_id_is_refused),
        cmocka_unit_test(only_paths_of_ours_are_followed),
        cmocka_unit_test(a_telephone_address_holds_digits_only),
        cmocka_unit_test(a_path_is_made_from_ids),
        cmocka_unit_test(a_route_is_filled_with_its_area_and_id),
        cmocka_unit_test(a_qr_code_is_markup_without_style),
        cmocka_unit_test(a_text_too_long_for_a_qr_code_gives_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
