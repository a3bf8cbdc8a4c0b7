/* people_staff.h: appointing somebody, taking a role back, a new one-time code.
 *
 * All three are use cases for the page of an area; `actor` must be an administrator of it or of one
 * above it at that moment, otherwise FORBIDDEN. Nobody may come into the account of somebody whose
 * roles or rolls reach beyond what they administer themselves. Start reading at people_appoint().
 */
#ifndef FEATURES_PEOPLE_PEOPLE_STAFF_H
#define FEATURES_PEOPLE_PEOPLE_STAFF_H

#include "features/people/people.h"
#include "features/people/people_roles.h"

typedef struct Appoint {
    int64_t area;
    int64_t actor;
    Str name;
    Str phone; /* as parse_phone() gives it; empty: a new person */
    Role role;
    Date ends; /* last day; DATE_NONE: no end */
    const Secret *secret;
} Appoint;

typedef struct Appointed {
    int64_t grant;
    int64_t person;
    bool is_new;   /* the person was not known */
    bool has_code; /* false: they hold another role and sign in as before */
    CodeText code; /* shown once */
} Appointed;

/* Somebody with this phone, on a roll or in a role that the actor administers, is the person meant;
 * otherwise a person is made. Whoever held no role before loses every earlier way to sign in (a
 * resident's code may be known to others) and gets a one-time code. Errors: NOT_FOUND (area),
 * STAFF_ROLE (field role), STAFF_TERM (ends), FIELD_MISSING and FIELD_TOO_LONG (name),
 * STAFF_PHONE (phone: it is somebody else's), STAFF_KNOWN (name: holds this role here),
 * STAFF_SELF (name: the actor), STAFF_EXCLUDES (role: they hold one that excludes it),
 * STAFF_REACH (phone). */
Error *people_appoint(Tx *tx, const void *input, Instant now, void *output);

typedef struct TakeBack {
    int64_t area;
    int64_t actor;
    int64_t grant; /* in the area or below it */
    Str reason;    /* public words; may be empty */
} TakeBack;

/* No output. Ends the role today; ends every session and way to sign in when it was their last one.
 * Errors: NOT_FOUND, STAFF_OVER, STAFF_LAST_ADMINISTRATOR: one's own only one. */
Error *people_take_back(Tx *tx, const void *input, Instant now, void *unused);

typedef struct StaffCode {
    int64_t area;
    int64_t actor;
    int64_t grant;
    const Secret *secret;
} StaffCode;

/* Output: CodeMade. Earlier codes, the password and all sessions of the person end. Errors:
 * NOT_FOUND, STAFF_OVER, STAFF_OWN_CODE, STAFF_REACH. */
Error *people_staff_code(Tx *tx, const void *input, Instant now, void *output);

#endif
