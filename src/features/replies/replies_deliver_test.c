/* Many answers delivered in one go, and taken back, on both databases. */
#include "features/proposals/proposals_fixture.h"
#include "features/replies/replies.h"
#include "replies_deliver_sql.h"
#include "replies_sql.h"

#define REPLY_NO 8
#define WORDS    "您提的坡道这次没有收下，物业已经排在下个月。"
#define WAITING  3

/* --- steps ------------------------------------------------------------------- */

static ReplyCase case_of(Fixture *f, int64_t proposal)
{
    Snapshot *snapshot;
    ReplyCase about;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(replies_case(snapshot, AREA, proposal, &about));
    db_snapshot_end(snapshot);
    return about;
}

static ReplyAnswer answer_by(int64_t proposal, int64_t version, ReplyWay way)
{
    return (ReplyAnswer){.area = AREA,
                         .proposal = proposal,
                         .actor = WORKER,
                         .version = version,
                         .words = STR(WORDS),
                         .delivery = {.way = way}};
}

static Error *try_answer(Fixture *f, ReplyAnswer answer)
{
    ReplyCase about = case_of(f, answer.proposal); /* its words are for the outcome as it is */
    answer.kind = about.kind;
    answer.about = about.about;
    return db_write(f->db, f->arena, replies_answer, &answer, NULL, 0);
}

/* Refused, and answered in words that nobody has carried anywhere yet. */
static int64_t written(Fixture *f, const char *title, ReplyWay way)
{
    int64_t id = submitted(f, title);
    test_ok(try_decide(f, id, 1, no));
    test_ok(try_answer(f, answer_by(id, 0, way)));
    return id;
}

static void write_letters(Fixture *f, int64_t *ids)
{
    static const char *const titles[WAITING] = {"坡道扶手", "楼道换灯", "车棚加顶"};
    for (size_t i = 0; i < WAITING; i++) {
        ids[i] = written(f, titles[i], REPLY_LETTER);
    }
}

static ReplyDeliver delivery_of(Fixture *f, int64_t *ids, size_t count)
{
    return (ReplyDeliver){.area = AREA,
                          .round = f->round,
                          .actor = WORKER,
                          .proposals = {ids, count},
                          .delivery = {REPLY_LETTER, true, DATE_NONE, STR("沈岚")}};
}

static Error *try_deliver(Fixture *f, ReplyDeliver deliver)
{
    return db_write(f->db, f->arena, replies_deliver, &deliver, NULL, 0);
}

static Error *try_take_back(Fixture *f, int64_t batch)
{
    ReplyTakeBack back = {AREA, f->round, WORKER, batch};
    return db_write(f->db, f->arena, replies_take_back, &back, NULL, 0);
}

static bool is_delivered(Fixture *f, int64_t proposal)
{
    return case_of(f, proposal).delivered_at.ms > 0;
}

static ReplyDeliverListRows waiting(Fixture *f, ReplyWay way, int64_t after, int64_t limit)
{
    Snapshot *snapshot;
    ReplyDeliverListRows rows;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_reply_deliver_list(snapshot, AREA, f->round, way, after, limit, &rows));
    db_snapshot_end(snapshot);
    return rows;
}

static ReplyBatchLastRow last_batch(Fixture *f, bool *found)
{
    Snapshot *snapshot;
    ReplyBatchLastRow row = {0};
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_reply_batch_last(snapshot, AREA, f->round, &row, found));
    db_snapshot_end(snapshot);
    return row;
}

/* --- delivering -------------------------------------------------------------- */

static void ticked_letters_are_delivered_together_with_who_and_when(void **state)
{
    Fixture *f = *state;
    int64_t ids[WAITING];
    bool found = false;
    write_letters(f, ids);
    test_ok(try_deliver(f, delivery_of(f, ids, 2)));
    assert_true(str_eq(case_of(f, ids[0]).deliverer, STR("沈岚")));
    assert_true(is_delivered(f, ids[1]));
    assert_false(is_delivered(f, ids[2]));
    ReplyBatchLastRow last = last_batch(f, &found);
    assert_true(found);
    assert_int_equal(last.n, 2);
    assert_true(str_eq(last.deliverer, STR("沈岚")));
    assert_int_equal(waiting(f, REPLY_LETTER, 0, 50).count, 1);
}

static void what_waits_is_listed_by_its_way_and_page_by_page(void **state)
{
    Fixture *f = *state;
    int64_t ids[WAITING];
    write_letters(f, ids);
    int64_t call = written(f, "东门路灯", REPLY_PHONE);
    ReplyDeliverListRows first = waiting(f, REPLY_LETTER, 0, 2);
    assert_int_equal(first.count, 2);
    assert_true(str_eq(first.rows[0].words, STR(WORDS)));
    assert_true(first.rows[0].receipt.len > 0);
    ReplyDeliverListRows rest = waiting(f, REPLY_LETTER, first.rows[1].proposal_id, 2);
    assert_int_equal(rest.count, 1);
    assert_int_equal(rest.rows[0].proposal_id, ids[2]);
    assert_int_equal(waiting(f, REPLY_PHONE, 0, 50).rows[0].proposal_id, call);
}

static void one_that_goes_another_way_is_passed_over(void **state)
{
    Fixture *f = *state;
    int64_t ids[] = {written(f, "坡道扶手", REPLY_LETTER), written(f, "楼道换灯", REPLY_PHONE)};
    test_ok(try_deliver(f, delivery_of(f, ids, 2)));
    assert_true(is_delivered(f, ids[0]));
    assert_false(is_delivered(f, ids[1]));
}

static void one_whose_record_has_changed_is_passed_over(void **state)
{
    Fixture *f = *state;
    int64_t ids[WAITING];
    write_letters(f, ids);
    test_db_clock(f->db)->offset_ms += 1000;
    ProposalDecision again = no;
    again.reason = STR("再看了一次：要业主共同决定，请找业委会。");
    test_ok(try_decide(f, ids[0], 2, again));
    test_ok(try_deliver(f, delivery_of(f, ids, 2)));
    assert_false(is_delivered(f, ids[0]));
    assert_true(is_delivered(f, ids[1]));
}

static void whoever_records_the_same_letters_second_is_told(void **state)
{
    Fixture *f = *state;
    int64_t ids[WAITING];
    write_letters(f, ids);
    test_ok(try_deliver(f, delivery_of(f, ids, WAITING)));
    ReplyDeliver second = delivery_of(f, ids, WAITING);
    second.delivery.deliverer = STR("另一位");
    test_error(try_deliver(f, second), ERROR_VERSION_CONFLICT);
    assert_true(str_eq(case_of(f, ids[0]).deliverer, STR("沈岚")));
}

static void a_delivery_says_which_when_and_by_whom(void **state)
{
    Fixture *f = *state;
    int64_t ids[WAITING];
    write_letters(f, ids);
    test_error_at(try_deliver(f, delivery_of(f, ids, 0)), ERROR_FIELD_MISSING, "proposals");
    ReplyDeliver deliver = delivery_of(f, ids, 1);
    deliver.delivery.deliverer = STR(" ");
    test_error_at(try_deliver(f, deliver), ERROR_FIELD_MISSING, "deliverer");
    deliver = delivery_of(f, ids, 1);
    deliver.delivery.on = instant_date((Instant){clock_now(test_db_clock(f->db)).ms + 200000000});
    test_error_at(try_deliver(f, deliver), ERROR_FIELD_NOT_DATE, "on");
    deliver = delivery_of(f, ids, 1);
    deliver.delivery.way = REPLY_SITE;
    test_error_at(try_deliver(f, deliver), ERROR_REPLY_WAY, "way");
    assert_int_equal(waiting(f, REPLY_LETTER, 0, 50).count, WAITING);
}

/* --- taking back ------------------------------------------------------------- */

static void a_batch_that_was_a_mistake_waits_again(void **state)
{
    Fixture *f = *state;
    int64_t ids[WAITING];
    bool found = false;
    write_letters(f, ids);
    test_ok(try_deliver(f, delivery_of(f, ids, 1)));
    test_ok(try_deliver(f, delivery_of(f, ids + 1, 2)));
    int64_t batch = last_batch(f, &found).batch_id;
    test_ok(try_take_back(f, batch));
    assert_true(is_delivered(f, ids[0]));
    assert_false(is_delivered(f, ids[1]));
    assert_int_equal(case_of(f, ids[1]).deliverer.len, 0);
    test_error(try_take_back(f, batch), ERROR_VERSION_CONFLICT);
    assert_int_equal(last_batch(f, &found).n, 1);
}

static void one_that_was_corrected_by_hand_is_not_taken_back(void **state)
{
    Fixture *f = *state;
    int64_t ids[WAITING];
    bool found = false;
    write_letters(f, ids);
    test_ok(try_deliver(f, delivery_of(f, ids, 2)));
    ReplyAnswer correction = answer_by(ids[0], case_of(f, ids[0]).version, REPLY_FACE);
    correction.delivery = (ReplyDelivery){REPLY_FACE, true, DATE_NONE, STR("阚长河")};
    test_ok(try_answer(f, correction));
    test_ok(try_take_back(f, last_batch(f, &found).batch_id));
    assert_true(is_delivered(f, ids[0]));
    assert_false(is_delivered(f, ids[1]));
}

static void what_was_never_recorded_in_one_go_cannot_be_taken_back(void **state)
{
    Fixture *f = *state;
    int64_t id = written(f, "坡道扶手", REPLY_LETTER);
    ReplyAnswer alone = answer_by(id, 1, REPLY_LETTER);
    alone.delivery = (ReplyDelivery){REPLY_LETTER, true, DATE_NONE, STR("沈岚")};
    test_ok(try_answer(f, alone));
    test_error(try_take_back(f, 0), ERROR_VERSION_CONFLICT);
    assert_true(is_delivered(f, id));
}

static void after_the_reply_stage_nobody_becomes_unanswered(void **state)
{
    Fixture *f = *state;
    int64_t ids[WAITING];
    bool found = false;
    write_letters(f, ids);
    test_ok(try_deliver(f, delivery_of(f, ids, WAITING)));
    at_stage(f, REPLY_NO + 1);
    test_error(try_take_back(f, last_batch(f, &found).batch_id), ERROR_REPLY_STAGE_OVER);
    ReplyAnswer undelivered = answer_by(ids[0], case_of(f, ids[0]).version, REPLY_LETTER);
    test_error(try_answer(f, undelivered), ERROR_REPLY_STAGE_OVER);
    undelivered.delivery = (ReplyDelivery){REPLY_FACE, true, DATE_NONE, STR("阚长河")};
    test_ok(try_answer(f, undelivered));
    assert_true(is_delivered(f, ids[0]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(ticked_letters_are_delivered_together_with_who_and_when),
        ON_BOTH(what_waits_is_listed_by_its_way_and_page_by_page),
        ON_BOTH(one_that_goes_another_way_is_passed_over),
        ON_BOTH(one_whose_record_has_changed_is_passed_over),
        ON_BOTH(whoever_records_the_same_letters_second_is_told),
        ON_BOTH(a_delivery_says_which_when_and_by_whom),
        ON_BOTH(a_batch_that_was_a_mistake_waits_again),
        ON_BOTH(one_that_was_corrected_by_hand_is_not_taken_back),
        ON_BOTH(what_was_never_recorded_in_one_go_cannot_be_taken_back),
        ON_BOTH(after_the_reply_stage_nobody_becomes_unanswered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
