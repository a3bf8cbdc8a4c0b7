/* filing_views.h: what the templates and the sheet of this room show. */
#ifndef FEATURES_FILING_FILING_VIEWS_H
#define FEATURES_FILING_FILING_VIEWS_H

#include "features/filing/filing.h"
#include "platform/form/form.h"
#include "platform/html/frame.h"

/* One project of a round. */
typedef struct FilingLine {
    Str title;
    Str place;
    Money cost;
    ChipKind chip;
    Text state;
    bool has_act;
    Instant at; /* of its last act */
    Text why;   /* of a return: the ground; key 0: none */
    Str words;  /* may be empty */
    SafeUrl link;
} FilingLine;

typedef struct FilingRoundView {
    const Frame *frame;
    Str round_title;
    bool has_stage; /* false: the round is not filed */
    bool is_open;
    Instant closes_at;
    const FilingLine *lines;
    size_t n_lines;
    Money total; /* of what is carried out */
    Text summary;
    const FormState *problem;                /* of the form that came back */
    const FormState *file, *receive, *lapse; /* NULL: not now, or not theirs */
    int64_t n_waiting, n_filed;
    FilingLapsed lapsed;
    int64_t n_acts; /* of the round, as shown */
    SafeUrl file_action, receive_action, lapse_action;
    SafeUrl sheet; /* empty: not theirs */
    SafeUrl round;
} FilingRoundView;

/* One act in the history of a project. */
typedef struct FilingActLine {
    Text what;
    Instant at;
    Text why; /* key 0: none */
    Str letter;
    Str words;
    Str actor; /* whole name, for staff only; may be empty */
} FilingActLine;

typedef struct FilingProjectView {
    const Frame *frame;
    Str title;
    Str place;
    Money cost;
    ChipKind chip;
    Text state;
    const FilingActLine *acts;
    size_t n_acts;
    bool is_withdrawn;
    const FormState *problem;
    const FormState *resend, *withdraw; /* NULL: not now, or not theirs */
    SafeUrl resend_action, withdraw_action;
    SafeUrl give_back; /* to the form of a return; empty: not now, or not theirs */
    SafeUrl project;
    SafeUrl all;
} FilingProjectView;

/* The street returns a project. */
typedef struct FilingReturnView {
    const Frame *frame;
    Str title;
    Money cost;
    const FormState *form; /* NULL: nothing to return now */
    SafeUrl action;
    const Str *clauses; /* of the round, in their order */
    size_t n_clauses;
    SafeUrl project;
} FilingReturnView;

#endif
