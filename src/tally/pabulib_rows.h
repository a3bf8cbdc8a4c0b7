/* pabulib_rows.h: inside the .pb reader only. Rows and cells of a ";"-separated text. */
#ifndef TALLY_PABULIB_ROWS_H
#define TALLY_PABULIB_ROWS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

/* Cells after these are passed over unread. */
#define PABULIB_CELLS_MAX 64

typedef struct PabulibRow {
    uint32_t line; /* where it begins, 1 is the first */
    uint32_t count;
    Str cells[PABULIB_CELLS_MAX]; /* trimmed; "none" is empty */
} PabulibRow;

typedef struct PabulibReader {
    Arena *arena; /* for cells that hold "" */
    Str text;
    size_t at;
    uint32_t line; /* of the row at `at` */
} PabulibReader;

/* The next row that is not blank. *out_found = false at the end of the text. Fails on a quoted cell
 * that never ends. */
MUST_USE Error *pabulib_next_row(PabulibReader *reader, PabulibRow *row, bool *out_found);

/* The cell of a column, empty when the row is too short or the column is -1. */
Str pabulib_cell(const PabulibRow *row, int column);

/* Without ASCII white space at both ends. */
Str pabulib_trim(Str s);

/* ERROR_PABULIB at a line, in the form pabulib.h promises. */
Error *pabulib_error(Arena *arena, uint32_t line, Str word, const char *expected);

#endif
