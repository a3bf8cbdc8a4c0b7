#include "platform/http/cookies.h"

void cookies_parse(Str header, Cookies *out)
{
    out->count = 0;
    while (header.len > 0 && out->count < LIMIT_COOKIES) {
        Str one, name, value;
        str_cut(header, ';', &one, &header);
        if (!str_cut(str_trim(one), '=', &name, &value)) {
            continue;
        }
        out->names[out->count] = str_trim(name);
        out->values[out->count] = str_trim(value);
        out->count++;
    }
}

Str cookies_get(const Cookies *cookies, const char *name)
{
    for (size_t i = 0; i < cookies->count; i++) {
        if (str_eq(cookies->names[i], str_from(name))) {
            return cookies->values[i];
        }
    }
    return (Str){0};
}

bool cookie_value_is_plain(Str value)
{
    bool good = value.len > 0 && value.len <= 128;
    for (size_t i = 0; good && i < value.len; i++) {
        char c = value.data[i];
        good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '_' || c == '-';
    }
    return good;
}

const char *cookie_name(const char *name, bool is_tls)
{
    if (is_tls && strcmp(name, COOKIE_SESSION) == 0) {
        return "__Host-" COOKIE_SESSION;
    }
    if (is_tls && strcmp(name, COOKIE_SEED) == 0) {
        return "__Host-" COOKIE_SEED;
    }
    return name;
}

Str cookie_header(Arena *arena, const char *name, Str value, int64_t max_age, bool is_tls)
{
    Str age = STR("");
    if (max_age != 0) {
        age = arena_printf(arena, "; Max-Age=%lld", (long long)(max_age > 0 ? max_age : 0));
    }
    return arena_printf(arena, "%s=%.*s; Path=/; HttpOnly; SameSite=Lax%s%.*s",
                        cookie_name(name, is_tls), STR_ARG(value), is_tls ? "; Secure" : "",
                        STR_ARG(age));
}
