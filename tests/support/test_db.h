/* test_db.h: a fresh, migrated database for a test, on either engine.
 *
 * SQLite: a file in a new temporary folder. PostgreSQL: a new schema in the database that the
 * environment variable YZ_TEST_POSTGRES names (tests/support/with_postgres.sh starts one); without
 * it the test fails, it is never skipped. Use cases are held to their time (strict_timing).
 */
#ifndef TESTS_SUPPORT_TEST_DB_H
#define TESTS_SUPPORT_TEST_DB_H

#include "platform/db/db.h"

/* Ends the program with a message when there is no database. `arena` must outlive the Db. */
void test_db_open(Arena *arena, DbKind kind, Db **out);
/* Closes and deletes everything. */
void test_db_close(Db *db);
/* The clock the database was opened with: move its offset to move time. */
Clock *test_db_clock(Db *db);

/* The parts, for tests that open a database themselves: makes an empty place and gives what goes
 * into DbOptions.where; deletes it again. */
const char *test_db_place(Arena *arena, DbKind kind);
void test_db_remove_place(Arena *arena, const char *where);

/* "sqlite" or "postgres", for names of tests. */
const char *test_db_name(DbKind kind);
/* Panics with the error's code and detail: for steps that are not what a test is about. */
void test_ok(const Error *err);

#endif
