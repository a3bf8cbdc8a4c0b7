/* Raising the endowment on real elections: add1 and add1e, which pass over whole ranges of
 * endowments, against one increment after the other by runs without completion - a run with the
 * endowment e + k increments is a run with that much more budget. Every file of the folder of
 * pabulib_records_test with at most STEPS_MOST steps; absent folder: says so and passes. Says how
 * many runs were spared. And next: in whole increments the same as add1; without, at the end of the
 * last amount within the budget. */
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
#define NEXT_MOST  25000  /* the same for next, which tries finer amounts; YZ_FULL=1: SIZE_MOST */

typedef struct Tried {
    int compared;
    int64_t steps;
    int64_t runs;
    int next_same; /* next and add1 end with the same purchases */
    int next_other;
    int64_t next_runs;
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

/* ---- next ---------------------------------------------------------------------------------- */

/* The same election in hundredths of the currency, which next counts in. */
static TallyElection in_hundredths(Arena *arena, const TallyElection *election)
{
    TallyElection out = *election;
    TallyProject *projects = arena_array(arena, TallyProject, election->n_projects + (size_t)1);
    memcpy(projects, election->projects, election->n_projects * sizeof *projects);
    for (; out.amount_decimals < TALLY_NEXT_DECIMALS; out.amount_decimals++) {
        out.budget *= 10;
        for (uint32_t p = 0; p < election->n_projects; p++) {
            projects[p].cost *= 10;
        }
    }
    out.projects = projects;
    return out;
}

static TallyResult run_with(Arena *arena, TallyElection election, int64_t more)
{
    election.budget += more;
    return run(arena, &election, TALLY_COMPLETE_NONE);
}

/* The amount found stays in the budget and the one after it does not; or it is the first at which
 * everything is bought. */
static void ends_at_a_change(Arena *arena, const TallyElection *hundredths,
                             const TallyResult *result, int64_t steps, const char *name)
{
    int64_t budget = hundredths->budget;
    TallyResult here = run_with(arena, *hundredths, steps);
    bool is_right = same_purchases(result, &here) && here.total_cost <= budget;
    if (is_done(hundredths, &here, 0, false)) {
        TallyResult before = run_with(arena, *hundredths, steps > 0 ? steps - 1 : 0);
        is_right = is_right && (steps == 0 || !is_done(hundredths, &before, 0, false));
    } else {
        is_right = is_right && run_with(arena, *hundredths, steps + 1).total_cost > budget;
    }
    if (!is_right) {
        fail_msg("%s: not at a change", name);
    }
}

/* Every amount up to the end: none before it costs more than the budget. */
static void every_amount_fits(Arena *arena, const TallyElection *hundredths, int64_t steps,
                              const char *name)
{
    for (int64_t more = 0; more < steps; more++) {
        TallyResult here = run_with(arena, *hundredths, more);
        if (here.total_cost > hundredths->budget || is_done(hundredths, &here, 0, false)) {
            fail_msg("%s: passed over %lld", name, (long long)more);
        }
    }
}

static void compare_next(Arena *arena, const TallyElection *election, const char *name,
                         Tried *tried)
{
    TallyOptions options = tally_default_options();
    options.rule = TALLY_RULE_EQUAL_SHARES;
    options.completion = TALLY_COMPLETE_NEXT;
    options.increment = one_unit(election);
    TallyResult add1 = run(arena, election, TALLY_COMPLETE_ADD1);
    TallyResult whole;
    assert_null(tally_run(arena, election, &options, &whole));
    if (!same_purchases(&add1, &whole) || !str_eq(add1.endowment, whole.endowment)) {
        fail_msg("%s: in whole increments", name);
    }
    TallyResult exact = run(arena, election, TALLY_COMPLETE_NEXT);
    TallyElection hundredths = in_hundredths(arena, election);
    int64_t steps = 0;
    int64_t add1_steps = 0;
    assert_true(str_to_int64(exact.steps, &steps) && str_to_int64(add1.steps, &add1_steps));
    ends_at_a_change(arena, &hundredths, &exact, steps, name);
    if (steps <= STEPS_MOST) {
        every_amount_fits(arena, &hundredths, steps, name);
    }
    /* Add1 does not overspend at an amount that next has passed. */
    __int128 next_amount = ((__int128)add1_steps + 1) * one_unit(&hundredths) * add1.voters;
    if (!is_done(election, &exact, 0, false) && next_amount <= steps) {
        fail_msg("%s: add1 ended before", name);
    }
    bool is_same = same_purchases(&add1, &exact);
    tried->next_same += is_same;
    tried->next_other += !is_same;
    tried->next_runs += exact.runs;
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
        if (buf_view(&text).len <= NEXT_MOST || getenv("YZ_FULL") != NULL) {
            compare_next(arena, &file.election, name, tried);
        }
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
    print_message(
        "next: %d files end with the purchases of add1, %d others see a change that a step "
        "of add1 passes over; %lld runs\n",
        tried.next_same, tried.next_other, (long long)tried.next_runs);
    assert_true(tried.compared > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(passing_over_ranges_ends_where_single_steps_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
