/* What may stand under what. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "features/areas/areas_rules.h"

static int set_up(void **state)
{
    *state = arena_create(1u << 20);
    return 0;
}

static int tear_down(void **state)
{
    arena_destroy(*state);
    return 0;
}

static ErrorCode code_of(Arena *arena, AreaKind parent, AreaNew input)
{
    Error *err = areas_check_new(arena, parent, &input);
    return err == NULL ? ERROR_NONE : err->code;
}

static void a_community_stands_under_a_street_or_alone(void **state)
{
    AreaNew community = {.kind = AREA_COMMUNITY, .name = STR("桂竹社区")};
    assert_int_equal(code_of(*state, AREA_STREET, community), ERROR_NONE);
    assert_int_equal(code_of(*state, AREA_NONE, community), ERROR_NONE);
    assert_int_equal(code_of(*state, AREA_COMMUNITY, community), ERROR_AREA_KIND);
}

static void a_district_does_not_stand_under_a_street(void **state)
{
    AreaNew district = {.kind = AREA_DISTRICT, .name = STR("青梧区")};
    assert_int_equal(code_of(*state, AREA_STREET, district), ERROR_AREA_KIND);
    assert_int_equal(code_of(*state, AREA_CITY, district), ERROR_NONE);
}

static void a_building_stands_only_in_a_community(void **state)
{
    AreaNew building = {.kind = AREA_BUILDING, .name = STR("3 号楼")};
    assert_int_equal(code_of(*state, AREA_COMMUNITY, building), ERROR_NONE);
    assert_int_equal(code_of(*state, AREA_NONE, building), ERROR_AREA_KIND);
}

static void a_kind_that_is_none_is_refused(void **state)
{
    assert_int_equal(code_of(*state, AREA_NONE, (AreaNew){.name = STR("某地")}), ERROR_AREA_KIND);
    assert_int_equal(code_of(*state, AREA_NONE, (AreaNew){.kind = 6, .name = STR("某地")}),
                     ERROR_AREA_KIND);
}

static void an_area_has_a_name_and_perhaps_a_code_of_twelve_digits(void **state)
{
    AreaNew street = {.kind = AREA_STREET, .name = STR("听雨街道"), .code = STR("360103001000")};
    assert_int_equal(code_of(*state, AREA_DISTRICT, street), ERROR_NONE);
    street.code = STR("36010300100X");
    assert_int_equal(code_of(*state, AREA_DISTRICT, street), ERROR_AREA_CODE);
    street.code = STR("360103");
    assert_int_equal(code_of(*state, AREA_DISTRICT, street), ERROR_AREA_CODE);
    street.name = STR(" ");
    assert_int_equal(code_of(*state, AREA_DISTRICT, street), ERROR_FIELD_MISSING);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_community_stands_under_a_street_or_alone),
        TEST(a_district_does_not_stand_under_a_street),
        TEST(a_building_stands_only_in_a_community),
        TEST(a_kind_that_is_none_is_refused),
        TEST(an_area_has_a_name_and_perhaps_a_code_of_twelve_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
