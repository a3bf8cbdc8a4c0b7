#include "tally/count.h"

#include <stdlib.h>

TallyUnit tally_unit(TallyUtility utility)
{
    switch (utility) {
    case TALLY_UTILITY_POINTS:
    case TALLY_UTILITY_POINTS_COST:
        return TALLY_UNIT_POINTS;
    case TALLY_UTILITY_BORDA0:
    case TALLY_UTILITY_BORDA0_COST:
        return TALLY_UNIT_BORDA0;
    case TALLY_UTILITY_BORDA1:
    case TALLY_UTILITY_BORDA1_COST:
        return TALLY_UNIT_BORDA1;
    case TALLY_UTILITY_COST:
    case TALLY_UTILITY_COUNT:
        break;
    }
    return TALLY_UNIT_VOTES;
}

bool tally_times_cost(TallyUtility utility)
{
    return utility == TALLY_UTILITY_COST || utility == TALLY_UTILITY_POINTS_COST ||
           utility == TALLY_UTILITY_BORDA0_COST || utility == TALLY_UTILITY_BORDA1_COST;
}

static bool in_range(int64_t value)
{
    return value >= 0 && value <= TALLY_MAX;
}

static int compare_names(const void *a, const void *b)
{
    return str_compare(*(const Str *)a, *(const Str *)b);
}

static Error *check_names(Arena *arena, const TallyElection *election)
{
    ArenaMark mark = arena_mark(arena);
    Str *names = arena_array(arena, Str, election->n_projects);
    for (uint32_t p = 0; p < election->n_projects; p++) {
        names[p] = election->projects[p].name;
    }
    qsort(names, election->n_projects, sizeof *names, compare_names);
    Str twice = {0};
    for (uint32_t p = 1; p < election->n_projects && twice.data == NULL; p++) {
        twice = str_eq(names[p - 1], names[p]) ? names[p] : twice;
    }
    arena_rewind(arena, mark);
    if (twice.data != NULL) {
        return error_make(arena, ERROR_BAD_REQUEST, "two projects are named \"%.*s\"",
                          STR_ARG(twice));
    }
    return NULL;
}

static Error *check_projects(Arena *arena, const TallyElection *election)
{
    if (!in_range(election->budget)) {
        return error_make(arena, ERROR_BAD_REQUEST, "the budget is below zero or above 10^18");
    }
    for (uint32_t p = 0; p < election->n_projects; p++) {
        if (!in_range(election->projects[p].cost)) {
            return error_make(arena, ERROR_BAD_REQUEST,
                              "the cost of project \"%.*s\" is below zero or above 10^18",
                              STR_ARG(election->projects[p].name));
        }
    }
    if (election->n_projects == 0) {
        return NULL;
    }
    return check_names(arena, election);
}

static Error *check_utility(Arena *arena, const TallyElection *election, TallyUnit unit)
{
    if (unit == TALLY_UNIT_POINTS && election->kind != TALLY_BALLOTS_POINTS) {
        return error_make(arena, ERROR_BAD_REQUEST, "these ballots carry no points");
    }
    if ((unit == TALLY_UNIT_BORDA0 || unit == TALLY_UNIT_BORDA1) &&
        election->kind != TALLY_BALLOTS_RANKED) {
        return error_make(arena, ERROR_BAD_REQUEST, "these ballots are not ranked");
    }
    return NULL;
}

int64_t tally_weight(const TallyElection *election, uint32_t ballot)
{
    return election->weights == NULL ? 1 : election->weights[ballot];
}

static Error *sum_voters(Arena *arena, const TallyElection *election, int64_t *out)
{
    int64_t voters = 0;
    for (uint32_t b = 0; b < election->n_ballots; b++) {
        int64_t weight = tally_weight(election, b);
        if (weight < 1 || weight > TALLY_MAX - voters) {
            return error_make(arena, ERROR_BAD_REQUEST,
                              "ballot %u: its weight is below 1 or there are over 10^18 voters",
                              b + 1);
        }
        voters += weight;
    }
    *out = voters;
    return NULL;
}

/* Votes cannot overflow: no project is listed twice on a ballot, so they are at most the voters. */
static Error *sum_votes(Arena *arena, const TallyElection *election, int64_t *votes)
{
    ArenaMark mark = arena_mark(arena);
    uint32_t *listed_by = arena_array(arena, uint32_t, election->n_projects + 1);
    const char *wrong = NULL;
    uint32_t b = 0;
    for (; b < election->n_ballots && wrong == NULL; b++) {
        int64_t weight = tally_weight(election, b);
        if (election->start[b + 1] < election->start[b]) {
            wrong = "ends before it starts";
            break;
        }
        for (uint32_t i = election->start[b]; i < election->start[b + 1]; i++) {
            uint32_t p = election->choices[i];
            if (p >= election->n_projects || listed_by[p] == b + 1) {
                wrong = p >= election->n_projects ? "lists an unknown project"
                                                  : "lists a project twice";
                break;
            }
            listed_by[p] = b + 1;
            votes[p] += weight;
        }
    }
    arena_rewind(arena, mark);
    if (wrong != NULL) {
        return error_make(arena, ERROR_BAD_REQUEST, "a ballot (about number %u) %s", b, wrong);
    }
    return NULL;
}

int64_t tally_units(const TallyElection *election, TallyUnit unit, uint32_t ballot, uint32_t i)
{
    switch (unit) {
    case TALLY_UNIT_POINTS:
        return election->points[i];
    case TALLY_UNIT_BORDA0:
        return (int64_t)election->start[ballot + 1] - i - 1;
    case TALLY_UNIT_BORDA1:
        return (int64_t)election->start[ballot + 1] - i;
    case TALLY_UNIT_VOTES:
        break;
    }
    return 1;
}

static Error *sum_scores(Arena *arena, const TallyElection *election, TallyUnit unit,
                         int64_t *score)
{
    for (uint32_t b = 0; b < election->n_ballots; b++) {
        int64_t weight = tally_weight(election, b);
        for (uint32_t i = election->start[b]; i < election->start[b + 1]; i++) {
            int64_t units = tally_units(election, unit, b, i);
            int64_t *sum = &score[election->choices[i]];
            int64_t added = 0;
            if (units < 0 || __builtin_mul_overflow(units, weight, &added) ||
                added > TALLY_MAX - *sum) {
                return error_make(arena, ERROR_BAD_REQUEST,
                                  "ballot %u: points below zero or a sum of points above 10^18",
                                  b + 1);
            }
            *sum += added;
        }
    }
    return NULL;
}

Error *tally_count(Arena *arena, const TallyElection *election, TallyUnit unit, TallyCount *out)
{
    int64_t *votes = arena_array(arena, int64_t, (size_t)election->n_projects + 1);
    *out = (TallyCount){.votes = votes, .score = votes};
    Error *err = check_projects(arena, election);
    if (err) {
        return err;
    }
    err = check_utility(arena, election, unit);
    if (err) {
        return err;
    }
    err = sum_voters(arena, election, &out->voters);
    if (err) {
        return err;
    }
    err = sum_votes(arena, election, votes);
    if (err || unit == TALLY_UNIT_VOTES) {
        return err;
    }
    out->score = arena_array(arena, int64_t, (size_t)election->n_projects + 1);
    return sum_scores(arena, election, unit, out->score);
}
