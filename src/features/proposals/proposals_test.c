/* Proposals on both databases: making, changing, answering. */
#include "features/proposals/proposals_fixture.h"

/* --- making ------------------------------------------------------------------ */

static void a_resident_proposes_and_gets_a_receipt(void **state)
{
    Fixture *f = *state;
    NewProposal new = wish("给坡道加扶手");
    ProposalSubmitted done;
    Receipt read;
    test_ok(try_submit(f, &new, &done));
    assert_true(done.round == f->round);
    assert_true(receipt_parse(str_from(done.receipt.text), &read));
    ProposalGetRow row = row_of(f, done.id);
    assert_int_equal(row.state, PROPOSAL_SUBMITTED);
    assert_true(row.proposer_id == RESIDENT);
    assert_int_equal(row.channel, CHANNEL_PORTAL);
    assert_int_equal(row.entered_by, 0);
    assert_true(str_eq(row.receipt, str_from(done.receipt.text)));
}

static void staff_write_one_down_for_somebody_without_a_phone(void **state)
{
    Fixture *f = *state;
    NewProposal new = wish("给坡道加扶手");
    ProposalSubmitted done;
    new.actor = WORKER;
    new.is_staff = true;
    Error *error = try_submit(f, &new, &done);
    assert_true(str_eq(error->field, STR("channel")));
    new.channel = CHANNEL_DOOR;
    new.proposer_name = STR("林秀兰");
    test_ok(try_submit(f, &new, &done));
    ProposalGetRow row = row_of(f, done.id);
    assert_true(row.proposer_id == 0);
    assert_true(row.entered_by == WORKER);
    assert_true(str_eq(row.proposer_name, STR("林秀兰")));
    assert_int_equal(row.channel, CHANNEL_DOOR);
}

static void a_resident_cannot_pretend_to_write_for_somebody(void **state)
{
    Fixture *f = *state;
    NewProposal new = wish("给坡道加扶手");
    ProposalSubmitted done;
    new.channel = CHANNEL_DOOR;
    new.proposer_name = STR("别人");
    test_ok(try_submit(f, &new, &done));
    ProposalGetRow row = row_of(f, done.id);
    assert_int_equal(row.channel, CHANNEL_PORTAL);
    assert_int_equal(row.proposer_name.len, 0);
}

static void words_too_short_or_too_long_are_refused_at_their_field(void **state)
{
    Fixture *f = *state;
    ProposalSubmitted done;
    NewProposal new = wish("扶手");
    Error *error = try_submit(f, &new, &done);
    assert_int_equal(error->code, ERROR_FIELD_TOO_SHORT);
    assert_true(str_eq(error->field, STR("title")));
    new = wish("给坡道加扶手");
    new.words.need = STR("滑");
    assert_true(str_eq(try_submit(f, &new, &done)->field, STR("need")));
    char place[61 * 3 + 1] = "";
    for (size_t i = 0; i < 61; i++) {
        memcpy(place + 3 * i, "楼", 4);
    }
    new = wish("给坡道加扶手");
    new.words.place = str_from(place);
    error = try_submit(f, &new, &done);
    assert_int_equal(error->code, ERROR_FIELD_TOO_LONG);
    assert_int_equal(error->number, 60);
    new.words.place = str_slice(new.words.place, 0, 60 * 3);
    test_ok(try_submit(f, &new, &done));
}

static void nothing_can_be_proposed_outside_of_collecting(void **state)
{
    Fixture *f = *state;
    NewProposal new = wish("给坡道加扶手");
    ProposalSubmitted done;
    at_stage(f, 1);
    assert_int_equal(try_submit(f, &new, &done)->code, ERROR_STAGE_NOT_OPEN);
    at_stage(f, 3);
    assert_int_equal(try_submit(f, &new, &done)->code, ERROR_STAGE_NOT_OPEN);
    new.area = AREA + 1;
    assert_int_equal(try_submit(f, &new, &done)->code, ERROR_STAGE_NOT_OPEN);
}

static void a_receipt_belongs_to_one_proposal(void **state)
{
    Fixture *f = *state;
    NewProposal first = wish("给坡道加扶手");
    NewProposal second = wish("小广场加路灯");
    ProposalSubmitted done;
    test_ok(try_submit(f, &first, &done));
    second.receipt = first.receipt;
    assert_int_equal(try_submit(f, &second, &done)->code, ERROR_CONFLICT_RETRY);
}

#define CAP_OF_FIRST 5 /* per_resident of the template */

static void a_resident_makes_only_as_many_as_the_rules_allow(void **state)
{
    Fixture *f = *state;
    ProposalSubmitted done;
    NewProposal new = wish("给坡道加扶手");
    cap_is(f, cap_of_two);
    int64_t first = submitted(f, "给坡道加扶手");
    submitted(f, "小广场加路灯");
    Error *error = try_submit(f, &new, &done);
    assert_int_equal(error->code, ERROR_PROPOSAL_CAP);
    assert_int_equal(error->number, 2);
    ProposalWithdraw back = {AREA, first, RESIDENT, false, 1, false};
    test_ok(db_write(f->db, f->arena, proposals_withdraw, &back, NULL, 0));
    test_ok(try_submit(f, &new, &done));
}

static void the_cap_is_five_and_does_not_count_what_staff_write_down(void **state)
{
    Fixture *f = *state;
    ProposalSubmitted done;
    for (int i = 0; i < CAP_OF_FIRST; i++) {
        submitted(f, "给坡道加扶手");
    }
    NewProposal new = wish("小广场加路灯");
    assert_int_equal(try_submit(f, &new, &done)->code, ERROR_PROPOSAL_CAP);
    new.actor = WORKER;
    new.is_staff = true;
    new.channel = CHANNEL_DOOR;
    for (int i = 0; i <= CAP_OF_FIRST; i++) {
        new.receipt = proposal_new_receipt();
        test_ok(try_submit(f, &new, &done));
    }
    cap_is(f, no_cap);
    submitted(f, "想提多少提多少");
}

/* --- changing ---------------------------------------------------------------- */

static Error *try_edit(Fixture *f, int64_t id, int64_t actor, int64_t version, const char *title)
{
    ProposalEdit edit = {.area = AREA,
                         .id = id,
                         .actor = actor,
                         .version = version,
                         .words = {.title = str_from(title),
                                   .need = STR("坡道下雨天石面打滑，老人摔过两次。"),
                                   .kind = PROPOSAL_GOODS}};
    return db_write(f->db, f->arena, proposals_edit, &edit, NULL, 0);
}

static void its_proposer_changes_it_while_it_waits(void **state)
{
    Fixture *f = *state;
    int64_t id = submitted(f, "给坡道加扶手");
    test_ok(try_edit(f, id, RESIDENT, 1, "小广场加路灯"));
    ProposalGetRow row = row_of(f, id);
    assert_true(str_eq(row.title, STR("小广场加路灯")));
    assert_int_equal(row.version, 2);
    assert_int_equal(found_by(f, "路灯"), 1);
    assert_int_equal(found_by(f, "扶手"), 0);
}

static void an_old_version_changes_nothing(void **state)
{
    Fixture *f = *state;
    int64_t id = submitted(f, "给坡道加扶手");
    test_ok(try_edit(f, id, RESIDENT, 1, "小广场加路灯"));
    assert_int_equal(try_edit(f, id, RESIDENT, 1, "换成花坛吧")->code, ERROR_VERSION_CONFLICT);
    assert_true(str_eq(row_of(f, id).title, STR("小广场加路灯")));
}

static void nobody_else_changes_or_withdraws_it(void **state)
{
    Fixture *f = *state;
    int64_t id = submitted(f, "给坡道加扶手");
    assert_int_equal(try_edit(f, id, RESIDENT + 1, 1, "小广场加路灯")->code, ERROR_NOT_FOUND);
    ProposalWithdraw withdraw = {AREA, id, RESIDENT + 1, true, 1, false};
    Error *error = db_write(f->db, f->arena, proposals_withdraw, &withdraw, NULL, 0);
    assert_int_equal(error->code, ERROR_NOT_FOUND);
}

static void a_decided_proposal_is_no_longer_changed(void **state)
{
    Fixture *f = *state;
    int64_t id = submitted(f, "给坡道加扶手");
    test_ok(try_decide(f, id, 1, yes));
    assert_int_equal(try_edit(f, id, RESIDENT, 2, "小广场加路灯")->code, ERROR_VERSION_CONFLICT);
}

static void a_withdrawn_proposal_leaves_list_search_and_gate(void **state)
{
    Fixture *f = *state;
    int64_t id = submitted(f, "给坡道加扶手");
    ProposalWithdraw withdraw = {AREA, id, RESIDENT, false, 1, false};
    assert_int_equal(gate_now(f).state, GATE_UNMET);
    test_ok(db_write(f->db, f->arena, proposals_withdraw, &withdraw, NULL, 0));
    assert_int_equal(found_by(f, "扶手"), 0);
    assert_int_equal(found_by(f, ""), 0);
    assert_int_equal(gate_now(f).state, GATE_MET);
}

/* --- answering --------------------------------------------------------------- */

static void an_acceptance_keeps_price_and_kind(void **state)
{
    Fixture *f = *state;
    int64_t id = submitted(f, "给坡道加扶手");
    test_ok(try_decide(f, id, 1, yes));
    ProposalGetRow row = row_of(f, id);
    assert_int_equal(row.state, PROPOSAL_ACCEPTED);
    assert_int_equal(row.cost_fen.fen, 1280000);
    assert_int_equal(row.kind, PROPOSAL_ENGINEERING);
    assert_true(row.decided_at.ms > 0);
}

static void a_refusal_keeps_its_reason(void **state)
{
    Fixture *f = *state;
    int64_t id = submitted(f, "给坡道加扶手");
    ProposalDecision short_reason = {false, {0}, 0, STR("不合适")};
    assert_true(str_eq(try_decide(f, id, 1, short_reason)->field, STR("reason")));
    test_ok(try_decide(f, id, 1, no));
    ProposalGetRow row = row_of(f, id);
    assert_int_equal(row.state, PROPOSAL_REFUSED);
    assert_true(str_eq(row.reason, no.reason));
}

static void a_decision_is_changed_until_the_ballot_opens(void **state)
{
    Fixture *f = *state;
    int64_t id = submitted(f, "给坡道加扶手");
    test_ok(try_decide(f, id, 1, no));
    at_stage(f, 5);
    test_ok(try_decide(f, id, 2, yes));
    assert_int_equal(row_of(f, id).reason.len, 0);
    at_stage(f, 6);
    assert_int_equal(try_decide(f, id, 3, no)->code, ERROR_STAGE_NOT_OPEN);
    assert_int_equal(row_of(f, id).state, PROPOSAL_ACCEPTED);
}

static void two_workers_do_not_overwrite_each_other(void **state)
{
    Fixture *f = *state;
    int64_t id = submitted(f, "给坡道加扶手");
    test_ok(try_decide(f, id, 1, yes));
    assert_int_equal(try_decide(f, id, 1, no)->code, ERROR_VERSION_CONFLICT);
}

/* The template has projects of 1,000 to 200,000 yuan, services of at most 100,000. */
static void a_project_costs_what_the_rules_allow(void **state)
{
    Fixture *f = *state;
    int64_t id = submitted(f, "给坡道加扶手");
    ProposalDecision decision = yes;
    decision.cost = (Money){99900};
    assert_int_equal(try_decide(f, id, 1, decision)->code, ERROR_FIELD_TOO_SMALL);
    decision.cost = (Money){20000100};
    assert_int_equal(try_decide(f, id, 1, decision)->number, 200000);
    decision.kind = PROPOSAL_SERVICE;
    decision.cost = (Money){10000100};
    assert_int_equal(try_decide(f, id, 1, decision)->number, 100000);
    decision.cost = (Money){10000000};
    test_ok(try_decide(f, id, 1, decision));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_resident_proposes_and_gets_a_receipt),
        ON_BOTH(staff_write_one_down_for_somebody_without_a_phone),
        ON_BOTH(a_resident_cannot_pretend_to_write_for_somebody),
        ON_BOTH(words_too_short_or_too_long_are_refused_at_their_field),
        ON_BOTH(nothing_can_be_proposed_outside_of_collecting),
        ON_BOTH(a_receipt_belongs_to_one_proposal),
        ON_BOTH(a_resident_makes_only_as_many_as_the_rules_allow),
        ON_BOTH(a_project_costs_what_the_rules_allow),
        ON_BOTH(the_cap_is_five_and_does_not_count_what_staff_write_down),
        ON_BOTH(its_proposer_changes_it_while_it_waits),
        ON_BOTH(an_old_version_changes_nothing),
        ON_BOTH(nobody_else_changes_or_withdraws_it),
        ON_BOTH(a_decided_proposal_is_no_longer_changed),
        ON_BOTH(a_withdrawn_proposal_leaves_list_search_and_gate),
        ON_BOTH(an_acceptance_keeps_price_and_kind),
        ON_BOTH(a_refusal_keeps_its_reason),
        ON_BOTH(a_decision_is_changed_until_the_ballot_opens),
        ON_BOTH(two_workers_do_not_overwrite_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
