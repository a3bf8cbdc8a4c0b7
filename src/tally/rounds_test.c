/* What each voter paid in each round, recomputed from the prices. */
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

/* Each of the four has 25. Equal shares by cost buys the pool for 20 from each of three voters,
 * then the bench from what voter 3 has left and voter 4; the greedy completion adds the park. */
#define STREET                                                                                     \
    "META\nkey;value\nbudget;100\nvote_type;approval\n"                                            \
    "PROJECTS\nproject_id;cost\npool;60\npark;30\nbench;10\nroad;40\nfree;0\n"                     \
    "VOTES\nvoter_id;vote\n1;pool,park\n2;park,pool,free\n3;pool,bench\n4;bench,road\n5;\n"

static TallyElection street(Arena *arena)
{
    PabulibFile file;
    assert_null(pabulib_parse(arena, STR(STREET), &file));
    file.election.n_ballots = 4; /* the fifth is for the test of empty ballots */
    return file.election;
}

static TallyResult run(Arena *arena, const TallyElection *election, TallyRule rule,
                       TallyCompletion completion)
{
    TallyOptions options = tally_default_options();
    options.rule = rule;
    options.utility = TALLY_UTILITY_COUNT;
    options.completion = completion;
    if (rule == TALLY_RULE_EQUAL_SHARES) {
        options.utility = TALLY_UTILITY_COST;
    }
    TallyResult result;
    assert_null(tally_run(arena, election, &options, &result));
    return result;
}

static void each_round_says_what_was_bought_and_who_paid(void **state)
{
    TallyElection election = street(*state);
    TallyResult result = run(*state, &election, TALLY_RULE_EQUAL_SHARES, TALLY_COMPLETE_GREEDY);
    static const TallyFunding funding[] = {TALLY_FUNDED_VOTERS, TALLY_FUNDED_VOTERS,
                                           TALLY_FUNDED_BUDGET, TALLY_FUNDED_BUDGET};
    static const int64_t left[] = {100, 40, 30, 0};
    assert_int_equal(result.n_selected, countof(left));
    for (uint32_t r = 0; r < countof(left); r++) {
        assert_int_equal(result.rounds[r].project, result.selected[r]);
        assert_int_equal(result.rounds[r].funding, funding[r]);
        assert_int_equal(result.rounds[r].left_before, left[r]);
    }
    assert_string_equal(result.rounds[0].price.data, "20");
    assert_int_equal(result.rounds[0].payers, 3);
    assert_int_equal(result.rounds[2].price.len, 0);
}

static void an_account_shows_what_a_voter_paid_and_had_left(void **state)
{
    TallyElection election = street(*state);
    TallyResult result = run(*state, &election, TALLY_RULE_EQUAL_SHARES, TALLY_COMPLETE_NONE);
    TallyAccount third = tally_account(*state, &election, &result, 2);
    assert_string_equal(third.before.data, "25");
    assert_int_equal(third.n_payments, 2);
    assert_int_equal(third.payments[0].round, 0);
    assert_string_equal(third.payments[0].paid.data, "20");
    assert_string_equal(third.payments[0].after.data, "5");
    assert_int_equal(third.payments[1].round, 1);
    assert_string_equal(third.payments[1].paid.data, "5");
    assert_string_equal(third.after.data, "0");
    TallyAccount fourth = tally_account(*state, &election, &result, 3);
    assert_int_equal(fourth.n_payments, 1);
    assert_string_equal(fourth.after.data, "20");
}

static void loads_are_shown_with_what_was_added(void **state)
{
    TallyElection election = street(*state);
    TallyResult result = run(*state, &election, TALLY_RULE_PHRAGMEN, TALLY_COMPLETE_NONE);
    /* free: 0 for voter 2; bench: 5 for voters 3 and 4; park: 15 for 1 and 2; pool: (15 + 15 + 5 +
     * 60) / 3 for 1, 2 and 3. */
    assert_int_equal(result.n_selected, 4);
    TallyAccount third = tally_account(*state, &election, &result, 2);
    assert_string_equal(third.before.data, "0");
    assert_int_equal(third.n_payments, 2);
    assert_string_equal(third.payments[0].paid.data, "5");
    assert_string_equal(third.payments[1].paid.data, "80/3");
    assert_string_equal(third.after.data, "95/3");
}

static void without_money_of_voters_an_account_is_empty(void **state)
{
    TallyElection election = street(*state);
    TallyResult result = run(*state, &election, TALLY_RULE_GREEDY, TALLY_COMPLETE_NONE);
    assert_null(result.money);
    TallyAccount account = tally_account(*state, &election, &result, 0);
    assert_int_equal(account.n_payments, 0);
    assert_string_equal(account.after.data, "0");
    assert_int_equal(result.rounds[0].funding, TALLY_FUNDED_BUDGET);
}

static void an_empty_ballot_keeps_all_its_money(void **state)
{
    TallyElection election = street(*state);
    election.n_ballots = 5;
    TallyResult result = run(*state, &election, TALLY_RULE_EQUAL_SHARES, TALLY_COMPLETE_NONE);
    TallyAccount account = tally_account(*state, &election, &result, 4);
    assert_int_equal(account.n_payments, 0);
    assert_string_equal(account.before.data, "20");
    assert_string_equal(account.after.data, "20");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_round_says_what_was_bought_and_who_paid, open_arena,
                                        close_arena),
        cmocka_unit_test_setup_teardown(an_account_shows_what_a_voter_paid_and_had_left, open_arena,
                                        close_arena),
        cmocka_unit_test_setup_teardown(loads_are_shown_with_what_was_added, open_arena,
                                        close_arena),
        cmocka_unit_test_setup_teardown(without_money_of_voters_an_account_is_empty, open_arena,
                                        close_arena),
        cmocka_unit_test_setup_teardown(an_empty_ballot_keeps_all_its_money, open_arena,
                                        close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
