/* Filing on both databases: the acts, what is carried out, gate, due, own data. */
#include "features/filing/filing.h"

#include "features/decisions/decisions_fixture.h"
#include "features/delivery/delivery.h"
#include "filing_sql.h"

#define DECIDE_NO 4
#define FILE_NO   7
#define WORKS_NO  8
#define STREET    INT64_C(3101)
#define WORDS     "和区里今年的排水工程是同一段，请核对。"

/* --- steps ------------------------------------------------------------------- */

/* Two projects that the council has carried; the round is at this stage. */
static void carried_at(Fixture *f, int64_t *projects, int stage)
{
    council_round(f);
    projects[0] = submitted(f, "坡道扶手");
    projects[1] = submitted(f, "楼道换灯");
    test_ok(try_decide(f, projects[0], 1, yes));
    test_ok(try_decide(f, projects[1], 1, yes));
    at_stage(f, DECIDE_NO);
    council_says(f, projects[0], 11);
    council_says(f, projects[1], 11);
    at_stage(f, stage);
}

static int64_t n_acts(Fixture *f)
{
    Snapshot *snapshot;
    FilingActsCountRow row;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_filing_acts_count(snapshot, AREA, f->round, &row));
    db_snapshot_end(snapshot);
    return row.n;
}

/* By whom the act belongs to, who sees the round as it is now. */
static FilingAll all_of(Fixture *f, UseCase *act, int64_t n_shown)
{
    return (FilingAll){.area = AREA,
                       .round = f->round,
                       .actor = act == filing_receive ? STREET : WORKER,
                       .n_shown = n_shown,
                       .n_acts = n_acts(f)};
}

static Error *try_all(Fixture *f, UseCase *act, int64_t n_shown)
{
    FilingAll all = all_of(f, act, n_shown);
    return db_write(f->db, f->arena, act, &all, NULL, 0);
}

static void filed(Fixture *f, int64_t *projects)
{
    carried_at(f, projects, FILE_NO);
    test_ok(try_all(f, filing_file, 2));
}

static FilingGetRow get(Fixture *f, int64_t project)
{
    Snapshot *snapshot;
    FilingGetRow row;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_filing_get(snapshot, AREA, project, &row));
    db_snapshot_end(snapshot);
    return row;
}

static FilingHistoryRows history(Fixture *f, int64_t project)
{
    Snapshot *snapshot;
    FilingHistoryRows rows;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_filing_history(snapshot, AREA, project, 100, &rows));
    db_snapshot_end(snapshot);
    return rows;
}

static FilingStep step_of(Fixture *f, int64_t project, FilingAct act)
{
    return (FilingStep){
        .area = AREA,
        .proposal = project,
        .actor = act == FILING_RETURN ? STREET : WORKER,
        .version = get(f, project).version,
        .act = act,
        .given = {.ground = FILING_DUPLICATE, .other = STR("云杉里排水改造"), .words = STR(WORDS)}};
}

static Error *try_step(Fixture *f, const FilingStep *step)
{
    return db_write(f->db, f->arena, filing_step, step, NULL, 0);
}

static void step(Fixture *f, int64_t project, FilingAct act)
{
    FilingStep one = step_of(f, project, act);
    test_ok(try_step(f, &one));
}

static GateState gate(Fixture *f)
{
    return test_gate(f->db, f->arena, &filing_feature, "filed", AREA, f->round, FILE_NO).state;
}

static int64_t n_chosen(Fixture *f)
{
    Snapshot *snapshot;
    DecisionOwnerCounts counts;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(decisions_owner_counts(snapshot, AREA, f->round, &counts));
    db_snapshot_end(snapshot);
    return counts.chosen;
}

static Error *read_delivery(Fixture *f, int64_t project)
{
    Snapshot *snapshot;
    DeliveryProject row;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    Error *err = delivery_project(snapshot, AREA, project, &row);
    db_snapshot_end(snapshot);
    return err;
}

/* --- the acts ---------------------------------------------------------------- */

static void the_community_files_all_that_is_chosen(void **state)
{
    Fixture *f = *state;
    int64_t projects[2];
    filed(f, projects);
    assert_int_equal(get(f, projects[0]).state, FILING_FILED);
    assert_int_equal(get(f, projects[1]).state, FILING_FILED);
    assert_int_equal(history(f, projects[1]).count, 1);
    assert_int_equal(history(f, projects[1]).rows[0].act, FILING_FILE);
}

static void nothing_is_filed_outside_its_stage(void **state)
{
    Fixture *f = *state;
    int64_t projects[2];
    carried_at(f, projects, FILE_NO - 1);
    test_error(try_all(f, filing_file, 2), ERROR_STAGE_NOT_OPEN);
}

static void what_was_filed_meanwhile_is_not_filed_again(void **state)
{
    Fixture *f = *state;
    int64_t projects[2];
    filed(f, projects);
    test_error(try_all(f, filing_file, 2), ERROR_VERSION_CONFLICT);
    assert_int_equal(history(f, projects[0]).count, 1);
}

static void the_street_receives_what_it_has_seen(void **state)
{
    Fixture *f = *state;
    int64_t projects[2];
    filed(f, projects);
    test_error(try_all(f, filing_receive, 1), ERROR_VERSION_CONFLICT);
    assert_int_equal(get(f, projects[0]).state, FILING_FILED);
    test_ok(try_all(f, filing_receive, 2));
    assert_int_equal(get(f, projects[0]).state, FILING_RECEIVED);
    assert_int_equal(history(f, projects[0]).rows[1].act, FILING_RECEIVE);
}

static void what_was_filed_again_unread_is_not_received(void **state)
{
    Fixture *f = *state;
    int64_t projects[2];
    filed(f, projects);
    FilingAll seen = all_of(f, filing_receive, 2);
    step(f, projects[0], FILING_RETURN);
    step(f, projects[0], FILING_RESEND);
    test_error(db_write(f->db, f->arena, filing_receive, &seen, NULL, 0), ERROR_VERSION_CONFLICT);
    assert_int_equal(get(f, projects[0]).state, FILING_FILED);
    test_ok(try_all(f, filing_receive, 2));
}

static void nobody_receives_what_they_filed(void **state)
{
    Fixture *f = *state;
    int64_t projects[2];
    filed(f, projects);
    FilingAll own = all_of(f, filing_receive, 2);
    own.actor = WORKER;
    test_error(db_write(f->db, f->arena, filing_receive, &own, NULL, 0), ERROR_FILING_SAME_PERSON);
}

static void on_one_ground_a_project_comes_back_once(void **state)
{
    Fixture *f = *state;
    int64_t projects[2];
    filed(f, projects);
    step(f, projects[0], FILING_RETURN);
    step(f, projects[0], FILING_RESEND);
    FilingStep given = step_of(f, projects[0], FILING_RETURN);
    test_error_at(try_step(f, &given), ERROR_FILING_GROUND_AGAIN, "ground");
    given.given = (FilingReturn){.ground = FILING_AMOUNT, .over = {100}, .words = STR(WORDS)};
    test_ok(try_step(f, &given));
}

static void nothing_exceeds_the_money_by_more_than_it_costs(void **state)
{
    Fixture *f = *state;
    int64_t projects[2];
    filed(f, projects);
    FilingStep given = step_of(f, projects[0], FILING_RETURN);
    given.given = (FilingReturn){.ground = FILING_AMOUNT,
                                 .over = {get(f, projects[0]).cost_fen.fen + 1},
                                 .words = STR(WORDS)};
    test_error_at(try_step(f, &given), ERROR_FILING_OVER_COST, "over");
    given.given.over.fen--;
    test_ok(try_step(f, &given));
}

/* Before the term is over the street may still answer; after it one lapses, the newer one not. */
static void what_is_not_answered_in_time_counts_as_received(void **state)
{
    Fixture *f = *state;
    int64_t projects[2];
    filed(f, projects);
    test_error(try_all(f, filing_lapse, 2), ERROR_VERSION_CONFLICT);
    step(f, projects[1], FILING_RETURN);
    test_db_clock(f->db)->offset_ms += INT64_C(10) * 24 * 3600 * 1000;
    step(f, projects[1], FILING_RESEND);
    test_error(try_all(f, filing_lapse, 2), ERROR_VERSION_CONFLICT);
    test_ok(try_all(f, filing_lapse, 1));
    assert_int_equal(get(f, projects[0]).state, FILING_RECEIVED);
    assert_int_equal(history(f, projects[0]).rows[1].act, FILING_LAPSE);
    assert_int_equal(get(f, projects[1]).state, FILING_FILED);
}

static void a_return_keeps_its_ground_and_words(void **state)
{
    Fixture *f = *state;
    int64_t projects[2];
    filed(f, projects);
    step(f, projects[0], FILING_RETURN);
    FilingHistoryRows rows = history(f, projects[0]);
    assert_int_equal(get(f, projects[0]).state, FILING_RETURNED);
    assert_int_equal(rows.rows[1].ground, FILING_DUPLICATE);
    assert_true(str_eq(rows.rows[1].other, STR("云杉里排水改造")));
    assert_true(str_eq(rows.rows[1].words, STR(WORDS)));
    assert_int_equal(get(f, projects[1]).state, FILING_FILED);
}

static void a_clause_that_the_round_has_not_is_no_ground(void **state)
{
    Fixture *f = *state;
    int64_t projects[2];
    filed(f, projects);
    FilingStep given = step_of(f, projects[0], FILING_RETURN);
    given.given = (FilingReturn){.ground = FILING_CLAUSE, .clause = 6, .words = STR(WORDS)};
    test_error_at(try_step(f, &given), ERROR_FILING_CLAUSE, "clause");
    given.given.clause = 5;
    test_ok(try_step(f, &given));
}

static void a_returned_project_is_filed_again_and_received(void **state)
{
    Fixture *f = *state;
    int64_t projects[2];
    filed(f, projects);
    step(f, projects[0], FILING_RETURN);
    step(f, projects[0], FILING_RESEND);
    assert_int_equal(get(f, projects[0]).state, FILING_FILED);
    test_ok(try_all(f, filing_receive, 2));
    assert_int_equal(history(f, projects[0]).count, 4);
    assert_int_equal(n_chosen(f), 2);
}

static void what_the_street_has_received_does_not_come_back(void **state)
{
    Fixture *f = *state;
    int64_t projects[2];
    filed(f, projects);
    test_ok(try_all(f, filing_receive, 2));
    FilingStep given = step_of(f, projects[0], FILING_RETURN);
    test_error(try_step(f, &given), ERROR_VERSION_CONFLICT);
    given = step_of(f, projects[0], FILING_WITHDRAW);
    test_error(try_step(f, &given), ERROR_VERSION_CONFLICT);
}

static void two_answers_at_once_have_one_winner(void **state)
{
    Fixture *f = *state;
    int64_t projects[2];
    filed(f, projects);
    step(f, projects[0], FILING_RETURN);
    FilingStep again = step_of(f, projects[0], FILING_RESEND);
    FilingStep out = step_of(f, projects[0], FILING_WITHDRAW);
    test_ok(try_step(f, &again));
    test_error(try_step(f, &out), ERROR_VERSION_CONFLICT);
    assert_int_equal(n_chosen(f), 2);
}

static void a_step_is_for_what_was_filed_here(void **state)
{
    Fixture *f = *state;
    int64_t projects[2];
    filed(f, projects);
    FilingStep given = step_of(f, projects[0], FILING_RETURN);
    given.area = AREA + 1;
    test_error(try_step(f, &given), ERROR_NOT_FOUND);
    given = step_of(f, projects[0], FILING_RECEIVE);
    test_error(try_step(f, &given), ERROR_VERSION_CONFLICT);
}

static void a_withdrawal_says_why(void **state)
{
    Fixture *f = *state;
    int64_t projects[2];
    filed(f, projects);
    step(f, projects[0], FILING_RETURN);
    FilingStep given = step_of(f, projects[0], FILING_WITHDRAW);
    given.given.words = STR("不办了");
    test_error_at(try_step(f, &given), ERROR_FIELD_TOO_SHORT, "words");
}

/* --- what is carried out ----------------------------------------------------- */

static void a_withdrawn_project_is_not_carried_out(void **state)
{
    Fixture *f = *state;
    int64_t projects[2];
    filed(f, projects);
    test_ok(read_delivery(f, projects[0]));
    step(f, projects[0], FILING_RETURN);
    test_ok(read_delivery(f, projects[0]));
    step(f, projects[0], FILING_WITHDRAW);
    assert_int_equal(n_chosen(f), 1);
    at_stage(f, WORKS_NO);
    test_error(read_delivery(f, projects[0]), ERROR_NOT_FOUND);
    test_ok(read_delivery(f, projects[1]));
}

/* --- the gate, due, own data ------------------------------------------------- */

static void the_gate_opens_when_all_are_received_or_withdrawn(void **state)
{
    Fixture *f = *state;
    int64_t projects[2];
    carried_at(f, projects, FILE_NO);
    assert_int_equal(gate(f), GATE_UNMET);
    test_ok(try_all(f, filing_file, 2));
    assert_int_equal(gate(f), GATE_UNMET);
    step(f, projects[0], FILING_RETURN);
    test_ok(try_all(f, filing_receive, 1));
    assert_int_equal(gate(f), GATE_UNMET);
    step(f, projects[0], FILING_WITHDRAW);
    assert_int_equal(gate(f), GATE_MET);
}

static size_t due(Fixture *f, Role role)
{
    return test_due(f->db, f->arena, &filing_feature, AREA, WORKER, role).count;
}

static void each_act_is_due_for_whose_work_it_is(void **state)
{
    Fixture *f = *state;
    int64_t projects[2];
    carried_at(f, projects, FILE_NO);
    assert_int_equal(due(f, ROLE_COMMUNITY_SECRETARY), 1);
    assert_int_equal(due(f, ROLE_COMMUNITY_WORKER), 0);
    assert_int_equal(due(f, ROLE_STREET_OFFICER), 0);
    test_ok(try_all(f, filing_file, 2));
    assert_int_equal(due(f, ROLE_COMMUNITY_SECRETARY), 0);
    assert_int_equal(due(f, ROLE_STREET_OFFICER), 1);
    step(f, projects[0], FILING_RETURN);
    test_ok(try_all(f, filing_receive, 1));
    assert_int_equal(due(f, ROLE_COMMUNITY_SECRETARY), 1);
    assert_int_equal(due(f, ROLE_STREET_OFFICER), 0);
    assert_int_equal(due(f, ROLE_RESIDENT), 0);
}

static Str exported(Fixture *f, int64_t person)
{
    Snapshot *snapshot;
    Buf *out = arena_new(f->arena, Buf);
    buf_init(out, 1 << 20);
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(filing_feature.export_person(snapshot, person, out));
    db_snapshot_end(snapshot);
    Str words = arena_str(f->arena, buf_view(out));
    buf_free(out);
    return words;
}

static Error *erase(Tx *tx, const void *input, Instant now, void *output)
{
    (void)output;
    return filing_feature.erase_person(tx, *(const int64_t *)input, now);
}

static void erased_staff_leave_the_act(void **state)
{
    Fixture *f = *state;
    int64_t projects[2];
    int64_t street = STREET;
    filed(f, projects);
    step(f, projects[0], FILING_RETURN);
    assert_true(str_contains(exported(f, STREET), STR("排水工程")));
    test_ok(db_write(f->db, f->arena, erase, &street, NULL, 0));
    assert_false(str_contains(exported(f, STREET), STR("排水工程")));
    assert_true(str_eq(history(f, projects[0]).rows[1].words, STR(WORDS)));
}

static void the_list_has_what_is_to_be_filed_and_what_was_withdrawn(void **state)
{
    Fixture *f = *state;
    int64_t projects[2];
    Snapshot *snapshot;
    FilingListRows rows;
    filed(f, projects);
    step(f, projects[0], FILING_RETURN);
    step(f, projects[0], FILING_WITHDRAW);
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_filing_list(snapshot, AREA, f->round, 10, &rows));
    db_snapshot_end(snapshot);
    assert_int_equal(rows.count, 2);
    assert_int_equal(rows.rows[0].state, FILING_WITHDRAWN);
    assert_int_equal(rows.rows[0].act, FILING_WITHDRAW);
    assert_int_equal(rows.rows[1].state, FILING_FILED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(the_community_files_all_that_is_chosen),
        ON_BOTH(nothing_is_filed_outside_its_stage),
        ON_BOTH(what_was_filed_meanwhile_is_not_filed_again),
        ON_BOTH(the_street_receives_what_it_has_seen),
        ON_BOTH(what_was_filed_again_unread_is_not_received),
        ON_BOTH(nobody_receives_what_they_filed),
        ON_BOTH(on_one_ground_a_project_comes_back_once),
        ON_BOTH(nothing_exceeds_the_money_by_more_than_it_costs),
        ON_BOTH(what_is_not_answered_in_time_counts_as_received),
        ON_BOTH(a_return_keeps_its_ground_and_words),
        ON_BOTH(a_clause_that_the_round_has_not_is_no_ground),
        ON_BOTH(a_returned_project_is_filed_again_and_received),
        ON_BOTH(what_the_street_has_received_does_not_come_back),
        ON_BOTH(two_answers_at_once_have_one_winner),
        ON_BOTH(a_step_is_for_what_was_filed_here),
        ON_BOTH(a_withdrawal_says_why),
        ON_BOTH(a_withdrawn_project_is_not_carried_out),
        ON_BOTH(the_gate_opens_when_all_are_received_or_withdrawn),
        ON_BOTH(each_act_is_due_for_whose_work_it_is),
        ON_BOTH(erased_staff_leave_the_act),
        ON_BOTH(the_list_has_what_is_to_be_filed_and_what_was_withdrawn),
    };
    return cmocka_run_group_tests_name("filing", tests, NULL, NULL);
}
