/* greedy.h: inside tally only. The order in which greedy looks at projects. */
#ifndef TALLY_GREEDY_H
#define TALLY_GREEDY_H

#include "tally/rules.h"
#include "tally/ties.h"

/* What the order knows of a project. */
typedef struct Candidate {
    TieSubject subject;
    int64_t score;
    uint32_t project;
} Candidate;

typedef struct GreedyOrder {
    bool times_cost; /* the score is multiplied by the cost, so the density is the score itself */
    TallyTies ties;
} GreedyOrder;

/* True when a comes strictly before b. A total order on candidates of different names. */
bool greedy_before(const GreedyOrder *order, const Candidate *a, const Candidate *b);

/* The walk over the candidates in order. left[j] is the money left when candidate j has its turn,
 * left[count] at the end; it never rises. Candidates 0 .. reach-1 had their turn (and, when a
 * misfit stops the walk, candidate reach-1 is that misfit; `stopped` is then true). */
typedef struct GreedyWalk {
    const Candidate *candidates;
    uint32_t count;
    int64_t *left;
    TallyGroupUse *use; /* [constraint x (count + 1) + j]: what its group had at turn j */
    uint32_t *quota;    /* by candidate: the constraint that excluded it, or TALLY_NO_CONSTRAINT */
    const Limits *limits;
    bool *taken;
    uint32_t reach;
    bool stopped;
    int64_t added; /* beyond the budget, for the first misfit */
} GreedyWalk;

/* explain.c: what the loser lacked, defined in TallyExplanation. `position` is its place in the
 * walk, or walk->count when it was left out for want of support. */
int64_t greedy_lacked(const GreedyOrder *order, const GreedyWalk *walk, const Candidate *loser,
                      uint32_t position, TallyMisfit misfit);
/* step: units of score one more supporter (or point) adds; adds_votes: it adds a vote too. */
int64_t greedy_more_support(const GreedyOrder *order, const GreedyWalk *walk,
                            const Candidate *loser, uint32_t position, int64_t step,
                            bool adds_votes);

#endif
