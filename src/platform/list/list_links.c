/* list_links.c: the addresses of a list's pages.
 *
 * Reading goes forward only: a page is found by where the one before it ended. The way back is
 * kept in the address: `trail` holds the `after` of the pages before this one, the oldest first.
 */
#include "base/limits.h"
#include "platform/list/list.h"

/* Older pages than these are forgotten: going back further leads to the first page. */
#define MAX_TRAIL_BYTES 900

Str list_parameter(const ListRequest *request, const char *name)
{
    for (size_t i = 0; i < request->query->count; i++) {
        if (str_eq(request->query->items[i].name, str_from(name))) {
            return request->query->items[i].value;
        }
    }
    return STR("");
}

static bool is_ours(Str name)
{
    return str_eq(name, STR("order")) || str_eq(name, STR("after")) || str_eq(name, STR("trail")) ||
           str_eq(name, STR("format"));
}

static void add_parameter(Buf *buf, Arena *arena, const char *name, Str value)
{
    Out out = {.buf = buf, .arena = arena};
    if (value.len == 0) {
        return;
    }
    buf_char(buf, memchr(buf->data, '?', buf->len) ? '&' : '?');
    out_url_part_str(&out, str_from(name));
    buf_char(buf, '=');
    out_url_part_str(&out, value);
}

/* The page's address with every foreign parameter kept and ours set anew. */
static SafeUrl make_link(const ListRequest *request, Str order, Str after, Str trail, Str format)
{
    Buf buf;
    buf_init(&buf, LIMIT_URL_BYTES);
    buf_str(&buf, url_own_path_or_home(request->arena, request->path).url);
    for (size_t i = 0; i < request->query->count; i++) {
        const Pair *pair = &request->query->items[i];
        if (!is_ours(pair->name)) {
            add_parameter(&buf, request->arena, arena_cstr(request->arena, pair->name),
                          pair->value);
        }
    }
    add_parameter(&buf, request->arena, "order", order);
    add_parameter(&buf, request->arena, "after", after);
    add_parameter(&buf, request->arena, "trail", trail);
    add_parameter(&buf, request->arena, "format", format);
    /* A path of ours and percent-encoded parts stay a path of ours; too long a one goes home. */
    SafeUrl made = url_own_path_or_home(request->arena, buf.overflowed ? STR("/") : buf_view(&buf));
    buf_free(&buf);
    return made;
}

SafeUrl list_order_link(const ListRequest *request, const ListOrder *order)
{
    return make_link(request, str_from(order->name), STR(""), STR(""), STR(""));
}

SafeUrl list_file_link(const ListRequest *request, const ListOrder *order, const char *format)
{
    return make_link(request, str_from(order->name), STR(""), STR(""), str_from(format));
}

/* --- the way back --------------------------------------------------------------------------- */

/* What came in the address; anything but places and the dots between them is nothing. */
static Str read_trail(const ListRequest *request)
{
    Str trail = list_parameter(request, "trail");
    for (size_t i = 0; i < trail.len; i++) {
        char c = trail.data[i];
        bool is_good = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       c == '-' || c == '.';
        if (!is_good) {
            return STR("");
        }
    }
    return trail.len <= MAX_TRAIL_BYTES ? trail : STR("");
}

/* The trail with one place more; the oldest are dropped when it grows too long. */
static Str longer_trail(Arena *arena, Str trail, Str place)
{
    Str whole = trail.len == 0 || place.len == 0
                    ? (trail.len == 0 ? place : trail)
                    : arena_printf(arena, "%.*s.%.*s", STR_ARG(trail), STR_ARG(place));
    while (whole.len > MAX_TRAIL_BYTES) {
        Str oldest;
        str_cut(whole, '.', &oldest, &whole);
    }
    return whole;
}

/* Cuts the newest place off. */
static Str shorter_trail(Str trail, Str *out_place)
{
    size_t dot = trail.len;
    while (dot > 0 && trail.data[dot - 1] != '.') {
        dot--;
    }
    *out_place = str_slice(trail, dot, trail.len);
    return str_slice(trail, 0, dot > 0 ? dot - 1 : 0);
}

ListPages list_pages(const ListRequest *request, const ListOrder *order, bool is_start,
                     Str next_after)
{
    Str name = order ? str_from(order->name) : STR("");
    Str here = is_start ? STR("") : list_parameter(request, "after");
    Str trail = is_start ? STR("") : read_trail(request);
    ListPages pages = {0};
    if (next_after.len > 0) {
        Str longer = longer_trail(request->arena, trail, here);
        pages.next = make_link(request, name, next_after, longer, STR(""));
    }
    if (!is_start) {
        Str place;
        Str shorter = shorter_trail(trail, &place);
        pages.previous = make_link(request, name, place, shorter, STR(""));
    }
    if (trail.len > 0) {
        pages.first = make_link(request, name, STR(""), STR(""), STR(""));
    }
    return pages;
}
