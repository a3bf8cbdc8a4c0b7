/* shortlist_fix.c: the vote in the hall, and the list. */
#include "features/shortlist/shortlist.h"
#include "platform/journal/journal.h"
#include "shortlist_sql.h"

/* --- the vote in the hall ---------------------------------------------------- */

static bool is_same_set(const int64_t *left, size_t n_left, const int64_t *right, size_t n_right)
{
    size_t found = 0;
    for (size_t i = 0; i < n_left; i++) {
        for (size_t k = 0; k < n_right; k++) {
            found += left[i] == right[k];
        }
    }
    return n_left == n_right && found == n_left;
}

static Error *check_hall(Tx *tx, const HallEnter *enter, Shortlist *all)
{
    Arena *arena = tx_arena(tx);
    Error *err = shortlist_load(tx_snapshot(tx), enter->area, enter->round, all);
    if (err) {
        return err;
    }
    if (!shortlist_may_report(all)) {
        return error_make(arena, ERROR_STAGE_NOT_OPEN, "not open, or fixed");
    }
    if (!shortlist_tables_done(all) || all->n_presented == 0) {
        return error_make(arena, ERROR_SHORTLIST_NOT_READY, "tables are missing");
    }
    if (!is_same_set(enter->projects, enter->n, all->presented, all->n_presented)) {
        return error_make(arena, ERROR_VERSION_CONFLICT, "something else is presented now");
    }
    return hall_check(arena, enter->voters, enter->votes, enter->n);
}

static Error *save_hall(Tx *tx, const HallEnter *enter, size_t place, Instant now)
{
    int64_t no = (int64_t)place + 1;
    Error *err = sql_shortlist_hall_put(tx, enter->area, enter->round, no, enter->voters,
                                        enter->actor, now, NULL);
    if (!err) {
        err = sql_shortlist_hall_clear(tx, enter->area, enter->round, no, NULL);
    }
    for (size_t i = 0; !err && i < enter->n; i++) {
        err = sql_shortlist_hall_count_insert(tx, enter->area, enter->round, no, enter->projects[i],
                                              enter->votes[i], NULL);
    }
    return err;
}

Error *shortlist_enter_hall(Tx *tx, const void *input, Instant now, void *output)
{
    const HallEnter *enter = input;
    Shortlist *all = arena_new(tx_arena(tx), Shortlist);
    Error *err = check_hall(tx, enter, all);
    if (err) {
        return err;
    }
    size_t place = hall_place_of(all->counts, enter->actor);
    err = save_hall(tx, enter, place, now);
    all->counts[place] =
        (HallCount){enter->actor, enter->voters, enter->projects, enter->votes, enter->n};
    *(HallState *)output = hall_state(all->counts, all->presented, all->n_presented);
    return err ? err
               : journal_write(tx, enter->area, enter->actor, "shortlist.count", "round",
                               enter->round, STR(""), STR(""));
}

/* --- fixing ------------------------------------------------------------------ */

static bool is_as_shown(const ShortlistFix *fix, const Shortlist *all, size_t n_in)
{
    size_t found = 0;
    for (size_t i = 0; i < all->n_entries; i++) {
        for (size_t k = 0; all->entries[i].outcome == SHORT_IN && k < fix->n_shown; k++) {
            found += all->entries[i].proposal == fix->shown[k];
        }
    }
    return fix->n_shown == n_in && found == n_in;
}

static Error *check_fix(Tx *tx, const ShortlistFix *fix, Shortlist *all)
{
    Arena *arena = tx_arena(tx);
    Error *err = error_length(arena, "words", str_trim(fix->words), 0, SHORTLIST_WORDS_MAX);
    if (!err) {
        err = shortlist_load(tx_snapshot(tx), fix->area, fix->round, all);
    }
    if (err) {
        return err;
    }
    if (!shortlist_may_report(all)) {
        return error_make(arena, ERROR_STAGE_NOT_OPEN, "not open, or fixed");
    }
    if (!shortlist_may_fix(all)) {
        return error_make(arena, ERROR_SHORTLIST_NOT_READY, "a table or a count is missing");
    }
    return is_as_shown(fix, all, shortlist_settle(all))
               ? NULL
               : error_make(arena, ERROR_VERSION_CONFLICT, "the list is another one now");
}

static Error *save_entry(Tx *tx, const ShortlistFix *fix, const ShortEntry *entry)
{
    return sql_shortlist_item_insert(tx, fix->area, entry->proposal, fix->round, entry->no,
                                     entry->table_no, entry->place, entry->votes,
                                     (int64_t)entry->outcome, entry->is_tied ? 1 : 0, NULL);
}

Error *shortlist_fix(Tx *tx, const void *input, Instant now, void *unused)
{
    const ShortlistFix *fix = input;
    Shortlist *all = arena_new(tx_arena(tx), Shortlist);
    int64_t added = 0;
    Error *err = check_fix(tx, fix, all);
    if (!err) {
        err = sql_shortlist_insert(tx, fix->area, fix->round, all->by_vote ? 1 : 0, all->limits.top,
                                   all->limits.most, all->by_vote ? all->counts[0].voters : 0,
                                   str_trim(fix->words), now, fix->actor, &added);
    }
    if (!err && added == 0) {
        err = error_make(tx_arena(tx), ERROR_VERSION_CONFLICT, "fixed meanwhile");
    }
    for (size_t i = 0; !err && i < all->n_entries; i++) {
        err = save_entry(tx, fix, &all->entries[i]);
    }
    return err ? err
               : journal_write(tx, fix->area, fix->actor, "shortlist.fix", "round", fix->round,
                               str_trim(fix->words), STR(""));
}
