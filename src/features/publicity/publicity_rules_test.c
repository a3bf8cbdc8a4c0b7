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

static void a_notice_shows_what_the_round_has_come_to(void **state)
{
    (void)state;
    PublicationRound vote = {.has_vote = true};
    PublicationRound council = {.has_decide = true};
    assert_int_equal(publication_subject(STR("result"), &vote), PUBLICATION_BALLOT);
    assert_int_equal(publication_subject(STR(""), &vote), PUBLICATION_BALLOT);
    assert_int_equal(publication_subject(STR("decision"), &council), PUBLICATION_DECISION);
    assert_int_equal(publication_subject(STR("result"), &council), PUBLICATION_DECISION);
    council.works_begun = true;
    assert_int_equal(publication_subject(STR("result"), &council), PUBLICATION_OUTCOME);
    assert_int_equal(publication_subject(STR("decision"), &council), PUBLICATION_DECISION);
    assert_int_equal(publication_subject(STR("purchase"), &council), PUBLICATION_PURCHASE);
}

static void a_notice_of_a_stage_goes_out_while_it_is_open(void **state)
{
    (void)state;
    assert_int_equal(publication_when_of_stage(STAGE_NOT_YET, false), PUBLICATION_LATER);
    assert_int_equal(publication_when_of_stage(STAGE_OPEN, false), PUBLICATION_NOW);
    assert_int_equal(publication_when_of_stage(STAGE_DONE, false), PUBLICATION_PAST);
    assert_int_equal(publication_when_of_stage(STAGE_OPEN, true), PUBLICATION_PAST);
}

static PublicationWhen purchases(const PublicationRound *round, int64_t published, int64_t to_show)
{
    return publication_when_alone(PUBLICATION_PURCHASE, round, false, published, to_show);
}

static void purchases_go_out_as_they_come_and_that_there_were_none_at_the_end(void **state)
{
    (void)state;
    PublicationRound works = {.has_decide = true, .works_begun = true};
    assert_int_equal(purchases(&works, 0, 0), PUBLICATION_LATER);
    assert_int_equal(purchases(&works, 0, 2), PUBLICATION_NOW);
    assert_int_equal(purchases(&works, 1, 1), PUBLICATION_NOW);
    assert_int_equal(purchases(&works, 1, 0), PUBLICATION_LATER);
    works.works_over = true;
    assert_int_equal(purchases(&works, 0, 0), PUBLICATION_NOW);
    assert_int_equal(purchases(&works, 1, 0), PUBLICATION_PAST);
    assert_int_equal(publication_when_alone(PUBLICATION_PURCHASE, &works, true, 0, 3),
                     PUBLICATION_PAST);
}

static void another_notice_without_a_stage_goes_out_once(void **state)
{
    (void)state;
    PublicationRound works = {.works_begun = true};
    assert_int_equal(publication_when_alone(PUBLICATION_OUTCOME, &works, false, 0, 0),
                     PUBLICATION_LATER);
    assert_int_equal(publication_when_alone(PUBLICATION_OUTCOME, &works, false, 0, 1),
                     PUBLICATION_NOW);
    assert_int_equal(publication_when_alone(PUBLICATION_OUTCOME, &works, false, 1, 1),
                     PUBLICATION_PAST);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_period_ends_at_half_past_five_of_its_last_working_day),
        cmocka_unit_test(a_stage_without_working_days_publishes_for_five),
        cmocka_unit_test(objections_are_taken_until_the_last_moment),
        cmocka_unit_test(an_objection_of_friday_is_due_the_friday_after),
        cmocka_unit_test(a_notice_shows_what_the_round_has_come_to),
        cmocka_unit_test(a_notice_of_a_stage_goes_out_while_it_is_open),
        cmocka_unit_test(purchases_go_out_as_they_come_and_that_there_were_none_at_the_end),
        cmocka_unit_test(another_notice_without_a_stage_goes_out_once),
        cmocka_unit_test(length_is_counted_in_characters_without_the_spaces_around),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
