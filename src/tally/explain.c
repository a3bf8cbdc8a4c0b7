/* What a loser of greedy lacked.
 *
 * Raising a loser's support or lowering its cost only moves it forward. The walk up to its new
 * place is the walk that happened, because a loser took no money. So its fate at place j is known
 * without walking again: it is selected exactly when the walk got as far as j and its cost is at
 * most left[j]. As left never rises along the walk, both questions below are monotone and are
 * answered by bisection with the rule's own comparison.
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

static bool wins_at_cost(const GreedyOrder *order, const GreedyWalk *walk, const Candidate *loser,
                         uint32_t position, int64_t cost)
{
    Candidate changed = *loser;
    changed.subject.cost = cost;
    uint32_t place = new_place(order, walk, &changed, position);
    return place <= last_open_place(walk) && walk->left[place] >= cost;
}

int64_t greedy_lacked(const GreedyOrder *order, const GreedyWalk *walk, const Candidate *loser,
                      uint32_t position, TallyMisfit misfit)
{
    if (loser->subject.cost <= 1 || !wins_at_cost(order, walk, loser, position, 1)) {
        /* Free projects fit at any time, so only the end of the walk can keep one out. */
        bool free_wins = misfit == TALLY_MISFIT_SKIP;
        return free_wins ? loser->subject.cost : TALLY_NO_NUMBER;
    }
    int64_t wins = 1; /* a cost that wins; loser->subject.cost does not */
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
static bool latest_place(const GreedyWalk *walk, int64_t cost, uint32_t position, uint32_t *out)
{
    uint32_t place = least(position, last_open_place(walk));
    while (place > 0 && walk->left[place] < cost) {
        place--;
    }
    *out = place;
    return walk->left[place] >= cost;
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
    if (!latest_place(walk, loser->subject.cost, position, &place)) {
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
