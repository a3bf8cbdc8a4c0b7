/* Prices with their evidence on both databases: entering, signing, sending back, gates, due. */
#include "features/estimates/estimates.h"

#include "estimates_sql.h"
#include "features/proposals/proposals_fixture.h"

#define SECRETARY INT64_C(3002)

static const char paper[] = "%PDF-1.7 quote";

static NewEstimate department(int64_t proposal, int64_t yuan)
{
    return (NewEstimate){.area = AREA,
                         .proposal = proposal,
                         .actor = WORKER,
                         .fact = {.cost = {yuan * 100},
                                  .basis = ESTIMATE_DEPARTMENT,
                                  .source = STR("街道城管办"),
                                  .words = STR("扶手 12 米，每米 260 元。")}};
}

static NewEstimate quoted(Fixture *f, int64_t proposal, int64_t yuan)
{
    NewEstimate new = {.area = AREA,
                       .proposal = proposal,
                       .actor = WORKER,
                       .fact = {.cost = {yuan * 100}, .basis = ESTIMATE_QUOTES}};
    for (size_t i = 0; i < 2; i++) {
        new.fact.quotes[i] = (QuoteFact){STR("甲店"), {yuan * 100}, {19000}, true};
        test_ok(file_prepare(f->arena, STR("报价单.pdf"), STR("application/pdf"), str_from(paper),
                             &new.documents[i]));
    }
    return new;
}

static Error *try_enter(Fixture *f, const NewEstimate *new, EstimateEntered *out)
{
    return db_write(f->db, f->arena, estimates_enter, new, out, sizeof(*out));
}

static EstimateEntered enter(Fixture *f, const NewEstimate *new)
{
    EstimateEntered done;
    test_ok(try_enter(f, new, &done));
    return done;
}

static Error *decide(Fixture *f, int64_t proposal, int64_t id, int64_t actor, bool is_signed)
{
    EstimateDecide input = {AREA, proposal, id, actor, is_signed, STR("第二份报价没有写税")};
    return db_write(f->db, f->arena, estimates_decide, &input, NULL, 0);
}

static int64_t accepted_of(Fixture *f, int64_t resident, const char *title)
{
    NewProposal new = wish(title);
    ProposalSubmitted done;
    new.actor = resident;
    test_ok(try_submit(f, &new, &done));
    test_ok(try_decide(f, done.id, 1, yes));
    return done.id;
}

static int64_t accepted(Fixture *f, const char *title)
{
    return accepted_of(f, RESIDENT, title);
}

static GateReport gate(Fixture *f, size_t which)
{
    return test_gate(f->db, f->arena, &estimates_feature, estimates_feature.gates[which].name, AREA,
                     f->round, 3);
}

#define ALL_PRICED          0
#define QUOTA_WITHIN_BUDGET 1

static EstimateHistoryRows history(Fixture *f, int64_t proposal)
{
    Snapshot *snapshot;
    EstimateHistoryRows rows;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_estimate_history(snapshot, AREA, proposal, 50, &rows));
    db_snapshot_end(snapshot);
    return rows;
}

/* --- entering ---------------------------------------------------------------- */

static void a_price_with_evidence_is_what_the_proposal_costs(void **state)
{
    Fixture *f = *state;
    int64_t id = accepted(f, "给坡道加扶手");
    NewEstimate new = quoted(f, id, 9800);
    EstimateEntered done = enter(f, &new);
    assert_int_equal(done.needs, 0);
    assert_int_equal(row_of(f, id).cost_fen.fen, 980000);
    assert_int_equal(history(f, id).rows[0].state, ESTIMATE_IN_FORCE);
}

static void the_papers_of_quotes_are_kept_as_they_came(void **state)
{
    Fixture *f = *state;
    int64_t id = accepted(f, "给坡道加扶手");
    NewEstimate new = quoted(f, id, 9800);
    EstimateQuotesRows rows;
    Snapshot *snapshot;
    File file;
    enter(f, &new);
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_estimate_quotes(snapshot, AREA, id, &rows));
    assert_int_equal(rows.count, 2);
    assert_int_equal(rows.rows[1].no, 2);
    test_ok(file_read(snapshot, AREA, rows.rows[1].document_id, &file));
    assert_true(str_eq(file.bytes, str_from(paper)));
    assert_true(str_eq(rows.rows[1].document_name, STR("报价单.pdf")));
    db_snapshot_end(snapshot);
}

static void a_new_price_replaces_and_the_old_one_stays(void **state)
{
    Fixture *f = *state;
    int64_t id = accepted(f, "给坡道加扶手");
    NewEstimate first = department(id, 9000);
    NewEstimate second = department(id, 9500);
    enter(f, &first);
    enter(f, &second);
    EstimateHistoryRows rows = history(f, id);
    assert_int_equal(rows.count, 2);
    assert_int_equal(rows.rows[0].state, ESTIMATE_IN_FORCE);
    assert_int_equal(rows.rows[0].cost_fen.fen, 950000);
    assert_int_equal(rows.rows[1].state, ESTIMATE_REPLACED);
}

static void a_price_without_its_evidence_is_refused_and_nothing_changes(void **state)
{
    Fixture *f = *state;
    int64_t id = accepted(f, "给坡道加扶手");
    EstimateEntered done;
    NewEstimate new = quoted(f, id, 9800);
    new.fact.quotes[1].has_document = false;
    test_error(try_enter(f, &new, &done), ERROR_FIELD_MISSING);
    assert_int_equal(history(f, id).count, 0);
    assert_int_equal(row_of(f, id).cost_fen.fen, yes.cost.fen);
}

static void only_accepted_proposals_before_the_ballot_are_priced(void **state)
{
    Fixture *f = *state;
    EstimateEntered done;
    NewEstimate waiting = department(submitted(f, "小广场加路灯"), 9000);
    test_error(try_enter(f, &waiting, &done), ERROR_STAGE_NOT_OPEN);
    NewEstimate late = department(accepted(f, "给坡道加扶手"), 9000);
    at_stage(f, 6);
    test_error(try_enter(f, &late, &done), ERROR_STAGE_NOT_OPEN);
    NewEstimate nothing = department(77, 9000);
    test_error(try_enter(f, &nothing, &done), ERROR_NOT_FOUND);
}

static void nobody_prices_what_they_proposed_themselves(void **state)
{
    Fixture *f = *state;
    EstimateEntered done;
    NewEstimate new = department(accepted(f, "给坡道加扶手"), 9000);
    new.actor = RESIDENT;
    test_error(try_enter(f, &new, &done), ERROR_ESTIMATE_INTERESTED);
}

/* --- two signatures ---------------------------------------------------------- */

static void a_large_price_holds_once_somebody_else_has_signed(void **state)
{
    Fixture *f = *state;
    int64_t id = accepted(f, "给坡道加扶手");
    NewEstimate new = department(id, 50000);
    EstimateEntered done = enter(f, &new);
    assert_int_equal(done.needs, ESTIMATE_NEEDS_LARGE);
    assert_int_equal(row_of(f, id).cost_fen.fen, yes.cost.fen);
    test_error(decide(f, id, done.id, WORKER, true), ERROR_ESTIMATE_SAME_PERSON);
    test_ok(decide(f, id, done.id, SECRETARY, true));
    assert_int_equal(row_of(f, id).cost_fen.fen, 5000000);
    test_error(decide(f, id, done.id, SECRETARY, true), ERROR_VERSION_CONFLICT);
}

static void one_that_is_sent_back_leaves_the_old_price(void **state)
{
    Fixture *f = *state;
    int64_t id = accepted(f, "给坡道加扶手");
    NewEstimate small = department(id, 9000);
    NewEstimate large = department(id, 60000);
    enter(f, &small);
    EstimateEntered done = enter(f, &large);
    assert_int_equal(row_of(f, id).cost_fen.fen, 900000);
    test_ok(decide(f, id, done.id, SECRETARY, false));
    EstimateHistoryRows rows = history(f, id);
    assert_int_equal(rows.rows[0].state, ESTIMATE_SENT_BACK);
    assert_true(rows.rows[0].note.len > 0);
    assert_int_equal(rows.rows[1].state, ESTIMATE_IN_FORCE);
    assert_int_equal(gate(f, ALL_PRICED).state, GATE_MET);
}

static void a_newer_price_takes_the_place_of_one_that_waits(void **state)
{
    Fixture *f = *state;
    int64_t id = accepted(f, "给坡道加扶手");
    NewEstimate first = department(id, 60000);
    NewEstimate second = department(id, 70000);
    EstimateEntered old = enter(f, &first);
    EstimateEntered done = enter(f, &second);
    test_error(decide(f, id, old.id, SECRETARY, true), ERROR_VERSION_CONFLICT);
    test_ok(decide(f, id, done.id, SECRETARY, true));
    assert_int_equal(row_of(f, id).cost_fen.fen, 7000000);
}

static void a_price_far_from_its_kind_is_flagged_with_the_numbers(void **state)
{
    Fixture *f = *state;
    for (int i = 0; i < 5; i++) {
        char title[32];
        snprintf(title, sizeof(title), "第 %d 个扶手", i + 1);
        NewEstimate usual = department(accepted_of(f, RESIDENT + 1 + i, title), 10000);
        enter(f, &usual);
    }
    int64_t id = accepted(f, "给坡道加扶手");
    NewEstimate odd = department(id, 15001);
    EstimateEntered done = enter(f, &odd);
    assert_int_equal(done.needs, ESTIMATE_NEEDS_UNUSUAL);
    EstimateHistoryRows rows = history(f, id);
    assert_int_equal(rows.rows[0].usual_n, 5);
    assert_int_equal(rows.rows[0].median_fen.fen, 1000000);
    assert_int_equal(rows.rows[0].high_fen.fen, 1500000);
    NewEstimate even = department(id, 15000);
    assert_int_equal(enter(f, &even).needs, 0);
}

static void an_estimate_is_signed_only_as_its_proposals(void **state)
{
    Fixture *f = *state;
    int64_t id = accepted(f, "给坡道加扶手");
    int64_t other = accepted(f, "小广场加路灯");
    NewEstimate new = department(id, 60000);
    EstimateEntered done = enter(f, &new);
    test_error(decide(f, other, done.id, SECRETARY, true), ERROR_NOT_FOUND);
}

/* --- gates and due ----------------------------------------------------------- */

static void a_price_said_with_the_answer_does_not_open_the_gate(void **state)
{
    Fixture *f = *state;
    assert_int_equal(gate(f, ALL_PRICED).state, GATE_MET);
    int64_t id = accepted(f, "给坡道加扶手");
    assert_int_equal(gate(f, ALL_PRICED).state, GATE_UNMET);
    assert_true(gate(f, ALL_PRICED).link.url.len > 0);
    NewEstimate new = department(id, 9000);
    enter(f, &new);
    assert_int_equal(gate(f, ALL_PRICED).state, GATE_MET);
}

static void a_price_changed_by_a_new_answer_needs_evidence_again(void **state)
{
    Fixture *f = *state;
    int64_t id = accepted(f, "给坡道加扶手");
    NewEstimate new = department(id, 9000);
    enter(f, &new);
    test_ok(try_decide(f, id, row_of(f, id).version, yes));
    assert_int_equal(gate(f, ALL_PRICED).state, GATE_UNMET);
}

static void a_price_that_waits_keeps_the_gate_shut(void **state)
{
    Fixture *f = *state;
    int64_t id = accepted(f, "给坡道加扶手");
    NewEstimate small = department(id, 9000);
    NewEstimate large = department(id, 60000);
    enter(f, &small);
    EstimateEntered done = enter(f, &large);
    assert_int_equal(gate(f, ALL_PRICED).state, GATE_UNMET);
    test_ok(decide(f, id, done.id, SECRETARY, true));
    assert_int_equal(gate(f, ALL_PRICED).state, GATE_MET);
}

static void a_project_below_or_above_its_limits_shuts_the_quota_gate(void **state)
{
    Fixture *f = *state;
    int64_t id = accepted(f, "给坡道加扶手");
    assert_int_equal(gate(f, QUOTA_WITHIN_BUDGET).state, GATE_MET);
    NewEstimate small = department(id, 999);
    enter(f, &small);
    assert_int_equal(gate(f, QUOTA_WITHIN_BUDGET).state, GATE_UNMET);
    NewEstimate large = department(id, 200001);
    test_ok(decide(f, id, enter(f, &large).id, SECRETARY, true));
    assert_int_equal(gate(f, QUOTA_WITHIN_BUDGET).state, GATE_UNMET);
    NewEstimate fine = department(id, 200000);
    test_ok(decide(f, id, enter(f, &fine).id, SECRETARY, true));
    assert_int_equal(gate(f, QUOTA_WITHIN_BUDGET).state, GATE_MET);
}

static DueItems due_of(Fixture *f, int64_t person)
{
    return test_due(f->db, f->arena, &estimates_feature, AREA, person, ROLE_COMMUNITY_WORKER);
}

static void unpriced_projects_are_due_once_their_stage_is_open(void **state)
{
    Fixture *f = *state;
    accepted(f, "给坡道加扶手");
    accepted(f, "小广场加路灯");
    assert_int_equal(due_of(f, WORKER).count, 0);
    at_stage(f, 3);
    DueItems items = due_of(f, WORKER);
    assert_int_equal(items.count, 1);
    assert_true(str_contains(text_str(f->arena, LANG_ZH, items.items[0].what), STR("2 个")));
    assert_true(items.items[0].due_at.ms > 0);
}

static void a_signature_is_due_for_everybody_but_who_entered_it(void **state)
{
    Fixture *f = *state;
    NewEstimate new = department(accepted(f, "给坡道加扶手"), 60000);
    enter(f, &new);
    assert_int_equal(due_of(f, WORKER).count, 0);
    DueItems items = due_of(f, SECRETARY);
    assert_int_equal(items.count, 1);
    assert_true(str_contains(text_str(f->arena, LANG_ZH, items.items[0].what), STR("扶手")));
}

static void the_list_is_read_worst_first_page_by_page(void **state)
{
    Fixture *f = *state;
    Snapshot *snapshot;
    EstimateTodoRows rows;
    NewEstimate priced = department(accepted(f, "给坡道加扶手"), 9000);
    NewEstimate waits = department(accepted(f, "小广场加路灯"), 60000);
    enter(f, &priced);
    enter(f, &waits);
    int64_t open = accepted(f, "活动室添书架");
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_estimate_todo(snapshot, AREA, f->round, 0, 0, 2, &rows));
    assert_int_equal(rows.count, 2);
    assert_int_equal(rows.rows[0].id, open);
    assert_int_equal(rows.rows[0].standing, STANDING_NONE);
    assert_int_equal(rows.rows[1].standing, STANDING_WAITS);
    test_ok(sql_estimate_todo(snapshot, AREA, f->round, rows.rows[1].standing, rows.rows[1].id, 2,
                              &rows));
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.rows[0].standing, STANDING_PRICED);
    db_snapshot_end(snapshot);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_price_with_evidence_is_what_the_proposal_costs),
        ON_BOTH(the_papers_of_quotes_are_kept_as_they_came),
        ON_BOTH(a_new_price_replaces_and_the_old_one_stays),
        ON_BOTH(a_price_without_its_evidence_is_refused_and_nothing_changes),
        ON_BOTH(only_accepted_proposals_before_the_ballot_are_priced),
        ON_BOTH(nobody_prices_what_they_proposed_themselves),
        ON_BOTH(a_large_price_holds_once_somebody_else_has_signed),
        ON_BOTH(one_that_is_sent_back_leaves_the_old_price),
        ON_BOTH(a_newer_price_takes_the_place_of_one_that_waits),
        ON_BOTH(a_price_far_from_its_kind_is_flagged_with_the_numbers),
        ON_BOTH(an_estimate_is_signed_only_as_its_proposals),
        ON_BOTH(a_price_said_with_the_answer_does_not_open_the_gate),
        ON_BOTH(a_price_changed_by_a_new_answer_needs_evidence_again),
        ON_BOTH(a_price_that_waits_keeps_the_gate_shut),
        ON_BOTH(a_project_below_or_above_its_limits_shuts_the_quota_gate),
        ON_BOTH(unpriced_projects_are_due_once_their_stage_is_open),
        ON_BOTH(a_signature_is_due_for_everybody_but_who_entered_it),
        ON_BOTH(the_list_is_read_worst_first_page_by_page),
    };
    return cmocka_run_group_tests_name("estimates", tests, NULL, NULL);
}
