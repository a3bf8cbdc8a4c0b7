/* limits.h: inside tally only. Which projects have a turn, and what the caps still allow. */
#ifndef TALLY_LIMITS_H
#define TALLY_LIMITS_H

#include "tally/count.h"

typedef struct Limits {
    const TallyElection *election;
    const TallyLimits *given;
    int64_t budget;        /* left for the rule */
    TallyReason *left_out; /* by project: why it has no turn; TALLY_SELECTED = it has one */
    uint32_t *for_floor;   /* by project: the constraint it was taken for, or TALLY_NO_CONSTRAINT */
    uint32_t *member_start; /* by project: its constraints, rising */
    uint32_t *member;
    bool *is_taken;  /* by project: selected now */
    uint32_t *taken; /* what is selected now, in order */
    uint32_t n_taken;
    uint32_t n_first;   /* of them, taken for good before the rule */
    TallyGroupUse *use; /* by constraint: of what is selected now */
    uint32_t n_marked;  /* n_taken and use at the last limits_mark */
    TallyGroupUse *marked;
} Limits;

/* Checks the limits and takes what was decided in, by rank. Errors: ERROR_BAD_REQUEST. */
MUST_USE Error *limits_init(Arena *arena, const TallyElection *election, const TallyLimits *given,
                            const TallyCount *count, const uint32_t *rank, Limits *out);

/* It has a turn and is not selected. */
bool limits_is_open(const Limits *limits, uint32_t project);
/* The first constraint whose cap the project would break now at that cost, or
 * TALLY_NO_CONSTRAINT. */
uint32_t limits_broken_by(const Limits *limits, uint32_t project, int64_t cost);
bool limits_allow(const Limits *limits, uint32_t project);
void limits_take(Limits *limits, uint32_t project);
/* Takes for good, as part of what comes before the rule. */
void limits_take_first(Limits *limits, uint32_t project);
/* True when the constraint has a floor that is not reached. */
bool limits_is_below_floor(const Limits *limits, uint32_t constraint);
bool limits_has_floors(const Limits *limits);
/* A run may be repeated: reset forgets everything taken since the mark. */
void limits_mark(Limits *limits);
void limits_reset(Limits *limits);

#endif
