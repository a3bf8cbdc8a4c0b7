#include "tally/pabulib_rows.h"

#include <string.h>

#define WORD_SHOWN_BYTES 60

Error *pabulib_error(Arena *arena, uint32_t line, Str word, const char *expected)
{
    /* The word is quoted shortened and without control characters, so that the message is one
     * readable line whatever the file holds. */
    Str shown = arena_str(arena, str_slice(word, 0, WORD_SHOWN_BYTES));
    while (shown.len < word.len && shown.len > 0 &&
           ((uint8_t)word.data[shown.len] & 0xC0) == 0x80) {
        shown.len--;
    }
    char *bytes = arena_cstr(arena, shown);
    for (size_t i = 0; i < shown.len; i++) {
        bytes[i] = (uint8_t)bytes[i] < 0x20 || bytes[i] == 0x7F ? ' ' : bytes[i];
    }
    const char *found = word.len > 0 ? ", found " : "";
    const char *quote = word.len > 0 ? "\"" : "";
    Error *error = line == 0
                       ? error_make(arena, ERROR_PABULIB, "expected %s%s%s%.*s%s", expected, found,
                                    quote, (int)shown.len, bytes, quote)
                       : error_make(arena, ERROR_PABULIB, "line %u: expected %s%s%s%.*s%s", line,
                                    expected, found, quote, (int)shown.len, bytes, quote);
    return error_with(error, line, str_from_bytes(bytes, shown.len));
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f';
}

Str pabulib_trim(Str s)
{
    while (s.len > 0 && is_space(s.data[0])) {
        s.data++;
        s.len--;
    }
    while (s.len > 0 && is_space(s.data[s.len - 1])) {
        s.len--;
    }
    return s;
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

static bool at_end(const PabulibReader *reader)
{
    return reader->at >= reader->text.len;
}

/* Steps over one LF, CRLF or CR. */
static void step_line_end(PabulibReader *reader)
{
    const char *data = reader->text.data;
    bool two = data[reader->at] == '\r' && reader->at + 1 < reader->text.len &&
               data[reader->at + 1] == '\n';
    reader->at += two ? 2 : 1;
    reader->line++;
}

/* A cell without quotes: up to the next separator or line end. */
static Str read_plain(PabulibReader *reader)
{
    const char *data = reader->text.data;
    size_t from = reader->at;
    size_t at = from;
    while (at < reader->text.len && data[at] != ';' && !is_line_end(data[at])) {
        at++;
    }
    reader->at = at;
    return str_from_bytes(data + from, at - from);
}

/* The closing quote of the cell whose content begins at `at`; text.len when there is none. */
static size_t find_closing_quote(const PabulibReader *reader, size_t at, bool *doubled)
{
    Str text = reader->text;
    while (at < text.len) {
        const char *quote = memchr(text.data + at, '"', text.len - at);
        if (quote == NULL) {
            return text.len;
        }
        at = (size_t)(quote - text.data);
        if (at + 1 >= text.len || text.data[at + 1] != '"') {
            return at;
        }
        *doubled = true;
        at += 2;
    }
    return text.len;
}

static uint32_t count_line_ends(Str s)
{
    uint32_t count = 0;
    for (size_t i = 0; i < s.len; i++) {
        bool second_half = s.data[i] == '\n' && i > 0 && s.data[i - 1] == '\r';
        count += is_line_end(s.data[i]) && !second_half;
    }
    return count;
}

/* Content of a quoted cell ("" becomes ") and what follows its closing quote, as spreadsheets read
 * it. */
static Str join_quoted(Arena *arena, Str inside, Str after)
{
    char *joined = arena_array(arena, char, inside.len + after.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < inside.len; i++) {
        joined[len++] = inside.data[i];
        i += inside.data[i] == '"';
    }
    for (size_t i = 0; i < after.len; i++) {
        joined[len++] = after.data[i];
    }
    return str_from_bytes(joined, len);
}

static Error *read_quoted(PabulibReader *reader, Str *out)
{
    size_t from = reader->at + 1;
    bool doubled = false;
    size_t to = find_closing_quote(reader, from, &doubled);
    if (to >= reader->text.len) {
        return pabulib_error(reader->arena, reader->line, (Str){0},
                             "a closing quote for the cell that begins with \" here");
    }
    Str inside = str_slice(reader->text, from, to);
    reader->line += count_line_ends(inside);
    reader->at = to + 1;
    Str after = read_plain(reader);
    *out = doubled || after.len > 0 ? join_quoted(reader->arena, inside, after) : inside;
    return NULL;
}

static Str meaningful(Str cell)
{
    cell = pabulib_trim(cell);
    bool is_none = cell.len == 4 && (cell.data[0] == 'n' || cell.data[0] == 'N') &&
                   str_eq_ignore_case(cell, STR("none"));
    return is_none ? (Str){cell.data, 0} : cell;
}

static Error *read_cells(PabulibReader *reader, PabulibRow *row)
{
    bool more = true;
    while (more) {
        Str cell = {0};
        if (!at_end(reader) && reader->text.data[reader->at] == '"') {
            Error *err = read_quoted(reader, &cell);
            if (err) {
                return err;
            }
        } else {
            cell = read_plain(reader);
        }
        if (row->count < PABULIB_CELLS_MAX) {
            row->cells[row->count++] = meaningful(cell);
        }
        more = !at_end(reader) && reader->text.data[reader->at] == ';';
        reader->at += more;
    }
    if (!at_end(reader)) {
        step_line_end(reader);
    }
    return NULL;
}

/* Spreadsheets like to end a file with rows of nothing but separators. */
static bool is_blank(const PabulibRow *row)
{
    for (uint32_t i = 0; i < row->count; i++) {
        if (row->cells[i].len > 0) {
            return false;
        }
    }
    return true;
}

Error *pabulib_next_row(PabulibReader *reader, PabulibRow *row, bool *out_found)
{
    *out_found = false;
    while (!at_end(reader) && !*out_found) {
        row->line = reader->line;
        row->count = 0;
        Error *err = read_cells(reader, row);
        if (err) {
            return err;
        }
        *out_found = !is_blank(row);
    }
    return NULL;
}

Str pabulib_cell(const PabulibRow *row, int column)
{
    return column >= 0 && (uint32_t)column < row->count ? row->cells[column] : (Str){0};
}
