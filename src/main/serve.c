#include "main/serve.h"

#include <pthread.h>
#include <signal.h>

#include "platform/jobs/jobs.h"

/* Blocked before any thread starts, so that only sigwait below sees them. */
static sigset_t block_signals(void)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    return signals;
}

Error *serve(Arena *arena, App *app, const ServerOptions *options, void (*ready)(int, void *),
             void *user)
{
    sigset_t signals = block_signals();
    Server *server;
    JobRunner *jobs;
    Error *err = server_start(arena, app, options, &server);
    if (err) {
        return err;
    }
    err = jobs_start(arena, app, &jobs);
    if (err) {
        server_stop(server);
        return err;
    }
    ready(server_port(server), user);
    int which;
    sigwait(&signals, &which);
    log_event(LOG_INFO, "stopping", log_int("signal", which));
    server_stop(server);
    jobs_stop(jobs);
    return NULL;
}
