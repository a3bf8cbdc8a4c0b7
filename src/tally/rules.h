/* rules.h: inside tally only. What the rules have in common. Each is given a checked election with
 * what was decided and the floors already taken (limits), and fills of the result: selected (those
 * first), order and explanations; tally_run sums up the rest. */
#ifndef TALLY_RULES_H
#define TALLY_RULES_H

#include <gmp.h>

#include "tally/limits.h"

typedef struct RuleInput {
    Arena *arena;
    const TallyElection *election;
    const TallyOptions *options;
    const TallyCount *count;
    const uint32_t *rank; /* order of ties, by project */
    Limits *limits;       /* a rule takes in it what it selects */
} RuleInput;

void greedy_run(const RuleInput *in, TallyResult *out);
void equal_shares_run(const RuleInput *in, TallyResult *out);
MUST_USE Error *bos_run(const RuleInput *in, TallyResult *out);
void phragmen_run(const RuleInput *in, TallyResult *out);
MUST_USE Error *max_satisfaction_run(const RuleInput *in, TallyResult *out);

/* Greedy over what has a turn and is not taken, with `left` to spend: a completion. */
void greedy_fill(const RuleInput *in, int64_t left);
/* Takes for each floor what TallyLimits says. */
void greedy_fill_floors(const RuleInput *in);

/* Anything in TallyLimits is set, or a share of a misfit. */
bool rules_are_limited(const TallyOptions *options);

/* Equal shares: takes free projects with a positive sum of utilities, in the order of ties. */
void rules_take_free(const RuleInput *in);
/* What is taken in the limits becomes the selection. */
void rules_select(const RuleInput *in, TallyResult *out);

/* Explanations for rules that give losers no turn: winners as `selected` has them, losers behind
 * them in the order of ties with the given reason, or TALLY_QUOTA when a cap now excludes them;
 * those left out and those with a score of 0 have no place. Sets out->order, out->n_ordered and
 * out->projects; returns the latter to be completed. */
TallyExplanation *rules_explain(const RuleInput *in, TallyReason lost, TallyResult *out);

/* value x= 10^-decimals; decimals may be below 0. */
void rules_scale(mpq_t value, int decimals);
/* value x 10^-decimals (decimals may be below 0) as an integer, a decimal or "a/b". */
Str rules_text(Arena *arena, const mpq_t value, int decimals);
/* The number such a text says, x 10^decimals (which may be below 0). False when it is none. */
bool rules_number(Arena *arena, Str text, int decimals, mpq_t out);

#endif
