#include "tests/support/http_client.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"

#define MAX_ANSWER (8 * 1024 * 1024)

int client_connect(int port)
{
    int fd = client_try_connect(port);
    require(fd >= 0);
    return fd;
}

int client_try_connect(int port)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    require(fd >= 0);
    if (connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0) {
        close(fd);
        return -1;
    }
    struct timeval patience = {.tv_sec = 20};
    int on = 1;
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    return fd;
}

void client_send(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t sent = send(fd, bytes, len, MSG_NOSIGNAL);
        if (sent <= 0) {
            return; /* the other side has closed: the answer, if any, says why */
        }
        bytes += sent;
        len -= (size_t)sent;
    }
}

void client_text(int fd, const char *text)
{
    client_send(fd, text, strlen(text));
}

Str answer_header(const HttpAnswer *answer, const char *name, int nth)
{
    Str rest = answer->head;
    while (rest.len > 0) {
        Str line, key, value;
        str_cut(rest, '\n', &line, &rest);
        if (str_cut(line, ':', &key, &value) && str_eq_ignore_case(key, str_from(name)) &&
            nth-- == 0) {
            return str_trim(value);
        }
    }
    return (Str){0};
}

/* Reads until the head is complete; returns its length, or 0 at the end of the stream. */
static size_t read_head(int fd, char *text, size_t *have)
{
    while (*have < MAX_ANSWER) {
        ptrdiff_t end = str_find(str_from_bytes(text, *have), STR("\r\n\r\n"));
        if (end >= 0) {
            return (size_t)end + 4;
        }
        ssize_t got = recv(fd, text + *have, MAX_ANSWER - *have > 65536 ? 65536 : 1, 0);
        if (got <= 0) {
            return 0;
        }
        *have += (size_t)got;
    }
    return 0;
}

HttpAnswer client_read(int fd, Arena *arena, bool has_body)
{
    HttpAnswer answer = {0};
    char *text = malloc(MAX_ANSWER);
    require(text);
    size_t have = 0;
    size_t head = read_head(fd, text, &have);
    if (head > 12) {
        answer.head = arena_str(arena, str_from_bytes(text, head));
        int64_t status = 0, length = 0;
        str_to_int64(str_slice(answer.head, 9, 12), &status);
        answer.status = (int)status;
        str_to_int64(answer_header(&answer, "Content-Length", 0), &length);
        size_t want = head + (has_body ? (size_t)length : 0);
        require(want <= MAX_ANSWER);
        while (have < want) {
            ssize_t got = recv(fd, text + have, want - have, 0);
            if (got <= 0) {
                break;
            }
            have += (size_t)got;
        }
        answer.body = arena_str(arena, str_from_bytes(text + head, have - head));
    }
    free(text);
    answer.is_closed = str_eq_ignore_case(answer_header(&answer, "Connection", 0), STR("close"));
    return answer;
}

HttpAnswer client_get(Arena *arena, int port, const char *target, const char *extra)
{
    int fd = client_connect(port);
    Str request = arena_printf(arena,
                               "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
                               "Connection: close\r\n%s\r\n",
                               target, port, extra);
    client_send(fd, request.data, request.len);
    HttpAnswer answer = client_read(fd, arena, true);
    close(fd);
    return answer;
}

HttpAnswer client_post(Arena *arena, int port, const char *target, const char *extra, Str body)
{
    int fd = client_connect(port);
    Str head = arena_printf(arena,
                            "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n"
                            "Content-Length: %zu\r\n%s%s\r\n",
                            target, port, body.len,
                            strstr(extra, "Content-Type") ? ""
                                                          : "Content-Type: "
                                                            "application/x-www-form-urlencoded\r\n",
                            extra);
    client_send(fd, head.data, head.len);
    client_send(fd, body.data, body.len);
    HttpAnswer answer = client_read(fd, arena, true);
    close(fd);
    return answer;
}

int client_wait_for_end(int fd)
{
    int64_t started = clock_monotonic_ms();
    char drop[4096];
    while (recv(fd, drop, sizeof(drop), 0) > 0) {
    }
    return (int)(clock_monotonic_ms() - started);
}
