/* Best total satisfaction: the 0/1 knapsack problem, solved exactly.
 *
 * Projects are taken up one after the other by falling utility per cost (Nemhauser and Ullmann,
 * "Discrete Dynamic Programming and Capital Allocation", 1969). After each, a list holds the
 * combinations (cost, utility) of the projects so far that no other beats: dearer ones must have
 * more utility. A combination is dropped when even filling the rest of the budget with parts of
 * projects (Dantzig's bound) does not reach a selection already known. Of combinations equal in
 * both, the one first in the order of ties is kept; as what comes later is added to both alike,
 * this keeps the first of all.
 */
#include <stdlib.h>
#include <string.h>

#include "tally/knapsack.h"

typedef struct State {
    int64_t cost;
    __int128 utility;
} State;

/* States by rising cost and rising utility; the chosen ranks of state i are the bits
 * chosen[i x words] .. */
typedef struct States {
    size_t count;
    size_t capacity;
    State *states;
    uint64_t *chosen;
} States;

__int128 knapsack_utility(const Item *item)
{
    return (__int128)item->score * item->factor;
}

/* By falling utility per cost, free ones first; then by the order of ties. */
static int compare_items(const void *left, const void *right)
{
    const Item *a = left;
    const Item *b = right;
    bool times_cost = a->factor == a->cost && b->factor == b->cost;
    __int128 x = (__int128)a->score * (times_cost ? 1 : b->cost);
    __int128 y = (__int128)b->score * (times_cost ? 1 : a->cost);
    if (x != y) {
        return x > y ? -1 : 1;
    }
    return (a->rank > b->rank) - (a->rank < b->rank);
}

void knapsack_init(const RuleInput *in, Knapsack *out)
{
    size_t n = (size_t)in->election->n_projects + 1;
    bool times_cost = tally_times_cost(in->options->utility);
    *out = (Knapsack){.budget = in->limits->budget,
                      .items = arena_array(in->arena, Item, n),
                      .words = in->election->n_projects / 64 + 1,
                      .cost_before = arena_array(in->arena, __int128, n),
                      .utility_before = arena_array(in->arena, unsigned __int128, n)};
    for (uint32_t p = 0; p < in->election->n_projects; p++) {
        int64_t cost = in->election->projects[p].cost;
        if (limits_is_open(in->limits, p) && in->count->score[p] > 0 && cost <= out->budget) {
            out->items[out->n_items++] = (Item){.cost = cost,
                                                .score = in->count->score[p],
                                                .factor = times_cost ? cost : 1,
                                                .rank = in->rank[p],
                                                .project = p};
        }
    }
    qsort(out->items, out->n_items, sizeof *out->items, compare_items);
    for (uint32_t i = 0; i < out->n_items; i++) {
        const Item *item = &out->items[i];
        out->cost_before[i + 1] = out->cost_before[i] + item->cost;
        out->utility_before[i + 1] =
            out->utility_before[i] + (unsigned __int128)knapsack_utility(item);
    }
}

/* How many of the items from `first` on fit whole, one after the other: the first that does not. */
static uint32_t first_misfit(const Knapsack *knapsack, uint32_t first, int64_t left)
{
    __int128 end = knapsack->cost_before[first] + left;
    uint32_t low = first;
    uint32_t high = knapsack->n_items;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (knapsack->cost_before[middle + 1] <= end) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

__int128 knapsack_bound(const Knapsack *knapsack, int64_t cost, __int128 utility, uint32_t first,
                        __int128 *out_sure)
{
    int64_t left = knapsack->budget - cost;
    uint32_t misfit = first_misfit(knapsack, first, left);
    *out_sure =
        utility + (__int128)(knapsack->utility_before[misfit] - knapsack->utility_before[first]);
    if (misfit == knapsack->n_items) {
        return *out_sure;
    }
    const Item *item = &knapsack->items[misfit];
    left -= (int64_t)(knapsack->cost_before[misfit] - knapsack->cost_before[first]);
    __int128 part = (__int128)left * item->score;
    return *out_sure + (item->factor == item->cost ? part : part / item->cost);
}

/* ---- lists --------------------------------------------------------------------------------- */

void *knapsack_resized(void *memory, size_t bytes)
{
    void *out = realloc(memory, bytes);
    if (out == NULL) {
        panic("out of memory");
    }
    return out;
}

static bool reserve(States *list, size_t capacity, size_t words)
{
    if (capacity > KNAPSACK_STATES) {
        return false;
    }
    if (list->states == NULL || list->chosen == NULL || capacity > list->capacity) {
        size_t grown = capacity * 2;
        list->states = knapsack_resized(list->states, grown * sizeof *list->states);
        list->chosen = knapsack_resized(list->chosen, grown * words * sizeof *list->chosen);
        list->capacity = grown;
    }
    return true;
}

/* True when set a is before set b: it has the earliest project that is in only one of them. */
bool knapsack_is_earlier(const uint64_t *a, const uint64_t *b, size_t words)
{
    for (size_t w = 0; w < words; w++) {
        if (a[w] != b[w]) {
            uint64_t lowest = (a[w] ^ b[w]) & -(a[w] ^ b[w]);
            return (a[w] & lowest) != 0;
        }
    }
    return false;
}

/* Appends a state that costs at least as much as the last one, unless that one beats it; with the
 * item added when it is given. */
static void append(const Knapsack *knapsack, States *list, State state, const uint64_t *chosen,
                   const Item *item)
{
    size_t words = knapsack->words;
    uint64_t *place = list->chosen + list->count * words;
    memcpy(place, chosen, words * sizeof *chosen);
    if (item != NULL) {
        place[item->rank / 64] |= UINT64_C(1) << (item->rank % 64);
    }
    State *last = list->count == 0 ? NULL : &list->states[list->count - 1];
    if (last != NULL && state.utility <= last->utility) {
        bool same = state.utility == last->utility && state.cost == last->cost;
        if (same && knapsack_is_earlier(place, place - words, words)) {
            memcpy(place - words, place, words * sizeof *place);
        }
        return;
    }
    if (last != NULL && last->cost == state.cost) {
        memcpy(place - words, place, words * sizeof *place);
        *last = state;
        return;
    }
    list->states[list->count++] = state; /* NOLINT: add_item() has made room */
}

static State with_item(const State *state, const Item *item)
{
    return (State){.cost = state->cost + item->cost,
                   .utility = state->utility + knapsack_utility(item)};
}

/* Appends unless nothing known can be reached from it. */
static void offer(Knapsack *knapsack, States *list, State state, const uint64_t *chosen,
                  const Item *item, uint32_t next)
{
    __int128 sure = 0;
    if (knapsack_bound(knapsack, state.cost, state.utility, next, &sure) >= knapsack->known) {
        knapsack->known = sure > knapsack->known ? sure : knapsack->known;
        append(knapsack, list, state, chosen, item);
    }
}

/* The list after item `i`: the states without it and with it, merged by cost. */
static bool add_item(Knapsack *knapsack, uint32_t i, const States *from, States *to)
{
    const Item *item = &knapsack->items[i];
    size_t words = knapsack->words;
    size_t without = 0;
    size_t with = 0;
    to->count = 0;
    if (!reserve(to, from->count * 2 + 1, words)) {
        return false;
    }
    while (without < from->count || with < from->count) {
        State added = {0};
        bool has_added = with < from->count;
        if (has_added) {
            added = with_item(&from->states[with], item);
            if (added.cost > knapsack->budget) {
                with = from->count;
                continue;
            }
        }
        if (without < from->count && (!has_added || from->states[without].cost <= added.cost)) {
            offer(knapsack, to, from->states[without], from->chosen + without * words, NULL, i + 1);
            without++;
        } else {
            offer(knapsack, to, added, from->chosen + with * words, item, i + 1);
            with++; /* NOLINT: no leak, solve() frees both lists */
        }
    }
    return true;
}

/* The best set, as bits by rank, into *out. False when a list grows beyond KNAPSACK_STATES. */
static bool solve(Knapsack *knapsack, uint64_t *out)
{
    States lists[2] = {0};
    bool fits = reserve(&lists[0], 1, knapsack->words);
    if (fits) {
        memset(lists[0].chosen, 0, knapsack->words * sizeof *lists[0].chosen);
        lists[0].states[0] = (State){0};
        lists[0].count = 1;
    }
    for (uint32_t i = 0; i < knapsack->n_items && fits; i++) {
        fits = add_item(knapsack, i, &lists[i % 2], &lists[(i + 1) % 2]);
    }
    const States *last = &lists[knapsack->n_items % 2];
    if (fits && last->chosen != NULL) {
        memcpy(out, last->chosen + (last->count - 1) * knapsack->words,
               knapsack->words * sizeof *out);
    }
    for (size_t i = 0; i < countof(lists); i++) {
        free(lists[i].states);
        free(lists[i].chosen);
    }
    return fits;
}

static Error *find_best(const RuleInput *in, uint64_t *chosen)
{
    Knapsack knapsack;
    knapsack_init(in, &knapsack);
    if (in->limits->given->n_constraints > 0) {
        return knapsack_solve_constrained(in, &knapsack, chosen);
    }
    if (!solve(&knapsack, chosen)) {
        return error_make(in->arena, ERROR_BAD_REQUEST, KNAPSACK_TOO_HARD);
    }
    return NULL;
}

Error *max_satisfaction_run(const RuleInput *in, TallyResult *out)
{
    uint32_t n = in->election->n_projects;
    uint64_t *chosen = arena_array(in->arena, uint64_t, n / 64 + 1);
    Error *err = find_best(in, chosen);
    if (err) {
        return err;
    }
    uint32_t *by_rank = arena_array(in->arena, uint32_t, (size_t)n + 1);
    for (uint32_t p = 0; p < n; p++) {
        by_rank[in->rank[p]] = p;
    }
    for (uint32_t r = 0; r < n; r++) {
        if (chosen[r / 64] >> (r % 64) & 1) {
            limits_take(in->limits, by_rank[r]);
        }
    }
    rules_select(in, out);
    TallyExplanation *all = rules_explain(in, TALLY_NOT_BEST, out);
    for (uint32_t p = 0; p < n; p++) {
        bool is_dear = in->election->projects[p].cost > in->limits->budget;
        all[p].reason = all[p].reason == TALLY_NOT_BEST && is_dear ? TALLY_MISFIT : all[p].reason;
    }
    return NULL;
}
