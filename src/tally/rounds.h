/* rounds.h: inside tally only. The exact numbers behind the rounds, and each ballot's part in them.
 *
 * All rounds of the rules of shares have their prices (equal shares) or loads (Phragmen) as whole
 * numbers over one denominator. That is all there is to keep: what a voter paid in a round follows
 * from the ballot and the prices, so memory is that of the rounds, not of voters x rounds.
 */
#ifndef TALLY_ROUNDS_H
#define TALLY_ROUNDS_H

#include "tally/rules.h"

/* Lives in the result's arena; the numbers are read-only and never cleared. */
struct TallyMoney {
    TallyUnit unit;    /* what the prices are for one of */
    bool is_load;      /* Phragmen: price[r] is the load of the supporters after round r */
    mpz_t denominator; /* of all that follows; amounts are in units of 10^-amount_decimals */
    mpz_t endowment;   /* money of each voter at the start; 0 for loads */
    uint32_t n_rounds; /* as many as selected */
    bool *is_paid;     /* by round: TALLY_FUNDED_VOTERS */
    mpz_t *price;      /* by round; 0 where is_paid is false. Equal shares: of one unit (a vote, a
                        * point in units of 10^-points_decimals, a Borda point) */
    uint32_t *round;   /* by project: its round, or ROUNDS_NONE */
};

#define ROUNDS_NONE UINT32_MAX

/* Room for n_selected rounds of a result, all unpaid, endowment 0 over denominator 1. Points out->
 * money at it. */
TallyMoney *rounds_new(Arena *arena, const TallyElection *election, TallyUnit unit,
                       TallyResult *out);
/* A read-only copy of a number in the arena. Never clear it. */
void rounds_keep(Arena *arena, const mpz_t value, mpz_t *out);
/* Fills out->rounds from the selection, the explanations and out->money. */
void rounds_fill(const RuleInput *in, TallyResult *out);

/* ---- replaying ballots --------------------------------------------------------------------- */

/* Amounts of one voter x money->denominator. */
typedef struct RoundsPayment {
    uint32_t round;
    mpz_t paid;
    mpz_t after;
} RoundsPayment;

/* Reusable: begin once, replay any number of ballots, end. result->money must not be NULL. */
typedef struct RoundsReplay {
    const TallyElection *election;
    const TallyMoney *money;
    RoundsPayment *payments; /* of the ballot last replayed, by rising round */
    uint32_t capacity;
    int64_t *units; /* scratch, by round */
} RoundsReplay;

void rounds_replay_begin(Arena *arena, const TallyElection *election, const TallyResult *result,
                         RoundsReplay *out);
/* Replays one ballot; returns how many payments it has. TallyAccount says what they are. */
uint32_t rounds_replay(RoundsReplay *replay, uint32_t ballot);
void rounds_replay_end(RoundsReplay *replay);

#endif
