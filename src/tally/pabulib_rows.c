#include "tally/pabulib_rows.h"

#include <string.h>

#include "base/utf8.h"

#define WORD_SHOWN_BYTES 60
#define FIRST_WINDOW     ((size_t)4096)
#define WINDOW_BYTES     ((size_t)32 * 1024)
#define ROW_BYTES_MAX    ((size_t)64 * 1024 * 1024)

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

/* ---- the window ---------------------------------------------------------------------------- */

static Error *make_room(PabulibReader *reader)
{
    size_t left = reader->end - reader->at;
    char *window = reader->window;
    if (left == 0 && reader->end == 0) {
        return NULL;
    }
    bool is_first_full = reader->end == reader->capacity && reader->capacity < WINDOW_BYTES;
    if (left > reader->capacity / 2 || is_first_full) {
        if (reader->capacity >= 2 * ROW_BYTES_MAX) {
            return pabulib_error(reader->arena, reader->line, (Str){0}, "a row of at most 64 MB");
        }
        reader->capacity = reader->capacity < WINDOW_BYTES ? WINDOW_BYTES : reader->capacity * 2;
        window = arena_array(reader->arena, char, reader->capacity + PABULIB_PADDING);
    }
    memmove(window, reader->window + reader->at, left);
    reader->window = window;
    reader->checked -= reader->at;
    reader->lines = 0;
    reader->at = 0;
    reader->end = left;
    return NULL;
}

/* The end of what can be checked: a character cut at the end of the window waits for its rest. */
static size_t whole_characters(const PabulibReader *reader)
{
    size_t at = reader->end;
    size_t back = 0;
    while (!reader->is_last && at > reader->checked && back < 3) {
        at--;
        back++;
        uint8_t byte = (uint8_t)reader->window[at];
        if (byte < 0x80) {
            break;
        }
        if (byte >= 0xC0) {
            size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
            return length > back ? at : reader->end;
        }
    }
    return reader->end;
}

static Str window_slice(const PabulibReader *reader, size_t from, size_t to)
{
    return str_from_bytes(reader->window + from, to - from);
}

/* Names the line that holds the bytes. */
static Error *refuse_bytes(const PabulibReader *reader)
{
    uint32_t line = reader->line;
    size_t from = reader->at;
    size_t to = from;
    while (to < reader->end) {
        bool second = to > from && reader->window[to] == '\n' && reader->window[to - 1] == '\r';
        bool ends = is_line_end(reader->window[to]);
        if (ends && !utf8_is_valid(window_slice(reader, from, to))) {
            break;
        }
        line += ends && !second;
        from = ends && reader->window[to] == '\n' ? to + 1 : from;
        to++;
    }
    return pabulib_error(reader->arena, line, (Str){0}, "a text in UTF-8");
}

static Error *check_text(PabulibReader *reader)
{
    size_t to = whole_characters(reader);
    if (!utf8_is_valid(window_slice(reader, reader->checked, to))) {
        return refuse_bytes(reader);
    }
    reader->checked = to;
    const char *last = memrchr(reader->window + reader->at, '\n', to - reader->at);
    reader->lines = last == NULL ? 0 : (size_t)(last - reader->window) + 1;
    return NULL;
}

static Error *read_more(PabulibReader *reader)
{
    Error *err = make_room(reader);
    if (err) {
        return err;
    }
    size_t got = 0;
    err = reader->source.read(reader->arena, reader->source.context, reader->window + reader->end,
                              reader->capacity - reader->end, &got);
    if (err) {
        return err;
    }
    reader->is_last = got == 0;
    reader->end += got;
    return check_text(reader);
}

/* A byte more than a file has, so that its end is read with it. */
static size_t first_window(size_t expected_bytes)
{
    size_t bytes = expected_bytes < WINDOW_BYTES ? expected_bytes + 1 : WINDOW_BYTES;
    return expected_bytes == 0 ? FIRST_WINDOW : bytes;
}

Error *pabulib_reader_open(PabulibReader *reader, Arena *arena, const PabulibSource *source)
{
    size_t capacity = first_window(source->expected_bytes);
    *reader = (PabulibReader){.arena = arena,
                              .source = *source,
                              .capacity = capacity,
                              .line = 1,
                              .window = arena_array(arena, char, capacity + PABULIB_PADDING)};
    while (reader->end < 3 && !reader->is_last) {
        Error *err = read_more(reader);
        if (err) {
            return err;
        }
    }
    reader->at = str_starts_with(window_slice(reader, 0, reader->end), STR("\xEF\xBB\xBF")) ? 3 : 0;
    return NULL;
}

/* ---- cells --------------------------------------------------------------------------------- */
/* The readers of parts of a row return false when the part may go on behind the window. */

static bool read_line_end(PabulibReader *reader)
{
    if (reader->at == reader->end) {
        return reader->is_last;
    }
    bool is_return = reader->window[reader->at] == '\r';
    if (is_return && reader->at + 1 == reader->end && !reader->is_last) {
        return false;
    }
    bool two = is_return && reader->at + 1 < reader->end && reader->window[reader->at + 1] == '\n';
    reader->at += two ? 2 : 1;
    reader->line++;
    return true;
}

/* Up to the next separator or line end. */
static bool read_plain(PabulibReader *reader)
{
    size_t at = reader->at;
    while (at < reader->end && reader->window[at] != ';' && !is_line_end(reader->window[at])) {
        at++;
    }
    reader->at = at;
    return at < reader->end || reader->is_last;
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

/* Moves behind the closing quote of the cell whose content begins at `at`. *out_closed = false at
 * the end of the text. */
static bool find_closing_quote(PabulibReader *reader, bool *out_doubled, bool *out_closed)
{
    *out_doubled = false;
    *out_closed = false;
    size_t at = reader->at;
    while (at < reader->end && !*out_closed) {
        const char *quote = memchr(reader->window + at, '"', reader->end - at);
        at = quote == NULL ? reader->end : (size_t)(quote - reader->window) + 1;
        if (quote != NULL && at == reader->end && !reader->is_last) {
            return false;
        }
        bool doubled = quote != NULL && at < reader->end && reader->window[at] == '"';
        *out_closed = quote != NULL && !doubled;
        *out_doubled |= doubled;
        at += doubled;
    }
    reader->at = at;
    return *out_closed || reader->is_last;
}

static Error *read_quoted(PabulibReader *reader, PabulibRow *row, Str *out, bool *out_whole)
{
    bool closed = false;
    bool doubled = false;
    reader->at++;
    size_t from = reader->at;
    *out_whole = find_closing_quote(reader, &doubled, &closed);
    if (*out_whole && !closed) {
        return pabulib_error(reader->arena, reader->line, (Str){0},
                             "a closing quote for the cell that begins with \" here");
    }
    if (!*out_whole) {
        return NULL;
    }
    size_t to = reader->at - 1;
    *out_whole = read_plain(reader);
    bool joined = doubled || reader->at > to + 1;
    *out = window_slice(reader, from, joined ? reader->at : to);
    reader->line += count_line_ends(window_slice(reader, from, to));
    if (joined && row->count < PABULIB_CELLS_MAX) {
        row->joined |= UINT64_C(1) << row->count;
    }
    return NULL;
}

static Error *read_cell(PabulibReader *reader, PabulibRow *row, bool *out_whole)
{
    Str cell = {0};
    Error *err = NULL;
    if (reader->at < reader->end && reader->window[reader->at] == '"') {
        err = read_quoted(reader, row, &cell, out_whole);
    } else {
        size_t from = reader->at;
        *out_whole = read_plain(reader);
        cell = window_slice(reader, from, reader->at);
    }
    if (row->count < PABULIB_CELLS_MAX) {
        row->cells[row->count++] = cell;
    }
    return err;
}

static Error *read_cells(PabulibReader *reader, PabulibRow *row, bool *out_whole)
{
    bool more = true;
    while (more) {
        Error *err = read_cell(reader, row, out_whole);
        if (err || !*out_whole) {
            return err;
        }
        more = reader->at < reader->end && reader->window[reader->at] == ';';
        reader->at += more;
    }
    *out_whole = read_line_end(reader);
    return NULL;
}

/* Takes the quotes out, in place: "" becomes ", the closing one goes, what follows it stays, as
 * spreadsheets read it. */
static Str join_quoted(PabulibReader *reader, Str raw)
{
    char *to = reader->window + (raw.data - reader->window);
    size_t len = 0;
    bool inside = true;
    for (size_t i = 0; i < raw.len; i++) {
        bool quote = inside && raw.data[i] == '"';
        bool doubled = quote && i + 1 < raw.len && raw.data[i + 1] == '"';
        inside = inside && (!quote || doubled);
        i += doubled;
        if (!quote || doubled) {
            to[len++] = raw.data[i];
        }
    }
    return str_from_bytes(to, len);
}

static Str meaningful(Str cell)
{
    cell = pabulib_trim(cell);
    bool is_none = cell.len == 4 && (cell.data[0] == 'n' || cell.data[0] == 'N') &&
                   str_eq_ignore_case(cell, STR("none"));
    return is_none ? (Str){cell.data, 0} : cell;
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

/* The whole row is there: its cells get their meaning. */
static void finish_cells(PabulibReader *reader, PabulibRow *row)
{
    for (uint32_t i = 0; i < row->count; i++) {
        bool joined = (row->joined >> i & 1) != 0;
        row->cells[i] = meaningful(joined ? join_quoted(reader, row->cells[i]) : row->cells[i]);
    }
}

/* The row at reader->at; or, when it is not whole in the window, more of the text. */
static Error *try_row(PabulibReader *reader, PabulibRow *row, bool *out_found)
{
    size_t from = reader->at;
    bool whole = false;
    row->line = reader->line;
    row->count = 0;
    row->joined = 0;
    Error *err = read_cells(reader, row, &whole);
    if (!err && !whole) {
        reader->at = from;
        reader->line = row->line;
        return read_more(reader);
    }
    if (!err) {
        finish_cells(reader, row);
        *out_found = !is_blank(row);
    }
    return err;
}

Error *pabulib_next_row(PabulibReader *reader, PabulibRow *row, bool *out_found)
{
    *out_found = false;
    while (!*out_found && (reader->at < reader->end || !reader->is_last)) {
        Error *err =
            reader->at == reader->end ? read_more(reader) : try_row(reader, row, out_found);
        if (err) {
            return err;
        }
    }
    return NULL;
}

Str pabulib_cell(const PabulibRow *row, int column)
{
    return column >= 0 && (uint32_t)column < row->count ? row->cells[column] : (Str){0};
}
