#include "features/workbench/workbench_rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static Instant at(int day, int hour, int minute)
{
    return instant_at(date_of((CivilDate){2027, 5, day}), hour, minute);
}

static void what_was_due_an_hour_ago_is_late(void **state)
{
    (void)state;
    assert_int_equal(due_class(at(11, 17, 30), at(11, 18, 30)), DUE_LATE);
    assert_int_equal(due_class(at(11, 17, 30), at(11, 17, 30)), DUE_LATE);
}

static void what_is_due_tonight_is_for_today(void **state)
{
    (void)state;
    assert_int_equal(due_class(at(11, 23, 59), at(11, 0, 1)), DUE_TODAY);
    assert_int_equal(due_class(at(12, 0, 0), at(11, 23, 59)), DUE_LATER);
}

static void what_has_no_date_is_never_late(void **state)
{
    (void)state;
    assert_int_equal(due_class((Instant){0}, at(11, 12, 0)), DUE_LATER);
}

static void days_late_are_days_of_the_calendar(void **state)
{
    (void)state;
    assert_int_equal(due_days_late(at(9, 17, 30), at(11, 8, 0)), 2);
    assert_int_equal(due_days_late(at(11, 8, 0), at(11, 17, 0)), 0);
}

static void the_longest_late_comes_first_and_the_undated_last(void **state)
{
    (void)state;
    Arena *arena = arena_create(1 << 16);
    Instant due[] = {{0}, at(12, 9, 0), at(10, 9, 0), at(12, 9, 0)};
    size_t *order = due_order(arena, due, 4);
    assert_int_equal(order[0], 2);
    assert_int_equal(order[1], 1);
    assert_int_equal(order[2], 3);
    assert_int_equal(order[3], 0);
    arena_destroy(arena);
}

static void the_greeting_follows_the_clock_of_china(void **state)
{
    (void)state;
    assert_int_equal(day_part(at(11, 8, 59)), DAY_EARLY);
    assert_int_equal(day_part(at(11, 9, 0)), DAY_MORNING);
    assert_int_equal(day_part(at(11, 13, 0)), DAY_NOON);
    assert_int_equal(day_part(at(11, 17, 59)), DAY_AFTERNOON);
    assert_int_equal(day_part(at(11, 18, 0)), DAY_EVENING);
    assert_int_equal(day_start(at(11, 8, 59)).ms, at(11, 0, 0).ms);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_due_an_hour_ago_is_late),
        cmocka_unit_test(what_is_due_tonight_is_for_today),
        cmocka_unit_test(what_has_no_date_is_never_late),
        cmocka_unit_test(days_late_are_days_of_the_calendar),
        cmocka_unit_test(the_longest_late_comes_first_and_the_undated_last),
        cmocka_unit_test(the_greeting_follows_the_clock_of_china),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
