/* print.c: opening, pages, frames, and the end of a document. */
#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>

#include "base/limits.h"
#include "base/vec.h"
#include "platform/print/print_internal.h"
#include "print_text.h"

#define MARGIN_MM 18.0
#define FOOT_MM   8.0 /* kept for footer and number above the margin's end */

double print_mm(double mm)
{
    return mm * POINTS_PER_MM;
}

void print_fail(Print *print, Error *error)
{
    if (!print->error) {
        print->error = error;
    }
}

bool print_is_over(const Print *print)
{
    return print->error || print->slip_is_full;
}

/* --- opening -------------------------------------------------------------------------------- */

static cairo_status_t write_bytes(void *closure, const unsigned char *data, unsigned len)
{
    Buf *out = closure;
    buf_append(out, (const char *)data, len);
    return out->overflowed ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static void choose_size(Print *print)
{
    static const double sizes_mm[][2] = {{210, 297}, {148, 210}, {297, 420}};
    const double *size = sizes_mm[print->options.size];
    bool is_wide = print->options.is_landscape;
    print->width = print_mm(size[is_wide ? 1 : 0]);
    print->height = print_mm(size[is_wide ? 0 : 1]);
    bool has_foot = print->options.numbers != PRINT_NUMBERS_NONE || print->options.footer.len > 0;
    double margin = print_mm(print->options.margin_mm > 0 ? print->options.margin_mm : MARGIN_MM);
    print->body = (PrintFrame){margin, margin, print->width - 2 * margin,
                               print->height - 2 * margin - (has_foot ? print_mm(FOOT_MM) : 0)};
    print->frame = print->body;
}

/* Everything said about the file comes from the caller: the library would write the time. */
static void describe(Print *print)
{
    Instant at = print->options.made_at;
    CivilTime t = instant_civil(at);
    Str time = arena_printf(print->arena, "%04d-%02d-%02dT%02d:%02d:%02d+08:00", t.date.year,
                            t.date.month, t.date.day, t.hour, t.minute, t.second);
    cairo_pdf_surface_set_metadata(print->surface, CAIRO_PDF_METADATA_TITLE,
                                   arena_cstr(print->arena, print->options.title));
    cairo_pdf_surface_set_metadata(print->surface, CAIRO_PDF_METADATA_CREATOR, "Yuanzhuo");
    cairo_pdf_surface_set_metadata(print->surface, CAIRO_PDF_METADATA_CREATE_DATE, time.data);
    cairo_pdf_surface_set_metadata(print->surface, CAIRO_PDF_METADATA_MOD_DATE, time.data);
}

/* Without hints and at 72 dots an inch a point is a point, on every machine. */
static PangoContext *make_context(const Print *print)
{
    PangoContext *pango = pango_cairo_create_context(print->cairo);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(pango, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(pango, 72);
    pango_context_set_round_glyph_positions(pango, FALSE);
    pango_context_set_language(pango, pango_language_from_string(lang_tag(print->options.lang)));
    return pango;
}

Error *print_begin(Arena *arena, const PrintOptions *options, Buf *out, Print **out_print)
{
    Print *print = arena_new(arena, Print);
    *print = (Print){.arena = arena, .options = *options, .out = out, .slip = -1};
    choose_size(print);
    print->surface =
        cairo_pdf_surface_create_for_stream(write_bytes, out, print->width, print->height);
    print->cairo = cairo_create(print->surface);
    if (cairo_status(print->cairo) != CAIRO_STATUS_SUCCESS) {
        const char *why = cairo_status_to_string(cairo_status(print->cairo));
        cairo_destroy(print->cairo);
        cairo_surface_destroy(print->surface);
        return error_make(arena, ERROR_CONFIGURATION, "pdf: %s", why);
    }
    describe(print);
    print->pango = make_context(print);
    *out_print = print;
    return NULL;
}

/* --- pages ---------------------------------------------------------------------------------- */

void print_next_page(Print *print)
{
    if (print->pages_drawn + print->page >= LIMIT_PRINT_PAGES) {
        print_fail(print, error_make(print->arena, ERROR_TOO_LARGE, "over the limit of pages"));
    }
    if (print->error) {
        return;
    }
    if (print->page > 0 && print->options.numbers != PRINT_NUMBERS_OF) {
        print_draw_pages(print, 0);
    }
    print->page++;
    print->frame = print->body;
    print->y = print->body.y;
    print->beside_to = 0;
}

void print_need_page(Print *print)
{
    if (print->page == 0) {
        print_next_page(print);
    }
}

bool print_make_room(Print *print, double height)
{
    print_need_page(print);
    bool fits = print->y + height <= print->frame.y + print->frame.h + 0.01;
    bool is_at_top = print->y <= print->frame.y + 0.01;
    if (fits || print_is_over(print)) {
        return !print_is_over(print);
    }
    if (print->slip_columns > 0) {
        print->slip_is_full = true;
        print->report.full_slips++;
        if (print->report.first_full_page == 0) {
            print->report.first_full_page = print->pages_drawn + print->page;
        }
        return false;
    }
    if (!is_at_top) {
        print_next_page(print);
    }
    return !print->error;
}

void print_page_break(Print *print)
{
    print_need_page(print);
    print_next_page(print);
}

void print_letter(Print *print)
{
    if (print->page > 0) {
        print_draw_pages(print, print->page);
        print->page = 0;
    }
    print_need_page(print);
}

Item *print_add_item(Print *print, ItemKind kind, double x, double y)
{
    Item *item = vec_push(print->arena, &print->items);
    *item = (Item){.kind = kind, .page = print->page, .x = x, .y = y};
    return item;
}

void print_rule(Print *print, double x, double y, double w, double h, bool is_dashed)
{
    Item *item = print_add_item(print, ITEM_RULE, x, y);
    item->w = w;
    item->h = h;
    item->is_dashed = is_dashed;
}

void print_space(Print *print, double mm)
{
    print->y += print_mm(mm);
}

/* --- the end -------------------------------------------------------------------------------- */

static void list_missing(Print *print)
{
    const PrintReport *report = &print->report;
    Lang lang = print->options.lang;
    const PrintColumn columns[] = {
        {text_str(print->arena, lang, t_print_missing_column_page()), 1, PRINT_ALIGN_CENTRE},
        {text_str(print->arena, lang, t_print_missing_column_code()), 4, PRINT_ALIGN_LEFT},
    };
    size_t n = report->n_missing;
    print_text(print, t_print_missing_why(), 0);
    print_table_begin(print, columns, countof(columns));
    for (size_t i = 0; i < n; i++) {
        Str cells[] = {
            arena_printf(print->arena, "%lld", (long long)report->missing[i].page),
            arena_printf(print->arena, "U+%04X", (unsigned)report->missing[i].code),
        };
        print_table_row(print, cells);
    }
    print_table_end(print);
    if (report->has_more_missing) {
        print_text(print, t_print_missing_more(), 0);
    }
}

/* What cannot be printed is said on paper too, for whoever holds the paper and not the screen. */
static void add_check_page(Print *print)
{
    const PrintReport *report = &print->report;
    if (print->error || (report->n_missing == 0 && report->full_slips == 0)) {
        return;
    }
    print_letter(print);
    print_heading(print, 2, text_str(print->arena, print->options.lang, t_print_check_title()));
    if (report->n_missing > 0) {
        list_missing(print);
    }
    if (report->full_slips > 0) {
        print_text(print, t_print_full_slips(report->full_slips, report->first_full_page), 0);
    }
    print_draw_pages(print, print->page);
}

static void close_all(Print *print)
{
    print_drop_items(print);
    g_object_unref(print->pango);
    cairo_destroy(print->cairo);
    cairo_surface_finish(print->surface);
    cairo_status_t status = cairo_surface_status(print->surface);
    cairo_surface_destroy(print->surface);
    if (print->out->overflowed) {
        print_fail(print, error_make(print->arena, ERROR_TOO_LARGE, "pdf over its bytes"));
    } else if (status != CAIRO_STATUS_SUCCESS) {
        print_fail(print, error_make(print->arena, ERROR_CONFIGURATION, "pdf: %s",
                                     cairo_status_to_string(status)));
    }
}

Error *print_end(Print *print, PrintReport *out_report)
{
    print_slips_end(print);
    print_need_page(print);
    print_draw_pages(print, print->page);
    print->page = 0;
    print->report.pages = print->pages_drawn;
    add_check_page(print);
    close_all(print);
    if (out_report) {
        *out_report = print->report;
    }
    return print->error;
}

void print_forget_fonts(void)
{
    pango_cairo_font_map_set_default(NULL);
    cairo_debug_reset_static_data();
    FcFini();
}
