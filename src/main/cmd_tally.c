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
#include "tally/tally_words.h"

/* A backstop against a mistaken argument, not a limit of the rules. */
#define ARENA_BYTES_MAX ((size_t)16 * 1024 * 1024 * 1024)

#define WORDS_MAX 64

typedef struct Arguments {
    TallyWord words[WORDS_MAX];
    size_t n_words;
    TallyFormat format;
    bool explains;
    char **files;
    int n_files;
} Arguments;

/* Every option but the last two is a word of tally_words.h, under its own name. */
enum { KEY_WORD = 0x100, KEY_FORMAT = 0x200, KEY_EXPLAIN };

static const struct argp_option option_rows[] = {
    {"rule", KEY_WORD + 0, "RULE", 0,
     "greedy (default), equal-shares, equal-shares-bos, phragmen, max-satisfaction (also "
     "max-welfare)",
     0},
    {"utility", KEY_WORD + 1, "UTILITY", 0,
     "cost (default: greedy by votes), count (by votes per cost), points, points-cost, borda0, "
     "borda1, borda0-cost, borda1-cost",
     0},
    {"complete", KEY_WORD + 2, "WORD", 0,
     "what equal shares does with what is left: none (default), greedy, add1, add1e, "
     "next (the exact next amount instead of steps), add1+greedy, add1e+greedy, next+greedy",
     0},
    {"completion", KEY_WORD + 2, NULL, OPTION_ALIAS, NULL, 0},
    {"increment", KEY_WORD + 3, "AMOUNT", 0,
     "how much more each voter is given in a step of add1 (default 1; of next: none)", 0},
    {"tie", KEY_WORD + 4, "KEYS", 0,
     "order that breaks ties, of votes and cost, and last name or lot:SEED: name (default), "
     "cost,name, votes,cost,name, votes,lot:2026-05-01 123456",
     0},
    {"zero-support", KEY_WORD + 5, "CHOICE", 0,
     "projects nobody supports: exclude (default) or include", 0},
    {"misfit", KEY_WORD + 6, "CHOICE", 0,
     "at a project that costs more than is left: skip it (default) or stop", 0},
    {"misfit-share", KEY_WORD + 7, "PERCENT", 0,
     "greedy: the first such project is selected all the same when this share of its cost is left",
     0},
    {"min-support", KEY_WORD + 8, "VOTES", 0, "projects with fewer votes have no turn", 0},
    {"min-price", KEY_WORD + 9, "AMOUNT", 0, "cheaper projects have no turn", 0},
    {"max-price", KEY_WORD + 10, "AMOUNT", 0, "dearer projects have no turn", 0},
    {"cap", KEY_WORD + 11, "KEY=AMOUNT", 0,
     "projects of a group cost at most so much together; KEY is category=NAME or target=NAME, "
     "columns of PROJECTS, whose cells may list several names, or projects=ID,ID,...; this and "
     "the next five may be given again and again",
     0},
    {"cap-number", KEY_WORD + 12, "KEY=NUMBER", 0,
     "at most so many of the group (1: they exclude each other)", 0},
    {"floor", KEY_WORD + 13, "KEY=AMOUNT", 0,
     "projects of a group cost at least so much together, and are taken first", 0},
    {"floor-number", KEY_WORD + 14, "KEY=NUMBER", 0, "at least so many of the group", 0},
    {"decided", KEY_WORD + 15, "ID,ID,...", 0, "selected before anything is counted", 0},
    {"withdrawn", KEY_WORD + 16, "ID,ID,...", 0, "not to be selected; ballots stay as they are", 0},
    {"explain", KEY_EXPLAIN, NULL, 0,
     "add the rounds, who could pay and paid, what was left, and what can be checked of the "
     "result, with a witness where a check fails (text and json)",
     0},
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

static const char *option_name(int key)
{
    const struct argp_option *row = option_rows;
    while (row->key != key) {
        row++;
    }
    return row->name;
}

/* The words are checked here, so that a typo is refused before a file is read. */
static void add_word(Arguments *arguments, int key, const char *text, struct argp_state *state)
{
    TallyWord word = {str_from(option_name(key)), str_from(text)};
    const char *takes = tally_word_refused(word);
    if (takes != NULL) {
        argp_error(state, "--%s does not take \"%s\"; %s", option_name(key), text, takes);
    }
    if (arguments->n_words == WORDS_MAX) {
        argp_error(state, "more than %d options", WORDS_MAX);
    }
    arguments->words[arguments->n_words++] = word;
}

static error_t parse_option(int key, char *text, struct argp_state *state)
{
    Arguments *arguments = state->input;
    switch (key) {
    case KEY_FORMAT:
        if (!parse_format(str_from(text), &arguments->format)) {
            argp_error(state, "--format does not take \"%s\"; text, json or csv", text);
        }
        return 0;
    case KEY_EXPLAIN:
        arguments->explains = true;
        return 0;
    case ARGP_KEY_ARGS:
        arguments->files = state->argv + state->next;
        arguments->n_files = state->argc - state->next;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "which file?");
        return 0;
    default:
        if (key < KEY_WORD || key >= KEY_FORMAT) {
            return ARGP_ERR_UNKNOWN;
        }
        add_word(arguments, key, text, state);
        return 0;
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

static Error *count_election(Arena *arena, const Arguments *arguments, const char *path,
                             int *out_code)
{
    PabulibFile file;
    Error *err = read_election(arena, path, &file);
    if (err) {
        return err;
    }
    TallyOptions options;
    err = tally_words_apply(arena, arguments->words, arguments->n_words, &file, &options);
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
                          .options = &options,
                          .explains = arguments->explains,
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
    Arguments arguments = {.format = TALLY_FORMAT_TEXT};
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
