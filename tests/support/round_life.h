/* round_life.h: a round that random people live through, for tests of what must always hold.
 *
 * A community of twelve residents and four of staff tries acts of all rooms by their use cases:
 * careful ones, which do what the stage wants next, and wild ones, in any stage, by anybody, with
 * stale versions, amounts too large or below zero, words too short. After every act the invariants
 * of round_life_check.c are asked of the tables. Start reading at life_act().
 */
#ifndef TESTS_SUPPORT_ROUND_LIFE_H
#define TESTS_SUPPORT_ROUND_LIFE_H

#include "base/random.h"
#include "features/polls/polls.h"
#include "features/programmes/programmes.h"
#include "round_life_sql.h"

#define LIFE_PEOPLE 12
#define LIFE_STAFF  4 /* the last of them at the street */

typedef struct Life {
    Arena *arena;   /* of the whole life */
    Arena *scratch; /* of one act */
    Db *db;
    uint64_t seed;
    Seeded random;
    const char *keys;
    Str template_name;
    int64_t area, round;
    int64_t people[LIFE_PEOPLE];
    int64_t staff[LIFE_STAFF];
    int64_t poll; /* 0: none opened */
    int stage_no; /* the open one, 0: the round is over */
    StageKind stage;
    bool is_wild;
    bool was_tried; /* the act found something to do */
    const char *act_name;
    Str said; /* the error of a refused act, or empty */
    int n_acts, n_done, n_refused, n_races;
    /* What was so before the act: */
    LifeRecordRows record;
    LifePrintsRows prints;
    LifeLeftRow left;
    StageInfo *stages;
    size_t n_stages;
    RoundInfo info;
} Life;

/* Fails the test with the seed and the act. */
#define LIFE_HOLDS(life, claim)                                                                    \
    do {                                                                                           \
        if (!(claim)) {                                                                            \
            life_broken(life, #claim);                                                             \
        }                                                                                          \
    } while (0)
void life_broken(const Life *life, const char *claim);

/* A fresh database of the kind, the community, and a round of the template in its first stage. */
Life *life_begin(DbKind kind, uint64_t seed, const char *template_name);
void life_end(Life *life);
/* One act, and everything that must hold after it. */
void life_act(Life *life);
bool life_is_over(const Life *life);

/* --- for the acts ------------------------------------------------------------------------------
 */

typedef Error *LifeAct(Life *life);

/* Runs a use case in the name of this act. */
MUST_USE Error *life_write(Life *life, UseCase *use_case, const void *input, void *output,
                           size_t size);
/* The same for an act that can happen once only, to what its actor saw: now and then two try it at
 * the same moment, and one of them must win, the other be told why not. */
MUST_USE Error *life_once(Life *life, UseCase *use_case, const void *input, void *output,
                          size_t size);
/* One time in `n` of wild acts, never in careful ones. */
bool life_slips(Life *life, int n);
int64_t life_below(Life *life, int64_t bound);
int64_t life_resident(Life *life);
int64_t life_worker(Life *life);
int64_t life_version(Life *life, int64_t version); /* now and then a stale one */
Money life_money(Life *life, int64_t fen);         /* now and then a wild one */
Str life_words(Life *life);                        /* now and then too short */
Date life_today(Life *life);
Snapshot *life_look(Life *life);

extern const struct LifeActRow {
    const char *name;
    LifeAct *run;
    unsigned kinds; /* 1u << StageKind: where a careful person does it */
} life_early_acts[], life_middle_acts[], life_late_acts[];
extern const size_t life_n_early, life_n_middle, life_n_late;

/* --- round_life_check.c ------------------------------------------------------------------------
 */

/* Reads what is so. */
void life_see(Life *life, Snapshot *snapshot);
/* Compares with what was so before; err: the act was refused. */
void life_check(Life *life, const Error *err);
/* Everything that was ever public can be read by anybody; the journal's chain is whole. */
void life_check_pages(Life *life);

#endif
