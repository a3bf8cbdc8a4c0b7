/* demo_read.h: one file of the demonstration: tab-separated cells.
 *
 * Lines beginning with '#' are comments, the first other line names the columns. Every row has as
 * many cells; "-" alone is empty; "\n" (two characters) is a line break. Cells are taken one after
 * the other by next_*; the first one that is wrong is remembered with its line and column, and the
 * rest read as nothing, so that a reader checks once at the end.
 * Start reading at demo_table_read() and DemoCursor.
 */
#ifndef FEATURES_DEMO_DEMO_READ_H
#define FEATURES_DEMO_DEMO_READ_H

#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"

typedef struct DemoRow {
    int line;
    Str *cells;
} DemoRow;

typedef struct DemoTable {
    Str path;
    Str *columns;
    size_t n_columns;
    DemoRow *rows;
    size_t count;
} DemoTable;

/* Reads directory/name. `columns`: the names expected, separated by spaces. Errors: FILE_SYSTEM;
 * CONFIGURATION "path:line: ..." for other columns, another number of cells, or no UTF-8. */
MUST_USE Error *demo_table_read(Arena *arena, const char *directory, const char *name,
                                const char *columns, DemoTable *out);
/* The same from memory; path is for messages. */
MUST_USE Error *demo_table_parse(Arena *arena, Str path, Str bytes, const char *columns,
                                 DemoTable *out);

typedef struct DemoCursor {
    Arena *arena;
    const DemoTable *table;
    size_t row;
    size_t column; /* of the next cell */
    Error *error;  /* the first wrong cell of the table */
} DemoCursor;

DemoCursor demo_cursor(Arena *arena, const DemoTable *table);
/* To the first cell of a row. */
void demo_row(DemoCursor *cursor, size_t row);
/* Marks the cell just taken as wrong, unless an earlier one is. */
void demo_wrong(DemoCursor *cursor, const char *why);

/* Empty for "-". */
Str next_text(DemoCursor *cursor);
/* A whole number; "-" reads as 0 when `low` lets it. */
int64_t next_number(DemoCursor *cursor, int64_t low, int64_t high);
/* "09:30" in minutes; "-" reads as 0. */
int next_time(DemoCursor *cursor);
/* The place of the word in `words` (separated by spaces), counted from 0. */
int next_word(DemoCursor *cursor, const char *words);
/* A key this table defines: kept in *keys with its row. */
Str next_key(DemoCursor *cursor, Map *keys);
/* The row a key stands for, or -1 for "-". */
int next_reference(DemoCursor *cursor, const Map *keys);

#endif
