#include "platform/list/csv.h"

#include <errno.h>
#include <iconv.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "base/vec.h"

typedef struct RowVec {
    CsvRow *items;
    size_t count;
    size_t capacity;
} RowVec;

typedef struct CellVec {
    Str *items;
    size_t count;
    size_t capacity;
} CellVec;

typedef struct Reader {
    Arena *arena;
    Str text;
    size_t at;
    char separator;
    int64_t row;
    CellVec cells; /* of the row being read; used again for the next one */
} Reader;

/* --- encoding ------------------------------------------------------------------------------- */

static Error *unreadable(Arena *arena, const char *why)
{
    return error_make(arena, ERROR_CSV_UNREADABLE, "%s", why);
}

static Error *from_gb18030(Arena *arena, Str bytes, Str *out)
{
    iconv_t converter = iconv_open("UTF-8", "GB18030");
    if (converter == (iconv_t)-1) {
        return unreadable(arena, "iconv does not know GB18030");
    }
    size_t room = bytes.len * 2 + 16; /* two bytes become three at most, four stay four */
    char *text = arena_array(arena, char, room);
    char *from = (char *)(uintptr_t)bytes.data, *to = text;
    size_t from_left = bytes.len, to_left = room;
    size_t result = iconv(converter, &from, &from_left, &to, &to_left);
    iconv_close(converter);
    *out = str_from_bytes(text, room - to_left);
    return result == (size_t)-1 || from_left > 0 ? unreadable(arena, "not GB18030") : NULL;
}

static Error *to_utf8(Arena *arena, Str bytes, Str *out, bool *was_gb18030)
{
    if (bytes.len > 0 && memchr(bytes.data, '\0', bytes.len)) {
        return unreadable(arena, "zero bytes: UTF-16 or not text");
    }
    if (str_starts_with(bytes, STR("\xEF\xBB\xBF"))) {
        bytes = str_slice(bytes, 3, bytes.len);
    }
    *was_gb18030 = !utf8_is_valid(bytes);
    *out = bytes;
    return *was_gb18030 ? from_gb18030(arena, bytes, out) : NULL;
}

/* --- rows ----------------------------------------------------------------------------------- */

static Error *row_error(Reader *reader, const char *why)
{
    Error *error = error_make(reader->arena, ERROR_CSV_ROW, "csv row: %s", why);
    return error_with(error, reader->row,
                      arena_printf(reader->arena, "%zu", reader->cells.count + 1));
}

static Error *too_large(Reader *reader, const char *what)
{
    return error_make(reader->arena, ERROR_TOO_LARGE, "csv: too many %s", what);
}

static char peek(const Reader *reader)
{
    return reader->at < reader->text.len ? reader->text.data[reader->at] : '\n';
}

static bool ends_cell(const Reader *reader)
{
    char c = peek(reader);
    bool crlf =
        c == '\r' && reader->at + 1 < reader->text.len && reader->text.data[reader->at + 1] == '\n';
    bool last_cr = c == '\r' && reader->at + 1 == reader->text.len;
    return c == reader->separator || c == '\n' || crlf || last_cr;
}

/* The inside of a quoted cell; the reader stands after the opening quote. */
static Error *read_quoted(Reader *reader, Str *out)
{
    size_t start = reader->at;
    const char *data = reader->text.data;
    for (; reader->at < reader->text.len; reader->at++) {
        if (data[reader->at] != '"') {
            continue;
        }
        if (reader->at + 1 < reader->text.len && data[reader->at + 1] == '"') {
            reader->at++;
            continue;
        }
        break;
    }
    if (reader->at == reader->text.len) {
        return row_error(reader, "a quote without its partner");
    }
    char *cell = arena_array(reader->arena, char, reader->at - start + 1);
    size_t len = 0;
    for (size_t i = start; i < reader->at; i++) {
        cell[len++] = data[i];
        i += data[i] == '"'; /* the second of a pair */
    }
    reader->at++;
    *out = str_from_bytes(cell, len);
    return ends_cell(reader) ? NULL : row_error(reader, "text after a closing quote");
}

static Error *read_plain(Reader *reader, Str *out)
{
    size_t start = reader->at;
    while (!ends_cell(reader)) {
        if (peek(reader) == '"' || peek(reader) == '\r') {
            return row_error(reader, "a quote or carriage return inside a cell");
        }
        reader->at++;
    }
    *out = str_slice(reader->text, start, reader->at);
    return NULL;
}

static Error *read_cell(Reader *reader)
{
    Str cell = STR("");
    bool quoted = peek(reader) == '"' && reader->at < reader->text.len;
    reader->at += quoted;
    Error *error = quoted ? read_quoted(reader, &cell) : read_plain(reader, &cell);
    if (error) {
        return error;
    }
    if (cell.len > LIMIT_CSV_CELL_BYTES) {
        return too_large(reader, "bytes in a cell");
    }
    if (!utf8_is_clean(cell)) {
        return row_error(reader, "control characters");
    }
    if (reader->cells.count == LIMIT_CSV_COLUMNS) {
        return too_large(reader, "columns");
    }
    *vec_push(reader->arena, &reader->cells) = str_trim(cell);
    return NULL;
}

static Error *read_row(Reader *reader)
{
    reader->cells.count = 0;
    reader->row++;
    for (;;) {
        Error *error = read_cell(reader);
        if (error) {
            return error;
        }
        if (reader->at >= reader->text.len || peek(reader) != reader->separator) {
            break;
        }
        reader->at++;
    }
    reader->at += peek(reader) == '\r';
    reader->at += reader->at < reader->text.len;
    return NULL;
}

/* A row costs what its cells need and no more: a file of short lines must not fill the arena. */
static CsvRow keep_row(const Reader *reader)
{
    const CellVec *cells = &reader->cells;
    Str *kept = arena_array(reader->arena, Str, cells->count);
    memcpy(kept, cells->items, cells->count * sizeof(*kept));
    return (CsvRow){.number = reader->row, .cells = kept, .count = cells->count};
}

static bool row_is_empty(const CellVec *cells)
{
    for (size_t i = 0; i < cells->count; i++) {
        if (cells->items[i].len > 0) {
            return false;
        }
    }
    return true;
}

/* ',' unless the first line has none and another separator. */
static char find_separator(Str text)
{
    Str line, rest;
    str_cut(text, '\n', &line, &rest);
    if (str_contains(line, STR(","))) {
        return ',';
    }
    return str_contains(line, STR("\t")) ? '\t' : str_contains(line, STR(";")) ? ';' : ',';
}

Error *csv_read(Arena *arena, Str bytes, CsvTable *out)
{
    Reader reader = {.arena = arena};
    RowVec rows = {0};
    *out = (CsvTable){0};
    Error *error = to_utf8(arena, bytes, &reader.text, &out->was_gb18030);
    if (error) {
        return error;
    }
    reader.separator = find_separator(reader.text);
    while (reader.at < reader.text.len) {
        error = read_row(&reader);
        if (error) {
            return error;
        }
        if (row_is_empty(&reader.cells)) {
            continue;
        }
        if (rows.count == LIMIT_CSV_ROWS || arena_is_crowded(arena)) {
            return too_large(&reader, "rows");
        }
        *vec_push(arena, &rows) = keep_row(&reader);
    }
    out->rows = rows.items;
    out->count = rows.count;
    return NULL;
}

Str csv_cell(const CsvRow *row, size_t column)
{
    return column < row->count ? row->cells[column] : STR("");
}
