/* Whom nothing reached, and what a person decides about them; on both databases. */
#include "features/notices/notices_fixture.h"

#include "features/notices/notices_deliver.h"
#include "notice_rows_sql.h"
#include "notices_round_sql.h"

#define ROUND INT64_C(7) /* of news() */

static Error *try_hand(Fixture *f, NoticeHandAct act, int64_t notice, int64_t chosen)
{
    NoticesHand hand = {.area = f->area,
                        .round = ROUND,
                        .actor = f->wang,
                        .act = act,
                        .notice = notice,
                        .chosen = {&chosen, 1}};
    return db_write(f->db, f->arena, notices_hand, &hand, NULL, 0);
}

static int64_t newest(Fixture *f)
{
    return box_of(f, f->lin).rows[0].id;
}

static NoticeUntoldAllRows untold(Fixture *f, int64_t notice)
{
    Snapshot *snapshot;
    NoticeUntoldAllRows rows;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(
        sql_notice_untold_all(snapshot, f->area, notice, STR("%"), false, STR(""), 0, 10, &rows));
    db_snapshot_end(snapshot);
    return rows;
}

static NoticeUntoldOwnRows untold_own(Fixture *f)
{
    Snapshot *snapshot;
    NoticeUntoldOwnRows rows;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(
        sql_notice_untold_own(snapshot, f->area, ROUND, STR("%"), false, STR(""), 0, 10, &rows));
    db_snapshot_end(snapshot);
    return rows;
}

static NoticeDeliveriesRow only(Fixture *f)
{
    Snapshot *snapshot;
    NoticeDeliveriesRows rows;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_notice_deliveries(snapshot, f->area, &rows));
    db_snapshot_end(snapshot);
    assert_int_equal(rows.count, 1);
    return rows.rows[0];
}

static void choose(Fixture *f, int64_t person, NoticeChannel channel)
{
    NoticesChoose choose = {person, channel, STR("")};
    test_ok(db_write(f->db, f->arena, notices_choose, &choose, NULL, 0));
}

/* Lin wants texts; one attempt came to this. */
static void tried(Fixture *f, NoticeOutcome outcome)
{
    bool is_done = false;
    NoticeTaken taken = {0};
    choose(f, f->lin, NOTICE_BY_SMS);
    send_to(f, f->lin);
    test_ok(db_write(f->db, f->arena, notices_spread, NULL, &is_done, sizeof(is_done)));
    test_ok(db_write(f->db, f->arena, notices_take, NULL, &taken, sizeof(taken)));
    NoticeSettle settle = {&taken, outcome, 0, 0};
    test_ok(db_write(f->db, f->arena, notices_settle, &settle, NULL, 0));
}

static void who_cannot_sign_in_is_told_by_a_person_once(void **state)
{
    Fixture *f = *state;
    send_many(f, notices_send_all);
    assert_int_equal(untold(f, newest(f)).count, 1);
    assert_int_equal(untold(f, newest(f)).rows[0].person_id, f->lin);
    test_ok(try_hand(f, NOTICE_HAND_TOLD, newest(f), f->lin));
    assert_int_equal(untold(f, newest(f)).count, 0);
    test_error(try_hand(f, NOTICE_HAND_TOLD, newest(f), f->lin), ERROR_VERSION_CONFLICT);
    assert_int_equal(only(f).channel, NOTICE_BY_HAND);
}

static void who_has_chosen_a_way_is_not_called_besides(void **state)
{
    Fixture *f = *state;
    choose(f, f->lin, NOTICE_BY_SMS);
    send_many(f, notices_send_all);
    send_to(f, f->lin);
    assert_int_equal(untold(f, newest(f)).count, 0);
    assert_int_equal(untold_own(f).count, 0);
}

static void who_asks_for_a_call_stands_on_the_list(void **state)
{
    Fixture *f = *state;
    choose(f, f->lin, NOTICE_BY_HAND);
    send_to(f, f->lin);
    assert_int_equal(untold_own(f).count, 1);
    assert_int_equal(untold_own(f).rows[0].chosen, NOTICE_BY_HAND);
    test_ok(try_hand(f, NOTICE_HAND_TOLD, 0, newest(f)));
    assert_int_equal(untold_own(f).count, 0);
}

static void what_is_unclear_is_sent_again_when_a_person_says_so(void **state)
{
    Fixture *f = *state;
    tried(f, NOTICE_NOT_KNOWN);
    assert_int_equal(untold_own(f).count, 1);
    test_ok(try_hand(f, NOTICE_HAND_AGAIN, 0, newest(f)));
    assert_int_equal(only(f).state, NOTICE_WAITING);
    assert_int_equal(untold_own(f).count, 0);
}

static void what_has_arrived_or_is_under_way_is_not_sent_again(void **state)
{
    Fixture *f = *state;
    tried(f, NOTICE_TAKEN);
    test_error(try_hand(f, NOTICE_HAND_AGAIN, 0, newest(f)), ERROR_VERSION_CONFLICT);
    test_error(try_hand(f, NOTICE_HAND_TOLD, 0, newest(f)), ERROR_VERSION_CONFLICT);
    assert_int_equal(only(f).state, NOTICE_SENT);
    assert_int_equal(only(f).channel, NOTICE_BY_SMS);
}

static void another_round_or_area_changes_nothing(void **state)
{
    Fixture *f = *state;
    tried(f, NOTICE_SAID_NO);
    int64_t id = newest(f);
    NoticesHand hand = {.area = f->area,
                        .round = ROUND + 1,
                        .actor = f->wang,
                        .act = NOTICE_HAND_AGAIN,
                        .chosen = {&id, 1}};
    test_error(db_write(f->db, f->arena, notices_hand, &hand, NULL, 0), ERROR_VERSION_CONFLICT);
    hand.round = ROUND;
    hand.area = f->other_area;
    test_error(db_write(f->db, f->arena, notices_hand, &hand, NULL, 0), ERROR_VERSION_CONFLICT);
    hand.area = f->area;
    hand.chosen.count = 0;
    test_error_at(db_write(f->db, f->arena, notices_hand, &hand, NULL, 0), ERROR_FIELD_MISSING,
                  "chosen");
    assert_int_equal(only(f).state, NOTICE_FAILED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(who_cannot_sign_in_is_told_by_a_person_once),
        ON_BOTH(who_has_chosen_a_way_is_not_called_besides),
        ON_BOTH(who_asks_for_a_call_stands_on_the_list),
        ON_BOTH(what_is_unclear_is_sent_again_when_a_person_says_so),
        ON_BOTH(what_has_arrived_or_is_under_way_is_not_sent_again),
        ON_BOTH(another_round_or_area_changes_nothing),
    };
    return cmocka_run_group_tests_name("notices by hand", tests, NULL, NULL);
}
