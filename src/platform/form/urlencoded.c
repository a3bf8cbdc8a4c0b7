/* application/x-www-form-urlencoded (WHATWG URL, section 5), strictly: a broken escape is an error.
 */
#include "base/utf8.h"
#include "base/vec.h"
#include "platform/form/form.h"

typedef struct PairVec {
    Pair *items;
    size_t count;
    size_t capacity;
} PairVec;

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    char lower = (char)(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* Undoes %XX and '+'. False for a broken escape. */
static bool decode(Arena *arena, Str part, Str *out)
{
    char *bytes = arena_array(arena, char, part.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < part.len; i++) {
        if (part.data[i] != '%') {
            bytes[len++] = part.data[i] == '+' ? ' ' : part.data[i];
            continue;
        }
        int high = i + 2 < part.len ? hex_digit(part.data[i + 1]) : -1;
        int low = i + 2 < part.len ? hex_digit(part.data[i + 2]) : -1;
        if (high < 0 || low < 0) {
            return false;
        }
        bytes[len++] = (char)(high * 16 + low);
        i += 2;
    }
    *out = str_from_bytes(bytes, len);
    return true;
}

static Error *decode_pair(Arena *arena, Str part, Pair *out)
{
    Str name, value;
    str_cut(part, '=', &name, &value);
    if (!decode(arena, name, &out->name) || !decode(arena, value, &out->value)) {
        return error_make(arena, ERROR_BAD_REQUEST, "a broken %% escape in a form");
    }
    if (!utf8_is_valid(out->name) || !utf8_is_valid(out->value)) {
        return error_make(arena, ERROR_NOT_UTF8, "a form that is not UTF-8");
    }
    return NULL;
}

Error *form_decode_urlencoded(Arena *arena, Str body, size_t max_pairs, Pairs *out)
{
    PairVec pairs = {0};
    while (body.len > 0) {
        Str part;
        str_cut(body, '&', &part, &body);
        if (part.len == 0) {
            continue;
        }
        if (pairs.count == max_pairs) {
            return error_make(arena, ERROR_TOO_LARGE, "more than %zu form pairs", max_pairs);
        }
        Pair pair = {0};
        Error *error = decode_pair(arena, part, &pair);
        if (error) {
            return error;
        }
        *vec_push(arena, &pairs) = pair;
    }
    *out = (Pairs){.items = pairs.items, .count = pairs.count};
    return NULL;
}
