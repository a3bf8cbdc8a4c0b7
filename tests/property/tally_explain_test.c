/* What is said about results, on random elections: checks against plain ones written apart, and
 * what equal shares promises. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tally/tally_explain.h"
#include "tests/support/plain_rules.h"

#define ROUNDS 2000

static bool is_selected(const TallyResult *result, uint32_t project)
{
    return result->projects[project].reason == TALLY_SELECTED;
}

static bool supports(const RandomElection *random, uint32_t ballot, uint32_t project)
{
    for (uint32_t i = random->start[ballot]; i < random->start[ballot + 1]; i++) {
        if (random->choices[i] == project) {
            return true;
        }
    }
    return false;
}

/* ---- equal shares keeps its promises --------------------------------------------------------- */

static RandomElection *approval_shares(Arena *arena, Seeded *seeded)
{
    RandomElection *random = random_election_of(arena, seeded, TALLY_BALLOTS_APPROVAL);
    random->options.rule = TALLY_RULE_EQUAL_SHARES;
    random->options.completion = (TallyCompletion)below(seeded, 8);
    random->options.increment = 1 + (int64_t)below(seeded, 3);
    return random;
}

static void keeps_promises(Arena *arena, Seeded *seeded, uint64_t seed)
{
    RandomElection *random = approval_shares(arena, seeded);
    TallyResult result = random_election_run(arena, random);
    TallyCheck checks[TALLY_CHECKS];
    tally_checks(arena, &random->election, &random->options, &result, checks);
    CHECK(checks[TALLY_CHECK_BUDGET].verdict == TALLY_HOLDS);
    CHECK(checks[TALLY_CHECK_PRICES].verdict == TALLY_HOLDS);
    CHECK(checks[TALLY_CHECK_EJR_PLUS].verdict == TALLY_HOLDS);
    bool by_count = random->options.utility == TALLY_UTILITY_COUNT;
    CHECK(!by_count || checks[TALLY_CHECK_JR].verdict == TALLY_HOLDS);
}

static void equal_shares_with_approvals_holds_ejr_plus_and_has_prices(void **state)
{
    (void)state;
    for_random_elections(keeps_promises, ROUNDS);
}

static void has_prices(Arena *arena, Seeded *seeded, uint64_t seed)
{
    RandomElection *random = random_election_any(arena, seeded);
    random->options.rule = TALLY_RULE_EQUAL_SHARES;
    random->options.completion = (TallyCompletion)below(seeded, 8);
    random->options.increment = 1 + (int64_t)below(seeded, 3);
    TallyResult result = random_election_run(arena, random);
    TallyCheck checks[TALLY_CHECKS];
    tally_checks(arena, &random->election, &random->options, &result, checks);
    CHECK(checks[TALLY_CHECK_PRICES].verdict == TALLY_HOLDS);
    const TallyPayers *payers = tally_payers(arena, &random->election, &random->options, &result);
    for (uint32_t i = 0; i < result.n_shares; i++) {
        uint32_t p = result.selected[i];
        bool is_free = random->projects[p].cost == 0;
        CHECK(is_free || payers[i].in_full > 0);
        CHECK(is_free || payers[i].in_full + payers[i].less == result.projects[p].payers);
    }
}

static void the_prices_of_every_kind_of_ballot_can_be_done_again(void **state)
{
    (void)state;
    for_random_elections(has_prices, ROUNDS);
}

static void checks_limited(Arena *arena, Seeded *seeded, uint64_t seed)
{
    PlainWorld *w = plain_world(arena, seeded, TALLY_RULE_EQUAL_SHARES);
    RandomElection *random = w->random;
    random->options.increment = 1;
    random->options.completion = (TallyCompletion)below(seeded, 8);
    TallyResult result;
    if (tally_run(arena, &random->election, &random->options, &result) != NULL) {
        return;
    }
    TallyCheck checks[TALLY_CHECKS];
    tally_checks(arena, &random->election, &random->options, &result, checks);
    CHECK(checks[TALLY_CHECK_BUDGET].verdict == TALLY_HOLDS);
    CHECK(checks[TALLY_CHECK_PRICES].verdict == TALLY_HOLDS);
}

static void limits_leave_prices_that_can_be_done_again(void **state)
{
    (void)state;
    for_random_elections(checks_limited, ROUNDS);
}

/* ---- groups, by trying all of them ----------------------------------------------------------- */

typedef struct Group {
    int64_t size;      /* its weight */
    int64_t most;      /* what the best served of its ballots has */
    int64_t everybody; /* the weight of all ballots */
    bool common;       /* all of its ballots support the project */
} Group;

static int64_t satisfaction_of(const RandomElection *random, const TallyResult *result, uint32_t b,
                               bool by_cost)
{
    int64_t has = 0;
    for (uint32_t i = random->start[b]; i < random->start[b + 1]; i++) {
        uint32_t q = random->choices[i];
        int64_t each = by_cost ? random->projects[q].cost : 1;
        has += is_selected(result, q) ? each : 0;
    }
    return has;
}

static Group group_of(const RandomElection *random, const TallyResult *result, uint32_t set,
                      uint32_t p, bool by_cost)
{
    Group group = {.common = true};
    for (uint32_t b = 0; b < random->election.n_ballots; b++) {
        group.everybody += random->weights[b];
        if (set >> b & 1) {
            int64_t has = satisfaction_of(random, result, b, by_cost);
            group.common = group.common && supports(random, b, p);
            group.size += random->weights[b];
            group.most = has > group.most ? has : group.most;
        }
    }
    return group;
}

/* The largest group of ballots that deserves an unselected project and has too little, by the
 * definition: all sets of ballots. */
static int64_t largest_group(const RandomElection *random, const TallyResult *result, bool is_jr)
{
    const TallyElection *election = &random->election;
    bool by_cost = random->options.utility == TALLY_UTILITY_COST && !is_jr;
    int64_t largest = 0;
    for (uint32_t p = 0; p < election->n_projects; p++) {
        int64_t cost = random->projects[p].cost;
        int64_t u = by_cost ? cost : 1;
        for (uint32_t set = 1; set < UINT32_C(1) << election->n_ballots && !is_selected(result, p);
             set++) {
            Group g = group_of(random, result, set, p, by_cost);
            bool fails =
                u > 0 && (g.most + u) * cost * g.everybody <= u * g.size * election->budget;
            fails = is_jr ? g.most == 0 && cost * g.everybody <= g.size * election->budget : fails;
            largest = g.common && fails && g.size > largest ? g.size : largest;
        }
    }
    return largest;
}

static void finds_groups(Arena *arena, Seeded *seeded, uint64_t seed)
{
    RandomElection *random = random_election_of(arena, seeded, TALLY_BALLOTS_APPROVAL);
    if (random->election.n_ballots > 7) {
        random->election.n_ballots = 7;
    }
    TallyResult result = random_election_run(arena, random);
    TallyCheck checks[TALLY_CHECKS];
    tally_checks(arena, &random->election, &random->options, &result, checks);
    CHECK(checks[TALLY_CHECK_JR].voters == largest_group(random, &result, true));
    CHECK(checks[TALLY_CHECK_EJR_PLUS].voters == largest_group(random, &result, false));
}

static void the_group_named_is_the_largest_of_all_that_fail(void **state)
{
    (void)state;
    for_random_elections(finds_groups, ROUNDS / 2);
}

/* ---- sums ------------------------------------------------------------------------------------ */

static void adds_up(Arena *arena, Seeded *seeded, uint64_t seed)
{
    RandomElection *random = random_election_any(arena, seeded);
    TallyResult first = random_election_run(arena, random);
    random->options.rule = TALLY_RULE_MAX_SATISFACTION;
    TallyResult second = random_election_run(arena, random);
    TallyWins a = tally_wins(arena, &random->election, &first);
    TallyWins b = tally_wins(arena, &random->election, &second);
    TallyComparison both = tally_compare(arena, &random->election, &first, &second);
    int64_t voters = 0;
    for (uint32_t w = 0; w < a.n_by_wins; w++) {
        voters += a.by_wins[w];
    }
    CHECK(voters == a.voters && voters == first.voters);
    CHECK(both.by_wins.first + both.by_wins.second + both.by_wins.same == voters);
    CHECK(both.by_money.first + both.by_money.second + both.by_money.same == voters);
    CHECK(a.by_wins[0] - b.by_wins[0] == both.by_having_any.second - both.by_having_any.first);
    CHECK(both.n_first + both.n_both == first.n_selected);
    CHECK(both.n_second + both.n_both == second.n_selected);
}

static void voters_and_projects_of_a_comparison_add_up(void **state)
{
    (void)state;
    for_random_elections(adds_up, ROUNDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_shares_with_approvals_holds_ejr_plus_and_has_prices),
        cmocka_unit_test(the_prices_of_every_kind_of_ballot_can_be_done_again),
        cmocka_unit_test(limits_leave_prices_that_can_be_done_again),
        cmocka_unit_test(the_group_named_is_the_largest_of_all_that_fail),
        cmocka_unit_test(voters_and_projects_of_a_comparison_add_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
