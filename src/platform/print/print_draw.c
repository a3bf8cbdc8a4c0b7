/* print_draw.c: pages laid out go onto the PDF surface. */
#include "platform/print/print_internal.h"
#include "print_text.h"

#define RULE_POINTS 0.8
#define FOOT_POINTS 9.0
#define FOOT_RISE   6.0 /* mm above the margin's end */

static void draw_rule(cairo_t *cairo, const Item *item)
{
    static const double dashes[] = {3, 2.4};
    cairo_set_dash(cairo, dashes, item->is_dashed ? 2 : 0, 0);
    cairo_set_line_width(cairo, RULE_POINTS);
    cairo_move_to(cairo, item->x, item->y);
    cairo_line_to(cairo, item->x + item->w, item->y + item->h);
    cairo_stroke(cairo);
}

static void draw_picture(cairo_t *cairo, const Item *item)
{
    double width = cairo_image_surface_get_width(item->picture);
    double height = cairo_image_surface_get_height(item->picture);
    cairo_save(cairo);
    cairo_translate(cairo, item->x, item->y);
    cairo_scale(cairo, item->w / width, item->h / height);
    cairo_set_source_surface(cairo, item->picture, 0, 0);
    cairo_paint(cairo);
    cairo_restore(cairo);
}

static void draw_item(Print *print, const Item *item)
{
    cairo_t *cairo = print->cairo;
    switch (item->kind) {
    case ITEM_LINE:
        cairo_move_to(cairo, item->x, item->y);
        pango_cairo_show_layout_line(cairo, item->line);
        print_note_missing(print, item->line, print->pages_drawn + 1);
        return;
    case ITEM_RULE:
        draw_rule(cairo, item);
        return;
    case ITEM_DARK:
        cairo_rectangle(cairo, item->x, item->y, item->w, item->h);
        cairo_fill(cairo);
        return;
    case ITEM_PICTURE:
        draw_picture(cairo, item);
        return;
    }
}

/* --- footer --------------------------------------------------------------------------------- */

static void draw_foot_line(Print *print, Str text, unsigned flags)
{
    PrintStyle style = {.is_sans = true, .size = FOOT_POINTS, .line = 1.0, .flags = flags};
    if (text.len == 0) {
        return;
    }
    PangoLayout *layout = print_layout(print, text, &style, print->body.w);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    double y = print->body.y + print->body.h + print_mm(FOOT_RISE) - print_layout_height(layout);
    cairo_move_to(print->cairo, print->body.x, y);
    pango_cairo_show_layout(print->cairo, layout);
    g_object_unref(layout);
}

static void draw_foot(Print *print, int64_t page, int64_t total)
{
    Lang lang = print->options.lang;
    draw_foot_line(print, print->options.footer, 0);
    if (print->options.numbers == PRINT_NUMBERS_PAGE) {
        draw_foot_line(print, text_str(print->arena, lang, t_print_page(page)), PRINT_RIGHT);
    } else if (print->options.numbers == PRINT_NUMBERS_OF) {
        draw_foot_line(print, text_str(print->arena, lang, t_print_page_of(page, total)),
                       PRINT_RIGHT);
    }
}

/* --- pages ---------------------------------------------------------------------------------- */

void print_drop_items(Print *print)
{
    for (size_t i = 0; i < print->items.count; i++) {
        Item *item = &print->items.items[i];
        if (item->layout) {
            g_object_unref(item->layout);
        }
        if (item->picture) {
            cairo_surface_destroy(item->picture);
        }
    }
    print->items.count = 0;
}

/* Pages whose items have gone are not drawn again: numbers other than "of" leave one at a time. */
void print_draw_pages(Print *print, int64_t total)
{
    bool holds_all = print->options.numbers == PRINT_NUMBERS_OF;
    int64_t first = holds_all ? 1 : print->page;
    size_t at = 0;
    for (int64_t page = first; page <= print->page && !print->error; page++) {
        for (; at < print->items.count && print->items.items[at].page == page; at++) {
            draw_item(print, &print->items.items[at]);
        }
        draw_foot(print, page, total);
        cairo_show_page(print->cairo);
        print->pages_drawn++;
    }
    print_drop_items(print);
}
