/* Trainings: planned, held, who signed in, their gate, on both databases. */
#include "features/proposals/proposals_fixture.h"

#include "features/launch/launch_fixture.h"
#include "features/people/people.h"
#include "launch_trainings_sql.h"

static NewTraining evening(Fixture *f)
{
    return (NewTraining){.area = AREA,
                         .round = f->round,
                         .actor = WORKER,
                         .fact = {.held_on = today(f),
                                  .hours = STR("19:00—20:30"),
                                  .subject = STR("怎样写好一条提议"),
                                  .audience = TRAINING_RESIDENTS,
                                  .place = STR("社区活动室"),
                                  .trainer = STR("程讲师")}};
}

static int64_t planned(Fixture *f)
{
    NewTraining new = evening(f);
    int64_t id = 0;
    test_ok(db_write(f->db, f->arena, launch_plan_training, &new, &id, sizeof(id)));
    return id;
}

static TrainingGetRow row_now(Fixture *f, int64_t id)
{
    Snapshot *snapshot;
    TrainingGetRow row;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_training_get(snapshot, AREA, id, &row));
    db_snapshot_end(snapshot);
    return row;
}

static Error *try_hold(Fixture *f, int64_t id, int64_t present, const char *names)
{
    TrainingHeld held = {AREA,     id,      WORKER,         row_now(f, id).version,
                         today(f), present, str_from(names)};
    return db_write(f->db, f->arena, launch_hold_training, &held, NULL, 0);
}

static TrainingPeopleRows people_of(Fixture *f, int64_t id)
{
    Snapshot *snapshot;
    TrainingPeopleRows rows;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_training_people(snapshot, AREA, id, TRAINING_NAMES_MAX, &rows));
    db_snapshot_end(snapshot);
    return rows;
}

static int64_t neighbour(Fixture *f, const char *name)
{
    PersonEnter enter = {.area = AREA,
                         .actor = WORKER,
                         .person = {.name = str_from(name), .birth_year = 1960},
                         .residency = RESIDENCY_REGISTERED};
    PersonEntered entered;
    test_ok(db_write(f->db, f->arena, people_enter, &enter, &entered, sizeof(entered)));
    return entered.person;
}

static GateReport gate(Fixture *f)
{
    return test_gate(f->db, f->arena, &launch_feature, "training_held", AREA, f->round, LAUNCH_NO);
}

/* --- planned and held ----------------------------------------------------------- */

static void the_launch_waits_for_a_training_that_was_held(void **state)
{
    Fixture *f = *state;
    assert_int_equal(gate(f).state, GATE_UNMET);
    int64_t id = planned(f);
    assert_int_equal(gate(f).state, GATE_UNMET);
    assert_true(gate(f).link.url.len > 0);
    test_ok(try_hold(f, id, 12, ""));
    assert_int_equal(gate(f).state, GATE_MET);
}

static void one_that_was_taken_back_does_not_count(void **state)
{
    Fixture *f = *state;
    int64_t id = planned(f);
    test_ok(try_hold(f, id, 12, ""));
    Withdrawal back = {AREA, id, WORKER, 2, STR("这次没有办成")};
    test_ok(db_write(f->db, f->arena, launch_withdraw_training, &back, NULL, 0));
    assert_int_equal(gate(f).state, GATE_UNMET);
    test_error(try_hold(f, id, 12, ""), ERROR_CHANGE_WITHDRAWN);
    assert_int_equal(changes_of(f, id).count, 1);
}

static void as_many_came_as_have_signed_in_at_least(void **state)
{
    Fixture *f = *state;
    int64_t id = planned(f);
    test_error_at(try_hold(f, id, 0, ""), ERROR_FIELD_TOO_SMALL, "present");
    test_error_at(try_hold(f, id, 2, "桂小满\n白晓棠\n温伯年"), ERROR_FIELD_TOO_SMALL, "present");
    assert_int_equal(people_of(f, id).count, 0);
    test_ok(try_hold(f, id, 3, "桂小满\n白晓棠\n温伯年"));
    assert_int_equal(people_of(f, id).count, 3);
}

static void a_training_is_not_held_on_a_day_to_come(void **state)
{
    Fixture *f = *state;
    int64_t id = planned(f);
    TrainingHeld held = {AREA, id, WORKER, 1, {today(f).days + 1}, 12, STR("")};
    test_error_at(db_write(f->db, f->arena, launch_hold_training, &held, NULL, 0),
                  ERROR_CHANGE_DAY_AHEAD, "held_on");
}

static void only_a_document_the_round_goes_by_is_material(void **state)
{
    Fixture *f = *state;
    NewTraining new = evening(f);
    int64_t id = 0;
    new.material.document = 77;
    test_error_at(db_write(f->db, f->arena, launch_plan_training, &new, &id, sizeof(id)),
                  ERROR_DOCUMENT_NOT_HERE, "document");
}

static void a_correction_keeps_what_was_planned_and_not_who_teaches(void **state)
{
    Fixture *f = *state;
    int64_t id = planned(f);
    TrainingCorrection given = {.area = AREA,
                                .id = id,
                                .actor = WORKER,
                                .version = 1,
                                .fact = evening(f).fact,
                                .reason = STR("换到大一点的房间")};
    given.fact.place = STR("居民议事厅");
    test_ok(db_write(f->db, f->arena, launch_correct_training, &given, NULL, 0));
    assert_true(str_eq(row_now(f, id).place, STR("居民议事厅")));
    Str was = changes_of(f, id).items[0].was;
    assert_true(str_contains(was, STR("社区活动室")));
    assert_false(str_contains(was, STR("程讲师")));
    test_error(db_write(f->db, f->arena, launch_correct_training, &given, NULL, 0),
               ERROR_VERSION_CONFLICT);
}

/* --- who signed in ---------------------------------------------------------------- */

static void a_name_that_is_one_person_on_the_roll_is_that_person(void **state)
{
    Fixture *f = *state;
    int64_t person = neighbour(f, "桂小满");
    int64_t id = planned(f);
    test_ok(try_hold(f, id, 5, "桂小满、路人甲"));
    TrainingPeopleRows rows = people_of(f, id);
    assert_int_equal(rows.count, 2);
    assert_int_equal(rows.rows[0].person_id, person);
    assert_int_equal(rows.rows[0].name.len, 0);
    assert_true(str_eq(rows.rows[0].roll_name, STR("桂小满")));
    assert_int_equal(rows.rows[1].person_id, 0);
    assert_true(str_eq(rows.rows[1].name, STR("路人甲")));
}

static void a_name_that_two_people_have_stays_a_name(void **state)
{
    Fixture *f = *state;
    neighbour(f, "桂小满");
    neighbour(f, "桂小满");
    int64_t id = planned(f);
    test_ok(try_hold(f, id, 5, "桂小满"));
    assert_int_equal(people_of(f, id).rows[0].person_id, 0);
}

static void names_that_come_later_are_added_once(void **state)
{
    Fixture *f = *state;
    neighbour(f, "桂小满");
    int64_t id = planned(f);
    test_ok(try_hold(f, id, 2, "桂小满，路人甲"));
    test_ok(try_hold(f, id, 3, "桂小满，路人甲，白晓棠"));
    assert_int_equal(people_of(f, id).count, 3);
    assert_int_equal(row_now(f, id).present, 3);
    assert_true(str_contains(changes_of(f, id).items[0].was, STR("2 人")));
}

static void a_name_is_forgotten_and_the_number_stays(void **state)
{
    Fixture *f = *state;
    int64_t id = planned(f);
    test_ok(try_hold(f, id, 5, "路人甲"));
    TrainingForget forget = {AREA, id, WORKER, people_of(f, id).rows[0].id};
    test_ok(db_write(f->db, f->arena, launch_forget_name, &forget, NULL, 0));
    test_error(db_write(f->db, f->arena, launch_forget_name, &forget, NULL, 0), ERROR_NOT_FOUND);
    assert_int_equal(people_of(f, id).count, 0);
    assert_int_equal(row_now(f, id).present, 5);
}

static Error *erase(Tx *tx, const void *input, Instant now, void *output)
{
    (void)output;
    return launch_feature.erase_person(tx, *(const int64_t *)input, now);
}

static Str exported(Fixture *f, int64_t person)
{
    Snapshot *snapshot;
    Buf out;
    buf_init(&out, 1 << 16);
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(launch_feature.export_person(snapshot, person, &out));
    db_snapshot_end(snapshot);
    Str words = arena_str(f->arena, buf_view(&out));
    buf_free(&out);
    return words;
}

static void an_erased_person_leaves_the_list_and_not_the_number(void **state)
{
    Fixture *f = *state;
    int64_t person = neighbour(f, "桂小满");
    int64_t id = planned(f);
    test_ok(try_hold(f, id, 5, "桂小满"));
    assert_true(str_contains(exported(f, person), STR("怎样写好一条提议")));
    test_ok(db_write(f->db, f->arena, erase, &person, NULL, 0));
    assert_int_equal(people_of(f, id).count, 0);
    assert_int_equal(row_now(f, id).present, 5);
    assert_false(str_contains(exported(f, person), STR("怎样写好一条提议")));
}

/* --- what is due -------------------------------------------------------------------- */

static void a_training_whose_day_is_over_waits_for_its_sign_in(void **state)
{
    Fixture *f = *state;
    at_stage(f, 2);
    int64_t id = planned(f);
    DueItems items =
        test_due(f->db, f->arena, &launch_feature, AREA, WORKER, ROLE_COMMUNITY_WORKER);
    assert_int_equal(items.count, 0);
    atomic_fetch_add(&test_db_clock(f->db)->offset_ms, DAY_MS);
    items = test_due(f->db, f->arena, &launch_feature, AREA, WORKER, ROLE_COMMUNITY_WORKER);
    assert_int_equal(items.count, 1);
    test_ok(try_hold(f, id, 5, ""));
    items = test_due(f->db, f->arena, &launch_feature, AREA, WORKER, ROLE_COMMUNITY_WORKER);
    assert_int_equal(items.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(the_launch_waits_for_a_training_that_was_held),
        ON_BOTH(one_that_was_taken_back_does_not_count),
        ON_BOTH(as_many_came_as_have_signed_in_at_least),
        ON_BOTH(a_training_is_not_held_on_a_day_to_come),
        ON_BOTH(only_a_document_the_round_goes_by_is_material),
        ON_BOTH(a_correction_keeps_what_was_planned_and_not_who_teaches),
        ON_BOTH(a_name_that_is_one_person_on_the_roll_is_that_person),
        ON_BOTH(a_name_that_two_people_have_stays_a_name),
        ON_BOTH(names_that_come_later_are_added_once),
        ON_BOTH(a_name_is_forgotten_and_the_number_stays),
        ON_BOTH(an_erased_person_leaves_the_list_and_not_the_number),
        ON_BOTH(a_training_whose_day_is_over_waits_for_its_sign_in),
    };
    return cmocka_run_group_tests_name("trainings", tests, NULL, NULL);
}
