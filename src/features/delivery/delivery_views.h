/* delivery_views.h: what the templates of this room see. */
#ifndef FEATURES_DELIVERY_DELIVERY_VIEWS_H
#define FEATURES_DELIVERY_DELIVERY_VIEWS_H

#include "features/delivery/delivery.h"
#include "platform/form/form_view.h"
#include "platform/html/frame.h"
#include "platform/list/list.h"

/* A source that granted something. */
typedef struct SourceLine {
    Text name;
    Money granted, free, contracted, requested, paid, retained;
} SourceLine;

/* Where the money of a project or of a round is. */
typedef struct MoneyView {
    bool has_money;
    Money granted;
    Money cost; /* under contract: paid, to be paid, retained */
    Money paid;
    Money unpaid;
    Money retained; /* of what is unpaid */
    Money left;     /* free and returned */
    Money returned;
    Bar bar;
    const SourceLine *sources;
    size_t n_sources;
} MoneyView;

typedef struct EntryLine {
    int64_t no;
    Date on;
    Text what;
    Money moved;
    Str voucher;
    Str words;
    int64_t reverses;    /* 0: none */
    int64_t reversed_by; /* 0: not */
    SafeUrl reverse;     /* staff, of entries that may be taken back */
} EntryLine;

typedef struct StepLine {
    Str title;
    Date due, first_due;
    Date done; /* DATE_NONE: not yet */
    Str words;
    ChipKind chip;
    Text state;
    SafeUrl act, delay; /* staff, when it is not done */
} StepLine;

typedef struct BidderLine {
    int64_t no;
    Str name;
    Money quote;
    Str words;
    bool is_chosen;
} BidderLine;

typedef struct PurchaseView {
    int64_t no;
    Str title;
    Text method;
    Date called_on;
    Str call_words;
    const BidderLine *bidders;
    size_t n_bidders;
    PurchaseState state;
    Str reason;
    Str contract_number;
    Money contract;
    Date signed_on, due_on;
    SafeUrl bid, choose, sign; /* staff, where it is the turn of that */
} PurchaseView;

typedef struct AcceptanceView {
    Date on;
    bool is_passed;
    Str words;
    const Text *people;
    size_t n_people;
} AcceptanceView;

typedef struct ChangeLine {
    Date on;
    Text kind;
    Str words;
    Str step; /* of a delay; else empty */
    Date old_due, new_due;
} ChangeLine;

typedef struct VisitLine {
    Date on;
    Text who;
    Str words;
} VisitLine;

/* What the public page and the console both show. */
typedef struct ProjectView {
    Str title;
    ChipKind chip;
    Text state;
    Text next; /* for everybody */
    Money estimate;
    bool is_over; /* accepted: the final cost is known */
    Money less;   /* than the estimate, or zero */
    Money more;
    MoneyView money;
    const EntryLine *entries;
    size_t n_entries;
    const StepLine *steps;
    size_t n_steps;
    const PurchaseView *purchases;
    size_t n_purchases;
    const AcceptanceView *acceptances;
    size_t n_acceptances;
    const ChangeLine *changes;
    size_t n_changes;
    const VisitLine *visits;
    size_t n_visits;
    bool is_stopped;
    Date stopped_on;
    Str reason;
} ProjectView;

typedef struct DeliveryPageView {
    const Frame *frame;
    ProjectView project;
    SafeUrl ledger, proposal, list;
    SafeUrl console; /* staff */
} DeliveryPageView;

/* Something staff may do. */
typedef struct DeliveryDo {
    Text label;
    SafeUrl link;
} DeliveryDo;

#define DELIVERY_ACTS 7

typedef struct DeliveryConsoleView {
    const Frame *frame;
    ProjectView project;
    DeliveryDo next; /* the solid button; without a link: nothing to do now */
    DeliveryDo acts[DELIVERY_ACTS];
    size_t n_acts;
    bool is_over_threshold;
    Money spent, limit;
    SafeUrl ledger, page, list;
} DeliveryConsoleView;

typedef struct DeliveryLine {
    SafeUrl link;
    Str title;
    ChipKind chip;
    Text state;
    Text next;
    Money estimate, granted, cost, paid;
} DeliveryLine;

typedef struct DeliveryListView {
    const Frame *frame;
    bool has_round;
    Str round_title;
    int64_t projects, over;
    MoneyView money;
    const DeliveryLine *lines;
    size_t n_lines;
    ListPages pages;
    const DataChoice *rounds; /* others: the word is the id */
    const SafeUrl *round_links;
    size_t n_rounds;
    SafeUrl all_rounds;
} DeliveryListView;

typedef struct DeliveryLedgerView {
    const Frame *frame;
    Str title;
    ListView list;
    SafeUrl page;
} DeliveryLedgerView;

/* A form about a project. */
typedef struct DeliveryActView {
    const Frame *frame;
    const FormState *form;
    SafeUrl action;
    IdText version;
    Text title;
    Text about;
    Text submit;
    Str project;
    MoneyView money;
    bool shows_money;
    const DataChoice *choices;
    size_t n_choices;
    const char *choice_field; /* NULL: none */
    SafeUrl console;
} DeliveryActView;

/* Every field of the form but the hidden version; in delivery_act_pages.c. */
void delivery_fields(Out *out, const DeliveryActView *view);

#endif
