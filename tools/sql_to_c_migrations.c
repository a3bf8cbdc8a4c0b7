/* sql_to_c_migrations.c: reads the migrations, applies them to the SQLite in memory, and learns
 * which tables and views there are, whose they are and of what scope. */
#include <dirent.h>

#include <sodium.h>

#include "sql_to_c.h"

typedef struct Reading { /* state while one migration file is read */
    Compiler *compiler;
    Migration *migration;
    Engine engine; /* from "-- only:", for the next statement */
    MigrationStatement current;
} Reading;

/* The value after "key:" in a declaration such as "table: x  owner: y  scope: z". */
static Str declared(Str comment, Str key)
{
    ptrdiff_t at = str_find(comment, key);
    if (at < 0) {
        return (Str){0};
    }
    Str rest = str_trim(str_slice(comment, (size_t)at + key.len, comment.len));
    size_t end = 0;
    while (end < rest.len && rest.data[end] != ' ') {
        end++;
    }
    return str_slice(rest, 0, end);
}

static void declare_relation(Reading *reading, const Token *comment, bool is_view)
{
    Compiler *compiler = reading->compiler;
    Str path = reading->migration->path;
    Relation *relation = arena_new(compiler->arena, Relation);
    Str scope = declared(comment->text, STR("scope:"));
    relation->name = declared(comment->text, is_view ? STR("view:") : STR("table:"));
    relation->owner = declared(comment->text, STR("owner:"));
    relation->is_view = is_view;
    relation->scope = str_eq(scope, STR("area"))     ? SCOPE_AREA
                      : str_eq(scope, STR("rollup")) ? SCOPE_ROLLUP
                                                     : SCOPE_INSTANCE;
    if (relation->owner.len == 0) {
        report(compiler, path, comment->line, "%.*s needs `owner: ROOM`", STR_ARG(relation->name));
    }
    if (relation->scope == SCOPE_INSTANCE && !str_eq(scope, STR("instance"))) {
        report(compiler, path, comment->line, "%.*s needs `scope: area`, `instance` or `rollup`",
               STR_ARG(relation->name));
    }
    if (map_set(&compiler->relations, relation->name, relation) != NULL) {
        report(compiler, path, comment->line, "%.*s is declared twice", STR_ARG(relation->name));
    }
}

static void read_comment(Reading *reading, const Token *comment)
{
    if (str_starts_with(comment->text, STR("table:"))) {
        declare_relation(reading, comment, false);
    } else if (str_starts_with(comment->text, STR("view:"))) {
        declare_relation(reading, comment, true);
    } else if (str_eq(comment->text, STR("only: sqlite"))) {
        reading->engine = ENGINE_SQLITE;
    } else if (str_eq(comment->text, STR("only: postgres"))) {
        reading->engine = ENGINE_POSTGRES;
    } else if (str_starts_with(comment->text, STR("only:"))) {
        report(reading->compiler, reading->migration->path, comment->line,
               "expected `-- only: sqlite` or `-- only: postgres`");
    }
}

/* The name a CREATE TABLE or CREATE VIEW makes, or empty for other statements. */
static Str created_name(Arena *arena, const Tokens *tokens)
{
    size_t i = 1;
    if (token_is(tokens, i, "VIRTUAL")) {
        i++;
    }
    if (!token_is(tokens, 0, "CREATE") ||
        (!token_is(tokens, i, "TABLE") && !token_is(tokens, i, "VIEW"))) {
        return (Str){0};
    }
    return token_is_name(tokens, i + 1) ? token_name(arena, &tokens->items[i + 1]) : (Str){0};
}

static void finish_statement(Reading *reading)
{
    Compiler *compiler = reading->compiler;
    Tokens *tokens = &reading->current.tokens;
    if (tokens->count == 0) {
        return;
    }
    reading->current.engine = reading->engine;
    reading->current.line = tokens->items[0].line;
    Str name = created_name(compiler->arena, tokens);
    Relation *relation = name.len ? map_get(&compiler->relations, name) : NULL;
    if (name.len && !relation) {
        report(compiler, reading->migration->path, reading->current.line,
               "%.*s needs `-- table: %.*s  owner: ROOM  scope: area|instance|rollup` above it",
               STR_ARG(name), STR_ARG(name));
    }
    *vec_push(compiler->arena, reading->migration) = reading->current;
    reading->current = (MigrationStatement){0};
    reading->engine = ENGINE_BOTH;
}

static void refuse_in_migration(Reading *reading, const Token *token)
{
    static const char *const refused[] = {"DEFERRABLE", "DEFERRED", "AUTOINCREMENT",
                                          "CURRENT_TIMESTAMP"};
    for (size_t i = 0; i < countof(refused); i++) {
        if (token->kind == TOKEN_WORD && str_eq_ignore_case(token->text, str_from(refused[i]))) {
            report(reading->compiler, reading->migration->path, token->line, "%s is refused",
                   refused[i]);
        }
    }
    if (token->kind == TOKEN_BAD) {
        report(reading->compiler, reading->migration->path, token->line, "a quote is not closed");
    }
}

static void read_migration(Compiler *compiler, Migration *migration, Str text)
{
    Tokens tokens = tokens_read(compiler->arena, text, 1, true);
    Reading reading = {.compiler = compiler, .migration = migration};
    for (size_t i = 0; i < tokens.count; i++) {
        const Token *token = &tokens.items[i];
        if (token->kind == TOKEN_COMMENT) {
            read_comment(&reading, token);
        } else if (token_is(&tokens, i, ";")) {
            finish_statement(&reading);
        } else {
            refuse_in_migration(&reading, token);
            *vec_push(compiler->arena, &reading.current.tokens) = *token;
            /* A comment that was skipped separates as white space does. */
            reading.current.tokens.items[reading.current.tokens.count - 1].after_space |=
                i > 0 && tokens.items[i - 1].kind == TOKEN_COMMENT;
        }
    }
    finish_statement(&reading);
}

/* --- applying ------------------------------------------------------------------------------ */

static int line_of_offset(Str text, int offset, int first_line)
{
    int line = first_line;
    for (int i = 0; i < offset && (size_t)i < text.len; i++) {
        line += text.data[i] == '\n';
    }
    return line;
}

static void apply(Compiler *compiler, const Migration *migration)
{
    for (size_t i = 0; i < migration->count; i++) {
        const MigrationStatement *statement = &migration->items[i];
        if (statement->engine == ENGINE_POSTGRES) {
            continue;
        }
        Str text = tokens_render(compiler->arena, &statement->tokens, ENGINE_SQLITE, NULL);
        if (sqlite3_exec(compiler->database, text.data, NULL, NULL, NULL) != SQLITE_OK) {
            int line =
                line_of_offset(text, sqlite3_error_offset(compiler->database), statement->line);
            report(compiler, migration->path, line, "%s", sqlite3_errmsg(compiler->database));
        }
    }
}

/* Covers what runs, not comments and layout: those may be improved later. */
static void checksum(Compiler *compiler, Migration *migration)
{
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    for (size_t i = 0; i < migration->count; i++) {
        const MigrationStatement *statement = &migration->items[i];
        Str text = tokens_render_flat(compiler->arena, &statement->tokens, ENGINE_SQLITE);
        Str line =
            arena_printf(compiler->arena, "%d %.*s;\n", (int)statement->engine, STR_ARG(text));
        crypto_hash_sha256_update(&state, (const unsigned char *)line.data, line.len);
    }
    unsigned char hash[crypto_hash_sha256_BYTES];
    char hex[sizeof(hash) * 2 + 1];
    crypto_hash_sha256_final(&state, hash);
    sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
    migration->checksum = arena_str(compiler->arena, str_from(hex));
}

/* --- the tables there are ------------------------------------------------------------------ */

static void learn_column(Compiler *compiler, Relation *relation)
{
    char *sql = sqlite3_mprintf("SELECT 1 FROM pragma_table_info(%Q) WHERE name = 'area_id'",
                                arena_cstr(compiler->arena, relation->name));
    sqlite3_stmt *query = NULL;
    require(sqlite3_prepare_v2(compiler->database, sql, -1, &query, NULL) == SQLITE_OK);
    relation->has_area_id = sqlite3_step(query) == SQLITE_ROW;
    sqlite3_finalize(query);
    sqlite3_free(sql);
}

static void learn_relations(Compiler *compiler)
{
    sqlite3_stmt *query = NULL;
    const char *sql = "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')";
    require(sqlite3_prepare_v2(compiler->database, sql, -1, &query, NULL) == SQLITE_OK);
    while (sqlite3_step(query) == SQLITE_ROW) {
        Str name = str_from((const char *)sqlite3_column_text(query, 0));
        Relation *relation = map_get(&compiler->relations, name);
        if (relation) {
            relation->exists = true;
        }
    }
    sqlite3_finalize(query);
}

static void check_relations(Compiler *compiler)
{
    for (size_t i = 0; i < compiler->relations.count; i++) {
        Relation *relation = compiler->relations.entries[i].value;
        if (!relation->exists) {
            report(compiler, STR("migrations"), 1, "%.*s is declared but not made",
                   STR_ARG(relation->name));
            continue;
        }
        learn_column(compiler, relation);
        if (!relation->has_area_id && relation->scope != SCOPE_INSTANCE) {
            report(compiler, STR("migrations"), 1,
                   "%.*s has the scope of an area but no column area_id", STR_ARG(relation->name));
        }
    }
}

/* --- the folder ---------------------------------------------------------------------------- */

static int is_sql(const struct dirent *entry)
{
    return str_ends_with(str_from(entry->d_name), STR(".sql")) ? 1 : 0;
}

static void read_one(Compiler *compiler, Str folder, Str file)
{
    Migration *migration = vec_push(compiler->arena, &compiler->migrations);
    Str full = arena_printf(compiler->arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(file));
    migration->path = path_from_root(compiler, full);
    migration->name = arena_str(compiler->arena, str_slice(file, 0, file.len - 4));
    int64_t number = 0;
    if (file.len < 9 || file.data[4] != '_' || !str_to_int64(str_slice(file, 0, 4), &number)) {
        report(compiler, migration->path, 1, "the name must be NNNN_what.sql");
    }
    if (number != (int64_t)compiler->migrations.count) {
        report(compiler, migration->path, 1, "expected migration number %zu",
               compiler->migrations.count);
    }
    migration->number = (int)number;
    read_migration(compiler, migration, read_whole_file(compiler, full));
    checksum(compiler, migration);
    apply(compiler, migration);
}

void migrations_compile(Compiler *compiler, Str folder)
{
    struct dirent **entries = NULL;
    int count = scandir(arena_cstr(compiler->arena, folder), &entries, is_sql, alphasort);
    if (count < 0) {
        report(compiler, folder, 1, "the folder of migrations cannot be read");
        return;
    }
    for (int i = 0; i < count; i++) {
        read_one(compiler, folder, arena_str(compiler->arena, str_from(entries[i]->d_name)));
        free(entries[i]);
    }
    free(entries);
    learn_relations(compiler);
    check_relations(compiler);
}
