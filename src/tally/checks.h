/* checks.h: inside tally only. */
#ifndef TALLY_CHECKS_H
#define TALLY_CHECKS_H

#include "tally/selection.h"

/* prices.c */
TallyCheck check_prices(Arena *arena, const TallyElection *election, const TallyOptions *options,
                        const TallyResult *result);

#endif
