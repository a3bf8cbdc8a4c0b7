/* Who is given a role, who loses one, who gets into whose account; on both databases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "features/people/people_staff.h"
#include "people_staff_sql.h"
#include "platform/db/like.h"
#include "platform/journal/journal.h"
#include "test_db.h"
#include "test_feature.h"

static const DbKind kinds[] = {DB_SQLITE, DB_POSTGRES};
static const Secret secret = {.bytes = {7}};

/* 青梧区 > 听雨街道 > 桂竹社区; 莲湖区 > 莲湖社区 elsewhere. */
typedef struct Start {
    int64_t district, street, guizhu, elsewhere, lianhu;
    int64_t zhou;       /* administers the district */
    int64_t zhou_grant; /* that appointment */
    int64_t song;       /* administers 桂竹社区 only */
    int64_t lin;        /* lives in 桂竹社区, 13800000001 */
    int64_t far;        /* lives in 莲湖社区, 13800000002 */
} Start;

typedef struct Bench {
    Arena *arena;
    Db *db;
    Start start;
} Bench;

static Error *add_area(Tx *tx, int64_t parent, AreaKind kind, const char *name, int64_t *out)
{
    AreaNew area = {.parent = parent, .kind = kind, .name = str_from(name)};
    return areas_create(tx, &area, out);
}

static Error *make_areas(Tx *tx, Start *s)
{
    Error *err = add_area(tx, 0, AREA_DISTRICT, "青梧区", &s->district);
    if (!err) {
        err = add_area(tx, s->district, AREA_STREET, "听雨街道", &s->street);
    }
    if (!err) {
        err = add_area(tx, s->street, AREA_COMMUNITY, "桂竹社区", &s->guizhu);
    }
    if (!err) {
        err = add_area(tx, 0, AREA_DISTRICT, "莲湖区", &s->elsewhere);
    }
    return err ? err : add_area(tx, s->elsewhere, AREA_COMMUNITY, "莲湖社区", &s->lianhu);
}

static Error *add_administrator(Tx *tx, const char *name, int64_t area, int64_t *out,
                                int64_t *out_grant)
{
    PersonNew person = {.name = str_from(name)};
    Error *err = people_create(tx, &person, out);
    if (err) {
        return err;
    }
    RoleNew role = {.person = *out, .role = ROLE_ADMINISTRATOR, .area = area};
    return people_grant_role_id(tx, &role, out_grant);
}

static Error *add_resident(Tx *tx, const char *name, const char *phone, int64_t area, int64_t *out)
{
    PersonNew person = {.name = str_from(name), .phone = str_from(phone)};
    Error *err = people_create(tx, &person, out);
    if (err) {
        return err;
    }
    RollEntry entry = {.area = area, .person = *out};
    return people_add_to_roll(tx, &entry);
}

static Error *make_start(Tx *tx, const void *input, Instant now, void *output)
{
    Start *s = output;
    int64_t grant;
    (void)input;
    (void)now;
    Error *err = make_areas(tx, s);
    if (!err) {
        err = add_administrator(tx, "周敏", s->district, &s->zhou, &s->zhou_grant);
    }
    if (!err) {
        err = add_administrator(tx, "宋辉", s->guizhu, &s->song, &grant);
    }
    if (!err) {
        err = add_resident(tx, "林小满", "13800000001", s->guizhu, &s->lin);
    }
    return err ? err : add_resident(tx, "方远", "13800000002", s->lianhu, &s->far);
}

static void bench_open(Bench *bench, void **state)
{
    *bench = (Bench){.arena = arena_create((size_t)64 << 20)};
    test_db_open(bench->arena, *(const DbKind *)*state, &bench->db);
    test_ok(
        db_write(bench->db, bench->arena, make_start, NULL, &bench->start, sizeof(bench->start)));
}

static void bench_close(Bench *bench)
{
    test_db_close(bench->db);
    arena_destroy(bench->arena);
}

/* --- steps --- */

static Error *appoint(Bench *bench, int64_t area, int64_t actor, const char *name,
                      const char *phone, Role role, Appointed *out)
{
    Appoint input = {.area = area,
                     .actor = actor,
                     .name = str_from(name),
                     .phone = str_from(phone),
                     .role = role,
                     .secret = &secret};
    return db_write(bench->db, bench->arena, people_appoint, &input, out, sizeof(*out));
}

static Appointed appointed(Bench *bench, int64_t area, const char *name, const char *phone,
                           Role role)
{
    Appointed out;
    test_ok(appoint(bench, area, bench->start.zhou, name, phone, role, &out));
    return out;
}

static Error *take_back(Bench *bench, int64_t area, int64_t actor, int64_t grant)
{
    TakeBack input = {.area = area, .actor = actor, .grant = grant};
    return db_write(bench->db, bench->arena, people_take_back, &input, NULL, 0);
}

static Error *new_code(Bench *bench, int64_t area, int64_t actor, int64_t grant)
{
    StaffCode input = {area, actor, grant, &secret};
    CodeMade out;
    return db_write(bench->db, bench->arena, people_staff_code, &input, &out, sizeof(out));
}

/* Has the person a one-time code that works? */
static bool has_code(Bench *bench, int64_t person)
{
    Snapshot *snapshot;
    SignInWays ways;
    test_ok(db_snapshot_begin(bench->db, bench->arena, &snapshot));
    test_ok(auth_ways(snapshot, person, &ways));
    db_snapshot_end(snapshot);
    return ways.code_expires_at.ms != 0;
}

static size_t roles_of(Bench *bench, int64_t person)
{
    Snapshot *snapshot;
    PersonPlace *places;
    size_t n;
    size_t roles = 0;
    test_ok(db_snapshot_begin(bench->db, bench->arena, &snapshot));
    test_ok(people_places(snapshot, person, LANG_ZH, &places, &n));
    for (size_t i = 0; i < n; i++) {
        roles += places[i].is_staff ? 1 : 0;
    }
    db_snapshot_end(snapshot);
    return roles;
}

static Str newest_act(Bench *bench, int64_t area)
{
    Snapshot *snapshot;
    JournalEntry *entries;
    size_t n;
    test_ok(db_snapshot_begin(bench->db, bench->arena, &snapshot));
    test_ok(journal_list(snapshot, area, 0, 1, &entries, &n));
    db_snapshot_end(snapshot);
    return n == 1 ? entries[0].act : (Str){"", 0};
}

/* --- appointing --- */

static void an_administrator_appoints_somebody_new_below_them(void **state)
{
    Bench b;
    bench_open(&b, state);
    Appointed a = appointed(&b, b.start.guizhu, "沈岚", "13900001111", ROLE_COMMUNITY_SECRETARY);
    assert_true(a.is_new && a.has_code);
    assert_int_equal(strlen(a.code.text), 19);
    assert_true(has_code(&b, a.person));
    assert_int_equal(roles_of(&b, a.person), 1);
    assert_true(str_eq(newest_act(&b, b.start.guizhu), STR("role.grant")));
    bench_close(&b);
}

static void only_who_administers_the_area_may_appoint_there(void **state)
{
    Bench b;
    Appointed out;
    bench_open(&b, state);
    Error *err = appoint(&b, b.start.street, b.start.song, "何平", "", ROLE_STREET_OFFICER, &out);
    test_error_at(err, ERROR_FORBIDDEN, "");
    err = appoint(&b, b.start.lianhu, b.start.zhou, "何平", "", ROLE_GRID_WORKER, &out);
    test_error_at(err, ERROR_FORBIDDEN, "");
    err = appoint(&b, b.start.guizhu, b.start.lin, "何平", "", ROLE_ADMINISTRATOR, &out);
    test_error_at(err, ERROR_FORBIDDEN, "");
    Appointed secretary =
        appointed(&b, b.start.guizhu, "沈岚", "13900001111", ROLE_COMMUNITY_SECRETARY);
    err = appoint(&b, b.start.guizhu, secretary.person, "何平", "", ROLE_ADMINISTRATOR, &out);
    test_error_at(err, ERROR_FORBIDDEN, "");
    bench_close(&b);
}

/* 周敏's own number, known to the program. */
static void zhou_has_a_phone(Bench *bench)
{
    Appointed out;
    test_ok(appoint(bench, bench->start.guizhu, bench->start.zhou, "沈岚", "13900001111",
                    ROLE_ADMINISTRATOR, &out));
    bench->start.zhou = out.person;
}

static void nobody_appoints_themselves(void **state)
{
    Bench b;
    Appointed out;
    bench_open(&b, state);
    zhou_has_a_phone(&b);
    Error *err = appoint(&b, b.start.guizhu, b.start.zhou, "沈岚", "13900001111",
                         ROLE_COMMUNITY_SECRETARY, &out);
    test_error_at(err, ERROR_STAFF_SELF, "name");
    err = appoint(&b, b.start.guizhu, b.start.zhou, "沈岚", "13900001111", ROLE_GRID_WORKER, &out);
    test_error_at(err, ERROR_STAFF_SELF, "name");
    assert_int_equal(roles_of(&b, b.start.zhou), 1);
    bench_close(&b);
}

static void who_administers_or_supervises_gets_no_role_beside(void **state)
{
    Bench b;
    Appointed out;
    bench_open(&b, state);
    appointed(&b, b.start.guizhu, "沈岚", "13900001111", ROLE_ADMINISTRATOR);
    Error *err = appoint(&b, b.start.guizhu, b.start.song, "沈岚", "13900001111",
                         ROLE_COMMUNITY_SECRETARY, &out);
    test_error_at(err, ERROR_STAFF_EXCLUDES, "role");
    appointed(&b, b.start.guizhu, "何平", "13900002222", ROLE_SUPERVISOR);
    err = appoint(&b, b.start.guizhu, b.start.song, "何平", "13900002222", ROLE_COMMUNITY_WORKER,
                  &out);
    test_error_at(err, ERROR_STAFF_EXCLUDES, "role");
    bench_close(&b);
}

static void a_role_that_does_not_fit_and_a_term_that_is_over_are_refused(void **state)
{
    Bench b;
    Appointed out;
    bench_open(&b, state);
    Error *err =
        appoint(&b, b.start.street, b.start.zhou, "何平", "", ROLE_COMMUNITY_SECRETARY, &out);
    test_error_at(err, ERROR_STAFF_ROLE, "role");
    Appoint past = {.area = b.start.guizhu,
                    .actor = b.start.zhou,
                    .name = STR("何平"),
                    .role = ROLE_GRID_WORKER,
                    .ends = date_of((CivilDate){2001, 1, 1}),
                    .secret = &secret};
    err = db_write(b.db, b.arena, people_appoint, &past, &out, sizeof(out));
    test_error_at(err, ERROR_STAFF_TERM, "ends");
    bench_close(&b);
}

static void a_resident_is_recognised_by_their_phone(void **state)
{
    Bench b;
    Appointed out;
    bench_open(&b, state);
    Error *err =
        appoint(&b, b.start.guizhu, b.start.zhou, "林小曼", "13800000001", ROLE_GRID_WORKER, &out);
    test_error_at(err, ERROR_STAFF_PHONE, "phone");
    Appointed a = appointed(&b, b.start.guizhu, "林小满", "13800000001", ROLE_GRID_WORKER);
    assert_true(a.person == b.start.lin && !a.is_new && a.has_code);
    bench_close(&b);
}

static void somebody_out_of_reach_is_not_taken_over_by_their_phone(void **state)
{
    Bench b;
    bench_open(&b, state);
    Appointed a = appointed(&b, b.start.guizhu, "方远", "13800000002", ROLE_GRID_WORKER);
    assert_true(a.is_new);
    assert_false(a.person == b.start.far);
    assert_false(has_code(&b, b.start.far));
    bench_close(&b);
}

static void a_second_role_leaves_the_way_to_sign_in_as_it_is(void **state)
{
    Bench b;
    bench_open(&b, state);
    Appointed first = appointed(&b, b.start.street, "何平", "13900002222", ROLE_STREET_OFFICER);
    Appointed second = appointed(&b, b.start.guizhu, "何平", "13900002222", ROLE_COMMUNITY_WORKER);
    assert_true(first.person == second.person);
    assert_false(second.has_code);
    assert_int_equal(roles_of(&b, first.person), 2);
    bench_close(&b);
}

static void the_same_role_is_not_given_twice(void **state)
{
    Bench b;
    Appointed out;
    bench_open(&b, state);
    appointed(&b, b.start.guizhu, "何平", "13900002222", ROLE_GRID_WORKER);
    Error *err =
        appoint(&b, b.start.guizhu, b.start.zhou, "何平", "13900002222", ROLE_GRID_WORKER, &out);
    test_error_at(err, ERROR_STAFF_KNOWN, "name");
    err = appoint(&b, b.start.guizhu, b.start.zhou, "何平", "", ROLE_GRID_WORKER, &out);
    test_error_at(err, ERROR_STAFF_KNOWN, "name");
    /* Another of that name is told apart by the telephone. */
    assert_true(appointed(&b, b.start.guizhu, "何平", "13900003333", ROLE_GRID_WORKER).is_new);
    bench_close(&b);
}

/* --- taking back --- */

static void the_last_role_taken_back_ends_every_way_in(void **state)
{
    Bench b;
    bench_open(&b, state);
    Appointed a = appointed(&b, b.start.guizhu, "何平", "13900002222", ROLE_GRID_WORKER);
    Appointed c = appointed(&b, b.start.street, "何平", "13900002222", ROLE_STREET_OFFICER);
    test_ok(take_back(&b, b.start.district, b.start.zhou, a.grant));
    assert_true(has_code(&b, a.person)); /* the other role still needs it */
    assert_true(str_eq(newest_act(&b, b.start.guizhu), STR("role.revoke")));
    test_ok(take_back(&b, b.start.street, b.start.zhou, c.grant));
    assert_false(has_code(&b, a.person));
    assert_int_equal(roles_of(&b, a.person), 0);
    test_error_at(take_back(&b, b.start.street, b.start.zhou, c.grant), ERROR_STAFF_OVER, "");
    bench_close(&b);
}

static void nobody_takes_back_their_own_last_administrator_role(void **state)
{
    Bench b;
    bench_open(&b, state);
    Error *err = take_back(&b, b.start.district, b.start.zhou, b.start.zhou_grant);
    test_error_at(err, ERROR_STAFF_LAST_ADMINISTRATOR, "");
    assert_int_equal(roles_of(&b, b.start.zhou), 1);
    Appointed other = appointed(&b, b.start.district, "钱宁", "", ROLE_ADMINISTRATOR);
    test_ok(take_back(&b, b.start.district, other.person, b.start.zhou_grant));
    assert_int_equal(roles_of(&b, b.start.zhou), 0);
    /* and who is no longer one can do nothing more */
    err = take_back(&b, b.start.district, b.start.zhou, other.grant);
    test_error_at(err, ERROR_FORBIDDEN, "");
    bench_close(&b);
}

static void an_administrator_does_not_reach_above_their_area(void **state)
{
    Bench b;
    bench_open(&b, state);
    Error *err = take_back(&b, b.start.guizhu, b.start.song, b.start.zhou_grant);
    test_error_at(err, ERROR_NOT_FOUND, "");
    err = take_back(&b, b.start.district, b.start.song, b.start.zhou_grant);
    test_error_at(err, ERROR_FORBIDDEN, "");
    bench_close(&b);
}

/* --- codes --- */

static void a_new_code_is_for_others_who_do_not_reach_further(void **state)
{
    Bench b;
    bench_open(&b, state);
    Appointed worker = appointed(&b, b.start.guizhu, "何平", "13900002222", ROLE_GRID_WORKER);
    test_ok(new_code(&b, b.start.guizhu, b.start.song, worker.grant));
    assert_true(str_eq(newest_act(&b, b.start.guizhu), STR("staff.code")));
    /* With a role in the street, the community's administrator would get into that one too. */
    appointed(&b, b.start.street, "何平", "13900002222", ROLE_STREET_OFFICER);
    Error *err = new_code(&b, b.start.guizhu, b.start.song, worker.grant);
    test_error_at(err, ERROR_STAFF_REACH, "");
    test_ok(new_code(&b, b.start.guizhu, b.start.zhou, worker.grant));
    err = new_code(&b, b.start.district, b.start.zhou, b.start.zhou_grant);
    test_error_at(err, ERROR_STAFF_OWN_CODE, "");
    bench_close(&b);
}

/* --- reading --- */

static void staff_are_listed_in_the_order_of_the_tree(void **state)
{
    Bench b;
    Snapshot *snapshot;
    StaffByPlaceRows rows;
    bench_open(&b, state);
    Date today = date_of((CivilDate){2030, 1, 1});
    appointed(&b, b.start.guizhu, "何平", "13900002222", ROLE_GRID_WORKER);
    appointed(&b, b.start.guizhu, "沈岚", "13900001111", ROLE_COMMUNITY_SECRETARY);
    test_ok(db_snapshot_begin(b.db, b.arena, &snapshot));
    test_ok(sql_staff_by_place(snapshot, b.start.district, today, STR(""), STR(""), 0, 10, &rows));
    assert_int_equal(rows.count, 4);
    assert_true(str_eq(rows.rows[0].name, STR("周敏")));
    assert_true(str_eq(rows.rows[1].name, STR("宋辉")));
    assert_true(str_eq(rows.rows[2].name, STR("沈岚")));
    assert_true(str_eq(rows.rows[3].name, STR("何平")));
    StaffByPlaceRow second = rows.rows[1];
    test_ok(sql_staff_by_place(snapshot, b.start.district, today, STR(""), second.place, second.id,
                               1, &rows));
    assert_true(rows.count == 1 && str_eq(rows.rows[0].name, STR("沈岚")));
    test_ok(sql_staff_by_place(snapshot, b.start.elsewhere, today, STR(""), STR(""), 0, 10, &rows));
    assert_int_equal(rows.count, 0);
    db_snapshot_end(snapshot);
    bench_close(&b);
}

#define TEST(f)                                                                                    \
    {#f " (sqlite)", f, NULL, NULL, (void *)(uintptr_t)&kinds[0]},                                 \
    {                                                                                              \
#f " (postgres)", f, NULL, NULL, (void *)(uintptr_t)&kinds[1]                              \
    }

static size_t staff_named(Bench *bench, const char *words)
{
    Snapshot *snapshot;
    StaffByPlaceRows rows;
    test_ok(db_snapshot_begin(bench->db, bench->arena, &snapshot));
    Str pattern = words[0] == '\0' ? STR("") : like_contains(bench->arena, str_from(words));
    test_ok(sql_staff_by_place(snapshot, bench->start.district,
                               instant_date(snapshot_now(snapshot)), pattern, STR(""), 0, 10,
                               &rows));
    db_snapshot_end(snapshot);
    return rows.count;
}

static void the_staff_list_is_searched_by_name_and_by_place(void **state)
{
    Bench b;
    bench_open(&b, state);
    appointed(&b, b.start.guizhu, "沈岚", "13900001111", ROLE_COMMUNITY_SECRETARY);
    appointed(&b, b.start.street, "何平", "13900002222", ROLE_STREET_OFFICER);
    assert_int_equal(staff_named(&b, ""), 4);
    assert_int_equal(staff_named(&b, "沈"), 1);
    assert_int_equal(staff_named(&b, "听雨"), 1);
    assert_int_equal(staff_named(&b, "桂竹"), 2);
    assert_int_equal(staff_named(&b, "%"), 0);
    bench_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_administrator_appoints_somebody_new_below_them),
        TEST(only_who_administers_the_area_may_appoint_there),
        TEST(nobody_appoints_themselves),
        TEST(the_staff_list_is_searched_by_name_and_by_place),
        TEST(who_administers_or_supervises_gets_no_role_beside),
        TEST(a_role_that_does_not_fit_and_a_term_that_is_over_are_refused),
        TEST(a_resident_is_recognised_by_their_phone),
        TEST(somebody_out_of_reach_is_not_taken_over_by_their_phone),
        TEST(a_second_role_leaves_the_way_to_sign_in_as_it_is),
        TEST(the_same_role_is_not_given_twice),
        TEST(the_last_role_taken_back_ends_every_way_in),
        TEST(nobody_takes_back_their_own_last_administrator_role),
        TEST(an_administrator_does_not_reach_above_their_area),
        TEST(a_new_code_is_for_others_who_do_not_reach_further),
        TEST(staff_are_listed_in_the_order_of_the_tree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
