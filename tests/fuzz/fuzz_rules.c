/* Any bytes as an election and options: no rule crashes; what it selects is within the budget, each
 * project once; and the order of projects and ballots in memory changes nothing. Elections outside
 * the contract must be refused with one line. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "tally/tally.h"

#define PROJECTS_MAX 10
#define BALLOTS_MAX  24
#define STEPS_MAX    64

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Numbers from the bytes; zeros behind their end. */
typedef struct Bytes {
    const uint8_t *data;
    size_t left;
} Bytes;

static uint32_t take(Bytes *bytes, uint32_t bound)
{
    uint32_t value = 0;
    if (bytes->left > 0) {
        value = *bytes->data++;
        bytes->left--;
    }
    return value % bound;
}

/* Small, or as large as it may be, or beyond. */
static int64_t take_amount(Bytes *bytes)
{
    static const int64_t edges[] = {0, 1, TALLY_MAX, TALLY_MAX - 1, TALLY_MAX / 2, TALLY_MAX + 1,
                                    -1};
    uint32_t kind = take(bytes, 8);
    if (kind == 7) {
        return edges[take(bytes, countof(edges))];
    }
    int64_t value = (int64_t)take(bytes, 256) + 1;
    for (uint32_t i = 0; i < kind / 2; i++) {
        value = value * 251 + take(bytes, 256);
    }
    return value;
}

typedef struct Sketch {
    char names[PROJECTS_MAX][8];
    TallyProject projects[PROJECTS_MAX];
    uint32_t start[BALLOTS_MAX + 1];
    uint32_t choices[BALLOTS_MAX * PROJECTS_MAX];
    int64_t points[BALLOTS_MAX * PROJECTS_MAX];
    int64_t weights[BALLOTS_MAX];
    TallyElection election;
    TallyOptions options;
} Sketch;

static void take_ballot(Bytes *bytes, Sketch *sketch)
{
    TallyElection *election = &sketch->election;
    uint32_t ballot = election->n_ballots;
    uint32_t at = sketch->start[ballot];
    uint32_t mask = take(bytes, 256) | take(bytes, 4) << 8;
    uint32_t turn = take(bytes, PROJECTS_MAX);
    for (uint32_t i = 0; i < election->n_projects; i++) {
        uint32_t p = (i + turn) % election->n_projects;
        if ((mask >> p & 1) != 0) {
            sketch->choices[at] = p;
            sketch->points[at++] = take(bytes, 16) == 15 ? take_amount(bytes) : take(bytes, 5);
        }
    }
    sketch->weights[ballot] = take(bytes, 8) == 7 ? take_amount(bytes) : 1 + take(bytes, 4);
    election->n_ballots = ballot + 1;
    sketch->start[election->n_ballots] = at;
}

static void take_options(Bytes *bytes, TallyOptions *options)
{
    static const char *const ties[] = {"name", "cost,name", "votes,name", "votes,cost,name"};
    *options = tally_default_options();
    options->rule = (TallyRule)take(bytes, 4);
    options->utility = (TallyUtility)take(bytes, 8);
    require(tally_parse_ties(str_from(ties[take(bytes, 4)]), &options->ties));
    options->zero_support = (TallyZeroSupport)take(bytes, 2);
    options->misfit = (TallyMisfit)take(bytes, 2);
    options->completion = (TallyCompletion)take(bytes, 6);
}

static void take_election(Bytes *bytes, Sketch *sketch)
{
    take_options(bytes, &sketch->options);
    TallyElection *election = &sketch->election;
    *election = (TallyElection){.projects = sketch->projects,
                                .n_projects = take(bytes, PROJECTS_MAX + 1),
                                .budget = take_amount(bytes),
                                .amount_decimals = (int)take(bytes, 3),
                                .kind = (TallyBallotKind)take(bytes, 3),
                                .start = sketch->start,
                                .choices = sketch->choices,
                                .weights = sketch->weights};
    election->points = election->kind == TALLY_BALLOTS_POINTS ? sketch->points : NULL;
    for (uint32_t p = 0; p < election->n_projects; p++) {
        snprintf(sketch->names[p], sizeof(sketch->names[p]), "%u", p * 7 % 11);
        sketch->projects[p] = (TallyProject){str_from(sketch->names[p]), take_amount(bytes)};
    }
    uint32_t n_ballots = take(bytes, BALLOTS_MAX);
    for (uint32_t b = 0; b < n_ballots; b++) {
        take_ballot(bytes, sketch);
    }
    /* The steps of add1 stay few: each gives the voters a part of the budget. */
    sketch->options.increment = election->budget > 0 && election->budget <= TALLY_MAX
                                    ? election->budget / STEPS_MAX + 1
                                    : 1;
}

/* ---- the same election in another order in memory -------------------------------------------- */

static void turn_round(const Sketch *from, Sketch *to)
{
    uint32_t n = from->election.n_projects;
    uint32_t n_ballots = from->election.n_ballots;
    *to = *from;
    to->election.projects = to->projects;
    to->election.start = to->start;
    to->election.choices = to->choices;
    to->election.weights = to->weights;
    to->election.points = from->election.points == NULL ? NULL : to->points;
    for (uint32_t p = 0; p < n; p++) {
        to->projects[n - 1 - p] = from->projects[p];
    }
    uint32_t at = 0;
    for (uint32_t b = 0; b < n_ballots; b++) {
        uint32_t old = n_ballots - 1 - b;
        for (uint32_t i = from->start[old]; i < from->start[old + 1]; i++) {
            to->choices[at] = n - 1 - from->choices[i];
            to->points[at++] = from->points[i];
        }
        to->start[b + 1] = at;
        to->weights[b] = from->weights[old];
    }
}

/* ---- claims ---------------------------------------------------------------------------------- */

static void check_result(const TallyElection *election, const TallyResult *result)
{
    uint64_t seen = 0;
    int64_t total = 0;
    for (uint32_t i = 0; i < result->n_selected; i++) {
        uint32_t p = result->selected[i];
        require(p < election->n_projects && (seen >> p & 1) == 0);
        seen |= UINT64_C(1) << p;
        total += election->projects[p].cost;
        require(result->projects[p].reason == TALLY_SELECTED);
    }
    require(total == result->total_cost && total <= election->budget);
    require(result->left == election->budget - total);
    require(result->n_shares <= result->n_selected);
}

static void check_same(const Sketch *a, const TallyResult *first, const Sketch *b,
                       const TallyResult *second)
{
    require(first->n_selected == second->n_selected && first->total_cost == second->total_cost);
    require(str_eq(first->welfare, second->welfare));
    for (uint32_t i = 0; i < first->n_selected; i++) {
        require(
            str_eq(a->projects[first->selected[i]].name, b->projects[second->selected[i]].name));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_create((size_t)256 * 1024 * 1024);
    Bytes bytes = {data, size};
    Sketch *sketch = arena_new(arena, Sketch);
    Sketch *turned = arena_new(arena, Sketch);
    take_election(&bytes, sketch);
    turn_round(sketch, turned);
    TallyResult first;
    TallyResult second;
    Error *err = tally_run(arena, &sketch->election, &sketch->options, &first);
    Error *again = tally_run(arena, &turned->election, &turned->options, &second);
    require((err == NULL) == (again == NULL));
    if (err) {
        require(err->code == ERROR_BAD_REQUEST && err->detail.len > 0);
    } else {
        check_result(&sketch->election, &first);
        check_same(sketch, &first, turned, &second);
    }
    arena_destroy(arena);
    return 0;
}
