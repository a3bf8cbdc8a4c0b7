#include "tally/shares.h"

#include <string.h>

static uint32_t init_candidates(const RuleInput *in, SharesCandidate *out)
{
    bool times_cost = tally_times_cost(in->options->utility);
    uint32_t n = 0;
    for (uint32_t p = 0; p < in->election->n_projects; p++) {
        int64_t cost = in->election->projects[p].cost;
        if (limits_is_open(in->limits, p) && in->count->score[p] > 0 && cost > 0) {
            out[n] = (SharesCandidate){.project = p,
                                       .cost = cost,
                                       .divisor = times_cost ? cost : 1,
                                       .units = in->count->score[p]};
            mpz_init(out[n++].exact);
        }
    }
    return n;
}

static void init_exact(Arena *arena, uint32_t n, SharesExact *exact)
{
    mpz_inits(exact->denominator, exact->endowment, exact->work, exact->other, exact->third, NULL);
    exact->price = arena_alloc(arena, (size_t)n + 1, sizeof *exact->price, _Alignof(mpz_t));
    for (uint32_t j = 0; j < n; j++) {
        mpz_init(exact->price[j]);
    }
    exact->factor = arena_array(arena, int64_t, (size_t)n + 1);
}

void shares_init(const RuleInput *in, const Profile *profile, Shares *out)
{
    Arena *arena = in->arena;
    size_t projects = (size_t)in->election->n_projects + 1;
    size_t groups = (size_t)profile->n_groups + 1;
    limits_mark(in->limits);
    *out = (Shares){.limits = in->limits,
                    .profile = profile,
                    .rank = in->rank,
                    .voters = in->count->voters,
                    .scale = 1,
                    .candidates = arena_array(arena, SharesCandidate, projects),
                    .spent_at = arena_array(arena, uint32_t, groups),
                    .unclear = arena_array(arena, uint32_t, groups),
                    .place = arena_array(arena, uint32_t, projects),
                    .bought = arena_array(arena, uint32_t, projects),
                    .payers = arena_array(arena, int64_t, projects)};
    for (int k = 0; k < 2; k++) {
        out->money[k] = arena_array(arena, SharesMoney, groups);
        out->low[k] = arena_array(arena, int64_t, groups);
        out->high[k] = arena_array(arena, int64_t, groups);
    }
    out->n_candidates = init_candidates(in, out->candidates);
    for (int k = 0; k < 2; k++) {
        init_exact(arena, out->n_candidates, &out->ends[k]);
    }
    out->exact = &out->ends[0];
}

static void clear_exact(SharesExact *exact, uint32_t n)
{
    for (uint32_t j = 0; j < n; j++) {
        mpz_clear(exact->price[j]);
    }
    mpz_clears(exact->denominator, exact->endowment, exact->work, exact->other, exact->third, NULL);
}

void shares_end(Shares *shares)
{
    for (uint32_t c = 0; c < shares->n_candidates; c++) {
        mpz_clear(shares->candidates[c].exact);
    }
    for (int k = 0; k < 2; k++) {
        clear_exact(&shares->ends[k], shares->n_candidates);
    }
}

/* ---- the start of a run -------------------------------------------------------------------- */

static __int128 int128_of(const mpz_t value)
{
    uint64_t words[2] = {0};
    mpz_export(words, NULL, -1, sizeof words[0], 0, 0, value);
    return (__int128)(((unsigned __int128)words[1] << 64) | words[0]);
}

/* The cost in units of (least / voters) / SHARES_ONE, both ways, and the least thinkable price. */
static void open_candidate(Shares *shares, SharesCandidate *candidate, const mpz_t least,
                           const mpz_t most)
{
    SharesExact *exact = shares->exact;
    mpz_set_si(exact->work, candidate->cost);
    mpz_mul_si(exact->work, exact->work, shares->scale);
    candidate->is_open = mpz_cmp(most, exact->work) >= 0;
    if (!candidate->is_open) {
        return;
    }
    mpz_mul_si(exact->work, exact->work, shares->voters);
    mpz_mul_2exp(exact->work, exact->work, 61);
    mpz_fdiv_qr(exact->work, exact->other, exact->work, least);
    candidate->cost_low = int128_of(exact->work);
    candidate->cost_high = candidate->cost_low + (mpz_sgn(exact->other) != 0);
    __int128 price = candidate->cost_low / candidate->units;
    candidate->is_open = price <= SHARES_MOST;
    candidate->price_low[0] = candidate->is_open ? (int64_t)price : 0;
    candidate->price_low[1] = candidate->price_low[0];
}

static void begin(Shares *shares, const mpz_t least, const mpz_t most)
{
    SharesExact *exact = shares->exact;
    mpz_mul_2exp(exact->work, most, 61);
    mpz_fdiv_qr(exact->work, exact->other, exact->work, least);
    int64_t end = mpz_get_si(exact->work);
    const SharesMoney given[2] = {{SHARES_ONE, SHARES_ONE},
                                  {end, end + (mpz_sgn(exact->other) != 0)}};
    for (int k = 0; k < shares_ends(shares); k++) {
        for (uint32_t g = 0; g < shares->profile->n_groups; g++) {
            shares->money[k][g] = given[k];
        }
    }
    memset(shares->spent_at, 0xFF, shares->profile->n_groups * sizeof *shares->spent_at);
    memset(shares->place, 0xFF, shares->profile->n_projects * sizeof *shares->place);
    for (uint32_t c = 0; c < shares->n_candidates; c++) {
        open_candidate(shares, &shares->candidates[c], least, most);
    }
}

/* ---- rounds -------------------------------------------------------------------------------- */

/* price_a / divisor_a <= price_b / divisor_b */
static bool at_most(int64_t price_a, const SharesCandidate *a, int64_t price_b,
                    const SharesCandidate *b)
{
    return (__int128)price_a * b->divisor <= (__int128)price_b * a->divisor;
}

/* False when the candidate is certainly worse than the best, which at both ends proves it for the
 * whole range. */
static bool may_beat(const Shares *shares, const SharesCandidate *candidate,
                     const SharesCandidate *best)
{
    bool may = best == NULL;
    for (int k = 0; k < shares_ends(shares) && !may; k++) {
        may = at_most(candidate->price_low[k], candidate, best->price_high[k], best);
    }
    return may;
}

/* The open candidate not yet looked at this round that may beat the best and whose lower bound is
 * least. */
static SharesCandidate *next_to_visit(const Shares *shares, const SharesCandidate *best)
{
    SharesCandidate *least = NULL;
    for (uint32_t c = 0; c < shares->n_candidates; c++) {
        SharesCandidate *candidate = &shares->candidates[c];
        if (candidate->is_open && !candidate->is_fresh && may_beat(shares, candidate, best) &&
            (least == NULL ||
             !at_most(least->price_low[0], least, candidate->price_low[0], candidate))) {
            least = candidate;
        }
    }
    return least;
}

static bool has_upper_bound(const SharesCandidate *candidate)
{
    return candidate->price_high[0] != INT64_MAX;
}

/* Prices only rise from round to round, so a bound of an earlier round still holds from below: a
 * candidate whose bound is above the best price needs no look. Returns the candidate with the least
 * upper bound, or NULL when none has one. */
static const SharesCandidate *visit_candidates(Shares *shares)
{
    for (uint32_t c = 0; c < shares->n_candidates; c++) {
        shares->candidates[c].is_fresh = false;
        shares->candidates[c].is_exact = false;
    }
    const SharesCandidate *best = NULL;
    SharesCandidate *visited = next_to_visit(shares, best);
    while (visited != NULL) {
        visited->is_fresh = true;
        visited->is_open = shares_bound_low(shares, visited);
        visited->price_high[0] = INT64_MAX;
        if (visited->is_open && may_beat(shares, visited, best)) {
            shares_bound_high(shares, visited);
            bool better = has_upper_bound(visited) &&
                          (best == NULL ||
                           !at_most(best->price_high[0], best, visited->price_high[0], visited));
            best = better ? visited : best;
        }
        visited = next_to_visit(shares, best);
    }
    return best;
}

static bool is_contender(const Shares *shares, const SharesCandidate *candidate,
                         const SharesCandidate *best)
{
    return candidate->is_open && candidate->is_fresh && may_beat(shares, candidate, best);
}

/* Sign of rho(a) - rho(b), both cost / units / divisor. */
static int compare_whole(const SharesCandidate *a, int64_t units_a, const SharesCandidate *b,
                         int64_t units_b)
{
    /* The cost is the divisor, or the divisor is 1. */
    __int128 left = (__int128)(a->divisor == a->cost ? 1 : a->cost) * units_b;
    __int128 right = (__int128)(b->divisor == b->cost ? 1 : b->cost) * units_a;
    return (left > right) - (left < right);
}

/* The same for a whole range: false when it may change within it. */
static bool compare_throughout(Shares *shares, SharesCandidate *a, SharesCandidate *b, int *out)
{
    int signs[2];
    if (!shares_exact_signs(shares, a, b, signs)) {
        return false;
    }
    int by_rank = shares->rank[a->project] < shares->rank[b->project] ? -1 : 1;
    int first = signs[0] != 0 ? signs[0] : by_rank;
    int last = signs[1] != 0 ? signs[1] : by_rank;
    *out = first;
    return first == last;
}

/* Sign of rho(a) - rho(b) into *out. False when a range of endowments hides it. */
static bool compare(Shares *shares, SharesCandidate *a, SharesCandidate *b, int *out)
{
    int64_t units_a = shares_whole_units(shares, a);
    int64_t units_b = shares_whole_units(shares, b);
    if (units_a > 0 && units_b > 0) {
        *out = compare_whole(a, units_a, b, units_b);
        return true;
    }
    if (shares->is_range) {
        return compare_throughout(shares, a, b, out);
    }
    bool both = shares_exact_price(shares, a) && shares_exact_price(shares, b);
    require(both); /* contenders are affordable: they have an upper bound or an exact price */
    *out = shares_exact_compare(shares, a, b);
    return true;
}

/* The better of two contenders in *best. */
static bool challenge(Shares *shares, SharesCandidate *candidate, SharesCandidate **best)
{
    int order = 0;
    if (*best == NULL) {
        *best = candidate;
        return true;
    }
    if (!compare(shares, candidate, *best, &order)) {
        return false;
    }
    bool earlier = shares->rank[candidate->project] < shares->rank[(*best)->project];
    if (order < 0 || (order == 0 && earlier)) {
        *best = candidate;
    }
    return true;
}

/* The project to buy next in *out, NULL when none is affordable. False: hidden by the range. */
static bool choose(Shares *shares, SharesCandidate **out)
{
    const SharesCandidate *best = visit_candidates(shares);
    SharesCandidate *winner = NULL;
    for (uint32_t c = 0; c < shares->n_candidates; c++) {
        SharesCandidate *candidate = &shares->candidates[c];
        if (!is_contender(shares, candidate, best)) {
            continue;
        }
        if (!has_upper_bound(candidate)) {
            if (shares->is_range) {
                return false;
            }
            candidate->is_open = shares_exact_price(shares, candidate);
        }
        if (candidate->is_open && !challenge(shares, candidate, &winner)) {
            return false;
        }
    }
    *out = winner;
    return true;
}

/* Leaves out for this run what would break a cap. */
static void close_capped(Shares *shares)
{
    if (shares->limits->given->n_constraints == 0) {
        return;
    }
    for (uint32_t c = 0; c < shares->n_candidates; c++) {
        SharesCandidate *candidate = &shares->candidates[c];
        candidate->is_open = candidate->is_open && limits_allow(shares->limits, candidate->project);
    }
}

static void buy(Shares *shares, SharesCandidate *winner)
{
    bool is_wide = winner->price_high[0] - winner->price_low[0] > SHARES_WIDE;
    if (!shares->is_range && (is_wide || shares_unclear(shares, winner) > 0)) {
        require(shares_exact_price(shares, winner));
    }
    shares->payers[shares->n_bought] = shares_pay(shares, winner);
    winner->is_open = false;
    shares->place[winner->project] = shares->n_bought;
    shares->bought[shares->n_bought++] = winner->project;
    limits_take(shares->limits, winner->project);
    close_capped(shares);
}

bool shares_run(Shares *shares, const mpz_t least, const mpz_t most)
{
    limits_reset(shares->limits);
    shares->n_bought = 0;
    shares->is_range = mpz_cmp(least, most) != 0;
    shares->is_certain = true;
    shares_exact_begin(shares, least, most);
    if (mpz_sgn(least) == 0) {
        memset(shares->place, 0xFF, shares->profile->n_projects * sizeof *shares->place);
        memset(shares->spent_at, 0, shares->profile->n_groups * sizeof *shares->spent_at);
        return !shares->is_range;
    }
    begin(shares, least, most);
    close_capped(shares);
    for (;;) {
        SharesCandidate *winner = NULL;
        if (!choose(shares, &winner)) {
            return false;
        }
        if (winner == NULL) {
            return true;
        }
        buy(shares, winner);
    }
}
