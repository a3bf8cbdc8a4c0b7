/* pledges_rules.h: what a pledge needs, how it goes on, and what the public still pays; pure.
 *
 * Start reading at PledgeState and pledge_may_step().
 */
#ifndef FEATURES_PLEDGES_PLEDGES_RULES_H
#define FEATURES_PLEDGES_PLEDGES_RULES_H

#include "base/error.h"
#include "base/money.h"
#include "base/str.h"
#include "features/programmes/programmes_rules.h"

/* Limits of what people type, in characters and hours. */
#define PLEDGE_WORDS_MIN  2
#define PLEDGE_WORDS_MAX  100
#define PLEDGE_UNIT_MAX   40
#define PLEDGE_HOURS_MAX  1000
#define PLEDGE_REASON_MIN 4
#define PLEDGE_REASON_MAX 200

/* Stored by number in pledge.state. */
typedef enum PledgeState {
    PLEDGE_PROMISED = 1,
    PLEDGE_CONFIRMED = 2, /* staff have spoken with the giver: it lowers what the public pays */
    PLEDGE_RECEIVED = 3,  /* handed over, or worked */
    PLEDGE_RELEASED = 4   /* nobody is held to it any more */
} PledgeState;

/* What is given; the form is a PledgeForm of programmes_rules.h. */
typedef struct PledgeFact {
    int form;
    Money value;   /* money, or what the goods are worth; 0 for hours */
    int64_t hours; /* 0 for money and goods */
    Str words;     /* which goods, what work; may be empty for money */
} PledgeFact;

/* NULL, or an error hung on `form`, `value`, `hours` or `words`. `allowed` are the forms of the
 * programme (1u << PledgeForm). `left` is what the project costs less what others have firmly
 * pledged: money and goods above it are PLEDGE_TOO_MUCH, with the rest in yuan as its word. */
MUST_USE Error *pledge_check(Arena *arena, const PledgeFact *pledge, unsigned allowed, Money left);
/* As it is stored: hours have no value, money and goods no hours. */
PledgeFact pledge_clean(const PledgeFact *pledge);

/* Staff confirm what was promised and receive what was confirmed; until it is received they may
 * release it, and so may its giver. Who gives is never their own staff. */
bool pledge_may_step(PledgeState from, PledgeState to, bool is_staff, bool is_giver);
/* Staff say why they release: 4 to 200 characters. The giver need not. Field `reason`. */
MUST_USE Error *pledge_reason_check(Arena *arena, Str reason, bool is_giver);

/* What the public pays: the price less firm money and goods, never below 0. */
Money pledge_public_cost(Money price, Money firm);

#endif
