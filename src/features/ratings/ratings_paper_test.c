/* Sheets filled in on paper: one rating a person whatever the channel, on both databases. */
#include "features/proposals/proposals_fixture.h"
#include "polls_sql.h"

#include "features/delivery/delivery_fixture.h"
#include "features/ratings/ratings_fixture.h"

static Error *try_sheet(Fixture *f, int64_t project, int64_t person, int mark)
{
    RatingPaper paper = {AREA, project, person, WORKER, {mark, mark, mark}};
    return db_write(f->db, f->arena, ratings_enter_paper, &paper, NULL, 0);
}

static RatingOwnRows own_of(Fixture *f, int64_t project, int64_t person)
{
    Snapshot *snapshot;
    RatingOwnRows rows;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_rating_own(snapshot, AREA, project, person, &rows));
    db_snapshot_end(snapshot);
    return rows;
}

/* How many gave this mark to the first question by this channel, as counted. */
static int64_t counted_by(Fixture *f, int64_t project, RatingChannel channel, int mark)
{
    Snapshot *snapshot;
    RatingTalliesOfRows rows;
    int64_t n = 0;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_rating_tallies_of(snapshot, AREA, project, &rows));
    db_snapshot_end(snapshot);
    for (size_t i = 0; i < rows.count; i++) {
        const RatingTalliesOfRow *row = &rows.rows[i];
        bool is_asked = row->channel == (int64_t)channel && row->question == 1 && row->mark == mark;
        n += is_asked ? row->n : 0;
    }
    return n;
}

static void a_sheet_counts_as_paper(void **state)
{
    Fixture *f = *state;
    int64_t project = rated_project(f);
    test_ok(try_sheet(f, project, neighbour(f), 4));
    test_ok(try_rate(f, project, neighbour(f), 5));
    test_ok(try_assess(f, project, 0, SELF_WORDS));
    days_pass(f, 15);
    test_ok(try_close(f, 1));
    assert_int_equal(counted_by(f, project, RATING_PAPER, 4), 1);
    assert_int_equal(counted_by(f, project, RATING_PAPER, 5), 0);
    assert_int_equal(counted_by(f, project, RATING_ONLINE, 5), 1);
}

/* Nothing is written then, so nothing would show who was asked about. */
static void a_sheet_without_marks_does_not_tell_who_rated_on_line(void **state)
{
    Fixture *f = *state;
    int64_t project = rated_project(f);
    int64_t person = neighbour(f);
    test_ok(try_rate(f, project, person, 5));
    test_error_at(try_sheet(f, project, person, 0), ERROR_FIELD_MISSING, "mark1");
    test_error_at(try_sheet(f, project, person, 4), ERROR_RATING_ONLINE_ALREADY, "who");
}

static void another_sheet_of_the_same_person_takes_the_place_of_the_first(void **state)
{
    Fixture *f = *state;
    int64_t project = rated_project(f);
    int64_t person = neighbour(f);
    test_ok(try_sheet(f, project, person, 4));
    test_ok(try_sheet(f, project, person, 2));
    assert_int_equal(own_of(f, project, person).count, 3);
    assert_int_equal(own_of(f, project, person).rows[0].mark, 2);
}

static void what_was_given_on_line_is_not_overwritten_by_a_sheet(void **state)
{
    Fixture *f = *state;
    int64_t project = rated_project(f);
    int64_t person = neighbour(f);
    test_ok(try_rate(f, project, person, 5));
    test_error_at(try_sheet(f, project, person, 1), ERROR_RATING_ONLINE_ALREADY, "who");
    assert_int_equal(own_of(f, project, person).rows[0].mark, 5);
}

static void what_is_given_on_line_takes_the_place_of_a_sheet(void **state)
{
    Fixture *f = *state;
    int64_t project = rated_project(f);
    int64_t person = neighbour(f);
    test_ok(try_sheet(f, project, person, 1));
    test_ok(try_rate(f, project, person, 5));
    assert_int_equal(own_of(f, project, person).count, 3);
    assert_int_equal(own_of(f, project, person).rows[0].mark, 5);
    assert_int_equal(own_of(f, project, person).rows[0].channel, RATING_ONLINE);
}

static void a_sheet_is_of_somebody_who_may_take_part(void **state)
{
    Fixture *f = *state;
    int64_t project = rated_project(f);
    int year = date_civil(today(f)).year;
    int64_t child = settled(f, year - 9, RESIDENCY_REGISTERED);
    test_error_at(try_sheet(f, project, child, 4), ERROR_RATING_NOT_THEIRS, "who");
    test_error_at(try_sheet(f, project, 0, 4), ERROR_RATING_NOT_THEIRS, "who");
}

static void a_sheet_has_a_mark_for_each_question(void **state)
{
    Fixture *f = *state;
    int64_t project = rated_project(f);
    RatingPaper paper = {AREA, project, neighbour(f), WORKER, {4, 0, 4}};
    test_error_at(db_write(f->db, f->arena, ratings_enter_paper, &paper, NULL, 0),
                  ERROR_FIELD_MISSING, "mark2");
}

static void a_sheet_may_be_entered_after_the_last_day_until_the_rating_is_closed(void **state)
{
    Fixture *f = *state;
    int64_t project = rated_project(f);
    test_ok(try_assess(f, project, 0, SELF_WORDS));
    days_pass(f, 15);
    test_error(try_rate(f, project, neighbour(f), 5), ERROR_RATING_CLOSED);
    test_ok(try_sheet(f, project, neighbour(f), 4));
    test_ok(try_close(f, 1));
    test_error(try_sheet(f, project, neighbour(f), 4), ERROR_RATING_CLOSED);
}

static Error *erase(Tx *tx, const void *input, Instant now, void *output)
{
    (void)output;
    return ratings_erase_person(tx, *(const int64_t *)input, now);
}

static void what_an_erased_person_gave_on_paper_stays_a_count_of_paper(void **state)
{
    Fixture *f = *state;
    int64_t project = rated_project(f);
    int64_t person = neighbour(f);
    test_ok(try_sheet(f, project, person, 3));
    test_ok(db_write(f->db, f->arena, erase, &person, NULL, 0));
    assert_int_equal(own_of(f, project, person).count, 0);
    assert_int_equal(counted_by(f, project, RATING_PAPER, 3), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_sheet_counts_as_paper),
        ON_BOTH(a_sheet_without_marks_does_not_tell_who_rated_on_line),
        ON_BOTH(another_sheet_of_the_same_person_takes_the_place_of_the_first),
        ON_BOTH(what_was_given_on_line_is_not_overwritten_by_a_sheet),
        ON_BOTH(what_is_given_on_line_takes_the_place_of_a_sheet),
        ON_BOTH(a_sheet_is_of_somebody_who_may_take_part),
        ON_BOTH(a_sheet_has_a_mark_for_each_question),
        ON_BOTH(a_sheet_may_be_entered_after_the_last_day_until_the_rating_is_closed),
        ON_BOTH(what_an_erased_person_gave_on_paper_stays_a_count_of_paper),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
