/* ballots.h: inside tally only. Ballots collected one by one into the arrays of a TallyElection;
 * equal ones may be kept once with a weight. */
#ifndef TALLY_BALLOTS_H
#define TALLY_BALLOTS_H

#include "tally/tally.h"

/* Of the table of kept ballots: eight bytes, so that a million of them stay near the processor. */
typedef struct BallotSlot {
    uint32_t hash;
    uint32_t ballot; /* + 1; 0 = a free slot */
} BallotSlot;

/* Ballots wait a while for their place in the table to come near the processor. */
#define BALLOTS_WAITING_MAX 32

typedef struct BallotWaiting {
    uint32_t hash;
    uint32_t length;
    size_t from; /* in choices, behind those of the ballots kept */
} BallotWaiting;

/* Of a project: where it was last listed, and its part of the hash of an approval ballot. */
typedef struct BallotSeen {
    uint32_t row;     /* number of the ballot, from 1 */
    uint32_t settled; /* the same when it was compared with others */
    uint32_t place;
    uint64_t key;
} BallotSeen;

typedef struct Ballots {
    Arena *arena;
    TallyBallotKind kind;
    bool merges;
    size_t expected;
    uint32_t n_projects;
    BallotSeen *seen; /* by project */
    uint32_t rows;    /* ballots put so far */
    uint32_t settled; /* ballots compared so far */
    uint32_t count;   /* ballots kept */
    uint32_t *start;  /* count + 1 */
    int64_t *weights; /* count */
    size_t start_capacity;
    uint32_t *choices;
    int64_t *points; /* beside choices, or NULL */
    size_t used;     /* choices of the ballots kept */
    size_t end;      /* and of those waiting */
    size_t capacity;
    BallotWaiting waiting[BALLOTS_WAITING_MAX];
    uint32_t n_waiting;
    BallotSlot *slots; /* open addressing; malloc'ed, so that growing leaves nothing behind */
    size_t n_slots;
} Ballots;

/* Arrays come from the arena. `merges`: equal ballots become one with a weight; the order of an
 * approval ballot does not count for that, the order of others does.
 * `expected_bytes` is the length of their text or 0; knowing it saves time. */
void ballots_open(Ballots *ballots, Arena *arena, TallyBallotKind kind, bool merges,
                  size_t expected_bytes);
/* From now on project indexes are below n_projects, which never falls. */
void ballots_set_projects(Ballots *ballots, uint32_t n_projects);

/* One more ballot. A project listed again counts once, at its first place, with its last points.
 * `points` is beside `projects` (TALLY_BALLOTS_POINTS only, else NULL). False, and nothing changed,
 * when there would be 2^32 ballots or choices. */
MUST_USE bool ballots_put(Ballots *ballots, const uint32_t *projects, const int64_t *points,
                          size_t count);

/* Points put so far are from now on in units of 10^-to_decimals. False when one gets above
 * TALLY_MAX; nothing may be put after that. */
MUST_USE bool ballots_rescale_points(Ballots *ballots, int from_decimals, int to_decimals);

/* Sets the ballots of the election: n_ballots, start, choices, points, weights. */
void ballots_finish(Ballots *ballots, TallyElection *election);
/* Frees what is not in the arena; the arrays of the election stay. */
void ballots_close(Ballots *ballots);

#endif
