/* Who is told, what they read, and that nothing is left of somebody erased; on both databases. */
#include "features/notices/notices_fixture.h"

static void read_up_to(Fixture *f, int64_t person, int64_t shown)
{
    NoticesRead read = {person, shown};
    test_ok(db_write(f->db, f->arena, notices_read, &read, NULL, 0));
}

static void a_person_reads_what_they_were_told_in_both_languages(void **state)
{
    Fixture *f = *state;
    send_to(f, f->lin);
    NoticeBoxRows box = box_of(f, f->lin);
    assert_int_equal(box.count, 1);
    assert_true(str_contains(box.rows[0].words, STR("坡道扶手")));
    assert_true(str_contains(box.rows[0].words_en, STR("answer")));
    assert_true(str_eq(box.rows[0].name, STR("桂竹社区")));
    assert_true(box.rows[0].is_new);
    assert_int_equal(box_of(f, f->chen).count, 0);
}

static void nobody_is_told_nothing(void **state)
{
    Fixture *f = *state;
    send_to(f, 0);
    assert_int_equal(box_of(f, 0).count, 0);
    assert_int_equal(box_of(f, f->lin).count, 0);
}

static void what_is_for_everybody_reaches_those_on_the_roll_there(void **state)
{
    Fixture *f = *state;
    send_many(f, notices_send_all);
    assert_int_equal(box_of(f, f->lin).count, 1);
    assert_int_equal(box_of(f, f->chen).count, 0);
    assert_int_equal(box_of(f, f->wang).count, 0);
}

static void work_is_told_to_those_who_work_there(void **state)
{
    Fixture *f = *state;
    send_many(f, notices_send_office);
    assert_int_equal(box_of(f, f->wang).count, 1);
    assert_int_equal(box_of(f, f->lin).count, 0);
}

static void what_was_shown_is_read_and_what_came_later_is_new(void **state)
{
    Fixture *f = *state;
    send_to(f, f->lin);
    int64_t shown = box_of(f, f->lin).rows[0].id;
    send_many(f, notices_send_all);
    read_up_to(f, f->lin, shown);
    assert_int_equal(new_for(f, f->lin), 1);
    read_up_to(f, f->lin, box_of(f, f->lin).rows[0].id);
    assert_int_equal(new_for(f, f->lin), 0);
}

static void reading_never_goes_back(void **state)
{
    Fixture *f = *state;
    send_to(f, f->lin);
    read_up_to(f, f->lin, INT64_MAX);
    read_up_to(f, f->lin, 0);
    assert_int_equal(new_for(f, f->lin), 0);
    send_to(f, f->lin);
    assert_int_equal(new_for(f, f->lin), 1);
}

static void one_reading_leaves_the_other_with_theirs(void **state)
{
    Fixture *f = *state;
    send_to(f, f->lin);
    send_to(f, f->chen);
    read_up_to(f, f->lin, INT64_MAX);
    assert_int_equal(new_for(f, f->chen), 1);
}

static Error *refuse_after_sending(Tx *tx, const void *input, Instant now, void *output)
{
    Error *err = send_it(tx, input, now, output);
    return err ? err : error_make(tx_arena(tx), ERROR_VERSION_CONFLICT, "the fact does not stand");
}

static void a_fact_that_does_not_stand_is_not_told(void **state)
{
    Fixture *f = *state;
    Sending sending = {.notice = news(f), .person = f->lin};
    test_error(db_write(f->db, f->arena, refuse_after_sending, &sending, NULL, 0),
               ERROR_VERSION_CONFLICT);
    assert_int_equal(box_of(f, f->lin).count, 0);
}

static void a_person_takes_home_what_they_were_told(void **state)
{
    Fixture *f = *state;
    Snapshot *snapshot;
    Buf out;
    buf_init(&out, 1 << 16);
    send_to(f, f->lin);
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(notices_feature.export_person(snapshot, f->lin, &out));
    db_snapshot_end(snapshot);
    assert_true(str_contains(buf_view(&out), STR("坡道扶手")));
    buf_free(&out);
}

static Error *erase(Tx *tx, const void *input, Instant now, void *output)
{
    (void)output;
    return notices_feature.erase_person(tx, *(const int64_t *)input, now);
}

static void erasing_leaves_nothing_but_what_is_for_everybody(void **state)
{
    Fixture *f = *state;
    send_to(f, f->lin);
    send_many(f, notices_send_all);
    read_up_to(f, f->lin, INT64_MAX);
    test_ok(db_write(f->db, f->arena, erase, &f->lin, NULL, 0));
    assert_int_equal(box_of(f, f->lin).count, 1);
    assert_int_equal(new_for(f, f->lin), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_person_reads_what_they_were_told_in_both_languages),
        ON_BOTH(nobody_is_told_nothing),
        ON_BOTH(what_is_for_everybody_reaches_those_on_the_roll_there),
        ON_BOTH(work_is_told_to_those_who_work_there),
        ON_BOTH(what_was_shown_is_read_and_what_came_later_is_new),
        ON_BOTH(reading_never_goes_back),
        ON_BOTH(one_reading_leaves_the_other_with_theirs),
        ON_BOTH(a_fact_that_does_not_stand_is_not_told),
        ON_BOTH(a_person_takes_home_what_they_were_told),
        ON_BOTH(erasing_leaves_nothing_but_what_is_for_everybody),
    };
    return cmocka_run_group_tests_name("notices", tests, NULL, NULL);
}
