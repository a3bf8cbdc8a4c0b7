/* Persons, the roll, and a roll file taken in and undone, on both databases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "features/people/people.h"
#include "people_import_sql.h"
#include "people_sql.h"
#include "platform/http/app.h"
#include "test_db.h"

static const DbKind kinds[] = {DB_SQLITE, DB_POSTGRES};

typedef struct Bench {
    Arena *arena;
    Db *db;
    int64_t area;
    int64_t actor;
} Bench;

/* --- the community every test begins with --- */

typedef struct Start {
    int64_t area;
    int64_t actor;
    int64_t lin; /* 林小满, 3 号楼 501, with a phone */
    int64_t luo; /* 罗小平, 1 号楼 101, on paper only */
} Start;

static Error *add_person(Tx *tx, int64_t area, const char *name, const char *phone,
                         const char *building, const char *door, int64_t *out)
{
    PersonNew person = {
        .name = str_from(name), .phone = str_from(phone), .birth_year = 1960, .birth_month = 5};
    Error *err = people_create(tx, &person, out);
    if (err) {
        return err;
    }
    RollEntry entry = {.area = area,
                       .person = *out,
                       .building = str_from(building),
                       .door = str_from(door),
                       .residency = RESIDENCY_TENANT};
    return people_add_to_roll(tx, &entry);
}

static Error *make_start(Tx *tx, const void *input, Instant now, void *output)
{
    Start *start = output;
    (void)input;
    (void)now;
    AreaNew area = {.kind = AREA_COMMUNITY, .name = STR("桂竹社区")};
    PersonNew worker = {.name = STR("沈岚")};
    Error *err = areas_create(tx, &area, &start->area);
    if (!err) {
        err = people_create(tx, &worker, &start->actor);
    }
    if (err) {
        return err;
    }
    RoleNew role = {.person = start->actor, .role = ROLE_COMMUNITY_WORKER, .area = start->area};
    err = people_grant_role(tx, &role);
    if (!err) {
        err = add_person(tx, start->area, "林小满", "13800000001", "3 号楼", "501", &start->lin);
    }
    if (!err) {
        err = add_person(tx, start->area, "罗小平", "", "1 号楼", "101", &start->luo);
    }
    return err;
}

static Start open_bench(Bench *bench, DbKind kind)
{
    Start start;
    *bench = (Bench){.arena = arena_create((size_t)256 << 20)};
    test_db_open(bench->arena, kind, &bench->db);
    test_ok(db_write(bench->db, bench->arena, make_start, NULL, &start, sizeof(start)));
    bench->area = start.area;
    bench->actor = start.actor;
    return start;
}

static void close_bench(Bench *bench)
{
    test_db_close(bench->db);
    arena_destroy(bench->arena);
}

static ErrorCode code_of(const Error *err)
{
    return err == NULL ? ERROR_NONE : err->code;
}

/* --- steps --- */

static Error *try_read(Bench *bench, const char *csv, const char *names, RollRow **out_rows,
                       size_t *out_count)
{
    RollHeader header;
    return people_file_read(bench->arena, str_from(csv), str_from(names),
                            date_of((CivilDate){2026, 11, 21}), &header, out_rows, out_count);
}

/* Brings a file as the page does; *out_counts may be NULL. */
static int64_t bring(Bench *bench, const char *csv, RollCounts *out_counts)
{
    RollHeader header;
    RollRow *rows;
    RollPerson *roll;
    RollChange *changes;
    size_t n_rows, n_roll;
    Snapshot *snapshot;
    ImportPreview preview = {
        .area = bench->area, .actor = bench->actor, .file_name = STR("名册.csv")};
    ImportStaged staged;
    test_ok(people_file_read(bench->arena, str_from(csv), STR(""),
                             date_of((CivilDate){2026, 11, 21}), &header, &rows, &n_rows));
    test_ok(db_snapshot_begin(bench->db, bench->arena, &snapshot));
    test_ok(people_roll_read(snapshot, bench->area, &roll, &n_roll));
    db_snapshot_end(snapshot);
    people_roll_compare(bench->arena, &header, rows, n_rows, roll, n_roll, &changes,
                        &preview.counts);
    for (size_t at = 0; at < n_rows; at += PEOPLE_STAGE_ROWS) {
        ImportStage stage = {.area = bench->area, .import = preview.import};
        stage.changes = &changes[at];
        stage.count = n_rows - at < PEOPLE_STAGE_ROWS ? n_rows - at : PEOPLE_STAGE_ROWS;
        test_ok(db_write(bench->db, bench->arena, people_import_stage, &stage, &staged,
                         sizeof(staged)));
        preview.import = staged.import;
    }
    test_ok(db_write(bench->db, bench->arena, people_import_preview, &preview, &staged,
                     sizeof(staged)));
    if (out_counts != NULL) {
        *out_counts = preview.counts;
    }
    return staged.import;
}

static Error *decide(Bench *bench, UseCase *use_case, int64_t import, int64_t version)
{
    ImportDecide input = {
        .area = bench->area, .actor = bench->actor, .import = import, .version = version};
    return db_write(bench->db, bench->arena, use_case, &input, NULL, 0);
}

/* The whole roll as text, in its order: what "exactly as before" is held against. */
static Str roll_text(Bench *bench)
{
    Snapshot *snapshot;
    RollPerson *roll;
    size_t n;
    Str text = STR("");
    test_ok(db_snapshot_begin(bench->db, bench->arena, &snapshot));
    test_ok(people_roll_read(snapshot, bench->area, &roll, &n));
    db_snapshot_end(snapshot);
    for (size_t i = 0; i < n; i++) {
        text =
            arena_printf(bench->arena, "%.*s%.*s|%.*s|%.*s|%.*s|%.*s|%d-%d|%d\n", STR_ARG(text),
                         STR_ARG(roll[i].name), STR_ARG(roll[i].phone), STR_ARG(roll[i].building),
                         STR_ARG(roll[i].door), STR_ARG(roll[i].place_key), roll[i].birth_year,
                         roll[i].birth_month, roll[i].residency);
    }
    return text;
}

static void assert_same(Str a, Str b)
{
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.data, b.data, a.len);
}

#define HEAD "姓名,手机号,楼栋,门牌,出生年月,居住情况\n"
#define GOOD                                                                                       \
    HEAD "林小满,13800000009,3栋,501,,\n"                                                      \
         "郭敏,13800000002,5 号楼,102,1994-03,户籍\n"                                        \
         "罗小平,,1 号楼,101,,\n"
#define BAD HEAD "郭敏,1380013,5 号楼,102,1994-03,户籍\n陈晓,13800000003,,,,\n"

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

static const Secret secret = {{1, 2, 3}};

static Error *make_code(Bench *bench, int64_t person, CodeMade *out)
{
    CodeNew input = {
        .area = bench->area, .actor = bench->actor, .person = person, .secret = &secret};
    return db_write(bench->db, bench->arena, people_new_code, &input, out, sizeof(*out));
}

static ErrorCode new_code(Bench *bench, int64_t person)
{
    CodeMade made;
    Error *err = make_code(bench, person, &made);
    if (!err) {
        assert_int_equal(strlen(made.code.text), 19);
    }
    return code_of(err);
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

/* --- a file --- */

static void a_preview_writes_nothing_to_the_roll(void **state)
{
    const DbKind *kind = *state;
    Bench bench;
    open_bench(&bench, *kind);
    Str before = roll_text(&bench);
    RollCounts counts;
    bring(&bench, GOOD, &counts);
    assert_int_equal(counts.added, 1);
    assert_int_equal(counts.changed, 1);
    assert_int_equal(counts.same, 1);
    assert_int_equal(counts.bad, 0);
    assert_same(roll_text(&bench), before);
    close_bench(&bench);
}

static void an_accepted_file_is_on_the_roll_and_undone_it_is_as_before(void **state)
{
    const DbKind *kind = *state;
    Bench bench;
    open_bench(&bench, *kind);
    Str before = roll_text(&bench);
    int64_t import = bring(&bench, GOOD, NULL);
    test_ok(decide(&bench, people_import_accept, import, 1));
    Str after = roll_text(&bench);
    assert_true(str_contains(after, STR("郭敏|13800000002|5 号楼|102|000005-000102|1994-3|1\n")));
    assert_true(str_contains(after, STR("林小满|13800000009|3 号楼|501|")));
    assert_true(str_contains(after, STR("罗小平||1 号楼|101|")));
    test_ok(decide(&bench, people_import_undo, import, 2));
    assert_same(roll_text(&bench), before);
    close_bench(&bench);
}

static void a_file_with_a_bad_row_is_not_taken_in_at_all(void **state)
{
    const DbKind *kind = *state;
    Bench bench;
    open_bench(&bench, *kind);
    Str before = roll_text(&bench);
    RollCounts counts;
    int64_t import = bring(&bench, BAD, &counts);
    assert_int_equal(counts.bad, 1);
    Error *err = decide(&bench, people_import_accept, import, 1);
    assert_int_equal(code_of(err), ERROR_ROLL_HAS_BAD_ROWS);
    assert_int_equal(err->number, 1);
    assert_same(roll_text(&bench), before);
    close_bench(&bench);
}

static void a_bad_row_names_its_line_and_column_and_keeps_the_cell(void **state)
{
    const DbKind *kind = *state;
    Bench bench;
    open_bench(&bench, *kind);
    int64_t import = bring(&bench, BAD, NULL);
    Snapshot *snapshot;
    ImportRowsRows rows;
    test_ok(db_snapshot_begin(bench.db, bench.arena, &snapshot));
    test_ok(sql_import_rows(snapshot, bench.area, import, ROLL_BAD, 0, 10, &rows));
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.rows[0].line, 2);
    assert_int_equal(rows.rows[0].bad_column, 2);
    assert_same(rows.rows[0].bad_cell, STR("1380013"));
    assert_same(rows.rows[0].bad_code, STR("roll.phone_unreadable"));
    db_snapshot_end(snapshot);
    close_bench(&bench);
}

static void an_import_is_decided_once(void **state)
{
    const DbKind *kind = *state;
    Bench bench;
    open_bench(&bench, *kind);
    int64_t import = bring(&bench, GOOD, NULL);
    assert_int_equal(code_of(decide(&bench, people_import_accept, import, 7)),
                     ERROR_VERSION_CONFLICT);
    assert_int_equal(code_of(decide(&bench, people_import_undo, import, 1)),
                     ERROR_ROLL_IMPORT_DECIDED);
    test_ok(decide(&bench, people_import_accept, import, 1));
    assert_int_equal(code_of(decide(&bench, people_import_accept, import, 2)),
                     ERROR_ROLL_IMPORT_DECIDED);
    assert_int_equal(code_of(decide(&bench, people_import_drop, import, 2)),
                     ERROR_ROLL_IMPORT_DECIDED);
    assert_int_equal(code_of(decide(&bench, people_import_accept, import + 1, 1)), ERROR_NOT_FOUND);
    close_bench(&bench);
}

static void a_dropped_file_leaves_no_names_behind(void **state)
{
    const DbKind *kind = *state;
    Bench bench;
    open_bench(&bench, *kind);
    int64_t import = bring(&bench, GOOD, NULL);
    test_ok(decide(&bench, people_import_drop, import, 1));
    Snapshot *snapshot;
    ImportRowsRows rows;
    test_ok(db_snapshot_begin(bench.db, bench.arena, &snapshot));
    test_ok(sql_import_rows(snapshot, bench.area, import, ROLL_NEW, 0, 10, &rows));
    assert_int_equal(rows.count, 0);
    db_snapshot_end(snapshot);
    close_bench(&bench);
}

static void a_roll_that_changed_after_the_preview_is_not_overwritten(void **state)
{
    const DbKind *kind = *state;
    Bench bench;
    open_bench(&bench, *kind);
    int64_t first = bring(&bench, GOOD, NULL);
    int64_t second =
        bring(&bench, HEAD "林小满,13800000001,7 号楼,303,,\n郭敏,13800000002,,,,\n", NULL);
    test_ok(decide(&bench, people_import_accept, second, 1));
    Str before = roll_text(&bench);
    Error *err = decide(&bench, people_import_accept, first, 1);
    assert_int_equal(code_of(err), ERROR_ROLL_CHANGED_SINCE);
    assert_int_equal(err->number, 2);
    assert_same(roll_text(&bench), before);
    close_bench(&bench);
}

static void an_import_changed_since_is_not_undone(void **state)
{
    const DbKind *kind = *state;
    Bench bench;
    open_bench(&bench, *kind);
    int64_t first = bring(&bench, GOOD, NULL);
    test_ok(decide(&bench, people_import_accept, first, 1));
    int64_t second = bring(&bench, HEAD "郭敏,13800000002,6 号楼,102,,\n", NULL);
    test_ok(decide(&bench, people_import_accept, second, 1));
    Str before = roll_text(&bench);
    Error *err = decide(&bench, people_import_undo, first, 2);
    assert_int_equal(code_of(err), ERROR_ROLL_CHANGED_SINCE);
    assert_int_equal(err->number, 1);
    assert_same(roll_text(&bench), before);
    test_ok(decide(&bench, people_import_undo, second, 2));
    close_bench(&bench);
}

static void somebody_who_was_given_a_code_since_is_not_undone(void **state)
{
    const DbKind *kind = *state;
    Bench bench;
    open_bench(&bench, *kind);
    int64_t import = bring(&bench, GOOD, NULL);
    test_ok(decide(&bench, people_import_accept, import, 1));
    Snapshot *snapshot;
    RollFindPhoneRows found;
    test_ok(db_snapshot_begin(bench.db, bench.arena, &snapshot));
    test_ok(sql_roll_find_phone(snapshot, bench.area, STR("13800000002"), &found));
    db_snapshot_end(snapshot);
    assert_int_equal(found.count, 1);
    assert_int_equal(new_code(&bench, found.rows[0].id), ERROR_NONE);
    assert_int_equal(code_of(decide(&bench, people_import_undo, import, 2)),
                     ERROR_ROLL_CHANGED_SINCE);
    close_bench(&bench);
}

/* Five thousand rows are taken in within the time of one use case: test_db holds it to that. */
static void a_long_file_is_taken_in_whole(void **state)
{
    const DbKind *kind = *state;
    Bench bench;
    open_bench(&bench, *kind);
    Buf csv;
    buf_init(&csv, 1 << 20);
    buf_cstr(&csv, HEAD);
    for (int i = 0; i < 2000; i++) {
        buf_printf(&csv, "居民%d,139%08d,%d 号楼,%d,1980-01,户籍\n", i, i, i / 100 + 20, i % 100);
    }
    Str text = arena_str(bench.arena, buf_view(&csv));
    buf_free(&csv);
    RollCounts counts;
    int64_t import = bring(&bench, text.data, &counts);
    assert_int_equal(counts.added, 2000);
    test_ok(decide(&bench, people_import_accept, import, 1));
    bring(&bench, text.data, &counts);
    assert_int_equal(counts.same, 2000);
    test_ok(decide(&bench, people_import_undo, import, 2));
    close_bench(&bench);
}

static void another_community_sees_and_decides_nothing(void **state)
{
    const DbKind *kind = *state;
    Bench bench;
    open_bench(&bench, *kind);
    int64_t import = bring(&bench, GOOD, NULL);
    int64_t here = bench.area;
    bench.area = here + 1;
    assert_int_equal(code_of(decide(&bench, people_import_accept, import, 1)), ERROR_NOT_FOUND);
    assert_int_equal(roll_text(&bench).len, 0);
    bench.area = here;
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

#define TEST(f)                                                                                    \
    {#f " (sqlite)", f, NULL, NULL, (void *)(uintptr_t)&kinds[0]},                                 \
    {                                                                                              \
#f " (postgres)", f, NULL, NULL, (void *)(uintptr_t)&kinds[1]                              \
    }

static void column_names_may_stand_under_a_title_and_be_called_otherwise(void **state)
{
    Bench bench = {.arena = arena_create(1 << 20)};
    (void)state;
    RollRow *rows;
    size_t count;
    const char *csv = "桂竹社区居民名册,,\n户主大名,机主,楼栋\n计东篱,13900000001,9\n";
    Error *err = try_read(&bench, csv, "", &rows, &count);
    assert_non_null(err);
    assert_int_equal(err->code, ERROR_ROLL_NO_NAME_COLUMN);
    assert_true(str_eq(err->word, STR("户主大名、机主、楼栋")));
    test_ok(try_read(&bench, csv, "name=户主大名\nphone= 机主\n", &rows, &count));
    assert_int_equal(count, 1);
    assert_int_equal(rows[0].line, 3);
    assert_true(str_eq(rows[0].name, STR("计东篱")));
    assert_true(str_eq(rows[0].phone, STR("13900000001")));
    arena_destroy(bench.arena);
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
        cmocka_unit_test(column_names_may_stand_under_a_title_and_be_called_otherwise),
        TEST(a_preview_writes_nothing_to_the_roll),
        TEST(an_accepted_file_is_on_the_roll_and_undone_it_is_as_before),
        TEST(a_file_with_a_bad_row_is_not_taken_in_at_all),
        TEST(a_bad_row_names_its_line_and_column_and_keeps_the_cell),
        TEST(an_import_is_decided_once),
        TEST(a_dropped_file_leaves_no_names_behind),
        TEST(a_roll_that_changed_after_the_preview_is_not_overwritten),
        TEST(an_import_changed_since_is_not_undone),
        TEST(somebody_who_was_given_a_code_since_is_not_undone),
        TEST(a_long_file_is_taken_in_whole),
        TEST(another_community_sees_and_decides_nothing),
        TEST(the_roll_is_searched_by_name_address_or_phone),
        TEST(the_roll_is_paged_by_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
