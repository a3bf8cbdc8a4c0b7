/* knapsack.h: inside tally only. What the two searches for the best total satisfaction share. */
#ifndef TALLY_KNAPSACK_H
#define TALLY_KNAPSACK_H

#include "tally/rules.h"

/* Combinations kept at once, at most; and the memory they may take. */
#define KNAPSACK_STATES   ((size_t)1 << 20)
#define KNAPSACK_BYTES    ((size_t)1 << 30)
#define KNAPSACK_TOO_HARD "the best total satisfaction of this election is too hard to find"

/* utility = score x factor: the factor is the cost, or 1. */
typedef struct Item {
    int64_t cost;
    int64_t score;
    int64_t factor;
    uint32_t rank;
    uint32_t project;
} Item;

typedef struct Knapsack {
    int64_t budget;
    uint32_t n_items;
    Item *items;  /* by falling utility per cost, then in the order of ties */
    size_t words; /* of a set, bits by rank */
    /* Of items 0 .. i-1 together. Utilities may wrap round: only differences that fit are used. */
    __int128 *cost_before;
    unsigned __int128 *utility_before;
    __int128 known; /* utility of a selection that exists */
} Knapsack;

/* The items: projects that have a turn, a positive score, and fit in the budget. */
void knapsack_init(const RuleInput *in, Knapsack *out);
__int128 knapsack_utility(const Item *item);
/* What can be reached from (cost, utility) with items from `first` on: with the whole ones that fit
 * in order, into *out_sure; and with a part of the next, as an upper bound. */
__int128 knapsack_bound(const Knapsack *knapsack, int64_t cost, __int128 utility, uint32_t first,
                        __int128 *out_sure);
/* True when set a is before set b: it has the earliest project that is in only one of them. */
bool knapsack_is_earlier(const uint64_t *a, const uint64_t *b, size_t words);
/* realloc that panics. */
void *knapsack_resized(void *memory, size_t bytes);

/* max_constrained.c: the best set that keeps every cap and floor, into out. Errors:
 * ERROR_BAD_REQUEST when there is none, or when it is too hard to find. */
MUST_USE Error *knapsack_solve_constrained(const RuleInput *in, Knapsack *knapsack, uint64_t *out);

#endif
