/* Counts a small election by greedy. Compiled and run by `make test` (tests/library.sh). */
#include <stdio.h>

#include <tally/tally.h>

int main(void)
{
    /* Three projects, a budget of 100, four voters: {well, bench} twice, {well, lamp}, {lamp}. */
    static const TallyProject projects[] = {
        {STR_INIT("bench"), 30}, {STR_INIT("lamp"), 50}, {STR_INIT("well"), 60}};
    static const uint32_t start[] = {0, 2, 4, 5};
    static const uint32_t choices[] = {2, 0, 2, 1, 1};
    static const int64_t weights[] = {2, 1, 1};
    TallyElection election = {.projects = projects,
                              .n_projects = 3,
                              .budget = 100,
                              .kind = TALLY_BALLOTS_APPROVAL,
                              .n_ballots = 3,
                              .start = start,
                              .choices = choices,
                              .weights = weights};
    TallyOptions options = tally_default_options();
    TallyResult result;
    Arena *arena = arena_create(16 * 1024 * 1024);
    if (!tally_parse_ties(STR("votes,cost,name"), &options.ties)) {
        return 1;
    }
    Error *err = tally_run(arena, &election, &options, &result);
    if (err) {
        printf("%.*s\n", STR_ARG(err->detail));
        return 1;
    }
    for (uint32_t i = 0; i < result.n_selected; i++) {
        const TallyProject *p = &projects[result.selected[i]];
        printf("%u. %.*s for %lld\n", i + 1, STR_ARG(p->name), (long long)p->cost);
    }
    const TallyExplanation *lamp = &result.projects[1];
    printf("left %lld; lamp: %lld votes, %lld was too much\n", (long long)result.left,
           (long long)lamp->votes, (long long)lamp->lacked);
    arena_destroy(arena);
    return 0;
}
