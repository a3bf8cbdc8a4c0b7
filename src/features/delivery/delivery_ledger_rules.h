/* delivery_ledger_rules.h: the double-entry ledger of a project's money, by source; pure.
 *
 * Accounts say where a yuan is. An entry moves money from one account to another, each source
 * apart: its postings sum to zero for every source, always. Nothing is edited: an entry that was
 * wrong is reversed by an entry with the opposite postings, once.
 *
 *   SOURCE ─grant→ FREE ─contract→ CONTRACTED ─request→ REQUESTED ─transfer→ PAID
 *                   ↑└─return→ RETURNED │ └─retain→ RETAINED ─release→ PAID
 *                   └─────── settle ────┘
 *
 * So of what a source granted, every fen is free, contracted, requested, paid, retained or
 * returned. Start reading at LedgerKind, ledger_make() and ledger_check().
 */
#ifndef FEATURES_DELIVERY_DELIVERY_LEDGER_RULES_H
#define FEATURES_DELIVERY_DELIVERY_LEDGER_RULES_H

#include "base/error.h"
#include "base/money.h"

/* Stored by number in delivery_posting.source. */
typedef enum LedgerSource {
    LEDGER_CITY = 1,
    LEDGER_DISTRICT = 2,
    LEDGER_STREET = 3,
    LEDGER_PLEDGES = 4
} LedgerSource;
#define LEDGER_SOURCES 4

/* Stored by number in delivery_posting.account. */
typedef enum LedgerAccount {
    LEDGER_ORIGIN = 1,     /* the source itself: never above zero */
    LEDGER_FREE = 2,       /* 可用指标: granted, promised to nobody; none below is under zero */
    LEDGER_CONTRACTED = 3, /* under contract, not asked for yet */
    LEDGER_REQUESTED = 4,  /* 申请: asked for, not transferred yet */
    LEDGER_PAID = 5,       /* 拨付 */
    LEDGER_RETAINED = 6,   /* 质保金 */
    LEDGER_RETURNED = 7    /* 结余: gone back to the source */
} LedgerAccount;
#define LEDGER_ACCOUNTS 7

/* Stored by number in delivery_entry.kind. */
typedef enum LedgerKind {
    LEDGER_GRANT = 1,    /* 下达指标: ORIGIN → FREE */
    LEDGER_CONTRACT = 2, /* 签订合同: FREE → CONTRACTED */
    LEDGER_REQUEST = 3,  /* 申请拨付: CONTRACTED → REQUESTED */
    LEDGER_TRANSFER = 4, /* 拨付: REQUESTED → PAID */
    LEDGER_RETAIN = 5,   /* 留质保金: CONTRACTED → RETAINED */
    LEDGER_RELEASE = 6,  /* 支付质保金: RETAINED → PAID */
    LEDGER_SETTLE = 7,   /* 结算核减: CONTRACTED → FREE */
    LEDGER_RETURN = 8,   /* 结余退回: FREE → RETURNED */
    LEDGER_REVERSAL = 9  /* 冲销: another entry, the other way round */
} LedgerKind;
#define LEDGER_KINDS 9

/* So much of each source; [0] is not used. */
typedef struct LedgerAmounts {
    Money of[LEDGER_SOURCES + 1];
} LedgerAmounts;

typedef struct LedgerPosting {
    LedgerAccount account;
    LedgerSource source;
    Money amount; /* into the account; below zero: out of it; never zero */
} LedgerPosting;

#define LEDGER_POSTINGS (2 * LEDGER_SOURCES)

typedef struct LedgerEntry {
    LedgerKind kind;
    LedgerPosting postings[LEDGER_POSTINGS];
    size_t count;
} LedgerEntry;

typedef struct LedgerBalances {
    Money of[LEDGER_ACCOUNTS + 1][LEDGER_SOURCES + 1];
} LedgerBalances;

/* The accounts a kind moves money between; ORIGIN and ORIGIN for a reversal. */
LedgerAccount ledger_from(LedgerKind kind);
LedgerAccount ledger_to(LedgerKind kind);
/* True for those that stand on a paper of the finance department or the street: a document number
 * or voucher must be given. */
bool ledger_needs_voucher(LedgerKind kind);

/* The postings of a kind: two for each source with an amount. False when nothing is moved, an
 * amount is below zero or over MONEY_MAX_FEN, or the kind is none of 1 .. 8. */
bool ledger_make(LedgerKind kind, const LedgerAmounts *amounts, LedgerEntry *out);
/* The entry that takes another one back. False for what is a reversal itself. */
bool ledger_reversal(const LedgerEntry *original, LedgerEntry *out);
/* True when the postings sum to zero for every source and none is zero. */
bool ledger_is_balanced(const LedgerEntry *entry);

/* NULL, or DELIVERY_SHORT on the field of the source (ledger_source_field()) with number = the fen
 * that may be moved at most: no account but ORIGIN may fall below zero, ORIGIN may not rise above.
 */
MUST_USE Error *ledger_check(Arena *arena, const LedgerBalances *balances,
                             const LedgerEntry *entry);
/* Adds the postings; the entry has passed ledger_check(). */
void ledger_post(LedgerBalances *balances, const LedgerEntry *entry);

/* An account over all sources. */
Money ledger_total(const LedgerBalances *balances, LedgerAccount account);
/* What a source, or all of them (0), granted. */
Money ledger_granted(const LedgerBalances *balances, int source);
/* Everything over all accounts and sources: zero, or the books are broken. */
Money ledger_sum(const LedgerBalances *balances);
/* What is or will be paid: contracted, requested, paid and retained. */
Money ledger_cost(const LedgerBalances *balances);
Money ledger_amounts_total(const LedgerAmounts *amounts);
/* "city", "district", "street", "pledges": names of form fields. */
const char *ledger_source_field(LedgerSource source);

#endif
