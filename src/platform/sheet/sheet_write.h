/* sheet_write.h: a workbook of one sheet, written row by row in constant memory. */
#ifndef PLATFORM_SHEET_SHEET_WRITE_H
#define PLATFORM_SHEET_SHEET_WRITE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/money.h"

typedef struct SheetWriter SheetWriter;

/* After success sheet_write_end() must be called. `made_at` goes into the file's description, so
 * that the same rows give the same bytes. CONFIGURATION when no memory file can be made. */
MUST_USE Error *sheet_write_begin(Arena *arena, Instant made_at, SheetWriter **out);
/* The head row: bold, and it stays in sight. Widths in characters. */
void sheet_write_head(SheetWriter *writer, size_t column, Str label, double width);
/* Goes on to the next row; earlier rows cannot be written any more. */
void sheet_write_row(SheetWriter *writer);
/* Never read as a formula, a number or a link. */
void sheet_write_str(SheetWriter *writer, size_t column, Str text);
void sheet_write_int(SheetWriter *writer, size_t column, int64_t value);
void sheet_write_money(SheetWriter *writer, size_t column, Money amount); /* yuan, 12,800.00 */
void sheet_write_date(SheetWriter *writer, size_t column, Date date);     /* empty for no date */
void sheet_write_time(SheetWriter *writer, size_t column, Instant at);    /* empty for never */
/* Appends the file to *out and frees everything. TOO_LARGE over what *out holds; CONFIGURATION
 * when it cannot be written. */
MUST_USE Error *sheet_write_end(SheetWriter *writer, Buf *out);

#endif
