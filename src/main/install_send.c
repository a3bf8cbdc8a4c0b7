#include "main/install_send.h"

#define MINUTES_OF_A_DAY (24 * 60)

static bool keep(Arena *arena, Str value, const char **out)
{
    *out = arena_cstr(arena, value);
    return value.len > 0;
}

static bool read_yes_no(Str value, bool *out)
{
    *out = str_eq(value, STR("yes"));
    return *out || str_eq(value, STR("no"));
}

/* "8:00" */
static bool read_minute(Str text, int *out)
{
    Str hour, minute;
    int64_t h = 0, m = 0;
    if (!str_cut(str_trim(text), ':', &hour, &minute) || !str_to_int64(hour, &h) ||
        !str_to_int64(minute, &m) || h < 0 || h > 24 || m < 0 || m > 59) {
        return false;
    }
    *out = (int)(h * 60 + m) % MINUTES_OF_A_DAY;
    return true;
}

static bool read_notices(Arena *arena, SendConfig *config, Str name, Str value)
{
    Str from, until;
    if (str_eq(name, STR("site"))) {
        config->site = arena_str(arena, value);
        return value.len > 0;
    }
    return str_eq(name, STR("quiet")) && str_cut(value, '-', &from, &until) &&
           read_minute(from, &config->quiet_from) && read_minute(until, &config->quiet_until);
}

static bool read_webhook(Arena *arena, SendWebhook *hook, Str name, Str value)
{
    if (str_eq(name, STR("url"))) {
        return keep(arena, value, &hook->url);
    }
    if (str_eq(name, STR("secret"))) {
        hook->secret = arena_str(arena, value);
        return true;
    }
    return str_eq(name, STR("private")) && read_yes_no(value, &hook->is_private);
}

static bool read_smtp(Arena *arena, SendSmtp *smtp, Str name, Str value)
{
    if (str_eq(name, STR("url"))) {
        return keep(arena, value, &smtp->url);
    }
    if (str_eq(name, STR("user"))) {
        return keep(arena, value, &smtp->user);
    }
    if (str_eq(name, STR("password"))) {
        return keep(arena, value, &smtp->password);
    }
    if (str_eq(name, STR("from"))) {
        smtp->from = arena_str(arena, value);
        return true;
    }
    return str_eq(name, STR("private")) && read_yes_no(value, &smtp->is_private);
}

bool install_send_setting(Arena *arena, SendConfig *config, Str section, Str name, Str value)
{
    if (str_eq(section, STR("notices"))) {
        return read_notices(arena, config, name, value);
    }
    if (str_eq(section, STR("sms"))) {
        return read_webhook(arena, &config->sms, name, value);
    }
    if (str_eq(section, STR("wechat"))) {
        return read_webhook(arena, &config->wechat, name, value);
    }
    return str_eq(section, STR("smtp")) && read_smtp(arena, &config->smtp, name, value);
}
