/* serve.h: runs the server and the jobs until SIGINT or SIGTERM. */
#ifndef MAIN_SERVE_H
#define MAIN_SERVE_H

#include "main/install.h"

/* Call before install_open(), whose threads inherit it: a thread that does not block SIGINT and
 * SIGTERM may be handed them instead of serve(), and the process would die in the middle of work.
 */
void serve_block_signals(void);
/* Calls ready() once the port is open, then waits. Finishes what was accepted before it returns. */
MUST_USE Error *serve(Arena *arena, App *app, const ServerOptions *options,
                      void (*ready)(int port, void *user), void *user);

#endif
