/* publicity_postings.c: putting up, taking down, correcting, taking back; what is due. */
#include "features/publicity/publicity_postings.h"

#include "base/vec.h"
#include "features/programmes/programmes.h"
#include "features/publicity/publicity_gates.h"
#include "platform/journal/journal.h"
#include "publicity_postings_sql.h"
#include "publicity_postings_text.h"
#include "publicity_sql.h"

#define DUE_MOST 10

/* --- putting up and taking down --------------------------------------------------------------- */

static Error *check(Tx *tx, const PostingFact *fact, Instant published_at, Instant now)
{
    return posting_check(tx_arena(tx), fact, instant_date(published_at), instant_date(now));
}

Error *publicity_put_up(Tx *tx, const void *input, Instant now, void *output)
{
    const NewPosting *new = input;
    const PostingFact *fact = &new->fact;
    PublicationGetRow row;
    int64_t id = tx_new_id(tx);
    int64_t photo = 0;
    Error *err = sql_publication_get(tx_snapshot(tx), new->area, new->publication, &row);
    if (!err) {
        err = check(tx, fact, row.published_at, now);
    }
    if (!err) {
        err = photo_replace(tx, new->area, new->actor, &new->photo, &photo);
    }
    if (!err) {
        err = sql_hanging_insert(tx, new->area, id, new->publication, fact->place, fact->up_on,
                                 fact->up_by, photo, new->actor, now, NULL);
    }
    *(int64_t *)output = id;
    return err ? err
               : journal_write(tx, new->area, new->actor, "posting.up", "publication",
                               new->publication, fact->place, STR(""));
}

static Error *load_standing(Tx *tx, int64_t area, int64_t id, HangingGetRow *row)
{
    Error *err = sql_hanging_get(tx_snapshot(tx), area, id, row);
    return !err && row->is_withdrawn ? change_refuse_withdrawn(tx) : err;
}

static Error *save(Tx *tx, int64_t area, int64_t version, const HangingGetRow *row,
                   const PostingFact *fact)
{
    return sql_hanging_save(tx, area, row->id, version, fact->place, fact->up_on, fact->up_by,
                            row->up_photo_id, fact->down_on, fact->down_by, row->down_photo_id);
}

Error *publicity_take_down(Tx *tx, const void *input, Instant now, void *unused)
{
    (void)unused;
    const PostingDown *given = input;
    HangingGetRow row;
    Error *err = load_standing(tx, given->area, given->id, &row);
    if (err) {
        return err;
    }
    if (row.down_on.days != 0) {
        return error_make(tx_arena(tx), ERROR_POSTING_IS_DOWN, "taken down before");
    }
    if (given->down_on.days == 0) {
        return error_at(tx_arena(tx), ERROR_FIELD_MISSING, "down_on", 0);
    }
    PostingFact fact = {row.place, row.up_on, row.up_by, given->down_on, given->down_by};
    err = check(tx, &fact, row.published_at, now);
    if (!err) {
        err = photo_replace(tx, given->area, given->actor, &given->photo, &row.down_photo_id);
    }
    if (!err) {
        err = save(tx, given->area, given->version, &row, &fact);
    }
    return err ? err
               : journal_write(tx, given->area, given->actor, "posting.down", "publication",
                               row.publication_id, row.place, STR(""));
}

/* --- correcting and taking back --------------------------------------------------------------- */

/* Without names. */
static Str was(Arena *arena, const HangingGetRow *row)
{
    return text_str(arena, LANG_ZH,
                    row->down_on.days != 0
                        ? t_posting_was_down(row->place, row->up_on, row->down_on)
                        : t_posting_was(row->place, row->up_on));
}

static Error *replace_photos(Tx *tx, const PostingCorrection *given, HangingGetRow *row)
{
    Error *err = photo_replace(tx, given->area, given->actor, &given->up, &row->up_photo_id);
    return err ? err
               : photo_replace(tx, given->area, given->actor, &given->down, &row->down_photo_id);
}

Error *publicity_correct_posting(Tx *tx, const void *input, Instant now, void *unused)
{
    (void)unused;
    const PostingCorrection *given = input;
    PostingFact fact = given->fact;
    HangingGetRow row;
    Error *err = load_standing(tx, given->area, given->id, &row);
    if (!err) {
        err = check(tx, &fact, row.published_at, now);
    }
    if (err) {
        return err;
    }
    if (fact.down_on.days == 0) {
        fact.down_by = STR("");
    }
    Change change = {given->area, given->id, given->actor, was(tx_arena(tx), &row), given->reason};
    err = replace_photos(tx, given, &row);
    if (!err) {
        err = save(tx, given->area, given->version, &row, &fact);
    }
    if (!err) {
        err = change_keep(tx, &change, now);
    }
    return err ? err
               : journal_write(tx, given->area, given->actor, "posting.correct", "publication",
                               row.publication_id, given->reason, STR(""));
}

Error *publicity_withdraw_posting(Tx *tx, const void *input, Instant now, void *unused)
{
    (void)unused;
    const Withdrawal *given = input;
    HangingGetRow row;
    Error *err = load_standing(tx, given->area, given->id, &row);
    if (!err) {
        err = sql_hanging_withdraw(tx, given->area, given->id, given->version);
    }
    if (!err && row.up_photo_id != 0) {
        err = photo_set_shown(tx, given->area, row.up_photo_id, false);
    }
    if (!err && row.down_photo_id != 0) {
        err = photo_set_shown(tx, given->area, row.down_photo_id, false);
    }
    if (!err) {
        err = withdrawal_keep(tx, given, now);
    }
    return err ? err
               : journal_write(tx, given->area, given->actor, "posting.withdraw", "publication",
                               row.publication_id, given->reason, STR(""));
}

/* --- what is due ------------------------------------------------------------------------------ */

static DueItem due_item(Arena *arena, int64_t area, const HangingDueRow *row,
                        const HolidayTable *holidays)
{
    if (row->kind == 1) {
        return (DueItem){
            .what = t_posting_due_up(row->title),
            .detail = t_posting_due_up_why(),
            .due_at = working_period_end(holidays, row->since_at, POSTING_UP_WORKING_DAYS),
            .link = url_of(arena, "/a/{area}/publications/{id}/postings/new", area, row->id),
            .verb = t_posting_put_up()};
    }
    return (DueItem){.what = t_posting_due_down(row->title),
                     .detail = t_posting_due_down_why(row->n),
                     .due_at =
                         working_period_end(holidays, row->since_at, POSTING_DOWN_WORKING_DAYS),
                     .link = url_of(arena, "/a/{area}/publications/{id}/postings", area, row->id),
                     .verb = t_posting_due_down_verb()};
}

Error *postings_due(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who,
                    const HolidayTable *holidays, DueItems *out)
{
    HangingDueRows rows;
    if (policy_check(POLICY_MANAGE, who) != VERDICT_ALLOW) {
        return NULL;
    }
    Error *err = sql_hanging_due(snapshot, area, snapshot_now(snapshot), DUE_MOST, &rows);
    for (size_t i = 0; !err && i < rows.count; i++) {
        *vec_push(arena, out) = due_item(arena, area, &rows.rows[i], holidays);
    }
    return err;
}
