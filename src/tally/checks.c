/* Checks of a selection that anybody can repeat. */
#include <stdlib.h>

#include "tally/checks.h"
#include "tally/rules.h"

static bool comes_before(const TallyElection *election, uint32_t a, uint32_t b)
{
    return str_compare(election->projects[a].name, election->projects[b].name) < 0;
}

static TallyCheck check_budget(Arena *arena, const TallyElection *election,
                               const TallyResult *result)
{
    TallyCheck check = {.name = TALLY_CHECK_BUDGET, .project = TALLY_NO_PROJECT};
    __int128 over = -(__int128)election->budget - result->added;
    for (uint32_t i = 0; i < result->n_selected; i++) {
        over += election->projects[result->selected[i]].cost;
    }
    if (over > 0) {
        check.verdict = TALLY_FAILS;
        check.money = tally_decimal_text(arena, over, election->amount_decimals);
    }
    return check;
}

/* By project: whether it is anybody's choice. */
static bool *chosen_by_any(Arena *arena, const TallyElection *election)
{
    bool *chosen = arena_array(arena, bool, (size_t)election->n_projects + 1);
    for (uint32_t b = 0; b < election->n_ballots; b++) {
        for (uint32_t i = election->start[b]; i < election->start[b + 1]; i++) {
            chosen[election->choices[i]] |= selection_is_choice(election, i);
        }
    }
    return chosen;
}

static TallyCheck check_exhaustive(Arena *arena, const TallyElection *election,
                                   const TallyResult *result, const bool *selected)
{
    TallyCheck check = {.name = TALLY_CHECK_EXHAUSTIVE, .project = TALLY_NO_PROJECT};
    const bool *chosen = chosen_by_any(arena, election);
    const TallyProject *projects = election->projects;
    __int128 left = (__int128)election->budget + result->added;
    for (uint32_t p = 0; p < election->n_projects; p++) {
        left -= selected[p] ? projects[p].cost : 0;
    }
    uint32_t best = TALLY_NO_PROJECT;
    for (uint32_t p = 0; p < election->n_projects; p++) {
        if (selected[p] || !chosen[p] || projects[p].cost > left ||
            selection_is_left_out(result, p)) {
            continue;
        }
        bool better = best == TALLY_NO_PROJECT || projects[p].cost < projects[best].cost ||
                      (projects[p].cost == projects[best].cost && comes_before(election, p, best));
        best = better ? p : best;
    }
    if (best != TALLY_NO_PROJECT) {
        check.verdict = TALLY_FAILS;
        check.project = best;
        check.money = tally_decimal_text(arena, left, election->amount_decimals);
    }
    return check;
}

/* ---- JR and EJR+ --------------------------------------------------------------------------- */

/* A ballot and what its voters have of the selection. */
typedef struct Holder {
    __int128 has;
    uint32_t ballot;
} Holder;

static int compare_holders(const void *left, const void *right)
{
    const Holder *a = left;
    const Holder *b = right;
    if (a->has != b->has) {
        return a->has < b->has ? -1 : 1;
    }
    return (a->ballot > b->ballot) - (a->ballot < b->ballot);
}

static Holder *sort_holders(Arena *arena, const TallyElection *election, const bool *selected,
                            bool by_cost, int64_t *voters)
{
    Holder *holders = arena_array(arena, Holder, (size_t)election->n_ballots + 1);
    *voters = 0;
    for (uint32_t b = 0; b < election->n_ballots; b++) {
        SelectionPart part = selection_part(election, selected, b);
        holders[b] = (Holder){.has = by_cost ? part.money : (__int128)part.wins, .ballot = b};
        *voters += tally_weight(election, b);
    }
    qsort(holders, election->n_ballots, sizeof *holders, compare_holders);
    return holders;
}

/* A group that has `has` at most deserves the project. The shares are compared rounded down, as the
 * other side is whole; with that no product is above 2^64 x 10^18. */
static bool deserves(const TallyElection *election, uint32_t project, bool by_cost, __int128 has,
                     int64_t group, int64_t voters)
{
    int64_t cost = election->projects[project].cost;
    __int128 share = (__int128)group * election->budget / voters;
    if (by_cost) {
        /* u(p) is the cost, so it is on both sides; a free project gives nothing. */
        return cost > 0 && has + cost <= share;
    }
    return (has + 1) * cost <= share;
}

typedef struct Group {
    uint32_t project;
    int64_t voters;
    __int128 most_had;
} Group;

/* Who has least is asked first: of the supporters of a project, a group that fails is one that has
 * everybody who has as little. Each project's groups therefore grow as the ballots are read. */
static Group find_group(Arena *arena, const TallyElection *election, const bool *closed,
                        const Holder *holders, bool by_cost, __int128 has_limit, int64_t voters)
{
    int64_t *size = arena_array(arena, int64_t, (size_t)election->n_projects + 1);
    Group worst = {.project = TALLY_NO_PROJECT};
    for (uint32_t k = 0; k < election->n_ballots && holders[k].has <= has_limit; k++) {
        uint32_t b = holders[k].ballot;
        for (uint32_t i = election->start[b]; i < election->start[b + 1]; i++) {
            uint32_t p = election->choices[i];
            size[p] += tally_weight(election, b);
            if (closed[p] || size[p] < worst.voters ||
                !deserves(election, p, by_cost, holders[k].has, size[p], voters)) {
                continue;
            }
            if (size[p] > worst.voters || p == worst.project ||
                comes_before(election, p, worst.project)) {
                worst = (Group){p, size[p], holders[k].has};
            }
        }
    }
    return worst;
}

static Str share_text(Arena *arena, const TallyElection *election, int64_t group, int64_t voters)
{
    mpq_t share;
    mpq_init(share);
    mpz_set_si(mpq_numref(share), group);
    mpz_mul_si(mpq_numref(share), mpq_numref(share), election->budget);
    mpz_set_si(mpq_denref(share), voters);
    mpq_canonicalize(share);
    Str text = rules_text(arena, share, election->amount_decimals);
    mpq_clear(share);
    return text;
}

/* Both: JR asks only those who have nothing, and each of these for one project within the share,
 * which is the same sum with count and with cost. */
static TallyCheck check_groups(Arena *arena, const TallyElection *election,
                               const TallyOptions *options, const bool *selected,
                               const bool *closed, TallyCheckName name)
{
    TallyCheck check = {.name = name, .project = TALLY_NO_PROJECT, .verdict = TALLY_NOT_ASKED};
    if (election->kind != TALLY_BALLOTS_APPROVAL) {
        return check;
    }
    check.verdict = TALLY_HOLDS;
    bool is_jr = name == TALLY_CHECK_JR;
    bool by_cost = !is_jr && options->utility == TALLY_UTILITY_COST;
    int64_t voters = 0;
    const Holder *holders = sort_holders(arena, election, selected, by_cost, &voters);
    __int128 has_limit = is_jr ? 0 : (__int128)1 << 120;
    Group group = find_group(arena, election, closed, holders, by_cost, has_limit, voters);
    if (group.project != TALLY_NO_PROJECT) {
        check.verdict = TALLY_FAILS;
        check.project = group.project;
        check.voters = group.voters;
        check.most_had = group.most_had;
        check.money = share_text(arena, election, group.voters, voters);
    }
    return check;
}

/* By project: selected, or kept out by the limits. */
static bool *close_left_out(Arena *arena, const TallyElection *election, const TallyResult *result)
{
    bool *closed = selection_flags(arena, election, result);
    for (uint32_t p = 0; p < election->n_projects; p++) {
        closed[p] |= selection_is_left_out(result, p);
    }
    return closed;
}

void tally_checks(Arena *arena, const TallyElection *election, const TallyOptions *options,
                  const TallyResult *result, TallyCheck checks[TALLY_CHECKS])
{
    const bool *selected = selection_flags(arena, election, result);
    const bool *closed = close_left_out(arena, election, result);
    checks[TALLY_CHECK_BUDGET] = check_budget(arena, election, result);
    checks[TALLY_CHECK_EXHAUSTIVE] = check_exhaustive(arena, election, result, selected);
    checks[TALLY_CHECK_PRICES] = check_prices(arena, election, options, result);
    checks[TALLY_CHECK_JR] =
        check_groups(arena, election, options, selected, closed, TALLY_CHECK_JR);
    checks[TALLY_CHECK_EJR_PLUS] =
        check_groups(arena, election, options, selected, closed, TALLY_CHECK_EJR_PLUS);
}
