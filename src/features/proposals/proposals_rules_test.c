#include "features/proposals/proposals_rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int set_up(void **state)
{
    *state = arena_create(1 << 20);
    return 0;
}

static int tear_down(void **state)
{
    arena_destroy(*state);
    return 0;
}

static const Money budget = {24000000};
static const Money least = {100000};

static void its_proposer_may_change_it_while_it_waits(void **state)
{
    (void)state;
    ProposalFact own = {PROPOSAL_SUBMITTED, 7, 0};
    static const ProposalActor proposer = {7, false, false};
    static const ProposalActor neighbour = {8, false, false};
    static const ProposalActor worker = {8, true, true};
    assert_true(proposal_may_be_changed(&own, &proposer));
    assert_false(proposal_may_be_changed(&own, &neighbour));
    assert_false(proposal_may_be_changed(&own, &worker));
    own.state = PROPOSAL_ACCEPTED;
    assert_false(proposal_may_be_changed(&own, &proposer));
    assert_true(proposal_belongs_to(&own, &proposer));
}

static void what_staff_typed_in_is_changed_by_who_typed_it_in_or_manages(void **state)
{
    (void)state;
    ProposalFact entered = {PROPOSAL_SUBMITTED, 0, 5};
    static const ProposalActor grid_worker = {5, true, false};
    static const ProposalActor colleague = {6, true, true};
    static const ProposalActor officer = {6, true, false};
    static const ProposalActor staff_no_more = {5, false, false};
    assert_true(proposal_may_be_changed(&entered, &grid_worker));
    assert_true(proposal_may_be_changed(&entered, &colleague));
    assert_false(proposal_may_be_changed(&entered, &officer));
    assert_false(proposal_may_be_changed(&entered, &staff_no_more));
}

static void nobody_owns_a_proposal_of_nobody(void **state)
{
    (void)state;
    ProposalFact anonymous = {PROPOSAL_SUBMITTED, 0, 5};
    static const ProposalActor nobody = {0, false, false};
    assert_false(proposal_may_be_changed(&anonymous, &nobody));
}

static void a_decision_may_be_changed_until_the_ballot_opens(void **state)
{
    (void)state;
    assert_true(proposal_may_be_decided(PROPOSAL_SUBMITTED, true));
    assert_true(proposal_may_be_decided(PROPOSAL_REFUSED, true));
    assert_false(proposal_may_be_decided(PROPOSAL_ACCEPTED, false));
    assert_false(proposal_may_be_decided(PROPOSAL_WITHDRAWN, true));
}

static void an_acceptance_needs_a_price_and_a_kind(void **state)
{
    ProposalDecision decision = {true, {0}, PROPOSAL_SERVICE, STR("")};
    assert_true(
        str_eq(proposal_decision_check(*state, &decision, least, budget)->field, STR("cost")));
    decision.cost.fen = 1280000;
    assert_null(proposal_decision_check(*state, &decision, least, budget));
    decision.kind = PROPOSAL_KIND_UNSURE;
    assert_true(
        str_eq(proposal_decision_check(*state, &decision, least, budget)->field, STR("kind")));
}

static void a_price_above_the_money_of_the_round_is_refused(void **state)
{
    ProposalDecision decision = {true, budget, PROPOSAL_GOODS, STR("")};
    assert_null(proposal_decision_check(*state, &decision, least, budget));
    decision.cost.fen++;
    Error *error = proposal_decision_check(*state, &decision, least, budget);
    assert_int_equal(error->code, ERROR_FIELD_TOO_BIG);
    assert_int_equal(error->number, 240000);
}

static void a_refusal_needs_ten_characters_of_reason(void **state)
{
    ProposalDecision decision = {false, {0}, 0, STR("不合适不合适不合适")};
    Error *error = proposal_decision_check(*state, &decision, least, budget);
    assert_int_equal(error->code, ERROR_FIELD_TOO_SHORT);
    assert_int_equal(error->number, 10);
    decision.reason = STR("不合适不合适不合适！");
    assert_null(proposal_decision_check(*state, &decision, least, budget));
}

static const uint8_t receipt_values[RECEIPT_RANDOM] = {5, 13, 1, 17, 0, 7, 30, 2, 2, 9, 28, 11, 4};
static const char *signs = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

static void a_receipt_has_at_least_sixty_random_bits(void **state)
{
    (void)state;
    double bits = RECEIPT_RANDOM * 4.954; /* log2 of 31 */
    assert_true(bits >= 60);
    uint8_t other[RECEIPT_RANDOM];
    Receipt made = receipt_make(receipt_values);
    for (size_t i = 0; i < RECEIPT_RANDOM; i++) { /* each value shows */
        memcpy(other, receipt_values, sizeof(other));
        other[i] = (uint8_t)((other[i] + 1) % 31);
        assert_string_not_equal(receipt_make(other).text, made.text);
    }
}

static void a_receipt_survives_being_typed_by_people(void **state)
{
    (void)state;
    Receipt made = receipt_make(receipt_values);
    assert_int_equal(strlen(made.text), RECEIPT_TEXT_SIZE - 1);
    char typed[40];
    snprintf(typed, sizeof(typed), " %.2s %.2s%.14s ", made.text, made.text + 2, made.text + 4);
    for (char *at = typed; *at != '\0'; at++) {
        *at = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
    }
    Receipt read;
    assert_true(receipt_parse(str_from(typed), &read));
    assert_string_equal(read.text, made.text);
}

static bool is_sign(size_t place)
{
    return place != 5 && place != 11;
}

static void every_one_or_two_wrong_signs_in_a_receipt_are_noticed(void **state)
{
    (void)state;
    Receipt made = receipt_make(receipt_values);
    Receipt read;
    for (size_t one = 0; one < 17; one++) {
        for (size_t two = one + 1; two < 17; two++) {
            for (size_t pair = 1; pair < 31 * 31 && is_sign(one) && is_sign(two); pair++) {
                Receipt wrong = made;
                wrong.text[one] = signs[pair / 31];
                wrong.text[two] = signs[pair % 31];
                bool same = strcmp(wrong.text, made.text) == 0;
                assert_int_equal(receipt_parse(str_from(wrong.text), &read), same);
            }
        }
    }
}

static void any_two_signs_exchanged_are_noticed(void **state)
{
    (void)state;
    Receipt made = receipt_make(receipt_values);
    Receipt read;
    for (size_t one = 0; one < 17; one++) {
        for (size_t two = one + 1; two < 17; two++) {
            Receipt wrong = made;
            wrong.text[one] = made.text[two];
            wrong.text[two] = made.text[one];
            bool same = made.text[one] == made.text[two];
            if (is_sign(one) && is_sign(two)) {
                assert_int_equal(receipt_parse(str_from(wrong.text), &read), same);
            }
        }
    }
}

static void what_is_not_a_receipt_is_refused(void **state)
{
    (void)state;
    Receipt read;
    assert_false(receipt_parse(STR(""), &read));
    assert_false(receipt_parse(STR("7F3K2-9M"), &read));
    assert_false(receipt_parse(STR("0OI1L-LLLLL-00000"), &read));
    assert_false(receipt_parse(STR("路灯路灯路灯"), &read));
    assert_false(receipt_parse(str_from_bytes("22222-22222-222\0"
                                              "2",
                                              17),
                               &read));
    assert_true(receipt_parse(STR("22222-22222-22222"), &read));
    assert_false(receipt_parse(STR("22222-22222-222222"), &read));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_proposer_may_change_it_while_it_waits),
        cmocka_unit_test(what_staff_typed_in_is_changed_by_who_typed_it_in_or_manages),
        cmocka_unit_test(nobody_owns_a_proposal_of_nobody),
        cmocka_unit_test(a_decision_may_be_changed_until_the_ballot_opens),
        cmocka_unit_test(an_acceptance_needs_a_price_and_a_kind),
        cmocka_unit_test(a_price_above_the_money_of_the_round_is_refused),
        cmocka_unit_test(a_refusal_needs_ten_characters_of_reason),
        cmocka_unit_test(a_receipt_survives_being_typed_by_people),
        cmocka_unit_test(a_receipt_has_at_least_sixty_random_bits),
        cmocka_unit_test(every_one_or_two_wrong_signs_in_a_receipt_are_noticed),
        cmocka_unit_test(any_two_signs_exchanged_are_noticed),
        cmocka_unit_test(what_is_not_a_receipt_is_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
