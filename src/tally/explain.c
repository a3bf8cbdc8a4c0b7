/* What a loser of greedy lacked.
 *
 * Raising a loser's support or lowering its cost only moves it forward. The walk up to its new
 * place is the walk that happened, because a loser took no money. So its fate at place j is known
 * without walking again: it is selected exactly when the walk got as far as j, its cost is at most
 * left[j] and no cap is broken with what its groups had then. As left never rises along the walk
 * and groups never shrink, both questions below are monotone and are answered by bisection with the
 * rule's own comparison.
 */
#include "tally/greedy.h"

/* The last place before which an arriving candidate is still looked at. */
static uint32_t last_open_place(const GreedyWalk *walk)
{
    return walk->stopped ? walk->reach - 1 : walk->count;
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* How many of the candidates before `position` come before the changed one: its new place. */
static uint32_t new_place(const GreedyOrder *order, const GreedyWalk *walk,
                          const Candidate *changed, uint32_t position)
{
    uint32_t low = 0;
    uint32_t high = position;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (greedy_before(order, &walk->candidates[middle], changed)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* What was left, and what its groups had, when the walk came to `place` would let it in. */
static bool fits_at(const GreedyWalk *walk, uint32_t project, int64_t cost, uint32_t place)
{
    const Limits *limits = walk->limits;
    bool fits = cost <= walk->left[place];
    for (uint32_t i = limits->member_start[project]; i < limits->member_start[project + 1]; i++) {
        uint32_t c = limits->member[i];
        const TallyConstraint *cap = &limits->given->constraints[c];
        const TallyGroupUse *use = &walk->use[(size_t)c * (walk->count + 1) + place];
        fits = fits && cost <= cap->most_cost - use->cost && use->number < cap->most_number;
    }
    return fits;
}

static bool wins_at_cost(const GreedyOrder *order, const GreedyWalk *walk, const Candidate *loser,
                         uint32_t position, int64_t cost)
{
    Candidate changed = *loser;
    changed.subject.cost = cost;
    uint32_t place = new_place(order, walk, &changed, position);
    return place <= last_open_place(walk) && fits_at(walk, loser->project, cost, place);
}

int64_t greedy_lacked(const GreedyOrder *order, const GreedyWalk *walk, const Candidate *loser,
                      uint32_t position, TallyMisfit misfit)
{
    int64_t least_price = walk->limits->given->least_price;
    int64_t wins = least_price > 1 ? least_price : 1; /* a cost that wins, once it was tried */
    if (loser->subject.cost <= wins || !wins_at_cost(order, walk, loser, position, wins)) {
        /* At no cost a project comes first or (with a factor of the cost) last. */
        bool free_wins = misfit == TALLY_MISFIT_SKIP && least_price == 0 &&
                         wins_at_cost(order, walk, loser, walk->count, 0);
        return free_wins ? loser->subject.cost : TALLY_NO_NUMBER;
    }
    int64_t loses = loser->subject.cost;
    while (loses - wins > 1) {
        int64_t middle = wins + (loses - wins) / 2;
        if (wins_at_cost(order, walk, loser, position, middle)) {
            wins = middle;
        } else {
            loses = middle;
        }
    }
    return loser->subject.cost - wins;
}

/* Where an arriving candidate of this cost must be at the latest; false when it fits nowhere. */
static bool latest_place(const GreedyWalk *walk, const Candidate *loser, uint32_t position,
                         uint32_t *out)
{
    uint32_t place = least(position, last_open_place(walk));
    while (place > 0 && !fits_at(walk, loser->project, loser->subject.cost, place)) {
        place--;
    }
    *out = place;
    return fits_at(walk, loser->project, loser->subject.cost, place);
}

static bool wins_with(const GreedyOrder *order, const Candidate *loser, int64_t more, int64_t step,
                      bool adds_votes, const Candidate *rival)
{
    Candidate changed = *loser;
    changed.score += more * step;
    changed.subject.votes += adds_votes ? more : 0;
    return rival == NULL || greedy_before(order, &changed, rival);
}

int64_t greedy_more_support(const GreedyOrder *order, const GreedyWalk *walk,
                            const Candidate *loser, uint32_t position, int64_t step,
                            bool adds_votes)
{
    uint32_t place = 0;
    if (!latest_place(walk, loser, position, &place)) {
        return TALLY_NO_NUMBER;
    }
    const Candidate *rival = place < walk->count ? &walk->candidates[place] : NULL;
    int64_t wins = TALLY_MAX / step;
    int64_t loses = 0;
    if (!wins_with(order, loser, wins, step, adds_votes, rival)) {
        return TALLY_NO_NUMBER;
    }
    while (wins - loses > 1) {
        int64_t middle = loses + (wins - loses) / 2;
        if (wins_with(order, loser, middle, step, adds_votes, rival)) {
            wins = middle;
        } else {
            loses = middle;
        }
    }
    return wins;
}
