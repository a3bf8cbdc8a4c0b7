/* notices_deliver.c: the job that takes notices out of the site, one message at a time.
 *
 * Never twice: a message is noted as under way, durably, before the first byte leaves; after that
 * only the outcome of that attempt moves it on. If the program ends in between, or the outcome is
 * not known, it is unclear, and stays so until a person decides.
 */
#include "features/notices/notices_deliver.h"

#include "base/log.h"
#include "notices_deliver_sql.h"
#include "platform/http/app.h"
#include "platform/send/send.h"

#define DAY_MS         INT64_C(86400000)
#define SPREAD_DAYS    2 /* what is older when a way out is set up is not sent any more */
#define SPREAD_NOTICES 50
#define SPREAD_PEOPLE  200
#define LEASE_MS       INT64_C(300000) /* far longer than an attempt takes */
#define RUN_MS         INT64_C(20000)  /* a run ends after this long and comes back in seconds */
#define RUN_MOST       500

/* --- who gets one ------------------------------------------------------------------------------
 */

static Error *spread_person(Tx *tx, const NoticeUnspreadRow *row, Instant now)
{
    Error *err = sql_notice_spread_one(tx, row->area_id, row->id, row->person_id, now, NULL);
    return err ? err
               : sql_notice_spread_mark(tx, row->area_id, row->id, row->person_id, true,
                                        row->person_id, NULL);
}

/* *out_whole: nobody is left of the roll. */
static Error *spread_roll(Tx *tx, const NoticeUnspreadRow *row, Instant now, bool *out_whole)
{
    NoticeSpreadToRows people;
    Error *err =
        sql_notice_spread_to(tx_snapshot(tx), row->area_id, row->spread_to, SPREAD_PEOPLE, &people);
    for (size_t i = 0; !err && i < people.count; i++) {
        err = sql_notice_spread_one(tx, row->area_id, row->id, people.rows[i].person_id, now, NULL);
    }
    if (err) {
        return err;
    }
    *out_whole = people.count < SPREAD_PEOPLE;
    int64_t last = people.count > 0 ? people.rows[people.count - 1].person_id : row->spread_to;
    return sql_notice_spread_mark(tx, row->area_id, row->id, 0, *out_whole, last, NULL);
}

/* One roll at a time, so that the transaction stays short. Output bool: nothing is left to do. */
Error *notices_spread(Tx *tx, const void *input, Instant now, void *output)
{
    NoticeUnspreadRows rows;
    Error *err = sql_notice_unspread(tx_snapshot(tx), (Instant){now.ms - SPREAD_DAYS * DAY_MS},
                                     SPREAD_NOTICES, &rows);
    for (size_t i = 0; !err && i < rows.count; i++) {
        if (rows.rows[i].person_id == 0) {
            bool is_whole = false;
            return spread_roll(tx, &rows.rows[i], now, &is_whole);
        }
        err = spread_person(tx, &rows.rows[i], now);
    }
    *(bool *)output = !err && rows.count < SPREAD_NOTICES;
    return err;
}

/* --- one message -------------------------------------------------------------------------------
 */

Error *notices_take(Tx *tx, const void *input, Instant now, void *output)
{
    NoticeTaken *taken = output;
    NoticeNextRow row;
    Error *err = sql_notice_next(tx_snapshot(tx), now, &row, &taken->found);
    if (err || !taken->found) {
        return err;
    }
    taken->area = row.area_id;
    taken->notice = row.notice_id;
    taken->person = row.person_id;
    taken->channel = (NoticeChannel)row.channel;
    taken->tries = row.tries + 1;
    taken->attempt = tx_new_id(tx);
    taken->kind = (NoticeKind)row.kind;
    taken->words = row.words;
    taken->link = row.link;
    taken->area_name = row.name;
    taken->to = row.channel == NOTICE_BY_EMAIL ? row.email : row.phone;
    return sql_notice_take(tx, taken->area, taken->notice, taken->person, taken->attempt,
                           (Instant){now.ms + LEASE_MS}, now);
}

Error *notices_settle(Tx *tx, const void *input, Instant now, void *unused)
{
    const NoticeSettle *settle = input;
    const NoticeTaken *taken = settle->taken;
    Instant next = {0};
    NoticeState state = notice_after(settle->outcome, taken->tries, now, &next);
    return sql_notice_settle(tx, taken->area, taken->notice, taken->person, taken->attempt, state,
                             next, settle->reason, settle->status, now, NULL);
}

Error *notices_give_up(Tx *tx, const void *input, Instant now, void *unused)
{
    return sql_notice_stale(tx, now, SEND_INTERRUPTED, NULL);
}

static Str kind_name(NoticeKind kind)
{
    static const char *const names[] = {
        [NOTICE_ACCEPTED] = "accepted", [NOTICE_REFUSED] = "refused",
        [NOTICE_MERGED] = "merged",     [NOTICE_REPLY] = "reply",
        [NOTICE_VOTE] = "vote",         [NOTICE_OBJECTION] = "objection",
        [NOTICE_FILING] = "filing",     [NOTICE_BUILT] = "built",
        [NOTICE_RATING] = "rating",     [NOTICE_UNMERGED] = "unmerged"};
    return str_from(names[kind]);
}

static SendResult send_it(const App *app, Arena *arena, const NoticeTaken *taken)
{
    SendChannel channel = (SendChannel)taken->channel;
    if (!send_can(app->send, channel)) {
        return (SendResult){SEND_REFUSED, SEND_NOT_SET_UP, 0};
    }
    if (taken->to.len == 0) {
        return (SendResult){SEND_REFUSED, SEND_NO_ADDRESS, 0};
    }
    SendMessage message = {
        .channel = channel,
        .id = arena_printf(arena, "%s%s", id_text(taken->notice).text, id_text(taken->person).text),
        .to = taken->to,
        .kind = kind_name(taken->kind),
        .area = taken->area_name,
        .subject = text_str(arena, LANG_ZH, notices_kind_text(taken->kind)),
        .words = taken->words,
        .path = taken->link};
    return send_message(arena, app->send, &message, clock_now(app->clock));
}

/* What could not be noted afterwards stays under way, and is unclear when its lease is over. */
static Error *deliver_one(App *app, Arena *arena, bool *out_found)
{
    NoticeTaken taken = {0};
    Error *err = db_write(app->db, arena, notices_take, NULL, &taken, sizeof(taken));
    *out_found = !err && taken.found;
    if (!*out_found) {
        return err;
    }
    SendResult result = send_it(app, arena, &taken);
    if (result.outcome != SEND_DONE) {
        log_event(LOG_WARN, "notice", log_int("channel", taken.channel),
                  log_int("outcome", result.outcome), log_int("reason", result.reason),
                  log_int("status", result.status));
    }
    NoticeSettle settle = {&taken, (NoticeOutcome)result.outcome, result.reason, result.status};
    return db_write(app->db, arena, notices_settle, &settle, NULL, 0);
}

/* --- the job -----------------------------------------------------------------------------------
 */

static Error *look(App *app, Arena *arena, NoticeWorkRow *out)
{
    Snapshot *snapshot;
    Error *err = db_snapshot_begin(app->db, arena, &snapshot);
    if (err) {
        return err;
    }
    Instant now = snapshot_now(snapshot);
    err = sql_notice_work(snapshot, (Instant){now.ms - SPREAD_DAYS * DAY_MS}, now, out);
    db_snapshot_end(snapshot);
    return err;
}

static Error *deliver_waiting(App *app, Arena *arena)
{
    int64_t end_ms = clock_monotonic_ms() + RUN_MS;
    bool found = true;
    Error *err = NULL;
    for (int i = 0; !err && found && i < RUN_MOST && clock_monotonic_ms() < end_ms; i++) {
        const SendConfig *send = app->send;
        if (notice_is_quiet(clock_now(app->clock), send->quiet_from, send->quiet_until)) {
            return NULL;
        }
        err = deliver_one(app, arena, &found);
    }
    return err;
}

Error *notices_deliver(App *app, Arena *arena)
{
    NoticeWorkRow work = {0};
    bool has_way = send_can(app->send, SEND_SMS) || send_can(app->send, SEND_WECHAT) ||
                   send_can(app->send, SEND_EMAIL);
    Error *err = has_way ? look(app, arena, &work) : NULL;
    if (!err && work.has_stale) {
        err = db_write(app->db, arena, notices_give_up, NULL, NULL, 0);
    }
    bool is_done = !work.has_new;
    for (int i = 0; !err && !is_done && i < RUN_MOST; i++) {
        err = db_write(app->db, arena, notices_spread, NULL, &is_done, sizeof(is_done));
    }
    return err || !has_way ? err : deliver_waiting(app, arena);
}
