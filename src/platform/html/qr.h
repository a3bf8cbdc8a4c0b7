/* qr.h: QR codes (ISO/IEC 18004) as inline SVG, black on white in every theme. */
#ifndef PLATFORM_HTML_QR_H
#define PLATFORM_HTML_QR_H

#include "platform/html/out.h"

/* An <svg role="img"> of `text` with error correction M and a quiet zone of four modules;
 * `module_px` is the width of one module in CSS pixels (paper: 24 mm and more over all), `label`
 * is read aloud. Empty when the text is longer than a QR code holds. */
SafeHtml qr_svg(Arena *arena, Str text, Str label, int module_px);

#endif
