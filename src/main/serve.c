#include "main/serve.h"

#include <pthread.h>
#include <signal.h>

#include "features/programmes/programmes.h"
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

/* What a secretary will have to check by hand, because no room of this program does. */
static void log_absent_gates(Arena *arena, const App *app)
{
    Str *lines = NULL;
    size_t count = 0;
    Error *err = programmes_absent_gates(arena, app->features, app->n_features, &lines, &count);
    for (size_t i = 0; !err && i < count; i++) {
        log_event(LOG_WARN, "gate_without_room", log_str("gate", lines[i]));
    }
    if (err) {
        log_event(LOG_ERROR, "templates", log_str("detail", err->detail));
    }
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
    log_absent_gates(arena, app);
    ready(server_port(server), user);
    int which;
    sigwait(&signals, &which);
    log_event(LOG_INFO, "stopping", log_int("signal", which));
    server_stop(server);
    jobs_stop(jobs);
    return NULL;
}
