/* Equal shares and Phragmen with a rational number for every ballot. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <gmp.h>

#include "tests/support/plain_rules.h"

/* ---- plain equal shares ---------------------------------------------------------------------- */

/* The sum of min(money, price x units) of all voters. */
static void collect(const PlainWorld *w, mpq_t *money, uint32_t p, const mpq_t price, mpq_t out)
{
    mpq_t part;
    mpq_init(part);
    mpq_set_ui(out, 0, 1);
    for (uint32_t b = 0; b < w->random->election.n_ballots; b++) {
        mpq_set_si(part, w->units[p][b], 1);
        mpq_mul(part, part, price);
        if (mpq_cmp(part, money[b]) > 0) {
            mpq_set(part, money[b]);
        }
        mpz_mul_si(mpq_numref(part), mpq_numref(part), w->random->weights[b]);
        mpq_canonicalize(part);
        mpq_add(out, out, part);
    }
    mpq_clear(part);
}

/* The least price at which the cost comes together. The sum is a line between the prices at which a
 * voter has no more: the last of them below the cost, and from there on straight. */
static bool plain_price(const PlainWorld *w, mpq_t *money, uint32_t p, mpq_t out)
{
    mpq_t from;
    mpq_t sum;
    mpq_t cost;
    mpq_t end;
    mpq_inits(from, sum, cost, end, NULL);
    mpq_set_si(cost, plain_cost(w, p), 1);
    bool reached = false;
    int64_t units = w->score[p];
    for (uint32_t b = 0; b < w->random->election.n_ballots; b++) {
        if (w->units[p][b] == 0) {
            continue;
        }
        mpq_set_si(end, 1, (unsigned long)w->units[p][b]);
        mpq_mul(end, end, money[b]);
        collect(w, money, p, end, sum);
        reached = reached || mpq_cmp(sum, cost) >= 0;
        if (mpq_cmp(sum, cost) < 0) {
            units -= w->random->weights[b] * w->units[p][b];
            if (mpq_cmp(end, from) > 0) {
                mpq_set(from, end);
            }
        }
    }
    if (reached) {
        collect(w, money, p, from, sum);
        mpq_sub(cost, cost, sum);
        mpq_set_si(end, 1, (unsigned long)units);
        mpq_mul(cost, cost, end);
        mpq_add(out, from, cost);
    }
    mpq_clears(from, sum, cost, end, NULL);
    return reached;
}

static uint32_t cheapest(const PlainWorld *w, mpq_t *money, mpq_t price)
{
    uint32_t best = MAX_PROJECTS;
    mpq_t tried;
    mpq_t rho;
    mpq_t best_rho;
    mpq_inits(tried, rho, best_rho, NULL);
    for (uint32_t p = 0; p < w->n; p++) {
        if (!plain_may_come(w, p) || w->score[p] == 0 || plain_cost(w, p) == 0 ||
            !plain_price(w, money, p, tried)) {
            continue;
        }
        mpq_set_si(rho, 1,
                   is_times_cost(w->random->options.utility) ? (unsigned long)plain_cost(w, p) : 1);
        mpq_mul(rho, rho, tried);
        int order = best == MAX_PROJECTS ? -1 : mpq_cmp(rho, best_rho);
        if (order < 0 || (order == 0 && w->place[p] < w->place[best])) {
            best = p;
            mpq_set(best_rho, rho);
            mpq_set(price, tried);
        }
    }
    mpq_clears(tried, rho, best_rho, NULL);
    return best;
}

/* Every supporter pays min(money, price x units). */
static void pay(const PlainWorld *w, mpq_t *money, uint32_t p, const mpq_t price)
{
    mpq_t paid;
    mpq_init(paid);
    for (uint32_t b = 0; b < w->random->election.n_ballots; b++) {
        mpq_set_si(paid, w->units[p][b], 1);
        mpq_mul(paid, paid, price);
        bool all = mpq_cmp(paid, money[b]) > 0;
        mpq_sub(money[b], money[b], all ? money[b] : paid);
    }
    mpq_clear(paid);
}

static int64_t plain_voters(const PlainWorld *w)
{
    int64_t voters = 0;
    for (uint32_t b = 0; b < w->random->election.n_ballots; b++) {
        voters += w->random->weights[b];
    }
    return voters;
}

/* Free projects with a sum of utilities above 0. */
static void plain_take_free(PlainWorld *w)
{
    bool times_cost = is_times_cost(w->random->options.utility);
    for (uint32_t place = 0; place < w->n && !times_cost; place++) {
        for (uint32_t p = 0; p < w->n; p++) {
            if (w->place[p] == place && plain_cost(w, p) == 0 && w->score[p] > 0 &&
                plain_may_come(w, p)) {
                plain_take(w, p);
            }
        }
    }
}

static void plain_shares_run(PlainWorld *w, const mpq_t endowment)
{
    mpq_t money[MAX_BALLOTS + EXTRA];
    mpq_t price;
    mpq_init(price);
    for (uint32_t b = 0; b < w->random->election.n_ballots; b++) {
        mpq_init(money[b]);
        mpq_set(money[b], endowment);
    }
    uint32_t p = cheapest(w, money, price);
    while (p != MAX_PROJECTS) {
        pay(w, money, p, price);
        plain_take(w, p);
        p = cheapest(w, money, price);
    }
    for (uint32_t b = 0; b < w->random->election.n_ballots; b++) {
        mpq_clear(money[b]);
    }
    mpq_clear(price);
}

/* Nothing is left that could be bought, or (add1e) that fits. */
static bool is_done(const PlainWorld *w, bool add1e)
{
    bool done = true;
    for (uint32_t p = 0; p < w->n; p++) {
        bool outside = plain_may_come(w, p) && w->score[p] > 0 && plain_cost(w, p) > 0;
        done = done && !(outside && (!add1e || plain_cost(w, p) <= w->left));
    }
    return done;
}

void plain_shares(PlainWorld *w)
{
    int64_t voters = plain_voters(w);
    int64_t budget = w->left;
    mpq_t endowment;
    mpq_t step;
    mpq_t limit;
    mpq_inits(endowment, step, limit, NULL);
    plain_take_free(w);
    PlainWorld before = *w;
    TallyCompletion completion = w->random->options.completion;
    bool add1e = completion == TALLY_COMPLETE_ADD1E || completion == TALLY_COMPLETE_ADD1E_GREEDY;
    bool raises = completion != TALLY_COMPLETE_NONE && completion != TALLY_COMPLETE_GREEDY;
    mpq_set_si(endowment, budget, voters > 0 ? (unsigned long)voters : 1);
    mpq_canonicalize(endowment);
    mpq_set_si(step, w->random->options.increment, 1);
    mpq_set_si(limit, budget, 1);
    mpq_add(limit, limit, endowment);
    plain_shares_run(w, endowment);
    while (raises && voters > 0 && !is_done(w, add1e)) {
        PlainWorld last = *w;
        *w = before;
        mpq_add(endowment, endowment, step);
        bool over = !add1e && mpq_cmp(endowment, limit) > 0;
        if (!over) {
            plain_shares_run(w, endowment);
        }
        if (over || w->left < 0) {
            *w = last;
            break;
        }
    }
    mpq_clears(endowment, step, limit, NULL);
    if (completion == TALLY_COMPLETE_GREEDY || completion == TALLY_COMPLETE_ADD1_GREEDY ||
        completion == TALLY_COMPLETE_ADD1E_GREEDY || completion == TALLY_COMPLETE_NEXT_GREEDY) {
        plain_greedy(w, 0);
    }
}

/* ---- plain bounded overspending -------------------------------------------------------------- */

typedef struct Share {
    mpq_t ratio; /* rho / alpha */
    mpq_t alpha;
    mpq_t price;
} Share;

/* The share at which the price of a unit is alpha x price = lambda; kept when it is better. */
static void try_share(const PlainWorld *w, mpq_t *money, uint32_t p, const mpq_t lambda,
                      Share *best)
{
    mpq_t alpha;
    mpq_t ratio;
    mpq_t cost;
    mpq_inits(alpha, ratio, cost, NULL);
    mpq_set_si(cost, plain_cost(w, p), 1);
    collect(w, money, p, lambda, alpha);
    mpq_div(alpha, alpha, cost);
    if (mpq_sgn(alpha) > 0 && mpq_cmp_si(alpha, 1, 1) <= 0) {
        mpq_div(ratio, lambda, alpha);
        mpq_div(ratio, ratio, alpha);
        if (is_times_cost(w->random->options.utility)) {
            mpq_div(ratio, ratio, cost);
        }
        int order = mpq_sgn(best->alpha) == 0 ? -1 : mpq_cmp(ratio, best->ratio);
        if (order < 0 || (order == 0 && mpq_cmp(alpha, best->alpha) > 0)) {
            mpq_set(best->ratio, ratio);
            mpq_set(best->alpha, alpha);
            mpq_div(best->price, lambda, alpha);
        }
    }
    mpq_clears(alpha, ratio, cost, NULL);
}

/* The best share: alpha 0 when nobody has money. */
static void best_share(const PlainWorld *w, mpq_t *money, uint32_t p, Share *out)
{
    mpq_t lambda;
    mpq_init(lambda);
    mpq_set_ui(out->alpha, 0, 1);
    for (uint32_t b = 0; b < w->random->election.n_ballots; b++) {
        if (w->units[p][b] > 0) {
            mpq_set_si(lambda, 1, (unsigned long)w->units[p][b]);
            mpq_mul(lambda, lambda, money[b]);
            try_share(w, money, p, lambda, out);
        }
    }
    if (plain_price(w, money, p, lambda)) {
        try_share(w, money, p, lambda, out);
    }
    mpq_clear(lambda);
}

static uint32_t best_of(const PlainWorld *w, mpq_t *money, mpq_t price)
{
    Share tried;
    Share best;
    mpq_inits(tried.ratio, tried.alpha, tried.price, best.ratio, best.alpha, best.price, NULL);
    uint32_t found = MAX_PROJECTS;
    for (uint32_t p = 0; p < w->n; p++) {
        int64_t cost = plain_cost(w, p);
        if (!plain_may_come(w, p) || cost == 0 || cost > w->left || w->score[p] == 0) {
            continue;
        }
        best_share(w, money, p, &tried);
        int order = found == MAX_PROJECTS ? -1 : mpq_cmp(tried.ratio, best.ratio);
        if (mpq_sgn(tried.alpha) > 0 &&
            (order < 0 || (order == 0 && w->place[p] < w->place[found]))) {
            found = p;
            mpq_set(best.ratio, tried.ratio);
            mpq_set(price, tried.price);
        }
    }
    mpq_clears(tried.ratio, tried.alpha, tried.price, best.ratio, best.alpha, best.price, NULL);
    return found;
}

void plain_bounded_overspending(PlainWorld *w)
{
    mpq_t money[MAX_BALLOTS + EXTRA];
    mpq_t price;
    int64_t budget = w->left;
    plain_take_free(w);
    mpq_init(price);
    for (uint32_t b = 0; b < w->random->election.n_ballots; b++) {
        mpq_init(money[b]);
        mpq_set_si(money[b], budget, (unsigned long)plain_voters(w));
        mpq_canonicalize(money[b]);
    }
    uint32_t p = best_of(w, money, price);
    while (p != MAX_PROJECTS) {
        pay(w, money, p, price);
        plain_take(w, p);
        p = best_of(w, money, price);
    }
    for (uint32_t b = 0; b < w->random->election.n_ballots; b++) {
        mpq_clear(money[b]);
    }
    mpq_clear(price);
    if (w->random->options.completion == TALLY_COMPLETE_GREEDY) {
        plain_greedy(w, 0);
    }
}

/* ---- plain Phragmen -------------------------------------------------------------------------- */

/* t(p); false when nobody lists it. */
static bool plain_load(const PlainWorld *w, mpq_t *loads, const bool listed[][MAX_BALLOTS + EXTRA],
                       uint32_t p, mpq_t out)
{
    mpq_t part;
    mpq_init(part);
    mpq_set_si(out, plain_cost(w, p), 1);
    for (uint32_t b = 0; b < w->random->election.n_ballots; b++) {
        mpq_set_si(part, listed[p][b] ? w->random->weights[b] : 0, 1);
        mpq_mul(part, part, loads[b]);
        mpq_add(out, out, part);
    }
    mpq_set_si(part, 1, w->votes[p] > 0 ? (unsigned long)w->votes[p] : 1);
    mpq_mul(out, out, part);
    mpq_clear(part);
    return w->votes[p] > 0;
}

/* The project with the least load, if bought next; MAX_PROJECTS when none may come. *out_all_fit is
 * false when one of the equally good ones costs more than is left. */
static uint32_t plain_lightest(const PlainWorld *w, mpq_t *loads,
                               bool listed[MAX_PROJECTS][MAX_BALLOTS + EXTRA], int64_t budget,
                               mpq_t *t, bool *out_all_fit)
{
    uint32_t best = MAX_PROJECTS;
    *out_all_fit = true;
    for (uint32_t p = 0; p < w->n; p++) {
        bool finite = plain_load(w, loads, listed, p, t[p]);
        if (!plain_may_come(w, p) || plain_cost(w, p) > budget ||
            (!finite && w->random->options.zero_support == TALLY_ZERO_EXCLUDE)) {
            continue;
        }
        int order = -1;
        if (best != MAX_PROJECTS) {
            bool other = w->votes[best] > 0;
            order = finite && other ? mpq_cmp(t[p], t[best]) : other - finite;
        }
        bool fits = plain_cost(w, p) <= w->left;
        *out_all_fit = order < 0 ? fits : *out_all_fit && (order > 0 || fits);
        best = order < 0 || (order == 0 && w->place[p] < w->place[best]) ? p : best;
    }
    return best;
}

void plain_phragmen(PlainWorld *w)
{
    const RandomElection *random = w->random;
    bool listed[MAX_PROJECTS][MAX_BALLOTS + EXTRA] = {{0}};
    mpq_t loads[MAX_BALLOTS + EXTRA];
    mpq_t t[MAX_PROJECTS];
    for (uint32_t b = 0; b < random->election.n_ballots; b++) {
        mpq_init(loads[b]);
        for (uint32_t i = random->start[b]; i < random->start[b + 1]; i++) {
            listed[random->choices[i]][b] = true;
        }
    }
    for (uint32_t p = 0; p < w->n; p++) {
        mpq_init(t[p]);
    }
    int64_t budget = w->left;
    bool goes_on = true;
    while (goes_on) {
        bool all_fit;
        uint32_t best = plain_lightest(w, loads, listed, budget, t, &all_fit);
        goes_on = best != MAX_PROJECTS && all_fit;
        for (uint32_t b = 0; b < random->election.n_ballots && goes_on; b++) {
            if (listed[best][b]) {
                mpq_set(loads[b], t[best]);
            }
        }
        if (goes_on) {
            plain_take(w, best);
        }
    }
    for (uint32_t b = 0; b < random->election.n_ballots; b++) {
        mpq_clear(loads[b]);
    }
    for (uint32_t p = 0; p < w->n; p++) {
        mpq_clear(t[p]);
    }
}
