#include "tally/rules.h"

bool rules_are_limited(const TallyOptions *options)
{
    const TallyLimits *limits = &options->limits;
    return options->misfit_share > 0 || limits->n_constraints > 0 || limits->decisions != NULL ||
           limits->least_price > 0 || limits->most_price > 0 || limits->least_votes > 0;
}

void rules_select(const RuleInput *in, TallyResult *out)
{
    out->selected = in->limits->taken;
    out->n_selected = in->limits->n_taken;
}

void rules_take_free(const RuleInput *in)
{
    uint32_t n = in->election->n_projects;
    uint32_t *by_rank = arena_array(in->arena, uint32_t, (size_t)n + 1);
    for (uint32_t p = 0; p < n; p++) {
        by_rank[in->rank[p]] = p;
    }
    bool times_cost = tally_times_cost(in->options->utility);
    for (uint32_t i = 0; i < n && !times_cost; i++) {
        uint32_t p = by_rank[i];
        if (in->election->projects[p].cost == 0 && in->count->score[p] > 0 &&
            limits_is_open(in->limits, p) && limits_allow(in->limits, p)) {
            limits_take(in->limits, p);
        }
    }
}

static TallyReason why_lost(const RuleInput *in, uint32_t project, TallyReason lost,
                            TallyExplanation *why)
{
    const Limits *limits = in->limits;
    if (limits->left_out[project] != TALLY_SELECTED) {
        return limits->left_out[project];
    }
    if (in->count->score[project] == 0) {
        return TALLY_NO_SUPPORT;
    }
    why->constraint = limits_broken_by(limits, project, in->election->projects[project].cost);
    return why->constraint == TALLY_NO_CONSTRAINT ? lost : TALLY_QUOTA;
}

/* Losers get their place after the winners, in the order of ties. */
static void place_losers(const RuleInput *in, const uint32_t *by_rank, TallyReason lost,
                         uint32_t *order, TallyResult *out, TallyExplanation *all)
{
    for (uint32_t i = 0; i < in->election->n_projects; i++) {
        uint32_t p = by_rank[i];
        TallyExplanation *why = &all[p];
        if (why->place > 0) {
            continue;
        }
        why->reason = why_lost(in, p, lost, why);
        why->lacked = TALLY_NO_NUMBER;
        why->more_support = TALLY_NO_NUMBER;
        why->left_before = out->left;
        if (in->limits->left_out[p] == TALLY_SELECTED && why->reason != TALLY_NO_SUPPORT) {
            order[out->n_ordered++] = p;
            why->place = out->n_ordered;
        }
    }
}

TallyExplanation *rules_explain(const RuleInput *in, TallyReason lost, TallyResult *out)
{
    uint32_t n = in->election->n_projects;
    TallyExplanation *all = arena_array(in->arena, TallyExplanation, (size_t)n + 1);
    uint32_t *order = arena_array(in->arena, uint32_t, (size_t)n + 1);
    uint32_t *by_rank = arena_array(in->arena, uint32_t, (size_t)n + 1);
    out->left = in->election->budget;
    for (uint32_t p = 0; p < n; p++) {
        by_rank[in->rank[p]] = p;
        all[p].votes = in->count->votes[p];
        all[p].score = in->count->score[p];
        all[p].constraint = in->limits->for_floor[p];
    }
    for (uint32_t i = 0; i < out->n_selected; i++) {
        uint32_t p = out->selected[i];
        order[i] = p;
        all[p].place = i + 1;
        all[p].left_before = out->left;
        out->left -= in->election->projects[p].cost;
    }
    out->n_ordered = out->n_selected;
    place_losers(in, by_rank, lost, order, out, all);
    out->order = order;
    out->projects = all;
    return all;
}
