/* people_roles.h: which role fits which kind of area, who may give it, and how long it runs.
 *
 * Pure: values in, values out.
 */
#ifndef FEATURES_PEOPLE_PEOPLE_ROLES_H
#define FEATURES_PEOPLE_PEOPLE_ROLES_H

#include "base/clock.h"
#include "features/areas/areas.h"
#include "platform/auth/who.h"

/* Each office belongs to the area it works for: a community secretary to a community, a street
 * officer to a street. Supervisors, auditors and administrators may stand at any area down to a
 * community, grid workers at a community or a building. Nobody is appointed a resident: that is the
 * roll's. */
bool people_role_fits(Role role, AreaKind kind);

/* May somebody who holds these roles (bits 1u << role, in the area or above it) give that role
 * there, or take it back? Today: administrators all but RESIDENT, others none. */
bool people_may_grant(unsigned held, Role role);

/* Roles that one person may not hold together, anywhere: who administers roles does no other work
 * here, and who supervises or audits does not do what they look at. A resident may
 * be anything. */
bool people_roles_exclude(Role one, Role other);

typedef enum TermState {
    TERM_TO_COME,
    TERM_RUNNING,
    TERM_ENDS_SOON, /* within PEOPLE_TERM_SOON_DAYS */
    TERM_OVER,
    TERM_TAKEN_BACK
} TermState;

#define PEOPLE_TERM_SOON_DAYS 30

/* Both days belong to the term; ends DATE_NONE: no end. */
TermState people_term_state(Date starts, Date ends, bool is_taken_back, Date today);

#endif
