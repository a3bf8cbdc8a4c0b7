/* What holds for every rule, on random elections of every kind of ballots: within budget, one
 * result whatever the order in memory, names that do not matter but for ties, exhaustiveness where
 * it is promised, more support never hurting where that is proved, and payments that add up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "tests/support/exact_text.h"
#include "tests/support/random_election.h"

#define ROUNDS 3000

static const TallyRule all_rules[] = {TALLY_RULE_GREEDY, TALLY_RULE_EQUAL_SHARES,
                                      TALLY_RULE_PHRAGMEN, TALLY_RULE_MAX_SATISFACTION,
                                      TALLY_RULE_BOUNDED_OVERSPENDING};

static RandomElection *any_rule(Arena *arena, Seeded *seeded)
{
    RandomElection *random = random_election_any(arena, seeded);
    random->options.rule = all_rules[below(seeded, countof(all_rules))];
    random->options.increment = 1 + below(seeded, 3);
    if (random->options.rule == TALLY_RULE_EQUAL_SHARES) {
        random->options.completion = (TallyCompletion)below(seeded, 8);
    } else if (random->options.rule == TALLY_RULE_BOUNDED_OVERSPENDING && below(seeded, 2)) {
        random->options.completion = TALLY_COMPLETE_GREEDY;
    }
    return random;
}

static bool is_selected(const TallyResult *result, uint32_t project)
{
    return result->projects[project].reason == TALLY_SELECTED;
}

/* ---- budget and books ------------------------------------------------------------------------ */

static void books_balance(Arena *arena, Seeded *seeded, uint64_t seed)
{
    RandomElection *random = any_rule(arena, seeded);
    TallyResult result = random_election_run(arena, random);
    int64_t left = random->election.budget;
    for (uint32_t r = 0; r < result.n_selected; r++) {
        CHECK(result.rounds[r].project == result.selected[r]);
        CHECK(result.rounds[r].left_before == left);
        CHECK(result.projects[result.selected[r]].left_before == left);
        left -= random->projects[result.selected[r]].cost;
        CHECK(left >= 0);
    }
    CHECK(left == result.left && result.total_cost == random->election.budget - left);
}

static void every_rule_stays_within_the_budget_and_its_rounds_add_up(void **state)
{
    (void)state;
    for_random_elections(books_balance, ROUNDS);
}

/* ---- order and names ------------------------------------------------------------------------- */

static void same_names(const RandomElection *a, const TallyResult *x, const RandomElection *b,
                       const TallyResult *y, uint64_t seed)
{
    CHECK(x->n_selected == y->n_selected && x->n_shares == y->n_shares);
    CHECK(str_eq(x->welfare, y->welfare));
    for (uint32_t r = 0; r < x->n_selected; r++) {
        CHECK(strcmp(a->names[x->selected[r]], b->names[y->selected[r]]) == 0);
        CHECK(str_eq(x->rounds[r].price, y->rounds[r].price));
        CHECK(x->rounds[r].payers == y->rounds[r].payers);
    }
}

static void ignores_order(Arena *arena, Seeded *seeded, uint64_t seed)
{
    RandomElection *random = any_rule(arena, seeded);
    RandomElection *other = random_election_shuffled(arena, seeded, random);
    TallyResult a = random_election_run(arena, random);
    TallyResult b = random_election_run(arena, other);
    same_names(random, &a, other, &b, seed);
}

static void the_order_of_projects_and_ballots_in_memory_does_not_matter(void **state)
{
    (void)state;
    for_random_elections(ignores_order, ROUNDS);
}

/* Other names in the same order: nothing changes. */
static void ignores_names(Arena *arena, Seeded *seeded, uint64_t seed)
{
    RandomElection *random = any_rule(arena, seeded);
    RandomElection *other = random_election_copy(arena, random);
    for (uint32_t p = 0; p < random->election.n_projects; p++) {
        uint32_t place = 0;
        for (uint32_t q = 0; q < random->election.n_projects; q++) {
            place += strcmp(random->names[q], random->names[p]) < 0;
        }
        snprintf(other->names[p], sizeof other->names[p], "%c-%u", 'A' + (int)place, p);
    }
    random_election_link(other);
    TallyResult a = random_election_run(arena, random);
    TallyResult b = random_election_run(arena, other);
    CHECK(a.n_selected == b.n_selected);
    CHECK(memcmp(a.selected, b.selected, a.n_selected * sizeof *a.selected) == 0);
}

static void names_matter_for_their_order_alone(void **state)
{
    (void)state;
    for_random_elections(ignores_names, ROUNDS);
}

/* ---- exhaustiveness -------------------------------------------------------------------------- */

static bool is_exhaustive_by_promise(const TallyOptions *options)
{
    bool by_greedy = options->rule == TALLY_RULE_GREEDY;
    by_greedy = by_greedy || options->completion == TALLY_COMPLETE_GREEDY ||
                options->completion == TALLY_COMPLETE_ADD1_GREEDY ||
                options->completion == TALLY_COMPLETE_ADD1E_GREEDY ||
                options->completion == TALLY_COMPLETE_NEXT_GREEDY;
    return by_greedy && options->misfit == TALLY_MISFIT_SKIP;
}

static void leaves_nothing_that_fits(Arena *arena, Seeded *seeded, uint64_t seed)
{
    RandomElection *random = any_rule(arena, seeded);
    TallyResult result = random_election_run(arena, random);
    for (uint32_t p = 0; p < random->election.n_projects; p++) {
        const TallyExplanation *why = &result.projects[p];
        bool counts = why->score > 0 || random->options.zero_support == TALLY_ZERO_INCLUDE;
        if (is_exhaustive_by_promise(&random->options) && counts) {
            CHECK(is_selected(&result, p) || random->projects[p].cost > result.left);
        }
        if (random->options.rule == TALLY_RULE_MAX_SATISFACTION && why->score > 0 &&
            !(is_times_cost(random->options.utility) && random->projects[p].cost == 0)) {
            CHECK(is_selected(&result, p) || random->projects[p].cost > result.left);
        }
    }
}

static void what_is_promised_to_be_exhaustive_is(void **state)
{
    (void)state;
    for_random_elections(leaves_nothing_that_fits, ROUNDS);
}

/* ---- more support ---------------------------------------------------------------------------- */

/* One more ballot for a winner alone. */
static void add_vote(RandomElection *random, uint32_t project)
{
    TallyElection *election = &random->election;
    uint32_t at = random->start[election->n_ballots];
    random->choices[at] = project;
    random->points[at] = 3;
    random->weights[election->n_ballots] = 1;
    random->start[++election->n_ballots] = at + 1;
}

static void support_helps(Arena *arena, Seeded *seeded, uint64_t seed)
{
    RandomElection *random = any_rule(arena, seeded);
    TallyRule rule = random->options.rule;
    if (rule == TALLY_RULE_EQUAL_SHARES || rule == TALLY_RULE_BOUNDED_OVERSPENDING) {
        return; /* one more voter changes everybody's endowment */
    }
    TallyResult before = random_election_run(arena, random);
    uint32_t p = below(seeded, random->election.n_projects);
    RandomElection *other = random_election_copy(arena, random);
    add_vote(other, p);
    TallyResult after = random_election_run(arena, other);
    CHECK(!is_selected(&before, p) || is_selected(&after, p));
}

static void one_more_ballot_for_a_winner_alone_never_makes_it_lose(void **state)
{
    (void)state;
    for_random_elections(support_helps, ROUNDS);
}

/* ---- payments -------------------------------------------------------------------------------- */

/* In each round the voters paid what it says: the cost, or with bounded overspending a part. */
static void check_paid(const RandomElection *random, const TallyResult *result, uint32_t round,
                       const mpq_t paid, uint64_t seed)
{
    const TallyExplanation *why = &result->projects[result->selected[round]];
    int64_t cost = random->projects[result->selected[round]].cost;
    if (result->rounds[round].funding != TALLY_FUNDED_VOTERS) {
        CHECK(mpq_sgn(paid) == 0);
    } else if (random->options.rule == TALLY_RULE_BOUNDED_OVERSPENDING) {
        mpq_t collected;
        mpq_init(collected);
        exact_text_read(why->collected, collected);
        CHECK(mpq_equal(paid, collected) && mpq_sgn(paid) > 0 && mpq_cmp_si(paid, cost, 1) <= 0);
        mpq_clear(collected);
    } else {
        CHECK(mpq_cmp_si(paid, cost, 1) == 0);
    }
}

static void payments_add_up(Arena *arena, Seeded *seeded, uint64_t seed)
{
    RandomElection *random = any_rule(arena, seeded);
    TallyResult result = random_election_run(arena, random);
    mpq_t paid[MAX_PROJECTS];
    mpq_t part;
    mpq_init(part);
    for (uint32_t r = 0; r < result.n_selected; r++) {
        mpq_init(paid[r]);
    }
    for (uint32_t b = 0; b < random->election.n_ballots; b++) {
        TallyAccount account = tally_account(arena, &random->election, &result, b);
        for (uint32_t i = 0; i < account.n_payments; i++) {
            exact_text_read(account.payments[i].paid, part);
            CHECK(mpq_sgn(part) >= 0);
            mpz_mul_si(mpq_numref(part), mpq_numref(part), random->weights[b]);
            mpq_canonicalize(part);
            mpq_add(paid[account.payments[i].round], paid[account.payments[i].round], part);
        }
        exact_text_read(account.after, part);
        CHECK(mpq_sgn(part) >= 0);
    }
    for (uint32_t r = 0; r < result.n_selected; r++) {
        check_paid(random, &result, r, paid[r], seed);
        mpq_clear(paid[r]);
    }
    mpq_clear(part);
}

static void what_voters_paid_adds_up_in_every_round(void **state)
{
    (void)state;
    for_random_elections(payments_add_up, ROUNDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_stays_within_the_budget_and_its_rounds_add_up),
        cmocka_unit_test(the_order_of_projects_and_ballots_in_memory_does_not_matter),
        cmocka_unit_test(names_matter_for_their_order_alone),
        cmocka_unit_test(what_is_promised_to_be_exhaustive_is),
        cmocka_unit_test(one_more_ballot_for_a_winner_alone_never_makes_it_lose),
        cmocka_unit_test(what_voters_paid_adds_up_in_every_round),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
