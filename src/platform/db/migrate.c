/* migrate.c: brings the schema to the newest version.
 *
 * Each migration is one transaction together with its line in schema_migration. Both databases can
 * roll definitions back, so a migration that fails half-way leaves nothing.
 */
#include "base/log.h"
#include "db_sql.h"
#include "platform/db/db_internal.h"
#include "platform/db/migrations.h"

/* tools/sql_to_c.c knows this table too. */
static const char *const table_text[] = {
    [DB_SQLITE] = "CREATE TABLE IF NOT EXISTS schema_migration (number INTEGER NOT NULL,"
                  " name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL,"
                  " PRIMARY KEY (number)) STRICT, WITHOUT ROWID",
    [DB_POSTGRES] = "CREATE TABLE IF NOT EXISTS schema_migration (number BIGINT NOT NULL,"
                    " name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL,"
                    " PRIMARY KEY (number))",
};

const char *schema_migration_table(DbKind kind)
{
    return table_text[kind];
}

int db_schema_newest(void)
{
    return sql_migration_count;
}

static Error *read_applied(Tx *tx, const void *input, Instant now, void *output)
{
    return sql_schema_migration_list(tx_snapshot(tx), output);
}

/* The recorded migrations must be the first ones of this program, unchanged. */
static Error *check_applied(Arena *arena, const SchemaMigrationListRows *applied)
{
    for (size_t i = 0; i < applied->count; i++) {
        const SchemaMigrationListRow *row = &applied->rows[i];
        if (row->number > sql_migration_count) {
            return error_make(arena, ERROR_CONFIGURATION,
                              "the database is at version %ld, newer than this program (%d)",
                              (long)applied->rows[applied->count - 1].number, sql_migration_count);
        }
        const SqlMigration *migration = &sql_migrations[i];
        if (row->number != migration->number ||
            !str_eq(row->checksum, str_from(migration->checksum))) {
            return error_make(arena, ERROR_CONFIGURATION,
                              "migration %.*s in the database is not the one of this program",
                              STR_ARG(row->name));
        }
    }
    return NULL;
}

typedef struct ApplyInput {
    const SqlMigration *migration;
    Connection *connection;
    DbKind kind;
} ApplyInput;

static Error *apply(Tx *tx, const void *input, Instant now, void *output)
{
    const ApplyInput *in = input;
    const char *const *statements =
        in->kind == DB_SQLITE ? in->migration->sqlite : in->migration->postgres;
    for (; *statements; statements++) {
        Error *err = in->connection->ops->define(in->connection, tx_arena(tx), *statements);
        if (err) {
            return err;
        }
    }
    return sql_schema_migration_add(tx, in->migration->number, str_from(in->migration->name),
                                    str_from(in->migration->checksum), now, NULL);
}

static Error *apply_from(Db *db, Connection *connection, Arena *arena, size_t first,
                         int *out_applied)
{
    for (int i = (int)first; i < sql_migration_count; i++) {
        ApplyInput input = {&sql_migrations[i], connection, db->driver->kind};
        Error *err = transaction_once(db, connection, arena, apply, &input, NULL);
        if (err) {
            return err;
        }
        ++*out_applied;
        log_event(LOG_INFO, "migrated", log_str("migration", str_from(sql_migrations[i].name)));
    }
    return NULL;
}

static Error *migrate(Db *db, Connection *connection, Arena *arena, int *out_applied)
{
    Error *err = connection->ops->lock_schema(connection, arena);
    if (err) {
        return err;
    }
    err = connection->ops->define(connection, arena, table_text[db->driver->kind]);
    if (err) {
        return err;
    }
    SchemaMigrationListRows applied;
    err = transaction_once(db, connection, arena, read_applied, NULL, &applied);
    if (err) {
        return err;
    }
    err = check_applied(arena, &applied);
    return err ? err : apply_from(db, connection, arena, applied.count, out_applied);
}

Error *db_migrate(Db *db, Arena *arena, int *out_applied)
{
    int applied = 0;
    Connection *connection = NULL;
    Error *err = db->driver->ops->connect(db->driver, arena, ROLE_WRITE, &connection);
    if (!err) {
        err = migrate(db, connection, arena, &applied);
        connection->ops->close(connection);
    }
    if (out_applied) {
        *out_applied = applied;
    }
    return err;
}

static Error *read_version(Snapshot *snapshot, int *out_version)
{
    Connection *connection = snapshot->connection;
    bool is_there = false;
    Error *err =
        connection->ops->has_table(connection, snapshot->arena, "schema_migration", &is_there);
    if (err || !is_there) {
        return err;
    }
    SchemaMigrationListRows applied;
    err = sql_schema_migration_list(snapshot, &applied);
    if (!err && applied.count > 0) {
        *out_version = (int)applied.rows[applied.count - 1].number;
    }
    return err;
}

Error *db_schema_version(Db *db, Arena *arena, int *out_version)
{
    *out_version = 0;
    Snapshot *snapshot = NULL;
    Error *err = db_snapshot_begin(db, arena, &snapshot);
    if (err) {
        return err;
    }
    err = read_version(snapshot, out_version);
    db_snapshot_end(snapshot);
    return err;
}
