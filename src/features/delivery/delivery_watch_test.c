/* Delays, changes and visits, on both databases. */
#include "delivery_watch_sql.h"
#include "features/proposals/proposals_fixture.h"
#include "polls_sql.h"

#include "features/delivery/delivery_fixture.h"

#define WHY "连着下雨，水泥干不了，往后推一周。"

static Error *try_delay(Fixture *f, int64_t project, int days, const char *why)
{
    DeliveryDelay input = {act_on(f, project), 1, {today(f).days + days}, str_from(why)};
    return db_write(f->db, f->arena, delivery_delay, &input, NULL, 0);
}

static MilestoneListRow first_step(Fixture *f, int64_t project)
{
    Snapshot *snapshot;
    MilestoneListRows rows;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_milestone_list(snapshot, AREA, project, &rows));
    db_snapshot_end(snapshot);
    assert_true(rows.count > 0);
    return rows.rows[0];
}

static ChangeListRows changes(Fixture *f, int64_t project)
{
    Snapshot *snapshot;
    ChangeListRows rows;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_change_list(snapshot, AREA, project, 10, &rows));
    db_snapshot_end(snapshot);
    return rows;
}

static void a_delayed_step_keeps_the_day_it_was_first_planned_for(void **state)
{
    Fixture *f = *state;
    int64_t project = funded(f);
    plan(f, project, "装扶手");
    test_ok(try_delay(f, project, 17, WHY));
    test_ok(try_delay(f, project, 24, WHY));
    assert_int_equal(first_step(f, project).due_on.days, today(f).days + 24);
    assert_int_equal(first_step(f, project).first_due_on.days, today(f).days + 10);
    ChangeListRows rows = changes(f, project);
    assert_int_equal(rows.count, 2);
    assert_int_equal(rows.rows[0].old_due_on.days, today(f).days + 17);
    assert_int_equal(rows.rows[0].new_due_on.days, today(f).days + 24);
    assert_true(str_eq(rows.rows[0].step, STR("装扶手")));
}

static void a_delay_needs_a_reason_and_another_day_that_has_not_passed(void **state)
{
    Fixture *f = *state;
    int64_t project = funded(f);
    plan(f, project, "装扶手");
    test_error(try_delay(f, project, 17, "下雨"), ERROR_FIELD_TOO_SHORT);
    test_error(try_delay(f, project, -1, WHY), ERROR_FIELD_NOT_DATE);
    test_error(try_delay(f, project, 10, WHY), ERROR_FIELD_NOT_DATE);
    assert_int_equal(changes(f, project).count, 0);
}

static void what_is_done_is_not_late(void **state)
{
    Fixture *f = *state;
    int64_t project = funded(f);
    plan(f, project, "装扶手");
    test_ok(try_done(f, project, 1));
    test_error(try_delay(f, project, 17, WHY), ERROR_ALREADY_EXISTS);
}

static Error *try_change(Fixture *f, int64_t project, DeliveryChangeKind kind)
{
    DeliveryChange input = {act_on(f, project), kind, STR("扶手改用不锈钢，热天不烫手。")};
    return db_write(f->db, f->arena, delivery_change, &input, NULL, 0);
}

static void a_change_is_written_with_its_reason_while_the_work_goes_on(void **state)
{
    Fixture *f = *state;
    int64_t project = funded(f);
    test_ok(try_change(f, project, DELIVERY_CHANGE_SCOPE));
    test_error(try_change(f, project, DELIVERY_CHANGE_DELAY), ERROR_FIELD_NOT_CHOICE);
    assert_int_equal(changes(f, project).count, 1);
    test_ok(try_stop(f, project));
    test_error(try_change(f, project, DELIVERY_CHANGE_PRICE), ERROR_DELIVERY_OVER);
}

static Error *try_visit(Fixture *f, int64_t project, int days)
{
    DeliveryVisit input = {act_on(f, project),
                           {today(f).days + days},
                           STR("韩冬"),
                           STR("居民监督员"),
                           STR("焊口还没磨，已经让施工队改。")};
    return db_write(f->db, f->arena, delivery_visit, &input, NULL, 0);
}

static void supervisors_may_come_before_and_after_acceptance(void **state)
{
    Fixture *f = *state;
    Snapshot *snapshot;
    VisitListRows rows;
    int64_t project = funded(f);
    build(f, project);
    test_ok(try_visit(f, project, 0));
    test_error(try_visit(f, project, 1), ERROR_FIELD_NOT_DATE);
    test_ok(try_accept(f, project, true));
    test_ok(try_visit(f, project, 0));
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_visit_list(snapshot, AREA, project, 10, &rows));
    db_snapshot_end(snapshot);
    assert_int_equal(rows.count, 2);
    assert_int_equal(rows.rows[0].no, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_delayed_step_keeps_the_day_it_was_first_planned_for),
        ON_BOTH(a_delay_needs_a_reason_and_another_day_that_has_not_passed),
        ON_BOTH(what_is_done_is_not_late),
        ON_BOTH(a_change_is_written_with_its_reason_while_the_work_goes_on),
        ON_BOTH(supervisors_may_come_before_and_after_acceptance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
