#include "features/demo/demo_read.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "base/vec.h"

#define MAX_FILE_BYTES (1u << 20)

typedef struct Cells {
    Str *items;
    size_t count;
    size_t capacity;
} Cells;

typedef struct Rows {
    DemoRow *items;
    size_t count;
    size_t capacity;
} Rows;

static Error *read_bytes(Arena *arena, Str path, Str *out)
{
    FILE *file = fopen(path.data, "rb");
    if (!file) {
        return error_make(arena, ERROR_FILE_SYSTEM, "%s cannot be read: %s", path.data,
                          strerror(errno));
    }
    char *bytes = arena_array(arena, char, MAX_FILE_BYTES);
    size_t length = fread(bytes, 1, MAX_FILE_BYTES, file);
    bool failed = ferror(file) != 0 || length == MAX_FILE_BYTES;
    fclose(file);
    *out = str_from_bytes(bytes, length);
    return failed ? error_make(arena, ERROR_FILE_SYSTEM, "%s cannot be read, or is too long",
                               path.data)
                  : NULL;
}

static void split(Arena *arena, Str line, char separator, Cells *out)
{
    Str cell;
    bool more = true;
    while (more) {
        more = str_cut(line, separator, &cell, &line);
        *vec_push(arena, out) = cell;
    }
}

/* The text with "\n" made a line break. */
static Str unescape(Arena *arena, Str cell)
{
    if (!str_contains(cell, STR("\\n"))) {
        return cell;
    }
    Str copy = arena_str(arena, cell);
    char *bytes = (char *)(uintptr_t)copy.data; /* our own copy */
    size_t length = 0;
    for (size_t i = 0; i < cell.len; i++) {
        bool is_break = cell.data[i] == '\\' && i + 1 < cell.len && cell.data[i + 1] == 'n';
        bytes[length++] = is_break ? '\n' : cell.data[i];
        i += is_break;
    }
    return str_slice(copy, 0, length);
}

static Error *check_columns(Arena *arena, const DemoTable *table, int line, const Cells *expected)
{
    bool same = table->n_columns == expected->count;
    for (size_t i = 0; same && i < expected->count; i++) {
        same = str_eq(table->columns[i], expected->items[i]); /* NOLINT: columns are not NULL */
    }
    return same ? NULL
                : error_make(arena, ERROR_CONFIGURATION, "%.*s:%d: not the columns expected here",
                             STR_ARG(table->path), line);
}

static Error *take_line(Arena *arena, DemoTable *table, Rows *rows, Str line, int number,
                        const Cells *expected)
{
    Cells cells = {0};
    split(arena, line, '\t', &cells);
    if (!table->columns) {
        table->columns = cells.items;
        table->n_columns = cells.count;
        return check_columns(arena, table, number, expected);
    }
    if (cells.count != table->n_columns) {
        return error_make(arena, ERROR_CONFIGURATION, "%.*s:%d: %zu cells where %zu are needed",
                          STR_ARG(table->path), number, cells.count, table->n_columns);
    }
    for (size_t i = 0; i < cells.count; i++) {
        bool is_empty = str_eq(cells.items[i], STR("-"));
        cells.items[i] = is_empty ? STR("") : unescape(arena, cells.items[i]);
    }
    *vec_push(arena, rows) = (DemoRow){.line = number, .cells = cells.items};
    return NULL;
}

Error *demo_table_parse(Arena *arena, Str path, Str bytes, const char *columns, DemoTable *out)
{
    *out = (DemoTable){.path = path};
    if (!utf8_is_valid(bytes)) {
        return error_make(arena, ERROR_CONFIGURATION, "%.*s: not UTF-8", STR_ARG(path));
    }
    Cells expected = {0};
    split(arena, str_from(columns), ' ', &expected);
    Rows rows = {0};
    for (int number = 1; bytes.len > 0; number++) {
        Str line;
        str_cut(bytes, '\n', &line, &bytes);
        if (line.len == 0 || line.data[0] == '#') {
            continue;
        }
        Error *err = take_line(arena, out, &rows, line, number, &expected);
        if (err) {
            return err;
        }
    }
    out->rows = rows.items;
    out->count = rows.count;
    return out->columns ? NULL : check_columns(arena, out, 1, &expected);
}

Error *demo_table_read(Arena *arena, const char *directory, const char *name, const char *columns,
                       DemoTable *out)
{
    Str path = arena_printf(arena, "%s/%s", directory, name);
    Str bytes = {0};
    Error *err = read_bytes(arena, path, &bytes);
    return err ? err : demo_table_parse(arena, path, bytes, columns, out);
}

/* --- cells ------------------------------------------------------------------------------------
 */

DemoCursor demo_cursor(Arena *arena, const DemoTable *table)
{
    return (DemoCursor){.arena = arena, .table = table};
}

void demo_row(DemoCursor *cursor, size_t row)
{
    cursor->row = row;
    cursor->column = 0;
}

void demo_wrong(DemoCursor *cursor, const char *why)
{
    if (!cursor->error) {
        const DemoTable *table = cursor->table;
        cursor->error = error_make(cursor->arena, ERROR_CONFIGURATION, "%.*s:%d: %.*s: %s",
                                   STR_ARG(table->path), table->rows[cursor->row].line,
                                   STR_ARG(table->columns[cursor->column - 1]), why);
    }
}

Str next_text(DemoCursor *cursor)
{
    require(cursor->column < cursor->table->n_columns);
    return cursor->table->rows[cursor->row].cells[cursor->column++];
}

int64_t next_number(DemoCursor *cursor, int64_t low, int64_t high)
{
    Str cell = next_text(cursor);
    int64_t number = 0;
    if (cell.len > 0 && !str_to_int64(cell, &number)) {
        demo_wrong(cursor, "not a whole number");
        return 0;
    }
    if (number < low || number > high) {
        demo_wrong(cursor, "outside its bounds");
        return 0;
    }
    return number;
}

int next_time(DemoCursor *cursor)
{
    Str cell = next_text(cursor);
    Str hour, minute;
    int64_t h = 0;
    int64_t m = 0;
    if (cell.len == 0) {
        return 0;
    }
    bool ok = str_cut(cell, ':', &hour, &minute) && str_to_int64(hour, &h) &&
              str_to_int64(minute, &m) && h >= 0 && h < 24 && m >= 0 && m < 60;
    if (!ok) {
        demo_wrong(cursor, "not a time like 09:30");
        return 0;
    }
    return (int)(h * 60 + m);
}

int next_word(DemoCursor *cursor, const char *words)
{
    Str cell = next_text(cursor);
    Cells known = {0};
    split(cursor->arena, str_from(words), ' ', &known);
    for (size_t i = 0; i < known.count; i++) {
        if (str_eq(known.items[i], cell)) {
            return (int)i;
        }
    }
    demo_wrong(cursor, "not a word known here");
    return 0;
}

/* The map holds row + 1 as a pointer, so that row 0 is not "absent". */
Str next_key(DemoCursor *cursor, Map *keys)
{
    Str key = next_text(cursor);
    if (key.len == 0 || map_get(keys, key)) {
        demo_wrong(cursor, "missing, or twice in this file");
        return key;
    }
    map_set(keys, key, (void *)(cursor->row + 1));
    return key;
}

int next_reference(DemoCursor *cursor, const Map *keys)
{
    Str key = next_text(cursor);
    if (key.len == 0) {
        return -1;
    }
    uintptr_t row = (uintptr_t)map_get(keys, key);
    if (row == 0) {
        demo_wrong(cursor, "no row has this key");
    }
    return (int)row - 1;
}
