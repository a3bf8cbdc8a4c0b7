/* pledges_views.h: what the templates of this room show. */
#ifndef FEATURES_PLEDGES_PLEDGES_VIEWS_H
#define FEATURES_PLEDGES_PLEDGES_VIEWS_H

#include "features/pledges/pledges_rules.h"
#include "platform/form/form.h"
#include "platform/html/frame.h"
#include "platform/list/list.h"

/* The projects of a round and what is pledged for each. */
typedef struct PledgeRoundView {
    const Frame *frame;
    Str round_title;
    bool is_open;
    Instant closes_at;
    bool is_staff;
    const ListView *list;
    SafeUrl desk;
    SafeUrl round;
} PledgeRoundView;

typedef struct PledgeProjectView {
    const Frame *frame;
    Str title;
    Money price;
    Money firm;
    Money public_cost;
    int64_t hours;
    int64_t promised; /* not confirmed yet */
    bool is_open;
    Instant closes_at;
    bool may_give;
    bool may_write_down;
    const ListView *list;
    SafeUrl give;
    SafeUrl write_down;
    SafeUrl project;
    SafeUrl all;
} PledgeProjectView;

typedef struct PledgeFormView {
    const Frame *frame;
    const FormState *form; /* NULL: nothing is taken now */
    SafeUrl action;
    Str title;
    Money price;
    Money left; /* of the price, not pledged yet */
    bool takes_money, takes_goods, takes_hours;
    bool is_staff;
    SafeUrl back;
} PledgeFormView;

typedef struct PledgeDeskView {
    const Frame *frame;
    bool has_round;
    Str round_title;
    Text summary;
    const ListView *list;
    SafeUrl all;
} PledgeDeskView;

typedef struct PledgeStepLine {
    Text what;
    Instant at;
} PledgeStepLine;

/* One pledge, for its giver and for staff. */
typedef struct PledgeView {
    const Frame *frame;
    Str number;
    Str title; /* of the project */
    Text what;
    ChipKind chip;
    Text state;
    PledgeState at;
    Text shown_as; /* in the public list */
    bool is_staff;
    Str giver; /* whole name; empty: gone */
    Str contact;
    Str phone;
    SafeUrl call;
    Str enterer; /* empty: the giver wrote it */
    Str reason;
    PledgeStepLine steps[4];
    size_t n_steps;
    bool is_goods;
    bool is_counted_on;       /* the ballot or the council had its price without this */
    const FormState *problem; /* of the form that came back */
    const FormState *confirm, *receive, *release; /* NULL: not now, or not theirs */
    SafeUrl confirm_action, receive_action, release_action;
    bool is_giver;
    SafeUrl slip;
    SafeUrl project;
    SafeUrl back;
} PledgeView;

/* What the slip says. */
typedef struct PledgeSlip {
    Str number;
    Str area;
    Str phone;
    Str title;
    Str giver;
    Str contact;
    Text what;
    Text state;
    Instant promised_at;
} PledgeSlip;

#endif
