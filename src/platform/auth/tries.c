#include "platform/auth/tries.h"

#include "auth_sql.h"
#include "base/limits.h"

#define MINUTE_MS   INT64_C(60000)
#define HOUR_MS     (60 * MINUTE_MS)
#define DAY_MS      (24 * HOUR_MS)
#define MAX_LOCK_MS HOUR_MS

Tries tries_after_failure(Tries before, TryKind kind, Instant now)
{
    bool is_hourly = kind != TRY_SUBJECT;
    int64_t most = kind == TRY_ADDRESS ? LIMIT_TRIES_PER_ADDRESS : LIMIT_TRIES_OF_STRANGERS;
    int64_t forget_ms = is_hourly ? HOUR_MS : DAY_MS;
    int64_t since_ms = is_hourly ? before.first_at.ms : before.last_at.ms;
    Tries after = before;
    if (before.failures == 0 || now.ms - since_ms >= forget_ms) {
        after = (Tries){.first_at = now};
    }
    after.failures++;
    after.last_at = now;
    if (is_hourly && after.failures >= most) {
        after.locked_until_at.ms = after.first_at.ms + HOUR_MS;
    }
    if (!is_hourly && after.failures >= LIMIT_CODE_TRIES) {
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

Error *tries_note_known(Tx *tx, const Hash32 *subject, Instant now)
{
    return sql_try_put(tx, hash_str(subject), 0, now, now, (Instant){0}, NULL);
}

Error *tries_is_known(Snapshot *snapshot, const Hash32 *subject, bool *out)
{
    TryGetRow row;
    return sql_try_get(snapshot, hash_str(subject), &row, out);
}
