/* Equal shares with bounded overspending, small enough to check by hand, and at the edges. */
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

static TallyOptions bos_options(void)
{
    TallyOptions options = tally_default_options();
    assert_true(tally_parse_rule(STR("equal-shares-bos"), &options.rule));
    return options;
}

static TallyResult run(Arena *arena, const TallyElection *election, TallyCompletion completion)
{
    TallyOptions options = bos_options();
    options.completion = completion;
    TallyResult result;
    Error *err = tally_run(arena, election, &options, &result);
    if (err) {
        fail_msg("%.*s", STR_ARG(err->detail));
    }
    return result;
}

/* Each has 100. The hall takes all that two have, 200 of 300: alpha = 2/3, its ratio is
 * (100 / 300) / (2/3)^2 = 3/4; the bench, paid in full by one, has 30 / 30 = 1. */
#define VILLAGE                                                                                    \
    "META\nkey;value\nbudget;300\nvote_type;approval\n"                                            \
    "PROJECTS\nproject_id;cost\nhall;300\nbench;30\n"                                              \
    "VOTES\nvoter_id;vote\n1;hall\n2;bench\n3;hall\n"

static void what_most_want_is_bought_though_they_cannot_pay_it_all(void **state)
{
    TallyElection village = election_of(*state, VILLAGE);
    TallyResult result = run(*state, &village, TALLY_COMPLETE_NONE);
    assert_int_equal(result.n_selected, 1);
    assert_int_equal(result.selected[0], 0);
    assert_int_equal(result.left, 0);
    assert_string_equal(result.projects[0].price.data, "150");
    assert_string_equal(result.projects[0].collected.data, "200");
    assert_int_equal(result.projects[0].payers, 2);
    assert_int_equal(result.projects[1].reason, TALLY_MISFIT);
    assert_string_equal(result.projects[1].supporters_left.data, "100");
    TallyAccount first = tally_account(*state, &village, &result, 0);
    assert_string_equal(first.payments[0].paid.data, "100");
    assert_string_equal(first.after.data, "0");
}

static void plain_equal_shares_buys_the_bench_there(void **state)
{
    TallyElection village = election_of(*state, VILLAGE);
    TallyOptions options = bos_options();
    options.rule = TALLY_RULE_EQUAL_SHARES;
    TallyResult result;
    assert_null(tally_run(*state, &village, &options, &result));
    assert_int_equal(result.n_selected, 1);
    assert_int_equal(result.selected[0], 1);
}

/* Four with 25 each. The park (40) is paid in full by three: 40/3 each, ratio 1/3 / ... = 1/3; then
 * the pond (40) has 25 - 40/3 = 35/3 from voter 3 and 25 from voter 4: together 110/3, alpha 11/12.
 * Its best share takes all of both. */
static void who_has_more_pays_more_and_the_budget_pays_the_rest(void **state)
{
    TallyElection street = election_of(*state, "META\nkey;value\nbudget;100\nvote_type;approval\n"
                                               "PROJECTS\nproject_id;cost\npark;40\npond;40\n"
                                               "VOTES\nvoter_id;vote\n1;park\n2;park\n3;park,pond\n"
                                               "4;pond\n");
    TallyResult result = run(*state, &street, TALLY_COMPLETE_NONE);
    assert_int_equal(result.n_selected, 2);
    assert_int_equal(result.total_cost, 80);
    assert_string_equal(result.rounds[0].price.data, "40/3");
    assert_string_equal(result.projects[0].collected.data, "40");
    assert_string_equal(result.projects[1].collected.data, "110/3");
    assert_string_equal(result.projects[1].price.data, "300/11");
}

static void greedy_spends_what_voters_without_money_leave(void **state)
{
    TallyElection street = election_of(*state, "META\nkey;value\nbudget;100\nvote_type;approval\n"
                                               "PROJECTS\nproject_id;cost\npark;80\npond;20\n"
                                               "VOTES\nvoter_id;vote\n1;park,pond\n2;\n");
    TallyResult alone = run(*state, &street, TALLY_COMPLETE_NONE);
    assert_int_equal(alone.n_selected, 2);
    assert_string_equal(alone.rounds[0].price.data, "20");
    TallyElection hungry =
        election_of(*state, "META\nkey;value\nbudget;100\nvote_type;approval\n"
                            "PROJECTS\nproject_id;cost\npark;50\npond;20\n"
                            "VOTES\nvoter_id;vote\n1;park,pond\n2;park,pond\n3;\n4;\n"
                            "5;\n6;\n7;\n8;\n9;\n10;\n");
    TallyResult bought = run(*state, &hungry, TALLY_COMPLETE_NONE);
    assert_int_equal(bought.n_selected, 1);
    TallyResult filled = run(*state, &hungry, TALLY_COMPLETE_GREEDY);
    assert_int_equal(filled.n_selected, 2);
    assert_int_equal(filled.n_shares, 1);
    assert_true(filled.projects[filled.selected[1]].by_completion);
}

static void a_raised_endowment_is_refused(void **state)
{
    TallyElection village = election_of(*state, VILLAGE);
    TallyOptions options = bos_options();
    options.completion = TALLY_COMPLETE_ADD1;
    TallyResult result;
    assert_non_null(tally_run(*state, &village, &options, &result));
}

static void a_billion_voters_and_ten_trillion_yuan_are_exact(void **state)
{
    static const TallyProject projects[] = {{STR_INIT("dam"), INT64_C(1000000000000000)},
                                            {STR_INIT("road"), INT64_C(999999999999999)}};
    static const uint32_t start[] = {0, 1, 2};
    static const uint32_t choices[] = {0, 1};
    static const int64_t weights[] = {INT64_C(1000000000), INT64_C(1000000000)};
    TallyElection land = {.projects = projects,
                          .n_projects = 2,
                          .budget = INT64_C(1999999999999999),
                          .amount_decimals = 2,
                          .n_ballots = 2,
                          .start = start,
                          .choices = choices,
                          .weights = weights};
    TallyResult result = run(*state, &land, TALLY_COMPLETE_NONE);
    assert_int_equal(result.n_selected, 2);
    assert_int_equal(result.selected[0], 1); /* its supporters can pay it all */
    assert_int_equal(result.left, 0);
    assert_string_equal(result.projects[0].collected.data, "9999999999999.995");
}

#define ON_ARENA(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_ARENA(what_most_want_is_bought_though_they_cannot_pay_it_all),
        ON_ARENA(plain_equal_shares_buys_the_bench_there),
        ON_ARENA(who_has_more_pays_more_and_the_budget_pays_the_rest),
        ON_ARENA(greedy_spends_what_voters_without_money_leave),
        ON_ARENA(a_raised_endowment_is_refused),
        ON_ARENA(a_billion_voters_and_ten_trillion_yuan_are_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
