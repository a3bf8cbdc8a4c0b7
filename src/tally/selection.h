/* selection.h: inside tally only. What voters have of a selection. */
#ifndef TALLY_SELECTION_H
#define TALLY_SELECTION_H

#include "tally/count.h"
#include "tally/tally_explain.h"

/* By project: true when selected. */
bool *selection_flags(Arena *arena, const TallyElection *election, const TallyResult *result);

/* The project at place i of `choices` is a choice of its voter. */
static inline bool selection_is_choice(const TallyElection *election, uint32_t i)
{
    return election->points == NULL || election->points[i] > 0;
}

/* What a cap, a price, too few votes or a decision kept out, is not to be selected anyway. */
bool selection_is_left_out(const TallyResult *result, uint32_t project);

/* One voter's part of a selection. */
typedef struct SelectionPart {
    uint32_t choices;
    uint32_t wins;
    __int128 money;
} SelectionPart;

SelectionPart selection_part(const TallyElection *election, const bool *selected, uint32_t ballot);

#endif
