/* dispatch.c: a request on its way through the checks to its handler. */
#include "platform/http/dispatch.h"
#include "base/log.h"
#include "base/utf8.h"
#include "platform/http/csrf.h"

/* --- who
 * -------------------------------------------------------------------------------------------- */

static Error *load_who(Visit *visit, Snapshot *snapshot)
{
    Page *page = &visit->page;
    bool touch = false;
    Error *err = auth_who(snapshot, page_cookie(page, COOKIE_SESSION), &page->who, &touch);
    if (err) {
        return err;
    }
    if (page->who.person == 0) {
        page->who.session = page_cookie(page, COOKIE_SEED);
        return NULL;
    }
    if (touch) {
        auth_touch(visit->server->app, page->who.session);
    }
    if (!visit->request->is_quiet) {
        visit->request->person =
            secret_pseudonym(page->arena, &visit->server->app->secret, page->who.person);
    }
    return NULL;
}

static Error *load_area(Visit *visit, Snapshot *snapshot)
{
    Page *page = &visit->page;
    if (page->area == 0) {
        return NULL;
    }
    Error *err = auth_area_path(snapshot, page->area, &page->who);
    if (!err && page->who.n_area_path == 0) {
        err = error_make(page->arena, ERROR_NOT_FOUND, "no such area");
    }
    return err;
}

/* --- policy
 * ------------------------------------------------------------------------------------------- */

static void log_refusal(Visit *visit, const char *why)
{
    const Page *page = &visit->page;
    visit->is_refusal_logged = true;
    log_event(LOG_INFO, "refused", log_str("id", page->request_id),
              log_str("route", str_from(page->route->path)),
              log_str("policy", str_from(policy_name(page->route->policy))),
              log_str("why", str_from(why)), log_str("person", visit->request->person));
}

static Str percent_encode(Arena *arena, Str s)
{
    static const char hex[] = "0123456789ABCDEF";
    char *text = arena_array(arena, char, s.len * 3 + 1);
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.data[i];
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        (c >= '0' && c <= '9') || c == '/' || c == '-' || c == '_' || c == '.';
        if (is_plain) {
            text[len++] = (char)c;
        } else {
            text[len++] = '%';
            text[len++] = hex[c >> 4];
            text[len++] = hex[c & 15];
        }
    }
    return str_from_bytes(text, len);
}

static Error *send_to_sign_in(Visit *visit)
{
    Page *page = &visit->page;
    if (page->method != HTTP_GET) {
        return error_make(page->arena, ERROR_SIGN_IN_NEEDED, "not signed in");
    }
    Str next = percent_encode(page->arena, visit->request->target);
    page->status = 303;
    page->location =
        arena_printf(page->arena, "%s?next=%.*s", visit->server->sign_in_path, STR_ARG(next));
    return NULL;
}

/* *out_pass: the handler may run. Otherwise the page or the error is the answer. */
static Error *check_policy(Visit *visit, bool *out_pass)
{
    Page *page = &visit->page;
    *out_pass = false;
    switch (policy_check(page->route->policy, &page->who)) {
    case VERDICT_ALLOW:
        *out_pass = true;
        return NULL;
    case VERDICT_SIGN_IN:
        log_refusal(visit, "not signed in");
        return send_to_sign_in(visit);
    case VERDICT_PASSWORD_FIRST:
        log_refusal(visit, "password first");
        page->status = 303;
        page->location = str_from(visit->server->password_path);
        return NULL;
    case VERDICT_HIDE:
        log_refusal(visit, "hidden");
        return error_make(page->arena, ERROR_NOT_FOUND, "hidden by policy");
    case VERDICT_FORBID:
        break;
    }
    log_refusal(visit, "forbidden");
    return error_make(page->arena, ERROR_FORBIDDEN, "forbidden by policy");
}

/* --- a form that was sent
 * ------------------------------------------------------------------------------- */

static Error *decode_body(Visit *visit, Pairs *out)
{
    Arena *arena = visit->page.arena;
    Str type = visit->request->headers.content_type;
    Str body = buf_view(&visit->request->body);
    Str kind, parameters;
    str_cut(type, ';', &kind, &parameters);
    kind = str_trim(kind);
    const Form *form = visit->page.route->form;
    if (str_eq_ignore_case(kind, STR("application/x-www-form-urlencoded")) && !form->has_file) {
        return form_decode_urlencoded(arena, body, LIMIT_FORM_PAIRS, out);
    }
    if (str_eq_ignore_case(kind, STR("multipart/form-data"))) {
        return form_decode_multipart(arena, type, body, LIMIT_FORM_PAIRS, out);
    }
    return error_make(arena, ERROR_CONTENT_TYPE, "a form of another type");
}

/* Takes the typed words into page->form; the error is about the request, not about a field. */
static Error *read_form(Visit *visit, void **out_input, bool *out_good)
{
    Page *page = &visit->page;
    const Form *form = page->route->form;
    const RequestHeaders *headers = &visit->request->headers;
    if (!csrf_origin_is_good(headers->host, headers->origin, headers->referer)) {
        log_refusal(visit, "foreign origin");
        return error_make(page->arena, ERROR_ORIGIN, "foreign origin");
    }
    Pairs pairs = {0};
    Error *err = decode_body(visit, &pairs);
    if (err) {
        return err;
    }
    void *input = arena_alloc(page->arena, 1, form->input_size + 1, _Alignof(max_align_t));
    page->form = arena_new(page->arena, FormState);
    *out_good = form_parse(page->arena, form, &pairs, input, page->form);
    *out_input = input;
    return NULL;
}

static bool token_is_good(Visit *visit)
{
    Page *page = &visit->page;
    Str token = page->form->token;
    bool is_good = csrf_token_is_good(page->arena, &page->app->secret, page->who.session,
                                      page->route->form->name, token);
    visit->write.token_hash = hash_token(token);
    if (!is_good) {
        log_refusal(visit, "form token");
    }
    return is_good;
}

static Error *submit_form(Visit *visit, Snapshot *snapshot)
{
    Page *page = &visit->page;
    void *input = NULL;
    bool is_good = false;
    Error *err = read_form(visit, &input, &is_good);
    if (err) {
        return err;
    }
    if (!token_is_good(visit)) {
        return error_make(page->arena, ERROR_TOKEN, "no valid form token");
    }
    if (!is_good) {
        return error_make(page->arena, ERROR_FORM, "a field is wrong");
    }
    return page->route->submit(page, snapshot, input);
}

/* --- the way
 * -------------------------------------------------------------------------------------------- */

static Error *choose_route(Visit *visit)
{
    Page *page = &visit->page;
    const RouteMatch *match = &visit->match;
    if (!match->get && !match->post) {
        return error_make(page->arena, ERROR_NOT_FOUND, "no such route");
    }
    page->route = page->method == HTTP_GET    ? match->get
                  : page->method == HTTP_POST ? match->post
                                              : NULL;
    if (!page->route) {
        const char *allow = !match->get ? "POST" : !match->post ? "GET, HEAD" : "GET, HEAD, POST";
        reply_header(visit->request, "Allow", allow);
        return error_make(page->arena, ERROR_METHOD, "method not allowed");
    }
    visit->request->route = page->route->path;
    visit->request->is_quiet = (page->route->flags & ROUTE_QUIET) != 0;
    page->area = match->area;
    memcpy(page->ids, match->ids, sizeof(page->ids));
    page->word = match->word;
    return NULL;
}

static Error *run_route(Visit *visit, Snapshot *snapshot)
{
    Page *page = &visit->page;
    page->now = snapshot_now(snapshot);
    Error *err = load_who(visit, snapshot);
    if (err) {
        return err;
    }
    err = load_area(visit, snapshot);
    if (err) {
        return err;
    }
    bool pass = false;
    err = check_policy(visit, &pass);
    if (err || !pass) {
        return err;
    }
    if (page->method == HTTP_GET) {
        return page->route->page(page, snapshot);
    }
    return submit_form(visit, snapshot);
}

static Error *with_snapshot(Visit *visit, Error *(*run)(Visit *visit, Snapshot *snapshot))
{
    Snapshot *snapshot = NULL;
    Error *err = db_snapshot_begin(visit->server->app->db, visit->page.arena, &snapshot);
    if (err) {
        return err;
    }
    err = run(visit, snapshot);
    db_snapshot_end(snapshot);
    return err;
}

static Error *run_visit(Visit *visit)
{
    Error *err = visit_begin(visit);
    if (visit->refused) {
        return visit->refused;
    }
    if (err) {
        return err;
    }
    if (str_eq(visit->target.path, STR("/healthz")) && visit->page.method == HTTP_GET) {
        return health_page(visit);
    }
    err = choose_route(visit);
    return err ? err : with_snapshot(visit, run_route);
}

void dispatch_handle(void *user, Request *request, Worker *worker)
{
    Visit *visit = request->match;
    visit->worker = worker;
    Error *err = run_visit(visit);
    if (!err && visit->render) {
        err = visit->render(&visit->page, visit->render_input);
    }
    if (!err && visit->write.is_wanted) {
        visit_write(visit);
        return;
    }
    visit_conclude(visit, err);
}

/* As many files as the form has fields for them, and the words. */
static size_t upload_limit(const Form *form)
{
    size_t n_files = 0;
    for (size_t i = 0; i < form->n_fields; i++) {
        n_files += form->fields[i].type == FIELD_FILE;
    }
    n_files = n_files > LIMIT_FORM_FILES ? LIMIT_FORM_FILES : n_files;
    return n_files * LIMIT_UPLOAD_BYTES + LIMIT_BODY_BYTES;
}

bool dispatch_accept(void *user, Request *request)
{
    Server *server = user;
    bool is_tls = client_used_tls(server->is_tls, request->peer, request->headers.forwarded_proto,
                                  server->trusted_proxies);
    if (asset_answer(request, is_tls)) {
        return true;
    }
    Visit *visit = arena_new(request->arena, Visit);
    visit->is_tls = is_tls;
    visit->server = server;
    visit->request = request;
    visit->page.visit = visit;
    visit->page.app = server->app;
    visit->page.arena = request->arena;
    visit->page.method = request->method;
    visit->refused = target_parse(request->arena, request->target, &visit->target);
    if (!visit->refused) {
        visit->match =
            router_match(server->router, visit->target.segments, visit->target.n_segments);
    }
    visit->page.path = visit->refused ? STR("/") : visit->target.path;
    const Route *post = visit->match.post;
    if (request->method == HTTP_POST && post && post->form->has_file) {
        request->body_limit = upload_limit(post->form);
    }
    request->match = visit;
    return false;
}

/* --- the answer
 * ------------------------------------------------------------------------------------------- */

/* True for errors after which the form can be shown again with what was typed. */
static bool can_show_again(const Visit *visit, const Error *err)
{
    const Page *page = &visit->page;
    bool is_gone = err->code == ERROR_NOT_FOUND || err->code == ERROR_FORBIDDEN;
    return page->method == HTTP_POST && page->form && page->route->page && !is_gone;
}

static Error *show_again(Visit *visit, Snapshot *snapshot)
{
    return visit->page.route->page(&visit->page, snapshot);
}

static void log_error(const Visit *visit, const Error *err)
{
    if (error_code_status(err->code) >= 500) {
        log_event(LOG_ERROR, "error", log_str("id", visit->page.request_id),
                  log_str("error", str_from(error_code_name(err->code))),
                  log_str("detail", err->detail), log_str("file", str_from(err->file)),
                  log_int("line", err->line));
    }
}

/* What a handler or a use case refuses to this person is a refusal like the policy's. On a page for
 * everybody "not found" says nothing about who asks. */
static void log_late_refusal(Visit *visit, const Error *err)
{
    const Route *route = visit->page.route;
    bool is_hidden = err->code == ERROR_NOT_FOUND && route && route->policy != POLICY_PUBLIC;
    if (route && !visit->is_refusal_logged && (is_hidden || error_code_status(err->code) == 403)) {
        log_refusal(visit, error_code_name(err->code));
    }
}

static void forget_answer(Page *page)
{
    buf_clear(&page->body);
    page->location = (Str){0};
    page->download_name = (Str){0};
    page->content_type = "text/html; charset=utf-8";
    page->is_public = false;
}

void visit_conclude(Visit *visit, Error *err)
{
    Page *page = &visit->page;
    if (err && can_show_again(visit, err)) {
        log_error(visit, err);
        log_late_refusal(visit, err);
        forget_answer(page);
        page->status = error_code_status(err->code);
        if (err->code != ERROR_FORM) {
            form_add_error(page->form, err);
        }
        err = with_snapshot(visit, show_again);
    }
    if (err) {
        log_error(visit, err);
        log_late_refusal(visit, err);
        forget_answer(page);
        page->status = error_code_status(err->code);
        visit_error_page(visit, err);
    }
    visit_answer(visit);
}
