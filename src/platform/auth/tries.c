#include "platform/auth/tries.h"

#include "auth_sql.h"
#include "base/limits.h"

#define MINUTE_MS   INT64_C(60000)
#define HOUR_MS     (60 * MINUTE_MS)
#define DAY_MS      (24 * HOUR_MS)
#define MAX_LOCK_MS HOUR_MS

Tries tries_after_failure(Tries before, TryKind kind, Instant now)
{
    int64_t forget_ms = kind == TRY_ADDRESS ? HOUR_MS : DAY_MS;
    int64_t since_ms = kind == TRY_ADDRESS ? before.first_at.ms : before.last_at.ms;
    Tries after = before;
    if (before.failures == 0 || now.ms - since_ms >= forget_ms) {
        after = (Tries){.first_at = now};
    }
    after.failures++;
    after.last_at = now;
    if (kind == TRY_ADDRESS && after.failures >= LIMIT_TRIES_PER_ADDRESS) {
        after.locked_until_at.ms = after.first_at.ms + HOUR_MS;
    }
    if (kind == TRY_SUBJECT && after.failures >= LIMIT_CODE_TRIES) {
        int64_t doublings = after.failures - LIMIT_CODE_TRIES;
        int64_t lock_ms = doublings < 6 ? MINUTE_MS << doublings : MAX_LOCK_MS;
        after.locked_until_at.ms = now.ms + (lock_ms < MAX_LOCK_MS ? lock_ms : MAX_LOCK_MS);
    }
    return after;
}

int64_t tries_locked_ms(Tries tries, Instant now)
{
    int64_t left = tries.locked_until_at.ms - now.ms;
    return left > 0 ? left : 0;
}

Error *tries_read(Snapshot *snapshot, const Hash32 *subject, Tries *out)
{
    TryGetRow row;
    bool found = false;
    Error *err = sql_try_get(snapshot, hash_str(subject), &row, &found);
    if (err) {
        return err;
    }
    *out = (Tries){row.failures, row.first_at, row.last_at, row.locked_until_at};
    return NULL;
}

Error *tries_fail(Tx *tx, const Hash32 *subject, TryKind kind, Instant now)
{
    Tries before;
    Error *err = tries_read(tx_snapshot(tx), subject, &before);
    if (err) {
        return err;
    }
    Tries after = tries_after_failure(before, kind, now);
    return sql_try_put(tx, hash_str(subject), after.failures, after.first_at, after.last_at,
                       after.locked_until_at, NULL);
}

Error *tries_forget(Tx *tx, const Hash32 *subject)
{
    return sql_try_drop(tx, hash_str(subject), NULL);
}
