/* Passing over whole ranges of budgets, or of further voters, in which equal shares is proved not
 * to select a project.
 *
 * shares_run proves one sequence of purchases for a range of endowments. For further voters k in
 * k1 .. k2 it is run with k2 of them and the endowments budget / (voters + k2) .. budget / (voters
 * + k1): at one endowment fewer of them only make their project dearer, and as long as it is not
 * bought they change nothing for the others. So what k2 cannot buy at any of these, no k can.
 */
#include "tally/profile.h"
#include "tally/shares.h"
#include "tally/shortfall.h"
#include "tally/ties.h"

/* A Shares of the trial's election as it is, which has no limits; end it with shares_end. False when
 * it is refused. */
static bool begin_shares(Trial *trial, Profile *profile, Shares *out)
{
    TallyUnit unit = tally_unit(trial->options.utility);
    TallyCount count;
    Error *err = tally_count(trial->arena, &trial->election, unit, &count);
    if (err) {
        return false;
    }
    uint32_t *rank = ties_rank(trial->arena, &trial->election, &count, &trial->options.ties);
    Limits *limits = arena_new(trial->arena, Limits);
    err = limits_init(trial->arena, &trial->election, &trial->options.limits, &count, rank, limits);
    if (err) {
        return false;
    }
    profile_build(trial->arena, &trial->election, unit, profile);
    RuleInput in = {trial->arena, &trial->election, &trial->options, &count, rank, limits};
    shares_init(&in, profile, out);
    return true;
}

/* Of the number of steps passed over at once: up where it was proved, down where it was not. */
#define STRIDE_UP   4
#define STRIDE_DOWN 8

static bool completes(const Trial *trial)
{
    return trial->options.completion == TALLY_COMPLETE_GREEDY;
}

/* One sequence of purchases, without the project, for all totals of money in the range. */
static bool never_buys(Trial *trial, Shares *shares, __int128 least, __int128 most)
{
    if (trial->runs_left == 0 || least < 1 || most > 2 * least || most > TALLY_MAX) {
        return false;
    }
    trial->runs_left--;
    mpz_t from;
    mpz_t to;
    mpz_init_set_si(from, (int64_t)least);
    mpz_init_set_si(to, (int64_t)most);
    bool proved = shares_run(shares, from, to) && shares->place[trial->project] == SHARES_NONE;
    mpz_clears(from, to, NULL);
    return proved;
}

/* With a greedy completion the range begins at the steps already tried, so that all of it buys what
 * was bought there; the caller stops before the next project fits in what is left. */
int64_t shares_next_budget(Trial *trial, int64_t steps)
{
    Profile profile;
    Shares shares;
    if (!begin_shares(trial, &profile, &shares)) {
        return steps + 1;
    }
    int64_t passed = steps;
    int64_t stride = trial->stride;
    while (stride > 0) {
        int64_t first = completes(trial) ? passed : passed + 1;
        __int128 least = trial->budget + (__int128)first * trial->step;
        __int128 most = trial->budget + (__int128)(passed + stride) * trial->step;
        if (never_buys(trial, &shares, least, most)) {
            passed += stride;
            stride *= STRIDE_UP;
            trial->stride = stride;
            if (completes(trial)) {
                break;
            }
        } else {
            stride /= STRIDE_DOWN;
        }
    }
    trial->stride = stride > 0 ? stride : 1;
    shares_end(&shares);
    return passed + 1;
}

/* None of the further voters in the range is enough; the last of them is tried with the completion
 * as well, in which more support never hurts. */
static bool never_wins(Trial *trial, int64_t first, int64_t last)
{
    Profile profile;
    Shares shares;
    trial->weights[trial->election.n_ballots - 1] = last;
    if (!begin_shares(trial, &profile, &shares)) {
        return false;
    }
    __int128 fewest = (__int128)trial->voters + first;
    __int128 money = (__int128)trial->budget * ((__int128)trial->voters + last);
    bool never = never_buys(trial, &shares, trial->budget, (money + fewest - 1) / fewest);
    shares_end(&shares);
    if (never && completes(trial)) {
        TallyResult result;
        never = trial_run(trial, &result) == ANSWER_LOSES;
    }
    return never;
}

int64_t shares_next_supporters(Trial *trial, int64_t steps, int64_t most)
{
    int64_t passed = steps;
    int64_t stride = trial->stride;
    while (stride > 0 && passed < most) {
        ArenaMark mark = arena_mark(trial->arena);
        stride = stride <= most - passed ? stride : most - passed;
        bool never = never_wins(trial, passed + 1, passed + stride);
        arena_rewind(trial->arena, mark);
        passed += never ? stride : 0;
        stride = never ? stride * STRIDE_UP : stride / STRIDE_DOWN;
    }
    trial->stride = stride > 0 ? stride : 1;
    return passed + 1;
}
