/* look_pages.c: large print, dark, language: switches kept by cookies, no account needed. */
#include "features/account/account_pages.h"
#include "platform/http/cookies.h"

#define A_YEAR (INT64_C(365) * 24 * 60 * 60)

/* A query parameter, its cookie, and the two values both may have. */
typedef struct LookSwitch {
    const char *name;
    const char *cookie;
    const char *values[2];
} LookSwitch;

static const LookSwitch switches[] = {
    {"mode", COOKIE_MODE, {"normal", "care"}},
    {"theme", COOKIE_THEME, {"light", "dark"}},
    {"lang", COOKIE_LANG, {"zh", "en"}},
};

static void set_look(Page *page, const LookSwitch *look, Str asked)
{
    for (size_t i = 0; i < countof(look->values); i++) {
        if (str_eq(asked, str_from(look->values[i]))) {
            page_set_cookie(page, look->cookie, asked, A_YEAR);
        }
    }
}

Error *page_look(Page *page, Snapshot *snapshot)
{
    for (size_t i = 0; i < countof(switches); i++) {
        set_look(page, &switches[i], page_query(page, switches[i].name));
    }
    return page_redirect(page, url_own_path_or_home(page->arena, page_query(page, "next")));
}

/* What the printed QR for elders opens. */
Error *page_care(Page *page, Snapshot *snapshot)
{
    page_set_cookie(page, COOKIE_MODE, STR("care"), A_YEAR);
    return page_redirect(page, url_path(page->arena, "/"));
}
