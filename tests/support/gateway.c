#include "tests/support/gateway.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#define MESSAGE_BYTES 65536
#define LINE_BYTES    1024

struct Gateway {
    pthread_t thread;
    pthread_mutex_t lock;
    int listener;
    int port;
    bool is_smtp;
    GatewayWay way;
    int status;
    int messages;
    bool is_over;
    size_t len;
    char last[MESSAGE_BYTES];
};

static void say(int fd, const char *text)
{
    (void)!send(fd, text, strlen(text), MSG_NOSIGNAL);
}

static void say_status(int fd, const char *format, int status)
{
    char line[LINE_BYTES];
    (void)snprintf(line, sizeof(line), format, status);
    say(fd, line);
}

static void keep_message(Gateway *gateway, const char *bytes, size_t len)
{
    pthread_mutex_lock(&gateway->lock);
    memcpy(gateway->last, bytes, len);
    gateway->len = len;
    gateway->messages++;
    pthread_mutex_unlock(&gateway->lock);
}

static void orders(Gateway *gateway, GatewayWay *out_way, int *out_status)
{
    pthread_mutex_lock(&gateway->lock);
    *out_way = gateway->way;
    *out_status = gateway->status;
    pthread_mutex_unlock(&gateway->lock);
}

/* --- HTTP ------------------------------------------------------------------------------------- */

/* True when head and body are there. */
static bool is_whole(const char *bytes, size_t len)
{
    Str text = {bytes, len};
    ptrdiff_t end = str_find(text, STR("\r\n\r\n"));
    ptrdiff_t length = str_find(text, STR("Content-Length: "));
    if (end < 0 || length < 0) {
        return false;
    }
    long body = strtol(bytes + length + 16, NULL, 10);
    return len >= (size_t)end + 4 + (size_t)body;
}

static void serve_http(Gateway *gateway, int fd)
{
    char *bytes = calloc(1, MESSAGE_BYTES);
    size_t len = 0;
    GatewayWay way;
    int status;
    while (!is_whole(bytes, len)) {
        ssize_t got = recv(fd, bytes + len, MESSAGE_BYTES - 1 - len, 0);
        if (got <= 0) {
            free(bytes);
            return;
        }
        len += (size_t)got;
    }
    keep_message(gateway, bytes, len);
    free(bytes);
    orders(gateway, &way, &status);
    if (way == GATEWAY_ANSWERS) {
        say_status(fd, "HTTP/1.1 %d X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", status);
    }
}

/* --- SMTP ------------------------------------------------------------------------------------- */

typedef struct Reader {
    int fd;
    char bytes[LINE_BYTES];
    size_t len;
} Reader;

/* A line with its end; false when the other side has gone. */
static bool read_line(Reader *reader)
{
    reader->len = 0;
    while (reader->len < LINE_BYTES - 1) {
        if (recv(reader->fd, reader->bytes + reader->len, 1, 0) != 1) {
            return false;
        }
        reader->len++;
        if (reader->bytes[reader->len - 1] == '\n') {
            reader->bytes[reader->len] = '\0';
            return true;
        }
    }
    return false;
}

static bool read_text(Reader *reader, Gateway *gateway)
{
    char *text = calloc(1, MESSAGE_BYTES);
    size_t len = 0;
    bool is_read;
    while ((is_read = read_line(reader)) && strcmp(reader->bytes, ".\r\n") != 0 &&
           len + reader->len < MESSAGE_BYTES) {
        memcpy(text + len, reader->bytes, reader->len);
        len += reader->len;
    }
    if (is_read) {
        keep_message(gateway, text, len);
    }
    free(text);
    return is_read;
}

/* False when the connection is to end. */
static bool answer_command(Gateway *gateway, Reader *reader)
{
    GatewayWay way;
    int status;
    orders(gateway, &way, &status);
    if (strncmp(reader->bytes, "RCPT", 4) == 0 && way == GATEWAY_SAYS_NO) {
        say_status(reader->fd, "%d no\r\n", status);
        return true;
    }
    if (strncmp(reader->bytes, "DATA", 4) != 0) {
        say(reader->fd, "250 ok\r\n");
        return strncmp(reader->bytes, "QUIT", 4) != 0;
    }
    say(reader->fd, "354 go on\r\n");
    if (!read_text(reader, gateway) || way == GATEWAY_HANGS_UP) {
        return false;
    }
    say_status(reader->fd, "%d done\r\n", way == GATEWAY_SAYS_AFTER ? status : 250);
    return true;
}

static void serve_smtp(Gateway *gateway, int fd)
{
    Reader reader = {.fd = fd};
    say(fd, "220 test\r\n");
    while (read_line(&reader) && answer_command(gateway, &reader)) {
    }
}

/* --- the thread ------------------------------------------------------------------------------- */

static bool is_over(Gateway *gateway)
{
    pthread_mutex_lock(&gateway->lock);
    bool over = gateway->is_over;
    pthread_mutex_unlock(&gateway->lock);
    return over;
}

static void *gateway_main(void *argument)
{
    Gateway *gateway = argument;
    while (!is_over(gateway)) {
        int fd = accept(gateway->listener, NULL, NULL);
        if (fd < 0) {
            continue;
        }
        if (gateway->is_smtp) {
            serve_smtp(gateway, fd);
        } else {
            serve_http(gateway, fd);
        }
        close(fd);
    }
    return NULL;
}

Gateway *gateway_start(bool is_smtp, GatewayWay way, int status)
{
    Gateway *gateway = calloc(1, sizeof(*gateway));
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof(address);
    assert_non_null(gateway);
    gateway->is_smtp = is_smtp;
    gateway->way = way;
    gateway->status = status;
    pthread_mutex_init(&gateway->lock, NULL);
    gateway->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(gateway->listener, (struct sockaddr *)&address, size), 0);
    assert_int_equal(listen(gateway->listener, 16), 0);
    assert_int_equal(getsockname(gateway->listener, (struct sockaddr *)&address, &size), 0);
    gateway->port = ntohs(address.sin_port);
    assert_int_equal(pthread_create(&gateway->thread, NULL, gateway_main, gateway), 0);
    return gateway;
}

int gateway_port(const Gateway *gateway)
{
    return gateway->port;
}

void gateway_set(Gateway *gateway, GatewayWay way, int status)
{
    pthread_mutex_lock(&gateway->lock);
    gateway->way = way;
    gateway->status = status;
    pthread_mutex_unlock(&gateway->lock);
}

int gateway_messages(Gateway *gateway)
{
    pthread_mutex_lock(&gateway->lock);
    int messages = gateway->messages;
    pthread_mutex_unlock(&gateway->lock);
    return messages;
}

Str gateway_last(Gateway *gateway, Arena *arena)
{
    pthread_mutex_lock(&gateway->lock);
    Str copy = arena_str(arena, (Str){gateway->last, gateway->len});
    pthread_mutex_unlock(&gateway->lock);
    return copy;
}

void gateway_stop(Gateway *gateway)
{
    pthread_mutex_lock(&gateway->lock);
    gateway->is_over = true;
    pthread_mutex_unlock(&gateway->lock);
    shutdown(gateway->listener, SHUT_RDWR);
    pthread_join(gateway->thread, NULL);
    close(gateway->listener);
    pthread_mutex_destroy(&gateway->lock);
    free(gateway);
}
