/* Photos through the sandboxed child: what people bring, and what is made to harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cairo.h>
#include <cmocka.h>
#include <signal.h>

#include "base/limits.h"
#include "platform/files/photo.h"

static int set_up(void **state)
{
    *state = arena_create((size_t)512 * 1024 * 1024);
    return 0;
}

static int tear_down(void **state)
{
    arena_destroy(*state);
    return 0;
}

/* --- pictures ------------------------------------------------------------------------------- */

static cairo_status_t keep_bytes(void *closure, const unsigned char *data, unsigned len)
{
    buf_append(closure, (const char *)data, len);
    return CAIRO_STATUS_SUCCESS;
}

/* A red picture with a blue left half. */
static Str png_of(Arena *arena, int width, int height)
{
    Buf buf;
    buf_init(&buf, (size_t)64 * 1024 * 1024);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_t *cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 0, 0);
    cairo_paint(cairo);
    cairo_set_source_rgb(cairo, 0, 0, 1);
    cairo_rectangle(cairo, 0, 0, width / 2.0, height);
    cairo_fill(cairo);
    cairo_surface_write_to_png_stream(surface, keep_bytes, &buf);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    Str made = arena_str(arena, buf_view(&buf));
    buf_free(&buf);
    return made;
}

/* A camera's JPEG: turned by 90 degrees, with a place, the name of the device and a comment. */
static Str camera_jpeg(Arena *arena)
{
    PhotoDraft plain;
    static const char exif[] = "\xFF\xE1\0\x5E"
                               "Exif\0\0II*\0\x08\0\0\0"
                               "\x03\0"
                               "\x12\x01\x03\0\x01\0\0\0\x06\0\0\0" /* orientation 6 */
                               "\x10\x01\x02\0\x09\0\0\0\x32\0\0\0" /* model */
                               "\x25\x88\x04\0\x01\0\0\0\x3B\0\0\0" /* place */
                               "\0\0\0\0"
                               "SpyPhone\0"
                               "\x01\0\x01\0\x02\0\x02\0\0\0N\0\0\0\0\0\0\0"
                               "\xFF\xFE\0\x10geheimer Ort!!";
    assert_null(photo_prepare(arena, STR("a.png"), png_of(arena, 400, 200), &plain));
    Str jpeg = plain.shown.bytes;
    Buf buf;
    buf_init(&buf, 1 << 20);
    buf_str(&buf, str_slice(jpeg, 0, 2));
    buf_append(&buf, exif, 2 + 0x5E);
    buf_append(&buf, exif + sizeof(exif) - 1 - 18, 18);
    buf_str(&buf, str_slice(jpeg, 2, jpeg.len));
    Str made = arena_str(arena, buf_view(&buf));
    buf_free(&buf);
    return made;
}

static ErrorCode refusal_of(Arena *arena, Str bytes)
{
    PhotoDraft draft;
    Error *err = photo_prepare(arena, STR("x.jpg"), bytes, &draft);
    return err ? err->code : ERROR_NONE;
}

/* --- tests ---------------------------------------------------------------------------------- */

static void a_large_picture_becomes_a_copy_of_1600_and_a_thumbnail(void **state)
{
    PhotoDraft draft;
    Str png = png_of(*state, 3200, 1000);
    assert_null(photo_prepare(*state, STR("C:\\图\\灯.png"), png, &draft));
    assert_int_equal(draft.width, 1600);
    assert_int_equal(draft.height, 500);
    assert_true(str_starts_with(draft.shown.bytes, STR("\xFF\xD8\xFF")));
    assert_true(str_starts_with(draft.thumb.bytes, STR("\xFF\xD8\xFF")));
    assert_true(draft.thumb.bytes.len < draft.shown.bytes.len);
    assert_true(str_eq(draft.original.bytes, png));
    assert_true(str_eq(draft.original.media_type, STR("image/png")));
    assert_true(str_eq(draft.original.name, STR("灯.png")));
}

static void a_small_picture_is_not_made_larger(void **state)
{
    PhotoDraft draft;
    assert_null(photo_prepare(*state, STR("a.png"), png_of(*state, 40, 30), &draft));
    assert_int_equal(draft.width, 40);
    assert_int_equal(draft.height, 30);
}

static void the_copy_is_upright_and_has_no_metadata(void **state)
{
    PhotoDraft draft;
    Str jpeg = camera_jpeg(*state);
    assert_true(str_contains(jpeg, STR("SpyPhone")));
    assert_null(photo_prepare(*state, STR("a.jpg"), jpeg, &draft));
    assert_int_equal(draft.width, 200);
    assert_int_equal(draft.height, 400);
    const Str copies[] = {draft.shown.bytes, draft.thumb.bytes};
    for (size_t i = 0; i < 2; i++) {
        assert_false(str_contains(copies[i], STR("Exif")));
        assert_false(str_contains(copies[i], STR("SpyPhone")));
        assert_false(str_contains(copies[i], STR("geheimer")));
    }
    assert_true(str_contains(draft.original.bytes, STR("SpyPhone")));
}

static void the_same_picture_gives_the_same_copy(void **state)
{
    PhotoDraft a, b;
    Str png = png_of(*state, 300, 300);
    assert_null(photo_prepare(*state, STR("a.png"), png, &a));
    assert_null(photo_prepare(*state, STR("b.png"), png, &b));
    assert_memory_equal(a.shown.sha256.bytes, b.shown.sha256.bytes, 32);
}

static void what_is_no_photo_is_refused_by_its_first_bytes(void **state)
{
    const Str wrong[] = {
        STR(""),
        STR("GIF89a"),
        STR("<svg xmlns='http://www.w3.org/2000/svg'/>"),
        STR("%PDF-1.5"),
        STR("PK\x03\x04"),
        STR("<!doctype html><script>1</script>"),
        STR("RIFF\0\0\0\0WAVE"),
        STR("II*\0"),
        STR("\0\0\0\x18"
            "ftypheic"),
    };
    for (size_t i = 0; i < countof(wrong); i++) {
        assert_int_equal(refusal_of(*state, wrong[i]), ERROR_FIELD_FILE_TYPE);
    }
}

static void a_right_start_and_nonsense_after_it_is_refused(void **state)
{
    const Str wrong[] = {
        STR("\xFF\xD8\xFF"),
        STR("\xFF\xD8\xFF\xE0 nonsense"),
        STR("\x89PNG\r\n\x1A\n nonsense"),
        STR("RIFF\x10\0\0\0WEBPVP8 nonsense"),
        STR("\xFF\xD8\xFF<script>alert(1)</script>"),
    };
    for (size_t i = 0; i < countof(wrong); i++) {
        assert_int_equal(refusal_of(*state, wrong[i]), ERROR_FIELD_FILE_TYPE);
    }
}

static void a_picture_cut_short_is_refused(void **state)
{
    Str png = png_of(*state, 500, 500);
    PhotoDraft draft;
    assert_null(photo_prepare(*state, STR("a.png"), png, &draft));
    Str jpeg = draft.shown.bytes;
    for (size_t part = 1; part < 8; part++) {
        assert_int_equal(refusal_of(*state, str_slice(png, 0, png.len * part / 8)),
                         ERROR_FIELD_FILE_TYPE);
        assert_int_equal(refusal_of(*state, str_slice(jpeg, 0, jpeg.len * part / 8)),
                         ERROR_FIELD_FILE_TYPE);
    }
}

static void a_picture_with_something_behind_it_loses_that(void **state)
{
    PhotoDraft draft;
    Str png = png_of(*state, 50, 50);
    Buf buf;
    buf_init(&buf, 1 << 20);
    buf_str(&buf, png);
    buf_cstr(&buf, "<script>alert(1)</script>PK\x03\x04");
    Str both = arena_str(*state, buf_view(&buf));
    buf_free(&buf);
    assert_null(photo_prepare(*state, STR("a.png"), both, &draft));
    assert_false(str_contains(draft.shown.bytes, STR("script")));
}

static void put_chunk(Buf *png, const char *type, Str bytes)
{
    unsigned char len[4] = {0, 0, (unsigned char)(bytes.len >> 8), (unsigned char)bytes.len};
    Str body = bytes;
    uint32_t crc = 0xFFFFFFFFu;
    buf_append(png, (const char *)len, 4);
    size_t start = png->len;
    buf_cstr(png, type);
    buf_str(png, body);
    for (size_t i = start; i < png->len; i++) {
        crc ^= (unsigned char)png->data[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = crc & 1 ? crc >> 1 ^ 0xEDB88320u : crc >> 1;
        }
    }
    crc = ~crc;
    unsigned char sum[4] = {(unsigned char)(crc >> 24), (unsigned char)(crc >> 16),
                            (unsigned char)(crc >> 8), (unsigned char)crc};
    buf_append(png, (const char *)sum, 4);
}

/* A few bytes that claim a picture of 30,000 by 30,000. */
static void a_bomb_of_pixels_is_refused_before_it_is_decoded(void **state)
{
    Buf png;
    buf_init(&png, 1 << 16);
    buf_str(&png, STR("\x89PNG\r\n\x1A\n"));
    put_chunk(&png, "IHDR", STR("\0\0\x75\x30\0\0\x75\x30\x08\x02\0\0\0"));
    put_chunk(&png, "IDAT", STR("\x78\x9C\x63\0\0\0\x01\0\x01"));
    put_chunk(&png, "IEND", STR(""));
    int64_t before = clock_monotonic_ms();
    assert_int_equal(refusal_of(*state, arena_str(*state, buf_view(&png))), ERROR_FIELD_FILE_SIZE);
    assert_true(clock_monotonic_ms() - before < LIMIT_PHOTO_SECONDS * 1000);
    buf_free(&png);
}

static void more_bytes_than_an_upload_may_have_are_refused(void **state)
{
    char *bytes = arena_array(*state, char, LIMIT_UPLOAD_BYTES + 1);
    memcpy(bytes, "\xFF\xD8\xFF", 3);
    assert_int_equal(refusal_of(*state, str_from_bytes(bytes, LIMIT_UPLOAD_BYTES + 1)),
                     ERROR_FIELD_FILE_SIZE);
}

static void any_byte_changed_is_refused_or_decoded(void **state)
{
    PhotoDraft draft;
    assert_null(photo_prepare(*state, STR("a.png"), png_of(*state, 16, 16), &draft));
    Str jpeg = draft.shown.bytes;
    for (size_t i = 3; i < jpeg.len; i += jpeg.len / 60 + 1) {
        char *changed = arena_array(*state, char, jpeg.len);
        memcpy(changed, jpeg.data, jpeg.len);
        changed[i] = (char)(changed[i] ^ 0xA5);
        ErrorCode code = refusal_of(*state, str_from_bytes(changed, jpeg.len));
        assert_true(code == ERROR_NONE || code == ERROR_FIELD_FILE_TYPE ||
                    code == ERROR_FIELD_FILE_SIZE);
    }
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN); /* as the server does */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_large_picture_becomes_a_copy_of_1600_and_a_thumbnail),
        cmocka_unit_test(a_small_picture_is_not_made_larger),
        cmocka_unit_test(the_copy_is_upright_and_has_no_metadata),
        cmocka_unit_test(the_same_picture_gives_the_same_copy),
        cmocka_unit_test(what_is_no_photo_is_refused_by_its_first_bytes),
        cmocka_unit_test(a_right_start_and_nonsense_after_it_is_refused),
        cmocka_unit_test(a_picture_cut_short_is_refused),
        cmocka_unit_test(a_picture_with_something_behind_it_loses_that),
        cmocka_unit_test(a_bomb_of_pixels_is_refused_before_it_is_decoded),
        cmocka_unit_test(more_bytes_than_an_upload_may_have_are_refused),
        cmocka_unit_test(any_byte_changed_is_refused_or_decoded),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
