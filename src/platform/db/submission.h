/* submission.h: single-use tokens of forms, so that a form sent twice happens once. */
#ifndef PLATFORM_DB_SUBMISSION_H
#define PLATFORM_DB_SUBMISSION_H

#include "platform/db/db.h"

/* Uses a form's token inside the transaction of its use case, before anything else is decided.
 * `token_hash` is a hash of the token; `location` is where the answer will lead (empty for ballots,
 * which must leave no trace of where they went).
 * First time: *out_seen is false and the token is spent when the transaction commits. Later:
 * *out_seen is true, *out_location is the first answer's place (in the arena of the transaction),
 * and the caller must do nothing more. */
MUST_USE Error *submission_use(Tx *tx, Str token_hash, Str location, bool *out_seen,
                               Str *out_location);

/* True when the token is spent already: for handlers that do work before their transaction which
 * would then be for nothing. Only submission_use() decides. */
MUST_USE Error *submission_is_used(Snapshot *snapshot, Str token_hash, bool *out);

/* Forgets tokens used before that day: for a daily job. *out_forgotten may be NULL. */
MUST_USE Error *submission_forget_before(Tx *tx, Date day, int64_t *out_forgotten);

#endif
