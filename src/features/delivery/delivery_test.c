/* A project from the grant to acceptance, two who act at once, the gates, on both databases. */
#include "features/proposals/proposals_fixture.h"
#include "polls_sql.h"

#include "features/decisions/decisions_fixture.h"
#include "features/delivery/delivery_fixture.h"

#define COUNCIL_NO 4 /* the stage of template B in which the council decides */

static GateReport gate(Fixture *f, size_t which)
{
    return test_gate(f->db, f->arena, &delivery_feature, delivery_feature.gates[which].name, AREA,
                     f->round, WORKS_NO);
}

static int64_t total(Fixture *f, int64_t project, LedgerAccount account)
{
    DeliveryProject now = project_of(f, project);
    return ledger_total(&now.facts.money, account).fen;
}

/* --- projects ------------------------------------------------------------------------------- */

static void what_was_chosen_is_a_project_and_what_lost_is_not(void **state)
{
    Fixture *f = *state;
    int64_t won = funded(f);
    Snapshot *snapshot;
    DeliveryProject project;
    assert_int_equal(project_of(f, won).estimate.fen, row_of(f, won).cost_fen.fen);
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_error(delivery_project(snapshot, AREA, won + 1, &project), ERROR_NOT_FOUND);
    test_error(delivery_project(snapshot, OTHER_AREA, won, &project), ERROR_NOT_FOUND);
    db_snapshot_end(snapshot);
}

static size_t rounds_listed(Fixture *f)
{
    Snapshot *snapshot;
    DeliveryRoundsRows rows;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_delivery_rounds(snapshot, AREA, 10, &rows));
    db_snapshot_end(snapshot);
    return rows.count;
}

static void a_round_is_listed_once_its_council_has_carried_a_project(void **state)
{
    Fixture *f = *state;
    council_round(f);
    int64_t project = submitted(f, "坡道加扶手");
    test_ok(try_decide(f, project, 1, yes));
    at_stage(f, COUNCIL_NO);
    assert_int_equal(rounds_listed(f), 0);
    council_says(f, project, 11);
    assert_int_equal(rounds_listed(f), 1);
}

static void nothing_is_done_before_the_round_comes_to_the_works(void **state)
{
    Fixture *f = *state;
    int64_t project = funded_at(f, WORKS_NO - 1);
    test_error(try_money(f, act_on(f, project), LEDGER_GRANT, GRANT_FEN, "洪财 1"),
               ERROR_STAGE_NOT_OPEN);
}

static void a_project_goes_from_the_grant_to_acceptance_and_the_last_fen(void **state)
{
    Fixture *f = *state;
    int64_t project = funded(f);
    build(f, project);
    test_ok(try_accept(f, project, true));
    assert_int_equal(project_of(f, project).facts.state, DELIVERY_ACCEPTED);
    money(f, project, LEDGER_RETAIN, 228000);
    money(f, project, LEDGER_REQUEST, QUOTE_FEN - 228000);
    money(f, project, LEDGER_TRANSFER, QUOTE_FEN - 228000);
    money(f, project, LEDGER_RELEASE, 228000);
    money(f, project, LEDGER_RETURN, GRANT_FEN - QUOTE_FEN);
    DeliveryProject end = project_of(f, project);
    assert_int_equal(delivery_next(&end.facts), STEP_DONE);
    assert_int_equal(total(f, project, LEDGER_PAID), QUOTE_FEN);
    assert_int_equal(ledger_sum(&end.facts.money).fen, 0);
}

static void of_two_who_act_at_once_one_wins(void **state)
{
    Fixture *f = *state;
    int64_t project = funded(f);
    DeliveryAct both = act_on(f, project);
    test_ok(try_money(f, both, LEDGER_GRANT, GRANT_FEN, "洪财 1"));
    test_error(try_money(f, both, LEDGER_GRANT, GRANT_FEN, "洪财 1"), ERROR_VERSION_CONFLICT);
    both = act_on(f, project);
    test_ok(try_money(f, both, LEDGER_GRANT, 1, "洪财 2"));
    test_error(try_money(f, both, LEDGER_GRANT, 1, "洪财 2"), ERROR_VERSION_CONFLICT);
    assert_int_equal(total(f, project, LEDGER_FREE), GRANT_FEN + 1);
}

/* --- money ---------------------------------------------------------------------------------- */

static void more_than_there_is_is_not_paid(void **state)
{
    Fixture *f = *state;
    int64_t project = funded(f);
    money(f, project, LEDGER_GRANT, 100);
    Error *err = try_money(f, act_on(f, project), LEDGER_RETURN, 101, "洪财 2");
    test_error(err, ERROR_DELIVERY_SHORT);
    assert_true(str_eq(err->field, STR("district")));
    assert_int_equal(total(f, project, LEDGER_RETURNED), 0);
}

static void a_payment_without_a_voucher_and_a_day_to_come_are_refused(void **state)
{
    Fixture *f = *state;
    int64_t project = funded(f);
    Error *err = try_money(f, act_on(f, project), LEDGER_GRANT, 100, "");
    test_error(err, ERROR_FIELD_MISSING);
    assert_true(str_eq(err->field, STR("voucher")));
    DeliveryMoney tomorrow = {.act = act_on(f, project),
                              .kind = LEDGER_GRANT,
                              .amounts = {.of = {[LEDGER_CITY] = {100}}},
                              .on = {today(f).days + 1},
                              .voucher = STR("洪财 1")};
    test_error(db_write(f->db, f->arena, delivery_money, &tomorrow, NULL, 0), ERROR_FIELD_NOT_DATE);
}

static void a_wrong_entry_is_taken_back_once_and_stays(void **state)
{
    Fixture *f = *state;
    int64_t project = funded(f);
    Snapshot *snapshot;
    EntryListRows rows;
    money(f, project, LEDGER_GRANT, 100);
    test_ok(try_reverse(f, project, 1));
    test_error(try_reverse(f, project, 1), ERROR_DELIVERY_REVERSED);
    test_error(try_reverse(f, project, 2), ERROR_DELIVERY_REVERSED);
    test_error(try_reverse(f, project, 9), ERROR_NOT_FOUND);
    assert_int_equal(total(f, project, LEDGER_FREE), 0);
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_entry_list(snapshot, AREA, project, 10, &rows));
    db_snapshot_end(snapshot);
    assert_int_equal(rows.count, 2);
    assert_int_equal(rows.rows[0].reverses, 1);
    assert_int_equal(rows.rows[1].reversed_by, 2);
    assert_int_equal(rows.rows[1].moved_fen.fen, 100);
}

static void what_later_entries_rest_on_is_not_taken_back(void **state)
{
    Fixture *f = *state;
    int64_t project = funded(f);
    money(f, project, LEDGER_GRANT, GRANT_FEN);
    buy(f, project);
    test_error(try_reverse(f, project, 1), ERROR_DELIVERY_SPENT);
}

static void no_statement_changes_or_deletes_what_is_in_the_ledger(void **state)
{
    (void)state;
    int seen = 0;
    for (int i = 0; i < sql_statement_count; i++) {
        const SqlStatement *statement = sql_statements[i];
        bool touches = strstr(statement->sqlite, "delivery_entry") != NULL ||
                       strstr(statement->sqlite, "delivery_posting") != NULL;
        if (statement->writes && touches) {
            seen++;
            assert_non_null(strstr(statement->sqlite, "INSERT INTO delivery_"));
            assert_null(strstr(statement->sqlite, "CONFLICT"));
        }
    }
    assert_int_equal(seen, 2);
}

/* --- buying --------------------------------------------------------------------------------- */

static void too_few_quotes_choose_nobody(void **state)
{
    Fixture *f = *state;
    int64_t project = funded(f);
    money(f, project, LEDGER_GRANT, GRANT_FEN);
    call(f, project, PURCHASE_QUOTES);
    bid(f, project, "青石建筑队", QUOTE_FEN);
    Error *err = try_choose(f, project, 1);
    test_error(err, ERROR_DELIVERY_BIDDERS);
    assert_int_equal(err->number, 2);
    bid(f, project, "安步扶手厂", QUOTE_FEN);
    test_error(try_choose(f, project, 3), ERROR_FIELD_NOT_CHOICE);
    test_error(try_sign(f, project, QUOTE_FEN), ERROR_DELIVERY_CHOSEN);
    test_ok(try_choose(f, project, 2));
    test_error(try_choose(f, project, 1), ERROR_DELIVERY_CHOSEN);
}

static void a_contract_goes_into_the_ledger_and_not_beyond_the_grant(void **state)
{
    Fixture *f = *state;
    int64_t project = funded(f);
    money(f, project, LEDGER_GRANT, QUOTE_FEN - 1);
    call(f, project, PURCHASE_SINGLE);
    bid(f, project, "青石建筑队", QUOTE_FEN);
    test_ok(try_choose(f, project, 1));
    test_error(try_sign(f, project, QUOTE_FEN), ERROR_DELIVERY_SHORT);
    money(f, project, LEDGER_GRANT, 1);
    test_ok(try_sign(f, project, QUOTE_FEN));
    assert_int_equal(total(f, project, LEDGER_CONTRACTED), QUOTE_FEN);
}

static Money similar(Fixture *f, const char *code)
{
    Snapshot *snapshot;
    Money spent;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(delivery_similar(snapshot, AREA, str_from(code), today(f), &spent));
    db_snapshot_end(snapshot);
    return spent;
}

static void similar_contracts_of_a_year_are_added_up(void **state)
{
    Fixture *f = *state;
    int64_t project = funded(f);
    money(f, project, LEDGER_GRANT, GRANT_FEN);
    assert_int_equal(similar(f, "engineering").fen, 0);
    buy(f, project);
    assert_int_equal(similar(f, "engineering").fen, QUOTE_FEN);
    assert_int_equal(similar(f, "goods").fen, 0);
}

/* --- work and gates ------------------------------------------------------------------------- */

static void what_is_not_done_is_not_accepted(void **state)
{
    Fixture *f = *state;
    int64_t project = funded(f);
    test_error(try_accept(f, project, true), ERROR_DELIVERY_NOT_BUILT);
    plan(f, project, "装扶手");
    test_error(try_accept(f, project, true), ERROR_DELIVERY_NOT_BUILT);
    test_ok(try_accept(f, project, false));
    test_ok(try_done(f, project, 1));
    test_error(try_done(f, project, 1), ERROR_ALREADY_EXISTS);
    assert_int_equal(gate(f, 0).state, GATE_UNMET);
    test_ok(try_accept(f, project, true));
    test_error(try_accept(f, project, true), ERROR_DELIVERY_OVER);
    test_error(try_stop(f, project), ERROR_DELIVERY_OVER);
}

static void the_works_end_when_every_project_is_accepted_or_stopped(void **state)
{
    Fixture *f = *state;
    static const Feature *const rooms[] = {&delivery_feature};
    int64_t project = funded(f);
    AdvanceRound advance = {.area = AREA,
                            .round = f->round,
                            .actor = WORKER,
                            .from_no = WORKS_NO,
                            .rooms = rooms,
                            .n_rooms = 1};
    RoundAdvanced done;
    assert_string_equal(delivery_feature.gates[0].name, "all_delivered");
    test_error(db_write(f->db, f->arena, programmes_advance, &advance, &done, sizeof(done)),
               ERROR_GATE_UNMET);
    test_ok(try_stop(f, project));
    assert_int_equal(gate(f, 1).state, GATE_MET);
    test_ok(db_write(f->db, f->arena, programmes_advance, &advance, &done, sizeof(done)));
    assert_int_equal(done.to_no, WORKS_NO + 1);
}

static void a_round_that_chose_nothing_may_go_on(void **state)
{
    Fixture *f = *state;
    assert_string_equal(delivery_feature.gates[1].name, "all_accepted");
    assert_int_equal(gate(f, 0).state, GATE_MET);
    assert_int_equal(gate(f, 1).state, GATE_MET);
}

static void money_goes_on_after_the_round_has_left_the_works(void **state)
{
    Fixture *f = *state;
    int64_t project = funded(f);
    build(f, project);
    test_ok(try_accept(f, project, true));
    at_stage(f, WORKS_NO + 1);
    money(f, project, LEDGER_REQUEST, QUOTE_FEN);
    assert_int_equal(total(f, project, LEDGER_REQUESTED), QUOTE_FEN);
}

static DeliveryCounts counts_of(Fixture *f)
{
    Snapshot *snapshot;
    DeliveryCounts counts;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(delivery_counts(snapshot, AREA, f->round, &counts));
    db_snapshot_end(snapshot);
    return counts;
}

static void a_project_is_built_when_all_that_was_planned_is_done(void **state)
{
    Fixture *f = *state;
    int64_t project = funded(f);
    assert_int_equal(counts_of(f).built, 0);
    plan(f, project, "装扶手");
    plan(f, project, "清场地");
    test_ok(try_done(f, project, 1));
    assert_int_equal(counts_of(f).built, 0);
    test_ok(try_done(f, project, 2));
    assert_int_equal(counts_of(f).built, 1);
    assert_int_equal(counts_of(f).projects, 1);
    assert_false(counts_of(f).has_accept_stage);
}

static DueItems due(Fixture *f)
{
    return test_due(f->db, f->arena, &delivery_feature, AREA, WORKER, ROLE_COMMUNITY_WORKER);
}

static void a_project_is_due_by_its_next_milestone(void **state)
{
    Fixture *f = *state;
    int64_t project = funded(f);
    assert_int_equal(due(f).count, 1);
    assert_int_equal(due(f).items[0].due_at.ms, 0);
    plan(f, project, "装扶手");
    assert_int_equal(instant_date(due(f).items[0].due_at).days, today(f).days + 10);
    test_ok(try_stop(f, project));
    assert_int_equal(due(f).count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(what_was_chosen_is_a_project_and_what_lost_is_not),
        ON_BOTH(a_round_is_listed_once_its_council_has_carried_a_project),
        ON_BOTH(nothing_is_done_before_the_round_comes_to_the_works),
        ON_BOTH(a_project_goes_from_the_grant_to_acceptance_and_the_last_fen),
        ON_BOTH(of_two_who_act_at_once_one_wins),
        ON_BOTH(more_than_there_is_is_not_paid),
        ON_BOTH(a_payment_without_a_voucher_and_a_day_to_come_are_refused),
        ON_BOTH(a_wrong_entry_is_taken_back_once_and_stays),
        ON_BOTH(what_later_entries_rest_on_is_not_taken_back),
        cmocka_unit_test(no_statement_changes_or_deletes_what_is_in_the_ledger),
        ON_BOTH(too_few_quotes_choose_nobody),
        ON_BOTH(a_contract_goes_into_the_ledger_and_not_beyond_the_grant),
        ON_BOTH(similar_contracts_of_a_year_are_added_up),
        ON_BOTH(what_is_not_done_is_not_accepted),
        ON_BOTH(the_works_end_when_every_project_is_accepted_or_stopped),
        ON_BOTH(a_round_that_chose_nothing_may_go_on),
        ON_BOTH(money_goes_on_after_the_round_has_left_the_works),
        ON_BOTH(a_project_is_built_when_all_that_was_planned_is_done),
        ON_BOTH(a_project_is_due_by_its_next_milestone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
