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
#include "features/programmes/round_rules.h"
#include "platform/db/db.h"
#include "platform/feature.h"
#include "platform/html/frame.h"

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
    Str stage_name_en; /* may be empty */
    Instant opens_at;  /* planned */
    Instant closes_at; /* planned */
    int working_days;  /* of a publish stage, else 0 */
    int64_t version;
} RoundInfo;

typedef struct StageInfo {
    int no;
    StageKind kind;
    Str name;    /* as the programme calls it, Chinese */
    Str name_en; /* may be empty */
    StageState state;
    Instant opens_at;  /* planned */
    Instant closes_at; /* planned */
    Str gates;         /* to leave it: names separated by spaces */
    Str enter_gates;   /* to enter it, likewise */
    unsigned acts;     /* who works in it: 1u << Role for each; 0: the community's staff */
    Str notice;        /* code of the notice (round_rules.h) a publish stage publishes, or empty */
    int working_days;
    Instant opened_at; /* 0: not yet */
    int64_t opened_by; /* person, 0: the program */
    Instant closed_at;
    Str waive_reason;
} StageInfo;

/* The rules of a built-in template, by its name. NOT_FOUND. */
MUST_USE Error *programmes_template_rules(Arena *arena, Str name, RoundRules *out);
/* Everything the round's programme decides: kinds, clauses, caps, deadlines, ballot, publications.
 * As they were when the community joined: a later edition does not change a round that runs.
 * NOT_FOUND when the area has no such round. One query; texts live in the snapshot's arena. */
MUST_USE Error *programmes_round_rules(Snapshot *snapshot, int64_t area, int64_t round,
                                       RoundRules *out);
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
/* True until what chooses the projects begins: the residents' ballot, or the council's decision. */
bool programmes_choice_is_ahead(const StageInfo *stages, size_t count);
/* Each kind in words, by language: 项目征集 / Collecting proposals. For headings in English, where
 * the stage's own name is Chinese. */
Text programmes_kind_text(StageKind kind);
/* The stages with their days, as a page shows the way; `all` shows them all where the way is short.
 * *out_here is the step, 0 when finished. */
Way round_way(Page *page, const StageInfo *stages, size_t count, SafeUrl all, size_t *out_here);

/* Who decides and by how many: 居民议事会，到会不少于 2/3，到会的人过半数同意. The body alone when
 * nothing is counted. */
Text programmes_discussion_text(const DiscussionRule *step);

/* What a new round needs. */
typedef struct NewRound {
    int64_t area;
    int64_t actor;     /* person; 0: the program */
    Str template_name; /* "first" */
    Str title;         /* 2 to 40 characters */
    Str summary;       /* for the public, may be empty */
    Money budget;      /* > 0 */
    int max_choices;   /* 1 to 50; the template's otherwise, as the next */
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

/* --- programmes -------------------------------------------------------------- */

/* A programme is a text of rules (round_rules.h): drafted from a template by an officer, published
 * as an edition that never changes, joined by communities. */
typedef struct DraftProgramme {
    int64_t area;
    int64_t actor;
    Str template_name;
    Str title; /* 2 to 40 characters */
} DraftProgramme;

typedef struct ProgrammeDrafted {
    int64_t id;
} ProgrammeDrafted;

/* UseCase: DraftProgramme -> ProgrammeDrafted. FIELD_NOT_CHOICE on `template`. */
Error *programmes_draft(Tx *tx, const void *input, Instant now, void *output);

typedef struct SaveDraft {
    int64_t area;
    int64_t id;
    int64_t version; /* as the actor saw it, as in the next ones */
    Str rules;       /* the whole text */
} SaveDraft;

/* UseCase: SaveDraft -> nothing. VERSION_CONFLICT, NOT_FOUND; STAGE_NOT_OPEN when nothing is being
 * edited; CONFIGURATION as rules_read(). */
Error *programmes_save_draft(Tx *tx, const void *input, Instant now, void *unused);

typedef struct PublishProgramme {
    int64_t area;
    int64_t id;
    int64_t actor;
    int64_t version;
    Str reason; /* from the second edition on 10 to 200 characters, public */
} PublishProgramme;

typedef struct ProgrammePublished {
    int edition;
} ProgrammePublished;

/* UseCase: PublishProgramme -> ProgrammePublished. The draft becomes the next edition and is
 * frozen; rounds that run keep theirs. Journaled. Errors as above, at `reason`, and
 * PROGRAMME_BALLOT for ballots that polls do not take. */
Error *programmes_publish(Tx *tx, const void *input, Instant now, void *output);

typedef struct ReviseProgramme {
    int64_t area;
    int64_t id;
    int64_t version;
} ReviseProgramme;

/* UseCase: ReviseProgramme -> nothing. The newest edition becomes a draft again. */
Error *programmes_revise(Tx *tx, const void *input, Instant now, void *unused);

typedef struct JoinProgramme {
    int64_t area; /* the community */
    int64_t actor;
    int64_t programme; /* of this area or one above it */
    int edition;       /* the newest, as the actor saw it */
    Str title;         /* of the round, 2 to 40 characters */
    Money budget;      /* > 0 */
    Date first_day;    /* 0: today */
} JoinProgramme;

typedef struct RoundJoined {
    int64_t round;
} RoundJoined;

/* UseCase: JoinProgramme -> RoundJoined. The community's round with its own money and dates; stage
 * 1 is open at once. Journaled. NOT_FOUND; VERSION_CONFLICT when there is a newer edition;
 * ALREADY_EXISTS when the community has joined; at the fields title and budget. */
Error *programmes_join(Tx *tx, const void *input, Instant now, void *output);

/* --- moving on --------------------------------------------------------------- */

/* A gate, with what its room says now. */
typedef struct GateView {
    Str name;
    bool is_enter; /* of the next stage, to enter it; else of the open one, to leave it */
    bool
        is_by_hand; /* no room of this program checks it: MET, for whoever advances to answer for */
    GateReport report;
} GateView;

/* What the gates to leave the open stage say, then those to enter the next one, in the order of
 * their names. `rooms` are all rooms of the program. A gate of docs/rounds.md that no room provides
 * yet is by hand; any other name that no room knows is UNMET, so that nothing passes by a slip of
 * the pen. None when the round is over. One query a gate; memory of the snapshot's arena. */
MUST_USE Error *programmes_gates(Snapshot *snapshot, const Feature *const *rooms, size_t n_rooms,
                                 int64_t area, int64_t round, const StageInfo *stages,
                                 size_t n_stages, GateView **out, size_t *out_count);
/* The gates that templates name and none of the rooms provides, each once, as "first.ini, stage 3:
 * all_priced". For the log at start and for `yuanzhuo templates`. */
MUST_USE Error *programmes_absent_gates(Arena *arena, const Feature *const *rooms, size_t n_rooms,
                                        Str **out, size_t *out_count);
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

typedef struct MovePlan {
    int64_t area;
    int64_t round;
    int64_t actor;
    int64_t version; /* of the round, as the actor saw it */
    int no;          /* the open stage or one to come */
    Date last_day;
    Str reason; /* 10 to 200 characters, public */
} MovePlan;

/* UseCase: MovePlan -> nothing. The stage gets another planned end, those to come after it move
 * together (plan_move_end); journaled. The last day is not before today, nor before the stage
 * opens, and a publication is never shortened: PLAN_TOO_EARLY (field last_day). FIELD_NOT_CHOICE on
 * `stage`, FIELD_TOO_SHORT on `reason`, VERSION_CONFLICT, NOT_FOUND. */
Error *programmes_move_plan(Tx *tx, const void *input, Instant now, void *unused);

extern const Feature programmes_feature;

#endif
