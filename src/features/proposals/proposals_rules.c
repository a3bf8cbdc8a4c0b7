#include "features/proposals/proposals_rules.h"

#include "base/utf8.h"

#include <string.h>

bool proposal_belongs_to(const ProposalFact *proposal, int64_t actor, bool is_staff)
{
    if (actor == 0) {
        return false;
    }
    return proposal->proposer == actor || (is_staff && proposal->entered_by != 0);
}

bool proposal_may_be_changed(const ProposalFact *proposal, int64_t actor, bool is_staff)
{
    return proposal->state == PROPOSAL_SUBMITTED && proposal_belongs_to(proposal, actor, is_staff);
}

bool proposal_may_be_decided(ProposalState state, bool vote_is_ahead)
{
    return state != PROPOSAL_WITHDRAWN && state != PROPOSAL_MERGED && vote_is_ahead;
}

static bool goes_on(ProposalState state)
{
    return state == PROPOSAL_SUBMITTED || state == PROPOSAL_ACCEPTED;
}

bool proposal_may_be_merged(const MergeFact *proposal, const MergeFact *main, bool vote_is_ahead)
{
    return vote_is_ahead && proposal->id != main->id && proposal->round == main->round &&
           goes_on(proposal->state) && goes_on(main->state);
}

static bool ends_sentence(uint32_t code)
{
    return code == '\n' || code == 0x3002 /* 。 */ || code == 0xff01 /* ！ */ ||
           code == 0xff1f /* ？ */ || code == 0xff1b /* ； */ || code == '!' || code == '?' ||
           code == ';';
}

Str proposal_title_of(Str words)
{
    Str all = str_trim(words);
    size_t at = 0;
    size_t end = 0;
    for (size_t count = 0; at < all.len && count < PROPOSAL_TITLE_MAX; count++) {
        if (ends_sentence(utf8_next(all, &at)) && count >= PROPOSAL_SAID_MIN) {
            return str_trim(str_slice(all, 0, end));
        }
        end = at;
    }
    return str_trim(str_slice(all, 0, end));
}

static Error *acceptance_check(Arena *arena, const ProposalDecision *decision, Money budget)
{
    if (decision->cost.fen <= 0) {
        return error_for_field(error_make(arena, ERROR_FIELD_MISSING, "no price"), STR("cost"));
    }
    if (decision->cost.fen > budget.fen) {
        Error *error = error_make(arena, ERROR_FIELD_TOO_BIG, "price above the round's money");
        return error_for_field(error_with(error, budget.fen / 100, STR("")), STR("cost"));
    }
    if (decision->kind < PROPOSAL_ENGINEERING || decision->kind > PROPOSAL_GOODS) {
        return error_for_field(error_make(arena, ERROR_FIELD_MISSING, "no kind"), STR("kind"));
    }
    return NULL;
}

static Error *refusal_check(Arena *arena, Str reason)
{
    size_t length = utf8_length(reason);
    if (length < PROPOSAL_REASON_MIN) {
        Error *error = error_make(arena, ERROR_FIELD_TOO_SHORT, "reason of %zu characters", length);
        return error_for_field(error_with(error, PROPOSAL_REASON_MIN, STR("")), STR("reason"));
    }
    if (length > PROPOSAL_REASON_MAX) {
        Error *error = error_make(arena, ERROR_FIELD_TOO_LONG, "reason of %zu characters", length);
        return error_for_field(error_with(error, PROPOSAL_REASON_MAX, STR("")), STR("reason"));
    }
    return NULL;
}

Error *proposal_decision_check(Arena *arena, const ProposalDecision *decision, Money budget)
{
    if (decision->is_accepted) {
        return acceptance_check(arena, decision, budget);
    }
    return refusal_check(arena, decision->reason);
}

/* --- receipts ---------------------------------------------------------------- */

#define RECEIPT_BASE 31
static const char receipt_signs[RECEIPT_BASE + 1] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

static uint8_t check_value(const uint8_t values[7])
{
    unsigned sum = 0;
    for (unsigned i = 0; i < 7; i++) {
        sum += (i + 1) * values[i];
    }
    return (uint8_t)(sum % RECEIPT_BASE);
}

Receipt receipt_make(const uint8_t values[7])
{
    Receipt receipt = {{0}};
    size_t at = 0;
    for (size_t i = 0; i < 8; i++) {
        if (i == 4) {
            receipt.text[at++] = '-';
        }
        receipt.text[at++] = receipt_signs[i < 7 ? values[i] % RECEIPT_BASE : check_value(values)];
    }
    return receipt;
}

static bool sign_value(char typed, uint8_t *out)
{
    char sign = typed >= 'a' && typed <= 'z' ? (char)(typed - 'a' + 'A') : typed;
    const char *place = sign == '\0' ? NULL : strchr(receipt_signs, sign);
    if (place == NULL) {
        return false;
    }
    *out = (uint8_t)(place - receipt_signs);
    return true;
}

bool receipt_parse(Str typed, Receipt *out)
{
    uint8_t values[8];
    size_t count = 0;
    for (size_t i = 0; i < typed.len; i++) {
        if (typed.data[i] == ' ' || typed.data[i] == '-') {
            continue;
        }
        if (count == 8 || !sign_value(typed.data[i], &values[count])) {
            return false;
        }
        count++;
    }
    if (count != 8 || values[7] != check_value(values)) {
        return false;
    }
    *out = receipt_make(values);
    return true;
}
