/* delivery.h: what becomes of a funded project, for other rooms.
 *
 * A project is known by its proposal. Every act carries the version of the project that the actor
 * saw (0 before the first act): of two who act at once the second is told (VERSION_CONFLICT). Acts
 * begin when the round comes to its implement stage and may go on after it: a retention is paid a
 * year later. Each act is journaled. Start reading at DeliveryProject and DeliveryAct.
 */
#ifndef FEATURES_DELIVERY_DELIVERY_H
#define FEATURES_DELIVERY_DELIVERY_H

#include "features/delivery/delivery_rules.h"
#include "platform/db/db.h"
#include "platform/feature.h"

extern const Feature delivery_feature;

typedef struct DeliveryProject {
    int64_t proposal;
    int64_t round;
    Str title;
    int64_t kind;   /* of the round's rules (rules_kind) */
    Money estimate; /* what it was to cost on the ballot */
    DeliveryFacts facts;
    Date state_on; /* accepted or stopped on */
    Str reason;    /* of the stop */
    int64_t version;
    Date next_due; /* of the milestones not done; DATE_NONE: none */
} DeliveryProject;

/* NOT_FOUND when the proposal is not funded. Two queries. */
MUST_USE Error *delivery_project(Snapshot *snapshot, int64_t area, int64_t proposal,
                                 DeliveryProject *out);

/* How far a round is. */
typedef struct DeliveryCounts {
    int64_t projects;
    int64_t accepted;
    int64_t stopped;
    int64_t built; /* not accepted, but everything planned is done */
    bool has_accept_stage;
} DeliveryCounts;
/* One query over the whole round. */
MUST_USE Error *delivery_counts(Snapshot *snapshot, int64_t area, int64_t round,
                                DeliveryCounts *out);
/* The first funded project of the round after `after` (0: from the first); 0: none. One query. */
MUST_USE Error *delivery_first(Snapshot *snapshot, int64_t area, int64_t round, int64_t after,
                               int64_t *out);
/* Contracts of the area over one kind of thing signed in the year of `day`, without tenders. */
MUST_USE Error *delivery_similar(Snapshot *snapshot, int64_t area, Str kind_code, Date day,
                                 Money *out);

/* --- acts ----------------------------------------------------------------------------------- */

/* Stands first in the input of every act below. Errors of all: NOT_FOUND, STAGE_NOT_OPEN before the
 * works, VERSION_CONFLICT, DELIVERY_OVER when the project is accepted or stopped (not for money);
 * those of the words (delivery_rules.h) at their fields. */
typedef struct DeliveryAct {
    int64_t area;
    int64_t project;
    int64_t actor; /* staff, by the route's policy */
    int64_t version;
} DeliveryAct;

typedef struct DeliveryMoney {
    DeliveryAct act;
    LedgerKind kind; /* no reversal */
    LedgerAmounts amounts;
    Date on;
    Str voucher; /* needed by ledger_needs_voucher() */
    Str words;   /* may be empty */
} DeliveryMoney;
/* UseCase: DeliveryMoney → nothing. DELIVERY_SHORT at the source; FIELD_MISSING at `city` when
 * nothing is moved, at `voucher`. */
Error *delivery_money(Tx *tx, const void *input, Instant now, void *output);

typedef struct DeliveryReverse {
    DeliveryAct act;
    int64_t entry;
    Str reason;
} DeliveryReverse;
/* UseCase: DeliveryReverse → nothing. The entry stays, and another takes it back on this day.
 * DELIVERY_REVERSED when that was done before or it is a reversal; DELIVERY_SPENT when later
 * entries rest on it. */
Error *delivery_reverse(Tx *tx, const void *input, Instant now, void *output);

typedef struct DeliveryCall {
    DeliveryAct act;
    Str title;
    PurchaseMethod method;
    Date on;
    Str words; /* where and how */
} DeliveryCall;
/* UseCase: DeliveryCall → nothing. */
Error *delivery_call(Tx *tx, const void *input, Instant now, void *output);

typedef struct DeliveryBid {
    DeliveryAct act;
    int64_t purchase;
    Str name;
    Money quote;
    Str words;
} DeliveryBid;
/* UseCase: DeliveryBid → nothing. Only until one is chosen: DELIVERY_CHOSEN. */
Error *delivery_bid(Tx *tx, const void *input, Instant now, void *output);

typedef struct DeliveryChoose {
    DeliveryAct act;
    int64_t purchase;
    int64_t bidder;
    Date on;
    Str reason;
} DeliveryChoose;
/* UseCase: DeliveryChoose → nothing. DELIVERY_BIDDERS with the number that is needed. */
Error *delivery_choose(Tx *tx, const void *input, Instant now, void *output);

typedef struct DeliverySign {
    DeliveryAct act;
    int64_t purchase;
    Str number; /* of the contract */
    Date on;
    Date due;
    LedgerAmounts amounts; /* together the contract's */
} DeliverySign;
/* UseCase: DeliverySign → nothing. Writes the contract into the ledger too: DELIVERY_SHORT. Not
 * before one is chosen: DELIVERY_CHOSEN. */
Error *delivery_sign(Tx *tx, const void *input, Instant now, void *output);

typedef struct DeliveryPlan {
    DeliveryAct act;
    Str title;
    Date due;
} DeliveryPlan;
/* UseCase: DeliveryPlan → nothing. One more milestone. FIELD_TOO_MANY. */
Error *delivery_plan(Tx *tx, const void *input, Instant now, void *output);

typedef struct DeliveryDone {
    DeliveryAct act;
    int64_t milestone;
    Date on;
    Str words;
} DeliveryDone;
/* UseCase: DeliveryDone → nothing. Said once; ALREADY_EXISTS. */
Error *delivery_done(Tx *tx, const void *input, Instant now, void *output);

typedef struct DeliveryDelay {
    DeliveryAct act;
    int64_t milestone;
    Date due; /* the new day */
    Str reason;
} DeliveryDelay;
/* UseCase: DeliveryDelay → nothing. The milestone moves, to an earlier day too; the day it was
 * first planned for stays. FIELD_NOT_DATE at `due` for a past day or the same one, ALREADY_EXISTS
 * when it is done. */
Error *delivery_delay(Tx *tx, const void *input, Instant now, void *output);

typedef struct DeliveryChange {
    DeliveryAct act;
    DeliveryChangeKind kind; /* no delay */
    Str reason;
} DeliveryChange;
/* UseCase: DeliveryChange → nothing. */
Error *delivery_change(Tx *tx, const void *input, Instant now, void *output);

typedef struct DeliveryVisit {
    DeliveryAct act;
    Date on;
    Str name;
    Str what; /* 居民监督员 */
    Str words;
} DeliveryVisit;
/* UseCase: DeliveryVisit → nothing. */
Error *delivery_visit(Tx *tx, const void *input, Instant now, void *output);

typedef struct DeliveryAccept {
    DeliveryAct act;
    Date on;
    bool is_passed;
    Str people; /* delivery_people_read() */
    Str words;
} DeliveryAccept;
/* UseCase: DeliveryAccept → nothing. Recorded whether passed or not; passed needs everything done:
 * DELIVERY_NOT_BUILT. */
Error *delivery_accept(Tx *tx, const void *input, Instant now, void *output);

typedef struct DeliveryStop {
    DeliveryAct act;
    Str reason; /* public */
} DeliveryStop;
/* UseCase: DeliveryStop → nothing. */
Error *delivery_stop(Tx *tx, const void *input, Instant now, void *output);

#endif
