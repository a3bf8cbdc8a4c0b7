#include "platform/html/out.h"
#include "common_text.h"

void out_raw(Out *out, const char *data, size_t len)
{
    buf_append(out->buf, data, len);
}

static const char *entity_of(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        panic("character %d has no entity", c);
    }
}

static const bool is_special[256] = {
    ['&'] = true, ['<'] = true, ['>'] = true, ['"'] = true, ['\''] = true};

/* One escaper for text and quoted attributes: the five characters never hurt where they need not
 * be escaped. */
static void write_escaped(Buf *buf, Str s)
{
    size_t start = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (is_special[(unsigned char)s.data[i]]) {
            buf_append(buf, s.data + start, i - start);
            buf_cstr(buf, entity_of(s.data[i]));
            start = i + 1;
        }
    }
    if (start < s.len) {
        buf_append(buf, s.data + start, s.len - start);
    }
}

void out_text_str(Out *out, Str s)
{
    write_escaped(out->buf, s);
}

void out_text_cstr(Out *out, const char *s)
{
    write_escaped(out->buf, str_from(s));
}

void out_text_int(Out *out, int64_t value)
{
    buf_int(out->buf, value);
}

void out_text_money(Out *out, Money amount)
{
    char text[FORMAT_BYTES];
    write_escaped(out->buf, format_money_into(text, out->lang, amount));
}

void out_text_instant(Out *out, Instant at)
{
    char text[FORMAT_BYTES];
    write_escaped(out->buf, format_time_into(text, out->lang, at, out->now));
}

void out_text_date(Out *out, Date date)
{
    char text[FORMAT_BYTES];
    write_escaped(out->buf, format_date_into(text, out->lang, date, out->now));
}

static void write_text_piece(void *user, Str piece, bool bold)
{
    Buf *buf = user;
    if (bold && piece.len > 0) {
        buf_cstr(buf, "<b>");
        write_escaped(buf, piece);
        buf_cstr(buf, "</b>");
    } else {
        write_escaped(buf, piece);
    }
}

void out_text_sentence(Out *out, Text text)
{
    text_pieces(out->lang, out->now, text, write_text_piece, out->buf);
}

void out_text_html(Out *out, SafeHtml html)
{
    buf_str(out->buf, html.markup);
}

void out_text_bool(Out *out, bool value)
{
    out_text_sentence(out, value ? t_common_yes() : t_common_no());
}

void out_attr_str(Out *out, Str s)
{
    write_escaped(out->buf, s);
}

void out_attr_cstr(Out *out, const char *s)
{
    write_escaped(out->buf, str_from(s));
}

void out_attr_int(Out *out, int64_t value)
{
    buf_int(out->buf, value);
}

static void write_attr_piece(void *user, Str piece, bool bold)
{
    (void)bold;
    write_escaped(user, piece);
}

void out_attr_sentence(Out *out, Text text)
{
    text_pieces(out->lang, out->now, text, write_attr_piece, out->buf);
}

void out_attr_bool(Out *out, bool value)
{
    buf_cstr(out->buf, value ? "true" : "false");
}

void out_attr_money(Out *out, Money amount)
{
    out_text_money(out, amount);
}

void out_attr_instant(Out *out, Instant at)
{
    out_text_instant(out, at);
}

void out_attr_date(Out *out, Date date)
{
    out_text_date(out, date);
}

void out_attr_id(Out *out, IdText id)
{
    buf_cstr(out->buf, id.text);
}

/* RFC 3986: everything but the unreserved characters is percent-encoded. */
static bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || c == '~';
}

void out_url_part_str(Out *out, Str s)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.data[i];
        if (is_unreserved((char)c)) {
            buf_char(out->buf, (char)c);
        } else {
            buf_append(out->buf, (char[]){'%', digits[c >> 4], digits[c & 15]}, 3);
        }
    }
}

void out_url_part_cstr(Out *out, const char *s)
{
    out_url_part_str(out, str_from(s));
}

void out_url_part_int(Out *out, int64_t value)
{
    buf_int(out->buf, value);
}

void out_url_part_id(Out *out, IdText id)
{
    buf_cstr(out->buf, id.text);
}

void out_url(Out *out, SafeUrl url)
{
    write_escaped(out->buf, url.url);
}
