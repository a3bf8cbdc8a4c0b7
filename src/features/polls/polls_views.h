/* polls_views.h: what the templates of this room see. */
#ifndef FEATURES_POLLS_VIEWS_H
#define FEATURES_POLLS_VIEWS_H

#include "features/polls/polls.h"
#include "platform/form/form.h"
#include "platform/html/frame.h"
#include "platform/html/out.h"

typedef struct OptionView {
    int64_t no;
    IdText value; /* the number as the form sends it */
    Str title;
    Str summary;
    Str place;
    Text kind;
    Money cost;
    bool is_chosen;
    SafeUrl proposal; /* empty when there is none */
} OptionView;

typedef struct BallotView {
    const Frame *frame;
    const FormState *form;
    SafeUrl action;
    SafeUrl leave;
    SafeUrl rules;
    Str round_title;
    const OptionView *options;
    size_t n_options;
    int64_t max_choices;
    size_t n_seats; /* drawn on top: max_choices, or 0 when there are too many to draw */
    size_t n_chosen;
    Instant closes_at;
    bool is_change; /* a ballot is already there */
} BallotView;

typedef struct ReceiptView {
    const Frame *frame;
    Str receipt;
    SafeHtml qr;
    SafeUrl home;
    SafeUrl change;
    Instant closes_at;
    bool may_change;
} ReceiptView;

/* A rule in sentences; `rest` and `unchosen` may be empty. */
typedef struct RuleWords {
    Text name;
    Text how;
    Text rest; /* what becomes of money the voters could not spend together */
    Text ties;
    Text unchosen;
    SafeUrl page;
} RuleWords;

typedef struct PollPageView {
    const Frame *frame;
    Str title;
    PollState state;
    Instant opens_at;
    Instant closes_at;
    Money budget;
    int64_t max_choices;
    Text who_may;
    RuleWords rule;
    int64_t ballots;
    int64_t eligible;
    const OptionView *options;
    size_t n_options;
    SafeUrl vote;
    Text why_not; /* why the one who reads cannot vote; empty: they can, or are not signed in */
    SafeUrl result;
    bool is_staff;
    bool may_close; /* leads here and the time is over */
    const FormState *act_form;
    SafeUrl close_action;
    SafeUrl count_action;
} PollPageView;

typedef struct ResultRow {
    int64_t no;
    int64_t place;
    bool is_selected;
    Str title;
    Money cost;
    int64_t votes;
    Money left_before;
    Text why;     /* the sentence in bold */
    Text lacking; /* losers: what it lacked; empty for winners */
    SafeUrl proposal;
} ResultRow;

/* A line of the chart of how many of their choices voters got. */
typedef struct WinsRow {
    Text label;
    Text people;
    Str width; /* "34.5%" of the chart */
} WinsRow;

typedef struct ResultView {
    const Frame *frame;
    Str title;
    const ResultRow *winners;
    size_t n_winners;
    const ResultRow *losers;
    size_t n_losers;
    int64_t voters;
    int64_t eligible;
    int64_t turnout_tenths; /* of a percent; -1 unknown */
    Money budget;
    Money spent;
    Money left;
    IdText spent_percent; /* "89.6%" for the bar */
    RuleWords rule;
    bool has_kinds; /* more than one kind was selected */
    Bar kinds;
    const WinsRow *wins;
    size_t n_wins; /* 0: too few voters to be told apart */
    Text wins_words;
    bool is_imported;
    SafeUrl ballots_csv;
    SafeUrl pabulib;
    SafeUrl check;
    bool has_publication;
    bool may_object;
    Instant objections_until;
    SafeUrl publication;
} ResultView;

/* One round of the count. */
typedef struct RoundRow {
    int64_t no;
    Str title;
    int64_t votes;
    Money cost;
    Str price; /* what each supporter paid, in words; empty when nobody's own money paid */
    int64_t payers;
    Money left; /* afterwards */
} RoundRow;

typedef struct RoundRows {
    const RoundRow *rows;
    size_t count;
    bool has_shares; /* a column for what each supporter paid */
} RoundRows;

typedef struct CheckRow {
    bool holds;
    Text name;
    Text words;
    Text people; /* a part of the words */
} CheckRow;

/* What another rule would have made of the ballots. */
typedef struct OtherRow {
    Text name;
    Text outcome;
    bool is_same;
    Str added; /* titles */
    Str removed;
    Text gain;
    Text more, fewer; /* parts of it */
    SafeUrl page;
} OtherRow;

typedef struct CheckView {
    const Frame *frame;
    RuleWords rule;
    RoundRows rounds;      /* the first of them */
    RoundRows more_rounds; /* the others, folded */
    const CheckRow *checks;
    size_t n_checks;
    bool may_be_unfair; /* a check of fairness fails: it is the rule, not a mistake */
    const OtherRow *others;
    size_t n_others;
    Str command;
    SafeUrl here;
    Str receipt;   /* as typed; empty when nobody looks one up */
    bool is_found; /* of that receipt */
    const OptionView *chosen;
    size_t n_chosen;
    Str title;
    int64_t voters;
    Money budget;
    Str sha256; /* hexadecimal */
    SafeUrl ballots_csv;
    SafeUrl pabulib;
    SafeUrl bundle;
    SafeUrl result;
} CheckView;

typedef struct RuleLink {
    Text name;
    SafeUrl page;
} RuleLink;

typedef struct RulePageView {
    const Frame *frame;
    RuleWords rule;
    Text steps[3];
    size_t n_steps;
    SafeHtml picture;
    Text example;
    Text good, bad; /* what it is good at, and what not */
    Text source;    /* the paper */
    RuleLink others[3];
    size_t n_others;
} RulePageView;

typedef struct PrepareView {
    const Frame *frame;
    const FormState *form;
    SafeUrl action;
    Str round_title;
    Money budget;
    int64_t max_choices;
    Text who_may;
    RuleWords rule;
    const OptionView *options;
    size_t n_options;
    const OptionView *unpriced; /* accepted, but without a price: not on the ballot */
    size_t n_unpriced;
    const OptionView *covered; /* pledged whole: nothing is left for the public to pay */
    size_t n_covered;
    Money total;
    bool may_open;
    Text why_not;
} PrepareView;

#endif
