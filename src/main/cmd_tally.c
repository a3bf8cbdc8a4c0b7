/* yuanzhuo tally: counts .pb files on the command line. Reads files; decides nothing. */
#include <argp.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "main/commands.h"
#include "main/tally_print.h"
#include "tally/pabulib.h"
#include "tally/tally.h"

/* A backstop against a mistaken argument, not a limit of the rules. */
#define ARENA_BYTES_MAX ((size_t)16 * 1024 * 1024 * 1024)

typedef struct Arguments {
    TallyOptions options;
    bool has_increment;
    int64_t increment; /* units of 10^-increment_decimals of the currency */
    int increment_decimals;
    TallyFormat format;
    char **files;
    int n_files;
} Arguments;

enum {
    KEY_RULE = 0x100,
    KEY_UTILITY,
    KEY_COMPLETION,
    KEY_INCREMENT,
    KEY_TIE,
    KEY_ZERO_SUPPORT,
    KEY_MISFIT,
    KEY_FORMAT
};

static const struct argp_option option_rows[] = {
    {"rule", KEY_RULE, "RULE", 0,
     "greedy (default), equal-shares, phragmen, max-satisfaction (also max-welfare)", 0},
    {"utility", KEY_UTILITY, "UTILITY", 0,
     "cost (default: greedy by votes), count (by votes per cost), points, points-cost, borda0, "
     "borda1, borda0-cost, borda1-cost",
     0},
    {"completion", KEY_COMPLETION, "WORD", 0,
     "what equal shares does with what is left: none (default), greedy, add1, add1e, "
     "add1+greedy, add1e+greedy",
     0},
    {"complete", KEY_COMPLETION, NULL, OPTION_ALIAS, NULL, 0},
    {"increment", KEY_INCREMENT, "AMOUNT", 0,
     "how much more each voter is given in a step of add1 (default 1)", 0},
    {"tie", KEY_TIE, "KEYS", 0,
     "order that breaks ties, of name, cost and votes, name last: name (default), cost,name, "
     "votes,cost,name",
     0},
    {"zero-support", KEY_ZERO_SUPPORT, "CHOICE", 0,
     "projects nobody supports: exclude (default) or include", 0},
    {"misfit", KEY_MISFIT, "CHOICE", 0,
     "at a project that costs more than is left: skip it (default) or stop", 0},
    {"format", KEY_FORMAT, "FORMAT", 0,
     "text (default), json (one line a file) or csv (one row a project)", 0},
    {0},
};

static bool parse_format(Str word, TallyFormat *out)
{
    static const Str words[] = {STR_INIT("json"), STR_INIT("csv"), STR_INIT("text")};
    for (size_t i = 0; i < countof(words); i++) {
        if (str_eq(words[i], word)) {
            *out = (TallyFormat)i;
            return true;
        }
    }
    return false;
}

static bool parse_word(int key, Str word, Arguments *arguments)
{
    switch (key) {
    case KEY_RULE:
        return tally_parse_rule(word, &arguments->options.rule);
    case KEY_UTILITY:
        return tally_parse_utility(word, &arguments->options.utility);
    case KEY_COMPLETION:
        return tally_parse_completion(word, &arguments->options.completion);
    case KEY_INCREMENT:
        arguments->has_increment = true;
        return tally_decimal_parse(word, &arguments->increment, &arguments->increment_decimals) &&
               arguments->increment > 0;
    case KEY_TIE:
        return tally_parse_ties(word, &arguments->options.ties);
    case KEY_ZERO_SUPPORT:
        return tally_parse_zero_support(word, &arguments->options.zero_support);
    case KEY_MISFIT:
        return tally_parse_misfit(word, &arguments->options.misfit);
    default:
        return parse_format(word, &arguments->format);
    }
}

static const char *option_name(int key)
{
    const struct argp_option *row = option_rows;
    while (row->key != key) {
        row++;
    }
    return row->name;
}

/* The words an option takes are checked here, so that a typo is refused before a file is read. */
static error_t parse_option(int key, char *text, struct argp_state *state)
{
    Arguments *arguments = state->input;
    switch (key) {
    case KEY_RULE:
    case KEY_UTILITY:
    case KEY_COMPLETION:
    case KEY_INCREMENT:
    case KEY_TIE:
    case KEY_ZERO_SUPPORT:
    case KEY_MISFIT:
    case KEY_FORMAT:
        if (!parse_word(key, str_from(text), arguments)) {
            argp_error(state, "--%s does not take \"%s\"", option_name(key), text);
        }
        return 0;
    case ARGP_KEY_ARGS:
        arguments->files = state->argv + state->next;
        arguments->n_files = state->argc - state->next;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "which file?");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* ---- reading ------------------------------------------------------------------------------- */

/* A file or pipe, read as the parser asks for more: the whole of it is never in memory. */
static Error *read_descriptor(Arena *arena, void *context, char *out, size_t capacity,
                              size_t *out_got)
{
    const int *fd = context;
    ssize_t got = -1;
    do {
        got = read(*fd, out, capacity);
    } while (got < 0 && errno == EINTR);
    *out_got = got > 0 ? (size_t)got : 0;
    return got < 0 ? error_make(arena, ERROR_BAD_REQUEST, "%s", strerror(errno)) : NULL;
}

/* "-" is standard input. */
static Error *read_election(Arena *arena, const char *path, PabulibFile *out)
{
    bool is_input = strcmp(path, "-") == 0;
    int fd = is_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return error_make(arena, ERROR_BAD_REQUEST, "%s", strerror(errno));
    }
    struct stat info = {0};
    bool knows_size = fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
    PabulibSource source = {.context = &fd,
                            .expected_bytes = knows_size ? (size_t)info.st_size : 0,
                            .read = read_descriptor};
    Error *err = pabulib_read(arena, &source, out);
    if (!is_input) {
        close(fd);
    }
    return err;
}

/* ---- the command --------------------------------------------------------------------------- */

/* The increment in the file's units, which must be at least as fine. */
static Error *scale_increment(Arena *arena, const Arguments *arguments,
                              const TallyElection *election, TallyOptions *options)
{
    if (!arguments->has_increment) {
        return NULL;
    }
    if (arguments->increment_decimals > election->amount_decimals ||
        !tally_decimal_rescale(arguments->increment, arguments->increment_decimals,
                               election->amount_decimals, &options->increment)) {
        return error_make(arena, ERROR_BAD_REQUEST,
                          "the increment is finer than the amounts of the file (%d decimals) or "
                          "above 10^18",
                          election->amount_decimals);
    }
    return NULL;
}

static Error *count_election(Arena *arena, const Arguments *arguments, const char *path,
                             int *out_code)
{
    PabulibFile file;
    Error *err = read_election(arena, path, &file);
    if (err) {
        return err;
    }
    TallyOptions options = arguments->options;
    err = scale_increment(arena, arguments, &file.election, &options);
    if (err) {
        return err;
    }
    TallyResult result;
    int64_t began_us = clock_monotonic_us();
    err = tally_run(arena, &file.election, &options, &result);
    if (err) {
        return err;
    }
    TallyCounted count = {.path = path,
                          .rule = options.rule,
                          .election = &file.election,
                          .result = &result,
                          .seconds = (double)(clock_monotonic_us() - began_us) / 1e6};
    *out_code = tally_print(arena, arguments->format, &count);
    return NULL;
}

static int count_file(const char *path, const Arguments *arguments)
{
    Arena *arena = arena_create(ARENA_BYTES_MAX);
    int code = 0;
    Error *err = count_election(arena, arguments, path, &code);
    if (err) {
        fprintf(stderr, "yuanzhuo tally: %s: %.*s\n", path, STR_ARG(err->detail));
        code = EXIT_BAD_INPUT;
    }
    arena_destroy(arena);
    return code;
}

int cmd_tally(int argc, char **argv)
{
    static const struct argp argp = {
        .options = option_rows,
        .parser = parse_option,
        .args_doc = "FILE.pb...",
        .doc = "Counts Pabulib files by a rule and prints what is selected and why.\v"
               "\"-\" reads standard input. Exit code 1: a file is at fault; 2: wrong usage.",
    };
    Arguments arguments = {.options = tally_default_options(), .format = TALLY_FORMAT_TEXT};
    if (argp_parse(&argp, argc, argv, 0, NULL, &arguments) != 0) {
        return EXIT_USAGE;
    }
    int code = 0;
    tally_print_head(arguments.format);
    for (int i = 0; i < arguments.n_files; i++) {
        int one = count_file(arguments.files[i], &arguments);
        code = one != 0 ? one : code;
    }
    if (fflush(stdout) != 0) {
        fprintf(stderr, "yuanzhuo tally: standard output: %s\n", strerror(errno));
        return EXIT_BAD_INPUT;
    }
    return code;
}
