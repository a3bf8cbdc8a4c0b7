/* count.h: inside tally only. Checks an election and sums its ballots. */
#ifndef TALLY_COUNT_H
#define TALLY_COUNT_H

#include "tally/tally.h"

/* What voters have of a project before it is multiplied by its cost. */
typedef enum TallyUnit {
    TALLY_UNIT_VOTES,
    TALLY_UNIT_POINTS,
    TALLY_UNIT_BORDA0,
    TALLY_UNIT_BORDA1
} TallyUnit;

TallyUnit tally_unit(TallyUtility utility);
/* True when u(i,p) is the unit times the cost of p. */
bool tally_times_cost(TallyUtility utility);

typedef struct TallyCount {
    int64_t voters;
    int64_t *votes; /* by project: ballots that list it, with their weights */
    int64_t *score; /* by project: sum of the unit; the same array as votes for TALLY_UNIT_VOTES */
} TallyCount;

/* Refuses an election outside the contract of tally.h, else sums it. */
MUST_USE Error *tally_count(Arena *arena, const TallyElection *election, TallyUnit unit,
                            TallyCount *out);

/* Voters behind a ballot, and what they have of the project at place i of `choices`. */
int64_t tally_weight(const TallyElection *election, uint32_t ballot);
int64_t tally_units(const TallyElection *election, TallyUnit unit, uint32_t ballot, uint32_t i);

#endif
