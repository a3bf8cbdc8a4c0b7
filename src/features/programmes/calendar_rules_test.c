#include "features/programmes/calendar_rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static Date day(int year, int month, int number)
{
    return date_of((CivilDate){year, month, number});
}

static void working_days_step_over_the_weekend(void **state)
{
    (void)state;
    /* 2027-05-06 is a Thursday. */
    assert_int_equal(working_days_add(&no_holidays, day(2027, 5, 6), 1).days, day(2027, 5, 7).days);
    assert_int_equal(working_days_add(&no_holidays, day(2027, 5, 6), 2).days,
                     day(2027, 5, 10).days);
    assert_int_equal(working_days_add(&no_holidays, day(2027, 5, 6), 5).days,
                     day(2027, 5, 13).days);
    assert_int_equal(working_days_add(&no_holidays, day(2027, 5, 8), 1).days,
                     day(2027, 5, 10).days);
    assert_int_equal(working_days_add(&no_holidays, day(2027, 5, 6), 250).days,
                     day(2027, 5, 6).days + 350);
}

static void no_working_days_means_the_first_one_from_there(void **state)
{
    (void)state;
    assert_int_equal(working_days_add(&no_holidays, day(2027, 5, 6), 0).days, day(2027, 5, 6).days);
    assert_int_equal(working_days_add(&no_holidays, day(2027, 5, 8), 0).days,
                     day(2027, 5, 10).days);
}

static void working_days_between_undoes_working_days_add(void **state)
{
    (void)state;
    for (int offset = 0; offset < 14; offset++) {
        for (int n = 1; n < 30; n++) {
            Date from = {day(2027, 5, 1).days + offset};
            assert_int_equal(
                working_days_between(&no_holidays, from, working_days_add(&no_holidays, from, n)),
                n);
        }
    }
    assert_int_equal(working_days_between(&no_holidays, day(2027, 5, 6), day(2027, 5, 6)), 0);
    assert_int_equal(working_days_between(&no_holidays, day(2027, 5, 7), day(2027, 5, 6)), 0);
}

static void a_period_does_not_count_the_day_it_begins(void **state)
{
    (void)state;
    Instant end = working_period_end(&no_holidays, instant_at(day(2027, 5, 6), 8, 30), 5);
    assert_int_equal(end.ms, instant_at(day(2027, 5, 13), 17, 30).ms);
}

static void planned_stages_follow_each_other_without_a_gap(void **state)
{
    (void)state;
    StageSpan spans[] = {{7, 0}, {1, 0}, {0, 5}};
    StageDates dates[3];
    plan_dates(&no_holidays, day(2027, 3, 1), spans, 3, dates);
    assert_int_equal(dates[0].opens_at.ms, instant_at(day(2027, 3, 1), 8, 30).ms);
    assert_int_equal(dates[0].closes_at.ms, instant_at(day(2027, 3, 7), 17, 30).ms);
    assert_int_equal(dates[1].opens_at.ms, instant_at(day(2027, 3, 8), 8, 30).ms);
    assert_int_equal(dates[1].closes_at.ms, instant_at(day(2027, 3, 8), 17, 30).ms);
    assert_int_equal(dates[2].opens_at.ms, instant_at(day(2027, 3, 9), 8, 30).ms);
    assert_int_equal(dates[2].closes_at.ms, instant_at(day(2027, 3, 16), 17, 30).ms);
}

static const StageSpan spans_three[] = {{7, 0}, {10, 0}, {0, 5}};

static void a_late_opening_moves_its_end_and_what_follows(void **state)
{
    (void)state;
    StageDates dates[3];
    plan_dates(&no_holidays, day(2027, 3, 1), spans_three, 3, dates);
    plan_move(&no_holidays, dates, spans_three, 3, instant_at(day(2027, 3, 4), 7, 0));
    assert_int_equal(dates[0].closes_at.ms, instant_at(day(2027, 3, 10), 17, 30).ms);
    assert_int_equal(dates[1].opens_at.ms, instant_at(day(2027, 3, 11), 8, 30).ms);
    assert_int_equal(dates[1].closes_at.ms, instant_at(day(2027, 3, 20), 17, 30).ms);
    assert_int_equal(instant_date(dates[2].opens_at).days, day(2027, 3, 21).days);
}

static void an_early_opening_moves_nothing(void **state)
{
    (void)state;
    StageDates dates[3];
    StageDates before[3];
    plan_dates(&no_holidays, day(2027, 3, 10), spans_three, 2, dates);
    plan_dates(&no_holidays, day(2027, 3, 10), spans_three, 2, before);
    plan_move(&no_holidays, dates, spans_three, 2, instant_at(day(2027, 3, 4), 7, 0));
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(dates[i].opens_at.ms, before[i].opens_at.ms);
        assert_int_equal(dates[i].closes_at.ms, before[i].closes_at.ms);
    }
}

static void working_days_are_counted_from_the_real_opening(void **state)
{
    (void)state;
    StageSpan spans[] = {{0, 5}, {7, 0}};
    StageDates dates[2];
    plan_dates(&no_holidays, day(2027, 5, 3), spans, 2, dates);
    plan_move(&no_holidays, dates, spans, 2, instant_at(day(2027, 5, 6), 9, 0));
    assert_int_equal(dates[0].closes_at.ms, instant_at(day(2027, 5, 13), 17, 30).ms);
    assert_int_equal(dates[1].opens_at.ms, instant_at(day(2027, 5, 14), 8, 30).ms);
}

/* The week of the National Day of 2026: off from Thursday 1 to Wednesday 7 October, Sunday 20
 * September and Saturday 10 October worked. */
static const Holiday october[] = {
    {{20716}, true},  {{20727}, false}, {{20728}, false}, {{20729}, false}, {{20730}, false},
    {{20731}, false}, {{20732}, false}, {{20733}, false}, {{20736}, true},
};
static const int october_year[] = {2026};
static const HolidayTable table = {october, countof(october), october_year, 1};

static void a_publication_opened_early_begins_and_ends_early(void **state)
{
    (void)state;
    StageSpan spans[] = {{0, 5}, {7, 0}};
    StageDates dates[2];
    plan_dates(&no_holidays, day(2027, 5, 24), spans, 2, dates);
    plan_move(&no_holidays, dates, spans, 2, instant_at(day(2027, 5, 6), 9, 0));
    assert_int_equal(dates[0].opens_at.ms, instant_at(day(2027, 5, 6), 8, 30).ms);
    assert_int_equal(dates[0].closes_at.ms, instant_at(day(2027, 5, 13), 17, 30).ms);
}

static void a_public_holiday_is_not_worked_and_a_day_for_it_is(void **state)
{
    (void)state;
    assert_int_equal(day(2026, 10, 1).days, 20727);
    assert_false(is_working_day(&table, day(2026, 10, 1)));
    assert_true(is_working_day(&no_holidays, day(2026, 10, 1)));
    assert_true(is_working_day(&table, day(2026, 9, 20)));
    assert_false(is_working_day(&no_holidays, day(2026, 9, 20)));
    assert_true(is_working_day(&table, day(2026, 10, 8)));
}

static void five_working_days_before_the_national_day_end_after_it(void **state)
{
    (void)state;
    /* Tuesday 29 September: 30; then 8, 9, the worked Saturday 10, Monday 12 October. */
    assert_int_equal(working_days_add(&table, day(2026, 9, 29), 5).days, day(2026, 10, 12).days);
    assert_int_equal(working_days_between(&table, day(2026, 9, 29), day(2026, 10, 12)), 5);
    assert_int_equal(working_days_add(&table, day(2026, 10, 1), 0).days, day(2026, 10, 8).days);
}

static void a_year_without_an_arrangement_is_known_as_such(void **state)
{
    (void)state;
    assert_true(holidays_know_year(&table, 2026));
    assert_false(holidays_know_year(&table, 2027));
    assert_false(holidays_know_year(&no_holidays, 2026));
}

static void another_end_moves_what_follows_and_keeps_working_days(void **state)
{
    (void)state;
    StageDates dates[3];
    StageSpan spans[] = {{7, 0}, {0, 5}, {3, 0}};
    plan_dates(&no_holidays, day(2027, 3, 1), spans, 3, dates);
    plan_move_end(&no_holidays, dates, spans, 3, day(2027, 3, 10));
    assert_int_equal(dates[0].closes_at.ms, instant_at(day(2027, 3, 10), 17, 30).ms);
    assert_int_equal(dates[1].opens_at.ms, instant_at(day(2027, 3, 11), 8, 30).ms);
    assert_int_equal(instant_date(dates[1].closes_at).days, day(2027, 3, 18).days);
    assert_int_equal(instant_date(dates[2].opens_at).days, day(2027, 3, 19).days);
    assert_int_equal(instant_date(dates[2].closes_at).days, day(2027, 3, 21).days);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(working_days_step_over_the_weekend),
        cmocka_unit_test(no_working_days_means_the_first_one_from_there),
        cmocka_unit_test(working_days_between_undoes_working_days_add),
        cmocka_unit_test(a_period_does_not_count_the_day_it_begins),
        cmocka_unit_test(planned_stages_follow_each_other_without_a_gap),
        cmocka_unit_test(a_late_opening_moves_its_end_and_what_follows),
        cmocka_unit_test(an_early_opening_moves_nothing),
        cmocka_unit_test(working_days_are_counted_from_the_real_opening),
        cmocka_unit_test(a_publication_opened_early_begins_and_ends_early),
        cmocka_unit_test(a_public_holiday_is_not_worked_and_a_day_for_it_is),
        cmocka_unit_test(five_working_days_before_the_national_day_end_after_it),
        cmocka_unit_test(a_year_without_an_arrangement_is_known_as_such),
        cmocka_unit_test(another_end_moves_what_follows_and_keeps_working_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
