/* delivery_rules.h: what becomes of a funded project, and what comes next; pure.
 *
 * Start reading at DeliveryFacts and delivery_next().
 */
#ifndef FEATURES_DELIVERY_DELIVERY_RULES_H
#define FEATURES_DELIVERY_DELIVERY_RULES_H

#include "base/clock.h"
#include "base/error.h"
#include "features/delivery/delivery_ledger_rules.h"

/* Limits of what people type, in characters. */
#define DELIVERY_TITLE_MAX   60
#define DELIVERY_NUMBER_MAX  60 /* vouchers, documents, contracts */
#define DELIVERY_NAME_MAX    60 /* firms */
#define DELIVERY_WORDS_MAX   500
#define DELIVERY_REASON_MIN  10
#define DELIVERY_PEOPLE_MIN  2 /* who accept a project */
#define DELIVERY_PEOPLE_MAX  10
#define DELIVERY_PERSON_MAX  30 /* a name, and what somebody is */
#define DELIVERY_PEOPLE_TEXT 1000
#define DELIVERY_MILESTONES  30 /* of a project, as the next two */
#define DELIVERY_PURCHASES   20
#define DELIVERY_BIDDERS     20  /* of a purchase */
#define DELIVERY_CHANGES     200 /* of a project; likewise visits */

/* Stored by number in delivery_project.state. */
typedef enum DeliveryState {
    DELIVERY_UNDER_WAY = 1, /* also when nothing has been done yet */
    DELIVERY_ACCEPTED = 2,
    DELIVERY_STOPPED = 3 /* with a public reason */
} DeliveryState;

/* Stored by number in delivery_purchase.state. */
typedef enum PurchaseState {
    PURCHASE_CALLED = 1,
    PURCHASE_CHOSEN = 2,
    PURCHASE_CONTRACTED = 3
} PurchaseState;

/* Stored by number in delivery_purchase.method. */
typedef enum PurchaseMethod {
    PURCHASE_QUOTES = 1,  /* 询价 */
    PURCHASE_COMPARE = 2, /* 比选 */
    PURCHASE_SINGLE = 3,  /* 单一来源: the reason says why */
    PURCHASE_TENDER = 4,  /* 公开招标 */
    PURCHASE_LISTED = 5   /* 定点、框架协议 */
} PurchaseMethod;

/* Stored by number in delivery_change.kind. */
typedef enum DeliveryChangeKind {
    DELIVERY_CHANGE_DELAY = 1, /* a milestone moves */
    DELIVERY_CHANGE_SCOPE = 2, /* what is done, or where */
    DELIVERY_CHANGE_PRICE = 3, /* what it costs; the ledger says how much */
    DELIVERY_CHANGE_SUPPLIER = 4
} DeliveryChangeKind;

/* What is known of a project. */
typedef struct DeliveryFacts {
    bool is_open; /* the round has come to the works, or is past them */
    DeliveryState state;
    int64_t n_called;    /* purchases in this state */
    int64_t n_chosen;    /* likewise */
    int64_t n_purchases; /* all */
    int64_t n_milestones;
    int64_t n_done;
    LedgerBalances money;
} DeliveryFacts;

/* The next thing to do. */
typedef enum DeliveryStep {
    STEP_WAIT,      /* the round has not come to the works */
    STEP_GRANT,     /* no money granted yet */
    STEP_CALL,      /* ask firms */
    STEP_CHOOSE,    /* quotes are coming in */
    STEP_CONTRACT,  /* chosen, not signed */
    STEP_PLAN,      /* no milestones */
    STEP_MILESTONE, /* work goes on */
    STEP_ACCEPT,    /* everything is done */
    STEP_TRANSFER,  /* asked for, not paid */
    STEP_SETTLE,    /* under contract, not asked for */
    STEP_RELEASE,   /* only the retention is left */
    STEP_RETURN,    /* money is left over */
    STEP_DONE,
    STEP_STOPPED /* nothing is left to do about it */
} DeliveryStep;

DeliveryStep delivery_next(const DeliveryFacts *facts);
/* Everything that was planned is done, and something was. */
bool delivery_is_built(int64_t n_milestones, int64_t n_done);

/* What a purchase must have before one is chosen: two quotes by request, three by comparison or
 * tender, one otherwise. */
int purchase_bidders_needed(PurchaseMethod method);
/* True when so much more in a year needs a warning: similar purchases together are over the
 * threshold (0: never), and tenders do not count: they are what the threshold asks for. */
bool purchase_is_over(Money this_year, Money more, Money threshold);

/* Somebody who accepted a project. */
typedef struct DeliveryPerson {
    Str name;
    Str what; /* 居民代表 */
} DeliveryPerson;

/* One a line: a name, a space, what they are. DELIVERY_PEOPLE at `people` with number = the line at
 * fault (0: fewer than DELIVERY_PEOPLE_MIN or more than DELIVERY_PEOPLE_MAX). Points into `text`.
 */
MUST_USE Error *delivery_people_read(Arena *arena, Str text, DeliveryPerson *out, size_t *out_n);

/* NULL, or FIELD_NOT_DATE at the field for no day or a day to come. */
MUST_USE Error *delivery_past_check(Arena *arena, Date on, Date today, const char *field);
/* NULL, or FIELD_MISSING / FIELD_TOO_SHORT / FIELD_TOO_LONG at the field (characters, trimmed). */
MUST_USE Error *delivery_words_check(Arena *arena, Str words, int64_t min, int64_t max,
                                     const char *field);

#endif
