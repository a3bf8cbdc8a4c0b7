/* pabulib_rows.h: inside the .pb reader only. Rows and cells of a ";"-separated text that comes in
 * pieces; only a window of it is in memory. */
#ifndef TALLY_PABULIB_ROWS_H
#define TALLY_PABULIB_ROWS_H

#include "tally/pabulib.h"

/* Cells after these are passed over unread. */
#define PABULIB_CELLS_MAX 64
/* Bytes behind the window that may be read, though they mean nothing. */
#define PABULIB_PADDING 72

typedef struct PabulibRow {
    uint32_t line; /* where it begins, 1 is the first */
    uint32_t count;
    uint64_t joined;              /* bit i: cell i has quotes inside that are to be taken out */
    Str cells[PABULIB_CELLS_MAX]; /* trimmed; "none" is empty; good until the next row is read */
} PabulibRow;

typedef struct PabulibReader {
    Arena *arena; /* for the window and errors */
    PabulibSource source;
    char *window; /* bytes at .. end are still to be read */
    size_t capacity;
    size_t at;
    size_t end;
    size_t checked; /* bytes before this are known to be UTF-8 */
    size_t lines;   /* behind the last LF in the window: a row without quotes before it is whole */
    bool is_last;   /* the source has no more */
    uint32_t line;  /* of the row at `at` */
} PabulibReader;

/* Starts reading: takes the first piece and passes over a byte order mark. */
MUST_USE Error *pabulib_reader_open(PabulibReader *reader, Arena *arena,
                                    const PabulibSource *source);

/* The next row that is not blank. *out_found = false at the end of the text. Fails on a quoted cell
 * that never ends, on a row above 64 MB, on bytes that are not UTF-8 and when the source fails. */
MUST_USE Error *pabulib_next_row(PabulibReader *reader, PabulibRow *row, bool *out_found);

/* The cell of a column, empty when the row is too short or the column is -1. */
Str pabulib_cell(const PabulibRow *row, int column);

/* Without ASCII white space at both ends. */
Str pabulib_trim(Str s);

/* ERROR_PABULIB at a line, in the form pabulib.h promises. */
Error *pabulib_error(Arena *arena, uint32_t line, Str word, const char *expected);

#endif
