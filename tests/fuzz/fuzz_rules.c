/* Any bytes as an election and options, limits among them: no rule crashes; what it selects is
 * within the budget and the limits, each project once; and the order of projects and ballots in
 * memory changes nothing. Elections outside the contract must be refused with one line. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "tally/tally.h"

#define PROJECTS_MAX 10
#define BALLOTS_MAX  24
#define STEPS_MAX    64
#define GROUPS_MAX   4

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
    TallyConstraint constraints[GROUPS_MAX];
    uint32_t members[GROUPS_MAX][PROJECTS_MAX];
    TallyDecision decisions[PROJECTS_MAX];
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
    static const char *const ties[] = {"name",
                                       "cost,name",
                                       "votes,name",
                                       "votes,cost,name",
                                       "lot:2026 spring",
                                       "votes,cost,lot:1"};
    *options = tally_default_options();
    options->rule = (TallyRule)take(bytes, 5);
    options->utility = (TallyUtility)take(bytes, 8);
    require(tally_parse_ties(str_from(ties[take(bytes, countof(ties))]), &options->ties));
    options->zero_support = (TallyZeroSupport)take(bytes, 2);
    options->misfit = (TallyMisfit)take(bytes, 2);
    options->completion = (TallyCompletion)take(bytes, 8);
}

/* Rising, so that the same group read backwards is the same list. */
static void take_group(Bytes *bytes, const TallyElection *election, uint32_t *members,
                       TallyConstraint *out)
{
    uint32_t mask = take(bytes, 256) | take(bytes, 4) << 8;
    uint32_t count = 0;
    for (uint32_t p = 0; p < election->n_projects; p++) {
        members[count] = p;
        count += mask >> p & 1;
    }
    *out = tally_group(STR("group"), members, count);
    uint32_t bounds = take(bytes, 16);
    out->most_number = (bounds & 1) != 0 ? take(bytes, PROJECTS_MAX) : out->most_number;
    out->least_number = (bounds & 2) != 0 ? take(bytes, PROJECTS_MAX) : 0;
    out->most_cost = (bounds & 4) != 0 ? take_amount(bytes) : out->most_cost;
    out->least_cost = (bounds & 8) != 0 ? take_amount(bytes) : 0;
}

/* Behind the end of the bytes, and so in the older ones of the corpus: no limits. */
static void take_limits(Bytes *bytes, Sketch *sketch)
{
    static const int32_t shares[] = {0, 5000, 8000, TALLY_WHOLE, 1, TALLY_WHOLE + 1};
    TallyLimits *limits = &sketch->options.limits;
    uint32_t n_groups = take(bytes, GROUPS_MAX + 1);
    for (uint32_t c = 0; c < n_groups; c++) {
        take_group(bytes, &sketch->election, sketch->members[c], &sketch->constraints[c]);
    }
    limits->constraints = sketch->constraints;
    limits->n_constraints = n_groups;
    uint32_t given = take(bytes, 16);
    for (uint32_t p = 0; p < sketch->election.n_projects && (given & 1) != 0; p++) {
        uint32_t decision = take(bytes, 8);
        sketch->decisions[p] = decision < 3 ? (TallyDecision)decision : TALLY_UNDECIDED;
    }
    limits->decisions = (given & 1) != 0 ? sketch->decisions : NULL;
    limits->least_votes = (given & 2) != 0 ? take(bytes, 8) : 0;
    limits->least_price = (given & 4) != 0 ? take_amount(bytes) : 0;
    limits->most_price = (given & 8) != 0 ? take_amount(bytes) : 0;
    sketch->options.misfit_share = shares[take(bytes, countof(shares))];
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
    take_limits(bytes, sketch);
}

/* ---- the same election in another order in memory -------------------------------------------- */

static void turn_limits(const Sketch *from, Sketch *to)
{
    uint32_t n = from->election.n_projects;
    for (uint32_t c = 0; c < from->options.limits.n_constraints; c++) {
        to->constraints[c].projects = to->members[c];
        for (uint32_t i = 0; i < from->constraints[c].n_projects; i++) {
            to->members[c][i] = n - 1 - from->members[c][i];
        }
    }
    for (uint32_t p = 0; p < n; p++) {
        to->decisions[n - 1 - p] = from->decisions[p];
    }
    to->options.limits.constraints = to->constraints;
    to->options.limits.decisions = from->options.limits.decisions == NULL ? NULL : to->decisions;
}

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
    turn_limits(from, to);
}

/* ---- claims ---------------------------------------------------------------------------------- */

static void check_group(const TallyElection *election, const TallyConstraint *group,
                        const TallyGroupUse *use, uint64_t selected)
{
    int64_t cost = 0;
    uint32_t number = 0;
    for (uint32_t i = 0; i < group->n_projects; i++) {
        uint32_t p = group->projects[i];
        bool is_in = (selected >> p & 1) != 0;
        cost += is_in ? election->projects[p].cost : 0;
        number += is_in;
    }
    require(cost == use->cost && number == use->number);
    require(cost <= group->most_cost && number <= group->most_number);
    require(use->floors_met == (cost >= group->least_cost && number >= group->least_number));
}

static void check_limits(const TallyElection *election, const TallyOptions *options,
                         const TallyResult *result, uint64_t selected)
{
    const TallyLimits *limits = &options->limits;
    for (uint32_t c = 0; c < limits->n_constraints; c++) {
        check_group(election, &limits->constraints[c], &result->groups[c], selected);
        require(options->rule != TALLY_RULE_MAX_SATISFACTION || result->groups[c].floors_met);
    }
    for (uint32_t p = 0; p < election->n_projects; p++) {
        bool is_in = (selected >> p & 1) != 0;
        TallyDecision decision = limits->decisions == NULL ? TALLY_UNDECIDED : limits->decisions[p];
        int64_t cost = election->projects[p].cost;
        require(decision != TALLY_DECIDED_IN || is_in);
        require(decision != TALLY_DECIDED_OUT || !is_in);
        require(!is_in || decision == TALLY_DECIDED_IN ||
                (cost >= limits->least_price &&
                 (limits->most_price == 0 || cost <= limits->most_price) &&
                 result->projects[p].votes >= limits->least_votes));
    }
}

static void check_result(const TallyElection *election, const TallyOptions *options,
                         const TallyResult *result)
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
    require(result->added >= 0 && (result->added == 0 || options->misfit_share > 0));
    require(total == result->total_cost && total <= election->budget + result->added);
    require(result->left == election->budget + result->added - total);
    require(result->n_shares <= result->n_selected);
    check_limits(election, options, result, seen);
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
        check_result(&sketch->election, &sketch->options, &first);
        check_same(sketch, &first, turned, &second);
    }
    arena_destroy(arena);
    return 0;
}
