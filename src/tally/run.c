#include "tally/rounds.h"
#include "tally/rules.h"
#include "tally/ties.h"

static Error *dispatch(const RuleInput *in, TallyResult *out)
{
    switch (in->options->rule) {
    case TALLY_RULE_EQUAL_SHARES:
        equal_shares_run(in, out);
        return NULL;
    case TALLY_RULE_PHRAGMEN:
        phragmen_run(in, out);
        return NULL;
    case TALLY_RULE_MAX_SATISFACTION:
        return max_satisfaction_run(in, out);
    case TALLY_RULE_BOUNDED_OVERSPENDING:
        return bos_run(in, out);
    case TALLY_RULE_GREEDY:
        break;
    }
    greedy_run(in, out);
    return NULL;
}

static void sum_up_groups(const RuleInput *in, TallyResult *out)
{
    const Limits *limits = in->limits;
    for (uint32_t c = 0; c < limits->given->n_constraints; c++) {
        limits->use[c].floors_met = !limits_is_below_floor(limits, c);
    }
    out->groups = limits->use;
}

/* No sum overflows: the costs add up to at most the budget, and a score is at most TALLY_MAX. */
static void sum_up(const RuleInput *in, TallyResult *out)
{
    const TallyElection *election = in->election;
    bool times_cost = tally_times_cost(in->options->utility);
    bool has_points = tally_unit(in->options->utility) == TALLY_UNIT_POINTS;
    __int128 welfare = 0;
    for (uint32_t i = 0; i < out->n_selected; i++) {
        uint32_t p = out->selected[i];
        int64_t cost = election->projects[p].cost;
        out->total_cost += cost;
        welfare += (__int128)in->count->score[p] * (times_cost ? cost : 1);
    }
    out->left = election->budget + out->added - out->total_cost;
    out->voters = in->count->voters;
    int decimals =
        (has_points ? election->points_decimals : 0) + (times_cost ? election->amount_decimals : 0);
    out->welfare = tally_decimal_text(in->arena, welfare, decimals);
}

static Error *check_options(Arena *arena, const TallyOptions *options)
{
    if (options->increment < 0 || options->increment > TALLY_MAX) {
        return error_make(arena, ERROR_BAD_REQUEST, "the increment is below zero or above 10^18");
    }
    if (options->misfit_share < 0 || options->misfit_share > TALLY_WHOLE) {
        return error_make(arena, ERROR_BAD_REQUEST, "the share of a misfit is not 0 to 100 %%");
    }
    return NULL;
}

Error *tally_run(Arena *arena, const TallyElection *election, const TallyOptions *options,
                 TallyResult *out)
{
    *out = (TallyResult){0};
    Error *err = check_options(arena, options);
    TallyCount count;
    if (!err) {
        err = tally_count(arena, election, tally_unit(options->utility), &count);
    }
    if (err) {
        return err;
    }
    Limits limits;
    uint32_t *rank = ties_rank(arena, election, &count, &options->ties);
    err = limits_init(arena, election, &options->limits, &count, rank, &limits);
    if (err) {
        return err;
    }
    RuleInput in = {arena, election, options, &count, rank, &limits};
    if (options->rule != TALLY_RULE_MAX_SATISFACTION) {
        greedy_fill_floors(&in);
    }
    out->n_first = limits.n_first;
    err = dispatch(&in, out);
    if (err) {
        return err;
    }
    sum_up(&in, out);
    sum_up_groups(&in, out);
    rounds_fill(&in, out);
    return NULL;
}
