#include "platform/db/submission.h"

#include "submission_sql.h"

Error *submission_use(Tx *tx, Str token_hash, Str location, bool *out_seen, Str *out_location)
{
    int64_t added = 0;
    *out_seen = false;
    *out_location = location;
    Error *err = sql_submission_add(tx, token_hash, instant_date(tx_now(tx)), location, &added);
    if (err || added == 1) {
        return err;
    }
    SubmissionLocationRow first;
    err = sql_submission_location(tx_snapshot(tx), token_hash, &first);
    if (err) {
        return err;
    }
    *out_seen = true;
    *out_location = first.location;
    return NULL;
}

Error *submission_is_used(Snapshot *snapshot, Str token_hash, bool *out)
{
    SubmissionSpentRow first;
    return sql_submission_spent(snapshot, token_hash, &first, out);
}

Error *submission_forget_before(Tx *tx, Date day, int64_t *out_forgotten)
{
    return sql_submission_forget(tx, day, out_forgotten);
}
