/* driver_postgres.c: connections to a PostgreSQL server.
 *
 * Writes are SERIALIZABLE, read views REPEATABLE READ READ ONLY. The time of a transaction is the
 * server's, so that several processes agree, plus the offset of the Clock.
 */
#include "platform/db/driver_postgres.h"

/* Milliseconds since 1970 at the start of the transaction. */
#define SELECT_NOW "SELECT (extract(epoch FROM now()) * 1000)::bigint"

static ErrorCode code_of_state(const char *state)
{
    static const struct {
        const char *prefix;
        ErrorCode code;
    } map[] = {
        {"40001", ERROR_CONFLICT_RETRY}, /* serialization_failure */
        {"40P01", ERROR_CONFLICT_RETRY}, /* deadlock_detected */
        {"23505", ERROR_ALREADY_EXISTS}, /* unique_violation */
        {"53100", ERROR_STORAGE_FULL},   /* disk_full */
        {"57014", ERROR_TIMEOUT},        /* query_canceled */
        {"53", ERROR_UNAVAILABLE},       /* insufficient_resources */
        {"57P", ERROR_UNAVAILABLE},      /* the server stops or starts */
        {"08", ERROR_UNAVAILABLE},       /* connection_exception */
        {"25006", ERROR_UNAVAILABLE}, /* read_only_sql_transaction: a standby; a new primary soon */
        {"58", ERROR_UNAVAILABLE},    /* system_error */
    };
    for (size_t i = 0; i < countof(map); i++) {
        if (str_starts_with(str_from(state), str_from(map[i].prefix))) {
            return map[i].code;
        }
    }
    return ERROR_DATABASE;
}

Error *postgres_error(PostgresConnection *connection, Arena *arena, PGresult *result,
                      const char *what)
{
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *message = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    bool is_lost = PQstatus(connection->server) == CONNECTION_BAD;
    ErrorCode code = is_lost ? ERROR_UNAVAILABLE : state ? code_of_state(state) : ERROR_DATABASE;
    Error *err = error_make(arena, code, "postgresql %s at %s: %s", state ? state : "-", what,
                            message ? message : PQerrorMessage(connection->server));
    PQclear(result);
    return err;
}

/* Runs text that takes no parameters; the result of its last statement. */
static Error *execute(PostgresConnection *connection, Arena *arena, const char *sql, PGresult **out)
{
    PGresult *result = PQexec(connection->server, sql);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        return postgres_error(connection, arena, result, sql);
    }
    if (out) {
        *out = result;
    } else {
        PQclear(result);
    }
    return NULL;
}

/* --- transactions -------------------------------------------------------------------------- */

/* A failure shows again at the next statement. */
static void finish_rollback(PostgresConnection *connection)
{
    if (connection->is_ending) {
        connection->is_ending = false;
        for (PGresult *r = PQgetResult(connection->server); r;
             r = PQgetResult(connection->server)) {
            PQclear(r);
        }
    }
}

static Error *prepare_text(PostgresConnection *connection, Arena *arena, const char *name,
                           const char *sql)
{
    PGresult *result = PQprepare(connection->server, name, sql, 0, NULL);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
        return postgres_error(connection, arena, result, sql);
    }
    PQclear(result);
    return NULL;
}

static Error *prepare_begin(PostgresConnection *connection, Arena *arena)
{
    if (connection->knows_begin) {
        return NULL;
    }
    const char *sql = connection->base.role == ROLE_WRITE
                          ? "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE"
                          : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    Error *err = prepare_text(connection, arena, "begin", sql);
    if (!err) {
        err = prepare_text(connection, arena, "now", SELECT_NOW);
    }
    connection->knows_begin = err == NULL;
    return err;
}

/* What the server answers to "begin" and "now", which went out together. The first failure counts;
 * everything up to the end of the pipeline is read in any case. */
static Error *read_begin(PostgresConnection *connection, Arena *arena, int64_t *out_now)
{
    Error *err = NULL;
    bool has_time = false;
    for (int ends = 0; ends < 3;) {
        PGresult *result = PQgetResult(connection->server);
        ExecStatusType status = result ? PQresultStatus(result) : PGRES_COMMAND_OK;
        bool is_sync = status == PGRES_PIPELINE_SYNC;
        if (!result || is_sync) { /* each statement ends in a NULL, the pipeline in a mark */
            ends++;
        } else if (status == PGRES_TUPLES_OK) {
            has_time =
                PQntuples(result) == 1 && str_to_int64(str_from(PQgetvalue(result, 0, 0)), out_now);
        } else if (status != PGRES_COMMAND_OK && status != PGRES_PIPELINE_ABORTED && !err) {
            err = postgres_error(connection, arena, result, "begin");
            result = NULL;
        }
        PQclear(result);
        if (PQstatus(connection->server) == CONNECTION_BAD) {
            break;
        }
    }
    return err || has_time ? err : error_make(arena, ERROR_DATABASE, "postgresql gave no time");
}

static Error *begin(Connection *base, Arena *arena, Instant *out_now)
{
    PostgresConnection *connection = (PostgresConnection *)base;
    finish_rollback(connection);
    Error *err = prepare_begin(connection, arena);
    if (err) {
        return err;
    }
    PGconn *server = connection->server;
    bool is_sent = PQenterPipelineMode(server) == 1 &&
                   PQsendQueryPrepared(server, "begin", 0, NULL, NULL, NULL, 0) == 1 &&
                   PQsendQueryPrepared(server, "now", 0, NULL, NULL, NULL, 0) == 1 &&
                   PQpipelineSync(server) == 1;
    int64_t now = 0;
    err = is_sent ? read_begin(connection, arena, &now)
                  : postgres_error(connection, arena, NULL, "begin");
    if (PQexitPipelineMode(server) != 1 && !err) {
        err = postgres_error(connection, arena, NULL, "begin");
    }
    Clock *clock = connection->driver->clock;
    out_now->ms = now + (clock ? atomic_load(&clock->offset_ms) : 0);
    return err;
}

static Error *commit(Connection *base, Arena *arena)
{
    PostgresConnection *connection = (PostgresConnection *)base;
    PGresult *result = NULL;
    Error *err = execute(connection, arena, "COMMIT", &result);
    if (err) {
        if (PQstatus(connection->server) == CONNECTION_BAD) {
            err->code = ERROR_UNKNOWN_OUTCOME;
        }
        return err;
    }
    bool committed = strcmp(PQcmdStatus(result), "COMMIT") == 0;
    PQclear(result);
    return committed ? NULL : error_make(arena, ERROR_DATABASE, "commit of a failed transaction");
}

static bool in_transaction(Connection *base)
{
    PGTransactionStatusType status = PQtransactionStatus(((PostgresConnection *)base)->server);
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

/* Nobody has to wait for the end of what is thrown away: the next use reads the answer. */
static void rollback(Connection *base)
{
    PostgresConnection *connection = (PostgresConnection *)base;
    if (!connection->is_ending && in_transaction(base)) {
        connection->is_ending = PQsendQuery(connection->server, "ROLLBACK") == 1;
    }
}

/* --- for the migrator ---------------------------------------------------------------------- */

static Error *define(Connection *base, Arena *arena, const char *sql)
{
    return execute((PostgresConnection *)base, arena, sql, NULL);
}

static Error *has_table(Connection *base, Arena *arena, const char *name, bool *out)
{
    PostgresConnection *connection = (PostgresConnection *)base;
    const char *values[] = {name};
    *out = false;
    PGresult *result = PQexecParams(connection->server, "SELECT to_regclass($1) IS NOT NULL", 1,
                                    NULL, values, NULL, NULL, 0);
    if (PQresultStatus(result) != PGRES_TUPLES_OK) {
        return postgres_error(connection, arena, result, "has_table");
    }
    *out = strcmp(PQgetvalue(result, 0, 0), "t") == 0;
    PQclear(result);
    return NULL;
}

/* Held until the connection closes. */
static Error *lock_schema(Connection *base, Arena *arena)
{
    return execute((PostgresConnection *)base, arena,
                   "SELECT pg_advisory_lock(hashtext('schema_migration ' || current_schema()))",
                   NULL);
}

/* --- connections --------------------------------------------------------------------------- */

static void close_connection(Connection *base)
{
    PostgresConnection *connection = (PostgresConnection *)base;
    PQfinish(connection->server);
    statement_cache_free(&connection->cache);
    buf_free(&connection->bytes);
    free(connection->row);
    free(connection);
}

static const ConnectionOps connection_ops = {
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .in_transaction = in_transaction,
    .run = postgres_run,
    .define = define,
    .has_table = has_table,
    .lock_schema = lock_schema,
    .prepare = postgres_prepare,
    .close = close_connection,
};

static void ignore_notice(void *user, const PGresult *result)
{
    (void)result;
}

/* The words of a connection error, without its line breaks. */
static Error *connect_error(Arena *arena, PGconn *server)
{
    Str words = arena_str(arena, str_trim(str_from(PQerrorMessage(server))));
    return error_make(arena, ERROR_UNAVAILABLE, "postgresql: %.*s", STR_ARG(words));
}

static Error *driver_connect(Driver *base, Arena *arena, ConnectionRole role, Connection **out)
{
    PostgresDriver *driver = (PostgresDriver *)base;
    const char *const keywords[] = {"connect_timeout", "application_name", "dbname",
                                    "client_encoding", NULL};
    const char *const values[] = {"5", "yuanzhuo", driver->where, "UTF8", NULL};
    PGconn *server = PQconnectdbParams(keywords, values, 1);
    if (PQstatus(server) != CONNECTION_OK) {
        Error *err = connect_error(arena, server);
        PQfinish(server);
        return err;
    }
    PQsetNoticeReceiver(server, ignore_notice, NULL);
    PostgresConnection *connection = calloc(1, sizeof(*connection));
    require(connection != NULL);
    connection->base = (Connection){.ops = &connection_ops, .role = role};
    connection->driver = driver;
    connection->server = server;
    buf_init(&connection->bytes, 64u << 20);
    *out = &connection->base;
    return NULL;
}

/* --- the driver ---------------------------------------------------------------------------- */

static void driver_close(Driver *base)
{
    free(base);
}

static const DriverOps driver_ops = {
    .connect = driver_connect,
    .close = driver_close,
};

Error *driver_postgres_open(Arena *arena, const DbOptions *options, Driver **out)
{
    PostgresDriver *driver = calloc(1, sizeof(*driver));
    require(driver != NULL);
    driver->base = (Driver){.ops = &driver_ops, .kind = DB_POSTGRES};
    driver->where = options->where;
    driver->clock = options->clock;
    *out = &driver->base;
    return NULL;
}
