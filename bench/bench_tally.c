/* bench_tally.c: reading and counting elections, for bench/tally.sh. Prints lines "name value". The
 * sides of a ratio alternate: of reading the middle ratio is taken, of equal shares the least of
 * their times; time of the processor, because others use the machine too. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/random.h"
#include "tally/pabulib.h"
#include "tests/support/voter_shares.h"

#define ARENA_BYTES ((size_t)16 << 30)
#define PLAIN_STEPS 4
#define PIECE_BYTES ((size_t)32 * 1024)

static double cpu_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double least(double a, double b)
{
    return a < b ? a : b;
}

static int open_file(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    require(fd >= 0);
    return fd;
}

/* ---- the two readers ------------------------------------------------------------------------- */

/* Reads in the same pieces as the parser and counts what separates cells, choices and rows. */
static int64_t count_separators(const char *path)
{
    int fd = open_file(path);
    char *piece = malloc(PIECE_BYTES);
    require(piece != NULL);
    int64_t count = 0;
    ssize_t got = 0;
    while ((got = read(fd, piece, PIECE_BYTES)) > 0) {
        for (ssize_t i = 0; i < got; i++) {
            char c = piece[i];
            count += c == ';' || c == ',' || c == '\n';
        }
    }
    free(piece);
    close(fd);
    return count;
}

static Error *read_descriptor(Arena *arena, void *context, char *out, size_t capacity,
                              size_t *out_got)
{
    const int *fd = context;
    (void)arena;
    ssize_t got = read(*fd, out, capacity);
    require(got >= 0);
    *out_got = (size_t)got;
    return NULL;
}

static void parse(Arena *arena, const char *path, PabulibFile *out)
{
    int fd = open_file(path);
    off_t size = lseek(fd, 0, SEEK_END);
    lseek(fd, 0, SEEK_SET);
    PabulibSource source = {
        .context = &fd, .expected_bytes = (size_t)size, .read = read_descriptor};
    Error *err = pabulib_read(arena, &source, out);
    require(err == NULL);
    close(fd);
}

typedef struct ParseRound {
    double separators_s;
    double parse_s;
    double greedy_s;
} ParseRound;

static ParseRound one_parse(const char *path)
{
    ParseRound round;
    PabulibFile file;
    TallyOptions options = tally_default_options();
    TallyResult result;
    double began = cpu_s();
    require(count_separators(path) > 0);
    round.separators_s = cpu_s() - began;
    Arena *arena = arena_create(ARENA_BYTES);
    began = cpu_s();
    parse(arena, path, &file);
    round.parse_s = cpu_s() - began;
    began = cpu_s();
    require(tally_run(arena, &file.election, &options, &result) == NULL);
    round.greedy_s = cpu_s() - began;
    arena_destroy(arena);
    return round;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The middle of the ratios of each round: whatever slows the machine slows both sides of one. */
static void bench_parse(const char *path, int rounds)
{
    double *reading = calloc((size_t)rounds, sizeof *reading);
    double *counting = calloc((size_t)rounds, sizeof *counting);
    require(rounds > 0 && reading != NULL && counting != NULL);
    double parse_s = 1e9;
    for (int i = 0; i < rounds; i++) {
        ParseRound round = one_parse(path);
        reading[i] = round.separators_s / round.parse_s;
        counting[i] = round.greedy_s / round.parse_s;
        parse_s = least(parse_s, round.parse_s);
    }
    qsort(reading, (size_t)rounds, sizeof *reading, compare_doubles);
    qsort(counting, (size_t)rounds, sizeof *counting, compare_doubles);
    printf("parse_s %.6f\nparse_ratio %.2f\ngreedy_ratio %.2f\n", parse_s, reading[rounds / 2],
           counting[rounds / 2]);
    free(reading);
    free(counting);
}

/* ---- equal shares ---------------------------------------------------------------------------- */

static double shares_s(Arena *arena, const TallyElection *election, TallyCompletion completion,
                       int64_t increment, TallyResult *out)
{
    TallyOptions options = tally_default_options();
    options.rule = TALLY_RULE_EQUAL_SHARES;
    options.completion = completion;
    options.increment = increment;
    double began = cpu_s();
    require(tally_run(arena, election, &options, out) == NULL);
    return cpu_s() - began;
}

static bool is_same(const uint32_t *selected, uint32_t count, const TallyResult *result)
{
    return count == result->n_selected &&
           memcmp(selected, result->selected, count * sizeof *selected) == 0;
}

static bool is_in(const uint32_t *selected, uint32_t count, uint32_t project)
{
    uint32_t i = 0;
    while (i < count && selected[i] != project) {
        i++;
    }
    return i < count;
}

/* Beside the selection nothing that has a vote fits in what is left. */
static bool is_exhaustive(const TallyElection *election, const TallyResult *votes,
                          const uint32_t *selected, uint32_t count, int64_t left)
{
    bool full = true;
    for (uint32_t p = 0; p < election->n_projects; p++) {
        full = full && (votes->projects[p].votes == 0 || is_in(selected, count, p) ||
                        election->projects[p].cost > left);
    }
    return full;
}

static int64_t cost_of(const TallyElection *election, const uint32_t *selected, uint32_t count)
{
    int64_t cost = 0;
    for (uint32_t i = 0; i < count; i++) {
        cost += election->projects[selected[i]].cost;
    }
    return cost;
}

/* add1e as its definition reads: one run after the other, each from the start. */
static double plain_steps_s(Arena *arena, const TallyElection *election, int64_t increment,
                            const TallyResult *votes, uint32_t *selected, uint32_t *out_count)
{
    TallyElection raised = *election;
    uint32_t *next = arena_array(arena, uint32_t, election->n_projects + 1);
    double began = cpu_s();
    uint32_t count = voter_shares(&raised, selected);
    int64_t left = election->budget - cost_of(election, selected, count);
    while (!is_exhaustive(election, votes, selected, count, left)) {
        raised.budget += increment * votes->voters;
        uint32_t n_next = voter_shares(&raised, next);
        int64_t rest = election->budget - cost_of(election, next, n_next);
        if (rest < 0) {
            break;
        }
        memcpy(selected, next, n_next * sizeof *next);
        count = n_next;
        left = rest;
    }
    *out_count = count;
    return cpu_s() - began;
}

/* So large that the plain side, which runs anew for each, ends soon. */
static int64_t increment_for(const TallyElection *election, const TallyResult *result)
{
    int64_t steps = 0;
    int64_t unit = 1;
    require(str_to_int64(result->steps, &steps));
    require(tally_decimal_rescale(1, 0, election->amount_decimals, &unit));
    return unit * (steps / PLAIN_STEPS + 1);
}

typedef struct Turns {
    double plain_s;
    double ours_s;
    double plain_steps_s;
    double our_steps_s;
} Turns;

static void take_turns(Arena *arena, const TallyElection *election, int64_t increment, Turns *turns)
{
    uint32_t *selected = arena_array(arena, uint32_t, election->n_projects + 1);
    TallyResult result;
    double began = cpu_s();
    uint32_t count = voter_shares(election, selected);
    turns->plain_s = least(turns->plain_s, cpu_s() - began);
    for (int again = 0; again < 5; again++) {
        turns->ours_s =
            least(turns->ours_s, shares_s(arena, election, TALLY_COMPLETE_NONE, 0, &result));
    }
    require(is_same(selected, count, &result));
    turns->plain_steps_s = least(
        turns->plain_steps_s, plain_steps_s(arena, election, increment, &result, selected, &count));
    for (int again = 0; again < 3; again++) {
        turns->our_steps_s =
            least(turns->our_steps_s,
                  shares_s(arena, election, TALLY_COMPLETE_ADD1E, increment, &result));
    }
    require(is_same(selected, count, &result));
    printf("few_steps %.*s\n", STR_ARG(result.steps));
}

static void bench_shares(const char *path, int rounds)
{
    Arena *arena = arena_create(ARENA_BYTES);
    PabulibFile file;
    TallyResult result;
    Turns turns = {1e9, 1e9, 1e9, 1e9};
    parse(arena, path, &file);
    double add1e_s = shares_s(arena, &file.election, TALLY_COMPLETE_ADD1E, 0, &result);
    int64_t increment = increment_for(&file.election, &result);
    printf("add1e_s %.6f\nsteps %.*s\n", add1e_s, STR_ARG(result.steps));
    for (int i = 0; i < rounds; i++) {
        take_turns(arena, &file.election, increment, &turns);
    }
    printf("plain_s %.6f\nours_s %.6f\nplain_ratio %.0f\n", turns.plain_s, turns.ours_s,
           turns.plain_s / turns.ours_s);
    printf("plain_steps_s %.6f\nour_steps_s %.6f\nsteps_ratio %.0f\n", turns.plain_steps_s,
           turns.our_steps_s, turns.plain_steps_s / turns.our_steps_s);
    arena_destroy(arena);
}

/* ---- elections of any size ------------------------------------------------------------------- */

/* Ballots of 2 to 8 projects, of which so many differ; the same file from the same numbers. 1000
 * for every voter, whatever their number, so that add1e has as many steps. */
static void generate(uint64_t ballots, uint64_t distinct, uint32_t projects)
{
    if (projects == 0) {
        return;
    }
    printf("META\nkey;value\nbudget;%llu\nvote_type;approval\nPROJECTS\nproject_id;cost\n",
           (unsigned long long)ballots * 1000);
    for (uint32_t p = 0; p < projects; p++) {
        Seeded cost = {p + 1};
        printf("%u;%llu\n", p, (unsigned long long)(ballots * (1 + seeded_below(&cost, 9))));
    }
    printf("VOTES\nvoter_id;vote\n");
    Seeded draw = {7};
    for (uint64_t b = 0; b < ballots; b++) {
        Seeded ballot = {b < distinct ? b : seeded_below(&draw, distinct)};
        uint64_t first = seeded_below(&ballot, projects);
        uint64_t step = projects < 16 ? 1 : projects / 8;
        uint64_t count = 2 + seeded_below(&ballot, 7);
        char line[160];
        int length = snprintf(line, sizeof line, "%llu;%llu", (unsigned long long)b,
                              (unsigned long long)first);
        for (uint64_t i = 1; i < count; i++) {
            first = (first + 1 + seeded_below(&ballot, step)) % projects;
            length += snprintf(line + length, sizeof line - (size_t)length, ",%llu",
                               (unsigned long long)first);
        }
        line[length++] = '\n';
        fwrite(line, 1, (size_t)length, stdout);
    }
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "parse") == 0) {
        bench_parse(argv[2], (int)strtol(argv[3], NULL, 10));
    } else if (argc == 4 && strcmp(argv[1], "shares") == 0) {
        bench_shares(argv[2], (int)strtol(argv[3], NULL, 10));
    } else if (argc == 5 && strcmp(argv[1], "generate") == 0) {
        generate(strtoull(argv[2], NULL, 10), strtoull(argv[3], NULL, 10),
                 (uint32_t)strtoull(argv[4], NULL, 10));
    } else {
        fputs("usage: bench_tally parse FILE ROUNDS | shares FILE ROUNDS | generate BALLOTS "
              "DISTINCT PROJECTS\n",
              stderr);
        return 2;
    }
    return 0;
}
