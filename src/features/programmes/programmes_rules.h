/* programmes_rules.h: the stage engine and the calendar as pure decisions.
 *
 * A round goes through its stages in the order of their numbers. One stage is open at a time; it is
 * left when every condition (gate) its data names is met, by an act of a named person. A stage may
 * be waived (免走) with a public reason, but vote, publish and reply never.
 * Nothing here reads a clock, a table or a setting.
 * Start reading at advance_decide().
 */
#ifndef FEATURES_PROGRAMMES_PROGRAMMES_RULES_H
#define FEATURES_PROGRAMMES_PROGRAMMES_RULES_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/str.h"

/* What a stage is for. The order is that of template A, the number is not stored. */
typedef enum StageKind {
    STAGE_KIND_NONE = 0,
    STAGE_KIND_LAUNCH,
    STAGE_KIND_COLLECT,
    STAGE_KIND_QUOTA,
    STAGE_KIND_PLEDGE,
    STAGE_KIND_SHORTLIST,
    STAGE_KIND_VOTE,
    STAGE_KIND_PUBLISH,
    STAGE_KIND_REPLY,
    STAGE_KIND_IMPLEMENT,
    STAGE_KIND_EVALUATE,
    STAGE_KIND_COUNT
} StageKind;

/* Stored by number in stage.state. */
typedef enum StageState {
    STAGE_NOT_YET = 1,
    STAGE_OPEN = 2,
    STAGE_DONE = 3,
    STAGE_WAIVED = 4
} StageState;

/* The word stored in stage.kind and written in templates: "collect". Empty for NONE. */
Str stage_kind_word(StageKind kind);
/* STAGE_KIND_NONE when the word is not one. */
StageKind stage_kind_of(Str word);
/* False for vote, publish and reply. */
bool stage_kind_may_be_waived(StageKind kind);

/* --- moving on --------------------------------------------------------------- */

/* A stage as the engine sees it. */
typedef struct StageFact {
    int no;
    StageKind kind;
    StageState state;
} StageFact;

typedef enum ConditionState { CONDITION_MET, CONDITION_WAITING, CONDITION_UNMET } ConditionState;

/* One gate of the open stage, as its room reported it. */
typedef struct Condition {
    ConditionState state;
    Instant met_at; /* WAITING: when it will be met by itself */
} Condition;

typedef enum AdvanceAnswer {
    ADVANCE_ALLOWED,  /* to the stage `to_no`, or the end of the round when to_no is 0 */
    ADVANCE_MISSING,  /* conditions are missing: see n_missing */
    ADVANCE_NOT_OPEN, /* no stage is open: the round is over */
} AdvanceAnswer;

typedef struct AdvanceVerdict {
    AdvanceAnswer answer;
    int from_no;      /* the open stage, or 0 */
    int to_no;        /* the stage that opens next; 0: none is left, the round ends */
    int n_missing;    /* conditions not met, waiting ones included */
    int n_waiting;    /* of these, met by time alone */
    Instant earliest; /* when every waiting condition will be met; 0 when nothing waits */
} AdvanceVerdict;

/* May the round leave its open stage? `stages` in rising order of `no`; `conditions` are the gates
 * of the open stage. The next stage is the first one after it that is not done or waived. */
AdvanceVerdict advance_decide(const StageFact *stages, size_t n_stages, const Condition *conditions,
                              size_t n_conditions);
/* The open stage, or NULL. */
const StageFact *stage_open(const StageFact *stages, size_t n_stages);

/* The names in stage.gates ("poll_counted other"), separated by spaces, in the arena. */
Str *gate_names(Arena *arena, Str gates, size_t *out_count);

/* --- the calendar ------------------------------------------------------------ */

/* Monday to Friday. (The table of public holidays comes later and will be read here.) */
bool is_working_day(Date day);
/* The n-th working day after `from`, `from` itself not counted; with n <= 0 the first working day
 * at or after `from`. */
Date working_days_add(Date from, int n);
/* How many working days lie after `from` up to and including `to`; 0 when to <= from. */
int working_days_between(Date from, Date to);
/* The end of a period of n working days that begins at `start`: 17:30 of the last one. The day it
 * begins is not counted (Civil Code, article 201). */
Instant working_period_end(Instant start, int n);

/* One stage of a plan: `days` calendar days, or `working_days` when that is not 0. */
typedef struct StageSpan {
    int days;
    int working_days;
} StageSpan;

typedef struct StageDates {
    Instant opens_at;
    Instant closes_at;
} StageDates;

/* Planned dates of stages that follow each other from the morning of `first`: a stage opens at 8:30
 * and closes at 17:30 of its last day, the next one opens the morning after. */
void plan_dates(Date first, const StageSpan *spans, size_t count, StageDates *out);
/* The plan of a stage that opens at `opened` (dates[0], spans[0]) and of those after it. Opened
 * late, its end moves by as many calendar days; opened early, it keeps its end, because people were
 * told that date. Working days are counted anew from `opened` in any case. The stages after it move
 * together, only as far as needed to begin the morning after. */
void plan_move(StageDates *dates, const StageSpan *spans, size_t count, Instant opened);

#endif
