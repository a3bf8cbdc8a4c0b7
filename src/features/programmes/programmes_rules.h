/* programmes_rules.h: the stage engine as pure decisions.
 *
 * A round goes through its stages in the order of their numbers. One stage is open at a time; it is
 * left when every condition (gate) its data names is met, by an act of a named person. A stage may
 * be waived (免走) with a public reason, but vote, publish, reply and decide never.
 * Nothing here reads a clock, a table or a setting.
 * Start reading at advance_decide().
 */
#ifndef FEATURES_PROGRAMMES_PROGRAMMES_RULES_H
#define FEATURES_PROGRAMMES_PROGRAMMES_RULES_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/str.h"
#include "features/programmes/calendar_rules.h"

/* What a stage is for: the ten of template A, then those template B has besides (docs/adr/0009).
 * The number is not stored. */
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
    STAGE_KIND_DISCUSS, /* 评议: the bodies of the community talk the proposals over */
    STAGE_KIND_DECIDE,  /* 决议: the residents' council decides */
    STAGE_KIND_FILE,    /* 备案: laid before street and district, which do not approve */
    STAGE_KIND_ACCEPT,  /* 验收 */
    STAGE_KIND_COUNT
} StageKind;

/* What can be pledged to a project, where a programme lets it be. Stored by number. */
typedef enum PledgeForm { PLEDGE_MONEY = 1, PLEDGE_GOODS = 2, PLEDGE_HOURS = 3 } PledgeForm;

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
/* False for vote, publish and reply, and for decide, which is the vote of template B. */
bool stage_kind_may_be_waived(StageKind kind);

/* --- who decides what ---------------------------------------------------------- */

typedef struct Fraction {
    int numerator;
    int denominator; /* 0: none is asked for */
} Fraction;

/* Whose decision it is; the kinds are never mixed. */
typedef enum DiscussionKind {
    DISCUSSION_MEETING,  /* a meeting that proposes or talks over; it decides nothing */
    DISCUSSION_COUNCIL,  /* 议事会决议: its mandate is stated */
    DISCUSSION_ASSEMBLY, /* 居民会议、居民代表会议: adults only */
    DISCUSSION_OWNERS    /* 业主共同决定: by number and by area */
} DiscussionKind;

/* One of 三议: who proposes, discusses, decides, and by how many; or what owners decide together.
 * One code may stand several times with different holds_from: the law changes. */
typedef struct DiscussionRule {
    Str code; /* "propose", "discuss", "decide"; "owners" and others of kind owners */
    Str name;
    Str name_en;
    DiscussionKind kind;
    Str body;           /* 居民议事会 */
    Fraction quorum;    /* of the members, at least; 2/3; of owners by number and by area */
    Fraction threshold; /* of those present, at least when it is not a half, more than at 1/2 */
    Date holds_from;    /* the law or local rule these hold from; 0: not said */
    Str basis;          /* what they rest on: 民法典第二百七十八条 */
} DiscussionRule;

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

#endif
