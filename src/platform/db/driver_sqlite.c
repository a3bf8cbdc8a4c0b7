/* driver_sqlite.c: connections to one SQLite file that this process owns.
 *
 * WAL; the writer syncs on every commit (synchronous=FULL) and never checkpoints. Readers are
 * query_only and see the state at their first query.
 */
#include "platform/db/driver_sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/log.h"

#define BUSY_TIMEOUT_MS 5000

Error *sqlite_error(Arena *arena, sqlite3 *database, int status, const char *what)
{
    int code = status & 0xff;
    ErrorCode ours = ERROR_DATABASE;
    if (code == SQLITE_FULL) {
        ours = ERROR_STORAGE_FULL;
    } else if (code == SQLITE_BUSY || code == SQLITE_LOCKED) {
        ours = ERROR_BUSY;
    } else if (code == SQLITE_IOERR || code == SQLITE_CANTOPEN || code == SQLITE_READONLY ||
               code == SQLITE_NOMEM || code == SQLITE_PERM || code == SQLITE_PROTOCOL) {
        ours = ERROR_UNAVAILABLE;
    } else if (status == SQLITE_CONSTRAINT_UNIQUE || status == SQLITE_CONSTRAINT_PRIMARYKEY) {
        ours = ERROR_ALREADY_EXISTS;
    } else if (code == SQLITE_INTERRUPT) {
        ours = ERROR_TIMEOUT;
    }
    return error_make(arena, ours, "sqlite %d at %s: %s", status, what,
                      database ? sqlite3_errmsg(database) : sqlite3_errstr(status));
}

static Error *execute(sqlite3 *database, Arena *arena, const char *sql)
{
    int status = sqlite3_exec(database, sql, NULL, NULL, NULL);
    return status == SQLITE_OK
               ? NULL
               : sqlite_error(arena, database, sqlite3_extended_errcode(database), sql);
}

/* --- transactions -------------------------------------------------------------------------- */

static sqlite3 *database_of(Connection *connection)
{
    return ((SqliteConnection *)connection)->database;
}

static const char *const controls[CONTROL_COUNT] = {
    [CONTROL_BEGIN_READ] = "BEGIN",
    [CONTROL_BEGIN_WRITE] = "BEGIN IMMEDIATE",
    [CONTROL_COMMIT] = "COMMIT",
    [CONTROL_ROLLBACK] = "ROLLBACK",
    [CONTROL_SAVEPOINT] = "SAVEPOINT member",
    [CONTROL_RELEASE] = "RELEASE member",
    [CONTROL_UNDO] = "ROLLBACK TO member",
};

/* Returns the engine's extended status. */
static int run_control(SqliteConnection *connection, Control which)
{
    sqlite3_stmt **prepared = &connection->controls[which];
    if (!*prepared) {
        int status = sqlite3_prepare_v3(connection->database, controls[which], -1,
                                        SQLITE_PREPARE_PERSISTENT, prepared, NULL);
        if (status != SQLITE_OK) {
            return status;
        }
    }
    sqlite3_step(*prepared);
    return sqlite3_reset(*prepared); /* gives the outcome of the step */
}

static Error *control(Connection *base, Arena *arena, Control which)
{
    SqliteConnection *connection = (SqliteConnection *)base;
    int status = run_control(connection, which);
    return status == SQLITE_OK ? NULL
                               : sqlite_error(arena, connection->database, status, controls[which]);
}

static Error *begin(Connection *connection, Arena *arena, Instant *out_now)
{
    bool writes = connection->role == ROLE_WRITE;
    Error *err = control(connection, arena, writes ? CONTROL_BEGIN_WRITE : CONTROL_BEGIN_READ);
    *out_now = clock_now(((SqliteConnection *)connection)->driver->clock);
    return err;
}

static Error *commit(Connection *connection, Arena *arena)
{
    Error *err = control(connection, arena, CONTROL_COMMIT);
    /* A failed sync may or may not have reached the disk: nobody can tell before a restart. */
    if (err && sqlite3_extended_errcode(database_of(connection)) == SQLITE_IOERR_FSYNC) {
        err->code = ERROR_UNKNOWN_OUTCOME;
    }
    return err;
}

static bool in_transaction(Connection *connection)
{
    return sqlite3_get_autocommit(database_of(connection)) == 0;
}

static void rollback(Connection *connection)
{
    if (in_transaction(connection)) {
        run_control((SqliteConnection *)connection, CONTROL_ROLLBACK);
    }
    require(!in_transaction(connection));
}

static Error *savepoint(Connection *connection, Arena *arena)
{
    return control(connection, arena, CONTROL_SAVEPOINT);
}

static Error *release(Connection *connection, Arena *arena)
{
    return control(connection, arena, CONTROL_RELEASE);
}

static Error *undo(Connection *connection, Arena *arena)
{
    Error *err = control(connection, arena, CONTROL_UNDO);
    return err ? err : control(connection, arena, CONTROL_RELEASE);
}

/* --- for the migrator ---------------------------------------------------------------------- */

static Error *define(Connection *connection, Arena *arena, const char *sql)
{
    return execute(database_of(connection), arena, sql);
}

/* Asks with a statement: the engine's own description of a table may be older than what another
 * connection has just made. */
static Error *has_table(Connection *connection, Arena *arena, const char *name, bool *out)
{
    sqlite3 *database = database_of(connection);
    sqlite3_stmt *query = NULL;
    int status = sqlite3_prepare_v2(
        database, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1", -1, &query,
        NULL);
    if (status == SQLITE_OK) {
        sqlite3_bind_text(query, 1, name, -1, SQLITE_STATIC);
        status = sqlite3_step(query);
    }
    *out = status == SQLITE_ROW;
    Error *err = status == SQLITE_ROW || status == SQLITE_DONE
                     ? NULL
                     : sqlite_error(arena, database, status, "has_table");
    sqlite3_finalize(query);
    return err;
}

static Error *lock_schema(Connection *connection, Arena *arena)
{
    (void)connection;
    return NULL; /* the owner lock and BEGIN IMMEDIATE do it */
}

/* --- connections --------------------------------------------------------------------------- */

static void close_connection(Connection *base)
{
    SqliteConnection *connection = (SqliteConnection *)base;
    sqlite_forget_statements(connection);
    statement_cache_free(&connection->cache);
    for (int i = 0; i < CONTROL_COUNT; i++) {
        sqlite3_finalize(connection->controls[i]);
    }
    int status = sqlite3_close(connection->database);
    if (status != SQLITE_OK) {
        panic("sqlite3_close: %s", sqlite3_errstr(status));
    }
    free(connection->row);
    free(connection);
}

static const ConnectionOps connection_ops = {
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .in_transaction = in_transaction,
    .savepoint = savepoint,
    .release = release,
    .undo = undo,
    .run = sqlite_run,
    .define = define,
    .has_table = has_table,
    .lock_schema = lock_schema,
    .prepare = sqlite_prepare,
    .close = close_connection,
};

Error *sqlite_open_database(SqliteDriver *driver, Arena *arena, ConnectionRole role, sqlite3 **out)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    if (role == ROLE_WRITE && driver->may_create) {
        flags |= SQLITE_OPEN_CREATE;
    }
    int status = sqlite3_open_v2(driver->path, out, flags, NULL);
    Error *err = status == SQLITE_OK ? NULL : sqlite_error(arena, *out, status, driver->path);
    if (!err) {
        sqlite3_busy_timeout(*out, BUSY_TIMEOUT_MS);
        err = execute(*out, arena,
                      "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;"
                      " PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 0;");
    }
    if (!err && role == ROLE_WRITE) {
        err = execute(*out, arena,
                      driver->no_sync ? "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;"
                                      : "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
    } else if (!err) {
        err = execute(*out, arena, "PRAGMA query_only = ON;");
    }
    if (err) {
        sqlite3_close(*out);
        *out = NULL;
    }
    return err;
}

static Error *driver_connect(Driver *base, Arena *arena, ConnectionRole role, Connection **out)
{
    SqliteDriver *driver = (SqliteDriver *)base;
    sqlite3 *database = NULL;
    Error *err = sqlite_open_database(driver, arena, role, &database);
    if (err) {
        return err;
    }
    if (role == ROLE_WRITE) {
        checkpointer_watch(driver, database);
        err = checkpointer_start(driver, arena);
        if (err) {
            sqlite3_close(database);
            return err;
        }
    }
    SqliteConnection *connection = calloc(1, sizeof(*connection));
    require(connection != NULL);
    connection->base = (Connection){.ops = &connection_ops, .role = role};
    connection->driver = driver;
    connection->database = database;
    *out = &connection->base;
    return NULL;
}

/* --- the driver ---------------------------------------------------------------------------- */

static void driver_close(Driver *base)
{
    SqliteDriver *driver = (SqliteDriver *)base;
    checkpointer_stop(driver);
    if (driver->lock_fd >= 0) {
        close(driver->lock_fd); /* gives the lock back; the file stays */
    }
    free(driver);
}

static const DriverOps driver_ops = {
    .connect = driver_connect,
    .close = driver_close,
};

/* One process owns the file. The lock is on a file beside it, because SQLite's own locks on the
 * database would be lost when any descriptor of it in this process closes. */
static Error *take_owner_lock(SqliteDriver *driver, Arena *arena)
{
    Str path = arena_printf(arena, "%s.lock", driver->path);
    driver->lock_fd = open(path.data, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (driver->lock_fd < 0) {
        return error_make(arena, ERROR_FILE_SYSTEM, "%s: %s", path.data, strerror(errno));
    }
    if (flock(driver->lock_fd, LOCK_EX | LOCK_NB) != 0) {
        return error_make(arena, ERROR_BUSY, "%s is in use by another process", driver->path);
    }
    return NULL;
}

/* A connection has one thread at a time, and nobody reads the memory statistics, which cost a lock
 * at every allocation. The engine refuses when it has been started already: then this was done. */
static void configure_engine(void)
{
    (void)sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

Error *driver_sqlite_open(Arena *arena, const DbOptions *options, Driver **out)
{
    if (!options->may_create && access(options->where, F_OK) != 0) {
        return error_make(arena, ERROR_CONFIGURATION, "no database at %s", options->where);
    }
    configure_engine();
    SqliteDriver *driver = calloc(1, sizeof(*driver));
    require(driver != NULL);
    driver->base = (Driver){.ops = &driver_ops, .kind = DB_SQLITE};
    driver->path = options->where;
    driver->clock = options->clock;
    driver->may_create = options->may_create;
    driver->no_sync = options->unsafe_no_sync;
    driver->lock_fd = -1;
    Error *err = take_owner_lock(driver, arena);
    if (err) {
        driver_close(&driver->base);
        return err;
    }
    *out = &driver->base;
    return NULL;
}
