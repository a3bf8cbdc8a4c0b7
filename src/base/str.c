#include "base/str.h"

#include <string.h>

Str str_from(const char *text)
{
    return (Str){text, text ? strlen(text) : 0};
}

Str str_from_bytes(const char *data, size_t len)
{
    return (Str){data, len};
}

bool str_eq(Str a, Str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

static unsigned char lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

bool str_eq_ignore_case(Str a, Str b)
{
    if (a.len != b.len) {
        return false;
    }
    for (size_t i = 0; i < a.len; i++) {
        if (lower(a.data[i]) != lower(b.data[i])) {
            return false;
        }
    }
    return true;
}

int str_compare(Str a, Str b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter > 0 ? memcmp(a.data, b.data, shorter) : 0;
    if (order != 0) {
        return order;
    }
    return (a.len > b.len) - (a.len < b.len);
}

bool str_eq_secret(Str a, Str b)
{
    if (a.len != b.len) {
        return false;
    }
    unsigned char difference = 0;
    for (size_t i = 0; i < a.len; i++) {
        difference |= (unsigned char)(a.data[i] ^ b.data[i]);
    }
    return difference == 0;
}

bool str_starts_with(Str s, Str prefix)
{
    return s.len >= prefix.len && str_eq(str_slice(s, 0, prefix.len), prefix);
}

bool str_ends_with(Str s, Str suffix)
{
    return s.len >= suffix.len && str_eq(str_slice(s, s.len - suffix.len, s.len), suffix);
}

ptrdiff_t str_find(Str s, Str needle)
{
    if (needle.len == 0) {
        return 0;
    }
    if (s.len < needle.len) {
        return -1;
    }
    const char *found = memmem(s.data, s.len, needle.data, needle.len);
    return found ? found - s.data : -1;
}

bool str_contains(Str s, Str needle)
{
    return str_find(s, needle) >= 0;
}

Str str_slice(Str s, size_t from, size_t to)
{
    to = to > s.len ? s.len : to;
    from = from > to ? to : from;
    return (Str){s.data ? s.data + from : NULL, to - from};
}

bool str_cut(Str s, char separator, Str *out_head, Str *out_tail)
{
    const char *found = s.len > 0 ? memchr(s.data, separator, s.len) : NULL;
    if (!found) {
        *out_head = s;
        *out_tail = str_slice(s, s.len, s.len);
        return false;
    }
    size_t at = (size_t)(found - s.data);
    *out_head = str_slice(s, 0, at);
    *out_tail = str_slice(s, at + 1, s.len);
    return true;
}

/* Bytes of white space at the start of s: an ASCII blank or U+3000, or 0. */
static size_t blank_at_start(Str s)
{
    if (s.len > 0 && (s.data[0] == ' ' || (s.data[0] >= '\t' && s.data[0] <= '\r'))) {
        return 1;
    }
    return str_starts_with(s, STR("\xE3\x80\x80")) ? 3 : 0;
}

static size_t blank_at_end(Str s)
{
    if (s.len == 0) {
        return 0;
    }
    char last = s.data[s.len - 1];
    if (last == ' ' || (last >= '\t' && last <= '\r')) {
        return 1;
    }
    return str_ends_with(s, STR("\xE3\x80\x80")) ? 3 : 0;
}

Str str_trim(Str s)
{
    for (size_t n = blank_at_start(s); n > 0; n = blank_at_start(s)) {
        s = str_slice(s, n, s.len);
    }
    for (size_t n = blank_at_end(s); n > 0; n = blank_at_end(s)) {
        s = str_slice(s, 0, s.len - n);
    }
    return s;
}

bool str_to_int64(Str s, int64_t *out)
{
    bool negative = s.len > 0 && s.data[0] == '-';
    Str digits = str_slice(s, negative ? 1 : 0, s.len);
    if (digits.len == 0) {
        return false;
    }
    int64_t value = 0; /* kept negative: the negative range is larger by one */
    for (size_t i = 0; i < digits.len; i++) {
        int digit = digits.data[i] - '0'; /* NOLINT: a Str with a length has data */
        if (digit < 0 || digit > 9 || __builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, digit, &value)) {
            return false;
        }
    }
    if (!negative && value == INT64_MIN) {
        return false;
    }
    *out = negative ? value : -value;
    return true;
}

uint64_t str_hash(Str s)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325); /* FNV-1a, then a finaliser for the low bits */
    for (size_t i = 0; i < s.len; i++) {
        hash = (hash ^ (unsigned char)s.data[i]) * UINT64_C(0x100000001b3);
    }
    hash ^= hash >> 32;
    hash *= UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ (hash >> 29);
}
