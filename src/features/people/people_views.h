/* people_views.h: what the templates of this room show. */
#ifndef FEATURES_PEOPLE_PEOPLE_VIEWS_H
#define FEATURES_PEOPLE_PEOPLE_VIEWS_H

#include "platform/form/form_view.h"
#include "platform/html/frame.h"
#include "platform/html/out.h"
#include "platform/list/list.h"

/* --- the roll --------------------------------------------------------------------------------- */

typedef struct PeopleListView {
    const Frame *frame;
    SafeUrl here;
    IdText area;
    int64_t n_people;
    int64_t n_phones;
    Str words; /* searched for; empty: all */
    bool may_manage;
    const ListView *list;
} PeopleListView;

/* --- one person ------------------------------------------------------------------------------- */

typedef struct PersonRole {
    Text role;
    Str area;
    bool has_end;
    Date ends;
} PersonRole;

typedef struct PersonView {
    const Frame *frame;
    IdText area;
    IdText person;
    Str name;
    Str place;
    Text residency;
    int age;
    Text birth; /* 1961 年 4 月 */
    Str phone;
    bool shows_phone; /* whole, with a link to call */
    SafeUrl call;
    Date since;
    bool has_left;
    Date left;
    const PersonRole *roles;
    size_t n_roles;
    bool may_give_code;
    bool has_staff_role;
    SafeUrl erase; /* empty: this visitor cannot, or there is nothing left */
    const FormState *code_form;
} PersonView;

/* The slip with a code, shown once. */
typedef struct PersonSlipView {
    const Frame *frame;
    Str area_name;
    Str area_phone;
    Str name_hint; /* 林邻居: to hand it to the right one; not the full name beside a code */
    const char *code;
    SafeHtml qr;
    Str address; /* what the QR code holds */
} PersonSlipView;

/* --- a file ----------------------------------------------------------------------------------- */

typedef struct ImportFormView {
    const Frame *frame;
    bool has_names; /* the area calls some column otherwise, or one was not found */
    IdText area;
    const FormState *form;
    SafeUrl action;
} ImportFormView;

typedef struct ImportBadRow {
    int64_t line;
    Str name;
    Text column;
    int64_t column_no;
    Str cell;
    Text problem;
} ImportBadRow;

typedef struct ImportDifference {
    Text what;
    Str before; /* empty: nothing was known */
    Str after;
} ImportDifference;

typedef struct ImportChangedRow {
    int64_t line;
    Str name;
    SafeUrl link;
    ImportDifference differences[5];
    size_t n_differences;
} ImportChangedRow;

typedef struct ImportNewRow {
    int64_t line;
    Str name;
    Str place;
    Str phone;
    Text birth;
    Text residency;
} ImportNewRow;

typedef struct ImportSummary {
    IdText id;
    Str file_name;
    Str by_name;
    Instant at;
    Instant decided_at;
    Text state;
    int state_no; /* ImportState */
    int64_t added;
    int64_t changed;
    int64_t same;
    int64_t bad;
} ImportSummary;

typedef struct ImportView {
    const Frame *frame;
    IdText area;
    ImportSummary summary;
    int64_t total;
    int64_t version;
    const Error *error; /* why an act was refused, or NULL */
    Text problem;
    const ImportBadRow *bad;
    size_t n_bad;
    const ImportChangedRow *changed;
    size_t n_changed;
    const ImportNewRow *added;
    size_t n_added;
    /* more rows of a kind: the line after which they begin, or 0 */
    int64_t more_bad;
    int64_t more_changed;
    int64_t more_added;
    bool is_part; /* rows further down: a way back to the first */
    bool is_preview;
    bool may_accept;
    bool may_undo;
    const FormState *accept;
    const FormState *drop;
    const FormState *undo;
} ImportView;

typedef struct ImportListView {
    const Frame *frame;
    IdText area;
    const ImportSummary *imports;
    size_t n_imports;
    ListPages pages;
} ImportListView;

#endif
