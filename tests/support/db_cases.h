/* db_cases.h: runs each test on SQLite and on PostgreSQL, with a fresh database; and the small
 * writes that tests of db.h share (statements of tests/contract/contract.sql).
 */
#ifndef TESTS_SUPPORT_DB_CASES_H
#define TESTS_SUPPORT_DB_CASES_H

#include "platform/db/driver.h"
#include "test_db.h"

#define AREA 7

/* *state of a test. */
typedef struct Fixture {
    DbKind kind;
    Arena *arena;
    Db *db;
} Fixture;

typedef struct DbCase {
    const char *name;
    void (*run)(void **state);
} DbCase;

#define DB_CASE(function)                                                                          \
    {                                                                                              \
#function, function                                                                        \
    }

/* What main() returns. Tests are called NAME_on_sqlite and NAME_on_postgres. */
int db_cases_run(const DbCase *cases, size_t count);

/* Writes one setting of AREA; put_pair the same key in AREA and AREA + 1. Input: Put. */
typedef struct Put {
    Str key;
    Str value;
    bool fails_after; /* with BAD_REQUEST, once it has written (put only) */
} Put;
Error *put(Tx *tx, const void *input, Instant now, void *output);
Error *put_pair(Tx *tx, const void *input, Instant now, void *output);
/* The two through db_write. */
MUST_USE Error *write_put(Fixture *fixture, Put in);
MUST_USE Error *write_pair(Fixture *fixture, Str key);

/* In a new read view. */
bool has_key(Fixture *fixture, Str key);
void assert_value(Fixture *fixture, Str key, Str expected);
void assert_absent(Fixture *fixture, Str key);
int rows_in(Fixture *fixture, int64_t area);

/* Jobs submitted together; waits until all are done. Each has an arena of its own. */
#define MEMBERS 40
typedef struct Members {
    WriteJob jobs[MEMBERS];
    Put puts[MEMBERS];
    _Atomic int done;
} Members;
/* Fills members with puts "k00" ... ; change them before submitting. */
void members_init(Members *members, Arena *arena);
/* Submits them behind a job that holds the writer until all are queued, so that on SQLite they are
 * one batch. */
void members_run(Members *members, Fixture *fixture);
void members_free(Members *members);

#endif
