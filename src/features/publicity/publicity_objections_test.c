/* Objecting and answering, on both databases. */
#include "features/publicity/publicity_fixture.h"

/* --- objecting and answering ---------------------------------------------------------------- */

static void objections_of_one_person_are_numbered_in_turn(void **state)
{
    ObjectionDone first, second;
    publish_well(*state);
    test_ok(object(*state, OBJECTED, &first));
    test_ok(object(*state, OBJECTED, &second));
    assert_int_equal(first.no, 1);
    assert_int_equal(second.no, 2);
}

static void so_many_objections_of_one_person_wait_for_answers_and_no_more(void **state)
{
    ObjectionDone first, done;
    publish_well(*state);
    test_ok(object(*state, OBJECTED, &first));
    for (int i = 1; i < OBJECTIONS_WAITING_MAX; i++) {
        test_ok(object(*state, OBJECTED, &done));
    }
    test_error(object(*state, OBJECTED, &done), ERROR_OBJECTION_WAITS);
    test_ok(answer(*state, first.id, 1, ANSWERED));
    test_ok(object(*state, OBJECTED, &done));
    test_error(object(*state, OBJECTED, &done), ERROR_OBJECTION_WAITS);
}

static void nobody_objects_after_the_period(void **state)
{
    ObjectionDone done;
    publish_well(*state);
    move_days(*state, 9);
    test_error(object(*state, OBJECTED, &done), ERROR_PUBLICATION_OVER);
}

static void an_objection_has_ten_to_a_thousand_characters(void **state)
{
    ObjectionDone done;
    publish_well(*state);
    test_error(object(*state, "一二三四五六七八九", &done), ERROR_FIELD_TOO_SHORT);
    test_ok(object(*state, "一二三四五六七八九十", &done));
}

static void another_areas_publication_is_not_found(void **state)
{
    Fixture *fixture = *state;
    publish_well(fixture);
    Fixture elsewhere = *fixture;
    elsewhere.area = fixture->area + 1;
    ObjectionDone done;
    test_error(object(&elsewhere, OBJECTED, &done), ERROR_NOT_FOUND);
}

static void an_answer_is_kept_with_who_gave_it(void **state)
{
    ObjectionDone done;
    publish_well(*state);
    test_ok(object(*state, OBJECTED, &done));
    test_ok(answer(*state, done.id, 1, ANSWERED));
    ObjectionGetRow row = objection(*state, done.id);
    assert_true(str_eq(row.answer, STR(ANSWERED)));
    assert_true(str_eq(row.answered_name, STR("王强")));
    assert_true(row.answered_at.ms > 0);
}

static void an_answer_made_from_an_older_version_changes_nothing(void **state)
{
    ObjectionDone done;
    publish_well(*state);
    test_ok(object(*state, OBJECTED, &done));
    test_ok(answer(*state, done.id, 1, ANSWERED));
    test_error(answer(*state, done.id, 1, "另一个人同时写的另一份答复。"), ERROR_VERSION_CONFLICT);
    assert_true(str_eq(objection(*state, done.id).answer, STR(ANSWERED)));
}

static void a_corrected_answer_is_another_act_in_the_journal(void **state)
{
    Fixture *fixture = *state;
    ObjectionDone done;
    publish_well(fixture);
    test_ok(object(fixture, OBJECTED, &done));
    test_ok(answer(fixture, done.id, 1, ANSWERED));
    test_ok(answer(fixture, done.id, 2, "更正：留下的宽度是三米六。"));
    Snapshot *snapshot;
    JournalEntry *entries;
    size_t count;
    test_ok(db_snapshot_begin(fixture->db, fixture->arena, &snapshot));
    test_ok(journal_list_kind(snapshot, fixture->area, STR("objection"), 0, 10, &entries, &count));
    db_snapshot_end(snapshot);
    assert_int_equal(count, 3);
    assert_true(str_eq(entries[0].act, STR("objection.correct")));
    assert_true(str_eq(entries[1].act, STR("objection.answer")));
    assert_true(str_eq(entries[2].act, STR("objection.make")));
    assert_int_equal(entries[2].reason.len, 0);
}

static Error *erase(Tx *tx, const void *input, Instant now, void *output)
{
    (void)output;
    const int64_t *person = input;
    return publicity_erase_person(tx, *person, now);
}

static void an_erased_persons_objection_stays_without_the_name(void **state)
{
    Fixture *fixture = *state;
    ObjectionDone done;
    publish_well(fixture);
    test_ok(object(fixture, OBJECTED, &done));
    Buf exported;
    buf_init(&exported, 1 << 16);
    Snapshot *snapshot;
    test_ok(db_snapshot_begin(fixture->db, fixture->arena, &snapshot));
    test_ok(publicity_export_person(snapshot, fixture->lin, &exported));
    db_snapshot_end(snapshot);
    assert_true(str_contains(buf_view(&exported), STR("林秀兰")));
    assert_true(str_contains(buf_view(&exported), STR("消防通道")));
    buf_free(&exported);
    test_ok(db_write(fixture->db, fixture->arena, erase, &fixture->lin, NULL, 0));
    ObjectionGetRow row = objection(fixture, done.id);
    assert_int_equal(row.person_name.len, 0);
    assert_true(str_eq(row.words, STR(OBJECTED)));
}

static const Case cases[] = {
    CASE(objections_of_one_person_are_numbered_in_turn),
    CASE(so_many_objections_of_one_person_wait_for_answers_and_no_more),
    CASE(nobody_objects_after_the_period),
    CASE(an_objection_has_ten_to_a_thousand_characters),
    CASE(another_areas_publication_is_not_found),
    CASE(an_answer_is_kept_with_who_gave_it),
    CASE(an_answer_made_from_an_older_version_changes_nothing),
    CASE(a_corrected_answer_is_another_act_in_the_journal),
    CASE(an_erased_persons_objection_stays_without_the_name),
};

int main(void)
{
    return run_cases(cases, countof(cases));
}
