#include "features/people/people_roles.h"

bool people_role_fits(Role role, AreaKind kind)
{
    switch (role) {
    case ROLE_GRID_WORKER:
        return kind == AREA_COMMUNITY || kind == AREA_BUILDING;
    case ROLE_COMMUNITY_WORKER:
    case ROLE_COMMUNITY_SECRETARY:
        return kind == AREA_COMMUNITY;
    case ROLE_STREET_OFFICER:
        return kind == AREA_STREET;
    case ROLE_DISTRICT_OFFICER:
        return kind == AREA_DISTRICT;
    case ROLE_CITY_OFFICER:
        return kind == AREA_CITY;
    case ROLE_SUPERVISOR:
    case ROLE_AUDITOR:
    case ROLE_ADMINISTRATOR:
        return kind >= AREA_CITY && kind <= AREA_COMMUNITY;
    case ROLE_NONE:
    case ROLE_RESIDENT:
    case ROLE_COUNT:
        break;
    }
    return false;
}

bool people_may_grant(unsigned held, Role role)
{
    bool is_given = role > ROLE_RESIDENT && role < ROLE_COUNT;
    return is_given && (held & (1u << ROLE_ADMINISTRATOR)) != 0;
}

/* 0: no office. */
static int branch(Role role)
{
    switch (role) {
    case ROLE_ADMINISTRATOR:
        return 1;
    case ROLE_SUPERVISOR:
        return 2;
    case ROLE_AUDITOR:
        return 3;
    case ROLE_NONE:
    case ROLE_RESIDENT:
    case ROLE_COUNT:
        return 0;
    default:
        return 4;
    }
}

bool people_roles_exclude(Role one, Role other)
{
    return branch(one) != 0 && branch(other) != 0 && branch(one) != branch(other);
}

TermState people_term_state(Date starts, Date ends, bool is_taken_back, Date today)
{
    if (is_taken_back) {
        return TERM_TAKEN_BACK;
    }
    if (ends.days != 0 && ends.days < today.days) {
        return TERM_OVER;
    }
    if (starts.days > today.days) {
        return TERM_TO_COME;
    }
    bool is_soon = ends.days != 0 && ends.days - today.days <= PEOPLE_TERM_SOON_DAYS;
    return is_soon ? TERM_ENDS_SOON : TERM_RUNNING;
}
