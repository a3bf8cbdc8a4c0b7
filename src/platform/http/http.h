/* http.h: from a socket to a page and back, straight through.
 *
 *   socket → loop (limits, parse) → pool → route row → session and role → CSRF → typed form →
 *   use case or snapshot → view struct → template → loop → bytes
 *
 * A room says what it serves by Route rows. A page handler gets a Page (who asks, where, what was
 * typed) and a Snapshot; it fills the answer. A POST handler gets the typed form and either answers
 * or calls page_write(), which runs the use case in a transaction and then its `after` function.
 * Start reading at Page and Route.
 */
#ifndef PLATFORM_HTTP_HTTP_H
#define PLATFORM_HTTP_HTTP_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "platform/auth/auth.h"
#include "platform/auth/who.h"
#include "platform/db/db.h"
#include "platform/form/form.h"
#include "platform/html/out.h"

typedef enum HttpMethod { HTTP_GET, HTTP_POST, HTTP_OTHER } HttpMethod;

#define PATH_MAX_IDS 4

typedef struct Page Page;
/* The hidden field that carries FormState.token; every form that is posted has it. */
#define FORM_TOKEN_NAME "_token"

typedef struct App App; /* process-wide: database, settings, features; see app.h */

typedef Error *PageHandler(Page *page, Snapshot *snapshot);
typedef Error *FormHandler(Page *page, Snapshot *snapshot, const void *input);
/* After the transaction is durable; input and output as given to page_write. */
typedef Error *AfterWrite(Page *page, const void *input, const void *output);

/* After the snapshot has ended; input as given to page_render. */
typedef Error *PageRender(Page *page, const void *input);

/* One row a route; written with the ROUTE_ macros so that a missing policy does not compile.
 * Paths: literal segments, {area} (the area's id; every area route starts /a/{area}/), {id} {id2}
 * (ids), {word} (a short text of [A-Za-z0-9._-]). */
typedef struct Route {
    HttpMethod method;
    const char *path;
    Policy policy;
    PageHandler *page;   /* GET; or what a refused POST shows again */
    const Form *form;    /* POST */
    FormHandler *submit; /* POST */
    unsigned flags;
} Route;

#define ROUTE_PLAIN_CACHE 1u /* public and the same for everybody: may be cached, ETag */
#define ROUTE_QUIET       2u /* the access log does not say who (ballots) */
#define ROUTE_REPEATABLE  4u /* sending the form twice is harmless: no single-use token is spent */

#define ROUTE_GET(path_, policy_, page_)                                                           \
    {                                                                                              \
        HTTP_GET, (path_), (policy_), (page_), NULL, NULL, 0                                       \
    }
#define ROUTE_POST(path_, policy_, form_, submit_, again_)                                         \
    {                                                                                              \
        HTTP_POST, (path_), (policy_), (again_), (form_), (submit_), 0                             \
    }
#define ROUTE_GET_QUIET(path_, policy_, page_)                                                     \
    {                                                                                              \
        HTTP_GET, (path_), (policy_), (page_), NULL, NULL, ROUTE_QUIET                             \
    }
#define ROUTE_POST_QUIET(path_, policy_, form_, submit_, again_)                                   \
    {                                                                                              \
        HTTP_POST, (path_), (policy_), (again_), (form_), (submit_), ROUTE_QUIET                   \
    }

typedef enum Mode { MODE_NORMAL, MODE_CARE } Mode;
typedef enum Theme { THEME_LIGHT, THEME_DARK } Theme;

struct Page {
    struct Visit *visit; /* the server's side of this request */
    App *app;
    Arena *arena;
    const Route *route;
    HttpMethod method;
    Str path;                  /* as asked, without query */
    int64_t area;              /* {area}, or 0 */
    int64_t ids[PATH_MAX_IDS]; /* {id}, {id2} in order */
    Str word;                  /* {word} */
    Pairs query;
    Who who; /* nobody: who.person == 0 */
    Lang lang;
    Mode mode;
    Theme theme;
    Instant now;
    Str request_id;
    Str address;     /* of the client, after trusted proxies */
    FormState *form; /* POST that came back: what was typed; NULL on GET */
    Str notice_key;  /* one-time notice carried over a redirect by cookie, or empty */

    /* the answer */
    int status; /* 200 unless set */
    Buf body;
    const char *content_type;
    Str location;
    Str download_name; /* Content-Disposition: attachment */
    struct PageCookie *cookies;
    bool is_public; /* may be kept by shared caches */
};

/* The first value of a query parameter, checked UTF-8, or empty. */
Str page_query(const Page *page, const char *name);
/* A fresh form for this page with its token; or the one that came back, if it is the same form. */
FormState *page_form(Page *page, const Form *form);
/* The same; a fresh one starts with the values of an input struct of the form, one that came back
 * from a VERSION_CONFLICT takes the new version from it: form_see_again(). */
FormState *page_form_of(Page *page, const Form *form, const void *input);
/* url_of() in the area of the page; id is 0 for a route without one. */
SafeUrl page_path(const Page *page, const char *route, int64_t id);
/* "https://a.example:8443": how this request named the program, for addresses that are printed.
 * Empty when the Host field holds anything but a name or number and a port. */
Str page_site(const Page *page);
/* What device_of() makes of the browser that asks. */
int page_device(const Page *page);
/* An Out onto the body, with the page's language and time. */
Out page_out(Page *page);
/* 303 to a path. */
Error *page_redirect(Page *page, SafeUrl to);
/* 303, with a one-time notice (a TEXT_ number) shown on the next page. */
Error *page_redirect_notice(Page *page, SafeUrl to, int notice);
/* The notice brought by a redirect, as a TEXT_ number, or 0. */
int page_notice(const Page *page);
/* True when the policy of the page at `link` lets the asker in: a row of work is shown to all
 * staff, its link only to those who can follow it. Other areas' pages are not judged (true). */
bool page_may_open(const Page *page, SafeUrl link);
/* Sets a cookie: HttpOnly, SameSite=Lax, Path=/, Secure behind TLS. max_age 0 = session, <0 = drop.
 */
void page_set_cookie(Page *page, const char *name, Str value, int64_t max_age_seconds);
Str page_cookie(const Page *page, const char *name);

/* Draws the answer on this worker once the handler's snapshot has ended: for what takes long and
 * reads nothing more (PDF, xlsx). `input` lives in page->arena. Returns NULL. */
Error *page_render(Page *page, PageRender *render, const void *input);

/* Runs the use case on input (copied by nobody: keep it in page->arena) and afterwards calls
 * `after` on a worker. Errors of world INPUT show the route's `page` again with the typed form; a
 * form sent twice gets the first answer again. Returns NULL; the answer comes later. */
Error *page_write(Page *page, UseCase *use_case, const void *input, size_t output_size,
                  AfterWrite *after);

/* The same when all that is left is to go somewhere: 303 to `to`, with `notice` (a TEXT_ number)
 * unless it is 0. */
Error *page_write_to(Page *page, UseCase *use_case, const void *input, size_t output_size,
                     SafeUrl to, int notice);

/* True when this form was sent before: what page_write() is given then is not run, and whatever a
 * handler would prepare for it is for nothing. Two that come at once may both be told no. */
MUST_USE Error *page_was_sent(const Page *page, Snapshot *snapshot, bool *out);

/* After auth_sign_in: sets the session cookie and page->who.session, or returns the error to show.
 */
Error *page_signed_in(Page *page, const SignIn *sign_in, const SignInOutcome *outcome);
/* After auth_sign_out: drops the cookie. */
void page_signed_out(Page *page);

/* --- the server ----------------------------------------------------------------------------- */

typedef struct ServerOptions {
    const char *address;         /* "127.0.0.1" */
    int port;                    /* 0 = any free one */
    int loops;                   /* 0 = one per core */
    int workers;                 /* 0 = 8 */
    const char *trusted_proxies; /* comma-separated addresses whose X-Forwarded-For is believed */
    bool behind_tls;             /* cookies Secure, HSTS */
    int header_seconds, body_seconds, idle_seconds; /* 0 = limits.h */
    int connections_per_address;                    /* 0 = limits.h */
} ServerOptions;

typedef struct Server Server;

MUST_USE Error *server_start(Arena *arena, App *app, const ServerOptions *options, Server **out);
int server_port(const Server *server);
/* Stops accepting, finishes what was accepted (at most 10 s), then frees everything. */
void server_stop(Server *server);

#endif
