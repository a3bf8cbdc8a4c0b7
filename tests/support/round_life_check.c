/* round_life_check.c: what must hold after every act, asked of the tables and of public pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "features/decisions/decisions.h"
#include "features/polls/polls.h"
#include "features/proposals/proposals.h"
#include "features/publicity/publicity.h"
#include "platform/journal/journal.h"
#include "tests/support/page_ask.h"
#include "tests/support/round_life.h"
#include "tests/support/test_db.h"

void life_see(Life *life, Snapshot *snapshot)
{
    test_ok(programmes_stages(snapshot, life->area, life->round, &life->stages, &life->n_stages));
    test_ok(programmes_round(snapshot, life->area, life->round, &life->info));
    test_ok(sql_life_record(snapshot, life->area, &life->record));
    test_ok(sql_life_prints(snapshot, life->area, &life->prints));
    life->stage_no = life->info.is_finished ? 0 : life->info.stage_no;
    test_ok(sql_life_left(snapshot, life->area, life->round, life->stage_no, snapshot_now(snapshot),
                          &life->left));
    life->stage = life->info.stage_kind;
}

/* --- a refused act ------------------------------------------------------------------------------
 */

static void check_nothing_written(Life *now, const Life *before)
{
    LIFE_HOLDS(now, now->record.count == before->record.count);
    for (size_t i = 0; i < now->prints.count; i++) {
        const LifePrintsRow *is = &now->prints.rows[i];
        const LifePrintsRow *was = &before->prints.rows[i];
        LIFE_HOLDS(now, is->n == was->n && is->total == was->total);
    }
}

/* --- the public record --------------------------------------------------------------------------
 */

static int compare_rows(const LifeRecordRow *a, const LifeRecordRow *b)
{
    const int64_t order[][2] = {{a->kind, b->kind}, {a->id, b->id}, {a->no, b->no}};
    for (size_t i = 0; i < countof(order); i++) {
        if (order[i][0] != order[i][1]) {
            return order[i][0] < order[i][1] ? -1 : 1;
        }
    }
    return 0;
}

/* Both are sorted: each old row is still there, with the same words. */
static void check_nothing_disappeared(Life *now, const Life *before)
{
    size_t at = 0;
    for (size_t i = 0; i < before->record.count; i++) {
        const LifeRecordRow *old = &before->record.rows[i];
        while (at < now->record.count && compare_rows(&now->record.rows[at], old) < 0) {
            at++;
        }
        bool is_there = at < now->record.count && compare_rows(&now->record.rows[at], old) == 0;
        /* a public row is still there */
        LIFE_HOLDS(now, is_there);
        /* a public row says what it said */
        LIFE_HOLDS(now, str_eq(now->record.rows[at].words, old->words));
    }
}

/* --- stages -------------------------------------------------------------------------------------
 */

static bool has_stage(const Life *life, StageKind kind)
{
    for (size_t i = 0; i < life->n_stages; i++) {
        if (life->stages[i].kind == kind) {
            return true;
        }
    }
    return false;
}

/* What had to be so before the stage of that kind was left. */
static void check_was_ready(Life *now, const Life *before)
{
    const LifeLeftRow *left = &before->left;
    bool by_council = has_stage(now, STAGE_KIND_DECIDE);
    switch (before->stage) {
    case STAGE_KIND_COLLECT:
        LIFE_HOLDS(now, left->waiting == 0);
        break;
    case STAGE_KIND_QUOTA:
    case STAGE_KIND_DISCUSS:
        LIFE_HOLDS(now, left->unpriced == 0);
        break;
    case STAGE_KIND_PLEDGE:
        LIFE_HOLDS(now, left->promised == 0);
        break;
    case STAGE_KIND_VOTE:
        LIFE_HOLDS(now, left->uncounted == 0);
        break;
    case STAGE_KIND_DECIDE:
        LIFE_HOLDS(now, left->undecided == 0);
        break;
    case STAGE_KIND_PUBLISH:
        LIFE_HOLDS(now, left->here == 0 && left->running == 0);
        break;
    case STAGE_KIND_REPLY:
        LIFE_HOLDS(now, left->owed == 0);
        break;
    case STAGE_KIND_FILE:
        LIFE_HOLDS(now, left->unfiled == 0);
        break;
    case STAGE_KIND_IMPLEMENT:
        LIFE_HOLDS(now, by_council ? left->unfinished == 0 : left->unaccepted == 0);
        break;
    case STAGE_KIND_ACCEPT:
        LIFE_HOLDS(now, left->unaccepted == 0);
        break;
    case STAGE_KIND_EVALUATE:
        LIFE_HOLDS(now, left->unrated == 0);
        break;
    default:
        break;
    }
    if (now->stage == STAGE_KIND_IMPLEMENT && now->stage_no != 0) {
        LIFE_HOLDS(now, left->unsaid == 0);
    }
}

/* Said here again: ballot, council, publication and replies never are. */
static bool may_be_waived(StageKind kind)
{
    return kind != STAGE_KIND_VOTE && kind != STAGE_KIND_DECIDE && kind != STAGE_KIND_PUBLISH &&
           kind != STAGE_KIND_REPLY;
}

static void check_stages(Life *now, const Life *before)
{
    int n_open = 0;
    for (size_t i = 0; i < now->n_stages; i++) {
        const StageInfo *stage = &now->stages[i];
        bool was_over =
            before->stages[i].state == STAGE_DONE || before->stages[i].state == STAGE_WAIVED;
        n_open += stage->state == STAGE_OPEN;
        LIFE_HOLDS(now, !was_over || stage->state == before->stages[i].state);
        LIFE_HOLDS(now, stage->state != STAGE_WAIVED ||
                            (may_be_waived(stage->kind) && stage->waive_reason.len > 10));
    }
    LIFE_HOLDS(now, n_open == (now->stage_no == 0 ? 0 : 1));
    LIFE_HOLDS(now, now->stage_no == 0 || now->stage_no >= before->stage_no);
    if (now->stage_no != before->stage_no) {
        check_was_ready(now, before);
    }
    if (now->stage_no == 0) {
        /* nobody is left unanswered at the close */
        LIFE_HOLDS(now, now->left.owed == 0);
        LIFE_HOLDS(now, now->left.unanswered == 0);
    }
}

/* --- money --------------------------------------------------------------------------------------
 */

static void check_money(Life *life, Snapshot *snapshot)
{
    LifeMoneyRow money;
    test_ok(sql_life_money(snapshot, life->area, life->round, &money));
    LIFE_HOLDS(life, money.selected_fen.fen <= money.budget_fen.fen);
    LIFE_HOLDS(life,
               life->stage == STAGE_KIND_DECIDE || money.carried_fen.fen <= money.budget_fen.fen);
    LIFE_HOLDS(life, money.unbalanced == 0);
    LIFE_HOLDS(life, money.overdrawn == 0);
}

void life_check(Life *life, const Error *err)
{
    Life before = *life;
    Snapshot *snapshot;
    LIFE_HOLDS(life, err == NULL || !error_is_environment(err));
    test_ok(db_snapshot_begin(life->db, life->arena, &snapshot));
    life_see(life, snapshot);
    if (err) {
        check_nothing_written(life, &before);
    }
    check_nothing_disappeared(life, &before);
    check_stages(life, &before);
    check_money(life, snapshot);
    db_snapshot_end(snapshot);
}

/* --- pages --------------------------------------------------------------------------------------
 */

static void check_page(Life *life, const Feature *room, const char *path, int64_t id)
{
    Str body;
    PageAsked asked = {.db = life->db, .room = room, .path = path, .area = life->area, .id = id};
    Error *err = page_ask(life->scratch, &asked, &body);
    life->act_name = path;
    life->said = err ? str_from(error_code_name(err->code)) : STR("");
    /* what was public can be read by anybody */
    LIFE_HOLDS(life, err == NULL);
    LIFE_HOLDS(life, body.len > 0);
    arena_reset(life->scratch);
}

static void check_page_of(Life *life, const LifeRecordRow *row)
{
    if (row->kind == 1) {
        check_page(life, &proposals_feature, "/a/{area}/proposals/{id}", row->id);
    } else if (row->kind == 2) {
        check_page(life, &publicity_feature, "/a/{area}/publications/{id}", row->id);
    } else if (row->kind == 4) {
        check_page(life, &decisions_feature, "/a/{area}/decisions/{id}", row->id);
    } else if (row->kind == 7 && row->no == 1) {
        check_page(life, &polls_feature, "/a/{area}/polls/{id}/result", row->id);
    }
}

void life_check_pages(Life *life)
{
    App app = {.db = life->db, .clock = test_db_clock(life->db)};
    JournalReport report;
    for (size_t i = 0; i < life->record.count; i++) {
        check_page_of(life, &life->record.rows[i]);
    }
    test_ok(journal_seal(&app, life->scratch));
    Snapshot *snapshot = life_look(life);
    test_ok(journal_verify(snapshot, life->area, &report));
    db_snapshot_end(snapshot);
    LIFE_HOLDS(life, report.broken == 0 && report.waiting == 0);
    arena_reset(life->scratch);
}
