/* The Method of Equal Shares: completions and the result. One run is in shares.c. */
#include "tally/rules.h"
#include "tally/shares.h"

#define WAIT_MOST 32

/* The search for the endowment that decides. Totals are the money of all voters together, which
 * keeps them whole: endowment = total / voters / scale. */
typedef struct Search {
    Shares *shares;
    int64_t budget;
    bool stops_when_exhausted;
    mpz_t total; /* of the last run whose selection fits in the budget */
    mpz_t step;  /* increment x voters, or one unit */
    mpz_t limit; /* no total above it; below 0: none */
    mpz_t steps; /* taken so far */
    mpz_t from;  /* scratch: the range tried */
    mpz_t to;
    mpz_t width;
    uint64_t stride;  /* how many steps to try at once */
    uint32_t wait;    /* single steps before the next try at several */
    uint32_t penalty; /* the wait after the next try that fails; doubles each time (0 stays 0) */
    int64_t runs;     /* tries at several steps, and single ones */
} Search;

/* Money of the budget left by what the last run bought; below zero when it overspends. */
static __int128 left_over(const Search *search)
{
    const Shares *shares = search->shares;
    __int128 left = search->budget;
    for (uint32_t c = 0; c < shares->n_candidates; c++) {
        const SharesCandidate *candidate = &shares->candidates[c];
        left -= shares->place[candidate->project] == SHARES_NONE ? 0 : candidate->cost;
    }
    return left;
}

/* Not bought by the last run, and no cap excludes it. */
static bool is_left(const Shares *shares, const SharesCandidate *candidate)
{
    return shares->place[candidate->project] == SHARES_NONE &&
           limits_allow(shares->limits, candidate->project);
}

static bool is_all_bought(const Shares *shares)
{
    for (uint32_t c = 0; c < shares->n_candidates; c++) {
        if (is_left(shares, &shares->candidates[c])) {
            return false;
        }
    }
    return true;
}

/* No candidate outside the selection fits in what is left. */
static bool is_exhausted(const Search *search)
{
    const Shares *shares = search->shares;
    __int128 left = left_over(search);
    for (uint32_t c = 0; c < shares->n_candidates; c++) {
        const SharesCandidate *candidate = &shares->candidates[c];
        if (is_left(shares, candidate) && candidate->cost <= left) {
            return false;
        }
    }
    return true;
}

/* The search is over: nothing more can be bought, or nothing that fits. */
static bool is_done(const Search *search)
{
    const Shares *shares = search->shares;
    return is_all_bought(shares) || (search->stops_when_exhausted && is_exhausted(search));
}

static void advance(Search *search, uint64_t steps)
{
    mpz_addmul_ui(search->total, search->step, steps);
    mpz_add_ui(search->steps, search->steps, steps);
}

/* True when the range of the next `stride` steps (from, to) is one a run can take: below the limit,
 * and not more than twice its beginning. */
static bool has_range(Search *search)
{
    mpz_set(search->to, search->total);
    mpz_addmul_ui(search->to, search->step, search->stride);
    mpz_sub(search->width, search->to, search->from);
    bool below_limit = mpz_sgn(search->limit) < 0 || mpz_cmp(search->to, search->limit) <= 0;
    return below_limit && mpz_cmp(search->width, search->from) <= 0;
}

/* Tries the next `stride` steps at once, then fewer, until they are proved to buy the same; a
 * single step always is. Returns how many, with the run in search->shares; 0 at the limit. */
static uint64_t run_next(Search *search)
{
    mpz_add(search->from, search->total, search->step);
    if (mpz_sgn(search->limit) >= 0 && mpz_cmp(search->from, search->limit) > 0) {
        return 0;
    }
    while (search->stride > 1) {
        bool is_range = has_range(search);
        search->runs += is_range;
        if (is_range && shares_run(search->shares, search->from, search->to)) {
            search->penalty = search->penalty > 0;
            return search->stride;
        }
        search->stride /= 4;
        if (search->stride <= 1) {
            search->wait = search->penalty;
            search->penalty = search->penalty < WAIT_MOST ? search->penalty * 2 : WAIT_MOST;
        }
    }
    search->runs++;
    shares_run(search->shares, search->from, search->from);
    return 1;
}

/* Twice as many steps next time, or still a single one while several would fail again. */
static void choose_stride(Search *search, uint64_t taken)
{
    search->stride = taken < UINT64_C(1) << 62 ? taken * 2 : taken;
    if (search->wait > 0) {
        search->wait--;
        search->stride = 1;
    }
}

/* Raises the endowment step by step from the budget's share. */
static void search_endowment(Search *search)
{
    bool done = is_done(search);
    while (!done) {
        uint64_t steps = run_next(search);
        if (steps == 0 || left_over(search) < 0) {
            return;
        }
        done = is_done(search);
        advance(search, done ? 1 : steps);
        choose_stride(search, steps);
    }
}

static bool is_next(TallyCompletion completion)
{
    return completion == TALLY_COMPLETE_NEXT || completion == TALLY_COMPLETE_NEXT_GREEDY;
}

/* How much more all voters together are given in a step; sets the scale. */
static void set_step(const RuleInput *in, Shares *shares, mpz_t out)
{
    int64_t increment = in->options->increment;
    if (increment == 0 && is_next(in->options->completion)) {
        for (int i = in->election->amount_decimals; i < TALLY_NEXT_DECIMALS; i++) {
            shares->scale *= 10;
        }
        mpz_set_ui(out, 1);
        return;
    }
    if (increment == 0) {
        increment = 1;
        for (int i = 0; i < in->election->amount_decimals; i++) {
            increment *= 10;
        }
    }
    mpz_set_si(out, increment);
    mpz_mul_si(out, out, shares->voters);
}

static void init_search(const RuleInput *in, Shares *shares, Search *search)
{
    const TallyOptions *options = in->options;
    int64_t budget = in->limits->budget;
    bool stops = options->completion == TALLY_COMPLETE_ADD1E ||
                 options->completion == TALLY_COMPLETE_ADD1E_GREEDY;
    *search = (Search){.shares = shares,
                       .budget = budget,
                       .stops_when_exhausted = stops,
                       .stride = 1,
                       .penalty = is_next(options->completion) ? 0 : 1};
    mpz_inits(search->total, search->step, search->limit, search->steps, search->from, search->to,
              search->width, NULL);
    set_step(in, shares, search->step);
    mpz_set_si(search->total, budget);
    mpz_mul_si(search->total, search->total, shares->scale);
    mpz_set_si(search->limit, stops ? -1 : shares->voters);
    if (!stops) {
        mpz_add_ui(search->limit, search->limit, 1);
        mpz_mul(search->limit, search->limit, search->total);
    }
}

static void clear_search(Search *search)
{
    mpz_clears(search->total, search->step, search->limit, search->steps, search->from, search->to,
               search->width, NULL);
}

static bool raises_endowment(TallyCompletion completion)
{
    return completion != TALLY_COMPLETE_NONE && completion != TALLY_COMPLETE_GREEDY;
}

static Str mpz_text(Arena *arena, const mpz_t value)
{
    mpq_t whole;
    mpq_init(whole);
    mpq_set_z(whole, value);
    Str text = rules_text(arena, whole, 0);
    mpq_clear(whole);
    return text;
}

/* Leaves in `shares` the run that decides. */
static void decide(const RuleInput *in, Shares *shares, TallyResult *out)
{
    Search search;
    init_search(in, shares, &search);
    shares_run(shares, search.total, search.total);
    if (raises_endowment(in->options->completion) && shares->n_candidates > 0) {
        search_endowment(&search);
        shares_run(shares, search.total, search.total);
    }
    mpq_t endowment;
    mpq_init(endowment);
    mpq_set_z(endowment, search.total);
    if (shares->voters > 0) {
        mpz_set_si(mpq_denref(endowment), shares->voters);
        mpz_mul_si(mpq_denref(endowment), mpq_denref(endowment), shares->scale);
        mpq_canonicalize(endowment);
    }
    out->endowment = rules_text(in->arena, endowment, in->election->amount_decimals);
    out->steps = mpz_text(in->arena, search.steps);
    out->runs = search.runs;
    mpq_clear(endowment);
    clear_search(&search);
}

/* ---- the result ---------------------------------------------------------------------------- */

/* Of the budget, by what is taken now. */
static int64_t money_left(const RuleInput *in)
{
    int64_t left = in->election->budget;
    for (uint32_t i = 0; i < in->limits->n_taken; i++) {
        left -= in->election->projects[in->limits->taken[i]].cost;
    }
    return left;
}

static void complete(const RuleInput *in)
{
    TallyCompletion completion = in->options->completion;
    if (completion == TALLY_COMPLETE_GREEDY || completion == TALLY_COMPLETE_ADD1_GREEDY ||
        completion == TALLY_COMPLETE_ADD1E_GREEDY || completion == TALLY_COMPLETE_NEXT_GREEDY) {
        greedy_fill(in, money_left(in));
    }
}

static void explain(const RuleInput *in, Shares *shares, TallyResult *out)
{
    TallyExplanation *all = rules_explain(in, TALLY_UNAFFORDABLE, out);
    int decimals = in->election->amount_decimals;
    bool has_points = tally_unit(in->options->utility) == TALLY_UNIT_POINTS;
    int price_decimals = decimals - (has_points ? in->election->points_decimals : 0);
    mpq_t amount;
    mpq_init(amount);
    for (uint32_t c = 0; c < shares->n_candidates; c++) {
        uint32_t p = shares->candidates[c].project;
        uint32_t place = shares->place[p];
        if (place != SHARES_NONE) {
            shares_price(shares, place, amount);
            all[p].price = rules_text(in->arena, amount, price_decimals);
            all[p].payers = shares->payers[place];
        } else if (all[p].reason != TALLY_SELECTED) {
            shares_left_to(shares, p, amount);
            all[p].supporters_left = rules_text(in->arena, amount, decimals);
        }
    }
    for (uint32_t i = out->n_shares; i < out->n_selected; i++) {
        all[out->selected[i]].by_completion = true;
    }
    mpq_clear(amount);
}

void equal_shares_run(const RuleInput *in, TallyResult *out)
{
    Profile profile;
    Shares shares;
    TallyUnit unit = tally_unit(in->options->utility);
    profile_build(in->arena, in->election, unit, &profile);
    rules_take_free(in);
    shares_init(in, &profile, &shares);
    decide(in, &shares, out);
    out->n_shares = in->limits->n_taken;
    complete(in);
    rules_select(in, out);
    explain(in, &shares, out);
    if (shares.voters > 0) {
        TallyMoney *money = rounds_new(in->arena, in->election, unit, out);
        shares_keep_money(in->arena, &shares, out->n_shares - shares.n_bought, money);
    }
    shares_end(&shares);
}
