/* Any bytes as a .pb file: it is refused with one line, or read; what is read can be counted by
 * every rule and utility its ballots carry, and stays within the budget. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tally/pabulib.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_result(const TallyElection *election, const TallyResult *result)
{
    int64_t total = 0;
    for (uint32_t i = 0; i < result->n_selected; i++) {
        total += election->projects[result->selected[i]].cost;
    }
    require(total == result->total_cost && total <= election->budget);
    for (uint32_t p = 0; p < election->n_projects; p++) {
        const TallyExplanation *why = &result->projects[p];
        bool selected = why->reason == TALLY_SELECTED;
        require(selected == (why->lacked == 0 && why->more_support == 0));
    }
}

/* The other rules: within the budget, winners and losers told apart. Raising the endowment is left
 * to elections whose numbers keep the steps few. */
static void count_by_shares(Arena *arena, const TallyElection *election, TallyUtility utility)
{
    bool is_small = election->budget < 100000 && election->n_projects < 50;
    for (int rule = TALLY_RULE_EQUAL_SHARES; rule <= TALLY_RULE_MAX_SATISFACTION; rule++) {
        TallyOptions options = tally_default_options();
        options.rule = (TallyRule)rule;
        options.utility = utility;
        options.completion = is_small ? TALLY_COMPLETE_ADD1E_GREEDY : TALLY_COMPLETE_GREEDY;
        options.increment = 1 + election->budget / 100;
        TallyResult result;
        Error *err = tally_run(arena, election, &options, &result);
        if (err) {
            require(err->code == ERROR_BAD_REQUEST);
            continue;
        }
        require(result.total_cost <= election->budget);
        require(result.n_shares <= result.n_selected && result.n_selected <= result.n_ordered);
        for (uint32_t i = 0; i < result.n_ordered; i++) {
            bool selected = result.projects[result.order[i]].reason == TALLY_SELECTED;
            require(selected == (i < result.n_selected));
        }
    }
}

/* Reading in pieces of one byte, with equal ballots merged, sees the same voters. */
static Error *read_byte(Arena *arena, void *context, char *out, size_t capacity, size_t *out_got)
{
    (void)arena;
    Str *rest = context;
    *out_got = capacity > 0 && rest->len > 0;
    if (*out_got > 0) {
        *out = *rest->data;
    }
    *rest = str_slice(*rest, *out_got, rest->len);
    return NULL;
}

static void read_again(Arena *arena, Str text, const TallyElection *whole)
{
    PabulibFile file;
    PabulibSource source = {.context = &text, .read = read_byte};
    Error *err = pabulib_read(arena, &source, &file);
    require((err == NULL) == (whole != NULL));
    if (whole == NULL) {
        return;
    }
    int64_t voters = 0;
    for (uint32_t b = 0; b < file.election.n_ballots; b++) {
        voters += file.election.weights[b];
    }
    require(voters == whole->n_ballots && file.election.n_projects == whole->n_projects);
}

static void count_all(Arena *arena, const TallyElection *election)
{
    for (int utility = TALLY_UTILITY_COST; utility <= TALLY_UTILITY_BORDA1_COST; utility++) {
        TallyOptions options = tally_default_options();
        options.utility = (TallyUtility)utility;
        options.zero_support = utility % 2 == 0 ? TALLY_ZERO_INCLUDE : TALLY_ZERO_EXCLUDE;
        options.misfit = utility % 3 == 0 ? TALLY_MISFIT_STOP : TALLY_MISFIT_SKIP;
        TallyResult result;
        Error *err = tally_run(arena, election, &options, &result);
        if (err) {
            require(err->code == ERROR_BAD_REQUEST);
        } else {
            check_result(election, &result);
            count_by_shares(arena, election, options.utility);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_create((size_t)256 * 1024 * 1024);
    PabulibFile file;
    Str text = str_from_bytes((const char *)data, size);
    Error *err = pabulib_parse(arena, text, &file);
    read_again(arena, text, err ? NULL : &file.election);
    if (err) {
        require(err->code == ERROR_PABULIB && err->detail.len > 0);
        require(memchr(err->detail.data, '\n', err->detail.len) == NULL);
    } else {
        count_all(arena, &file.election);
    }
    arena_destroy(arena);
    return 0;
}
