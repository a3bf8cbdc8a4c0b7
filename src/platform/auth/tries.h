/* tries.h: failed tries to sign in, counted in the database; internal to platform/auth. */
#ifndef PLATFORM_AUTH_TRIES_H
#define PLATFORM_AUTH_TRIES_H

#include "platform/auth/auth.h"

typedef enum TryKind { TRY_SUBJECT, TRY_ADDRESS } TryKind;

typedef struct Tries {
    int64_t failures;
    Instant first_at;
    Instant last_at;
    Instant locked_until_at;
} Tries;

/* Pure: the count after one more failure. A code or name: from the fifth failure on locked for 1,
 * 2, 4 ... 60 minutes; forgotten a day after the last. An address: LIMIT_TRIES_PER_ADDRESS failures
 * within an hour of the first lock it until that hour is over. */
Tries tries_after_failure(Tries before, TryKind kind, Instant now);
/* Milliseconds for which no try is looked at, 0 = none. */
int64_t tries_locked_ms(Tries tries, Instant now);

MUST_USE Error *tries_read(Snapshot *snapshot, const Hash32 *subject, Tries *out);
MUST_USE Error *tries_fail(Tx *tx, const Hash32 *subject, TryKind kind, Instant now);
MUST_USE Error *tries_forget(Tx *tx, const Hash32 *subject);

#endif
