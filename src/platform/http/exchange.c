/* exchange.c: one request and its reply as the library hands them over, on the loop's thread. */
#include <microhttpd.h>
#include <stddef.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/log.h"
#include "base/random.h"
#include "platform/http/exchange.h"
#include "platform/http/reply.h"
#include "platform/http/target.h"

#define MAX_SPARE        512
#define KEEP_SPARE       16 /* however long nobody comes */
#define KEEP_BUFFER_SIZE (256 * 1024)
/* A reader slower than this many bytes a second is cut. */
#define SLOWEST_READER 2000

/* --- a request's memory ---------------------------------------------------------------------- */

#define ID_CHARS 16

static Str new_request_id(Loop *loop, Arena *arena)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    char *text = arena_array(arena, char, ID_CHARS + 1);
    uint64_t bits = 0;
    for (size_t i = 0; i < ID_CHARS; i++) {
        bits = i % 8 == 0 ? seeded_next(&loop->ids) : bits >> 5;
        text[i] = alphabet[bits % 32];
    }
    return str_from_bytes(text, ID_CHARS);
}

static Request *request_take(Loop *loop)
{
    Request *request = loop->spare;
    if (request) {
        loop->spare = request->next;
        loop->n_spare--;
        loop->fewest_spare =
            loop->n_spare < loop->fewest_spare ? loop->n_spare : loop->fewest_spare;
        return request;
    }
    request = calloc(1, sizeof(*request));
    if (!request) {
        panic("out of memory");
    }
    request->arena = arena_create(LIMIT_REQUEST_ARENA_BYTES);
    buf_init(&request->body, LIMIT_FORM_FILES * LIMIT_UPLOAD_BYTES + LIMIT_BODY_BYTES);
    buf_init(&request->reply.body, LIMIT_RESPONSE_BYTES);
    return request;
}

static void keep_buffer(Buf *buf)
{
    if (buf->capacity > KEEP_BUFFER_SIZE) {
        buf_free(buf);
    }
    buf_clear(buf);
}

static void request_free(Request *request)
{
    buf_free(&request->body);
    buf_free(&request->reply.body);
    arena_destroy(request->arena);
    free(request);
}

/* Back to how request_take() gives it, with its memory kept for the next one. */
static void request_give_back(Loop *loop, Request *request)
{
    if (loop->n_spare >= MAX_SPARE) {
        request_free(request);
        return;
    }
    Arena *arena = request->arena;
    Buf body = request->body;
    Buf reply = request->reply.body;
    arena_reset(arena);
    keep_buffer(&body);
    keep_buffer(&reply);
    *request = (Request){.arena = arena, .body = body, .reply = {.body = reply}};
    request->next = loop->spare;
    loop->spare = request;
    loop->n_spare++;
}

static void free_spare(Loop *loop, int count)
{
    for (int i = 0; i < count; i++) {
        Request *request = loop->spare;
        loop->spare = request->next;
        loop->n_spare--;
        request_free(request);
    }
}

void exchange_free_unused(Loop *loop)
{
    int unused = loop->fewest_spare - KEEP_SPARE;
    if (unused > 0) {
        free_spare(loop, (unused + 1) / 2);
    }
    loop->fewest_spare = loop->n_spare;
}

void exchange_free_spare(Loop *loop)
{
    free_spare(loop, loop->n_spare);
}

/* --- headers --------------------------------------------------------------------------------- */

typedef struct KnownHeader {
    Str name;
    size_t value; /* offset of the Str in RequestHeaders */
    size_t count; /* offset of the int, or 0 */
} KnownHeader;

#define HEADER(name, member)                                                                       \
    {                                                                                              \
        STR_INIT(name), offsetof(RequestHeaders, member), 0                                        \
    }
#define COUNTED(name, member, counter)                                                             \
    {                                                                                              \
        STR_INIT(name), offsetof(RequestHeaders, member), offsetof(RequestHeaders, counter)        \
    }

static const KnownHeader known_headers[] = {
    COUNTED("Host", host, hosts),
    COUNTED("Content-Length", content_length, content_lengths),
    COUNTED("Transfer-Encoding", transfer_encoding, transfer_encodings),
    HEADER("Origin", origin),
    HEADER("Referer", referer),
    HEADER("Cookie", cookie),
    HEADER("Content-Type", content_type),
    HEADER("Accept-Encoding", accept_encoding),
    HEADER("Accept-Language", accept_language),
    HEADER("If-None-Match", if_none_match),
    HEADER("User-Agent", user_agent),
    HEADER("X-Forwarded-For", forwarded_for),
    HEADER("X-Forwarded-Proto", forwarded_proto),
};

/* Proxies and browsers may send these lists in several lines; joined they mean the same. */
static Str join_lines(Arena *arena, Str before, Str line, const char *separator)
{
    if (before.len == 0) {
        return arena_str(arena, line);
    }
    return arena_printf(arena, "%.*s%s%.*s", STR_ARG(before), separator, STR_ARG(line));
}

static enum MHD_Result take_header(void *cls, enum MHD_ValueKind kind, const char *key,
                                   size_t key_size, const char *value, size_t value_size)
{
    (void)kind;
    Request *request = cls;
    Str name = str_from_bytes(key, key_size);
    Str text = str_from_bytes(value ? value : "", value ? value_size : 0);
    for (size_t i = 0; i < countof(known_headers); i++) {
        const KnownHeader *known = &known_headers[i];
        if (!str_eq_ignore_case(name, known->name)) {
            continue;
        }
        Str *slot = (Str *)(void *)((char *)&request->headers + known->value);
        const char *separator = slot == &request->headers.cookie ? "; " : ", ";
        *slot = join_lines(request->arena, *slot, text, separator);
        if (known->count) {
            ++*(int *)(void *)((char *)&request->headers + known->count);
        }
        break;
    }
    return MHD_YES;
}

/* --- the reply ------------------------------------------------------------------------------- */

static void log_request(const Request *request, size_t bytes)
{
    log_event(LOG_INFO, "request", log_str("id", request->id),
              log_str("method", str_slice(request->method_name, 0, 16)),
              log_str("route", str_from(request->route ? request->route : "")),
              log_int("status", request->reply.status),
              log_int("us", clock_monotonic_us() - request->started_us),
              log_int("bytes", (int64_t)bytes), log_str("person", request->person));
}

/* Answers wait in memory until their readers have taken them: long ones have so much room together
 * and no more. False when there is none left. */
static bool answer_enter(Request *request)
{
    Core *core = request->loop->core;
    size_t bytes = request->reply.body.len;
    if (bytes <= KEEP_BUFFER_SIZE) {
        return true;
    }
    bool has_room =
        atomic_fetch_add(&core->answer_bytes, bytes) + bytes <= core->options.answer_bytes;
    if (!has_room) {
        atomic_fetch_sub(&core->answer_bytes, bytes);
    }
    request->answer_bytes = has_room ? bytes : 0;
    return has_room;
}

static void answer_leave(Request *request)
{
    atomic_fetch_sub(&request->loop->core->answer_bytes, request->answer_bytes);
    request->answer_bytes = 0;
}

static enum MHD_Result send_reply(Request *request)
{
    Reply *reply = &request->reply;
    const Core *core = request->loop->core;
    if (!answer_enter(request)) {
        log_event(LOG_WARN, "refused", log_str("id", request->id),
                  log_str("why", STR("long answers wait for slow readers")));
        reply_clear(request);
        buf_free(&reply->body);
        reply_header(request, "Retry-After", "30");
        reply_plain(request, 503, true);
    }
    Str body = reply->fixed.len > 0 ? reply->fixed : buf_view(&reply->body);
    /* The bytes stay with the request until the library says it has completed. */
    struct MHD_Response *response = MHD_create_response_from_buffer(
        body.len, (void *)(uintptr_t)body.data, MHD_RESPMEM_PERSISTENT);
    if (!response) {
        return MHD_NO;
    }
    for (const ReplyHeader *h = reply->headers; h; h = h->next) {
        if (MHD_add_response_header(response, h->name, h->value) != MHD_YES) {
            panic("response header %s is malformed", h->name);
        }
    }
    if (reply->close || atomic_load(&core->stopping)) {
        MHD_add_response_header(response, "Connection", "close");
    }
    int64_t seconds = core->options.server.idle_seconds;
    connection_phase(request->connection, PHASE_SENDING,
                     seconds + (int64_t)body.len / SLOWEST_READER);
    enum MHD_Result result = MHD_queue_response(request->mhd, (unsigned)reply->status, response);
    MHD_destroy_response(response);
    log_request(request, body.len);
    return result;
}

static enum MHD_Result refuse(Request *request, int status, const char *why)
{
    log_event(LOG_INFO, "refused", log_str("id", request->id), log_str("why", str_from(why)));
    reply_plain(request, status, true);
    request->stage = STAGE_FINISHED;
    return send_reply(request);
}

/* --- long bodies --------------------------------------------------------------------------------
 */

/* Bodies wait in memory, and anybody may send one before a handler asks who they are: so there are
 * few long ones at a time. False when there is no place. */
static bool upload_enter(Request *request)
{
    Core *core = request->loop->core;
    if (!request->is_upload) {
        request->is_upload = atomic_fetch_add(&core->uploads, 1) < LIMIT_UPLOADS_AT_ONCE;
        if (!request->is_upload) {
            atomic_fetch_sub(&core->uploads, 1);
        }
    }
    return request->is_upload;
}

static void upload_leave(Request *request)
{
    if (request->is_upload) {
        atomic_fetch_sub(&request->loop->core->uploads, 1);
        request->is_upload = false;
    }
}

/* --- the library's callbacks -------------------------------------------------------------------
 */

void *exchange_started(void *cls, const char *target, struct MHD_Connection *mhd)
{
    Loop *loop = cls;
    Request *request = request_take(loop);
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    request->loop = loop;
    request->mhd = mhd;
    request->connection = info->socket_context;
    request->peer = str_from(request->connection->peer);
    request->target = arena_str(request->arena, str_from(target));
    request->body_limit = LIMIT_BODY_BYTES;
    request->started_us = clock_monotonic_us();
    request->reply.headers_end = &request->reply.headers;
    request->id = new_request_id(loop, request->arena);
    if (request->connection->phase == PHASE_IDLE) {
        connection_phase(request->connection, PHASE_HEADERS,
                         loop->core->options.server.header_seconds);
    }
    return request;
}

static enum MHD_Result take_headers(Request *request, const char *method)
{
    request->method_name = arena_str(request->arena, str_from(method));
    Str name = request->method_name;
    bool is_get = str_eq(name, STR("GET")) || str_eq(name, STR("HEAD"));
    request->method = is_get ? HTTP_GET : str_eq(name, STR("POST")) ? HTTP_POST : HTTP_OTHER;
    MHD_get_connection_values_n(request->mhd, MHD_HEADER_KIND, take_header, request);
    const char *problem = framing_problem(&request->headers);
    if (problem) {
        return refuse(request, 400, problem);
    }
    const Core *core = request->loop->core;
    request->stage = STAGE_BODY;
    if (core->handlers.accept(core->handlers.user, request)) {
        bool has_body = request->headers.content_lengths + request->headers.transfer_encodings > 0;
        request->reply.close = request->reply.close || has_body;
        request->stage = STAGE_FINISHED;
        return send_reply(request);
    }
    int64_t length = 0;
    if (str_to_int64(request->headers.content_length, &length) &&
        length > (int64_t)request->body_limit) {
        return refuse(request, 413, "body too large");
    }
    if (length > LIMIT_BODY_BYTES && !upload_enter(request)) {
        reply_header(request, "Retry-After", "30");
        return refuse(request, 503, "too many uploads");
    }
    connection_phase(request->connection, PHASE_BODY, core->options.server.body_seconds);
    return MHD_YES;
}

/* The library takes no reply in the middle of a body: the page goes straight to the socket. */
static enum MHD_Result refuse_midway(Request *request, int status, const char *why)
{
    log_event(LOG_INFO, "refused", log_str("id", request->id), log_str("why", str_from(why)));
    reply_plain(request, status, true);
    connection_send_raw(request->connection, reply_raw(request));
    return MHD_NO;
}

/* A chunked body says its length only as it comes. */
static enum MHD_Result take_body(Request *request, const char *data, size_t *size)
{
    size_t length = request->body.len + *size;
    if (length > request->body_limit) {
        return refuse_midway(request, 413, "body too large");
    }
    if (length > LIMIT_BODY_BYTES && !upload_enter(request)) {
        reply_header(request, "Retry-After", "30");
        return refuse_midway(request, 503, "too many uploads");
    }
    buf_append(&request->body, data, *size);
    *size = 0;
    return MHD_YES;
}

static void run_handler(Work *work, Worker *worker)
{
    Request *request = (Request *)(void *)((char *)work - offsetof(Request, work));
    const Core *core = request->loop->core;
    core->handlers.handle(core->handlers.user, request, worker);
}

static enum MHD_Result submit(Request *request)
{
    Core *core = request->loop->core;
    request->work.run = run_handler;
    request->stage = STAGE_WORKING;
    atomic_fetch_add(&core->in_work, 1);
    if (!pool_push(core->pool, &request->work)) {
        atomic_fetch_sub(&core->in_work, 1);
        reply_header(request, "Retry-After", "5");
        return refuse(request, 503, "queue full");
    }
    request->loop->has_pushed = true;
    connection_phase(request->connection, PHASE_WORKING, 0);
    MHD_suspend_connection(request->mhd);
    return MHD_YES;
}

enum MHD_Result exchange_handle(void *cls, struct MHD_Connection *mhd, const char *url,
                                const char *method, const char *version, const char *data,
                                size_t *size, void **context)
{
    (void)cls;
    (void)mhd;
    (void)url;
    (void)version;
    Request *request = *context;
    switch (request->stage) {
    case STAGE_HEADERS:
        return take_headers(request, method);
    case STAGE_BODY:
        return *size > 0 ? take_body(request, data, size) : submit(request);
    case STAGE_WORKING:
        panic("the library called for a suspended request");
    case STAGE_FINISHED:
        return send_reply(request);
    }
    return MHD_NO;
}

void exchange_completed(void *cls, struct MHD_Connection *mhd, void **context,
                        enum MHD_RequestTerminationCode how)
{
    (void)cls;
    (void)mhd;
    (void)how;
    Request *request = *context;
    if (!request) {
        return;
    }
    Loop *loop = request->loop;
    upload_leave(request);
    answer_leave(request);
    connection_phase(request->connection, PHASE_IDLE, loop->core->options.server.idle_seconds);
    request_give_back(loop, request);
    *context = NULL;
}

/* --- from the workers --------------------------------------------------------------------------
 */

void request_finish(Request *request)
{
    Loop *loop = request->loop;
    pthread_mutex_lock(&loop->lock);
    request->next = loop->finished;
    loop->finished = request;
    pthread_mutex_unlock(&loop->lock);
    /* The loop says that it is asleep before it looks at the list for the last time. */
    if (atomic_exchange(&loop->asleep, false)) {
        uint64_t one = 1;
        ssize_t ignored = write(loop->wake_fd, &one, sizeof(one));
        (void)ignored; /* an eventfd refuses only when it is already far above zero */
    }
}

bool exchange_has_finished(Loop *loop)
{
    pthread_mutex_lock(&loop->lock);
    bool has = loop->finished != NULL;
    pthread_mutex_unlock(&loop->lock);
    return has;
}

void request_continue(Request *request, void (*run)(Work *work, Worker *worker))
{
    request->work.run = run;
    pool_push_first(request->loop->core->pool, &request->work);
}

void exchange_resume_finished(Loop *loop)
{
    pthread_mutex_lock(&loop->lock);
    Request *request = loop->finished;
    loop->finished = NULL;
    pthread_mutex_unlock(&loop->lock);
    while (request) {
        Request *next = request->next;
        request->stage = STAGE_FINISHED;
        atomic_fetch_sub(&loop->core->in_work, 1);
        MHD_resume_connection(request->mhd);
        request = next;
    }
}
