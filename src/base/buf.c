#include "base/buf.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

void buf_init(Buf *buf, size_t max_bytes)
{
    *buf = (Buf){.max_bytes = max_bytes};
}

void buf_free(Buf *buf)
{
    free(buf->data);
    *buf = (Buf){.max_bytes = buf->max_bytes};
}

void buf_clear(Buf *buf)
{
    buf->len = 0;
    buf->overflowed = false;
}

static void grow(Buf *buf, size_t needed)
{
    size_t capacity = buf->capacity > 0 ? buf->capacity : 256;
    while (capacity < needed) {
        capacity *= 2;
    }
    char *data = realloc(buf->data, capacity);
    if (!data) {
        panic("out of memory");
    }
    buf->data = data;
    buf->capacity = capacity;
}

void buf_append(Buf *buf, const char *data, size_t len)
{
    if (len > buf->max_bytes - buf->len) {
        buf->overflowed = true;
    }
    if (buf->overflowed || len == 0) {
        return;
    }
    if (buf->len + len > buf->capacity) {
        grow(buf, buf->len + len);
    }
    memcpy(buf->data + buf->len, data, len);
    buf->len += len;
}

void buf_str(Buf *buf, Str s)
{
    buf_append(buf, s.data, s.len);
}

void buf_cstr(Buf *buf, const char *text)
{
    buf_append(buf, text, strlen(text));
}

void buf_char(Buf *buf, char c)
{
    buf_append(buf, &c, 1);
}

void buf_int(Buf *buf, int64_t value)
{
    char digits[24];
    int length = snprintf(digits, sizeof(digits), "%" PRId64, value);
    buf_append(buf, digits, (size_t)length);
}

void buf_printf(Buf *buf, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = NULL;
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (length < 0) {
        panic("out of memory");
    }
    buf_append(buf, text, (size_t)length);
    free(text);
}

Str buf_view(const Buf *buf)
{
    return (Str){buf->data ? buf->data : "", buf->len};
}
