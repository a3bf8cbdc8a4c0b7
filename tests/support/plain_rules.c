#include "tests/support/plain_rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* ---- random limits --------------------------------------------------------------------------- */

static void add_constraint(PlainWorld *w, Seeded *seeded, uint32_t c)
{
    uint32_t count = 0;
    for (uint32_t p = 0; p < w->n; p++) {
        if (below(seeded, 2)) {
            w->members[c][count++] = p;
        }
    }
    TallyConstraint *it = &w->constraints[c];
    *it = tally_group(STR("group"), w->members[c], count);
    int64_t budget = w->random->election.budget;
    uint32_t kind = below(seeded, 5);
    if (kind == 0 || kind == 4) {
        it->most_number = below(seeded, 3);
    } else if (kind == 1) {
        it->most_cost = (int64_t)seeded_below(seeded, (uint64_t)budget + 1);
    } else if (kind == 2) {
        it->least_number = below(seeded, 3);
    } else {
        it->least_cost = (int64_t)seeded_below(seeded, (uint64_t)budget / 2 + 1);
    }
    if (kind == 4) {
        it->least_number = below(seeded, it->most_number + 1);
    }
}

static void count_plainly(PlainWorld *w)
{
    const RandomElection *random = w->random;
    for (uint32_t b = 0; b < random->election.n_ballots; b++) {
        for (uint32_t i = random->start[b]; i < random->start[b + 1]; i++) {
            uint32_t p = random->choices[i];
            w->units[p][b] = random_election_units(random, b, i);
            w->votes[p] += random->weights[b];
            w->score[p] += random->weights[b] * w->units[p][b];
        }
    }
}

static int64_t compare_key(const PlainWorld *w, TallyKey key, uint32_t a, uint32_t b)
{
    uint8_t x[TALLY_LOT_BYTES];
    uint8_t y[TALLY_LOT_BYTES];
    const RandomElection *random = w->random;
    switch (key) {
    case TALLY_KEY_COST:
        return random->projects[a].cost - random->projects[b].cost;
    case TALLY_KEY_VOTES:
        return w->votes[b] - w->votes[a];
    case TALLY_KEY_LOT:
        tally_lot(random->options.ties.seed, random->projects[a].name, x);
        tally_lot(random->options.ties.seed, random->projects[b].name, y);
        return memcmp(x, y, sizeof x);
    case TALLY_KEY_NAME:
        break;
    }
    return strcmp(random->names[a], random->names[b]);
}

static bool ties_before(const PlainWorld *w, uint32_t a, uint32_t b)
{
    const TallyTies *ties = &w->random->options.ties;
    for (int k = 0; k < ties->count; k++) {
        int64_t order = compare_key(w, ties->keys[k], a, b);
        if (order != 0) {
            return order < 0;
        }
    }
    return strcmp(w->random->names[a], w->random->names[b]) < 0;
}

static void find_places(PlainWorld *w)
{
    for (uint32_t p = 0; p < w->n; p++) {
        w->place[p] = 0;
        for (uint32_t q = 0; q < w->n; q++) {
            w->place[p] += q != p && ties_before(w, q, p);
        }
    }
}

PlainWorld *plain_world(Arena *arena, Seeded *seeded, TallyRule rule)
{
    PlainWorld *w = arena_new(arena, PlainWorld);
    w->random = random_election_any(arena, seeded);
    w->n = w->random->election.n_projects;
    TallyOptions *options = &w->random->options;
    options->rule = rule;
    uint32_t n_constraints = below(seeded, PLAIN_CONSTRAINTS + 1);
    for (uint32_t c = 0; c < n_constraints; c++) {
        add_constraint(w, seeded, c);
    }
    for (uint32_t p = 0; p < w->n; p++) {
        uint32_t fate = below(seeded, 12);
        w->decisions[p] = fate == 0   ? TALLY_DECIDED_IN
                          : fate == 1 ? TALLY_DECIDED_OUT
                                      : TALLY_UNDECIDED;
    }
    options->limits = (TallyLimits){.constraints = w->constraints,
                                    .n_constraints = n_constraints,
                                    .decisions = below(seeded, 2) ? w->decisions : NULL,
                                    .least_price = below(seeded, 3) ? 0 : below(seeded, 4),
                                    .most_price = below(seeded, 3) ? 0 : 4 + below(seeded, 20),
                                    .least_votes = below(seeded, 3) ? 0 : below(seeded, 6)};
    if (below(seeded, 3) == 0) {
        assert_true(tally_parse_ties(STR("votes,lot:drawn in public, 12 34"), &options->ties));
    }
    count_plainly(w);
    find_places(w);
    return w;
}

/* ---- plain limits ---------------------------------------------------------------------------- */

int64_t plain_cost(const PlainWorld *w, uint32_t p)
{
    return w->random->projects[p].cost;
}

bool plain_holds(PlainSet set, uint32_t p)
{
    return (set >> p & 1) != 0;
}

void plain_use(const PlainWorld *w, const TallyConstraint *it, PlainSet set, int64_t *cost,
               uint32_t *number)
{
    *cost = 0;
    *number = 0;
    for (uint32_t i = 0; i < it->n_projects; i++) {
        if (plain_holds(set, it->projects[i])) {
            *cost += plain_cost(w, it->projects[i]);
            (*number)++;
        }
    }
}

bool plain_keeps_caps(const PlainWorld *w, PlainSet set)
{
    bool keeps = true;
    for (uint32_t c = 0; c < w->random->options.limits.n_constraints; c++) {
        int64_t cost = 0;
        uint32_t number = 0;
        plain_use(w, &w->constraints[c], set, &cost, &number);
        keeps =
            keeps && cost <= w->constraints[c].most_cost && number <= w->constraints[c].most_number;
    }
    return keeps;
}

bool plain_has_floor(const PlainWorld *w, uint32_t c, PlainSet set)
{
    int64_t cost = 0;
    uint32_t number = 0;
    plain_use(w, &w->constraints[c], set, &cost, &number);
    return cost >= w->constraints[c].least_cost && number >= w->constraints[c].least_number;
}

PlainSet plain_with(PlainSet set, uint32_t p)
{
    return set | UINT32_C(1) << p;
}

void plain_take(PlainWorld *w, uint32_t p)
{
    w->order[w->n_selected++] = p;
    w->selected = plain_with(w->selected, p);
    w->left -= plain_cost(w, p);
}

/* Open, not taken, and no cap excludes it. */
bool plain_may_come(const PlainWorld *w, uint32_t p)
{
    return plain_holds(w->open, p) && !plain_holds(w->selected, p) &&
           plain_keeps_caps(w, plain_with(w->selected, p));
}

static void open_projects(PlainWorld *w)
{
    const TallyLimits *limits = &w->random->options.limits;
    for (uint32_t p = 0; p < w->n; p++) {
        bool out = limits->decisions != NULL && limits->decisions[p] == TALLY_DECIDED_OUT;
        bool cheap = plain_cost(w, p) < limits->least_price;
        bool dear = limits->most_price > 0 && plain_cost(w, p) > limits->most_price;
        if (!out && !cheap && !dear && w->votes[p] >= limits->least_votes) {
            w->open = plain_with(w->open, p);
        }
    }
}

/* Takes what was decided in, by the order of ties. False: they break the budget or a cap. */
bool plain_start(PlainWorld *w)
{
    w->left = w->random->election.budget;
    open_projects(w);
    for (uint32_t place = 0; place < w->n; place++) {
        for (uint32_t p = 0; p < w->n; p++) {
            const TallyDecision *decisions = w->random->options.limits.decisions;
            if (w->place[p] == place && decisions != NULL && decisions[p] == TALLY_DECIDED_IN) {
                plain_take(w, p);
            }
        }
    }
    return w->left >= 0 && plain_keeps_caps(w, w->selected);
}

/* ---- plain greedy ---------------------------------------------------------------------------- */

/* Sum of utilities per cost, as a pair to be compared crosswise. */
static bool greedy_before(const PlainWorld *w, uint32_t a, uint32_t b)
{
    bool times_cost = is_times_cost(w->random->options.utility);
    int64_t up[2];
    int64_t down[2];
    uint32_t of[2] = {a, b};
    for (int i = 0; i < 2; i++) {
        int64_t cost = plain_cost(w, of[i]);
        up[i] = times_cost ? (cost > 0 ? w->score[of[i]] : 0) : w->score[of[i]];
        down[i] = times_cost || up[i] == 0 ? 1 : cost;
    }
    int64_t left = up[0] * down[1];
    int64_t right = up[1] * down[0];
    return left != right ? left > right : w->place[a] < w->place[b];
}

/* The first of `among` in the order of greedy; MAX_PROJECTS when it is empty. */
static uint32_t first_of(const PlainWorld *w, PlainSet among)
{
    uint32_t best = MAX_PROJECTS;
    for (uint32_t p = 0; p < w->n; p++) {
        if (plain_holds(among, p) && (best == MAX_PROJECTS || greedy_before(w, p, best))) {
            best = p;
        }
    }
    return best;
}

PlainSet plain_with_turn(const PlainWorld *w)
{
    PlainSet set = 0;
    for (uint32_t p = 0; p < w->n; p++) {
        bool counts = w->score[p] > 0 || w->random->options.zero_support == TALLY_ZERO_INCLUDE;
        set = plain_holds(w->open, p) && !plain_holds(w->selected, p) && counts ? plain_with(set, p)
                                                                                : set;
    }
    return set;
}

int64_t plain_greedy(PlainWorld *w, int32_t share)
{
    PlainSet among = plain_with_turn(w);
    int64_t added = 0;
    for (uint32_t p = first_of(w, among); p != MAX_PROJECTS; p = first_of(w, among)) {
        among &= ~plain_with(0, p);
        if (!plain_may_come(w, p)) {
            continue;
        }
        if (plain_cost(w, p) <= w->left) {
            plain_take(w, p);
            continue;
        }
        if (share > 0 && w->left * 10000 >= plain_cost(w, p) * share) {
            added = plain_cost(w, p) - w->left;
            plain_take(w, p);
            w->left = 0;
        }
        share = 0;
        if (w->random->options.misfit == TALLY_MISFIT_STOP) {
            break;
        }
    }
    return added;
}

void plain_floors(PlainWorld *w)
{
    for (uint32_t c = 0; c < w->random->options.limits.n_constraints; c++) {
        PlainSet among = 0;
        for (uint32_t i = 0; i < w->constraints[c].n_projects; i++) {
            among |= plain_with_turn(w) & plain_with(0, w->constraints[c].projects[i]);
        }
        while (among != 0 && !plain_has_floor(w, c, w->selected)) {
            uint32_t p = first_of(w, among);
            among &= ~plain_with(0, p);
            if (plain_may_come(w, p) && plain_cost(w, p) <= w->left) {
                plain_take(w, p);
            }
        }
    }
}

/* ---- plain best total satisfaction ----------------------------------------------------------- */

typedef struct Sum {
    PlainSet set;
    __int128 utility;
    int64_t cost;
    uint32_t places; /* the set by place, the first highest: the greater the earlier */
} Sum;

static Sum sum_of(const PlainWorld *w, PlainSet set)
{
    Sum sum = {.set = set};
    for (uint32_t p = 0; p < w->n; p++) {
        if (plain_holds(set, p)) {
            int64_t factor = is_times_cost(w->random->options.utility) ? plain_cost(w, p) : 1;
            sum.cost += plain_cost(w, p);
            sum.utility += (__int128)w->score[p] * factor;
            sum.places |= UINT32_C(1) << (w->n - 1 - w->place[p]);
        }
    }
    return sum;
}

static bool is_allowed(const PlainWorld *w, PlainSet set)
{
    bool allowed = plain_keeps_caps(w, set | w->selected);
    for (uint32_t c = 0; c < w->random->options.limits.n_constraints; c++) {
        allowed = allowed && plain_has_floor(w, c, set | w->selected);
    }
    for (uint32_t p = 0; p < w->n; p++) {
        allowed = allowed && (!plain_holds(set, p) || (plain_holds(w->open, p) && w->score[p] > 0));
    }
    return allowed && (set & w->selected) == 0;
}

/* False when there is no set. */
bool plain_best(PlainWorld *w)
{
    bool found = false;
    Sum best = {0};
    for (PlainSet set = 0; set < UINT32_C(1) << w->n; set++) {
        Sum sum = sum_of(w, set);
        if (!is_allowed(w, set) || sum.cost > w->left) {
            continue;
        }
        bool better =
            sum.utility > best.utility ||
            (sum.utility == best.utility &&
             (sum.cost < best.cost || (sum.cost == best.cost && sum.places > best.places)));
        best = !found || better ? sum : best;
        found = true;
    }
    for (uint32_t place = 0; place < w->n; place++) {
        for (uint32_t p = 0; p < w->n; p++) {
            if (found && plain_holds(best.set, p) && w->place[p] == place) {
                plain_take(w, p);
            }
        }
    }
    return found;
}
