/* driver_postgres.h: shared by the files of the PostgreSQL driver. */
#ifndef PLATFORM_DB_DRIVER_POSTGRES_H
#define PLATFORM_DB_DRIVER_POSTGRES_H

#include <libpq-fe.h>

#include "base/buf.h"
#include "platform/db/driver.h"
#include "platform/db/statement_cache.h"

typedef struct PostgresDriver {
    Driver base;
    const char *where;
    Clock *clock;
} PostgresDriver;

typedef struct PostgresConnection {
    Connection base;
    PostgresDriver *driver;
    PGconn *server;
    StatementCache cache; /* prepared is non-NULL once the server knows the statement */
    int64_t prepared;     /* so far: makes names */
    bool knows_begin;     /* "begin" and "now" are prepared */
    bool is_ending;       /* ROLLBACK was sent; its answer has not been read */
    SqlValue *row;
    int row_size;
    Buf bytes; /* decoded bytea values of one row */
} PostgresConnection;

/* A failed result, or NULL for a lost connection, as an error of ours. Clears the result. */
Error *postgres_error(PostgresConnection *connection, Arena *arena, PGresult *result,
                      const char *what);
/* The `run` and `prepare` of ConnectionOps. */
MUST_USE Error *postgres_run(Connection *connection, Arena *arena, const SqlStatement *statement,
                             const SqlValue *parameters, SqlRow *row, void *user,
                             int64_t *out_changed);
MUST_USE Error *postgres_prepare(Connection *connection, Arena *arena,
                                 const SqlStatement *statement);

#endif
