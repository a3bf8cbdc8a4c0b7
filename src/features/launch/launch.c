/* launch.c: telling people, correcting a line of the log, taking it back. */
#include "features/launch/launch.h"

#include "features/launch/launch_changes.h"
#include "features/programmes/programmes.h"
#include "launch_sql.h"
#include "launch_text.h"
#include "platform/journal/journal.h"

Error *launch_require_running(Tx *tx, int64_t area, int64_t round)
{
    RoundInfo info;
    Error *err = programmes_round(tx_snapshot(tx), area, round, &info);
    return !err && info.is_finished
               ? error_make(tx_arena(tx), ERROR_STAGE_NOT_OPEN, "the round is over")
               : err;
}

Error *launch_tell(Tx *tx, const void *input, Instant now, void *output)
{
    const NewOutreach *new = input;
    const OutreachFact *fact = &new->fact;
    int64_t id = tx_new_id(tx);
    int64_t photo = 0;
    Error *err = launch_require_running(tx, new->area, new->round);
    if (!err) {
        err = outreach_check(tx_arena(tx), fact, instant_date(now));
    }
    if (!err) {
        err = photo_replace(tx, new->area, new->actor, &new->photo, &photo);
    }
    if (!err) {
        err = sql_outreach_insert(tx, new->area, id, new->round, fact->channel, fact->told_on,
                                  fact->place, fact->reached, fact->by_whom, fact->note, photo,
                                  new->actor, now, NULL);
    }
    *(int64_t *)output = id;
    return err ? err
               : journal_write(tx, new->area, new->actor, "outreach.tell", "outreach", id,
                               fact->place, STR(""));
}

/* --- what stood there before --------------------------------------------------- */

static Error *load_standing(Tx *tx, int64_t area, int64_t id, OutreachGetRow *row)
{
    Error *err = sql_outreach_get(tx_snapshot(tx), area, id, row);
    return !err && row->is_withdrawn ? change_refuse_withdrawn(tx) : err;
}

/* In Chinese, the language of the record. */
static Str was(Arena *arena, const OutreachGetRow *row)
{
    Str channel =
        text_str(arena, LANG_ZH, choice_label(outreach_channels, OUTREACH_CHANNELS, row->channel));
    return text_str(arena, LANG_ZH,
                    row->reached > 0
                        ? t_outreach_was_reached(row->told_on, channel, row->place, row->reached)
                        : t_outreach_was(row->told_on, channel, row->place));
}

Error *launch_correct(Tx *tx, const void *input, Instant now, void *unused)
{
    (void)unused;
    const OutreachCorrection *given = input;
    const OutreachFact *fact = &given->fact;
    OutreachGetRow row;
    Error *err = load_standing(tx, given->area, given->id, &row);
    if (!err) {
        err = outreach_check(tx_arena(tx), fact, instant_date(now));
    }
    if (!err) {
        err = photo_replace(tx, given->area, given->actor, &given->photo, &row.photo_id);
    }
    if (!err) {
        err = sql_outreach_correct(tx, given->area, given->id, given->version, fact->channel,
                                   fact->told_on, fact->place, fact->reached, fact->by_whom,
                                   fact->note, row.photo_id);
    }
    if (!err) {
        Change change = {given->area, given->id, given->actor, was(tx_arena(tx), &row),
                         given->reason};
        err = change_keep(tx, &change, now);
    }
    return err ? err
               : journal_write(tx, given->area, given->actor, "outreach.correct", "outreach",
                               given->id, given->reason, STR(""));
}

Error *launch_withdraw(Tx *tx, const void *input, Instant now, void *unused)
{
    (void)unused;
    const Withdrawal *given = input;
    OutreachGetRow row;
    Error *err = load_standing(tx, given->area, given->id, &row);
    if (!err) {
        err = sql_outreach_withdraw(tx, given->area, given->id, given->version);
    }
    if (!err && row.photo_id != 0) {
        err = photo_set_shown(tx, given->area, row.photo_id, false);
    }
    if (!err) {
        err = withdrawal_keep(tx, given, now);
    }
    return err ? err
               : journal_write(tx, given->area, given->actor, "outreach.withdraw", "outreach",
                               given->id, given->reason, STR(""));
}
