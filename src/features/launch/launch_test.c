/* The outreach log, its gate and what is due, on both databases. */
#include "features/proposals/proposals_fixture.h"

#include "features/launch/launch_fixture.h"

static OutreachGetRow line_of(Fixture *f, int64_t id)
{
    Snapshot *snapshot;
    OutreachGetRow row;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_outreach_get(snapshot, AREA, id, &row));
    db_snapshot_end(snapshot);
    return row;
}

static OutreachListRows log_of(Fixture *f, const char *pattern)
{
    Snapshot *snapshot;
    OutreachListRows rows;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_outreach_list(snapshot, AREA, f->round, str_from(pattern), (Date){INT32_MAX},
                              INT64_MAX, 10, &rows));
    db_snapshot_end(snapshot);
    return rows;
}

static OutreachToldRows public_of(Fixture *f)
{
    Snapshot *snapshot;
    OutreachToldRows rows;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_outreach_told(snapshot, AREA, f->round, 10, &rows));
    db_snapshot_end(snapshot);
    return rows;
}

static GateReport gate(Fixture *f)
{
    return test_gate(f->db, f->arena, &launch_feature, "outreach_recorded", AREA, f->round,
                     LAUNCH_NO);
}

static OutreachCorrection correction(Fixture *f, int64_t id, int64_t version)
{
    OutreachCorrection given = {.area = AREA,
                                .id = id,
                                .actor = WORKER,
                                .version = version,
                                .fact = telling(f, OUTREACH_STAND, "中心花园").fact,
                                .reason = STR("抄错了一行")};
    given.fact.by_whom = STR("");
    return given;
}

static Error *try_correct(Fixture *f, const OutreachCorrection *given)
{
    return db_write(f->db, f->arena, launch_correct, given, NULL, 0);
}

/* --- the log ------------------------------------------------------------------ */

static void a_line_is_read_by_everybody_until_it_is_taken_back(void **state)
{
    Fixture *f = *state;
    int64_t id = told(f, OUTREACH_DOOR, "3 号楼");
    assert_int_equal(public_of(f).count, 1);
    test_ok(try_take_back(f, id, 1));
    assert_int_equal(public_of(f).count, 0);
    assert_int_equal(log_of(f, "%").count, 1);
    assert_true(log_of(f, "%").rows[0].is_withdrawn);
}

static void a_correction_keeps_what_the_line_said_and_no_name(void **state)
{
    Fixture *f = *state;
    int64_t id = told(f, OUTREACH_DOOR, "3 号楼");
    OutreachCorrection given = correction(f, id, 1);
    test_ok(try_correct(f, &given));
    assert_int_equal(line_of(f, id).channel, OUTREACH_STAND);
    ChangeLines changes = changes_of(f, id);
    assert_int_equal(changes.count, 1);
    assert_true(str_contains(changes.items[0].was, STR("3 号楼")));
    assert_true(str_contains(changes.items[0].was, STR("30 人")));
    assert_false(str_contains(changes.items[0].was, STR("楼长")));
    assert_true(str_eq(changes.items[0].reason, STR("抄错了一行")));
}

static void of_two_who_correct_at_once_one_wins(void **state)
{
    Fixture *f = *state;
    OutreachCorrection given = correction(f, told(f, OUTREACH_DOOR, "3 号楼"), 1);
    test_ok(try_correct(f, &given));
    test_error(try_correct(f, &given), ERROR_VERSION_CONFLICT);
    assert_int_equal(changes_of(f, given.id).count, 1);
}

static void what_was_taken_back_is_not_changed_any_more(void **state)
{
    Fixture *f = *state;
    int64_t id = told(f, OUTREACH_DOOR, "3 号楼");
    OutreachCorrection given = correction(f, id, 2);
    test_ok(try_take_back(f, id, 1));
    test_error(try_take_back(f, id, 2), ERROR_CHANGE_WITHDRAWN);
    test_error(try_correct(f, &given), ERROR_CHANGE_WITHDRAWN);
}

static void nothing_is_changed_without_a_reason(void **state)
{
    Fixture *f = *state;
    OutreachCorrection given = correction(f, told(f, OUTREACH_DOOR, "3 号楼"), 1);
    given.reason = STR("");
    test_error_at(try_correct(f, &given), ERROR_FIELD_TOO_SHORT, "reason");
    assert_int_equal(line_of(f, given.id).channel, OUTREACH_DOOR);
}

static void another_area_neither_reads_nor_changes_a_line(void **state)
{
    Fixture *f = *state;
    OutreachCorrection given = correction(f, told(f, OUTREACH_DOOR, "3 号楼"), 1);
    given.area = AREA + 1;
    test_error(try_correct(f, &given), ERROR_NOT_FOUND);
}

static void after_the_round_nothing_is_added(void **state)
{
    Fixture *f = *state;
    NewOutreach new = telling(f, OUTREACH_DOOR, "3 号楼");
    int64_t id = 0;
    at_stage(f, 11);
    test_error(db_write(f->db, f->arena, launch_tell, &new, &id, sizeof(id)), ERROR_STAGE_NOT_OPEN);
}

static void the_log_is_searched_and_read_on_from_a_line(void **state)
{
    Fixture *f = *state;
    Snapshot *snapshot;
    OutreachListRows rest;
    told(f, OUTREACH_DOOR, "3 号楼");
    told(f, OUTREACH_POSTER, "中心花园");
    assert_int_equal(log_of(f, "%花园%").count, 1);
    assert_int_equal(log_of(f, "%楼长%").count, 2);
    OutreachListRows all = log_of(f, "%");
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_outreach_list(snapshot, AREA, f->round, STR("%"), all.rows[0].told_on,
                              all.rows[0].id, 10, &rest));
    db_snapshot_end(snapshot);
    assert_int_equal(rest.count, 1);
    assert_int_equal(rest.rows[0].id, all.rows[1].id);
}

/* As the child would have made it: the database does not look inside. */
static int64_t told_with_photo(Fixture *f, bool is_shown)
{
    PhotoDraft draft = {.width = 1600, .height = 900};
    NewOutreach new = telling(f, OUTREACH_POSTER, "3 号楼一楼公告栏");
    int64_t id = 0;
    test_ok(file_prepare(f->arena, STR("p.png"), STR("image/png"), STR("whole"), &draft.original));
    test_ok(file_prepare(f->arena, STR("p.jpg"), STR("image/jpeg"), STR("shown"), &draft.shown));
    test_ok(file_prepare(f->arena, STR("t.jpg"), STR("image/jpeg"), STR("thumb"), &draft.thumb));
    new.photo = (PhotoGiven){&draft, is_shown};
    test_ok(db_write(f->db, f->arena, launch_tell, &new, &id, sizeof(id)));
    return id;
}

static void a_correction_may_hide_the_photo_that_is_there(void **state)
{
    Fixture *f = *state;
    OutreachCorrection given = correction(f, told_with_photo(f, true), 1);
    given.photo.is_shown = true;
    test_ok(try_correct(f, &given));
    assert_int_equal(line_of(f, given.id).photo_shown, 1);
    given.version = 2;
    given.photo.is_shown = false;
    test_ok(try_correct(f, &given));
    assert_int_equal(line_of(f, given.id).photo_shown, 0);
    assert_true(line_of(f, given.id).photo_id != 0);
}

static void a_photo_is_shown_where_staff_say_so_and_until_the_line_is_taken_back(void **state)
{
    Fixture *f = *state;
    int64_t kept = told_with_photo(f, false);
    int64_t shown = told_with_photo(f, true);
    assert_true(line_of(f, kept).photo_id != 0);
    assert_int_equal(line_of(f, kept).photo_shown, 0);
    assert_int_equal(line_of(f, shown).photo_shown, 1);
    test_ok(try_take_back(f, shown, 1));
    assert_true(line_of(f, shown).photo_id != 0);
    assert_int_equal(line_of(f, shown).photo_shown, 0);
}

/* --- the gate, what is due ------------------------------------------------------ */

static void the_launch_waits_for_two_different_channels(void **state)
{
    Fixture *f = *state;
    assert_int_equal(gate(f).state, GATE_UNMET);
    assert_true(gate(f).link.url.len > 0);
    told(f, OUTREACH_DOOR, "3 号楼");
    told(f, OUTREACH_DOOR, "5 号楼");
    assert_int_equal(gate(f).state, GATE_UNMET);
    int64_t id = told(f, OUTREACH_GROUP, "居民微信群");
    assert_int_equal(gate(f).state, GATE_MET);
    test_ok(try_take_back(f, id, 1));
    assert_int_equal(gate(f).state, GATE_UNMET);
}

static void one_channel(RoundRules *rules)
{
    rules->outreach_channels = 1;
}

static void how_many_channels_is_what_the_programme_says(void **state)
{
    Fixture *f = *state;
    told(f, OUTREACH_DOOR, "3 号楼");
    round_rules_change(f->db, f->arena, AREA, f->round, one_channel);
    assert_int_equal(gate(f).state, GATE_MET);
}

static size_t due(Fixture *f)
{
    return test_due(f->db, f->arena, &launch_feature, AREA, WORKER, ROLE_COMMUNITY_WORKER).count;
}

static void a_launch_nobody_was_told_of_is_due(void **state)
{
    Fixture *f = *state;
    at_stage(f, 2);
    assert_int_equal(due(f), 0);
    at_stage(f, LAUNCH_NO);
    assert_int_equal(due(f), 1);
    told(f, OUTREACH_DOOR, "3 号楼");
    assert_int_equal(due(f), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_line_is_read_by_everybody_until_it_is_taken_back),
        ON_BOTH(a_correction_keeps_what_the_line_said_and_no_name),
        ON_BOTH(of_two_who_correct_at_once_one_wins),
        ON_BOTH(what_was_taken_back_is_not_changed_any_more),
        ON_BOTH(nothing_is_changed_without_a_reason),
        ON_BOTH(another_area_neither_reads_nor_changes_a_line),
        ON_BOTH(after_the_round_nothing_is_added),
        ON_BOTH(the_log_is_searched_and_read_on_from_a_line),
        ON_BOTH(a_correction_may_hide_the_photo_that_is_there),
        ON_BOTH(a_photo_is_shown_where_staff_say_so_and_until_the_line_is_taken_back),
        ON_BOTH(the_launch_waits_for_two_different_channels),
        ON_BOTH(how_many_channels_is_what_the_programme_says),
        ON_BOTH(a_launch_nobody_was_told_of_is_due),
    };
    return cmocka_run_group_tests_name("launch", tests, NULL, NULL);
}
