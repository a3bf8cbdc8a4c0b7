/* delivery_ledger_rules.c: see the header. */
#include "features/delivery/delivery_ledger_rules.h"

typedef struct Move {
    LedgerAccount from, to;
    bool needs_voucher;
} Move;

static const Move moves[LEDGER_KINDS + 1] = {
    [LEDGER_GRANT] = {LEDGER_ORIGIN, LEDGER_FREE, true},
    [LEDGER_CONTRACT] = {LEDGER_FREE, LEDGER_CONTRACTED, false},
    [LEDGER_REQUEST] = {LEDGER_CONTRACTED, LEDGER_REQUESTED, false},
    [LEDGER_TRANSFER] = {LEDGER_REQUESTED, LEDGER_PAID, true},
    [LEDGER_RETAIN] = {LEDGER_CONTRACTED, LEDGER_RETAINED, false},
    [LEDGER_RELEASE] = {LEDGER_RETAINED, LEDGER_PAID, true},
    [LEDGER_SETTLE] = {LEDGER_CONTRACTED, LEDGER_FREE, false},
    [LEDGER_RETURN] = {LEDGER_FREE, LEDGER_RETURNED, true},
    [LEDGER_REVERSAL] = {LEDGER_ORIGIN, LEDGER_ORIGIN, false},
};

static bool is_move(LedgerKind kind)
{
    return kind >= LEDGER_GRANT && kind <= LEDGER_RETURN;
}

LedgerAccount ledger_from(LedgerKind kind)
{
    return is_move(kind) ? moves[kind].from : LEDGER_ORIGIN;
}

LedgerAccount ledger_to(LedgerKind kind)
{
    return is_move(kind) ? moves[kind].to : LEDGER_ORIGIN;
}

bool ledger_needs_voucher(LedgerKind kind)
{
    return is_move(kind) && moves[kind].needs_voucher;
}

bool ledger_make(LedgerKind kind, const LedgerAmounts *amounts, LedgerEntry *out)
{
    *out = (LedgerEntry){.kind = kind};
    if (!is_move(kind)) {
        return false;
    }
    for (int source = 1; source <= LEDGER_SOURCES; source++) {
        Money amount = amounts->of[source];
        if (amount.fen < 0 || amount.fen > MONEY_MAX_FEN) {
            return false;
        }
        if (amount.fen > 0) {
            out->postings[out->count++] =
                (LedgerPosting){moves[kind].from, (LedgerSource)source, {-amount.fen}};
            out->postings[out->count++] =
                (LedgerPosting){moves[kind].to, (LedgerSource)source, amount};
        }
    }
    return out->count > 0;
}

bool ledger_reversal(const LedgerEntry *original, LedgerEntry *out)
{
    *out = (LedgerEntry){.kind = LEDGER_REVERSAL, .count = original->count};
    for (size_t i = 0; i < original->count; i++) {
        out->postings[i] = original->postings[i];
        out->postings[i].amount.fen = -original->postings[i].amount.fen;
    }
    return is_move(original->kind) && original->count > 0;
}

bool ledger_is_balanced(const LedgerEntry *entry)
{
    int64_t sums[LEDGER_SOURCES + 1] = {0};
    for (size_t i = 0; i < entry->count; i++) {
        if (entry->postings[i].amount.fen == 0) {
            return false;
        }
        sums[entry->postings[i].source] += entry->postings[i].amount.fen;
    }
    for (int source = 1; source <= LEDGER_SOURCES; source++) {
        if (sums[source] != 0) {
            return false;
        }
    }
    return entry->count > 0;
}

/* How much more may be moved in this direction before the account breaks its bound. */
static int64_t room_for(const LedgerBalances *balances, const LedgerPosting *posting)
{
    int64_t now = balances->of[posting->account][posting->source].fen;
    bool is_out = posting->amount.fen < 0;
    if (posting->account == LEDGER_ORIGIN) {
        return is_out ? MONEY_MAX_FEN + now : -now;
    }
    return is_out ? now : MONEY_MAX_FEN - now;
}

Error *ledger_check(Arena *arena, const LedgerBalances *balances, const LedgerEntry *entry)
{
    for (size_t i = 0; i < entry->count; i++) {
        const LedgerPosting *posting = &entry->postings[i];
        int64_t amount = posting->amount.fen < 0 ? -posting->amount.fen : posting->amount.fen;
        int64_t room = room_for(balances, posting);
        if (amount > room) {
            char yuan[32];
            size_t length = money_format_yuan((Money){room}, yuan, sizeof(yuan));
            Error *err = error_make(arena, ERROR_DELIVERY_SHORT, "more than there is");
            err = error_with(err, room, arena_str(arena, (Str){yuan, length}));
            return error_for_field(err, str_from(ledger_source_field(posting->source)));
        }
    }
    return NULL;
}

void ledger_post(LedgerBalances *balances, const LedgerEntry *entry)
{
    for (size_t i = 0; i < entry->count; i++) {
        const LedgerPosting *posting = &entry->postings[i];
        balances->of[posting->account][posting->source].fen += posting->amount.fen;
    }
}

Money ledger_total(const LedgerBalances *balances, LedgerAccount account)
{
    Money total = {0};
    for (int source = 1; source <= LEDGER_SOURCES; source++) {
        total.fen += balances->of[account][source].fen;
    }
    return total;
}

Money ledger_granted(const LedgerBalances *balances, int source)
{
    Money origin = ledger_total(balances, LEDGER_ORIGIN);
    if (source >= 1 && source <= LEDGER_SOURCES) {
        origin = balances->of[LEDGER_ORIGIN][source];
    }
    return (Money){-origin.fen};
}

Money ledger_sum(const LedgerBalances *balances)
{
    Money sum = {0};
    for (int account = 1; account <= LEDGER_ACCOUNTS; account++) {
        sum.fen += ledger_total(balances, (LedgerAccount)account).fen;
    }
    return sum;
}

Money ledger_cost(const LedgerBalances *balances)
{
    static const LedgerAccount parts[] = {LEDGER_CONTRACTED, LEDGER_REQUESTED, LEDGER_PAID,
                                          LEDGER_RETAINED};
    Money cost = {0};
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        cost.fen += ledger_total(balances, parts[i]).fen;
    }
    return cost;
}

Money ledger_amounts_total(const LedgerAmounts *amounts)
{
    Money total = {0};
    for (int source = 1; source <= LEDGER_SOURCES; source++) {
        total.fen += amounts->of[source].fen;
    }
    return total;
}

const char *ledger_source_field(LedgerSource source)
{
    static const char *const fields[LEDGER_SOURCES + 1] = {"", "city", "district", "street",
                                                           "pledges"};
    return source >= 1 && source <= LEDGER_SOURCES ? fields[source] : "";
}
