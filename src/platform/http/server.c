/* server.c: from options to a running server. */
#include <unistd.h>

#include "base/limits.h"
#include "platform/http/dispatch.h"

#define DEFAULT_WORKERS 8
#define STOP_SECONDS    10

static int or_default(int value, int otherwise)
{
    return value > 0 ? value : otherwise;
}

static CoreOptions core_options(const ServerOptions *options)
{
    CoreOptions core = {.server = *options,
                        .max_queued = LIMIT_QUEUE_LENGTH,
                        .stop_seconds = STOP_SECONDS,
                        .answer_bytes = LIMIT_ANSWER_BYTES};
    ServerOptions *server = &core.server;
    server->loops = or_default(server->loops, (int)sysconf(_SC_NPROCESSORS_ONLN));
    server->workers = or_default(server->workers, DEFAULT_WORKERS);
    server->header_seconds = or_default(server->header_seconds, LIMIT_HEADERS_SECONDS);
    server->body_seconds = or_default(server->body_seconds, LIMIT_BODY_SECONDS);
    server->idle_seconds = or_default(server->idle_seconds, LIMIT_IDLE_SECONDS);
    server->connections_per_address =
        or_default(server->connections_per_address, LIMIT_CONNECTIONS_PER_IP);
    if (!server->address) {
        server->address = "127.0.0.1";
    }
    return core;
}

Error *server_start(Arena *arena, App *app, const ServerOptions *options, Server **out)
{
    Server *server = arena_new(arena, Server);
    server->app = app;
    server->router = router_create(arena, app->features, app->n_features);
    server->is_tls = options->behind_tls;
    server->trusted_proxies = arena_str(arena, str_from(options->trusted_proxies));
    server->sign_in_path = app->sign_in_path ? app->sign_in_path : "/sign-in";
    server->password_path = app->password_path ? app->password_path : "/me/password";
    *out = server;
    CoreOptions core = core_options(options);
    Handlers handlers = {.user = server, .accept = dispatch_accept, .handle = dispatch_handle};
    return core_start(arena, &core, &handlers, &server->core);
}

int server_port(const Server *server)
{
    return server->core->port;
}

void server_stop(Server *server)
{
    (void)core_stop(server->core); /* what never ended ends with the process */
}
