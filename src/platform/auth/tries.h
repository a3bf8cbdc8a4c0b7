/* tries.h: failed tries to sign in, counted in the database; internal to platform/auth. */
#ifndef PLATFORM_AUTH_TRIES_H
#define PLATFORM_AUTH_TRIES_H

#include "platform/auth/auth.h"

typedef enum TryKind { TRY_SUBJECT, TRY_ADDRESS, TRY_STRANGERS } TryKind;

typedef struct Tries {
    int64_t failures;
    Instant first_at;
    Instant last_at;
    Instant locked_until_at;
} Tries;

/* Pure: the count after one more failure. A subject (a code, or a name as tried from one address):
 * from the fifth failure on locked for 1, 2, 4 ... 60 minutes; forgotten a day after the last. An
 * address, and the strangers who try one name: LIMIT_TRIES_PER_ADDRESS, LIMIT_TRIES_OF_STRANGERS
 * failures within an hour of the first lock them until that hour is over. */
Tries tries_after_failure(Tries before, TryKind kind, Instant now);
/* Milliseconds for which no try is looked at, 0 = none. */
int64_t tries_locked_ms(Tries tries, Instant now);

MUST_USE Error *tries_read(Snapshot *snapshot, const Hash32 *subject, Tries *out);
MUST_USE Error *tries_fail(Tx *tx, const Hash32 *subject, TryKind kind, Instant now);
MUST_USE Error *tries_forget(Tx *tx, const Hash32 *subject);
/* A row without failures says that the subject was right once; kept for two months. */
MUST_USE Error *tries_note_known(Tx *tx, const Hash32 *subject, Instant now);
MUST_USE Error *tries_is_known(Snapshot *snapshot, const Hash32 *subject, bool *out);

#endif
