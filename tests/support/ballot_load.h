/* ballot_load.h: many residents voting at once through HTTP, each on a connection kept open. */
#ifndef TESTS_SUPPORT_BALLOT_LOAD_H
#define TESTS_SUPPORT_BALLOT_LOAD_H

#include "tests/support/ballot_world.h"

typedef struct BallotLoad BallotLoad;

typedef struct LoadOptions {
    BallotWorld *world;
    int port;
    size_t clients; /* client c votes for the voters c, c + clients, ... */
    uint64_t seed;
    int receipt_every; /* look at the receipt page after every n-th ballot; 0 = never */
} LoadOptions;

/* Starts the clients. They cast and change ballots, noting in the world's book what they send and
 * what is acknowledged (303 to the receipt), until stopped or until the server is gone. */
BallotLoad *ballot_load_start(const LoadOptions *options);

typedef struct LoadFigures {
    int64_t acked;
    int64_t refused;        /* answered with something else */
    int last_refused;       /* its status */
    int64_t p50_us, p99_us; /* of acknowledged ballots, when there was one */
} LoadFigures;

/* Counts only, while it runs. */
LoadFigures ballot_load_so_far(const BallotLoad *load);
/* Ends the clients and frees the load. Say before killing a server that the end is expected. */
LoadFigures ballot_load_stop(BallotLoad *load);

/* Path of the poll's ballot page, and a whole request that casts; for tests of single ballots. */
Str ballot_path(Arena *arena, const BallotWorld *world);
Str ballot_request(Arena *arena, const BallotWorld *world, size_t voter, unsigned choices);

#endif
