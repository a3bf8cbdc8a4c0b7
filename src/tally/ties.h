/* ties.h: inside tally only. The declared order of ties. */
#ifndef TALLY_TIES_H
#define TALLY_TIES_H

#include "tally/count.h"

/* What the order of ties knows of a project. */
typedef struct TieSubject {
    Str name;
    int64_t cost;
    int64_t votes;
    uint8_t lot[TALLY_LOT_BYTES]; /* zero when the order asks for none */
} TieSubject;

TieSubject ties_subject(const TallyElection *election, const TallyCount *count,
                        const TallyTies *ties, uint32_t project);

/* <0 when a comes first; 0 only for equal names. */
int ties_compare(const TallyTies *ties, const TieSubject *a, const TieSubject *b);

/* rank[p] = the place of project p in the order of ties, from 0. */
uint32_t *ties_rank(Arena *arena, const TallyElection *election, const TallyCount *count,
                    const TallyTies *ties);

#endif
