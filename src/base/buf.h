/* buf.h: bytes that grow, up to a limit named when the buffer is made.
 *
 * Going over the limit sets `overflowed` and drops the rest; writers need not check each append,
 * the one who sends the result must check once. Memory is malloc'ed and kept until buf_free, so
 * that a loop can reuse it.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

typedef struct Buf {
    char *data;
    size_t len;
    size_t capacity;
    size_t max_bytes;
    bool overflowed;
} Buf;

void buf_init(Buf *buf, size_t max_bytes);
void buf_free(Buf *buf);
/* Empties it and keeps the memory. */
void buf_clear(Buf *buf);
void buf_append(Buf *buf, const char *data, size_t len);
void buf_str(Buf *buf, Str s);
void buf_cstr(Buf *buf, const char *text);
void buf_char(Buf *buf, char c);
void buf_int(Buf *buf, int64_t value);
void buf_printf(Buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* What has been written; valid until the next append. */
Str buf_view(const Buf *buf);

#endif
