/* areas_views.h: what the templates of this room show. */
#ifndef FEATURES_AREAS_AREAS_VIEWS_H
#define FEATURES_AREAS_AREAS_VIEWS_H

#include "platform/form/form_view.h"
#include "platform/html/frame.h"
#include "platform/html/out.h"
#include "platform/list/list.h"

typedef struct AreaDoor {
    Str name;
    Str stage; /* at which its round stands; empty: none runs */
    SafeUrl link;
} AreaDoor;

typedef struct AreaStreet {
    Str name; /* empty: communities without a street */
    AreaDoor *doors;
    size_t n_doors;
} AreaStreet;

typedef struct AreaChooseView {
    const Frame *frame;
    Str words; /* searched for; empty: all */
    AreaStreet *streets;
    size_t n_streets;
    ListPages pages;
} AreaChooseView;

/* --- keeping the tree ------------------------------------------------------------------------ */

/* A line of the tree below an area. */
typedef struct AreaLine {
    Str name;
    SafeUrl link;
    Text kind;
    int64_t depth; /* 1: right below */
    int64_t n_staff;
    bool needs_secretary; /* a community that nobody leads */
    SafeUrl staff;
    SafeUrl appoint;
} AreaLine;

/* What to do first, while it is not done. */
typedef struct AreaStepsView {
    Way way;
    Text act;
    SafeUrl link;
} AreaStepsView;

/* The telephone, address and hours, as residents read them at the foot of each page. */
typedef struct AreaFacts {
    Str name;
    Str name_en;
    Str code;
    Str phone;
    SafeUrl call;
    Str address;
    Str hours;
} AreaFacts;

typedef struct AreaTreeView {
    const Frame *frame;
    Text kind;
    AreaFacts facts;
    bool has_parent; /* and the reader keeps it too */
    Str parent_name;
    SafeUrl parent;
    bool has_steps;
    AreaStepsView steps;
    bool may_add;
    Text add_label;
    SafeUrl add;
    SafeUrl edit;
    SafeUrl staff;
    const AreaLine *lines;
    size_t n_lines;
    ListPages pages;
} AreaTreeView;

/* Making an area, changing one, and changing only its contact data. */
typedef struct AreaFormView {
    const Frame *frame;
    const FormState *form;
    SafeUrl action;
    SafeUrl back;
    Str area_name;
    Text title;
    Text hint;
    Text submit;
    bool is_new;
    bool is_contact_only;
    FieldView kind; /* is_new: only the kinds that may stand here */
    bool has_conflict;
    AreaFacts now; /* has_conflict: what somebody else has made of it */
} AreaFormView;

#endif
