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

MUST_USE Error *poll_stored_load(Snapshot *snapshot, int64_t area, int64_t poll, Stored *out);
/* The same, NOT_FOUND before the count: ballots are opened to the public only when nothing can
 * change any more. */
MUST_USE Error *poll_stored_load_counted(Snapshot *snapshot, int64_t area, int64_t poll,
                                         Stored *out);
PollRule poll_rule_of(const PollGetRow *poll);
/* As poll_election. */
MUST_USE Error *poll_stored_election(Arena *arena, const Stored *stored, TallyElection *out);
/* All that is asked of a count but its hash: the result, what losers lacked, sums, checks, other
 * rules. Lives in the arena. Errors: as poll_election, poll_tally_options, tally_run. */
MUST_USE Error *poll_work_out(Arena *arena, const Stored *stored, PollCount *out);

#endif
