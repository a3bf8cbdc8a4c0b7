/* delivery_money.c: entries of the ledger, and taking them back. */
#include "features/delivery/delivery_private.h"

static Error *write_postings(Tx *tx, const DeliveryAct *act, int64_t no, const LedgerEntry *entry)
{
    require(ledger_is_balanced(entry));
    Error *err = NULL;
    for (size_t i = 0; !err && i < entry->count; i++) {
        const LedgerPosting *posting = &entry->postings[i];
        err = sql_posting_insert(tx, act->area, act->project, no, posting->account, posting->source,
                                 posting->amount, NULL);
    }
    return err;
}

Error *delivery_write_entry(Tx *tx, const DeliveryAct *act, const LedgerBalances *balances,
                            const EntryNew *entry, Instant now)
{
    LedgerEntry made;
    DeliveryNumbersRow numbers;
    if (!ledger_make(entry->kind, entry->amounts, &made)) {
        return delivery_problem(tx, ERROR_FIELD_MISSING, "city", 0);
    }
    Error *err = ledger_check(tx_arena(tx), balances, &made);
    if (!err) {
        err = delivery_numbers(tx, act, &numbers);
    }
    if (!err) {
        err = sql_entry_insert(tx, act->area, act->project, numbers.entries + 1, entry->kind,
                               entry->on, entry->voucher, entry->words, entry->purchase, 0,
                               act->actor, now, NULL);
    }
    return err ? err : write_postings(tx, act, numbers.entries + 1, &made);
}

static const char *act_word(LedgerKind kind)
{
    static const char *const words[LEDGER_KINDS + 1] = {
        [LEDGER_GRANT] = "grant",     [LEDGER_CONTRACT] = "contract",
        [LEDGER_REQUEST] = "request", [LEDGER_TRANSFER] = "transfer",
        [LEDGER_RETAIN] = "retain",   [LEDGER_RELEASE] = "release",
        [LEDGER_SETTLE] = "settle",   [LEDGER_RETURN] = "return"};
    return words[kind];
}

static Error *check_money(Tx *tx, const DeliveryMoney *money, Instant now)
{
    Arena *arena = tx_arena(tx);
    int64_t least = ledger_needs_voucher(money->kind) ? 1 : 0;
    if (money->kind < LEDGER_GRANT || money->kind > LEDGER_RETURN) {
        return delivery_problem(tx, ERROR_FIELD_NOT_CHOICE, "kind", 0);
    }
    Error *err = delivery_past_check(arena, money->on, instant_date(now), "on");
    if (!err) {
        err = delivery_words_check(arena, money->voucher, least, DELIVERY_NUMBER_MAX, "voucher");
    }
    return err ? err : delivery_words_check(arena, money->words, 0, DELIVERY_WORDS_MAX, "words");
}

Error *delivery_money(Tx *tx, const void *input, Instant now, void *output)
{
    const DeliveryMoney *money = input;
    DeliveryProject project;
    EntryNew entry = {.kind = money->kind,
                      .amounts = &money->amounts,
                      .on = money->on,
                      .voucher = money->voucher,
                      .words = money->words};
    Error *err = check_money(tx, money, now);
    if (!err) {
        err = delivery_begin(tx, &money->act, REACH_ANY, &project);
    }
    if (!err) {
        err = delivery_write_entry(tx, &money->act, &project.facts.money, &entry, now);
    }
    return err ? err : delivery_journal(tx, &money->act, act_word(money->kind), money->voucher);
}

/* --- taking back ---------------------------------------------------------------------------- */

static Error *read_entry(Tx *tx, const DeliveryReverse *reverse, LedgerEntry *out)
{
    EntryGetRow row;
    PostingListRows rows;
    const DeliveryAct *act = &reverse->act;
    Snapshot *snapshot = tx_snapshot(tx);
    Error *err = sql_entry_get(snapshot, act->area, act->project, reverse->entry, &row);
    if (err) {
        return err;
    }
    if (row.reversed_by != 0 || row.kind == LEDGER_REVERSAL) {
        return delivery_problem(tx, ERROR_DELIVERY_REVERSED, "", 0);
    }
    err = sql_posting_list(snapshot, act->area, act->project, reverse->entry, &rows);
    *out = (LedgerEntry){.kind = (LedgerKind)row.kind};
    require(err || rows.count <= LEDGER_POSTINGS);
    for (size_t i = 0; !err && i < rows.count; i++) {
        out->postings[out->count++] =
            (LedgerPosting){(LedgerAccount)rows.rows[i].account, (LedgerSource)rows.rows[i].source,
                            rows.rows[i].amount_fen};
    }
    return err;
}

static Error *write_reversal(Tx *tx, const DeliveryReverse *reverse, const LedgerBalances *balances,
                             const LedgerEntry *original, Instant now)
{
    LedgerEntry made;
    DeliveryNumbersRow numbers;
    const DeliveryAct *act = &reverse->act;
    require(ledger_reversal(original, &made));
    if (ledger_check(tx_arena(tx), balances, &made)) {
        return delivery_problem(tx, ERROR_DELIVERY_SPENT, "", 0);
    }
    Error *err = delivery_numbers(tx, act, &numbers);
    if (!err) {
        err = sql_entry_insert(tx, act->area, act->project, numbers.entries + 1, LEDGER_REVERSAL,
                               instant_date(now), STR(""), reverse->reason, 0, reverse->entry,
                               act->actor, now, NULL);
    }
    return err ? err : write_postings(tx, act, numbers.entries + 1, &made);
}

Error *delivery_reverse(Tx *tx, const void *input, Instant now, void *output)
{
    const DeliveryReverse *reverse = input;
    DeliveryProject project;
    LedgerEntry original;
    Error *err = delivery_words_check(tx_arena(tx), reverse->reason, DELIVERY_REASON_MIN,
                                      DELIVERY_WORDS_MAX, "reason");
    if (!err) {
        err = delivery_begin(tx, &reverse->act, REACH_ANY, &project);
    }
    if (!err) {
        err = read_entry(tx, reverse, &original);
    }
    if (!err) {
        err = write_reversal(tx, reverse, &project.facts.money, &original, now);
    }
    return err ? err : delivery_journal(tx, &reverse->act, "reverse", reverse->reason);
}
