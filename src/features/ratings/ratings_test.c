/* Opening, assessing, rating, closing, erasing, the gate and what is due, on both databases. */
#include "features/proposals/proposals_fixture.h"
#include "polls_sql.h"

#include "features/delivery/delivery_fixture.h"
#include "features/ratings/ratings_fixture.h"

static RatingOwnRows own_of(Fixture *f, int64_t project, int64_t person)
{
    Snapshot *snapshot;
    RatingOwnRows rows;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_rating_own(snapshot, AREA, project, person, &rows));
    db_snapshot_end(snapshot);
    return rows;
}

/* --- opening ------------------------------------------------------------------- */

static void rating_waits_for_the_evaluation_stage(void **state)
{
    Fixture *f = *state;
    accepted_project(f);
    at_stage(f, WORKS_NO);
    test_error(try_open(f, 14), ERROR_STAGE_NOT_OPEN);
    at_stage(f, EVALUATION_NO);
    test_ok(try_open(f, 14));
}

static void an_announced_end_moves_to_a_later_day_only(void **state)
{
    Fixture *f = *state;
    int64_t project = rated_project(f);
    test_ok(try_open(f, 20));
    test_error(try_open(f, 20), ERROR_RATING_NOT_LATER);
    test_error(try_open(f, 15), ERROR_RATING_NOT_LATER);
    days_pass(f, 16);
    test_ok(try_rate(f, project, neighbour(f), 5));
}

static void the_last_day_is_to_come_and_not_years_away(void **state)
{
    Fixture *f = *state;
    accepted_project(f);
    test_error(try_open(f, 0), ERROR_FIELD_NOT_DATE);
    test_error(try_open(f, -3), ERROR_FIELD_NOT_DATE);
    test_error(try_open(f, 400), ERROR_FIELD_NOT_DATE);
    test_ok(try_open(f, 1));
}

static void where_nothing_was_accepted_nothing_is_rated(void **state)
{
    Fixture *f = *state;
    int64_t project = funded(f);
    test_ok(try_stop(f, project));
    at_stage(f, EVALUATION_NO);
    test_error(try_open(f, 14), ERROR_RATING_NOTHING);
    assert_int_equal(rating_gate(f).state, GATE_MET);
}

/* --- the community's own ------------------------------------------------------- */

static void a_project_is_assessed_while_it_is_rated(void **state)
{
    Fixture *f = *state;
    int64_t project = accepted_project(f);
    test_error(try_assess(f, project, 0, SELF_WORDS), ERROR_RATING_CLOSED);
    test_ok(try_open(f, 14));
    test_error(try_assess(f, project, 0, "好"), ERROR_FIELD_TOO_SHORT);
    test_ok(try_assess(f, project, 0, SELF_WORDS));
}

static void of_two_who_assess_at_once_one_wins(void **state)
{
    Fixture *f = *state;
    int64_t project = rated_project(f);
    test_ok(try_assess(f, project, 0, SELF_WORDS));
    test_error(try_assess(f, project, 0, SELF_WORDS), ERROR_VERSION_CONFLICT);
    test_ok(try_assess(f, project, 1, SELF_WORDS));
    test_error(try_assess(f, project, 1, SELF_WORDS), ERROR_VERSION_CONFLICT);
}

/* --- residents ----------------------------------------------------------------- */

static void one_person_has_one_rating_of_a_project_and_may_change_it(void **state)
{
    Fixture *f = *state;
    int64_t project = rated_project(f);
    int64_t person = neighbour(f);
    test_ok(try_rate(f, project, person, 2));
    test_ok(try_rate(f, project, person, 5));
    RatingOwnRows own = own_of(f, project, person);
    assert_int_equal(own.count, 3);
    assert_int_equal(own.rows[0].mark, 5);
}

static void every_question_is_answered(void **state)
{
    Fixture *f = *state;
    int64_t project = rated_project(f);
    RatingGive give = {AREA, project, neighbour(f), {5, 5, 0}};
    test_error_at(db_write(f->db, f->arena, ratings_rate, &give, NULL, 0), ERROR_FIELD_MISSING,
                  "mark3");
    assert_int_equal(own_of(f, project, give.person).count, 0);
}

static void who_may_not_take_part_in_the_round_does_not_rate(void **state)
{
    Fixture *f = *state;
    int64_t project = rated_project(f);
    int year = date_civil(today(f)).year;
    test_error(try_rate(f, project, RESIDENT + 77, 5), ERROR_RATING_NOT_YOURS);
    test_error(try_rate(f, project, settled(f, year - 10, RESIDENCY_REGISTERED), 5),
               ERROR_RATING_NOT_YOURS);
    test_error(try_rate(f, project, settled(f, 1980, RESIDENCY_WORKS_HERE), 5),
               ERROR_RATING_NOT_YOURS);
    test_ok(try_rate(f, project, settled(f, 1980, RESIDENCY_TENANT), 5));
}

static void marks_are_taken_between_opening_and_the_announced_end(void **state)
{
    Fixture *f = *state;
    int64_t project = accepted_project(f);
    int64_t person = neighbour(f);
    test_error(try_rate(f, project, person, 4), ERROR_RATING_CLOSED);
    test_ok(try_open(f, 1));
    test_ok(try_rate(f, project, person, 4));
    days_pass(f, 2);
    test_error(try_rate(f, project, person, 5), ERROR_RATING_CLOSED);
    assert_int_equal(own_of(f, project, person).rows[0].mark, 4);
}

static void a_project_that_was_not_accepted_or_is_elsewhere_is_not_found(void **state)
{
    Fixture *f = *state;
    int64_t project = rated_project(f);
    RatingGive give = {OTHER_AREA, project, neighbour(f), {5, 5, 5}};
    test_error(db_write(f->db, f->arena, ratings_rate, &give, NULL, 0), ERROR_NOT_FOUND);
    test_error(try_rate(f, project + 1, give.person, 5), ERROR_NOT_FOUND);
}

/* --- closing ------------------------------------------------------------------- */

static void closing_waits_for_the_end_and_for_every_assessment(void **state)
{
    Fixture *f = *state;
    int64_t project = rated_project(f);
    test_error(try_close(f, 1), ERROR_RATING_NOT_OVER);
    days_pass(f, 15);
    Error *missing = try_close(f, 1);
    test_error(missing, ERROR_RATING_SELF_MISSING);
    assert_int_equal(missing->number, 1);
    test_ok(try_assess(f, project, 0, SELF_WORDS));
    test_error(try_close(f, 7), ERROR_VERSION_CONFLICT);
    test_ok(try_close(f, 1));
    test_error(try_close(f, 2), ERROR_VERSION_CONFLICT);
    test_error(try_open(f, 30), ERROR_RATING_NOT_LATER);
    test_error(try_assess(f, project, 1, SELF_WORDS), ERROR_RATING_CLOSED);
}

static void closing_makes_counts_of_the_marks(void **state)
{
    Fixture *f = *state;
    int64_t project = rated_project(f);
    for (int i = 0; i < 4; i++) {
        test_ok(try_rate(f, project, neighbour(f), i == 0 ? 2 : 5));
    }
    test_ok(try_assess(f, project, 0, SELF_WORDS));
    days_pass(f, 15);
    assert_int_equal(counted(f, project, 1, 5), -1);
    test_ok(try_close(f, 1));
    assert_int_equal(counted(f, project, 1, 5), 3);
    assert_int_equal(counted(f, project, 3, 2), 1);
    assert_int_equal(counted(f, project, 4, 5), -1);
}

static void the_gate_opens_when_the_rating_is_closed(void **state)
{
    Fixture *f = *state;
    int64_t project = accepted_project(f);
    assert_int_equal(rating_gate(f).state, GATE_UNMET);
    test_ok(try_open(f, 14));
    assert_int_equal(rating_gate(f).state, GATE_UNMET);
    test_ok(try_assess(f, project, 0, SELF_WORDS));
    days_pass(f, 15);
    assert_int_equal(rating_gate(f).state, GATE_UNMET);
    test_ok(try_close(f, 1));
    assert_int_equal(rating_gate(f).state, GATE_MET);
}

/* --- people who leave ---------------------------------------------------------- */

static Error *erase_one(Tx *tx, const void *input, Instant now, void *output)
{
    (void)output;
    return ratings_erase_person(tx, *(const int64_t *)input, now);
}

static void who_is_erased_leaves_a_count_and_nothing_else(void **state)
{
    Fixture *f = *state;
    int64_t project = rated_project(f);
    int64_t leaves = neighbour(f);
    test_ok(try_rate(f, project, leaves, 5));
    test_ok(try_rate(f, project, neighbour(f), 5));
    test_ok(db_write(f->db, f->arena, erase_one, &leaves, NULL, 0));
    assert_int_equal(own_of(f, project, leaves).count, 0);
    test_ok(try_assess(f, project, 0, SELF_WORDS));
    days_pass(f, 15);
    test_ok(try_close(f, 1));
    assert_int_equal(counted(f, project, 1, 5), 2);
}

static void who_is_erased_after_closing_is_not_counted_twice(void **state)
{
    Fixture *f = *state;
    int64_t project = rated_project(f);
    int64_t leaves = neighbour(f);
    test_ok(try_rate(f, project, leaves, 5));
    test_ok(try_assess(f, project, 0, SELF_WORDS));
    days_pass(f, 15);
    test_ok(try_close(f, 1));
    test_ok(db_write(f->db, f->arena, erase_one, &leaves, NULL, 0));
    assert_int_equal(counted(f, project, 1, 5), 1);
    assert_int_equal(own_of(f, project, leaves).count, 0);
}

static void a_person_can_take_their_marks_home(void **state)
{
    Fixture *f = *state;
    Snapshot *snapshot;
    Buf out;
    int64_t project = rated_project(f);
    int64_t person = neighbour(f);
    test_ok(try_rate(f, project, person, 4));
    buf_init(&out, 1u << 16);
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(ratings_export_person(snapshot, person, &out));
    db_snapshot_end(snapshot);
    assert_true(str_contains(buf_view(&out), STR("\"ratings\"")));
    assert_true(str_contains(buf_view(&out), str_from(id_text(project).text)));
    buf_free(&out);
}

/* --- due ----------------------------------------------------------------------- */

static size_t due_now(Fixture *f)
{
    return test_due(f->db, f->arena, &ratings_feature, AREA, WORKER, ROLE_COMMUNITY_SECRETARY)
        .count;
}

static void what_waits_is_on_the_desk_until_it_is_done(void **state)
{
    Fixture *f = *state;
    int64_t project = accepted_project(f);
    assert_int_equal(due_now(f), 1); /* to be opened */
    test_ok(try_open(f, 14));
    assert_int_equal(due_now(f), 1); /* to be assessed */
    test_ok(try_assess(f, project, 0, SELF_WORDS));
    assert_int_equal(due_now(f), 0);
    days_pass(f, 15);
    assert_int_equal(due_now(f), 1); /* to be closed */
    test_ok(try_close(f, 1));
    assert_int_equal(due_now(f), 1); /* its report to be written */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(rating_waits_for_the_evaluation_stage),
        ON_BOTH(an_announced_end_moves_to_a_later_day_only),
        ON_BOTH(the_last_day_is_to_come_and_not_years_away),
        ON_BOTH(where_nothing_was_accepted_nothing_is_rated),
        ON_BOTH(a_project_is_assessed_while_it_is_rated),
        ON_BOTH(of_two_who_assess_at_once_one_wins),
        ON_BOTH(one_person_has_one_rating_of_a_project_and_may_change_it),
        ON_BOTH(every_question_is_answered),
        ON_BOTH(who_may_not_take_part_in_the_round_does_not_rate),
        ON_BOTH(marks_are_taken_between_opening_and_the_announced_end),
        ON_BOTH(a_project_that_was_not_accepted_or_is_elsewhere_is_not_found),
        ON_BOTH(closing_waits_for_the_end_and_for_every_assessment),
        ON_BOTH(closing_makes_counts_of_the_marks),
        ON_BOTH(the_gate_opens_when_the_rating_is_closed),
        ON_BOTH(who_is_erased_leaves_a_count_and_nothing_else),
        ON_BOTH(who_is_erased_after_closing_is_not_counted_twice),
        ON_BOTH(a_person_can_take_their_marks_home),
        ON_BOTH(what_waits_is_on_the_desk_until_it_is_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
