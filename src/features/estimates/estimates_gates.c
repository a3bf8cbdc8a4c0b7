/* estimates_gates.c: how a round stands to its quotas; gates and what is due. */
#include "base/vec.h"
#include "estimates_text.h"
#include "features/estimates/estimates_pages.h"

#include <assert.h>

#define DUE_PRICES 20

/* --- a round and its quotas -------------------------------------------------- */

QuotaLimits quota_limits(const RoundRules *rules, Money budget)
{
    QuotaLimits limits = {.least = rules->project_minimum};
    for (int64_t kind = 1; kind <= (int64_t)countof(limits.most); kind++) {
        const KindRule *rule = rules_kind(rules, kind);
        limits.most[kind - 1] =
            quota_most(rules_project_maximum(rules, kind), rule ? rule->total : (Money){0}, budget);
    }
    return limits;
}

static Error *count_kinds(Snapshot *snapshot, int64_t area, int64_t round,
                          const QuotaLimits *limits, EstimateByKindRows *out)
{
    return sql_estimate_by_kind(snapshot, area, round, limits->least.fen, limits->most[0].fen,
                                limits->most[1].fen, limits->most[2].fen, limits->most[3].fen, out);
}

static bool has_stage(const StageInfo *stages, size_t count, StageKind kind)
{
    for (size_t i = 0; i < count; i++) {
        if (stages[i].kind == kind && stages[i].state != STAGE_WAIVED) {
            return true;
        }
    }
    return false;
}

static QuotaRules quota_rules(const Quota *quota)
{
    const RoundRules *rules = &quota->rules;
    QuotaRules out = {.budget = quota->round.budget,
                      .n_kinds = rules->n_kinds,
                      .is_chosen = quota->is_chosen,
                      .is_shortlisted = quota->is_shortlisted};
    static_assert(RULES_MAX_KINDS <= QUOTA_KINDS_MAX, "a place for every kind");
    for (size_t i = 0; i < rules->n_kinds; i++) {
        const KindRule *kind = &rules->kinds[i];
        Money maximum = rules_project_maximum(rules, (int64_t)i + 1);
        out.kinds[i] =
            (QuotaKind){kind->total, kind->places, quota_most(maximum, kind->total, out.budget)};
    }
    return out;
}

static Error *sum_up(Snapshot *snapshot, int64_t area, int64_t round, Quota *out)
{
    QuotaLimits limits = quota_limits(&out->rules, out->round.budget);
    EstimateByKindRows rows;
    KindUse uses[4];
    size_t count = 0;
    Error *err = count_kinds(snapshot, area, round, &limits, &rows);
    if (err) {
        return err;
    }
    for (; count < rows.count && count < countof(uses); count++) {
        const EstimateByKindRow *row = &rows.rows[count];
        uses[count] = (KindUse){.kind = row->kind,
                                .projects = row->n,
                                .cost = row->total_fen,
                                .below = row->n_below,
                                .above = row->n_above};
        out->priced += row->n_priced;
        out->waiting += row->n_waiting;
    }
    QuotaRules rules = quota_rules(out);
    quota_sum(&rules, uses, count, &out->sum);
    return NULL;
}

Error *quota_load(Snapshot *snapshot, int64_t area, int64_t round, Quota *out)
{
    StageInfo *stages = NULL;
    size_t count = 0;
    *out = (Quota){0};
    Error *err = programmes_round(snapshot, area, round, &out->round);
    if (!err) {
        err = programmes_round_rules(snapshot, area, round, &out->rules);
    }
    if (!err) {
        err = programmes_stages(snapshot, area, round, &stages, &count);
    }
    if (err) {
        return err;
    }
    out->is_shortlisted = has_stage(stages, count, STAGE_KIND_SHORTLIST);
    out->is_chosen = out->is_shortlisted || has_stage(stages, count, STAGE_KIND_VOTE) ||
                     has_stage(stages, count, STAGE_KIND_DISCUSS) ||
                     has_stage(stages, count, STAGE_KIND_DECIDE);
    return sum_up(snapshot, area, round, out);
}

/* --- the gates --------------------------------------------------------------- */

Error *gate_all_priced(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                       GateReport *out)
{
    EstimateByKindRows rows;
    QuotaLimits none = {0};
    int64_t total = 0;
    int64_t priced = 0;
    int64_t waiting = 0;
    Error *err = count_kinds(snapshot, area, round, &none, &rows);
    if (err) {
        return err;
    }
    for (size_t i = 0; i < rows.count; i++) {
        total += rows.rows[i].n;
        priced += rows.rows[i].n_priced;
        waiting += rows.rows[i].n_waiting;
    }
    *out = (GateReport){.state = GATE_MET,
                        .claim = t_gate_all_priced(),
                        .detail = total == 0 ? t_gate_priced_none() : t_gate_priced_all(total)};
    if (priced < total) {
        out->state = GATE_UNMET;
        out->detail = t_gate_priced_detail(total, priced, waiting, total - priced - waiting);
        out->link = url_of(snapshot_arena(snapshot), "/a/{area}/estimates?round={id}", area, round);
        out->link_text = t_gate_priced_link();
    }
    return NULL;
}

static Text quota_problem(const Quota *quota)
{
    const QuotaSum *sum = &quota->sum;
    if (sum->is_overdrawn) {
        return t_gate_quota_overdrawn(sum->capped, quota->round.budget);
    }
    if (sum->above > 0 || sum->below > 0) {
        return t_gate_quota_limits(sum->above, sum->below);
    }
    return sum->over > 0 ? t_gate_quota_over(sum->over)
                         : t_gate_quota_money(sum->used, quota->round.budget);
}

Error *gate_quota_within_budget(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                                GateReport *out)
{
    Arena *arena = snapshot_arena(snapshot);
    Quota *quota = arena_new(arena, Quota);
    Error *err = quota_load(snapshot, area, round, quota);
    if (err) {
        return err;
    }
    *out = (GateReport){.state = quota->sum.is_met ? GATE_MET : GATE_UNMET,
                        .claim = t_gate_quota_within_budget(),
                        .detail = t_gate_quota_fine(quota->sum.projects, quota->sum.used),
                        .link = url_of(arena, "/a/{area}/rounds/{id}/quota", area, round),
                        .link_text = t_gate_quota_link()};
    if (!quota->sum.is_met) {
        out->detail = quota_problem(quota);
    }
    return NULL;
}

/* --- due --------------------------------------------------------------------- */

static DueItem due_item(Arena *arena, int64_t area, const EstimateDueRow *row)
{
    if (row->what == 1) {
        return (DueItem){.what = t_due_prices(row->n),
                         .due_at = row->due_at,
                         .link = url_of(arena, "/a/{area}/estimates", area, 0),
                         .verb = t_due_prices_verb()};
    }
    return (DueItem){.what = t_due_signature(row->title),
                     .detail = row->owner.len > 0 ? t_due_signature_by(row->cost_fen, row->owner)
                                                  : t_due_signature_of(row->cost_fen),
                     .due_at = row->due_at,
                     .link =
                         url_of(arena, "/a/{area}/proposals/{id}/price", area, row->proposal_id),
                     .verb = t_due_signature_verb()};
}

Error *estimates_due(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who, DueItems *out)
{
    EstimateDueRows rows;
    if (policy_check(POLICY_MANAGE, who) != VERDICT_ALLOW) {
        return NULL;
    }
    Error *err = sql_estimate_due(snapshot, area, who->person, DUE_PRICES, &rows);
    for (size_t i = 0; !err && i < rows.count; i++) {
        *vec_push(arena, out) = due_item(arena, area, &rows.rows[i]);
    }
    return err;
}
