/* str.h: text as pointer and length.
 *
 * A Str never owns its bytes and need not end in NUL. Text entering the program is checked once
 * for UTF-8 (utf8.h), so inside the program every Str is valid UTF-8 unless it is named bytes.
 * Start reading at STR() and str_eq().
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Str {
    const char *data;
    size_t len;
} Str;

/* A Str of a string literal, usable in static initialisers as STR_INIT. */
#define STR(literal) ((Str){(literal), sizeof(literal) - 1})
#define STR_INIT(literal)                                                                          \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

/* For printf: printf("%.*s", STR_ARG(s)). */
#define STR_ARG(s) (int)(s).len, (s).data

#define countof(array) (sizeof(array) / sizeof((array)[0]))

#define MUST_USE __attribute__((warn_unused_result))

/* A Str over a NUL-terminated string; NULL gives the empty Str. */
Str str_from(const char *text);
Str str_from_bytes(const char *data, size_t len);

bool str_eq(Str a, Str b);
/* Equal when ASCII letters are taken without case (header names, schemes). */
bool str_eq_ignore_case(Str a, Str b);
/* Order by bytes, which for UTF-8 is order by code point: <0, 0, >0. */
int str_compare(Str a, Str b);
/* Equal in time that depends on the lengths only: for secrets. */
bool str_eq_secret(Str a, Str b);
bool str_starts_with(Str s, Str prefix);
bool str_ends_with(Str s, Str suffix);
/* Position of needle in s, or -1. An empty needle is at 0. */
ptrdiff_t str_find(Str s, Str needle);
bool str_contains(Str s, Str needle);
/* Bytes from..to, both cut to the length. */
Str str_slice(Str s, size_t from, size_t to);
/* Cuts s at the first separator: *out_head before it, *out_tail after it. False, with head = s and
 * an empty tail, when there is none. */
bool str_cut(Str s, char separator, Str *out_head, Str *out_tail);
/* Without ASCII white space at both ends, and without U+3000 (full-width space). */
Str str_trim(Str s);

/* A decimal integer, whole text, optional minus, no spaces: false when it is not one or does not
 * fit. */
bool str_to_int64(Str s, int64_t *out);
/* A hash of the bytes, the same on every machine; not for hostile keys in unbounded tables. */
uint64_t str_hash(Str s);

#endif
