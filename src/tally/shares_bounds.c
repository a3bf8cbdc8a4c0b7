/* Whole-number bounds of prices.
 *
 * f(r) = sum of weight x min(money, r x units) over the supporters; the price is the least r with
 * f(r) >= cost. For every split of the supporters into some who pay all they have (capped) and the
 * rest, f(r) <= capped money + r x units of the rest. So (cost - capped money) / units of the rest
 * is a lower bound for every split, and the price itself for the right one: Newton's steps from
 * below on a concave function. With high money this bounds the price from below; with low money,
 * once the steps stand still, f(r) >= cost holds and r bounds it from above.
 */
#include "tally/shares.h"

typedef struct Split {
    unsigned __int128 capped; /* money of those who have less than the price asks */
    int64_t units;            /* of the others */
} Split;

/* With fewer than 2^31 voters the sum of amounts up to 2^62 is kept in two halves, which spares the
 * wide arithmetic. */
static Split split_few(const Profile *profile, uint32_t project, const int64_t *money,
                       int64_t price)
{
    uint64_t upper = 0;
    uint64_t lower = 0;
    int64_t units = 0;
    for (uint32_t i = profile->column_start[project]; i < profile->column_start[project + 1]; i++) {
        uint32_t group = profile->column[i];
        uint64_t weight = (uint64_t)profile->weight[group];
        bool capped = money[group] < price;
        uint64_t taken = capped ? (uint64_t)money[group] : 0;
        upper += (taken >> 32) * weight;
        lower += (taken & UINT32_MAX) * weight;
        units += capped ? 0 : profile->weight[group];
    }
    return (Split){.capped = ((unsigned __int128)upper << 32) + lower, .units = units};
}

static Split split_votes(const Profile *profile, uint32_t project, const int64_t *money,
                         int64_t price)
{
    Split split = {0};
    for (uint32_t i = profile->column_start[project]; i < profile->column_start[project + 1]; i++) {
        uint32_t group = profile->column[i];
        bool capped = money[group] < price;
        split.capped +=
            (unsigned __int128)(capped ? money[group] : 0) * (uint64_t)profile->weight[group];
        split.units += capped ? 0 : profile->weight[group];
    }
    return split;
}

static Split split_units(const Profile *profile, uint32_t project, const int64_t *money,
                         int64_t price)
{
    Split split = {0};
    for (uint32_t i = profile->column_start[project]; i < profile->column_start[project + 1]; i++) {
        uint32_t group = profile->column[i];
        int64_t units = profile->column_units[i];
        bool capped = money[group] < (__int128)price * units;
        split.capped +=
            (unsigned __int128)(capped ? money[group] : 0) * (uint64_t)profile->weight[group];
        split.units += capped ? 0 : profile->weight[group] * units;
    }
    return split;
}

static Split split_at(const Profile *profile, uint32_t project, const int64_t *money, int64_t price)
{
    if (profile->column_units != NULL) {
        return split_units(profile, project, money, price);
    }
    return profile->is_few ? split_few(profile, project, money, price)
                           : split_votes(profile, project, money, price);
}

bool shares_bound_low(const Shares *shares, SharesCandidate *candidate)
{
    for (;;) {
        Split split =
            split_at(shares->profile, candidate->project, shares->high, candidate->price_low);
        /* The price is at least price_low; nobody is left to pay that much. */
        if (split.units == 0) {
            return false;
        }
        __int128 missing = candidate->cost_low - (__int128)split.capped;
        __int128 next = missing / split.units;
        if (next > SHARES_MOST) {
            return false;
        }
        if (next <= candidate->price_low) {
            return true;
        }
        candidate->price_low = (int64_t)next;
    }
}

void shares_bound_high(const Shares *shares, SharesCandidate *candidate)
{
    int64_t price = candidate->price_low;
    candidate->price_high = INT64_MAX;
    candidate->is_whole = false;
    for (;;) {
        Split split = split_at(shares->profile, candidate->project, shares->low, price);
        if (split.units == 0) {
            return;
        }
        __int128 missing = candidate->cost_high - (__int128)split.capped;
        __int128 next = (missing + split.units - 1) / split.units;
        if (next > SHARES_MOST) {
            return;
        }
        if (next <= price) {
            candidate->price_high = price;
            candidate->is_whole = split.units == candidate->units;
            return;
        }
        price = (int64_t)next;
    }
}

typedef enum Payment { PAYS_ALL, PAYS_PRICE, PAYS_UNCLEAR } Payment;

/* Certain only when strict: who pays the price must keep something, so that spent_at tells who has
 * nothing; who pays all must have less than asked, so that exact splits can rely on it. */
static Payment payment(const Shares *shares, const SharesCandidate *candidate, uint32_t group,
                       int64_t units)
{
    if (shares->high[group] == 0 || shares->high[group] < (__int128)candidate->price_low * units) {
        return PAYS_ALL;
    }
    bool keeps = candidate->price_high != INT64_MAX &&
                 shares->low[group] > (__int128)candidate->price_high * units;
    return keeps ? PAYS_PRICE : PAYS_UNCLEAR;
}

uint32_t shares_unclear(const Shares *shares, const SharesCandidate *candidate)
{
    const Profile *profile = shares->profile;
    uint32_t n = 0;
    uint32_t end = profile->column_start[candidate->project + 1];
    for (uint32_t i = profile->column_start[candidate->project]; i < end; i++) {
        uint32_t group = profile->column[i];
        if (payment(shares, candidate, group, shares_units(profile, i)) == PAYS_UNCLEAR) {
            shares->unclear[n++] = i;
        }
    }
    return n;
}

static void pay_all(Shares *shares, uint32_t group)
{
    shares->low[group] = 0;
    shares->high[group] = 0;
    if (shares->spent_at[group] == SHARES_NONE) {
        shares->spent_at[group] = shares->n_bought;
    }
}

static void pay_price(Shares *shares, const SharesCandidate *candidate, uint32_t group,
                      int64_t units)
{
    __int128 most = (__int128)candidate->price_high * units;
    shares->low[group] = shares->low[group] > most ? (int64_t)(shares->low[group] - most) : 0;
    shares->high[group] -= (int64_t)((__int128)candidate->price_low * units);
}

int64_t shares_pay(Shares *shares, const SharesCandidate *candidate)
{
    const Profile *profile = shares->profile;
    int64_t payers = 0;
    uint32_t end = profile->column_start[candidate->project + 1];
    for (uint32_t i = profile->column_start[candidate->project]; i < end; i++) {
        uint32_t group = profile->column[i];
        int64_t units = shares_units(profile, i);
        payers += shares->spent_at[group] == SHARES_NONE ? profile->weight[group] : 0;
        Payment how = payment(shares, candidate, group, units);
        if (how == PAYS_UNCLEAR && !shares->is_range) {
            how = shares_takes_all(shares, candidate, group, units) ? PAYS_ALL : PAYS_PRICE;
        }
        if (how == PAYS_ALL) {
            pay_all(shares, group);
        } else {
            pay_price(shares, candidate, group, units);
        }
    }
    return payers;
}
