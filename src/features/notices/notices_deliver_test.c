/* Notices leave the site once and never twice, by day, the way each person chose; over a real
 * socket to a gateway of the test, on both databases. */
#include "features/notices/notices_fixture.h"

#include "features/notices/notices_deliver.h"
#include "notice_rows_sql.h"
#include "platform/http/app.h"
#include "platform/send/send.h"
#include "tests/support/gateway.h"

#define SECRET    "sixteen characters and more"
#define MINUTE_MS INT64_C(60000)
#define DAY_MS    INT64_C(86400000)

typedef struct WayOut {
    App app;
    SendConfig send;
    Gateway *gateway;
} WayOut;

static const char *local(Fixture *f, const char *scheme, int port)
{
    return arena_printf(f->arena, "%s://127.0.0.1:%d", scheme, port).data;
}

static WayOut *way_out(Fixture *f, bool is_smtp, GatewayWay does, int status)
{
    WayOut *way = arena_new(f->arena, WayOut);
    way->gateway = gateway_start(is_smtp, does, status);
    int port = gateway_port(way->gateway);
    if (is_smtp) {
        way->send.smtp = (SendSmtp){
            .url = local(f, "smtp", port), .from = STR("notices@example.org"), .is_private = true};
    } else {
        way->send.sms = (SendWebhook){local(f, "http", port), STR(SECRET), true};
    }
    way->send.site = STR("https://example.org");
    way->app = (App){.db = f->db, .clock = test_db_clock(f->db), .send = &way->send};
    return way;
}

static Error *try_choose(Fixture *f, int64_t person, NoticeChannel channel, const char *email)
{
    NoticesChoose choose = {person, channel, str_from(email)};
    return db_write(f->db, f->arena, notices_choose, &choose, NULL, 0);
}

static void run(Fixture *f, WayOut *way)
{
    test_ok(notices_deliver(&way->app, f->arena));
}

static void later(Fixture *f, int64_t ms)
{
    Clock *clock = test_db_clock(f->db);
    atomic_fetch_add(&clock->offset_ms, ms);
}

static NoticeDeliveriesRows deliveries(Fixture *f)
{
    Snapshot *snapshot;
    NoticeDeliveriesRows rows;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_notice_deliveries(snapshot, f->area, &rows));
    db_snapshot_end(snapshot);
    return rows;
}

static NoticeDeliveriesRow only(Fixture *f)
{
    NoticeDeliveriesRows rows = deliveries(f);
    assert_int_equal(rows.count, 1);
    return rows.rows[0];
}

/* Lin wants texts and was told something; it was tried once. */
static WayOut *tried_once(Fixture *f, GatewayWay does, int status)
{
    WayOut *way = way_out(f, false, does, status);
    test_ok(try_choose(f, f->lin, NOTICE_BY_SMS, ""));
    send_to(f, f->lin);
    run(f, way);
    return way;
}

/* --- a webhook ----------------------------------------------------------------------------------
 */

static void a_notice_is_handed_to_the_gateway_once(void **state)
{
    Fixture *f = *state;
    WayOut *way = tried_once(f, GATEWAY_ANSWERS, 200);
    run(f, way);
    Str message = gateway_last(way->gateway, f->arena);
    assert_int_equal(gateway_messages(way->gateway), 1);
    assert_int_equal(only(f).state, NOTICE_SENT);
    assert_true(str_contains(message, STR("\"to\":\"13800000001\"")));
    assert_true(str_contains(message, STR("https://example.org/a/")));
    assert_true(str_contains(message, STR("Idempotency-Key: 0")));
    gateway_stop(way->gateway);
}

static void the_gateway_can_tell_who_signed_the_message(void **state)
{
    Fixture *f = *state;
    WayOut *way = tried_once(f, GATEWAY_ANSWERS, 200);
    Str message = gateway_last(way->gateway, f->arena);
    ptrdiff_t at = str_find(message, STR("Signature: t="));
    ptrdiff_t end = str_find(message, STR("\r\n\r\n"));
    Str seconds, rest, line;
    assert_true(at > 0 && end > 0);
    str_cut(str_slice(message, (size_t)at + 11, message.len), '\r', &line, &rest);
    str_cut(str_slice(line, 2, line.len), ',', &seconds, &rest);
    int64_t signed_at = 0;
    assert_true(str_to_int64(seconds, &signed_at));
    Str body = str_slice(message, (size_t)end + 4, message.len);
    assert_true(
        str_eq(line, send_signature(f->arena, STR(SECRET), body, (Instant){signed_at * 1000})));
    gateway_stop(way->gateway);
}

static void an_answer_that_never_came_is_unclear_and_not_sent_again(void **state)
{
    Fixture *f = *state;
    WayOut *way = tried_once(f, GATEWAY_HANGS_UP, 0);
    assert_int_equal(only(f).state, NOTICE_UNCLEAR);
    assert_int_equal(only(f).reason, SEND_NO_ANSWER);
    gateway_set(way->gateway, GATEWAY_ANSWERS, 200);
    later(f, DAY_MS);
    run(f, way);
    assert_int_equal(gateway_messages(way->gateway), 1);
    gateway_stop(way->gateway);
}

static void a_failure_that_says_nothing_is_unclear_too(void **state)
{
    Fixture *f = *state;
    WayOut *way = tried_once(f, GATEWAY_ANSWERS, 502);
    assert_int_equal(only(f).state, NOTICE_UNCLEAR);
    assert_int_equal(only(f).reason, SEND_BAD_ANSWER);
    gateway_stop(way->gateway);
}

static void who_is_busy_is_asked_again_a_minute_later_and_not_before(void **state)
{
    Fixture *f = *state;
    WayOut *way = tried_once(f, GATEWAY_ANSWERS, 503);
    assert_int_equal(only(f).state, NOTICE_WAITING);
    gateway_set(way->gateway, GATEWAY_ANSWERS, 200);
    run(f, way);
    assert_int_equal(gateway_messages(way->gateway), 1);
    later(f, MINUTE_MS + 1000);
    run(f, way);
    assert_int_equal(gateway_messages(way->gateway), 2);
    assert_int_equal(only(f).state, NOTICE_SENT);
    assert_int_equal(only(f).tries, 2);
    gateway_stop(way->gateway);
}

static void who_says_no_is_not_asked_again(void **state)
{
    Fixture *f = *state;
    WayOut *way = tried_once(f, GATEWAY_ANSWERS, 400);
    later(f, DAY_MS);
    run(f, way);
    assert_int_equal(only(f).state, NOTICE_FAILED);
    assert_int_equal(only(f).status, 400);
    assert_int_equal(gateway_messages(way->gateway), 1);
    gateway_stop(way->gateway);
}

static void a_gateway_that_is_not_there_is_tried_later(void **state)
{
    Fixture *f = *state;
    WayOut *way = way_out(f, false, GATEWAY_ANSWERS, 200);
    gateway_stop(way->gateway);
    test_ok(try_choose(f, f->lin, NOTICE_BY_SMS, ""));
    send_to(f, f->lin);
    run(f, way);
    assert_int_equal(only(f).state, NOTICE_WAITING);
    assert_int_equal(only(f).reason, SEND_NOT_REACHED);
}

static void a_gateway_in_the_local_network_is_refused_unless_it_may_stand_there(void **state)
{
    Fixture *f = *state;
    WayOut *way = way_out(f, false, GATEWAY_ANSWERS, 200);
    way->send.sms.is_private = false;
    way->send.sms.url = local(f, "https", gateway_port(way->gateway));
    test_ok(try_choose(f, f->lin, NOTICE_BY_SMS, ""));
    send_to(f, f->lin);
    run(f, way);
    assert_int_equal(only(f).state, NOTICE_FAILED);
    assert_int_equal(only(f).reason, SEND_ADDRESS_PRIVATE);
    assert_int_equal(gateway_messages(way->gateway), 0);
    gateway_stop(way->gateway);
}

/* --- breaking off -------------------------------------------------------------------------------
 */

/* The program ends after it has noted an attempt, before or after the message left. */
static NoticeTaken broken_off(Fixture *f)
{
    bool is_done = false;
    NoticeTaken taken = {0};
    test_ok(try_choose(f, f->lin, NOTICE_BY_SMS, ""));
    send_to(f, f->lin);
    test_ok(db_write(f->db, f->arena, notices_spread, NULL, &is_done, sizeof(is_done)));
    test_ok(db_write(f->db, f->arena, notices_take, NULL, &taken, sizeof(taken)));
    assert_true(taken.found);
    return taken;
}

static void an_attempt_that_broke_off_is_unclear_and_not_sent_again(void **state)
{
    Fixture *f = *state;
    WayOut *way = way_out(f, false, GATEWAY_ANSWERS, 200);
    broken_off(f);
    run(f, way);
    assert_int_equal(only(f).state, NOTICE_SENDING);
    later(f, 6 * MINUTE_MS);
    run(f, way);
    assert_int_equal(only(f).state, NOTICE_UNCLEAR);
    assert_int_equal(only(f).reason, SEND_INTERRUPTED);
    assert_int_equal(gateway_messages(way->gateway), 0);
    gateway_stop(way->gateway);
}

static void an_outcome_counts_for_its_own_attempt_only(void **state)
{
    Fixture *f = *state;
    NoticeTaken taken = broken_off(f);
    NoticeSettle settle = {&taken, NOTICE_LATER, SEND_BUSY, 503};
    test_ok(db_write(f->db, f->arena, notices_give_up, NULL, NULL, 0));
    later(f, 6 * MINUTE_MS);
    test_ok(db_write(f->db, f->arena, notices_give_up, NULL, NULL, 0));
    test_ok(db_write(f->db, f->arena, notices_settle, &settle, NULL, 0));
    assert_int_equal(only(f).state, NOTICE_UNCLEAR);
}

static void what_one_has_taken_another_does_not(void **state)
{
    Fixture *f = *state;
    NoticeTaken second = {0};
    broken_off(f);
    test_ok(db_write(f->db, f->arena, notices_take, NULL, &second, sizeof(second)));
    assert_false(second.found);
}

/* --- who, and when ------------------------------------------------------------------------------
 */

static void nobody_is_sent_anything_who_did_not_choose_it(void **state)
{
    Fixture *f = *state;
    WayOut *way = way_out(f, false, GATEWAY_ANSWERS, 200);
    test_ok(try_choose(f, f->lin, NOTICE_BY_HAND, ""));
    send_to(f, f->lin);
    send_to(f, f->wang);
    run(f, way);
    assert_int_equal(deliveries(f).count, 0);
    gateway_stop(way->gateway);
}

static void what_is_for_everybody_is_sent_to_those_there_who_chose_it(void **state)
{
    Fixture *f = *state;
    WayOut *way = way_out(f, false, GATEWAY_ANSWERS, 200);
    test_ok(try_choose(f, f->lin, NOTICE_BY_SMS, ""));
    test_ok(try_choose(f, f->chen, NOTICE_BY_SMS, ""));
    send_many(f, notices_send_all);
    run(f, way);
    run(f, way);
    assert_int_equal(only(f).person_id, f->lin);
    assert_int_equal(gateway_messages(way->gateway), 1);
    gateway_stop(way->gateway);
}

static void at_night_everything_waits_for_the_morning(void **state)
{
    Fixture *f = *state;
    WayOut *way = way_out(f, false, GATEWAY_ANSWERS, 200);
    CivilTime now = instant_civil(clock_now(way->app.clock));
    int minute = now.hour * 60 + now.minute;
    way->send.quiet_from = (minute + 1380) % 1440; /* since an hour, for another two */
    way->send.quiet_until = (minute + 120) % 1440;
    test_ok(try_choose(f, f->lin, NOTICE_BY_SMS, ""));
    send_to(f, f->lin);
    run(f, way);
    assert_int_equal(only(f).state, NOTICE_WAITING);
    assert_int_equal(gateway_messages(way->gateway), 0);
    later(f, 180 * MINUTE_MS);
    run(f, way);
    assert_int_equal(gateway_messages(way->gateway), 1);
    gateway_stop(way->gateway);
}

static void old_news_is_not_sent_when_a_way_out_is_set_up(void **state)
{
    Fixture *f = *state;
    WayOut *way = way_out(f, false, GATEWAY_ANSWERS, 200);
    test_ok(try_choose(f, f->lin, NOTICE_BY_SMS, ""));
    send_to(f, f->lin);
    later(f, 3 * DAY_MS);
    run(f, way);
    assert_int_equal(gateway_messages(way->gateway), 0);
    gateway_stop(way->gateway);
}

static void a_way_that_is_not_configured_any_more_fails_in_words(void **state)
{
    Fixture *f = *state;
    WayOut *way = way_out(f, false, GATEWAY_ANSWERS, 200);
    test_ok(try_choose(f, f->lin, NOTICE_BY_EMAIL, "lin@example.org"));
    send_to(f, f->lin);
    run(f, way);
    assert_int_equal(only(f).reason, SEND_NOT_SET_UP);
    gateway_stop(way->gateway);
}

static void a_choice_needs_somewhere_to_go(void **state)
{
    Fixture *f = *state;
    test_error_at(try_choose(f, f->wang, NOTICE_BY_SMS, ""), ERROR_NOTICE_NO_PHONE, "channel");
    test_error_at(try_choose(f, f->lin, NOTICE_BY_EMAIL, ""), ERROR_FIELD_MISSING, "email");
    test_error_at(try_choose(f, f->lin, NOTICE_BY_EMAIL, "lin@example.org\r\nBcc: x@example.org"),
                  ERROR_FIELD_NOT_EMAIL, "email");
    test_ok(try_choose(f, f->wang, NOTICE_BY_EMAIL, "wang@example.org"));
}

/* --- e-mail -------------------------------------------------------------------------------------
 */

static WayOut *mailed_once(Fixture *f, GatewayWay does, int status)
{
    WayOut *way = way_out(f, true, does, status);
    test_ok(try_choose(f, f->lin, NOTICE_BY_EMAIL, "lin@example.org"));
    send_to(f, f->lin);
    run(f, way);
    return way;
}

static void a_notice_is_mailed_once(void **state)
{
    Fixture *f = *state;
    WayOut *way = mailed_once(f, GATEWAY_ANSWERS, 0);
    run(f, way);
    Str message = gateway_last(way->gateway, f->arena);
    assert_int_equal(gateway_messages(way->gateway), 1);
    assert_int_equal(only(f).state, NOTICE_SENT);
    assert_true(str_contains(message, STR("To: <lin@example.org>")));
    assert_true(str_contains(message, STR("Message-ID: <0")));
    gateway_stop(way->gateway);
}

static void a_mail_server_that_hangs_up_after_the_text_leaves_it_unclear(void **state)
{
    Fixture *f = *state;
    WayOut *way = mailed_once(f, GATEWAY_HANGS_UP, 0);
    assert_int_equal(only(f).state, NOTICE_UNCLEAR);
    gateway_set(way->gateway, GATEWAY_ANSWERS, 0);
    later(f, DAY_MS);
    run(f, way);
    assert_int_equal(gateway_messages(way->gateway), 1);
    gateway_stop(way->gateway);
}

static void a_receiver_refused_for_now_is_tried_again(void **state)
{
    Fixture *f = *state;
    WayOut *way = mailed_once(f, GATEWAY_SAYS_NO, 450);
    assert_int_equal(only(f).state, NOTICE_WAITING);
    gateway_set(way->gateway, GATEWAY_ANSWERS, 0);
    later(f, 2 * MINUTE_MS);
    run(f, way);
    assert_int_equal(gateway_messages(way->gateway), 1);
    assert_int_equal(only(f).state, NOTICE_SENT);
    gateway_stop(way->gateway);
}

static void a_text_refused_for_good_has_failed(void **state)
{
    Fixture *f = *state;
    WayOut *way = mailed_once(f, GATEWAY_SAYS_AFTER, 554);
    assert_int_equal(only(f).state, NOTICE_FAILED);
    assert_int_equal(only(f).status, 554);
    gateway_stop(way->gateway);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_notice_is_handed_to_the_gateway_once),
        ON_BOTH(the_gateway_can_tell_who_signed_the_message),
        ON_BOTH(an_answer_that_never_came_is_unclear_and_not_sent_again),
        ON_BOTH(a_failure_that_says_nothing_is_unclear_too),
        ON_BOTH(who_is_busy_is_asked_again_a_minute_later_and_not_before),
        ON_BOTH(who_says_no_is_not_asked_again),
        ON_BOTH(a_gateway_that_is_not_there_is_tried_later),
        ON_BOTH(a_gateway_in_the_local_network_is_refused_unless_it_may_stand_there),
        ON_BOTH(an_attempt_that_broke_off_is_unclear_and_not_sent_again),
        ON_BOTH(an_outcome_counts_for_its_own_attempt_only),
        ON_BOTH(what_one_has_taken_another_does_not),
        ON_BOTH(nobody_is_sent_anything_who_did_not_choose_it),
        ON_BOTH(what_is_for_everybody_is_sent_to_those_there_who_chose_it),
        ON_BOTH(at_night_everything_waits_for_the_morning),
        ON_BOTH(old_news_is_not_sent_when_a_way_out_is_set_up),
        ON_BOTH(a_way_that_is_not_configured_any_more_fails_in_words),
        ON_BOTH(a_choice_needs_somewhere_to_go),
        ON_BOTH(a_notice_is_mailed_once),
        ON_BOTH(a_mail_server_that_hangs_up_after_the_text_leaves_it_unclear),
        ON_BOTH(a_receiver_refused_for_now_is_tried_again),
        ON_BOTH(a_text_refused_for_good_has_failed),
    };
    return cmocka_run_group_tests_name("notices delivered", tests, NULL, NULL);
}
