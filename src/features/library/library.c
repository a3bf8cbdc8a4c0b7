/* library.c: writing, changing, taking out; what residents want. */
#include "features/library/library.h"

#include "library_sql.h"
#include "platform/journal/journal.h"

/* --- writing ----------------------------------------------------------------- */

static Error *check_project(Tx *tx, const NewEntry *new)
{
    LibraryProjectRow row;
    Error *err = sql_library_project(tx_snapshot(tx), new->area, new->project, &row);
    return !err && row.entry != 0
               ? error_make(tx_arena(tx), ERROR_ALREADY_EXISTS, "the project is in the library")
               : err;
}

Error *library_add(Tx *tx, const void *input, Instant now, void *output)
{
    const NewEntry *new = input;
    EntryFact fact = library_clean(&new->fact);
    int64_t id = tx_new_id(tx);
    Error *err = library_check(tx_arena(tx), &fact);
    if (!err && new->project != 0) {
        err = check_project(tx, new);
    }
    if (!err) {
        err = sql_library_insert(tx, new->area, id, fact.title, fact.kind, fact.scope,
                                 fact.provider, fact.price, fact.unit, fact.basis, new->project,
                                 new->actor, now, NULL);
    }
    *(int64_t *)output = id;
    return err ? err
               : journal_write(tx, new->area, new->actor, "library.add", "entry", id, fact.title,
                               STR(""));
}

/* --- changing ---------------------------------------------------------------- */

/* One of this area that is still offered. */
static Error *load_own(Tx *tx, int64_t area, int64_t id)
{
    LibraryOwnRow row;
    return sql_library_own(tx_snapshot(tx), area, id, &row);
}

Error *library_edit(Tx *tx, const void *input, Instant now, void *unused)
{
    const EntryEdit *edit = input;
    EntryFact fact = library_clean(&edit->fact);
    Error *err = load_own(tx, edit->area, edit->id);
    if (!err) {
        err = library_check(tx_arena(tx), &fact);
    }
    if (!err) {
        err = sql_library_change(tx, edit->area, edit->id, edit->version, fact.title, fact.kind,
                                 fact.scope, fact.provider, fact.price, fact.unit, fact.basis);
    }
    return err ? err
               : journal_write(tx, edit->area, edit->actor, "library.edit", "entry", edit->id,
                               fact.title, STR(""));
}

Error *library_end(Tx *tx, const void *input, Instant now, void *unused)
{
    const EntryEnd *end = input;
    Str reason = str_trim(end->reason);
    Error *err = load_own(tx, end->area, end->id);
    if (!err) {
        err = library_reason_check(tx_arena(tx), reason);
    }
    if (!err) {
        err = sql_library_take_out(tx, end->area, end->id, end->version, instant_date(now), reason);
    }
    return err ? err
               : journal_write(tx, end->area, end->actor, "library.end", "entry", end->id, reason,
                               STR(""));
}

/* --- wanting ----------------------------------------------------------------- */

Error *library_pick(Tx *tx, const void *input, Instant now, void *unused)
{
    const EntryPick *pick = input;
    LibrarySeenRow row;
    Error *err = sql_library_seen(tx_snapshot(tx), pick->area, pick->id, pick->person, &row);
    if (!err && pick->is_wanted && row.ended_on.days != 0) {
        err = error_make(tx_arena(tx), ERROR_NOT_FOUND, "it is not offered any more");
    }
    if (err) {
        return err;
    }
    return pick->is_wanted ? sql_library_want(tx, pick->area, pick->id, pick->person, now, NULL)
                           : sql_library_unwant(tx, pick->area, pick->id, pick->person, NULL);
}
