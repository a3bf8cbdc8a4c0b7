/* A responsibility list as it is typed, and until when another class can be asked for. */
#include "features/screening/screening_duties_rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "test_feature.h"

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

static size_t parsed(Arena *arena, const char *text, Duty *out)
{
    size_t count = 0;
    assert_null(duties_parse(arena, str_from(text), out, &count));
    return count;
}

static void a_line_is_class_matter_and_who_does_it(void **state)
{
    Duty duties[DUTY_LINES_MAX];
    assert_int_equal(parsed(*state, "大事 | 路面破损 | 区城管局\n\n私事|邻里噪音|\n", duties), 2);
    assert_int_equal(duties[0].matter, MATTER_PUBLIC);
    assert_true(str_eq(duties[0].words, STR("路面破损")));
    assert_true(str_eq(duties[0].body, STR("区城管局")));
    assert_int_equal(duties[1].matter, MATTER_PRIVATE);
    assert_int_equal(duties[1].body.len, 0);
}

static void lines_from_a_spreadsheet_and_full_width_signs_are_read_too(void **state)
{
    Duty duties[DUTY_LINES_MAX];
    assert_int_equal(parsed(*state, "大事\t路灯不亮\t供电所\r\n小事｜添长椅｜\r\n", duties), 2);
    assert_true(str_eq(duties[0].body, STR("供电所")));
    assert_true(str_eq(duties[1].words, STR("添长椅")));
}

static void the_line_at_fault_is_told(void **state)
{
    Duty duties[DUTY_LINES_MAX];
    size_t count = 0;
    const char *const wrong[] = {"大事|路面破损|区城管局\n要事|树枝过长|园林处",
                                 "大事|路面破损|区城管局\n大事||园林处",
                                 "大事|路面破损|区城管局\n大事|树枝过长|"};
    for (size_t i = 0; i < countof(wrong); i++) {
        Error *error = duties_parse(*state, str_from(wrong[i]), duties, &count);
        test_error_at(error, ERROR_DUTY_LINE, "text");
        assert_int_equal(error->number, 2);
    }
    test_error_at(duties_parse(*state, STR(" \n"), duties, &count), ERROR_FIELD_MISSING, "text");
}

static void a_list_has_an_end(void **state)
{
    Duty duties[DUTY_LINES_MAX];
    size_t count = 0;
    Str text = STR("");
    for (int i = 0; i <= DUTY_LINES_MAX; i++) {
        text = arena_printf(*state, "%.*s小事|第 %d 件|\n", STR_ARG(text), i);
    }
    test_error_at(duties_parse(*state, text, duties, &count), ERROR_DUTY_LINES, "text");
}

static void what_is_written_reads_back_the_same(void **state)
{
    Duty duties[DUTY_LINES_MAX];
    Duty again[DUTY_LINES_MAX];
    size_t count = parsed(*state, "大事|路面破损|区城管局\n小事|添长椅|\n私事|噪音|调解室", duties);
    Str text = duties_write(*state, duties, count);
    size_t n_again = 0;
    assert_null(duties_parse(*state, text, again, &n_again));
    assert_int_equal(n_again, count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(again[i].matter, duties[i].matter);
        assert_true(str_eq(again[i].words, duties[i].words));
        assert_true(str_eq(again[i].body, duties[i].body));
    }
}

static void another_class_is_asked_for_in_time_and_of_what_was_passed_on(void **state)
{
    (void)state;
    Instant decided = {INT64_C(1000000)};
    Instant third_day = {decided.ms + 3 * INT64_C(86400000)};
    assert_true(reclassify_is_open(GROUND_DEPARTMENT, decided, 5, third_day));
    assert_true(reclassify_is_open(GROUND_PRIVATE, decided, 5, third_day));
    assert_false(reclassify_is_open(GROUND_DEPARTMENT, decided, 3, third_day));
    assert_false(reclassify_is_open(GROUND_DEPARTMENT, decided, 0, decided));
    assert_false(reclassify_is_open(GROUND_PASSES, decided, 5, third_day));
    assert_false(reclassify_is_open(GROUND_CLAUSE, decided, 5, third_day));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_line_is_class_matter_and_who_does_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lines_from_a_spreadsheet_and_full_width_signs_are_read_too,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_line_at_fault_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_list_has_an_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_written_reads_back_the_same, set_up, tear_down),
        cmocka_unit_test(another_class_is_asked_for_in_time_and_of_what_was_passed_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
