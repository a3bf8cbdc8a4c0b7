/* Ids as text, and the only makers of SafeUrl. */
#include <stdarg.h>

#include "base/limits.h"
#include "platform/html/out.h"

/* Crockford's base 32: no I, L, O, U. */
static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

IdText id_text(int64_t id)
{
    IdText out = {{0}};
    uint64_t rest = (uint64_t)id;
    for (int i = 12; i >= 0; i--) {
        out.text[i] = alphabet[rest & 31];
        rest >>= 5;
    }
    return out;
}

static int digit_of(char c)
{
    char upper = c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
    if (upper == 'O') {
        return 0;
    }
    if (upper == 'I' || upper == 'L') {
        return 1;
    }
    const char *found = upper == '\0' ? NULL : strchr(alphabet, upper);
    return found ? (int)(found - alphabet) : -1;
}

bool id_parse(Str s, int64_t *out)
{
    if (s.len != 13) {
        return false;
    }
    uint64_t id = 0;
    for (size_t i = 0; i < s.len; i++) {
        int digit = digit_of(s.data[i]);
        /* Ids are not negative: the first of 65 bits and the sign bit are 0. */
        if (digit < 0 || (i == 0 && digit > 7)) {
            return false;
        }
        id = id << 5 | (uint64_t)digit;
    }
    *out = (int64_t)id;
    return true;
}

/* "." and ".." are steps that a browser takes out: what is left may begin with two slashes. */
static bool has_dot_step(Str path)
{
    Str rest, steps, step;
    str_cut(path, '?', &steps, &rest);
    str_cut(steps, '#', &steps, &rest);
    while (steps.len > 0) {
        str_cut(steps, '/', &step, &steps);
        if (str_eq(step, STR(".")) || str_eq(step, STR(".."))) {
            return true;
        }
    }
    return false;
}

/* A path of ours: one '/' first, and nothing a browser could read as another host or a header. */
static bool is_own_path(Str path)
{
    if (path.len == 0 || path.len > LIMIT_URL_BYTES || path.data[0] != '/' ||
        (path.len > 1 && path.data[1] == '/')) {
        return false;
    }
    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.data[i];
        if (c <= 0x20 || c == 0x7f || c == '\\') {
            return false;
        }
    }
    return !has_dot_step(path);
}

/* A format of nothing but text and %s, as nearly all are: lists make one for each row. False for
 * any other. */
static bool write_simple(Buf *path, const char *format, va_list arguments)
{
    for (const char *mark = strchr(format, '%'); mark; mark = strchr(format, '%')) {
        if (mark[1] != 's') {
            return false;
        }
        buf_append(path, format, (size_t)(mark - format));
        buf_cstr(path, va_arg(arguments, const char *));
        format = mark + 2;
    }
    buf_cstr(path, format);
    return true;
}

static SafeUrl own_path(Arena *arena, const Buf *path)
{
    require(!path->overflowed);
    Str made = buf_view(path);
    require(is_own_path(made));
    return (SafeUrl){arena_str(arena, made)};
}

SafeUrl url_path(Arena *arena, const char *format, ...)
{
    char path[LIMIT_URL_BYTES + 1];
    Buf buf = {.data = path, .capacity = sizeof path, .max_bytes = sizeof path - 1};
    va_list arguments;
    va_start(arguments, format);
    bool is_simple = write_simple(&buf, format, arguments);
    va_end(arguments);
    if (!is_simple) {
        va_start(arguments, format);
        int len = vsnprintf(path, sizeof path, format, arguments);
        va_end(arguments);
        require(len >= 0 && (size_t)len < sizeof path);
        buf.len = (size_t)len;
    }
    return own_path(arena, &buf);
}

SafeUrl url_of(Arena *arena, const char *route, int64_t area, int64_t id)
{
    static const char area_place[] = "{area}";
    char path[LIMIT_URL_BYTES + 1];
    Buf buf = {.data = path, .capacity = sizeof path, .max_bytes = sizeof path - 1};
    for (const char *place = strchr(route, '{'); place; place = strchr(route, '{')) {
        const char *end = strchr(place, '}');
        require(end != NULL);
        buf_append(&buf, route, (size_t)(place - route));
        bool is_area = strncmp(place, area_place, sizeof(area_place) - 1) == 0;
        buf_cstr(&buf, id_text(is_area ? area : id).text);
        route = end + 1;
    }
    buf_cstr(&buf, route);
    return own_path(arena, &buf);
}

SafeUrl url_tel(Arena *arena, Str phone)
{
    char *out = arena_array(arena, char, phone.len + 5);
    memcpy(out, "tel:", 4);
    size_t len = 4;
    for (size_t i = 0; i < phone.len; i++) {
        char c = phone.data[i];
        if ((c >= '0' && c <= '9') || (c == '+' && len == 4)) {
            out[len++] = c;
        }
    }
    return (SafeUrl){str_from_bytes(out, len)};
}

SafeUrl url_own_path_or_home(Arena *arena, Str untrusted)
{
    return (SafeUrl){is_own_path(untrusted) ? arena_str(arena, untrusted) : STR("/")};
}
