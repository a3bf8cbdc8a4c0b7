/* answer.c: a finished page becomes a reply. */
#include <sodium.h>

#include "base/utf8.h"
#include "platform/http/reply.h"
#include "platform/http/visit.h"

#define GZIP_FROM_BYTES 1024
#define GZIP_LEVEL      2

/* --- errors
 * ---------------------------------------------------------------------------------------------- */

static void plain_error_page(Page *page, const Error *err)
{
    Out out = page_out(page);
    Text sentence = text_of_error(err);
    buf_printf(&page->body,
               "<!doctype html><html lang=\"%s\"><meta charset=\"utf-8\">"
               "<meta name=\"viewport\" content=\"width=device-width\"><title>%d</title><p>",
               lang_tag(page->lang), page->status);
    out_text_sentence(&out, sentence);
    buf_cstr(&page->body, "</p><p><a href=\"/\">/</a></p></html>\n");
}

void visit_error_page(Visit *visit, const Error *err)
{
    Page *page = &visit->page;
    if (visit->server->app->error_page) {
        visit->server->app->error_page(page, err);
    } else {
        plain_error_page(page, err);
    }
    if (error_is_environment(err)) {
        reply_header(visit->request, "Retry-After", "5");
    }
}

/* --- caching
 * --------------------------------------------------------------------------------------------- */

static const char *cache_control(const Visit *visit)
{
    const Page *page = &visit->page;
    bool is_personal = page->who.person != 0 || visit->has_token || page->cookies;
    if (page->status != 200 || page->method != HTTP_GET || is_personal) {
        return page->who.person != 0 || page->status != 200 ? "no-store" : "private, no-cache";
    }
    if (page->is_public) {
        return "public, max-age=60";
    }
    return page->route && (page->route->flags & ROUTE_PLAIN_CACHE) ? "no-cache"
                                                                   : "private, no-cache";
}

static Str make_etag(const Visit *visit)
{
    unsigned char hash[16];
    Str body = buf_view(&visit->page.body);
    crypto_generichash(hash, sizeof(hash), (const unsigned char *)body.data, body.len, NULL, 0);
    Str text = base32_text(visit->page.arena, hash, sizeof(hash));
    return arena_printf(visit->page.arena, "W/\"%.*s\"", STR_ARG(text));
}

/* Pages that are the same for everybody get an ETag; true when the browser has this one already. */
static bool is_unchanged(Visit *visit)
{
    const Page *page = &visit->page;
    bool is_plain = page->route && (page->route->flags & ROUTE_PLAIN_CACHE) &&
                    page->status == 200 && page->method == HTTP_GET && page->who.person == 0 &&
                    !visit->has_token && !page->cookies;
    if (!is_plain) {
        return false;
    }
    Str etag = make_etag(visit);
    reply_header(visit->request, "ETag", etag.data);
    return str_contains(visit->request->headers.if_none_match, etag);
}

/* --- compression
 * --------------------------------------------------------------------------------------- */

/* True unless the client refuses gzip or does not name it. */
bool accepts_gzip(Str accept_encoding)
{
    while (accept_encoding.len > 0) {
        Str one, name, parameters;
        str_cut(accept_encoding, ',', &one, &accept_encoding);
        str_cut(one, ';', &name, &parameters);
        if (str_eq_ignore_case(str_trim(name), STR("gzip"))) {
            Str q = str_trim(parameters);
            return !str_eq(q, STR("q=0")) && !str_starts_with(q, STR("q=0.000"));
        }
    }
    return false;
}

static bool gzip_ready(Worker *worker)
{
    if (!worker->gzip_ready) {
        worker->gzip_ready = deflateInit2(&worker->gzip, GZIP_LEVEL, Z_DEFLATED, 15 + 16, 8,
                                          Z_DEFAULT_STRATEGY) == Z_OK;
    } else {
        deflateReset(&worker->gzip);
    }
    return worker->gzip_ready;
}

/* The body compressed into a new buffer; false when it cannot be. */
static bool gzip_body(Worker *worker, Buf *body)
{
    if (!gzip_ready(worker)) {
        return false;
    }
    z_stream *stream = &worker->gzip;
    uLong bound = deflateBound(stream, (uLong)body->len);
    char *packed = malloc(bound);
    if (!packed) {
        return false;
    }
    stream->next_in = (Bytef *)body->data;
    stream->avail_in = (uInt)body->len;
    stream->next_out = (Bytef *)packed;
    stream->avail_out = (uInt)bound;
    bool is_whole = deflate(stream, Z_FINISH) == Z_STREAM_END;
    if (is_whole) {
        buf_clear(body);
        buf_append(body, packed, stream->total_out);
    }
    free(packed);
    return is_whole;
}

static bool is_compressible(const Page *page)
{
    Str type = str_from(page->content_type);
    return page->body.len > GZIP_FROM_BYTES &&
           (str_starts_with(type, STR("text/")) || str_starts_with(type, STR("image/svg")) ||
            str_starts_with(type, STR("application/json")));
}

static void pack(Visit *visit)
{
    if (!is_compressible(&visit->page)) {
        return;
    }
    if (accepts_gzip(visit->request->headers.accept_encoding) &&
        gzip_body(visit->worker, &visit->page.body)) {
        reply_header(visit->request, "Content-Encoding", "gzip");
    }
}

/* --- headers
 * -----------------------------------------------------------------------------------------------
 */

/* A file name for a header: ASCII twin and UTF-8 (RFC 6266). */
static void add_download_name(const Visit *visit)
{
    Arena *arena = visit->page.arena;
    Str name = visit->page.download_name;
    char *ascii = arena_array(arena, char, name.len + 1);
    char *encoded = arena_array(arena, char, name.len * 3 + 1);
    size_t n = 0;
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.data[i];
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
        ascii[i] = is_plain ? (char)c : '_';
        n += (size_t)snprintf(encoded + n, 4, is_plain ? "%c" : "%%%02X", c);
    }
    Str value =
        arena_printf(arena, "attachment; filename=\"%s\"; filename*=UTF-8''%s", ascii, encoded);
    reply_header(visit->request, "Content-Disposition", value.data);
}

/* A notice is shown once. */
static void drop_shown_notice(Page *page)
{
    bool is_shown = page->notice_key.len > 0 && page->status != 303 && page->body.len > 0;
    if (is_shown) {
        page_set_cookie(page, COOKIE_NOTICE, (Str){0}, -1);
    }
}

static void add_headers(Visit *visit)
{
    Request *request = visit->request;
    Page *page = &visit->page;
    reply_header(request, "Content-Type", page->content_type);
    reply_header(request, "Cache-Control", cache_control(visit));
    reply_header(request, "Vary", "Accept-Encoding, Accept-Language, Cookie");
    reply_security_headers(request, visit->is_tls);
    if (page->location.len > 0) {
        reply_header(request, "Location", arena_cstr(page->arena, page->location));
    }
    if (page->download_name.len > 0) {
        add_download_name(visit);
    }
    for (const PageCookie *c = page->cookies; c; c = c->next) {
        Str value = cookie_header(page->arena, c->name, c->value, c->max_age, visit->is_tls);
        reply_header(request, "Set-Cookie", value.data);
    }
}

void visit_answer(Visit *visit)
{
    Request *request = visit->request;
    Page *page = &visit->page;
    if (page->body.overflowed) {
        Error *err = error_make(page->arena, ERROR_DATABASE, "page over the response limit");
        buf_clear(&page->body);
        page->status = 500;
        visit_error_page(visit, err);
    }
    drop_shown_notice(page);
    add_headers(visit);
    if (is_unchanged(visit)) {
        page->status = 304;
        buf_clear(&page->body);
    }
    pack(visit);
    request->reply.status = page->status;
    request->reply.body = page->body;
    request_finish(request);
}
