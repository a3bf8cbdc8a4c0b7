/* plain_rules.h: the rules of src/tally with all their limits, written once more: short, slow, and
 * sharing nothing with them. Sets of projects are bits, every voter's money is a rational number,
 * every question is asked anew. For small random elections only.
 */
#ifndef TESTS_SUPPORT_PLAIN_RULES_H
#define TESTS_SUPPORT_PLAIN_RULES_H

#include "tests/support/random_election.h"

#define PLAIN_CONSTRAINTS 3

typedef uint32_t PlainSet; /* of projects, by index */

typedef struct PlainWorld {
    RandomElection *random;
    uint32_t n;
    TallyConstraint constraints[PLAIN_CONSTRAINTS];
    uint32_t members[PLAIN_CONSTRAINTS][MAX_PROJECTS];
    TallyDecision decisions[MAX_PROJECTS];
    /* The plain count: */
    int64_t votes[MAX_PROJECTS];
    int64_t score[MAX_PROJECTS];
    int64_t units[MAX_PROJECTS][MAX_BALLOTS + EXTRA];
    uint32_t place[MAX_PROJECTS]; /* in the order of ties */
    PlainSet open;                /* projects that have a turn */
    uint32_t order[MAX_PROJECTS]; /* the selection */
    uint32_t n_selected;
    PlainSet selected;
    int64_t left;
} PlainWorld;

/* A random election with random limits and the plain count of its ballots. */
PlainWorld *plain_world(Arena *arena, Seeded *seeded, TallyRule rule);

int64_t plain_cost(const PlainWorld *w, uint32_t p);
bool plain_holds(PlainSet set, uint32_t p);
PlainSet plain_with(PlainSet set, uint32_t p);
/* What the set costs within the constraint's group, and how many it has there. */
void plain_use(const PlainWorld *w, const TallyConstraint *it, PlainSet set, int64_t *cost,
               uint32_t *number);
bool plain_keeps_caps(const PlainWorld *w, PlainSet set);
bool plain_has_floor(const PlainWorld *w, uint32_t c, PlainSet set);
/* Open, not selected, and with support or without need of it. */
PlainSet plain_with_turn(const PlainWorld *w);

/* Open, not selected, and no cap excludes it. */
bool plain_may_come(const PlainWorld *w, uint32_t p);
void plain_take(PlainWorld *w, uint32_t p);

/* Takes what was decided in; false when that breaks the budget or a cap. Then the floors (not for
 * the best total satisfaction), then one rule; each adds to w->order. */
bool plain_start(PlainWorld *w);
void plain_floors(PlainWorld *w);
/* Returns the money added for the first misfit. */
int64_t plain_greedy(PlainWorld *w, int32_t share);
void plain_shares(PlainWorld *w);
void plain_bounded_overspending(PlainWorld *w);
void plain_phragmen(PlainWorld *w);
/* False when no set keeps the limits. */
bool plain_best(PlainWorld *w);

#endif
