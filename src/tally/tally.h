/* tally.h: voting rules for participatory budgeting; values in, values out.
 *
 * Give an election (projects with costs, a budget, ballots) and options (which rule, which utility,
 * which order breaks ties) and get the selection in the order it was made, with a reason for every
 * project. No clock, file, locale or global is read; no floating point decides anything; the answer
 * does not depend on the order of projects or ballots in memory.
 *
 * Exactness. Amounts and points are whole numbers of 10^-decimals, one scale an election. Every
 * amount, every number of voters and every sum of points is at most TALLY_MAX (10^18); tally_run
 * checks this and refuses what goes beyond. Comparisons multiply two such numbers in 128 bits,
 * which holds 10^36 with room, and the welfare of a selection is at most (largest score) x
 * (budget): so nothing can overflow after the check. The money of voters in the rules of shares is
 * a rational number of hundreds of bits: kept as whole-number bounds on both sides, and computed
 * with GMP where the bounds leave a decision open.
 *
 * Start reading at TallyElection, TallyOptions, tally_run().
 */
#ifndef TALLY_TALLY_H
#define TALLY_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

#define TALLY_MAX INT64_C(1000000000000000000)

/* ---- the election -------------------------------------------------------------------------- */

typedef struct TallyProject {
    Str name;     /* distinct; its byte order is the last order of ties */
    int64_t cost; /* 0 .. TALLY_MAX, in units of 10^-amount_decimals */
} TallyProject;

typedef enum TallyBallotKind {
    TALLY_BALLOTS_APPROVAL, /* the projects approved (one or many), in any order */
    TALLY_BALLOTS_RANKED,   /* first choice first */
    TALLY_BALLOTS_POINTS    /* a number of points beside each project */
} TallyBallotKind;

/* Ballots are rows of a sparse matrix: ballot b lists choices[start[b]] .. choices[start[b+1]-1],
 * each a project index, none twice. Empty ballots are rows of length 0 and count as voters.
 * Identical ballots may be stored once with a weight; no rule can tell the difference. */
typedef struct TallyElection {
    const TallyProject *projects;
    uint32_t n_projects;
    int64_t budget;      /* 0 .. TALLY_MAX, in units of 10^-amount_decimals */
    int amount_decimals; /* 2 when amounts are fen and yuan is what people read */
    TallyBallotKind kind;
    uint32_t n_ballots;
    const uint32_t *start; /* n_ballots + 1 */
    const uint32_t *choices;
    const int64_t *points; /* beside choices, >= 0; only TALLY_BALLOTS_POINTS, else NULL */
    int points_decimals;
    const int64_t *weights; /* voters behind each ballot, >= 1; NULL = one each */
} TallyElection;

/* ---- the options --------------------------------------------------------------------------- */

typedef enum TallyRule {
    TALLY_RULE_GREEDY,
    TALLY_RULE_EQUAL_SHARES,
    TALLY_RULE_PHRAGMEN,
    TALLY_RULE_MAX_SATISFACTION,
    TALLY_RULE_BOUNDED_OVERSPENDING /* equal shares with bounded overspending */
} TallyRule;

/* u(i,p), what voter i has of project p. "listed" = p is on the ballot of i; L = length of that
 * ballot; rank = 0 for its first choice. Borda utilities need ranked ballots, points utilities
 * ballots with points; cost and count take any ballot. */
typedef enum TallyUtility {
    TALLY_UTILITY_COST,        /* cost(p) when listed: greedy by number of votes */
    TALLY_UTILITY_COUNT,       /* 1 when listed: greedy by votes per cost */
    TALLY_UTILITY_POINTS,      /* the points given */
    TALLY_UTILITY_POINTS_COST, /* points x cost(p) */
    TALLY_UTILITY_BORDA0,      /* L - 1 - rank: the last choice gives nothing */
    TALLY_UTILITY_BORDA1,      /* L - rank */
    TALLY_UTILITY_BORDA0_COST,
    TALLY_UTILITY_BORDA1_COST
} TallyUtility;

/* One step of the order that breaks ties. */
typedef enum TallyKey {
    TALLY_KEY_NAME,  /* lower byte order first */
    TALLY_KEY_COST,  /* cheaper first */
    TALLY_KEY_VOTES, /* listed on more ballots first */
    TALLY_KEY_LOT    /* lower lot first */
} TallyKey;

#define TALLY_KEYS_MAX 4
#define TALLY_SEED_MAX 128

/* Keys in the order they are asked. The name is always asked last, so the order is total whatever
 * the list holds. */
typedef struct TallyTies {
    TallyKey keys[TALLY_KEYS_MAX];
    int count;
    Str seed; /* of TALLY_KEY_LOT, else empty */
} TallyTies;

/* The lot of a project: SHA-256 (FIPS 180-4) of the bytes seed, ":", name; compared byte by byte.
 * Whoever has the published seed draws it again with
 *     printf %s "SEED:NAME" | sha256sum
 * and sorts. The seed must be something nobody could choose or foresee when the projects were
 * named: a public draw held after the close. */
#define TALLY_LOT_BYTES 32
void tally_lot(Str seed, Str name, uint8_t out[TALLY_LOT_BYTES]);

/* A project without support has a score of 0 (see TallyExplanation). */
typedef enum TallyZeroSupport { TALLY_ZERO_EXCLUDE, TALLY_ZERO_INCLUDE } TallyZeroSupport;

/* What happens at the first project that costs more than is left. */
typedef enum TallyMisfit {
    TALLY_MISFIT_SKIP, /* it is passed over, later ones may still fit */
    TALLY_MISFIT_STOP  /* the walk ends */
} TallyMisfit;

#define TALLY_NEXT_DECIMALS 2

/* What equal shares does with the money its voters cannot spend together. e = budget / voters. */
typedef enum TallyCompletion {
    TALLY_COMPLETE_NONE,
    TALLY_COMPLETE_GREEDY, /* greedy, with the same utility, over what is left of the budget */
    /* Start again with e + increment, e + 2 increments, … for every voter, until the selection
     * costs more than the budget: the last one that did not is the result; or until every supported
     * project is selected. */
    TALLY_COMPLETE_ADD1,
    /* The same, and stop as well at the first selection beside which no supported project that is
     * not free fits in what is left of the budget. */
    TALLY_COMPLETE_ADD1E,
    TALLY_COMPLETE_ADD1_GREEDY,
    TALLY_COMPLETE_ADD1E_GREEDY,
    /* From one amount at which something else is bought straight to the next. The unit is a
     * hundredth of the currency (10^-TALLY_NEXT_DECIMALS), or 10^-amount_decimals when that is
     * less. Write O(t) for the purchases of a run in which all voters together have t units, t /
     * voters each, and b for the budget. The amounts are b + 1, b + 2, …; t* is the least
     * of them at which O(t*) costs more than the budget, or holds every supported project. The
     * result is O(t* - 1) in the first case, O(t*) in the second (and O(b) when that holds every
     * supported project already, or nothing of the kind comes before the limit of add1).
     *
     * No amount of money that can be handed out lies between two of these, so no change is passed
     * over. Add1 with increment K sees the same O, but only at t = b + k K voters. Hence: at every
     * amount add1 looks at, both find the same purchases; add1 never overspends before t*; and it
     * ends with the same purchases exactly when it has not stepped over a change, which holds when
     * O does not change in the last K voters amounts before t* and none of the K voters amounts
     * from t* on fits in the budget again.
     *
     * With an increment (TallyOptions.increment > 0) the amounts are those of add1, and so is the
     * result. */
    TALLY_COMPLETE_NEXT,
    TALLY_COMPLETE_NEXT_GREEDY
} TallyCompletion;

/* ---- limits -------------------------------------------------------------------------------- */

/* What was decided about a project apart from the ballots. */
typedef enum TallyDecision {
    TALLY_UNDECIDED,
    TALLY_DECIDED_IN, /* taken before anything is counted: its money and its places are gone */
    TALLY_DECIDED_OUT /* withdrawn: has no turn; ballots that list it stay as they are */
} TallyDecision;

/* A cap and a floor on a group of projects: a kind, an area, any list. A project may be in several.
 * Mutually exclusive projects are a group with most_number = 1. */
typedef struct TallyConstraint {
    Str name; /* for people */
    const uint32_t *projects;
    uint32_t n_projects;   /* indexes, none twice */
    int64_t least_cost;    /* floor of money; 0 = none */
    int64_t most_cost;     /* cap of money; TALLY_MAX = none */
    uint32_t least_number; /* floor of selected projects; 0 = none */
    uint32_t most_number;  /* cap of selected projects; UINT32_MAX = none */
} TallyConstraint;

/* A group without caps or floors yet. */
TallyConstraint tally_group(Str name, const uint32_t *projects, uint32_t n_projects);

/* Limits hold for every rule, in this order:
 *
 * 1. Projects decided in are taken, in the order of ties, whatever the other limits say of them
 *    singly. They must fit in the budget and in every cap; the election is refused otherwise.
 * 2. A project decided out, one that costs less than least_price or more than most_price, and one
 *    listed by fewer than least_votes voters have no turn.
 * 3. Floors, constraint by constraint as listed: while the constraint is below a floor, the
 *    projects of its group that have a turn are walked through once in the order of greedy (same
 *    utility, zero_support, misfits skipped) and each is taken that fits in what is left of the
 *    budget and breaks no cap. What else the group could have is left to the rule. When the walk
 *    ends below the floor, the floor is missed (TallyGroupUse), which is no error.
 * 4. The rule runs over the other projects with the rest of the budget: for equal shares the
 *    endowment is (rest / voters), for Phragmen the budget is the rest and loads begin at 0. The
 *    supporters of what was taken before have paid nothing for it.
 *    A project that would break a cap, together with what is selected at that moment, cannot be
 *    selected then nor later: greedy passes over it at its turn (it is no misfit: the walk does not
 *    stop at it); equal shares and Phragmen leave it out from that moment on, its supporters keep
 *    their money; nothing left but such projects counts as "every supported project is selected"
 *    for add1, and they do not count for the exhaustion of add1e.
 *
 * Best total satisfaction does not do 3: it finds the best of all selections that hold what was
 * decided in and keep every cap and every floor, exactly; when there is none the election is
 * refused. */
typedef struct TallyLimits {
    const TallyConstraint *constraints;
    uint32_t n_constraints;
    const TallyDecision *decisions; /* by project; NULL = none decided */
    int64_t least_price;
    int64_t most_price;  /* 0 = none */
    int64_t least_votes; /* 0 = none */
} TallyLimits;

/* ---- all options --------------------------------------------------------------------------- */

/* Of TallyOptions.misfit_share: a whole. */
#define TALLY_WHOLE 10000

typedef struct TallyOptions {
    TallyRule rule;
    TallyUtility utility;
    TallyTies ties;
    TallyZeroSupport zero_support; /* greedy (also as a completion) and Phragmen */
    TallyMisfit misfit;            /* greedy (also as a completion) */
    TallyCompletion completion;    /* equal shares only */
    /* Greedy (not as a completion). The first misfit of the walk - the first project that costs
     * more than is left and breaks no cap - is selected all the same when what is left is at least
     * this share of its cost, in 1/10,000: 8000 = 80 %. It takes all that is left; what it costs
     * beyond is TallyResult.added, to be found by whoever holds the budget. The walk then goes on
     * (only free projects still fit) or stops as `misfit` says. When the share is not there it is a
     * misfit like others, and later misfits get no such offer. 0 = never. */
    int32_t misfit_share;
    TallyLimits limits;
    int64_t increment; /* of add1, per voter, in units of 10^-amount_decimals; 0 = one whole unit of
                          the currency (10^amount_decimals); of next: 0 = none */
} TallyOptions;

/* Greedy by votes, ties by name, projects without support left out, misfits skipped, no completion.
 */
TallyOptions tally_default_options(void);

/* The words of the command line. False, and *out unchanged, when the word is not one of them. */
/* greedy, equal-shares, phragmen, max-satisfaction (also max-welfare), equal-shares-bos */
bool tally_parse_rule(Str word, TallyRule *out);
Str tally_rule_word(TallyRule rule);
/* none, greedy, add1, add1e, add1+greedy, add1e+greedy, next, next+greedy */
bool tally_parse_completion(Str word, TallyCompletion *out);
/* cost, count, points, points-cost, borda0, borda1, borda0-cost, borda1-cost */
bool tally_parse_utility(Str word, TallyUtility *out);
/* name, cost, votes, separated by commas, each at most once, name last: "votes,cost,name". Or, in
 * the place of name, lot:SEED to the end of the text: "votes,cost,lot:2026-05-01 123456". SEED is 1
 * to 128 bytes without control characters; it is kept as it is, not copied. */
bool tally_parse_ties(Str words, TallyTies *out);
bool tally_parse_zero_support(Str word, TallyZeroSupport *out); /* include, exclude */
bool tally_parse_misfit(Str word, TallyMisfit *out);            /* skip, stop */

/* A share of a misfit: a percentage with at most two decimals, from 0 to 100: "80", "66.67". */
bool tally_parse_share(Str word, int32_t *out);

/* ---- the result ---------------------------------------------------------------------------- */

typedef enum TallyReason {
    TALLY_SELECTED,
    TALLY_MISFIT,  /* it cost more than was left when its turn came */
    TALLY_STOPPED, /* the walk had ended before its turn (TALLY_MISFIT_STOP; Phragmen: at a misfit)
                    */
    TALLY_NO_SUPPORT,   /* left out: score 0 (greedy, Phragmen: under TALLY_ZERO_EXCLUDE) */
    TALLY_UNAFFORDABLE, /* equal shares: its supporters together had less left than it costs */
    TALLY_NOT_BEST,  /* best total satisfaction: in no set it would be better than in the one chosen
                      */
    TALLY_QUOTA,     /* it would have broken the cap of TallyExplanation.constraint at its turn
                      * (equal shares, Phragmen: from when the cap was used up) */
    TALLY_PRICE,     /* left out: it costs less or more than projects may */
    TALLY_FEW_VOTES, /* left out: fewer votes than projects must have */
    TALLY_WITHDRAWN  /* left out: TALLY_DECIDED_OUT */
} TallyReason;

#define TALLY_NO_CONSTRAINT UINT32_MAX

#define TALLY_NO_NUMBER INT64_C(-1)

/* Why one project won or lost. */
typedef struct TallyExplanation {
    TallyReason reason;
    uint32_t place; /* its turn, 1 is first; 0 for TALLY_NO_SUPPORT and what was left out before,
                     * which have none. Rules that give losers no turn list them after the winners,
                     * in the order of ties. */
    int64_t votes;  /* voters whose ballot lists it */
    int64_t score;  /* cost and count: votes; points: their sum, in units of
                     * 10^-points_decimals; borda: the sum of (L - 1 - rank) or (L - rank) */
    int64_t left_before; /* money left when its turn came; when the walk never came to it, the
                          * money left at the end */
    /* Equal shares (here and below also with bounded overspending), winners bought with the voters'
     * money: exact texts (an integer, decimal or
     * "a/b"). What a supporter pays for one unit (cost, count: for a vote; else for one whole point
     * or Borda point) unless the money left to them is less; and how many voters paid anything.
     * Phragmen, winners: the load of its supporters after it, and how many they are. */
    Str price;
    int64_t payers;
    Str collected; /* bounded overspending, winners bought with the voters' money: what the payers
                    * paid together, at most the cost; the budget pays the rest. Exact text */
    /* Equal shares, losers with support that are not free: what its supporters had left together
     * when the buying with the voters' money ended. */
    Str supporters_left;
    bool by_completion;  /* equal shares, winners: selected by the greedy completion */
    uint32_t constraint; /* TALLY_QUOTA: the first listed constraint whose cap it would have broken;
                          * winners taken for a floor: that constraint; else TALLY_NO_CONSTRAINT */
    /* The next two are greedy's; by other rules, for projects that lost in equal shares (whatever
     * the completion), for those left out before, and where there is a floor or a share of a
     * misfit, losers have TALLY_NO_NUMBER in both.
     * Losers only (0 for winners). How much cheaper it had to be: the smallest reduction of its
     * cost with which this rule, all else unchanged, selects it. It accounts for a cheaper project
     * also coming earlier. A price of zero is tried with TALLY_MISFIT_SKIP only; TALLY_NO_NUMBER
     * when no price helps (no support; or it comes after the end of the walk at any price). */
    int64_t lacked;
    /* Losers only (0 for winners). How much more support it had to have, all else unchanged, to be
     * selected: the smallest k such that k further voters with a ballot that lists only this
     * project suffice (cost, count; its votes rise by k too), or k further whole points (points),
     * or k further Borda points (borda; with these two its votes stay). TALLY_NO_NUMBER when no k
     * up to 10^18 helps, in particular when it costs more than the budget. */
    int64_t more_support;
} TallyExplanation;

/* How a selected project was paid for. */
typedef enum TallyFunding {
    TALLY_FUNDED_FREE,    /* equal shares: it costs nothing, nobody paid */
    TALLY_FUNDED_VOTERS,  /* equal shares: by money of its supporters; Phragmen: their load */
    TALLY_FUNDED_DECIDED, /* decided in */
    TALLY_FUNDED_FLOOR,   /* taken for the floor of TallyExplanation.constraint */
    TALLY_FUNDED_BUDGET   /* from the budget as a whole: greedy (also as a completion), best total
                           * satisfaction, and in Phragmen projects nobody supports */
} TallyFunding;

/* One purchase. Round r bought selected[r]; who could pay, what each paid and what was left to each
 * is not stored (it would be voters x rounds numbers) but computed from the prices by
 * tally_account, for as many ballots as one wants to see. */
typedef struct TallyRound {
    uint32_t project;
    TallyFunding funding;
    int64_t left_before; /* of the budget, before this purchase; in a run of equal shares with a
                          * raised endowment too */
    Str price;           /* as in TallyExplanation; empty unless TALLY_FUNDED_VOTERS */
    int64_t payers;      /* voters who paid anything */
} TallyRound;

/* The exact numbers behind the rounds of the rules of shares; read by tally_account. */
typedef struct TallyMoney TallyMoney;

/* What a constraint's group got. */
typedef struct TallyGroupUse {
    int64_t cost;
    uint32_t number;
    bool floors_met;
} TallyGroupUse;

typedef struct TallyResult {
    const uint32_t *selected; /* project indexes, in the order they were selected */
    uint32_t n_selected;
    const uint32_t *order; /* every project that had a turn, in that order */
    uint32_t n_ordered;
    int64_t voters;     /* sum of the weights */
    int64_t total_cost; /* of the selection, at most budget + added */
    int64_t left;       /* budget + added - total_cost */
    int64_t added; /* money beyond the budget for the misfit funded by TallyOptions.misfit_share */
    uint32_t n_first; /* the first so many of `selected` were decided or taken for floors */
    const TallyGroupUse *groups; /* by constraint */
    Str welfare; /* sum of the utilities of all voters: exact decimal text, unscaled */
    const TallyExplanation *projects; /* by project index */
    const TallyRound *rounds;         /* n_selected of them, beside `selected` */
    const TallyMoney *money;          /* NULL for rules without money of voters or loads */
    /* Equal shares: */
    uint32_t n_shares; /* the first so many of `selected` came before the greedy completion (those
                        * of n_first among them) */
    Str endowment;     /* money each voter was given in the run that decided, exact text */
    int64_t runs;      /* of the rule with raised endowments. Fewer than the steps: a run proves one
                        * and the same purchases for a whole range of endowments where it can, and
                        * its end is searched for by halving */
    Str steps;         /* how many increments of add1 are in it: a whole number. Of next without an
                        * increment: how many units all voters together have more */
} TallyResult;

/* Counts the election by the rule. The result lives in the arena and points into the election.
 *
 * Greedy (Talmon and Faliszewski, "A Framework for Approval-Based Budgeting Methods", 2019; sums of
 * utilities per cost). Density of p = (sum of u(i,p)) / cost(p); infinite when the sum is positive
 * and the cost 0; zero when the sum is 0 - with cost utilities a project that costs nothing has a
 * sum of 0, comes last, and still counts as supported. Projects are taken by falling density, then
 * by the order of ties; each is selected when its cost is at most what is left.
 *
 * Method of Equal Shares (Peters, Pierczynski, Skowron, "Proportional Participatory Budgeting with
 * Additive Utilities", NeurIPS 2021, section 3). Each of the n voters (empty ballots count) is
 * given e = budget / n. A project is affordable at rho when the sum of min(money left of i, rho
 * u(i,p)) over its supporters (u > 0) is its cost. Again and again the project with the smallest
 * rho is bought, ties by the order of ties, and each supporter pays min(money left, rho u(i,p)); it
 * ends when no project is affordable. Free projects with a positive sum of utilities come first of
 * all, in the order of ties; projects with a sum of 0 never (a greedy completion may add them). The
 * steps of add1 and next (not of add1e) end, as in the reference program, also before the money of
 * all voters together passes budget x (n + 1).
 *
 * Equal shares with bounded overspending (Papasotiropoulos, Pishbin, Skibski, Skowron, Was, "Method
 * of Equal Shares with Bounded Overspending", EC 2025, section 5). Endowments as above, and the
 * budget is kept beside them. A project that fits in what is left of the budget can be bought for a
 * part alpha of its cost, 0 < alpha <= 1, at rho when the sum of min(money left of i, alpha rho
 * u(i,p)) over its supporters is alpha x cost. Again and again the project with the smallest rho /
 * alpha is bought (of several alpha with the same ratio the largest; ties by the order of ties);
 * each supporter pays min(money left, rho u(i,p)), and the whole cost leaves the budget. It ends
 * when no project that fits has a supporter with money. Free projects as above; completion none or
 * greedy. Amounts are exact; an election in which they would grow beyond 2^16 binary digits is
 * refused.
 *
 * Sequential Phragmen (Brill, Freeman, Janson, Lackner, "Phragmen's Voting Methods and Justified
 * Representation", AAAI 2017; with costs: Los, Christoff, Grossi, IJCAI 2022). Supporters of p are
 * the voters who list it; loads begin at 0. t(p) = (sum of the loads of its supporters + cost(p)) /
 * supporters. Projects dearer than the budget are left out; among the others those with the
 * smallest t are tied; if any of them costs more than is left, all ends; else the first in the
 * order of ties is selected and the load of its supporters becomes t. Under TALLY_ZERO_INCLUDE
 * unsupported projects count as t = infinity. The utility serves for the welfare only.
 *
 * Best total satisfaction: of the sets of projects with a positive score that cost at most the
 * budget, those with the greatest sum of utilities; of these the cheapest; of these the one with
 * the project that is earliest in the order of ties and not in all of them, and so on. `selected`
 * is in the order of ties. Exact: a list of all cost/utility combinations nothing else beats, cut
 * by the fractional bound.
 *
 * Errors: ERROR_BAD_REQUEST with a detail that names the first thing wrong with the election (a
 * choice out of range or twice on a ballot, a number below zero or above TALLY_MAX, two projects of
 * one name, a sum above TALLY_MAX) or with the options (a utility these ballots do not carry; an
 * increment out of range), or says that the best total satisfaction needs more memory than the
 * limit of 2^20 combinations kept at once. */
MUST_USE Error *tally_run(Arena *arena, const TallyElection *election, const TallyOptions *options,
                          TallyResult *out);

/* ---- one voter's side ---------------------------------------------------------------------- */

/* One purchase that a voter of the ballot shared in. All amounts are exact texts (an integer, a
 * decimal or "a/b") in whole units of the currency, of one voter, whatever the ballot's weight. */
typedef struct TallyPayment {
    uint32_t round; /* index into TallyResult.rounds; rising within an account */
    Str paid;       /* equal shares: min(money left, price x units); Phragmen: what was added to the
                     * load of the voter */
    Str after;      /* equal shares: money left after it; Phragmen: the load after it */
} TallyPayment;

/* The rounds a ballot had a part in. Before the first of them the voter has `before` (equal shares:
 * the endowment; Phragmen: 0), between two of them what `after` of the earlier one says. A voter
 * could pay for a project in round r when it is supported (units > 0) and money was left before r.
 * Rounds in which the voter supported the project and paid nothing, having nothing left, are in it
 * with paid = "0". */
typedef struct TallyAccount {
    Str before;
    const TallyPayment *payments;
    uint32_t n_payments;
    Str after; /* at the end */
} TallyAccount;

/* The account of one ballot (its index), exact, recomputed from the prices of the rounds: the time
 * is that of the ballot's length, and nothing is kept for other ballots. `election`
 * is the one `result` was computed from, unchanged. Without money of voters
 * (result->money NULL, a budget of 0) the account is empty: texts "0", no payments. */
TallyAccount tally_account(Arena *arena, const TallyElection *election, const TallyResult *result,
                           uint32_t ballot);

/* ---- exact decimals ------------------------------------------------------------------------ */

/* "1200", "776314.03", "0,5": digits with at most one point or comma. *out_value is the number in
 * units of 10^-*out_decimals, with the fewest decimals possible ("60000.0" gives 60000 and 0).
 * False when it is not such a number or has more than 18 digits. */
bool tally_decimal_parse(Str text, int64_t *out_value, int *out_decimals);
/* value x 10^(to_decimals - from_decimals); false when above TALLY_MAX. to >= from, value >= 0. */
bool tally_decimal_rescale(int64_t value, int from_decimals, int to_decimals, int64_t *out);
/* The shortest exact text: 7763140 with 2 decimals gives "77631.4". */
Str tally_decimal_text(Arena *arena, __int128 value, int decimals);

#endif
