/* shortlist_views.h: what the templates of this room see. */
#ifndef FEATURES_SHORTLIST_SHORTLIST_VIEWS_H
#define FEATURES_SHORTLIST_SHORTLIST_VIEWS_H

#include "features/shortlist/shortlist.h"
#include "platform/form/form_view.h"
#include "platform/html/frame.h"

/* A project on a table, or on the list. */
typedef struct ShortLine {
    SafeUrl link;
    Str title;
    Str location;
    Money cost;
    Text place; /* 第 2 名; from which table on the list */
    Text votes; /* or empty, as the next */
    Text why;   /* it is not on the list */
    bool is_presented;
    bool is_tied;
} ShortLine;

typedef struct TableView {
    Text title;
    ChipKind chip;
    Text state;
    Text head, recorder, speaker; /* empty: nobody, or the name was erased */
    const ShortLine *lines;
    size_t n_lines;
    Str note;
    Instant corrected_at;
    /* for whoever may follow them; else empty: */
    SafeUrl edit, package, rank, sheet;
    bool is_again; /* the ranking would be corrected */
} TableView;

typedef struct ShortlistView {
    const Frame *frame;
    Str round_title;
    bool has_stage;
    int64_t top, most;
    bool has_vote; /* the rules want one */
    const TableView *tables;
    size_t n_tables;
    size_t n_reported;
    int64_t n_free, n_accepted;
    bool is_fixed, by_vote;
    int64_t voters;
    Str words;
    Instant fixed_at;
    const ShortLine *in, *out;
    size_t n_in, n_out;
    /* staff: */
    bool is_staff;
    const FormState *problem; /* a form of this page that was refused, or NULL */
    const FormState *deal;    /* NULL: cannot be dealt now */
    SafeUrl deal_action;
    SafeUrl add, hall, fix, result; /* or empty */
} ShortlistView;

typedef struct TableFormView {
    const Frame *frame;
    Text title;
    const FormState *form;
    SafeUrl action, list;
    Str round_title;
    const FormState *remove; /* NULL: a new one, or it has reported */
    SafeUrl remove_action;
    int64_t version;
} TableFormView;

typedef struct PackageLine {
    IdText id;
    Str title;
    Money cost;
    bool is_ticked;
    Text elsewhere; /* on which other table; or empty */
} PackageLine;

typedef struct PackageView {
    const Frame *frame;
    Text title;
    const FormState *form;
    SafeUrl action, list;
    Str round_title;
    const PackageLine *lines;
    size_t n_lines;
    Text problem;
    bool is_reported;
    int64_t version;
} PackageView;

typedef struct RankView {
    const Frame *frame;
    Text title;
    const FormState *form; /* NULL: not now */
    Text why_not;
    SafeUrl action, list;
    Str round_title;
    int64_t least;
    const FieldView *slots; /* the places, the first first */
    size_t n_slots;
    bool is_correction;
    int64_t version;
} RankView;

typedef struct HallSlot {
    FieldView field; /* its label names the project */
    IdText proposal;
} HallSlot;

typedef struct HallView {
    const Frame *frame;
    const FormState *form; /* NULL: not now */
    Text why_not;
    SafeUrl action, list;
    Str round_title;
    Text state;
    NoteKind state_kind;
    const Text *differs;
    size_t n_differs;
    const HallSlot *slots;
    size_t n_slots;
} HallView;

typedef struct FixView {
    const Frame *frame;
    const FormState *form; /* NULL: not now */
    SafeUrl action, list;
    Str round_title;
    bool by_vote;
    int64_t voters;
    const ShortLine *in, *out;
    const IdText *ids; /* of those in */
    size_t n_in, n_out;
} FixView;

#endif
