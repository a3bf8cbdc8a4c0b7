/* decisions_views.h: what the templates of this room see. */
#ifndef FEATURES_DECISIONS_DECISIONS_VIEWS_H
#define FEATURES_DECISIONS_DECISIONS_VIEWS_H

#include "features/decisions/decisions.h"
#include "platform/form/form.h"
#include "platform/html/frame.h"

typedef struct DecisionLine {
    SafeUrl link;
    Str body;
    Date held_on;
    ChipKind chip;
    Text outcome;
    int64_t n_items;
    bool is_void;
} DecisionLine;

/* One of 三议 with what was recorded of it. */
typedef struct DecisionStepView {
    Str name;
    Text rule; /* who, how many */
    Text from; /* since when, by which law; or empty */
    Text kind; /* what kind of decision it is */
    const DecisionLine *lines;
    size_t n_lines;
    SafeUrl record; /* for staff, while it may be recorded; else empty */
} DecisionStepView;

/* A project that is to be carried out and whether its owners must decide. */
typedef struct DecisionChosenView {
    IdText id;
    SafeUrl link;
    Str title;
    Str place;
    Money cost;
    bool is_ticked; /* needs its owners */
    ChipKind chip;
    Text state;
    SafeUrl decision; /* of the owners; or empty */
} DecisionChosenView;

typedef struct DecisionListView {
    const Frame *frame;
    Str round_title;
    const DecisionStepView *steps;
    size_t n_steps;
    const DecisionStepView *owners; /* the rules of owners, all with the lines of their own */
    size_t n_owners;
    const DecisionChosenView *chosen;
    size_t n_chosen;
    SafeUrl say_owners; /* staff, while it may be said; else empty */
} DecisionListView;

typedef struct DecisionProjectView {
    IdText id;
    SafeUrl link;
    Str title;
    Money cost;
    bool is_ticked;
} DecisionProjectView;

typedef struct DecisionPersonView {
    Text name; /* an officer's, or 林邻居 */
    Str office;
} DecisionPersonView;

typedef struct DecisionView {
    const Frame *frame;
    Str title; /* 居民议事会 */
    Text kind; /* of owners empty: the step says it */
    Str step;
    ChipKind chip;
    Text outcome;
    Text why; /* the outcome in figures */
    Date held_on;
    Str place;
    Str mandate;
    DecisionFigures figures;
    Text members_label, present_label; /* 应到, or 业主总数 */
    bool has_quorum, has_votes, has_areas;
    Text rule;
    Text from;
    Str words;
    Str kept;
    const DecisionProjectView *projects;
    size_t n_projects;
    const DecisionPersonView *people;
    size_t n_people;
    int64_t n_residents;
    Str recorder; /* staff */
    Instant recorded_at;
    bool is_void;
    Instant voided_at;
    Str void_reason;
    SafeUrl round, sheet, void_link; /* the last two for staff; or empty */
} DecisionView;

typedef struct DecisionFormView {
    const Frame *frame;
    const FormState *form;
    SafeUrl action, list;
    Str round_title;
    Str step;
    Text kind;
    Text rule;
    Text from;
    bool asks_mandate, asks_quorum, asks_votes, asks_areas;
    Text mandate_hint;
    const DecisionProjectView *projects;
    size_t n_projects;
    Text projects_problem; /* what is wrong with the chosen ones; or empty */
    Text why_not;          /* it cannot be recorded now; or empty */
} DecisionFormView;

typedef struct DecisionOwnersView {
    const Frame *frame;
    const FormState *form;
    SafeUrl action, list;
    Str round_title;
    const DecisionChosenView *chosen;
    size_t n_chosen;
    DecisionOwnerCounts counts;
} DecisionOwnersView;

typedef struct DecisionVoidView {
    const Frame *frame;
    const FormState *form;
    SafeUrl action, decision;
    Str title;
    Date held_on;
    int64_t version;
} DecisionVoidView;

#endif
