/* Exact prices, where whole-number bounds leave a decision open. */
#include "tally/shares.h"

static void choose_end(Shares *shares, int end)
{
    shares->end = end;
    shares->exact = &shares->ends[end];
}

void shares_exact_begin(Shares *shares, const mpz_t least, const mpz_t most)
{
    for (int k = 1; k >= 0; k--) {
        choose_end(shares, k);
        shares->exact->known = 0;
        mpz_set(shares->exact->endowment, k == 0 ? least : most);
        mpz_set_si(shares->exact->denominator, shares->voters);
        mpz_mul_si(shares->exact->denominator, shares->exact->denominator, shares->scale);
    }
}

/* Adds what a group has paid for the first `purchases` purchases, in units of their prices. */
static void add_payments(const Shares *shares, uint32_t group, uint32_t purchases)
{
    const Profile *profile = shares->profile;
    int64_t weight = profile->weight[group];
    for (uint32_t i = profile->row_start[group]; i < profile->row_start[group + 1]; i++) {
        uint32_t place = shares->place[profile->row[i]];
        if (place < purchases) {
            int64_t units = profile->row_units == NULL ? 1 : profile->row_units[i];
            shares->exact->factor[place] += weight * units;
        }
    }
}

/* out -= (voters x endowment - sum of factor x price): the money of some voters. */
static void subtract_money(SharesExact *exact, int64_t voters, uint32_t purchases, mpz_t out)
{
    mpz_submul_ui(out, exact->endowment, (unsigned long)voters);
    for (uint32_t j = 0; j < purchases; j++) {
        if (exact->factor[j] != 0) {
            mpz_addmul_ui(out, exact->price[j], (unsigned long)exact->factor[j]);
            exact->factor[j] = 0;
        }
    }
}

/* The next purchase gets the price numerator / (units x denominator): all numbers go over the new
 * denominator. */
static void push_price(SharesExact *exact, const mpz_t numerator, int64_t units)
{
    unsigned long common = mpz_gcd_ui(NULL, numerator, (unsigned long)units);
    unsigned long widen = (unsigned long)units / common;
    mpz_divexact_ui(exact->price[exact->known], numerator, common);
    if (widen != 1) {
        mpz_mul_ui(exact->denominator, exact->denominator, widen);
        mpz_mul_ui(exact->endowment, exact->endowment, widen);
        for (uint32_t j = 0; j < exact->known; j++) {
            mpz_mul_ui(exact->price[j], exact->price[j], widen);
        }
    }
    exact->known++;
}

/* out = what one voter of the group had after so many purchases, none of which took the last of it,
 * x denominator. */
static void money_after(const Shares *shares, uint32_t group, uint32_t purchases, mpz_t out)
{
    const Profile *profile = shares->profile;
    const SharesExact *exact = shares->exact;
    mpz_set(out, exact->endowment);
    for (uint32_t i = profile->row_start[group]; i < profile->row_start[group + 1]; i++) {
        uint32_t place = shares->place[profile->row[i]];
        if (place < purchases) {
            int64_t units = profile->row_units == NULL ? 1 : profile->row_units[i];
            mpz_submul_ui(out, exact->price[place], (unsigned long)units);
        }
    }
}

/* A purchase that took the last of every payer: the price is what the richest of them paid for a
 * unit. Leaves it as work / *out_units. */
static void richest_price(Shares *shares, uint32_t purchase, int64_t *out_units)
{
    SharesExact *exact = shares->exact;
    const Profile *profile = shares->profile;
    uint32_t project = shares->bought[purchase];
    *out_units = 1;
    mpz_set_ui(exact->work, 0);
    for (uint32_t i = profile->column_start[project]; i < profile->column_start[project + 1]; i++) {
        if (shares->spent_at[profile->column[i]] != purchase) {
            continue;
        }
        int64_t units = shares_units(profile, i);
        money_after(shares, profile->column[i], purchase, exact->other);
        mpz_mul_si(exact->third, exact->work, units);
        mpz_submul_ui(exact->third, exact->other, (unsigned long)*out_units);
        if (mpz_sgn(exact->third) < 0) {
            mpz_swap(exact->work, exact->other);
            *out_units = units;
        }
    }
}

/* The candidate of a purchase: found by its project. */
static int64_t cost_of(const Shares *shares, uint32_t project)
{
    uint32_t c = 0;
    while (shares->candidates[c].project != project) {
        c++;
    }
    return shares->candidates[c].cost;
}

/* Computes the price of the first purchase not yet known, from who was spent by it. */
static void learn_price(Shares *shares)
{
    SharesExact *exact = shares->exact;
    const Profile *profile = shares->profile;
    uint32_t purchase = exact->known;
    uint32_t project = shares->bought[purchase];
    int64_t spent = 0;
    int64_t units = 0;
    for (uint32_t i = profile->column_start[project]; i < profile->column_start[project + 1]; i++) {
        uint32_t group = profile->column[i];
        if (shares->spent_at[group] == purchase) {
            spent += profile->weight[group];
            add_payments(shares, group, purchase);
        } else if (shares->spent_at[group] > purchase) {
            units += profile->weight[group] * shares_units(profile, i);
        }
    }
    mpz_mul_si(exact->work, exact->denominator, cost_of(shares, project));
    subtract_money(exact, spent, purchase, exact->work);
    if (units == 0) {
        richest_price(shares, purchase, &units);
    }
    push_price(exact, exact->work, units);
}

static void learn_all(Shares *shares)
{
    while (shares->exact->known < shares->n_bought) {
        learn_price(shares);
    }
}

/* Sign of (money of a voter) - (price x units); leaves the voter's money in exact->work. */
static int compare_money(Shares *shares, const SharesCandidate *candidate, uint32_t group,
                         int64_t units)
{
    SharesExact *exact = shares->exact;
    if (shares->spent_at[group] == SHARES_NONE) {
        money_after(shares, group, shares->n_bought, exact->work);
    } else {
        mpz_set_ui(exact->work, 0);
    }
    mpz_mul_si(exact->other, candidate->exact, units);
    mpz_mul_si(exact->third, exact->work, candidate->exact_units);
    return mpz_cmp(exact->third, exact->other);
}

bool shares_takes_all(Shares *shares, const SharesCandidate *candidate, uint32_t group,
                      int64_t units)
{
    require(candidate->is_exact);
    return shares->spent_at[group] != SHARES_NONE ||
           compare_money(shares, candidate, group, units) <= 0;
}

/* The first split: who pays all for certain, and everybody else at the price. */
static void split_certain(Shares *shares, SharesCandidate *candidate)
{
    const Profile *profile = shares->profile;
    int64_t capped = 0;
    int64_t units = 0;
    uint32_t end = profile->column_start[candidate->project + 1];
    for (uint32_t i = profile->column_start[candidate->project]; i < end; i++) {
        uint32_t group = profile->column[i];
        int64_t wants = shares_units(profile, i);
        if (shares->spent_at[group] != SHARES_NONE) {
            continue;
        }
        if (shares->money[shares->end][group].high <
            (__int128)candidate->price_low[shares->end] * wants) {
            capped += profile->weight[group];
            add_payments(shares, group, shares->n_bought);
        } else {
            units += profile->weight[group] * wants;
        }
    }
    mpz_mul_si(candidate->exact, shares->exact->denominator, candidate->cost);
    subtract_money(shares->exact, capped, shares->n_bought, candidate->exact);
    candidate->exact_units = units;
}

/* Caps those of the unclear who have less than the price asks, until nobody is left who has. Every
 * price on the way is at most the true one, so nobody is capped wrongly. */
static void split_unclear(Shares *shares, SharesCandidate *candidate, uint32_t n)
{
    const Profile *profile = shares->profile;
    bool changed = true;
    while (changed && candidate->exact_units > 0) {
        changed = false;
        uint32_t kept = 0;
        for (uint32_t k = 0; k < n; k++) {
            uint32_t group = profile->column[shares->unclear[k]];
            int64_t units = shares_units(profile, shares->unclear[k]);
            if (compare_money(shares, candidate, group, units) < 0) {
                mpz_submul_ui(candidate->exact, shares->exact->work,
                              (unsigned long)profile->weight[group]);
                candidate->exact_units -= profile->weight[group] * units;
                changed = true;
            } else {
                shares->unclear[kept++] = shares->unclear[k];
            }
        }
        n = kept;
    }
}

/* The exact price in units of endowment / SHARES_ONE, rounded both ways. */
static void tighten(Shares *shares, SharesCandidate *candidate)
{
    SharesExact *exact = shares->exact;
    mpz_mul_2exp(exact->work, candidate->exact, 61);
    mpz_mul_si(exact->other, exact->endowment, candidate->exact_units);
    mpz_fdiv_qr(exact->work, exact->other, exact->work, exact->other);
    candidate->price_low[0] = mpz_get_si(exact->work);
    candidate->price_high[0] = candidate->price_low[0] + (mpz_sgn(exact->other) != 0);
}

bool shares_exact_price(Shares *shares, SharesCandidate *candidate)
{
    if (candidate->is_exact) {
        return true;
    }
    learn_all(shares);
    split_certain(shares, candidate);
    split_unclear(shares, candidate, shares_unclear(shares, candidate));
    if (candidate->exact_units == 0) {
        return false;
    }
    candidate->is_exact = true;
    tighten(shares, candidate);
    return true;
}

bool shares_exact_signs(Shares *shares, SharesCandidate *a, SharesCandidate *b, int out[2])
{
    if (!shares->is_certain || shares_unclear(shares, a) > 0 || shares_unclear(shares, b) > 0) {
        return false;
    }
    for (int k = 1; k >= 0; k--) {
        choose_end(shares, k);
        learn_all(shares);
        split_certain(shares, a);
        split_certain(shares, b);
        out[k] = shares_exact_compare(shares, a, b);
    }
    return a->exact_units > 0 && b->exact_units > 0;
}

int shares_exact_compare(Shares *shares, const SharesCandidate *a, const SharesCandidate *b)
{
    SharesExact *exact = shares->exact;
    mpz_mul_si(exact->work, a->exact, b->exact_units);
    mpz_mul_si(exact->work, exact->work, b->divisor);
    mpz_mul_si(exact->other, b->exact, a->exact_units);
    mpz_mul_si(exact->other, exact->other, a->divisor);
    return mpz_cmp(exact->work, exact->other);
}

void shares_keep_money(Arena *arena, Shares *shares, uint32_t first_round, TallyMoney *money)
{
    learn_all(shares);
    rounds_keep(arena, shares->exact->denominator, &money->denominator);
    rounds_keep(arena, shares->exact->endowment, &money->endowment);
    for (uint32_t j = 0; j < shares->n_bought; j++) {
        money->is_paid[first_round + j] = true;
        rounds_keep(arena, shares->exact->price[j], &money->price[first_round + j]);
    }
}

void shares_price(Shares *shares, uint32_t purchase, mpq_t out)
{
    learn_all(shares);
    mpz_set(mpq_numref(out), shares->exact->price[purchase]);
    mpz_set(mpq_denref(out), shares->exact->denominator);
    mpq_canonicalize(out);
}

void shares_left_to(Shares *shares, uint32_t project, mpq_t out)
{
    const Profile *profile = shares->profile;
    learn_all(shares);
    int64_t voters = 0;
    for (uint32_t i = profile->column_start[project]; i < profile->column_start[project + 1]; i++) {
        uint32_t group = profile->column[i];
        if (shares->spent_at[group] == SHARES_NONE) {
            voters += profile->weight[group];
            add_payments(shares, group, shares->n_bought);
        }
    }
    mpz_set_ui(mpq_numref(out), 0);
    subtract_money(shares->exact, voters, shares->n_bought, mpq_numref(out));
    mpz_neg(mpq_numref(out), mpq_numref(out));
    mpz_set(mpq_denref(out), shares->exact->denominator);
    mpq_canonicalize(out);
}
