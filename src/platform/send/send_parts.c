/* send_parts.c: what is written to a gateway and what its answers mean; no network here. */
#include <arpa/inet.h>
#include <jansson.h>
#include <netinet/in.h>
#include <sodium.h>

#include "base/buf.h"
#include "platform/send/send_internal.h"

#define EMAIL_BYTES    254
#define EMAIL_LINE     76 /* characters of base64 */
#define MESSAGE_BYTES  (64 * 1024)
#define SUBJECT_BYTES  42 /* of text in one encoded word: at most 75 characters each */
#define MS_OF_A_SECOND 1000

SendResult send_outcome_of_status(int status)
{
    if (status >= 200 && status < 300) {
        return (SendResult){SEND_DONE, SEND_NO_REASON, status};
    }
    if (status == 429 || status == 503) {
        return (SendResult){SEND_LATER, SEND_BUSY, status};
    }
    if (status >= 500 || status < 200) {
        return (SendResult){SEND_UNCLEAR, SEND_BAD_ANSWER, status};
    }
    return (SendResult){SEND_REFUSED, SEND_SAID_NO, status};
}

/* --- addresses -------------------------------------------------------------------------------- */

static bool is_private_v4(uint32_t address)
{
    static const struct {
        uint32_t network;
        int bits;
    } ranges[] = {
        {0x00000000, 8},  /* this network */
        {0x0a000000, 8},  /* private */
        {0x64400000, 10}, /* behind a carrier's translation */
        {0x7f000000, 8},  /* loopback */
        {0xa9fe0000, 16}, /* link-local, and the metadata of clouds */
        {0xac100000, 12}, /* private */
        {0xc0000000, 24}, /* protocol assignments */
        {0xc0a80000, 16}, /* private */
        {0xc6120000, 15}, /* measuring */
        {0xe0000000, 3},  /* multicast, reserved, broadcast */
    };
    for (size_t i = 0; i < countof(ranges); i++) {
        if (((address ^ ranges[i].network) >> (32 - ranges[i].bits)) == 0) {
            return true;
        }
    }
    return false;
}

static uint32_t v4_in(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static bool is_zero(const unsigned char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (bytes[i] != 0) {
            return false;
        }
    }
    return true;
}

static bool is_private_v6(const unsigned char *b)
{
    static const unsigned char nat64[12] = {0x00, 0x64, 0xff, 0x9b};
    if (is_zero(b, 10) && b[10] == 0xff && b[11] == 0xff) {
        return is_private_v4(v4_in(b + 12));
    }
    if (memcmp(b, nat64, sizeof(nat64)) == 0) {
        return is_private_v4(v4_in(b + 12));
    }
    if (b[0] == 0x20 && b[1] == 0x02) {
        return is_private_v4(v4_in(b + 2));
    }
    /* Only 2000::/3 is handed out to the world. */
    return (b[0] & 0xe0) != 0x20;
}

bool send_address_is_private(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        struct sockaddr_in v4;
        memcpy(&v4, address, sizeof(v4));
        return is_private_v4(ntohl(v4.sin_addr.s_addr));
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 v6;
        memcpy(&v6, address, sizeof(v6));
        return is_private_v6(v6.sin6_addr.s6_addr);
    }
    return true;
}

static bool is_address_character(char c)
{
    return (unsigned char)c > ' ' && (unsigned char)c < 0x7f && c != '<' && c != '>' && c != ',' &&
           c != ';' && c != ':' && c != '"' && c != '(' && c != ')' && c != '\\' && c != '[' &&
           c != ']';
}

bool send_is_email(Str address)
{
    Str name, host, more, rest;
    if (address.len > EMAIL_BYTES || !str_cut(address, '@', &name, &host) || name.len == 0 ||
        str_cut(host, '@', &more, &rest)) {
        return false;
    }
    for (size_t i = 0; i < address.len; i++) {
        if (!is_address_character(address.data[i])) {
            return false;
        }
    }
    bool has_dot = str_contains(host, STR("."));
    return has_dot && host.data[0] != '.' && host.data[host.len - 1] != '.' && name.data[0] != '-';
}

/* --- a webhook -------------------------------------------------------------------------------- */

static Str hex_of(Arena *arena, const unsigned char *bytes, size_t count)
{
    char *text = arena_array(arena, char, count * 2 + 1);
    sodium_bin2hex(text, count * 2 + 1, bytes, count);
    return str_from_bytes(text, count * 2);
}

Str send_signature(Arena *arena, Str secret, Str body, Instant now)
{
    crypto_auth_hmacsha256_state state;
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    Str seconds = arena_printf(arena, "%lld", (long long)(now.ms / MS_OF_A_SECOND));
    crypto_auth_hmacsha256_init(&state, (const unsigned char *)secret.data, secret.len);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)seconds.data, seconds.len);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)".", 1);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)body.data, body.len);
    crypto_auth_hmacsha256_final(&state, mac);
    return arena_printf(arena, "t=%.*s,v1=%.*s", STR_ARG(seconds),
                        STR_ARG(hex_of(arena, mac, sizeof(mac))));
}

Str send_link(Arena *arena, const SendConfig *config, const SendMessage *message)
{
    return config->site.len == 0 || message->path.len == 0
               ? STR("")
               : arena_printf(arena, "%.*s%.*s", STR_ARG(config->site), STR_ARG(message->path));
}

static const char *channel_name(SendChannel channel)
{
    return channel == SEND_WECHAT ? "wechat" : channel == SEND_SMS ? "sms" : "email";
}

static void set(json_t *object, const char *name, Str value)
{
    json_object_set_new(object, name, json_stringn(value.len > 0 ? value.data : "", value.len));
}

Str send_json(Arena *arena, const SendConfig *config, const SendMessage *message)
{
    json_t *object = json_object();
    set(object, "id", message->id);
    set(object, "channel", str_from(channel_name(message->channel)));
    set(object, "to", message->to);
    set(object, "kind", message->kind);
    set(object, "area", message->area);
    set(object, "words", message->words);
    set(object, "link", send_link(arena, config, message));
    char *text = json_dumps(object, JSON_COMPACT);
    Str copy = text ? arena_str(arena, str_from(text)) : STR("{}");
    free(text);
    json_decref(object);
    return copy;
}

/* --- an e-mail -------------------------------------------------------------------------------- */

static void base64(Arena *arena, Buf *out, Str text)
{
    size_t size = sodium_base64_encoded_len(text.len, sodium_base64_VARIANT_ORIGINAL);
    char *encoded = arena_array(arena, char, size);
    sodium_bin2base64(encoded, size, (const unsigned char *)text.data, text.len,
                      sodium_base64_VARIANT_ORIGINAL);
    buf_cstr(out, encoded);
}

/* So many bytes of whole characters. */
static size_t whole_characters(Str text, size_t most)
{
    if (text.len <= most) {
        return text.len;
    }
    while (most > 0 && ((unsigned char)text.data[most] & 0xc0) == 0x80) {
        most--;
    }
    return most;
}

/* Encoded words (RFC 2047), as many as it takes. */
static void write_header_text(Arena *arena, Buf *out, Str text)
{
    for (size_t at = 0; at < text.len;) {
        size_t count = whole_characters(str_slice(text, at, text.len), SUBJECT_BYTES);
        buf_cstr(out, at > 0 ? "\r\n =?UTF-8?B?" : "=?UTF-8?B?");
        base64(arena, out, str_slice(text, at, at + count));
        buf_cstr(out, "?=");
        at += count;
    }
}

static void write_body(Arena *arena, Buf *out, Str text)
{
    Buf encoded;
    buf_init(&encoded, MESSAGE_BYTES);
    base64(arena, &encoded, text);
    for (size_t at = 0; at < encoded.len; at += EMAIL_LINE) {
        buf_str(out, str_slice(buf_view(&encoded), at, at + EMAIL_LINE));
        buf_cstr(out, "\r\n");
    }
    buf_free(&encoded);
}

static void write_date(Buf *out, Instant now)
{
    static const char *const days[] = {"", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"",    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    CivilTime t = instant_civil(now);
    buf_printf(out, "Date: %s, %d %s %d %02d:%02d:%02d +0800\r\n",
               days[date_weekday(instant_date(now))], t.date.day, months[t.date.month], t.date.year,
               t.hour, t.minute, t.second);
}

Str send_email_text(Arena *arena, const SendConfig *config, const SendMessage *message, Instant now)
{
    Buf out;
    Str name, host;
    Str link = send_link(arena, config, message);
    str_cut(config->smtp.from, '@', &name, &host);
    buf_init(&out, MESSAGE_BYTES * 2);
    write_date(&out, now);
    buf_cstr(&out, "From: ");
    write_header_text(arena, &out, message->area);
    buf_printf(&out, " <%.*s>\r\nTo: <%.*s>\r\nSubject: ", STR_ARG(config->smtp.from),
               STR_ARG(message->to));
    write_header_text(arena, &out, message->subject);
    buf_printf(&out,
               "\r\nMessage-ID: <%.*s@%.*s>\r\nMIME-Version: 1.0\r\n"
               "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n"
               "Auto-Submitted: auto-generated\r\n\r\n",
               STR_ARG(message->id), STR_ARG(host));
    write_body(arena, &out,
               arena_printf(arena, "%.*s\r\n\r\n%.*s\r\n", STR_ARG(message->words), STR_ARG(link)));
    Str copy = arena_str(arena, buf_view(&out));
    buf_free(&out);
    return copy;
}
