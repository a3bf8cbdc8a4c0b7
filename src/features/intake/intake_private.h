/* intake_private.h: what the files of this room share. */
#ifndef FEATURES_INTAKE_INTAKE_PRIVATE_H
#define FEATURES_INTAKE_INTAKE_PRIVATE_H

#include "features/intake/intake.h"
#include "intake_sql.h"

/* More people of one name than this are not told apart by us. */
#define CHAIN_CANDIDATES_MAX 2000

/* Whom a line means: its own choice, or the one the roll gives; 0 = nobody on the roll. */
int64_t chain_person_of(Arena *arena, const ChainLinesRow *line,
                        const ChainCandidatesRows *candidates);

/* Who pasted it decides about it; so does who manages here. */
bool chain_is_for(const ChainActor *actor, int64_t by_person);

#endif
