/* Best total satisfaction under caps and floors.
 *
 * The list of combinations as in max_satisfaction.c, but two combinations are compared only when
 * they have used the same of every constraint: then whatever may follow one may follow the other. A
 * use is forgotten as soon as it cannot matter: when no item to come is in the group, or when all
 * of them together stay below the cap (then only what the floor lacks is kept). What Dantzig's
 * bound says without constraints holds with them.
 */
#include <stdlib.h>
#include <string.h>

#include "tally/knapsack.h"

/* A combination: rows of one length in one block of memory. */
typedef struct Row {
    __int128 utility;
    int64_t cost;
    int64_t numbers[]; /* use: cost and number by constraint; then the set, `words` of it */
} Row;

typedef struct Table {
    size_t count;
    size_t capacity;
    char *bytes;
} Table;

typedef struct Search {
    const RuleInput *in;
    Knapsack *knapsack;
    uint32_t n_constraints;
    size_t stride;
    /* [i x n_constraints + c]: of items i .. end in group c. */
    __int128 *cost_ahead;
    uint32_t *number_ahead;
    Table now;
    Table next;
} Search;

static Row *row_at(const Search *search, const Table *table, size_t i)
{
    return (Row *)(void *)(table->bytes + i * search->stride);
}

static int64_t *use_of(Row *row, uint32_t constraint)
{
    return &row->numbers[(size_t)constraint * 2];
}

static uint64_t *set_of(const Search *search, Row *row)
{
    return (uint64_t *)&row->numbers[(size_t)search->n_constraints * 2];
}

static bool reserve(const Search *search, Table *table, size_t rows)
{
    if (rows > KNAPSACK_STATES || rows * search->stride > KNAPSACK_BYTES) {
        return false;
    }
    if (rows > table->capacity) {
        table->capacity = rows * 2;
        table->bytes = knapsack_resized(table->bytes, table->capacity * search->stride);
    }
    return true;
}

/* ---- constraints --------------------------------------------------------------------------- */

static void sum_ahead(Search *search)
{
    const Limits *limits = search->in->limits;
    uint32_t n = search->knapsack->n_items;
    size_t width = search->n_constraints;
    search->cost_ahead = arena_array(search->in->arena, __int128, (n + 1) * width + 1);
    search->number_ahead = arena_array(search->in->arena, uint32_t, (n + 1) * width + 1);
    for (uint32_t i = n; i-- > 0;) {
        const Item *item = &search->knapsack->items[i];
        for (size_t c = 0; c < width; c++) {
            search->cost_ahead[i * width + c] = search->cost_ahead[(i + 1) * width + c];
            search->number_ahead[i * width + c] = search->number_ahead[(i + 1) * width + c];
        }
        for (uint32_t k = limits->member_start[item->project];
             k < limits->member_start[item->project + 1]; k++) {
            search->cost_ahead[i * width + limits->member[k]] += item->cost;
            search->number_ahead[i * width + limits->member[k]]++;
        }
    }
}

/* The use as far as it matters for what follows: all of it while the cap can be broken; else what
 * the floor asks, at most. */
static int64_t matters(int64_t use, __int128 ahead, int64_t cap, int64_t floor)
{
    if (use + ahead > cap) {
        return use;
    }
    return use < floor ? use : floor;
}

/* Forgets what no longer matters once the items before `next` are decided. False when a floor is
 * out of reach. */
static bool settle(const Search *search, Row *row, uint32_t next)
{
    const TallyConstraint *constraints = search->in->limits->given->constraints;
    for (uint32_t c = 0; c < search->n_constraints; c++) {
        const TallyConstraint *constraint = &constraints[c];
        int64_t *use = use_of(row, c);
        __int128 cost_ahead = search->cost_ahead[(size_t)next * search->n_constraints + c];
        uint32_t number_ahead = search->number_ahead[(size_t)next * search->n_constraints + c];
        if (use[0] + cost_ahead < constraint->least_cost ||
            use[1] + number_ahead < constraint->least_number) {
            return false;
        }
        use[0] = matters(use[0], cost_ahead, constraint->most_cost, constraint->least_cost);
        use[1] = matters(use[1], number_ahead, constraint->most_number, constraint->least_number);
    }
    return true;
}

/* False when the item breaks a cap or the budget. */
static bool add_item(const Search *search, Row *row, const Item *item)
{
    const Limits *limits = search->in->limits;
    uint32_t end = limits->member_start[item->project + 1];
    for (uint32_t k = limits->member_start[item->project]; k < end; k++) {
        const TallyConstraint *constraint = &limits->given->constraints[limits->member[k]];
        int64_t *use = use_of(row, limits->member[k]);
        if (item->cost > constraint->most_cost - use[0] || use[1] >= constraint->most_number) {
            return false;
        }
        use[0] += item->cost;
        use[1]++;
    }
    row->cost += item->cost;
    row->utility += knapsack_utility(item);
    set_of(search, row)[item->rank / 64] |= UINT64_C(1) << (item->rank % 64);
    return row->cost <= search->knapsack->budget;
}

/* ---- the list ------------------------------------------------------------------------------ */

/* By use, then by cost, then the better first. */
static int compare_rows(const void *left, const void *right, void *search_)
{
    const Search *search = search_;
    const Row *a = left;
    const Row *b = right;
    int by_use =
        memcmp(a->numbers, b->numbers, (size_t)search->n_constraints * 2 * sizeof *a->numbers);
    if (by_use != 0) {
        return by_use;
    }
    if (a->cost != b->cost) {
        return a->cost < b->cost ? -1 : 1;
    }
    if (a->utility != b->utility) {
        return a->utility > b->utility ? -1 : 1;
    }
    const uint64_t *x = (const uint64_t *)&a->numbers[(size_t)search->n_constraints * 2];
    const uint64_t *y = (const uint64_t *)&b->numbers[(size_t)search->n_constraints * 2];
    return knapsack_is_earlier(x, y, search->knapsack->words) ? -1 : 1;
}

static bool same_use(const Search *search, const Row *a, const Row *b)
{
    return memcmp(a->numbers, b->numbers, (size_t)search->n_constraints * 2 * sizeof *a->numbers) ==
           0;
}

/* Drops the rows that another of the same use beats: it costs no more and gives no less. */
static void drop_beaten(Search *search, Table *table)
{
    qsort_r(table->bytes, table->count, search->stride, compare_rows, search);
    size_t kept = 0;
    for (size_t i = 0; i < table->count; i++) {
        const Row *row = row_at(search, table, i);
        const Row *last = kept == 0 ? NULL : row_at(search, table, kept - 1);
        if (last != NULL && same_use(search, last, row) && row->utility <= last->utility) {
            continue;
        }
        memmove(row_at(search, table, kept++), row, search->stride);
    }
    table->count = kept;
}

/* Keeps the row just written at the end of the list unless it leads nowhere. */
static void offer(Search *search, Row *row, uint32_t next)
{
    __int128 sure = 0;
    if (settle(search, row, next) && knapsack_bound(search->knapsack, row->cost, row->utility, next,
                                                    &sure) >= search->knapsack->known) {
        search->next.count++;
    }
}

/* A selection that exists: the row with every item from `next` on that may be added. */
static void try_rest(Search *search, const Row *from, uint32_t next)
{
    ArenaMark mark = arena_mark(search->in->arena);
    char *memory = arena_alloc(search->in->arena, 2, search->stride, 16);
    Row *best = (Row *)(void *)memory;
    Row *tried = (Row *)(void *)(memory + search->stride);
    memcpy(best, from, search->stride);
    for (uint32_t i = next; i < search->knapsack->n_items; i++) {
        memcpy(tried, best, search->stride);
        if (add_item(search, tried, &search->knapsack->items[i])) {
            memcpy(best, tried, search->stride);
        }
    }
    if (settle(search, best, search->knapsack->n_items) &&
        best->utility > search->knapsack->known) {
        search->knapsack->known = best->utility;
    }
    arena_rewind(search->in->arena, mark);
}

/* Completes the most promising row, so that others can be dropped against it. */
static void improve_known(Search *search, uint32_t next)
{
    const Row *best = NULL;
    __int128 best_bound = -1;
    for (size_t i = 0; i < search->now.count; i++) {
        const Row *row = row_at(search, &search->now, i);
        __int128 sure = 0;
        __int128 bound = knapsack_bound(search->knapsack, row->cost, row->utility, next, &sure);
        if (bound > best_bound) {
            best_bound = bound;
            best = row;
        }
    }
    if (best != NULL) {
        try_rest(search, best, next);
    }
}

/* The list after item i: each row without it and with it. */
static bool branch(Search *search, uint32_t i)
{
    search->next.count = 0;
    if (!reserve(search, &search->next, search->now.count * 2 + 1)) {
        return false;
    }
    for (size_t r = 0; r < search->now.count; r++) {
        const Row *row = row_at(search, &search->now, r);
        Row *place = row_at(search, &search->next, search->next.count);
        memcpy(place, row, search->stride);
        offer(search, place, i + 1);
        place = row_at(search, &search->next, search->next.count);
        memcpy(place, row, search->stride);
        if (add_item(search, place, &search->knapsack->items[i])) {
            offer(search, place, i + 1);
        }
    }
    drop_beaten(search, &search->next);
    Table swapped = search->now;
    search->now = search->next;
    search->next = swapped;
    return true;
}

static bool start(Search *search)
{
    if (!reserve(search, &search->now, 1)) {
        return false;
    }
    Row *row = row_at(search, &search->now, 0);
    memset(row, 0, search->stride);
    for (uint32_t c = 0; c < search->n_constraints; c++) {
        use_of(row, c)[0] = search->in->limits->use[c].cost;
        use_of(row, c)[1] = search->in->limits->use[c].number;
    }
    search->now.count = settle(search, row, 0) ? 1 : 0;
    return true;
}

/* At the end no use matters: every row has the floors and nothing more, so one list is left. */
static const Row *best_row(const Search *search)
{
    const Row *best = NULL;
    for (size_t i = 0; i < search->now.count; i++) {
        const Row *row = row_at(search, &search->now, i);
        best = best == NULL || row->utility > best->utility ? row : best;
    }
    return best;
}

Error *knapsack_solve_constrained(const RuleInput *in, Knapsack *knapsack, uint64_t *out)
{
    Search search = {
        .in = in, .knapsack = knapsack, .n_constraints = in->limits->given->n_constraints};
    size_t numbers = (size_t)search.n_constraints * 2 + knapsack->words;
    search.stride = (sizeof(Row) + numbers * sizeof(int64_t) + 15) / 16 * 16;
    knapsack->known = -1;
    sum_ahead(&search);
    bool fits = start(&search);
    for (uint32_t i = 0; i < knapsack->n_items && fits; i++) {
        improve_known(&search, i);
        fits = branch(&search, i);
    }
    const Row *best = fits ? best_row(&search) : NULL;
    if (best != NULL) {
        memcpy(out, set_of(&search, (Row *)best), knapsack->words * sizeof *out);
    }
    free(search.now.bytes);
    free(search.next.bytes);
    if (!fits) {
        return error_make(in->arena, ERROR_BAD_REQUEST, KNAPSACK_TOO_HARD);
    }
    if (best == NULL) {
        return error_make(in->arena, ERROR_BAD_REQUEST,
                          "no selection keeps every floor and every cap within the budget");
    }
    return NULL;
}
