/* Which act follows which, and what a return must say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "features/filing/filing_rules.h"

#define WORDS "和区里今年的排水工程重复，请核对。"

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

static void error_is(const Error *error, ErrorCode code, const char *field)
{
    assert_non_null(error);
    assert_int_equal(error->code, code);
    assert_true(str_eq(error->field, str_from(field)));
}

static void a_filed_project_is_received_or_returned(void **state)
{
    (void)state;
    assert_int_equal(filing_after(FILING_NOT_YET, FILING_FILE), FILING_FILED);
    assert_int_equal(filing_after(FILING_FILED, FILING_RECEIVE), FILING_RECEIVED);
    assert_int_equal(filing_after(FILING_FILED, FILING_RETURN), FILING_RETURNED);
}

static void a_returned_project_is_sent_again_or_withdrawn(void **state)
{
    (void)state;
    assert_int_equal(filing_after(FILING_RETURNED, FILING_RESEND), FILING_FILED);
    assert_int_equal(filing_after(FILING_RETURNED, FILING_WITHDRAW), FILING_WITHDRAWN);
    assert_int_equal(filing_after(FILING_RETURNED, FILING_RECEIVE), FILING_NOT_YET);
}

static void nothing_follows_a_receipt_or_a_withdrawal(void **state)
{
    (void)state;
    for (int act = FILING_FILE; act <= FILING_WITHDRAW; act++) {
        assert_int_equal(filing_after(FILING_RECEIVED, (FilingAct)act), FILING_NOT_YET);
        assert_int_equal(filing_after(FILING_WITHDRAWN, (FilingAct)act), FILING_NOT_YET);
    }
}

static void what_was_not_returned_is_not_withdrawn(void **state)
{
    (void)state;
    assert_int_equal(filing_after(FILING_FILED, FILING_WITHDRAW), FILING_NOT_YET);
    assert_int_equal(filing_after(FILING_NOT_YET, FILING_WITHDRAW), FILING_NOT_YET);
}

/* Of a first return on the ground, in a round with so many clauses. */
static Error *check(Arena *arena, const FilingReturn *given, size_t n_clauses)
{
    FilingLimits limits = {.n_clauses = n_clauses, .cost = {120000}};
    return filing_return_check(arena, given, &limits);
}

static void a_clause_is_cited_by_a_number_of_the_round(void **state)
{
    FilingReturn given = {.ground = FILING_CLAUSE, .clause = 5, .words = STR(WORDS)};
    assert_null(check(*state, &given, 5));
    error_is(check(*state, &given, 4), ERROR_FILING_CLAUSE, "clause");
    given.clause = 0;
    error_is(check(*state, &given, 5), ERROR_FIELD_MISSING, "clause");
    given.clause = -1;
    error_is(check(*state, &given, 5), ERROR_FILING_CLAUSE, "clause");
}

static void a_duplicate_names_the_other_project(void **state)
{
    FilingReturn given = {.ground = FILING_DUPLICATE, .words = STR(WORDS)};
    error_is(check(*state, &given, 5), ERROR_FIELD_MISSING, "other");
    given.other = STR("云杉里排水改造（2026 年）");
    assert_null(check(*state, &given, 5));
}

static void an_amount_says_how_much_is_too_much(void **state)
{
    FilingReturn given = {.ground = FILING_AMOUNT, .words = STR(WORDS)};
    error_is(check(*state, &given, 5), ERROR_FIELD_MISSING, "over");
    given.over = (Money){120000};
    assert_null(check(*state, &given, 5));
    given.over = (Money){120001};
    error_is(check(*state, &given, 5), ERROR_FILING_OVER_COST, "over");
}

static void a_ground_that_was_answered_is_none(void **state)
{
    FilingReturn given = {.ground = FILING_CLAUSE, .clause = 1, .words = STR(WORDS)};
    FilingLimits limits = {.n_clauses = 5, .is_again = true};
    error_is(filing_return_check(*state, &given, &limits), ERROR_FILING_GROUND_AGAIN, "ground");
}

static void there_is_no_fourth_ground(void **state)
{
    FilingReturn given = {.ground = 4, .clause = 1, .words = STR(WORDS)};
    error_is(check(*state, &given, 5), ERROR_FIELD_NOT_CHOICE, "ground");
    given.ground = 0;
    error_is(check(*state, &given, 5), ERROR_FIELD_NOT_CHOICE, "ground");
}

static void a_return_is_in_writing(void **state)
{
    FilingReturn given = {.ground = FILING_CLAUSE, .clause = 1, .words = STR("不行")};
    error_is(check(*state, &given, 5), ERROR_FIELD_TOO_SHORT, "words");
}

static void a_return_keeps_only_what_belongs_to_its_ground(void **state)
{
    (void)state;
    FilingReturn given = {FILING_DUPLICATE, 3, STR(" 楼道换灯 "), {500}, STR(" 一样 ")};
    FilingReturn clean = filing_return_clean(&given);
    assert_int_equal(clean.clause, 0);
    assert_int_equal(clean.over.fen, 0);
    assert_true(str_eq(clean.other, STR("楼道换灯")));
    assert_true(str_eq(clean.words, STR("一样")));
    given.ground = FILING_AMOUNT;
    assert_int_equal(filing_return_clean(&given).over.fen, 500);
    assert_int_equal(filing_return_clean(&given).other.len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_filed_project_is_received_or_returned),
        cmocka_unit_test(a_returned_project_is_sent_again_or_withdrawn),
        cmocka_unit_test(nothing_follows_a_receipt_or_a_withdrawal),
        cmocka_unit_test(what_was_not_returned_is_not_withdrawn),
        cmocka_unit_test_setup_teardown(a_clause_is_cited_by_a_number_of_the_round, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_duplicate_names_the_other_project, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_amount_says_how_much_is_too_much, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_ground_that_was_answered_is_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(there_is_no_fourth_ground, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_return_is_in_writing, set_up, tear_down),
        cmocka_unit_test(a_return_keeps_only_what_belongs_to_its_ground),
    };
    return cmocka_run_group_tests_name("filing_rules", tests, NULL, NULL);
}
