/* proposals_decide.c: the decision about a proposal, once it has been read, and its price. */
#include "features/programmes/programmes.h"
#include "features/proposals/proposals.h"
#include "features/screening/screening.h"
#include "platform/journal/journal.h"
#include "proposals_sql.h"
#include "proposals_text.h"

/* --- answering --------------------------------------------------------------- */

static Error *load_decidable(Tx *tx, const ProposalDecide *decide, ProposalGetRow *out_row,
                             RoundInfo *out_round)
{
    Snapshot *snapshot = tx_snapshot(tx);
    Error *err = sql_proposal_get(snapshot, decide->area, decide->id, out_row);
    if (!err) {
        err = programmes_round(snapshot, decide->area, out_row->round_id, out_round);
    }
    StageInfo *stages = NULL;
    size_t count = 0;
    if (!err) {
        err = programmes_stages(snapshot, decide->area, out_row->round_id, &stages, &count);
    }
    if (err) {
        return err;
    }
    bool is_ahead = programmes_choice_is_ahead(stages, count);
    if (!proposal_may_be_decided((ProposalState)out_row->state, is_ahead)) {
        return error_make(tx_arena(tx), ERROR_STAGE_NOT_OPEN, "withdrawn or the ballot has opened");
    }
    return NULL;
}

static Error *save_decision(Tx *tx, const ProposalDecide *decide, int64_t old_kind, Instant now)
{
    const ProposalDecision *decision = &decide->decision;
    bool yes = decision->is_accepted;
    return sql_proposal_decide(tx, decide->area, decide->id, decide->version,
                               yes ? PROPOSAL_ACCEPTED : PROPOSAL_REFUSED,
                               yes ? decision->kind : old_kind, yes ? decision->cost : (Money){0},
                               yes ? STR("") : decision->reason, now, decide->actor);
}

/* By the round's money, and by what its rules allow one project of the kind. */
static Error *check_decision(Tx *tx, const ProposalDecision *decision, const RoundRules *rules,
                             Money budget)
{
    Money most = rules_project_maximum(rules, decision->kind);
    if (most.fen == 0 || most.fen > budget.fen) {
        most = budget;
    }
    return proposal_decision_check(tx_arena(tx), decision, rules->project_minimum, most);
}

/* Who says no more than yes or no gives no clause. */
static Finding finding_of(const ProposalDecide *decide)
{
    Finding finding = decide->finding;
    if (finding.ground == GROUND_NONE) {
        finding.ground = decide->decision.is_accepted ? GROUND_PASSES : GROUND_OTHER;
    }
    finding.reason = decide->decision.reason;
    return finding;
}

static Error *journal_decision(Tx *tx, const ProposalDecide *decide, const Finding *finding)
{
    const ProposalDecision *decision = &decide->decision;
    char yuan[32];
    Str price = str_from_bytes(yuan, money_format_yuan(decision->cost, yuan, sizeof(yuan)));
    Str reason = decision->reason;
    if (decision->is_accepted) {
        reason = arena_printf(tx_arena(tx), "%.*s 元", STR_ARG(price));
    } else if (finding->ground == GROUND_CLAUSE) {
        reason = arena_printf(tx_arena(tx), "第 %d 条：%.*s", (int)finding->cited_no,
                              STR_ARG(decision->reason));
    }
    return journal_write(tx, decide->area, decide->actor,
                         decision->is_accepted ? "proposal.accept" : "proposal.refuse", "proposal",
                         decide->id, reason, STR(""));
}

/* The reading of one person; it decides at once unless the round asks for two. */
static Error *read_it(Tx *tx, const ProposalDecide *decide, const RoundInfo *round,
                      const RoundRules *rules, Instant now, ScreeningStep *out)
{
    ScreeningRead read = {.area = decide->area,
                          .proposal = decide->id,
                          .round = round->id,
                          .version = decide->version,
                          .reader = decide->actor,
                          .is_secretary = decide->is_secretary,
                          .finding = finding_of(decide),
                          .line = decide->line};
    return screening_read(tx, &read, rules, now, out);
}

static Error *tell_decision(Tx *tx, const ProposalDecide *decide, const ProposalGetRow *row,
                            Instant now)
{
    bool yes = decide->decision.is_accepted;
    Notice notice = {
        .area = decide->area,
        .round = row->round_id,
        .kind = yes ? NOTICE_ACCEPTED : NOTICE_REFUSED,
        .words = yes ? t_proposal_notice_accepted(row->title, decide->decision.cost)
                     : t_proposal_notice_refused(row->title),
        .link = url_of(tx_arena(tx), "/a/{area}/proposals/{id}", decide->area, decide->id)};
    return proposals_tell(tx, &notice, decide->id, now);
}

static Error *carry_out(Tx *tx, const ProposalDecide *decide, const ProposalGetRow *row,
                        Instant now)
{
    Finding finding = finding_of(decide);
    Error *err = save_decision(tx, decide, row->kind, now);
    if (!err) {
        err = tell_decision(tx, decide, row, now);
    }
    return err ? err : journal_decision(tx, decide, &finding);
}

Error *proposals_decide(Tx *tx, const void *input, Instant now, void *output)
{
    const ProposalDecide *decide = input;
    ProposalDecided *out = output;
    ProposalGetRow row;
    RoundInfo round;
    RoundRules *rules = arena_new(tx_arena(tx), RoundRules);
    ScreeningStep step = {0};
    Error *err = load_decidable(tx, decide, &row, &round);
    if (!err && row.version != decide->version) {
        err = error_make(tx_arena(tx), ERROR_VERSION_CONFLICT, "proposal changed");
    }
    if (!err) {
        err = programmes_round_rules(tx_snapshot(tx), decide->area, round.id, rules);
    }
    if (!err) {
        err = check_decision(tx, &decide->decision, rules, round.budget);
    }
    if (!err) {
        err = read_it(tx, decide, &round, rules, now, &step);
    }
    if (!err && step.state == SCREENING_DECIDED) {
        err = carry_out(tx, decide, &row, now);
    }
    out->state = step.state;
    return err;
}

/* --- its price --------------------------------------------------------------- */

Error *proposals_check_price(Tx *tx, int64_t area, int64_t id, Money cost)
{
    ProposalDecide decide = {.area = area, .id = id};
    ProposalGetRow row;
    RoundInfo round;
    Error *err = load_decidable(tx, &decide, &row, &round);
    if (err) {
        return err;
    }
    if (row.state != PROPOSAL_ACCEPTED) {
        return error_make(tx_arena(tx), ERROR_STAGE_NOT_OPEN, "not accepted");
    }
    ProposalDecision decision = {true, cost, (int)row.kind, {"", 0}};
    return proposal_decision_check(tx_arena(tx), &decision, (Money){0}, round.budget);
}

Error *proposals_set_price(Tx *tx, int64_t area, int64_t id, Money cost)
{
    Error *err = proposals_check_price(tx, area, id, cost);
    return err ? err : sql_proposal_set_price(tx, area, id, cost, NULL);
}
