/* Sequential Phragmen and the best total satisfaction on random elections: agreement with plain
 * slow ones written apart, and what must always hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <gmp.h>

#include "tests/support/exact_text.h"
#include "tests/support/random_election.h"

#define ROUNDS 3000

static void sum_votes(const RandomElection *random, int64_t *votes, int64_t *score)
{
    for (uint32_t b = 0; b < random->election.n_ballots; b++) {
        for (uint32_t i = random->start[b]; i < random->start[b + 1]; i++) {
            votes[random->choices[i]] += random->weights[b];
            score[random->choices[i]] += random->weights[b] * random_election_units(random, b, i);
        }
    }
}

static bool is_before(const RandomElection *random, const int64_t *votes, uint32_t a, uint32_t b)
{
    for (int k = 0; k < random->options.ties.count; k++) {
        int64_t by_key = 0;
        if (random->options.ties.keys[k] == TALLY_KEY_COST) {
            by_key = random->projects[b].cost - random->projects[a].cost;
        } else if (random->options.ties.keys[k] == TALLY_KEY_VOTES) {
            by_key = votes[a] - votes[b];
        }
        if (by_key != 0) {
            return by_key > 0;
        }
    }
    return strcmp(random->names[a], random->names[b]) < 0;
}

/* Costs and weights that no 64 bits hold when multiplied; still within the budget's limit. */
static void make_large(RandomElection *random, Seeded *seeded)
{
    int64_t factor = 1 + (int64_t)seeded_below(seeded, INT64_C(10000000000000000));
    random->election.budget *= factor;
    for (uint32_t p = 0; p < random->election.n_projects; p++) {
        random->projects[p].cost *= factor;
    }
    for (uint32_t b = 0; b < random->election.n_ballots; b++) {
        random->weights[b] *= 1 + (int64_t)seeded_below(seeded, 1000003);
    }
}

static RandomElection *election_for(Arena *arena, Seeded *seeded, TallyRule rule)
{
    RandomElection *random = random_election_any(arena, seeded);
    random->options.rule = rule;
    if (below(seeded, 3) == 0) {
        make_large(random, seeded);
    }
    return random;
}

/* ---- Phragmen -------------------------------------------------------------------------------- */

static bool lists(const RandomElection *random, uint32_t ballot, uint32_t project)
{
    for (uint32_t i = random->start[ballot]; i < random->start[ballot + 1]; i++) {
        if (random->choices[i] == project) {
            return true;
        }
    }
    return false;
}

/* t = (loads + cost) / votes. */
static void plain_load(const RandomElection *random, mpq_t *loads, int64_t votes, uint32_t project,
                       mpq_t out)
{
    mpq_t part;
    mpq_init(part);
    mpq_set_si(out, random->projects[project].cost, 1);
    for (uint32_t b = 0; b < random->election.n_ballots; b++) {
        if (lists(random, b, project)) {
            mpq_set_si(part, random->weights[b], 1);
            mpq_mul(part, part, loads[b]);
            mpq_add(out, out, part);
        }
    }
    mpq_set_si(part, 1, (unsigned long)votes);
    mpq_mul(out, out, part);
    mpq_clear(part);
}

typedef struct Turn {
    uint32_t project; /* MAX_PROJECTS: nothing is left */
    bool all_fit;     /* all that share the least load */
    bool is_infinite;
    mpq_t load;
} Turn;

static void plain_turn(const RandomElection *random, const int64_t *votes, mpq_t *loads,
                       const bool *gone, int64_t left, Turn *turn)
{
    mpq_t load;
    mpq_init(load);
    turn->project = MAX_PROJECTS;
    for (uint32_t p = 0; p < random->election.n_projects; p++) {
        if (gone[p]) {
            continue;
        }
        bool is_infinite = votes[p] == 0;
        if (!is_infinite) {
            plain_load(random, loads, votes[p], p, load);
        }
        int order = -1;
        if (turn->project != MAX_PROJECTS) {
            order = is_infinite || turn->is_infinite ? is_infinite - turn->is_infinite
                                                     : mpq_cmp(load, turn->load);
        }
        bool fits = random->projects[p].cost <= left;
        if (order < 0) {
            turn->all_fit = fits;
        } else if (order == 0) {
            turn->all_fit &= fits;
        }
        if (order < 0 || (order == 0 && is_before(random, votes, p, turn->project))) {
            turn->project = p;
            turn->is_infinite = is_infinite;
            mpq_set(turn->load, load);
        }
    }
    mpq_clear(load);
}

static uint32_t plain_phragmen(const RandomElection *random, uint32_t *selected)
{
    int64_t votes[MAX_PROJECTS] = {0};
    int64_t score[MAX_PROJECTS] = {0};
    bool gone[MAX_PROJECTS];
    mpq_t loads[MAX_BALLOTS + EXTRA];
    Turn turn = {0};
    sum_votes(random, votes, score);
    mpq_init(turn.load);
    for (uint32_t b = 0; b < random->election.n_ballots; b++) {
        mpq_init(loads[b]);
    }
    for (uint32_t p = 0; p < random->election.n_projects; p++) {
        gone[p] = random->projects[p].cost > random->election.budget ||
                  (votes[p] == 0 && random->options.zero_support == TALLY_ZERO_EXCLUDE);
    }
    int64_t left = random->election.budget;
    uint32_t n = 0;
    plain_turn(random, votes, loads, gone, left, &turn);
    while (turn.project != MAX_PROJECTS && turn.all_fit) {
        for (uint32_t b = 0; b < random->election.n_ballots; b++) {
            if (lists(random, b, turn.project)) {
                mpq_set(loads[b], turn.load);
            }
        }
        gone[turn.project] = true;
        left -= random->projects[turn.project].cost;
        selected[n++] = turn.project;
        plain_turn(random, votes, loads, gone, left, &turn);
    }
    for (uint32_t b = 0; b < random->election.n_ballots; b++) {
        mpq_clear(loads[b]);
    }
    mpq_clear(turn.load);
    return n;
}

static void add_text(Str text, int64_t times, mpq_t sum)
{
    mpq_t value;
    mpq_init(value);
    exact_text_read(text, value);
    mpz_mul_si(mpq_numref(value), mpq_numref(value), times);
    mpq_canonicalize(value);
    mpq_add(sum, sum, value);
    mpq_clear(value);
}

/* In every round what is added to the loads is the cost. */
static void loads_pay_the_cost(Arena *arena, const RandomElection *random,
                               const TallyResult *result, uint64_t seed)
{
    mpq_t paid[MAX_PROJECTS];
    for (uint32_t r = 0; r < result->n_selected; r++) {
        mpq_init(paid[r]);
    }
    for (uint32_t b = 0; b < random->election.n_ballots; b++) {
        TallyAccount account = tally_account(arena, &random->election, result, b);
        for (uint32_t i = 0; i < account.n_payments; i++) {
            const TallyPayment *payment = &account.payments[i];
            add_text(payment->paid, random->weights[b], paid[payment->round]);
        }
    }
    for (uint32_t r = 0; r < result->n_selected; r++) {
        bool by_voters = result->rounds[r].funding == TALLY_FUNDED_VOTERS;
        int64_t cost = by_voters ? random->projects[result->selected[r]].cost : 0;
        CHECK(mpq_cmp_si(paid[r], cost, 1) == 0);
        mpq_clear(paid[r]);
    }
}

static void phragmen_agrees(Arena *arena, Seeded *seeded, uint64_t seed)
{
    RandomElection *random = election_for(arena, seeded, TALLY_RULE_PHRAGMEN);
    TallyResult result = random_election_run(arena, random);
    uint32_t expected[MAX_PROJECTS];
    uint32_t n = plain_phragmen(random, expected);
    CHECK(result.n_selected == n && result.total_cost <= random->election.budget);
    CHECK(memcmp(result.selected, expected, n * sizeof *expected) == 0);
    loads_pay_the_cost(arena, random, &result, seed);
}

static void the_selection_agrees_with_a_plain_phragmen(void **state)
{
    (void)state;
    for_random_elections(phragmen_agrees, ROUNDS);
}

/* ---- best total satisfaction ----------------------------------------------------------------- */

typedef struct Best {
    uint32_t set; /* bits by place in the order of ties, the first highest */
    __int128 utility;
    int64_t cost;
} Best;

/* The place of each project in the order of ties, counted from the last. */
static void plain_places(const RandomElection *random, const int64_t *votes, uint32_t *place)
{
    for (uint32_t p = 0; p < random->election.n_projects; p++) {
        place[p] = 0;
        for (uint32_t q = 0; q < random->election.n_projects; q++) {
            place[p] += q != p && is_before(random, votes, p, q);
        }
    }
}

static Best sum_up(const RandomElection *random, const int64_t *score, const uint32_t *place,
                   uint32_t set)
{
    Best sum = {.set = set};
    for (uint32_t p = 0; p < random->election.n_projects; p++) {
        if (set >> place[p] & 1) {
            int64_t cost = random->projects[p].cost;
            sum.cost = score[p] == 0 || sum.cost > TALLY_MAX - cost ? INT64_MAX : sum.cost + cost;
            sum.utility += (__int128)score[p] * (is_times_cost(random->options.utility) ? cost : 1);
            if (sum.cost > random->election.budget) {
                return sum;
            }
        }
    }
    return sum;
}

static void best_agrees(Arena *arena, Seeded *seeded, uint64_t seed)
{
    RandomElection *random = election_for(arena, seeded, TALLY_RULE_MAX_SATISFACTION);
    TallyResult result = random_election_run(arena, random);
    int64_t votes[MAX_PROJECTS] = {0};
    int64_t score[MAX_PROJECTS] = {0};
    uint32_t place[MAX_PROJECTS];
    sum_votes(random, votes, score);
    plain_places(random, votes, place);
    Best best = {0};
    for (uint32_t set = 0; set < UINT32_C(1) << random->election.n_projects; set++) {
        Best sum = sum_up(random, score, place, set);
        bool fits = sum.cost <= random->election.budget;
        bool cheaper = sum.cost < best.cost || (sum.cost == best.cost && set > best.set);
        if (fits && (sum.utility > best.utility || (sum.utility == best.utility && cheaper))) {
            best = sum;
        }
    }
    uint32_t found = 0;
    for (uint32_t i = 0; i < result.n_selected; i++) {
        found |= UINT32_C(1) << place[result.selected[i]];
        CHECK(i == 0 || place[result.selected[i - 1]] > place[result.selected[i]]);
    }
    CHECK(found == best.set && result.total_cost == best.cost);
}

static void the_set_is_the_best_of_all_sets(void **state)
{
    (void)state;
    for_random_elections(best_agrees, ROUNDS);
}

/* ---- both ------------------------------------------------------------------------------------ */

static void ignores_order(Arena *arena, Seeded *seeded, uint64_t seed)
{
    TallyRule rule = below(seeded, 2) ? TALLY_RULE_PHRAGMEN : TALLY_RULE_MAX_SATISFACTION;
    RandomElection *random = election_for(arena, seeded, rule);
    RandomElection *other = random_election_shuffled(arena, seeded, random);
    TallyResult a = random_election_run(arena, random);
    TallyResult b = random_election_run(arena, other);
    CHECK(a.n_selected == b.n_selected && a.n_ordered == b.n_ordered);
    CHECK(str_eq(a.welfare, b.welfare));
    for (uint32_t i = 0; i < a.n_ordered; i++) {
        const TallyExplanation *x = &a.projects[a.order[i]];
        const TallyExplanation *y = &b.projects[b.order[i]];
        CHECK(strcmp(random->names[a.order[i]], other->names[b.order[i]]) == 0);
        CHECK(x->reason == y->reason && x->payers == y->payers && str_eq(x->price, y->price));
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
        cmocka_unit_test(the_selection_agrees_with_a_plain_phragmen),
        cmocka_unit_test(the_set_is_the_best_of_all_sets),
        cmocka_unit_test(the_order_of_projects_and_ballots_in_memory_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
