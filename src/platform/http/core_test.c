/* The core of the server through real sockets, with a handler of its own. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/log.h"
#include "platform/http/core.h"
#include "tests/support/http_client.h"

#define LONG_ANSWER_BYTES (4 * 1024 * 1024) /* more than sockets keep */
#define ROOM_FOR_ANSWERS  3

typedef struct Fixture {
    Arena *arena;
    Core *core;
    _Atomic int handled;
    _Atomic bool hold; /* requests for /hold wait while it is set */
    int port;
} Fixture;

static bool accept_any(void *user, Request *request)
{
    (void)user;
    if (str_eq(request->target, STR("/upload"))) {
        request->body_limit = LIMIT_UPLOAD_BYTES;
    }
    return false;
}

static void handle(void *user, Request *request, Worker *worker)
{
    (void)worker;
    Fixture *fixture = user;
    if (str_starts_with(request->target, STR("/wait"))) {
        usleep(1000);
    }
    while (str_eq(request->target, STR("/hold")) && atomic_load(&fixture->hold)) {
        usleep(1000);
    }
    atomic_fetch_add(&fixture->handled, 1);
    request->reply.status = 200;
    reply_header(request, "Content-Type", "text/plain");
    if (str_eq(request->target, STR("/long"))) {
        char *bytes = calloc(1, LONG_ANSWER_BYTES);
        buf_append(&request->reply.body, bytes, LONG_ANSWER_BYTES);
        free(bytes);
    }
    buf_printf(&request->reply.body, "body %zu", request->body.len);
    request_finish(request);
}

static Fixture *start_with(CoreOptions options)
{
    Fixture *fixture = calloc(1, sizeof(*fixture));
    fixture->arena = arena_create(64 << 20);
    options.server.address = "127.0.0.1";
    options.server.loops = 2;
    options.server.idle_seconds = 5;
    Handlers handlers = {.user = fixture, .accept = accept_any, .handle = handle};
    assert_null(core_start(fixture->arena, &options, &handlers, &fixture->core));
    fixture->port = fixture->core->port;
    return fixture;
}

static CoreOptions usual(void)
{
    return (CoreOptions){.server = {.workers = 8,
                                    .header_seconds = 1,
                                    .body_seconds = 1,
                                    .connections_per_address = 1000},
                         .max_queued = LIMIT_QUEUE_LENGTH,
                         .stop_seconds = 10,
                         .answer_bytes = LIMIT_ANSWER_BYTES};
}

static void end(Fixture *fixture)
{
    assert_true(core_stop(fixture->core));
    arena_destroy(fixture->arena);
    free(fixture);
}

/* Requests a second of `clients` keep-alive connections over about `ms` milliseconds, driven by one
 * thread with epoll. */
static int64_t drive(int port, const char *request, int clients, int64_t ms)
{
    int epoll_fd = epoll_create1(0);
    size_t len = strlen(request);
    int *fds = calloc((size_t)clients, sizeof(*fds));
    for (int i = 0; i < clients; i++) {
        fds[i] = client_connect(port);
        struct epoll_event event = {.events = EPOLLIN, .data.fd = fds[i]};
        epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fds[i], &event);
        client_send(fds[i], request, len);
    }
    int64_t started = clock_monotonic_ms();
    int64_t answers = 0;
    while (clock_monotonic_ms() - started < ms) {
        struct epoll_event events[64];
        int n = epoll_wait(epoll_fd, events, 64, 100);
        for (int i = 0; i < n; i++) {
            char answer[2048];
            if (read(events[i].data.fd, answer, sizeof(answer)) > 0) {
                answers++;
                client_send(events[i].data.fd, request, len);
            }
        }
    }
    int64_t took = clock_monotonic_ms() - started;
    for (int i = 0; i < clients; i++) {
        close(fds[i]);
    }
    close(epoll_fd);
    free(fds);
    return answers * 1000 / took;
}

#define ASK(target) "GET " target " HTTP/1.1\r\nHost: a\r\n\r\n"

static void a_request_is_answered(void **state)
{
    (void)state;
    Fixture *fixture = start_with(usual());
    HttpAnswer answer = client_get(fixture->arena, fixture->port, "/", "");
    assert_int_equal(answer.status, 200);
    assert_true(str_eq(answer.body, STR("body 0")));
    end(fixture);
}

static void many_keep_alive_clients_exceed_a_thousand_requests_a_second(void **state)
{
    (void)state;
    Fixture *fixture = start_with(usual());
    assert_true(drive(fixture->port, ASK("/"), 128, 1000) > 1000);
    end(fixture);
}

static void many_clients_of_a_waiting_handler_exceed_a_thousand_requests_a_second(void **state)
{
    (void)state;
    Fixture *fixture = start_with(usual());
    assert_true(drive(fixture->port, ASK("/wait"), 128, 1000) > 1000);
    end(fixture);
}

static void a_client_that_dribbles_headers_is_cut_at_the_deadline(void **state)
{
    (void)state;
    Fixture *fixture = start_with(usual());
    int fd = client_connect(fixture->port);
    client_text(fd, "GET / HTTP/1.1\r\nHost: a\r\nX: ");
    int64_t started = clock_monotonic_ms();
    char byte;
    while (recv(fd, &byte, 1, MSG_DONTWAIT) != 0 && clock_monotonic_ms() - started < 5000) {
        client_text(fd, "x");
        usleep(50000);
    }
    int64_t took = clock_monotonic_ms() - started;
    assert_in_range(took, 800, 2000);
    close(fd);
    end(fixture);
}

static void a_client_that_dribbles_its_body_is_cut_at_the_deadline(void **state)
{
    (void)state;
    Fixture *fixture = start_with(usual());
    int fd = client_connect(fixture->port);
    client_text(fd, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n");
    int64_t started = clock_monotonic_ms();
    char byte;
    while (recv(fd, &byte, 1, MSG_DONTWAIT) != 0 && clock_monotonic_ms() - started < 5000) {
        client_text(fd, "x");
        usleep(50000);
    }
    assert_in_range(clock_monotonic_ms() - started, 800, 2000);
    assert_int_equal(atomic_load(&fixture->handled), 0);
    close(fd);
    end(fixture);
}

static void a_body_over_the_limit_is_refused_with_413_and_the_connection_ends(void **state)
{
    (void)state;
    Fixture *fixture = start_with(usual());
    int fd = client_connect(fixture->port);
    client_text(fd, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n");
    HttpAnswer answer = client_read(fd, fixture->arena, true);
    assert_int_equal(answer.status, 413);
    assert_true(answer.is_closed);
    assert_true(client_wait_for_end(fd) < 3000);
    close(fd);
    end(fixture);
}

static void a_chunked_body_over_the_limit_is_refused_with_413(void **state)
{
    (void)state;
    Fixture *fixture = start_with(usual());
    int fd = client_connect(fixture->port);
    client_text(fd, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n10001\r\n");
    char *block = calloc(1, 0x10001);
    client_send(fd, block, 0x10001);
    free(block);
    HttpAnswer answer = client_read(fd, fixture->arena, true);
    assert_int_equal(answer.status, 413);
    assert_true(str_contains(answer.body, STR("内容太大")));
    assert_true(answer_header(&answer, "Content-Security-Policy", 0).len > 0);
    assert_int_equal(atomic_load(&fixture->handled), 0);
    close(fd);
    end(fixture);
}

/* Readers that take nothing cannot make the server keep more than so much for them. */
static void long_answers_to_readers_that_do_not_read_have_a_bound(void **state)
{
    (void)state;
    CoreOptions options = usual();
    options.answer_bytes = ROOM_FOR_ANSWERS * (LONG_ANSWER_BYTES + 100);
    Fixture *fixture = start_with(options);
    int slow[ROOM_FOR_ANSWERS];
    for (size_t i = 0; i < countof(slow); i++) {
        slow[i] = client_connect(fixture->port);
        client_text(slow[i], "GET /long HTTP/1.1\r\nHost: a\r\n\r\n");
        while (atomic_load(&fixture->core->answer_bytes) < (i + 1) * LONG_ANSWER_BYTES) {
            usleep(1000);
        }
    }
    HttpAnswer answer = client_get(fixture->arena, fixture->port, "/long", "");
    assert_int_equal(answer.status, 503);
    assert_true(str_eq(answer_header(&answer, "Retry-After", 0), STR("30")));
    assert_int_equal(client_get(fixture->arena, fixture->port, "/", "").status, 200);
    for (size_t i = 0; i < countof(slow); i++) {
        close(slow[i]);
    }
    do {
        usleep(10000);
    } while (atomic_load(&fixture->core->answer_bytes) > 0);
    assert_int_equal(client_get(fixture->arena, fixture->port, "/long", "").status, 200);
    end(fixture);
}

static void an_upload_up_to_its_own_limit_arrives_whole(void **state)
{
    (void)state;
    Fixture *fixture = start_with(usual());
    size_t size = 3u << 20;
    char *bytes = calloc(1, size);
    HttpAnswer answer =
        client_post(fixture->arena, fixture->port, "/upload", "", str_from_bytes(bytes, size));
    free(bytes);
    assert_int_equal(answer.status, 200);
    assert_true(str_eq(answer.body, STR("body 3145728")));
    end(fixture);
}

/* Memory is taken before anybody knows who sends: so many long bodies at once and no more. */
static void more_long_bodies_at_once_than_there_is_room_for_are_sent_away(void **state)
{
    (void)state;
    Fixture *fixture = start_with(usual());
    int waiting[LIMIT_UPLOADS_AT_ONCE];
    for (size_t i = 0; i < countof(waiting); i++) {
        waiting[i] = client_connect(fixture->port);
        client_text(waiting[i],
                    "POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
    }
    usleep(100000);
    char *bytes = calloc(1, 100000);
    Str body = str_from_bytes(bytes, 100000);
    HttpAnswer answer = client_post(fixture->arena, fixture->port, "/upload", "", body);
    assert_int_equal(answer.status, 503);
    assert_true(str_eq(answer_header(&answer, "Retry-After", 0), STR("30")));
    int fd = client_connect(fixture->port);
    client_text(fd, "POST /upload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                    "186A0\r\n");
    client_send(fd, bytes, 100000);
    assert_int_equal(client_read(fd, fixture->arena, true).status, 503);
    close(fd);
    answer = client_post(fixture->arena, fixture->port, "/upload", "", STR("short"));
    assert_int_equal(answer.status, 200);
    for (size_t i = 0; i < countof(waiting); i++) {
        close(waiting[i]);
    }
    usleep(500000);
    answer = client_post(fixture->arena, fixture->port, "/upload", "", body);
    assert_int_equal(answer.status, 200);
    free(bytes);
    end(fixture);
}

static void a_full_queue_answers_503_and_when_to_come_back(void **state)
{
    (void)state;
    CoreOptions options = usual();
    options.server.workers = 1;
    options.max_queued = 1;
    Fixture *fixture = start_with(options);
    atomic_store(&fixture->hold, true);
    int fds[3];
    for (int i = 0; i < 3; i++) {
        fds[i] = client_connect(fixture->port);
        client_text(fds[i], ASK("/hold"));
        usleep(50000);
    }
    HttpAnswer answer = client_read(fds[2], fixture->arena, true);
    assert_int_equal(answer.status, 503);
    assert_true(str_eq(answer_header(&answer, "Retry-After", 0), STR("5")));
    atomic_store(&fixture->hold, false);
    assert_int_equal(client_read(fds[0], fixture->arena, true).status, 200);
    assert_int_equal(client_read(fds[1], fixture->arena, true).status, 200);
    for (int i = 0; i < 3; i++) {
        close(fds[i]);
    }
    end(fixture);
}

static void *stop_main(void *argument)
{
    Fixture *fixture = argument;
    return core_stop(fixture->core) ? fixture : NULL;
}

static void a_stop_finishes_what_was_accepted(void **state)
{
    (void)state;
    Fixture *fixture = start_with(usual());
    atomic_store(&fixture->hold, true);
    int idle = client_connect(fixture->port);
    client_text(idle, ASK("/"));
    assert_int_equal(client_read(idle, fixture->arena, true).status, 200);
    int busy = client_connect(fixture->port);
    client_text(busy, ASK("/hold"));
    usleep(100000);
    pthread_t stopper;
    pthread_create(&stopper, NULL, stop_main, fixture);
    assert_true(client_wait_for_end(idle) < 2000);
    atomic_store(&fixture->hold, false);
    HttpAnswer answer = client_read(busy, fixture->arena, true);
    assert_int_equal(answer.status, 200);
    assert_true(answer.is_closed);
    void *clean = NULL;
    pthread_join(stopper, &clean);
    assert_ptr_equal(clean, fixture);
    close(idle);
    close(busy);
    arena_destroy(fixture->arena);
    free(fixture);
}

static void a_stop_gives_up_on_a_request_that_never_ends(void **state)
{
    (void)state;
    CoreOptions options = usual();
    options.stop_seconds = 1;
    Fixture *fixture = start_with(options);
    atomic_store(&fixture->hold, true);
    int fd = client_connect(fixture->port);
    client_text(fd, ASK("/hold"));
    usleep(100000);
    int64_t started = clock_monotonic_ms();
    assert_false(core_stop(fixture->core));
    assert_true(clock_monotonic_ms() - started < 4000);
    close(fd); /* the core is left alone, as when a process ends */
}

static void too_many_connections_of_one_address_are_turned_away(void **state)
{
    (void)state;
    CoreOptions options = usual();
    options.server.connections_per_address = 3;
    Fixture *fixture = start_with(options);
    int fds[4];
    for (int i = 0; i < 4; i++) {
        fds[i] = client_connect(fixture->port);
        client_text(fds[i], ASK("/"));
        HttpAnswer answer = client_read(fds[i], fixture->arena, true);
        assert_int_equal(answer.status, i < 3 ? 200 : 0);
    }
    close(fds[0]);
    usleep(100000);
    assert_int_equal(client_get(fixture->arena, fixture->port, "/", "").status, 200);
    for (int i = 1; i < 4; i++) {
        close(fds[i]);
    }
    end(fixture);
}

static void a_trusted_proxy_is_not_counted(void **state)
{
    (void)state;
    CoreOptions options = usual();
    options.server.connections_per_address = 1;
    options.server.trusted_proxies = "10.0.0.1, 127.0.0.1";
    Fixture *fixture = start_with(options);
    int first = client_connect(fixture->port);
    client_text(first, ASK("/"));
    assert_int_equal(client_read(first, fixture->arena, true).status, 200);
    assert_int_equal(client_get(fixture->arena, fixture->port, "/", "").status, 200);
    close(first);
    end(fixture);
}

static int status_of(Fixture *fixture, const char *request)
{
    int fd = client_connect(fixture->port);
    client_text(fd, request);
    int status = client_read(fd, fixture->arena, true).status;
    close(fd);
    return status;
}

static void suspicious_framing_is_refused(void **state)
{
    (void)state;
    Fixture *fixture = start_with(usual());
    static const char *const requests[] = {
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\ncontent-length: 4\r\n\r\nabcd",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x3\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    };
    for (size_t i = 0; i < countof(requests); i++) {
        int status = status_of(fixture, requests[i]);
        if (status != 400 && status != 413) {
            fail_msg("%s gave %d", requests[i], status);
        }
    }
    assert_int_equal(atomic_load(&fixture->handled), 0);
    end(fixture);
}

static void head_is_answered_like_get_without_a_body(void **state)
{
    (void)state;
    Fixture *fixture = start_with(usual());
    int fd = client_connect(fixture->port);
    client_text(fd, "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n" ASK("/"));
    HttpAnswer head = client_read(fd, fixture->arena, false);
    assert_int_equal(head.status, 200);
    assert_true(str_eq(answer_header(&head, "Content-Length", 0), STR("6")));
    close(fd);
    end(fixture);
}

static void a_second_server_cannot_share_the_port(void **state)
{
    (void)state;
    Fixture *fixture = start_with(usual());
    CoreOptions options = usual();
    options.server.address = "127.0.0.1";
    options.server.loops = 1;
    options.server.port = fixture->port;
    Handlers handlers = {.user = fixture, .accept = accept_any, .handle = handle};
    Core *second = NULL;
    Error *err = core_start(fixture->arena, &options, &handlers, &second);
    assert_non_null(err);
    assert_int_equal(err->code, ERROR_CONFIGURATION);
    end(fixture);
}

int main(void)
{
    log_set_level(LOG_ERROR);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_is_answered),
        cmocka_unit_test(many_keep_alive_clients_exceed_a_thousand_requests_a_second),
        cmocka_unit_test(many_clients_of_a_waiting_handler_exceed_a_thousand_requests_a_second),
        cmocka_unit_test(a_client_that_dribbles_headers_is_cut_at_the_deadline),
        cmocka_unit_test(a_client_that_dribbles_its_body_is_cut_at_the_deadline),
        cmocka_unit_test(a_body_over_the_limit_is_refused_with_413_and_the_connection_ends),
        cmocka_unit_test(a_chunked_body_over_the_limit_is_refused_with_413),
        cmocka_unit_test(long_answers_to_readers_that_do_not_read_have_a_bound),
        cmocka_unit_test(an_upload_up_to_its_own_limit_arrives_whole),
        cmocka_unit_test(more_long_bodies_at_once_than_there_is_room_for_are_sent_away),
        cmocka_unit_test(a_full_queue_answers_503_and_when_to_come_back),
        cmocka_unit_test(a_stop_finishes_what_was_accepted),
        cmocka_unit_test(too_many_connections_of_one_address_are_turned_away),
        cmocka_unit_test(a_trusted_proxy_is_not_counted),
        cmocka_unit_test(suspicious_framing_is_refused),
        cmocka_unit_test(head_is_answered_like_get_without_a_body),
        cmocka_unit_test(a_second_server_cannot_share_the_port),
        cmocka_unit_test(a_stop_gives_up_on_a_request_that_never_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
