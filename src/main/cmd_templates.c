/* cmd_templates.c: the templates of programmes: what there is, and whether a new file is good. */
#include "base/limits.h"
#include "features/programmes/programmes.h"
#include "main/commands.h"
#include "main/features.h"
#include "main/install.h"
#include "main/options.h"
#include "main/read_file.h"

static error_t parse(int key, char *argument, struct argp_state *state)
{
    const char **file = state->input;
    if (key != ARGP_KEY_ARG) {
        return ARGP_ERR_UNKNOWN;
    }
    if (*file != NULL) {
        argp_error(state, "one file at a time");
    }
    *file = argument;
    return 0;
}

static const struct argp argp = {
    .parser = parse,
    .args_doc = "[FILE]",
    .doc =
        "Without FILE: the gates that the program's templates name and no room of it checks. With "
        "FILE: check a template, and name the line of the first mistake."};

static Error *print_absent(Arena *arena)
{
    Str *lines = NULL;
    size_t count = 0;
    Error *err = programmes_absent_gates(arena, features, feature_count, &lines, &count);
    for (size_t i = 0; !err && i < count; i++) {
        printf("%.*s\n", STR_ARG(lines[i]));
    }
    if (!err) {
        printf("%zu gates by hand\n", count);
    }
    return err;
}

static Error *check_file(Arena *arena, const char *path)
{
    Str text;
    RoundRules *rules = arena_new(arena, RoundRules);
    Error *err = read_file(arena, path, RULES_TEXT_BYTES, &text);
    if (!err) {
        err = rules_read(arena, str_from(path), text, rules);
    }
    if (!err) {
        printf("%s: %zu stages, %zu kinds, %zu clauses\n", path, rules->n_stages, rules->n_kinds,
               rules->n_clauses);
    }
    return err;
}

int cmd_templates(int argc, char **argv)
{
    const char *file = NULL;
    argp_parse(&argp, argc, argv, 0, NULL, &file);
    Arena *arena = arena_create(LIMIT_REQUEST_ARENA_BYTES);
    Error *err = file != NULL ? check_file(arena, file) : print_absent(arena);
    int code = err ? report_error("templates", err) : 0;
    arena_destroy(arena);
    return code;
}
