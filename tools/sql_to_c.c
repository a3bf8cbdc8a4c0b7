/* sql_to_c: named SQL statements become typed C functions; migrations become a table.
 *
 *     sql_to_c --migrations DIR --root ROOT --out OUTDIR [--list NAME] file.sql ...
 *
 * Writes NAME_sql.h and NAME_sql.c for each NAME.sql, sql_statements.c (all statements) and
 * sql_migrations.c. With --list test_sql the list is test_sql_statements[] in
 * test_sql_statements.c and no migrations are written: for statements of tests.
 *
 * A .sql file holds blocks:
 *
 *     -- name: proposal_list :many
 *     -- params: area, round, words text
 *     -- returns: votes int
 *     SELECT id, title, (SELECT ...) AS votes FROM proposal WHERE area_id = :area AND ...
 *
 * Kinds: `:one` exactly one row, else NOT_FOUND; `:maybe` a row or none; `:many` an array; `:exec`
 * a write that returns nothing; `:versioned` such a write that has to change a row, else
 * VERSION_CONFLICT: whoever asked saw an older state. A write with RETURNING may be :one, :maybe or
 * :many. Reads take a Snapshot, writes a Tx. Names are unique in the whole program.
 *
 * `-- params:` lists every :name of the statement in the order of the C function. A type may
 * follow: text and blob are a Str, int is an int64_t; without one the name tells: _at an Instant,
 * _on a Date, _fen Money, is_ or has_ a bool, anything else int64_t. Result columns follow the same
 * rule by their name when the table says INTEGER. An expression has no declared type: `-- returns:`
 * gives int, text or blob for it (int follows the name too). NULL reads as 0 or empty.
 * `-- only: postgres` before a second body of the same block gives PostgreSQL a text of its own;
 * only then may the first one say rowid.
 *
 * Migrations are numbered files NNNN_what.sql in the SQLite dialect (INTEGER and BLOB become BIGINT
 * and BYTEA, STRICT and WITHOUT ROWID are dropped for PostgreSQL); `-- only: sqlite|postgres`
 * stands before a statement for one of them. Above each table and view stands
 * `-- table: NAME  owner: ROOM  scope: area|instance|rollup` (or `-- view: ...`).
 *
 * Refused, as `file:line: message` with exit status 1: what SQLite refuses; a room that writes
 * another room's table, or reads it other than through a view OWNER_public_*; a table of scope area
 * without `area_id = :area` (sql_to_c_areas.c) unless `-- crosses areas: reason`; clocks and chance
 * in SQL; ? and $1; deferred constraints; two statements in a block; parameters that do not match.
 */
#include "sql_to_c.h"

#include <errno.h>
#include <stdarg.h>
#include <unistd.h>

#define MAX_FILE_BYTES (4 << 20)

typedef struct Arguments {
    const char *migrations;
    const char *root;
    const char *out;
    const char *list; /* NULL: "sql" with migrations */
    char **files;
    int n_files;
} Arguments;

void report(Compiler *compiler, Str path, int line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "%.*s:%d: ", STR_ARG(path), line);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    compiler->errors++;
}

Str path_from_root(const Compiler *compiler, Str path)
{
    char *full = realpath(arena_cstr(compiler->arena, path), NULL);
    Str result = full ? arena_str(compiler->arena, str_from(full)) : path;
    free(full);
    if (str_starts_with(result, compiler->root) && result.len > compiler->root.len) {
        return str_slice(result, compiler->root.len + 1, result.len);
    }
    return result;
}

Str read_whole_file(Compiler *compiler, Str path)
{
    Buf buf;
    buf_init(&buf, MAX_FILE_BYTES);
    FILE *file = fopen(arena_cstr(compiler->arena, path), "rb");
    if (!file) {
        report(compiler, path, 1, "%s", strerror(errno));
        return (Str){0};
    }
    char chunk[8192];
    for (size_t n = 0; (n = fread(chunk, 1, sizeof(chunk), file)) > 0;) {
        buf_append(&buf, chunk, n);
    }
    if (ferror(file) || buf.overflowed) {
        report(compiler, path, 1, "the file cannot be read, or is too large");
    }
    fclose(file);
    Str text = arena_str(compiler->arena, buf_view(&buf));
    buf_free(&buf);
    return text;
}

static void write_file(Compiler *compiler, const char *folder, Str name, const Buf *content)
{
    Str path = arena_printf(compiler->arena, "%s/%.*s", folder, STR_ARG(name));
    FILE *file = fopen(path.data, "wb");
    bool good = file && !content->overflowed &&
                fwrite(content->data, 1, content->len, file) == content->len;
    if (file && fclose(file) != 0) {
        good = false;
    }
    if (!good) {
        report(compiler, path, 1, "cannot be written");
    }
}

static void write_outputs(Compiler *compiler, const Arguments *arguments)
{
    const char *list = arguments->list ? arguments->list : "sql";
    Buf buf;
    buf_init(&buf, 64 << 20);
    for (size_t i = 0; i < compiler->stems.count; i++) {
        Str stem = compiler->stems.items[i];
        buf_clear(&buf);
        emit_header(compiler, stem, &buf);
        write_file(compiler, arguments->out,
                   arena_printf(compiler->arena, "%.*s_sql.h", STR_ARG(stem)), &buf);
        buf_clear(&buf);
        emit_source(compiler, stem, &buf);
        write_file(compiler, arguments->out,
                   arena_printf(compiler->arena, "%.*s_sql.c", STR_ARG(stem)), &buf);
    }
    Str array = arena_printf(compiler->arena, "%s_statement", list);
    buf_clear(&buf);
    emit_statement_list(compiler, array.data, &buf);
    write_file(compiler, arguments->out, arena_printf(compiler->arena, "%ss.c", array.data), &buf);
    if (!arguments->list) {
        buf_clear(&buf);
        emit_migrations(compiler, &buf);
        write_file(compiler, arguments->out, STR("sql_migrations.c"), &buf);
    }
    buf_free(&buf);
}

static bool read_arguments(int argc, char **argv, Arguments *out)
{
    int i = 1;
    for (; i + 1 < argc && strncmp(argv[i], "--", 2) == 0; i += 2) {
        if (strcmp(argv[i], "--migrations") == 0) {
            out->migrations = argv[i + 1];
        } else if (strcmp(argv[i], "--root") == 0) {
            out->root = argv[i + 1];
        } else if (strcmp(argv[i], "--out") == 0) {
            out->out = argv[i + 1];
        } else if (strcmp(argv[i], "--list") == 0) {
            out->list = argv[i + 1];
        } else {
            return false;
        }
    }
    out->files = argv + i;
    out->n_files = argc - i;
    return out->migrations && out->root && out->out;
}

static void open_database(Compiler *compiler)
{
    require(sqlite3_open(":memory:", &compiler->database) == SQLITE_OK);
    /* A misspelt "name" is an error, not a string. */
    sqlite3_db_config(compiler->database, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(compiler->database, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
}

/* The migrator makes this table itself, before the first migration. */
static void add_migrator_table(Compiler *compiler)
{
    Relation *relation = arena_new(compiler->arena, Relation);
    *relation =
        (Relation){.name = STR("schema_migration"), .owner = STR("db"), .scope = SCOPE_INSTANCE};
    map_set(&compiler->relations, relation->name, relation);
    require(sqlite3_exec(compiler->database,
                         "CREATE TABLE schema_migration (number INTEGER NOT NULL,"
                         " name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL,"
                         " PRIMARY KEY (number)) STRICT, WITHOUT ROWID",
                         NULL, NULL, NULL) == SQLITE_OK);
}

static void compile(Compiler *compiler, const Arguments *arguments)
{
    add_migrator_table(compiler);
    migrations_compile(compiler, str_from(arguments->migrations));
    if (compiler->errors > 0) {
        return;
    }
    for (int i = 0; i < arguments->n_files; i++) {
        blocks_read(compiler, str_from(arguments->files[i]));
    }
    for (size_t i = 0; i < compiler->statements.count; i++) {
        statement_check(compiler, compiler->statements.items[i]);
    }
    if (compiler->errors == 0) {
        write_outputs(compiler, arguments);
    }
}

int main(int argc, char **argv)
{
    Arguments arguments = {0};
    if (!read_arguments(argc, argv, &arguments)) {
        fprintf(stderr, "usage: sql_to_c --migrations DIR --root ROOT --out OUTDIR [--list NAME] "
                        "file.sql ...\n");
        return 2;
    }
    Arena *arena = arena_create((size_t)1 << 30);
    Compiler compiler = {.arena = arena};
    char *root = realpath(arguments.root, NULL);
    compiler.root = arena_str(arena, str_from(root ? root : arguments.root));
    free(root);
    map_init(&compiler.relations, arena);
    map_init(&compiler.names, arena);
    open_database(&compiler);
    compile(&compiler, &arguments);
    sqlite3_close(compiler.database);
    arena_destroy(arena);
    return compiler.errors > 0 ? 1 : 0;
}
