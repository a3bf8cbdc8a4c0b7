/* Up to where somebody has read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "features/notices/notices_rules.h"

static void what_was_shown_is_read(void **state)
{
    (void)state;
    assert_int_equal(notice_read_to(40, 100), 40);
}

static void what_comes_later_is_never_read_before_it_comes(void **state)
{
    (void)state;
    assert_int_equal(notice_read_to(INT64_MAX, 100), 100);
}

static void a_number_that_is_none_reads_nothing(void **state)
{
    (void)state;
    assert_int_equal(notice_read_to(-7, 100), 0);
}

static Instant at(int hour, int minute)
{
    return instant_at(date_of((CivilDate){2026, 11, 22}), hour, minute);
}

static void quiet_hours_reach_over_midnight(void **state)
{
    (void)state;
    const int from = 21 * 60, until = 8 * 60;
    assert_false(notice_is_quiet(at(20, 59), from, until));
    assert_true(notice_is_quiet(at(21, 0), from, until));
    assert_true(notice_is_quiet(at(0, 0), from, until));
    assert_true(notice_is_quiet(at(7, 59), from, until));
    assert_false(notice_is_quiet(at(8, 0), from, until));
}

static void quiet_hours_may_lie_within_a_day_or_not_be_at_all(void **state)
{
    (void)state;
    assert_true(notice_is_quiet(at(13, 0), 12 * 60, 14 * 60));
    assert_false(notice_is_quiet(at(14, 0), 12 * 60, 14 * 60));
    assert_false(notice_is_quiet(at(0, 0), 0, 0));
    assert_false(notice_is_quiet(at(21, 0), 21 * 60, 21 * 60));
}

static void only_what_was_certainly_not_taken_waits_again_and_longer_each_time(void **state)
{
    (void)state;
    Instant next, last = {0};
    for (int tries = 1; tries < NOTICE_MOST_TRIES; tries++) {
        assert_int_equal(notice_after(NOTICE_LATER, tries, at(9, 0), &next), NOTICE_WAITING);
        assert_true(next.ms > at(9, 0).ms && next.ms > last.ms);
        last = next;
    }
    assert_int_equal(notice_after(NOTICE_LATER, NOTICE_MOST_TRIES, at(9, 0), &next), NOTICE_FAILED);
    assert_int_equal(next.ms, 0);
}

static void what_nobody_knows_of_is_never_sent_again_by_itself(void **state)
{
    (void)state;
    Instant next;
    assert_int_equal(notice_after(NOTICE_NOT_KNOWN, 1, at(9, 0), &next), NOTICE_UNCLEAR);
    assert_int_equal(notice_after((NoticeOutcome)0, 1, at(9, 0), &next), NOTICE_UNCLEAR);
    assert_int_equal(notice_after(NOTICE_TAKEN, 1, at(9, 0), &next), NOTICE_SENT);
    assert_int_equal(notice_after(NOTICE_SAID_NO, 1, at(9, 0), &next), NOTICE_FAILED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_shown_is_read),
        cmocka_unit_test(what_comes_later_is_never_read_before_it_comes),
        cmocka_unit_test(a_number_that_is_none_reads_nothing),
        cmocka_unit_test(quiet_hours_reach_over_midnight),
        cmocka_unit_test(quiet_hours_may_lie_within_a_day_or_not_be_at_all),
        cmocka_unit_test(only_what_was_certainly_not_taken_waits_again_and_longer_each_time),
        cmocka_unit_test(what_nobody_knows_of_is_never_sent_again_by_itself),
    };
    return cmocka_run_group_tests_name("notices rules", tests, NULL, NULL);
}
