/* At the edges: huge elections are exact, what could overflow is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tally/tally.h"

#define BILLION INT64_C(1000000000)
#define FEN_MAX INT64_C(1000000000000000)

static int open_arena(void **state)
{
    *state = arena_create(16 * 1024 * 1024);
    return 0;
}

static int close_arena(void **state)
{
    arena_destroy(*state);
    return 0;
}

/* Two projects; `both` voters approve both, `first` only the first, `second` only the second. */
typedef struct Pair {
    TallyProject projects[2];
    uint32_t start[4];
    uint32_t choices[4];
    int64_t weights[3];
    int64_t points[4];
    TallyElection election;
} Pair;

static Pair *pair_of(Arena *arena, int64_t cost_a, int64_t cost_b, int64_t budget)
{
    Pair *pair = arena_new(arena, Pair);
    *pair = (Pair){.projects = {{STR("a"), cost_a}, {STR("b"), cost_b}},
                   .start = {0, 2, 3, 4},
                   .choices = {0, 1, 0, 1},
                   .weights = {1, 1, 1},
                   .points = {1, 1, 1, 1}};
    pair->election = (TallyElection){.projects = pair->projects,
                                     .n_projects = 2,
                                     .budget = budget,
                                     .n_ballots = 3,
                                     .start = pair->start,
                                     .choices = pair->choices,
                                     .weights = pair->weights};
    return pair;
}

static TallyResult run(Arena *arena, const Pair *pair, TallyUtility utility)
{
    TallyOptions options = tally_default_options();
    options.utility = utility;
    TallyResult result;
    Error *err = tally_run(arena, &pair->election, &options, &result);
    if (err) {
        fail_msg("%.*s", STR_ARG(err->detail));
    }
    return result;
}

static void assert_refused(Arena *arena, const Pair *pair, TallyUtility utility, const char *why)
{
    TallyOptions options = tally_default_options();
    options.utility = utility;
    TallyResult result;
    Error *err = tally_run(arena, &pair->election, &options, &result);
    assert_non_null(err);
    assert_int_equal(err->code, ERROR_BAD_REQUEST);
    assert_true(str_contains(err->detail, str_from(why)));
}

static void one_vote_in_a_billion_decides(void **state)
{
    Pair *pair = pair_of(*state, FEN_MAX, FEN_MAX, FEN_MAX);
    pair->weights[0] = BILLION - 3;
    pair->weights[2] = 2;
    TallyResult result = run(*state, pair, TALLY_UTILITY_COST);
    assert_int_equal(result.voters, BILLION);
    assert_int_equal(result.selected[0], 1);
    assert_int_equal(result.n_selected, 1);
    assert_int_equal(result.projects[0].more_support, 1); /* a tie, and "a" is before "b" */
    assert_string_equal(result.welfare.data, "999999999000000000000000");
}

static void one_fen_in_ten_trillion_yuan_decides(void **state)
{
    /* the same votes; per cost, b is better by one part in 10^15 */
    Pair *pair = pair_of(*state, FEN_MAX, FEN_MAX - 1, FEN_MAX);
    pair->weights[0] = BILLION;
    TallyResult result = run(*state, pair, TALLY_UTILITY_COUNT);
    assert_int_equal(result.selected[0], 1);
    assert_int_equal(result.total_cost, FEN_MAX - 1);
    assert_int_equal(result.projects[0].left_before, 1);
    assert_int_equal(result.projects[0].lacked, 1); /* then a ties and has the earlier name */
}

static void the_largest_numbers_allowed_are_exact(void **state)
{
    Pair *pair = pair_of(*state, TALLY_MAX, TALLY_MAX, TALLY_MAX);
    pair->weights[0] = TALLY_MAX - 3;
    pair->weights[1] = 2;
    TallyResult result = run(*state, pair, TALLY_UTILITY_COST);
    assert_int_equal(result.voters, TALLY_MAX);
    assert_int_equal(result.selected[0], 0);
    assert_int_equal(result.projects[1].more_support, 2);
    assert_string_equal(result.welfare.data, "999999999999999999000000000000000000");
}

static void a_supporter_count_beyond_the_limit_is_no_number(void **state)
{
    /* b costs 10^18 times as much as a: it would need more than 10^18 voters to come first */
    Pair *pair = pair_of(*state, 1, TALLY_MAX, TALLY_MAX);
    TallyResult result = run(*state, pair, TALLY_UTILITY_COUNT);
    assert_int_equal(result.projects[1].more_support, TALLY_NO_NUMBER);
    assert_int_equal(result.projects[1].lacked, 1);
}

static void too_many_voters_are_refused(void **state)
{
    Pair *pair = pair_of(*state, 1, 1, 1);
    pair->weights[0] = TALLY_MAX - 1;
    assert_refused(*state, pair, TALLY_UTILITY_COST, "over 10^18 voters");
}

static void a_sum_of_points_beyond_the_limit_is_refused(void **state)
{
    Pair *pair = pair_of(*state, 1, 1, 1);
    pair->election.kind = TALLY_BALLOTS_POINTS;
    pair->election.points = pair->points;
    pair->points[0] = TALLY_MAX;
    assert_refused(*state, pair, TALLY_UTILITY_POINTS, "a sum of points above 10^18");
    pair->points[0] = TALLY_MAX / 2;
    pair->weights[0] = BILLION * BILLION;
    pair->weights[0] -= 2;
    assert_refused(*state, pair, TALLY_UTILITY_POINTS, "a sum of points above 10^18");
}

static void amounts_out_of_range_are_refused(void **state)
{
    assert_refused(*state, pair_of(*state, TALLY_MAX + 1, 1, 1), TALLY_UTILITY_COST,
                   "the cost of project \"a\"");
    assert_refused(*state, pair_of(*state, 1, -1, 1), TALLY_UTILITY_COST,
                   "the cost of project \"b\"");
    assert_refused(*state, pair_of(*state, 1, 1, -1), TALLY_UTILITY_COST, "the budget");
}

static void malformed_ballots_are_refused(void **state)
{
    Pair *pair = pair_of(*state, 1, 1, 1);
    pair->choices[1] = 2;
    assert_refused(*state, pair, TALLY_UTILITY_COST, "unknown project");
    pair->choices[1] = 0;
    assert_refused(*state, pair, TALLY_UTILITY_COST, "twice");
    pair->choices[1] = 1;
    pair->start[1] = 4;
    assert_refused(*state, pair, TALLY_UTILITY_COST, "twice");
    pair->start[1] = 2;
    pair->start[2] = 1;
    assert_refused(*state, pair, TALLY_UTILITY_COST, "before it starts");
}

static void a_ballot_without_a_voter_is_refused(void **state)
{
    Pair *pair = pair_of(*state, 1, 1, 1);
    pair->weights[1] = 0;
    assert_refused(*state, pair, TALLY_UTILITY_COST, "ballot 2");
}

static void two_projects_of_one_name_are_refused(void **state)
{
    Pair *pair = pair_of(*state, 1, 1, 1);
    pair->projects[1].name = STR("a");
    assert_refused(*state, pair, TALLY_UTILITY_COST, "two projects are named \"a\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)
        TEST(one_vote_in_a_billion_decides),
        TEST(one_fen_in_ten_trillion_yuan_decides),
        TEST(the_largest_numbers_allowed_are_exact),
        TEST(a_supporter_count_beyond_the_limit_is_no_number),
        TEST(too_many_voters_are_refused),
        TEST(a_sum_of_points_beyond_the_limit_is_refused),
        TEST(amounts_out_of_range_are_refused),
        TEST(malformed_ballots_are_refused),
        TEST(a_ballot_without_a_voter_is_refused),
        TEST(two_projects_of_one_name_are_refused),
#undef TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
