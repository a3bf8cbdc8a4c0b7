#include "features/proposals/proposals_rules.h"

#include "base/utf8.h"

#include <string.h>

bool proposal_cap_allows(int64_t cap, int64_t have)
{
    return cap <= 0 || have < cap;
}

bool proposal_belongs_to(const ProposalFact *proposal, const ProposalActor *actor)
{
    if (actor->person == 0) {
        return false;
    }
    bool wrote_it_down = actor->is_staff && proposal->entered_by == actor->person;
    return proposal->proposer == actor->person ||
           (proposal->entered_by != 0 && (wrote_it_down || actor->may_manage));
}

bool proposal_may_be_changed(const ProposalFact *proposal, const ProposalActor *actor)
{
    return proposal->state == PROPOSAL_SUBMITTED && proposal_belongs_to(proposal, actor);
}

bool proposal_photo_may_be_removed(const ProposalFact *proposal, int64_t actor, bool is_staff)
{
    return actor != 0 && (is_staff || proposal->proposer == actor);
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

static Error *acceptance_check(Arena *arena, const ProposalDecision *decision, Money least,
                               Money most)
{
    if (decision->cost.fen <= 0) {
        return error_for_field(error_make(arena, ERROR_FIELD_MISSING, "no price"), STR("cost"));
    }
    if (decision->cost.fen < least.fen) {
        return error_at(arena, ERROR_FIELD_TOO_SMALL, "cost", least.fen / 100);
    }
    if (decision->cost.fen > most.fen) {
        return error_at(arena, ERROR_FIELD_TOO_BIG, "cost", most.fen / 100);
    }
    if (decision->kind < PROPOSAL_ENGINEERING || decision->kind > PROPOSAL_GOODS) {
        return error_for_field(error_make(arena, ERROR_FIELD_MISSING, "no kind"), STR("kind"));
    }
    return NULL;
}

Error *proposal_decision_check(Arena *arena, const ProposalDecision *decision, Money least,
                               Money most)
{
    if (decision->is_accepted) {
        return acceptance_check(arena, decision, least, most);
    }
    return error_length(arena, "reason", decision->reason, PROPOSAL_REASON_MIN,
                        PROPOSAL_REASON_MAX);
}

/* --- receipts ---------------------------------------------------------------- */

#define RECEIPT_BASE 31
static const char receipt_signs[RECEIPT_BASE + 1] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/* Any two columns (1, place), (1, 0), (0, 1) are independent over the field of 31: a code of
 * distance three. */
static void add_check_values(uint8_t values[RECEIPT_SIGNS])
{
    unsigned sum = 0;
    unsigned weighted = 0;
    for (unsigned i = 0; i < RECEIPT_RANDOM; i++) {
        sum += values[i];
        weighted += (i + 1) * values[i];
    }
    values[RECEIPT_RANDOM] = (uint8_t)(sum % RECEIPT_BASE);
    values[RECEIPT_RANDOM + 1] = (uint8_t)(weighted % RECEIPT_BASE);
}

Receipt receipt_make(const uint8_t random[RECEIPT_RANDOM])
{
    Receipt receipt = {{0}};
    uint8_t values[RECEIPT_SIGNS];
    size_t at = 0;
    for (size_t i = 0; i < RECEIPT_RANDOM; i++) {
        values[i] = random[i] % RECEIPT_BASE;
    }
    add_check_values(values);
    for (size_t i = 0; i < RECEIPT_SIGNS; i++) {
        if (i == 5 || i == 10) {
            receipt.text[at++] = '-';
        }
        receipt.text[at++] = receipt_signs[values[i]];
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
    uint8_t values[RECEIPT_SIGNS];
    uint8_t right[RECEIPT_SIGNS];
    size_t count = 0;
    for (size_t i = 0; i < typed.len; i++) {
        if (typed.data[i] == ' ' || typed.data[i] == '-') {
            continue;
        }
        if (count == RECEIPT_SIGNS || !sign_value(typed.data[i], &values[count])) {
            return false;
        }
        count++;
    }
    if (count != RECEIPT_SIGNS) {
        return false;
    }
    memcpy(right, values, sizeof(right));
    add_check_values(right);
    *out = receipt_make(values);
    return memcmp(right, values, sizeof(right)) == 0;
}
