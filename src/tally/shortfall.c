/* What a loser lacked, by any rule: the least change with which tally_run selects it.
 *
 * Three ways of looking, from the cheapest. Where selection is proved to be monotone in the change,
 * bisection. Where the money at which anything can change is known, from one such amount to the
 * next. Else every step, until the runs allowed are used up.
 *
 * Why bisection is right. While a project is not selected its cost and its support do not touch the
 * run of the others (equal shares, Phragmen: it is bought in the first round in which its price, or
 * load, is least). A lower cost makes its price lower in every round - rho, and with cost utility
 * price / cost as well, since what its supporters can pay grows ever more slowly with the price -
 * and never its place in the order of ties later; so the round comes no later, and then at least as
 * much money is left. A greedy completion then sees the same projects bought, or this one among
 * them, and greedy is monotone. Further voters for one project lower its load in Phragmen likewise;
 * in equal shares not, as everybody's endowment falls with them. In the best total satisfaction the
 * best set with the project gets better by a lower cost (unless the utility falls with it) and by
 * more support, the best set without it does not.
 */
#include "tally/shortfall.h"

#include "tally/rules.h"

Answer trial_run(Trial *trial, TallyResult *result)
{
    if (trial->runs_left == 0) {
        return ANSWER_NONE;
    }
    trial->runs_left--;
    Error *err = tally_run(trial->arena, &trial->election, &trial->options, result);
    if (err) {
        return ANSWER_NONE; /* the limit of memory of the best total satisfaction */
    }
    bool wins = result->projects[trial->project].reason == TALLY_SELECTED;
    return wins ? ANSWER_WINS : ANSWER_LOSES;
}

/* ---- looking ------------------------------------------------------------------------------- */

/* The least number of steps from `first` to `most` that wins; TALLY_NO_NUMBER when none does. */
static int64_t scan(Trial *trial, Try *try, int64_t first, int64_t most)
{
    int64_t steps = first;
    while (steps <= most) {
        int64_t next = steps + 1;
        Answer answer = try(trial, steps, &next);
        if (answer != ANSWER_LOSES) {
            return answer == ANSWER_WINS ? steps : TALLY_NOT_FOUND;
        }
        steps = next;
    }
    return TALLY_NO_NUMBER;
}

/* The same when every number above a winning one wins. */
static int64_t bisect(Trial *trial, Try *try, int64_t most)
{
    int64_t loses = 0;
    int64_t wins = 0;
    int64_t next = 0;
    for (int64_t steps = 1; wins == 0 && loses < most; steps *= 2) {
        int64_t tried = steps < most ? steps : most;
        Answer answer = try(trial, tried, &next);
        if (answer == ANSWER_NONE) {
            return TALLY_NOT_FOUND;
        }
        *(answer == ANSWER_WINS ? &wins : &loses) = tried;
    }
    while (wins - loses > 1) {
        int64_t middle = loses + (wins - loses) / 2;
        Answer answer = try(trial, middle, &next);
        if (answer == ANSWER_NONE) {
            return TALLY_NOT_FOUND;
        }
        *(answer == ANSWER_WINS ? &wins : &loses) = middle;
    }
    return wins > 0 ? wins : TALLY_NO_NUMBER;
}

static int64_t amount_of(const Trial *trial, int64_t steps)
{
    return steps < 0 ? steps : steps * trial->step;
}

/* ---- cheaper ------------------------------------------------------------------------------- */

static Answer try_price(Trial *trial, int64_t steps, int64_t *next)
{
    ArenaMark mark = arena_mark(trial->arena);
    TallyResult result;
    trial->projects[trial->project].cost = trial->cost - steps * trial->step;
    Answer answer = trial_run(trial, &result);
    trial->projects[trial->project].cost = trial->cost;
    arena_rewind(trial->arena, mark);
    *next = steps + 1;
    return answer;
}

static bool is_completed_by_steps(const TallyOptions *options)
{
    return options->completion != TALLY_COMPLETE_NONE &&
           options->completion != TALLY_COMPLETE_GREEDY;
}

/* A cap is never in the way later than it was; but a floor counts what is below it, a least price
 * is passed on the way down, and a share of a misfit is asked of one project only. */
static bool is_plain(const TallyOptions *options)
{
    const TallyLimits *limits = &options->limits;
    bool has_floor = false;
    for (uint32_t c = 0; c < limits->n_constraints; c++) {
        const TallyConstraint *constraint = &limits->constraints[c];
        has_floor |= constraint->least_cost > 0 || constraint->least_number > 0;
    }
    return !has_floor && limits->least_price == 0 && options->misfit_share == 0;
}

/* Equal shares of which ranges can be proved: limits keep their own account of each run. */
static bool has_ranges(const TallyOptions *options)
{
    return options->rule == TALLY_RULE_EQUAL_SHARES && !is_completed_by_steps(options) &&
           !rules_are_limited(options);
}

static bool price_is_monotone(const TallyOptions *options)
{
    if (!is_plain(options)) {
        return false;
    }
    switch (options->rule) {
    case TALLY_RULE_BOUNDED_OVERSPENDING:
        return false; /* not proved */
    case TALLY_RULE_EQUAL_SHARES:
        return !is_completed_by_steps(options);
    case TALLY_RULE_MAX_SATISFACTION:
        return !tally_times_cost(options->utility);
    case TALLY_RULE_GREEDY:
    case TALLY_RULE_PHRAGMEN:
        break;
    }
    return true;
}

/* A price of 0 is a case of its own: a free project may have no utility, or another place. */
static int64_t find_cheaper(Trial *trial)
{
    int64_t above_zero = trial->cost > 0 ? (trial->cost - 1) / trial->step : 0;
    int64_t down_to_zero = trial->cost / trial->step;
    int64_t steps = price_is_monotone(&trial->options) ? bisect(trial, try_price, above_zero)
                                                       : scan(trial, try_price, 1, above_zero);
    bool divides = down_to_zero > above_zero && down_to_zero * trial->step == trial->cost;
    if (steps == TALLY_NO_NUMBER && divides) {
        steps = scan(trial, try_price, down_to_zero, down_to_zero);
    }
    return amount_of(trial, steps);
}

/* ---- more budget --------------------------------------------------------------------------- */

/* The least budget above this one with which a project could fit where it did not. Rules that only
 * ask of the budget whether a cost is at most what is left ask it after some of the purchases;
 * until one of these answers changes, everything stays as it is. */
static __int128 next_fit(const TallyElection *election, const TallyResult *result)
{
    __int128 least = 0;
    for (uint32_t q = 0; q < election->n_projects; q++) {
        __int128 needed = election->projects[q].cost;
        bool lost = result->projects[q].reason != TALLY_SELECTED;
        for (uint32_t i = 0; lost && i <= result->n_selected; i++) {
            if (needed > election->budget && (least == 0 || needed < least)) {
                least = needed;
            }
            needed += i < result->n_selected ? election->projects[result->selected[i]].cost : 0;
        }
    }
    return least;
}

/* The number of steps that reaches next_fit; above all when nothing ever fits. */
static int64_t steps_to_fit(const Trial *trial, const TallyResult *result)
{
    __int128 budget = next_fit(&trial->election, result);
    __int128 steps = (budget - trial->budget + trial->step - 1) / trial->step;
    return budget == 0 || steps > TALLY_MAX ? INT64_MAX : (int64_t)steps;
}

static Answer try_budget(Trial *trial, int64_t steps, int64_t *next)
{
    ArenaMark mark = arena_mark(trial->arena);
    TallyResult result;
    trial->election.budget = trial->budget + steps * trial->step;
    Answer answer = trial_run(trial, &result);
    *next = steps + 1;
    if (answer == ANSWER_LOSES) {
        const TallyOptions *options = &trial->options;
        bool ranges = has_ranges(options);
        bool completes = ranges && options->completion == TALLY_COMPLETE_GREEDY;
        bool only_fits =
            completes || (options->misfit_share == 0 && (options->rule == TALLY_RULE_GREEDY ||
                                                         options->rule == TALLY_RULE_PHRAGMEN));
        int64_t fits = only_fits ? steps_to_fit(trial, &result) : INT64_MAX;
        int64_t same = ranges ? shares_next_budget(trial, steps) : INT64_MAX;
        bool known = only_fits || same != INT64_MAX;
        *next = known ? (fits < same ? fits : same) : steps + 1;
    }
    trial->election.budget = trial->budget;
    arena_rewind(trial->arena, mark);
    return answer;
}

/* Without completion the supporters must have the cost together: votes x budget / voters is at
 * least the cost. The least such number of steps. */
static int64_t least_budget(const Trial *trial, int64_t votes)
{
    if (!has_ranges(&trial->options) || trial->options.completion != TALLY_COMPLETE_NONE ||
        votes == 0) {
        return 0;
    }
    __int128 missing = ((__int128)trial->cost * trial->voters + votes - 1) / votes - trial->budget;
    __int128 steps = (missing + trial->step - 1) / trial->step;
    return missing <= 0 ? 0 : steps > TALLY_MAX ? INT64_MAX : (int64_t)steps;
}

static int64_t find_budget(Trial *trial, int64_t votes)
{
    int64_t most = (TALLY_MAX - trial->budget) / trial->step;
    trial->stride = 1;
    return amount_of(trial, scan(trial, try_budget, least_budget(trial, votes), most));
}

/* ---- more supporters ----------------------------------------------------------------------- */

static Answer try_supporters(Trial *trial, int64_t steps, int64_t *next)
{
    ArenaMark mark = arena_mark(trial->arena);
    TallyResult result;
    trial->weights[trial->election.n_ballots - 1] = steps;
    Answer answer = trial_run(trial, &result);
    *next = steps + 1;
    if (answer == ANSWER_LOSES && has_ranges(&trial->options)) {
        *next = shares_next_supporters(trial, steps, TALLY_MAX - trial->voters);
    }
    arena_rewind(trial->arena, mark);
    return answer;
}

static int64_t power_of_ten(int exponent)
{
    int64_t power = 1;
    for (int i = 0; i < exponent; i++) {
        power *= 10;
    }
    return power;
}

/* Points instead of ranks: the same units for everybody, and room for a voter with one point. */
static void rank_to_points(Trial *trial, int64_t *points)
{
    TallyUnit unit = tally_unit(trial->options.utility);
    TallyElection *election = &trial->election;
    for (uint32_t b = 0; b < election->n_ballots; b++) {
        for (uint32_t i = election->start[b]; i < election->start[b + 1]; i++) {
            points[i] = tally_units(election, unit, b, i);
        }
    }
    election->kind = TALLY_BALLOTS_POINTS;
    election->points_decimals = 0;
    trial->options.utility =
        tally_times_cost(trial->options.utility) ? TALLY_UTILITY_POINTS_COST : TALLY_UTILITY_POINTS;
}

/* A ballot more, that lists the project alone and gives it one whole point. */
static void add_ballot(Trial *trial)
{
    TallyElection *election = &trial->election;
    uint32_t n = election->n_ballots;
    uint32_t end = election->start[n];
    uint32_t *start = arena_array(trial->arena, uint32_t, (size_t)n + 2);
    uint32_t *choices = arena_array(trial->arena, uint32_t, (size_t)end + 1);
    int64_t *points = arena_array(trial->arena, int64_t, (size_t)end + 1);
    trial->weights = arena_array(trial->arena, int64_t, (size_t)n + 1);
    for (uint32_t b = 0; b < n; b++) {
        start[b] = election->start[b];
        trial->weights[b] = tally_weight(election, b);
    }
    start[n] = end;
    start[n + 1] = end + 1;
    for (uint32_t i = election->start[0]; i < end; i++) {
        choices[i] = election->choices[i];
        points[i] = election->points == NULL ? 0 : election->points[i];
    }
    TallyUnit unit = tally_unit(trial->options.utility);
    if (unit == TALLY_UNIT_BORDA0 || unit == TALLY_UNIT_BORDA1) {
        rank_to_points(trial, points);
    }
    choices[end] = trial->project;
    points[end] = power_of_ten(election->points_decimals);
    election->start = start;
    election->choices = choices;
    election->weights = trial->weights;
    election->points = election->kind == TALLY_BALLOTS_POINTS ? points : NULL;
    election->n_ballots = n + 1;
}

/* Without completion the supporters must have the cost together: (votes + k) budget / (voters + k)
 * is at least the cost. The least such k, at least 1. */
static int64_t least_supporters(const Trial *trial, int64_t votes)
{
    __int128 missing = (__int128)trial->cost * trial->voters - (__int128)votes * trial->budget;
    __int128 each = trial->budget - trial->cost;
    if (!has_ranges(&trial->options) || trial->options.completion != TALLY_COMPLETE_NONE ||
        missing <= 0 || each <= 0) {
        return 1;
    }
    __int128 least = (missing + each - 1) / each;
    return least > TALLY_MAX ? INT64_MAX : (int64_t)least;
}

static int64_t find_supporters(Trial *trial, const TallyExplanation *why)
{
    TallyElection election = trial->election;
    TallyOptions options = trial->options;
    int64_t step = trial->step;
    add_ballot(trial);
    int64_t unit = power_of_ten(trial->election.points_decimals);
    int64_t most = (TALLY_MAX - why->score) / unit;
    most = most < TALLY_MAX - trial->voters ? most : TALLY_MAX - trial->voters;
    trial->step = 1;
    trial->stride = 1;
    bool is_shares = trial->options.rule == TALLY_RULE_EQUAL_SHARES ||
                     trial->options.rule == TALLY_RULE_BOUNDED_OVERSPENDING;
    bool is_monotone = !is_shares && is_plain(&trial->options);
    int64_t found = TALLY_NO_NUMBER;
    /* Raising the endowment can buy beyond the budget only what is then given up again. */
    if (trial->cost <= trial->budget || options.misfit_share > 0) {
        found = is_monotone
                    ? bisect(trial, try_supporters, most)
                    : scan(trial, try_supporters, least_supporters(trial, why->votes), most);
    }
    trial->election = election;
    trial->options = options;
    trial->step = step;
    return found;
}

/* ---- all three ----------------------------------------------------------------------------- */

static Trial new_trial(Arena *arena, const TallyElection *election, const TallyOptions *options,
                       const TallyResult *result, uint32_t project, const TallyEffort *effort)
{
    Trial trial = {.arena = arena,
                   .election = *election,
                   .options = *options,
                   .project = project,
                   .step = effort->step,
                   .runs_left = effort->most_runs,
                   .budget = election->budget,
                   .cost = election->projects[project].cost,
                   .voters = result->voters,
                   .projects = arena_array(arena, TallyProject, election->n_projects)};
    for (uint32_t p = 0; p < election->n_projects; p++) {
        trial.projects[p] = election->projects[p];
    }
    trial.election.projects = trial.projects;
    return trial;
}

/* Greedy says two of the numbers itself, of projects that had a turn or had no support. */
static bool greedy_knows(const TallyOptions *options, const TallyExplanation *why)
{
    return options->rule == TALLY_RULE_GREEDY && is_plain(options) && why->reason != TALLY_PRICE &&
           why->reason != TALLY_FEW_VOTES && options->limits.least_votes == 0;
}

/* Its reduction is rounded up to whole steps; a price of 0
 * is tried. */
static int64_t greedy_cheaper(Trial *trial, int64_t lacked)
{
    int64_t steps = lacked < 0 ? trial->cost / trial->step : (lacked - 1) / trial->step + 1;
    if (steps < 1 || steps > trial->cost / trial->step) {
        return TALLY_NO_NUMBER;
    }
    bool is_free = steps * trial->step == trial->cost;
    if (!is_free) {
        return lacked < 0 ? TALLY_NO_NUMBER : steps * trial->step;
    }
    return amount_of(trial, scan(trial, try_price, steps, steps));
}

/* No rule ever selects a project without support unless it is told to. */
static bool is_hopeless(const TallyOptions *options, const TallyExplanation *why)
{
    bool includes = options->zero_support == TALLY_ZERO_INCLUDE;
    bool is_greedy = options->rule == TALLY_RULE_GREEDY || options->rule == TALLY_RULE_PHRAGMEN;
    bool completes =
        (options->rule == TALLY_RULE_EQUAL_SHARES ||
         options->rule == TALLY_RULE_BOUNDED_OVERSPENDING) &&
        options->completion != TALLY_COMPLETE_NONE && options->completion != TALLY_COMPLETE_ADD1 &&
        options->completion != TALLY_COMPLETE_ADD1E && options->completion != TALLY_COMPLETE_NEXT;
    int64_t support = options->rule == TALLY_RULE_PHRAGMEN ? why->votes : why->score;
    bool is_withdrawn = why->reason == TALLY_WITHDRAWN;
    return is_withdrawn ||
           (support == 0 && !(includes && (is_greedy || completes || !is_plain(options))));
}

TallyShortfall tally_shortfall(Arena *arena, const TallyElection *election,
                               const TallyOptions *options, const TallyResult *result,
                               uint32_t project, const TallyEffort *effort)
{
    const TallyExplanation *why = &result->projects[project];
    TallyShortfall out = {0};
    if (why->reason == TALLY_SELECTED) {
        return out;
    }
    out = (TallyShortfall){TALLY_NO_NUMBER, TALLY_NO_NUMBER, TALLY_NO_NUMBER};
    bool is_greedy = greedy_knows(options, why);
    bool is_hopeless_yet = is_hopeless(options, why);
    Trial trial = new_trial(arena, election, options, result, project, effort);
    if (!is_hopeless_yet) {
        out.cheaper = is_greedy ? greedy_cheaper(&trial, why->lacked) : find_cheaper(&trial);
        trial.runs_left = effort->most_runs;
        out.budget = find_budget(&trial, why->votes);
        trial.runs_left = effort->most_runs;
    }
    if (why->reason == TALLY_WITHDRAWN) {
        return out;
    }
    out.supporters = is_greedy ? why->more_support : find_supporters(&trial, why);
    return out;
}
