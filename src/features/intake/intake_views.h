/* intake_views.h: what the templates of this room show. */
#ifndef FEATURES_INTAKE_INTAKE_VIEWS_H
#define FEATURES_INTAKE_INTAKE_VIEWS_H

#include "features/intake/intake_chain_rules.h"
#include "features/proposals/proposals.h"
#include "platform/form/form.h"
#include "platform/html/frame.h"

/* --- the quick entry ------------------------------------------------------------------------- */

/* Somebody on the roll whom the words could mean. */
typedef struct WhoLine {
    IdText person;
    Str name;
    Str place;
    Str phone; /* masked; empty: none known */
} WhoLine;

typedef struct IntakeView {
    const Frame *frame;
    const FormState *form;
    SafeUrl action;
    bool is_open; /* the round collects */
    const WhoLine *people;
    size_t n_people;
    Str person; /* chosen before, or empty */
    Str look_people;
    SimilarView similar;
    /* what was entered last, and how many today */
    int64_t n_today;
    bool has_last;
    Str last_title;
    Str last_receipt;
    SafeUrl last_link;
    SafeUrl last_slip;
    const FormState *undo; /* NULL: it cannot be taken back any more */
    SafeUrl undo_action;
    SafeUrl blank_form;
    SafeUrl chain;
    SafeUrl list;
} IntakeView;

typedef struct IntakePeopleView {
    const Frame *frame;
    const WhoLine *people;
    size_t n_people;
} IntakePeopleView;

/* --- paper -------------------------------------------------------------------------------------
 */

typedef struct IntakeSlipView {
    const Frame *frame;
    Str title;
    Str receipt;
    Instant at;
    SafeHtml qr;
    Str site; /* where to type the receipt; empty: not known */
} IntakeSlipView;

typedef struct IntakeFormView {
    const Frame *frame;
    Str round; /* title; empty: none collects */
    const Choice *channels;
    size_t n_channels;
    const Choice *kinds;
    size_t n_kinds;
} IntakeFormView;

/* --- a pasted chain ------------------------------------------------------------------------------
 */

typedef struct ChainPasteView {
    const Frame *frame;
    const FormState *form;
    SafeUrl action;
    SafeUrl quick;
    const struct ChainSummary *chains;
    size_t n_chains;
} ChainPasteView;

typedef struct ChainSummary {
    SafeUrl link;
    Text state;
    Str by_name;
    Instant at;
    int64_t n_taken;
} ChainSummary;

typedef struct ChainLineView {
    IdText id;
    int64_t line;
    Text kind;
    Str raw;
    Str name;
    Str place;
    Str words;
    Str phone;         /* taken out of the words; may be empty */
    bool holds_number; /* the words still do: not ticked unless somebody ticks it */
    Text who;          /* whom the roll gives */
    Str who_name;
    bool is_unsure; /* several people of the name */
    bool may_take;
    bool is_ticked;
    SafeUrl edit;
    bool is_taken;
    SafeUrl proposal;
} ChainLineView;

typedef struct ChainView {
    const Frame *frame;
    Text state;
    int state_no; /* ChainState */
    Text channel;
    Str by_name;
    Instant at;
    bool is_whole;
    int64_t version;
    const ChainLineView *wishes; /* may be taken in */
    size_t n_wishes;
    const ChainLineView *others; /* what is no wish; nothing is lost */
    size_t n_others;
    int64_t n_taken;
    const FormState *take; /* preview */
    const FormState *drop;
    const FormState *undo; /* taken in */
    SafeUrl take_action;
    SafeUrl drop_action;
    SafeUrl undo_action;
    Text problem; /* of an act that was refused; the empty sentence */
    SafeUrl paste;
} ChainView;

typedef struct ChainEditView {
    const Frame *frame;
    const FormState *form;
    SafeUrl action;
    SafeUrl chain;
    int64_t version; /* of the chain */
    Str raw;
    const WhoLine *people;
    size_t n_people;
    Str person; /* 13 characters, "none", or empty for the roll's own */
} ChainEditView;

#endif
