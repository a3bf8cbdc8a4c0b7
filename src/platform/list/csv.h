/* csv.h: the CSV files people bring (RFC 4180), read strictly.
 *
 * UTF-8 with or without byte order mark, or GB18030 (what spreadsheets in China write). Cells are
 * separated by ',', or by ';' or tab when the first line has no ','; a quoted cell may hold
 * newlines and "" for a quote; after the closing quote only a separator or the line's end may
 * follow. Lines end in LF or CRLF. Rows without any text are left out but counted, so that numbers
 * agree with what a spreadsheet shows.
 */
#ifndef PLATFORM_LIST_CSV_H
#define PLATFORM_LIST_CSV_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

typedef struct CsvRow {
    int64_t number; /* as a spreadsheet shows it: the first row is 1 */
    Str *cells;     /* trimmed, clean UTF-8 */
    size_t count;
} CsvRow;

typedef struct CsvTable {
    CsvRow *rows;
    size_t count;
    bool was_gb18030;
} CsvTable;

/* Errors: CSV_UNREADABLE (neither encoding, or zero bytes in it); CSV_ROW with the row's number and
 * the column as word; TOO_LARGE over LIMIT_CSV_ROWS, LIMIT_CSV_COLUMNS or LIMIT_CSV_CELL_BYTES,
 * or when the arena is crowded by what was read so far. */
MUST_USE Error *csv_read(Arena *arena, Str bytes, CsvTable *out);
/* The cell, or empty when the row is shorter. */
Str csv_cell(const CsvRow *row, size_t column);

#endif
