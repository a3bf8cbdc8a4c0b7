/* Stored databases of older versions, brought to the newest schema, on both databases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/buf.h"
#include "platform/db/db_internal.h"
#include "platform/db/migrations.h"
#include "test_db.h"
#include "upgrade_sql.h"

#define VERSION     3
#define ARENA_BYTES (64u << 20)
#define COMMUNITY   2

static const DbKind kinds[] = {DB_SQLITE, DB_POSTGRES};

static const char *stored_path(Arena *arena, const char *name)
{
    const char *root = getenv("YZ_ROOT");
    require(root != NULL);
    return arena_printf(arena, "%s/tests/upgrade/stored/%s", root, name).data;
}

static const char *schema_name(DbKind kind)
{
    return kind == DB_SQLITE ? "schema_3.sqlite.sql" : "schema_3.postgres.sql";
}

static char *read_stored(Arena *arena, const char *name)
{
    Buf buf;
    buf_init(&buf, 1u << 20);
    FILE *file = fopen(stored_path(arena, name), "rb");
    require(file != NULL);
    char chunk[4096];
    for (size_t n = 0; (n = fread(chunk, 1, sizeof(chunk), file)) > 0;) {
        buf_append(&buf, chunk, n);
    }
    fclose(file);
    char *text = arena_cstr(arena, buf_view(&buf));
    buf_free(&buf);
    return text;
}

/* --- reading one back ---------------------------------------------------------------------- */

/* Runs the stored texts in an empty place, as an older program would have left it. */
static void load(Arena *arena, DbKind kind, const char *where)
{
    DbOptions options = {.where = where, .clock = arena_new(arena, Clock), .may_create = true};
    Driver *driver = NULL;
    Connection *connection = NULL;
    test_ok(kind == DB_SQLITE ? driver_sqlite_open(arena, &options, &driver)
                              : driver_postgres_open(arena, &options, &driver));
    test_ok(driver->ops->connect(driver, arena, ROLE_WRITE, &connection));
    test_ok(connection->ops->define(connection, arena, read_stored(arena, schema_name(kind))));
    test_ok(connection->ops->define(connection, arena, read_stored(arena, "rows_3.sql")));
    connection->ops->close(connection);
    driver->ops->close(driver);
}

static void check_rows(Db *db, Arena *arena)
{
    Snapshot *snapshot = NULL;
    UpgradePersonRow person;
    UpgradeRoundRow round;
    UpgradeCountsRow counts;
    test_ok(db_snapshot_begin(db, arena, &snapshot));
    test_ok(sql_upgrade_person(snapshot, INT64_C(9007199254740993), &person));
    test_ok(sql_upgrade_round(snapshot, COMMUNITY, 20, &round));
    test_ok(sql_upgrade_counts(snapshot, COMMUNITY, &counts));
    db_snapshot_end(snapshot);
    assert_true(str_eq(person.name, STR("林小红 'e'")));
    assert_int_equal(person.birth_year, 1961);
    assert_true(str_eq(round.title, STR("2025 年")));
    assert_int_equal(round.budget_fen.fen, 30000000);
    assert_int_equal(round.version, 7);
    assert_int_equal(counts.areas, 2);
    assert_int_equal(counts.residents, 1);
    assert_int_equal(counts.settings, 1);
}

static void a_stored_database_is_upgraded_and_keeps_its_rows(void **state)
{
    const DbKind *kind = *state;
    Arena *arena = arena_create(ARENA_BYTES);
    const char *where = test_db_place(arena, *kind);
    load(arena, *kind, where);
    DbOptions options = {.where = where, .clock = arena_new(arena, Clock)};
    Db *db = NULL;
    int version = 0;
    int applied = 0;
    test_ok(db_open(arena, &options, &db));
    test_ok(db_schema_version(db, arena, &version));
    assert_int_equal(version, VERSION);
    test_ok(db_migrate(db, arena, &applied));
    assert_int_equal(applied, db_schema_newest() - VERSION);
    check_rows(db, arena);
    test_ok(db_prepare_all(db, arena, sql_statements, sql_statement_count));
    db_close(db);
    test_db_remove_place(arena, where);
    arena_destroy(arena);
}

/* --- writing them (store.sh) --------------------------------------------------------------- */

static void write_schema(Arena *arena, DbKind kind)
{
    FILE *file = fopen(stored_path(arena, schema_name(kind)), "wb");
    require(file != NULL);
    fprintf(file, "-- A database at version %d, written by store.sh.\n%s;\n", VERSION,
            schema_migration_table(kind));
    for (int i = 0; i < VERSION; i++) {
        const SqlMigration *migration = &sql_migrations[i];
        const char *const *statements = kind == DB_SQLITE ? migration->sqlite : migration->postgres;
        for (; *statements; statements++) {
            fprintf(file, "%s;\n", *statements);
        }
        fprintf(file, "INSERT INTO schema_migration VALUES (%d, '%s', '%s', 0);\n",
                migration->number, migration->name, migration->checksum);
    }
    require(fclose(file) == 0);
}

static int store(void)
{
    Arena *arena = arena_create(ARENA_BYTES);
    for (size_t i = 0; i < countof(kinds); i++) {
        write_schema(arena, kinds[i]);
    }
    arena_destroy(arena);
    return 0;
}

int main(void)
{
    if (getenv("YZ_STORE_UPGRADE")) {
        return store();
    }
    const struct CMUnitTest tests[] = {
        {"a_stored_database_is_upgraded_and_keeps_its_rows_on_sqlite",
         a_stored_database_is_upgraded_and_keeps_its_rows, NULL, NULL,
         (void *)(uintptr_t)&kinds[0]},
        {"a_stored_database_is_upgraded_and_keeps_its_rows_on_postgres",
         a_stored_database_is_upgraded_and_keeps_its_rows, NULL, NULL,
         (void *)(uintptr_t)&kinds[1]},
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
