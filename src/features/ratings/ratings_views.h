/* ratings_views.h: what the templates of this room are given. */
#ifndef FEATURES_RATINGS_RATINGS_VIEWS_H
#define FEATURES_RATINGS_RATINGS_VIEWS_H

#include "features/ratings/ratings.h"
#include "platform/form/form_view.h"
#include "platform/html/frame.h"

/* Stars to draw; halves 0: none yet. */
typedef struct StarsView {
    int halves;
    Text says; /* 3.90 星（满分 5） */
} StarsView;

/* One line of a bar chart in a table. */
typedef struct RatingBar {
    Text label;
    int64_t people;
    Str width; /* of an SVG bar: "34.6%" */
} RatingBar;

typedef struct RatingQuestionView {
    Str words;
    int64_t weight;
    int64_t own;           /* mark of the community, 0: none */
    Str mean;              /* "4.67" */
    const RatingBar *bars; /* RATING_MARK_MAX, the best first */
} RatingQuestionView;

typedef struct RatingLine {
    SafeUrl link;
    Str title;
    StarsView stars;
    Text state; /* 您评过了 / 还没有社区自评 / 不到 10 人评 */
    ChipKind chip;
} RatingLine;

typedef struct RatingRoundView {
    const Frame *frame;
    Str round_title;
    Text state;
    Text explanation;
    const RatingLine *lines;
    size_t n_lines;
    const RatingQuestionView *questions;
    size_t n_questions;
    int64_t self_percent, at_least;
    SafeUrl report;
    SafeUrl console; /* for staff; else empty */
} RatingRoundView;

typedef struct RatingProjectView {
    const Frame *frame;
    Str title;
    Date accepted_on;
    StarsView stars;
    Text state;
    Str self_words; /* empty: nobody has assessed it */
    Instant self_at;
    const RatingQuestionView *questions;
    size_t n_questions;
    bool has_means; /* closed and enough raters */
    bool has_stars;
    Text raters;
    Text paper;                         /* how many of them on paper; empty: not told */
    Str residents, own, stars_reckoned; /* "3.70" */
    int64_t self_percent;
    SafeUrl rate; /* who may rate now; else empty */
    Text rate_text;
    SafeUrl round, delivery;
} RatingProjectView;

/* Both forms with marks: a resident's and the community's own. */
typedef struct RatingFormView {
    const Frame *frame;
    const FormState *form;
    SafeUrl action, back;
    Str title;
    Text until;
    Text why_not; /* it cannot be said now; or empty */
    FieldView marks[RATING_QUESTIONS];
    size_t n_marks;
    int64_t version;
    bool is_of_paper; /* what the person gave came on paper */
} RatingFormView;

/* Somebody on the roll whose sheet it may be. */
typedef struct RatingSheetPerson {
    IdText id;
    Str name, place;
    bool is_chosen;
} RatingSheetPerson;

/* A sheet is entered: who, then the boxes in their order. */
typedef struct RatingPaperView {
    RatingFormView of;
    Str number; /* as on the sheet */
    SafeUrl sheet;
    const RatingSheetPerson *people; /* to choose from; none while it is clear */
    size_t n_people;
} RatingPaperView;

typedef struct RatingConsoleLine {
    Str title;
    SafeUrl link, assess, paper, sheet; /* empty when it cannot be done now */
    bool is_assessed;
    Text raters;
    StarsView stars;
} RatingConsoleLine;

typedef struct RatingConsoleView {
    const Frame *frame;
    Str round_title;
    SafeUrl console, page;
    Text state;
    const RatingConsoleLine *lines;
    size_t n_lines;
    const FormState *open; /* while it may be opened; else NULL */
    SafeUrl open_action;
    bool is_begun;          /* opened before: then it is moved */
    Text open_text;         /* of the button */
    const FormState *close; /* once it may be closed; else NULL */
    SafeUrl close_action;
    const FormState *problem; /* a form that came back; else NULL */
    Text close_waits;         /* what closing waits for; or empty */
    int64_t version;
} RatingConsoleView;

#endif
