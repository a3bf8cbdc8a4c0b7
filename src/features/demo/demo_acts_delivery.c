/* demo_acts_delivery.c: the works of a round: each project bought, built, accepted and paid. */
#include "features/delivery/delivery.h"
#include "features/demo/demo_fill.h"
#include "features/proposals/proposals.h"

#define QUOTE_PERCENT     96
#define RETENTION_PERCENT 3
#define FIRST_STEP_DAYS   30
#define SECOND_STEP_DAYS  70
#define DELAY_DAYS        45
#define CONTRACT_DAYS     75

/* How things of a kind are bought and done. */
typedef struct DemoWork {
    const char *firms[3];
    const char *steps[2];
    const char *reason;
    const char *looked_at;
} DemoWork;

static const DemoWork works[] = {
    [PROPOSAL_ENGINEERING] = {{"演示青石建筑队", "演示安步工程行", "演示平川施工队"},
                              {"材料进场，先做一半", "全部做完，清理场地"},
                              "报价最低，承诺雨天不施工，保修两年。",
                              "逐处看过，没有松动，边角磨平了，场地也清干净了。"},
    [PROPOSAL_SERVICE] = {{"演示邻里服务社", "演示春禾服务队", "演示同心社工站"},
                          {"排好时间，办前一半", "全部办完，收齐签到"},
                          "报价最低，来的人常年在本社区服务。",
                          "看了签到和照片，问了来过的老人，次数都够。"},
    [PROPOSAL_GOODS] = {{"演示百方商行", "演示利民五金店", "演示东门百货"},
                        {"第一批到货", "全部到货，装好能用"},
                        "报价最低，坏了三天内上门换。",
                        "数过件数，都装好试过，能用。"},
};

typedef struct DemoSite {
    DemoFill *fill;
    int64_t area;
    int64_t actor;
    DeliveryProject project;
    const DemoWork *work;
    Date today;
} DemoSite;

static Error *look(DemoSite *site, int64_t project)
{
    Snapshot *snapshot;
    Error *err = db_snapshot_begin(site->fill->app->db, site->fill->arena, &snapshot);
    if (!err) {
        err = delivery_project(snapshot, site->area, project, &site->project);
        db_snapshot_end(snapshot);
    }
    return err;
}

/* `input` begins with its DeliveryAct. */
static Error *act(DemoSite *site, UseCase *run, void *input)
{
    Error *err = look(site, site->project.proposal);
    if (!err) {
        *(DeliveryAct *)input =
            (DeliveryAct){site->area, site->project.proposal, site->actor, site->project.version};
        err = db_write(site->fill->app->db, site->fill->arena, run, input, NULL, 0);
    }
    return err;
}

static Str voucher(DemoSite *site, const char *what)
{
    int64_t no = site->project.version;
    return arena_printf(site->fill->arena, "%s 演示-%d", what, (int)no + 1);
}

static Error *move(DemoSite *site, LedgerKind kind, LedgerAmounts amounts, const char *paper)
{
    DeliveryMoney input = {.kind = kind,
                           .amounts = amounts,
                           .on = site->today,
                           .voucher = *paper ? voucher(site, paper) : STR("")};
    return act(site, delivery_money, &input);
}

/* Percent of what stands in an account, whole yuan of each source. */
static LedgerAmounts part_of(const DemoSite *site, LedgerAccount account, int percent)
{
    LedgerAmounts amounts = {0};
    for (int source = 1; source <= LEDGER_SOURCES; source++) {
        int64_t fen = site->project.facts.money.of[account][source].fen;
        amounts.of[source].fen = percent == 100 ? fen : fen * percent / 100 / 100 * 100;
    }
    return amounts;
}

/* Half from the city, the rest from the district. */
static LedgerAmounts halves(Money amount)
{
    LedgerAmounts amounts = {0};
    amounts.of[LEDGER_CITY].fen = amount.fen / 2 / 100 * 100;
    amounts.of[LEDGER_DISTRICT].fen = amount.fen - amounts.of[LEDGER_CITY].fen;
    return amounts;
}

static Money quote_of(const DemoSite *site, int bidder)
{
    int64_t fen = site->project.estimate.fen * (QUOTE_PERCENT + bidder) / 100;
    return (Money){fen / 100 * 100};
}

/* --- part by part --------------------------------------------------------------------------- */

static Error *call(DemoSite *site)
{
    DeliveryCall input = {.title = site->project.title,
                          .method = PURCHASE_COMPARE,
                          .on = site->today,
                          .words = STR("公告栏和业主群里发了 5 天，另外电话问了 3 家。")};
    Error *err = move(site, LEDGER_GRANT, halves(site->project.estimate), "财指");
    if (!err) {
        err = act(site, delivery_call, &input);
    }
    for (int i = 0; !err && i < 3; i++) {
        DeliveryBid bid = {.purchase = 1,
                           .name = str_from(site->work->firms[i]),
                           .quote = quote_of(site, i),
                           .words = STR("含运费和安装。")};
        err = act(site, delivery_bid, &bid);
    }
    return err;
}

static Error *plan(DemoSite *site, const char *title, int days)
{
    DeliveryPlan input = {.title = str_from(title), .due = {site->today.days + days}};
    return act(site, delivery_plan, &input);
}

static Error *sign(DemoSite *site)
{
    DeliveryChoose choose = {
        .purchase = 1, .bidder = 1, .on = site->today, .reason = str_from(site->work->reason)};
    DeliverySign input = {.purchase = 1,
                          .number = STR("演示合同 1 号"),
                          .on = site->today,
                          .due = {site->today.days + CONTRACT_DAYS},
                          .amounts = halves(quote_of(site, 0))};
    Error *err = act(site, delivery_choose, &choose);
    if (!err) {
        err = act(site, delivery_sign, &input);
    }
    if (!err) {
        err = plan(site, site->work->steps[0], FIRST_STEP_DAYS);
    }
    return err ? err : plan(site, site->work->steps[1], SECOND_STEP_DAYS);
}

static Error *pay(DemoSite *site, int percent)
{
    LedgerAmounts amounts = part_of(site, LEDGER_CONTRACTED, percent);
    Error *err = move(site, LEDGER_REQUEST, amounts, "");
    return err ? err : move(site, LEDGER_TRANSFER, amounts, "付字");
}

static Error *done(DemoSite *site, int64_t milestone)
{
    DeliveryDone input = {
        .milestone = milestone, .on = site->today, .words = STR("社区和两位居民到场看过。")};
    return act(site, delivery_done, &input);
}

/* Works wait for the weather. */
static Error *delay(DemoSite *site)
{
    DeliveryDelay input = {.milestone = 2,
                           .due = {site->today.days + DELAY_DAYS},
                           .reason = STR("连着下了十天雨，路面干不了，往后推几天。")};
    return site->work == &works[PROPOSAL_ENGINEERING] ? act(site, delivery_delay, &input) : NULL;
}

static Error *half(DemoSite *site)
{
    DeliveryVisit visit = {.on = site->today,
                           .name = STR("演四"),
                           .what = STR("居民监督员"),
                           .words = STR("去看了，跟说好的一样，材料也对得上。")};
    Error *err = done(site, 1);
    if (!err) {
        err = act(site, delivery_visit, &visit);
    }
    if (!err) {
        err = delay(site);
    }
    return err ? err : pay(site, 50);
}

static Error *whole(DemoSite *site)
{
    return done(site, 2);
}

static Error *accept(DemoSite *site)
{
    DeliveryAccept input = {.on = site->today,
                            .is_passed = true,
                            .people = STR("演一 居民代表\n演二 居务监督委员会\n演三 社区工作者"),
                            .words = str_from(site->work->looked_at)};
    return act(site, delivery_accept, &input);
}

/* Works keep a retention, which is still held. */
static Error *settle(DemoSite *site)
{
    bool is_works = site->work == &works[PROPOSAL_ENGINEERING];
    LedgerAmounts kept = part_of(site, LEDGER_CONTRACTED, RETENTION_PERCENT);
    Error *err = is_works ? move(site, LEDGER_RETAIN, kept, "") : NULL;
    if (!err) {
        err = look(site, site->project.proposal);
    }
    if (!err) {
        err = pay(site, 100);
    }
    return err ? err : move(site, LEDGER_RETURN, part_of(site, LEDGER_FREE, 100), "退字");
}

typedef Error *WorkPart(DemoSite *site);

static Error *work_on(DemoSite *site, int part)
{
    static WorkPart *const parts[DEMO_WORK_PARTS] = {call, sign, half, whole, accept, settle};
    int64_t kind = site->project.kind;
    bool is_known = kind >= PROPOSAL_ENGINEERING && kind <= PROPOSAL_GOODS;
    site->work = &works[is_known ? kind : PROPOSAL_ENGINEERING];
    return parts[part](site);
}

static Error *next_project(DemoSite *site, int64_t round, int64_t after, int64_t *out)
{
    Snapshot *snapshot;
    Error *err = db_snapshot_begin(site->fill->app->db, site->fill->arena, &snapshot);
    if (!err) {
        err = delivery_first(snapshot, site->area, round, after, out);
        db_snapshot_end(snapshot);
    }
    return err;
}

Error *demo_act_deliver(DemoFill *fill, const DemoEvent *event)
{
    const DemoStage *stage = &fill->plan->stages[event->row];
    int64_t round = fill->rounds[stage->round];
    DemoSite site = {.fill = fill,
                     .area = fill->areas[fill->plan->rounds[stage->round].area],
                     .actor = demo_staff_id(fill, stage->opened_by),
                     .today = instant_date(clock_now(fill->app->clock))};
    int64_t project = 0;
    Error *err = next_project(&site, round, 0, &project);
    while (!err && project != 0) {
        err = look(&site, project);
        if (!err) {
            err = work_on(&site, event->part);
        }
        if (!err) {
            err = next_project(&site, round, project, &project);
        }
    }
    return err;
}
