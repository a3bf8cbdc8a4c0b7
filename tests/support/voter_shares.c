#include "tests/support/voter_shares.h"

#include <gmp.h>
#include <stdlib.h>

/* One voter each, equal ballots not merged. */
typedef struct Plain {
    const TallyElection *election;
    uint32_t n_voters;
    mpq_t *money;
    uint32_t *start;      /* by project */
    uint32_t *supporters; /* voters */
} Plain;

static uint32_t weight_of(const TallyElection *election, uint32_t ballot)
{
    return election->weights == NULL ? 1 : (uint32_t)election->weights[ballot];
}

static void *room(size_t count, size_t size)
{
    void *memory = calloc(count + 1, size);
    require(memory != NULL);
    return memory;
}

static void list_supporters(Plain *plain)
{
    const TallyElection *election = plain->election;
    plain->start = room((size_t)election->n_projects + 2, sizeof *plain->start);
    for (uint32_t b = 0; b < election->n_ballots; b++) {
        plain->n_voters += weight_of(election, b);
        for (uint32_t i = election->start[b]; i < election->start[b + 1]; i++) {
            plain->start[election->choices[i] + 2] += weight_of(election, b);
        }
    }
    for (uint32_t p = 2; p <= election->n_projects + 1; p++) {
        plain->start[p] += plain->start[p - 1];
    }
    plain->supporters = room(plain->start[election->n_projects + 1], sizeof *plain->supporters);
    uint32_t voter = 0;
    for (uint32_t b = 0; b < election->n_ballots; b++) {
        for (uint32_t w = 0; w < weight_of(election, b); w++, voter++) {
            for (uint32_t i = election->start[b]; i < election->start[b + 1]; i++) {
                plain->supporters[plain->start[election->choices[i] + 1]++] = voter;
            }
        }
    }
}

static int compare_money(const void *a, const void *b, void *context)
{
    const Plain *plain = context;
    return mpq_cmp(plain->money[*(const uint32_t *)a], plain->money[*(const uint32_t *)b]);
}

/* What each supporter pays at most; false when they cannot pay together. */
static bool payment(Plain *plain, uint32_t project, mpq_t out)
{
    uint32_t *first = plain->supporters + plain->start[project];
    uint32_t count = plain->start[project + 1] - plain->start[project];
    qsort_r(first, count, sizeof *first, compare_money, plain);
    mpq_t rest;
    mpq_t heads;
    mpq_inits(rest, heads, NULL);
    mpq_set_si(rest, plain->election->projects[project].cost, 1);
    bool found = false;
    for (uint32_t i = 0; i < count && !found; i++) {
        mpq_set_ui(heads, count - i, 1);
        mpq_div(out, rest, heads);
        found = mpq_cmp(out, plain->money[first[i]]) <= 0;
        mpq_sub(rest, rest, plain->money[first[i]]);
    }
    mpq_clears(rest, heads, NULL);
    return found;
}

static void pay(Plain *plain, uint32_t project, const mpq_t most)
{
    for (uint32_t i = plain->start[project]; i < plain->start[project + 1]; i++) {
        mpq_t *money = &plain->money[plain->supporters[i]];
        if (mpq_cmp(*money, most) <= 0) {
            mpq_set_ui(*money, 0, 1);
        } else {
            mpq_sub(*money, *money, most);
        }
    }
}

/* The project with the smallest payment per cost, or n_projects. */
static uint32_t choose(Plain *plain, const bool *taken, mpq_t best_payment)
{
    const TallyElection *election = plain->election;
    uint32_t best = election->n_projects;
    mpq_t most;
    mpq_t price;
    mpq_t best_price;
    mpq_inits(most, price, best_price, NULL);
    for (uint32_t p = 0; p < election->n_projects; p++) {
        if (taken[p] || !payment(plain, p, most)) {
            continue;
        }
        mpq_set_si(price, election->projects[p].cost, 1);
        mpq_div(price, most, price);
        int order = best == election->n_projects ? -1 : mpq_cmp(price, best_price);
        if (order < 0 || (order == 0 && str_compare(election->projects[p].name,
                                                    election->projects[best].name) < 0)) {
            best = p;
            mpq_set(best_price, price);
            mpq_set(best_payment, most);
        }
    }
    mpq_clears(most, price, best_price, NULL);
    return best;
}

uint32_t voter_shares(const TallyElection *election, uint32_t *selected)
{
    Plain plain = {.election = election};
    list_supporters(&plain);
    plain.money = room(plain.n_voters, sizeof *plain.money);
    for (uint32_t v = 0; v < plain.n_voters; v++) {
        mpq_init(plain.money[v]);
        mpq_set_si(plain.money[v], election->budget, plain.n_voters);
        mpq_canonicalize(plain.money[v]);
    }
    bool *taken = room(election->n_projects, sizeof *taken);
    mpq_t most;
    mpq_init(most);
    uint32_t n_selected = 0;
    for (uint32_t p = choose(&plain, taken, most); p < election->n_projects;
         p = choose(&plain, taken, most)) {
        pay(&plain, p, most);
        taken[p] = true;
        selected[n_selected++] = p;
    }
    mpq_clear(most);
    for (uint32_t v = 0; v < plain.n_voters; v++) {
        mpq_clear(plain.money[v]);
    }
    free(taken);
    free(plain.money);
    free(plain.start);
    free(plain.supporters);
    return n_selected;
}
