/* request.h: one request between its loop and the workers; internal to platform/http.
 *
 * A Request is made by a loop when the request line has come, filled while the bytes arrive, handed
 * to a worker once complete, and given back by request_finish(). Between those two calls only the
 * worker side touches it; before and after only its loop does.
 */
#ifndef PLATFORM_HTTP_REQUEST_H
#define PLATFORM_HTTP_REQUEST_H

#include "base/arena.h"
#include "base/buf.h"
#include "platform/http/http.h"
#include "platform/http/pool.h"

typedef struct Loop Loop;
typedef struct Connection Connection;
typedef struct Request Request;

typedef struct ReplyHeader {
    const char *name;
    const char *value;
    struct ReplyHeader *next;
} ReplyHeader;

typedef struct Reply {
    int status;
    ReplyHeader *headers;
    ReplyHeader **headers_end;
    Buf body;
    Str fixed;  /* bytes that live as long as the program, sent instead of body when not empty */
    bool close; /* end the connection after it */
} Reply;

typedef enum RequestStage {
    STAGE_HEADERS, /* request line known */
    STAGE_BODY,
    STAGE_WORKING, /* with the workers; the connection is suspended */
    STAGE_FINISHED /* the reply may be sent */
} RequestStage;

/* The header fields the program reads; empty when absent. */
typedef struct RequestHeaders {
    Str host, origin, referer, cookie, content_type, content_length, transfer_encoding;
    Str accept_encoding, accept_language, if_none_match, user_agent;
    Str forwarded_for, forwarded_proto;
    int hosts, content_lengths, transfer_encodings; /* how often each came */
} RequestHeaders;

struct Request {
    Work work;
    Arena *arena;
    HttpMethod method; /* HEAD counts as GET: the library leaves the body out */
    Str method_name;
    Str target; /* path and query as sent */
    RequestHeaders headers;
    Str peer; /* numeric address of the other end of the socket */
    Buf body;
    size_t body_limit;
    int64_t started_us;
    Str id; /* 16 Crockford characters */
    Reply reply;

    /* for the access log, set by the worker side */
    const char *route;
    bool is_quiet;
    Str person; /* pseudonym or empty */

    /* the worker side's own */
    void *match;

    /* the loop's own */
    RequestStage stage;
    bool is_upload;      /* counted in core->uploads */
    size_t answer_bytes; /* counted in core->answer_bytes */
    Loop *loop;
    Connection *connection;
    struct MHD_Connection *mhd;
    Request *next;
};

/* What the core of the server calls; set by server.c, replaced in tests of the core. */
typedef struct Handlers {
    void *user;
    /* On the loop, when the headers are complete: may set body_limit; true when the reply is
     * already made (must not block). */
    bool (*accept)(void *user, Request *request);
    /* On a worker, when the body is complete. request_finish() must be called once, now or later.
     */
    void (*handle)(void *user, Request *request, Worker *worker);
} Handlers;

/* From any thread: the reply is made, the loop may send it. */
void request_finish(Request *request);
/* From any thread: run(&request->work, ...) on a worker next. */
void request_continue(Request *request, void (*run)(Work *work, Worker *worker));

/* Adds a header; name and value must live in the request's arena or for ever. */
void reply_header(Request *request, const char *name, const char *value);
/* A small page in both languages, with the security headers, for what goes wrong before a page
 * handler runs. */
void reply_plain(Request *request, int status, bool close);

#endif
