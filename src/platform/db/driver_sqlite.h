/* driver_sqlite.h: shared by the files of the SQLite driver. */
#ifndef PLATFORM_DB_DRIVER_SQLITE_H
#define PLATFORM_DB_DRIVER_SQLITE_H

#include <pthread.h>
#include <sqlite3.h>

#include "platform/db/driver.h"
#include "platform/db/statement_cache.h"

/* Moves what the writer committed from the WAL into the file, on a thread and a connection of its
 * own, so that the writer never waits for it. */
typedef struct Checkpointer {
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    sqlite3 *database;
    int wal_pages; /* after the newest commit */
    bool is_wanted;
    bool is_closing;
    bool is_running;
} Checkpointer;

typedef struct SqliteDriver {
    Driver base;
    const char *path;
    Clock *clock;
    bool may_create;
    bool no_sync;
    int lock_fd;
    Checkpointer checkpointer;
} SqliteDriver;

/* Statements that begin and end things; prepared once a connection, as they run for each page. */
typedef enum Control {
    CONTROL_BEGIN_READ,
    CONTROL_BEGIN_WRITE,
    CONTROL_COMMIT,
    CONTROL_ROLLBACK,
    CONTROL_SAVEPOINT,
    CONTROL_RELEASE,
    CONTROL_UNDO,
    CONTROL_COUNT
} Control;

typedef struct SqliteConnection {
    Connection base;
    SqliteDriver *driver;
    sqlite3 *database;
    StatementCache cache;
    sqlite3_stmt *controls[CONTROL_COUNT]; /* NULL until first used */
    SqlValue *row;                         /* room for the widest row so far */
    int row_size;
} SqliteConnection;

/* The engine's status as an error of ours. */
Error *sqlite_error(Arena *arena, sqlite3 *database, int status, const char *what);
/* Opens the file with our settings; read connections refuse to write. */
MUST_USE Error *sqlite_open_database(SqliteDriver *driver, Arena *arena, ConnectionRole role,
                                     sqlite3 **out);
/* The `run` and `prepare` of ConnectionOps. */
MUST_USE Error *sqlite_run(Connection *connection, Arena *arena, const SqlStatement *statement,
                           const SqlValue *parameters, SqlRow *row, void *user,
                           int64_t *out_changed);
MUST_USE Error *sqlite_prepare(Connection *connection, Arena *arena, const SqlStatement *statement);
void sqlite_forget_statements(SqliteConnection *connection);

MUST_USE Error *checkpointer_start(SqliteDriver *driver, Arena *arena);
void checkpointer_stop(SqliteDriver *driver);
/* To be called on the writer's connection. */
void checkpointer_watch(SqliteDriver *driver, sqlite3 *writer);

#endif
