/* tally_explain.h: what can be said about a result of tally_run; values in, values out.
 *
 * Numbers only: sentences are made by whoever shows them, in the language of the reader. All of it
 * is computed from the election and the published result alone, so anybody can do it again. Every
 * function takes an election that tally_run accepted, unchanged, and results of that election; all
 * that is returned lives in the arena. Nothing here is floating point.
 *
 * A choice of a voter is a project on the ballot; on ballots with points, one with more than 0.
 */
#ifndef TALLY_TALLY_EXPLAIN_H
#define TALLY_TALLY_EXPLAIN_H

#include "tally/tally.h"

#define TALLY_NO_PROJECT UINT32_MAX

/* ---- sums ---------------------------------------------------------------------------------- */

/* Projects of one label: a kind, an area, a group. Time: projects. */
typedef struct TallyLabelSum {
    uint32_t projects;
    uint32_t selected;
    __int128 asked; /* sum of all costs */
    int64_t spent;  /* sum of the costs of those selected */
} TallyLabelSum;

/* By label. label[p] < n_labels is the label of project p. */
const TallyLabelSum *tally_by_label(Arena *arena, const TallyElection *election,
                                    const TallyResult *result, const uint32_t *label,
                                    uint32_t n_labels);

/* How many of their choices the voters got. Time: choices on all ballots. */
typedef struct TallyWins {
    int64_t voters;
    int64_t empty;          /* voters without a choice; they are in by_wins[0] too */
    const int64_t *by_wins; /* [w]: voters with w selected choices; [0] got nothing */
    uint32_t n_by_wins;     /* highest w that occurs, + 1; at least 1 */
    /* Sums over all voters: of selected choices, and of the costs of these. The averages are these
     * divided by voters. */
    __int128 wins;
    __int128 money;
} TallyWins;

TallyWins tally_wins(Arena *arena, const TallyElection *election, const TallyResult *result);

/* Voters who are better off in one of two results of the same election. */
typedef struct TallyBetter {
    int64_t first;
    int64_t second;
    int64_t same;
} TallyBetter;

/* Two results of one election, for instance by two rules. Time: choices on all ballots. */
typedef struct TallyComparison {
    uint32_t n_both;       /* projects selected by both */
    const uint32_t *first; /* selected by the first only, in its order */
    uint32_t n_first;
    const uint32_t *second; /* by the second only, in its order */
    uint32_t n_second;
    TallyBetter by_wins;       /* more selected choices */
    TallyBetter by_money;      /* selected choices that cost more together */
    TallyBetter by_having_any; /* a selected choice, and in the other result none; same: the rest */
} TallyComparison;

TallyComparison tally_compare(Arena *arena, const TallyElection *election, const TallyResult *first,
                              const TallyResult *second);

/* ---- who paid ------------------------------------------------------------------------------ */

/* The supporters of one purchase with their money. What each paid is in TallyExplanation.price and,
 * voter by voter, in tally_account. */
typedef struct TallyPayers {
    int64_t in_full; /* paid price x units */
    int64_t less;    /* paid all they had left, which was less than that */
    int64_t nothing; /* had nothing left */
    Str had;  /* what all of them had left together before it, and after it; exact texts in */
    Str left; /* whole units of the currency, empty when nobody paid */
} TallyPayers;

/* By purchase, result->n_shares of them, beside result->selected; all 0 for free projects, and for
 * those decided or taken for floors. By other rules than equal shares (also with bounded
 * overspending) there are none. Time as for TALLY_CHECK_PRICES. */
const TallyPayers *tally_payers(Arena *arena, const TallyElection *election,
                                const TallyOptions *options, const TallyResult *result);

/* An exact text of a result ("41", "41.2", "a/b"; not negative) to at most so many decimals, halves
 * up, the shortest: "a/b" of hundreds of digits as people read it. *out_is_exact = false when
 * something was rounded off. The text itself, and true, when it is none of these. */
Str tally_rounded_text(Arena *arena, Str exact, int decimals, bool *out_is_exact);

/* ---- what a loser lacked ------------------------------------------------------------------- */

#define TALLY_NOT_FOUND INT64_C(-2) /* the runs allowed were used up before it was found */

/* How far to look. */
typedef struct TallyEffort {
    int64_t step;       /* amounts are looked for in whole multiples of it; >= 1. 1 is exact to the
                         * last unit; 100 is whole yuan when amounts are fen */
    uint32_t most_runs; /* runs of the rule for each of the three numbers */
} TallyEffort;

/* So far that looking for what this many losers lacked ends within some seconds: fewer runs, the
 * longer one takes by this rule on so many ballots. The same election always gets the same. */
TallyEffort tally_effort(const TallyElection *election, const TallyOptions *options,
                         uint32_t n_losers, int64_t step);

/* The least change, all else unchanged, with which tally_run selects the project: at the number it
 * does, at every smaller one it does not - also where the rule is not monotone and a larger change
 * fails again. 0 when it is selected already; TALLY_NO_NUMBER when no change selects it (that is
 * then proved); TALLY_NOT_FOUND. */
typedef struct TallyShortfall {
    int64_t cheaper; /* taken off its cost, which stays at least 0: a multiple of the step */
    /* Further voters whose ballot lists this project alone (on ballots with points: with one whole
     * point; where ranks give the utility: with one Borda point). There are more voters then: in
     * equal shares everybody's endowment is budget / (voters + supporters). For greedy it is
     * TallyExplanation.more_support, where points are counted without their voters. */
    int64_t supporters;
    int64_t budget; /* added to the budget: a multiple of the step */
} TallyShortfall;

/* Greedy says the first two numbers without a run. Few runs, about two for each binary digit of the
 * number, are needed for `cheaper` by equal shares without completion or with greedy, by Phragmen,
 * and by best total satisfaction unless the utility has the cost in it; and for `supporters` by
 * Phragmen and best total satisfaction. `budget` by greedy and Phragmen takes a run for each amount
 * at which another project fits. `budget` and `supporters` by equal shares without completion or
 * with greedy take some ten runs for each change of what the others buy on the way (and step by
 * step while other projects are tied at every endowment). Everything else
 * - completions that raise the endowment, the rest of best total satisfaction - is looked for step
 * by step: choose the step so that most_runs of them are a figure worth knowing. Time: the runs.
 * `result` is that of tally_run with these options. With limits, equal shares is bisected
 * for `cheaper` only; with a floor, a least price or a share of a misfit all is step by step. An
 * election that the limits make impossible ends the search: TALLY_NOT_FOUND. */
TallyShortfall tally_shortfall(Arena *arena, const TallyElection *election,
                               const TallyOptions *options, const TallyResult *result,
                               uint32_t project, const TallyEffort *effort);

/* ---- checks that can be published ---------------------------------------------------------- */

typedef enum TallyCheckName {
    /* The selected projects cost at most the budget, and what was added to it, together. */
    TALLY_CHECK_BUDGET,
    /* No project that is somebody's choice and not selected costs at most what is left. */
    TALLY_CHECK_EXHAUSTIVE,
    /* Equal shares: the published prices are a price system (Peters and Skowron, "Proportionality
     * and the Limits of Welfarism", EC 2020; with costs: Peters, Pierczynski, Skowron, NeurIPS
     * 2021). Every voter starts with the endowment; at each purchase with the voters' money each
     * supporter pays min(money left, price x units) and nobody else pays; the payments are exactly
     * the cost, and the number of payers is the published one; at the end the supporters of each
     * other supported project together have less left than it costs. It is redone from the texts of
     * the result, not from what the rule remembers. */
    TALLY_CHECK_PRICES,
    /* Justified representation (Aziz, Lee, Talmon, "Proportionally Representative Participatory
     * Budgeting", AAMAS 2018): no group of voters has a project in common that is not selected, a
     * share of the budget (voters in it / all voters x budget) that pays for it, and not one
     * selected choice among them all. */
    TALLY_CHECK_JR,
    /* EJR+ up to one project (Brill and Peters, "Robust and Verifiable Proportionality Axioms for
     * Multiwinner Voting", EC 2023, carried over to costs). Let u be the utility of the options,
     * u(p) what a supporter has of project p, and u(W) what a voter has of the selection. No group
     * of voters has a project p in common that is not selected and such that for all of them
     *     (u(W) + u(p)) x cost(p) <= u(p) x share of the budget of the group.
     * That is, with cost: the money of their selected choices and p together is within their share;
     * with count: their share pays for one more project as dear as p than they have. Equal shares
     * with the same utility holds it, with every completion: while nobody of the group has less
     * left than cost(p) / size, p can be bought at the price they would pay each, so nothing worse
     * is; who is the first to have less has spent more than endowment - cost(p) / size by then, and
     * got u(W) x cost(p) > u(p) x (share - cost(p)) for it. */
    TALLY_CHECK_EJR_PLUS
} TallyCheckName;

#define TALLY_CHECKS 5

typedef enum TallyVerdict {
    TALLY_HOLDS,
    TALLY_FAILS,
    TALLY_NOT_ASKED /* means nothing here: prices for other rules; JR and EJR+ for ballots that are
                     * not approvals */
} TallyVerdict;

/* What is wrong with published prices. */
typedef enum TallyPriceFault {
    TALLY_PRICE_FINE,
    TALLY_PRICE_UNREADABLE, /* the endowment is missing or not a number, or a price not one above 0
                             */
    TALLY_PRICE_SUM,        /* the payments for `project` are not its cost; `money` is their sum */
    TALLY_PRICE_PAYERS,     /* `voters` paid for `project`, another number is published */
    TALLY_PRICE_AFFORDABLE  /* the supporters of `project`, `voters` of them, have enough left for
                             * it: `money` */
} TallyPriceFault;

/* A check, and the witness when it fails. */
typedef struct TallyCheck {
    TallyCheckName name;
    TallyVerdict verdict;
    TallyPriceFault fault; /* of PRICES only */
    uint32_t project;  /* EXHAUSTIVE: the cheapest that fits (ties: by name); PRICES; JR, EJR+: what
                        * the group has in common; else TALLY_NO_PROJECT */
    int64_t voters;    /* size of the group; of JR and EJR+ the largest that fails (ties of
                        * projects: by name) */
    Str money;         /* exact text in whole units of the currency. BUDGET: the overspending;
                        * EXHAUSTIVE: what is left; PRICES: see TallyPriceFault; JR, EJR+: the share of
                        * the group, its size / voters x budget */
    __int128 most_had; /* JR, EJR+: everybody in the group has at most this much: of EJR+ with cost
                        * the cost of selected choices, with count their number; JR: 0 */
} TallyCheck;

/* Projects that the limits of the options kept out (TALLY_QUOTA, TALLY_PRICE, TALLY_FEW_VOTES,
 * TALLY_WITHDRAWN) are nobody's due: no check fails for their sake. With limits EJR+ can fail in
 * equal shares too: what was taken before leaves less to share.
 *
 * All checks, [name] at the place of its name. `selected` may come from anywhere (a published
 * list), the numbers are not trusted. Time: for the first two projects; for JR and EJR+ choices on
 * all ballots, and sorting the ballots; for PRICES choices of selected projects on different
 * ballots, each an operation on numbers as long as the longest price. */
void tally_checks(Arena *arena, const TallyElection *election, const TallyOptions *options,
                  const TallyResult *result, TallyCheck checks[TALLY_CHECKS]);

#endif
