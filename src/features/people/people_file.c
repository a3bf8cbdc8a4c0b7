/* people_file.c: a CSV file becomes rows of a roll. */
#include "features/people/people.h"

#include "platform/form/form.h"
#include "platform/list/csv.h"

/* The first thing wrong with a row is the one that is told. */
static void judge_phone(Arena *arena, const RollHeader *header, RollRow *row)
{
    Str typed = row->phone;
    if (typed.len == 0 || row->bad != ERROR_NONE) {
        return;
    }
    Error *err = parse_phone(arena, typed, &row->phone);
    if (err) {
        row->phone = typed;
        row->bad = ERROR_ROLL_PHONE_UNREADABLE;
        row->bad_column = header->place[ROLL_PHONE] + 1;
        row->bad_cell = people_first_characters(typed, 40);
    }
}

static Error *too_many_rows(Arena *arena)
{
    Error *err = error_make(arena, ERROR_ROLL_TOO_MANY_ROWS, "rows");
    return error_with(err, PEOPLE_MAX_IMPORT_ROWS, (Str){"", 0});
}

Error *people_file_read(Arena *arena, Str bytes, Date today, RollHeader *out_header,
                        RollRow **out_rows, size_t *out_count)
{
    CsvTable table = {0};
    Error *err = csv_read(arena, bytes, &table);
    if (err) {
        return err;
    }
    if (table.count == 0) {
        return error_make(arena, ERROR_ROLL_NO_ROWS, "empty file");
    }
    err = people_roll_header_read(arena, table.rows[0].cells, table.rows[0].count, out_header);
    if (err) {
        return err;
    }
    size_t count = table.count - 1;
    if (count == 0) {
        return error_make(arena, ERROR_ROLL_NO_ROWS, "only a header");
    }
    if (count > PEOPLE_MAX_IMPORT_ROWS) {
        return too_many_rows(arena);
    }
    RollRow *rows = arena_array(arena, RollRow, count);
    for (size_t i = 0; i < count; i++) {
        const CsvRow *line = &table.rows[i + 1];
        people_roll_row_read(arena, out_header, line->cells, line->count, line->number, today,
                             &rows[i]);
        judge_phone(arena, out_header, &rows[i]);
    }
    *out_rows = rows;
    *out_count = count;
    return NULL;
}
