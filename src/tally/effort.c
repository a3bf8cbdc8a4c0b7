#include "tally/tally_explain.h"

/* What the runs for all losers may take together on one core, and one run for each choice on the
 * ballots, as measured on 62,000 ballots. */
#define EFFORT_NS   (INT64_C(4) * 1000 * 1000 * 1000)
#define EFFORT_RUNS 400
#define NUMBERS     3

static int64_t run_ns_per_choice(const TallyOptions *options)
{
    switch (options->rule) {
    case TALLY_RULE_EQUAL_SHARES:
        return options->completion >= TALLY_COMPLETE_NEXT   ? 30000
               : options->completion >= TALLY_COMPLETE_ADD1 ? 3000
                                                            : 60;
    case TALLY_RULE_BOUNDED_OVERSPENDING:
        return 3000;
    case TALLY_RULE_PHRAGMEN:
        return 40;
    case TALLY_RULE_GREEDY:
    case TALLY_RULE_MAX_SATISFACTION:
        break;
    }
    return 2;
}

TallyEffort tally_effort(const TallyElection *election, const TallyOptions *options,
                         uint32_t n_losers, int64_t step)
{
    int64_t choices = (int64_t)election->start[election->n_ballots] + election->n_projects + 1;
    int64_t all = choices * run_ns_per_choice(options) * NUMBERS * ((int64_t)n_losers + 1);
    int64_t runs = EFFORT_NS / all;
    return (TallyEffort){.step = step,
                         .most_runs = (uint32_t)(runs > EFFORT_RUNS ? EFFORT_RUNS : runs)};
}
