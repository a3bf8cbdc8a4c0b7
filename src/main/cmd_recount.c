/* yuanzhuo recount: counts a published result again. */
#include <argp.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "main/commands.h"
#include "main/install.h"
#include "main/options.h"
#include "main/read_file.h"
#include "platform/bundle/bundle.h"

#define ARENA_BYTES ((size_t)16 << 30)

static error_t parse(int key, char *argument, struct argp_state *state)
{
    const char **file = state->input;
    switch (key) {
    case ARGP_KEY_ARG:
        if (*file) {
            argp_error(state, "one bundle at a time");
        }
        *file = argument;
        return 0;
    case ARGP_KEY_END:
        if (!*file) {
            argp_error(state, "which bundle?");
        }
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    .parser = parse,
    .args_doc = "BUNDLE.zip",
    .doc = "Count a published result again, from its bundle alone: the page \"check\" of a counted "
           "poll offers one. Prints \"same\", or the first difference.\v"
           "\"-\" reads standard input. Exit code 0: same; 1: different, or the file cannot be "
           "read; 2: wrong usage. "
           "docs/bundle.md describes the file."};

static Error *load(Arena *arena, const char *path, Str *out)
{
    if (sodium_init() < 0) {
        return error_make(arena, ERROR_CONFIGURATION, "libsodium cannot start");
    }
    return strcmp(path, "-") == 0 ? read_input(arena, BUNDLE_MAX_BYTES, out)
                                  : read_file(arena, path, BUNDLE_MAX_BYTES, out);
}

static int recount(Arena *arena, const char *path)
{
    Str bytes = {0};
    Error *err = load(arena, path, &bytes);
    if (err) {
        return report_error("recount", err);
    }
    BundleVerdict verdict;
    bundle_check(arena, bytes, &verdict);
    if (!verdict.is_same) {
        printf("different: %.*s\n", STR_ARG(verdict.difference));
        return EXIT_BAD_INPUT;
    }
    printf("same: %u selected, %lld voters\n", verdict.n_selected, (long long)verdict.voters);
    return 0;
}

int cmd_recount(int argc, char **argv)
{
    const char *file = NULL;
    argp_parse(&argp, argc, argv, 0, NULL, &file);
    Arena *arena = arena_create(ARENA_BYTES);
    int code = recount(arena, file);
    arena_destroy(arena);
    return code;
}
