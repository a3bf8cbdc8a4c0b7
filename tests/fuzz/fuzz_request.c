/* Any bytes sent to a running server: it answers with a status that is not its own fault, or hangs
 * up; and it goes on serving others. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "tests/support/test_room.h"

#define HEALTH_EVERY 1000
#define PATIENCE_US  10000

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Started by the first input; the process ends with it. */
static Room *room(void)
{
    static Room *started;
    if (!started) {
        log_set_level(LOG_ERROR);
        started = room_start((ServerOptions){.loops = 1, .workers = 2});
    }
    return started;
}

/* From changing addresses, so that closed connections do not use up the ports of one. */
static int connect_from(int port, unsigned number)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in from = {.sin_family = AF_INET};
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    from.sin_addr.s_addr = htonl(0x7f000001u + number % 200);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    struct timeval patience = {.tv_usec = PATIENCE_US};
    struct linger at_once = {.l_onoff = 1};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
    require(fd >= 0 && bind(fd, (struct sockaddr *)&from, sizeof(from)) == 0);
    require(connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0);
    return fd;
}

/* Sends all and the end of a head, then says that nothing more comes; what comes back until the
 * end, up to a limit. A request that waits for more is left alone after a moment. */
static size_t talk(int fd, const uint8_t *data, size_t size, char *answer, size_t room_left)
{
    client_send(fd, (const char *)data, size);
    client_text(fd, "\r\n\r\n");
    shutdown(fd, SHUT_WR);
    size_t have = 0;
    ssize_t got = 0;
    char drop[4096];
    do {
        bool is_full = have == room_left;
        got =
            recv(fd, is_full ? drop : answer + have, is_full ? sizeof(drop) : room_left - have, 0);
        have += got > 0 && !is_full ? (size_t)got : 0;
    } while (got > 0);
    return have;
}

/* 503 is a right answer of the test room's broken page; 500 never is. */
static void check_answer(const char *answer, size_t length)
{
    if (length == 0) {
        return;
    }
    require(length > 12 && memcmp(answer, "HTTP/1.", 7) == 0);
    int64_t status = 0;
    require(str_to_int64(str_from_bytes(answer + 9, 3), &status));
    require(status >= 100 && status < 600 && status != 500);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static unsigned inputs;
    char answer[2048];
    int port = room()->port;
    int fd = connect_from(port, inputs);
    check_answer(answer, talk(fd, data, size, answer, sizeof(answer)));
    close(fd);
    if (++inputs % HEALTH_EVERY == 1) {
        Arena *arena = arena_create(1u << 22);
        require(client_get(arena, port, "/healthz", "").status == 200);
        arena_destroy(arena);
    }
    return 0;
}
