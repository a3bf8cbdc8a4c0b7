/* visit.h: the server's side of one page request; internal to platform/http. */
#ifndef PLATFORM_HTTP_VISIT_H
#define PLATFORM_HTTP_VISIT_H

#include "platform/http/cookies.h"
#include "platform/http/core.h"
#include "platform/http/router.h"

struct Server {
    App *app;
    Core *core;
    Router *router;
    bool is_tls; /* whatever proxies say */
    Str trusted_proxies;
    const char *sign_in_path;
    const char *password_path;
};

typedef struct PageCookie {
    const char *name;
    Str value;
    int64_t max_age;
    struct PageCookie *next;
} PageCookie;

/* What page_write() asked for. */
typedef struct Write {
    bool is_wanted;
    bool is_single_use;
    bool is_second_try; /* after an unknown outcome */
    Hash32 token_hash;
    UseCase *use_case;
    AfterWrite *after;
    SafeUrl to; /* of page_write_to(), with the notice shown there */
    int notice;
    const void *input;
    void *output;
    size_t output_size;
    WriteJob job;
} Write;

typedef struct Visit {
    Page page;
    Server *server;
    Request *request;
    Worker *worker; /* the one that runs it now */
    Target target;
    RouteMatch match;
    Error *refused; /* found wrong before a worker saw it */
    bool is_tls;    /* as the client sees it */
    bool is_refusal_logged;
    Cookies cookies;
    bool has_token; /* the page carries a form's token: not for caches */
    Write write;
    PageRender *render; /* what page_render() asked for */
    const void *render_input;
} Visit;

/* page.c */
/* Fills the page from the request: cookies, language, address, query. */
MUST_USE Error *visit_begin(Visit *visit);

/* dispatch.c */
/* The answer of a handler: the page, or for an error the form again or an error page; then sends.
 */
void visit_conclude(Visit *visit, Error *err);

/* write.c */
/* Hands the write to the database; the visit goes on in its own time. */
void visit_write(Visit *visit);

/* answer.c */
/* Turns the finished page into the reply and gives it to the loop. */
void visit_answer(Visit *visit);
/* Fills the page with what to say about the error. */
void visit_error_page(Visit *visit, const Error *err);

/* True when the client takes gzip. */
bool accepts_gzip(Str accept_encoding);

/* proxy.c */
/* The client's address: the socket's, or what trusted proxies say of it. */
Str client_address(Str peer, Str forwarded_for, Str trusted);
/* Did the client come by TLS? Always, or because a trusted proxy says so: operators forget the
 * switch, and a session cookie must not be readable for that. */
bool client_used_tls(bool always, Str peer, Str forwarded_proto, Str trusted);

/* assets.c */
/* Answers for an embedded file; false when the path is not under /assets/. */
bool asset_answer(Request *request, bool is_tls);

/* health.c */
MUST_USE Error *health_page(Visit *visit);

#endif
