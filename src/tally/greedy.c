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

static Candidate candidate_of(const TallyElection *election, const TallyCount *count, uint32_t p)
{
    return (Candidate){.subject = {.name = election->projects[p].name,
                                   .cost = election->projects[p].cost,
                                   .votes = count->votes[p]},
                       .score = count->score[p],
                       .project = p};
}

/* The candidates that have a turn, in order. Those taken before (NULL: none) have none. */
static uint32_t sort_candidates(const TallyElection *election, const TallyCount *count,
                                const TallyOptions *options, const bool *taken, GreedyOrder *order,
                                Candidate *out)
{
    uint32_t n = 0;
    for (uint32_t p = 0; p < election->n_projects; p++) {
        bool is_left = taken == NULL || !taken[p];
        if (is_left && (count->score[p] > 0 || options->zero_support == TALLY_ZERO_INCLUDE)) {
            out[n++] = candidate_of(election, count, p);
        }
    }
    qsort_r(out, n, sizeof *out, compare_for_sort, order);
    return n;
}

static void walk_candidates(GreedyWalk *walk, int64_t budget, TallyMisfit misfit)
{
    int64_t left = budget;
    for (uint32_t j = 0; j < walk->count; j++) {
        walk->left[j] = left;
        if (walk->stopped) {
            continue;
        }
        walk->reach = j + 1;
        walk->taken[j] = walk->candidates[j].subject.cost <= left;
        if (walk->taken[j]) {
            left -= walk->candidates[j].subject.cost;
        } else {
            walk->stopped = misfit == TALLY_MISFIT_STOP;
        }
    }
    walk->left[walk->count] = left;
}

static GreedyWalk new_walk(Arena *arena, const Candidate *candidates, uint32_t count)
{
    return (GreedyWalk){.candidates = candidates,
                        .count = count,
                        .left = arena_array(arena, int64_t, (size_t)count + 1),
                        .taken = arena_array(arena, bool, (size_t)count + 1)};
}

static void fill_selection(Arena *arena, const GreedyWalk *walk, TallyResult *out)
{
    uint32_t *selected = arena_array(arena, uint32_t, (size_t)walk->count + 1);
    uint32_t *turns = arena_array(arena, uint32_t, (size_t)walk->count + 1);
    for (uint32_t j = 0; j < walk->count; j++) {
        turns[j] = walk->candidates[j].project;
        if (walk->taken[j]) {
            selected[out->n_selected++] = turns[j];
        }
    }
    out->selected = selected;
    out->order = turns;
    out->n_ordered = walk->count;
}

static TallyExplanation explain_turn(const GreedyWalk *walk, uint32_t position)
{
    TallyReason lost = position < walk->reach ? TALLY_MISFIT : TALLY_STOPPED;
    return (TallyExplanation){.reason = walk->taken[position] ? TALLY_SELECTED : lost,
                              .place = position + 1,
                              .left_before = walk->left[position]};
}

typedef struct Explainer {
    const GreedyOrder *order;
    const GreedyWalk *walk;
    const TallyOptions *options;
    int64_t step;
    bool adds_votes;
} Explainer;

static TallyExplanation explain(const Explainer *by, const Candidate *candidate, uint32_t position)
{
    TallyExplanation why = {.reason = TALLY_NO_SUPPORT, .left_before = by->walk->left[position]};
    if (position < by->walk->count) {
        why = explain_turn(by->walk, position);
    }
    why.votes = candidate->subject.votes;
    why.score = candidate->score;
    if (why.reason != TALLY_SELECTED) {
        bool unsupported = why.reason == TALLY_NO_SUPPORT;
        why.lacked = unsupported ? TALLY_NO_NUMBER
                                 : greedy_lacked(by->order, by->walk, candidate, position,
                                                 by->options->misfit);
        why.more_support =
            greedy_more_support(by->order, by->walk, candidate, position, by->step, by->adds_votes);
    }
    return why;
}

static const TallyExplanation *explain_all(Arena *arena, const TallyElection *election,
                                           const TallyCount *count, const Explainer *by)
{
    TallyExplanation *all = arena_array(arena, TallyExplanation, (size_t)election->n_projects + 1);
    for (uint32_t j = 0; j < by->walk->count; j++) {
        const Candidate *candidate = &by->walk->candidates[j];
        all[candidate->project] = explain(by, candidate, j);
    }
    for (uint32_t p = 0; p < election->n_projects; p++) {
        if (all[p].place == 0) {
            Candidate left_out = candidate_of(election, count, p);
            all[p] = explain(by, &left_out, by->walk->count);
        }
    }
    return all;
}

static int64_t power_of_ten(int exponent)
{
    int64_t power = 1;
    for (int i = 0; i < exponent; i++) {
        power *= 10;
    }
    return power;
}

void greedy_run(Arena *arena, const TallyElection *election, const TallyOptions *options,
                const TallyCount *count, TallyResult *out)
{
    TallyUnit unit = tally_unit(options->utility);
    GreedyOrder order = {.times_cost = tally_times_cost(options->utility), .ties = options->ties};
    Candidate *candidates = arena_array(arena, Candidate, (size_t)election->n_projects + 1);
    uint32_t n = sort_candidates(election, count, options, NULL, &order, candidates);
    GreedyWalk walk = new_walk(arena, candidates, n);
    walk_candidates(&walk, election->budget, options->misfit);
    fill_selection(arena, &walk, out);
    int score_decimals = unit == TALLY_UNIT_POINTS ? election->points_decimals : 0;
    Explainer by = {.order = &order,
                    .walk = &walk,
                    .options = options,
                    .step = power_of_ten(score_decimals),
                    .adds_votes = unit == TALLY_UNIT_VOTES};
    out->projects = explain_all(arena, election, count, &by);
}

void greedy_fill(Arena *arena, const TallyElection *election, const TallyOptions *options,
                 const TallyCount *count, int64_t left, bool *taken, uint32_t *selected,
                 uint32_t *n_selected)
{
    GreedyOrder order = {.times_cost = tally_times_cost(options->utility), .ties = options->ties};
    Candidate *candidates = arena_array(arena, Candidate, (size_t)election->n_projects + 1);
    uint32_t n = sort_candidates(election, count, options, taken, &order, candidates);
    GreedyWalk walk = new_walk(arena, candidates, n);
    walk_candidates(&walk, left, options->misfit);
    for (uint32_t j = 0; j < n; j++) {
        if (walk.taken[j]) {
            selected[(*n_selected)++] = candidates[j].project;
            taken[candidates[j].project] = true;
        }
    }
}
