/* cookies.h: the Cookie header read, Set-Cookie written. Pure. */
#ifndef PLATFORM_HTTP_COOKIES_H
#define PLATFORM_HTTP_COOKIES_H

#include "base/arena.h"
#include "base/limits.h"
#include "base/str.h"

#define COOKIE_SESSION "yz_session"
#define COOKIE_SEED    "yz_seed"
#define COOKIE_MODE    "yz_mode"
#define COOKIE_THEME   "yz_theme"
#define COOKIE_LANG    "yz_lang"
#define COOKIE_NOTICE  "yz_notice"

typedef struct Cookies {
    Str names[LIMIT_COOKIES];
    Str values[LIMIT_COOKIES];
    size_t count;
} Cookies;

/* Takes the first LIMIT_COOKIES; parts that are no cookie are left out. Points into header. */
void cookies_parse(Str header, Cookies *out);
/* The first of that name, or empty. */
Str cookies_get(const Cookies *cookies, const char *name);
/* A value of our own cookies: 1 to 128 of [A-Za-z0-9._-]. */
bool cookie_value_is_plain(Str value);
/* The name as browsers get it: behind TLS the two that guard something carry "__Host-", so that
 * neighbours under the same domain cannot plant them. */
const char *cookie_name(const char *name, bool is_tls);
/* The header's value. max_age: 0 = until the browser closes, < 0 = drop it now. */
Str cookie_header(Arena *arena, const char *name, Str value, int64_t max_age, bool is_tls);

#endif
