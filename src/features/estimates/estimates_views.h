/* estimates_views.h: what the templates of this room show. */
#ifndef FEATURES_ESTIMATES_ESTIMATES_VIEWS_H
#define FEATURES_ESTIMATES_ESTIMATES_VIEWS_H

#include "features/estimates/estimates_rules.h"
#include "features/programmes/programmes.h"
#include "platform/form/form.h"
#include "platform/html/frame.h"
#include "platform/list/list.h"

typedef struct EstimateListView {
    const Frame *frame;
    bool has_round;
    Str round_title;
    Text summary;
    const ListView *list;
    SafeUrl quota;
    SafeUrl round;
} EstimateListView;

/* The names of a quote's four fields: supplier_1 … */
typedef struct QuoteSlot {
    const char *supplier, *cost, *on, *file;
    Text title;
} QuoteSlot;

typedef struct EstimateFormView {
    const Frame *frame;
    const FormState *form; /* NULL: it cannot be priced (any more) */
    SafeUrl action;
    Str title;
    Str need;
    Str place;
    Text kind;
    Money cost; /* 0: none yet */
    Text usual; /* what similar ones cost */
    bool has_second_signature;
    Money second_signature_from;
    int64_t quotes;
    const QuoteSlot *slots;
    size_t n_slots;
    SafeUrl back;
} EstimateFormView;

typedef struct QuoteLine {
    Str supplier;
    Money cost;
    Date on;
    Str file_name;
    SafeUrl file; /* empty: none */
} QuoteLine;

/* A price, with what only staff are shown. */
typedef struct EstimateLine {
    EstimateState state;
    ChipKind chip;
    Text state_text;
    Money cost;
    Text basis; /* one sentence with its source */
    Str words;
    bool is_unusual;
    bool is_large;
    Text usual;
    Instant entered_at;
    Str entered_name;
    Instant decided_at; /* 0: nobody has signed or sent it back */
    Str decided_name;
    Str note;
    const QuoteLine *quotes;
    size_t n_quotes;
    Str file_name;
    SafeUrl file;
} EstimateLine;

typedef struct EstimatePageView {
    const Frame *frame;
    Str title;
    Money cost;               /* of the proposal; 0: none */
    const EstimateLine *held; /* in force; NULL: none */
    bool is_stale;            /* the proposal was given another price since */
    const EstimateLine *waiting;
    bool is_staff;
    bool may_price;
    bool is_own;              /* the one that waits is this person's own */
    const FormState *problem; /* a form of this page that was refused, or NULL */
    const FormState *sign;    /* NULL: this person cannot */
    SafeUrl sign_action;
    const FormState *back_form;
    SafeUrl back_action;
    const EstimateLine *old; /* staff: all but those above, the newest first */
    size_t n_old;
    SafeUrl price;
    SafeUrl proposal;
    SafeUrl list;
} EstimatePageView;

typedef struct QuotaRow {
    Str name;
    Text kind; /* where the rules have no name */
    int64_t projects;
    int64_t places;
    Money cap;
    Money used;
    Money left; /* of the cap; never below 0 */
    Money excess;
    Money maximum;
    bool is_over;
} QuotaRow;

typedef struct BreachLine {
    Str title;
    Money cost;
    Money limit;
    bool is_above;
    SafeUrl link;
} BreachLine;

#define QUOTA_BREACHES 20

typedef struct QuotaGroup {
    Str name;
    int64_t percent;
    Money money;
} QuotaGroup;

typedef struct QuotaView {
    const Frame *frame;
    Str round_title;
    Money budget;
    const QuotaSum *sum;
    Money minimum; /* of one project; 0: none, as the next */
    Money maximum;
    bool is_chosen;
    QuotaRow rows[RULES_MAX_KINDS + 1];
    size_t n_rows;
    QuotaGroup groups[RULES_MAX_GROUPS];
    size_t n_groups;
    const BreachLine *breaches;
    size_t n_breaches;
    int64_t n_priced;
    int64_t n_open;
    bool is_staff;
    SafeUrl list;
    SafeUrl round;
} QuotaView;

#endif
