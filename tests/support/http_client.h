/* http_client.h: a raw HTTP client for tests: it can also be slow, rude and wrong. */
#ifndef TESTS_SUPPORT_HTTP_CLIENT_H
#define TESTS_SUPPORT_HTTP_CLIENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* Connects to 127.0.0.1; ends the test program when it cannot. Reads time out after 20 s. */
int client_connect(int port);
/* The same, but -1 when nobody listens: for clients of a server that may be killed any moment. */
int client_try_connect(int port);
void client_send(int fd, const char *bytes, size_t len);
void client_text(int fd, const char *text);

typedef struct HttpAnswer {
    int status; /* 0 when the connection ended without an answer */
    Str head;   /* status line and headers */
    Str body;
    bool is_closed; /* the other side ended the connection after it */
} HttpAnswer;

/* Reads one answer (by Content-Length). has_body false for HEAD. */
HttpAnswer client_read(int fd, Arena *arena, bool has_body);
/* A request on a new connection that is closed afterwards. `extra` are header lines ("A: b\r\n").
 */
HttpAnswer client_get(Arena *arena, int port, const char *target, const char *extra);
HttpAnswer client_post(Arena *arena, int port, const char *target, const char *extra, Str body);
/* The value of a header, or empty; `nth` counts repeated ones from 0. */
Str answer_header(const HttpAnswer *answer, const char *name, int nth);
/* Milliseconds until the other side ends the connection; bytes that come are dropped. */
int client_wait_for_end(int fd);

#endif
