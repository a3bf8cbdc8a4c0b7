/* What a document and its versions must be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "features/documents/documents_rules.h"

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

static void refused(const Error *err, ErrorCode code, const char *field)
{
    assert_non_null(err);
    assert_string_equal(error_code_name(err->code), error_code_name(code));
    assert_true(str_eq(err->field, str_from(field)));
}

static const DocumentVersionFact second = {
    .from_on = {200}, .words = STR_INIT("全文"), .change = STR_INIT("公示改为七个工作日")};

static void a_title_is_needed_and_the_rest_is_not(void **state)
{
    assert_null(document_check(*state, STR("办法"), STR(""), STR("")));
    refused(document_check(*state, STR("办"), STR(""), STR("")), ERROR_FIELD_TOO_SHORT, "title");
}

static void a_version_has_words_or_a_paper(void **state)
{
    DocumentVersionFact fact = {.from_on = {100}};
    refused(document_version_check(*state, &fact, 1, (Date){0}), ERROR_FIELD_MISSING, "words");
    fact.has_file = true;
    assert_null(document_version_check(*state, &fact, 1, (Date){0}));
    fact = (DocumentVersionFact){.from_on = {100}, .words = STR("全文")};
    assert_null(document_version_check(*state, &fact, 1, (Date){0}));
}

static void a_new_version_holds_from_a_later_day(void **state)
{
    assert_null(document_version_check(*state, &second, 2, (Date){199}));
    refused(document_version_check(*state, &second, 2, (Date){200}), ERROR_DOCUMENT_DAY, "from_on");
}

static void a_new_version_says_what_changed(void **state)
{
    DocumentVersionFact fact = second;
    fact.change = STR("改");
    refused(document_version_check(*state, &fact, 2, (Date){1}), ERROR_FIELD_TOO_SHORT, "change");
    assert_null(document_version_check(*state, &fact, 1, (Date){0}));
}

static void it_holds_from_its_first_day_until_the_day_it_ends(void **state)
{
    (void)state;
    assert_int_equal(document_state((Date){10}, (Date){0}, (Date){9}), DOCUMENT_AHEAD);
    assert_int_equal(document_state((Date){10}, (Date){0}, (Date){10}), DOCUMENT_HOLDS);
    assert_int_equal(document_state((Date){10}, (Date){20}, (Date){19}), DOCUMENT_HOLDS);
    assert_int_equal(document_state((Date){10}, (Date){20}, (Date){20}), DOCUMENT_ENDED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_title_is_needed_and_the_rest_is_not),
        cmocka_unit_test(a_version_has_words_or_a_paper),
        cmocka_unit_test(a_new_version_holds_from_a_later_day),
        cmocka_unit_test(a_new_version_says_what_changed),
        cmocka_unit_test(it_holds_from_its_first_day_until_the_day_it_ends),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
