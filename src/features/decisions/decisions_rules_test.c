/* Quorum and majority, what may be recorded when, and names as people type them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "features/decisions/decisions_rules.h"
#include "test_feature.h"

static const DiscussionRule council = {
    .code = STR_INIT("decide"), .kind = DISCUSSION_COUNCIL, .quorum = {2, 3}, .threshold = {1, 2}};
static const DiscussionRule owners = {
    .code = STR_INIT("owners"), .kind = DISCUSSION_OWNERS, .quorum = {2, 3}, .threshold = {1, 2}};
static const DiscussionRule special = {.code = STR_INIT("owners_special"),
                                       .kind = DISCUSSION_OWNERS,
                                       .quorum = {2, 3},
                                       .threshold = {3, 4}};
static const DiscussionRule talk = {.code = STR_INIT("discuss")};

static DecisionOutcome of(int64_t members, int64_t present, int64_t yes)
{
    DecisionFigures figures = {.members = members, .present = present, .yes = yes};
    return decision_outcome(&council, &figures);
}

static void a_quorum_is_reached_at_the_share_itself(void **state)
{
    (void)state;
    assert_int_equal(of(15, 10, 10), DECISION_CARRIED);
    assert_int_equal(of(15, 9, 9), DECISION_NO_QUORUM);
    assert_int_equal(of(16, 10, 10), DECISION_NO_QUORUM);
    assert_int_equal(of(16, 11, 11), DECISION_CARRIED);
}

static void a_half_of_those_present_is_no_majority(void **state)
{
    (void)state;
    assert_int_equal(of(16, 14, 7), DECISION_NOT_CARRIED);
    assert_int_equal(of(16, 14, 8), DECISION_CARRIED);
}

static void who_abstains_does_not_agree(void **state)
{
    (void)state;
    DecisionFigures figures = {.members = 16, .present = 14, .yes = 6, .no = 2};
    assert_int_equal(decision_outcome(&council, &figures), DECISION_NOT_CARRIED);
}

static void three_quarters_are_enough_at_three_quarters(void **state)
{
    (void)state;
    DecisionFigures figures = {120, 100, 75, 25, 12000, 10000, 7500};
    assert_int_equal(decision_outcome(&special, &figures), DECISION_CARRIED);
    figures.area_yes--;
    assert_int_equal(decision_outcome(&special, &figures), DECISION_NOT_CARRIED);
}

static void owners_need_both_number_and_area(void **state)
{
    (void)state;
    DecisionFigures figures = {90, 60, 31, 29, 9000, 6000, 3001};
    assert_int_equal(decision_outcome(&owners, &figures), DECISION_CARRIED);
    DecisionFigures few_metres = figures;
    few_metres.area_yes = 3000;
    assert_int_equal(decision_outcome(&owners, &few_metres), DECISION_NOT_CARRIED);
    DecisionFigures few_heads = figures;
    few_heads.yes = 30;
    assert_int_equal(decision_outcome(&owners, &few_heads), DECISION_NOT_CARRIED);
    DecisionFigures small_flats = figures;
    small_flats.area_present = 5999;
    assert_int_equal(decision_outcome(&owners, &small_flats), DECISION_NO_QUORUM);
    DecisionFigures large_flats = figures;
    large_flats.present = 59;
    assert_int_equal(decision_outcome(&owners, &large_flats), DECISION_NO_QUORUM);
}

static void a_meeting_that_counts_nothing_is_recorded(void **state)
{
    (void)state;
    DecisionFigures figures = {.present = 12};
    assert_int_equal(decision_outcome(&talk, &figures), DECISION_RECORDED);
}

static void owners_who_refused_may_be_asked_again_and_a_council_has_decided(void **state)
{
    (void)state;
    assert_true(decision_stands(DISCUSSION_COUNCIL, DECISION_NOT_CARRIED));
    assert_false(decision_stands(DISCUSSION_COUNCIL, DECISION_NO_QUORUM));
    assert_false(decision_stands(DISCUSSION_OWNERS, DECISION_NOT_CARRIED));
    assert_true(decision_stands(DISCUSSION_OWNERS, DECISION_CARRIED));
    assert_true(decision_stands(DISCUSSION_MEETING, DECISION_RECORDED));
}

static void figures_that_cannot_be_are_told_at_their_field(void **state)
{
    Arena *arena = *state;
    DecisionFigures good = {16, 14, 11, 2, 0, 0, 0};
    assert_null(decision_figures_check(arena, &council, &good));
    DecisionFigures crowd = good;
    crowd.present = 17;
    test_error_at(decision_figures_check(arena, &council, &crowd), ERROR_FIELD_TOO_BIG, "present");
    DecisionFigures double_votes = good;
    double_votes.no = 4;
    test_error_at(decision_figures_check(arena, &council, &double_votes), ERROR_FIELD_TOO_BIG,
                  "no");
    DecisionFigures uncounted = {.members = 16, .present = 14};
    test_error_at(decision_figures_check(arena, &council, &uncounted), ERROR_FIELD_MISSING, "yes");
    DecisionFigures nobody = {.members = 16};
    test_error_at(decision_figures_check(arena, &council, &nobody), ERROR_FIELD_MISSING, "present");
}

static void owners_need_their_areas_and_a_meeting_only_who_came(void **state)
{
    Arena *arena = *state;
    DecisionFigures heads = {90, 60, 31, 29, 0, 0, 0};
    test_error_at(decision_figures_check(arena, &owners, &heads), ERROR_FIELD_MISSING,
                  "area_members");
    DecisionFigures meeting = {.present = 12};
    assert_null(decision_figures_check(arena, &talk, &meeting));
}

static void a_resolution_is_recorded_in_its_stage_only(void **state)
{
    (void)state;
    DecisionTime before = {.has_decide_stage = true, .decide_is_ahead = true};
    DecisionTime now = {.has_decide_stage = true, .decide_is_open = true};
    DecisionTime after = {.has_decide_stage = true};
    assert_false(decision_may_be_recorded(&council, &before));
    assert_true(decision_may_be_recorded(&council, &now));
    assert_false(decision_may_be_recorded(&council, &after));
    assert_true(decision_may_be_recorded(&talk, &before));
    assert_true(decision_may_be_recorded(&talk, &now));
    assert_false(decision_may_be_recorded(&talk, &after));
}

static void owners_decide_until_the_round_is_over(void **state)
{
    (void)state;
    DecisionTime after = {.has_decide_stage = true};
    DecisionTime over = {.has_decide_stage = true, .is_finished = true};
    assert_true(decision_may_be_recorded(&owners, &after));
    assert_false(decision_may_be_recorded(&owners, &over));
}

static void an_officer_has_a_name_and_an_office(void **state)
{
    Arena *arena = *state;
    DecisionPeople people = {0};
    assert_null(decision_officers_read(
        arena, STR("沈岚 社区书记\n\n 韩松，居委会 委员\r\n阿依：监督员"), &people));
    assert_int_equal(people.count, 3);
    assert_true(str_eq(people.items[0].name, STR("沈岚")));
    assert_true(str_eq(people.items[0].office, STR("社区书记")));
    assert_true(str_eq(people.items[1].office, STR("居委会 委员")));
    assert_true(str_eq(people.items[2].name, STR("阿依")));
    test_error_at(decision_officers_read(arena, STR("沈岚"), &people), ERROR_DECISION_OFFICE,
                  "officers");
}

static void residents_are_read_however_they_are_listed(void **state)
{
    Arena *arena = *state;
    DecisionPeople people = {0};
    assert_null(decision_residents_read(arena, STR("阚长河、宣小雨，冼望；\n阿依古丽·买买提\n\n"),
                                        &people));
    assert_int_equal(people.count, 4);
    assert_true(str_eq(people.items[3].name, STR("阿依古丽·买买提")));
    assert_int_equal(people.items[3].office.len, 0);
}

static void names_have_an_end(void **state)
{
    Arena *arena = *state;
    DecisionPeople people = {0};
    test_error_at(
        decision_residents_read(
            arena, STR("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一"), &people),
        ERROR_FIELD_TOO_LONG, "residents");
    people.count = DECISION_PEOPLE_MAX;
    test_error_at(decision_residents_read(arena, STR("宣小雨"), &people), ERROR_FIELD_TOO_MANY,
                  "residents");
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
        cmocka_unit_test(a_quorum_is_reached_at_the_share_itself),
        cmocka_unit_test(a_half_of_those_present_is_no_majority),
        cmocka_unit_test(who_abstains_does_not_agree),
        cmocka_unit_test(three_quarters_are_enough_at_three_quarters),
        cmocka_unit_test(owners_need_both_number_and_area),
        cmocka_unit_test(a_meeting_that_counts_nothing_is_recorded),
        cmocka_unit_test(owners_who_refused_may_be_asked_again_and_a_council_has_decided),
        cmocka_unit_test(figures_that_cannot_be_are_told_at_their_field),
        cmocka_unit_test(owners_need_their_areas_and_a_meeting_only_who_came),
        cmocka_unit_test(a_resolution_is_recorded_in_its_stage_only),
        cmocka_unit_test(owners_decide_until_the_round_is_over),
        cmocka_unit_test(an_officer_has_a_name_and_an_office),
        cmocka_unit_test(residents_are_read_however_they_are_listed),
        cmocka_unit_test(names_have_an_end),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
