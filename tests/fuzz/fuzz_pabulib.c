/* Any bytes as a .pb file: it is refused with one line, or read; what is read can be counted by
 * every utility its ballots carry, stays within the budget, and gives the same twice. */
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
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_create((size_t)256 * 1024 * 1024);
    PabulibFile file;
    Error *err = pabulib_parse(arena, str_from_bytes((const char *)data, size), &file);
    if (err) {
        require(err->code == ERROR_PABULIB && err->detail.len > 0);
        require(memchr(err->detail.data, '\n', err->detail.len) == NULL);
    } else {
        count_all(arena, &file.election);
    }
    arena_destroy(arena);
    return 0;
}
