/* demo_plan.h: all files of the demonstration, understood.
 *
 * Rows refer to each other by their place in the arrays; -1 is "nobody" or "none". Days count from
 * day 0. Start reading at DemoPlan.
 */
#ifndef FEATURES_DEMO_DEMO_PLAN_H
#define FEATURES_DEMO_DEMO_PLAN_H

#include "base/money.h"
#include "features/demo/demo_read.h"
#include "features/demo/demo_rules.h"

/* A moment: a day and the minutes after midnight in China. */
typedef struct DemoMoment {
    int day;
    int minute;
} DemoMoment;

/* Words of cells, in the order of the enums they stand for; the first stands for number 0. */
#define DEMO_STATE_WORDS "none submitted accepted refused withdrawn"
#define DEMO_KIND_WORDS  "none engineering service goods unsure"
#define DEMO_CHANNEL_WORDS                                                                         \
    "none portal wechat group_chat visit paper box stand phone hotline meeting"

typedef struct DemoArea {
    int parent;
    int kind; /* AreaKind */
    Str name, name_en, code, phone, hours, address;
} DemoArea;

typedef struct DemoStaff {
    Str name, phone;
    int role; /* Role */
    int area;
    int granted_by;
    int since_day;
    int until_day; /* 0: open */
    Str login;
} DemoStaff;

typedef struct DemoPerson {
    int area;
    Str name;
    int age; /* on day 0 */
    int birth_month;
    Str building, door;
    int residency; /* Residency */
    Str phone;
} DemoPerson;

typedef struct DemoProgramme {
    Str template_name;
    Str summary;
} DemoProgramme;

typedef struct DemoRound {
    int programme;
    int area;
    Str title;
    Money budget;
    int stage_no; /* where it stands; the last stage may be done */
    int created_day;
    int created_by;
    bool is_lived; /* of communities.tsv: pledges and tables are worked out too */
    DemoPoll poll; /* options are filled from the proposals */
    uint64_t seed; /* 0: nobody has voted */
} DemoRound;

typedef enum DemoStageState { DEMO_STAGE_DONE, DEMO_STAGE_OPEN, DEMO_STAGE_LATER } DemoStageState;

typedef struct DemoStage {
    int round;
    int no;
    Str kind; /* "vote" */
    DemoStageState state;
    DemoMoment opens, closes;
    int opened_by, closed_by;
} DemoStage;

typedef struct DemoProposal {
    int round;
    int no;     /* on the ballot, 0: not on it */
    int state;  /* ProposalState */
    int kind;   /* ProposalKind */
    Money cost; /* 0: not priced */
    int channel;
    int proposer;
    int entered_by;
    int submitted_day;
    int decided_day;
    int decided_by;
    Str title, place, beneficiaries, need, reason;
} DemoProposal;

typedef struct DemoPublication {
    int round;
    DemoMoment at;
    int by;
    Str title, words;
} DemoPublication;

typedef struct DemoObjection {
    int round;
    DemoMoment at;
    int person;
    DemoMoment answered_at;
    int answered_by;
    Str words, answer; /* answer: empty, nobody has answered */
} DemoObjection;

/* Who is on the sheet, and what to try. One of the two is -1. */
typedef struct DemoSeatPlan {
    int staff;
    int person;
    Str zh, en;
} DemoSeatPlan;

typedef struct DemoPlan {
    DemoArea *areas;
    DemoStaff *staff;
    DemoPerson *people;
    DemoProgramme *programmes;
    DemoRound *rounds;
    DemoStage *stages;
    DemoProposal *proposals;
    DemoPublication *publications;
    DemoObjection *objections;
    DemoSeatPlan *seats;
    size_t n_areas, n_staff, n_people, n_programmes, n_rounds, n_stages, n_proposals;
    size_t n_publications, n_objections, n_seats;
    Map programme_keys;
} DemoPlan;

/* Reads the files of the directory. Errors as demo_table_read(), and CONFIGURATION for a cell that
 * cannot be read or names a row that is not there. */
MUST_USE Error *demo_plan_read(Arena *arena, const char *directory, DemoPlan *out);

/* The row of the round's stage of a kind, or NULL. */
const DemoStage *demo_plan_stage(const DemoPlan *plan, int round, Str kind);
/* The row of the proposal with this number on the ballot of the round, or -1. */
int demo_plan_option(const DemoPlan *plan, int round, int no);

#endif
