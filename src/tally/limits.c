#include "tally/limits.h"

#include <string.h>

TallyConstraint tally_group(Str name, const uint32_t *projects, uint32_t n_projects)
{
    return (TallyConstraint){.name = name,
                             .projects = projects,
                             .n_projects = n_projects,
                             .most_cost = TALLY_MAX,
                             .most_number = UINT32_MAX};
}

/* ---- checks -------------------------------------------------------------------------------- */

static const char *wrong_numbers(const TallyConstraint *constraint)
{
    if (constraint->least_cost < 0 || constraint->most_cost < 0 ||
        constraint->most_cost > TALLY_MAX) {
        return "has an amount below zero or above 10^18";
    }
    if (constraint->least_cost > constraint->most_cost ||
        constraint->least_number > constraint->most_number) {
        return "has a floor above its cap";
    }
    return NULL;
}

static const char *wrong_projects(Arena *arena, const TallyElection *election,
                                  const TallyConstraint *constraint)
{
    ArenaMark mark = arena_mark(arena);
    bool *seen = arena_array(arena, bool, (size_t)election->n_projects + 1);
    const char *wrong = NULL;
    for (uint32_t i = 0; i < constraint->n_projects && wrong == NULL; i++) {
        uint32_t p = constraint->projects[i];
        if (p >= election->n_projects) {
            wrong = "lists an unknown project";
        } else {
            wrong = seen[p] ? "lists a project twice" : NULL;
            seen[p] = true;
        }
    }
    arena_rewind(arena, mark);
    return wrong;
}

static Error *check(Arena *arena, const TallyElection *election, const TallyLimits *given)
{
    if (given->least_price < 0 || given->most_price < 0 || given->least_votes < 0) {
        return error_make(arena, ERROR_BAD_REQUEST, "a limit of price or votes is below zero");
    }
    if (given->most_price > 0 && given->least_price > given->most_price) {
        return error_make(arena, ERROR_BAD_REQUEST, "the least price is above the most");
    }
    for (uint32_t c = 0; c < given->n_constraints; c++) {
        const TallyConstraint *constraint = &given->constraints[c];
        const char *wrong = wrong_numbers(constraint);
        wrong = wrong == NULL ? wrong_projects(arena, election, constraint) : wrong;
        if (wrong != NULL) {
            return error_make(arena, ERROR_BAD_REQUEST, "the constraint \"%.*s\" %s",
                              STR_ARG(constraint->name), wrong);
        }
    }
    return NULL;
}

/* ---- the start ----------------------------------------------------------------------------- */

/* The constraints of each project, rising. */
static void list_members(Arena *arena, Limits *limits)
{
    const TallyLimits *given = limits->given;
    size_t n = limits->election->n_projects;
    size_t total = 0;
    limits->member_start = arena_array(arena, uint32_t, n + 2);
    for (uint32_t c = 0; c < given->n_constraints; c++) {
        for (uint32_t i = 0; i < given->constraints[c].n_projects; i++) {
            limits->member_start[given->constraints[c].projects[i] + 2]++;
            total++;
        }
    }
    for (size_t p = 2; p <= n; p++) {
        limits->member_start[p] += limits->member_start[p - 1];
    }
    limits->member = arena_array(arena, uint32_t, total + 1);
    for (uint32_t c = 0; c < given->n_constraints; c++) {
        for (uint32_t i = 0; i < given->constraints[c].n_projects; i++) {
            limits->member[limits->member_start[given->constraints[c].projects[i] + 1]++] = c;
        }
    }
}

static TallyReason why_left_out(const TallyLimits *given, uint32_t project, int64_t cost,
                                int64_t votes)
{
    if (given->decisions != NULL && given->decisions[project] == TALLY_DECIDED_OUT) {
        return TALLY_WITHDRAWN;
    }
    if (cost < given->least_price || (given->most_price > 0 && cost > given->most_price)) {
        return TALLY_PRICE;
    }
    return votes < given->least_votes ? TALLY_FEW_VOTES : TALLY_SELECTED;
}

static Error *take_decided(Arena *arena, Limits *limits, const uint32_t *by_rank)
{
    const TallyElection *election = limits->election;
    for (uint32_t i = 0; i < election->n_projects; i++) {
        uint32_t p = by_rank[i];
        if (limits->given->decisions == NULL || limits->given->decisions[p] != TALLY_DECIDED_IN) {
            continue;
        }
        if (election->projects[p].cost > limits->budget || !limits_allow(limits, p)) {
            return error_make(arena, ERROR_BAD_REQUEST,
                              "the projects already decided break the budget or a cap: \"%.*s\"",
                              STR_ARG(election->projects[p].name));
        }
        limits_take_first(limits, p);
    }
    return NULL;
}

Error *limits_init(Arena *arena, const TallyElection *election, const TallyLimits *given,
                   const TallyCount *count, const uint32_t *rank, Limits *out)
{
    Error *err = check(arena, election, given);
    if (err) {
        return err;
    }
    size_t n = (size_t)election->n_projects + 1;
    size_t constraints = (size_t)given->n_constraints + 1;
    *out = (Limits){.election = election,
                    .given = given,
                    .budget = election->budget,
                    .left_out = arena_array(arena, TallyReason, n),
                    .for_floor = arena_array(arena, uint32_t, n),
                    .is_taken = arena_array(arena, bool, n),
                    .use = arena_array(arena, TallyGroupUse, constraints),
                    .marked = arena_array(arena, TallyGroupUse, constraints),
                    .taken = arena_array(arena, uint32_t, n)};
    memset(out->for_floor, 0xFF, n * sizeof *out->for_floor);
    list_members(arena, out);
    uint32_t *by_rank = arena_array(arena, uint32_t, n);
    for (uint32_t p = 0; p < election->n_projects; p++) {
        by_rank[rank[p]] = p;
        out->left_out[p] = why_left_out(given, p, election->projects[p].cost, count->votes[p]);
    }
    return take_decided(arena, out, by_rank);
}

/* ---- while a rule runs --------------------------------------------------------------------- */

bool limits_is_open(const Limits *limits, uint32_t project)
{
    return limits->left_out[project] == TALLY_SELECTED && !limits->is_taken[project];
}

uint32_t limits_broken_by(const Limits *limits, uint32_t project, int64_t cost)
{
    for (uint32_t i = limits->member_start[project]; i < limits->member_start[project + 1]; i++) {
        uint32_t c = limits->member[i];
        const TallyConstraint *constraint = &limits->given->constraints[c];
        if (cost > constraint->most_cost - limits->use[c].cost ||
            limits->use[c].number >= constraint->most_number) {
            return c;
        }
    }
    return TALLY_NO_CONSTRAINT;
}

bool limits_allow(const Limits *limits, uint32_t project)
{
    int64_t cost = limits->election->projects[project].cost;
    return limits_broken_by(limits, project, cost) == TALLY_NO_CONSTRAINT;
}

void limits_take(Limits *limits, uint32_t project)
{
    limits->is_taken[project] = true;
    limits->taken[limits->n_taken++] = project;
    for (uint32_t i = limits->member_start[project]; i < limits->member_start[project + 1]; i++) {
        TallyGroupUse *use = &limits->use[limits->member[i]];
        use->cost += limits->election->projects[project].cost;
        use->number++;
    }
}

void limits_take_first(Limits *limits, uint32_t project)
{
    limits_take(limits, project);
    limits->budget -= limits->election->projects[project].cost;
    limits->n_first++;
}

bool limits_is_below_floor(const Limits *limits, uint32_t constraint)
{
    const TallyConstraint *given = &limits->given->constraints[constraint];
    return limits->use[constraint].cost < given->least_cost ||
           limits->use[constraint].number < given->least_number;
}

void limits_mark(Limits *limits)
{
    limits->n_marked = limits->n_taken;
    memcpy(limits->marked, limits->use, limits->given->n_constraints * sizeof *limits->use);
}

void limits_reset(Limits *limits)
{
    for (uint32_t i = limits->n_marked; i < limits->n_taken; i++) {
        limits->is_taken[limits->taken[i]] = false;
    }
    limits->n_taken = limits->n_marked;
    memcpy(limits->use, limits->marked, limits->given->n_constraints * sizeof *limits->use);
}

bool limits_has_floors(const Limits *limits)
{
    bool has = false;
    for (uint32_t c = 0; c < limits->given->n_constraints; c++) {
        const TallyConstraint *given = &limits->given->constraints[c];
        has = has || given->least_cost > 0 || given->least_number > 0;
    }
    return has;
}
