/* Whole-number bounds of prices.
 *
 * f(r) = sum of weight x min(money, r x units) over the supporters; the price is the least r with
 * f(r) >= cost. For every split of the supporters into some who pay all they have (capped) and the
 * rest, f(r) <= capped money + r x units of the rest. So (cost - capped money) / units of the rest
 * is a lower bound for every split, and the price itself for the right one: Newton's steps from
 * below on a concave function. With high money this bounds the price from below; with low money,
 * once the steps stand still, f(r) >= cost holds and r bounds it from above.
 *
 * In a range of endowments the money of every voter is between two straight lines. Then, of the
 * price at every endowment between the ends,
 *   - the lower bound of one split is a straight line itself: what it is at both ends holds
 * between;
 *   - along straight lines of r and of low money f is a sum of least values of straight lines,
 * which is concave: where it reaches the cost at both ends it does between, so the line through the
 *     upper bounds of the ends, each with its own split, holds;
 *   - a line below another at both ends is below it between: who pays all or the price at both ends
 *     does so throughout.
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

static void collect_money(const Shares *shares, uint32_t project, int end)
{
    const Supporters who = supporters_of(shares, project, NULL);
    const SharesMoney *money = shares->money[end];
    const uint32_t *groups = who.profile->column + who.first;
    for (uint32_t i = 0; i < who.count; i++) {
        if (i + AHEAD < who.count) {
            __builtin_prefetch(&money[groups[i + AHEAD]]);
        }
        shares->low[end][i] = money[groups[i]].low;
        shares->high[end][i] = money[groups[i]].high;
    }
}

/* Raises *price from a lower bound to the best one at an end; false when its supporters together
 * certainly have less than the cost. */
static bool raise_low(const SharesCandidate *candidate, const Supporters *who, int64_t *price)
{
    for (;;) {
        Split split = split_at(who, *price);
        /* The price is at least *price; nobody is left to pay that much. */
        if (split.units == 0) {
            return false;
        }
        __int128 missing = candidate->cost_low - (__int128)split.capped;
        __int128 next = missing / split.units;
        if (next > SHARES_MOST) {
            return false;
        }
        if (next <= *price) {
            return true;
        }
        *price = (int64_t)next;
    }
}

/* The lower bounds at both ends by the split at `price` at one of them; kept when they are better.
 */
static void try_split(const Shares *shares, SharesCandidate *candidate, int end, int64_t price)
{
    const Supporters who = supporters_of(shares, candidate->project, shares->high[end]);
    const int64_t *other = shares->high[1 - end];
    __int128 missing[2] = {candidate->cost_low, candidate->cost_low};
    int64_t rest = 0;
    for (uint32_t i = 0; i < who.count; i++) {
        int64_t units = shares_units(who.profile, who.first + i);
        int64_t weight = shares_weight(who.profile, who.first + i);
        if (who.money[i] < (__int128)price * units) {
            missing[end] -= (__int128)who.money[i] * weight;
            missing[1 - end] -= (__int128)other[i] * weight;
        } else {
            rest += weight * units;
        }
    }
    if (rest == 0 || missing[0] < 0 || missing[1] < 0) {
        return;
    }
    __int128 low[2] = {missing[0] / rest, missing[1] / rest};
    __int128 had = (__int128)candidate->price_low[0] + candidate->price_low[1];
    if (low[0] <= SHARES_MOST && low[1] <= SHARES_MOST && low[0] + low[1] > had) {
        candidate->price_low[0] = (int64_t)low[0];
        candidate->price_low[1] = (int64_t)low[1];
    }
}

bool shares_bound_low(const Shares *shares, SharesCandidate *candidate)
{
    int64_t price[2] = {candidate->price_low[0], candidate->price_low[1]};
    bool affordable[2] = {false, false};
    for (int k = 0; k < shares_ends(shares); k++) {
        collect_money(shares, candidate->project, k);
        const Supporters who = supporters_of(shares, candidate->project, shares->high[k]);
        affordable[k] = raise_low(candidate, &who, &price[k]);
    }
    if (!shares->is_range) {
        candidate->price_low[0] = price[0];
        return affordable[0];
    }
    for (int k = 0; k < 2; k++) {
        if (affordable[k]) {
            try_split(shares, candidate, k, price[k]);
        }
    }
    return affordable[0] || affordable[1];
}

/* The least price found at which low money comes to the cost at an end, INT64_MAX when none is. */
static int64_t find_high(const SharesCandidate *candidate, const Supporters *who, int64_t price)
{
    for (;;) {
        Split split = split_at(who, price);
        if (split.units == 0) {
            return INT64_MAX;
        }
        __int128 missing = candidate->cost_high - (__int128)split.capped;
        __int128 next = (missing + split.units - 1) / split.units;
        if (next > SHARES_MOST) {
            return INT64_MAX;
        }
        if (next <= price) {
            return price;
        }
        price = (int64_t)next;
    }
}

void shares_bound_high(const Shares *shares, SharesCandidate *candidate)
{
    for (int k = 0; k < shares_ends(shares); k++) {
        const Supporters who = supporters_of(shares, candidate->project, shares->low[k]);
        candidate->price_high[k] = find_high(candidate, &who, candidate->price_low[k]);
        if (candidate->price_high[k] == INT64_MAX) {
            candidate->price_high[0] = INT64_MAX;
            return;
        }
    }
}

typedef enum Payment { PAYS_ALL, PAYS_PRICE, PAYS_UNCLEAR } Payment;

/* The units of a supporter of the project collected last, by its place among them. */
static int64_t units_at(const Supporters *who, uint32_t i)
{
    return shares_units(who->profile, who->first + i);
}

/* Certain only when strict: who pays the price must keep something, so that spent_at tells who has
 * nothing; who pays all must have less than asked, so that exact splits can rely on it. */
static Payment payment(const Shares *shares, const SharesCandidate *candidate, uint32_t i,
                       int64_t units)
{
    bool pays_all = true;
    bool keeps = candidate->price_high[0] != INT64_MAX;
    for (int k = 0; k < shares_ends(shares); k++) {
        int64_t high = shares->high[k][i];
        pays_all = pays_all && (high == 0 || high < (__int128)candidate->price_low[k] * units);
        keeps = keeps && shares->low[k][i] > (__int128)candidate->price_high[k] * units;
    }
    return pays_all ? PAYS_ALL : keeps ? PAYS_PRICE : PAYS_UNCLEAR;
}

static Supporters collect(const Shares *shares, const SharesCandidate *candidate)
{
    for (int k = 0; k < shares_ends(shares); k++) {
        collect_money(shares, candidate->project, k);
    }
    return supporters_of(shares, candidate->project, NULL);
}

uint32_t shares_unclear(const Shares *shares, const SharesCandidate *candidate)
{
    const Supporters who = collect(shares, candidate);
    uint32_t n = 0;
    for (uint32_t i = 0; i < who.count; i++) {
        if (payment(shares, candidate, i, units_at(&who, i)) == PAYS_UNCLEAR) {
            shares->unclear[n++] = who.first + i;
        }
    }
    return n;
}

int64_t shares_whole_units(const Shares *shares, const SharesCandidate *candidate)
{
    const Supporters who = collect(shares, candidate);
    int64_t whole = 0;
    for (uint32_t i = 0; i < who.count; i++) {
        int64_t units = units_at(&who, i);
        bool has_nothing = true;
        bool can_pay = candidate->price_high[0] != INT64_MAX;
        for (int k = 0; k < shares_ends(shares); k++) {
            has_nothing = has_nothing && shares->high[k][i] == 0;
            can_pay = can_pay && shares->low[k][i] >= (__int128)candidate->price_high[k] * units;
        }
        if (!has_nothing && !can_pay) {
            return 0;
        }
        whole += can_pay ? units * shares_weight(who.profile, who.first + i) : 0;
    }
    return whole;
}

static void pay_all(Shares *shares, uint32_t group)
{
    for (int k = 0; k < shares_ends(shares); k++) {
        shares->money[k][group] = (SharesMoney){0};
    }
    if (shares->spent_at[group] == SHARES_NONE) {
        shares->spent_at[group] = shares->n_bought;
    }
}

static void pay_price(Shares *shares, const SharesCandidate *candidate, uint32_t i, uint32_t group,
                      int64_t units)
{
    bool is_kept = true;
    for (int k = 0; k < shares_ends(shares); k++) {
        __int128 low = shares->low[k][i] - (__int128)candidate->price_high[k] * units;
        __int128 high = shares->high[k][i] - (__int128)candidate->price_low[k] * units;
        is_kept = is_kept && low >= 0;
        shares->money[k][group] = (SharesMoney){.low = low >= 0 ? (int64_t)low : 0,
                                                .high = high >= 0 ? (int64_t)high : 0};
    }
    if (!is_kept) { /* at one end there may be nothing left: between the ends too */
        for (int k = 0; k < shares_ends(shares); k++) {
            shares->money[k][group].low = 0;
        }
    }
}

static bool has_money(const Shares *shares, uint32_t i)
{
    return shares->high[0][i] > 0 || (shares->is_range && shares->high[1][i] > 0);
}

int64_t shares_pay(Shares *shares, const SharesCandidate *candidate)
{
    const Supporters who = collect(shares, candidate);
    int64_t payers = 0;
    for (uint32_t i = 0; i < who.count; i++) {
        if (!has_money(shares, i)) {
            continue;
        }
        uint32_t group = who.profile->column[who.first + i];
        int64_t units = units_at(&who, i);
        payers += shares_weight(who.profile, who.first + i);
        Payment how = payment(shares, candidate, i, units);
        shares->is_certain = shares->is_certain && how != PAYS_UNCLEAR;
        if (how == PAYS_UNCLEAR && !shares->is_range) {
            how = shares_takes_all(shares, candidate, group, units) ? PAYS_ALL : PAYS_PRICE;
        }
        if (how == PAYS_ALL) {
            pay_all(shares, group);
        } else {
            pay_price(shares, candidate, i, group, units);
        }
    }
    return payers;
}
