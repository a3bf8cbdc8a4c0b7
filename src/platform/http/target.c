#include "platform/http/target.h"

#include "base/limits.h"
#include "base/utf8.h"

static int hex_value(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return -1;
}

/* Decodes %XX of one segment into the arena; false for a broken escape or a control character. */
static bool decode_segment(Arena *arena, Str raw, Str *out)
{
    char *text = arena_array(arena, char, raw.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < raw.len; i++) {
        unsigned char c = (unsigned char)raw.data[i];
        if (c == '%') {
            bool is_whole = i + 2 < raw.len;
            int high = is_whole ? hex_value(raw.data[i + 1]) : -1;
            int low = is_whole ? hex_value(raw.data[i + 2]) : -1;
            if (high < 0 || low < 0) {
                return false;
            }
            c = (unsigned char)(high * 16 + low);
            i += 2;
        }
        if (c < 0x20 || c == 0x7f) {
            return false;
        }
        text[len++] = (char)c;
    }
    *out = str_from_bytes(text, len);
    return true;
}

static bool is_hidden_step(Str segment)
{
    return segment.len == 0 || str_eq(segment, STR(".")) || str_eq(segment, STR(".."));
}

static Error *add_segment(Arena *arena, Str raw, Target *target)
{
    Str segment;
    if (!decode_segment(arena, raw, &segment)) {
        return error_make(arena, ERROR_BAD_REQUEST, "broken escape in the path");
    }
    if (!utf8_is_valid(segment)) {
        return error_make(arena, ERROR_NOT_UTF8, "path is not UTF-8");
    }
    if (is_hidden_step(segment) || str_contains(segment, STR("/")) ||
        target->n_segments == PATH_MAX_SEGMENTS) {
        return error_make(arena, ERROR_NOT_FOUND, "no such kind of path");
    }
    target->segments[target->n_segments++] = segment;
    return NULL;
}

static Str join(Arena *arena, const Target *target, size_t raw_len)
{
    char *text = arena_array(arena, char, raw_len + 2);
    size_t len = 0;
    for (size_t i = 0; i < target->n_segments; i++) {
        text[len++] = '/';
        memcpy(text + len, target->segments[i].data, target->segments[i].len);
        len += target->segments[i].len;
    }
    if (len == 0) {
        text[len++] = '/';
    }
    return str_from_bytes(text, len);
}

Error *target_parse(Arena *arena, Str raw, Target *out)
{
    *out = (Target){0};
    if (raw.len == 0 || raw.len > LIMIT_URL_BYTES || raw.data[0] != '/') {
        return error_make(arena, ERROR_BAD_REQUEST, "target of %zu bytes", raw.len);
    }
    Str path;
    str_cut(raw, '?', &path, &out->query);
    Str rest = str_slice(path, 1, path.len);
    while (rest.len > 0) {
        Str head;
        bool more = str_cut(rest, '/', &head, &rest);
        Error *err = add_segment(arena, head, out);
        if (err) {
            return err;
        }
        if (more && rest.len == 0) {
            return error_make(arena, ERROR_NOT_FOUND, "path ends in a slash");
        }
    }
    out->path = join(arena, out, path.len);
    return NULL;
}

static bool is_digits(Str s)
{
    bool all = s.len > 0 && s.len <= 18;
    for (size_t i = 0; all && i < s.len; i++) {
        all = s.data[i] >= '0' && s.data[i] <= '9';
    }
    return all;
}

const char *framing_problem(const RequestHeaders *headers)
{
    if (headers->hosts != 1 || headers->host.len == 0) {
        return "not exactly one host";
    }
    if (headers->content_lengths > 1) {
        return "several lengths";
    }
    if (headers->content_lengths == 1 && headers->transfer_encodings > 0) {
        return "a length and a transfer coding";
    }
    if (headers->content_lengths == 1 && !is_digits(headers->content_length)) {
        return "a length that is not digits";
    }
    if (headers->transfer_encodings > 1 ||
        (headers->transfer_encodings == 1 &&
         !str_eq_ignore_case(headers->transfer_encoding, STR("chunked")))) {
        return "unknown transfer coding";
    }
    return NULL;
}
