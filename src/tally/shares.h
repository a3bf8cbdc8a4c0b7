/* shares.h: inside tally only. One run of the Method of Equal Shares with a given endowment.
 *
 * How exactness is kept cheap. The money of a voter is known twice:
 *   - as whole-number bounds low <= money <= high, in units of (endowment / SHARES_ONE); prices
 *     likewise. Every rounding goes outwards, so a decision the bounds allow is certain;
 *   - exactly, as endowment - sum of (price x units) over the purchases the voter shared, or zero
 *     once the voter paid the last of it. The sum over many voters is therefore a combination of
 *     the endowment and the prices with whole-number factors; GMP touches one number a purchase,
 *     not one a voter, and only when the bounds leave a decision open.
 * A "price" here is what one unit (vote, point) costs: rho when the utility is the unit, rho x cost
 * when it is multiplied by the cost.
 *
 * A run may be given a range of endowments. Then bounds are kept at both ends of it, and at an
 * endowment between them the straight line from one end to the other holds: above every line of low
 * and below every line of high. The run succeeds only when every purchase is the same throughout.
 */
#ifndef TALLY_SHARES_H
#define TALLY_SHARES_H

#include <gmp.h>

#include "tally/profile.h"
#include "tally/rounds.h"

/* Bounds of money stay at or below 2 x SHARES_ONE = 2^62, so money x units fits 128 bits. */
#define SHARES_ONE  (INT64_C(1) << 61)
#define SHARES_MOST (INT64_C(1) << 62)
#define SHARES_NONE UINT32_MAX
/* Bounds of a price further apart than this are made tight from the exact price. */
#define SHARES_WIDE (INT64_C(1) << 20)

/* A project that may be bought. */
typedef struct SharesCandidate {
    uint32_t project;
    int64_t cost;
    int64_t divisor; /* rho = price / divisor: the cost, or 1 */
    int64_t units;   /* of all supporters */
    __int128 cost_low;
    __int128 cost_high;
    /* At the ends of the range (of an endowment alone: at [0]). */
    int64_t price_low[2];
    int64_t price_high[2]; /* INT64_MAX at [0]: not known whether it is affordable */
    bool is_open;          /* false once bought or unaffordable */
    bool is_fresh;         /* bounds are of this round */
    bool is_exact;         /* exact holds the price of this round */
    mpz_t exact;           /* price = exact / (exact_units x denominator of the run) */
    int64_t exact_units;
} SharesCandidate;

/* Exact prices of the first `known` purchases and the endowment, over one denominator. */
typedef struct SharesExact {
    uint32_t known;
    mpz_t denominator;
    mpz_t endowment;
    mpz_t *price;
    mpz_t work; /* scratch */
    mpz_t other;
    mpz_t third;
    int64_t *factor; /* scratch, by purchase */
} SharesExact;

/* Bounds of what a voter of a group has, side by side: they are read together, in any order. */
typedef struct SharesMoney {
    int64_t low;
    int64_t high;
} SharesMoney;

typedef struct Shares {
    Limits *limits; /* reset at the start of each run; then holds what the run bought */
    const Profile *profile;
    const uint32_t *rank; /* order of ties, by project */
    int64_t voters;
    int64_t scale; /* totals given to shares_run are in units of 10^-amount_decimals / scale */
    uint32_t n_candidates;
    SharesCandidate *candidates;
    bool is_range;
    /* By group. */
    SharesMoney *money[2]; /* at the ends of the range */
    uint32_t *spent_at;    /* the purchase that took the last money; SHARES_NONE before */
    uint32_t *unclear;     /* scratch: groups the bounds leave open */
    /* Scratch, by supporter of the candidate looked at: its money in the order of the column, so
     * that the steps towards a price read in order what was collected from all over once. */
    int64_t *low[2];
    int64_t *high[2];
    /* By project: the purchase that bought it, or SHARES_NONE. */
    uint32_t *place;
    /* By purchase. */
    uint32_t n_bought;
    uint32_t *bought;
    int64_t *payers;
    SharesExact ends[2];
    SharesExact *exact; /* of the end that is being computed; else of the first */
    int end;
    bool is_certain; /* in a range: who paid all and who the price was certain at every purchase */
} Shares;

/* Candidates are the projects with a turn and a positive score that are not free nor taken. What is
 * taken now is marked in the limits. The scale is 1. shares_end frees. */
void shares_init(const RuleInput *in, const Profile *profile, Shares *out);
void shares_end(Shares *shares);

/* Runs with total money `least` for all voters together, endowment = least / voters / scale. With
 * most > least, for every total from least to most <= 2 x least; returns false when the bounds do
 * not prove one and the same sequence of purchases (they are then unusable). With most = least it
 * always succeeds. */
bool shares_run(Shares *shares, const mpz_t least, const mpz_t most);

/* Keeps the exact prices of all purchases in money, purchase j as round first_round + j. */
void shares_keep_money(Arena *arena, Shares *shares, uint32_t first_round, TallyMoney *money);
/* The exact price of a purchase, and the money the supporters of a project have left together. */
void shares_price(Shares *shares, uint32_t purchase, mpq_t out);
void shares_left_to(Shares *shares, uint32_t project, mpq_t out);

/* ---- shares_bounds.c ----------------------------------------------------------------------- */

/* Makes the lower bound of this round; false when the candidate is certainly unaffordable. */
bool shares_bound_low(const Shares *shares, SharesCandidate *candidate);
/* Makes the upper bound. The last call of shares_bound_low must have been for the candidate. */
void shares_bound_high(const Shares *shares, SharesCandidate *candidate);
/* Collects in shares->unclear the supporters of whom the bounds do not tell whether the price takes
 * all they have. */
uint32_t shares_unclear(const Shares *shares, const SharesCandidate *candidate);
/* When every supporter for certain can pay the full price or has nothing: the units of the former,
 * and the price is cost / units. Else 0. */
int64_t shares_whole_units(const Shares *shares, const SharesCandidate *candidate);
/* Takes the price from those of whom the bounds tell (in a range: from all, the unclear ones
 * bounded) and counts who paid. */
int64_t shares_pay(Shares *shares, const SharesCandidate *candidate);

/* ---- shares_exact.c ------------------------------------------------------------------------ */

void shares_exact_begin(Shares *shares, const mpz_t least, const mpz_t most);
/* The exact price of this round; false when the candidate is unaffordable. Tightens the bounds. */
bool shares_exact_price(Shares *shares, SharesCandidate *candidate);
/* In a range: the signs of rho(a) - rho(b) at both ends. Only where it is certain of everybody,
 * throughout the range, who pays all and who the price: then rho is a straight line, and between
 * two equal signs the sign is the same. Else false. */
bool shares_exact_signs(Shares *shares, SharesCandidate *a, SharesCandidate *b, int out[2]);
/* Sign of rho(a) - rho(b); both exact. */
int shares_exact_compare(Shares *shares, const SharesCandidate *a, const SharesCandidate *b);
/* True when the exact price takes all that the group has. */
bool shares_takes_all(Shares *shares, const SharesCandidate *candidate, uint32_t group,
                      int64_t units);

static inline int shares_ends(const Shares *shares)
{
    return shares->is_range ? 2 : 1;
}

static inline int64_t shares_weight(const Profile *profile, uint32_t at)
{
    return profile->column_weight == NULL ? profile->weight[profile->column[at]]
                                          : profile->column_weight[at];
}

static inline int64_t shares_units(const Profile *profile, uint32_t at)
{
    return profile->column_units == NULL ? 1 : profile->column_units[at];
}

#endif
