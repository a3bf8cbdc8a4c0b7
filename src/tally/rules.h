/* rules.h: inside tally only. What the rules have in common. Each fills of the result: selected,
 * order and explanations; tally_run sums up the rest. The election and the options were checked. */
#ifndef TALLY_RULES_H
#define TALLY_RULES_H

#include <gmp.h>

#include "tally/count.h"

void equal_shares_run(Arena *arena, const TallyElection *election, const TallyOptions *options,
                      const TallyCount *count, TallyResult *out);
void phragmen_run(Arena *arena, const TallyElection *election, const TallyOptions *options,
                  const TallyCount *count, TallyResult *out);
MUST_USE Error *max_satisfaction_run(Arena *arena, const TallyElection *election,
                                     const TallyOptions *options, const TallyCount *count,
                                     TallyResult *out);

/* Explanations for rules that give losers no turn: winners as `selected` has them, losers behind
 * them in the order of ties with the given reason, unsupported ones left out when `supports` is 0.
 * Sets out->order, out->n_ordered and out->projects; returns the latter to be completed. */
TallyExplanation *rules_explain(Arena *arena, const TallyElection *election,
                                const TallyCount *count, const uint32_t *rank, TallyReason lost,
                                TallyResult *out);

/* value x= 10^-decimals; decimals may be below 0. */
void rules_scale(mpq_t value, int decimals);
/* value x 10^-decimals (decimals may be below 0) as an integer, a decimal or "a/b". */
Str rules_text(Arena *arena, const mpq_t value, int decimals);

#endif
