#include "platform/http/csrf.h"

#include "base/random.h"

#define NONCE_BYTES 16
#define NONCE_CHARS 26 /* 16 bytes in base 32 */
#define MAC_BYTES   20
#define MAC_CHARS   32

static Str mac_of(Arena *arena, const Secret *secret, Str binding, const char *form, Str nonce)
{
    Str message =
        arena_printf(arena, "csrf\n%.*s\n%s\n%.*s", STR_ARG(binding), form, STR_ARG(nonce));
    Hash32 mac = secret_hmac(secret, message);
    return base32_text(arena, mac.bytes, MAC_BYTES);
}

Str csrf_token(Arena *arena, const Secret *secret, Str binding, const char *form)
{
    unsigned char random[NONCE_BYTES];
    random_bytes(random, sizeof(random));
    Str nonce = base32_text(arena, random, sizeof(random));
    Str mac = mac_of(arena, secret, binding, form, nonce);
    return arena_printf(arena, "%.*s%.*s", STR_ARG(nonce), STR_ARG(mac));
}

bool csrf_token_is_good(Arena *arena, const Secret *secret, Str binding, const char *form,
                        Str token)
{
    if (binding.len == 0 || token.len != NONCE_CHARS + MAC_CHARS) {
        return false;
    }
    Str nonce = str_slice(token, 0, NONCE_CHARS);
    Str mac = mac_of(arena, secret, binding, form, nonce);
    return str_eq_secret(mac, str_slice(token, NONCE_CHARS, token.len));
}

/* The host and port of "scheme://host:port/…", or empty. */
static Str url_host(Str url)
{
    ptrdiff_t at = str_find(url, STR("://"));
    if (at <= 0) {
        return (Str){0};
    }
    Str rest = str_slice(url, (size_t)at + 3, url.len);
    Str host, path;
    str_cut(rest, '/', &host, &path);
    str_cut(host, '?', &host, &path);
    return host;
}

bool csrf_origin_is_good(Str host, Str origin, Str referer)
{
    Str from = origin.len > 0 ? origin : referer;
    return from.len == 0 || str_eq_ignore_case(url_host(from), host);
}
