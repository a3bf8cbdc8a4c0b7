/* round_life_early.c: from the launch to the pledges: documents, outreach, wishes, prices. */
#include "features/documents/documents.h"
#include "features/estimates/estimates.h"
#include "features/launch/launch.h"
#include "features/pledges/pledges.h"
#include "features/proposals/proposals.h"
#include "features/proposals/proposals_merge.h"
#include "tests/support/round_life.h"
#include "tests/support/test_db.h"

#define IN(kind)   (1u << STAGE_KIND_##kind)
#define MOST       9 /* proposals of a round */
#define PRICE_FEN  INT64_C(1800000)
#define DEAR_FEN   INT64_C(4500000) /* somebody slipped */
#define PLEDGE_FEN INT64_C(120000)

/* --- launch ------------------------------------------------------------------------------------
 */

static Error *act_tell(Life *life)
{
    NewOutreach new = {.area = life->area,
                       .round = life->round,
                       .actor = life_worker(life),
                       .fact = {.channel = 1 + (int)life_below(life, 6),
                                .told_on = {life_today(life).days + (life_slips(life, 4) ? 9 : 0)},
                                .place = STR("北门公告栏"),
                                .reached = life_slips(life, 4) ? -5 : 30}};
    int64_t id;
    return life_write(life, launch_tell, &new, &id, sizeof(id));
}

static Error *act_untell(Life *life)
{
    LifeTellingsRows rows;
    Snapshot *snapshot = life_look(life);
    test_ok(sql_life_tellings(snapshot, life->area, life->round, &rows));
    db_snapshot_end(snapshot);
    if (rows.count < 4) {
        return NULL;
    }
    const LifeTellingsRow *row = &rows.rows[life_below(life, (int64_t)rows.count)];
    Withdrawal back = {life->area, row->id, life_worker(life), life_version(life, row->version),
                       life_words(life)};
    return life_once(life, launch_withdraw, &back, NULL, 0);
}

static Error *act_train(Life *life)
{
    LifeTrainingsRows rows;
    Snapshot *snapshot = life_look(life);
    test_ok(sql_life_trainings(snapshot, life->area, life->round, &rows));
    db_snapshot_end(snapshot);
    const LifeTrainingsRow *row =
        rows.count > 0 ? &rows.rows[life_below(life, (int64_t)rows.count)] : NULL;
    if (row != NULL && (row->state == TRAINING_PLANNED || rows.count > 2)) {
        TrainingHeld held = {.area = life->area,
                             .id = row->id,
                             .actor = life_worker(life),
                             .version = life_version(life, row->version),
                             .held_on = life_today(life),
                             .present = life_slips(life, 4) ? -1 : 12};
        return life_once(life, launch_hold_training, &held, NULL, 0);
    }
    NewTraining new = {.area = life->area,
                       .round = life->round,
                       .actor = life_worker(life),
                       .fact = {.held_on = life_today(life),
                                .subject = STR("怎样写好一条提议"),
                                .audience = TRAINING_EVERYBODY,
                                .place = STR("社区活动室")}};
    int64_t id;
    return life_write(life, launch_plan_training, &new, &id, sizeof(id));
}

static Error *act_document(Life *life)
{
    LifeDocumentsRows rows;
    Snapshot *snapshot = life_look(life);
    test_ok(sql_life_documents(snapshot, life->area, &rows));
    db_snapshot_end(snapshot);
    if (rows.count >= 2) {
        int64_t ids[] = {rows.rows[0].id, rows.rows[1].id + (life_slips(life, 3) ? 1 : 0)};
        DocumentsAttach attach = {life->area, life->round, life_worker(life), ids, countof(ids)};
        return life_write(life, documents_attach, &attach, NULL, 0);
    }
    NewDocument new = {
        .area = life->area,
        .actor = life_worker(life),
        .kind = rows.count == 0 ? DOCUMENT_RULES : DOCUMENT_PLAN,
        .title = rows.count == 0 ? STR("实施办法") : STR("本批安排"),
        .first = {.fact = {.from_on = life_today(life), .words = STR("一、谁都可以提。")}}};
    int64_t id;
    return life_write(life, documents_add, &new, &id, sizeof(id));
}

/* --- proposals ---------------------------------------------------------------------------------
 */

static LifeProposalsRows proposals(Life *life)
{
    LifeProposalsRows rows;
    Snapshot *snapshot = life_look(life);
    test_ok(sql_life_proposals(snapshot, life->area, life->round, &rows));
    db_snapshot_end(snapshot);
    return rows;
}

/* One in this state; of a wild act in any. NULL: there is none. */
static const LifeProposalsRow *one_in(Life *life, const LifeProposalsRows *rows, int64_t state)
{
    size_t from = (size_t)life_below(life, (int64_t)rows->count);
    for (size_t i = 0; i < rows->count; i++) {
        const LifeProposalsRow *row = &rows->rows[(from + i) % rows->count];
        if (row->state == state || life_slips(life, 3)) {
            return row;
        }
    }
    return NULL;
}

static Error *act_propose(Life *life)
{
    LifeProposalsRows rows = proposals(life);
    if (rows.count >= MOST) {
        return NULL;
    }
    bool is_staff = life_below(life, 3) == 0;
    NewProposal new = {
        .area = life->area,
        .actor = is_staff ? life_worker(life) : life_resident(life),
        .is_staff = is_staff,
        .channel = is_staff ? CHANNEL_DOOR : CHANNEL_PORTAL,
        .proposer_name = is_staff ? STR("邻居甲") : STR(""),
        .same_as = rows.count > 2 && life_slips(life, 6) ? rows.rows[0].id : 0,
        .words = {.title = life_slips(life, 5)
                               ? STR("")
                               : arena_printf(life->scratch, "第 %zu 个心愿", rows.count + 1),
                  .need = life_words(life),
                  .place = STR("3 号楼西侧"),
                  .kind = PROPOSAL_KIND_UNSURE},
        .receipt = proposal_new_receipt()};
    ProposalSubmitted done;
    return life_write(life, proposals_submit, &new, &done, sizeof(done));
}

static Error *act_edit(Life *life)
{
    LifeProposalsRows rows = proposals(life);
    const LifeProposalsRow *row = one_in(life, &rows, PROPOSAL_SUBMITTED);
    if (row == NULL) {
        return NULL;
    }
    ProposalEdit edit = {
        .area = life->area,
        .id = row->id,
        .actor = life_slips(life, 3) ? life_resident(life) : row->proposer_id,
        .version = life_version(life, row->version),
        .words = {.title = STR("换一个说法"), .need = life_words(life), .kind = PROPOSAL_SERVICE}};
    return life_once(life, proposals_edit, &edit, NULL, 0);
}

static Error *act_withdraw(Life *life)
{
    LifeProposalsRows rows = proposals(life);
    const LifeProposalsRow *row = one_in(life, &rows, PROPOSAL_SUBMITTED);
    if (row == NULL || life_below(life, 3) != 0) {
        return NULL;
    }
    ProposalWithdraw back = {.area = life->area,
                             .id = row->id,
                             .actor = life_slips(life, 3) ? life_resident(life) : row->proposer_id,
                             .version = life_version(life, row->version)};
    return life_once(life, proposals_withdraw, &back, NULL, 0);
}

/* What careful people say of a proposal depends on it alone, so that two readers agree. */
static Error *act_decide(Life *life)
{
    LifeProposalsRows rows = proposals(life);
    const LifeProposalsRow *row = one_in(life, &rows, PROPOSAL_SUBMITTED);
    if (row == NULL) {
        return NULL;
    }
    int place = (int)(row - rows.rows);
    bool accepts = (place % 5 != 4) != life_slips(life, 5);
    ProposalDecide decide = {.area = life->area,
                             .id = row->id,
                             .actor = life_slips(life, 6) ? row->proposer_id : life_worker(life),
                             .version = life_version(life, row->version),
                             .decision = {.is_accepted = accepts,
                                          .cost = life_money(life, PRICE_FEN),
                                          .kind = PROPOSAL_ENGINEERING + place % 3,
                                          .reason = life_words(life)},
                             .is_secretary = life_below(life, 3) == 0};
    if (!accepts) {
        decide.finding = (Finding){.ground = GROUND_CLAUSE, .cited_no = 1};
    }
    ProposalDecided done;
    return life_write(life, proposals_decide, &decide, &done, sizeof(done));
}

static Error *act_merge(Life *life)
{
    LifeProposalsRows rows = proposals(life);
    const LifeProposalsRow *from = one_in(life, &rows, PROPOSAL_SUBMITTED);
    const LifeProposalsRow *into = one_in(life, &rows, PROPOSAL_ACCEPTED);
    if (from == NULL || into == NULL || (!life->is_wild && life_below(life, 4) != 0)) {
        return NULL;
    }
    ProposalMerge merge = {life->area, from->id, into->id, life_worker(life),
                           life_version(life, from->version)};
    return life_once(life, proposals_merge, &merge, NULL, 0);
}

static Error *act_unmerge(Life *life)
{
    LifeProposalsRows rows = proposals(life);
    const LifeProposalsRow *row = one_in(life, &rows, PROPOSAL_MERGED);
    if (row == NULL) {
        return NULL;
    }
    ProposalUnmerge apart = {life->area, row->id, life_worker(life),
                             life_slips(life, 3) ? row->id : row->merged_into};
    return life_once(life, proposals_unmerge, &apart, NULL, 0);
}

/* Of the last of the staff only, so that the others can go on. */
static Error *act_interest(Life *life)
{
    LifeProposalsRows rows = proposals(life);
    if (rows.count == 0) {
        return NULL;
    }
    int64_t proposal = rows.rows[life_below(life, (int64_t)rows.count)].id;
    int64_t actor = life->staff[LIFE_STAFF - 2];
    InterestDeclare declare = {life->area, proposal, actor};
    InterestEnd end = {life->area, proposal, actor, life_words(life)};
    return life_below(life, 3) == 0 ? life_write(life, screening_declare, &declare, NULL, 0)
                                    : life_write(life, screening_end_interest, &end, NULL, 0);
}

/* --- prices ------------------------------------------------------------------------------------
 */

static Error *sign_estimate(Life *life, const LifeProposalsRow *row)
{
    EstimateDecide sign = {.area = life->area,
                           .proposal = row->id,
                           .id = row->waiting,
                           .actor = life_worker(life),
                           .is_signed = !life_slips(life, 4),
                           .note = life_words(life)};
    return life_once(life, estimates_decide, &sign, NULL, 0);
}

static Error *act_price(Life *life)
{
    LifeProposalsRows rows = proposals(life);
    const LifeProposalsRow *row = NULL;
    for (size_t i = 0; row == NULL && i < rows.count; i++) {
        bool lacks = rows.rows[i].state == PROPOSAL_ACCEPTED &&
                     (rows.rows[i].priced == 0 || rows.rows[i].cost_fen.fen > DEAR_FEN);
        row = lacks || life_slips(life, 4) ? &rows.rows[i] : NULL;
    }
    if (row == NULL) {
        return NULL;
    }
    if (row->waiting != 0 && life_below(life, 4) != 0) {
        return sign_estimate(life, row);
    }
    NewEstimate *new = arena_new(life->scratch, NewEstimate);
    *new =
        (NewEstimate){.area = life->area,
                      .proposal = row->id,
                      .actor = life_slips(life, 6) ? row->proposer_id : life_worker(life),
                      .fact = {.cost = life_money(life, PRICE_FEN + (row - rows.rows) % 7 * 400000),
                               .basis = ESTIMATE_DEPARTMENT,
                               .source = STR("街道城管办"),
                               .words = life_words(life)}};
    EstimateEntered done;
    return life_write(life, estimates_enter, new, &done, sizeof(done));
}

/* --- pledges -----------------------------------------------------------------------------------
 */

static Error *act_pledge(Life *life)
{
    LifeProposalsRows rows = proposals(life);
    const LifeProposalsRow *row = one_in(life, &rows, PROPOSAL_ACCEPTED);
    if (row == NULL || life_below(life, 2) == 0) {
        return NULL;
    }
    int form = 1 + (int)life_below(life, 3);
    NewPledge new = {
        .area = life->area,
        .proposal = row->id,
        .actor = life_resident(life),
        .fact = {.form = form,
                 .value = form == PLEDGE_HOURS ? (Money){0} : life_money(life, PLEDGE_FEN),
                 .hours = form == PLEDGE_HOURS ? 6 : 0,
                 .words = STR("帮着搬运")}};
    new.person = new.actor;
    PledgeMade done;
    return life_write(life, pledges_promise, &new, &done, sizeof(done));
}

static Error *act_pledge_step(Life *life)
{
    LifePledgesRows rows;
    Snapshot *snapshot = life_look(life);
    test_ok(sql_life_pledges(snapshot, life->area, life->round, &rows));
    db_snapshot_end(snapshot);
    const LifePledgesRow *row = NULL;
    for (size_t i = 0; row == NULL && i < rows.count; i++) {
        bool waits = rows.rows[i].state == PLEDGE_PROMISED;
        row = waits || life_slips(life, 3) ? &rows.rows[i] : NULL;
    }
    if (row == NULL) {
        return NULL;
    }
    PledgeStep step = {.area = life->area,
                       .id = row->id,
                       .actor = life_worker(life),
                       .is_staff = !life_slips(life, 5),
                       .version = life_version(life, row->version),
                       .to = life->is_wild || life_below(life, 4) == 0
                                 ? (PledgeState)(2 + life_below(life, 3))
                                 : PLEDGE_CONFIRMED,
                       .value = life_money(life, PLEDGE_FEN),
                       .reason = life_words(life)};
    return life_once(life, pledges_step, &step, NULL, 0);
}

const struct LifeActRow life_early_acts[] = {
    {"tell", act_tell, IN(LAUNCH)},          {"take back what was told", act_untell, IN(LAUNCH)},
    {"train", act_train, IN(LAUNCH)},        {"document", act_document, IN(LAUNCH)},
    {"propose", act_propose, IN(COLLECT)},   {"edit", act_edit, IN(COLLECT)},
    {"withdraw", act_withdraw, IN(COLLECT)}, {"decide on a proposal", act_decide, IN(COLLECT)},
    {"merge", act_merge, IN(COLLECT)},       {"take a merge apart", act_unmerge, 0},
    {"interest", act_interest, 0},           {"price", act_price, IN(QUOTA) | IN(DISCUSS)},
    {"pledge", act_pledge, IN(PLEDGE)},      {"go on with a pledge", act_pledge_step, IN(PLEDGE)},
};
const size_t life_n_early = countof(life_early_acts);
