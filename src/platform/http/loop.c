/* loop.c: the threads that parse and send, how they start and how they end. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/log.h"
#include "platform/http/exchange.h"

#define CHECK_EVERY_MS 200
#define BACKLOG        1024

/* --- sockets --------------------------------------------------------------------------------- */

typedef union SocketAddress {
    struct sockaddr any;
    struct sockaddr_in in;
    struct sockaddr_in6 in6;
} SocketAddress;

static bool address_fill(const char *text, int port, SocketAddress *out, socklen_t *out_len)
{
    memset(out, 0, sizeof(*out));
    if (inet_pton(AF_INET, text, &out->in.sin_addr) == 1) {
        out->in.sin_family = AF_INET;
        out->in.sin_port = htons((uint16_t)port);
        *out_len = sizeof(out->in);
        return true;
    }
    if (inet_pton(AF_INET6, text, &out->in6.sin6_addr) == 1) {
        out->in6.sin6_family = AF_INET6;
        out->in6.sin6_port = htons((uint16_t)port);
        *out_len = sizeof(out->in6);
        return true;
    }
    return false;
}

/* A bound socket; -1 with errno when the address is taken or not ours. Shared ones let the loops of
 * this process bind the same port; the first is not shared, so that a second server cannot silently
 * take half of the clients. */
static int bind_socket(const char *address, int port, bool is_shared)
{
    SocketAddress at;
    socklen_t len = 0;
    if (!address_fill(address, port, &at, &len)) {
        errno = EINVAL;
        return -1;
    }
    int fd = socket(at.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int on = 1;
    if (fd < 0) {
        return -1;
    }
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (is_shared) {
        setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof(on));
    }
    if (bind(fd, &at.any, len) != 0 || (is_shared && listen(fd, BACKLOG) != 0)) {
        int code = errno;
        close(fd);
        errno = code;
        return -1;
    }
    return fd;
}

static int port_of(int fd)
{
    SocketAddress at = {0};
    socklen_t len = sizeof(at);
    if (getsockname(fd, &at.any, &len) != 0) {
        return 0;
    }
    return ntohs(at.any.sa_family == AF_INET6 ? at.in6.sin6_port : at.in.sin_port);
}

static Error *open_sockets(Arena *arena, Core *core)
{
    const ServerOptions *options = &core->options.server;
    int probe = bind_socket(options->address, options->port, false);
    if (probe < 0) {
        return error_make(arena, ERROR_CONFIGURATION, "cannot listen on %s port %d: %s",
                          options->address, options->port, strerror(errno));
    }
    core->port = port_of(probe);
    close(probe);
    for (int i = 0; i < core->n_loops; i++) {
        core->loops[i].listen_fd = bind_socket(options->address, core->port, true);
        if (core->loops[i].listen_fd < 0) {
            return error_make(arena, ERROR_CONFIGURATION, "cannot listen on %s port %d: %s",
                              options->address, core->port, strerror(errno));
        }
    }
    return NULL;
}

/* --- the library's daemon ----------------------------------------------------------------------
 */

static enum MHD_Result admit(void *cls, const struct sockaddr *from, socklen_t len)
{
    (void)len;
    Loop *loop = cls;
    return addresses_admits(loop->core->addresses, from) ? MHD_YES : MHD_NO;
}

static void on_connection(void *cls, struct MHD_Connection *mhd, void **context,
                          enum MHD_ConnectionNotificationCode what)
{
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        connection_opened(cls, mhd, context);
    } else {
        connection_closed(cls, context);
    }
}

/* The path is decoded by target.c, which refuses what the library would let through. */
static size_t keep_escapes(void *cls, struct MHD_Connection *mhd, char *text)
{
    (void)cls;
    (void)mhd;
    return strlen(text);
}

static Error *start_daemon(Arena *arena, Loop *loop)
{
    const ServerOptions *options = &loop->core->options.server;
    loop->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, admit, loop, exchange_handle, loop,
        MHD_OPTION_LISTEN_SOCKET, loop->listen_fd, MHD_OPTION_NOTIFY_CONNECTION, on_connection,
        loop, MHD_OPTION_NOTIFY_COMPLETED, exchange_completed, loop, MHD_OPTION_URI_LOG_CALLBACK,
        exchange_started, loop, MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)LIMIT_HEADER_BYTES, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)LIMIT_CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)options->idle_seconds,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
    if (!loop->daemon) {
        return error_make(arena, ERROR_UNAVAILABLE, "cannot start the HTTP library");
    }
    loop->epoll_fd = MHD_get_daemon_info(loop->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
    loop->wake_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (loop->wake_fd < 0) {
        return error_make(arena, ERROR_UNAVAILABLE, "no eventfd: %s", strerror(errno));
    }
    return NULL;
}

/* --- the loop ----------------------------------------------------------------------------------
 */

static int poll_timeout(const Loop *loop)
{
    MHD_UNSIGNED_LONG_LONG library = 0;
    int timeout = loop->n_connections > 0 ? CHECK_EVERY_MS : 1000;
    if (MHD_get_timeout(loop->daemon, &library) == MHD_YES && library < (unsigned)timeout) {
        timeout = (int)library;
    }
    return timeout;
}

static void drain_wake(const Loop *loop)
{
    uint64_t count = 0;
    ssize_t ignored = read(loop->wake_fd, &count, sizeof(count));
    (void)ignored; /* nothing to read is fine */
}

/* Takes what has already connected, then stops listening. */
static void quiesce(Loop *loop)
{
    MHD_run(loop->daemon);
    pool_wake(loop->core->pool);
    MHD_socket fd = MHD_quiesce_daemon(loop->daemon);
    if (fd != MHD_INVALID_SOCKET) {
        close(fd);
    }
    loop->stop_at_ms = clock_monotonic_ms() + loop->core->options.stop_seconds * 1000;
    loop->is_quiesced = true;
}

static bool is_finished(const Loop *loop)
{
    return loop->is_quiesced && loop->n_connections == 0;
}

/* After the last deadline only requests that never came back from the workers are left. */
static bool has_given_up(const Loop *loop, int64_t now_ms)
{
    return loop->is_quiesced && now_ms >= loop->stop_at_ms + 500;
}

/* Until there are bytes, a finished request, or a deadline. */
static void wait_for_work(Loop *loop)
{
    struct pollfd fds[2] = {{.fd = loop->epoll_fd, .events = POLLIN},
                            {.fd = loop->wake_fd, .events = POLLIN}};
    atomic_store(&loop->asleep, true);
    poll(fds, 2, exchange_has_finished(loop) ? 0 : poll_timeout(loop));
    atomic_store(&loop->asleep, false);
    if (fds[1].revents) {
        drain_wake(loop);
    }
}

static void *loop_main(void *argument)
{
    Loop *loop = argument;
    for (;;) {
        wait_for_work(loop);
        exchange_resume_finished(loop);
        MHD_run(loop->daemon);
        if (loop->has_pushed) {
            loop->has_pushed = false;
            pool_wake(loop->core->pool);
        }
        int64_t now_ms = clock_monotonic_ms();
        if (atomic_load(&loop->core->stopping) && !loop->is_quiesced) {
            quiesce(loop);
            loop->next_check_ms = now_ms;
        }
        if (now_ms >= loop->next_check_ms) {
            connections_check(loop, now_ms);
            exchange_free_unused(loop);
            loop->next_check_ms = now_ms + CHECK_EVERY_MS;
        }
        if (is_finished(loop) || has_given_up(loop, now_ms)) {
            return NULL;
        }
    }
}

/* --- start and stop ------------------------------------------------------------------------------
 */

static Error *start_threads(Arena *arena, Core *core)
{
    for (int i = 0; i < core->n_loops; i++) {
        Error *err = start_daemon(arena, &core->loops[i]);
        if (err) {
            return err;
        }
    }
    for (int i = 0; i < core->n_loops; i++) {
        int code = pthread_create(&core->loops[i].thread, NULL, loop_main, &core->loops[i]);
        if (code != 0) {
            return error_make(arena, ERROR_UNAVAILABLE, "cannot start a loop: %d", code);
        }
    }
    return NULL;
}

static void library_broken(void *cls, const char *file, unsigned line, const char *reason)
{
    (void)cls;
    panic_at(file, (int)line, "HTTP library: %s", reason);
}

Error *core_start(Arena *arena, const CoreOptions *options, const Handlers *handlers, Core **out)
{
    Core *core = arena_new(arena, Core);
    core->options = *options;
    core->handlers = *handlers;
    core->n_loops = options->server.loops;
    core->loops = arena_array(arena, Loop, (size_t)core->n_loops);
    MHD_set_panic_func(library_broken, NULL);
    core->addresses = addresses_create(arena, options->server.connections_per_address,
                                       LIMIT_CONNECTIONS, options->server.trusted_proxies);
    for (int i = 0; i < core->n_loops; i++) {
        core->loops[i].core = core;
        random_bytes(&core->loops[i].ids, sizeof(core->loops[i].ids));
        pthread_mutex_init(&core->loops[i].lock, NULL);
    }
    Error *err = open_sockets(arena, core);
    if (!err) {
        err = pool_start(arena, options->server.workers, options->max_queued, &core->pool);
    }
    if (!err) {
        err = start_threads(arena, core);
    }
    *out = core;
    return err; /* a server that cannot start ends the program, so nothing is taken back */
}

static void wake_all(Core *core)
{
    uint64_t one = 1;
    for (int i = 0; i < core->n_loops; i++) {
        ssize_t ignored = write(core->loops[i].wake_fd, &one, sizeof(one));
        (void)ignored;
    }
}

static void loop_free(Loop *loop)
{
    MHD_stop_daemon(loop->daemon);
    close(loop->wake_fd);
    exchange_free_spare(loop);
    pthread_mutex_destroy(&loop->lock);
}

bool core_stop(Core *core)
{
    atomic_store(&core->stopping, true);
    wake_all(core);
    for (int i = 0; i < core->n_loops; i++) {
        pthread_join(core->loops[i].thread, NULL);
    }
    if (atomic_load(&core->in_work) > 0) {
        log_event(LOG_WARN, "stop", log_int("unfinished", atomic_load(&core->in_work)));
        return false;
    }
    pool_stop(core->pool);
    for (int i = 0; i < core->n_loops; i++) {
        loop_free(&core->loops[i]);
    }
    addresses_free(core->addresses);
    return true;
}
