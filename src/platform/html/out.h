/* out.h: the run-time of compiled templates.
 *
 * A template function writes into an Out. Escaping is chosen by the place (tools/html_to_c calls
 * out_text / out_attr / out_url_part / out_url) and by the C type (_Generic). Raw markup is the
 * type SafeHtml, made only here; a whole href or src is a SafeUrl, made only by url_* below.
 * Start reading at Out and out_text.
 */
#ifndef PLATFORM_HTML_OUT_H
#define PLATFORM_HTML_OUT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/money.h"
#include "platform/text/text.h"

typedef struct Out {
    Buf *buf;
    Arena *arena;
    Lang lang;
    Instant now;
} Out;

/* Markup made by our own code and known to be safe. */
typedef struct SafeHtml {
    Str markup;
} SafeHtml;

/* A whole address: a path of ours, or https:, tel:. */
typedef struct SafeUrl {
    Str url;
} SafeUrl;

/* An id as 13 Crockford base-32 characters (shown in URLs). */
typedef struct IdText {
    char text[14];
} IdText;
IdText id_text(int64_t id);
/* False when s is not 13 characters of the alphabet (either case; I L O read as 1 1 0). */
bool id_parse(Str s, int64_t *out);

/* A path inside the program: url_path(arena, "/a/%s/proposals/%s", id_text(a).text, ...). Must
 * start with one '/'; the caller's parts are ids or literals. */
SafeUrl url_path(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A route with its places filled: url_of(arena, "/a/{area}/proposals/{id}/edit", area, id). {area}
 * is the area's id, any other {name} is `id`, also in a query: "/a/{area}/proposals?round={id}".
 * The build fails when no room serves what stands before ? and # (tools/rooms_links.h). */
SafeUrl url_of(Arena *arena, const char *route, int64_t area, int64_t id);
/* "tel:" and the digits of a telephone number. */
SafeUrl url_tel(Arena *arena, Str phone);
/* A path that came from outside (?next=): only a path of ours ("/…", not "//", no backslash, no
 * control characters), otherwise "/". */
SafeUrl url_own_path_or_home(Arena *arena, Str untrusted);

/* Literal markup of the template itself. */
void out_raw(Out *out, const char *data, size_t len);

void out_text_str(Out *out, Str s);
void out_text_cstr(Out *out, const char *s);
void out_text_int(Out *out, int64_t value);
void out_text_money(Out *out, Money amount); /* 12,800 元 */
void out_text_instant(Out *out, Instant at); /* 5月12日（周三）17:30 */
void out_text_date(Out *out, Date date);     /* 5月12日（周三） */
void out_text_sentence(Out *out, Text text); /* a sentence: parameters escaped, ** as <b> */
void out_text_html(Out *out, SafeHtml html);
void out_text_bool(Out *out, bool value); /* 是 / 否 */
void out_attr_str(Out *out, Str s);
void out_attr_cstr(Out *out, const char *s);
void out_attr_int(Out *out, int64_t value);
void out_attr_sentence(Out *out, Text text); /* bold marks removed */
void out_attr_bool(Out *out, bool value);    /* true / false, for aria-* */
void out_attr_money(Out *out, Money amount);
void out_attr_instant(Out *out, Instant at);
void out_attr_date(Out *out, Date date);
void out_attr_id(Out *out, IdText id);
void out_url_part_str(Out *out, Str s); /* percent-encoded */
void out_url_part_cstr(Out *out, const char *s);
void out_url_part_int(Out *out, int64_t value);
void out_url_part_id(Out *out, IdText id);
void out_url(Out *out, SafeUrl url);

/* In text. */
#define out_text(out, value)                                                                       \
    _Generic((value), Str: out_text_str, char *: out_text_cstr, const char *: out_text_cstr,       \
        int: out_text_int, unsigned: out_text_int, long: out_text_int, long long: out_text_int,    \
        unsigned long: out_text_int, short: out_text_int, Money: out_text_money,                   \
        Instant: out_text_instant, Date: out_text_date, Text: out_text_sentence,                   \
        SafeHtml: out_text_html, bool: out_text_bool, unsigned short: out_text_int,                \
        IdText: out_attr_id)((out), (value))
/* In a quoted attribute, and inside <textarea> and <title>: no markup, so no SafeHtml. */
#define out_attr(out, value)                                                                       \
    _Generic((value), Str: out_attr_str, char *: out_attr_cstr, const char *: out_attr_cstr,       \
        int: out_attr_int, unsigned: out_attr_int, long: out_attr_int, long long: out_attr_int,    \
        unsigned long: out_attr_int, short: out_attr_int, Text: out_attr_sentence,                 \
        bool: out_attr_bool, Money: out_attr_money, Instant: out_attr_instant,                     \
        Date: out_attr_date, unsigned short: out_attr_int, IdText: out_attr_id)((out), (value))
/* A part of a URL inside a quoted href/src/action. */
#define out_url_part(out, value)                                                                   \
    _Generic((value), Str: out_url_part_str, char *: out_url_part_cstr,                            \
        const char *: out_url_part_cstr, int: out_url_part_int, unsigned: out_url_part_int,        \
        long: out_url_part_int, long long: out_url_part_int,                                       \
        unsigned long: out_url_part_int, short: out_url_part_int,                                  \
        unsigned short: out_url_part_int, IdText: out_url_part_id)((out), (value))

#endif
