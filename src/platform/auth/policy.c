/* policy.c: the one table of who may do what. What is not allowed here is not allowed. */
#include "platform/auth/who.h"

#define BIT(role)  (1u << (role))
#define ROLES_WORK (BIT(ROLE_COMMUNITY_WORKER) | BIT(ROLE_COMMUNITY_SECRETARY))
/* The administrator keeps the machine and the roles; residents' data is not part of that work. */
#define ROLES_STAFF                                                                                \
    (BIT(ROLE_GRID_WORKER) | ROLES_WORK | BIT(ROLE_STREET_OFFICER) | BIT(ROLE_DISTRICT_OFFICER) |  \
     BIT(ROLE_CITY_OFFICER))

typedef struct PolicyRow {
    const char *name;
    bool is_public;
    unsigned roles;       /* one of them in the area or above; 0 = being signed in is enough */
    Verdict without_role; /* for somebody signed in who has none of them */
} PolicyRow;

static const PolicyRow rows[POLICY_COUNT] = {
    [POLICY_PUBLIC] = {"public", true, 0, VERDICT_ALLOW},
    [POLICY_SIGNED_IN] = {"signed_in", false, 0, VERDICT_ALLOW},
    [POLICY_RESIDENT] = {"resident", false, BIT(ROLE_RESIDENT), VERDICT_FORBID},
    [POLICY_STAFF] = {"staff", false, ROLES_STAFF, VERDICT_HIDE},
    [POLICY_MANAGE] = {"manage", false, ROLES_WORK, VERDICT_HIDE},
    [POLICY_LEAD] = {"lead", false, BIT(ROLE_COMMUNITY_SECRETARY), VERDICT_HIDE},
    [POLICY_SEE_JOURNAL] = {"see_journal", false,
                            ROLES_STAFF | BIT(ROLE_SUPERVISOR) | BIT(ROLE_AUDITOR), VERDICT_HIDE},
    [POLICY_ADMINISTER] = {"administer", false, BIT(ROLE_ADMINISTRATOR), VERDICT_HIDE},
    [POLICY_PLAN] = {"plan", false,
                     BIT(ROLE_STREET_OFFICER) | BIT(ROLE_DISTRICT_OFFICER) | BIT(ROLE_CITY_OFFICER),
                     VERDICT_HIDE},
    [POLICY_OFFICE] = {"office", false,
                       ROLES_WORK | BIT(ROLE_STREET_OFFICER) | BIT(ROLE_DISTRICT_OFFICER) |
                           BIT(ROLE_CITY_OFFICER),
                       VERDICT_HIDE},
    [POLICY_SIGNING_IN] = {"signing_in", false, 0, VERDICT_ALLOW},
    [POLICY_SEE_STAFF] = {"see_staff", false, ROLES_STAFF | BIT(ROLE_ADMINISTRATOR), VERDICT_HIDE},
};

static const char *const role_names[ROLE_COUNT] = {
    [ROLE_NONE] = "none",
    [ROLE_RESIDENT] = "resident",
    [ROLE_GRID_WORKER] = "grid_worker",
    [ROLE_COMMUNITY_WORKER] = "community_worker",
    [ROLE_COMMUNITY_SECRETARY] = "community_secretary",
    [ROLE_STREET_OFFICER] = "street_officer",
    [ROLE_DISTRICT_OFFICER] = "district_officer",
    [ROLE_CITY_OFFICER] = "city_officer",
    [ROLE_SUPERVISOR] = "supervisor",
    [ROLE_AUDITOR] = "auditor",
    [ROLE_ADMINISTRATOR] = "administrator",
};

/* A grant holds here when it was given for this area or one above it; for area 0 (pages of no area)
 * anywhere. */
static bool grant_holds(const Grant *grant, const Who *who)
{
    for (size_t i = 0; i < who->n_area_path; i++) {
        if (who->area_path[i] == grant->area) {
            return true;
        }
    }
    return who->n_area_path == 0 || grant->area == 0;
}

bool who_has_role(const Who *who, unsigned roles)
{
    for (size_t i = 0; i < who->n_grants; i++) {
        const Grant *grant = &who->grants[i];
        bool is_known = grant->role > ROLE_NONE && grant->role < ROLE_COUNT;
        if (is_known && (roles & BIT(grant->role)) && grant_holds(grant, who)) {
            return true;
        }
    }
    return false;
}

Verdict policy_check(Policy policy, const Who *who)
{
    if (policy <= POLICY_NONE || policy >= POLICY_COUNT) {
        return VERDICT_HIDE;
    }
    const PolicyRow *row = &rows[policy];
    if (row->is_public) {
        return VERDICT_ALLOW;
    }
    if (who->person == 0) {
        return VERDICT_SIGN_IN;
    }
    if (who->must_set_password && policy != POLICY_SIGNING_IN) {
        return VERDICT_PASSWORD_FIRST; /* whoever made the code knows it: it opens nothing else */
    }
    if (row->roles == 0) {
        return VERDICT_ALLOW;
    }
    return who_has_role(who, row->roles) ? VERDICT_ALLOW : row->without_role;
}

const char *policy_name(Policy policy)
{
    bool is_known = policy > POLICY_NONE && policy < POLICY_COUNT;
    return is_known ? rows[policy].name : "none";
}

const char *role_name(Role role)
{
    return role >= ROLE_NONE && role < ROLE_COUNT ? role_names[role] : "none";
}
