/* Where notices hang: putting up, taking down, correcting, what is due; on both databases. */
#include "features/publicity/publicity_fixture.h"
#include "features/publicity/publicity_postings.h"
#include "publicity_postings_sql.h"

static Date today(Fixture *fixture)
{
    return instant_date(clock_now(test_db_clock(fixture->db)));
}

static HangingGetRow row_of(Fixture *fixture, int64_t id)
{
    Snapshot *snapshot;
    HangingGetRow row;
    test_ok(db_snapshot_begin(fixture->db, fixture->arena, &snapshot));
    test_ok(sql_hanging_get(snapshot, fixture->area, id, &row));
    db_snapshot_end(snapshot);
    return row;
}

static HangingPublicRows public_of(Fixture *fixture)
{
    Snapshot *snapshot;
    HangingPublicRows rows;
    test_ok(db_snapshot_begin(fixture->db, fixture->arena, &snapshot));
    test_ok(sql_hanging_public(snapshot, fixture->area, fixture->publication, 10, &rows));
    db_snapshot_end(snapshot);
    return rows;
}

static HangingPlacesRows places_of(Fixture *fixture)
{
    Snapshot *snapshot;
    HangingPlacesRows rows;
    test_ok(db_snapshot_begin(fixture->db, fixture->arena, &snapshot));
    test_ok(sql_hanging_places(snapshot, fixture->area, 10, &rows));
    db_snapshot_end(snapshot);
    return rows;
}

static NewPosting at_place(Fixture *fixture, const char *where)
{
    return (NewPosting){
        .area = fixture->area,
        .publication = fixture->publication,
        .actor = fixture->wang,
        .fact = {.place = str_from(where), .up_on = today(fixture), .up_by = STR("3 号楼楼长")}};
}

static int64_t put_up(Fixture *fixture, const NewPosting *new)
{
    int64_t id = 0;
    test_ok(db_write(fixture->db, fixture->arena, publicity_put_up, new, &id, sizeof(id)));
    return id;
}

static int64_t put_up_at(Fixture *fixture, const char *where)
{
    NewPosting new = at_place(fixture, where);
    return put_up(fixture, &new);
}

static Error *try_put_up(Fixture *fixture, const NewPosting *new)
{
    int64_t id = 0;
    return db_write(fixture->db, fixture->arena, publicity_put_up, new, &id, sizeof(id));
}

static Error *try_take_down(Fixture *fixture, int64_t id, int64_t version)
{
    PostingDown down = {.area = fixture->area,
                        .id = id,
                        .actor = fixture->wang,
                        .version = version,
                        .down_on = today(fixture),
                        .down_by = STR("网格员")};
    return db_write(fixture->db, fixture->arena, publicity_take_down, &down, NULL, 0);
}

static PostingCorrection correction(Fixture *fixture, int64_t id, int64_t version)
{
    return (PostingCorrection){
        .area = fixture->area,
        .id = id,
        .actor = fixture->wang,
        .version = version,
        .fact = {.place = STR("5 号楼一楼公告栏"), .up_on = today(fixture), .up_by = STR("志愿者")},
        .up = {.is_shown = true},
        .reason = STR("楼号抄错了")};
}

static Error *try_correct(Fixture *fixture, const PostingCorrection *given)
{
    return db_write(fixture->db, fixture->arena, publicity_correct_posting, given, NULL, 0);
}

static Error *try_withdraw(Fixture *fixture, int64_t id, int64_t version)
{
    Withdrawal back = {fixture->area, id, fixture->wang, version, STR("记重了一处")};
    return db_write(fixture->db, fixture->arena, publicity_withdraw_posting, &back, NULL, 0);
}

/* --- the record ------------------------------------------------------------------------------- */

static void everybody_reads_where_a_notice_hangs_and_until_when(void **state)
{
    Fixture *fixture = *state;
    publish_well(fixture);
    int64_t id = put_up_at(fixture, "3 号楼一楼公告栏");
    assert_int_equal(public_of(fixture).count, 1);
    assert_int_equal(public_of(fixture).rows[0].down_on.days, 0);
    move_days(fixture, 9);
    test_ok(try_take_down(fixture, id, 1));
    assert_int_equal(public_of(fixture).rows[0].down_on.days, today(fixture).days);
    test_error(try_take_down(fixture, id, 2), ERROR_POSTING_IS_DOWN);
}

static void days_of_a_posting_make_sense(void **state)
{
    Fixture *fixture = *state;
    publish_well(fixture);
    NewPosting new = at_place(fixture, "3 号楼一楼公告栏");
    new.fact.up_on.days++;
    test_error_at(try_put_up(fixture, &new), ERROR_CHANGE_DAY_AHEAD, "up_on");
    new.fact.up_on.days -= 2;
    test_error_at(try_put_up(fixture, &new), ERROR_POSTING_BEFORE_NOTICE, "up_on");
    PostingCorrection given = correction(fixture, put_up_at(fixture, "3 号楼一楼公告栏"), 1);
    move_days(fixture, 3);
    given.fact.up_on = today(fixture);
    given.fact.down_on = (Date){today(fixture).days - 1};
    given.fact.down_by = STR("网格员");
    test_error_at(try_correct(fixture, &given), ERROR_POSTING_DOWN_BEFORE_UP, "down_on");
    given.fact.down_on = (Date){today(fixture).days + 1};
    test_error_at(try_correct(fixture, &given), ERROR_CHANGE_DAY_AHEAD, "down_on");
    given.fact.down_on = today(fixture);
    given.fact.down_by = STR("");
    test_error_at(try_correct(fixture, &given), ERROR_FIELD_MISSING, "down_by");
}

static void a_posting_needs_a_place_and_who_put_it_up(void **state)
{
    Fixture *fixture = *state;
    publish_well(fixture);
    NewPosting new = at_place(fixture, "");
    test_error_at(try_put_up(fixture, &new), ERROR_FIELD_TOO_SHORT, "place");
    new = at_place(fixture, "3 号楼一楼公告栏");
    new.fact.up_by = STR("");
    test_error_at(try_put_up(fixture, &new), ERROR_FIELD_MISSING, "up_by");
}

static void a_correction_says_why_and_keeps_the_line_without_names(void **state)
{
    Fixture *fixture = *state;
    publish_well(fixture);
    PostingCorrection given = correction(fixture, put_up_at(fixture, "3 号楼一楼公告栏"), 1);
    given.reason = STR("");
    test_error_at(try_correct(fixture, &given), ERROR_FIELD_TOO_SHORT, "reason");
    given.reason = STR("楼号抄错了");
    test_ok(try_correct(fixture, &given));
    test_error(try_correct(fixture, &given), ERROR_VERSION_CONFLICT);
    assert_true(str_eq(row_of(fixture, given.id).place, STR("5 号楼一楼公告栏")));
    Snapshot *snapshot;
    ChangeLines changes;
    test_ok(db_snapshot_begin(fixture->db, fixture->arena, &snapshot));
    test_ok(changes_load(snapshot, fixture->area, given.id, &changes));
    db_snapshot_end(snapshot);
    assert_int_equal(changes.count, 1);
    assert_true(str_contains(changes.items[0].was, STR("3 号楼一楼公告栏")));
    assert_false(str_contains(changes.items[0].was, STR("楼长")));
}

static void a_wrong_taking_down_is_corrected_and_the_notice_hangs_again(void **state)
{
    Fixture *fixture = *state;
    publish_well(fixture);
    int64_t id = put_up_at(fixture, "3 号楼一楼公告栏");
    test_ok(try_take_down(fixture, id, 1));
    PostingCorrection given = correction(fixture, id, 2);
    given.fact.down_by = STR("网格员");
    test_ok(try_correct(fixture, &given));
    assert_int_equal(row_of(fixture, id).down_on.days, 0);
    assert_int_equal(row_of(fixture, id).down_by.len, 0);
    test_ok(try_take_down(fixture, id, 3));
}

static PhotoDraft photo(Fixture *fixture)
{
    PhotoDraft draft = {.width = 1600, .height = 900};
    Arena *arena = fixture->arena;
    test_ok(file_prepare(arena, STR("p.png"), STR("image/png"), STR("whole"), &draft.original));
    test_ok(file_prepare(arena, STR("p.jpg"), STR("image/jpeg"), STR("shown"), &draft.shown));
    test_ok(file_prepare(arena, STR("t.jpg"), STR("image/jpeg"), STR("thumb"), &draft.thumb));
    return draft;
}

static void photos_are_shown_where_staff_say_so_and_until_the_line_is_taken_back(void **state)
{
    Fixture *fixture = *state;
    publish_well(fixture);
    PhotoDraft draft = photo(fixture);
    NewPosting new = at_place(fixture, "3 号楼一楼公告栏");
    new.photo = (PhotoGiven){&draft, true};
    int64_t id = put_up(fixture, &new);
    assert_int_equal(public_of(fixture).rows[0].up_shown, 1);
    PostingCorrection given = correction(fixture, id, 1);
    given.up.is_shown = false;
    test_ok(try_correct(fixture, &given));
    assert_int_equal(public_of(fixture).rows[0].up_shown, 0);
    given = correction(fixture, id, 2);
    test_ok(try_correct(fixture, &given));
    assert_int_equal(public_of(fixture).rows[0].up_shown, 1);
    test_ok(try_withdraw(fixture, id, 3));
    assert_int_equal(public_of(fixture).count, 0);
    assert_int_equal(row_of(fixture, id).up_shown, 0);
    assert_true(row_of(fixture, id).up_photo_id != 0);
}

static void what_was_taken_back_is_not_changed_any_more(void **state)
{
    Fixture *fixture = *state;
    publish_well(fixture);
    int64_t id = put_up_at(fixture, "3 号楼一楼公告栏");
    test_ok(try_withdraw(fixture, id, 1));
    test_error(try_withdraw(fixture, id, 2), ERROR_CHANGE_WITHDRAWN);
    test_error(try_take_down(fixture, id, 2), ERROR_CHANGE_WITHDRAWN);
    PostingCorrection given = correction(fixture, id, 2);
    test_error(try_correct(fixture, &given), ERROR_CHANGE_WITHDRAWN);
}

static void another_area_neither_reads_nor_changes_a_posting(void **state)
{
    Fixture *fixture = *state;
    publish_well(fixture);
    PostingCorrection given = correction(fixture, put_up_at(fixture, "3 号楼一楼公告栏"), 1);
    given.area++;
    test_error(try_correct(fixture, &given), ERROR_NOT_FOUND);
    NewPosting new = at_place(fixture, "3 号楼一楼公告栏");
    new.area++;
    test_error(try_put_up(fixture, &new), ERROR_NOT_FOUND);
}

static void places_used_before_are_offered_once(void **state)
{
    Fixture *fixture = *state;
    publish_well(fixture);
    put_up_at(fixture, "3 号楼一楼公告栏");
    put_up_at(fixture, "3 号楼一楼公告栏");
    test_ok(try_withdraw(fixture, put_up_at(fixture, "中心花园"), 1));
    assert_int_equal(places_of(fixture).count, 1);
}

/* --- what is due ------------------------------------------------------------------------------ */

static void a_running_notice_that_hangs_nowhere_is_due_the_next_working_day(void **state)
{
    Fixture *fixture = *state;
    publish_well(fixture);
    assert_int_equal(due(fixture).count, 1);
    DueItem item = due(fixture).items[0];
    assert_true(str_contains(item.link.url, STR("/postings/new")));
    assert_int_equal(working_days_from(fixture, today(fixture), item.due_at), 1);
    int64_t id = put_up_at(fixture, "3 号楼一楼公告栏");
    assert_int_equal(due(fixture).count, 0);
    test_ok(try_withdraw(fixture, id, 1));
    assert_int_equal(due(fixture).count, 1);
}

static void a_notice_that_is_over_and_hangs_is_due_to_be_taken_down(void **state)
{
    Fixture *fixture = *state;
    publish_well(fixture);
    int64_t first = put_up_at(fixture, "3 号楼一楼公告栏");
    int64_t second = put_up_at(fixture, "中心花园");
    move_days(fixture, 9);
    DueItems items = due(fixture);
    assert_int_equal(items.count, 1);
    assert_true(
        str_contains(text_str(fixture->arena, LANG_ZH, items.items[0].detail), STR("2 处")));
    test_ok(try_take_down(fixture, first, 1));
    test_ok(try_take_down(fixture, second, 1));
    assert_int_equal(due(fixture).count, 0);
}

static void a_corrected_notice_comes_down_and_the_new_one_goes_up(void **state)
{
    Fixture *fixture = *state;
    publish_well(fixture);
    put_up_at(fixture, "3 号楼一楼公告栏");
    PublicationDone done;
    PublicationCorrect correct = {.area = fixture->area,
                                  .publication = fixture->publication,
                                  .actor = fixture->wang,
                                  .title = STR("投票结果公示"),
                                  .words = STR(WORDS),
                                  .reason = STR("第一版把一项的票数写错了。")};
    test_ok(
        db_write(fixture->db, fixture->arena, publicity_correct, &correct, &done, sizeof(done)));
    assert_int_equal(due(fixture).count, 2);
}

static void only_those_who_manage_are_sent_to_the_notice_board(void **state)
{
    Fixture *fixture = *state;
    publish_well(fixture);
    assert_int_equal(due_for(fixture, ROLE_STREET_OFFICER).count, 0);
    assert_int_equal(due_for(fixture, ROLE_COMMUNITY_WORKER).count, 1);
}

static const Case cases[] = {
    CASE(everybody_reads_where_a_notice_hangs_and_until_when),
    CASE(days_of_a_posting_make_sense),
    CASE(a_posting_needs_a_place_and_who_put_it_up),
    CASE(a_correction_says_why_and_keeps_the_line_without_names),
    CASE(a_wrong_taking_down_is_corrected_and_the_notice_hangs_again),
    CASE(photos_are_shown_where_staff_say_so_and_until_the_line_is_taken_back),
    CASE(what_was_taken_back_is_not_changed_any_more),
    CASE(another_area_neither_reads_nor_changes_a_posting),
    CASE(places_used_before_are_offered_once),
    CASE(a_running_notice_that_hangs_nowhere_is_due_the_next_working_day),
    CASE(a_notice_that_is_over_and_hangs_is_due_to_be_taken_down),
    CASE(a_corrected_notice_comes_down_and_the_new_one_goes_up),
    CASE(only_those_who_manage_are_sent_to_the_notice_board),
};

int main(void)
{
    return run_cases(cases, countof(cases));
}
