/* demo_photo.c: pictures for some wishes of the demonstration, drawn here: nobody's photo. */
#include <cairo.h>

#include "features/demo/demo_fill.h"

#define WIDTH  960
#define HEIGHT 640
/* Every so many wishes has a picture. */
#define EVERY 7

static cairo_status_t keep_bytes(void *closure, const unsigned char *data, unsigned len)
{
    buf_append(closure, (const char *)data, len);
    return CAIRO_STATUS_SUCCESS;
}

static void box(cairo_t *cairo, uint32_t colour, double x, double y, double width, double height)
{
    cairo_set_source_rgb(cairo, (colour >> 16 & 255) / 255.0, (colour >> 8 & 255) / 255.0,
                         (colour & 255) / 255.0);
    cairo_rectangle(cairo, x, y, width, height);
    cairo_fill(cairo);
}

/* A house with lit and dark windows, a path and a bench. */
static void draw_yard(cairo_t *cairo, int seed)
{
    box(cairo, 0xCFE3EE, 0, 0, WIDTH, HEIGHT);
    box(cairo, 0x9DB58A, 0, 430, WIDTH, HEIGHT - 430);
    box(cairo, 0xD9D2C5, 0, 520, WIDTH, 60);
    box(cairo, 0xC9805F, 120, 90, 520, 340);
    for (int i = 0; i < 15; i++) {
        bool is_lit = (i * 7 + seed) % 4 != 0;
        int column = i % 5, storey = i / 5;
        box(cairo, is_lit ? 0xF6E3A1 : 0x5C6B78, 160 + column * 96, 120 + storey * 100, 56, 64);
    }
    box(cairo, 0x6B4F3A, 720, 470, 160, 14);
    box(cairo, 0x6B4F3A, 736, 484, 10, 36);
    box(cairo, 0x6B4F3A, 854, 484, 10, 36);
}

static Str draw(Arena *arena, int seed)
{
    Buf png;
    buf_init(&png, (size_t)4 * 1024 * 1024);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
    cairo_t *cairo = cairo_create(surface);
    draw_yard(cairo, seed);
    cairo_surface_write_to_png_stream(surface, keep_bytes, &png);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    Str made = arena_str(arena, buf_view(&png));
    buf_free(&png);
    return made;
}

ProposalPhotos demo_photos_of(DemoFill *fill, int row)
{
    ProposalPhotos photos = {0};
    PhotoDraft *draft = arena_new(fill->arena, PhotoDraft);
    if (row % EVERY == 0 &&
        !photo_prepare(fill->arena, STR("yard.png"), draw(fill->arena, row), draft)) {
        photos = (ProposalPhotos){.drafts = draft, .count = 1};
    }
    return photos;
}
