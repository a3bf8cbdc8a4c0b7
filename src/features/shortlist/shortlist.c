/* shortlist.c: tables, their packages and what they report. */
#include "features/shortlist/shortlist.h"

#include "platform/journal/journal.h"
#include "shortlist_sql.h"

static Error *not_open(Tx *tx)
{
    return error_make(tx_arena(tx), ERROR_STAGE_NOT_OPEN, "the list is fixed, or its stage over");
}

/* The table and its round; NOT_FOUND. */
static Error *load_table(Tx *tx, int64_t area, int64_t id, Shortlist *all, const TableInfo **out)
{
    RoundTableGetRow row;
    Error *err = sql_round_table_get(tx_snapshot(tx), area, id, &row);
    if (!err) {
        err = shortlist_load(tx_snapshot(tx), area, row.round_id, all);
    }
    if (err) {
        return err;
    }
    *out = shortlist_table(all, id);
    return *out != NULL ? NULL : error_make(tx_arena(tx), ERROR_NOT_FOUND, "no such table");
}

/* --- setting up -------------------------------------------------------------- */

static Error *check_names(Tx *tx, const TableSave *save)
{
    Arena *arena = tx_arena(tx);
    Error *err = error_length(arena, "name", str_trim(save->name), 0, SHORTLIST_NAME_MAX);
    if (!err) {
        err = error_length(arena, "head", str_trim(save->head.name), 0, SHORTLIST_PERSON_MAX);
    }
    return err ? err
               : error_length(arena, "recorder", str_trim(save->recorder.name), 0,
                              SHORTLIST_PERSON_MAX);
}

static Error *put_person(Tx *tx, int64_t area, int64_t table, TablePart part,
                         const TablePerson *person)
{
    return sql_round_table_person_put(tx, area, table, (int64_t)part, person->id,
                                      str_trim(person->name), NULL);
}

static Error *add_table(Tx *tx, const TableSave *save, int64_t id)
{
    Shortlist *all = arena_new(tx_arena(tx), Shortlist);
    Error *err = shortlist_load(tx_snapshot(tx), save->area, save->round, all);
    if (!err && !shortlist_may_prepare(all)) {
        err = not_open(tx);
    }
    if (!err && all->n_tables >= SHORTLIST_TABLES_MAX) {
        err = error_at(tx_arena(tx), ERROR_FIELD_TOO_MANY, "name", SHORTLIST_TABLES_MAX);
    }
    return err ? err
               : sql_round_table_insert(tx, save->area, id, save->round, str_trim(save->name),
                                        NULL);
}

static Error *rename_table(Tx *tx, const TableSave *save)
{
    Shortlist *all = arena_new(tx_arena(tx), Shortlist);
    const TableInfo *table = NULL;
    Error *err = load_table(tx, save->area, save->table, all, &table);
    if (!err && !shortlist_may_prepare(all)) {
        err = not_open(tx);
    }
    if (!err) {
        err = sql_round_table_rename(tx, save->area, save->table, save->version,
                                     str_trim(save->name));
    }
    return err;
}

Error *shortlist_save_table(Tx *tx, const void *input, Instant now, void *output)
{
    const TableSave *save = input;
    TableSaved *done = output;
    done->id = save->table != 0 ? save->table : tx_new_id(tx);
    Error *err = check_names(tx, save);
    if (!err) {
        err = save->table != 0 ? rename_table(tx, save) : add_table(tx, save, done->id);
    }
    if (!err) {
        err = put_person(tx, save->area, done->id, TABLE_HEAD, &save->head);
    }
    if (!err) {
        err = put_person(tx, save->area, done->id, TABLE_RECORDER, &save->recorder);
    }
    return err ? err
               : journal_write(tx, save->area, save->actor, "shortlist.table", "table", done->id,
                               str_trim(save->name), STR(""));
}

static Error *ranked(Tx *tx)
{
    return error_make(tx_arena(tx), ERROR_SHORTLIST_RANKED, "a table has reported");
}

Error *shortlist_remove_table(Tx *tx, const void *input, Instant now, void *unused)
{
    const TableAct *act = input;
    Shortlist *all = arena_new(tx_arena(tx), Shortlist);
    const TableInfo *table = NULL;
    Error *err = load_table(tx, act->area, act->table, all, &table);
    if (!err && !shortlist_may_prepare(all)) {
        err = not_open(tx);
    }
    if (!err && table->reported_at.ms > 0) {
        err = ranked(tx);
    }
    if (!err) {
        err = sql_round_table_remove(tx, act->area, act->table, act->version);
    }
    if (!err) {
        err = sql_round_table_remove_people(tx, act->area, act->table, NULL);
    }
    if (!err) {
        err = sql_round_table_clear(tx, act->area, act->table, NULL);
    }
    return err ? err
               : journal_write(tx, act->area, act->actor, "shortlist.remove", "table", act->table,
                               STR(""), STR(""));
}

/* --- packages ---------------------------------------------------------------- */

static Error *check_deal(Tx *tx, const TableAct *act, Shortlist *all)
{
    Error *err = shortlist_load(tx_snapshot(tx), act->area, act->round, all);
    if (!err && !shortlist_may_prepare(all)) {
        err = not_open(tx);
    }
    if (!err && all->n_tables == 0) {
        err = error_make(tx_arena(tx), ERROR_NOT_FOUND, "no table to deal to");
    }
    for (size_t i = 0; !err && i < all->n_tables; i++) {
        if (all->tables[i].reported_at.ms > 0) {
            err = ranked(tx);
        }
    }
    return err;
}

Error *shortlist_deal(Tx *tx, const void *input, Instant now, void *unused)
{
    const TableAct *act = input;
    Shortlist *all = arena_new(tx_arena(tx), Shortlist);
    ShortlistProjectsRows rows = {0};
    Error *err = check_deal(tx, act, all);
    if (!err) {
        err = sql_shortlist_projects(tx_snapshot(tx), act->area, act->round, SHORTLIST_PROJECTS_MAX,
                                     &rows);
    }
    if (!err) {
        err = sql_round_tables_clear(tx, act->area, act->round, NULL);
    }
    for (size_t i = 0; !err && i < rows.count; i++) {
        const TableInfo *table = &all->tables[shortlist_table_of(i, all->n_tables)];
        err = sql_round_table_item_insert(tx, act->area, rows.rows[i].id, act->round, table->id,
                                          NULL);
    }
    return err ? err
               : journal_write(tx, act->area, act->actor, "shortlist.deal", "round", act->round,
                               STR(""), STR(""));
}

static Error *lay_package(Tx *tx, const TablePackage *package, int64_t round)
{
    Error *err = sql_round_table_clear(tx, package->area, package->table, NULL);
    for (size_t i = 0; !err && i < package->n_projects; i++) {
        int64_t added = 0;
        err = sql_round_table_item_insert(tx, package->area, package->projects[i], round,
                                          package->table, &added);
        if (!err && added == 0) {
            err = error_at(tx_arena(tx), ERROR_SHORTLIST_PROJECT, "projects", 0);
        }
    }
    return err;
}

Error *shortlist_set_package(Tx *tx, const void *input, Instant now, void *unused)
{
    const TablePackage *package = input;
    Shortlist *all = arena_new(tx_arena(tx), Shortlist);
    const TableInfo *table = NULL;
    Error *err = load_table(tx, package->area, package->table, all, &table);
    if (!err && !shortlist_may_prepare(all)) {
        err = not_open(tx);
    }
    if (!err) {
        err = sql_round_table_unreport(tx, package->area, package->table, package->version);
    }
    if (!err) {
        err = lay_package(tx, package, all->round.id);
    }
    return err ? err
               : journal_write(tx, package->area, package->actor, "shortlist.package", "table",
                               package->table, STR(""), STR(""));
}

/* --- reports ----------------------------------------------------------------- */

static bool may_report(const TableReport *report, const TableInfo *table)
{
    const TablePerson *recorder = &table->people[TABLE_RECORDER];
    return report->is_staff || (recorder->id != 0 && recorder->id == report->actor);
}

static Error *check_ranks(Tx *tx, const TableReport *report, const Shortlist *all,
                          const TableInfo *table)
{
    int64_t *package = arena_array(tx_arena(tx), int64_t, table->n_items + 1);
    for (size_t i = 0; i < table->n_items; i++) {
        package[i] = table->items[i].proposal;
    }
    return shortlist_ranks_check(tx_arena(tx), report->ranks, report->n_ranks, package,
                                 table->n_items, all->limits.top);
}

static Error *check_report(Tx *tx, const TableReport *report, Shortlist *all, const TableInfo **out)
{
    Arena *arena = tx_arena(tx);
    Error *err = load_table(tx, report->area, report->table, all, out);
    if (err) {
        return err;
    }
    require(*out != NULL); /* load_table finds it or fails */
    if (!may_report(report, *out)) {
        return error_make(arena, ERROR_FORBIDDEN, "not the recorder of the table");
    }
    if (!shortlist_may_report(all)) {
        return not_open(tx);
    }
    bool is_correction = (*out)->reported_at.ms > 0;
    err = check_ranks(tx, report, all, *out);
    if (!err) {
        err =
            error_length(arena, "speaker", str_trim(report->speaker.name), 0, SHORTLIST_PERSON_MAX);
    }
    if (!err && is_correction) {
        err = error_length(arena, "note", str_trim(report->note), SHORTLIST_NOTE_MIN,
                           SHORTLIST_NOTE_MAX);
    }
    return err;
}

static Error *save_ranks(Tx *tx, const TableReport *report)
{
    Error *err = sql_round_table_unrank(tx, report->area, report->table, NULL);
    for (size_t i = 0; !err && i < report->n_ranks; i++) {
        if (report->ranks[i] != 0) {
            err = sql_round_table_rank(tx, report->area, report->table, report->ranks[i],
                                       (int64_t)i + 1, NULL);
        }
    }
    return err;
}

Error *shortlist_report(Tx *tx, const void *input, Instant now, void *unused)
{
    const TableReport *report = input;
    Shortlist *all = arena_new(tx_arena(tx), Shortlist);
    const TableInfo *table = NULL;
    Error *err = check_report(tx, report, all, &table);
    if (err) {
        return err;
    }
    bool is_correction = table->reported_at.ms > 0;
    Str note = is_correction ? str_trim(report->note) : STR("");
    err = sql_round_table_report(tx, report->area, report->table, report->version,
                                 is_correction ? table->reported_at : now, report->actor, note,
                                 is_correction ? now : (Instant){0});
    if (!err) {
        err = save_ranks(tx, report);
    }
    if (!err) {
        err = put_person(tx, report->area, report->table, TABLE_SPEAKER, &report->speaker);
    }
    return err ? err
               : journal_write(tx, report->area, report->actor,
                               is_correction ? "shortlist.correct" : "shortlist.rank", "table",
                               report->table, note, STR(""));
}
