/* What db.h promises when calls fail, connections break and storage is full. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "contract_sql.h"
#include "db_cases.h"
#include "platform/db/driver_hook.h"

/* A database of its own with a hook around its driver. */
typedef struct Hooked {
    Fixture fixture;
    const char *place;
} Hooked;

/* The plain driver of a place of its own. */
static Driver *plain_driver(Fixture *fixture, Hooked *out, DbOptions *options)
{
    Driver *driver = NULL;
    out->fixture = (Fixture){.kind = fixture->kind, .arena = fixture->arena};
    out->place = test_db_place(fixture->arena, fixture->kind);
    *options = (DbOptions){
        .where = out->place, .clock = arena_new(fixture->arena, Clock), .may_create = true};
    test_ok(fixture->kind == DB_SQLITE ? driver_sqlite_open(fixture->arena, options, &driver)
                                       : driver_postgres_open(fixture->arena, options, &driver));
    return driver;
}

static void open_hooked(Hooked *hooked, const DbOptions *options, Driver *driver)
{
    test_ok(db_open_with(hooked->fixture.arena, options, driver, &hooked->fixture.db));
    test_ok(db_migrate(hooked->fixture.db, hooked->fixture.arena, NULL));
}

static void close_hooked(Hooked *hooked)
{
    db_close(hooked->fixture.db);
    test_db_remove_place(hooked->fixture.arena, hooked->place);
}

/* --- the n-th call fails ------------------------------------------------------------------- */

/* Runs a pair of writes with the n-th call failing: it happened whole and says so, or not at all.
 */
static void check_fault(Fixture *own, FaultPlan *plan, int n, int *happened)
{
    atomic_store(&plan->calls, 0);
    atomic_store(&plan->fail_at, n);
    Error *err = write_pair(own, arena_printf(own->arena, "pair %d %d", (int)plan->code, n));
    atomic_store(&plan->fail_at, 0);
    *happened += err == NULL;
    assert_int_equal(rows_in(own, AREA), *happened);
    assert_int_equal(rows_in(own, AREA + 1), *happened);
}

static void a_failing_call_never_leaves_half_a_use_case(void **state)
{
    static const ErrorCode codes[] = {ERROR_UNAVAILABLE, ERROR_STORAGE_FULL, ERROR_CONFLICT_RETRY};
    FaultPlan plan = {0};
    DbOptions options;
    Hooked hooked;
    Driver *driver = plain_driver(*state, &hooked, &options);
    open_hooked(&hooked, &options, driver_faulty_new(driver, &plan));
    int happened = 0;
    for (size_t c = 0; c < countof(codes); c++) {
        plan.code = codes[c];
        for (int n = 1; n <= 10; n++) {
            check_fault(&hooked.fixture, &plan, n, &happened);
        }
    }
    assert_true(happened > 0);
    close_hooked(&hooked);
}

/* --- a chosen call fails ------------------------------------------------------------------- */

typedef struct Chosen {
    const char *what;
    ErrorCode code;
    _Atomic int left; /* how often it still fails */
} Chosen;

static Error *fail_chosen(void *user, Arena *arena, const Connection *connection, const char *what)
{
    Chosen *chosen = user;
    bool is_it = connection->role == ROLE_WRITE && strcmp(what, chosen->what) == 0;
    if (!is_it || atomic_load(&chosen->left) == 0) {
        return NULL;
    }
    atomic_fetch_sub(&chosen->left, 1);
    return error_make(arena, chosen->code, "%s as asked", what);
}

static void open_with_chosen(Fixture *fixture, Hooked *hooked, Chosen *chosen)
{
    DbOptions options;
    Driver *driver = plain_driver(fixture, hooked, &options);
    DriverHook hook = {.before = fail_chosen, .user = chosen};
    open_hooked(hooked, &options, driver_hook_new(driver, hook));
    test_ok(write_put(&hooked->fixture, (Put){STR("before"), STR(""), false}));
}

static void members_of_a_batch_that_cannot_commit_succeed_one_by_one(void **state)
{
    Chosen chosen = {.what = "commit", .code = ERROR_STORAGE_FULL};
    Hooked hooked;
    Members members;
    open_with_chosen(*state, &hooked, &chosen);
    members_init(&members, hooked.fixture.arena);
    atomic_store(&chosen.left, hooked.fixture.kind == DB_SQLITE ? 1 : 0);
    members_run(&members, &hooked.fixture);
    for (int i = 0; i < MEMBERS; i++) {
        assert_null(members.jobs[i].error);
        assert_true(has_key(&hooked.fixture, members.puts[i].key));
    }
    assert_int_equal(chosen.left, 0);
    members_free(&members);
    close_hooked(&hooked);
}

static void an_unknown_outcome_is_told_and_not_tried_again(void **state)
{
    Chosen chosen = {.what = "commit", .code = ERROR_UNKNOWN_OUTCOME};
    Hooked hooked;
    open_with_chosen(*state, &hooked, &chosen);
    atomic_store(&chosen.left, 1);
    Error *err = write_put(&hooked.fixture, (Put){STR("k"), STR("v"), false});
    assert_non_null(err);
    assert_int_equal(err->code, ERROR_UNKNOWN_OUTCOME);
    assert_false(has_key(&hooked.fixture, STR("k")));
    test_ok(write_put(&hooked.fixture, (Put){STR("k"), STR("v"), false}));
    close_hooked(&hooked);
}

/* --- storage is full (SQLite) -------------------------------------------------------------- */

#define PAGES_MAX 400 /* of 4 kB: the schema, and a little */

/* A small limit of pages on each write connection stands for a full disk. */
static Error *limit_pages(void *user, Arena *arena, const Connection *connection, const char *what)
{
    (void)user;
    if (connection->role != ROLE_WRITE || strcmp(what, "begin") != 0) {
        return NULL;
    }
    Connection *own = (Connection *)(uintptr_t)connection;
    return own->ops->define(own, arena,
                            arena_printf(arena, "PRAGMA max_page_count = %d", PAGES_MAX).data);
}

/* The engine drops the whole transaction when one member fills the disk; the others still succeed.
 */
static void a_member_that_fills_the_disk_fails_alone(void **state)
{
    Fixture *fixture = *state;
    if (fixture->kind == DB_POSTGRES) {
        return;
    }
    DbOptions options;
    Hooked hooked;
    Members members;
    Driver *driver = plain_driver(fixture, &hooked, &options);
    open_hooked(&hooked, &options, driver_hook_new(driver, (DriverHook){.before = limit_pages}));
    members_init(&members, fixture->arena);
    char *huge = arena_array(fixture->arena, char, PAGES_MAX * 4096);
    memset(huge, 'x', PAGES_MAX * 4096);
    members.puts[MEMBERS / 2].value = str_from_bytes(huge, PAGES_MAX * 4096);
    members_run(&members, &hooked.fixture);
    for (int i = 0; i < MEMBERS; i++) {
        if (i == MEMBERS / 2) {
            assert_int_equal(members.jobs[i].error->code, ERROR_STORAGE_FULL);
        } else {
            assert_null(members.jobs[i].error);
        }
        assert_int_equal(has_key(&hooked.fixture, members.puts[i].key), i != MEMBERS / 2);
    }
    members_free(&members);
    close_hooked(&hooked);
}

/* --- connections break (PostgreSQL) -------------------------------------------------------- */

#define SERVER_NAME "yz_to_be_cut"

/* Ends every session of this test at the server, from a session of its own. */
static void cut_connections(const char *place)
{
    Arena *arena = arena_create(1u << 20);
    DbOptions options = {.where = place};
    Driver *driver = NULL;
    Connection *connection = NULL;
    test_ok(driver_postgres_open(arena, &options, &driver));
    test_ok(driver->ops->connect(driver, arena, ROLE_WRITE, &connection));
    Str sql = arena_printf(arena,
                           "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                           " WHERE application_name = '%s'",
                           SERVER_NAME);
    test_ok(connection->ops->define(connection, arena, sql.data));
    connection->ops->close(connection);
    driver->ops->close(driver);
    arena_destroy(arena);
}

static void open_to_be_cut(Fixture *fixture, Hooked *out)
{
    out->fixture = (Fixture){.kind = DB_POSTGRES, .arena = fixture->arena};
    out->place = test_db_place(fixture->arena, DB_POSTGRES);
    bool is_url = str_contains(str_from(out->place), STR("://"));
    Str where = arena_printf(fixture->arena, "%s%sapplication_name=%s", out->place,
                             is_url ? "&" : " ", SERVER_NAME);
    DbOptions options = {.where = where.data, .clock = arena_new(fixture->arena, Clock)};
    test_ok(db_open(fixture->arena, &options, &out->fixture.db));
    test_ok(db_migrate(out->fixture.db, fixture->arena, NULL));
}

typedef struct CutOnce {
    const char *place;
    int *runs;
} CutOnce;

/* Only a test may do that: counts its runs, and the first time the server ends its session. */
static Error *put_and_be_cut(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    (void)output;
    const CutOnce *in = input;
    Error *err = sql_contract_put(tx, AREA, STR("cut"), STR("v"), NULL);
    if (!err && ++*in->runs == 1) {
        cut_connections(in->place);
    }
    return err ? err : sql_contract_put(tx, AREA + 1, STR("cut"), STR("v"), NULL);
}

static void
a_connection_cut_inside_a_use_case_is_made_again_and_the_use_case_runs_again(void **state)
{
    Fixture *fixture = *state;
    if (fixture->kind == DB_SQLITE) {
        return;
    }
    Hooked hooked;
    int runs = 0;
    open_to_be_cut(fixture, &hooked);
    CutOnce in = {hooked.place, &runs};
    test_ok(db_write(hooked.fixture.db, fixture->arena, put_and_be_cut, &in, NULL, 0));
    assert_int_equal(runs, 2);
    assert_int_equal(rows_in(&hooked.fixture, AREA), 1);
    assert_int_equal(rows_in(&hooked.fixture, AREA + 1), 1);
    close_hooked(&hooked);
}

static void idle_connections_that_were_cut_are_made_again(void **state)
{
    Fixture *fixture = *state;
    if (fixture->kind == DB_SQLITE) {
        return;
    }
    Hooked hooked;
    open_to_be_cut(fixture, &hooked);
    assert_false(has_key(&hooked.fixture, STR("k"))); /* makes a read connection */
    test_ok(write_put(&hooked.fixture, (Put){STR("j"), STR(""), false}));
    cut_connections(hooked.place);
    assert_true(has_key(&hooked.fixture, STR("j")));
    cut_connections(hooked.place);
    test_ok(write_put(&hooked.fixture, (Put){STR("k"), STR(""), false}));
    assert_true(has_key(&hooked.fixture, STR("k")));
    close_hooked(&hooked);
}

/* --- all of it, twice ---------------------------------------------------------------------- */

static const DbCase cases[] = {
    DB_CASE(a_failing_call_never_leaves_half_a_use_case),
    DB_CASE(members_of_a_batch_that_cannot_commit_succeed_one_by_one),
    DB_CASE(an_unknown_outcome_is_told_and_not_tried_again),
    DB_CASE(a_member_that_fills_the_disk_fails_alone),
    DB_CASE(a_connection_cut_inside_a_use_case_is_made_again_and_the_use_case_runs_again),
    DB_CASE(idle_connections_that_were_cut_are_made_again),
};

int main(void)
{
    return db_cases_run(cases, countof(cases));
}
