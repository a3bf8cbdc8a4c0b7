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
#define PIECE_BYTES ((size_t)256 * 1024)

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

static double shares_s(Arena *arena, const TallyElection *election, const char *completion,
                       TallyResult *out)
{
    TallyOptions options = tally_default_options();
    options.rule = TALLY_RULE_EQUAL_SHARES;
    require(tally_parse_completion(str_from(completion), &options.completion));
    double began = cpu_s();
    require(tally_run(arena, election, &options, out) == NULL);
    return cpu_s() - began;
}

static void bench_shares(const char *path, int rounds)
{
    Arena *arena = arena_create(ARENA_BYTES);
    PabulibFile file;
    parse(arena, path, &file);
    uint32_t *selected = arena_array(arena, uint32_t, file.election.n_projects + 1);
    TallyResult result;
    double ours = 1e9;
    double theirs = 1e9;
    double steps = 1e9;
    for (int i = 0; i < rounds; i++) {
        double began = cpu_s();
        uint32_t count = voter_shares(&file.election, selected);
        theirs = least(theirs, cpu_s() - began);
        steps = least(steps, shares_s(arena, &file.election, "add1e", &result));
        for (int again = 0; again < 5; again++) {
            ours = least(ours, shares_s(arena, &file.election, "none", &result));
        }
        require(count == result.n_selected &&
                memcmp(selected, result.selected, count * sizeof *selected) == 0);
    }
    printf("plain_s %.6f\nours_s %.6f\nadd1e_s %.6f\nplain_ratio %.1f\n", theirs, ours, steps,
           theirs / ours);
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
