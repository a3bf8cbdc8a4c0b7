/* notices_hand.c: what a person decides about a notice that did not arrive by itself. */
#include "features/notices/notices_deliver.h"
#include "notices_round_sql.h"

static Error *act_on(Tx *tx, const NoticesHand *hand, int64_t notice, int64_t person, Instant now,
                     int64_t *out_changed)
{
    return hand->act == NOTICE_HAND_TOLD ? sql_notice_told(tx, hand->area, hand->round, notice,
                                                           person, hand->actor, now, out_changed)
                                         : sql_notice_again(tx, hand->area, hand->round, notice,
                                                            person, hand->actor, now, out_changed);
}

static Error *act_on_chosen(Tx *tx, const NoticesHand *hand, int64_t id, Instant now,
                            int64_t *n_done)
{
    NoticePersonRow row = {0};
    bool found = true;
    int64_t changed = 0;
    Error *err = NULL;
    if (hand->notice == 0) {
        err = sql_notice_person(tx_snapshot(tx), hand->area, hand->round, id, &row, &found);
    }
    if (err || !found) {
        return err;
    }
    err = hand->notice == 0 ? act_on(tx, hand, id, row.person_id, now, &changed)
                            : act_on(tx, hand, hand->notice, id, now, &changed);
    *n_done += changed;
    return err;
}

Error *notices_hand(Tx *tx, const void *input, Instant now, void *output)
{
    const NoticesHand *hand = input;
    Arena *arena = tx_arena(tx);
    int64_t n_done = 0;
    Error *err = NULL;
    if (hand->chosen.count == 0) {
        return error_at(arena, ERROR_FIELD_MISSING, "chosen", 0);
    }
    for (size_t i = 0; !err && i < hand->chosen.count && i < NOTICE_HAND_MOST; i++) {
        err = act_on_chosen(tx, hand, hand->chosen.ids[i], now, &n_done);
    }
    return err || n_done > 0 ? err : error_make(arena, ERROR_VERSION_CONFLICT, "changed meanwhile");
}
