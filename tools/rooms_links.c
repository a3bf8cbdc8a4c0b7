#include "rooms_links.h"

#include <ctype.h>

#include "base/vec.h"

void links_init(Links *links, Arena *arena)
{
    *links = (Links){.arena = arena};
    map_init(&links->routes, arena);
}

/* The last word of a text, and the sign behind it: "ROUTE_GET" of "    ROUTE_GET(". */
static Str word_before(Str text, char *out_sign)
{
    size_t end = text.len;
    while (end > 0 && isspace((unsigned char)text.data[end - 1])) {
        end--;
    }
    *out_sign = end > 0 ? text.data[end - 1] : '\0';
    size_t start = end = end > 0 ? end - 1 : 0;
    while (start > 0 &&
           (isalnum((unsigned char)text.data[start - 1]) || text.data[start - 1] == '_')) {
        start--;
    }
    return str_slice(text, start, end);
}

static bool declares_route(Str before)
{
    char sign;
    Str word = word_before(before, &sign);
    return (sign == '(' && str_starts_with(word, STR("ROUTE_"))) ||
           (sign == ',' && (str_eq(word, STR("HTTP_GET")) || str_eq(word, STR("HTTP_POST"))));
}

static void take_string(Links *links, Str path, int line, Str before, Str string)
{
    if (!str_starts_with(string, STR("/")) || !str_contains(string, STR("{"))) {
        return;
    }
    if (declares_route(before)) {
        map_set(&links->routes, string, links);
        return;
    }
    Str route, rest;
    str_cut(string, '?', &route, &rest);
    str_cut(route, '#', &route, &rest);
    if (str_contains(route, STR("{"))) {
        *vec_push(links->arena, links) = (Link){route, path, line};
    }
}

/* The place behind a comment, a string or a character that begins at i; i for anything else. */
static size_t skip(Str text, size_t i)
{
    bool is_comment = str_starts_with(str_slice(text, i, i + 2), STR("/*"));
    char quote = text.data[i];
    if (is_comment) {
        ptrdiff_t end = str_find(str_slice(text, i, text.len), STR("*/"));
        return end < 0 ? text.len : i + (size_t)end + 2;
    }
    if (quote != '"' && quote != '\'') {
        return i;
    }
    for (i++; i < text.len && text.data[i] != quote; i++) {
        i += text.data[i] == '\\';
    }
    return i + 1;
}

void links_read(Links *links, Str path, Str text)
{
    bool is_source = str_starts_with(path, STR("features/")) && str_ends_with(path, STR(".c")) &&
                     !str_ends_with(path, STR("_test.c"));
    int line = 1;
    for (size_t i = 0; is_source && i < text.len;) {
        size_t end = skip(text, i);
        if (end > i && text.data[i] == '"') {
            take_string(links, path, line, str_slice(text, 0, i), str_slice(text, i + 1, end - 1));
        }
        end = end > i ? end : i + 1;
        for (; i < text.len && i < end; i++) {
            line += text.data[i] == '\n';
        }
    }
}

int links_report(const Links *links, Buf *report)
{
    int problems = 0;
    for (size_t i = 0; i < links->count; i++) {
        const Link *link = &links->items[i];
        if (!map_get(&links->routes, link->route)) {
            buf_printf(report, "src/%.*s:%d: no room serves %.*s\n", STR_ARG(link->path),
                       link->line, STR_ARG(link->route));
            problems++;
        }
    }
    return problems;
}
