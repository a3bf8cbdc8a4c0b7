/* voter_shares.h: equal shares as its definition reads: a rational number for every voter, every
 * price computed anew in every round by sorting the supporters. Slow on purpose; for comparison. */
#ifndef TESTS_SUPPORT_VOTER_SHARES_H
#define TESTS_SUPPORT_VOTER_SHARES_H

#include "tally/tally.h"

/* Approval ballots, cost utility, ties by name, no completion. Writes the selection to `selected`
 * (room for every project); returns how many. Free projects must not occur. */
uint32_t voter_shares(const TallyElection *election, uint32_t *selected);

#endif
