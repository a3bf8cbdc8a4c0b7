/* programmes_views.h: what the templates of this room show. */
#ifndef FEATURES_PROGRAMMES_PROGRAMMES_VIEWS_H
#define FEATURES_PROGRAMMES_PROGRAMMES_VIEWS_H

#include "platform/feature.h"
#include "platform/form/form_view.h"
#include "platform/html/frame.h"

/* Where a round stands, in words. */
typedef struct StandingView {
    bool is_finished;
    int step;
    int total;
    Text name;  /* of the open stage */
    Text about; /* what happens in it */
    Text left;  /* 还剩 6 天 / 逾期 2 天 */
    bool is_late;
    Instant closes_at;
} StandingView;

typedef struct RoundLine {
    Str title;
    SafeUrl link;
    StandingView standing;
    Money budget;
} RoundLine;

typedef struct RoundListView {
    const Frame *frame;
    const RoundLine *rounds;
    size_t n_rounds;
    bool may_create;
    SafeUrl create;
    bool has_next;
    SafeUrl next;
    bool has_first;
    SafeUrl first;
} RoundListView;

/* What the accepted proposals, then the chosen projects cost. */
typedef struct MoneyView {
    Money budget;
    int64_t n_accepted;
    Money accepted;
    int64_t n_chosen;
    Money chosen;
    Money left;     /* of the budget after the chosen ones */
    bool is_over;   /* accepted together cost more than the budget */
    const Bar *bar; /* by kind, or NULL */
} MoneyView;

typedef struct RoundView {
    const Frame *frame;
    Str title;
    Str summary;
    StandingView standing;
    Way way;
    size_t here; /* step, 0 when finished */
    MoneyView money;
    int minimum_age;
    bool has_ballot; /* else the council decides, and what follows says nothing */
    int max_choices;
    Text rule; /* by which the ballots are counted */
    SafeUrl rule_page;
    bool goes_by_votes;
    bool may_propose;
    SafeUrl propose;
    SafeUrl proposals;
    SafeUrl programme;
    SafeUrl quota; /* how its money is divided: of the room estimates */
    SafeUrl pledges;
    SafeUrl filing; /* empty: the round is not filed */
    bool is_staff;
    SafeUrl console;
    SafeUrl decisions, documents, launch;
    SafeUrl shortlist; /* where the round has one; else empty */
    SafeUrl ratings;   /* of finished projects, once the round is at it; else empty */
} RoundView;

typedef struct GateLine {
    GateSign sign;
    Text claim;
    Text detail;
    SafeUrl link;
    Text link_text;
    bool is_main; /* the first thing to do: its button is the solid one */
} GateLine;

typedef struct ActLine {
    Instant at;
    Str who; /* empty: the program */
    Text act;
    Str reason;
} ActLine;

typedef struct ConsoleView {
    const Frame *frame;
    Str title;
    SafeUrl round, launch;
    SafeUrl notices; /* for those who may see names */
    StandingView standing;
    Instant opened_at;
    Str opened_by; /* may be empty */
    Way way;
    const GateLine *gates;
    size_t n_gates;
    MoneyView money;
    const ActLine *acts;
    size_t n_acts;
    /* the next step */
    bool is_lead;
    bool may_advance;
    Text next;       /* 进入第 8 步·… or 结束这一批 */
    Text why_not;    /* what is missing and the earliest date */
    bool is_early;   /* before the planned end */
    SafeUrl dates;   /* where planned dates are changed */
    int no_holidays; /* a year of the plan whose holidays are not known, 0: none */
    const FormState *advance;
    SafeUrl advance_action;
    /* waiving, for district and city officers */
    bool may_waive;
    const FormState *waive;
    SafeUrl waive_action;
} ConsoleView;

#endif
