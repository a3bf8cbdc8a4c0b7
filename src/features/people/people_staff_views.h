/* people_staff_views.h: what the pages about staff show. */
#ifndef FEATURES_PEOPLE_PEOPLE_STAFF_VIEWS_H
#define FEATURES_PEOPLE_PEOPLE_STAFF_VIEWS_H

#include "platform/form/form_view.h"
#include "platform/html/frame.h"
#include "platform/html/out.h"
#include "platform/list/list.h"

typedef struct StaffListView {
    const Frame *frame;
    bool administers;
    SafeUrl appoint;
    SafeUrl here; /* of the search */
    Str words;    /* searched for; empty: everybody */
    const ListView *list;
} StaffListView;

/* One appointment. */
typedef struct StaffView {
    const Frame *frame;
    SafeUrl list;
    Str name;
    Text role;
    Str area;
    Text term;
    ChipKind state;
    Text state_words;
    Str by_name; /* empty: when the installation was made */
    Instant granted_at;
    bool is_over;
    bool is_taken_back;
    Str taken_by;
    Instant taken_at;
    bool administers; /* the rest is only for those */
    Str phone;
    SafeUrl call;
    Text ways; /* how they sign in at this moment */
    bool may_act;
    bool is_self;
    SafeUrl take_back;
    SafeUrl code;
} StaffView;

/* A one-time code on paper, shown once. */
typedef struct StaffSlipView {
    const Frame *frame;
    Str name;
    Text what;
    Str area_name;
    Str area_phone;
    Str address; /* of the page to sign in at */
    const char *code;
    Date until;
    SafeUrl next;
} StaffSlipView;

#endif
