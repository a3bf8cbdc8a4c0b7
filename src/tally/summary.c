/* Sums over a result, and the comparison of two. */
#include "tally/selection.h"

bool *selection_flags(Arena *arena, const TallyElection *election, const TallyResult *result)
{
    bool *flags = arena_array(arena, bool, (size_t)election->n_projects + 1);
    for (uint32_t i = 0; i < result->n_selected; i++) {
        flags[result->selected[i]] = true;
    }
    return flags;
}

bool selection_is_left_out(const TallyResult *result, uint32_t project)
{
    TallyReason reason =
        result->projects == NULL ? TALLY_SELECTED : result->projects[project].reason;
    return reason == TALLY_QUOTA || reason == TALLY_PRICE || reason == TALLY_FEW_VOTES ||
           reason == TALLY_WITHDRAWN;
}

SelectionPart selection_part(const TallyElection *election, const bool *selected, uint32_t ballot)
{
    SelectionPart part = {0};
    for (uint32_t i = election->start[ballot]; i < election->start[ballot + 1]; i++) {
        if (!selection_is_choice(election, i)) {
            continue;
        }
        uint32_t p = election->choices[i];
        part.choices++;
        part.wins += selected[p];
        part.money += selected[p] ? election->projects[p].cost : 0;
    }
    return part;
}

const TallyLabelSum *tally_by_label(Arena *arena, const TallyElection *election,
                                    const TallyResult *result, const uint32_t *label,
                                    uint32_t n_labels)
{
    TallyLabelSum *sums = arena_array(arena, TallyLabelSum, (size_t)n_labels + 1);
    for (uint32_t p = 0; p < election->n_projects; p++) {
        require(label[p] < n_labels);
        sums[label[p]].projects++;
        sums[label[p]].asked += election->projects[p].cost;
    }
    for (uint32_t i = 0; i < result->n_selected; i++) {
        uint32_t p = result->selected[i];
        sums[label[p]].selected++;
        sums[label[p]].spent += election->projects[p].cost;
    }
    return sums;
}

TallyWins tally_wins(Arena *arena, const TallyElection *election, const TallyResult *result)
{
    const bool *selected = selection_flags(arena, election, result);
    int64_t *by_wins = arena_array(arena, int64_t, (size_t)result->n_selected + 1);
    TallyWins sum = {.by_wins = by_wins, .n_by_wins = 1};
    for (uint32_t b = 0; b < election->n_ballots; b++) {
        int64_t weight = tally_weight(election, b);
        SelectionPart part = selection_part(election, selected, b);
        by_wins[part.wins] += weight;
        sum.n_by_wins = part.wins >= sum.n_by_wins ? part.wins + 1 : sum.n_by_wins;
        sum.voters += weight;
        sum.empty += part.choices == 0 ? weight : 0;
        sum.wins += (__int128)part.wins * weight;
        sum.money += part.money * weight;
    }
    return sum;
}

/* ---- two results --------------------------------------------------------------------------- */

static void add_better(TallyBetter *better, __int128 first, __int128 second, int64_t weight)
{
    better->first += first > second ? weight : 0;
    better->second += second > first ? weight : 0;
    better->same += first == second ? weight : 0;
}

/* Those of `of` that `other` has not, in the order of `of`. */
static const uint32_t *only_in(Arena *arena, const TallyResult *of, const bool *other,
                               uint32_t *count)
{
    uint32_t *only = arena_array(arena, uint32_t, (size_t)of->n_selected + 1);
    *count = 0;
    for (uint32_t i = 0; i < of->n_selected; i++) {
        if (!other[of->selected[i]]) {
            only[(*count)++] = of->selected[i];
        }
    }
    return only;
}

TallyComparison tally_compare(Arena *arena, const TallyElection *election, const TallyResult *first,
                              const TallyResult *second)
{
    TallyComparison out = {0};
    const bool *in_first = selection_flags(arena, election, first);
    const bool *in_second = selection_flags(arena, election, second);
    out.first = only_in(arena, first, in_second, &out.n_first);
    out.second = only_in(arena, second, in_first, &out.n_second);
    out.n_both = first->n_selected - out.n_first;
    for (uint32_t b = 0; b < election->n_ballots; b++) {
        int64_t weight = tally_weight(election, b);
        SelectionPart a = selection_part(election, in_first, b);
        SelectionPart c = selection_part(election, in_second, b);
        add_better(&out.by_wins, a.wins, c.wins, weight);
        add_better(&out.by_money, a.money, c.money, weight);
        add_better(&out.by_having_any, a.wins > 0, c.wins > 0, weight);
    }
    return out;
}
