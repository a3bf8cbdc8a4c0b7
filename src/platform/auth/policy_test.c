#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "platform/auth/who.h"

/* A tree: district 1 > street 2 > community 3; community 9 elsewhere. The page is in community 3.
 */
static const int64_t path[] = {3, 2, 1};

static Who holding(Role role, int64_t area, Grant *grant)
{
    *grant = (Grant){.role = role, .area = area};
    return (Who){.person = 7, .grants = grant, .n_grants = 1, .area_path = path, .n_area_path = 3};
}

static Verdict verdict(Policy policy, Role role, int64_t area)
{
    Grant grant;
    Who who = holding(role, area, &grant);
    return policy_check(policy, &who);
}

static void the_default_is_no(void **state)
{
    (void)state;
    assert_int_equal(verdict(POLICY_NONE, ROLE_ADMINISTRATOR, 1), VERDICT_HIDE);
    assert_int_equal(verdict(POLICY_COUNT, ROLE_ADMINISTRATOR, 1), VERDICT_HIDE);
    assert_int_equal(verdict((Policy)99, ROLE_ADMINISTRATOR, 1), VERDICT_HIDE);
}

static void nobody_passes_only_public_pages(void **state)
{
    (void)state;
    Who nobody = {.area_path = path, .n_area_path = 3};
    assert_int_equal(policy_check(POLICY_PUBLIC, &nobody), VERDICT_ALLOW);
    for (Policy p = POLICY_SIGNED_IN; p < POLICY_COUNT; p++) {
        assert_int_equal(policy_check(p, &nobody), VERDICT_SIGN_IN);
    }
}

/* One row a role, one letter a policy from SIGNED_IN on: y yes, f forbidden, h hidden. */
static void the_table_is_as_reviewed(void **state)
{
    (void)state;
    static const struct {
        Role role;
        const char *letters;
    } expected[] = {
        {ROLE_NONE, "yfhhhhhhhhy"},
        {ROLE_RESIDENT, "yyhhhhhhhhy"},
        {ROLE_GRID_WORKER, "yfyhhyhyhhy"},
        {ROLE_COMMUNITY_WORKER, "yfyyhyhyhyy"},
        {ROLE_COMMUNITY_SECRETARY, "yfyyyyhyhyy"},
        {ROLE_STREET_OFFICER, "yfyhhyhyyyy"},
        {ROLE_DISTRICT_OFFICER, "yfyhhyhyyyy"},
        {ROLE_CITY_OFFICER, "yfyhhyhyyyy"},
        {ROLE_SUPERVISOR, "yfhhhyhhhhy"},
        {ROLE_AUDITOR, "yfhhhyhhhhy"},
        {ROLE_ADMINISTRATOR, "yfhhhhyyhhy"},
    };
    for (size_t i = 0; i < countof(expected); i++) {
        for (Policy p = POLICY_SIGNED_IN; p < POLICY_COUNT; p++) {
            char letter = expected[i].letters[p - POLICY_SIGNED_IN];
            Verdict want = letter == 'y'   ? VERDICT_ALLOW
                           : letter == 'f' ? VERDICT_FORBID
                                           : VERDICT_HIDE;
            if (verdict(p, expected[i].role, 3) != want) {
                fail_msg("%s for %s", policy_name(p), role_name(expected[i].role));
            }
        }
    }
}

static void a_role_counts_in_its_area_and_below_it_only(void **state)
{
    (void)state;
    assert_int_equal(verdict(POLICY_STAFF, ROLE_COMMUNITY_WORKER, 2), VERDICT_ALLOW);
    assert_int_equal(verdict(POLICY_STAFF, ROLE_COMMUNITY_WORKER, 9), VERDICT_HIDE);
    assert_int_equal(verdict(POLICY_RESIDENT, ROLE_RESIDENT, 9), VERDICT_FORBID);
}

static void a_one_time_code_opens_nothing_but_the_choice_of_a_password(void **state)
{
    (void)state;
    Grant grant;
    Who who = holding(ROLE_COMMUNITY_SECRETARY, 3, &grant);
    who.must_set_password = true;
    assert_int_equal(policy_check(POLICY_PUBLIC, &who), VERDICT_ALLOW);
    assert_int_equal(policy_check(POLICY_SIGNING_IN, &who), VERDICT_ALLOW);
    assert_int_equal(policy_check(POLICY_SIGNED_IN, &who), VERDICT_PASSWORD_FIRST);
    assert_int_equal(policy_check(POLICY_STAFF, &who), VERDICT_PASSWORD_FIRST);
    assert_int_equal(policy_check(POLICY_LEAD, &who), VERDICT_PASSWORD_FIRST);
}

static void a_role_number_from_the_future_gives_nothing(void **state)
{
    (void)state;
    assert_int_equal(verdict(POLICY_STAFF, (Role)40, 3), VERDICT_HIDE);
    assert_int_equal(verdict(POLICY_STAFF, (Role)-1, 3), VERDICT_HIDE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_default_is_no),
        cmocka_unit_test(nobody_passes_only_public_pages),
        cmocka_unit_test(the_table_is_as_reviewed),
        cmocka_unit_test(a_role_counts_in_its_area_and_below_it_only),
        cmocka_unit_test(a_one_time_code_opens_nothing_but_the_choice_of_a_password),
        cmocka_unit_test(a_role_number_from_the_future_gives_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
