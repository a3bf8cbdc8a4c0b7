/* page.c: what handlers call on a Page. */
#include "base/random.h"
#include "base/utf8.h"
#include "platform/auth/device.h"
#include "platform/http/csrf.h"
#include "platform/http/visit.h"

/* --- language and look
 * ----------------------------------------------------------------------------- */

/* "q=0.8" of one language range, in thousandths. */
static int quality(Str parameters)
{
    Str value = str_trim(parameters);
    if (!str_starts_with(value, STR("q=")) || value.len < 3) {
        return 1000;
    }
    int result = value.data[2] == '1' ? 1000 : 0;
    int unit = 100;
    for (size_t i = 4; i < value.len && i < 7 && value.data[2] == '0'; i++) {
        result += (value.data[i] - '0') * unit;
        unit /= 10;
    }
    return result;
}

static Lang language_of(Str accept_language)
{
    int best = 0;
    Lang lang = LANG_ZH;
    while (accept_language.len > 0) {
        Str range, tag, parameters;
        str_cut(accept_language, ',', &range, &accept_language);
        str_cut(range, ';', &tag, &parameters);
        Str primary = str_slice(str_trim(tag), 0, 2);
        bool is_en = str_eq_ignore_case(primary, STR("en"));
        int q = quality(parameters);
        if ((is_en || str_eq_ignore_case(primary, STR("zh"))) && q > best) {
            best = q;
            lang = is_en ? LANG_EN : LANG_ZH;
        }
    }
    return lang;
}

static Lang choose_language(const Page *page, Str accept_language)
{
    Str chosen = page_cookie(page, COOKIE_LANG);
    if (str_eq(chosen, STR("en"))) {
        return LANG_EN;
    }
    return str_eq(chosen, STR("zh")) ? LANG_ZH : language_of(accept_language);
}

Error *visit_begin(Visit *visit)
{
    Request *request = visit->request;
    Page *page = &visit->page;
    cookies_parse(request->headers.cookie, &visit->cookies);
    page->lang = choose_language(page, request->headers.accept_language);
    page->mode = str_eq(page_cookie(page, COOKIE_MODE), STR("care")) ? MODE_CARE : MODE_NORMAL;
    page->theme = str_eq(page_cookie(page, COOKIE_THEME), STR("dark")) ? THEME_DARK : THEME_LIGHT;
    page->notice_key = page_cookie(page, COOKIE_NOTICE);
    page->address = client_address(request->peer, request->headers.forwarded_for,
                                   visit->server->trusted_proxies);
    page->now = clock_now(visit->server->app->clock);
    page->request_id = request->id;
    page->status = 200;
    page->content_type = "text/html; charset=utf-8";
    page->body = request->reply.body;
    return form_decode_urlencoded(page->arena, visit->target.query, LIMIT_QUERY_PAIRS,
                                  &page->query);
}

/* --- reading
 * ----------------------------------------------------------------------------------------- */

Str page_query(const Page *page, const char *name)
{
    for (size_t i = 0; i < page->query.count; i++) {
        if (str_eq(page->query.items[i].name, str_from(name))) {
            Str value = page->query.items[i].value;
            return utf8_is_clean(value) ? value : (Str){0};
        }
    }
    return (Str){0};
}

Str page_cookie(const Page *page, const char *name)
{
    Str value = cookies_get(&page->visit->cookies, cookie_name(name, page->visit->is_tls));
    return cookie_value_is_plain(value) ? value : (Str){0};
}

/* --- forms
 * --------------------------------------------------------------------------------------------- */

/* What tokens of this visitor are bound to; a visitor without session gets a seed. */
static Str token_binding(Page *page)
{
    if (page->who.session.len == 0) {
        unsigned char random[16];
        random_bytes(random, sizeof(random));
        page->who.session = base32_text(page->arena, random, sizeof(random));
        page_set_cookie(page, COOKIE_SEED, page->who.session, 0);
    }
    return page->who.session;
}

FormState *page_form(Page *page, const Form *form)
{
    FormState *state =
        page->form && page->form->form == form ? page->form : form_fresh(page->arena, form);
    state->token = csrf_token(page->arena, &page->app->secret, token_binding(page), form->name);
    page->visit->has_token = true;
    return state;
}

SafeUrl page_path(const Page *page, const char *route, int64_t id)
{
    return url_of(page->arena, route, page->area, id);
}

FormState *page_form_of(Page *page, const Form *form, const void *input)
{
    FormState *state = page_form(page, form);
    if (page->form != state) {
        form_prefill(page->arena, state, input);
    } else {
        form_see_again(page->arena, state, input);
    }
    return state;
}

/* --- answering
 * ------------------------------------------------------------------------------------------- */

static bool is_host_sign(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == ':' || c == '[' || c == ']';
}

Str page_site(const Page *page)
{
    Str host = page->visit->request->headers.host;
    for (size_t i = 0; i < host.len; i++) {
        if (!is_host_sign(host.data[i])) {
            return STR("");
        }
    }
    const char *scheme = page->visit->is_tls ? "https" : "http";
    return host.len == 0 ? host : arena_printf(page->arena, "%s://%.*s", scheme, STR_ARG(host));
}

int page_device(const Page *page)
{
    return device_of(page->visit->request->headers.user_agent);
}

Out page_out(Page *page)
{
    return (Out){.buf = &page->body, .arena = page->arena, .lang = page->lang, .now = page->now};
}

Error *page_redirect(Page *page, SafeUrl to)
{
    page->status = 303;
    page->location = to.url;
    return NULL;
}

Error *page_redirect_notice(Page *page, SafeUrl to, int notice)
{
    if (notice != 0) {
        page_set_cookie(page, COOKIE_NOTICE, str_from(text_name(notice)), 60);
    }
    return page_redirect(page, to);
}

int page_notice(const Page *page)
{
    int key = text_named(arena_cstr(page->arena, page->notice_key)).key;
    /* Only sentences without parameters can travel. */
    return text_is_plain(key) ? key : 0;
}

bool page_may_open(const Page *page, SafeUrl link)
{
    Str path, rest;
    Target target;
    str_cut(link.url, '#', &path, &rest);
    if (target_parse(page->arena, path, &target)) {
        return false;
    }
    const Router *router = page->visit->server->router;
    RouteMatch match = router_match(router, target.segments, target.n_segments);
    bool is_elsewhere = match.area != 0 && match.area != page->area;
    return match.get &&
           (is_elsewhere || policy_check(match.get->policy, &page->who) == VERDICT_ALLOW);
}

void page_set_cookie(Page *page, const char *name, Str value, int64_t max_age_seconds)
{
    require(max_age_seconds < 0 || cookie_value_is_plain(value));
    PageCookie **at = &page->cookies;
    while (*at && strcmp((*at)->name, name) != 0) {
        at = &(*at)->next;
    }
    if (!*at) {
        *at = arena_new(page->arena, PageCookie);
    }
    (*at)->name = name;
    (*at)->value = value;
    (*at)->max_age = max_age_seconds;
}

Error *page_render(Page *page, PageRender *render, const void *input)
{
    page->visit->render = render;
    page->visit->render_input = input;
    return NULL;
}

Error *page_signed_in(Page *page, const SignIn *sign_in, const SignInOutcome *outcome)
{
    Error *err = auth_outcome_error(page->arena, outcome);
    if (err) {
        return err;
    }
    page->who.person = outcome->person;
    page->who.session = sign_in->token;
    page->who.must_set_password = outcome->kind == CREDENTIAL_ONE_TIME_CODE;
    page_set_cookie(page, COOKIE_SESSION, sign_in->token, outcome->seconds);
    page_set_cookie(page, COOKIE_SEED, (Str){0}, -1);
    return NULL;
}

void page_signed_out(Page *page)
{
    page->who = (Who){0};
    page_set_cookie(page, COOKIE_SESSION, (Str){0}, -1);
}
