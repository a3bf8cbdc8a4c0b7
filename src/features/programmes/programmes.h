/* programmes.h: rounds and their stages, for other rooms.
 *
 * A round is one community's run of a programme; its stages are data (programmes_rules.h). Other
 * rooms ask here which stage is open before they let anybody propose, vote or object, always inside
 * their own transaction or snapshot. Only this room writes rounds and stages.
 * Start reading at programmes_current_round().
 */
#ifndef FEATURES_PROGRAMMES_PROGRAMMES_H
#define FEATURES_PROGRAMMES_PROGRAMMES_H

#include "base/money.h"
#include "features/programmes/holidays.h"
#include "features/programmes/programmes_rules.h"
#include "platform/db/db.h"
#include "platform/feature.h"

/* A round with the stage it stands at. */
typedef struct RoundInfo {
    int64_t area;
    int64_t id;
    Str title;
    Money budget;
    int minimum_age;
    int max_choices;
    Str rule;    /* "greedy" */
    Str utility; /* "cost" */
    Str tie;     /* "votes,cost,name" */
    Instant created_at;
    bool is_finished; /* no stage is open any more */
    int n_stages;
    /* The open stage; the last one when the round is finished: */
    int stage_no;
    StageKind stage_kind;
    Str stage_name;
    Instant opens_at;  /* planned */
    Instant closes_at; /* planned */
    int working_days;  /* of a publish stage, else 0 */
    int64_t version;
} RoundInfo;

typedef struct StageInfo {
    int no;
    StageKind kind;
    Str name; /* as the community's template calls it, Chinese */
    StageState state;
    Instant opens_at;  /* planned */
    Instant closes_at; /* planned */
    Str gates;         /* names separated by spaces */
    int working_days;
    Instant opened_at; /* 0: not yet */
    int64_t opened_by; /* person, 0: the program */
    Instant closed_at;
    Str waive_reason;
} StageInfo;

/* The newest round of the area that is not finished. *out_found is false, without an error, when
 * there is none. One query. */
MUST_USE Error *programmes_current_round(Snapshot *snapshot, int64_t area, RoundInfo *out,
                                         bool *out_found);
/* One round; NOT_FOUND when the area has no such round. One query. */
MUST_USE Error *programmes_round(Snapshot *snapshot, int64_t area, int64_t round, RoundInfo *out);
/* All stages of a round by number; memory of the snapshot's arena. One query. */
MUST_USE Error *programmes_stages(Snapshot *snapshot, int64_t area, int64_t round, StageInfo **out,
                                  size_t *out_count);
/* Rounds with an id below `before` (INT64_MAX: from the newest), newest first. One query. */
MUST_USE Error *programmes_rounds(Snapshot *snapshot, int64_t area, int64_t before, int limit,
                                  RoundInfo **out, size_t *out_count);
/* What is known of public holidays: the installation's tables, and what the program has built in.
 * One query; memory of the snapshot's arena. For every function of calendar_rules.h. */
MUST_USE Error *programmes_holidays(Snapshot *snapshot, HolidayTable *out);
/* True when the round's open stage is of this kind. */
bool programmes_stage_is_open(const RoundInfo *round, StageKind kind);
/* True while the round has a stage of this kind that has not been opened yet. */
bool programmes_stage_is_ahead(const StageInfo *stages, size_t count, StageKind kind);
/* Each kind in words, by language: 项目征集 / Collecting proposals. For headings in English, where
 * the stage's own name is Chinese. */
Text programmes_kind_text(StageKind kind);

/* What a new round needs. */
typedef struct NewRound {
    int64_t area;
    int64_t actor;     /* person; 0: the program */
    Str template_name; /* "first" */
    Str title;         /* 2 to 40 characters */
    Str summary;       /* for the public, may be empty */
    Money budget;      /* > 0 */
    int max_choices;   /* 1 to 50 */
    int minimum_age;   /* 0 to 100 */
    Date first_day;    /* of stage 1 */
} NewRound;

/* Makes the programme, the round and its stages from the template; stage 1 is open at once. Writes
 * the journal. Errors hang on the fields template, title, budget, max_choices, minimum_age. */
MUST_USE Error *programmes_create_round(Tx *tx, const NewRound *input, Instant now,
                                        int64_t *out_round);
/* For rounds that were run elsewhere (imported files, the demo): everything before stage `no` is
 * done at its planned times and `no` is open; no = n_stages + 1 finishes the round. Checks no gate
 * and writes no journal; never reached from a page. */
MUST_USE Error *programmes_place_round(Tx *tx, int64_t area, int64_t round, int no);

/* --- moving on --------------------------------------------------------------- */

/* A gate of a stage, with what its room says now. */
typedef struct GateView {
    Str name;
    GateReport report;
} GateView;

/* What every gate named by the stage says, in the order of their names in stage->gates. `rooms`
 * are all rooms of the program. A name no room knows is UNMET, so that nothing passes by accident.
 * One query a gate; memory of the snapshot's arena. */
MUST_USE Error *programmes_gates(Snapshot *snapshot, const Feature *const *rooms, size_t n_rooms,
                                 int64_t area, int64_t round, const StageInfo *stage,
                                 GateView **out, size_t *out_count);
/* The stage engine's answer for stages and gates as read. */
AdvanceVerdict programmes_verdict(Arena *arena, const StageInfo *stages, size_t n_stages,
                                  const GateView *gates, size_t n_gates);

typedef struct AdvanceRound {
    int64_t area;
    int64_t round;
    int64_t actor;
    int from_no; /* the stage that was open on the page */
    Str note;    /* public words for the journal, may be empty */
    const Feature *const *rooms;
    size_t n_rooms;
} AdvanceRound;

typedef struct RoundAdvanced {
    int to_no; /* 0: the round is finished */
} RoundAdvanced;

/* UseCase: AdvanceRound -> RoundAdvanced. Leaves the open stage and opens the next, after asking
 * every gate again inside the transaction. The stages to come move when it is late (plan_move).
 * GATE_UNMET with the number of missing conditions; VERSION_CONFLICT when another stage is open by
 * now; STAGE_NOT_OPEN when the round is over; NOT_FOUND. */
Error *programmes_advance(Tx *tx, const void *input, Instant now, void *output);

typedef struct WaiveStage {
    int64_t area;
    int64_t round;
    int64_t actor; /* a district or city officer: the page checks */
    int no;        /* a stage that has not begun */
    Str reason;    /* 10 to 200 characters, public */
} WaiveStage;

/* UseCase: WaiveStage -> nothing. FIELD_NOT_CHOICE on `stage` when it has begun or its kind is
 * never waived; FIELD_TOO_SHORT on `reason`. */
Error *programmes_waive(Tx *tx, const void *input, Instant now, void *output);

extern const Feature programmes_feature;

#endif
