/* Triage by a responsibility list with versions, and asking for another class, on both databases.
 */
#include "features/proposals/proposals_fixture.h"
#include "features/screening/screening_pages.h"

#define NEIGHBOUR INT64_C(2002)

static const char first_list[] = "大事|路面破损|区城管局\n小事|添长椅|\n私事|邻里噪音|调解室";
static const char second_list[] = "大事|路面破损、路灯不亮|区城管局\n私事|邻里噪音|调解室";

static Date today(void)
{
    Clock real = {0};
    return instant_date(clock_now(&real));
}

static Error *try_publish(Fixture *f, const char *text, int days_ahead, DutiesPublished *out)
{
    DutiesPublish new = {.area = AREA,
                         .actor = WORKER,
                         .holds_from = {today().days + days_ahead},
                         .text = str_from(text)};
    return db_write(f->db, f->arena, duties_publish, &new, out, sizeof(*out));
}

static DutyList list_on(Fixture *f, int days_ahead)
{
    Snapshot *snapshot;
    DutyList list;
    Date on = {today().days + days_ahead};
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(duties_in_force(snapshot, AREA, on, &list));
    db_snapshot_end(snapshot);
    return list;
}

static DutyList publish(Fixture *f, const char *text)
{
    DutiesPublished done;
    test_ok(try_publish(f, text, 0, &done));
    return list_on(f, 0);
}

static ScreeningGetRow outcome_of(Fixture *f, int64_t id)
{
    Snapshot *snapshot;
    ScreeningGetRow row = {0};
    bool found = false;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_screening_get(snapshot, AREA, id, &row, &found));
    db_snapshot_end(snapshot);
    assert_true(found);
    return row;
}

/* Passed on by a line of the list, or accepted where the ground says it passes. */
static Error *try_triage(Fixture *f, int64_t id, Ground ground, Str line, const char *reason)
{
    ProposalDecided done;
    ProposalDecide input = {.area = AREA,
                            .id = id,
                            .actor = WORKER,
                            .version = row_of(f, id).version,
                            .decision = ground == GROUND_PASSES ? yes : no,
                            .finding = {.ground = ground},
                            .line = line};
    input.decision.reason = str_from(reason);
    return db_write(f->db, f->arena, proposals_decide, &input, &done, sizeof(done));
}

static const char why[] = "路面归区城管局管，已经转过去。";

static Error *try_ask(Fixture *f, int64_t id, int64_t person)
{
    ReclassifyAsk ask = {AREA, id, person, STR("这是院里的路，不是市政道路。")};
    return db_write(f->db, f->arena, screening_ask, &ask, NULL, 0);
}

/* One that was passed on to a department. */
static int64_t passed_on(Fixture *f)
{
    DutyList list = publish(f, first_list);
    int64_t id = submitted(f, "院里的路面坑洼");
    test_ok(try_triage(f, id, GROUND_DEPARTMENT, duty_word(f->arena, list.id, 1), why));
    return id;
}

/* --- lists ----------------------------------------------------------------------------------- */

static void a_version_holds_from_its_day_on(void **state)
{
    Fixture *f = *state;
    DutiesPublished done;
    assert_int_equal(list_on(f, 0).id, 0);
    test_ok(try_publish(f, first_list, 0, &done));
    test_ok(try_publish(f, second_list, 3, &done));
    assert_int_equal(done.no, 2);
    assert_int_equal(list_on(f, 2).no, 1);
    assert_int_equal(list_on(f, 2).lines.count, 3);
    assert_int_equal(list_on(f, 3).no, 2);
    assert_int_equal(list_on(f, 3).lines.count, 2);
}

static void no_version_holds_from_a_day_that_has_passed(void **state)
{
    Fixture *f = *state;
    DutiesPublished done;
    test_error_at(try_publish(f, first_list, -1, &done), ERROR_DUTY_DAY, "holds_from");
}

/* --- triage ---------------------------------------------------------------------------------- */

static void a_departments_duty_cites_its_line_and_version(void **state)
{
    Fixture *f = *state;
    publish(f, first_list);
    DutyList list = publish(f, second_list);
    int64_t id = submitted(f, "院里的路面坑洼");
    test_ok(try_triage(f, id, GROUND_DEPARTMENT, duty_word(f->arena, list.id, 1), why));
    ScreeningGetRow row = outcome_of(f, id);
    assert_int_equal(row_of(f, id).state, PROPOSAL_REFUSED);
    assert_int_equal(row.ground, GROUND_DEPARTMENT);
    assert_int_equal(row.cited_no, 1);
    assert_int_equal(row.cited_list, 2);
    assert_true(str_eq(row.cited, STR("路面破损、路灯不亮（区城管局）")));
}

static void only_a_line_of_the_class_in_the_list_that_holds_is_cited(void **state)
{
    Fixture *f = *state;
    DutyList old = publish(f, first_list);
    DutyList list = publish(f, second_list);
    int64_t id = submitted(f, "院里的路面坑洼");
    Str others = duty_word(f->arena, list.id, 2);
    Str earlier = duty_word(f->arena, old.id, 1);
    test_error_at(try_triage(f, id, GROUND_DEPARTMENT, others, why), ERROR_DUTY_CITE, "line");
    test_error_at(try_triage(f, id, GROUND_DEPARTMENT, earlier, why), ERROR_DUTY_CITE, "line");
    test_error_at(try_triage(f, id, GROUND_DEPARTMENT, STR(""), why), ERROR_DUTY_CITE, "line");
    test_ok(try_triage(f, id, GROUND_PRIVATE, others, why));
}

/* --- another class --------------------------------------------------------------------------- */

static void each_person_asks_once(void **state)
{
    Fixture *f = *state;
    int64_t id = passed_on(f);
    test_ok(try_ask(f, id, RESIDENT));
    test_error(try_ask(f, id, RESIDENT), ERROR_RECLASSIFY_ONCE);
    test_ok(try_ask(f, id, NEIGHBOUR));
}

static void what_residents_decide_about_is_not_asked_for(void **state)
{
    Fixture *f = *state;
    int64_t unread = submitted(f, "院里的路面坑洼");
    int64_t accepted = submitted(f, "楼道换灯泡");
    test_ok(try_triage(f, accepted, GROUND_PASSES, STR(""), ""));
    test_error(try_ask(f, unread, RESIDENT), ERROR_RECLASSIFY_SHUT);
    test_error(try_ask(f, accepted, RESIDENT), ERROR_RECLASSIFY_SHUT);
}

static void collecting_does_not_end_before_whoever_asked_is_answered(void **state)
{
    Fixture *f = *state;
    int64_t id = passed_on(f);
    assert_int_equal(gate_now(f).state, GATE_MET);
    test_ok(try_ask(f, id, RESIDENT));
    assert_int_equal(gate_now(f).state, GATE_UNMET);
    assert_int_equal(
        test_due(f->db, f->arena, &proposals_feature, AREA, WORKER, ROLE_COMMUNITY_WORKER).count,
        1);
    test_error_at(try_triage(f, id, GROUND_PASSES, STR(""), ""), ERROR_FIELD_TOO_SHORT, "reason");
    test_ok(try_triage(f, id, GROUND_PASSES, STR(""), "您说得对，院里的路由大家一起定。"));
    assert_int_equal(row_of(f, id).state, PROPOSAL_ACCEPTED);
    assert_int_equal(gate_now(f).state, GATE_MET);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_version_holds_from_its_day_on),
        ON_BOTH(no_version_holds_from_a_day_that_has_passed),
        ON_BOTH(a_departments_duty_cites_its_line_and_version),
        ON_BOTH(only_a_line_of_the_class_in_the_list_that_holds_is_cited),
        ON_BOTH(each_person_asks_once),
        ON_BOTH(what_residents_decide_about_is_not_asked_for),
        ON_BOTH(collecting_does_not_end_before_whoever_asked_is_answered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
