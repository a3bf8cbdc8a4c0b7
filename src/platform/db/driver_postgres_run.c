/* driver_postgres_run.c: preparing statements on first use, parameters in binary, rows as text. */
#include <endian.h>

#include "base/limits.h"
#include "platform/db/driver_postgres.h"

/* Type numbers of the server's catalogue (pg_type.dat); they never change. */
#define OID_BOOL  16
#define OID_BYTEA 17
#define OID_INT8  20
#define OID_TEXT  25

#define NAME_BYTES     24
#define MAX_PARAMETERS 100

static Error *server_prepare(PostgresConnection *connection, Arena *arena,
                             const SqlStatement *statement, const char *name)
{
    Oid types[MAX_PARAMETERS];
    require(statement->parameters <= MAX_PARAMETERS);
    for (int i = 0; i < statement->parameters; i++) {
        char kind = statement->parameter_kinds[i];
        types[i] = kind == 'i' ? OID_INT8 : kind == 'b' ? OID_BYTEA : OID_TEXT;
    }
    PGresult *result =
        PQprepare(connection->server, name, statement->postgres, statement->parameters, types);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
        return postgres_error(connection, arena, result, statement->name);
    }
    PQclear(result);
    return NULL;
}

/* Gives the server's name of the statement; prepares it when this connection has not yet. */
static Error *find_statement(PostgresConnection *connection, Arena *arena,
                             const SqlStatement *statement, char name[NAME_BYTES])
{
    CacheEntry *entry = statement_cache_entry(&connection->cache, statement);
    if (entry->prepared) {
        snprintf(name, NAME_BYTES, "s%ld", (long)(intptr_t)entry->prepared);
        return NULL;
    }
    int64_t number = ++connection->prepared;
    snprintf(name, NAME_BYTES, "s%ld", (long)number);
    Error *err = server_prepare(connection, arena, statement, name);
    if (!err) {
        entry->prepared = (void *)(intptr_t)number;
    }
    return err;
}

Error *postgres_prepare(Connection *base, Arena *arena, const SqlStatement *statement)
{
    PostgresConnection *connection = (PostgresConnection *)base;
    char name[NAME_BYTES];
    Error *err = find_statement(connection, arena, statement, name);
    if (err) {
        return err;
    }
    PGresult *result = PQdescribePrepared(connection->server, name);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
        return postgres_error(connection, arena, result, statement->name);
    }
    int columns = PQnfields(result);
    PQclear(result);
    return columns == statement->columns
               ? NULL
               : error_make(arena, ERROR_DATABASE, "%s: %d columns on PostgreSQL", statement->name,
                            columns);
}

/* --- parameters ---------------------------------------------------------------------------- */

typedef struct Parameters {
    const char *values[MAX_PARAMETERS];
    int lengths[MAX_PARAMETERS];
    int formats[MAX_PARAMETERS];
    uint64_t numbers[MAX_PARAMETERS]; /* in network order */
} Parameters;

static void fill_parameters(Parameters *out, const SqlValue *values, int count)
{
    for (int i = 0; i < count; i++) {
        out->formats[i] = 1;
        if (values[i].kind == SQL_INT) {
            out->numbers[i] = htobe64((uint64_t)values[i].number);
            out->values[i] = (const char *)&out->numbers[i];
            out->lengths[i] = sizeof(out->numbers[i]);
        } else if (values[i].kind == SQL_NULL) {
            out->values[i] = NULL;
            out->lengths[i] = 0;
        } else {
            require(values[i].text.len <= INT32_MAX);
            out->values[i] = values[i].text.data ? values[i].text.data : "";
            out->lengths[i] = (int)values[i].text.len;
        }
    }
}

/* --- rows ---------------------------------------------------------------------------------- */

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "\x00ff" into bytes at the end of `bytes`, which has room. False when it is not of that form. */
static bool read_bytes(Buf *bytes, Str text, Str *out)
{
    if (!str_starts_with(text, STR("\\x"))) {
        return false;
    }
    size_t from = bytes->len;
    for (size_t i = 2; i + 1 < text.len; i += 2) {
        int high = hex_digit(text.data[i]);
        int low = hex_digit(text.data[i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        buf_char(bytes, (char)(high << 4 | low));
    }
    *out = str_from_bytes(bytes->data ? bytes->data + from : "", bytes->len - from);
    return !bytes->overflowed;
}

static bool read_number(Oid type, Str text, int64_t *out)
{
    if (type == OID_BOOL) {
        *out = str_eq(text, STR("t"));
        return true;
    }
    return str_to_int64(text, out);
}

static bool read_column(PostgresConnection *connection, const PGresult *result, int at, int i,
                        char kind, SqlValue *out)
{
    *out = (SqlValue){.kind = SQL_NULL};
    if (PQgetisnull(result, at, i)) {
        return true;
    }
    Str text = str_from_bytes(PQgetvalue(result, at, i), (size_t)PQgetlength(result, at, i));
    Oid type = PQftype(result, i);
    switch (kind) {
    case 'i':
        out->kind = SQL_INT;
        return read_number(type, text, &out->number);
    case 'b':
        out->kind = SQL_BLOB;
        return type == OID_BYTEA && read_bytes(&connection->bytes, text, &out->text);
    default:
        out->kind = SQL_TEXT;
        out->text = text;
        return type != OID_BYTEA;
    }
}

/* Room for every bytea of the row, so that pointers into it stay valid while it is read. */
static void make_room(PostgresConnection *connection, const PGresult *result, int at)
{
    size_t total = 1;
    for (int i = 0; i < PQnfields(result); i++) {
        total += (size_t)PQgetlength(result, at, i);
    }
    Buf *bytes = &connection->bytes;
    if (bytes->capacity < total) {
        size_t max_bytes = bytes->max_bytes;
        buf_free(bytes);
        buf_init(bytes, max_bytes);
        for (size_t i = 0; i < total && !bytes->overflowed; i++) {
            buf_char(bytes, '\0');
        }
    }
    buf_clear(bytes);
}

static Error *read_rows(PostgresConnection *connection, Arena *arena, const SqlStatement *statement,
                        const PGresult *result, SqlRow *row, void *user)
{
    int columns = PQnfields(result);
    if (columns != statement->columns) {
        return error_make(arena, ERROR_DATABASE, "%s: %d columns", statement->name, columns);
    }
    if (connection->row_size < columns) {
        connection->row_size = columns;
        connection->row = reallocarray(connection->row, (size_t)columns, sizeof(SqlValue));
        require(connection->row != NULL);
    }
    for (int at = 0; at < PQntuples(result); at++) {
        make_room(connection, result, at);
        for (int i = 0; i < columns; i++) {
            if (!read_column(connection, result, at, i, statement->column_kinds[i],
                             &connection->row[i])) {
                return error_make(arena, ERROR_DATABASE, "%s: column %d is not of kind %c",
                                  statement->name, i + 1, statement->column_kinds[i]);
            }
        }
        if (row) {
            row(user, connection->row);
        }
    }
    return NULL;
}

Error *postgres_run(Connection *base, Arena *arena, const SqlStatement *statement,
                    const SqlValue *values, SqlRow *row, void *user, int64_t *out_changed)
{
    PostgresConnection *connection = (PostgresConnection *)base;
    char name[NAME_BYTES];
    Error *err = find_statement(connection, arena, statement, name);
    if (err) {
        return err;
    }
    Parameters parameters;
    fill_parameters(&parameters, values, statement->parameters);
    PGresult *result = PQexecPrepared(connection->server, name, statement->parameters,
                                      parameters.values, parameters.lengths, parameters.formats, 0);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        return postgres_error(connection, arena, result, statement->name);
    }
    int64_t changed = 0;
    if (!str_to_int64(str_from(PQcmdTuples(result)), &changed)) {
        changed = 0;
    }
    if (out_changed) {
        *out_changed = changed;
    }
    err = PQntuples(result) > LIMIT_ROWS_PER_QUERY
              ? error_make(arena, ERROR_DATABASE, "%s: too many rows", statement->name)
              : read_rows(connection, arena, statement, result, row, user);
    PQclear(result);
    return err;
}
