/* Sequential Phragmen. All loads are whole numbers over one denominator, which grows with each
 * selection by what the new load needs; the load of a voter is that of the last selection the voter
 * supports, so the sum over a project's supporters changes by (new load - old load) for each. */
#include <string.h>

#include "tally/profile.h"
#include "tally/rounds.h"

#define NOT_YET UINT32_MAX

typedef struct Phragmen {
    const RuleInput *in;
    const TallyElection *election;
    const Profile *profile;
    const int64_t *votes;
    const uint32_t *rank;
    int64_t left;
    bool *is_open; /* by project: neither selected nor left out */
    mpz_t denominator;
    mpz_t *sum;      /* by project: loads of its supporters x denominator */
    mpz_t *load;     /* by selection */
    uint32_t *last;  /* by group: its last selection, or NOT_YET */
    uint32_t *next;  /* by group, scratch: the groups with the same last selection */
    uint32_t *head;  /* by selection + 1 (0: none yet), scratch */
    int64_t *shared; /* by project, scratch: voters whose load rises from the same old one */
    mpz_t work;
    mpz_t other;
    uint32_t n_selected; /* by this rule */
} Phragmen;

static mpz_t *new_numbers(Arena *arena, uint32_t n)
{
    mpz_t *numbers = arena_alloc(arena, (size_t)n + 1, sizeof *numbers, _Alignof(mpz_t));
    for (uint32_t i = 0; i < n; i++) {
        mpz_init(numbers[i]);
    }
    return numbers;
}

static void open_projects(Phragmen *state)
{
    const RuleInput *in = state->in;
    bool with_unsupported = in->options->zero_support == TALLY_ZERO_INCLUDE;
    for (uint32_t p = 0; p < in->election->n_projects; p++) {
        state->is_open[p] = limits_is_open(in->limits, p) &&
                            in->election->projects[p].cost <= in->limits->budget &&
                            (state->votes[p] > 0 || with_unsupported);
    }
}

static void begin(const RuleInput *in, Phragmen *state)
{
    Arena *arena = in->arena;
    uint32_t n = in->election->n_projects;
    size_t groups = (size_t)state->profile->n_groups + 1;
    state->left = in->limits->budget;
    state->is_open = arena_array(arena, bool, (size_t)n + 1);
    state->sum = new_numbers(arena, n);
    state->load = new_numbers(arena, n);
    state->last = arena_array(arena, uint32_t, groups);
    state->next = arena_array(arena, uint32_t, groups);
    state->head = arena_array(arena, uint32_t, (size_t)n + 1);
    state->shared = arena_array(arena, int64_t, (size_t)n + 1);
    mpz_inits(state->denominator, state->work, state->other, NULL);
    mpz_set_ui(state->denominator, 1);
    memset(state->last, 0xFF, groups * sizeof *state->last);
    open_projects(state);
}

static void end(Phragmen *state)
{
    for (uint32_t p = 0; p < state->election->n_projects; p++) {
        mpz_clear(state->sum[p]);
        mpz_clear(state->load[p]);
    }
    mpz_clears(state->denominator, state->work, state->other, NULL);
}

/* out = (loads of the supporters + cost) x denominator: t x supporters. */
static void needed_by(const Phragmen *state, uint32_t project, mpz_t out)
{
    mpz_mul_si(out, state->denominator, state->election->projects[project].cost);
    mpz_add(out, out, state->sum[project]);
}

/* Sign of t(a) - t(b); unsupported projects are at infinity together. */
static int compare_loads(Phragmen *state, uint32_t a, uint32_t b)
{
    if (state->votes[a] == 0 || state->votes[b] == 0) {
        return (state->votes[a] == 0) - (state->votes[b] == 0);
    }
    needed_by(state, a, state->work);
    needed_by(state, b, state->other);
    mpz_mul_si(state->work, state->work, state->votes[b]);
    mpz_mul_si(state->other, state->other, state->votes[a]);
    return mpz_cmp(state->work, state->other);
}

/* The open project with the least t, first in the order of ties; false when there is none, or when
 * one that shares the least t costs more than is left. */
static bool choose(Phragmen *state, uint32_t *out)
{
    bool found = false;
    bool all_fit = true;
    uint32_t best = 0;
    for (uint32_t p = 0; p < state->election->n_projects; p++) {
        if (!state->is_open[p] || !limits_allow(state->in->limits, p)) {
            continue;
        }
        int order = found ? compare_loads(state, p, best) : -1;
        bool fits = state->election->projects[p].cost <= state->left;
        if (order < 0) {
            all_fit = fits;
        } else if (order == 0) {
            all_fit = all_fit && fits;
        }
        if (order < 0 || (order == 0 && state->rank[p] < state->rank[best])) {
            best = p;
        }
        found = true;
    }
    *out = best;
    return found && all_fit;
}

/* load[n_selected] = t(project); every number goes over the denominator it needs. */
static void set_load(Phragmen *state, uint32_t project)
{
    mpz_t *load = &state->load[state->n_selected];
    needed_by(state, project, *load);
    unsigned long votes = (unsigned long)state->votes[project];
    unsigned long common = mpz_sgn(*load) == 0 ? votes : mpz_gcd_ui(NULL, *load, votes);
    unsigned long widen = votes / common;
    mpz_divexact_ui(*load, *load, common);
    mpz_mul_ui(state->denominator, state->denominator, widen);
    for (uint32_t p = 0; p < state->election->n_projects && widen != 1; p++) {
        mpz_mul_ui(state->sum[p], state->sum[p], widen);
    }
    for (uint32_t j = 0; j < state->n_selected && widen != 1; j++) {
        mpz_mul_ui(state->load[j], state->load[j], widen);
    }
}

/* Sorts the supporters of a project into lists by their last selection. */
static void list_supporters(Phragmen *state, uint32_t project)
{
    const Profile *profile = state->profile;
    memset(state->head, 0xFF, ((size_t)state->n_selected + 1) * sizeof *state->head);
    for (uint32_t i = profile->column_start[project]; i < profile->column_start[project + 1]; i++) {
        uint32_t group = profile->column[i];
        uint32_t *head = &state->head[state->last[group] + 1];
        state->next[group] = *head;
        *head = group;
    }
}

/* The groups of one list now carry the new load: the sums of all they support rise. */
static void raise_list(Phragmen *state, uint32_t list)
{
    const Profile *profile = state->profile;
    for (uint32_t g = state->head[list]; g != NOT_YET; g = state->next[g]) {
        for (uint32_t i = profile->row_start[g]; i < profile->row_start[g + 1]; i++) {
            state->shared[profile->row[i]] += profile->weight[g];
        }
        state->last[g] = state->n_selected;
    }
    mpz_set(state->work, state->load[state->n_selected]);
    if (list > 0) {
        mpz_sub(state->work, state->work, state->load[list - 1]);
    }
    for (uint32_t p = 0; p < state->election->n_projects; p++) {
        if (state->shared[p] != 0) {
            mpz_t *sum = &state->sum[p];
            mpz_set_si(state->other, state->shared[p]);
            mpz_addmul(*sum, state->work, state->other);
            state->shared[p] = 0;
        }
    }
}

static void take(Phragmen *state, uint32_t project)
{
    if (state->votes[project] > 0) {
        set_load(state, project);
        list_supporters(state, project);
        for (uint32_t list = 0; list <= state->n_selected; list++) {
            if (state->head[list] != NOT_YET) {
                raise_list(state, list);
            }
        }
    }
    state->is_open[project] = false;
    state->left -= state->election->projects[project].cost;
    state->n_selected++;
    limits_take(state->in->limits, project);
}

static void explain(const Phragmen *state, TallyResult *out)
{
    const TallyElection *election = state->election;
    TallyExplanation *all = rules_explain(state->in, TALLY_STOPPED, out);
    mpq_t load;
    mpq_init(load);
    for (uint32_t i = 0; i < state->n_selected; i++) {
        uint32_t p = out->selected[out->n_first + i];
        if (state->votes[p] > 0) {
            mpz_set(mpq_numref(load), state->load[i]);
            mpz_set(mpq_denref(load), state->denominator);
            mpq_canonicalize(load);
            all[p].price = rules_text(state->in->arena, load, election->amount_decimals);
            all[p].payers = state->votes[p];
        }
    }
    mpq_clear(load);
    for (uint32_t p = 0; p < election->n_projects; p++) {
        bool is_dear = election->projects[p].cost > state->in->limits->budget;
        if (all[p].reason == TALLY_STOPPED && is_dear) {
            all[p].reason = TALLY_MISFIT;
        }
    }
}

static void keep_loads(const Phragmen *state, TallyResult *out)
{
    Arena *arena = state->in->arena;
    TallyMoney *money = rounds_new(arena, state->election, TALLY_UNIT_VOTES, out);
    money->is_load = true;
    rounds_keep(arena, state->denominator, &money->denominator);
    for (uint32_t i = 0; i < state->n_selected; i++) {
        uint32_t round = out->n_first + i;
        money->is_paid[round] = state->votes[out->selected[round]] > 0;
        rounds_keep(arena, state->load[i], &money->price[round]);
    }
}

void phragmen_run(const RuleInput *in, TallyResult *out)
{
    Profile profile;
    profile_build(in->arena, in->election, TALLY_UNIT_VOTES, &profile);
    Phragmen state = {.in = in,
                      .election = in->election,
                      .profile = &profile,
                      .votes = in->count->votes,
                      .rank = in->rank};
    begin(in, &state);
    uint32_t project = 0;
    while (choose(&state, &project)) {
        take(&state, project);
    }
    rules_select(in, out);
    explain(&state, out);
    keep_loads(&state, out);
    end(&state);
}
