/* What is owed until when, and which way reaches whom. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "features/proposals/proposals_rules.h"
#include "features/replies/replies_rules.h"
#include "test_feature.h"

static const ReplyOrigin writer = {CHANNEL_PORTAL, true, true, true, {0}};
static const ReplyOrigin caller = {CHANNEL_PHONE, false, true, true, {0}};
static const ReplyOrigin nobody = {CHANNEL_BOX, false, false, false, {0}};
static const Date friday = {20783}; /* any day */

static void whoever_wrote_on_line_is_answered_there(void **state)
{
    (void)state;
    assert_int_equal(reply_usual_way(&writer), REPLY_SITE);
    assert_true(reply_way_reaches(&writer, REPLY_SITE));
}

static void the_way_they_came_is_the_way_back(void **state)
{
    (void)state;
    const struct {
        int channel;
        ReplyWay way;
    } cases[] = {{CHANNEL_WECHAT, REPLY_WECHAT}, {CHANNEL_GROUP_CHAT, REPLY_WECHAT},
                 {CHANNEL_DOOR, REPLY_DOOR},     {CHANNEL_PAPER, REPLY_LETTER},
                 {CHANNEL_PHONE, REPLY_PHONE},   {CHANNEL_HOTLINE, REPLY_HOTLINE},
                 {CHANNEL_MEETING, REPLY_PHONE}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        ReplyOrigin origin = {cases[i].channel, false, true, true, {0}};
        assert_int_equal(reply_usual_way(&origin), cases[i].way);
        assert_true(reply_way_reaches(&origin, cases[i].way));
    }
}

static void a_box_without_a_number_is_answered_by_letter(void **state)
{
    (void)state;
    ReplyOrigin origin = {CHANNEL_BOX, false, true, false, {0}};
    assert_int_equal(reply_usual_way(&origin), REPLY_LETTER);
}

static void the_site_does_not_reach_who_telephoned(void **state)
{
    (void)state;
    assert_false(reply_way_reaches(&caller, REPLY_SITE));
    assert_true(reply_way_reaches(&caller, REPLY_DOOR));
}

static void who_left_no_trace_reads_it_by_the_receipt(void **state)
{
    (void)state;
    assert_int_equal(reply_usual_way(&nobody), REPLY_SITE);
    assert_true(reply_way_reaches(&nobody, REPLY_SITE));
}

static void a_refusal_is_owed_within_its_working_days_and_others_by_the_stage(void **state)
{
    (void)state;
    Instant decided = instant_at(date_of((CivilDate){2026, 11, 2}), 10, 0); /* a Monday */
    Instant closes = instant_at(date_of((CivilDate){2026, 12, 1}), 17, 30);
    Instant due = reply_due_at(&no_holidays, REPLY_REFUSED, decided, 5, closes);
    assert_int_equal(due.ms, instant_at(date_of((CivilDate){2026, 11, 9}), 17, 30).ms);
    assert_int_equal(reply_due_at(&no_holidays, REPLY_MERGED, decided, 5, closes).ms, closes.ms);
    assert_int_equal(reply_due_at(&no_holidays, REPLY_LOST, decided, 5, closes).ms, closes.ms);
}

static void a_delivery_needs_a_day_that_has_come_and_somebody(void **state)
{
    Arena *arena = *state;
    ReplyDelivery good = {REPLY_PHONE, true, friday, STR("沈岚")};
    assert_null(reply_delivery_check(arena, &caller, &good, friday));
    ReplyDelivery tomorrow = good;
    tomorrow.on.days++;
    test_error_at(reply_delivery_check(arena, &caller, &tomorrow, friday), ERROR_FIELD_NOT_DATE,
                  "on");
    ReplyOrigin decided = caller;
    ReplyDelivery before = good;
    decided.decided_on = friday;
    before.on.days--;
    assert_null(reply_delivery_check(arena, &decided, &good, friday));
    test_error_at(reply_delivery_check(arena, &decided, &before, friday), ERROR_REPLY_DAY, "on");
    before.on.days = -3;
    test_error_at(reply_delivery_check(arena, &caller, &before, friday), ERROR_REPLY_DAY, "on");
    ReplyDelivery by_nobody = good;
    by_nobody.deliverer = STR(" ");
    test_error_at(reply_delivery_check(arena, &caller, &by_nobody, friday), ERROR_FIELD_MISSING,
                  "deliverer");
    ReplyDelivery by_site = good;
    by_site.way = REPLY_SITE;
    test_error_at(reply_delivery_check(arena, &caller, &by_site, friday), ERROR_REPLY_WAY, "way");
}

static void only_the_site_delivers_by_itself(void **state)
{
    (void)state;
    Instant now = instant_at(friday, 19, 5);
    ReplyDelivery site = {.way = REPLY_SITE};
    ReplyDelivery letter = {.way = REPLY_LETTER};
    ReplyDelivery earlier = {REPLY_LETTER, true, {friday.days - 2}, STR("沈岚")};
    assert_int_equal(reply_delivered_at(&site, now).ms, now.ms);
    assert_int_equal(reply_delivered_at(&letter, now).ms, 0);
    assert_int_equal(reply_delivered_at(&earlier, now).ms, instant_at(earlier.on, 12, 0).ms);
    earlier.on = DATE_NONE;
    assert_int_equal(reply_delivered_at(&earlier, now).ms, now.ms);
}

static void an_answer_has_at_least_ten_characters(void **state)
{
    Arena *arena = *state;
    test_error_at(reply_words_check(arena, STR("一二三四五六七八九 ")), ERROR_FIELD_TOO_SHORT,
                  "words");
    assert_null(reply_words_check(arena, STR("一二三四五六七八九十")));
}

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whoever_wrote_on_line_is_answered_there),
        cmocka_unit_test(the_way_they_came_is_the_way_back),
        cmocka_unit_test(a_box_without_a_number_is_answered_by_letter),
        cmocka_unit_test(the_site_does_not_reach_who_telephoned),
        cmocka_unit_test(who_left_no_trace_reads_it_by_the_receipt),
        cmocka_unit_test(a_refusal_is_owed_within_its_working_days_and_others_by_the_stage),
        cmocka_unit_test(a_delivery_needs_a_day_that_has_come_and_somebody),
        cmocka_unit_test(only_the_site_delivers_by_itself),
        cmocka_unit_test(an_answer_has_at_least_ten_characters),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
