/* delivery_fixture.h: what the tests of this room share: a round at the works with one project, and
 * steps. Only tests may enter other rooms' insides: they include proposals_fixture.h and
 * polls_sql.h before this. */
#ifndef FEATURES_DELIVERY_DELIVERY_FIXTURE_H
#define FEATURES_DELIVERY_DELIVERY_FIXTURE_H

#include "delivery_money_sql.h"
#include "delivery_sql.h"
#include "features/delivery/delivery.h"
#include "features/delivery/delivery_gates.h"

#define POLL       INT64_C(77)
#define WORKS_NO   9
#define GRANT_FEN  INT64_C(4800000)
#define QUOTE_FEN  INT64_C(4560000)
#define OTHER_AREA INT64_C(1002)
#define REASON     "价格最低，上次做的扶手到现在还牢。"
#define PEOPLE     "林知夏 居民代表\n韩冬 监督委员会"

/* --- a round at the works with one project -------------------------------------------------- */

typedef struct Ballot {
    int64_t round;
    int64_t won, lost;
} Ballot;

static inline Error *put_option(Tx *tx, int64_t place, int64_t proposal, bool is_selected)
{
    Str code = arena_printf(tx_arena(tx), "%03d", (int)place);
    Error *err = sql_poll_option_insert(tx, AREA, POLL, place, code, proposal, STR("坡道加扶手"),
                                        STR(""), STR(""), 1, (Money){GRANT_FEN}, NULL);
    return err ? err
               : sql_result_option_insert(tx, AREA, POLL, place, place, is_selected, 12, (Money){0},
                                          is_selected ? 0 : 1, is_selected ? 3 : 0, STR(""), 0,
                                          STR(""), (Money){0}, 0, (Money){0}, NULL);
}

static inline Error *put_poll(Tx *tx, const void *input, Instant now, void *output)
{
    (void)output;
    const Ballot *ballot = input;
    Error *err =
        sql_poll_insert(tx, AREA, POLL, ballot->round, STR("投票"), 4, now, now, (Money){24000000},
                        5, 15, STR("greedy"), STR("cost"), STR("none"), (Money){0},
                        STR("votes,cost,name"), STR("skip"), STR("exclude"), 100, false, now, NULL);
    if (!err) {
        err = put_option(tx, 1, ballot->won, true);
    }
    return err ? err : put_option(tx, 2, ballot->lost, false);
}

/* The project that was chosen; the round is at this stage. */
static inline int64_t funded_at(Fixture *f, int stage)
{
    int64_t won = submitted(f, "坡道加扶手");
    int64_t lost = submitted(f, "楼道换灯");
    test_ok(try_decide(f, won, 1, yes));
    test_ok(try_decide(f, lost, 1, yes));
    Ballot ballot = {f->round, won, lost};
    test_ok(db_write(f->db, f->arena, put_poll, &ballot, NULL, 0));
    at_stage(f, stage);
    return won;
}

static inline int64_t funded(Fixture *f)
{
    return funded_at(f, WORKS_NO);
}

static inline DeliveryProject project_of(Fixture *f, int64_t id)
{
    Snapshot *snapshot;
    DeliveryProject project;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(delivery_project(snapshot, AREA, id, &project));
    db_snapshot_end(snapshot);
    return project;
}

static inline Date today(Fixture *f)
{
    return instant_date(clock_now(test_db_clock(f->db)));
}

/* As somebody who has just looked. */
static inline DeliveryAct act_on(Fixture *f, int64_t project)
{
    return (DeliveryAct){AREA, project, WORKER, project_of(f, project).version};
}

/* --- steps ---------------------------------------------------------------------------------- */

static inline Error *try_money(Fixture *f, DeliveryAct act, LedgerKind kind, int64_t fen,
                               const char *voucher)
{
    DeliveryMoney money = {.act = act,
                           .kind = kind,
                           .amounts = {.of = {[LEDGER_DISTRICT] = {fen}}},
                           .on = today(f),
                           .voucher = str_from(voucher)};
    return db_write(f->db, f->arena, delivery_money, &money, NULL, 0);
}

static inline void money(Fixture *f, int64_t project, LedgerKind kind, int64_t fen)
{
    test_ok(try_money(f, act_on(f, project), kind, fen, "洪财 2027-118"));
}

static inline Error *try_reverse(Fixture *f, int64_t project, int64_t entry)
{
    DeliveryReverse reverse = {act_on(f, project), entry, STR("金额记错了，重新记一笔。")};
    return db_write(f->db, f->arena, delivery_reverse, &reverse, NULL, 0);
}

static inline void call(Fixture *f, int64_t project, PurchaseMethod method)
{
    DeliveryCall input = {act_on(f, project), STR("坡道扶手"), method, today(f),
                          STR("公告栏贴了 5 天。")};
    test_ok(db_write(f->db, f->arena, delivery_call, &input, NULL, 0));
}

static inline void bid(Fixture *f, int64_t project, const char *name, int64_t fen)
{
    DeliveryBid input = {act_on(f, project), 1, str_from(name), {fen}, STR("")};
    test_ok(db_write(f->db, f->arena, delivery_bid, &input, NULL, 0));
}

static inline Error *try_choose(Fixture *f, int64_t project, int64_t bidder)
{
    DeliveryChoose input = {act_on(f, project), 1, bidder, today(f), STR(REASON)};
    return db_write(f->db, f->arena, delivery_choose, &input, NULL, 0);
}

static inline Error *try_sign(Fixture *f, int64_t project, int64_t fen)
{
    DeliverySign input = {.act = act_on(f, project),
                          .purchase = 1,
                          .number = STR("合-01"),
                          .on = today(f),
                          .due = {today(f).days + 30},
                          .amounts = {.of = {[LEDGER_DISTRICT] = {fen}}}};
    return db_write(f->db, f->arena, delivery_sign, &input, NULL, 0);
}

static inline void buy(Fixture *f, int64_t project)
{
    call(f, project, PURCHASE_QUOTES);
    bid(f, project, "青石建筑队", QUOTE_FEN);
    bid(f, project, "安步扶手厂", QUOTE_FEN + 100000);
    test_ok(try_choose(f, project, 1));
    test_ok(try_sign(f, project, QUOTE_FEN));
}

static inline void plan(Fixture *f, int64_t project, const char *title)
{
    DeliveryPlan input = {act_on(f, project), str_from(title), {today(f).days + 10}};
    test_ok(db_write(f->db, f->arena, delivery_plan, &input, NULL, 0));
}

static inline Error *try_done(Fixture *f, int64_t project, int64_t milestone)
{
    DeliveryDone input = {act_on(f, project), milestone, today(f), STR("按时做完。")};
    return db_write(f->db, f->arena, delivery_done, &input, NULL, 0);
}

static inline Error *try_accept(Fixture *f, int64_t project, bool is_passed)
{
    DeliveryAccept input = {act_on(f, project), today(f), is_passed, STR(PEOPLE),
                            STR("扶手牢，焊口磨过。")};
    return db_write(f->db, f->arena, delivery_accept, &input, NULL, 0);
}

static inline Error *try_stop(Fixture *f, int64_t project)
{
    DeliveryStop input = {act_on(f, project), STR("地下有管线，业主决定不做了。")};
    return db_write(f->db, f->arena, delivery_stop, &input, NULL, 0);
}

static inline void build(Fixture *f, int64_t project)
{
    money(f, project, LEDGER_GRANT, GRANT_FEN);
    buy(f, project);
    plan(f, project, "装扶手");
    test_ok(try_done(f, project, 1));
}

#endif
