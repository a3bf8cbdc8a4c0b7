/* who.h: who is asking, and what they may do. Policies are rows of one table; the default is no. */
#ifndef PLATFORM_AUTH_WHO_H
#define PLATFORM_AUTH_WHO_H

#include "base/clock.h"
#include "base/error.h"
#include "base/str.h"
#include "platform/db/db.h"

/* Roles a person may hold in an area (domain.md 1); stored by number: never renumber. */
typedef enum Role {
    ROLE_NONE = 0,
    ROLE_RESIDENT = 1,
    ROLE_GRID_WORKER = 2,
    ROLE_COMMUNITY_WORKER = 3,
    ROLE_COMMUNITY_SECRETARY = 4,
    ROLE_STREET_OFFICER = 5,
    ROLE_DISTRICT_OFFICER = 6,
    ROLE_CITY_OFFICER = 7,
    ROLE_SUPERVISOR = 8,
    ROLE_AUDITOR = 9,
    ROLE_ADMINISTRATOR = 10,
    ROLE_COUNT
} Role;

typedef struct Grant {
    Role role;
    int64_t area; /* here and in everything below it */
} Grant;

/* An area on the way up from the page's, as the frame shows it. */
typedef struct AreaOnPath {
    int64_t id;
    Str name;
    Str name_en;
    Str phone;
    Str address;
    Str hours;
} AreaOnPath;

typedef struct Who {
    int64_t person; /* 0: nobody signed in */
    Str name;
    Str session;            /* the session's token, for CSRF; or the visitor's seed cookie */
    bool has_news;          /* there is a notice they have not marked as read */
    bool must_set_password; /* staff who signed in by a one-time code */
    const Grant *grants;    /* running today */
    size_t n_grants;
    /* Filled by the router for the area of the page: */
    const int64_t *area_path; /* the area and its ancestors, nearest first */
    size_t n_area_path;
    const AreaOnPath *areas_on_path; /* the same areas in the same order */
} Who;

/* What a route demands. Rows are in policy.c. */
typedef enum Policy {
    POLICY_NONE = 0, /* refused at start: a route must choose */
    POLICY_PUBLIC,
    POLICY_SIGNED_IN,
    POLICY_RESIDENT,    /* lives in this area */
    POLICY_STAFF,       /* any staff role in this area or above: workbench, people without phones */
    POLICY_MANAGE,      /* community worker, secretary: collect, import, publish */
    POLICY_LEAD,        /* community secretary: open and close polls, advance stages */
    POLICY_SEE_JOURNAL, /* staff, supervisor, auditor */
    POLICY_ADMINISTER,  /* administrator of the instance or an area */
    POLICY_SEE_STAFF,   /* staff and administrators: who works here */
    POLICY_PLAN,        /* street, district, city officers: programmes for the communities below */
    POLICY_OFFICE,      /* who works for an area: community worker and secretary, officers above */
    POLICY_SIGNING_IN,  /* signed in, also by a one-time code before a password is chosen */
    POLICY_COUNT
} Policy;

typedef enum Verdict {
    VERDICT_ALLOW,
    VERDICT_SIGN_IN, /* nobody signed in: show the way there */
    VERDICT_HIDE,    /* answered as if it did not exist */
    VERDICT_FORBID,
    VERDICT_PASSWORD_FIRST /* signed in by a one-time code: choose a password before anything else
                            */
} Verdict;

/* Pure: may `who` (with its area path filled) pass the policy? */
Verdict policy_check(Policy policy, const Who *who);
const char *policy_name(Policy policy);
const char *role_name(Role role);
/* True when who holds one of the roles (bit 1u << role) in the page's area or above. */
bool who_has_role(const Who *who, unsigned roles);

#endif
