/* delivery_purchase.c: call, quotes, choice, contract. */
#include "features/delivery/delivery_private.h"
#include "features/programmes/programmes.h"

/* The word of the round's rules for what kind of thing it is: similar purchases share it. */
static Error *kind_code(Tx *tx, const DeliveryAct *act, const DeliveryProject *project, Str *out)
{
    RoundRules *rules = arena_new(tx_arena(tx), RoundRules);
    Error *err = programmes_round_rules(tx_snapshot(tx), act->area, project->round, rules);
    const KindRule *kind = err ? NULL : rules_kind(rules, project->kind);
    *out = kind ? kind->code : STR("");
    return err;
}

static Error *check_call(Tx *tx, const DeliveryCall *call, Instant now)
{
    Arena *arena = tx_arena(tx);
    if (call->method < PURCHASE_QUOTES || call->method > PURCHASE_LISTED) {
        return delivery_problem(tx, ERROR_FIELD_NOT_CHOICE, "method", 0);
    }
    Error *err = delivery_words_check(arena, call->title, 2, DELIVERY_TITLE_MAX, "title");
    if (!err) {
        err = delivery_past_check(arena, call->on, instant_date(now), "on");
    }
    return err ? err : delivery_words_check(arena, call->words, 2, DELIVERY_WORDS_MAX, "words");
}

Error *delivery_call(Tx *tx, const void *input, Instant now, void *output)
{
    const DeliveryCall *call = input;
    const DeliveryAct *act = &call->act;
    DeliveryProject project;
    DeliveryNumbersRow numbers;
    Str code = STR("");
    Error *err = check_call(tx, call, now);
    if (!err) {
        err = delivery_begin(tx, act, REACH_UNDER_WAY, &project);
    }
    if (!err) {
        err = delivery_numbers(tx, act, &numbers);
    }
    if (!err && numbers.purchases >= DELIVERY_PURCHASES) {
        err = delivery_problem(tx, ERROR_FIELD_TOO_MANY, "title", DELIVERY_PURCHASES);
    }
    if (!err) {
        err = kind_code(tx, act, &project, &code);
    }
    if (!err) {
        err = sql_purchase_insert(tx, act->area, act->project, numbers.purchases + 1, call->title,
                                  code, call->method, call->on, call->words, NULL);
    }
    return err ? err : delivery_journal(tx, act, "call", call->title);
}

/* NOT_FOUND, or DELIVERY_CHOSEN when the purchase is not in this state. */
static Error *require_purchase(Tx *tx, const DeliveryAct *act, int64_t no, PurchaseState state,
                               PurchaseGetRow *out)
{
    Error *err = sql_purchase_get(tx_snapshot(tx), act->area, act->project, no, out);
    if (!err && out->state != (int64_t)state) {
        err = delivery_problem(tx, ERROR_DELIVERY_CHOSEN, "", 0);
    }
    return err;
}

Error *delivery_bid(Tx *tx, const void *input, Instant now, void *output)
{
    const DeliveryBid *bid = input;
    DeliveryProject project;
    PurchaseGetRow purchase;
    Error *err = delivery_words_check(tx_arena(tx), bid->name, 2, DELIVERY_NAME_MAX, "name");
    if (!err && bid->quote.fen <= 0) {
        err = delivery_problem(tx, ERROR_FIELD_MISSING, "quote", 0);
    }
    if (!err) {
        err = delivery_words_check(tx_arena(tx), bid->words, 0, DELIVERY_WORDS_MAX, "words");
    }
    if (!err) {
        err = delivery_begin(tx, &bid->act, REACH_UNDER_WAY, &project);
    }
    if (!err) {
        err = require_purchase(tx, &bid->act, bid->purchase, PURCHASE_CALLED, &purchase);
    }
    if (!err && purchase.n_bidders >= DELIVERY_BIDDERS) {
        err = delivery_problem(tx, ERROR_FIELD_TOO_MANY, "name", DELIVERY_BIDDERS);
    }
    if (!err) {
        err = sql_bidder_insert(tx, bid->act.area, bid->act.project, bid->purchase,
                                purchase.n_bidders + 1, bid->name, bid->quote, bid->words, NULL);
    }
    return err ? err : delivery_journal(tx, &bid->act, "bid", bid->name);
}

Error *delivery_choose(Tx *tx, const void *input, Instant now, void *output)
{
    const DeliveryChoose *choose = input;
    const DeliveryAct *act = &choose->act;
    DeliveryProject project;
    PurchaseGetRow purchase;
    Error *err = delivery_past_check(tx_arena(tx), choose->on, instant_date(now), "on");
    if (!err) {
        err = delivery_words_check(tx_arena(tx), choose->reason, DELIVERY_REASON_MIN,
                                   DELIVERY_WORDS_MAX, "reason");
    }
    if (!err) {
        err = delivery_begin(tx, act, REACH_UNDER_WAY, &project);
    }
    if (!err) {
        err = require_purchase(tx, act, choose->purchase, PURCHASE_CALLED, &purchase);
    }
    if (err) {
        return err;
    }
    int needed = purchase_bidders_needed((PurchaseMethod)purchase.method);
    if (purchase.n_bidders < needed) {
        return delivery_problem(tx, ERROR_DELIVERY_BIDDERS, "bidder", needed);
    }
    if (choose->bidder < 1 || choose->bidder > purchase.n_bidders) {
        return delivery_problem(tx, ERROR_FIELD_NOT_CHOICE, "bidder", 0);
    }
    err = sql_purchase_choose(tx, act->area, act->project, choose->purchase, choose->bidder,
                              choose->on, choose->reason, NULL);
    return err ? err : delivery_journal(tx, act, "choose", choose->reason);
}

static Error *check_sign(Tx *tx, const DeliverySign *sign, Instant now)
{
    Error *err = delivery_words_check(tx_arena(tx), sign->number, 1, DELIVERY_NUMBER_MAX, "number");
    if (!err) {
        err = delivery_past_check(tx_arena(tx), sign->on, instant_date(now), "on");
    }
    if (!err && sign->due.days < sign->on.days) {
        err = delivery_problem(tx, ERROR_FIELD_NOT_DATE, "due", 0);
    }
    return err;
}

Error *delivery_sign(Tx *tx, const void *input, Instant now, void *output)
{
    const DeliverySign *sign = input;
    const DeliveryAct *act = &sign->act;
    DeliveryProject project;
    PurchaseGetRow purchase;
    EntryNew entry = {.kind = LEDGER_CONTRACT,
                      .amounts = &sign->amounts,
                      .on = sign->on,
                      .voucher = sign->number,
                      .purchase = sign->purchase};
    Error *err = check_sign(tx, sign, now);
    if (!err) {
        err = delivery_begin(tx, act, REACH_UNDER_WAY, &project);
    }
    if (!err) {
        err = require_purchase(tx, act, sign->purchase, PURCHASE_CHOSEN, &purchase);
    }
    if (!err) {
        err = delivery_write_entry(tx, act, &project.facts.money, &entry, now);
    }
    if (!err) {
        err = sql_purchase_sign(tx, act->area, act->project, sign->purchase, sign->number,
                                ledger_amounts_total(&sign->amounts), sign->on, sign->due, NULL);
    }
    return err ? err : delivery_journal(tx, act, "contract", sign->number);
}
