/* print_words.c: paragraphs and headings, broken into lines and over pages. */
#include "base/vec.h"
#include "platform/print/print_internal.h"

#define LARGE_PRINT   1.35
#define POSTER        1.42 /* A3 is a poster: A4 made larger */
#define BODY_POINTS   12.0
#define SMALL_POINTS  9.5
#define CODE_POINTS   13.0
#define LETTER_SPACED 0.5 /* points between the signs of a code */
#define KEEP_LINES    2   /* of a paragraph at the end and the start of a page */

/* The SC families by name: otherwise Japanese shapes may be chosen. Hanazono has the characters of
 * names that Noto lacks (CJK extensions B to F). */
static const char *const SANS = "Noto Sans CJK SC,HanaMinA,HanaMinB";
static const char *const SERIF = "Noto Serif CJK SC,HanaMinA,HanaMinB";

static double points(const Print *print, double size)
{
    double poster = print->options.size == PRINT_A3 ? POSTER : 1;
    return (print->options.is_large ? size * LARGE_PRINT : size) * poster;
}

double print_text_x(const Print *print)
{
    return print->frame.x + (print->y < print->beside_to ? print->beside : 0);
}

double print_text_width(const Print *print)
{
    return print->frame.w - (print->y < print->beside_to ? print->beside : 0);
}

/* --- a layout ------------------------------------------------------------------------------- */

static void set_font(const Print *print, PangoLayout *layout, const PrintStyle *style)
{
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, style->is_sans ? SANS : SERIF);
    pango_font_description_set_absolute_size(font, points(print, style->size) * PANGO_SCALE);
    pango_font_description_set_weight(font,
                                      style->is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
}

PangoLayout *print_layout(Print *print, Str text, const PrintStyle *style, double width)
{
    PangoLayout *layout = pango_layout_new(print->pango);
    set_font(print, layout, style);
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_line_spacing(layout, (float)style->line);
    if (style->flags & PRINT_INDENT) {
        pango_layout_set_indent(layout, (int)(2 * points(print, style->size) * PANGO_SCALE));
    }
    pango_layout_set_alignment(layout, style->flags & PRINT_CENTRE  ? PANGO_ALIGN_CENTER
                                       : style->flags & PRINT_RIGHT ? PANGO_ALIGN_RIGHT
                                                                    : PANGO_ALIGN_LEFT);
    pango_layout_set_text(layout, text.data, (int)text.len);
    return layout;
}

double print_layout_height(PangoLayout *layout)
{
    PangoRectangle logical;
    pango_layout_get_extents(layout, NULL, &logical);
    return (double)logical.height / PANGO_SCALE;
}

/* --- placing lines -------------------------------------------------------------------------- */

typedef struct LinePlace {
    PangoLayoutLine *line;
    double top, bottom, baseline, x; /* within the layout */
} LinePlace;

static void read_place(PangoLayoutIter *iter, LinePlace *out)
{
    int top, bottom;
    PangoRectangle logical;
    pango_layout_iter_get_line_yrange(iter, &top, &bottom);
    pango_layout_iter_get_line_extents(iter, NULL, &logical);
    *out = (LinePlace){.line = pango_layout_iter_get_line_readonly(iter),
                       .top = (double)top / PANGO_SCALE,
                       .bottom = (double)bottom / PANGO_SCALE,
                       .baseline = (double)pango_layout_iter_get_baseline(iter) / PANGO_SCALE,
                       .x = (double)logical.x / PANGO_SCALE};
}

static LinePlace *line_places(Print *print, PangoLayout *layout, int *out_count)
{
    int count = pango_layout_get_line_count(layout);
    LinePlace *places = arena_array(print->arena, LinePlace, (size_t)count);
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    for (int i = 0; i < count; i++) {
        read_place(iter, &places[i]);
        pango_layout_iter_next_line(iter);
    }
    pango_layout_iter_free(iter);
    *out_count = count;
    return places;
}

static void put_line(Print *print, PangoLayout *layout, const LinePlace *place, double x, double y)
{
    Item *item = print_add_item(print, ITEM_LINE, x + place->x, y + place->baseline - place->top);
    item->layout = g_object_ref(layout);
    item->line = place->line;
}

double print_put_lines(Print *print, PangoLayout *layout, int from, int to, double x, double y)
{
    int count = 0;
    LinePlace *places = line_places(print, layout, &count);
    for (int i = from; i < to && i < count; i++) {
        put_line(print, layout, &places[i], x, y);
        y += places[i].bottom - places[i].top;
    }
    return y;
}

/* How many of the lines from `from` on fit into `room`. */
static int lines_that_fit(const LinePlace *places, int from, int count, double room)
{
    int n = 0;
    double used = 0;
    while (from + n < count) {
        used += places[from + n].bottom - places[from + n].top;
        if (used > room + 0.01) {
            break;
        }
        n++;
    }
    return n;
}

/* A paragraph neither leaves one line behind nor takes one over. */
static int lines_to_take(int fit, int left)
{
    bool is_all = fit >= left;
    if (!is_all && left - fit < KEEP_LINES) {
        fit = left - KEEP_LINES;
    }
    return is_all ? left : fit < KEEP_LINES && left >= KEEP_LINES ? 0 : fit;
}

static void flow(Print *print, PangoLayout *layout)
{
    int count = 0, at = 0;
    LinePlace *places = line_places(print, layout, &count);
    double x = print_text_x(print); /* as when its width was chosen */
    while (at < count && !print_is_over(print)) {
        double room = print->frame.y + print->frame.h - print->y;
        bool is_top = print->y <= print->frame.y + 0.01;
        int fit = lines_that_fit(places, at, count, room);
        int take = print->slip_columns > 0 ? fit : lines_to_take(fit, count - at);
        if (is_top && take == 0) {
            take = fit > 0 ? fit : 1;
        }
        for (int i = at; i < at + take; i++) {
            put_line(print, layout, &places[i], x, print->y);
            print->y += places[i].bottom - places[i].top;
        }
        at += take;
        if (at < count && !print_make_room(print, 1e6)) {
            break;
        }
        x = at < count ? print->frame.x : x;
    }
}

/* --- what callers write --------------------------------------------------------------------- */

static PrintStyle style_of(unsigned flags)
{
    return (PrintStyle){.is_sans = (flags & (PRINT_SANS | PRINT_CODE)) != 0,
                        .is_bold = (flags & (PRINT_BOLD | PRINT_CODE)) != 0,
                        .size = flags & PRINT_CODE    ? CODE_POINTS
                                : flags & PRINT_SMALL ? SMALL_POINTS
                                                      : BODY_POINTS,
                        .line = flags & PRINT_SMALL ? 1.0 : 1.15,
                        .flags = flags};
}

static void paragraph(Print *print, Str text, unsigned flags, PangoAttrList *attributes)
{
    print_need_page(print);
    if (print_is_over(print) || text.len == 0) {
        return;
    }
    PrintStyle style = style_of(flags);
    PangoLayout *layout = print_layout(print, text, &style, print_text_width(print));
    if (flags & PRINT_CODE) {
        attributes = pango_attr_list_new();
        pango_attr_list_insert(attributes,
                               pango_attr_letter_spacing_new((int)(LETTER_SPACED * PANGO_SCALE)));
    }
    pango_layout_set_attributes(layout, attributes);
    flow(print, layout);
    g_object_unref(layout);
    if (flags & PRINT_CODE) {
        pango_attr_list_unref(attributes);
    }
    print->y += points(print, style.size) * 0.35;
}

void print_paragraph(Print *print, Str text, unsigned flags)
{
    paragraph(print, text, flags, NULL);
}

typedef struct BoldText {
    Buf buf;
    PangoAttrList *attributes;
} BoldText;

static void add_piece(void *user, Str piece, bool bold)
{
    BoldText *text = user;
    if (bold) {
        PangoAttribute *weight = pango_attr_weight_new(PANGO_WEIGHT_BOLD);
        weight->start_index = (guint)text->buf.len;
        weight->end_index = (guint)(text->buf.len + piece.len);
        pango_attr_list_insert(text->attributes, weight);
    }
    buf_str(&text->buf, piece);
}

void print_text(Print *print, Text sentence, unsigned flags)
{
    BoldText text = {.attributes = pango_attr_list_new()};
    buf_init(&text.buf, 64 * 1024);
    text_pieces(print->options.lang, (Instant){0}, sentence, add_piece, &text);
    paragraph(print, buf_view(&text.buf), flags, text.attributes);
    pango_attr_list_unref(text.attributes);
    buf_free(&text.buf);
}

void print_heading(Print *print, int level, Str text)
{
    static const double sizes[] = {21, 15, 13};
    double size = sizes[level < 1 ? 0 : level > 3 ? 2 : level - 1];
    PrintStyle style = {.is_sans = level > 1,
                        .is_bold = true,
                        .size = size,
                        .line = 1.1,
                        .flags = level == 1 ? PRINT_CENTRE : 0};
    print_need_page(print);
    bool is_top = print->y <= print->frame.y + 0.01;
    print->y += is_top ? 0 : points(print, size) * 0.6;
    PangoLayout *layout = print_layout(print, text, &style, print_text_width(print));
    double after = points(print, BODY_POINTS) * 1.7 * KEEP_LINES;
    bool is_slip = print->slip_columns > 0;
    if (print_make_room(print, print_layout_height(layout) + (is_slip ? 0 : after))) {
        flow(print, layout);
    }
    g_object_unref(layout);
    print->y += points(print, size) * 0.35;
}

/* --- characters without a shape ------------------------------------------------------------- */

static void note_character(Print *print, uint32_t code, int64_t page)
{
    PrintReport *report = &print->report;
    for (size_t i = 0; i < report->n_missing; i++) {
        if (report->missing[i].code == code) {
            return;
        }
    }
    if (report->n_missing == PRINT_MAX_MISSING) {
        report->has_more_missing = true;
        return;
    }
    report->missing[report->n_missing++] = (PrintMissing){code, page};
}

void print_note_missing(Print *print, PangoLayoutLine *line, int64_t page)
{
    for (GSList *at = line->runs; at; at = at->next) {
        const PangoGlyphItem *run = at->data;
        for (int i = 0; i < run->glyphs->num_glyphs; i++) {
            PangoGlyph glyph = run->glyphs->glyphs[i].glyph;
            if (glyph & PANGO_GLYPH_UNKNOWN_FLAG && glyph != PANGO_GLYPH_EMPTY) {
                note_character(print, glyph & ~PANGO_GLYPH_UNKNOWN_FLAG, page);
            }
        }
    }
}
