/* sheet_read.h: a spreadsheet that somebody brings, as rows of cells.
 *
 * Only the first sheet is read. What a stranger's file may be is bounded before and while it is
 * unpacked (limits.h): entries, bytes unpacked, ratio, depth of XML, rows, columns, bytes of a
 * cell. Document types and entities, encrypted files, macros and links to other files are refused
 * or not followed.
 */
#ifndef PLATFORM_SHEET_SHEET_READ_H
#define PLATFORM_SHEET_SHEET_READ_H

#include "platform/list/csv.h"

/* An .xlsx file. Cells come trimmed, clean UTF-8, as they would be typed: numbers without exponent,
 * dates 2027-05-12 (with 17:30 when there is a time), truth as TRUE or FALSE. A merged range has
 * its value in each of its cells. Rows without any text are left out but counted.
 * Errors: SHEET_UNREADABLE; SHEET_OLD for .xls and .xlsm; CSV_ROW with row and column; TOO_LARGE
 * over the limits. */
MUST_USE Error *sheet_read(Arena *arena, Str bytes, CsvTable *out);
/* xlsx or CSV, chosen by the bytes, never by a name. */
MUST_USE Error *table_read(Arena *arena, Str bytes, CsvTable *out);

#endif
