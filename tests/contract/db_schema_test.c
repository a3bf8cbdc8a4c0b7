/* Opening, migrating and preparing, on both databases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "contract_sql.h"
#include "db_cases.h"

/* --- migrations ---------------------------------------------------------------------------- */

static void migrating_again_changes_nothing(void **state)
{
    Fixture *fixture = *state;
    int applied = 9;
    int version = 0;
    test_ok(db_migrate(fixture->db, fixture->arena, &applied));
    assert_int_equal(applied, 0);
    test_ok(db_schema_version(fixture->db, fixture->arena, &version));
    assert_int_equal(version, db_schema_newest());
}

static Error *spoil_checksum(Tx *tx, const void *input, Instant now, void *output)
{
    (void)input;
    (void)now;
    return sql_contract_spoil_checksum(tx, 1, output);
}

static Error *add_future(Tx *tx, const void *input, Instant now, void *output)
{
    (void)input;
    (void)now;
    return sql_contract_future(tx, db_schema_newest() + 1, output);
}

static void assert_migration_refused(Fixture *fixture, UseCase *spoil)
{
    test_ok(db_write(fixture->db, fixture->arena, spoil, NULL, NULL, 0));
    Error *err = db_migrate(fixture->db, fixture->arena, NULL);
    assert_non_null(err);
    assert_int_equal(err->code, ERROR_CONFIGURATION);
}

static void a_changed_migration_is_refused(void **state)
{
    assert_migration_refused(*state, spoil_checksum);
}

static void a_newer_database_is_refused(void **state)
{
    assert_migration_refused(*state, add_future);
}

extern const SqlStatement *const test_sql_statements[];
extern const int test_sql_statement_count;

static void every_statement_of_the_program_prepares(void **state)
{
    Fixture *fixture = *state;
    test_ok(db_prepare_all(fixture->db, fixture->arena, sql_statements, sql_statement_count));
    test_ok(
        db_prepare_all(fixture->db, fixture->arena, test_sql_statements, test_sql_statement_count));
}

/* --- opening ------------------------------------------------------------------------------- */

static void a_second_owner_of_the_file_is_refused(void **state)
{
    Fixture *fixture = *state;
    if (fixture->kind == DB_POSTGRES) {
        return; /* the lock is SQLite's */
    }
    const char *where = test_db_place(fixture->arena, DB_SQLITE);
    DbOptions options = {.where = where, .may_create = true, .clock = &(Clock){0}};
    Db *first = NULL;
    Db *second = NULL;
    test_ok(db_open(fixture->arena, &options, &first));
    Error *err = db_open(fixture->arena, &options, &second);
    assert_non_null(err);
    assert_int_equal(err->code, ERROR_BUSY);
    db_close(first);
    test_ok(db_open(fixture->arena, &options, &second));
    db_close(second);
    test_db_remove_place(fixture->arena, where);
}

/* --- all of it, twice ---------------------------------------------------------------------- */

static const DbCase cases[] = {
    DB_CASE(migrating_again_changes_nothing),
    DB_CASE(a_changed_migration_is_refused),
    DB_CASE(a_newer_database_is_refused),
    DB_CASE(every_statement_of_the_program_prepares),
    DB_CASE(a_second_owner_of_the_file_is_refused),
};

int main(void)
{
    return db_cases_run(cases, countof(cases));
}
