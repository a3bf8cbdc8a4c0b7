/* print_merge.c: one text, many letters. */
#include "platform/print/print.h"

#define MAX_LETTER_BYTES (256u * 1024)

static const PrintField *find_field(const PrintField *fields, size_t n_fields, Str name)
{
    for (size_t i = 0; i < n_fields; i++) {
        if (str_eq(fields[i].name, name)) {
            return &fields[i];
        }
    }
    return NULL;
}

static Error *wrong_field(Arena *arena, Str name)
{
    return error_with(error_make(arena, ERROR_BAD_REQUEST, "letter: unknown field"), 0, name);
}

static Error *fill(Arena *arena, Str rest, const PrintField *fields, size_t n_fields, Buf *out)
{
    Str before, name;
    while (str_cut(rest, '{', &before, &rest)) {
        buf_str(out, before);
        if (str_starts_with(rest, STR("{"))) {
            buf_char(out, '{');
            rest = str_slice(rest, 1, rest.len);
            continue;
        }
        bool is_closed = str_cut(rest, '}', &name, &rest);
        const PrintField *field = find_field(fields, n_fields, name);
        if (!is_closed || !field) {
            return wrong_field(arena, name);
        }
        buf_str(out, field->value);
    }
    buf_str(out, before);
    return NULL;
}

Error *print_merge(Arena *arena, Str text, const PrintField *fields, size_t n_fields, Str *out)
{
    Buf buf;
    buf_init(&buf, MAX_LETTER_BYTES);
    Error *err = fill(arena, text, fields, n_fields, &buf);
    if (!err && buf.overflowed) {
        err = error_make(arena, ERROR_TOO_LARGE, "letter");
    }
    *out = arena_str(arena, buf_view(&buf));
    buf_free(&buf);
    return err;
}
