/* decisions_round.h: what a round says about its decisions; for this room only. */
#ifndef FEATURES_DECISIONS_DECISIONS_ROUND_H
#define FEATURES_DECISIONS_DECISIONS_ROUND_H

#include "features/decisions/decisions_rules.h"
#include "features/programmes/programmes.h"

/* The rule of a step (empty: of the round's first) as it held on a day; lives in the snapshot's
 * arena. NOT_FOUND when the round or the step is not there, DECISION_NO_RULE at `held_on` when none
 * held yet. One query. */
MUST_USE Error *decision_round_rule(Snapshot *snapshot, int64_t area, int64_t round, Str step,
                                    Date on, const DiscussionRule **out);
/* Two queries. */
MUST_USE Error *decision_round_time(Snapshot *snapshot, int64_t area, int64_t round,
                                    DecisionTime *out);

#endif
