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

/* What the supporters have, as it stands in shares->low and shares->high. */
typedef struct Supporters {
    const Profile *profile;
    uint32_t first; /* in the column */
    uint32_t count;
    const int64_t *money;
} Supporters;

/* With fewer than 2^31 voters the sum of amounts up to 2^62 is kept in two halves, which spares the
 * wide arithmetic. */
static Split split_few(const Supporters *who, int64_t price)
{
    const uint32_t *weights = who->profile->column_weight + who->first;
    const int64_t *money = who->money;
    uint64_t upper = 0;
    uint64_t lower = 0;
    uint64_t units = 0;
    for (uint32_t i = 0; i < who->count; i++) {
        /* Without a branch: who is capped follows no pattern. */
        uint64_t weight = weights[i] & (0 - (uint64_t)(money[i] < price));
        upper += ((uint64_t)money[i] >> 32) * weight;
        lower += ((uint64_t)money[i] & UINT32_MAX) * weight;
        units += weights[i] - weight;
    }
    return (Split){.capped = ((unsigned __int128)upper << 32) + lower, .units = (int64_t)units};
}

static Split split_many(const Supporters *who, int64_t price)
{
    const Profile *profile = who->profile;
    Split split = {0};
    for (uint32_t i = 0; i < who->count; i++) {
        int64_t units = shares_units(profile, who->first + i);
        int64_t weight = profile->weight[profile->column[who->first + i]];
        bool capped = who->money[i] < (__int128)price * units;
        split.capped += (unsigned __int128)(capped ? who->money[i] : 0) * (uint64_t)weight;
        split.units += capped ? 0 : weight * units;
    }
    return split;
}

static Split split_at(const Supporters *who, int64_t price)
{
    return who->profile->column_weight != NULL ? split_few(who, price) : split_many(who, price);
}

static Supporters supporters_of(const Shares *shares, uint32_t project, const int64_t *money)
{
    const uint32_t *start = shares->profile->column_start + project;
    return (Supporters){shares->profile, start[0], start[1] - start[0], money};
}

/* The groups of a column lie far apart: each is asked for this many places ahead. */
#define AHEAD 24

static void collect_money(const Shares *shares, uint32_t project)
{
    const Supporters who = supporters_of(shares, project, NULL);
    const uint32_t *groups = who.profile->column + who.first;
    for (uint32_t i = 0; i < who.count; i++) {
        if (i + AHEAD < who.count) {
            __builtin_prefetch(&shares->money[groups[i + AHEAD]]);
        }
        shares->low[i] = shares->money[groups[i]].low;
        shares->high[i] = shares->money[groups[i]].high;
    }
}

bool shares_bound_low(const Shares *shares, SharesCandidate *candidate)
{
    collect_money(shares, candidate->project);
    const Supporters who = supporters_of(shares, candidate->project, shares->high);
    for (;;) {
        Split split = split_at(&who, candidate->price_low);
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
    const Supporters who = supporters_of(shares, candidate->project, shares->low);
    int64_t price = candidate->price_low;
    candidate->price_high = INT64_MAX;
    candidate->is_whole = false;
    for (;;) {
        Split split = split_at(&who, price);
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
    const SharesMoney *money = &shares->money[group];
    if (money->high == 0 || money->high < (__int128)candidate->price_low * units) {
        return PAYS_ALL;
    }
    bool keeps =
        candidate->price_high != INT64_MAX && money->low > (__int128)candidate->price_high * units;
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
    shares->money[group] = (SharesMoney){0};
    if (shares->spent_at[group] == SHARES_NONE) {
        shares->spent_at[group] = shares->n_bought;
    }
}

static void pay_price(Shares *shares, const SharesCandidate *candidate, uint32_t group,
                      int64_t units)
{
    __int128 most = (__int128)candidate->price_high * units;
    SharesMoney *money = &shares->money[group];
    money->low = money->low > most ? (int64_t)(money->low - most) : 0;
    money->high -= (int64_t)((__int128)candidate->price_low * units);
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
