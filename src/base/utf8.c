#include "base/utf8.h"

#include <string.h>

/* Length of the well-formed sequence at the start of s (Unicode 15, table 3-7), or 0. */
static size_t sequence_length(const unsigned char *s, size_t len)
{
    unsigned char first = s[0];
    if (first < 0x80) {
        return 1;
    }
    size_t need = first >= 0xC2 && first <= 0xDF ? 2 : (first & 0xF0) == 0xE0 ? 3 : 4;
    if (first < 0xC2 || first > 0xF4 || len < need) {
        return 0;
    }
    unsigned char low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    unsigned char high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (s[1] < low || s[1] > high) {
        return 0;
    }
    for (size_t i = 2; i < need; i++) {
        if (s[i] < 0x80 || s[i] > 0xBF) {
            return 0;
        }
    }
    return need;
}

/* Most text is ASCII most of the time: eight bytes at once. Stops at a byte that is not, or less
 * than eight before the end, or (on machines that store the highest byte first) a little earlier.
 */
static size_t skip_ascii(const unsigned char *bytes, size_t at, size_t len)
{
    uint64_t eight = 0;
    while (at + sizeof(eight) <= len) {
        memcpy(&eight, bytes + at, sizeof(eight));
        uint64_t high = eight & UINT64_C(0x8080808080808080);
        if (high != 0) {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
            at += (size_t)__builtin_ctzll(high) / 8;
#endif
            break;
        }
        at += sizeof(eight);
    }
    return at;
}

bool utf8_is_valid(Str s)
{
    const unsigned char *bytes = (const unsigned char *)s.data;
    size_t at = skip_ascii(bytes, 0, s.len);
    while (at < s.len) {
        size_t n = sequence_length(bytes + at, s.len - at);
        if (n == 0) {
            return false;
        }
        at += n;
        at = n == 1 ? skip_ascii(bytes, at, s.len) : at;
    }
    return true;
}

uint32_t utf8_next(Str s, size_t *at)
{
    if (*at >= s.len) {
        return 0;
    }
    const unsigned char *p = (const unsigned char *)s.data + *at;
    if (p[0] < 0x80) {
        *at += 1;
        return p[0];
    }
    if (p[0] < 0xE0) {
        *at += 2;
        return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
    }
    if (p[0] < 0xF0) {
        *at += 3;
        return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    }
    *at += 4;
    return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 |
           (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
}

static bool is_unwelcome(uint32_t code)
{
    bool is_control = (code < 0x20 && code != '\n' && code != '\r' && code != '\t') ||
                      (code >= 0x7F && code < 0xA0);
    bool is_override = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
    return is_control || is_override;
}

bool utf8_is_clean(Str s)
{
    if (!utf8_is_valid(s)) {
        return false;
    }
    for (size_t at = 0; at < s.len;) {
        if (is_unwelcome(utf8_next(s, &at))) {
            return false;
        }
    }
    return true;
}

size_t utf8_length(Str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.len; i++) {
        count += ((unsigned char)s.data[i] & 0xC0) != 0x80;
    }
    return count;
}

Str utf8_first(Str s, size_t most)
{
    size_t at = 0;
    for (size_t i = 0; i < most && at < s.len; i++) {
        (void)utf8_next(s, &at);
    }
    return str_slice(s, 0, at);
}

size_t utf8_encode(uint32_t code, char out[4])
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xC0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xE0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 0x3F));
        out[2] = (char)(0x80 | (code & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | code >> 18);
    out[1] = (char)(0x80 | (code >> 12 & 0x3F));
    out[2] = (char)(0x80 | (code >> 6 & 0x3F));
    out[3] = (char)(0x80 | (code & 0x3F));
    return 4;
}

Str utf8_narrow(Arena *arena, Str s)
{
    char *out = arena_array(arena, char, s.len + 1); /* narrow forms are never longer */
    size_t len = 0;
    for (size_t at = 0; at < s.len;) {
        uint32_t code = utf8_next(s, &at);
        if (code >= 0xFF01 && code <= 0xFF5E) {
            code -= 0xFEE0;
        } else if (code == 0x3000) {
            code = ' ';
        }
        len += utf8_encode(code, out + len);
    }
    return (Str){out, len};
}
