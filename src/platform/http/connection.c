/* connection.c: connections of a loop, their deadlines and how they end. */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <sys/socket.h>

#include "platform/http/core.h"

void connection_phase(Connection *connection, Phase phase, int64_t seconds)
{
    connection->phase = phase;
    connection->deadline_ms = seconds > 0 ? clock_monotonic_ms() + seconds * 1000 : 0;
}

void connection_opened(Loop *loop, struct MHD_Connection *mhd, void **context)
{
    Connection *connection = calloc(1, sizeof(*connection));
    if (!connection) {
        panic("out of memory");
    }
    const union MHD_ConnectionInfo *fd =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
    const union MHD_ConnectionInfo *from =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    connection->loop = loop;
    connection->fd = fd->connect_fd;
    connection->address = addresses_enter(loop->core->addresses, from->client_addr);
    address_text(from->client_addr, connection->peer);
    connection_phase(connection, PHASE_HEADERS, loop->core->options.server.header_seconds);
    connection->next = loop->connections;
    if (connection->next) {
        connection->next->previous = connection;
    }
    loop->connections = connection;
    loop->n_connections++;
    *context = connection;
}

void connection_closed(Loop *loop, void **context)
{
    Connection *connection = *context;
    if (!connection) {
        return;
    }
    addresses_leave(loop->core->addresses, connection->address);
    if (connection->next) {
        connection->next->previous = connection->previous;
    }
    if (connection->previous) {
        connection->previous->next = connection->next;
    } else {
        loop->connections = connection->next;
    }
    loop->n_connections--;
    free(connection);
    *context = NULL;
}

/* The library sees the end of the stream and closes. */
static void cut(Connection *connection)
{
    connection->is_cut = true;
    shutdown(connection->fd, SHUT_RDWR);
}

void connections_check(Loop *loop, int64_t now_ms)
{
    bool stopping = atomic_load(&loop->core->stopping);
    for (Connection *c = loop->connections; c; c = c->next) {
        bool is_late = c->deadline_ms != 0 && now_ms >= c->deadline_ms;
        bool waits_for_nothing = stopping && c->phase == PHASE_IDLE;
        bool is_last_call = stopping && now_ms >= loop->stop_at_ms && c->phase != PHASE_WORKING;
        if (!c->is_cut && (is_late || waits_for_nothing || is_last_call)) {
            cut(c);
        }
    }
}

void connection_send_raw(Connection *connection, Str answer)
{
    ssize_t ignored = send(connection->fd, answer.data, answer.len, MSG_NOSIGNAL | MSG_DONTWAIT);
    (void)ignored; /* a courtesy: the connection ends either way */
}
