/* people_import.c: a roll file staged, shown, taken in, undone.
 *
 * Staging goes in pieces and becomes visible by one row. Taking in and undoing are a fixed number
 * of statements over all rows, whatever their number, in one transaction: all or nothing. */
#include "features/people/people.h"

#include "people_import_sql.h"
#include "people_sql.h"
#include "platform/journal/journal.h"
#include "platform/settings/settings.h"

Error *people_roll_read(Snapshot *snapshot, int64_t area, RollPerson **out, size_t *out_count)
{
    RollAllRows all = {0};
    Error *err = sql_roll_all(snapshot, area, &all);
    if (err) {
        return err;
    }
    RollPerson *people = arena_array(snapshot_arena(snapshot), RollPerson, all.count);
    for (size_t i = 0; i < all.count; i++) {
        const RollAllRow *row = &all.rows[i];
        people[i] = (RollPerson){.person = row->id,
                                 .name = row->name,
                                 .phone = row->phone,
                                 .building = row->building,
                                 .door = row->door,
                                 .place_key = row->place_key,
                                 .birth_year = (int)row->birth_year,
                                 .birth_month = (int)row->birth_month,
                                 .residency = (Residency)row->residency};
    }
    *out = people;
    *out_count = all.count;
    return NULL;
}

/* --- staging -------------------------------------------------------------------------------- */

static Str bad_name(const RollRow *row)
{
    return row->bad == ERROR_NONE ? (Str){"", 0} : str_from(error_code_name(row->bad));
}

/* The values of a bad row are shown, not used: its residency may be none. */
static Error *stage_row(Tx *tx, int64_t area, int64_t import, const RollChange *change)
{
    const RollRow *row = &change->row;
    const RollPerson *before = &change->before;
    int64_t person = change->kind == ROLL_NEW ? tx_new_id(tx) : before->person;
    if (change->kind == ROLL_BAD) {
        person = 0;
    }
    return sql_import_row_insert(tx, area, import, row->line, change->kind, person, row->name,
                                 row->phone, row->building, row->door, row->place_key,
                                 row->birth_year, row->birth_month, row->residency, row->bad_column,
                                 bad_name(row), row->bad_number, row->bad_cell, before->phone,
                                 before->building, before->door, before->place_key,
                                 before->birth_year, before->birth_month, before->residency, NULL);
}

Error *people_import_stage(Tx *tx, const void *input_, Instant now, void *output_)
{
    const ImportStage *input = input_;
    ImportStaged *output = output_;
    output->import = input->import == 0 ? tx_new_id(tx) : input->import;
    for (size_t i = 0; i < input->count; i++) {
        Error *err = stage_row(tx, input->area, output->import, &input->changes[i]);
        if (err) {
            return err;
        }
    }
    return NULL;
}

/* An hour in ids: their upper bits are milliseconds over 22 others (db.h). */
#define HOUR_OF_IDS (INT64_C(60) * 60 * 1000 << 22)

Error *people_import_preview(Tx *tx, const void *input_, Instant now, void *output_)
{
    const ImportPreview *input = input_;
    ImportStaged *output = output_;
    output->import = input->import;
    Error *err = sql_import_rows_sweep(tx, input->area, input->import - HOUR_OF_IDS, NULL);
    if (err) {
        return err;
    }
    return sql_import_insert(tx, input->area, input->import, input->file_name, input->actor, now,
                             input->counts.added, input->counts.changed, input->counts.same,
                             input->counts.bad, NULL);
}

/* --- deciding ------------------------------------------------------------------------------- */

/* Moves the import to its next state, or says why not. */
static Error *decide(Tx *tx, const ImportDecide *input, ImportState from, ImportState to,
                     ImportGetRow *out)
{
    Arena *arena = tx_arena(tx);
    Error *err = sql_import_get(tx_snapshot(tx), input->area, input->import, out);
    if (err) {
        return err;
    }
    if (out->state != (int64_t)from) {
        return error_make(arena, ERROR_ROLL_IMPORT_DECIDED, "state %lld", (long long)out->state);
    }
    err = sql_import_decide(tx, input->area, input->import, to, from, input->version, tx_now(tx));
    return err;
}

static Error *changed_since(Arena *arena, int64_t n)
{
    Error *err = error_make(arena, ERROR_ROLL_CHANGED_SINCE, "%lld rows", (long long)n);
    return error_with(err, n, (Str){"", 0});
}

static Error *check_accept(Tx *tx, const ImportDecide *input, const ImportGetRow *import)
{
    Arena *arena = tx_arena(tx);
    if (import->rows_bad > 0) {
        Error *err = error_make(arena, ERROR_ROLL_HAS_BAD_ROWS, "bad rows");
        return error_with(err, import->rows_bad, (Str){"", 0});
    }
    ImportStaleBeforeRow before = {0};
    Error *err = sql_import_stale_before(tx_snapshot(tx), input->area, input->import, &before);
    if (err) {
        return err;
    }
    ImportStaleNewRow added = {0};
    err = sql_import_stale_new(tx_snapshot(tx), input->area, input->import, &added);
    if (err) {
        return err;
    }
    int64_t stale = before.n + added.n;
    return stale == 0 ? NULL : changed_since(arena, stale);
}

static Error *take_in(Tx *tx, const ImportDecide *input, Instant now)
{
    Error *err = sql_import_take_people(tx, input->area, input->import, now, NULL);
    if (!err) {
        err = sql_import_take_residents(tx, input->area, input->import, instant_date(now), NULL);
    }
    if (!err) {
        err = sql_import_change_people(tx, input->area, input->import, NULL);
    }
    if (!err) {
        err = sql_import_change_residents(tx, input->area, input->import, NULL);
    }
    return err;
}

static Error *journal_import(Tx *tx, const ImportDecide *input, const char *act,
                             const ImportGetRow *import)
{
    Str reason = arena_printf(tx_arena(tx), "新增 %lld 人，更新 %lld 人",
                              (long long)import->rows_new, (long long)import->rows_changed);
    return journal_write(tx, input->area, input->actor, act, "import", input->import, reason,
                         (Str){"", 0});
}

Error *people_import_accept(Tx *tx, const void *input_, Instant now, void *unused)
{
    const ImportDecide *input = input_;
    ImportGetRow import;
    Error *err = decide(tx, input, IMPORT_PREVIEW, IMPORT_TAKEN, &import);
    if (!err) {
        err = check_accept(tx, input, &import);
    }
    if (!err) {
        err = take_in(tx, input, now);
    }
    return err ? err : journal_import(tx, input, "roll.import", &import);
}

static Error *put_back(Tx *tx, const ImportDecide *input)
{
    Error *err = sql_import_undo_residents(tx, input->area, input->import, NULL);
    if (!err) {
        err = sql_import_undo_people(tx, input->area, input->import, NULL);
    }
    if (!err) {
        err = sql_import_restore_people(tx, input->area, input->import, NULL);
    }
    if (!err) {
        err = sql_import_restore_residents(tx, input->area, input->import, NULL);
    }
    if (!err) {
        err = sql_import_rows_delete(tx, input->area, input->import, NULL);
    }
    return err;
}

Error *people_import_undo(Tx *tx, const void *input_, Instant now, void *unused)
{
    const ImportDecide *input = input_;
    ImportGetRow import;
    ImportStaleAfterRow after = {0};
    Error *err = decide(tx, input, IMPORT_TAKEN, IMPORT_UNDONE, &import);
    if (!err) {
        err = sql_import_stale_after(tx_snapshot(tx), input->area, input->import, &after);
    }
    if (!err && after.n > 0) {
        err = changed_since(tx_arena(tx), after.n);
    }
    if (!err) {
        err = put_back(tx, input);
    }
    return err ? err : journal_import(tx, input, "roll.undo", &import);
}

Error *people_import_drop(Tx *tx, const void *input_, Instant now, void *unused)
{
    const ImportDecide *input = input_;
    ImportGetRow import;
    Error *err = decide(tx, input, IMPORT_PREVIEW, IMPORT_DROPPED, &import);
    return err ? err : sql_import_rows_delete(tx, input->area, input->import, NULL);
}

/* --- column names --------------------------------------------------------------------------- */

Error *people_columns_remember(Tx *tx, const void *input, Instant now, void *unused)
{
    const ColumnNames *columns = input;
    return columns->names.len > 0
               ? setting_set(tx, columns->area, PEOPLE_COLUMNS_SETTING, columns->names)
               : setting_drop(tx, columns->area, PEOPLE_COLUMNS_SETTING);
}
