/* print.h: documents for paper, as PDF with embedded subset fonts.
 *
 * A document is written from top to bottom; pages break by themselves. Sizes are millimetres and
 * points at normal print; large print makes all type a third larger. Chinese lines break as the
 * language wants (no full stop at the start of a line). The same calls with the same options and
 * fonts give the same bytes, so that tests may compare; no clock is read.
 *
 * Rendering takes about 5 ms a page: never in a use case, and outside the snapshot
 * (page_render() in platform/http/http.h). Start reading at print_begin() and print_end().
 */
#ifndef PLATFORM_PRINT_PRINT_H
#define PLATFORM_PRINT_PRINT_H

#include "base/buf.h"
#include "platform/text/text.h"

/* A3 is for posters: its type is that of A4 made as much larger as the sheet is. */
typedef enum PrintSize { PRINT_A4, PRINT_A5, PRINT_A3 } PrintSize;

typedef enum PrintNumbers {
    PRINT_NUMBERS_NONE,
    PRINT_NUMBERS_PAGE, /* 第 3 页 */
    PRINT_NUMBERS_OF    /* 第 3 页，共 8 页; holds a letter's pages in memory until it ends */
} PrintNumbers;

typedef struct PrintOptions {
    PrintSize size;
    bool is_landscape;
    bool is_large; /* 大字版 */
    Lang lang;
    Str title;       /* in the file's own description */
    Instant made_at; /* in the file's own description; {0} = not said */
    PrintNumbers numbers;
    Str footer;       /* one line at the foot of every page; may be empty */
    double margin_mm; /* 0 = 18 */
} PrintOptions;

typedef struct PrintMissing {
    uint32_t code; /* the character no font has */
    int64_t page;  /* of the file, counted from 1, where it stands first */
} PrintMissing;

#define PRINT_MAX_MISSING 40

typedef struct PrintReport {
    int64_t pages; /* without the last page that lists what is missing */
    PrintMissing missing[PRINT_MAX_MISSING];
    size_t n_missing;
    bool has_more_missing;
    int64_t full_slips;      /* slips whose words did not all fit */
    int64_t first_full_page; /* where the first of them is */
} PrintReport;

typedef struct Print Print;

/* Opens a document that is written onto *out (which bounds its size). After success print_end()
 * must be called, whatever happens. CONFIGURATION when the drawing library refuses. */
MUST_USE Error *print_begin(Arena *arena, const PrintOptions *options, Buf *out, Print **out_print);
/* Writes the rest and frees everything. When characters were missing or slips too full, a last
 * page says which and where. *out_report may be NULL. TOO_LARGE over LIMIT_PRINT_PAGES or over
 * what *out holds; nothing in *out may be used then. */
MUST_USE Error *print_end(Print *print, PrintReport *out_report);

/* Lets go of the fonts the libraries keep; nothing may be printed by this process afterwards. For
 * the end of tests that look for leaks. */
void print_forget_fonts(void);

/* --- words ---------------------------------------------------------------------------------- */

#define PRINT_INDENT 1u /* first line moved in by two characters */
#define PRINT_CENTRE 2u
#define PRINT_RIGHT  4u
#define PRINT_BOLD   8u
#define PRINT_SANS   16u /* 黑体 instead of 宋体 */
#define PRINT_SMALL  32u
#define PRINT_CODE   64u /* large, bold, widely set: codes to be typed */

/* Level 1: the title, centred; 2, 3 before a part. Never the last line of a page. */
void print_heading(Print *print, int level, Str text);
/* A paragraph; a newline starts a line. Empty text is nothing. At least two lines stay together. */
void print_paragraph(Print *print, Str text, unsigned flags);
/* The same with a sentence: **bold** parts are bold, dates carry their year. */
void print_text(Print *print, Text text, unsigned flags);
void print_space(Print *print, double mm);
void print_page_break(Print *print);

/* --- letters -------------------------------------------------------------------------------- */

/* The next letter: on a new page, page numbers from 1. Also before the first one. */
void print_letter(Print *print);

typedef struct PrintField {
    Str name;
    Str value;
} PrintField;

/* A letter's text with {name} replaced by values; "{{" is one brace. BAD_REQUEST with the word for
 * a name that is not among the fields, or a brace without partner. Values are not read for braces.
 */
MUST_USE Error *print_merge(Arena *arena, Str text, const PrintField *fields, size_t n_fields,
                            Str *out);

/* --- tables --------------------------------------------------------------------------------- */

typedef enum PrintAlign { PRINT_ALIGN_LEFT, PRINT_ALIGN_CENTRE, PRINT_ALIGN_RIGHT } PrintAlign;

typedef struct PrintColumn {
    Str label;
    double share; /* of the width, in any unit; > 0 */
    PrintAlign align;
} PrintColumn;

#define PRINT_MAX_COLUMNS 32

/* The head row is written again on each page. The columns must live until print_table_end(). */
void print_table_begin(Print *print, const PrintColumn *columns, size_t n_columns);
/* One cell a column. A row stays on one page unless it is taller than a page. */
void print_table_row(Print *print, const Str *cells);
/* A row at the end whose first words span all columns but the last. */
void print_table_sum(Print *print, Str words, Str value);
void print_table_end(Print *print);

/* --- pictures ------------------------------------------------------------------------------- */

typedef enum PrintPlace {
    PRINT_PLACE_CENTRE,
    PRINT_PLACE_LEFT, /* what follows stands to its right: as long as it is tall, in a slip to its
                         end */
} PrintPlace;

/* A QR code (error correction M) with its quiet zone, `mm` wide over all; nothing when the text is
 * empty or longer than a QR code holds. */
void print_qr(Print *print, Str text, double mm, PrintPlace place);
/* A PNG picture, at most max_mm wide or high, centred, with words under it. BAD_REQUEST (at the
 * end) for what is no PNG. Only for pictures the program itself has made (platform/files/photo.h).
 */
void print_png(Print *print, Str png, double max_mm, Str caption);

/* --- slips ---------------------------------------------------------------------------------- */

/* From here on the page is cut into columns × rows equal slips with dashed lines between. */
void print_slips_begin(Print *print, int columns, int rows);
/* The next slip; what is written then stands in it. What does not fit is counted (PrintReport). */
void print_slip(Print *print);
void print_slips_end(Print *print);

#endif
