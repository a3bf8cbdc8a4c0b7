/* Sequential Phragmen and the best total satisfaction on elections small enough to check by hand.
 */
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

static TallyOptions options_for(TallyRule rule)
{
    TallyOptions options = tally_default_options();
    options.rule = rule;
    return options;
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

/* a: 60/3 = 20; b: 30/2 = 15; c: 10/2 = 5; d alone. */
#define STREET                                                                                     \
    "META\nkey;value\nbudget;100\nvote_type;approval\n"                                            \
    "PROJECTS\nproject_id;cost\na;60\nb;30\nc;10\nd;45\ne;5\n"                                     \
    "VOTES\nvoter_id;vote\n1;a,b\n2;b,a\n3;a,c\n4;c,d\n"

static void phragmen_selects_where_the_load_is_least(void **state)
{
    TallyElection street = election_of(*state, STREET);
    TallyOptions options = options_for(TALLY_RULE_PHRAGMEN);
    TallyResult result = run(*state, &street, &options);
    /* c: load 5 for 3 and 4; b: 15 for 1 and 2; then a: (15 + 15 + 5 + 60) / 3, d: 5 + 45. */
    assert_selected(*state, &street, &result, "c b a");
    assert_string_equal(result.projects[2].price.data, "5");
    assert_string_equal(result.projects[1].price.data, "15");
    assert_string_equal(result.projects[0].price.data, "95/3");
    assert_int_equal(result.projects[0].payers, 3);
    assert_int_equal(result.projects[3].reason, TALLY_STOPPED);
    assert_int_equal(result.projects[4].reason, TALLY_NO_SUPPORT);
}

static void phragmen_stops_at_the_first_misfit(void **state)
{
    TallyElection street = election_of(*state, "META\nkey;value\nbudget;10\nvote_type;approval\n"
                                               "PROJECTS\nproject_id;cost\na;6\nb;5\nc;4\nd;11\n"
                                               "VOTES\nvoter_id;vote\n1;a\n2;a\n3;b,d\n4;c\n");
    TallyOptions options = options_for(TALLY_RULE_PHRAGMEN);
    TallyResult result = run(*state, &street, &options);
    /* a: 3; c: 4; then b: 5 costs more than nothing. */
    assert_selected(*state, &street, &result, "a c");
    assert_int_equal(result.projects[1].reason, TALLY_STOPPED);
    assert_int_equal(result.projects[3].reason, TALLY_MISFIT);
}

static void phragmen_stops_when_any_of_the_tied_does_not_fit(void **state)
{
    TallyElection street = election_of(*state, "META\nkey;value\nbudget;10\nvote_type;approval\n"
                                               "PROJECTS\nproject_id;cost\na;3\nb;4\nc;8\n"
                                               "VOTES\nvoter_id;vote\n1;a\n2;b\n3;c\n4;c\n");
    TallyOptions options = options_for(TALLY_RULE_PHRAGMEN);
    TallyResult result = run(*state, &street, &options);
    /* After a, b and c both stand at 4; c costs more than the 7 left. */
    assert_selected(*state, &street, &result, "a");
}

static void phragmen_takes_unsupported_projects_last_when_asked(void **state)
{
    TallyElection street = election_of(*state, STREET);
    TallyOptions options = options_for(TALLY_RULE_PHRAGMEN);
    options.zero_support = TALLY_ZERO_INCLUDE;
    street.budget = 150;
    TallyResult result = run(*state, &street, &options);
    assert_selected(*state, &street, &result, "c b a d e");
}

static void the_best_set_is_found_where_greedy_misses_it(void **state)
{
    TallyElection street = election_of(*state, "META\nkey;value\nbudget;10\nvote_type;approval\n"
                                               "PROJECTS\nproject_id;cost\na;6\nb;5\nc;5\n"
                                               "VOTES\nvoter_id;vote\n1;a,b,c\n2;a,b,c\n3;a\n");
    TallyOptions options = options_for(TALLY_RULE_MAX_SATISFACTION);
    TallyResult result = run(*state, &street, &options);
    assert_selected(*state, &street, &result, "b c");
    assert_string_equal(result.welfare.data, "20");
    assert_int_equal(result.projects[0].reason, TALLY_NOT_BEST);
    options.rule = TALLY_RULE_GREEDY;
    result = run(*state, &street, &options);
    assert_string_equal(result.welfare.data, "18");
}

static void of_sets_equally_good_the_cheapest_and_then_the_first_is_taken(void **state)
{
    TallyElection street = election_of(*state, "META\nkey;value\nbudget;10\nvote_type;approval\n"
                                               "PROJECTS\nproject_id;cost\na;9\nb;8\nc;8\nd;11\n"
                                               "VOTES\nvoter_id;vote\n1;a,b,c,d\n");
    TallyOptions options = options_for(TALLY_RULE_MAX_SATISFACTION);
    options.utility = TALLY_UTILITY_COUNT;
    TallyResult result = run(*state, &street, &options);
    assert_selected(*state, &street, &result, "b");
    assert_int_equal(result.projects[3].reason, TALLY_MISFIT);
}

static void the_largest_numbers_do_not_overflow(void **state)
{
    TallyProject projects[] = {{.name = STR("a"), .cost = TALLY_MAX},
                               {.name = STR("b"), .cost = TALLY_MAX / 2},
                               {.name = STR("c"), .cost = TALLY_MAX / 2}};
    uint32_t start[] = {0, 3};
    uint32_t choices[] = {0, 1, 2};
    int64_t weights[] = {TALLY_MAX};
    TallyElection election = {.projects = projects,
                              .n_projects = 3,
                              .budget = TALLY_MAX,
                              .kind = TALLY_BALLOTS_APPROVAL,
                              .n_ballots = 1,
                              .start = start,
                              .choices = choices,
                              .weights = weights};
    TallyOptions options = options_for(TALLY_RULE_MAX_SATISFACTION);
    TallyResult best = run(*state, &election, &options);
    assert_selected(*state, &election, &best, "a");
    assert_string_equal(best.welfare.data, "1000000000000000000000000000000000000");
    options.utility = TALLY_UTILITY_COUNT;
    best = run(*state, &election, &options);
    assert_selected(*state, &election, &best, "b c");
    options.rule = TALLY_RULE_PHRAGMEN;
    TallyResult loads = run(*state, &election, &options);
    assert_selected(*state, &election, &loads, "b c");
    assert_string_equal(loads.projects[1].price.data, "0.5");
}

/* Costs without a pattern and one vote each: no bound helps, and 2^40 sums differ. */
static void an_election_too_hard_for_the_best_set_is_refused(void **state)
{
    enum { N = 40 };
    TallyProject projects[N];
    uint32_t choices[N];
    Str names = STR("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    int64_t sum = 0;
    uint64_t word = 1;
    for (uint32_t p = 0; p < N; p++) {
        word = word * UINT64_C(6364136223846793005) + 1442695040888963407;
        projects[p] = (TallyProject){.name = str_slice(names, p, p + 1),
                                     .cost = (int64_t)(word >> 8) / 4 + 1};
        choices[p] = p;
        sum += projects[p].cost / 2;
    }
    uint32_t start[] = {0, N};
    TallyElection election = {.projects = projects,
                              .n_projects = N,
                              .budget = sum,
                              .kind = TALLY_BALLOTS_APPROVAL,
                              .n_ballots = 1,
                              .start = start,
                              .choices = choices};
    TallyOptions options = options_for(TALLY_RULE_MAX_SATISFACTION);
    TallyResult result;
    Error *err = tally_run(*state, &election, &options, &result);
    assert_non_null(err);
    assert_true(str_contains(err->detail, STR("too hard")));
}

#define IN_ARENA(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ARENA(phragmen_selects_where_the_load_is_least),
        IN_ARENA(phragmen_stops_at_the_first_misfit),
        IN_ARENA(phragmen_stops_when_any_of_the_tied_does_not_fit),
        IN_ARENA(phragmen_takes_unsupported_projects_last_when_asked),
        IN_ARENA(the_best_set_is_found_where_greedy_misses_it),
        IN_ARENA(of_sets_equally_good_the_cheapest_and_then_the_first_is_taken),
        IN_ARENA(the_largest_numbers_do_not_overflow),
        IN_ARENA(an_election_too_hard_for_the_best_set_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
