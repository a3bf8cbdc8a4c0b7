#include "main/serve.h"

#include <pthread.h>
#include <signal.h>

#include "platform/jobs/jobs.h"

static sigset_t stop_signals(void)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

void serve_block_signals(void)
{
    sigset_t signals = stop_signals();
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
}

Error *serve(Arena *arena, App *app, const ServerOptions *options, void (*ready)(int, void *),
             void *user)
{
    sigset_t signals = stop_signals();
    serve_block_signals();
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
