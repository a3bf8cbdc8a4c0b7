/* Equal shares on random elections: agreement with a plain slow one written apart (a rational
 * number for every ballot, prices by sorting, one increment after the other), and what must always
 * hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <gmp.h>
#include <stdlib.h>

#include "tests/support/exact_text.h"
#include "tests/support/random_election.h"

#define ROUNDS      4000
#define STEP_ROUNDS 250
#define NEXT_ROUNDS 60

/* ---- the plain rule -------------------------------------------------------------------------- */

typedef struct Plain {
    const RandomElection *random;
    int64_t voters;
    int64_t votes[MAX_PROJECTS];
    int64_t units[MAX_PROJECTS][MAX_BALLOTS + EXTRA]; /* of one voter of the ballot */
    int64_t score[MAX_PROJECTS];
    mpq_t money[MAX_BALLOTS + EXTRA];
    mpq_t ratio[MAX_BALLOTS + EXTRA]; /* money / units */
    bool is_open[MAX_PROJECTS];
    uint32_t bought[MAX_PROJECTS];
    uint32_t n_bought;
} Plain;

static Plain *plain_of(Arena *arena, const RandomElection *random)
{
    Plain *plain = arena_new(arena, Plain);
    plain->random = random;
    for (uint32_t b = 0; b < random->election.n_ballots; b++) {
        mpq_inits(plain->money[b], plain->ratio[b], NULL);
        plain->voters += random->weights[b];
        for (uint32_t i = random->start[b]; i < random->start[b + 1]; i++) {
            uint32_t p = random->choices[i];
            plain->units[p][b] = random_election_units(random, b, i);
            plain->votes[p] += random->weights[b];
            plain->score[p] += plain->units[p][b] * random->weights[b];
        }
    }
    return plain;
}

static void plain_free(Plain *plain)
{
    for (uint32_t b = 0; b < plain->random->election.n_ballots; b++) {
        mpq_clears(plain->money[b], plain->ratio[b], NULL);
    }
}

/* The supporters with the least money per unit first. */
static uint32_t sort_supporters(Plain *plain, uint32_t project, uint32_t *sorted)
{
    uint32_t n = 0;
    for (uint32_t b = 0; b < plain->random->election.n_ballots; b++) {
        if (plain->units[project][b] == 0) {
            continue;
        }
        mpq_set_si(plain->ratio[b], 1, (unsigned long)plain->units[project][b]);
        mpq_mul(plain->ratio[b], plain->ratio[b], plain->money[b]);
        uint32_t at = n++;
        while (at > 0 && mpq_cmp(plain->ratio[sorted[at - 1]], plain->ratio[b]) > 0) {
            sorted[at] = sorted[at - 1];
            at--;
        }
        sorted[at] = b;
    }
    return n;
}

/* What one unit costs each; false when the supporters cannot pay. */
static bool plain_price(Plain *plain, uint32_t project, mpq_t out)
{
    uint32_t sorted[MAX_BALLOTS + EXTRA];
    uint32_t n = sort_supporters(plain, project, sorted);
    int64_t rest = plain->score[project];
    mpq_t missing;
    mpq_t share;
    mpq_inits(missing, share, NULL);
    mpq_set_si(missing, plain->random->projects[project].cost, 1);
    bool found = false;
    for (uint32_t i = 0; i < n && !found; i++) {
        uint32_t b = sorted[i];
        int64_t weight = plain->random->weights[b];
        mpq_set_si(share, 1, (unsigned long)rest);
        mpq_mul(out, missing, share);
        found = mpq_cmp(out, plain->ratio[b]) <= 0;
        mpq_set_si(share, weight, 1);
        mpq_mul(share, share, plain->money[b]);
        mpq_sub(missing, missing, share);
        rest -= weight * plain->units[project][b];
    }
    mpq_clears(missing, share, NULL);
    return found;
}

static void plain_pay(Plain *plain, uint32_t project, const mpq_t price)
{
    mpq_t share;
    mpq_init(share);
    for (uint32_t b = 0; b < plain->random->election.n_ballots; b++) {
        mpq_set_si(share, plain->units[project][b], 1);
        mpq_mul(share, share, price);
        bool pays_all = mpq_cmp(share, plain->money[b]) > 0;
        mpq_sub(plain->money[b], plain->money[b], pays_all ? plain->money[b] : share);
    }
    mpq_clear(share);
}

/* >0 when a comes before b in the order of ties. */
static bool comes_before(const Plain *plain, uint32_t a, uint32_t b)
{
    const RandomElection *random = plain->random;
    for (int k = 0; k < random->options.ties.count; k++) {
        int64_t by_key = 0;
        if (random->options.ties.keys[k] == TALLY_KEY_COST) {
            by_key = random->projects[b].cost - random->projects[a].cost;
        } else if (random->options.ties.keys[k] == TALLY_KEY_VOTES) {
            by_key = plain->votes[a] - plain->votes[b];
        }
        if (by_key != 0) {
            return by_key > 0;
        }
    }
    return strcmp(random->names[a], random->names[b]) < 0;
}

static uint32_t plain_choose(Plain *plain, mpq_t best_price)
{
    uint32_t best = MAX_PROJECTS;
    mpq_t price;
    mpq_t rho;
    mpq_t best_rho;
    mpq_inits(price, rho, best_rho, NULL);
    for (uint32_t p = 0; p < plain->random->election.n_projects; p++) {
        if (!plain->is_open[p] || !plain_price(plain, p, price)) {
            continue;
        }
        mpq_set(rho, price);
        if (is_times_cost(plain->random->options.utility)) {
            mpq_set_si(rho, 1, (unsigned long)plain->random->projects[p].cost);
            mpq_mul(rho, rho, price);
        }
        int order = best == MAX_PROJECTS ? -1 : mpq_cmp(rho, best_rho);
        if (order < 0 || (order == 0 && comes_before(plain, p, best))) {
            best = p;
            mpq_set(best_rho, rho);
            mpq_set(best_price, price);
        }
    }
    mpq_clears(price, rho, best_rho, NULL);
    return best;
}

static void plain_run(Plain *plain, const mpq_t endowment)
{
    const TallyElection *election = &plain->random->election;
    for (uint32_t b = 0; b < election->n_ballots; b++) {
        mpq_set(plain->money[b], endowment);
    }
    for (uint32_t p = 0; p < election->n_projects; p++) {
        plain->is_open[p] = plain->score[p] > 0 && election->projects[p].cost > 0;
    }
    plain->n_bought = 0;
    mpq_t price;
    mpq_init(price);
    for (uint32_t p = plain_choose(plain, price); p < MAX_PROJECTS;
         p = plain_choose(plain, price)) {
        plain_pay(plain, p, price);
        plain->is_open[p] = false;
        plain->bought[plain->n_bought++] = p;
    }
    mpq_clear(price);
}

static bool was_bought(const Plain *plain, uint32_t project)
{
    for (uint32_t i = 0; i < plain->n_bought; i++) {
        if (plain->bought[i] == project) {
            return true;
        }
    }
    return false;
}

static __int128 plain_left(const Plain *plain)
{
    __int128 left = plain->random->election.budget;
    for (uint32_t i = 0; i < plain->n_bought; i++) {
        left -= plain->random->projects[plain->bought[i]].cost;
    }
    return left;
}

/* stops_when_exhausted: no candidate outside fits; else: no candidate is outside. */
static bool plain_done(const Plain *plain, bool stops_when_exhausted)
{
    __int128 left = plain_left(plain);
    for (uint32_t p = 0; p < plain->random->election.n_projects; p++) {
        int64_t cost = plain->random->projects[p].cost;
        bool outside = plain->score[p] > 0 && cost > 0 && !was_bought(plain, p);
        if (outside && (!stops_when_exhausted || cost <= left)) {
            return false;
        }
    }
    return true;
}

static bool is_next(TallyCompletion completion)
{
    return completion == TALLY_COMPLETE_NEXT || completion == TALLY_COMPLETE_NEXT_GREEDY;
}

/* Of add1 the increment; of next, all voters together get a hundredth of the currency more (random
 * elections have amounts without decimals). */
static void plain_step(const Plain *plain, mpq_t out)
{
    const TallyOptions *options = &plain->random->options;
    mpq_set_si(out, options->increment, 1);
    if (is_next(options->completion) && options->increment == 0) {
        mpq_set_si(out, 1, (unsigned long)plain->voters * 100);
    }
}

/* One increment after the other, each from the start. */
static void plain_add1(Plain *plain, mpq_t endowment, bool stops_when_exhausted)
{
    const RandomElection *random = plain->random;
    mpq_t step;
    mpq_t limit;
    mpq_inits(step, limit, NULL);
    plain_step(plain, step);
    mpq_set_si(limit, random->election.budget, 1);
    mpq_add(limit, limit, endowment);
    plain_run(plain, endowment);
    while (!plain_done(plain, stops_when_exhausted)) {
        mpq_add(endowment, endowment, step);
        bool over = !stops_when_exhausted && mpq_cmp(endowment, limit) > 0;
        if (!over) {
            plain_run(plain, endowment);
        }
        if (over || plain_left(plain) < 0) {
            mpq_sub(endowment, endowment, step);
            plain_run(plain, endowment);
            break;
        }
    }
    mpq_clears(step, limit, NULL);
}

static void plain_equal_shares(Plain *plain)
{
    if (plain->voters == 0) {
        return;
    }
    mpq_t endowment;
    mpq_init(endowment);
    mpq_set_si(endowment, plain->random->election.budget, (unsigned long)plain->voters);
    mpq_canonicalize(endowment);
    TallyCompletion completion = plain->random->options.completion;
    if (completion == TALLY_COMPLETE_ADD1 || completion == TALLY_COMPLETE_ADD1E ||
        completion == TALLY_COMPLETE_NEXT) {
        plain_add1(plain, endowment, completion == TALLY_COMPLETE_ADD1E);
    } else {
        plain_run(plain, endowment);
    }
    mpq_clear(endowment);
}

/* ---- elections ------------------------------------------------------------------------------- */

/* Amounts and weights far beyond what doubles or 64 bits hold exactly when multiplied. */
static void make_large(RandomElection *random, Seeded *seeded)
{
    int64_t factor = 1 + (int64_t)seeded_below(seeded, INT64_C(10000000000000000));
    random->election.budget *= factor;
    random->options.increment *= factor;
    for (uint32_t p = 0; p < random->election.n_projects; p++) {
        int64_t cost = random->projects[p].cost * factor;
        random->projects[p].cost = cost == 0 ? 0 : cost - (int64_t)below(seeded, 2);
    }
    for (uint32_t b = 0; b < random->election.n_ballots; b++) {
        random->weights[b] *= 1 + (int64_t)seeded_below(seeded, 1000003);
    }
    random->options.increment /= random->weights[0] + 1;
    random->options.increment += random->options.increment == 0;
}

static RandomElection *shares_election(Arena *arena, Seeded *seeded, bool may_be_large)
{
    RandomElection *random = random_election_any(arena, seeded);
    random->options.rule = TALLY_RULE_EQUAL_SHARES;
    random->options.increment = 1 + (int64_t)below(seeded, 3);
    if (may_be_large && below(seeded, 3) == 0) {
        make_large(random, seeded);
    }
    return random;
}

static void same_as_plain(Arena *arena, const RandomElection *random, uint64_t seed)
{
    TallyResult result = random_election_run(arena, random);
    Plain *plain = plain_of(arena, random);
    plain_equal_shares(plain);
    uint32_t first = result.n_shares - plain->n_bought; /* free projects come before */
    CHECK(result.n_shares >= plain->n_bought);
    for (uint32_t i = 0; i < first; i++) {
        CHECK(random->projects[result.selected[i]].cost == 0);
    }
    CHECK(memcmp(result.selected + first, plain->bought, plain->n_bought * sizeof *plain->bought) ==
          0);
    plain_free(plain);
}

static void one_run_agrees(Arena *arena, Seeded *seeded, uint64_t seed)
{
    RandomElection *random = shares_election(arena, seeded, true);
    same_as_plain(arena, random, seed);
}

static void purchases_agree_with_a_plain_equal_shares(void **state)
{
    (void)state;
    for_random_elections(one_run_agrees, ROUNDS);
}

static void steps_agree(Arena *arena, Seeded *seeded, uint64_t seed)
{
    RandomElection *random = shares_election(arena, seeded, false);
    random->options.completion = below(seeded, 2) ? TALLY_COMPLETE_ADD1 : TALLY_COMPLETE_ADD1E;
    same_as_plain(arena, random, seed);
}

static void raising_the_endowment_agrees_with_one_step_after_the_other(void **state)
{
    (void)state;
    for_random_elections(steps_agree, STEP_ROUNDS);
}

/* Few voters and little money, that stepping by a hundredth for all together comes to an end. */
static void next_agrees(Arena *arena, Seeded *seeded, uint64_t seed)
{
    RandomElection *random = shares_election(arena, seeded, false);
    random->options.completion = TALLY_COMPLETE_NEXT;
    random->options.increment = 0;
    random->election.budget = below(seeded, 12);
    for (uint32_t p = 0; p < random->election.n_projects; p++) {
        random->projects[p].cost = below(seeded, 5);
    }
    for (uint32_t b = 0; b < random->election.n_ballots; b++) {
        random->weights[b] = 1 + below(seeded, 2);
    }
    same_as_plain(arena, random, seed);
}

static void the_next_amount_is_where_steps_of_a_hundredth_for_all_together_end(void **state)
{
    (void)state;
    for_random_elections(next_agrees, NEXT_ROUNDS);
}

static void next_in_steps_agrees(Arena *arena, Seeded *seeded, uint64_t seed)
{
    RandomElection *random = shares_election(arena, seeded, false);
    random->options.completion = TALLY_COMPLETE_NEXT;
    same_as_plain(arena, random, seed);
}

static void the_next_amount_in_whole_increments_is_where_add1_ends(void **state)
{
    (void)state;
    for_random_elections(next_in_steps_agrees, STEP_ROUNDS);
}

/* ---- claims ---------------------------------------------------------------------------------- */

/* min(money, price x units) for each voter: together the cost. Counts who pays anything. */
static void pays_the_cost(Plain *plain, uint32_t project, const mpq_t price, int64_t payers,
                          uint64_t seed)
{
    mpq_t paid;
    mpq_t share;
    mpq_inits(paid, share, NULL);
    for (uint32_t b = 0; b < plain->random->election.n_ballots; b++) {
        int64_t units = plain->units[project][b];
        payers -= units > 0 && mpq_sgn(plain->money[b]) > 0 ? plain->random->weights[b] : 0;
        mpq_set_si(share, units, 1);
        mpq_mul(share, share, price);
        bool pays_all = mpq_cmp(share, plain->money[b]) > 0;
        mpq_set(share, pays_all ? plain->money[b] : share);
        mpq_sub(plain->money[b], plain->money[b], share);
        mpz_mul_si(mpq_numref(share), mpq_numref(share), plain->random->weights[b]);
        mpq_canonicalize(share);
        mpq_add(paid, paid, share);
    }
    CHECK(payers == 0);
    CHECK(mpq_cmp_si(paid, plain->random->projects[project].cost, 1) == 0);
    mpq_clears(paid, share, NULL);
}

/* What the supporters of a loser have left is what is said, and less than its cost. */
static void cannot_pay(const Plain *plain, const TallyResult *result, uint32_t project,
                       uint64_t seed)
{
    mpq_t left;
    mpq_t part;
    mpq_t said;
    mpq_inits(left, part, said, NULL);
    for (uint32_t b = 0; b < plain->random->election.n_ballots; b++) {
        if (plain->units[project][b] > 0) {
            mpq_set_si(part, plain->random->weights[b], 1);
            mpq_mul(part, part, plain->money[b]);
            mpq_add(left, left, part);
        }
    }
    exact_text_read(result->projects[project].supporters_left, said);
    CHECK(mpq_equal(left, said));
    CHECK(mpq_cmp_si(left, plain->random->projects[project].cost, 1) < 0);
    mpq_clears(left, part, said, NULL);
}

/* The account of a ballot ends with the money left, and its payments are the money that is gone. */
static void account_agrees(Arena *arena, const Plain *plain, const TallyResult *result,
                           uint32_t ballot, uint64_t seed)
{
    TallyAccount account = tally_account(arena, &plain->random->election, result, ballot);
    mpq_t left;
    mpq_t amount;
    mpq_inits(left, amount, NULL);
    exact_text_read(account.before, left);
    for (uint32_t i = 0; i < account.n_payments; i++) {
        const TallyPayment *payment = &account.payments[i];
        CHECK(i == 0 || payment->round > account.payments[i - 1].round);
        CHECK(plain->units[result->selected[payment->round]][ballot] > 0);
        exact_text_read(payment->paid, amount);
        mpq_sub(left, left, amount);
        exact_text_read(payment->after, amount);
        CHECK(mpq_equal(left, amount));
    }
    exact_text_read(account.after, amount);
    CHECK(mpq_equal(left, amount) && mpq_equal(left, plain->money[ballot]));
    mpq_clears(left, amount, NULL);
}

static void has_a_price_system(Arena *arena, Seeded *seeded, uint64_t seed)
{
    RandomElection *random = shares_election(arena, seeded, true);
    random->options.completion = below(seeded, 2) ? TALLY_COMPLETE_NONE : TALLY_COMPLETE_ADD1E;
    TallyResult result = random_election_run(arena, random);
    Plain *plain = plain_of(arena, random);
    mpq_t amount;
    mpq_init(amount);
    exact_text_read(result.endowment, amount);
    for (uint32_t b = 0; b < random->election.n_ballots; b++) {
        mpq_set(plain->money[b], amount);
    }
    for (uint32_t i = 0; i < result.n_shares; i++) {
        const TallyExplanation *why = &result.projects[result.selected[i]];
        CHECK(why->reason == TALLY_SELECTED && !why->by_completion && why->place == i + 1);
        if (random->projects[result.selected[i]].cost > 0) {
            exact_text_read(why->price, amount);
            pays_the_cost(plain, result.selected[i], amount, why->payers, seed);
        }
    }
    for (uint32_t p = 0; p < random->election.n_projects; p++) {
        if (result.projects[p].reason == TALLY_UNAFFORDABLE && random->projects[p].cost > 0) {
            cannot_pay(plain, &result, p, seed);
        }
    }
    for (uint32_t b = 0; b < random->election.n_ballots; b++) {
        account_agrees(arena, plain, &result, b, seed);
    }
    mpq_clear(amount);
    plain_free(plain);
}

static void the_published_prices_pay_every_purchase_and_no_more_is_affordable(void **state)
{
    (void)state;
    for_random_elections(has_a_price_system, ROUNDS);
}

static void completes(Arena *arena, Seeded *seeded, uint64_t seed)
{
    RandomElection *random = shares_election(arena, seeded, true);
    random->options.completion = (TallyCompletion)below(seeded, 8);
    random->options.misfit = TALLY_MISFIT_SKIP;
    TallyResult result = random_election_run(arena, random);
    bool is_greedy = random->options.completion == TALLY_COMPLETE_GREEDY ||
                     random->options.completion == TALLY_COMPLETE_ADD1_GREEDY ||
                     random->options.completion == TALLY_COMPLETE_ADD1E_GREEDY ||
                     random->options.completion == TALLY_COMPLETE_NEXT_GREEDY;
    int64_t total = 0;
    for (uint32_t i = 0; i < result.n_selected; i++) {
        total += random->projects[result.selected[i]].cost;
        CHECK(result.projects[result.selected[i]].by_completion == (i >= result.n_shares));
    }
    CHECK(total == result.total_cost && total <= random->election.budget);
    CHECK(is_greedy || result.n_shares == result.n_selected);
    for (uint32_t p = 0; p < random->election.n_projects; p++) {
        const TallyExplanation *why = &result.projects[p];
        bool could_fit = why->score > 0 && random->projects[p].cost <= result.left;
        CHECK(!is_greedy || why->reason == TALLY_SELECTED || !could_fit);
    }
}

static void every_completion_stays_within_the_budget_and_greedy_fills_it(void **state)
{
    (void)state;
    for_random_elections(completes, ROUNDS);
}

static void ignores_order(Arena *arena, Seeded *seeded, uint64_t seed)
{
    RandomElection *random = shares_election(arena, seeded, true);
    random->options.completion = (TallyCompletion)below(seeded, 8);
    RandomElection *other = random_election_shuffled(arena, seeded, random);
    TallyResult a = random_election_run(arena, random);
    TallyResult b = random_election_run(arena, other);
    CHECK(a.n_selected == b.n_selected && a.n_ordered == b.n_ordered);
    CHECK(str_eq(a.welfare, b.welfare) && str_eq(a.steps, b.steps));
    for (uint32_t i = 0; i < a.n_ordered; i++) {
        const TallyExplanation *x = &a.projects[a.order[i]];
        const TallyExplanation *y = &b.projects[b.order[i]];
        CHECK(strcmp(random->names[a.order[i]], other->names[b.order[i]]) == 0);
        CHECK(x->reason == y->reason && x->payers == y->payers && str_eq(x->price, y->price));
        CHECK(str_eq(x->supporters_left, y->supporters_left));
    }
}

static void the_order_of_projects_and_ballots_in_memory_does_not_matter(void **state)
{
    (void)state;
    for_random_elections(ignores_order, ROUNDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(purchases_agree_with_a_plain_equal_shares),
        cmocka_unit_test(raising_the_endowment_agrees_with_one_step_after_the_other),
        cmocka_unit_test(the_next_amount_is_where_steps_of_a_hundredth_for_all_together_end),
        cmocka_unit_test(the_next_amount_in_whole_increments_is_where_add1_ends),
        cmocka_unit_test(the_published_prices_pay_every_purchase_and_no_more_is_affordable),
        cmocka_unit_test(every_completion_stays_within_the_budget_and_greedy_fills_it),
        cmocka_unit_test(the_order_of_projects_and_ballots_in_memory_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
