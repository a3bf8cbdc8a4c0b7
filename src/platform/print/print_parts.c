/* print_parts.c: QR codes, pictures, and slips several on a sheet. */
#include <qrencode.h>

#include "platform/print/print_internal.h"

#define QUIET_MODULES  4
#define MAX_QR_BYTES   2000
#define SLIP_PAD_MM    4.0
#define QR_GAP_MM      4.0
#define MAX_PNG_PIXELS 4000

/* --- QR ------------------------------------------------------------------------------------- */

/* Each horizontal run of dark modules is one rectangle. */
static void put_modules(Print *print, const QRcode *code, double x, double y, double module)
{
    for (int row = 0; row < code->width; row++) {
        for (int at = 0; at < code->width; at++) {
            int start = at;
            while (at < code->width && (code->data[row * code->width + at] & 1) != 0) {
                at++;
            }
            if (at > start) {
                Item *item = print_add_item(print, ITEM_DARK, x + start * module, y + row * module);
                item->w = (at - start) * module;
                item->h = module;
            }
        }
    }
}

static void put_qr(Print *print, const QRcode *code, double side, PrintPlace place)
{
    double module = side / (code->width + 2 * QUIET_MODULES);
    if (!print_make_room(print, side)) {
        return;
    }
    bool is_left = place == PRINT_PLACE_LEFT;
    double x = print->frame.x + (is_left ? 0 : (print->frame.w - side) / 2);
    put_modules(print, code, x + QUIET_MODULES * module, print->y + QUIET_MODULES * module, module);
    if (is_left) {
        print->beside = side + print_mm(QR_GAP_MM);
        print->beside_to =
            print->slip_columns > 0 ? print->frame.y + print->frame.h : print->y + side;
    } else {
        print->y += side;
    }
}

void print_qr(Print *print, Str text, double mm, PrintPlace place)
{
    print_need_page(print);
    if (print_is_over(print) || text.len == 0 || text.len > MAX_QR_BYTES) {
        return;
    }
    QRcode *code =
        QRcode_encodeData((int)text.len, (const unsigned char *)text.data, 0, QR_ECLEVEL_M);
    if (code) {
        put_qr(print, code, print_mm(mm), place);
        QRcode_free(code);
    }
}

/* --- pictures ------------------------------------------------------------------------------- */

typedef struct PngReader {
    Str bytes;
    size_t at;
} PngReader;

static cairo_status_t read_png(void *closure, unsigned char *data, unsigned len)
{
    PngReader *reader = closure;
    if (len > reader->bytes.len - reader->at) {
        return CAIRO_STATUS_READ_ERROR;
    }
    memcpy(data, reader->bytes.data + reader->at, len);
    reader->at += len;
    return CAIRO_STATUS_SUCCESS;
}

static int64_t big_endian(Str bytes, size_t at)
{
    int64_t value = 0;
    for (size_t i = 0; i < 4; i++) {
        value = value << 8 | (unsigned char)bytes.data[at + i];
    }
    return value;
}

/* Looked at before decoding: a few bytes may claim a picture of gigabytes. */
static bool is_small_png(Str png)
{
    bool is_png = png.len > 33 && memcmp(png.data, "\x89PNG\r\n\x1a\n", 8) == 0;
    if (!is_png) {
        return false;
    }
    int64_t width = big_endian(png, 16), height = big_endian(png, 20);
    return width > 0 && width <= MAX_PNG_PIXELS && height > 0 && height <= MAX_PNG_PIXELS;
}

void print_png(Print *print, Str png, double max_mm, Str caption)
{
    PngReader reader = {png, 0};
    print_need_page(print);
    cairo_surface_t *picture =
        is_small_png(png) ? cairo_image_surface_create_from_png_stream(read_png, &reader) : NULL;
    if (!picture || cairo_surface_status(picture) != CAIRO_STATUS_SUCCESS) {
        cairo_surface_destroy(picture);
        print_fail(print, error_make(print->arena, ERROR_BAD_REQUEST, "not a PNG picture"));
        return;
    }
    double width = cairo_image_surface_get_width(picture);
    double height = cairo_image_surface_get_height(picture);
    double scale = print_mm(max_mm) / (width > height ? width : height);
    if (!print_make_room(print, height * scale)) {
        cairo_surface_destroy(picture);
        return;
    }
    Item *item = print_add_item(print, ITEM_PICTURE,
                                print->frame.x + (print->frame.w - width * scale) / 2, print->y);
    item->picture = picture;
    item->w = width * scale;
    item->h = height * scale;
    print->y += item->h + print_mm(1);
    print_paragraph(print, caption, PRINT_CENTRE | PRINT_SMALL);
}

/* --- slips ---------------------------------------------------------------------------------- */

void print_slips_begin(Print *print, int columns, int rows)
{
    require(columns > 0 && rows > 0);
    print->slip_columns = columns;
    print->slip_rows = rows;
    print->slip = -1;
    if (print->page > 0 && print->y > print->body.y + 0.01) {
        print_page_break(print);
    }
}

/* Dashed lines to cut along, over the whole page. */
static void put_cuts(Print *print)
{
    const PrintFrame *body = &print->body;
    for (int i = 0; i <= print->slip_columns; i++) {
        print_rule(print, body->x + body->w * i / print->slip_columns, body->y, 0, body->h, true);
    }
    for (int i = 0; i <= print->slip_rows; i++) {
        print_rule(print, body->x, body->y + body->h * i / print->slip_rows, body->w, 0, true);
    }
}

void print_slip(Print *print)
{
    require(print->slip_columns > 0);
    int on_page = print->slip_columns * print->slip_rows;
    print->slip_is_full = false;
    print_need_page(print);
    print->slip++;
    if (print->slip == on_page) {
        print_next_page(print);
        print->slip = 0;
    }
    if (print->error) {
        return;
    }
    if (print->slip == 0) {
        put_cuts(print);
    }
    const PrintFrame *body = &print->body;
    double w = body->w / print->slip_columns, h = body->h / print->slip_rows;
    double pad = print_mm(SLIP_PAD_MM);
    int column = print->slip % print->slip_columns, row = print->slip / print->slip_columns;
    print->frame =
        (PrintFrame){body->x + w * column + pad, body->y + h * row + pad, w - 2 * pad, h - 2 * pad};
    print->y = print->frame.y;
    print->beside_to = 0;
}

void print_slips_end(Print *print)
{
    if (print->slip_columns > 0) {
        print->slip_columns = 0;
        print->slip_is_full = false;
        print->frame = print->body;
        print->y = print->body.y + print->body.h; /* what follows starts on a new page */
    }
}
