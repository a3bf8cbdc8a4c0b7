/* Sums, comparisons and checks on elections small enough to check by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tally/pabulib.h"
#include "tally/tally_explain.h"

static int open_arena(void **state)
{
    *state = arena_create(64 * 1024 * 1024);
    return 0;
}

static int close_arena(void **state)
{
    arena_destroy(*state);
    return 0;
}

static TallyElection election_of(Arena *arena, const char *pb)
{
    PabulibFile file;
    Error *err = pabulib_parse(arena, str_from(pb), &file);
    if (err) {
        fail_msg("%.*s", STR_ARG(err->detail));
    }
    return file.election;
}

static TallyResult run(Arena *arena, const TallyElection *election, TallyRule rule,
                       TallyUtility utility)
{
    TallyOptions options = tally_default_options();
    options.rule = rule;
    options.utility = utility;
    TallyResult result;
    Error *err = tally_run(arena, election, &options, &result);
    if (err) {
        fail_msg("%.*s", STR_ARG(err->detail));
    }
    return result;
}

static uint32_t find(const TallyElection *election, const char *name)
{
    uint32_t p = 0;
    while (!str_eq(election->projects[p].name, str_from(name))) {
        p++;
    }
    return p;
}

static TallyCheck check(Arena *arena, const TallyElection *election, const TallyResult *result,
                        TallyRule rule, TallyUtility utility, TallyCheckName name)
{
    TallyOptions options = tally_default_options();
    options.rule = rule;
    options.utility = utility;
    TallyCheck checks[TALLY_CHECKS];
    tally_checks(arena, election, &options, result, checks);
    assert_int_equal(checks[name].name, name);
    return checks[name];
}

static void assert_text(Str text, const char *expected)
{
    if (!str_eq(text, str_from(expected))) {
        fail_msg("\"%.*s\" instead of \"%s\"", STR_ARG(text), expected);
    }
}

/* Six voters for big, four for small, two of whom for tiny as well, and an empty ballot. */
#define NORTH_AND_SOUTH                                                                            \
    "META\nkey;value\nbudget;10\nvote_type;approval\n"                                             \
    "PROJECTS\nproject_id;cost\nbig;8\nsmall;4\ntiny;3\n"                                          \
    "VOTES\nvoter_id;vote\n1;big\n2;big\n3;big\n4;big\n5;big\n6;big\n7;small,tiny\n8;small,tiny\n" \
    "9;small\n10;small\n11;\n"

static void money_is_summed_by_label(void **state)
{
    TallyElection election = election_of(*state, NORTH_AND_SOUTH);
    TallyResult result = run(*state, &election, TALLY_RULE_GREEDY, TALLY_UTILITY_COST);
    uint32_t label[3] = {0};
    label[find(&election, "small")] = 1;
    label[find(&election, "tiny")] = 1;
    const TallyLabelSum *sums = tally_by_label(*state, &election, &result, label, 3);
    assert_int_equal(sums[0].projects, 1);
    assert_int_equal(sums[0].selected, 1);
    assert_int_equal(sums[0].spent, 8);
    assert_int_equal(sums[1].projects, 2);
    assert_int_equal(sums[1].selected, 0);
    assert_int_equal((int64_t)sums[1].asked, 7);
    assert_int_equal(sums[1].spent, 0);
    assert_int_equal(sums[2].projects, 0);
}

static void voters_are_counted_by_what_they_got(void **state)
{
    TallyElection election = election_of(*state, NORTH_AND_SOUTH);
    TallyResult result = {.selected = (uint32_t[]){1, 2}, .n_selected = 2};
    TallyWins wins = tally_wins(*state, &election, &result);
    assert_int_equal(wins.voters, 11);
    assert_int_equal(wins.empty, 1);
    assert_int_equal(wins.n_by_wins, 3);
    assert_int_equal(wins.by_wins[0], 7);
    assert_int_equal(wins.by_wins[1], 2);
    assert_int_equal(wins.by_wins[2], 2);
    assert_int_equal((int64_t)wins.wins, 6);
    assert_int_equal((int64_t)wins.money, 4 * 4 + 2 * 3);
}

static void a_comparison_says_who_gains_and_which_projects_differ(void **state)
{
    TallyElection election = election_of(*state, NORTH_AND_SOUTH);
    TallyResult big = {.selected = (uint32_t[]){0}, .n_selected = 1};
    TallyResult others = {.selected = (uint32_t[]){2, 1}, .n_selected = 2};
    TallyComparison compared = tally_compare(*state, &election, &big, &others);
    assert_int_equal(compared.n_both, 0);
    assert_int_equal(compared.n_first, 1);
    assert_int_equal(compared.n_second, 2);
    assert_int_equal(compared.second[0], 2);
    assert_int_equal(compared.by_wins.first, 6);
    assert_int_equal(compared.by_wins.second, 4);
    assert_int_equal(compared.by_wins.same, 1);
    assert_int_equal(compared.by_having_any.second, 4);
}

/* One choice more is a gain by number and a loss by money. */
static void gains_by_number_and_by_money_can_differ(void **state)
{
    TallyElection election = election_of(
        *state, "META\nkey;value\nbudget;10\nvote_type;approval\n"
                "PROJECTS\nproject_id;cost\na;9\nb;2\nc;3\nVOTES\nvoter_id;vote\n1;a,b,c\n");
    TallyResult one = {.selected = (uint32_t[]){0}, .n_selected = 1};
    TallyResult two = {.selected = (uint32_t[]){1, 2}, .n_selected = 2};
    TallyComparison compared = tally_compare(*state, &election, &one, &two);
    assert_int_equal(compared.by_wins.second, 1);
    assert_int_equal(compared.by_money.first, 1);
    assert_int_equal(compared.by_having_any.same, 1);
}

static void points_of_zero_are_no_choice(void **state)
{
    TallyElection election = election_of(
        *state, "META\nkey;value\nbudget;10\nvote_type;cumulative\n"
                "PROJECTS\nproject_id;cost\na;9\nb;2\nVOTES\nvoter_id;vote;points\n1;a,b;0,1\n");
    TallyResult result = {.selected = (uint32_t[]){0}, .n_selected = 1};
    TallyWins wins = tally_wins(*state, &election, &result);
    assert_int_equal(wins.by_wins[0], 1);
    assert_int_equal(wins.empty, 0);
}

/* ---- checks -------------------------------------------------------------------------------- */

static void a_selection_over_the_budget_is_found(void **state)
{
    TallyElection election = election_of(*state, NORTH_AND_SOUTH);
    TallyResult result = {.selected = (uint32_t[]){0, 1}, .n_selected = 2};
    TallyCheck budget = check(*state, &election, &result, TALLY_RULE_GREEDY, TALLY_UTILITY_COST,
                              TALLY_CHECK_BUDGET);
    assert_int_equal(budget.verdict, TALLY_FAILS);
    assert_text(budget.money, "2");
}

static void the_cheapest_project_that_still_fits_is_named(void **state)
{
    TallyElection election = election_of(*state, NORTH_AND_SOUTH);
    TallyResult none = {.n_selected = 0};
    TallyCheck exhaustive = check(*state, &election, &none, TALLY_RULE_GREEDY, TALLY_UTILITY_COST,
                                  TALLY_CHECK_EXHAUSTIVE);
    assert_int_equal(exhaustive.verdict, TALLY_FAILS);
    assert_int_equal(exhaustive.project, find(&election, "tiny"));
    assert_text(exhaustive.money, "10");
}

/* Four of eleven voters choose "small", which costs 4; 4/11 of 10 is less: nothing is deserved. Of
 * a budget of 11 their share is exactly 4. */
static void a_group_with_nothing_that_could_pay_fails_jr(void **state)
{
    TallyElection election = election_of(*state, NORTH_AND_SOUTH);
    TallyResult big = {.selected = (uint32_t[]){0}, .n_selected = 1};
    TallyCheck jr =
        check(*state, &election, &big, TALLY_RULE_GREEDY, TALLY_UTILITY_COST, TALLY_CHECK_JR);
    assert_int_equal(jr.verdict, TALLY_HOLDS);
    election.budget = 11;
    jr = check(*state, &election, &big, TALLY_RULE_GREEDY, TALLY_UTILITY_COST, TALLY_CHECK_JR);
    assert_int_equal(jr.verdict, TALLY_FAILS);
    assert_int_equal(jr.project, find(&election, "small"));
    assert_int_equal(jr.voters, 4);
    assert_text(jr.money, "4");
}

/* Three of four voters want a, b and c, at 2 each, of a budget of 8: their share is 6. With only a
 * they fail by count (one more as dear as b: 2 projects, 4 of 6) and by cost (2 + 2 of 6); JR
 * holds. With a and b, count: 3 x 2 = 6 is within 6, so c is still deserved. */
static void a_group_with_too_little_fails_ejr_plus(void **state)
{
    TallyElection election =
        election_of(*state, "META\nkey;value\nbudget;8\nvote_type;approval\n"
                            "PROJECTS\nproject_id;cost\na;2\nb;2\nc;2\nd;8\n"
                            "VOTES\nvoter_id;vote\n1;a,b,c\n2;a,b,c\n3;a,b,c\n4;d\n");
    TallyResult one = {.selected = (uint32_t[]){0}, .n_selected = 1};
    TallyCheck jr =
        check(*state, &election, &one, TALLY_RULE_GREEDY, TALLY_UTILITY_COST, TALLY_CHECK_JR);
    assert_int_equal(jr.verdict, TALLY_HOLDS);
    TallyCheck ejr = check(*state, &election, &one, TALLY_RULE_GREEDY, TALLY_UTILITY_COUNT,
                           TALLY_CHECK_EJR_PLUS);
    assert_int_equal(ejr.verdict, TALLY_FAILS);
    assert_int_equal(ejr.project, 1);
    assert_int_equal(ejr.voters, 3);
    assert_int_equal((int64_t)ejr.most_had, 1);
    assert_text(ejr.money, "6");
    TallyResult three = {.selected = (uint32_t[]){0, 1, 2}, .n_selected = 3};
    ejr = check(*state, &election, &three, TALLY_RULE_GREEDY, TALLY_UTILITY_COST,
                TALLY_CHECK_EJR_PLUS);
    assert_int_equal(ejr.verdict, TALLY_HOLDS);
}

static void proportionality_is_not_asked_of_ranked_ballots(void **state)
{
    TallyElection election =
        election_of(*state, "META\nkey;value\nbudget;8\nvote_type;ordinal\n"
                            "PROJECTS\nproject_id;cost\na;2\nVOTES\nvoter_id;vote\n1;a\n");
    TallyResult none = {.n_selected = 0};
    TallyCheck jr =
        check(*state, &election, &none, TALLY_RULE_GREEDY, TALLY_UTILITY_COST, TALLY_CHECK_JR);
    assert_int_equal(jr.verdict, TALLY_NOT_ASKED);
}

/* Four voters have 3 each of 12. All want a (8): each pays 2. Three want b (7); they have 1 left
 * each, so 3 together, and b cannot be bought. */
#define A_AND_B                                                                                    \
    "META\nkey;value\nbudget;12\nvote_type;approval\nPROJECTS\nproject_id;cost\na;8\nb;7\n"        \
    "VOTES\nvoter_id;vote\n1;a,b\n2;a,b\n3;a,b\n4;a\n"

static TallyCheck check_changed_price(Arena *arena, const char *endowment, const char *price,
                                      int64_t payers)
{
    TallyElection election = election_of(arena, A_AND_B);
    TallyResult result = run(arena, &election, TALLY_RULE_EQUAL_SHARES, TALLY_UTILITY_COUNT);
    TallyExplanation why[2] = {result.projects[0], result.projects[1]};
    why[0].price = str_from(price);
    why[0].payers = payers;
    result.projects = why;
    result.endowment = str_from(endowment);
    return check(arena, &election, &result, TALLY_RULE_EQUAL_SHARES, TALLY_UTILITY_COUNT,
                 TALLY_CHECK_PRICES);
}

static void published_prices_are_done_again(void **state)
{
    TallyCheck fine = check_changed_price(*state, "3", "2", 4);
    assert_int_equal(fine.verdict, TALLY_HOLDS);
    TallyCheck same = check_changed_price(*state, "6/2", "2.0", 4);
    assert_int_equal(same.verdict, TALLY_HOLDS);
}

static void a_wrong_price_is_found(void **state)
{
    TallyCheck sum = check_changed_price(*state, "3", "2.5", 4);
    assert_int_equal(sum.verdict, TALLY_FAILS);
    assert_int_equal(sum.fault, TALLY_PRICE_SUM);
    assert_int_equal(sum.project, 0);
    assert_text(sum.money, "10");
    assert_int_equal(check_changed_price(*state, "3", "2", 3).fault, TALLY_PRICE_PAYERS);
    assert_int_equal(check_changed_price(*state, "3", "two", 4).fault, TALLY_PRICE_UNREADABLE);
    assert_int_equal(check_changed_price(*state, "3", "2/0", 4).fault, TALLY_PRICE_UNREADABLE);
    assert_int_equal(check_changed_price(*state, "", "2", 4).fault, TALLY_PRICE_UNREADABLE);
}

/* With 5 each, three voters would have 3 left each for b, which costs 7. */
static void a_project_that_could_still_be_bought_is_found(void **state)
{
    TallyCheck more = check_changed_price(*state, "5", "2", 4);
    assert_int_equal(more.fault, TALLY_PRICE_AFFORDABLE);
    assert_int_equal(more.project, 1);
    assert_int_equal(more.voters, 3);
    assert_text(more.money, "9");
    TallyCheck just = check_changed_price(*state, "13/3", "2", 4);
    assert_int_equal(just.fault, TALLY_PRICE_AFFORDABLE);
    assert_text(just.money, "7");
}

/* 12 for three voters is 4 each. */
static void who_had_less_left_paid_less(void **state)
{
    TallyElection election = election_of(*state, "META\nkey;value\nbudget;12\nvote_type;approval\n"
                                                 "PROJECTS\nproject_id;cost\na;3\nb;6\nc;3\n"
                                                 "VOTES\nvoter_id;vote\n1;a,b,c\n2;b\n3;a,c\n");
    TallyOptions options = tally_default_options();
    options.rule = TALLY_RULE_EQUAL_SHARES;
    options.utility = TALLY_UTILITY_COUNT;
    TallyResult result = run(*state, &election, options.rule, options.utility);
    /* a and c at 1.5 each from 1 and 3, who have 1 left; then b (6) from 1 and 2: 1 + 4 < 6. */
    assert_int_equal(result.n_shares, 2);
    const TallyPayers *payers = tally_payers(*state, &election, &options, &result);
    assert_int_equal(payers[0].in_full, 2);
    assert_int_equal(payers[0].less, 0);
    /* With b at 5 it is bought: voter 2 pays the price of 4, voter 1 the 1 left. */
    TallyProject *projects = arena_array(*state, TallyProject, 3);
    for (uint32_t p = 0; p < 3; p++) {
        projects[p] = election.projects[p];
    }
    projects[1].cost = 5;
    election.projects = projects;
    result = run(*state, &election, options.rule, options.utility);
    assert_int_equal(result.n_shares, 3);
    payers = tally_payers(*state, &election, &options, &result);
    assert_int_equal(payers[2].in_full, 1);
    assert_int_equal(payers[2].less, 1);
    assert_int_equal(payers[2].nothing, 0);
    assert_text(payers[2].had, "5");
    assert_text(payers[2].left, "0");
    assert_text(payers[0].had, "8");
}

/* The hall for 300 from two voters with 100 each: the budget pays the rest. */
static void with_bounded_overspending_supporters_pay_what_they_have(void **state)
{
    TallyElection election = election_of(*state, "META\nkey;value\nbudget;300\nvote_type;approval\n"
                                                 "PROJECTS\nproject_id;cost\nhall;300\nbench;30\n"
                                                 "VOTES\nvoter_id;vote\n1;hall\n2;bench\n3;hall\n");
    TallyOptions options = tally_default_options();
    options.rule = TALLY_RULE_BOUNDED_OVERSPENDING;
    TallyResult result = run(*state, &election, options.rule, options.utility);
    assert_int_equal(result.n_shares, 1);
    const TallyPayers *payers = tally_payers(*state, &election, &options, &result);
    assert_int_equal(payers[0].in_full + payers[0].less, 2);
    assert_text(payers[0].had, "200");
    assert_text(payers[0].left, "0");
}

/* ---- what a loser lacked ------------------------------------------------------------------- */

static TallyShortfall lacks(Arena *arena, const TallyElection *election, TallyRule rule,
                            TallyUtility utility, const char *project)
{
    TallyOptions options = tally_default_options();
    TallyEffort effort = {.step = 1, .most_runs = 1000};
    options.rule = rule;
    options.utility = utility;
    TallyResult result = run(arena, election, rule, utility);
    return tally_shortfall(arena, election, &options, &result, find(election, project), &effort);
}

/* b costs 7; its three supporters have 1 left each after a. At 6 each would pay 2, as for a, which
 * comes first by name, and then 3 is left for it; at 5 it is cheaper for each than a. One voter
 * more makes it 7/4 for each, which all of 12/5 can pay before a. Of a budget of 12 + m each has 1
 * + m/4 left after a: three have 7 from m = 16/3 on, so 6. */
static void a_loser_of_equal_shares_is_told_three_numbers(void **state)
{
    TallyElection election = election_of(*state, A_AND_B);
    TallyShortfall b = lacks(*state, &election, TALLY_RULE_EQUAL_SHARES, TALLY_UTILITY_COUNT, "b");
    assert_int_equal(b.cheaper, 2);
    assert_int_equal(b.supporters, 1);
    assert_int_equal(b.budget, 6);
}

/* Nobody is told to be cheaper who has won. */
static void a_winner_lacked_nothing(void **state)
{
    TallyElection election = election_of(*state, A_AND_B);
    TallyShortfall a = lacks(*state, &election, TALLY_RULE_EQUAL_SHARES, TALLY_UTILITY_COUNT, "a");
    assert_int_equal(a.cheaper + a.supporters + a.budget, 0);
}

/* Of 10: a (6 votes, 6), b (5 votes, 5), c (4 votes, 4). By votes a and c are taken: b misses 1 of
 * cost, 2 votes to come before a (names decide at equal votes), 1 of budget: then a and b fit, and
 * c does not any more. */
static void more_budget_can_help_one_and_hurt_another(void **state)
{
    TallyElection election = election_of(
        *state, "META\nkey;value\nbudget;10\nvote_type;approval\n"
                "PROJECTS\nproject_id;cost\na;6\nb;5\nc;4\nVOTES\nvoter_id;vote\n1;a,b,c\n2;a,b,c\n"
                "3;a,b,c\n4;a,b,c\n5;a,b\n6;a\n");
    TallyShortfall b = lacks(*state, &election, TALLY_RULE_GREEDY, TALLY_UTILITY_COST, "b");
    assert_int_equal(b.cheaper, 1);
    assert_int_equal(b.supporters, 2);
    assert_int_equal(b.budget, 1);
    election.budget = 11;
    TallyShortfall c = lacks(*state, &election, TALLY_RULE_GREEDY, TALLY_UTILITY_COST, "c");
    assert_int_equal(c.budget, 4);
}

/* Loads: a (4 for two voters: 2 each) is first, at equal loads by name before b (2 for one voter).
 * Nothing is left of 5 that b costs: it must be bought before a, with less load, or fit beside it.
 */
static void a_loser_of_phragmen_is_told_three_numbers(void **state)
{
    TallyElection election = election_of(*state, "META\nkey;value\nbudget;5\nvote_type;approval\n"
                                                 "PROJECTS\nproject_id;cost\na;4\nb;3\n"
                                                 "VOTES\nvoter_id;vote\n1;a\n2;a\n3;b\n");
    TallyShortfall b = lacks(*state, &election, TALLY_RULE_PHRAGMEN, TALLY_UTILITY_COST, "b");
    assert_int_equal(b.cheaper, 2);    /* at 1 its load is 1 and it fits; at 2 both are at 2 and it
                                        * does    not fit beside a */
    assert_int_equal(b.supporters, 1); /* 3 for two voters: 1.5 each */
    assert_int_equal(b.budget, 2);
}

/* The best set of 5 is a (2 votes x 4 = 8); b alone has 3. b beside a: 2 more of budget. */
static void a_loser_of_the_best_set_is_told_three_numbers(void **state)
{
    TallyElection election = election_of(*state, "META\nkey;value\nbudget;5\nvote_type;approval\n"
                                                 "PROJECTS\nproject_id;cost\na;4\nb;3\n"
                                                 "VOTES\nvoter_id;vote\n1;a\n2;a\n3;b\n");
    TallyShortfall b =
        lacks(*state, &election, TALLY_RULE_MAX_SATISFACTION, TALLY_UTILITY_COST, "b");
    assert_int_equal(b.cheaper, 2);
    assert_int_equal(b.supporters, 2); /* 3 x 3 = 9 is more than 8; with 2 x 3 it is not */
    assert_int_equal(b.budget, 2);
}

static void a_search_that_ends_too_soon_says_so(void **state)
{
    TallyElection election = election_of(*state, A_AND_B);
    TallyOptions options = tally_default_options();
    TallyEffort effort = {.step = 1, .most_runs = 2};
    options.rule = TALLY_RULE_EQUAL_SHARES;
    options.utility = TALLY_UTILITY_COUNT;
    TallyResult result = run(*state, &election, options.rule, options.utility);
    TallyShortfall b =
        tally_shortfall(*state, &election, &options, &result, find(&election, "b"), &effort);
    assert_int_equal(b.budget, TALLY_NOT_FOUND);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_arena, close_arena)
    const struct CMUnitTest tests[] = {
        TEST(money_is_summed_by_label),
        TEST(voters_are_counted_by_what_they_got),
        TEST(a_comparison_says_who_gains_and_which_projects_differ),
        TEST(gains_by_number_and_by_money_can_differ),
        TEST(points_of_zero_are_no_choice),
        TEST(a_selection_over_the_budget_is_found),
        TEST(the_cheapest_project_that_still_fits_is_named),
        TEST(a_group_with_nothing_that_could_pay_fails_jr),
        TEST(a_group_with_too_little_fails_ejr_plus),
        TEST(proportionality_is_not_asked_of_ranked_ballots),
        TEST(published_prices_are_done_again),
        TEST(a_wrong_price_is_found),
        TEST(a_project_that_could_still_be_bought_is_found),
        TEST(who_had_less_left_paid_less),
        TEST(with_bounded_overspending_supporters_pay_what_they_have),
        TEST(a_loser_of_equal_shares_is_told_three_numbers),
        TEST(a_winner_lacked_nothing),
        TEST(more_budget_can_help_one_and_hurt_another),
        TEST(a_loser_of_phragmen_is_told_three_numbers),
        TEST(a_loser_of_the_best_set_is_told_three_numbers),
        TEST(a_search_that_ends_too_soon_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
