#include "tests/support/random_election.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

void for_random_elections(Claim *claim, uint64_t rounds)
{
    const char *text = getenv("YZ_SEED");
    uint64_t base = text == NULL ? 1 : strtoull(text, NULL, 10);
    Arena *arena = arena_create(64 * 1024 * 1024);
    for (uint64_t round = 0; round < rounds; round++) {
        Seeded seeded = {base + round};
        claim(arena, &seeded, base + round);
        arena_reset(arena);
    }
    arena_destroy(arena);
}

uint32_t below(Seeded *seeded, uint32_t bound)
{
    return (uint32_t)seeded_below(seeded, bound);
}

void random_election_link(RandomElection *random)
{
    TallyElection *election = &random->election;
    election->projects = random->projects;
    election->start = random->start;
    election->choices = random->choices;
    election->weights = random->weights;
    election->points = election->kind == TALLY_BALLOTS_POINTS ? random->points : NULL;
    for (uint32_t p = 0; p < election->n_projects; p++) {
        random->projects[p].name = str_from(random->names[p]);
    }
}

/* A ballot that lists each project with the given chance in 8, in random order. */
static void add_random_ballot(RandomElection *random, Seeded *seeded, uint32_t chance)
{
    TallyElection *election = &random->election;
    uint32_t at = random->start[election->n_ballots];
    uint32_t from = at;
    for (uint32_t p = 0; p < election->n_projects; p++) {
        if (below(seeded, 8) < chance) {
            uint32_t swap = from + below(seeded, at - from + 1);
            random->choices[at] = random->choices[swap];
            random->choices[swap] = p;
            random->points[at++] = below(seeded, 4);
        }
    }
    random->weights[election->n_ballots++] = 1 + below(seeded, 3);
    random->start[election->n_ballots] = at;
}

static TallyUtility random_utility(TallyBallotKind kind, Seeded *seeded)
{
    static const TallyUtility any[] = {TALLY_UTILITY_COST, TALLY_UTILITY_COUNT};
    static const TallyUtility points[] = {TALLY_UTILITY_POINTS, TALLY_UTILITY_POINTS_COST};
    static const TallyUtility ranked[] = {TALLY_UTILITY_BORDA0, TALLY_UTILITY_BORDA1,
                                          TALLY_UTILITY_BORDA0_COST, TALLY_UTILITY_BORDA1_COST};
    bool plain = below(seeded, 4) == 0;
    if (kind == TALLY_BALLOTS_POINTS && !plain) {
        return points[below(seeded, 2)];
    }
    return kind == TALLY_BALLOTS_RANKED && !plain ? ranked[below(seeded, 4)]
                                                  : any[below(seeded, 2)];
}

static TallyOptions random_options(TallyBallotKind kind, Seeded *seeded)
{
    static const char *const ties[] = {"name", "cost,name", "votes,name", "votes,cost,name"};
    TallyOptions options = {.utility = random_utility(kind, seeded),
                            .zero_support =
                                below(seeded, 2) ? TALLY_ZERO_EXCLUDE : TALLY_ZERO_INCLUDE,
                            .misfit = below(seeded, 2) ? TALLY_MISFIT_SKIP : TALLY_MISFIT_STOP};
    assert_true(tally_parse_ties(str_from(ties[below(seeded, 4)]), &options.ties));
    return options;
}

RandomElection *random_election_of(Arena *arena, Seeded *seeded, TallyBallotKind kind)
{
    RandomElection *random = arena_new(arena, RandomElection);
    TallyElection *election = &random->election;
    election->kind = kind;
    election->n_projects = 1 + below(seeded, MAX_PROJECTS);
    uint32_t cost_bound = below(seeded, 2) ? 6 : 30;
    election->budget = below(seeded, cost_bound * 3);
    for (uint32_t p = 0; p < election->n_projects; p++) {
        snprintf(random->names[p], sizeof random->names[p], "%c%u", 'a' + (int)below(seeded, 3), p);
        random->projects[p].cost = below(seeded, cost_bound);
    }
    uint32_t chance = 1 + below(seeded, 7);
    uint32_t ballots = below(seeded, MAX_BALLOTS + 1);
    for (uint32_t b = 0; b < ballots; b++) {
        add_random_ballot(random, seeded, chance);
    }
    random->options = random_options(kind, seeded);
    random_election_link(random);
    return random;
}

RandomElection *random_election_any(Arena *arena, Seeded *seeded)
{
    return random_election_of(arena, seeded, (TallyBallotKind)below(seeded, 3));
}

RandomElection *random_election_copy(Arena *arena, const RandomElection *original)
{
    RandomElection *copy = arena_new(arena, RandomElection);
    *copy = *original;
    random_election_link(copy);
    return copy;
}

TallyResult random_election_run(Arena *arena, const RandomElection *random)
{
    TallyResult result;
    Error *err = tally_run(arena, &random->election, &random->options, &result);
    if (err) {
        fail_msg("%.*s", STR_ARG(err->detail));
    }
    return result;
}

int64_t random_election_units(const RandomElection *random, uint32_t ballot, uint32_t i)
{
    uint32_t from = random->start[ballot];
    uint32_t length = random->start[ballot + 1] - from;
    switch (random->options.utility) {
    case TALLY_UTILITY_POINTS:
    case TALLY_UTILITY_POINTS_COST:
        return random->points[i];
    case TALLY_UTILITY_BORDA0:
    case TALLY_UTILITY_BORDA0_COST:
        return (int64_t)length - 1 - (i - from);
    case TALLY_UTILITY_BORDA1:
    case TALLY_UTILITY_BORDA1_COST:
        return (int64_t)length - (i - from);
    default:
        return 1;
    }
}

/* The same election with its projects and ballots in another order in memory. */
RandomElection *random_election_shuffled(Arena *arena, Seeded *seeded, const RandomElection *from)
{
    RandomElection *to = random_election_copy(arena, from);
    uint32_t n = from->election.n_projects;
    uint32_t where[MAX_PROJECTS]; /* old index -> new index */
    for (uint32_t p = 0; p < n; p++) {
        uint32_t swap = below(seeded, p + 1);
        where[p] = swap;
        for (uint32_t q = 0; q < p; q++) {
            where[q] = where[q] == swap ? p : where[q];
        }
    }
    for (uint32_t p = 0; p < n; p++) {
        memcpy(to->names[where[p]], from->names[p], sizeof from->names[p]);
        to->projects[where[p]].cost = from->projects[p].cost;
    }
    uint32_t ballots = from->election.n_ballots;
    uint32_t turn = ballots == 0 ? 0 : below(seeded, ballots);
    uint32_t at = 0;
    for (uint32_t b = 0; b < ballots; b++) {
        uint32_t old = (b + turn) % ballots;
        to->weights[b] = from->weights[old];
        for (uint32_t i = from->start[old]; i < from->start[old + 1]; i++) {
            to->choices[at] = where[from->choices[i]];
            to->points[at++] = from->points[i];
        }
        to->start[b + 1] = at;
    }
    random_election_link(to);
    return to;
}

bool is_times_cost(TallyUtility utility)
{
    return utility == TALLY_UTILITY_COST || utility == TALLY_UTILITY_POINTS_COST ||
           utility == TALLY_UTILITY_BORDA0_COST || utility == TALLY_UTILITY_BORDA1_COST;
}
