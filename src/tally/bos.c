/* Equal shares with bounded overspending.
 *
 * Money of the voters is kept exactly, as whole numbers over one denominator that grows with a
 * purchase by what its price needs - but not when the supporters of a project pay all they have, as
 * most who overspend do. f below never falls from round to round, as money never rises, so a value
 * of an earlier round bounds it and most candidates need no look.
 */
#include <stdlib.h>
#include <string.h>

#include "tally/profile.h"
#include "tally/rounds.h"
#include "tally/rules.h"

/* The denominator may have this many binary digits; beyond, the election is refused. */
#define BITS_MOST ((size_t)1 << 16)

/* A group of voters that supports a project and has money left. */
typedef struct Payer {
    mpz_srcptr money;
    int64_t units;
    int64_t weight;
    uint32_t group;
} Payer;

typedef struct Candidate {
    uint32_t project;
    int64_t cost;
    int64_t factor; /* utility = units x factor */
    bool is_open;
    bool is_fresh;  /* f is of this round */
    bool takes_all; /* the best share is where the supporters pay all they have */
    mpq_t f;        /* rho / alpha; of this round or an earlier one */
    mpq_t price;    /* of one unit, rho x factor */
} Candidate;

typedef struct Bos {
    const RuleInput *in;
    Profile profile;
    int64_t left;
    mpz_t denominator;
    mpz_t *money; /* by group, x denominator */
    uint32_t n_candidates;
    Candidate *candidates;
    Payer *payers; /* scratch */
    /* By purchase of this rule: */
    uint32_t n_bought;
    const Candidate **bought;
    int64_t *n_payers;
    mpq_t *collected;
    mpz_t work[4];
    mpq_t f;
} Bos;

/* ---- memory -------------------------------------------------------------------------------- */

static void init_candidates(Bos *bos)
{
    const RuleInput *in = bos->in;
    bool times_cost = tally_times_cost(in->options->utility);
    for (uint32_t p = 0; p < in->election->n_projects; p++) {
        int64_t cost = in->election->projects[p].cost;
        if (limits_is_open(in->limits, p) && in->count->score[p] > 0 && cost > 0) {
            Candidate *candidate = &bos->candidates[bos->n_candidates++];
            *candidate = (Candidate){
                .project = p, .cost = cost, .factor = times_cost ? cost : 1, .is_open = true};
            mpq_inits(candidate->f, candidate->price, NULL);
        }
    }
    bos->collected = arena_alloc(in->arena, (size_t)bos->n_candidates + 1, sizeof *bos->collected,
                                 _Alignof(mpq_t));
    for (uint32_t c = 0; c < bos->n_candidates; c++) {
        mpq_init(bos->collected[c]);
    }
}

static void init(const RuleInput *in, Bos *out)
{
    *out = (Bos){.in = in, .left = in->limits->budget};
    profile_build(in->arena, in->election, tally_unit(in->options->utility), &out->profile);
    size_t n = (size_t)in->election->n_projects + 1;
    size_t groups = (size_t)out->profile.n_groups + 1;
    out->candidates = arena_array(in->arena, Candidate, n);
    out->bought = arena_array(in->arena, const Candidate *, n);
    out->n_payers = arena_array(in->arena, int64_t, n);
    out->payers = arena_array(in->arena, Payer, groups);
    out->money = arena_alloc(in->arena, groups, sizeof *out->money, _Alignof(mpz_t));
    mpz_init_set_si(out->denominator, in->count->voters > 0 ? in->count->voters : 1);
    for (uint32_t g = 0; g < out->profile.n_groups; g++) {
        mpz_init_set_si(out->money[g], in->limits->budget);
    }
    for (size_t i = 0; i < countof(out->work); i++) {
        mpz_init(out->work[i]);
    }
    mpq_init(out->f);
    init_candidates(out);
}

static void end(Bos *bos)
{
    for (uint32_t g = 0; g < bos->profile.n_groups; g++) {
        mpz_clear(bos->money[g]);
    }
    for (uint32_t c = 0; c < bos->n_candidates; c++) {
        mpq_clears(bos->candidates[c].f, bos->candidates[c].price, bos->collected[c], NULL);
    }
    for (size_t i = 0; i < countof(bos->work); i++) {
        mpz_clear(bos->work[i]);
    }
    mpz_clear(bos->denominator);
    mpq_clear(bos->f);
}

/* ---- one candidate ------------------------------------------------------------------------- */

/* By money per unit, the least first. */
static int compare_payers(const void *left, const void *right)
{
    const Payer *a = left;
    const Payer *b = right;
    if (a->units == b->units) {
        return mpz_cmp(a->money, b->money);
    }
    mpz_t x;
    mpz_t y;
    mpz_inits(x, y, NULL);
    mpz_mul_si(x, a->money, b->units);
    mpz_mul_si(y, b->money, a->units);
    int order = mpz_cmp(x, y);
    mpz_clears(x, y, NULL);
    return order;
}

static uint32_t list_payers(Bos *bos, uint32_t project)
{
    const Profile *profile = &bos->profile;
    uint32_t n = 0;
    for (uint32_t i = profile->column_start[project]; i < profile->column_start[project + 1]; i++) {
        uint32_t group = profile->column[i];
        if (mpz_sgn(bos->money[group]) > 0) {
            bos->payers[n++] =
                (Payer){.money = bos->money[group],
                        .units = profile->column_units == NULL ? 1 : profile->column_units[i],
                        .weight = profile->weight[group],
                        .group = group};
        }
    }
    qsort(bos->payers, n, sizeof *bos->payers, compare_payers);
    return n;
}

/* Takes the tried f and price (numerator work[2], denominator work[3]) when f is the least. */
static void keep_less(Bos *bos, Candidate *candidate, bool *is_first)
{
    mpq_canonicalize(bos->f);
    if (*is_first || mpq_cmp(bos->f, candidate->f) <= 0) {
        mpq_set(candidate->f, bos->f);
        mpz_set(mpq_numref(candidate->price), bos->work[2]);
        mpz_set(mpq_denref(candidate->price), bos->work[3]);
        mpq_canonicalize(candidate->price);
    }
    *is_first = false;
}

/* The whole cost, paid by (cost - money of those before) / units of the rest: alpha = 1.
 * work[0] = money of those before. */
static void try_whole(Bos *bos, Candidate *candidate, int64_t units, bool *is_first)
{
    mpz_mul_si(bos->work[2], bos->denominator, candidate->cost);
    mpz_sub(bos->work[2], bos->work[2], bos->work[0]);
    mpz_mul_si(bos->work[3], bos->denominator, units);
    mpz_set(mpq_numref(bos->f), bos->work[2]);
    mpz_mul_si(mpq_denref(bos->f), bos->work[3], candidate->factor);
    keep_less(bos, candidate, is_first);
}

/* Part of the cost, at the share where payer k pays all: with X = money before x units of k + money
 * of k x units of the rest, collected = X / (units of k x denominator), alpha = collected / cost,
 * price = money of k x cost / X, f = price / (factor x alpha). */
static void try_part(Bos *bos, Candidate *candidate, const Payer *k, int64_t units, bool *is_first)
{
    mpz_mul_si(bos->work[3], bos->work[0], k->units);
    mpz_mul_si(bos->work[1], k->money, units);
    mpz_add(bos->work[3], bos->work[3], bos->work[1]);
    mpz_mul_si(bos->work[2], k->money, candidate->cost);
    mpz_mul(mpq_numref(bos->f), bos->work[2], bos->denominator);
    mpz_mul_si(mpq_numref(bos->f), mpq_numref(bos->f), candidate->cost);
    mpz_mul_si(mpq_numref(bos->f), mpq_numref(bos->f), k->units);
    mpz_mul(mpq_denref(bos->f), bos->work[3], bos->work[3]);
    mpz_mul_si(mpq_denref(bos->f), mpq_denref(bos->f), candidate->factor);
    keep_less(bos, candidate, is_first);
}

/* cost <= money before + money of k per unit x units of the rest */
static bool reaches_cost(Bos *bos, const Candidate *candidate, const Payer *k, int64_t units)
{
    mpz_mul_si(bos->work[1], bos->denominator, candidate->cost);
    mpz_sub(bos->work[1], bos->work[1], bos->work[0]);
    mpz_mul_si(bos->work[1], bos->work[1], k->units);
    mpz_mul_si(bos->work[2], k->money, units);
    return mpz_cmp(bos->work[1], bos->work[2]) <= 0;
}

/* The least f of this round, and its price; false when no supporter has money. Between the shares
 * at which a payer runs out f = lambda / alpha^2 has no minimum (there alpha = (a + b lambda) /
 * cost with a >= 0, and f first rises, then falls), so only those shares are tried. */
static bool evaluate(Bos *bos, Candidate *candidate)
{
    uint32_t n = list_payers(bos, candidate->project);
    int64_t units = 0; /* at most the score: within TALLY_MAX */
    for (uint32_t i = 0; i < n; i++) {
        units += bos->payers[i].weight * bos->payers[i].units;
    }
    bool is_first = true;
    mpz_set_ui(bos->work[0], 0);
    for (uint32_t i = 0; i < n; i++) {
        const Payer *k = &bos->payers[i];
        bool same = i > 0 && compare_payers(k, k - 1) == 0;
        if (!same && reaches_cost(bos, candidate, k, units)) {
            try_whole(bos, candidate, units, &is_first);
            break;
        }
        if (!same) {
            try_part(bos, candidate, k, units, &is_first);
        }
        mpz_addmul_ui(bos->work[0], k->money, (unsigned long)k->weight);
        units -= k->weight * k->units;
    }
    candidate->is_fresh = true;
    return n > 0;
}

/* ---- rounds -------------------------------------------------------------------------------- */

static bool may_come(const Bos *bos, const Candidate *candidate)
{
    return candidate->is_open && candidate->cost <= bos->left &&
           limits_allow(bos->in->limits, candidate->project);
}

/* The one not yet looked at this round whose f was least. */
static Candidate *next_to_visit(const Bos *bos)
{
    Candidate *least = NULL;
    for (uint32_t c = 0; c < bos->n_candidates; c++) {
        Candidate *candidate = &bos->candidates[c];
        if (may_come(bos, candidate) && !candidate->is_fresh &&
            (least == NULL || mpq_cmp(candidate->f, least->f) < 0)) {
            least = candidate;
        }
    }
    return least;
}

static Candidate *choose(Bos *bos)
{
    const uint32_t *rank = bos->in->rank;
    for (uint32_t c = 0; c < bos->n_candidates; c++) {
        bos->candidates[c].is_fresh = false;
    }
    Candidate *best = NULL;
    Candidate *visited = next_to_visit(bos);
    while (visited != NULL && (best == NULL || mpq_cmp(visited->f, best->f) <= 0)) {
        visited->is_open = evaluate(bos, visited);
        if (visited->is_open) {
            int order = best == NULL ? -1 : mpq_cmp(visited->f, best->f);
            bool earlier = best != NULL && rank[visited->project] < rank[best->project];
            best = order < 0 || (order == 0 && earlier) ? visited : best;
        }
        visited = next_to_visit(bos);
    }
    return best;
}

/* Sign of (money of a payer) - (price x its units); work[0] = price x denominator of the price x
 * denominator of money. */
static bool keeps_some(Bos *bos, const Payer *payer, const Candidate *winner)
{
    mpz_mul(bos->work[1], payer->money, mpq_denref(winner->price));
    mpz_mul_si(bos->work[2], bos->work[0], payer->units);
    return mpz_cmp(bos->work[1], bos->work[2]) > 0;
}

static void add_collected(Bos *bos, const Payer *payer, const Candidate *winner, bool keeps)
{
    mpq_t *sum = &bos->collected[bos->n_bought];
    if (keeps) {
        mpz_mul_si(mpq_numref(bos->f), mpq_numref(winner->price), payer->units);
        mpz_set(mpq_denref(bos->f), mpq_denref(winner->price));
    } else {
        mpz_set(mpq_numref(bos->f), payer->money);
        mpz_set(mpq_denref(bos->f), bos->denominator);
    }
    mpz_mul_si(mpq_numref(bos->f), mpq_numref(bos->f), payer->weight);
    mpq_canonicalize(bos->f);
    mpq_add(*sum, *sum, bos->f);
}

/* Widens every number by the part of the price's denominator that is missing. */
static void widen(Bos *bos, const Candidate *winner)
{
    mpz_gcd(bos->work[1], bos->denominator, mpq_denref(winner->price));
    mpz_divexact(bos->work[1], mpq_denref(winner->price), bos->work[1]);
    if (mpz_cmp_ui(bos->work[1], 1) != 0) {
        mpz_mul(bos->denominator, bos->denominator, bos->work[1]);
        for (uint32_t g = 0; g < bos->profile.n_groups; g++) {
            mpz_mul(bos->money[g], bos->money[g], bos->work[1]);
        }
    }
}

/* Every supporter pays min(money, price x units). */
static void take_money(Bos *bos, Candidate *winner)
{
    uint32_t n = list_payers(bos, winner->project);
    uint32_t kept = 0;
    mpz_mul(bos->work[0], mpq_numref(winner->price), bos->denominator);
    for (uint32_t i = 0; i < n; i++) {
        const Payer *payer = &bos->payers[i];
        bool keeps = keeps_some(bos, payer, winner);
        bos->n_payers[bos->n_bought] += payer->weight;
        add_collected(bos, payer, winner, keeps);
        if (keeps) {
            bos->payers[kept++] = *payer;
        } else {
            mpz_set_ui(bos->money[payer->group], 0);
        }
    }
    winner->takes_all = kept == 0;
    if (kept > 0) {
        widen(bos, winner);
        mpz_mul(bos->work[0], mpq_numref(winner->price), bos->denominator);
        mpz_divexact(bos->work[0], bos->work[0], mpq_denref(winner->price));
    }
    for (uint32_t i = 0; i < kept; i++) {
        mpz_submul_ui(bos->money[bos->payers[i].group], bos->work[0],
                      (unsigned long)bos->payers[i].units);
    }
}

static void buy(Bos *bos, Candidate *winner)
{
    take_money(bos, winner);
    winner->is_open = false;
    bos->left -= winner->cost;
    bos->bought[bos->n_bought++] = winner;
    limits_take(bos->in->limits, winner->project);
}

/* ---- the result ---------------------------------------------------------------------------- */

static Str text_of(const Bos *bos, const mpq_t value, bool of_unit)
{
    const TallyElection *election = bos->in->election;
    bool has_points = of_unit && tally_unit(bos->in->options->utility) == TALLY_UNIT_POINTS;
    return rules_text(bos->in->arena, value,
                      election->amount_decimals - (has_points ? election->points_decimals : 0));
}

static Str left_to(Bos *bos, uint32_t project)
{
    uint32_t n = list_payers(bos, project);
    mpz_set_ui(bos->work[0], 0);
    for (uint32_t i = 0; i < n; i++) {
        mpz_addmul_ui(bos->work[0], bos->payers[i].money, (unsigned long)bos->payers[i].weight);
    }
    mpz_set(mpq_numref(bos->f), bos->work[0]);
    mpz_set(mpq_denref(bos->f), bos->denominator);
    mpq_canonicalize(bos->f);
    return text_of(bos, bos->f, false);
}

static void explain(Bos *bos, TallyResult *out)
{
    TallyExplanation *all = rules_explain(bos->in, TALLY_UNAFFORDABLE, out);
    for (uint32_t j = 0; j < bos->n_bought; j++) {
        TallyExplanation *why = &all[bos->bought[j]->project];
        why->price = text_of(bos, bos->bought[j]->price, true);
        why->payers = bos->n_payers[j];
        why->collected = text_of(bos, bos->collected[j], false);
    }
    for (uint32_t c = 0; c < bos->n_candidates; c++) {
        TallyExplanation *why = &all[bos->candidates[c].project];
        if (why->reason == TALLY_SELECTED) {
            continue;
        }
        why->supporters_left = left_to(bos, bos->candidates[c].project);
        bool is_dear = bos->candidates[c].cost > out->left;
        why->reason = why->reason == TALLY_UNAFFORDABLE && is_dear ? TALLY_MISFIT : why->reason;
    }
    for (uint32_t i = out->n_shares; i < out->n_selected; i++) {
        all[out->selected[i]].by_completion = true;
    }
}

/* A price that took all that every payer had may be rounded up: a higher one takes as much. */
static void keep_money(Bos *bos, TallyResult *out)
{
    const RuleInput *in = bos->in;
    TallyMoney *money = rounds_new(in->arena, in->election, tally_unit(in->options->utility), out);
    rounds_keep(in->arena, bos->denominator, &money->denominator);
    mpz_mul_si(bos->work[0], bos->denominator, in->limits->budget);
    mpz_divexact_ui(bos->work[0], bos->work[0], (unsigned long)in->count->voters);
    rounds_keep(in->arena, bos->work[0], &money->endowment);
    for (uint32_t j = 0; j < bos->n_bought; j++) {
        uint32_t round = out->n_shares - bos->n_bought + j;
        money->is_paid[round] = true;
        mpz_mul(bos->work[0], mpq_numref(bos->bought[j]->price), bos->denominator);
        mpz_cdiv_q(bos->work[0], bos->work[0], mpq_denref(bos->bought[j]->price));
        rounds_keep(in->arena, bos->work[0], &money->price[round]);
    }
}

Error *bos_run(const RuleInput *in, TallyResult *out)
{
    TallyCompletion completion = in->options->completion;
    if (completion != TALLY_COMPLETE_NONE && completion != TALLY_COMPLETE_GREEDY) {
        return error_make(in->arena, ERROR_BAD_REQUEST,
                          "bounded overspending is completed by greedy or not at all");
    }
    Bos bos;
    rules_take_free(in);
    init(in, &bos);
    bool fits = true;
    for (Candidate *winner = choose(&bos); winner != NULL && fits; winner = choose(&bos)) {
        buy(&bos, winner);
        fits = mpz_sizeinbase(bos.denominator, 2) <= BITS_MOST;
    }
    if (fits) {
        out->n_shares = in->limits->n_taken;
        mpq_set_si(bos.f, in->limits->budget,
                   in->count->voters > 0 ? (unsigned long)in->count->voters : 1);
        mpq_canonicalize(bos.f);
        out->endowment = text_of(&bos, bos.f, false);
        out->steps = STR("0");
        if (completion == TALLY_COMPLETE_GREEDY) {
            greedy_fill(in, bos.left);
        }
        rules_select(in, out);
        explain(&bos, out);
        if (in->count->voters > 0) {
            keep_money(&bos, out);
        }
    }
    end(&bos);
    return fits ? NULL
                : error_make(in->arena, ERROR_BAD_REQUEST,
                             "the exact amounts of this election grow too long");
}
