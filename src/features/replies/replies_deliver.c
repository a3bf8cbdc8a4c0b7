/* replies_deliver.c: many answers delivered in one go, and taken back when that was a mistake. */
#include "features/replies/replies_deliver.h"

#include "platform/journal/journal.h"
#include "replies_deliver_sql.h"

static Error *check_delivery(Tx *tx, const ReplyDeliver *many, Instant now)
{
    /* Who they are does not matter: staff chose a way by which a person goes to them. */
    const ReplyOrigin anybody = {.is_named = true};
    if (many->proposals.count == 0) {
        return error_for_field(error_make(tx_arena(tx), ERROR_FIELD_MISSING, "none chosen"),
                               STR("proposals"));
    }
    return reply_delivery_check(tx_arena(tx), &anybody, &many->delivery, instant_date(now));
}

static Error *deliver_one(Tx *tx, const ReplyDeliver *many, int64_t proposal, Instant at,
                          int64_t batch, int64_t *n_done)
{
    const ReplyDelivery *delivery = &many->delivery;
    int64_t changed = 0;
    Error *err = sql_reply_deliver(tx, many->area, many->round, proposal, delivery->way, at,
                                   str_trim(delivery->deliverer), many->actor, batch, &changed);
    if (err || changed == 0) {
        return err;
    }
    *n_done += 1;
    return journal_write(tx, many->area, many->actor, "reply.deliver", "proposal", proposal,
                         STR(""), STR(""));
}

static Error *conflict(Tx *tx, const char *why)
{
    return error_make(tx_arena(tx), ERROR_VERSION_CONFLICT, "%s", why);
}

Error *replies_deliver(Tx *tx, const void *input, Instant now, void *output)
{
    const ReplyDeliver *many = input;
    Error *err = check_delivery(tx, many, now);
    Instant at = reply_delivered_at(&many->delivery, now);
    int64_t n_done = 0, batch = err ? 0 : tx_new_id(tx);
    for (size_t i = 0; !err && i < many->proposals.count; i++) {
        err = deliver_one(tx, many, many->proposals.ids[i], at, batch, &n_done);
    }
    return !err && n_done == 0 ? conflict(tx, "delivered meanwhile") : err;
}

Error *replies_take_back(Tx *tx, const void *input, Instant now, void *output)
{
    const ReplyTakeBack *back = input;
    ReplyBatchRows rows = {0};
    Error *err = replies_check_stage(tx, back->area, back->round);
    if (!err) {
        err = sql_reply_batch(tx_snapshot(tx), back->area, back->round, back->batch, &rows);
    }
    if (!err && (back->batch == 0 || rows.count == 0)) {
        err = conflict(tx, "nothing is left of it");
    }
    if (!err) {
        err = sql_reply_take_back(tx, back->area, back->round, back->batch, NULL);
    }
    for (size_t i = 0; !err && i < rows.count; i++) {
        err = journal_write(tx, back->area, back->actor, "reply.take_back", "proposal",
                            rows.rows[i].proposal_id, STR(""), STR(""));
    }
    return err;
}
