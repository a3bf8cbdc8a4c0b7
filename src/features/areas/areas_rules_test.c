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

static void a_phone_has_digits_in_it_however_it_is_printed(void **state)
{
    AreaWords words = {.name = STR("桂竹社区"), .phone = STR("8000 0126 转 8")};
    assert_null(areas_check_words(*state, &words));
    words.phone = STR("没有");
    Error *err = areas_check_words(*state, &words);
    assert_non_null(err);
    assert_int_equal(err->code, ERROR_FIELD_NOT_PHONE);
    assert_true(str_eq(err->field, STR("phone")));
}

static void the_usual_kind_comes_first(void **state)
{
    (void)state;
    AreaKind kinds[AREA_BUILDING];
    assert_int_equal(areas_kinds_under(AREA_DISTRICT, kinds), 2);
    assert_int_equal(kinds[0], AREA_STREET);
    assert_int_equal(kinds[1], AREA_COMMUNITY);
    assert_int_equal(areas_kinds_under(AREA_COMMUNITY, kinds), 1);
    assert_int_equal(kinds[0], AREA_BUILDING);
    assert_int_equal(areas_kinds_under(AREA_BUILDING, kinds), 0);
}

static size_t steps(AreaKind kind, AreaCounts counts, size_t *out_done)
{
    AreaStep all[AREA_STEP_COUNT];
    return areas_first_steps(kind, &counts, all, out_done);
}

static void an_empty_district_begins_with_a_street(void **state)
{
    (void)state;
    AreaStep all[AREA_STEP_COUNT];
    AreaCounts nothing = {.districts = 1};
    size_t done;
    assert_int_equal(areas_first_steps(AREA_DISTRICT, &nothing, all, &done), 3);
    assert_int_equal(done, 0);
    assert_int_equal(all[0], AREA_STEP_STREET);
    assert_int_equal(all[2], AREA_STEP_SECRETARY);
}

static void a_step_passed_over_counts_as_done(void **state)
{
    (void)state;
    size_t done;
    assert_int_equal(steps(AREA_DISTRICT, (AreaCounts){.communities = 1}, &done), 3);
    assert_int_equal(done, 2);
    assert_int_equal(steps(AREA_CITY, (AreaCounts){.streets = 1}, &done), 4);
    assert_int_equal(done, 2);
}

static void nothing_is_left_to_say_once_a_community_is_led(void **state)
{
    (void)state;
    size_t done;
    size_t all = steps(AREA_STREET, (AreaCounts){0, 1, 1, 1}, &done);
    assert_int_equal(all, 2);
    assert_int_equal(done, all);
    assert_int_equal(steps(AREA_COMMUNITY, (AreaCounts){.communities = 1}, &done), 1);
    assert_int_equal(done, 0);
    assert_int_equal(steps(AREA_BUILDING, (AreaCounts){0}, &done), 0);
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
        TEST(a_phone_has_digits_in_it_however_it_is_printed),
        TEST(the_usual_kind_comes_first),
        TEST(an_empty_district_begins_with_a_street),
        TEST(a_step_passed_over_counts_as_done),
        TEST(nothing_is_left_to_say_once_a_community_is_led),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
