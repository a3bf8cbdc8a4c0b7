/* account_views.h: what the templates of this room show. */
#ifndef FEATURES_ACCOUNT_ACCOUNT_VIEWS_H
#define FEATURES_ACCOUNT_ACCOUNT_VIEWS_H

#include "platform/feature.h"
#include "platform/form/form_view.h"
#include "platform/html/frame.h"
#include "platform/html/out.h"

typedef struct SignInView {
    const Frame *frame;
    bool is_staff_way;
    const FormState *form;
    Str next; /* where to go afterwards, or empty */
} SignInView;

typedef struct AccountPlace {
    Str area;
    Text as_what; /* a role or a residency */
    bool is_staff;
    SafeUrl link;
} AccountPlace;

typedef struct AccountSession {
    Text way;
    Text machine, browser;
    Instant since;
    Instant seen_at; /* coarse */
    bool is_this;
} AccountSession;

typedef struct AccountView {
    const Frame *frame;
    Str name;
    const AccountPlace *places;
    size_t n_places;
    MineItems own;
    bool is_staff;
    bool has_home;
    IdText home;
    int64_t home_area;
    const AccountSession *sessions;
    size_t n_sessions;
    bool has_others;
    const FormState *end_others;
    const FormState *sign_out;
} AccountView;

typedef struct PasswordView {
    const Frame *frame;
    const FormState *form;
    bool is_forced; /* signed in by a one-time code */
} PasswordView;

#endif
