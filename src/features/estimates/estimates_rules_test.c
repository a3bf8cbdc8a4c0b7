/* What a price needs, what is unusual, what quotas say. */
#include "features/estimates/estimates_rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static int set_up(void **state)
{
    *state = arena_create(1 << 20);
    return 0;
}

static int tear_down(void **state)
{
    arena_destroy(*state);
    return 0;
}

static const Date today = {20000};

static QuoteFact quote(const char *supplier, int64_t yuan)
{
    return (QuoteFact){str_from(supplier), {yuan * 100}, {19990}, true};
}

static EstimateFact two_quotes(int64_t yuan)
{
    return (EstimateFact){.cost = {yuan * 100},
                          .basis = ESTIMATE_QUOTES,
                          .quotes = {quote("甲店", 12000), quote("乙店", 12800)}};
}

static const char *fault(Arena *arena, const EstimateFact *fact)
{
    Error *error = estimate_check(arena, fact, 2, today);
    return error ? arena_cstr(arena, error->field) : "";
}

/* --- what a price rests on --------------------------------------------------- */

static void two_whole_quotes_carry_a_price_between_them(void **state)
{
    EstimateFact fact = two_quotes(12400);
    assert_string_equal(fault(*state, &fact), "");
    fact.cost.fen = 1280001;
    assert_string_equal(fault(*state, &fact), "cost");
    fact.cost.fen = 1199999;
    assert_string_equal(fault(*state, &fact), "cost");
}

static void one_quote_is_too_few_and_the_next_place_is_asked_for(void **state)
{
    EstimateFact fact = two_quotes(12000);
    fact.quotes[1] = (QuoteFact){0};
    Error *error = estimate_check(*state, &fact, 2, today);
    assert_int_equal(error->code, ERROR_ESTIMATE_QUOTES);
    assert_true(str_eq(error->field, STR("supplier_2")));
    assert_int_equal(error->number, 2);
    assert_null(estimate_check(*state, &fact, 1, today));
}

static void a_quote_needs_supplier_amount_day_and_paper(void **state)
{
    EstimateFact fact = two_quotes(12000);
    fact.quotes[1].supplier = STR("");
    assert_string_equal(fault(*state, &fact), "supplier_2");
    fact = two_quotes(12000);
    fact.quotes[0].cost.fen = 0;
    assert_string_equal(fault(*state, &fact), "quote_1");
    fact = two_quotes(12000);
    fact.quotes[1].on.days = 0;
    assert_string_equal(fault(*state, &fact), "date_2");
    fact = two_quotes(12000);
    fact.quotes[1].has_document = false;
    assert_string_equal(fault(*state, &fact), "file_2");
}

static void a_quote_of_tomorrow_is_refused(void **state)
{
    EstimateFact fact = two_quotes(12000);
    fact.quotes[0].on.days = today.days;
    assert_string_equal(fault(*state, &fact), "");
    fact.quotes[0].on.days++;
    assert_string_equal(fault(*state, &fact), "date_1");
}

static void a_place_left_empty_between_quotes_does_no_harm(void **state)
{
    EstimateFact fact = two_quotes(12000);
    fact.quotes[3] = fact.quotes[0];
    fact.quotes[0] = (QuoteFact){0};
    assert_string_equal(fault(*state, &fact), "");
}

static void a_library_price_names_its_entry(void **state)
{
    EstimateFact fact = {.cost = {100}, .basis = ESTIMATE_LIBRARY};
    assert_string_equal(fault(*state, &fact), "source");
    fact.source = STR("坡道扶手");
    assert_string_equal(fault(*state, &fact), "");
}

static void a_department_says_who_and_how(void **state)
{
    EstimateFact fact = {.cost = {100}, .basis = ESTIMATE_DEPARTMENT, .source = STR("城管办")};
    assert_string_equal(fault(*state, &fact), "words");
    fact.words = STR("扶手十二米，每米二百六十元。");
    assert_string_equal(fault(*state, &fact), "");
    fact.source = STR("");
    assert_string_equal(fault(*state, &fact), "source");
}

static void a_price_without_amount_or_basis_is_refused(void **state)
{
    EstimateFact fact = two_quotes(0);
    assert_string_equal(fault(*state, &fact), "cost");
    fact = two_quotes(12000);
    fact.basis = 0;
    assert_string_equal(fault(*state, &fact), "basis");
}

/* --- what is usual ----------------------------------------------------------- */

static UsualPrice usual_of(const int64_t *yuan, size_t count, int percent)
{
    Money prices[16];
    for (size_t i = 0; i < count; i++) {
        prices[i].fen = yuan[i] * 100;
    }
    return usual_price(prices, count, percent);
}

/* Worked by hand: the middle of 8 9 10 11 12 100 is 10.5; distances .5 .5 1.5 1.5 2.5 89.5, their
 * middle 1.5; 3 × 1.4826 × 1.5 = 6.67, more than a tenth of 10.5. */
static void the_range_is_three_scaled_deviations_around_the_median(void **state)
{
    (void)state;
    const int64_t prices[] = {100, 8, 12, 9, 11, 10};
    UsualPrice usual = usual_of(prices, 6, 10);
    assert_int_equal(usual.median.fen, 1050);
    assert_int_equal(usual.deviation.fen, 150);
    assert_int_equal(usual.low.fen, 1050 - 667);
    assert_int_equal(usual.high.fen, 1050 + 667);
}

static void one_wild_price_does_not_move_the_range(void **state)
{
    (void)state;
    const int64_t tame[] = {8, 9, 10, 11, 12, 13, 14};
    const int64_t wild[] = {8, 9, 10, 11, 12, 13, 900000};
    UsualPrice a = usual_of(tame, 7, 10);
    UsualPrice b = usual_of(wild, 7, 10);
    assert_int_equal(a.high.fen, b.high.fen);
    assert_true(usual_is_outside(&b, (Money){90000000}));
}

static void equal_prices_still_leave_the_programmes_percent(void **state)
{
    (void)state;
    const int64_t same[] = {100, 100, 100, 100, 100};
    UsualPrice usual = usual_of(same, 5, 50);
    assert_false(usual_is_outside(&usual, (Money){5000}));
    assert_false(usual_is_outside(&usual, (Money){15000}));
    assert_true(usual_is_outside(&usual, (Money){4999}));
    assert_true(usual_is_outside(&usual, (Money){15001}));
}

static void four_prices_or_no_percent_say_nothing(void **state)
{
    (void)state;
    const int64_t few[] = {1, 1, 1, 1, 1};
    UsualPrice usual = usual_of(few, 4, 50);
    assert_int_equal(usual.n, 4);
    assert_false(usual_is_outside(&usual, (Money){99999999}));
    usual = usual_of(few, 5, 0);
    assert_false(usual_is_outside(&usual, (Money){99999999}));
}

static void the_largest_amounts_do_not_overflow(void **state)
{
    (void)state;
    Money prices[5];
    for (size_t i = 0; i < 5; i++) {
        prices[i].fen = i < 2 ? 1 : MONEY_MAX_FEN;
    }
    UsualPrice usual = usual_price(prices, 5, 1000);
    assert_int_equal(usual.low.fen, 0);
    assert_int_equal(usual.high.fen, 11 * MONEY_MAX_FEN);
}

static void an_unusual_or_a_large_price_needs_a_second_signature(void **state)
{
    (void)state;
    const int64_t same[] = {100, 100, 100, 100, 100};
    UsualPrice usual = usual_of(same, 5, 50);
    Money from = {5000000};
    assert_int_equal(estimate_needs(&usual, from, (Money){10000}), 0);
    assert_int_equal(estimate_needs(&usual, from, (Money){4999999}), ESTIMATE_NEEDS_UNUSUAL);
    assert_int_equal(estimate_needs(&usual, from, (Money){5000000}),
                     ESTIMATE_NEEDS_UNUSUAL | ESTIMATE_NEEDS_LARGE);
    assert_int_equal(estimate_needs(&(UsualPrice){0}, (Money){0}, (Money){5000000}), 0);
}

static void nobody_signs_what_they_entered(void **state)
{
    (void)state;
    assert_true(estimate_may_be_decided(ESTIMATE_WAITS, 7, 8));
    assert_false(estimate_may_be_decided(ESTIMATE_WAITS, 7, 7));
    assert_false(estimate_may_be_decided(ESTIMATE_WAITS, 7, 0));
    assert_false(estimate_may_be_decided(ESTIMATE_IN_FORCE, 7, 8));
}

/* --- quotas ------------------------------------------------------------------ */

static const Money budget = {100000};

static QuotaRules rules_with(int64_t first_cap, int64_t second_cap, int places)
{
    return (QuotaRules){.budget = budget,
                        .n_kinds = 2,
                        .kinds = {{{first_cap}, places, {50000}}, {{second_cap}, 0, {20000}}}};
}

static void a_project_is_held_to_the_least_of_its_limits(void **state)
{
    (void)state;
    Money none = {0};
    assert_int_equal(quota_most((Money){50000}, (Money){30000}, budget).fen, 30000);
    assert_int_equal(quota_most((Money){20000}, (Money){30000}, budget).fen, 20000);
    assert_int_equal(quota_most((Money){20000}, none, budget).fen, 20000);
    assert_int_equal(quota_most(none, none, budget).fen, 100000);
}

static QuotaSum sum_of(QuotaRules rules, KindUse use, bool is_chosen, bool is_shortlisted)
{
    QuotaSum sum;
    rules.is_chosen = is_chosen;
    rules.is_shortlisted = is_shortlisted;
    quota_sum(&rules, &use, 1, &sum);
    return sum;
}

static void caps_may_not_divide_more_than_the_money(void **state)
{
    (void)state;
    KindUse none = {.kind = 1};
    assert_true(sum_of(rules_with(60000, 40000, 0), none, true, true).is_met);
    assert_false(sum_of(rules_with(60000, 40001, 0), none, true, true).is_met);
    assert_true(sum_of(rules_with(100000, 0, 0), none, true, true).is_met);
    assert_false(sum_of(rules_with(100001, 0, 0), none, true, true).is_met);
}

static void where_nothing_chooses_any_more_sums_must_fit(void **state)
{
    (void)state;
    QuotaRules rules = rules_with(60000, 0, 0);
    KindUse use = {.kind = 1, .projects = 3, .cost = {60001}};
    assert_true(sum_of(rules, use, true, true).is_met);
    QuotaSum sum = sum_of(rules, use, false, true);
    assert_false(sum.is_met);
    assert_true(sum.lines[0].is_over);
    use.cost.fen = 60000;
    assert_true(sum_of(rules, use, false, true).is_met);
    use.kind = 2;
    use.cost.fen = 100001;
    assert_false(sum_of(rules, use, false, true).is_met);
}

static void places_bind_where_no_shortlist_comes(void **state)
{
    (void)state;
    QuotaRules rules = rules_with(0, 0, 2);
    KindUse use = {.kind = 1, .projects = 3, .cost = {300}};
    assert_true(sum_of(rules, use, true, true).is_met);
    assert_false(sum_of(rules, use, true, false).is_met);
    use.projects = 2;
    assert_true(sum_of(rules, use, true, false).is_met);
}

static void one_project_outside_its_limits_is_enough_to_fail(void **state)
{
    (void)state;
    QuotaRules rules = rules_with(0, 0, 0);
    assert_false(sum_of(rules, (KindUse){.kind = 1, .projects = 3, .above = 1}, true, true).is_met);
    assert_false(sum_of(rules, (KindUse){.kind = 1, .projects = 3, .below = 1}, true, true).is_met);
}

static void projects_of_a_kind_the_rules_do_not_know_are_counted(void **state)
{
    (void)state;
    QuotaRules rules = rules_with(0, 0, 0);
    QuotaSum sum = sum_of(rules, (KindUse){.kind = 4, .projects = 2, .cost = {700}}, true, true);
    assert_int_equal(sum.n_lines, 3);
    assert_int_equal(sum.lines[2].projects, 2);
    assert_int_equal(sum.used.fen, 700);
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE(two_whole_quotes_carry_a_price_between_them),
        RULE(one_quote_is_too_few_and_the_next_place_is_asked_for),
        RULE(a_quote_needs_supplier_amount_day_and_paper),
        RULE(a_quote_of_tomorrow_is_refused),
        RULE(a_place_left_empty_between_quotes_does_no_harm),
        RULE(a_library_price_names_its_entry),
        RULE(a_department_says_who_and_how),
        RULE(a_price_without_amount_or_basis_is_refused),
        RULE(the_range_is_three_scaled_deviations_around_the_median),
        RULE(one_wild_price_does_not_move_the_range),
        RULE(equal_prices_still_leave_the_programmes_percent),
        RULE(four_prices_or_no_percent_say_nothing),
        RULE(the_largest_amounts_do_not_overflow),
        RULE(an_unusual_or_a_large_price_needs_a_second_signature),
        RULE(nobody_signs_what_they_entered),
        RULE(a_project_is_held_to_the_least_of_its_limits),
        RULE(caps_may_not_divide_more_than_the_money),
        RULE(where_nothing_chooses_any_more_sums_must_fit),
        RULE(places_bind_where_no_shortlist_comes),
        RULE(one_project_outside_its_limits_is_enough_to_fail),
        RULE(projects_of_a_kind_the_rules_do_not_know_are_counted),
    };
    return cmocka_run_group_tests_name("estimates_rules", tests, NULL, NULL);
}
