#include "features/programmes/programmes_rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const StageFact three[] = {
    {1, STAGE_KIND_COLLECT, STAGE_DONE},
    {2, STAGE_KIND_VOTE, STAGE_OPEN},
    {3, STAGE_KIND_PUBLISH, STAGE_NOT_YET},
};

static Date day(int year, int month, int number)
{
    return date_of((CivilDate){year, month, number});
}

static void an_open_stage_without_conditions_may_be_left(void **state)
{
    (void)state;
    AdvanceVerdict verdict = advance_decide(three, 3, NULL, 0);
    assert_int_equal(verdict.answer, ADVANCE_ALLOWED);
    assert_int_equal(verdict.from_no, 2);
    assert_int_equal(verdict.to_no, 3);
}

static void met_conditions_open_the_way(void **state)
{
    (void)state;
    Condition conditions[] = {{CONDITION_MET, {0}}, {CONDITION_MET, {0}}};
    assert_int_equal(advance_decide(three, 3, conditions, 2).answer, ADVANCE_ALLOWED);
}

static void one_unmet_condition_shuts_the_way(void **state)
{
    (void)state;
    Condition conditions[] = {{CONDITION_MET, {0}}, {CONDITION_UNMET, {0}}};
    AdvanceVerdict verdict = advance_decide(three, 3, conditions, 2);
    assert_int_equal(verdict.answer, ADVANCE_MISSING);
    assert_int_equal(verdict.n_missing, 1);
    assert_int_equal(verdict.n_waiting, 0);
    assert_int_equal(verdict.earliest.ms, 0);
}

static void waiting_conditions_name_the_latest_of_their_times(void **state)
{
    (void)state;
    Condition conditions[] = {{CONDITION_WAITING, {2000}}, {CONDITION_WAITING, {5000}}};
    AdvanceVerdict verdict = advance_decide(three, 3, conditions, 2);
    assert_int_equal(verdict.answer, ADVANCE_MISSING);
    assert_int_equal(verdict.n_missing, 2);
    assert_int_equal(verdict.n_waiting, 2);
    assert_int_equal(verdict.earliest.ms, 5000);
}

static void a_waived_stage_is_stepped_over(void **state)
{
    (void)state;
    StageFact stages[] = {{1, STAGE_KIND_COLLECT, STAGE_OPEN},
                          {2, STAGE_KIND_PLEDGE, STAGE_WAIVED},
                          {3, STAGE_KIND_VOTE, STAGE_NOT_YET}};
    assert_int_equal(advance_decide(stages, 3, NULL, 0).to_no, 3);
}

static void leaving_the_last_stage_ends_the_round(void **state)
{
    (void)state;
    StageFact stages[] = {{1, STAGE_KIND_VOTE, STAGE_DONE}, {2, STAGE_KIND_PUBLISH, STAGE_OPEN}};
    AdvanceVerdict verdict = advance_decide(stages, 2, NULL, 0);
    assert_int_equal(verdict.answer, ADVANCE_ALLOWED);
    assert_int_equal(verdict.to_no, 0);
}

static void a_finished_round_cannot_advance(void **state)
{
    (void)state;
    StageFact stages[] = {{1, STAGE_KIND_VOTE, STAGE_DONE}, {2, STAGE_KIND_PUBLISH, STAGE_DONE}};
    assert_int_equal(advance_decide(stages, 2, NULL, 0).answer, ADVANCE_NOT_OPEN);
    assert_int_equal(advance_decide(NULL, 0, NULL, 0).answer, ADVANCE_NOT_OPEN);
}

static void vote_publish_and_reply_can_never_be_waived(void **state)
{
    (void)state;
    for (int kind = STAGE_KIND_NONE + 1; kind < STAGE_KIND_COUNT; kind++) {
        bool never =
            kind == STAGE_KIND_VOTE || kind == STAGE_KIND_PUBLISH || kind == STAGE_KIND_REPLY;
        assert_int_equal(stage_kind_may_be_waived((StageKind)kind), !never);
    }
}

static void every_kind_is_found_by_its_word(void **state)
{
    (void)state;
    for (int kind = STAGE_KIND_NONE + 1; kind < STAGE_KIND_COUNT; kind++) {
        assert_int_equal(stage_kind_of(stage_kind_word((StageKind)kind)), kind);
    }
    assert_int_equal(stage_kind_of(STR("Vote")), STAGE_KIND_NONE);
    assert_int_equal(stage_kind_of(STR("")), STAGE_KIND_NONE);
}

static void gate_names_are_cut_at_spaces(void **state)
{
    (void)state;
    Arena *arena = arena_create(1 << 16);
    size_t count = 9;
    Str *names = gate_names(arena, STR(" poll_counted  roll_closed "), &count);
    assert_int_equal(count, 2);
    assert_true(str_eq(names[0], STR("poll_counted")));
    assert_true(str_eq(names[1], STR("roll_closed")));
    gate_names(arena, STR(""), &count);
    assert_int_equal(count, 0);
    arena_destroy(arena);
}

static void working_days_step_over_the_weekend(void **state)
{
    (void)state;
    /* 2027-05-06 is a Thursday. */
    assert_int_equal(working_days_add(day(2027, 5, 6), 1).days, day(2027, 5, 7).days);
    assert_int_equal(working_days_add(day(2027, 5, 6), 2).days, day(2027, 5, 10).days);
    assert_int_equal(working_days_add(day(2027, 5, 6), 5).days, day(2027, 5, 13).days);
    assert_int_equal(working_days_add(day(2027, 5, 8), 1).days, day(2027, 5, 10).days);
    assert_int_equal(working_days_add(day(2027, 5, 6), 250).days, day(2027, 5, 6).days + 350);
}

static void no_working_days_means_the_first_one_from_there(void **state)
{
    (void)state;
    assert_int_equal(working_days_add(day(2027, 5, 6), 0).days, day(2027, 5, 6).days);
    assert_int_equal(working_days_add(day(2027, 5, 8), 0).days, day(2027, 5, 10).days);
}

static void working_days_between_undoes_working_days_add(void **state)
{
    (void)state;
    for (int offset = 0; offset < 14; offset++) {
        for (int n = 1; n < 30; n++) {
            Date from = {day(2027, 5, 1).days + offset};
            assert_int_equal(working_days_between(from, working_days_add(from, n)), n);
        }
    }
    assert_int_equal(working_days_between(day(2027, 5, 6), day(2027, 5, 6)), 0);
    assert_int_equal(working_days_between(day(2027, 5, 7), day(2027, 5, 6)), 0);
}

static void a_period_does_not_count_the_day_it_begins(void **state)
{
    (void)state;
    Instant end = working_period_end(instant_at(day(2027, 5, 6), 8, 30), 5);
    assert_int_equal(end.ms, instant_at(day(2027, 5, 13), 17, 30).ms);
}

static void planned_stages_follow_each_other_without_a_gap(void **state)
{
    (void)state;
    StageSpan spans[] = {{7, 0}, {1, 0}, {0, 5}};
    StageDates dates[3];
    plan_dates(day(2027, 3, 1), spans, 3, dates);
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
    plan_dates(day(2027, 3, 1), spans_three, 3, dates);
    plan_move(dates, spans_three, 3, instant_at(day(2027, 3, 4), 7, 0));
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
    plan_dates(day(2027, 3, 10), spans_three, 2, dates);
    plan_dates(day(2027, 3, 10), spans_three, 2, before);
    plan_move(dates, spans_three, 2, instant_at(day(2027, 3, 4), 7, 0));
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
    plan_dates(day(2027, 5, 3), spans, 2, dates);
    plan_move(dates, spans, 2, instant_at(day(2027, 5, 6), 9, 0));
    assert_int_equal(dates[0].closes_at.ms, instant_at(day(2027, 5, 13), 17, 30).ms);
    assert_int_equal(dates[1].opens_at.ms, instant_at(day(2027, 5, 14), 8, 30).ms);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_open_stage_without_conditions_may_be_left),
        cmocka_unit_test(met_conditions_open_the_way),
        cmocka_unit_test(one_unmet_condition_shuts_the_way),
        cmocka_unit_test(waiting_conditions_name_the_latest_of_their_times),
        cmocka_unit_test(a_waived_stage_is_stepped_over),
        cmocka_unit_test(leaving_the_last_stage_ends_the_round),
        cmocka_unit_test(a_finished_round_cannot_advance),
        cmocka_unit_test(vote_publish_and_reply_can_never_be_waived),
        cmocka_unit_test(every_kind_is_found_by_its_word),
        cmocka_unit_test(gate_names_are_cut_at_spaces),
        cmocka_unit_test(working_days_step_over_the_weekend),
        cmocka_unit_test(no_working_days_means_the_first_one_from_there),
        cmocka_unit_test(working_days_between_undoes_working_days_add),
        cmocka_unit_test(a_period_does_not_count_the_day_it_begins),
        cmocka_unit_test(planned_stages_follow_each_other_without_a_gap),
        cmocka_unit_test(a_late_opening_moves_its_end_and_what_follows),
        cmocka_unit_test(an_early_opening_moves_nothing),
        cmocka_unit_test(working_days_are_counted_from_the_real_opening),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
