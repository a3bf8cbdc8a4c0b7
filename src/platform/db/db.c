/* db.c: opening, the pool of read views, and the small functions that generated code and use cases
 * call. */
#include "platform/db/db.h"

#include "base/limits.h"
#include "base/log.h"
#include "platform/db/db_internal.h"
#include "platform/db/migrations.h"

#define DEFAULT_CONNECTIONS 4

/* --- opening ------------------------------------------------------------------------------- */

static bool is_postgres(Str where)
{
    return str_starts_with(where, STR("postgresql://")) ||
           str_starts_with(where, STR("postgres://")) || str_contains(where, STR("dbname="));
}

Error *db_open(Arena *arena, const DbOptions *options, Db **out)
{
    DbOptions own = *options;
    own.where = arena_cstr(arena, str_from(options->where));
    Driver *driver = NULL;
    Error *err = is_postgres(str_from(own.where)) ? driver_postgres_open(arena, &own, &driver)
                                                  : driver_sqlite_open(arena, &own, &driver);
    return err ? err : db_open_with(arena, &own, driver, out);
}

Error *db_open_with(Arena *arena, const DbOptions *options, Driver *driver, Db **out)
{
    Db *db = arena_new(arena, Db);
    db->options = *options;
    db->driver = options->trace ? driver_trace_new(driver) : driver;
    db->pool.size = options->readers > 0 ? options->readers : DEFAULT_CONNECTIONS;
    db->pool.idle = arena_array(arena, Connection *, (size_t)db->pool.size);
    pthread_mutex_init(&db->pool.mutex, NULL);
    pthread_cond_init(&db->pool.given_back, NULL);
    lease_init(&db->lease);
    Error *err = writer_start(db, arena, &db->writer);
    if (err) {
        db->driver->ops->close(db->driver);
        return err;
    }
    *out = db;
    return NULL;
}

void db_close(Db *db)
{
    writer_stop(db->writer);
    require(db->pool.n_idle == db->pool.n_made); /* every snapshot was ended */
    for (int i = 0; i < db->pool.n_idle; i++) {
        db->pool.idle[i]->ops->close(db->pool.idle[i]);
    }
    pthread_mutex_destroy(&db->pool.mutex);
    pthread_cond_destroy(&db->pool.given_back);
    pthread_mutex_destroy(&db->lease.mutex);
    db->driver->ops->close(db->driver);
}

DbKind db_kind(const Db *db)
{
    return db->driver->kind;
}

Error *db_prepare_all(Db *db, Arena *arena, const SqlStatement *const *statements, int count)
{
    Connection *connection = NULL;
    Error *err = db->driver->ops->connect(db->driver, arena, ROLE_WRITE, &connection);
    if (err) {
        return err;
    }
    for (int i = 0; i < count && !err; i++) {
        err = connection->ops->prepare(connection, arena, statements[i]);
    }
    connection->ops->close(connection);
    return err;
}

/* --- read views ---------------------------------------------------------------------------- */

/* A connection of the pool; NULL when the caller is to make a new one. Waits while all are in use.
 */
static Connection *take_idle(ReadPool *pool)
{
    Connection *connection = NULL;
    pthread_mutex_lock(&pool->mutex);
    while (pool->n_idle == 0 && pool->n_made == pool->size) {
        pthread_cond_wait(&pool->given_back, &pool->mutex);
    }
    if (pool->n_idle > 0) {
        connection = pool->idle[--pool->n_idle];
    } else {
        pool->n_made++;
    }
    pthread_mutex_unlock(&pool->mutex);
    return connection;
}

/* NULL gives back the right to make one. */
static void give_back(ReadPool *pool, Connection *connection)
{
    pthread_mutex_lock(&pool->mutex);
    if (connection) {
        pool->idle[pool->n_idle++] = connection;
    } else {
        pool->n_made--;
    }
    pthread_cond_signal(&pool->given_back);
    pthread_mutex_unlock(&pool->mutex);
}

/* Begins on an idle connection or a new one; an idle one may have been cut off, so it is replaced
 * once. */
static Error *begin_view(Db *db, Arena *arena, Connection **connection, Instant *out_now)
{
    Error *err = NULL;
    if (*connection) {
        err = (*connection)->ops->begin(*connection, arena, out_now);
        if (!err || err->code != ERROR_UNAVAILABLE) {
            return err;
        }
        (*connection)->ops->close(*connection);
        *connection = NULL;
    }
    err = db->driver->ops->connect(db->driver, arena, ROLE_READ, connection);
    return err ? err : (*connection)->ops->begin(*connection, arena, out_now);
}

Error *db_snapshot_begin(Db *db, Arena *arena, Snapshot **out)
{
    Snapshot *snapshot = arena_new(arena, Snapshot);
    snapshot->db = db;
    snapshot->arena = arena;
    snapshot->connection = take_idle(&db->pool);
    snapshot->began_ms = clock_monotonic_ms();
    Error *err = begin_view(db, arena, &snapshot->connection, &snapshot->now);
    if (err) {
        if (snapshot->connection) {
            snapshot->connection->ops->rollback(snapshot->connection);
        }
        give_back(&db->pool, snapshot->connection);
        return err;
    }
    *out = snapshot;
    return NULL;
}

void db_snapshot_end(Snapshot *snapshot)
{
    int64_t took_ms = clock_monotonic_ms() - snapshot->began_ms;
    if (took_ms > LIMIT_SNAPSHOT_MS) {
        log_event(LOG_WARN, "snapshot_long", log_int("ms", took_ms),
                  log_int("queries", snapshot->queries));
    }
    snapshot->connection->ops->rollback(snapshot->connection);
    give_back(&snapshot->db->pool, snapshot->connection);
    snapshot->connection = NULL;
}

/* --- transactions -------------------------------------------------------------------------- */

Error *use_case_run(Db *db, Connection *connection, Arena *arena, Instant now, UseCase *run,
                    const void *input, void *output)
{
    Tx tx = {.view = {.db = db,
                      .connection = connection,
                      .arena = arena,
                      .now = now,
                      .began_ms = clock_monotonic_ms()}};
    Error *err = run(&tx, input, now, output);
    /* A use case cannot turn a failed query into a success; and when the engine wants the function
     * run again, that is what happens. */
    Error *failure = tx.view.failure;
    if (failure &&
        (!err || failure->code == ERROR_CONFLICT_RETRY || failure->code == ERROR_UNAVAILABLE)) {
        err = failure;
    }
    return err;
}

Error *transaction_once(Db *db, Connection *connection, Arena *arena, UseCase *run,
                        const void *input, void *output)
{
    Instant now;
    Error *err = connection->ops->begin(connection, arena, &now);
    if (!err) {
        err = use_case_run(db, connection, arena, now, run, input, output);
    }
    if (!err && !connection->ops->in_transaction(connection)) {
        err = error_make(arena, ERROR_UNAVAILABLE, "the transaction is gone");
    }
    if (!err) {
        err = connection->ops->commit(connection, arena);
    }
    if (err) {
        connection->ops->rollback(connection);
    }
    return err;
}

void db_submit(Db *db, WriteJob *job)
{
    writer_submit(db->writer, job);
}

typedef struct Waiting {
    pthread_mutex_t mutex;
    pthread_cond_t done;
    bool is_done;
} Waiting;

static void wake(WriteJob *job)
{
    Waiting *waiting = job->user;
    pthread_mutex_lock(&waiting->mutex);
    waiting->is_done = true;
    pthread_cond_signal(&waiting->done);
    pthread_mutex_unlock(&waiting->mutex);
}

Error *db_write(Db *db, Arena *arena, UseCase *run, const void *input, void *output,
                size_t output_size)
{
    Waiting waiting = {.mutex = PTHREAD_MUTEX_INITIALIZER, .done = PTHREAD_COND_INITIALIZER};
    WriteJob job = {.run = run,
                    .input = input,
                    .output = output,
                    .output_size = output_size,
                    .arena = arena,
                    .done = wake,
                    .user = &waiting};
    db_submit(db, &job);
    pthread_mutex_lock(&waiting.mutex);
    while (!waiting.is_done) {
        pthread_cond_wait(&waiting.done, &waiting.mutex);
    }
    pthread_mutex_unlock(&waiting.mutex);
    pthread_cond_destroy(&waiting.done);
    pthread_mutex_destroy(&waiting.mutex);
    return job.error;
}

DbStatus db_status(Db *db)
{
    return writer_status(db->writer);
}

/* --- inside a use case or a page ----------------------------------------------------------- */

Snapshot *tx_snapshot(Tx *tx)
{
    return &tx->view;
}

Arena *tx_arena(Tx *tx)
{
    return tx->view.arena;
}

Arena *snapshot_arena(Snapshot *snapshot)
{
    return snapshot->arena;
}

Instant tx_now(Tx *tx)
{
    return tx->view.now;
}

Instant snapshot_now(Snapshot *snapshot)
{
    return snapshot->now;
}

int64_t tx_new_id(Tx *tx)
{
    Db *db = tx->view.db;
    Clock real = {0};
    return id_make(&db->ids, clock_now(&real).ms, atomic_load(&db->lease.number));
}

int snapshot_query_count(const Snapshot *snapshot)
{
    return snapshot->queries;
}

/* --- for generated code -------------------------------------------------------------------- */

/* Gives rows on until the memory they are kept in is crowded. */
typedef struct RowGuard {
    Arena *arena;
    SqlRow *row;
    void *user;
    bool is_crowded;
} RowGuard;

static void take_guarded(void *user, const SqlValue *values)
{
    RowGuard *guard = user;
    guard->is_crowded = guard->is_crowded || arena_is_crowded(guard->arena);
    if (!guard->is_crowded) {
        guard->row(guard->user, values);
    }
}

static Error *run_statement(Snapshot *view, const SqlStatement *statement,
                            const SqlValue *parameters, SqlRow *row, void *user,
                            int64_t *out_changed)
{
    if (view->failure) {
        return view->failure;
    }
    view->queries++;
    Connection *connection = view->connection;
    RowGuard guard = {view->arena, row, user, false};
    view->failure = connection->ops->run(connection, view->arena, statement, parameters,
                                         row ? take_guarded : NULL, &guard, out_changed);
    if (!view->failure && guard.is_crowded) {
        view->failure = error_make(view->arena, ERROR_DATABASE, "%s: rows of more than %zu bytes",
                                   statement->name, arena_used(view->arena));
    }
    return view->failure;
}

Error *db_run_read(Snapshot *snapshot, const SqlStatement *statement, const SqlValue *parameters,
                   SqlRow *row, void *user)
{
    require(!statement->writes);
    return run_statement(snapshot, statement, parameters, row, user, NULL);
}

Error *db_run_write(Tx *tx, const SqlStatement *statement, const SqlValue *parameters, SqlRow *row,
                    void *user, int64_t *out_changed)
{
    return run_statement(&tx->view, statement, parameters, row, user, out_changed);
}

Error *sql_expect_maybe(Arena *arena, const SqlStatement *statement, size_t seen)
{
    return seen <= 1 ? NULL
                     : error_make(arena, ERROR_DATABASE, "%s: %zu rows where one was expected",
                                  statement->name, seen);
}

Error *sql_expect_one(Arena *arena, const SqlStatement *statement, size_t seen)
{
    return seen > 0 ? sql_expect_maybe(arena, statement, seen)
                    : error_make(arena, ERROR_NOT_FOUND, "%s: no row", statement->name);
}

Error *sql_expect_changed(Arena *arena, const SqlStatement *statement, int64_t changed)
{
    return changed > 0
               ? NULL
               : error_make(arena, ERROR_VERSION_CONFLICT, "%s: changed since", statement->name);
}
