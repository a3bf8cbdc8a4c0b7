/* cmd_demo.c: the demonstration: filled once, served until Ctrl-C. */
#include <unistd.h>

#include "base/limits.h"
#include "features/demo/demo.h"
#include "main/commands.h"
#include "main/demo_directory.h"
#include "main/options.h"
#include "main/serve.h"

#define MAX_SHEET_BYTES (1u << 20)
/* After so many days the ballot of the demonstration is over. */
#define FRESH_DAYS 6

typedef struct DemoFlags {
    InstallFlags install;
    const char *data;
    bool is_fill_only;
    bool is_small;
} DemoFlags;

static const struct argp_option options[] = {
    {"data", 'f', "DIR", 0, "the files it is filled from (default data/demo)", 0},
    {"small", 's', NULL, 0, "two communities only, not one in each of the ten stages", 0},
    {"fill-only", 'o', NULL, 0, "fill and print the codes, do not serve", 0},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
    DemoFlags *flags = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &flags->install;
        return 0;
    case 'f':
        flags->data = argument;
        return 0;
    case 'o':
        flags->is_fill_only = true;
        return 0;
    case 's':
        flags->is_small = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_child children[] = {{&install_argp, 0, NULL, 0}, {0}};
static const struct argp argp = {
    .options = options,
    .parser = parse,
    .children = children,
    .doc = "Fill a demonstration (an invented district) into a new directory, print whom one can "
           "sign in as, and serve it until Ctrl-C. A second start goes on with the same one."};

static Error *fill(Arena *arena, const DemoFlags *flags, App *app, DemoDirectory *directory)
{
    DemoSeats seats;
    Error *err =
        demo_fill(app, arena, flags->data, flags->is_small ? DEMO_SMALL : DEMO_WHOLE, &seats);
    if (err) {
        return err;
    }
    Buf sheet;
    buf_init(&sheet, MAX_SHEET_BYTES);
    demo_sheet(&seats, &sheet);
    err = demo_directory_finish(arena, directory, buf_view(&sheet));
    buf_free(&sheet);
    return err;
}

/* Opens the demonstration, making it first when it is not complete. */
static Error *open_demo(Arena *arena, const DemoFlags *flags, DemoDirectory *directory,
                        Clock *clock, App *app)
{
    bool is_new = !demo_is_complete(directory);
    Error *err = NULL;
    if (is_new) {
        err = demo_directory_begin(arena, directory);
    }
    if (!err && is_new) {
        err = install_create(arena, directory->install);
    }
    if (!err) {
        err = install_open(arena, directory->install, clock, true, app);
    }
    if (err) {
        return err;
    }
    app->is_demo = true;
    err = is_new ? fill(arena, flags, app, directory) : demo_clock_restore(app, arena);
    if (err) {
        install_close(app);
    }
    return err;
}

/* What is said when the port is open. */
typedef struct Welcome {
    const Install *install;
    Str sheet;
    int days;
} Welcome;

static void print_sheet(const Welcome *welcome)
{
    printf("%.*s\n", STR_ARG(welcome->sheet));
    if (welcome->days >= FRESH_DAYS) {
        printf("这份演示是 %d 天以前填的，投票已经过期。删掉 %s 再来，就又是新的。\n"
               "This demonstration was filled %d days ago and its ballot is over; remove %s for a "
               "fresh one.\n\n",
               welcome->days, welcome->install->directory, welcome->days,
               welcome->install->directory);
    }
}

static void welcome(int port, void *user)
{
    const Welcome *welcome = user;
    printf("\n圆桌的演示开着 · Yuanzhuo, the demonstration:\n\n  http://%s:%d/\n\n",
           welcome->install->server.address, port);
    print_sheet(welcome);
    printf("按 Ctrl-C 停下。删掉 %s 就从头再来。\n"
           "Ctrl-C stops it. Remove %s to begin anew.\n",
           welcome->install->directory, welcome->install->directory);
    fflush(stdout);
}

static Error *run(Arena *arena, const DemoFlags *flags)
{
    Install install;
    Clock clock = {0};
    App app = {0};
    Welcome say = {.install = &install};
    Error *err = install_read(arena, flags->install.directory, &install);
    if (err) {
        return err;
    }
    install.server.port = flags->install.port >= 0 ? flags->install.port : install.server.port;
    install.server.address =
        flags->install.address ? flags->install.address : install.server.address;
    if (install.log_level == LOG_INFO) {
        install.log_level = LOG_WARN; /* a terminal with codes on it, not a service's log */
    }
    log_set_level(install.log_level);
    if (!flags->is_fill_only) {
        serve_block_signals(); /* filling takes a moment; what is pressed meanwhile counts after it
                                */
    }
    DemoDirectory directory = demo_directory(arena, &install);
    err = open_demo(arena, flags, &directory, &clock, &app);
    if (err) {
        return err;
    }
    err = demo_directory_sheet(arena, &directory, &say.sheet, &say.days);
    if (!err && flags->is_fill_only) {
        print_sheet(&say);
    } else if (!err) {
        err = serve(arena, &app, &install.server, welcome, &say);
    }
    install_close(&app);
    return err;
}

/* data/demo from where we stand, else from where the program lies (build/yuanzhuo). */
static const char *default_data(Arena *arena)
{
    char self[4096];
    ssize_t length = readlink("/proc/self/exe", self, sizeof(self));
    if (access("data/demo/README.md", R_OK) == 0 || length <= 0) {
        return "data/demo";
    }
    while (length > 0 && self[length - 1] != '/') {
        length--;
    }
    return arena_printf(arena, "%.*s../data/demo", (int)length, self).data;
}

int cmd_demo(int argc, char **argv)
{
    DemoFlags flags = {0};
    install_flags_default(&flags.install);
    flags.install.directory = "var/demo";
    argp_parse(&argp, argc, argv, 0, NULL, &flags);
    Arena *arena = arena_create(LIMIT_REQUEST_ARENA_BYTES);
    if (!flags.data) {
        flags.data = default_data(arena);
    }
    Error *err = run(arena, &flags);
    int code = err ? report_error("demo", err) : 0;
    arena_destroy(arena);
    return code;
}
