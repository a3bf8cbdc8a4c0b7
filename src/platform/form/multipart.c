/* multipart/form-data (RFC 7578), the part of it that browsers send.
 *
 * Strict: every line ends in CRLF, each part has one Content-Disposition with a name, the body ends
 * with the closing delimiter. Values point into the body.
 */
#include "base/utf8.h"
#include "base/vec.h"
#include "platform/form/form.h"

#define MAX_BOUNDARY     70 /* RFC 2046, section 5.1.1 */
#define MAX_HEADER_LINES 8

typedef struct PairVec {
    Pair *items;
    size_t count;
    size_t capacity;
} PairVec;

static Error *broken(Arena *arena, const char *what)
{
    return error_make(arena, ERROR_BAD_REQUEST, "multipart: %s", what);
}

/* Cuts at the first needle; false when it does not occur. */
static bool cut_at(Str s, Str needle, Str *out_head, Str *out_tail)
{
    ptrdiff_t at = str_find(s, needle);
    if (at < 0) {
        return false;
    }
    *out_head = str_slice(s, 0, (size_t)at);
    *out_tail = str_slice(s, (size_t)at + needle.len, s.len);
    return true;
}

/* One `; name=value` or `; name="value"` parameter off the front of *rest. */
static bool next_parameter(Arena *arena, Str *rest, Str *out_name, Str *out_value)
{
    *rest = str_trim(*rest);
    if (rest->len == 0 || rest->data[0] != ';') {
        return false;
    }
    Str value;
    if (!str_cut(str_slice(*rest, 1, rest->len), '=', out_name, &value)) {
        return false;
    }
    *out_name = str_trim(*out_name);
    if (value.len == 0 || value.data[0] != '"') {
        size_t end = 0;
        while (end < value.len && value.data[end] != ';') {
            end++;
        }
        *out_value = str_trim(str_slice(value, 0, end));
        *rest = str_slice(value, end, value.len);
        return true;
    }
    /* Browsers write %22 for a quote inside; \" comes from older ones. */
    char *bytes = arena_array(arena, char, value.len);
    size_t len = 0, at = 1;
    while (at < value.len && value.data[at] != '"') {
        at += value.data[at] == '\\' && at + 1 < value.len && value.data[at + 1] == '"';
        bytes[len++] = value.data[at++];
    }
    *out_value = str_from_bytes(bytes, len);
    *rest = str_slice(value, at + 1, value.len);
    return at < value.len;
}

static Error *find_boundary(Arena *arena, Str content_type, Str *out)
{
    Str type, rest;
    str_cut(content_type, ';', &type, &rest);
    if (!str_eq_ignore_case(str_trim(type), STR("multipart/form-data"))) {
        return error_make(arena, ERROR_CONTENT_TYPE, "not multipart/form-data");
    }
    rest = str_slice(content_type, type.len, content_type.len);
    Str name, value;
    while (next_parameter(arena, &rest, &name, &value)) {
        if (str_eq_ignore_case(name, STR("boundary")) && value.len > 0 &&
            value.len <= MAX_BOUNDARY) {
            *out = value;
            return NULL;
        }
    }
    return broken(arena, "no boundary");
}

static Error *read_disposition(Arena *arena, Str value, Pair *pair, bool *has_name)
{
    Str kind, rest;
    str_cut(value, ';', &kind, &rest);
    if (!str_eq_ignore_case(str_trim(kind), STR("form-data"))) {
        return broken(arena, "not form-data");
    }
    rest = str_slice(value, kind.len, value.len);
    Str name, text;
    while (next_parameter(arena, &rest, &name, &text)) {
        if (str_eq_ignore_case(name, STR("name")) && !*has_name) {
            pair->name = text;
            *has_name = true;
        } else if (str_eq_ignore_case(name, STR("filename")) && !pair->is_file) {
            pair->file_name = text;
            pair->is_file = true;
        } else {
            return broken(arena, "an unknown or repeated parameter");
        }
    }
    return str_trim(rest).len == 0 ? NULL : broken(arena, "a torn Content-Disposition");
}

/* The header lines of one part. */
static Error *read_headers(Arena *arena, Str headers, Pair *pair)
{
    bool has_name = false;
    for (int lines = 0; headers.len > 0; lines++) {
        Str line, name, value;
        if (!cut_at(headers, STR("\r\n"), &line, &headers)) {
            line = headers;
            headers = STR("");
        }
        if (lines == MAX_HEADER_LINES || !str_cut(line, ':', &name, &value)) {
            return broken(arena, "bad header lines");
        }
        if (str_eq_ignore_case(name, STR("content-disposition"))) {
            Error *error = has_name ? broken(arena, "two dispositions")
                                    : read_disposition(arena, str_trim(value), pair, &has_name);
            if (error) {
                return error;
            }
        } else if (str_eq_ignore_case(name, STR("content-type"))) {
            pair->file_type = str_trim(value);
        }
    }
    return has_name ? NULL : broken(arena, "a part without a name");
}

static Error *check_encoding(Arena *arena, const Pair *pair)
{
    if (!utf8_is_valid(pair->name) || !utf8_is_valid(pair->file_name) ||
        !utf8_is_valid(pair->file_type) || (!pair->is_file && !utf8_is_valid(pair->value))) {
        return error_make(arena, ERROR_NOT_UTF8, "a multipart form that is not UTF-8");
    }
    return NULL;
}

/* One part: headers, an empty line, the value up to the next delimiter. */
static Error *read_part(Arena *arena, Str delimiter, Str *rest, Pair *pair)
{
    Str headers;
    if (!cut_at(*rest, STR("\r\n\r\n"), &headers, rest)) {
        return broken(arena, "a part without its empty line");
    }
    Error *error = read_headers(arena, headers, pair);
    if (error) {
        return error;
    }
    if (!cut_at(*rest, delimiter, &pair->value, rest)) {
        return broken(arena, "no closing delimiter");
    }
    return check_encoding(arena, pair);
}

Error *form_decode_multipart(Arena *arena, Str content_type, Str body, size_t max_pairs, Pairs *out)
{
    Str boundary = {0}; /* gcc does not see that it is set */
    Error *error = find_boundary(arena, content_type, &boundary);
    if (error) {
        return error;
    }
    Str delimiter = arena_printf(arena, "\r\n--%.*s", STR_ARG(boundary));
    Str first = str_slice(delimiter, 2, delimiter.len);
    if (!str_starts_with(body, first)) {
        return broken(arena, "does not start with its boundary");
    }
    Str rest = str_slice(body, first.len, body.len);
    PairVec pairs = {0};
    while (str_starts_with(rest, STR("\r\n"))) {
        rest = str_slice(rest, 2, rest.len);
        if (pairs.count == max_pairs) {
            return error_make(arena, ERROR_TOO_LARGE, "more than %zu form parts", max_pairs);
        }
        Pair pair = {0};
        error = read_part(arena, delimiter, &rest, &pair);
        if (error) {
            return error;
        }
        *vec_push(arena, &pairs) = pair;
    }
    if (!str_starts_with(rest, STR("--"))) {
        return broken(arena, "no closing delimiter");
    }
    *out = (Pairs){.items = pairs.items, .count = pairs.count};
    return NULL;
}
