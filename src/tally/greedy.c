#include "tally/greedy.h"

#include <stdlib.h>

/* Sign of density(a) - density(b), by cross-multiplication: both factors are at most 2 x 10^18. */
static int compare_density(const GreedyOrder *order, const Candidate *a, const Candidate *b)
{
    __int128 left = a->score;
    __int128 right = b->score;
    if (order->times_cost) {
        /* score x cost / cost; a free project has a sum of 0 (tally.h). */
        left = a->subject.cost == 0 ? 0 : left;
        right = b->subject.cost == 0 ? 0 : right;
    } else {
        /* A score of 0 is a density of 0 whatever the cost, also when the cost is 0. */
        left *= b->score == 0 ? 1 : b->subject.cost;
        right *= a->score == 0 ? 1 : a->subject.cost;
    }
    return (left > right) - (left < right);
}

/* <0 when a comes first. */
static int compare_candidates(const GreedyOrder *order, const Candidate *a, const Candidate *b)
{
    int by_density = compare_density(order, b, a);
    if (by_density != 0) {
        return by_density;
    }
    return ties_compare(&order->ties, &a->subject, &b->subject);
}

bool greedy_before(const GreedyOrder *order, const Candidate *a, const Candidate *b)
{
    return compare_candidates(order, a, b) < 0;
}

static int compare_for_sort(const void *a, const void *b, void *order)
{
    return compare_candidates(order, a, b);
}

static Candidate candidate_of(const RuleInput *in, uint32_t p)
{
    return (Candidate){.subject = ties_subject(in->election, in->count, &in->options->ties, p),
                       .score = in->count->score[p],
                       .project = p};
}

static GreedyOrder order_of(const TallyOptions *options)
{
    return (GreedyOrder){.times_cost = tally_times_cost(options->utility), .ties = options->ties};
}

static bool has_turn(const RuleInput *in, uint32_t p)
{
    return limits_is_open(in->limits, p) &&
           (in->count->score[p] > 0 || in->options->zero_support == TALLY_ZERO_INCLUDE);
}

/* The candidates that have a turn, in order. */
static uint32_t sort_candidates(const RuleInput *in, Candidate *out)
{
    GreedyOrder order = order_of(in->options);
    uint32_t n = 0;
    for (uint32_t p = 0; p < in->election->n_projects; p++) {
        if (has_turn(in, p)) {
            out[n++] = candidate_of(in, p);
        }
    }
    qsort_r(out, n, sizeof *out, compare_for_sort, &order);
    return n;
}

/* ---- the walk ------------------------------------------------------------------------------ */

static GreedyWalk new_walk(const RuleInput *in)
{
    Candidate *candidates = arena_array(in->arena, Candidate, (size_t)in->election->n_projects + 1);
    uint32_t count = sort_candidates(in, candidates);
    size_t places = (size_t)count + 1;
    size_t constraints = in->limits->given->n_constraints;
    return (GreedyWalk){.candidates = candidates,
                        .count = count,
                        .left = arena_array(in->arena, int64_t, places),
                        .use = arena_array(in->arena, TallyGroupUse, constraints * places + 1),
                        .quota = arena_array(in->arena, uint32_t, places),
                        .limits = in->limits,
                        .taken = arena_array(in->arena, bool, places)};
}

static void note_use(GreedyWalk *walk, uint32_t turn)
{
    for (uint32_t c = 0; c < walk->limits->given->n_constraints; c++) {
        walk->use[(size_t)c * (walk->count + 1) + turn] = walk->limits->use[c];
    }
}

/* left / cost >= share / TALLY_WHOLE */
static bool has_share(int64_t left, int64_t cost, int32_t share)
{
    return share > 0 && (__int128)left * TALLY_WHOLE >= (__int128)cost * share;
}

typedef struct Walker {
    GreedyWalk *walk;
    Limits *limits;
    TallyMisfit misfit;
    int32_t share; /* of the first misfit; 0 once it was met */
    int64_t left;
} Walker;

static void take_turn(Walker *by, uint32_t turn)
{
    GreedyWalk *walk = by->walk;
    uint32_t project = walk->candidates[turn].project;
    int64_t cost = walk->candidates[turn].subject.cost;
    walk->reach = turn + 1;
    walk->quota[turn] = limits_broken_by(by->limits, project, cost);
    if (walk->quota[turn] != TALLY_NO_CONSTRAINT) {
        return;
    }
    bool is_misfit = cost > by->left;
    walk->taken[turn] = !is_misfit || has_share(by->left, cost, by->share);
    if (walk->taken[turn]) {
        walk->added += is_misfit ? cost - by->left : 0;
        by->left = is_misfit ? 0 : by->left - cost;
        limits_take(by->limits, project);
    }
    if (is_misfit) {
        by->share = 0;
        walk->stopped = by->misfit == TALLY_MISFIT_STOP;
    }
}

static void walk_candidates(const RuleInput *in, int64_t budget, int32_t share, GreedyWalk *walk)
{
    Walker by = {.walk = walk,
                 .limits = in->limits,
                 .misfit = in->options->misfit,
                 .share = share,
                 .left = budget};
    for (uint32_t j = 0; j < walk->count; j++) {
        walk->left[j] = by.left;
        note_use(walk, j);
        if (!walk->stopped) {
            take_turn(&by, j);
        }
    }
    walk->left[walk->count] = by.left;
    note_use(walk, walk->count);
}

/* ---- the explanation ----------------------------------------------------------------------- */

static TallyExplanation explain_turn(const GreedyWalk *walk, uint32_t position)
{
    TallyReason lost = position < walk->reach ? TALLY_MISFIT : TALLY_STOPPED;
    TallyExplanation why = {.reason = walk->taken[position] ? TALLY_SELECTED : lost,
                            .left_before = walk->left[position],
                            .constraint = TALLY_NO_CONSTRAINT};
    if (position < walk->reach && walk->quota[position] != TALLY_NO_CONSTRAINT) {
        why.reason = TALLY_QUOTA;
        why.constraint = walk->quota[position];
    }
    return why;
}

typedef struct Explainer {
    const RuleInput *in;
    GreedyOrder order;
    const GreedyWalk *walk;
    int64_t step;
    bool adds_votes;
    bool knows_lacked; /* neither a floor nor a share of a misfit changes the walk */
} Explainer;

/* What the loser at a place of the walk (walk->count: left out for want of support) lacked. */
static void explain_lack(const Explainer *by, const Candidate *loser, uint32_t position,
                         TallyExplanation *why)
{
    why->lacked = TALLY_NO_NUMBER;
    why->more_support = TALLY_NO_NUMBER;
    if (!by->knows_lacked) {
        return;
    }
    if (why->reason != TALLY_NO_SUPPORT) {
        why->lacked = greedy_lacked(&by->order, by->walk, loser, position, by->in->options->misfit);
    }
    why->more_support =
        greedy_more_support(&by->order, by->walk, loser, position, by->step, by->adds_votes);
}

static void explain_walk(const Explainer *by, uint32_t *order, TallyResult *out,
                         TallyExplanation *all)
{
    for (uint32_t j = 0; j < by->walk->count; j++) {
        const Candidate *candidate = &by->walk->candidates[j];
        TallyExplanation *why = &all[candidate->project];
        *why = explain_turn(by->walk, j);
        order[out->n_ordered++] = candidate->project;
        why->place = out->n_ordered;
        if (why->reason != TALLY_SELECTED) {
            explain_lack(by, candidate, j, why);
        }
    }
}

/* Projects without a turn: in ahead of it, or left out. */
static void explain_others(const Explainer *by, const TallyResult *out, TallyExplanation *all)
{
    const Limits *limits = by->in->limits;
    int64_t left = by->in->election->budget;
    for (uint32_t i = 0; i < out->n_first; i++) {
        uint32_t p = out->selected[i];
        all[p] = (TallyExplanation){
            .place = i + 1, .left_before = left, .constraint = limits->for_floor[p]};
        left -= by->in->election->projects[p].cost;
    }
    for (uint32_t p = 0; p < by->in->election->n_projects; p++) {
        TallyExplanation *why = &all[p];
        why->votes = by->in->count->votes[p];
        why->score = by->in->count->score[p];
        if (why->place > 0) {
            continue;
        }
        Candidate left_out = candidate_of(by->in, p);
        *why = (TallyExplanation){.reason = limits->left_out[p],
                                  .votes = why->votes,
                                  .score = why->score,
                                  .left_before = by->walk->left[by->walk->count],
                                  .constraint = TALLY_NO_CONSTRAINT,
                                  .lacked = TALLY_NO_NUMBER,
                                  .more_support = TALLY_NO_NUMBER};
        if (why->reason == TALLY_SELECTED) {
            why->reason = TALLY_NO_SUPPORT;
            explain_lack(by, &left_out, by->walk->count, why);
        }
    }
}

static int64_t power_of_ten(int exponent)
{
    int64_t power = 1;
    for (int i = 0; i < exponent; i++) {
        power *= 10;
    }
    return power;
}

static void explain(const RuleInput *in, const GreedyWalk *walk, TallyResult *out)
{
    size_t n = (size_t)in->election->n_projects + 1;
    TallyUnit unit = tally_unit(in->options->utility);
    int decimals = unit == TALLY_UNIT_POINTS ? in->election->points_decimals : 0;
    Explainer by = {.in = in,
                    .order = order_of(in->options),
                    .walk = walk,
                    .step = power_of_ten(decimals),
                    .adds_votes = unit == TALLY_UNIT_VOTES,
                    .knows_lacked =
                        in->options->misfit_share == 0 && !limits_has_floors(in->limits)};
    TallyExplanation *all = arena_array(in->arena, TallyExplanation, n);
    uint32_t *order = arena_array(in->arena, uint32_t, n);
    for (uint32_t i = 0; i < out->n_first; i++) {
        order[out->n_ordered++] = out->selected[i];
    }
    explain_walk(&by, order, out, all);
    explain_others(&by, out, all);
    out->order = order;
    out->projects = all;
}

/* ---- entries ------------------------------------------------------------------------------- */

void greedy_run(const RuleInput *in, TallyResult *out)
{
    GreedyWalk walk = new_walk(in);
    walk_candidates(in, in->limits->budget, in->options->misfit_share, &walk);
    out->added = walk.added;
    rules_select(in, out);
    explain(in, &walk, out);
}

void greedy_fill(const RuleInput *in, int64_t left)
{
    GreedyWalk walk = new_walk(in);
    walk_candidates(in, left, 0, &walk);
}

static bool is_in(const Limits *limits, uint32_t project, uint32_t constraint)
{
    bool found = false;
    for (uint32_t i = limits->member_start[project]; i < limits->member_start[project + 1]; i++) {
        found = found || limits->member[i] == constraint;
    }
    return found;
}

void greedy_fill_floors(const RuleInput *in)
{
    Limits *limits = in->limits;
    if (!limits_has_floors(limits)) {
        return;
    }
    Candidate *candidates = arena_array(in->arena, Candidate, (size_t)in->election->n_projects + 1);
    uint32_t n = sort_candidates(in, candidates);
    for (uint32_t c = 0; c < limits->given->n_constraints; c++) {
        for (uint32_t j = 0; j < n && limits_is_below_floor(limits, c); j++) {
            uint32_t p = candidates[j].project;
            if (limits_is_open(limits, p) && is_in(limits, p, c) && limits_allow(limits, p) &&
                candidates[j].subject.cost <= limits->budget) {
                limits->for_floor[p] = c;
                limits_take_first(limits, p);
            }
        }
    }
}
