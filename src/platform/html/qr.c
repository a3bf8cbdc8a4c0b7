#include "platform/html/qr.h"

#include <qrencode.h>

#define QUIET_MODULES  4
#define MAX_SVG_BYTES  (256u * 1024)
#define MAX_TEXT_BYTES 2000

static bool is_dark(const QRcode *code, int x, int y)
{
    return (code->data[y * code->width + x] & 1) != 0;
}

/* One path; each horizontal run of dark modules is a rectangle. */
static void write_runs(Buf *buf, const QRcode *code)
{
    for (int y = 0; y < code->width; y++) {
        for (int x = 0; x < code->width; x++) {
            int start = x;
            while (x < code->width && is_dark(code, x, y)) {
                x++;
            }
            if (x > start) {
                buf_printf(buf, "M%d %dh%dv1h-%dz", start + QUIET_MODULES, y + QUIET_MODULES,
                           x - start, x - start);
            }
        }
    }
}

static void write_svg(Buf *buf, Arena *arena, const QRcode *code, Str label, int module_px)
{
    int modules = code->width + 2 * QUIET_MODULES;
    Out out = {.buf = buf, .arena = arena};
    buf_printf(buf,
               "<svg class=\"qr\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%d\" "
               "height=\"%d\" viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\" aria-label=\"",
               modules * module_px, modules * module_px, modules, modules);
    out_attr_str(&out, label);
    buf_printf(buf, "\"><rect width=\"%d\" height=\"%d\" fill=\"#fff\"/><path fill=\"#000\" d=\"",
               modules, modules);
    write_runs(buf, code);
    buf_cstr(buf, "\"/></svg>");
}

SafeHtml qr_svg(Arena *arena, Str text, Str label, int module_px)
{
    require(module_px > 0);
    QRcode *code = NULL;
    if (text.len > 0 && text.len <= MAX_TEXT_BYTES) {
        code = QRcode_encodeData((int)text.len, (const unsigned char *)text.data, 0, QR_ECLEVEL_M);
    }
    if (!code) {
        return (SafeHtml){STR("")};
    }
    Buf buf;
    buf_init(&buf, MAX_SVG_BYTES);
    write_svg(&buf, arena, code, label, module_px);
    QRcode_free(code);
    Str markup = buf.overflowed ? STR("") : arena_str(arena, buf_view(&buf));
    buf_free(&buf);
    return (SafeHtml){markup};
}
