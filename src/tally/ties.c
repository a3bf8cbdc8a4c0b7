#include "tally/ties.h"

#include <stdlib.h>
#include <string.h>

static int compare_int64(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare_key(TallyKey key, const TieSubject *a, const TieSubject *b)
{
    switch (key) {
    case TALLY_KEY_COST:
        return compare_int64(a->cost, b->cost);
    case TALLY_KEY_VOTES:
        return compare_int64(b->votes, a->votes);
    case TALLY_KEY_LOT:
        return memcmp(a->lot, b->lot, sizeof a->lot);
    case TALLY_KEY_NAME:
        break;
    }
    return str_compare(a->name, b->name);
}

int ties_compare(const TallyTies *ties, const TieSubject *a, const TieSubject *b)
{
    for (int i = 0; i < ties->count; i++) {
        int by_key = compare_key(ties->keys[i], a, b);
        if (by_key != 0) {
            return by_key;
        }
    }
    return str_compare(a->name, b->name);
}

TieSubject ties_subject(const TallyElection *election, const TallyCount *count,
                        const TallyTies *ties, uint32_t project)
{
    const TallyProject *it = &election->projects[project];
    TieSubject subject = {.name = it->name, .cost = it->cost, .votes = count->votes[project]};
    for (int k = 0; k < ties->count; k++) {
        if (ties->keys[k] == TALLY_KEY_LOT) {
            tally_lot(ties->seed, it->name, subject.lot);
        }
    }
    return subject;
}

typedef struct Ranked {
    TieSubject subject;
    uint32_t project;
} Ranked;

static int compare_ranked(const void *a, const void *b, void *ties)
{
    return ties_compare(ties, &((const Ranked *)a)->subject, &((const Ranked *)b)->subject);
}

uint32_t *ties_rank(Arena *arena, const TallyElection *election, const TallyCount *count,
                    const TallyTies *ties)
{
    uint32_t n = election->n_projects;
    Ranked *sorted = arena_array(arena, Ranked, (size_t)n + 1);
    uint32_t *rank = arena_array(arena, uint32_t, (size_t)n + 1);
    for (uint32_t p = 0; p < n; p++) {
        sorted[p] = (Ranked){.subject = ties_subject(election, count, ties, p), .project = p};
    }
    TallyTies keys = *ties;
    qsort_r(sorted, n, sizeof *sorted, compare_ranked, &keys);
    for (uint32_t place = 0; place < n; place++) {
        rank[sorted[place].project] = place;
    }
    return rank;
}
