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

static void vote_publish_reply_and_decide_can_never_be_waived(void **state)
{
    (void)state;
    for (int kind = STAGE_KIND_NONE + 1; kind < STAGE_KIND_COUNT; kind++) {
        bool never = kind == STAGE_KIND_VOTE || kind == STAGE_KIND_PUBLISH ||
                     kind == STAGE_KIND_REPLY || kind == STAGE_KIND_DECIDE;
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
        cmocka_unit_test(vote_publish_reply_and_decide_can_never_be_waived),
        cmocka_unit_test(every_kind_is_found_by_its_word),
        cmocka_unit_test(gate_names_are_cut_at_spaces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
