/* round_life_late.c: works, money and ratings; and moving the round on. */
#include "features/decisions/decisions.h"
#include "features/delivery/delivery.h"
#include "features/documents/documents.h"
#include "features/estimates/estimates.h"
#include "features/filing/filing.h"
#include "features/launch/launch.h"
#include "features/pledges/pledges.h"
#include "features/proposals/proposals.h"
#include "features/publicity/publicity.h"
#include "features/ratings/ratings.h"
#include "features/ratings/ratings_report.h"
#include "features/replies/replies.h"
#include "features/shortlist/shortlist.h"
#include "tests/support/round_life.h"
#include "tests/support/test_db.h"

#define IN(kind)    (1u << STAGE_KIND_##kind)
#define DAY_MS      INT64_C(86400000)
#define WORKS       (IN(IMPLEMENT) | IN(ACCEPT))
#define EVERYWHERE  (~0u)
#define RATING_DAYS 12
/* One time in so many somebody thinks of moving on. */
#define PATIENCE      5
#define LONG_PATIENCE 25

static const Feature *const rooms[] = {
    &programmes_feature, &documents_feature, &launch_feature,    &proposals_feature,
    &estimates_feature,  &pledges_feature,   &shortlist_feature, &polls_feature,
    &decisions_feature,  &filing_feature,    &publicity_feature, &replies_feature,
    &delivery_feature,   &ratings_feature,
};

/* --- works -------------------------------------------------------------------------------------
 */

typedef struct Site {
    DeliveryProject project;
    LifeWorksRow works;
    DeliveryAct act;
} Site;

static bool find_site(Life *life, Site *out)
{
    LifeProjectsRows rows;
    Snapshot *snapshot = life_look(life);
    test_ok(sql_life_projects(snapshot, life->area, life->round, &rows));
    if (rows.count > 0) {
        int64_t id = rows.rows[life_below(life, (int64_t)rows.count)].proposal_id;
        test_ok(delivery_project(snapshot, life->area, id, &out->project));
        test_ok(sql_life_works(snapshot, life->area, id, &out->works));
        out->act = (DeliveryAct){life->area, id, life_worker(life),
                                 life_version(life, out->project.version)};
    }
    db_snapshot_end(snapshot);
    return rows.count > 0;
}

static Date some_day(Life *life)
{
    return (Date){life_today(life).days + (life_slips(life, 5) ? 40 : 0)};
}

/* So much of what stands in the account, of each source; of a wild person anything. */
static Error *move(Life *life, const Site *site, LedgerKind kind)
{
    LedgerAmounts amounts = {0};
    for (int source = 1; source <= LEDGER_SOURCES; source++) {
        int64_t fen = kind == LEDGER_GRANT
                          ? (source < 3 ? site->project.estimate.fen / 2 : 0)
                          : site->project.facts.money.of[ledger_from(kind)][source].fen;
        amounts.of[source] = life_money(life, fen);
    }
    DeliveryMoney input = {.act = site->act,
                           .kind = kind,
                           .amounts = amounts,
                           .on = some_day(life),
                           .voucher = life_slips(life, 5) ? STR("") : STR("付字 1")};
    return life_once(life, delivery_money, &input, NULL, 0);
}

static Error *act_money(Life *life)
{
    Site site;
    return find_site(life, &site) ? move(life, &site, (LedgerKind)(1 + life_below(life, 9))) : NULL;
}

static Error *act_reverse(Life *life)
{
    Site site;
    if (!find_site(life, &site) || site.works.entries == 0) {
        return NULL;
    }
    DeliveryReverse reverse = {site.act, 1 + life_below(life, site.works.entries + 1),
                               life_words(life)};
    return life_once(life, delivery_reverse, &reverse, NULL, 0);
}

static Error *call(Life *life, const Site *site)
{
    DeliveryCall input = {.act = site->act,
                          .title = STR("坡道扶手"),
                          .method = (PurchaseMethod)(1 + life_below(life, 5)),
                          .on = some_day(life),
                          .words = life_words(life)};
    return life_once(life, delivery_call, &input, NULL, 0);
}

static Error *bid(Life *life, const Site *site)
{
    DeliveryBid input = {.act = site->act,
                         .purchase = site->works.purchases + (life_slips(life, 6) ? 1 : 0),
                         .name = STR("青石建筑队"),
                         .quote = life_money(life, site->project.estimate.fen - 10000)};
    return life_once(life, delivery_bid, &input, NULL, 0);
}

static Error *choose(Life *life, const Site *site)
{
    DeliveryChoose input = {site->act, site->works.purchases, 1, some_day(life), life_words(life)};
    return life_once(life, delivery_choose, &input, NULL, 0);
}

static Error *sign(Life *life, const Site *site)
{
    DeliverySign input = {.act = site->act,
                          .purchase = site->works.purchases,
                          .number = STR("合-01"),
                          .on = some_day(life),
                          .due = {life_today(life).days + 30}};
    for (int source = 1; source <= LEDGER_SOURCES; source++) {
        input.amounts.of[source] =
            life_money(life, site->project.facts.money.of[LEDGER_FREE][source].fen * 9 / 10);
    }
    return life_once(life, delivery_sign, &input, NULL, 0);
}

static Error *plan(Life *life, const Site *site)
{
    DeliveryPlan input = {site->act, STR("装好"), {life_today(life).days + 10}};
    return life_once(life, delivery_plan, &input, NULL, 0);
}

static Error *finish_step(Life *life, const Site *site)
{
    DeliveryDone input = {site->act, site->works.undone, some_day(life), life_words(life)};
    return life_once(life, delivery_done, &input, NULL, 0);
}

static Error *accept_works(Life *life, const Site *site)
{
    DeliveryAccept input = {site->act, some_day(life), life_below(life, 4) != 0,
                            life_slips(life, 4) ? STR("一个人")
                                                : STR("林知夏 居民代表\n韩冬 监督委员会"),
                            life_words(life)};
    return life_once(life, delivery_accept, &input, NULL, 0);
}

static Error *choose_or_bid(Life *life, const Site *site)
{
    return site->works.bidders < 3 ? bid(life, site) : choose(life, site);
}

/* What the project needs next. */
static Error *act_work(Life *life)
{
    Site site;
    if (!find_site(life, &site)) {
        return NULL;
    }
    switch (life->is_wild ? (DeliveryStep)life_below(life, STEP_STOPPED)
                          : delivery_next(&site.project.facts)) {
    case STEP_GRANT:
        return move(life, &site, LEDGER_GRANT);
    case STEP_CALL:
        return call(life, &site);
    case STEP_CHOOSE:
        return choose_or_bid(life, &site);
    case STEP_CONTRACT:
        return sign(life, &site);
    case STEP_PLAN:
        return plan(life, &site);
    case STEP_MILESTONE:
        return finish_step(life, &site);
    case STEP_ACCEPT:
        return accept_works(life, &site);
    case STEP_TRANSFER:
        return move(life, &site, LEDGER_TRANSFER);
    case STEP_SETTLE:
        return move(life, &site, LEDGER_REQUEST);
    case STEP_RELEASE:
        return move(life, &site, LEDGER_RELEASE);
    case STEP_RETURN:
        return move(life, &site, LEDGER_RETURN);
    default:
        return NULL;
    }
}

static Error *act_stop(Life *life)
{
    Site site;
    if (!find_site(life, &site) || life_below(life, 6) != 0) {
        return NULL;
    }
    DeliveryStop stop = {site.act, life_words(life)};
    return life_once(life, delivery_stop, &stop, NULL, 0);
}

static Error *act_delay(Life *life)
{
    Site site;
    if (!find_site(life, &site) || site.works.milestones == 0) {
        return NULL;
    }
    DeliveryDelay delay = {site.act,
                           1 + life_below(life, site.works.milestones),
                           {life_today(life).days + (int)life_below(life, 30) - 3},
                           life_words(life)};
    return life_once(life, delivery_delay, &delay, NULL, 0);
}

/* --- ratings -----------------------------------------------------------------------------------
 */

static bool term_of(Life *life, LifeTermRow *out)
{
    bool found = false;
    Snapshot *snapshot = life_look(life);
    test_ok(sql_life_term(snapshot, life->area, life->round, out, &found));
    db_snapshot_end(snapshot);
    return found;
}

static Error *act_rating(Life *life)
{
    LifeTermRow term;
    if (!term_of(life, &term)) {
        RatingOpen open = {life->area,
                           life->round,
                           life_worker(life),
                           {life_today(life).days + (life_slips(life, 3) ? -1 : RATING_DAYS)}};
        return life_write(life, ratings_open, &open, NULL, 0);
    }
    RatingClose close = {life->area, life->round, life_worker(life),
                         life_version(life, term.version)};
    return life_once(life, ratings_close, &close, NULL, 0);
}

static Error *act_assess(Life *life)
{
    Site site;
    LifeAssessedRow row = {0};
    bool found = false;
    if (!find_site(life, &site)) {
        return NULL;
    }
    Snapshot *snapshot = life_look(life);
    test_ok(sql_life_assessed(snapshot, life->area, site.act.project, &row, &found));
    db_snapshot_end(snapshot);
    RatingAssess assess = {.area = life->area,
                           .project = site.act.project,
                           .actor = life_worker(life),
                           .version = life_version(life, found ? row.version : 0),
                           .marks = {5, 4, 3},
                           .words = life_words(life)};
    return life_once(life, ratings_assess, &assess, NULL, 0);
}

static Error *act_rate(Life *life)
{
    Site site;
    if (!find_site(life, &site)) {
        return NULL;
    }
    int mark = 1 + (int)life_below(life, 5);
    RatingGive give = {life->area, site.act.project, life_resident(life), {mark, mark, mark}};
    give.marks[1] = life_slips(life, 3) ? 7 : mark;
    return life_write(life, ratings_rate, &give, NULL, 0);
}

static Error *act_report(Life *life)
{
    LifeDraftRow draft = {0};
    bool found = false;
    Snapshot *snapshot = life_look(life);
    test_ok(sql_life_draft(snapshot, life->area, life->round, &draft, &found));
    db_snapshot_end(snapshot);
    if (!found || life_slips(life, 3)) {
        ReportWrite write = {life->area, life->round, life_worker(life),
                             life_version(life, draft.version),
                             STR("这一批的事都办完了，账目和评价都写在下面，大家可以逐项核对。")};
        return life_once(life, ratings_report_write, &write, NULL, 0);
    }
    ReportPublish publish = {life->area, life->round, life_worker(life),
                             life_version(life, draft.version), STR("")};
    return life_once(life, ratings_report_publish, &publish, NULL, 0);
}

/* --- moving on ---------------------------------------------------------------------------------
 */

static Error *act_advance(Life *life)
{
    if (life_below(life, life->stage == STAGE_KIND_COLLECT ? LONG_PATIENCE : PATIENCE) != 0) {
        return NULL;
    }
    AdvanceRound input = {.area = life->area,
                          .round = life->round,
                          .actor = life_worker(life),
                          .from_no =
                              life_slips(life, 3) ? 1 + (int)life_below(life, 11) : life->stage_no,
                          .rooms = rooms,
                          .n_rooms = countof(rooms)};
    RoundAdvanced done;
    return life_once(life, programmes_advance, &input, &done, sizeof(done));
}

static Error *act_waive(Life *life)
{
    WaiveStage input = {life->area, life->round, life->staff[LIFE_STAFF - 1],
                        (int)life_below(life, 13), life_words(life)};
    return life_below(life, 8) == 0 ? life_write(life, programmes_waive, &input, NULL, 0) : NULL;
}

static Error *act_plan(Life *life)
{
    MovePlan input = {life->area,
                      life->round,
                      life_worker(life),
                      life_version(life, life->info.version),
                      (int)life_below(life, 13),
                      {life_today(life).days - 5 + (int)life_below(life, 60)},
                      life_words(life)};
    return life_once(life, programmes_move_plan, &input, NULL, 0);
}

/* Nobody does anything for a while. */
static Error *act_wait(Life *life)
{
    int64_t days = life->is_wild ? life_below(life, 3) : 1 + life_below(life, 4);
    atomic_fetch_add(&test_db_clock(life->db)->offset_ms, days * DAY_MS);
    life->was_tried = true;
    return NULL;
}

const struct LifeActRow life_late_acts[] = {
    {"work", act_work, WORKS},
    {"work on", act_work, WORKS},
    {"and on", act_work, WORKS},
    {"money", act_money, 0},
    {"reverse", act_reverse, 0},
    {"stop", act_stop, 0},
    {"delay", act_delay, 0},
    {"open or close the rating", act_rating, IN(EVALUATE)},
    {"assess", act_assess, IN(EVALUATE)},
    {"rate", act_rate, IN(EVALUATE)},
    {"report", act_report, IN(EVALUATE)},
    {"advance", act_advance, EVERYWHERE},
    {"waive", act_waive, 0},
    {"move the plan", act_plan, 0},
    {"wait", act_wait, IN(VOTE) | IN(PUBLISH) | IN(EVALUATE)},
};
const size_t life_n_late = countof(life_late_acts);
