/* random_election.h: small elections from a seed, for properties of the rules of src/tally.
 *
 * Numbers are small on purpose: ties, exact fits, free and unsupported projects are then common. A
 * failed CHECK prints the seed, and YZ_SEED=<seed> tries that election first.
 */
#ifndef TESTS_SUPPORT_RANDOM_ELECTION_H
#define TESTS_SUPPORT_RANDOM_ELECTION_H

#include "base/random.h"
#include "tally/tally.h"

#define MAX_PROJECTS 9
#define MAX_BALLOTS  14
#define EXTRA        2 /* room for ballots that a test adds */

typedef struct RandomElection {
    TallyProject projects[MAX_PROJECTS];
    char names[MAX_PROJECTS][16];
    uint32_t start[MAX_BALLOTS + EXTRA + 1];
    uint32_t choices[(MAX_BALLOTS + EXTRA) * MAX_PROJECTS];
    int64_t points[(MAX_BALLOTS + EXTRA) * MAX_PROJECTS];
    int64_t weights[MAX_BALLOTS + EXTRA];
    TallyElection election;
    TallyOptions options;
} RandomElection;

typedef void Claim(Arena *arena, Seeded *seeded, uint64_t seed);

#define CHECK(claim)                                                                               \
    do {                                                                                           \
        if (!(claim)) {                                                                            \
            fail_msg("YZ_SEED=%llu: %s", (unsigned long long)seed, #claim);                        \
        }                                                                                          \
    } while (0)

/* Tries the claim with seeds base, base + 1, … (YZ_SEED, or 1). */
void for_random_elections(Claim *claim, uint64_t rounds);

uint32_t below(Seeded *seeded, uint32_t bound);
/* An election with ballots of one kind and options for greedy that suit it. */
RandomElection *random_election_of(Arena *arena, Seeded *seeded, TallyBallotKind kind);
RandomElection *random_election_any(Arena *arena, Seeded *seeded);
RandomElection *random_election_copy(Arena *arena, const RandomElection *original);
/* Points the election at the arrays beside it; after a change of kind or a copy. */
void random_election_link(RandomElection *random);
/* The same election with its projects and ballots in another order in memory. */
RandomElection *random_election_shuffled(Arena *arena, Seeded *seeded, const RandomElection *from);
TallyResult random_election_run(Arena *arena, const RandomElection *random);
/* What a voter of a ballot has of the project at place i of choices, before a factor of the cost.
 */
int64_t random_election_units(const RandomElection *random, uint32_t ballot, uint32_t i);
bool is_times_cost(TallyUtility utility);

#endif
