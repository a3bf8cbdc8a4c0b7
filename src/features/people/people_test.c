/* Persons, codes, own data and the list of the roll, on both databases. */
#include "features/people/people_fixture.h"

/* --- persons --- */

static void an_elder_without_a_phone_is_entered(void **state)
{
    const DbKind *kind = *state;
    Bench bench;
    open_bench(&bench, *kind);
    PersonEnter input = {.area = bench.area,
                         .actor = bench.actor,
                         .person = {.name = STR("赵桂枝"), .birth_year = 1941},
                         .building = STR("10 号楼"),
                         .door = STR("202"),
                         .residency = RESIDENCY_REGISTERED};
    PersonEntered entered;
    test_ok(db_write(bench.db, bench.arena, people_enter, &input, &entered, sizeof(entered)));
    Str roll = roll_text(&bench);
    assert_true(str_contains(roll, STR("赵桂枝||10 号楼|202|000010-000202|1941-0|1\n")));
    assert_true(str_find(roll, STR("林小满")) < str_find(roll, STR("赵桂枝")));
    close_bench(&bench);
}

static void somebody_on_the_roll_is_not_entered_twice(void **state)
{
    const DbKind *kind = *state;
    Bench bench;
    open_bench(&bench, *kind);
    Str before = roll_text(&bench);
    PersonEnter input = {.area = bench.area, .actor = bench.actor};
    PersonEntered entered;
    input.person = (PersonNew){.name = STR("林小满"), .phone = STR("13800000001")};
    assert_int_equal(
        code_of(db_write(bench.db, bench.arena, people_enter, &input, &entered, sizeof(entered))),
        ERROR_ROLL_PERSON_KNOWN);
    input.person = (PersonNew){.name = STR("罗小平")};
    input.building = STR("1栋");
    input.door = STR("0101");
    assert_int_equal(
        code_of(db_write(bench.db, bench.arena, people_enter, &input, &entered, sizeof(entered))),
        ERROR_ROLL_PERSON_KNOWN);
    input.person = (PersonNew){.name = STR("郭敏"), .phone = STR("13800000001")};
    assert_int_equal(
        code_of(db_write(bench.db, bench.arena, people_enter, &input, &entered, sizeof(entered))),
        ERROR_ROLL_PHONE_TAKEN);
    assert_same(roll_text(&bench), before);
    close_bench(&bench);
}

/* Tries the code; *out_token is the session's, when there is one. */
static bool signs_in(Bench *bench, const CodeMade *made, Str *out_token)
{
    const App app = {.secret = secret};
    char digits[17] = {0};
    size_t n = 0;
    for (const char *c = made->code.text; *c; c++) {
        if (*c != ' ') {
            digits[n++] = *c;
        }
    }
    SignInOutcome outcome;
    SignIn *sign_in = auth_prepare_code(bench->arena, &app, STR("1.2.3.4"), str_from(digits));
    test_ok(db_write(bench->db, bench->arena, auth_sign_in, sign_in, &outcome, sizeof(outcome)));
    *out_token = sign_in->token;
    return outcome.is_in;
}

static int64_t who_comes(Bench *bench, Str token)
{
    Snapshot *snapshot = NULL;
    Who who;
    bool touch;
    test_ok(db_snapshot_begin(bench->db, bench->arena, &snapshot));
    test_ok(auth_who(snapshot, token, &who, &touch));
    db_snapshot_end(snapshot);
    return who.person;
}

static Error *grant_staff(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    (void)output;
    return people_grant_role(tx, input);
}

static void a_code_is_made_for_a_resident_but_not_for_staff_or_strangers(void **state)
{
    const DbKind *kind = *state;
    Bench bench;
    Start start = open_bench(&bench, *kind);
    assert_int_equal(new_code(&bench, start.luo), ERROR_NONE);
    assert_int_equal(new_code(&bench, bench.actor), ERROR_NOT_FOUND);
    RoleNew role = {.person = start.lin, .role = ROLE_COMMUNITY_SECRETARY, .area = bench.area};
    test_ok(db_write(bench.db, bench.arena, grant_staff, &role, NULL, 0));
    assert_int_equal(new_code(&bench, start.lin), ERROR_ROLL_HAS_ROLE);
    close_bench(&bench);
}

static void a_personal_code_ends_when_its_person_becomes_staff(void **state)
{
    const DbKind *kind = *state;
    Bench bench;
    Start start = open_bench(&bench, *kind);
    CodeMade made;
    Str token, later;
    test_ok(make_code(&bench, start.lin, &made));
    assert_true(signs_in(&bench, &made, &token));
    assert_int_equal(who_comes(&bench, token), start.lin);
    RoleNew role = {.person = start.lin, .role = ROLE_GRID_WORKER, .area = bench.area};
    test_ok(db_write(bench.db, bench.arena, grant_staff, &role, NULL, 0));
    assert_int_equal(who_comes(&bench, token), 0);
    assert_false(signs_in(&bench, &made, &later));
    close_bench(&bench);
}

static void a_person_is_at_home_where_they_work_else_where_they_live(void **state)
{
    const DbKind *kind = *state;
    Bench bench;
    Start start = open_bench(&bench, *kind);
    Snapshot *snapshot;
    int64_t area;
    bool is_staff;
    test_ok(db_snapshot_begin(bench.db, bench.arena, &snapshot));
    test_ok(people_home_area(snapshot, start.actor, &area, &is_staff));
    assert_true(is_staff);
    assert_true(area == bench.area);
    test_ok(people_home_area(snapshot, start.lin, &area, &is_staff));
    assert_false(is_staff);
    assert_true(area == bench.area);
    test_ok(people_home_area(snapshot, 999, &area, &is_staff));
    assert_true(area == 0);
    db_snapshot_end(snapshot);
    close_bench(&bench);
}

static Error *erase(Tx *tx, const void *input, Instant now, void *output)
{
    const int64_t *person = input;
    (void)output;
    return people_erase_person(tx, *person, now);
}

static void own_data_is_handed_out_and_taken_away(void **state)
{
    const DbKind *kind = *state;
    Bench bench;
    Start start = open_bench(&bench, *kind);
    Snapshot *snapshot;
    Buf out;
    buf_init(&out, 1 << 16);
    test_ok(db_snapshot_begin(bench.db, bench.arena, &snapshot));
    test_ok(people_export_person(snapshot, start.lin, &out));
    db_snapshot_end(snapshot);
    assert_true(str_starts_with(buf_view(&out), STR("\"person\":{")));
    assert_true(str_contains(buf_view(&out), STR("\"phone\":\"13800000001\"")));
    assert_true(str_contains(buf_view(&out), STR("\"door\":\"501\"")));
    buf_free(&out);
    test_ok(db_write(bench.db, bench.arena, erase, &start.lin, NULL, 0));
    assert_false(str_contains(roll_text(&bench), STR("林小满")));
    test_ok(db_snapshot_begin(bench.db, bench.arena, &snapshot));
    PersonGetRow row;
    bool is_found;
    test_ok(sql_person_get(snapshot, start.lin, &row, &is_found));
    assert_int_equal(row.name.len + row.phone.len, 0);
    db_snapshot_end(snapshot);
    close_bench(&bench);
}

/* --- the list --- */

static size_t found(Bench *bench, const char *name, const char *place, const char *phone)
{
    Snapshot *snapshot;
    RollByPlaceRows by_place;
    RollByNameRows by_name;
    test_ok(db_snapshot_begin(bench->db, bench->arena, &snapshot));
    test_ok(sql_roll_by_place(snapshot, bench->area, true, str_from(name), str_from(place),
                              str_from(phone), STR(""), 0, 10, &by_place));
    test_ok(sql_roll_by_name(snapshot, bench->area, true, str_from(name), str_from(place),
                             str_from(phone), STR(""), 0, 10, &by_name));
    db_snapshot_end(snapshot);
    assert_int_equal(by_place.count, by_name.count);
    return by_place.count;
}

static void the_roll_is_searched_by_name_address_or_phone(void **state)
{
    const DbKind *kind = *state;
    Bench bench;
    open_bench(&bench, *kind);
    assert_int_equal(found(&bench, "%小%", "-", "-"), 2);
    assert_int_equal(found(&bench, "%满%", "-", "-"), 1);
    assert_int_equal(found(&bench, "%甲%", "000003%", "-"), 1);
    assert_int_equal(found(&bench, "%甲%", "-", "13800000001"), 1);
    assert_int_equal(found(&bench, "%\\%%", "-", "-"), 0);
    close_bench(&bench);
}

static void the_roll_is_paged_by_key(void **state)
{
    const DbKind *kind = *state;
    Bench bench;
    open_bench(&bench, *kind);
    Snapshot *snapshot;
    RollByPlaceRows rows;
    test_ok(db_snapshot_begin(bench.db, bench.arena, &snapshot));
    test_ok(sql_roll_by_place(snapshot, bench.area, false, STR("%"), STR("-"), STR("-"), STR(""), 0,
                              1, &rows));
    assert_same(rows.rows[0].name, STR("罗小平"));
    test_ok(sql_roll_by_place(snapshot, bench.area, false, STR("%"), STR("-"), STR("-"),
                              rows.rows[0].place_key, rows.rows[0].id, 5, &rows));
    assert_int_equal(rows.count, 1);
    assert_same(rows.rows[0].name, STR("林小满"));
    db_snapshot_end(snapshot);
    close_bench(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_elder_without_a_phone_is_entered),
        TEST(somebody_on_the_roll_is_not_entered_twice),
        TEST(a_code_is_made_for_a_resident_but_not_for_staff_or_strangers),
        TEST(a_personal_code_ends_when_its_person_becomes_staff),
        TEST(a_person_is_at_home_where_they_work_else_where_they_live),
        TEST(own_data_is_handed_out_and_taken_away),
        TEST(the_roll_is_searched_by_name_address_or_phone),
        TEST(the_roll_is_paged_by_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
