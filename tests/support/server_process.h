/* server_process.h: the built program as a process of its own, to be killed. */
#ifndef TESTS_SUPPORT_SERVER_PROCESS_H
#define TESTS_SUPPORT_SERVER_PROCESS_H

#include <sys/types.h>

#include "base/arena.h"

typedef struct ServerProcess {
    pid_t pid;
    int port;
    int first_answer_ms; /* from the start of the process to an answer of /healthz */
} ServerProcess;

/* Makes an installation in `directory` (which exists) with `yuanzhuo init`. `settings` is the text
 * of its yuanzhuo.conf, NULL for none. Ends the test program when it cannot. */
void installation_make(Arena *arena, const char *directory, const char *settings);
/* Starts `yuanzhuo serve` on a free port and waits for its first answer. */
ServerProcess server_process_start(Arena *arena, const char *directory);
/* kill -9, or a polite stop that waits until it is over and gives the exit status. */
void server_process_kill(const ServerProcess *server);
int server_process_stop(const ServerProcess *server);

#endif
