/* cmd_serve.c: the server. */
#include "base/limits.h"
#include "main/commands.h"
#include "main/options.h"
#include "main/serve.h"

static const struct argp_child children[] = {{&install_argp, 0, NULL, 0}, {0}};

static error_t parse(int key, char *argument, struct argp_state *state)
{
    (void)argument;
    if (key == ARGP_KEY_INIT) {
        state->child_inputs[0] = state->input;
        return 0;
    }
    return ARGP_ERR_UNKNOWN;
}

static const struct argp argp = {
    .parser = parse, .doc = "Serve an installation until SIGINT or SIGTERM.", .children = children};

static void say_ready(int port, void *user)
{
    const ServerOptions *options = user;
    printf("http://%s:%d/\n", options->address, port);
    fflush(stdout);
}

int cmd_serve(int argc, char **argv)
{
    InstallFlags flags;
    install_flags_default(&flags);
    argp_parse(&argp, argc, argv, 0, NULL, &flags);
    Arena *arena = arena_create(LIMIT_REQUEST_ARENA_BYTES);
    Install install;
    Clock clock = {0};
    App app = {0};
    Error *err = install_read(arena, flags.directory, &install);
    if (!err) {
        serve_block_signals();
        install.server.port = flags.port >= 0 ? flags.port : install.server.port;
        install.server.address = flags.address ? flags.address : install.server.address;
        err = install_open(arena, &install, &clock, false, &app);
    }
    if (!err) {
        err = serve(arena, &app, &install.server, say_ready, &install.server);
        install_close(&app);
    }
    int code = err ? report_error("serve", err) : 0;
    arena_destroy(arena);
    return code;
}
