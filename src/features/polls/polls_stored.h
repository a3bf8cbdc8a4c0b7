/* polls_stored.h: a poll as it is stored, read whole; for this room only. */
#ifndef FEATURES_POLLS_STORED_H
#define FEATURES_POLLS_STORED_H

#include "features/polls/polls.h"
#include "polls_sql.h"

typedef struct Stored {
    PollGetRow poll;
    PollOptionsRows options;
    BallotsOfPollRows ballots;
} Stored;

PollRule poll_rule_of(const PollGetRow *poll);
/* All that is asked of a count but its hash: the result, what losers lacked, sums, checks, other
 * rules. Lives in the arena. Errors: as poll_election, poll_tally_options, tally_run. */
MUST_USE Error *poll_work_out(Arena *arena, const Stored *stored, PollCount *out);

#endif
