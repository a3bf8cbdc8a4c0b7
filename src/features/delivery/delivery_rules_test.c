/* What comes next, who accepts, what buying needs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "features/delivery/delivery_rules.h"

static DeliveryFacts granted(void)
{
    DeliveryFacts facts = {.is_open = true, .state = DELIVERY_UNDER_WAY};
    facts.money.of[LEDGER_ORIGIN][LEDGER_STREET].fen = -1000;
    facts.money.of[LEDGER_FREE][LEDGER_STREET].fen = 1000;
    return facts;
}

static void nothing_begins_before_the_round_comes_to_the_works(void **state)
{
    (void)state;
    DeliveryFacts facts = granted();
    facts.is_open = false;
    assert_int_equal(delivery_next(&facts), STEP_WAIT);
}

static void the_work_goes_step_by_step(void **state)
{
    (void)state;
    DeliveryFacts facts = {.is_open = true, .state = DELIVERY_UNDER_WAY};
    assert_int_equal(delivery_next(&facts), STEP_GRANT);
    facts = granted();
    assert_int_equal(delivery_next(&facts), STEP_CALL);
    facts.n_purchases = facts.n_called = 1;
    assert_int_equal(delivery_next(&facts), STEP_CHOOSE);
    facts.n_called = 0;
    facts.n_chosen = 1;
    assert_int_equal(delivery_next(&facts), STEP_CONTRACT);
    facts.n_chosen = 0;
    assert_int_equal(delivery_next(&facts), STEP_PLAN);
    facts.n_milestones = 2;
    assert_int_equal(delivery_next(&facts), STEP_MILESTONE);
    facts.n_done = 2;
    assert_int_equal(delivery_next(&facts), STEP_ACCEPT);
}

static void a_project_that_buys_nothing_only_needs_a_plan(void **state)
{
    (void)state;
    DeliveryFacts facts = granted();
    facts.n_milestones = 1;
    assert_int_equal(delivery_next(&facts), STEP_MILESTONE);
}

static void after_acceptance_the_money_is_brought_to_an_end(void **state)
{
    (void)state;
    DeliveryFacts facts = granted();
    facts.state = DELIVERY_ACCEPTED;
    facts.money.of[LEDGER_REQUESTED][LEDGER_CITY].fen = 1;
    facts.money.of[LEDGER_CONTRACTED][LEDGER_CITY].fen = 1;
    facts.money.of[LEDGER_RETAINED][LEDGER_CITY].fen = 1;
    assert_int_equal(delivery_next(&facts), STEP_TRANSFER);
    facts.money.of[LEDGER_REQUESTED][LEDGER_CITY].fen = 0;
    assert_int_equal(delivery_next(&facts), STEP_SETTLE);
    facts.money.of[LEDGER_CONTRACTED][LEDGER_CITY].fen = 0;
    assert_int_equal(delivery_next(&facts), STEP_RELEASE);
    facts.money.of[LEDGER_RETAINED][LEDGER_CITY].fen = 0;
    assert_int_equal(delivery_next(&facts), STEP_RETURN);
    facts.money.of[LEDGER_FREE][LEDGER_STREET].fen = 0;
    assert_int_equal(delivery_next(&facts), STEP_DONE);
    facts.state = DELIVERY_STOPPED;
    assert_int_equal(delivery_next(&facts), STEP_STOPPED);
}

static void nothing_planned_is_not_built(void **state)
{
    (void)state;
    assert_false(delivery_is_built(0, 0));
    assert_false(delivery_is_built(2, 1));
    assert_true(delivery_is_built(2, 2));
}

static void each_way_of_buying_needs_its_quotes(void **state)
{
    (void)state;
    assert_int_equal(purchase_bidders_needed(PURCHASE_QUOTES), 2);
    assert_int_equal(purchase_bidders_needed(PURCHASE_COMPARE), 3);
    assert_int_equal(purchase_bidders_needed(PURCHASE_TENDER), 3);
    assert_int_equal(purchase_bidders_needed(PURCHASE_SINGLE), 1);
    assert_int_equal(purchase_bidders_needed(PURCHASE_LISTED), 1);
}

static void small_purchases_are_added_up(void **state)
{
    (void)state;
    Money limit = {1000};
    assert_false(purchase_is_over((Money){600}, (Money){400}, limit));
    assert_true(purchase_is_over((Money){600}, (Money){401}, limit));
    assert_false(purchase_is_over((Money){600}, (Money){401}, (Money){0}));
}

static Error *people(Arena *arena, const char *text, DeliveryPerson *out, size_t *out_n)
{
    return delivery_people_read(arena, str_from(text), out, out_n);
}

static void people_are_read_one_a_line(void **state)
{
    Arena *arena = *state;
    DeliveryPerson found[DELIVERY_PEOPLE_MAX];
    size_t n = 0;
    assert_null(people(arena, "林知夏 居民代表\n\n  沈岚　社区 工作者 \n", found, &n));
    assert_int_equal(n, 2);
    assert_true(str_eq(found[0].name, STR("林知夏")));
    assert_true(str_eq(found[0].what, STR("居民代表")));
    assert_true(str_eq(found[1].name, STR("沈岚")));
    assert_true(str_eq(found[1].what, STR("社区 工作者")));
}

static void assert_people_refused(Arena *arena, const char *text, int64_t line)
{
    DeliveryPerson found[DELIVERY_PEOPLE_MAX];
    size_t n = 0;
    Error *err = people(arena, text, found, &n);
    assert_non_null(err);
    assert_int_equal(err->code, ERROR_DELIVERY_PEOPLE);
    assert_int_equal(err->number, line);
    assert_true(str_eq(err->field, STR("people")));
}

static void somebody_alone_or_without_a_part_does_not_accept(void **state)
{
    Arena *arena = *state;
    assert_people_refused(arena, "", 0);
    assert_people_refused(arena, "林知夏 居民代表", 0);
    assert_people_refused(arena, "林知夏 居民代表\n沈岚", 2);
    assert_people_refused(
        arena, "甲 一\n甲 一\n甲 一\n甲 一\n甲 一\n甲 一\n甲 一\n甲 一\n甲 一\n甲 一\n甲 一", 0);
}

static void a_day_to_come_has_not_happened(void **state)
{
    Arena *arena = *state;
    Date today = {20000};
    assert_null(delivery_past_check(arena, today, today, "on"));
    assert_non_null(delivery_past_check(arena, (Date){20001}, today, "on"));
    assert_non_null(delivery_past_check(arena, DATE_NONE, today, "on"));
}

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_begins_before_the_round_comes_to_the_works),
        cmocka_unit_test(the_work_goes_step_by_step),
        cmocka_unit_test(a_project_that_buys_nothing_only_needs_a_plan),
        cmocka_unit_test(after_acceptance_the_money_is_brought_to_an_end),
        cmocka_unit_test(nothing_planned_is_not_built),
        cmocka_unit_test(each_way_of_buying_needs_its_quotes),
        cmocka_unit_test(small_purchases_are_added_up),
        cmocka_unit_test(people_are_read_one_a_line),
        cmocka_unit_test(somebody_alone_or_without_a_part_does_not_accept),
        cmocka_unit_test(a_day_to_come_has_not_happened),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
