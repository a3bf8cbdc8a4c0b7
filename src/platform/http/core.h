/* core.h: the core of the server: loops that only parse and send, the pool, deadlines, limits.
 *
 * One loop thread per core, each with its own listening socket (SO_REUSEPORT) and its own
 * libmicrohttpd daemon in external epoll mode: the library's own epoll thread stalls at 128
 * clients, and a resume from another thread does not wake it. So each loop polls the daemon's epoll
 * descriptor beside an eventfd, and only that thread calls the library. Start reading at
 * loop_main() in loop.c.
 */
#ifndef PLATFORM_HTTP_CORE_H
#define PLATFORM_HTTP_CORE_H

#include <pthread.h>
#include <stdatomic.h>

#include "base/random.h"
#include "platform/http/addresses.h"
#include "platform/http/request.h"

typedef struct CoreOptions {
    ServerOptions server; /* zeros already replaced by limits.h */
    int max_queued;
    int stop_seconds;
    size_t answer_bytes; /* of long answers that may wait for their readers */
} CoreOptions;

typedef struct Core {
    CoreOptions options;
    Handlers handlers;
    Pool *pool;
    Addresses *addresses;
    Loop *loops;
    int n_loops;
    int port;
    _Atomic bool stopping;
    _Atomic int in_work;         /* requests with the workers */
    _Atomic int uploads;         /* requests whose bodies may grow beyond an ordinary form's */
    _Atomic size_t answer_bytes; /* of long answers that are being sent */
} Core;

typedef enum Phase { PHASE_IDLE, PHASE_HEADERS, PHASE_BODY, PHASE_WORKING, PHASE_SENDING } Phase;

/* A connection as its loop tracks it: the library's timeouts are idle timeouts, which a client that
 * sends one byte a second never meets. */
struct Connection {
    Loop *loop;
    int fd;
    Phase phase;
    int64_t deadline_ms; /* monotonic; 0 = none */
    bool is_cut;
    AddressCount *address;
    char peer[48];
    Connection *previous;
    Connection *next;
};

struct Loop {
    Core *core;
    struct MHD_Daemon *daemon;
    pthread_t thread;
    int listen_fd;
    int epoll_fd;
    int wake_fd;
    Connection *connections;
    int n_connections;
    Request *spare; /* for reuse */
    int n_spare;
    int fewest_spare;    /* since the last check */
    Seeded ids;          /* of requests: told apart, not secret */
    bool has_pushed;     /* work to the pool since it was woken last */
    _Atomic bool asleep; /* waits in poll(): who finishes a request must wake it */
    int64_t next_check_ms;
    int64_t stop_at_ms; /* when stopping: cut what is left */
    bool is_quiesced;
    pthread_mutex_t lock; /* of finished */
    Request *finished;
};

MUST_USE Error *core_start(Arena *arena, const CoreOptions *options, const Handlers *handlers,
                           Core **out);
/* Stops accepting, finishes what was accepted, ends the threads. False when something was still
 * running after stop_seconds: then memory is left alone, the process is about to end. */
bool core_stop(Core *core);

/* --- between loop.c and its parts ------------------------------------------------------------ */

/* connection.c */
void connection_opened(Loop *loop, struct MHD_Connection *mhd, void **context);
void connection_closed(Loop *loop, void **context);
void connection_phase(Connection *connection, Phase phase, int64_t seconds);
/* Shuts down connections past their deadline, and when stopping those that wait for nothing. */
void connections_check(Loop *loop, int64_t now_ms);
/* An answer written straight to the socket where the library cannot send one. */
void connection_send_raw(Connection *connection, Str answer);

#endif
