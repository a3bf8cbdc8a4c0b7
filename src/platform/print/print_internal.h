/* print_internal.h: the document while it is written; internal to platform/print.
 *
 * Lengths are points. Words are laid out at once and kept as Items of the page they fell on; the
 * pages of a letter are drawn when it ends (numbers "of"), or each when the next begins.
 */
#ifndef PLATFORM_PRINT_PRINT_INTERNAL_H
#define PLATFORM_PRINT_PRINT_INTERNAL_H

#include <pango/pangocairo.h>

#include "platform/print/print.h"

#define POINTS_PER_MM (72.0 / 25.4)

typedef enum ItemKind { ITEM_LINE, ITEM_RULE, ITEM_DARK, ITEM_PICTURE } ItemKind;

typedef struct Item {
    ItemKind kind;
    int64_t page; /* within the letter, from 1 */
    double x, y;  /* LINE: where its baseline starts */
    double w, h;
    bool is_dashed;
    PangoLayout *layout; /* LINE: owned */
    PangoLayoutLine *line;
    cairo_surface_t *picture; /* owned */
} Item;

typedef struct ItemVec {
    Item *items;
    size_t count;
    size_t capacity;
} ItemVec;

/* Where words go: the page's body, or one slip. */
typedef struct PrintFrame {
    double x, y, w, h;
} PrintFrame;

typedef struct PrintTableState {
    const PrintColumn *columns;
    size_t n_columns; /* 0: no table is open */
    double x[PRINT_MAX_COLUMNS + 1];
    double head_height; /* 0: not yet known */
    bool is_head_due;   /* it waits for the first row */
} PrintTableState;

struct Print {
    Arena *arena;
    PrintOptions options;
    Buf *out;
    cairo_surface_t *surface;
    cairo_t *cairo;
    PangoContext *pango;
    double width, height;
    PrintFrame body;  /* of a page */
    PrintFrame frame; /* the body, or the slip being written */
    double y;         /* where the next thing goes */
    double beside;    /* points kept free on the left ... */
    double beside_to; /* ... down to here */
    ItemVec items;
    int64_t page;        /* of the letter; 0 before the first */
    int64_t pages_drawn; /* of the file */
    int slip_columns, slip_rows;
    int slip; /* 0-based on this page; -1 before the first */
    bool slip_is_full;
    PrintTableState table;
    PrintReport report;
    Error *error;
};

/* print.c */
double print_mm(double mm);
/* Keeps the first error; what is written afterwards goes nowhere. */
void print_fail(Print *print, Error *error);
/* True when nothing more is to be laid out. */
bool print_is_over(const Print *print);
/* Starts the first page when there is none. */
void print_need_page(Print *print);
void print_next_page(Print *print);
/* Room for `height` at y: a new page when it does not fit (in a slip: false, and it is full). */
bool print_make_room(Print *print, double height);
Item *print_add_item(Print *print, ItemKind kind, double x, double y);
void print_rule(Print *print, double x, double y, double w, double h, bool is_dashed);

/* print_words.c */
typedef struct PrintStyle {
    bool is_sans, is_bold;
    double size; /* points, before large print */
    double line; /* line height as a multiple */
    unsigned flags;
} PrintStyle;

PangoLayout *print_layout(Print *print, Str text, const PrintStyle *style, double width);
double print_layout_height(PangoLayout *layout);
/* Puts lines from..to of the layout at (x, y); returns the y below them. */
double print_put_lines(Print *print, PangoLayout *layout, int from, int to, double x, double y);
/* Characters of the line that no font has go into the report. */
void print_note_missing(Print *print, PangoLayoutLine *line, int64_t page);
/* The room beside a QR code, or the whole frame. */
double print_text_x(const Print *print);
double print_text_width(const Print *print);

/* print_draw.c */
/* Draws and forgets the items of pages up to the current one; `total` 0 when it is not known. */
void print_draw_pages(Print *print, int64_t total);
void print_drop_items(Print *print);

#endif
