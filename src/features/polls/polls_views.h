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

typedef struct PollPageView {
    const Frame *frame;
    Str title;
    PollState state;
    Instant opens_at;
    Instant closes_at;
    Money budget;
    int64_t max_choices;
    int64_t minimum_age;
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
    Text rule_words;
    bool is_imported;
    SafeUrl ballots_csv;
    SafeUrl pabulib;
    SafeUrl check;
    bool has_publication;
    bool may_object;
    Instant objections_until;
    SafeUrl publication;
} ResultView;

typedef struct CheckView {
    const Frame *frame;
    SafeUrl here;
    Str receipt;   /* as typed; empty when nobody looks one up */
    bool is_found; /* of that receipt */
    const OptionView *chosen;
    size_t n_chosen;
    Str title;
    Str rule, utility, tie, zero_support;
    int64_t voters;
    Money budget;
    Str sha256; /* hexadecimal */
    SafeUrl ballots_csv;
    SafeUrl pabulib;
    SafeUrl bundle;
    SafeUrl result;
} CheckView;

typedef struct PrepareView {
    const Frame *frame;
    const FormState *form;
    SafeUrl action;
    Str round_title;
    Money budget;
    int64_t max_choices;
    int64_t minimum_age;
    Text rule_words;
    const OptionView *options;
    size_t n_options;
    const OptionView *unpriced; /* accepted, but without a price: not on the ballot */
    size_t n_unpriced;
    Money total;
    bool may_open;
    Text why_not;
} PrepareView;

#endif
