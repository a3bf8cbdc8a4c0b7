/* proposals_merge.c: merging and its undo, supporting, helping. */
#include "features/proposals/proposals_merge.h"

#include "base/utf8.h"
#include "features/programmes/programmes.h"
#include "platform/journal/journal.h"
#include "proposals_merge_sql.h"
#include "proposals_merge_text.h"
#include "proposals_sql.h"

static Error *load(Tx *tx, int64_t area, int64_t id, ProposalGetRow *out)
{
    return sql_proposal_get(tx_snapshot(tx), area, id, out);
}

/* --- merging ------------------------------------------------------------------------- */

static MergeFact merge_fact(const ProposalGetRow *row)
{
    return (MergeFact){row->id, row->round_id, (ProposalState)row->state};
}

/* *out_stage: the one the round stands at. */
static Error *check_merge(Tx *tx, const ProposalGetRow *row, const ProposalGetRow *main,
                          int64_t *out_stage)
{
    StageInfo *stages = NULL;
    size_t count = 0;
    RoundInfo round;
    Snapshot *snapshot = tx_snapshot(tx);
    Error *err = programmes_stages(snapshot, row->area_id, row->round_id, &stages, &count);
    if (!err) {
        err = programmes_round(snapshot, row->area_id, row->round_id, &round);
    }
    if (err) {
        return err;
    }
    *out_stage = round.stage_no;
    MergeFact moved = merge_fact(row);
    MergeFact into = merge_fact(main);
    if (!proposal_may_be_merged(&moved, &into, programmes_choice_is_ahead(stages, count))) {
        return error_for_field(error_make(tx_arena(tx), ERROR_PROPOSAL_NOT_MERGEABLE, "states"),
                               STR("main"));
    }
    return NULL;
}

/* Told while those that go on in it are still found behind it. */
static Error *tell_merge(Tx *tx, const ProposalGetRow *row, NoticeKind kind, Text words,
                         Instant now)
{
    Notice notice = {.area = row->area_id,
                     .round = row->round_id,
                     .kind = kind,
                     .words = words,
                     .link =
                         url_of(tx_arena(tx), "/a/{area}/proposals/{id}", row->area_id, row->id)};
    return proposals_tell(tx, &notice, row->id, now);
}

static Error *apply_merge(Tx *tx, const ProposalGetRow *row, const ProposalGetRow *main,
                          int64_t actor, Instant now)
{
    int64_t stage = 0;
    Error *err = check_merge(tx, row, main, &stage);
    if (!err) {
        err = sql_merge_insert(tx, row->area_id, tx_new_id(tx), row->id, main->id, stage, now,
                               actor, NULL);
    }
    if (!err) {
        err = tell_merge(tx, row, NOTICE_MERGED, t_proposal_notice_merged(row->title, main->title),
                         now);
    }
    if (!err) {
        err = sql_merge_apply(tx, row->area_id, row->id, main->id, NULL);
    }
    return err ? err
               : journal_write(tx, row->area_id, actor, "proposal.merge", "proposal", row->id,
                               main->title, STR(""));
}

Error *proposals_merge(Tx *tx, const void *input, Instant now, void *output)
{
    const ProposalMerge *merge = input;
    ProposalGetRow row;
    ProposalGetRow main;
    Error *err = load(tx, merge->area, merge->id, &row);
    if (!err) {
        err = load(tx, merge->area, merge->main, &main);
    }
    if (!err && row.version != merge->version) {
        err = error_make(tx_arena(tx), ERROR_VERSION_CONFLICT, "proposal changed");
    }
    if (!err) {
        err = screening_check_interest(tx_snapshot(tx), merge->area, merge->id, merge->actor);
    }
    if (!err) {
        err = screening_check_interest(tx_snapshot(tx), merge->area, merge->main, merge->actor);
    }
    return err ? err : apply_merge(tx, &row, &main, merge->actor, now);
}

Error *proposals_join(Tx *tx, int64_t area, int64_t id, int64_t main_id, int64_t actor, Instant now)
{
    ProposalGetRow row;
    ProposalGetRow main;
    Error *err = load(tx, area, id, &row);
    if (!err) {
        err = load(tx, area, main_id, &main);
    }
    return err ? err : apply_merge(tx, &row, &main, actor, now);
}

/* Undo belongs to the stage in which the merge was made. */
static Error *check_same_stage(Tx *tx, const ProposalGetRow *row, int64_t stage)
{
    RoundInfo round;
    Error *err = programmes_round(tx_snapshot(tx), row->area_id, row->round_id, &round);
    if (!err && (round.is_finished || round.stage_no != stage)) {
        err = error_make(tx_arena(tx), ERROR_STAGE_NOT_OPEN, "its stage has ended");
    }
    return err;
}

static Error *revert(Tx *tx, int64_t area, const MergeLastRow *act, Instant now)
{
    int64_t changed = 0;
    Error *err = sql_merge_revert(tx, area, act->id, act->to_main, &changed);
    if (!err && changed != act->n) {
        err = error_make(tx_arena(tx), ERROR_VERSION_CONFLICT, "moved again since");
    }
    return err ? err : sql_merge_undone(tx, area, act->id, now, NULL);
}

Error *proposals_unmerge(Tx *tx, const void *input, Instant now, void *output)
{
    const ProposalUnmerge *undo = input;
    ProposalGetRow row;
    MergeLastRow act;
    bool found = false;
    Error *err = load(tx, undo->area, undo->id, &row);
    if (!err) {
        err = sql_merge_last(tx_snapshot(tx), undo->area, undo->id, &act, &found);
    }
    bool is_seen = undo->main == 0 || undo->main == row.merged_into;
    if (!err && (!found || row.merged_into == 0 || !is_seen)) {
        err = error_make(tx_arena(tx), ERROR_VERSION_CONFLICT, "not merged");
    }
    if (!err) {
        err = check_same_stage(tx, &row, act.stage_no);
    }
    if (!err) {
        err = revert(tx, undo->area, &act, now);
    }
    if (!err) {
        err = tell_merge(tx, &row, NOTICE_UNMERGED, t_proposal_notice_unmerged(row.title), now);
    }
    return err ? err
               : journal_write(tx, undo->area, undo->actor, "proposal.unmerge", "proposal",
                               undo->id, row.title, STR(""));
}

Error *proposals_stands_alone(Tx *tx, int64_t area, int64_t id)
{
    ProposalBehindRow behind = {0};
    Error *err = sql_proposal_behind(tx_snapshot(tx), area, id, 0, &behind);
    if (!err && behind.n_merged > 0) {
        err = error_with(error_make(tx_arena(tx), ERROR_PROPOSAL_HAS_OTHERS, "merged ones"),
                         behind.n_merged, STR(""));
    }
    return err;
}

/* --- supporting ---------------------------------------------------------------------- */

static Error *check_support(Tx *tx, const ProposalSupport *support, const ProposalGetRow *row)
{
    RoundInfo round;
    Error *err = programmes_round(tx_snapshot(tx), support->area, row->round_id, &round);
    if (err) {
        return err;
    }
    bool goes_on = row->state == PROPOSAL_SUBMITTED || row->state == PROPOSAL_ACCEPTED;
    if (!goes_on || !programmes_stage_is_open(&round, STAGE_KIND_COLLECT)) {
        return error_make(tx_arena(tx), ERROR_STAGE_NOT_OPEN, "no support any more");
    }
    if (row->proposer_id == support->actor) {
        return error_make(tx_arena(tx), ERROR_FORBIDDEN, "their own");
    }
    return NULL;
}

Error *proposals_support(Tx *tx, const void *input, Instant now, void *output)
{
    const ProposalSupport *support = input;
    ProposalGetRow row;
    int64_t changed = 0;
    Error *err = load(tx, support->area, support->id, &row);
    if (!err) {
        err = check_support(tx, support, &row);
    }
    if (!err && support->is_back) {
        err = sql_support_delete(tx, support->area, support->id, support->actor, &changed);
    } else if (!err) {
        err = sql_support_insert(tx, support->area, support->id, support->actor, now, &changed);
    }
    return err || changed == 0
               ? err
               : journal_write(tx, support->area, support->actor,
                               support->is_back ? "proposal.unsupport" : "proposal.support",
                               "proposal", support->id, row.title, STR(""));
}

/* --- helping ------------------------------------------------------------------------- */

static Error *check_adviser(Arena *arena, const AdviserNew *new)
{
    if (new->kind != ADVISER_PERSON &&new->kind != ADVISER_DEPARTMENT) {
        return error_for_field(error_make(arena, ERROR_FIELD_MISSING, "kind"), STR("kind"));
    }
    Error *err =
        error_length(arena, "organisation", new->organisation, 0, ADVISER_ORGANISATION_MAX);
    if (err) {
        return err;
    }
    if (new->organisation.len == 0 && new->name.len == 0) {
        return error_for_field(error_make(arena, ERROR_FIELD_MISSING, "who"), STR("organisation"));
    }
    return NULL;
}

Error *proposals_adviser_add(Tx *tx, const void *input, Instant now, void *output)
{
    const AdviserNew *new = input;
    ProposalGetRow row;
    Error *err = check_adviser(tx_arena(tx), new);
    if (!err) {
        err = load(tx, new->area, new->proposal, &row);
    }
    if (!err) {
        err = sql_adviser_insert(tx, new->area, tx_new_id(tx), new->proposal, new->kind,
                                 new->organisation, new->name, new->phone, new->note, now,
                                 new->actor, NULL);
    }
    return err ? err
               : journal_write(tx, new->area, new->actor, "proposal.adviser", "proposal",
                               new->proposal, new->organisation, new->name);
}

Error *proposals_adviser_end(Tx *tx, const void *input, Instant now, void *output)
{
    const AdviserEnd *end = input;
    int64_t changed = 0;
    Error *err = sql_adviser_end(tx, end->area, end->proposal, end->adviser, now, &changed);
    if (!err && changed == 0) {
        err = error_make(tx_arena(tx), ERROR_NOT_FOUND, "nobody helps there");
    }
    return err ? err
               : journal_write(tx, end->area, end->actor, "proposal.adviser_end", "proposal",
                               end->proposal, STR(""), STR(""));
}
