/* Raising the endowment on real elections: add1 and add1e, which pass over whole ranges of
 * endowments, against one increment after the other by runs without completion - a run with the
 * endowment e + k increments is a run with that much more budget. Every file of the folder of
 * pabulib_records_test with at most STEPS_MOST steps; absent folder: says so and passes. Says how
 * many runs were spared. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "tally/pabulib.h"

#define FOLDER     "../shared/data/pabulib/files"
#define STEPS_MOST 300
#define SIZE_MOST  400000 /* bytes of a file, to end in seconds */

typedef struct Tried {
    int compared;
    int64_t steps;
    int64_t runs;
} Tried;

static TallyResult run(Arena *arena, const TallyElection *election, TallyCompletion completion)
{
    TallyOptions options = tally_default_options();
    options.rule = TALLY_RULE_EQUAL_SHARES;
    options.completion = completion;
    TallyResult result;
    Error *err = tally_run(arena, election, &options, &result);
    if (err) {
        fail_msg("%.*s", STR_ARG(err->detail));
    }
    return result;
}

static int64_t one_unit(const TallyElection *election)
{
    int64_t unit = 1;
    for (int i = 0; i < election->amount_decimals; i++) {
        unit *= 10;
    }
    return unit;
}

/* Supported, not free, not selected; with `fits`, and within what is left. */
static bool is_done(const TallyElection *election, const TallyResult *result, int64_t left,
                    bool fits)
{
    bool done = true;
    for (uint32_t p = 0; p < election->n_projects; p++) {
        int64_t cost = election->projects[p].cost;
        bool outside = result->projects[p].reason != TALLY_SELECTED &&
                       result->projects[p].votes > 0 && cost > 0;
        done = done && !(outside && (!fits || cost <= left));
    }
    return done;
}

static bool same_purchases(const TallyResult *a, const TallyResult *b)
{
    return a->n_shares == b->n_shares &&
           memcmp(a->selected, b->selected, a->n_shares * sizeof *a->selected) == 0;
}

/* One increment after the other, each from the start; the last run that stays in the budget. */
static TallyResult step_by_step(Arena *arena, const TallyElection *election, bool until_full)
{
    TallyElection raised = *election;
    TallyResult kept = run(arena, &raised, TALLY_COMPLETE_NONE);
    while (!is_done(election, &kept, election->budget - kept.total_cost, until_full)) {
        raised.budget += one_unit(election) * kept.voters;
        TallyResult next = run(arena, &raised, TALLY_COMPLETE_NONE);
        if (next.total_cost > election->budget) {
            break;
        }
        kept = next;
    }
    return kept;
}

static void compare(Arena *arena, const TallyElection *election, TallyCompletion completion,
                    const char *name, Tried *tried)
{
    TallyResult result = run(arena, election, completion);
    int64_t steps = 0;
    assert_true(str_to_int64(result.steps, &steps));
    if (steps > STEPS_MOST || result.voters == 0) {
        return;
    }
    TallyResult plain = step_by_step(arena, election, completion == TALLY_COMPLETE_ADD1E);
    if (!same_purchases(&result, &plain)) {
        fail_msg("%s", name);
    }
    tried->compared++;
    tried->steps += steps;
    tried->runs += result.runs;
}

static bool read_file(const char *path, Buf *out)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    char chunk[65536];
    size_t got = 0;
    while ((got = fread(chunk, 1, sizeof chunk, file)) > 0) {
        buf_append(out, chunk, got);
    }
    fclose(file);
    return !out->overflowed;
}

static void try_file(const char *folder, const char *name, Tried *tried)
{
    Arena *arena = arena_create((size_t)1024 * 1024 * 1024);
    Buf text;
    buf_init(&text, SIZE_MOST);
    PabulibFile file;
    if (read_file(arena_printf(arena, "%s/%s", folder, name).data, &text) &&
        pabulib_parse(arena, buf_view(&text), &file) == NULL) {
        compare(arena, &file.election, TALLY_COMPLETE_ADD1E, name, tried);
        compare(arena, &file.election, TALLY_COMPLETE_ADD1, name, tried);
    }
    buf_free(&text);
    arena_destroy(arena);
}

static void passing_over_ranges_ends_where_single_steps_do(void **state)
{
    (void)state;
    const char *root = getenv("YZ_ROOT");
    char folder[4096];
    snprintf(folder, sizeof folder, "%s/" FOLDER, root == NULL ? "." : root);
    DIR *files = opendir(folder);
    if (files == NULL) {
        print_message("no real elections at " FOLDER ": nothing compared\n");
        return;
    }
    Tried tried = {0};
    for (struct dirent *entry = readdir(files); entry != NULL; entry = readdir(files)) {
        if (strstr(entry->d_name, ".pb") != NULL) {
            try_file(folder, entry->d_name, &tried);
        }
    }
    closedir(files);
    print_message("%d searches the same; %lld steps by %lld runs\n", tried.compared,
                  (long long)tried.steps, (long long)tried.runs);
    assert_true(tried.compared > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(passing_over_ranges_ends_where_single_steps_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
