/* Which role fits where, who may give it, how long it runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "features/people/people_roles.h"

/* A row a role, a letter a kind of area: city, district, street, community, building. */
static void roles_fit_the_areas_they_work_for(void **state)
{
    (void)state;
    static const char *const expected[ROLE_COUNT] = {
        [ROLE_NONE] = ".....",
        [ROLE_RESIDENT] = ".....",
        [ROLE_GRID_WORKER] = "...yy",
        [ROLE_COMMUNITY_WORKER] = "...y.",
        [ROLE_COMMUNITY_SECRETARY] = "...y.",
        [ROLE_STREET_OFFICER] = "..y..",
        [ROLE_DISTRICT_OFFICER] = ".y...",
        [ROLE_CITY_OFFICER] = "y....",
        [ROLE_SUPERVISOR] = "yyyy.",
        [ROLE_AUDITOR] = "yyyy.",
        [ROLE_ADMINISTRATOR] = "yyyy.",
    };
    for (int role = ROLE_NONE; role < ROLE_COUNT; role++) {
        for (int kind = AREA_CITY; kind <= AREA_BUILDING; kind++) {
            bool want = expected[role][kind - AREA_CITY] == 'y';
            if (people_role_fits((Role)role, (AreaKind)kind) != want) {
                fail_msg("%s at kind %d", role_name((Role)role), kind);
            }
        }
        assert_false(people_role_fits((Role)role, AREA_NONE));
    }
}

static void only_administrators_give_roles(void **state)
{
    (void)state;
    unsigned all_others = ~(1u << ROLE_ADMINISTRATOR);
    for (int role = ROLE_NONE; role <= ROLE_COUNT; role++) {
        assert_false(people_may_grant(all_others, (Role)role));
        assert_false(people_may_grant(0, (Role)role));
    }
    assert_true(people_may_grant(1u << ROLE_ADMINISTRATOR, ROLE_ADMINISTRATOR));
    assert_true(people_may_grant(1u << ROLE_ADMINISTRATOR, ROLE_GRID_WORKER));
}

static void nobody_is_made_a_resident_by_appointment(void **state)
{
    (void)state;
    assert_false(people_may_grant(~0u, ROLE_RESIDENT));
    assert_false(people_may_grant(~0u, ROLE_NONE));
    assert_false(people_may_grant(~0u, ROLE_COUNT));
}

static void who_administers_supervises_or_audits_does_nothing_else(void **state)
{
    (void)state;
    assert_true(people_roles_exclude(ROLE_ADMINISTRATOR, ROLE_COMMUNITY_SECRETARY));
    assert_true(people_roles_exclude(ROLE_GRID_WORKER, ROLE_ADMINISTRATOR));
    assert_true(people_roles_exclude(ROLE_SUPERVISOR, ROLE_COMMUNITY_WORKER));
    assert_true(people_roles_exclude(ROLE_AUDITOR, ROLE_SUPERVISOR));
    assert_true(people_roles_exclude(ROLE_ADMINISTRATOR, ROLE_AUDITOR));
    assert_false(people_roles_exclude(ROLE_GRID_WORKER, ROLE_STREET_OFFICER));
    assert_false(people_roles_exclude(ROLE_ADMINISTRATOR, ROLE_ADMINISTRATOR));
    for (int role = ROLE_NONE; role < ROLE_COUNT; role++) {
        assert_false(people_roles_exclude(ROLE_RESIDENT, (Role)role));
    }
}

static TermState term(int32_t starts, int32_t ends, int32_t today)
{
    return people_term_state((Date){starts}, (Date){ends}, false, (Date){today});
}

static void a_term_includes_its_first_and_its_last_day(void **state)
{
    (void)state;
    assert_int_equal(term(1000, 0, 999), TERM_TO_COME);
    assert_int_equal(term(1000, 0, 1000), TERM_RUNNING);
    assert_int_equal(term(1000, 1100, 1069), TERM_RUNNING);
    assert_int_equal(term(1000, 1100, 1070), TERM_ENDS_SOON);
    assert_int_equal(term(1000, 1100, 1100), TERM_ENDS_SOON);
    assert_int_equal(term(1000, 1100, 1101), TERM_OVER);
}

static void a_role_taken_back_is_so_whatever_its_days_say(void **state)
{
    (void)state;
    TermState state_now = people_term_state((Date){1}, (Date){0}, true, (Date){5});
    assert_int_equal(state_now, TERM_TAKEN_BACK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roles_fit_the_areas_they_work_for),
        cmocka_unit_test(only_administrators_give_roles),
        cmocka_unit_test(nobody_is_made_a_resident_by_appointment),
        cmocka_unit_test(who_administers_supervises_or_audits_does_nothing_else),
        cmocka_unit_test(a_term_includes_its_first_and_its_last_day),
        cmocka_unit_test(a_role_taken_back_is_so_whatever_its_days_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
