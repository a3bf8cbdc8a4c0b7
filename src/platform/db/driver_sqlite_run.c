/* driver_sqlite_run.c: preparing, binding and stepping statements. */
#include "base/limits.h"
#include "platform/db/driver_sqlite.h"

static Error *find_statement(SqliteConnection *connection, Arena *arena,
                             const SqlStatement *statement, sqlite3_stmt **out)
{
    CacheEntry *entry = statement_cache_entry(&connection->cache, statement);
    if (!entry->prepared) {
        sqlite3_stmt *prepared = NULL;
        int status = sqlite3_prepare_v3(connection->database, statement->sqlite, -1,
                                        SQLITE_PREPARE_PERSISTENT, &prepared, NULL);
        if (status != SQLITE_OK) {
            return sqlite_error(arena, connection->database, status, statement->name);
        }
        entry->prepared = prepared;
    }
    *out = entry->prepared;
    return NULL;
}

void sqlite_forget_statements(SqliteConnection *connection)
{
    for (size_t i = 0; i < connection->cache.n_slots; i++) {
        sqlite3_finalize(connection->cache.slots[i].prepared);
        connection->cache.slots[i].prepared = NULL;
    }
}

Error *sqlite_prepare(Connection *base, Arena *arena, const SqlStatement *statement)
{
    sqlite3_stmt *query = NULL;
    Error *err = find_statement((SqliteConnection *)base, arena, statement, &query);
    if (!err && sqlite3_column_count(query) != statement->columns) {
        err = error_make(arena, ERROR_DATABASE, "%s: %d columns", statement->name,
                         sqlite3_column_count(query));
    }
    return err;
}

static int bind_one(sqlite3_stmt *query, int place, const SqlValue *value)
{
    /* A NULL pointer would bind NULL instead of an empty text. */
    const char *data = value->text.data ? value->text.data : "";
    switch (value->kind) {
    case SQL_INT:
        return sqlite3_bind_int64(query, place, value->number);
    case SQL_TEXT:
        return sqlite3_bind_text64(query, place, data, value->text.len, SQLITE_STATIC, SQLITE_UTF8);
    case SQL_BLOB:
        return sqlite3_bind_blob64(query, place, data, value->text.len, SQLITE_STATIC);
    case SQL_NULL:
        break;
    }
    return sqlite3_bind_null(query, place);
}

static Error *bind_all(SqliteConnection *connection, Arena *arena, const SqlStatement *statement,
                       sqlite3_stmt *query, const SqlValue *parameters)
{
    for (int i = 0; i < statement->parameters; i++) {
        int status = bind_one(query, i + 1, &parameters[i]);
        if (status != SQLITE_OK) {
            return sqlite_error(arena, connection->database, status, statement->name);
        }
    }
    return NULL;
}

/* False when the column holds something its declaration does not allow. The value is fetched once:
 * each sqlite3_column_ function would look for it again. */
static bool read_column(sqlite3_stmt *query, int i, char kind, SqlValue *out)
{
    sqlite3_value *value = sqlite3_column_value(query, i);
    *out = (SqlValue){.kind = SQL_NULL};
    switch (sqlite3_value_type(value)) {
    case SQLITE_NULL:
        return true;
    case SQLITE_INTEGER:
        *out = (SqlValue){.kind = SQL_INT, .number = sqlite3_value_int64(value)};
        return kind == 'i';
    case SQLITE_TEXT:
        out->kind = SQL_TEXT;
        out->text.data = (const char *)sqlite3_value_text(value);
        out->text.len = (size_t)sqlite3_value_bytes(value);
        return kind == 't';
    case SQLITE_BLOB:
        out->kind = SQL_BLOB;
        out->text.data = sqlite3_value_blob(value);
        out->text.len = (size_t)sqlite3_value_bytes(value);
        return kind == 'b';
    default: /* floating point has no place here */
        return false;
    }
}

static Error *read_row(SqliteConnection *connection, Arena *arena, const SqlStatement *statement,
                       sqlite3_stmt *query)
{
    if (connection->row_size < statement->columns) {
        connection->row_size = statement->columns;
        connection->row =
            reallocarray(connection->row, (size_t)statement->columns, sizeof(SqlValue));
        require(connection->row != NULL);
    }
    for (int i = 0; i < statement->columns; i++) {
        if (!read_column(query, i, statement->column_kinds[i], &connection->row[i])) {
            return error_make(arena, ERROR_DATABASE, "%s: column %d is not of kind %c",
                              statement->name, i + 1, statement->column_kinds[i]);
        }
    }
    return NULL;
}

static Error *step_all(SqliteConnection *connection, Arena *arena, const SqlStatement *statement,
                       sqlite3_stmt *query, SqlRow *row, void *user)
{
    int64_t rows = 0;
    int status = 0;
    while ((status = sqlite3_step(query)) == SQLITE_ROW) {
        if (++rows > LIMIT_ROWS_PER_QUERY) {
            return error_make(arena, ERROR_DATABASE, "%s: too many rows", statement->name);
        }
        Error *err = read_row(connection, arena, statement, query);
        if (err) {
            return err;
        }
        if (row) {
            row(user, connection->row);
        }
    }
    return status == SQLITE_DONE
               ? NULL
               : sqlite_error(arena, connection->database, status, statement->name);
}

Error *sqlite_run(Connection *base, Arena *arena, const SqlStatement *statement,
                  const SqlValue *parameters, SqlRow *row, void *user, int64_t *out_changed)
{
    SqliteConnection *connection = (SqliteConnection *)base;
    sqlite3_stmt *query = NULL;
    Error *err = find_statement(connection, arena, statement, &query);
    if (err) {
        return err;
    }
    err = bind_all(connection, arena, statement, query, parameters);
    if (!err) {
        err = step_all(connection, arena, statement, query, row, user);
    }
    if (out_changed) {
        *out_changed = err ? 0 : sqlite3_changes64(connection->database);
    }
    sqlite3_reset(query);
    sqlite3_clear_bindings(query);
    return err;
}
