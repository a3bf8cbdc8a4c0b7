/* ballot_world.h: one open poll, residents with sessions, and a book of what each of them was
 * promised: for tests that kill, cut and starve the program, and for the bench. */
#ifndef TESTS_SUPPORT_BALLOT_WORLD_H
#define TESTS_SUPPORT_BALLOT_WORLD_H

#include <pthread.h>

#include "base/random.h"
#include "features/polls/polls_key.h"
#include "platform/auth/secret.h"
#include "platform/db/db.h"

#define WORLD_OPTIONS     12
#define WORLD_MAX_CHOICES 5

/* Choices are sets of options: bit 0 is option 1. 0 is no ballot. */
typedef struct Promise {
    unsigned acked;   /* the last choices that were acknowledged */
    unsigned sent;    /* sent after that, and not answered: may be stored or not */
    char receipt[20]; /* as the program gave it; empty when it was not asked for */
} Promise;

typedef struct Voter {
    int64_t person;
    Str session;    /* the cookie's value */
    Str ballot_key; /* of the one poll */
} Voter;

typedef struct BallotWorld {
    Secret secret;
    int64_t area;
    int64_t poll;
    Voter *voters;
    Promise *book; /* one a voter; guarded by the mutex */
    size_t n_voters;
    pthread_mutex_t mutex;
} BallotWorld;

/* Fills a migrated database: an area, voters on its roll with sessions, one open poll with its key
 * file in keys_dir. Ends the program when something fails. */
BallotWorld *ballot_world_make(Arena *arena, Db *db, const char *keys_dir, const Secret *secret,
                               size_t n_voters);

/* 1 to WORLD_MAX_CHOICES options. */
unsigned ballot_world_choices(Seeded *seeded);
/* To be called before a ballot is sent, and after its acknowledgement. */
void ballot_world_sent(BallotWorld *world, size_t voter, unsigned choices);
void ballot_world_acked(BallotWorld *world, size_t voter, unsigned choices, Str receipt);
/* A copy of the book as it is now, malloc'ed. */
Promise *ballot_world_book(BallotWorld *world);

typedef struct BallotFindings {
    int64_t stored;   /* ballots found */
    int64_t lost;     /* acknowledged, and not there */
    int64_t altered;  /* there with choices that are neither acknowledged nor sent later */
    int64_t twice;    /* more than one of a person, or of a receipt */
    int64_t foreign;  /* of nobody */
    int64_t receipts; /* with another receipt than the one shown */
} BallotFindings;

/* Compares what a database holds with a book. Where it is right, the book then says what is stored
 * (an unanswered ballot is stored or not, and counts as such from now on). */
BallotFindings ballot_world_compare(const BallotWorld *world, Promise *book, Snapshot *snapshot);
static inline int64_t ballot_findings_wrong(const BallotFindings *f)
{
    return f->lost + f->altered + f->twice + f->foreign + f->receipts;
}

/* Casts by the use case itself, without HTTP. The receipt is the stored one. */
MUST_USE Error *ballot_world_cast(BallotWorld *world, Db *db, Arena *arena, size_t voter,
                                  unsigned choices);

#endif
