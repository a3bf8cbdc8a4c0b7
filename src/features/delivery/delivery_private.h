/* delivery_private.h: what the use cases of this room share; for this room only. */
#ifndef FEATURES_DELIVERY_DELIVERY_PRIVATE_H
#define FEATURES_DELIVERY_DELIVERY_PRIVATE_H

#include "delivery_money_sql.h"
#include "delivery_purchase_sql.h"
#include "delivery_sql.h"
#include "features/delivery/delivery.h"

/* Which projects an act may be done on. */
typedef enum DeliveryReach { REACH_UNDER_WAY, REACH_ANY } DeliveryReach;

/* Loads the project, checks stage, state and version, and takes the next version. */
MUST_USE Error *delivery_begin(Tx *tx, const DeliveryAct *act, DeliveryReach reach,
                               DeliveryProject *out);
MUST_USE Error *delivery_numbers(Tx *tx, const DeliveryAct *act, DeliveryNumbersRow *out);
/* Journals act.delivery.WHAT about the project. */
MUST_USE Error *delivery_journal(Tx *tx, const DeliveryAct *act, const char *what, Str words);
MUST_USE Error *delivery_problem(Tx *tx, ErrorCode code, const char *field, int64_t number);
/* Folds what delivery_balances found into an account × source table. */
MUST_USE Error *delivery_read_money(Snapshot *snapshot, int64_t area, int64_t project,
                                    LedgerBalances *out);

/* An entry that is not a reversal. */
typedef struct EntryNew {
    LedgerKind kind;
    const LedgerAmounts *amounts;
    Date on;
    Str voucher;
    Str words;
    int64_t purchase; /* 0: none */
} EntryNew;
/* Checks against the balances of the project and writes entry and postings. */
MUST_USE Error *delivery_write_entry(Tx *tx, const DeliveryAct *act, const LedgerBalances *balances,
                                     const EntryNew *entry, Instant now);

#endif
