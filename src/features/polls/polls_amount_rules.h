/* polls_amount_rules.h: exact amounts of a count as people read them; pure. */
#ifndef FEATURES_POLLS_AMOUNT_RULES_H
#define FEATURES_POLLS_AMOUNT_RULES_H

#include "base/arena.h"
#include "base/money.h"

typedef struct PollAmount {
    Money nearest; /* to 0.01, halves up */
    Money below;   /* the whole fen in it */
    bool is_exact; /* it is whole fen */
} PollAmount;

/* An exact text of the tally in whole yuan: "41", "41.2", "a/b". False when it is none, is
 * negative, or is above MONEY_MAX_FEN. */
bool poll_amount_read(Arena *scratch, Str exact, PollAmount *out);
/* True when so many people paying so much each come to exactly the cost: then all of them paid the
 * same. False also when `price` is no amount. */
bool poll_is_even(Arena *scratch, Str price, int64_t payers, Money cost);

#endif
