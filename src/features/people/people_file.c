/* people_file.c: a CSV or xlsx file becomes rows of a roll. */
#include "features/people/people.h"

#include "platform/form/form.h"
#include "platform/sheet/sheet_read.h"

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

/* The names people chose for their columns become ours: "name=住户" and so on, a line each. */
static void rename_columns(Str names, CsvRow *head)
{
    static const char *const ours[] = {"name", "phone", "building", "door", "birth", "residency"};
    Str pair, key, theirs;
    while (names.len > 0) {
        str_cut(names, '\n', &pair, &names);
        bool is_pair = str_cut(pair, '=', &key, &theirs);
        for (size_t i = 0; is_pair && i < head->count; i++) {
            for (size_t n = 0; n < countof(ours); n++) {
                bool is_this = str_eq(key, str_from(ours[n])) && str_trim(theirs).len > 0 &&
                               str_eq(str_trim(theirs), str_trim(head->cells[i]));
                head->cells[i] = is_this ? str_from(ours[n]) : head->cells[i];
            }
        }
    }
}

#define HEAD_WITHIN 5 /* rows: a title and a remark often stand above the column names */

/* What stands in the first row, to be shown beside "no name column". */
static Str words_of(Arena *arena, const CsvRow *row)
{
    Str words = STR("");
    for (size_t i = 0; i < row->count && words.len < 200; i++) {
        words = arena_printf(arena, "%.*s%s%.*s", STR_ARG(words), i > 0 ? "、" : "",
                             STR_ARG(people_first_characters(row->cells[i], 20)));
    }
    return words;
}

/* A title merged over all columns counts as one. */
static size_t different_cells(const CsvRow *row)
{
    size_t count = 0;
    for (size_t i = 0; i < row->count; i++) {
        count += row->cells[i].len > 0 && (i == 0 || !str_eq(row->cells[i], row->cells[i - 1]));
    }
    return count;
}

/* The row of column names; when none is among the first rows, the error of the one that looks most
 * like it. */
static Error *find_header(Arena *arena, Str names, const CsvTable *table, RollHeader *out_header,
                          size_t *out_row)
{
    Error *likely = NULL;
    size_t most = 0;
    for (size_t i = 0; i < table->count && i < HEAD_WITHIN; i++) {
        CsvRow *row = &table->rows[i];
        rename_columns(names, row);
        Error *err = people_roll_header_read(arena, row->cells, row->count, out_header);
        if (!err) {
            *out_row = i;
            return NULL;
        }
        if (different_cells(row) > most) {
            most = different_cells(row);
            likely = error_with(err, 0, words_of(arena, row));
        }
    }
    return likely;
}

Error *people_file_read(Arena *arena, Str bytes, Str names, Date today, RollHeader *out_header,
                        RollRow **out_rows, size_t *out_count)
{
    CsvTable table = {0};
    size_t head = 0;
    Error *err = table_read(arena, bytes, &table);
    if (err) {
        return err;
    }
    if (table.count == 0) {
        return error_make(arena, ERROR_ROLL_NO_ROWS, "empty file");
    }
    err = find_header(arena, names, &table, out_header, &head);
    if (err) {
        return err;
    }
    size_t count = table.count - head - 1;
    if (count == 0) {
        return error_make(arena, ERROR_ROLL_NO_ROWS, "only a header");
    }
    if (count > PEOPLE_MAX_IMPORT_ROWS) {
        return too_many_rows(arena);
    }
    RollRow *rows = arena_array(arena, RollRow, count);
    for (size_t i = 0; i < count; i++) {
        const CsvRow *line = &table.rows[head + i + 1];
        people_roll_row_read(arena, out_header, line->cells, line->count, line->number, today,
                             &rows[i]);
        judge_phone(arena, out_header, &rows[i]);
    }
    *out_rows = rows;
    *out_count = count;
    return NULL;
}
