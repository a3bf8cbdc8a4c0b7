/* send_config.c: whether what the file says can work and is safe. */
#include "platform/send/send.h"

#define SECRET_BYTES 16

SendConfig send_config_default(void)
{
    return (SendConfig){.quiet_from = 21 * 60, .quiet_until = 8 * 60};
}

bool send_can(const SendConfig *config, SendChannel channel)
{
    if (!config) {
        return false;
    }
    return (channel == SEND_SMS && config->sms.url) ||
           (channel == SEND_WECHAT && config->wechat.url) ||
           (channel == SEND_EMAIL && config->smtp.url);
}

static Error *wrong(Arena *arena, const char *section, const char *what)
{
    return error_make(arena, ERROR_CONFIGURATION, "[%s] %s", section, what);
}

static bool has_host(const char *url, const char *scheme)
{
    Str text = str_from(url);
    Str start = str_from(scheme);
    return str_starts_with(text, start) && text.len > start.len && !str_contains(text, STR(" ")) &&
           !str_contains(text, STR("@"));
}

static Error *check_webhook(Arena *arena, const char *section, const SendWebhook *hook)
{
    if (!hook->url) {
        return hook->secret.len > 0 ? wrong(arena, section, "has a secret but no url") : NULL;
    }
    if (!has_host(hook->url, "https://") && !(hook->is_private && has_host(hook->url, "http://"))) {
        return wrong(arena, section,
                     "url begins with https://; http:// only with private = yes, and never with a "
                     "user name in it");
    }
    return hook->secret.len >= SECRET_BYTES
               ? NULL
               : wrong(arena, section, "secret has at least 16 characters");
}

static Error *check_smtp(Arena *arena, const SendSmtp *smtp)
{
    if (!smtp->url) {
        return smtp->user || smtp->from.len > 0 ? wrong(arena, "smtp", "has no url") : NULL;
    }
    if (!has_host(smtp->url, "smtp://") && !has_host(smtp->url, "smtps://")) {
        return wrong(arena, "smtp", "url begins with smtp:// or smtps://");
    }
    if (!send_is_email(smtp->from)) {
        return wrong(arena, "smtp", "from is an e-mail address");
    }
    return !smtp->user == !smtp->password ? NULL
                                          : wrong(arena, "smtp", "user and password go together");
}

Error *send_config_check(Arena *arena, const SendConfig *config)
{
    Error *err = check_webhook(arena, "sms", &config->sms);
    if (!err) {
        err = check_webhook(arena, "wechat", &config->wechat);
    }
    if (!err) {
        err = check_smtp(arena, &config->smtp);
    }
    bool is_site = str_starts_with(config->site, STR("https://")) ||
                   str_starts_with(config->site, STR("http://"));
    if (!err && config->site.len > 0 && (!is_site || str_ends_with(config->site, STR("/")))) {
        err =
            wrong(arena, "notices", "site is like https://example.org, without a slash behind it");
    }
    return err;
}
