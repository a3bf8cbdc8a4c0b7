#include "tally/rounds.h"

#include <stdlib.h>
#include <string.h>

void rounds_keep(Arena *arena, const mpz_t value, mpz_t *out)
{
    size_t limbs = mpz_size(value);
    mp_limb_t *copy = arena_array(arena, mp_limb_t, limbs + 1);
    memcpy(copy, mpz_limbs_read(value), limbs * sizeof *copy);
    mpz_roinit_n(*out, copy, (mp_size_t)limbs * mpz_sgn(value));
}

static void keep_small(Arena *arena, unsigned long value, mpz_t *out)
{
    mpz_t number;
    mpz_init_set_ui(number, value);
    rounds_keep(arena, number, out);
    mpz_clear(number);
}

TallyMoney *rounds_new(Arena *arena, const TallyElection *election, TallyUnit unit,
                       TallyResult *out)
{
    size_t rounds = (size_t)out->n_selected + 1;
    TallyMoney *money = arena_new(arena, TallyMoney);
    money->unit = unit;
    money->n_rounds = out->n_selected;
    money->is_paid = arena_array(arena, bool, rounds);
    money->price = arena_alloc(arena, rounds, sizeof *money->price, _Alignof(mpz_t));
    money->round = arena_array(arena, uint32_t, (size_t)election->n_projects + 1);
    memset(money->round, 0xFF, election->n_projects * sizeof *money->round);
    keep_small(arena, 1, &money->denominator);
    keep_small(arena, 0, &money->endowment);
    for (uint32_t r = 0; r < out->n_selected; r++) {
        keep_small(arena, 0, &money->price[r]);
        money->round[out->selected[r]] = r;
    }
    out->money = money;
    return money;
}

static TallyFunding funding_of(const Limits *limits, const TallyResult *result, uint32_t round)
{
    if (round < result->n_first) {
        uint32_t constraint = limits->for_floor[result->selected[round]];
        return constraint == TALLY_NO_CONSTRAINT ? TALLY_FUNDED_DECIDED : TALLY_FUNDED_FLOOR;
    }
    if (result->money != NULL && result->money->is_paid[round]) {
        return TALLY_FUNDED_VOTERS;
    }
    return round < result->n_shares ? TALLY_FUNDED_FREE : TALLY_FUNDED_BUDGET;
}

void rounds_fill(const RuleInput *in, TallyResult *out)
{
    TallyRound *rounds = arena_array(in->arena, TallyRound, (size_t)out->n_selected + 1);
    int64_t left = in->election->budget;
    for (uint32_t r = 0; r < out->n_selected; r++) {
        uint32_t p = out->selected[r];
        rounds[r] = (TallyRound){.project = p,
                                 .funding = funding_of(in->limits, out, r),
                                 .left_before = left,
                                 .price = out->projects[p].price,
                                 .payers = out->projects[p].payers};
        int64_t cost = in->election->projects[p].cost;
        left = cost < left ? left - cost : 0; /* more is paid only with money added */
    }
    out->rounds = rounds;
}

/* ---- replaying ballots --------------------------------------------------------------------- */

void rounds_replay_begin(Arena *arena, const TallyElection *election, const TallyResult *result,
                         RoundsReplay *out)
{
    size_t rounds = (size_t)result->n_selected + 1;
    *out = (RoundsReplay){.election = election,
                          .money = result->money,
                          .payments = arena_array(arena, RoundsPayment, rounds),
                          .units = arena_array(arena, int64_t, rounds)};
}

/* The place of the next payment; numbers are made when first needed. */
static RoundsPayment *next_payment(RoundsReplay *replay, uint32_t n, uint32_t round)
{
    RoundsPayment *payment = &replay->payments[n];
    if (n == replay->capacity) {
        mpz_inits(payment->paid, payment->after, NULL);
        replay->capacity++;
    }
    payment->round = round;
    return payment;
}

static int compare_rounds(const void *a, const void *b)
{
    uint32_t x = ((const RoundsPayment *)a)->round;
    uint32_t y = ((const RoundsPayment *)b)->round;
    return (x > y) - (x < y);
}

/* The rounds the ballot supports, in order, and the units it has in each. */
static uint32_t list_rounds(RoundsReplay *replay, uint32_t ballot)
{
    const TallyElection *election = replay->election;
    const TallyMoney *money = replay->money;
    uint32_t n = 0;
    for (uint32_t i = election->start[ballot]; i < election->start[ballot + 1]; i++) {
        uint32_t round = money->round[election->choices[i]];
        int64_t units = tally_units(election, money->unit, ballot, i);
        if (round != ROUNDS_NONE && money->is_paid[round] && units > 0) {
            next_payment(replay, n++, round);
            replay->units[round] = units;
        }
    }
    qsort(replay->payments, n, sizeof *replay->payments, compare_rounds);
    return n;
}

static void pay(const RoundsReplay *replay, mpz_srcptr before, RoundsPayment *payment)
{
    const TallyMoney *money = replay->money;
    mpz_srcptr price = money->price[payment->round];
    if (money->is_load) {
        mpz_sub(payment->paid, price, before);
        mpz_set(payment->after, price);
        return;
    }
    mpz_mul_ui(payment->paid, price, (unsigned long)replay->units[payment->round]);
    if (mpz_cmp(payment->paid, before) > 0) {
        mpz_set(payment->paid, before);
    }
    mpz_sub(payment->after, before, payment->paid);
}

uint32_t rounds_replay(RoundsReplay *replay, uint32_t ballot)
{
    uint32_t n = list_rounds(replay, ballot);
    mpz_srcptr before = replay->money->endowment;
    for (uint32_t i = 0; i < n; i++) {
        pay(replay, before, &replay->payments[i]);
        before = replay->payments[i].after;
    }
    return n;
}

void rounds_replay_end(RoundsReplay *replay)
{
    for (uint32_t i = 0; i < replay->capacity; i++) {
        mpz_clears(replay->payments[i].paid, replay->payments[i].after, NULL);
    }
}

static Str amount_text(Arena *arena, const RoundsReplay *replay, mpz_srcptr amount)
{
    mpq_t value;
    mpq_init(value);
    mpz_set(mpq_numref(value), amount);
    mpz_set(mpq_denref(value), replay->money->denominator);
    mpq_canonicalize(value);
    Str text = rules_text(arena, value, replay->election->amount_decimals);
    mpq_clear(value);
    return text;
}

TallyAccount tally_account(Arena *arena, const TallyElection *election, const TallyResult *result,
                           uint32_t ballot)
{
    TallyAccount account = {.before = STR("0"), .after = STR("0")};
    if (result->money == NULL) {
        return account;
    }
    RoundsReplay replay;
    rounds_replay_begin(arena, election, result, &replay);
    account.n_payments = rounds_replay(&replay, ballot);
    account.before = amount_text(arena, &replay, result->money->endowment);
    account.after = account.before;
    TallyPayment *payments = arena_array(arena, TallyPayment, (size_t)account.n_payments + 1);
    for (uint32_t i = 0; i < account.n_payments; i++) {
        const RoundsPayment *payment = &replay.payments[i];
        payments[i] = (TallyPayment){.round = payment->round,
                                     .paid = amount_text(arena, &replay, payment->paid),
                                     .after = amount_text(arena, &replay, payment->after)};
        account.after = payments[i].after;
    }
    account.payments = payments;
    rounds_replay_end(&replay);
    return account;
}
