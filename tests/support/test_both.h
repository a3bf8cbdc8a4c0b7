/* test_both.h: the tests of a file, each on SQLite and on PostgreSQL. The file that includes this
 * says itself what stands before each test (set_up, with the kind of database) and after it. */
#ifndef TESTS_SUPPORT_TEST_BOTH_H
#define TESTS_SUPPORT_TEST_BOTH_H

#include "test_db.h"

static int set_up(void **state, DbKind kind);
static int tear_down(void **state);

static inline int set_up_sqlite(void **state)
{
    return set_up(state, DB_SQLITE);
}

static inline int set_up_postgres(void **state)
{
    return set_up(state, DB_POSTGRES);
}

/* Two rows of a CMUnitTest table. */
#define ON_BOTH(test)                                                                              \
    {#test " (sqlite)", test, set_up_sqlite, tear_down, NULL},                                     \
    {                                                                                              \
#test " (postgres)", test, set_up_postgres, tear_down, NULL                                \
    }

#endif
