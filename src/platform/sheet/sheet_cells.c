/* sheet_cells.c: the rows of one sheet; what is merged stands in each of its cells. */
#include "platform/sheet/sheet_cells.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "base/vec.h"

#define MAX_ROW 1048576 /* of the format */

typedef struct Merge {
    int64_t top, bottom, left, right; /* from 1, both ends in */
} Merge;

typedef struct MergeVec {
    Merge *items;
    size_t count;
    size_t capacity;
} MergeVec;

typedef struct RowVec {
    CsvRow *items;
    size_t count;
    size_t capacity;
} RowVec;

typedef struct Cells {
    Arena *arena;
    const SheetStyles *styles;
    const SheetStrings *strings;
    RowVec rows;
    MergeVec merges;
    Str row[LIMIT_CSV_COLUMNS]; /* the one being read */
    size_t row_cells;           /* up to the last with text */
    int64_t row_number;
    int64_t column; /* from 1 */
    Str type;
    bool is_date;
    Buf value;
    bool in_value, in_row, in_cell, in_reading_aid;
} Cells;

/* --- references ----------------------------------------------------------------------------- */

/* "BC12": column 55, row 12; false for anything else. */
static bool parse_reference(Str s, int64_t *out_column, int64_t *out_row)
{
    size_t at = 0;
    int64_t column = 0;
    while (at < s.len && s.data[at] >= 'A' && s.data[at] <= 'Z' && at < 3) {
        column = column * 26 + (s.data[at++] - 'A' + 1);
    }
    bool is_number = str_to_int64(str_slice(s, at, s.len), out_row);
    *out_column = column;
    return column > 0 && is_number && *out_row > 0 && *out_row <= MAX_ROW;
}

static Error *unreadable(Arena *arena, const char *why)
{
    return error_make(arena, ERROR_SHEET_UNREADABLE, "xlsx: %s", why);
}

static Error *too_large(Arena *arena, const char *what)
{
    return error_make(arena, ERROR_TOO_LARGE, "xlsx: too many %s", what);
}

/* --- a cell --------------------------------------------------------------------------------- */

static void start_cell(SheetXml *xml, Cells *cells, const char **attributes)
{
    int64_t column = 0, row = 0, style = 0;
    Str reference = sheet_attribute(attributes, "r");
    cells->column++;
    if (reference.len > 0) {
        if (!parse_reference(reference, &column, &row) || column < cells->column) {
            xml->error = unreadable(xml->arena, "a cell out of its place");
            return;
        }
        cells->column = column;
    }
    cells->type = arena_str(xml->arena, sheet_attribute(attributes, "t"));
    bool has_style = str_to_int64(sheet_attribute(attributes, "s"), &style) && style >= 0 &&
                     (size_t)style < cells->styles->is_date.count;
    cells->is_date = has_style && cells->styles->is_date.items[style];
    cells->in_cell = true;
    buf_clear(&cells->value);
}

static Error *value_text(Cells *cells, Str *out)
{
    int64_t index = 0;
    Str value = buf_view(&cells->value);
    *out = value;
    if (str_eq(cells->type, STR("s"))) {
        bool is_good = str_to_int64(str_trim(value), &index) && index >= 0 &&
                       (size_t)index < cells->strings->count;
        *out = is_good ? cells->strings->items[index] : STR("");
        return is_good || value.len == 0 ? NULL
                                         : unreadable(cells->arena, "a string that is not there");
    }
    if (str_eq(cells->type, STR("b"))) {
        *out = str_eq(value, STR("1")) ? STR("TRUE") : STR("FALSE");
    } else if (cells->type.len == 0 || str_eq(cells->type, STR("n"))) {
        *out = sheet_number_text(cells->arena, str_trim(value), cells->is_date,
                                 cells->styles->is_1904);
    }
    return NULL;
}

static Error *bad_cell(const Cells *cells, const char *why)
{
    Error *err = error_make(cells->arena, ERROR_CSV_ROW, "xlsx cell: %s", why);
    return error_with(err, cells->row_number,
                      arena_printf(cells->arena, "%lld", (long long)cells->column));
}

static Error *keep_cell(Cells *cells)
{
    Str text;
    Error *err = value_text(cells, &text);
    text = str_trim(text);
    if (err || text.len == 0) {
        return err;
    }
    if (cells->value.overflowed || text.len > LIMIT_CSV_CELL_BYTES) {
        return too_large(cells->arena, "bytes in a cell");
    }
    if (cells->column > LIMIT_CSV_COLUMNS) {
        return too_large(cells->arena, "columns");
    }
    if (!utf8_is_clean(text)) {
        return bad_cell(cells, "control characters");
    }
    cells->row[cells->column - 1] = arena_str(cells->arena, text);
    cells->row_cells = (size_t)cells->column;
    return NULL;
}

/* --- rows ----------------------------------------------------------------------------------- */

static void start_row(SheetXml *xml, Cells *cells, const char **attributes)
{
    int64_t number = cells->row_number + 1;
    Str said = sheet_attribute(attributes, "r");
    bool is_good = said.len == 0 || str_to_int64(said, &number);
    if (!is_good || number <= cells->row_number || number > MAX_ROW) {
        xml->error = unreadable(xml->arena, "a row out of its place");
        return;
    }
    cells->row_number = number;
    cells->row_cells = 0;
    cells->column = 0;
    cells->in_row = true;
    memset(cells->row, 0, sizeof(cells->row));
}

static Error *keep_row(Cells *cells)
{
    if (cells->row_cells == 0) {
        return NULL;
    }
    if (cells->rows.count == LIMIT_CSV_ROWS) {
        return too_large(cells->arena, "rows");
    }
    if (arena_is_crowded(cells->arena)) {
        return too_large(cells->arena, "bytes");
    }
    Str *kept = arena_array(cells->arena, Str, cells->row_cells);
    for (size_t i = 0; i < cells->row_cells; i++) {
        kept[i] = cells->row[i].data ? cells->row[i] : STR("");
    }
    *vec_push(cells->arena, &cells->rows) =
        (CsvRow){.number = cells->row_number, .cells = kept, .count = cells->row_cells};
    return NULL;
}

/* --- merged cells --------------------------------------------------------------------------- */

static void add_merge(SheetXml *xml, Cells *cells, const char **attributes)
{
    Str first, last;
    Merge merge;
    bool is_range = str_cut(sheet_attribute(attributes, "ref"), ':', &first, &last) &&
                    parse_reference(first, &merge.left, &merge.top) &&
                    parse_reference(last, &merge.right, &merge.bottom);
    if (cells->merges.count == LIMIT_SHEET_MERGES) {
        xml->error = too_large(xml->arena, "merged cells");
    } else if (is_range) {
        *vec_push(xml->arena, &cells->merges) = merge;
    }
}

/* The index of the first row with this number or a later one. */
static size_t find_row(const RowVec *rows, int64_t number)
{
    size_t low = 0, high = rows->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (rows->items[middle].number < number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void set_cell(Arena *arena, CsvRow *row, size_t column, Str text)
{
    if (column >= row->count) {
        Str *wider = arena_array(arena, Str, column + 1);
        for (size_t i = 0; i <= column; i++) {
            wider[i] = i < row->count ? row->cells[i] : STR("");
        }
        row->cells = wider;
        row->count = column + 1;
    }
    row->cells[column] = row->cells[column].len > 0 ? row->cells[column] : text;
}

/* Only rows that have text of their own are filled: a range over a million rows is no bomb. */
static Error *spread(Cells *cells, const Merge *merge, size_t *budget)
{
    size_t at = find_row(&cells->rows, merge->top);
    bool is_there = at < cells->rows.count && cells->rows.items[at].number == merge->top;
    Str text = is_there ? csv_cell(&cells->rows.items[at], (size_t)merge->left - 1) : STR("");
    int64_t right = merge->right < LIMIT_CSV_COLUMNS ? merge->right : LIMIT_CSV_COLUMNS;
    for (; text.len > 0 && at < cells->rows.count; at++) {
        CsvRow *row = &cells->rows.items[at];
        if (row->number > merge->bottom) {
            break;
        }
        for (int64_t column = merge->left; column <= right; column++) {
            if ((*budget)-- == 0) {
                return too_large(cells->arena, "merged cells");
            }
            set_cell(cells->arena, row, (size_t)column - 1, text);
        }
    }
    return NULL;
}

/* --- the part ------------------------------------------------------------------------------- */

static void cells_start(SheetXml *xml, Str name, const char **attributes)
{
    Cells *cells = xml->user;
    if (str_eq(name, STR("row"))) {
        start_row(xml, cells, attributes);
    } else if (cells->in_row && str_eq(name, STR("c"))) {
        start_cell(xml, cells, attributes);
    } else if (str_eq(name, STR("rPh"))) {
        cells->in_reading_aid = true;
    } else if (cells->in_cell && (str_eq(name, STR("v")) || str_eq(name, STR("t")))) {
        cells->in_value = !cells->in_reading_aid;
    } else if (str_eq(name, STR("mergeCell"))) {
        add_merge(xml, cells, attributes);
    }
}

static void cells_end(SheetXml *xml, Str name)
{
    Cells *cells = xml->user;
    if (str_eq(name, STR("row"))) {
        cells->in_row = false;
        xml->error = keep_row(cells);
    } else if (cells->in_cell && str_eq(name, STR("c"))) {
        cells->in_cell = false;
        xml->error = keep_cell(cells);
    } else if (str_eq(name, STR("rPh"))) {
        cells->in_reading_aid = false;
    } else if (str_eq(name, STR("v")) || str_eq(name, STR("t"))) {
        cells->in_value = false;
    }
}

static void cells_text(SheetXml *xml, Str text)
{
    Cells *cells = xml->user;
    if (cells->in_value) {
        buf_str(&cells->value, text);
    }
}

Error *sheet_cells_read(SheetZip *zip, Arena *arena, Str part, const SheetStyles *styles,
                        const SheetStrings *strings, CsvTable *out)
{
    bool found = false;
    Cells *cells = arena_new(arena, Cells);
    *cells = (Cells){.arena = arena, .styles = styles, .strings = strings};
    SheetXml xml = {.user = cells, .start = cells_start, .end = cells_end, .text = cells_text};
    buf_init(&cells->value, LIMIT_CSV_CELL_BYTES * 16);
    Error *err = sheet_zip_parse(zip, part, &xml, &found);
    buf_free(&cells->value);
    size_t budget = LIMIT_SHEET_SPREAD;
    for (size_t i = 0; !err && i < cells->merges.count; i++) {
        err = spread(cells, &cells->merges.items[i], &budget);
    }
    if (err || !found) {
        return err ? err : unreadable(arena, "no sheet");
    }
    *out = (CsvTable){.rows = cells->rows.items, .count = cells->rows.count};
    return NULL;
}
