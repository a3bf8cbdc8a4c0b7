#include "features/publicity/publicity_rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static Instant at(int year, int month, int day, int hour, int minute)
{
    return instant_at(date_of((CivilDate){year, month, day}), hour, minute);
}

static void a_period_ends_at_half_past_five_of_its_last_working_day(void **state)
{
    (void)state;
    /* Thursday 6 May 2027: Friday, then Monday to Thursday of the next week. */
    Instant end = publication_end(&no_holidays, at(2027, 5, 6, 9, 0), 5);
    assert_int_equal(end.ms, at(2027, 5, 13, 17, 30).ms);
}

static void a_stage_without_working_days_publishes_for_five(void **state)
{
    (void)state;
    Instant start = at(2027, 5, 6, 9, 0);
    assert_int_equal(publication_end(&no_holidays, start, 0).ms,
                     publication_end(&no_holidays, start, 5).ms);
    assert_int_not_equal(publication_end(&no_holidays, start, 3).ms,
                         publication_end(&no_holidays, start, 5).ms);
}

static void objections_are_taken_until_the_last_moment(void **state)
{
    (void)state;
    Instant from = at(2027, 5, 6, 9, 0);
    Instant until = at(2027, 5, 13, 17, 30);
    assert_true(publication_takes_objections(from, until, from));
    assert_true(publication_takes_objections(from, until, (Instant){until.ms - 1}));
    assert_false(publication_takes_objections(from, until, until));
    assert_false(publication_takes_objections(from, until, (Instant){from.ms - 1}));
}

static void an_objection_of_friday_is_due_the_friday_after(void **state)
{
    (void)state;
    assert_int_equal(objection_due_at(&no_holidays, at(2027, 5, 7, 20, 10), 5).ms,
                     at(2027, 5, 14, 17, 30).ms);
}

static void length_is_counted_in_characters_without_the_spaces_around(void **state)
{
    (void)state;
    Arena *arena = arena_create(1 << 16);
    assert_null(publicity_check_length(arena, STR("一二三四五六七八九十"), 10, 10, STR("words")));
    Error *shorter =
        publicity_check_length(arena, STR("  一二三四五六七八九  "), 10, 20, STR("words"));
    assert_non_null(shorter);
    assert_int_equal(shorter->code, ERROR_FIELD_TOO_SHORT);
    assert_int_equal(shorter->number, 10);
    assert_true(str_eq(shorter->field, STR("words")));
    Error *longer = publicity_check_length(arena, STR("一二三四"), 1, 3, STR("words"));
    assert_non_null(longer);
    assert_int_equal(longer->code, ERROR_FIELD_TOO_LONG);
    arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_period_ends_at_half_past_five_of_its_last_working_day),
        cmocka_unit_test(a_stage_without_working_days_publishes_for_five),
        cmocka_unit_test(objections_are_taken_until_the_last_moment),
        cmocka_unit_test(an_objection_of_friday_is_due_the_friday_after),
        cmocka_unit_test(length_is_counted_in_characters_without_the_spaces_around),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
