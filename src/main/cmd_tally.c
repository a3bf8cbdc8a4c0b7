/* yuanzhuo tally: counts .pb files on the command line. Reads files, prints; decides nothing. */
#include <argp.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "main/commands.h"
#include "tally/pabulib.h"
#include "tally/tally.h"

/* Backstops against a mistaken argument, not limits of the rules. */
#define FILE_BYTES_MAX  ((size_t)4 * 1024 * 1024 * 1024)
#define ARENA_BYTES_MAX ((size_t)16 * 1024 * 1024 * 1024)

typedef enum Format { FORMAT_JSON, FORMAT_TEXT } Format;

typedef struct Arguments {
    TallyOptions options;
    bool has_increment;
    int64_t increment; /* units of 10^-increment_decimals of the currency */
    int increment_decimals;
    Format format;
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
    {"format", KEY_FORMAT, "FORMAT", 0, "text (default) or json, one line a file", 0},
    {0},
};

static bool parse_format(Str word, Format *out)
{
    bool is_json = str_eq(word, STR("json"));
    *out = is_json ? FORMAT_JSON : FORMAT_TEXT;
    return is_json || str_eq(word, STR("text"));
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

static bool read_all(int fd, Buf *out)
{
    static const size_t step = 256 * 1024;
    char *chunk = malloc(step);
    ssize_t got = chunk == NULL ? -1 : 1;
    while (got > 0 && !out->overflowed) {
        got = read(fd, chunk, step);
        if (got > 0) {
            buf_append(out, chunk, (size_t)got);
        }
        got = got < 0 && errno == EINTR ? 1 : got;
    }
    free(chunk);
    errno = out->overflowed ? EFBIG : errno;
    return got == 0 && !out->overflowed;
}

/* "-" is standard input. False with errno set. */
static bool read_file(const char *path, Buf *out)
{
    if (strcmp(path, "-") == 0) {
        return read_all(STDIN_FILENO, out);
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    bool done = read_all(fd, out);
    int reason = errno;
    close(fd);
    errno = reason;
    return done;
}

/* ---- printing ------------------------------------------------------------------------------ */

static json_t *json_text(Str s)
{
    return json_stringn(s.data, s.len);
}

static json_t *json_selected(const TallyElection *election, const TallyResult *result)
{
    json_t *ids = json_array();
    for (uint32_t i = 0; i < result->n_selected; i++) {
        json_array_append_new(ids, json_text(election->projects[result->selected[i]].name));
    }
    return ids;
}

typedef struct Count {
    const char *path;
    TallyRule rule;
    const TallyElection *election;
    const TallyResult *result;
    double seconds; /* of the rule, without reading */
} Count;

static int print_json(Arena *arena, const Count *count)
{
    const TallyElection *election = count->election;
    int decimals = election->amount_decimals;
    /* A file name is bytes; JSON is text. */
    Str path = str_from(count->path);
    path = utf8_is_valid(path) ? path : STR("?");
    json_t *line = json_object();
    json_object_set_new(line, "file", json_text(path));
    json_object_set_new(line, "rule", json_text(tally_rule_word(count->rule)));
    json_object_set_new(line, "selected", json_selected(election, count->result));
    json_object_set_new(line, "total_cost",
                        json_text(tally_decimal_text(arena, count->result->total_cost, decimals)));
    json_object_set_new(line, "budget",
                        json_text(tally_decimal_text(arena, election->budget, decimals)));
    json_object_set_new(line, "welfare", json_text(count->result->welfare));
    json_object_set_new(line, "voters", json_integer(count->result->voters));
    if (count->rule == TALLY_RULE_EQUAL_SHARES) {
        json_object_set_new(line, "bought_with_shares", json_integer(count->result->n_shares));
        json_object_set_new(line, "endowment", json_text(count->result->endowment));
        json_object_set_new(line, "steps", json_text(count->result->steps));
    }
    json_object_set_new(line, "seconds", json_real(count->seconds));
    int failed = json_dumpf(line, stdout, JSON_COMPACT | JSON_REAL_PRECISION(6));
    json_decref(line);
    putchar('\n');
    return failed == 0 ? 0 : EXIT_BAD_INPUT;
}

static const char *reason_text(TallyReason reason)
{
    switch (reason) {
    case TALLY_SELECTED:
        return "selected";
    case TALLY_MISFIT:
        return "too dear";
    case TALLY_STOPPED:
        return "after stop";
    case TALLY_UNAFFORDABLE:
        return "not paid";
    case TALLY_NOT_BEST:
        return "not best";
    case TALLY_NO_SUPPORT:
        break;
    }
    return "no support";
}

static Str number_or_dash(Arena *arena, bool shown, int64_t value, int decimals)
{
    return shown && value != TALLY_NO_NUMBER ? tally_decimal_text(arena, value, decimals)
                                             : STR("-");
}

/* An id as a terminal may show it: no control characters, which could move the cursor. */
static Str printable(Arena *arena, Str s)
{
    char *shown = arena_cstr(arena, s);
    for (size_t i = 0; i < s.len; i++) {
        bool is_control = (unsigned char)shown[i] < 0x20 || shown[i] == 0x7F;
        shown[i] = is_control ? '?' : shown[i];
    }
    return str_from_bytes(shown, s.len);
}

static void print_project(Arena *arena, const Count *count, uint32_t project)
{
    const TallyExplanation *why = &count->result->projects[project];
    const TallyProject *it = &count->election->projects[project];
    int decimals = count->election->amount_decimals;
    bool lost = why->reason != TALLY_SELECTED;
    Str place = number_or_dash(arena, why->place > 0, why->place, 0);
    Str cost = tally_decimal_text(arena, it->cost, decimals);
    Str left = tally_decimal_text(arena, why->left_before, decimals);
    Str lacked = number_or_dash(arena, lost, why->lacked, decimals);
    Str more = number_or_dash(arena, lost, why->more_support, 0);
    printf("%5.*s  %-10s %10lld %16.*s %16.*s %16.*s %12.*s  %.*s\n", STR_ARG(place),
           reason_text(why->reason), (long long)why->votes, STR_ARG(cost), STR_ARG(left),
           STR_ARG(lacked), STR_ARG(more), STR_ARG(printable(arena, it->name)));
}

static int print_text(Arena *arena, const Count *count)
{
    const TallyElection *election = count->election;
    const TallyResult *result = count->result;
    int decimals = election->amount_decimals;
    printf("%s: %u of %u projects, %lld voters, %.6f s\n", count->path, result->n_selected,
           election->n_projects, (long long)result->voters, count->seconds);
    printf("budget %.*s, selected for %.*s, left %.*s, welfare %.*s\n\n",
           STR_ARG(tally_decimal_text(arena, election->budget, decimals)),
           STR_ARG(tally_decimal_text(arena, result->total_cost, decimals)),
           STR_ARG(tally_decimal_text(arena, result->left, decimals)), STR_ARG(result->welfare));
    printf("%5s  %-10s %10s %16s %16s %16s %12s  %s\n", "turn", "outcome", "votes", "cost",
           "left before", "too dear by", "support +", "project");
    for (uint32_t i = 0; i < result->n_ordered; i++) {
        print_project(arena, count, result->order[i]);
    }
    for (uint32_t p = 0; p < election->n_projects; p++) {
        if (result->projects[p].reason == TALLY_NO_SUPPORT) {
            print_project(arena, count, p);
        }
    }
    return 0;
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

static Error *count_text(Arena *arena, Str text, const Arguments *arguments, const char *path,
                         int *out_code)
{
    PabulibFile file;
    Error *err = pabulib_parse(arena, text, &file);
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
    Count count = {.path = path,
                   .rule = options.rule,
                   .election = &file.election,
                   .result = &result,
                   .seconds = (double)(clock_monotonic_us() - began_us) / 1e6};
    *out_code =
        arguments->format == FORMAT_JSON ? print_json(arena, &count) : print_text(arena, &count);
    return NULL;
}

static int count_file(const char *path, const Arguments *arguments)
{
    Buf text;
    buf_init(&text, FILE_BYTES_MAX);
    if (!read_file(path, &text)) {
        fprintf(stderr, "yuanzhuo tally: %s: %s\n", path, strerror(errno));
        buf_free(&text);
        return EXIT_BAD_INPUT;
    }
    Arena *arena = arena_create(ARENA_BYTES_MAX);
    int code = 0;
    Error *err = count_text(arena, buf_view(&text), arguments, path, &code);
    if (err) {
        fprintf(stderr, "yuanzhuo tally: %s: %.*s\n", path, STR_ARG(err->detail));
        code = EXIT_BAD_INPUT;
    }
    arena_destroy(arena);
    buf_free(&text);
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
    Arguments arguments = {.options = tally_default_options(), .format = FORMAT_TEXT};
    if (argp_parse(&argp, argc, argv, 0, NULL, &arguments) != 0) {
        return EXIT_USAGE;
    }
    int code = 0;
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
