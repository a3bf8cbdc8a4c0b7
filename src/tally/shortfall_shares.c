/* Passing over whole ranges of budgets, or of further voters, in which equal shares is proved not
 * to select a project.
 *
 * shares_run proves one sequence of purchases for a range of endowments. For further voters k in
 * k1 .. k2 it is run with k2 of them and the endowments budget / (voters + k2) .. budget / (voters
 * + k1): at one endowment fewer of them only make their project dearer, and as long as it is not
 * bought they change nothing for the others. So what k2 cannot buy at any of these, no k can.
 */
#include "tally/shares.h"
#include "tally/shortfall.h"
#include "tally/ties.h"

/* A run that can be repeated, of the trial's election as it is. */
typedef struct Repeated {
    TallyCount count;
    Limits limits;
    Profile profile;
    Shares shares;
} Repeated;

/* End out->shares with shares_end. False when the election is refused. */
static bool begin_shares(Trial *trial, Repeated *out)
{
    Arena *arena = trial->arena;
    const TallyElection *election = &trial->election;
    const TallyOptions *options = &trial->options;
    TallyUnit unit = tally_unit(options->utility);
    Error *err = tally_count(arena, election, unit, &out->count);
    if (err) {
        return false;
    }
    const uint32_t *rank = ties_rank(arena, election, &out->count, &options->ties);
    err = limits_init(arena, election, &options->limits, &out->count, rank, &out->limits);
    if (err) {
        return false;
    }
    RuleInput in = {arena, election, options, &out->count, rank, &out->limits};
    profile_build(arena, election, unit, &out->profile);
    shares_init(&in, &out->profile, &out->shares);
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
    Repeated repeated;
    if (!begin_shares(trial, &repeated)) {
        return steps + 1;
    }
    int64_t passed = steps;
    int64_t stride = trial->stride;
    while (stride > 0) {
        int64_t first = completes(trial) ? passed : passed + 1;
        __int128 least = trial->budget + (__int128)first * trial->step;
        __int128 most = trial->budget + (__int128)(passed + stride) * trial->step;
        if (never_buys(trial, &repeated.shares, least, most)) {
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
    shares_end(&repeated.shares);
    return passed + 1;
}

/* None of the further voters in the range is enough; the last of them is tried with the completion
 * as well, in which more support never hurts. */
static bool never_wins(Trial *trial, int64_t first, int64_t last)
{
    Repeated repeated;
    trial->weights[trial->election.n_ballots - 1] = last;
    if (!begin_shares(trial, &repeated)) {
        return false;
    }
    __int128 fewest = (__int128)trial->voters + first;
    __int128 money = (__int128)trial->budget * ((__int128)trial->voters + last);
    bool never = never_buys(trial, &repeated.shares, trial->budget, (money + fewest - 1) / fewest);
    shares_end(&repeated.shares);
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
