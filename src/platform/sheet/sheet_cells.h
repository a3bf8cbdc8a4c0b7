/* sheet_cells.h: strings, styles and cells of a workbook; internal to platform/sheet. */
#ifndef PLATFORM_SHEET_SHEET_CELLS_H
#define PLATFORM_SHEET_SHEET_CELLS_H

#include "base/buf.h"
#include "platform/list/csv.h"
#include "platform/sheet/sheet_zip.h"

typedef struct BoolVec {
    bool *items;
    size_t count;
    size_t capacity;
} BoolVec;

/* Which number formats and cell styles mean a day. */
typedef struct SheetStyles {
    BoolVec is_date; /* by cell style */
    int64_t *date_formats;
    size_t n_date_formats, room;
    bool in_cell_styles;
    bool is_1904;
} SheetStyles;

typedef struct SheetStrings {
    Str *items;
    size_t count;
    size_t capacity;
    Buf building; /* of the string being read */
    bool in_text, in_reading_aid;
    size_t bytes; /* of all strings */
} SheetStrings;

/* Both parts may be missing. */
MUST_USE Error *sheet_styles_read(SheetZip *zip, SheetStyles *out);
MUST_USE Error *sheet_strings_read(SheetZip *zip, SheetStrings *out);
MUST_USE Error *sheet_cells_read(SheetZip *zip, Arena *arena, Str part, const SheetStyles *styles,
                                 const SheetStrings *strings, CsvTable *out);

/* What a number is written as: "13800138000", "0.5"; with a date style the day. As it stands in
 * the file when it has more digits than a spreadsheet keeps. */
Str sheet_number_text(Arena *arena, Str value, bool is_date, bool is_1904);

#endif
