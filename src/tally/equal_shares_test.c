/* Equal shares on elections small enough to check by hand, and at the edges of the numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tally/pabulib.h"
#include "tally/tally.h"

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

static TallyResult run(Arena *arena, const TallyElection *election, TallyUtility utility,
                       TallyCompletion completion)
{
    TallyOptions options = tally_default_options();
    options.rule = TALLY_RULE_EQUAL_SHARES;
    options.utility = utility;
    options.completion = completion;
    TallyResult result;
    Error *err = tally_run(arena, election, &options, &result);
    if (err) {
        fail_msg("%.*s", STR_ARG(err->detail));
    }
    return result;
}

static void assert_selected(Arena *arena, const TallyElection *election, const TallyResult *result,
                            const char *expected)
{
    Str names = STR("");
    for (uint32_t i = 0; i < result->n_selected; i++) {
        Str name = election->projects[result->selected[i]].name;
        names = arena_printf(arena, "%.*s%s%.*s", STR_ARG(names), i > 0 ? " " : "", STR_ARG(name));
    }
    assert_string_equal(names.data, expected);
}

static const TallyExplanation *why(const TallyElection *election, const TallyResult *result,
                                   const char *name)
{
    for (uint32_t p = 0; p < election->n_projects; p++) {
        if (str_eq(election->projects[p].name, str_from(name))) {
            return &result->projects[p];
        }
    }
    fail_msg("no project %s", name);
    return NULL;
}

/* Each of the four has 25. */
#define STREET                                                                                     \
    "META\nkey;value\nbudget;100\nvote_type;approval\n"                                            \
    "PROJECTS\nproject_id;cost\npool;60\npark;30\nbench;10\nroad;40\npond;5\n"                     \
    "VOTES\nvoter_id;vote\n1;pool,park\n2;park,pool\n3;pool,bench\n4;bench,road\n"

static void cost_utility_buys_where_the_cost_is_shared_by_most(void **state)
{
    TallyElection street = election_of(*state, STREET);
    TallyResult result = run(*state, &street, TALLY_UTILITY_COST, TALLY_COMPLETE_NONE);
    assert_selected(*state, &street, &result, "pool bench");
    assert_int_equal(result.total_cost, 70);
    assert_int_equal(result.left, 30);
    assert_string_equal(result.welfare.data, "200");
    assert_string_equal(result.endowment.data, "25");
    assert_string_equal(why(&street, &result, "pool")->price.data, "20");
    assert_int_equal(why(&street, &result, "pool")->payers, 3);
    assert_string_equal(why(&street, &result, "bench")->price.data, "5");
}

static void losers_are_told_what_their_supporters_had_left(void **state)
{
    TallyElection street = election_of(*state, STREET);
    TallyResult result = run(*state, &street, TALLY_UTILITY_COST, TALLY_COMPLETE_NONE);
    assert_int_equal(why(&street, &result, "park")->reason, TALLY_UNAFFORDABLE);
    assert_string_equal(why(&street, &result, "park")->supporters_left.data, "10");
    assert_string_equal(why(&street, &result, "road")->supporters_left.data, "20");
    assert_int_equal(why(&street, &result, "park")->more_support, TALLY_NO_NUMBER);
    assert_int_equal(why(&street, &result, "pond")->reason, TALLY_NO_SUPPORT);
    assert_int_equal(why(&street, &result, "pond")->place, 0);
}

static void count_utility_buys_what_is_cheapest_for_each(void **state)
{
    TallyElection street = election_of(*state, STREET);
    TallyResult result = run(*state, &street, TALLY_UTILITY_COUNT, TALLY_COMPLETE_NONE);
    assert_selected(*state, &street, &result, "bench park");
    assert_string_equal(why(&street, &result, "park")->price.data, "15");
}

static void who_has_less_than_the_price_pays_all_there_is(void **state)
{
    TallyElection street = election_of(*state, "META\nkey;value\nbudget;100\nvote_type;approval\n"
                                               "PROJECTS\nproject_id;cost\na;60\nb;20\n"
                                               "VOTES\nvoter_id;vote\n1;a\n2;a\n3;a,b\n4;b\n");
    TallyResult result = run(*state, &street, TALLY_UTILITY_COST, TALLY_COMPLETE_NONE);
    assert_selected(*state, &street, &result, "a b");
    /* The third has 5 left of 25; the fourth pays the other 15. */
    assert_string_equal(why(&street, &result, "b")->price.data, "15");
    assert_int_equal(why(&street, &result, "b")->payers, 2);
}

static void greedy_completion_spends_what_is_left(void **state)
{
    TallyElection street = election_of(*state, STREET);
    TallyResult result = run(*state, &street, TALLY_UTILITY_COST, TALLY_COMPLETE_GREEDY);
    assert_selected(*state, &street, &result, "pool bench park");
    assert_int_equal(result.n_shares, 2);
    assert_true(why(&street, &result, "park")->by_completion);
    assert_false(why(&street, &result, "pool")->by_completion);
    assert_int_equal(why(&street, &result, "park")->left_before, 30);
}

static void add1e_stops_when_nothing_more_fits(void **state)
{
    TallyElection street = election_of(*state, STREET);
    TallyResult result = run(*state, &street, TALLY_UTILITY_COST, TALLY_COMPLETE_ADD1E);
    /* With 35 each, the two of the park have 15 left after the pool. */
    assert_selected(*state, &street, &result, "pool bench park");
    assert_string_equal(result.endowment.data, "35");
    assert_string_equal(result.steps.data, "10");
}

static void add1_stops_before_the_budget_is_passed(void **state)
{
    TallyElection street = election_of(*state, STREET);
    TallyResult result = run(*state, &street, TALLY_UTILITY_COST, TALLY_COMPLETE_ADD1);
    /* With 45 the fourth could pay the road alone, which is more than the budget. */
    assert_selected(*state, &street, &result, "pool bench park");
    assert_string_equal(result.endowment.data, "44");
}

static void next_gives_exactly_as_much_as_stays_within_the_budget(void **state)
{
    TallyElection street = election_of(*state, STREET);
    TallyResult result = run(*state, &street, TALLY_UTILITY_COST, TALLY_COMPLETE_NEXT);
    /* All together: 180 buy the road; a hundredth less does not. */
    assert_selected(*state, &street, &result, "pool bench park");
    assert_string_equal(result.endowment.data, "44.9975");
    assert_string_equal(result.steps.data, "7999");
}

static void next_sees_what_a_step_of_add1_passes_over(void **state)
{
    TallyElection street = election_of(*state, "META\nkey;value\nbudget;2\nvote_type;approval\n"
                                               "PROJECTS\nproject_id;cost\na;1.5\nb;1.25\n"
                                               "VOTES\nvoter_id;vote\n1;a\n2;b\n");
    TallyResult steps = run(*state, &street, TALLY_UTILITY_COST, TALLY_COMPLETE_ADD1);
    assert_int_equal(steps.n_selected, 0); /* 1 buys nothing, 2 buys both */
    TallyResult exact = run(*state, &street, TALLY_UTILITY_COST, TALLY_COMPLETE_NEXT);
    assert_selected(*state, &street, &exact, "b");
    assert_string_equal(exact.endowment.data, "1.495");
}

static void next_with_an_increment_is_add1(void **state)
{
    TallyElection street = election_of(*state, STREET);
    TallyOptions options = tally_default_options();
    options.rule = TALLY_RULE_EQUAL_SHARES;
    options.completion = TALLY_COMPLETE_NEXT;
    options.increment = 1;
    TallyResult result;
    assert_null(tally_run(*state, &street, &options, &result));
    assert_selected(*state, &street, &result, "pool bench park");
    assert_string_equal(result.endowment.data, "44");
    assert_string_equal(result.steps.data, "19");
}

static void next_does_not_depend_on_how_many_decimals_are_written(void **state)
{
    TallyElection whole = election_of(*state, STREET);
    TallyElection fen = whole;
    TallyProject projects[5];
    for (uint32_t p = 0; p < whole.n_projects; p++) {
        projects[p] = whole.projects[p];
        projects[p].cost *= 100;
    }
    fen.projects = projects;
    fen.budget *= 100;
    fen.amount_decimals = 2;
    TallyResult a = run(*state, &whole, TALLY_UTILITY_COST, TALLY_COMPLETE_NEXT);
    TallyResult b = run(*state, &fen, TALLY_UTILITY_COST, TALLY_COMPLETE_NEXT);
    assert_selected(*state, &fen, &b, "pool bench park");
    assert_string_equal(a.endowment.data, b.endowment.data);
    assert_string_equal(a.steps.data, b.steps.data);
    assert_string_equal(why(&whole, &a, "park")->price.data, why(&fen, &b, "park")->price.data);
}

static void add1_stops_when_everything_is_bought(void **state)
{
    TallyElection street =
        election_of(*state, "META\nkey;value\nbudget;1000000\nvote_type;approval\n"
                            "PROJECTS\nproject_id;cost\na;600000\nb;3\n"
                            "VOTES\nvoter_id;vote\n1;a\n2;b\n");
    TallyResult result = run(*state, &street, TALLY_UTILITY_COST, TALLY_COMPLETE_ADD1);
    assert_selected(*state, &street, &result, "a b");
    assert_string_equal(result.steps.data, "100000");
}

static void an_increment_is_one_unit_of_the_currency_or_as_given(void **state)
{
    TallyElection street = election_of(*state, "META\nkey;value\nbudget;9\nvote_type;approval\n"
                                               "PROJECTS\nproject_id;cost\na;5.25\nb;0.50\n"
                                               "VOTES\nvoter_id;vote\n1;a\n2;b\n");
    TallyResult result = run(*state, &street, TALLY_UTILITY_COST, TALLY_COMPLETE_ADD1);
    assert_string_equal(result.endowment.data, "5.5");
    TallyOptions options = tally_default_options();
    options.rule = TALLY_RULE_EQUAL_SHARES;
    options.completion = TALLY_COMPLETE_ADD1;
    options.increment = 25;
    assert_null(tally_run(*state, &street, &options, &result));
    assert_string_equal(result.endowment.data, "5.25");
    options.increment = -1;
    assert_non_null(tally_run(*state, &street, &options, &result));
}

/* Rounded shares of the budget add up to less than it: computed with them, nothing is bought. */
static void a_project_that_costs_exactly_the_budget_is_bought_when_all_support_it(void **state)
{
    static const int64_t voters[] = {1, 3, 7, 61, 105, 388, 61668, 1000003};
    for (size_t i = 0; i < countof(voters); i++) {
        TallyProject projects[] = {{.name = STR("a"), .cost = 10}, {.name = STR("b"), .cost = 10}};
        uint32_t start[] = {0, 1, 3};
        uint32_t choices[] = {0, 0, 1};
        int64_t weights[] = {voters[i], voters[i] + 1};
        TallyElection election = {.projects = projects,
                                  .n_projects = 2,
                                  .budget = 10,
                                  .kind = TALLY_BALLOTS_APPROVAL,
                                  .n_ballots = 2,
                                  .start = start,
                                  .choices = choices,
                                  .weights = weights};
        TallyResult result = run(*state, &election, TALLY_UTILITY_COST, TALLY_COMPLETE_NONE);
        assert_selected(*state, &election, &result, "a");
        assert_string_equal(why(&election, &result, "b")->supporters_left.data, "0");
        assert_string_equal(why(&election, &result, "a")->price.data, result.endowment.data);
    }
}

static void the_largest_numbers_do_not_overflow(void **state)
{
    TallyProject projects[] = {{.name = STR("a"), .cost = TALLY_MAX},
                               {.name = STR("b"), .cost = TALLY_MAX - 1},
                               {.name = STR("c"), .cost = 1}};
    uint32_t start[] = {0, 2, 5};
    uint32_t choices[] = {0, 1, 0, 1, 2};
    int64_t weights[] = {TALLY_MAX / 2, TALLY_MAX / 2};
    TallyElection election = {.projects = projects,
                              .n_projects = 3,
                              .budget = TALLY_MAX,
                              .kind = TALLY_BALLOTS_APPROVAL,
                              .n_ballots = 2,
                              .start = start,
                              .choices = choices,
                              .weights = weights};
    TallyResult all = run(*state, &election, TALLY_UTILITY_COST, TALLY_COMPLETE_NONE);
    assert_selected(*state, &election, &all, "a");
    assert_string_equal(all.welfare.data, "1000000000000000000000000000000000000");
    assert_string_equal(why(&election, &all, "a")->price.data, "1");
    TallyResult cheap = run(*state, &election, TALLY_UTILITY_COUNT, TALLY_COMPLETE_ADD1E_GREEDY);
    assert_selected(*state, &election, &cheap, "c b");
    assert_int_equal(cheap.left, 0);
}

static void a_thousand_million_voters_and_a_budget_of_10_to_the_15_are_exact(void **state)
{
    /* One fen decides: the supporters of b have 499,999,999 shares of 1,000,000 fen. */
    TallyProject projects[] = {{.name = STR("a"), .cost = INT64_C(500000001000000)},
                               {.name = STR("b"), .cost = INT64_C(499999999000000)}};
    uint32_t start[] = {0, 1, 2};
    uint32_t choices[] = {0, 1};
    int64_t weights[] = {500000001, 499999999};
    TallyElection election = {.projects = projects,
                              .n_projects = 2,
                              .budget = INT64_C(1000000000000000),
                              .kind = TALLY_BALLOTS_APPROVAL,
                              .n_ballots = 2,
                              .start = start,
                              .choices = choices,
                              .weights = weights};
    TallyResult both = run(*state, &election, TALLY_UTILITY_COST, TALLY_COMPLETE_NONE);
    assert_selected(*state, &election, &both, "a b");
    projects[1].cost++;
    TallyResult one = run(*state, &election, TALLY_UTILITY_COST, TALLY_COMPLETE_NONE);
    assert_selected(*state, &election, &one, "a");
    assert_string_equal(why(&election, &one, "b")->supporters_left.data, "499999999000000");
}

static void points_are_paid_for_one_by_one(void **state)
{
    TallyElection street =
        election_of(*state, "META\nkey;value\nbudget;30\nvote_type;cumulative\n"
                            "PROJECTS\nproject_id;cost\na;12\nb;10\nc;1\n"
                            "VOTES\nvoter_id;vote;points\n1;a;1.0\n2;a,c;0.5,0\n3;b;1\n");
    TallyResult result = run(*state, &street, TALLY_UTILITY_POINTS, TALLY_COMPLETE_NONE);
    assert_selected(*state, &street, &result, "a b");
    assert_string_equal(why(&street, &result, "a")->price.data, "8");
    assert_string_equal(result.welfare.data, "2.5");
    assert_int_equal(why(&street, &result, "c")->reason, TALLY_NO_SUPPORT);
}

static void the_last_choice_is_worth_nothing_with_borda0(void **state)
{
    TallyElection street = election_of(*state, "META\nkey;value\nbudget;30\nvote_type;ordinal\n"
                                               "PROJECTS\nproject_id;cost\na;10\nb;10\nc;10\n"
                                               "VOTES\nvoter_id;vote\n1;a,b\n2;a,c\n3;c\n");
    TallyResult zero = run(*state, &street, TALLY_UTILITY_BORDA0, TALLY_COMPLETE_NONE);
    assert_selected(*state, &street, &zero, "a");
    TallyResult one = run(*state, &street, TALLY_UTILITY_BORDA1, TALLY_COMPLETE_NONE);
    /* a: 10 for 4 points. Then c: 10 for 2, of one with 5 and one with 10: 5 each. */
    assert_selected(*state, &street, &one, "a c");
    assert_string_equal(why(&street, &one, "a")->price.data, "2.5");
    assert_string_equal(why(&street, &one, "c")->price.data, "5");
}

static void free_projects_come_first_unless_their_utility_is_their_cost(void **state)
{
    TallyElection street = election_of(*state, "META\nkey;value\nbudget;10\nvote_type;approval\n"
                                               "PROJECTS\nproject_id;cost\na;10\nz;0\ny;0\nx;0\n"
                                               "VOTES\nvoter_id;vote\n1;a,z,y\n");
    TallyResult count = run(*state, &street, TALLY_UTILITY_COUNT, TALLY_COMPLETE_NONE);
    assert_selected(*state, &street, &count, "y z a");
    TallyResult cost = run(*state, &street, TALLY_UTILITY_COST, TALLY_COMPLETE_NONE);
    assert_selected(*state, &street, &cost, "a");
}

static void ties_follow_the_declared_keys(void **state)
{
    TallyElection street = election_of(*state, "META\nkey;value\nbudget;40\nvote_type;approval\n"
                                               "PROJECTS\nproject_id;cost\n10;30\n9;20\n"
                                               "VOTES\nvoter_id;vote\n1;10,9\n2;10,9\n");
    TallyOptions options = tally_default_options();
    options.rule = TALLY_RULE_EQUAL_SHARES;
    TallyResult result;
    assert_null(tally_run(*state, &street, &options, &result));
    assert_selected(*state, &street, &result, "10");
    assert_true(tally_parse_ties(STR("cost,name"), &options.ties));
    assert_null(tally_run(*state, &street, &options, &result));
    assert_selected(*state, &street, &result, "9");
}

static void without_voters_or_money_nothing_is_bought(void **state)
{
    TallyElection nobody = election_of(*state, "META\nkey;value\nbudget;10\nvote_type;approval\n"
                                               "PROJECTS\nproject_id;cost\na;10\n"
                                               "VOTES\nvoter_id;vote\n");
    TallyElection poor = election_of(*state, "META\nkey;value\nbudget;0\nvote_type;approval\n"
                                             "PROJECTS\nproject_id;cost\na;10\n"
                                             "VOTES\nvoter_id;vote\n1;a\n");
    for (int c = TALLY_COMPLETE_NONE; c <= TALLY_COMPLETE_NEXT_GREEDY; c++) {
        TallyCompletion completion = (TallyCompletion)c;
        assert_int_equal(run(*state, &nobody, TALLY_UTILITY_COST, completion).n_selected, 0);
        TallyResult result = run(*state, &poor, TALLY_UTILITY_COST, completion);
        assert_int_equal(result.n_selected, 0);
        assert_string_equal(why(&poor, &result, "a")->supporters_left.data, "0");
    }
}

#define IN_ARENA(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ARENA(cost_utility_buys_where_the_cost_is_shared_by_most),
        IN_ARENA(losers_are_told_what_their_supporters_had_left),
        IN_ARENA(count_utility_buys_what_is_cheapest_for_each),
        IN_ARENA(who_has_less_than_the_price_pays_all_there_is),
        IN_ARENA(greedy_completion_spends_what_is_left),
        IN_ARENA(add1e_stops_when_nothing_more_fits),
        IN_ARENA(add1_stops_before_the_budget_is_passed),
        IN_ARENA(next_gives_exactly_as_much_as_stays_within_the_budget),
        IN_ARENA(next_sees_what_a_step_of_add1_passes_over),
        IN_ARENA(next_with_an_increment_is_add1),
        IN_ARENA(next_does_not_depend_on_how_many_decimals_are_written),
        IN_ARENA(add1_stops_when_everything_is_bought),
        IN_ARENA(an_increment_is_one_unit_of_the_currency_or_as_given),
        IN_ARENA(a_project_that_costs_exactly_the_budget_is_bought_when_all_support_it),
        IN_ARENA(the_largest_numbers_do_not_overflow),
        IN_ARENA(a_thousand_million_voters_and_a_budget_of_10_to_the_15_are_exact),
        IN_ARENA(points_are_paid_for_one_by_one),
        IN_ARENA(the_last_choice_is_worth_nothing_with_borda0),
        IN_ARENA(free_projects_come_first_unless_their_utility_is_their_cost),
        IN_ARENA(ties_follow_the_declared_keys),
        IN_ARENA(without_voters_or_money_nothing_is_bought),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
