#include "tally/greedy.h"
#include "tally/rounds.h"
#include "tally/rules.h"

static Error *dispatch(Arena *arena, const TallyElection *election, const TallyOptions *options,
                       const TallyCount *count, TallyResult *out)
{
    switch (options->rule) {
    case TALLY_RULE_EQUAL_SHARES:
        equal_shares_run(arena, election, options, count, out);
        return NULL;
    case TALLY_RULE_PHRAGMEN:
        phragmen_run(arena, election, options, count, out);
        return NULL;
    case TALLY_RULE_MAX_SATISFACTION:
        return max_satisfaction_run(arena, election, options, count, out);
    case TALLY_RULE_GREEDY:
        break;
    }
    greedy_run(arena, election, options, count, out);
    return NULL;
}

/* No sum overflows: the costs add up to at most the budget, and a score is at most TALLY_MAX. */
static void sum_up(Arena *arena, const TallyElection *election, const TallyOptions *options,
                   const TallyCount *count, TallyResult *out)
{
    bool times_cost = tally_times_cost(options->utility);
    bool has_points = tally_unit(options->utility) == TALLY_UNIT_POINTS;
    __int128 welfare = 0;
    for (uint32_t i = 0; i < out->n_selected; i++) {
        uint32_t p = out->selected[i];
        int64_t cost = election->projects[p].cost;
        out->total_cost += cost;
        welfare += (__int128)count->score[p] * (times_cost ? cost : 1);
    }
    out->left = election->budget - out->total_cost;
    out->voters = count->voters;
    int decimals =
        (has_points ? election->points_decimals : 0) + (times_cost ? election->amount_decimals : 0);
    out->welfare = tally_decimal_text(arena, welfare, decimals);
}

Error *tally_run(Arena *arena, const TallyElection *election, const TallyOptions *options,
                 TallyResult *out)
{
    *out = (TallyResult){0};
    if (options->increment < 0 || options->increment > TALLY_MAX) {
        return error_make(arena, ERROR_BAD_REQUEST, "the increment is below zero or above 10^18");
    }
    TallyCount count;
    Error *err = tally_count(arena, election, tally_unit(options->utility), &count);
    if (err) {
        return err;
    }
    err = dispatch(arena, election, options, &count, out);
    if (err) {
        return err;
    }
    sum_up(arena, election, options, &count, out);
    rounds_fill(arena, election, out);
    return NULL;
}
