/* Behaviour of greedy and of its explanations, on elections small enough to check by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tally/pabulib.h"
#include "tally/tally.h"

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

static TallyElection election_of(Arena *arena, const char *pb)
{
    PabulibFile file;
    Error *err = pabulib_parse(arena, str_from(pb), &file);
    if (err) {
        fail_msg("%.*s", STR_ARG(err->detail));
    }
    return file.election;
}

static TallyResult run(Arena *arena, const TallyElection *election, const TallyOptions *options)
{
    TallyResult result;
    Error *err = tally_run(arena, election, options, &result);
    if (err) {
        fail_msg("%.*s", STR_ARG(err->detail));
    }
    return result;
}

/* The names of the selection, one after another with a space between. */
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

/* lamp 3 votes, park 2, bench 2, road 1, pond 0; all but the road fit beside the lamp. */
#define STREET                                                                                     \
    "META\nkey;value\nbudget;100\nvote_type;approval\n"                                            \
    "PROJECTS\nproject_id;cost\nlamp;60\npark;30\nbench;10\nroad;70\npond;5\n"                     \
    "VOTES\nvoter_id;vote\n1;lamp,park\n2;lamp,bench\n3;lamp,bench,park\n4;road\n5;\n"

static void cost_utility_goes_by_number_of_votes(void **state)
{
    TallyElection street = election_of(*state, STREET);
    TallyOptions options = tally_default_options();
    TallyResult result = run(*state, &street, &options);
    assert_selected(*state, &street, &result, "lamp bench park");
    assert_int_equal(result.total_cost, 100);
    assert_int_equal(result.left, 0);
    assert_int_equal(result.voters, 5);
    assert_string_equal(result.welfare.data, "260");
}

static void count_utility_goes_by_votes_per_cost(void **state)
{
    TallyElection street = election_of(*state, STREET);
    TallyOptions options = tally_default_options();
    options.utility = TALLY_UTILITY_COUNT;
    TallyResult result = run(*state, &street, &options);
    assert_selected(*state, &street, &result, "bench park lamp");
    assert_string_equal(result.welfare.data, "7");
}

static void ties_follow_the_declared_keys(void **state)
{
    TallyElection street = election_of(*state, "META\nkey;value\nbudget;100\nvote_type;approval\n"
                                               "PROJECTS\nproject_id;cost\n10;30\n2;20\n9;20\n"
                                               "VOTES\nvoter_id;vote\n1;10,2,9\n2;10,2,9\n");
    TallyOptions options = tally_default_options();
    TallyResult by_name = run(*state, &street, &options);
    assert_selected(*state, &street, &by_name, "10 2 9");
    assert_true(tally_parse_ties(STR("cost,name"), &options.ties));
    TallyResult by_cost = run(*state, &street, &options);
    assert_selected(*state, &street, &by_cost, "2 9 10");
}

static void ties_by_votes_put_more_votes_first(void **state)
{
    /* one vote for 10 and two for 20: the same votes per cost */
    TallyElection street = election_of(*state, "META\nkey;value\nbudget;100\nvote_type;approval\n"
                                               "PROJECTS\nproject_id;cost\na;10\nb;20\n"
                                               "VOTES\nvoter_id;vote\n1;a,b\n2;b\n");
    TallyOptions options = tally_default_options();
    options.utility = TALLY_UTILITY_COUNT;
    assert_true(tally_parse_ties(STR("votes,cost,name"), &options.ties));
    TallyResult result = run(*state, &street, &options);
    assert_selected(*state, &street, &result, "b a");
}

static void unsupported_projects_are_left_out_or_come_last(void **state)
{
    TallyElection street = election_of(*state, "META\nkey;value\nbudget;100\nvote_type;approval\n"
                                               "PROJECTS\nproject_id;cost\na;10\nb;20\n"
                                               "VOTES\nvoter_id;vote\n1;b\n");
    TallyOptions options = tally_default_options();
    TallyResult without = run(*state, &street, &options);
    assert_selected(*state, &street, &without, "b");
    assert_int_equal(why(&street, &without, "a")->reason, TALLY_NO_SUPPORT);
    assert_int_equal(why(&street, &without, "a")->place, 0);
    assert_int_equal(why(&street, &without, "a")->more_support, 1);
    assert_int_equal(why(&street, &without, "a")->lacked, TALLY_NO_NUMBER);
    options.zero_support = TALLY_ZERO_INCLUDE;
    TallyResult with = run(*state, &street, &options);
    assert_selected(*state, &street, &with, "b a");
}

#define MISFITS                                                                                    \
    "META\nkey;value\nbudget;50\nvote_type;approval\n"                                             \
    "PROJECTS\nproject_id;cost\na;30\nb;40\nc;10\nd;60\n"                                          \
    "VOTES\nvoter_id;vote\n1;a,b,c\n2;a,b\n3;a,b\n4;a\n5;d\n"

static void a_misfit_is_skipped_and_later_ones_may_fit(void **state)
{
    TallyElection street = election_of(*state, MISFITS);
    TallyOptions options = tally_default_options();
    TallyResult result = run(*state, &street, &options);
    assert_selected(*state, &street, &result, "a c");
}

static void a_misfit_stops_the_walk_when_the_rule_says_so(void **state)
{
    TallyElection street = election_of(*state, MISFITS);
    TallyOptions options = tally_default_options();
    options.misfit = TALLY_MISFIT_STOP;
    TallyResult result = run(*state, &street, &options);
    assert_selected(*state, &street, &result, "a");
    const TallyExplanation *later = why(&street, &result, "c");
    assert_int_equal(later->reason, TALLY_STOPPED);
    assert_int_equal(later->place, 3);
    assert_int_equal(later->left_before, 20);
    assert_int_equal(later->lacked, TALLY_NO_NUMBER);
    assert_int_equal(later->more_support, 3); /* 4 votes: before b, which has 3 */
}

static void a_loser_learns_what_it_lacked(void **state)
{
    TallyElection street = election_of(*state, MISFITS);
    TallyOptions options = tally_default_options();
    TallyResult result = run(*state, &street, &options);
    const TallyExplanation *b = why(&street, &result, "b");
    assert_int_equal(b->reason, TALLY_MISFIT);
    assert_int_equal(b->place, 2);
    assert_int_equal(b->votes, 3);
    assert_int_equal(b->left_before, 20);
    assert_int_equal(b->lacked, 20);
    assert_int_equal(b->more_support, 2); /* 4 would tie with a, which has the earlier name */
}

static void no_support_helps_a_project_dearer_than_the_budget(void **state)
{
    TallyElection street = election_of(*state, MISFITS);
    TallyOptions options = tally_default_options();
    TallyResult result = run(*state, &street, &options);
    assert_int_equal(why(&street, &result, "d")->more_support, TALLY_NO_NUMBER);
    assert_int_equal(why(&street, &result, "d")->lacked, 50);
}

static void a_cheaper_project_also_comes_earlier(void **state)
{
    /* By votes per cost, b (2/45) loses to a (3/60). At 39 it would beat it; it need not be as
     * cheap as the 30 that are left after a. */
    TallyElection street = election_of(*state, "META\nkey;value\nbudget;90\nvote_type;approval\n"
                                               "PROJECTS\nproject_id;cost\na;60\nb;45\n"
                                               "VOTES\nvoter_id;vote\n1;a,b\n2;a,b\n3;a\n");
    TallyOptions options = tally_default_options();
    options.utility = TALLY_UTILITY_COUNT;
    TallyResult result = run(*state, &street, &options);
    assert_selected(*state, &street, &result, "a");
    assert_int_equal(why(&street, &result, "b")->left_before, 30);
    assert_int_equal(why(&street, &result, "b")->lacked, 6);
}

static void a_free_supported_project_comes_first_by_count_and_last_by_cost(void **state)
{
    TallyElection street = election_of(*state, "META\nkey;value\nbudget;10\nvote_type;approval\n"
                                               "PROJECTS\nproject_id;cost\na;10\nfree;0\n"
                                               "VOTES\nvoter_id;vote\n1;a,free\n2;a\n");
    TallyOptions options = tally_default_options();
    TallyResult by_cost = run(*state, &street, &options);
    assert_selected(*state, &street, &by_cost, "a free");
    options.utility = TALLY_UTILITY_COUNT;
    TallyResult by_count = run(*state, &street, &options);
    assert_selected(*state, &street, &by_count, "free a");
}

#define RANKED                                                                                     \
    "META\nkey;value\nbudget;10\nvote_type;ordinal\n"                                              \
    "PROJECTS\nproject_id;cost\na;10\nb;10\nc;10\n"                                                \
    "VOTES\nvoter_id;vote\n1;a,b,c\n2;b,a\n3;c\n"

static void the_last_choice_counts_nothing_in_borda0(void **state)
{
    TallyElection street = election_of(*state, RANKED);
    TallyOptions options = tally_default_options();
    options.utility = TALLY_UTILITY_BORDA0;
    TallyResult result = run(*state, &street, &options);
    assert_int_equal(why(&street, &result, "a")->score, 2);
    assert_int_equal(why(&street, &result, "b")->score, 2);
    assert_int_equal(why(&street, &result, "c")->score, 0);
    assert_int_equal(why(&street, &result, "c")->votes, 2);
    assert_int_equal(why(&street, &result, "c")->reason, TALLY_NO_SUPPORT);
}

static void the_last_choice_counts_one_in_borda1(void **state)
{
    TallyElection street = election_of(*state, RANKED);
    TallyOptions options = tally_default_options();
    options.utility = TALLY_UTILITY_BORDA1_COST;
    TallyResult result = run(*state, &street, &options);
    assert_int_equal(why(&street, &result, "a")->score, 4);
    assert_int_equal(why(&street, &result, "c")->score, 2);
    assert_string_equal(result.welfare.data, "40");
}

static void points_may_have_decimals(void **state)
{
    TallyElection street =
        election_of(*state, "META\nkey;value\nbudget;10.50\nvote_type;cumulative\n"
                            "PROJECTS\nproject_id;cost\na;10.5\nb;10\n"
                            "VOTES\nvoter_id;vote;points\n1;a,b;1,2.5\n2;a;1.25\n");
    TallyOptions options = tally_default_options();
    options.utility = TALLY_UTILITY_POINTS_COST;
    TallyResult result = run(*state, &street, &options);
    assert_selected(*state, &street, &result, "b");
    assert_string_equal(result.welfare.data, "25");
    assert_int_equal(why(&street, &result, "a")->score, 225);
    assert_int_equal(why(&street, &result, "a")->more_support, 1);
}

static void points_need_ballots_with_points_and_borda_ranked_ones(void **state)
{
    TallyElection street = election_of(*state, STREET);
    TallyOptions options = tally_default_options();
    TallyResult result;
    options.utility = TALLY_UTILITY_POINTS;
    assert_int_equal(tally_run(*state, &street, &options, &result)->code, ERROR_BAD_REQUEST);
    options.utility = TALLY_UTILITY_BORDA0;
    assert_int_equal(tally_run(*state, &street, &options, &result)->code, ERROR_BAD_REQUEST);
}

static void an_election_without_projects_or_ballots_selects_nothing(void **state)
{
    static const uint32_t start[] = {0};
    TallyElection nothing = {.budget = 5, .start = start};
    TallyOptions options = tally_default_options();
    TallyResult result = run(*state, &nothing, &options);
    assert_int_equal(result.n_selected, 0);
    assert_int_equal(result.left, 5);
    assert_string_equal(result.welfare.data, "0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)
        TEST(cost_utility_goes_by_number_of_votes),
        TEST(count_utility_goes_by_votes_per_cost),
        TEST(ties_follow_the_declared_keys),
        TEST(ties_by_votes_put_more_votes_first),
        TEST(unsupported_projects_are_left_out_or_come_last),
        TEST(a_misfit_is_skipped_and_later_ones_may_fit),
        TEST(a_misfit_stops_the_walk_when_the_rule_says_so),
        TEST(a_loser_learns_what_it_lacked),
        TEST(no_support_helps_a_project_dearer_than_the_budget),
        TEST(a_cheaper_project_also_comes_earlier),
        TEST(a_free_supported_project_comes_first_by_count_and_last_by_cost),
        TEST(the_last_choice_counts_nothing_in_borda0),
        TEST(the_last_choice_counts_one_in_borda1),
        TEST(points_may_have_decimals),
        TEST(points_need_ballots_with_points_and_borda_ranked_ones),
        TEST(an_election_without_projects_or_ballots_selects_nothing),
#undef TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
