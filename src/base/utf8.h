/* utf8.h: text is checked once, at the door, and counted in characters. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/* True for well-formed UTF-8 (no overlong forms, no surrogates, at most U+10FFFF). */
bool utf8_is_valid(Str s);
/* True when valid and without control characters other than newline, carriage return and tab, and
 * without bidirectional overrides (U+202A..202E, U+2066..2069) that make text lie. */
bool utf8_is_clean(Str s);
/* Number of code points in valid UTF-8. */
size_t utf8_length(Str s);
/* The first so many code points of valid UTF-8, or all of it. */
Str utf8_first(Str s, size_t most);
/* The next code point of valid UTF-8; advances *at. 0 at the end. */
uint32_t utf8_next(Str s, size_t *at);
/* Writes one code point; returns 1..4 bytes. */
size_t utf8_encode(uint32_t code, char out[4]);
/* Full-width letters, digits, signs (U+FF01..FF5E) and the wide space become their ASCII twins. */
Str utf8_narrow(Arena *arena, Str s);

#endif
