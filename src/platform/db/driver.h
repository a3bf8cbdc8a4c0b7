/* driver.h: what an engine does for db.c, writer.c and migrate.c. Private to this folder and to
 * tests/contract.
 *
 * A Driver makes Connections; one thread at a time uses a Connection. Memory of both is malloc'ed
 * and given back by close. Errors tell what to do next:
 *   CONFLICT_RETRY   the transaction lost against another one: run the whole function again
 *   UNAVAILABLE      lost before the commit was asked for: nothing happened; connect and run again
 *   UNKNOWN_OUTCOME  the commit was asked for and the answer is missing
 *   STORAGE_FULL     no room; nothing happened
 *   ALREADY_EXISTS   a unique key is taken
 *   DATABASE         anything else: our statement or the file is wrong
 */
#ifndef PLATFORM_DB_DRIVER_H
#define PLATFORM_DB_DRIVER_H

#include "platform/db/db.h"

typedef enum ConnectionRole { ROLE_READ, ROLE_WRITE } ConnectionRole;

typedef struct Connection Connection;
typedef struct Driver Driver;

typedef struct ConnectionOps {
    /* Starts a read view or a write transaction, by role. *out_now is its time. */
    Error *(*begin)(Connection *connection, Arena *arena, Instant *out_now);
    /* Durable when it returns NULL. After an error call rollback. */
    Error *(*commit)(Connection *connection, Arena *arena);
    /* Ends the transaction if there is one. */
    void (*rollback)(Connection *connection);
    /* The state after a use case: false when the engine dropped the transaction by itself. */
    bool (*in_transaction)(Connection *connection);
    /* One member of a batch; SQLite only (NULL elsewhere). */
    Error *(*savepoint)(Connection *connection, Arena *arena);
    Error *(*release)(Connection *connection, Arena *arena);
    Error *(*undo)(Connection *connection, Arena *arena); /* back to the savepoint, and release */
    Error *(*run)(Connection *connection, Arena *arena, const SqlStatement *statement,
                  const SqlValue *parameters, SqlRow *row, void *user, int64_t *out_changed);
    /* For the migrator: one statement that defines something; is a table there; one migrator at a
     * time (until the connection closes). */
    Error *(*define)(Connection *connection, Arena *arena, const char *sql);
    Error *(*has_table)(Connection *connection, Arena *arena, const char *name, bool *out);
    Error *(*lock_schema)(Connection *connection, Arena *arena);
    /* Prepares without running, and checks the number of columns: for tests. */
    Error *(*prepare)(Connection *connection, Arena *arena, const SqlStatement *statement);
    void (*close)(Connection *connection);
} ConnectionOps;

struct Connection {
    const ConnectionOps *ops;
    ConnectionRole role;
};

typedef struct DriverOps {
    Error *(*connect)(Driver *driver, Arena *arena, ConnectionRole role, Connection **out);
    void (*close)(Driver *driver);
} DriverOps;

struct Driver {
    const DriverOps *ops;
    DbKind kind;
};

/* options->where must live as long as the driver. SQLite takes the owner lock here. */
MUST_USE Error *driver_sqlite_open(Arena *arena, const DbOptions *options, Driver **out);
MUST_USE Error *driver_postgres_open(Arena *arena, const DbOptions *options, Driver **out);

/* A driver around another one (which it owns): logs the name and the microseconds of each call. */
Driver *driver_trace_new(Driver *inner);

/* A driver around another one: while armed, call number n (1, 2, ...) does not happen and returns
 * `code` instead. Counts begin, commit, savepoint, release, undo and run on write connections. */
typedef struct FaultPlan {
    _Atomic int64_t calls;   /* so far */
    _Atomic int64_t fail_at; /* 0: never */
    ErrorCode code;
} FaultPlan;
Driver *driver_faulty_new(Driver *inner, FaultPlan *plan);

/* db_open() with a driver already made (owned by the Db from here on, also after an error). */
MUST_USE Error *db_open_with(Arena *arena, const DbOptions *options, Driver *driver, Db **out);
/* Prepares every statement of a list on a connection of its own: for tests. */
MUST_USE Error *db_prepare_all(Db *db, Arena *arena, const SqlStatement *const *statements,
                               int count);

#endif
