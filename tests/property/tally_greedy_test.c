/* What greedy must hold on every election, tried on random ones (support/random_election.h). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <gmp.h>

#include "tests/support/random_election.h"

#define ROUNDS 1500

static bool is_selected(const TallyResult *result, uint32_t project)
{
    return result->projects[project].reason == TALLY_SELECTED;
}

/* ---- a plain greedy, written apart: rationals, and the best of the rest again and again --------
 */

typedef struct Plain {
    int64_t units[MAX_PROJECTS];
    int64_t votes[MAX_PROJECTS];
    mpq_t density[MAX_PROJECTS]; /* -1 stands for infinity */
} Plain;

static void plain_sums(const RandomElection *random, Plain *plain)
{
    *plain = (Plain){0};
    for (uint32_t b = 0; b < random->election.n_ballots; b++) {
        for (uint32_t i = random->start[b]; i < random->start[b + 1]; i++) {
            uint32_t p = random->choices[i];
            plain->units[p] += random_election_units(random, b, i) * random->weights[b];
            plain->votes[p] += random->weights[b];
        }
    }
    for (uint32_t p = 0; p < random->election.n_projects; p++) {
        int64_t cost = random->projects[p].cost;
        int64_t sum = plain->units[p] * (is_times_cost(random->options.utility) ? cost : 1);
        mpq_init(plain->density[p]);
        mpq_set_si(plain->density[p], cost == 0 && sum > 0 ? -1 : sum, cost == 0 ? 1 : cost);
        mpq_canonicalize(plain->density[p]);
    }
}

/* >0 when a is to be taken before b. */
static int plain_prefers(const RandomElection *random, const Plain *plain, uint32_t a, uint32_t b)
{
    bool a_infinite = mpq_sgn(plain->density[a]) < 0;
    bool b_infinite = mpq_sgn(plain->density[b]) < 0;
    int by_density = a_infinite || b_infinite ? a_infinite - b_infinite
                                              : mpq_cmp(plain->density[a], plain->density[b]);
    if (by_density != 0) {
        return by_density;
    }
    for (int k = 0; k < random->options.ties.count; k++) {
        int64_t by_key = 0;
        if (random->options.ties.keys[k] == TALLY_KEY_COST) {
            by_key = random->projects[b].cost - random->projects[a].cost;
        } else if (random->options.ties.keys[k] == TALLY_KEY_VOTES) {
            by_key = plain->votes[a] - plain->votes[b];
        }
        if (by_key != 0) {
            return by_key > 0 ? 1 : -1;
        }
    }
    return strcmp(random->names[b], random->names[a]);
}

static uint32_t plain_greedy(const RandomElection *random, uint32_t *selected)
{
    Plain plain;
    plain_sums(random, &plain);
    bool gone[MAX_PROJECTS] = {false};
    uint32_t n = random->election.n_projects;
    for (uint32_t p = 0; p < n; p++) {
        gone[p] = plain.units[p] == 0 && random->options.zero_support == TALLY_ZERO_EXCLUDE;
    }
    int64_t left = random->election.budget;
    uint32_t count = 0;
    for (uint32_t turn = 0; turn < n; turn++) {
        uint32_t best = n;
        for (uint32_t p = 0; p < n; p++) {
            if (!gone[p] && (best == n || plain_prefers(random, &plain, p, best) > 0)) {
                best = p;
            }
        }
        bool fits = best < n && random->projects[best].cost <= left;
        if (best == n || (!fits && random->options.misfit == TALLY_MISFIT_STOP)) {
            break;
        }
        gone[best] = true;
        left -= fits ? random->projects[best].cost : 0;
        selected[count] = best;
        count += fits;
    }
    for (uint32_t p = 0; p < n; p++) {
        mpq_clear(plain.density[p]);
    }
    return count;
}

static void agrees_with_plain(Arena *arena, Seeded *seeded, uint64_t seed)
{
    RandomElection *random = random_election_any(arena, seeded);
    TallyResult result = random_election_run(arena, random);
    uint32_t expected[MAX_PROJECTS];
    uint32_t count = plain_greedy(random, expected);
    CHECK(result.n_selected == count);
    CHECK(memcmp(result.selected, expected, count * sizeof *expected) == 0);
}

static void the_selection_agrees_with_a_plain_greedy(void **state)
{
    (void)state;
    for_random_elections(agrees_with_plain, ROUNDS);
}

/* ---- claims ---------------------------------------------------------------------------------- */

static void keeps_budget(Arena *arena, Seeded *seeded, uint64_t seed)
{
    RandomElection *random = random_election_any(arena, seeded);
    TallyResult result = random_election_run(arena, random);
    int64_t total = 0;
    uint32_t winners = 0;
    for (uint32_t p = 0; p < random->election.n_projects; p++) {
        total += is_selected(&result, p) ? random->projects[p].cost : 0;
        winners += is_selected(&result, p);
    }
    CHECK(total == result.total_cost);
    CHECK(total <= random->election.budget);
    CHECK(result.left == random->election.budget - total);
    CHECK(winners == result.n_selected);
}

static void the_selection_stays_within_the_budget(void **state)
{
    (void)state;
    for_random_elections(keeps_budget, ROUNDS);
}

static void is_exhaustive(Arena *arena, Seeded *seeded, uint64_t seed)
{
    RandomElection *random = random_election_any(arena, seeded);
    random->options.misfit = TALLY_MISFIT_SKIP;
    random->options.zero_support = TALLY_ZERO_INCLUDE;
    TallyResult result = random_election_run(arena, random);
    for (uint32_t p = 0; p < random->election.n_projects; p++) {
        CHECK(is_selected(&result, p) || random->projects[p].cost > result.left);
    }
}

static void skipping_leaves_no_project_that_would_still_fit(void **state)
{
    (void)state;
    for_random_elections(is_exhaustive, ROUNDS);
}

static void ignores_order(Arena *arena, Seeded *seeded, uint64_t seed)
{
    RandomElection *random = random_election_any(arena, seeded);
    RandomElection *other = random_election_shuffled(arena, seeded, random);
    TallyResult a = random_election_run(arena, random);
    TallyResult b = random_election_run(arena, other);
    CHECK(a.n_selected == b.n_selected && a.n_ordered == b.n_ordered);
    CHECK(str_eq(a.welfare, b.welfare));
    for (uint32_t i = 0; i < a.n_ordered; i++) {
        const TallyExplanation *x = &a.projects[a.order[i]];
        const TallyExplanation *y = &b.projects[b.order[i]];
        CHECK(strcmp(random->names[a.order[i]], other->names[b.order[i]]) == 0);
        CHECK(x->reason == y->reason && x->votes == y->votes && x->left_before == y->left_before);
        CHECK(x->lacked == y->lacked && x->more_support == y->more_support);
    }
}

static void the_order_of_projects_and_ballots_in_memory_does_not_matter(void **state)
{
    (void)state;
    for_random_elections(ignores_order, ROUNDS);
}

static void weighs_like_repeating(Arena *arena, Seeded *seeded, uint64_t seed)
{
    RandomElection *once = random_election_any(arena, seeded);
    for (uint32_t b = 0; b < once->election.n_ballots; b++) {
        once->weights[b] = 1;
    }
    uint32_t n = once->election.n_ballots;
    if (n == 0) {
        return;
    }
    RandomElection *twice = random_election_copy(arena, once);
    twice->weights[n - 1] = 2;
    uint32_t from = once->start[n - 1];
    uint32_t length = once->start[n] - from;
    memcpy(&once->choices[from + length], &once->choices[from], length * sizeof(uint32_t));
    memcpy(&once->points[from + length], &once->points[from], length * sizeof(int64_t));
    once->start[n + 1] = from + 2 * length;
    once->weights[n] = 1;
    once->election.n_ballots = n + 1;
    TallyResult a = random_election_run(arena, once);
    TallyResult b = random_election_run(arena, twice);
    CHECK(a.voters == b.voters && a.n_selected == b.n_selected && str_eq(a.welfare, b.welfare));
    CHECK(memcmp(a.selected, b.selected, a.n_selected * sizeof *a.selected) == 0);
}

static void a_ballot_of_weight_two_is_two_ballots(void **state)
{
    (void)state;
    for_random_elections(weighs_like_repeating, ROUNDS);
}

/* Appends a ballot that lists one project, from `weight` voters. */
static void add_supporters(RandomElection *random, uint32_t project, int64_t weight)
{
    uint32_t b = random->election.n_ballots++;
    random->choices[random->start[b]] = project;
    random->points[random->start[b]] = 1;
    random->weights[b] = weight;
    random->start[b + 1] = random->start[b] + 1;
}

static void is_monotone(Arena *arena, Seeded *seeded, uint64_t seed)
{
    RandomElection *random = random_election_any(arena, seeded);
    TallyResult before = random_election_run(arena, random);
    uint32_t p = below(seeded, random->election.n_projects);
    add_supporters(random, p, 1 + below(seeded, 3));
    TallyResult after = random_election_run(arena, random);
    CHECK(!is_selected(&before, p) || is_selected(&after, p));
}

static void more_supporters_never_unseat_a_winner(void **state)
{
    (void)state;
    for_random_elections(is_monotone, ROUNDS);
}

static void discount_is_monotone(Arena *arena, Seeded *seeded, uint64_t seed)
{
    RandomElection *random = random_election_any(arena, seeded);
    TallyResult before = random_election_run(arena, random);
    uint32_t p = below(seeded, random->election.n_projects);
    int64_t cost = random->projects[p].cost;
    random->projects[p].cost -= cost > 1 ? below(seeded, (uint32_t)cost) : 0;
    TallyResult after = random_election_run(arena, random);
    CHECK(!is_selected(&before, p) || is_selected(&after, p));
}

static void a_lower_price_never_unseats_a_winner(void **state)
{
    (void)state;
    for_random_elections(discount_is_monotone, ROUNDS);
}

static bool wins_with_supporters(Arena *arena, const RandomElection *random, uint32_t p,
                                 int64_t more)
{
    RandomElection *changed = random_election_copy(arena, random);
    if (more > 0) {
        add_supporters(changed, p, more);
    }
    TallyResult result = random_election_run(arena, changed);
    return is_selected(&result, p);
}

/* Votes, and points where the order of ties does not look at votes: there, k voters with one point
 * each are k points. (Borda points cannot be given one by one; the same code counts them.) */
static void names_least_support(Arena *arena, Seeded *seeded, uint64_t seed)
{
    TallyBallotKind kind = below(seeded, 2) ? TALLY_BALLOTS_APPROVAL : TALLY_BALLOTS_POINTS;
    RandomElection *random = random_election_of(arena, seeded, kind);
    if (kind == TALLY_BALLOTS_POINTS) {
        assert_true(tally_parse_ties(STR("cost,name"), &random->options.ties));
    }
    TallyResult result = random_election_run(arena, random);
    for (uint32_t p = 0; p < random->election.n_projects; p++) {
        int64_t more = result.projects[p].more_support;
        if (is_selected(&result, p)) {
            CHECK(more == 0);
        } else if (more == TALLY_NO_NUMBER) {
            CHECK(!wins_with_supporters(arena, random, p, 1000000));
        } else {
            CHECK(more > 0);
            CHECK(wins_with_supporters(arena, random, p, more));
            CHECK(!wins_with_supporters(arena, random, p, more - 1));
        }
    }
}

static void the_support_a_loser_lacked_is_the_least_that_helps(void **state)
{
    (void)state;
    for_random_elections(names_least_support, ROUNDS);
}

static bool wins_at_price(Arena *arena, const RandomElection *random, uint32_t p, int64_t cost)
{
    RandomElection *changed = random_election_copy(arena, random);
    changed->projects[p].cost = cost;
    TallyResult result = random_election_run(arena, changed);
    return is_selected(&result, p);
}

static void names_least_discount(Arena *arena, Seeded *seeded, uint64_t seed)
{
    RandomElection *random = random_election_any(arena, seeded);
    TallyResult result = random_election_run(arena, random);
    bool skips = random->options.misfit == TALLY_MISFIT_SKIP;
    for (uint32_t p = 0; p < random->election.n_projects; p++) {
        int64_t cost = random->projects[p].cost;
        int64_t lacked = result.projects[p].lacked;
        if (is_selected(&result, p)) {
            CHECK(lacked == 0);
        } else if (lacked == TALLY_NO_NUMBER) {
            for (int64_t price = skips ? 0 : 1; price <= cost; price++) {
                CHECK(!wins_at_price(arena, random, p, price));
            }
        } else {
            CHECK(lacked > 0 && lacked <= cost);
            CHECK(wins_at_price(arena, random, p, cost - lacked));
            CHECK(!wins_at_price(arena, random, p, cost - lacked + 1));
        }
    }
}

static void the_discount_a_loser_lacked_is_the_least_that_helps(void **state)
{
    (void)state;
    for_random_elections(names_least_discount, ROUNDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_selection_agrees_with_a_plain_greedy),
        cmocka_unit_test(the_selection_stays_within_the_budget),
        cmocka_unit_test(skipping_leaves_no_project_that_would_still_fit),
        cmocka_unit_test(the_order_of_projects_and_ballots_in_memory_does_not_matter),
        cmocka_unit_test(a_ballot_of_weight_two_is_two_ballots),
        cmocka_unit_test(more_supporters_never_unseat_a_winner),
        cmocka_unit_test(a_lower_price_never_unseats_a_winner),
        cmocka_unit_test(the_support_a_loser_lacked_is_the_least_that_helps),
        cmocka_unit_test(the_discount_a_loser_lacked_is_the_least_that_helps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
