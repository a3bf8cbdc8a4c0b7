#include "features/home/home_rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static Instant at(int day, int hour, int minute)
{
    return instant_at(date_of((CivilDate){2027, 5, day}), hour, minute);
}

static HomeFacts voting(void)
{
    return (HomeFacts){.stage = STAGE_KIND_VOTE,
                       .has_poll = true,
                       .poll_state = POLL_OPEN,
                       .poll_opens_at = at(3, 8, 30),
                       .poll_closes_at = at(12, 18, 0)};
}

static void people_are_asked_to_vote_while_ballots_are_taken(void **state)
{
    (void)state;
    HomeFacts facts = voting();
    assert_int_equal(home_situation(&facts, at(3, 8, 30)), SITUATION_VOTE);
    assert_int_equal(home_situation(&facts, at(12, 17, 59)), SITUATION_VOTE);
    assert_int_equal(home_until(&facts, SITUATION_VOTE, at(3, 9, 0)).ms, at(12, 18, 0).ms);
}

static void nobody_is_asked_to_vote_before_or_after(void **state)
{
    (void)state;
    HomeFacts facts = voting();
    assert_int_equal(home_situation(&facts, at(3, 8, 29)), SITUATION_VOTE_SOON);
    assert_int_equal(home_situation(&facts, at(12, 18, 0)), SITUATION_COUNT);
    facts.poll_state = POLL_CLOSED;
    assert_int_equal(home_situation(&facts, at(12, 19, 0)), SITUATION_COUNT);
    facts.has_poll = false;
    assert_int_equal(home_situation(&facts, at(5, 9, 0)), SITUATION_VOTE_SOON);
}

static void a_counted_poll_shows_its_result_until_it_is_published(void **state)
{
    (void)state;
    HomeFacts facts = voting();
    facts.poll_state = POLL_COUNTED;
    assert_int_equal(home_situation(&facts, at(13, 9, 0)), SITUATION_RESULT);
    facts.stage = STAGE_KIND_PUBLISH;
    assert_int_equal(home_situation(&facts, at(13, 9, 0)), SITUATION_RESULT);
    facts.has_publication = true;
    assert_int_equal(home_situation(&facts, at(13, 9, 0)), SITUATION_PUBLISH);
}

static void a_notice_without_a_ballot_is_announced_until_it_is_out(void **state)
{
    (void)state;
    HomeFacts facts = {.stage = STAGE_KIND_PUBLISH};
    assert_int_equal(home_situation(&facts, at(13, 9, 0)), SITUATION_NOTICE);
    facts.has_publication = true;
    assert_int_equal(home_situation(&facts, at(13, 9, 0)), SITUATION_PUBLISH);
}

static void every_stage_has_a_situation_and_a_finished_round_its_own(void **state)
{
    (void)state;
    HomeFacts facts = {.stage = STAGE_KIND_COLLECT};
    assert_int_equal(home_situation(&facts, at(1, 9, 0)), SITUATION_COLLECT);
    facts.stage = STAGE_KIND_PLEDGE;
    assert_int_equal(home_situation(&facts, at(1, 9, 0)), SITUATION_PREPARE);
    facts.stage = STAGE_KIND_EVALUATE;
    assert_int_equal(home_situation(&facts, at(1, 9, 0)), SITUATION_EVALUATE);
    facts.is_finished = true;
    assert_int_equal(home_situation(&facts, at(1, 9, 0)), SITUATION_FINISHED);
}

static void works_have_not_begun_while_projects_are_filed(void **state)
{
    (void)state;
    HomeFacts facts = {.stage = STAGE_KIND_FILE, .stage_closes_at = at(8, 17, 30)};
    assert_int_equal(home_situation(&facts, at(1, 9, 0)), SITUATION_FILE);
    assert_int_equal(home_until(&facts, SITUATION_FILE, at(1, 9, 0)).ms, 0);
    facts.stage = STAGE_KIND_IMPLEMENT;
    assert_int_equal(home_situation(&facts, at(9, 9, 0)), SITUATION_IMPLEMENT);
    facts.stage = STAGE_KIND_ACCEPT;
    assert_int_equal(home_situation(&facts, at(20, 9, 0)), SITUATION_IMPLEMENT);
}

static void money_is_said_to_be_spent_once_something_was_chosen(void **state)
{
    (void)state;
    HomeMoney money = home_money_said((Money){10000}, (HomeBallotMoney){0}, (HomeChosen){0});
    assert_false(money.is_decided);
    money = home_money_said((Money){10000}, (HomeBallotMoney){0}, (HomeChosen){2, {6000}});
    assert_true(money.is_decided);
    assert_int_equal(money.budget.fen, 10000);
    assert_int_equal(money.spent.fen, 6000);
    assert_int_equal(money.rest.fen, 4000);
}

static void a_counted_ballot_says_its_money_even_when_nothing_was_selected(void **state)
{
    (void)state;
    HomeBallotMoney ballot = {.is_counted = true, .budget = {9000}, .spent = {0}};
    HomeMoney money = home_money_said((Money){10000}, ballot, (HomeChosen){0});
    assert_true(money.is_decided);
    assert_int_equal(money.budget.fen, 9000);
    assert_int_equal(money.spent.fen, 0);
}

static void more_than_there_is_leaves_nothing(void **state)
{
    (void)state;
    HomeMoney money =
        home_money_said((Money){10000}, (HomeBallotMoney){0}, (HomeChosen){3, {12000}});
    assert_int_equal(money.rest.fen, 0);
}

static void an_end_that_has_passed_is_no_end(void **state)
{
    (void)state;
    HomeFacts facts = {.stage = STAGE_KIND_COLLECT, .stage_closes_at = at(8, 17, 30)};
    assert_int_equal(home_until(&facts, SITUATION_COLLECT, at(8, 17, 0)).ms, at(8, 17, 30).ms);
    assert_int_equal(home_until(&facts, SITUATION_COLLECT, at(8, 17, 30)).ms, 0);
}

static void assert_left(TimeLeft left, LeftUnit unit, int64_t n)
{
    assert_int_equal(left.unit, unit);
    assert_int_equal(left.n, n);
}

static void the_last_day_is_counted_in_hours_and_the_last_hour_in_minutes(void **state)
{
    (void)state;
    assert_left(home_time_left(&no_holidays, at(12, 18, 0), false, at(6, 23, 0)), LEFT_DAYS, 6);
    assert_left(home_time_left(&no_holidays, at(12, 18, 0), false, at(12, 12, 30)), LEFT_HOURS, 5);
    assert_left(home_time_left(&no_holidays, at(12, 18, 0), false, at(12, 17, 15)), LEFT_MINUTES,
                45);
    assert_left(home_time_left(&no_holidays, at(12, 18, 0), false, (Instant){at(12, 18, 0).ms - 1}),
                LEFT_MINUTES, 1);
    assert_left(home_time_left(&no_holidays, at(12, 18, 0), false, at(12, 18, 0)), LEFT_NONE, 0);
}

static void a_weekend_does_not_count_as_working_days(void **state)
{
    (void)state;
    /* Friday 7 May to Monday 10 May 2027. */
    assert_left(home_time_left(&no_holidays, at(10, 17, 30), true, at(7, 18, 0)), LEFT_WORKING_DAYS,
                1);
    assert_left(home_time_left(&no_holidays, at(10, 17, 30), true, at(10, 9, 0)), LEFT_HOURS, 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_are_asked_to_vote_while_ballots_are_taken),
        cmocka_unit_test(nobody_is_asked_to_vote_before_or_after),
        cmocka_unit_test(a_counted_poll_shows_its_result_until_it_is_published),
        cmocka_unit_test(a_notice_without_a_ballot_is_announced_until_it_is_out),
        cmocka_unit_test(every_stage_has_a_situation_and_a_finished_round_its_own),
        cmocka_unit_test(works_have_not_begun_while_projects_are_filed),
        cmocka_unit_test(money_is_said_to_be_spent_once_something_was_chosen),
        cmocka_unit_test(a_counted_ballot_says_its_money_even_when_nothing_was_selected),
        cmocka_unit_test(more_than_there_is_leaves_nothing),
        cmocka_unit_test(an_end_that_has_passed_is_no_end),
        cmocka_unit_test(the_last_day_is_counted_in_hours_and_the_last_hour_in_minutes),
        cmocka_unit_test(a_weekend_does_not_count_as_working_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
