/* sql_to_c_check.c: prepares a statement against the migrated schema and holds it against the
 * rules: parameters, rooms, areas, refused words, declared columns. */
#include "sql_to_c.h"

typedef struct Watch { /* what the authorizer sees while one statement is prepared */
    Compiler *compiler;
    const Statement *statement;
    Names reported;
} Watch;

static void complain(Compiler *compiler, const Statement *statement, int line, const char *message)
{
    report(compiler, statement->path, line, "%s: %s", arena_cstr(compiler->arena, statement->name),
           message);
}

/* --- words --------------------------------------------------------------------------------- */

static const char *refused_word(const Tokens *tokens, size_t i)
{
    static const char *const functions[] = {"now",
                                            "random",
                                            "datetime",
                                            "date",
                                            "time",
                                            "strftime",
                                            "julianday",
                                            "unixepoch",
                                            "last_insert_rowid",
                                            "randomblob",
                                            "changes",
                                            "gen_random_uuid",
                                            "nextval",
                                            "clock_timestamp",
                                            "statement_timestamp"};
    static const char *const words[] = {
        "CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME", "LOCALTIMESTAMP", "DEFERRABLE",
        "DEFERRED",          "PRAGMA",       "ATTACH",       "REPLACE",        "ROWID"};
    for (size_t k = 0; k < countof(functions); k++) {
        if (token_is(tokens, i, functions[k]) && token_is(tokens, i + 1, "(")) {
            return functions[k];
        }
    }
    for (size_t k = 0; k < countof(words); k++) {
        bool is_call = token_is(tokens, i + 1, "("); /* replace(a, b, c) is a plain function */
        if (token_is(tokens, i, words[k]) && !is_call) {
            return words[k];
        }
    }
    return NULL;
}

static void check_words(Compiler *compiler, const Statement *statement, const Body *body)
{
    const Tokens *tokens = &body->tokens;
    for (size_t i = 0; i < tokens->count; i++) {
        const Token *token = &tokens->items[i];
        const char *refused = refused_word(tokens, i);
        /* The rowid of a full-text table is its only key; PostgreSQL then needs words of its own.
         */
        bool has_twin = body == &statement->body && statement->postgres_body.is_set;
        if (refused && !(has_twin && token_is(tokens, i, "ROWID"))) {
            report(compiler, statement->path, token->line,
                   "%s is refused: time, chance and dialect come from outside the statement",
                   refused);
        }
        if (token->kind == TOKEN_PLACEHOLDER) {
            complain(compiler, statement, token->line, "write parameters as :name");
        }
        if (token->kind == TOKEN_BAD) {
            complain(compiler, statement, token->line, "a quote is not closed");
        }
        if (token_is(tokens, i, ";") && i + 1 < tokens->count) {
            complain(compiler, statement, token->line, "more than one statement in a block");
        }
    }
}

static void check_parameters(Compiler *compiler, const Statement *statement, const Body *body)
{
    Names used = {0};
    for (size_t i = 0; i < body->tokens.count; i++) {
        const Token *token = &body->tokens.items[i];
        if (token->kind != TOKEN_PARAMETER) {
            continue;
        }
        *vec_push(compiler->arena, &used) = token->text;
        if (names_find(&statement->parameter_names, token->text) < 0) {
            report(compiler, statement->path, token->line, ":%.*s is not in `-- params:`",
                   STR_ARG(token->text));
        }
    }
    for (size_t i = 0; i < statement->parameter_names.count; i++) {
        Str name = statement->parameter_names.items[i];
        if (names_find(&used, name) < 0) {
            report(compiler, statement->path, body->line, "parameter %.*s is not used",
                   STR_ARG(name));
        }
        if (names_find(&statement->parameter_names, name) != (int)i) {
            report(compiler, statement->path, statement->line, "parameter %.*s is named twice",
                   STR_ARG(name));
        }
    }
}

/* --- rooms --------------------------------------------------------------------------------- */

static bool is_public_view(const Relation *relation)
{
    size_t len = relation->owner.len;
    return relation->is_view && str_starts_with(relation->name, relation->owner) &&
           str_starts_with(str_slice(relation->name, len, relation->name.len), STR("_public_"));
}

static void check_room(Compiler *compiler, const Statement *statement, const Relation *relation,
                       bool is_write, int line)
{
    if (statement->room.len == 0 || str_eq(relation->owner, statement->room)) {
        return;
    }
    if (is_write) {
        report(compiler, statement->path, line, "room %.*s may not write %.*s, owned by %.*s",
               STR_ARG(statement->room), STR_ARG(relation->name), STR_ARG(relation->owner));
    } else if (!is_public_view(relation)) {
        report(compiler, statement->path, line,
               "room %.*s may not read %.*s, owned by %.*s: read a %.*s_public_ view",
               STR_ARG(statement->room), STR_ARG(relation->name), STR_ARG(relation->owner),
               STR_ARG(relation->owner));
    }
}

/* Called by SQLite for each table it touches. What a view reads is the view's affair: SQLite names
 * the view in `through` (common table expressions are named there too, and are not views). */
static int authorize(void *user, int action, const char *table, const char *column,
                     const char *database, const char *through)
{
    (void)column;
    (void)database;
    Watch *watch = user;
    Relation *view = through ? map_get(&watch->compiler->relations, str_from(through)) : NULL;
    bool is_write = action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE;
    if ((!is_write && action != SQLITE_READ) || (view && view->is_view)) {
        return SQLITE_OK;
    }
    Relation *relation = map_get(&watch->compiler->relations, str_from(table));
    Str key = arena_printf(watch->compiler->arena, "%s %d", table, is_write);
    if (relation && names_find(&watch->reported, key) < 0) {
        *vec_push(watch->compiler->arena, &watch->reported) = key;
        check_room(watch->compiler, watch->statement, relation, is_write,
                   watch->statement->body.line);
    }
    return SQLITE_OK;
}

static void check_room_of_twin(Compiler *compiler, const Statement *statement)
{
    References references = references_find(compiler, &statement->postgres_body.tokens);
    for (size_t i = 0; i < references.count; i++) {
        const Reference *reference = &references.items[i];
        if (reference->relation) {
            check_room(compiler, statement, reference->relation, reference->is_write,
                       reference->line);
        }
    }
}

/* --- columns ------------------------------------------------------------------------------- */

static bool is_c_name(const char *name)
{
    static const char *const keywords[] = {
        "auto",     "break",  "case",   "char",     "const",    "continue", "default",  "do",
        "double",   "else",   "enum",   "extern",   "float",    "for",      "goto",     "if",
        "inline",   "int",    "long",   "register", "restrict", "return",   "short",    "signed",
        "sizeof",   "static", "struct", "switch",   "typedef",  "union",    "unsigned", "void",
        "volatile", "while",  "bool",   "true",     "false"};
    for (size_t i = 0; i < countof(keywords); i++) {
        if (strcmp(name, keywords[i]) == 0) {
            return false;
        }
    }
    for (const char *c = name; *c; c++) {
        bool letter = (*c >= 'a' && *c <= 'z') || *c == '_';
        if (!letter && (c == name || *c < '0' || *c > '9')) {
            return false;
        }
    }
    return *name != '\0';
}

static const Field *declared_column(const Statement *statement, Str name)
{
    for (size_t i = 0; i < statement->returns.count; i++) {
        if (str_eq(statement->returns.items[i].name, name)) {
            return &statement->returns.items[i];
        }
    }
    return NULL;
}

static void read_column(Compiler *compiler, Statement *statement, sqlite3_stmt *query, int i)
{
    Field *field = vec_push(compiler->arena, &statement->columns);
    const char *name = sqlite3_column_name(query, i);
    field->name = arena_str(compiler->arena, str_from(name));
    Str type = str_from(sqlite3_column_decltype(query, i));
    const Field *declaration = declared_column(statement, field->name);
    if (!is_c_name(name)) {
        report(compiler, statement->path, statement->body.line,
               "column `%s` needs a plain name: write AS some_name", name);
    } else if (declaration) {
        field->type = declaration->type;
    } else if (str_eq(type, STR("INTEGER"))) {
        field->type = type_of_name(field->name);
    } else if (str_eq(type, STR("TEXT"))) {
        field->type = C_TEXT;
    } else if (str_eq(type, STR("BLOB"))) {
        field->type = C_BLOB;
    } else {
        report(compiler, statement->path, statement->body.line,
               "column %s is an expression: declare it in `-- returns: %s int|text|blob`", name,
               name);
    }
}

static void check_columns(Compiler *compiler, Statement *statement)
{
    for (size_t i = 0; i < statement->columns.count; i++) {
        for (size_t k = 0; k < i; k++) {
            if (str_eq(statement->columns.items[i].name, statement->columns.items[k].name)) {
                report(compiler, statement->path, statement->body.line,
                       "two columns are named %.*s", STR_ARG(statement->columns.items[i].name));
            }
        }
    }
    for (size_t i = 0; i < statement->returns.count; i++) {
        bool found = false;
        for (size_t k = 0; k < statement->columns.count; k++) {
            found |= str_eq(statement->returns.items[i].name, statement->columns.items[k].name);
        }
        if (!found) {
            report(compiler, statement->path, statement->line, "no column is named %.*s",
                   STR_ARG(statement->returns.items[i].name));
        }
    }
    bool is_exec = statement->kind == KIND_EXEC || statement->kind == KIND_VERSIONED;
    if (is_exec && (!statement->writes || statement->columns.count > 0)) {
        complain(
            compiler, statement, statement->line,
            ":exec and :versioned are for writes without RETURNING; use :one, :maybe or :many");
    } else if (!is_exec && statement->columns.count == 0) {
        complain(compiler, statement, statement->line, "nothing is returned; use :exec");
    }
}

/* --- preparing ----------------------------------------------------------------------------- */

static int line_of_offset(Str text, int offset, int line)
{
    for (int i = 0; i < offset && (size_t)i < text.len; i++) {
        line += text.data[i] == '\n';
    }
    return line;
}

static void prepare(Compiler *compiler, Statement *statement)
{
    Str text = tokens_render(compiler->arena, &statement->body.tokens, ENGINE_SQLITE,
                             &statement->parameter_names);
    Watch watch = {.compiler = compiler, .statement = statement};
    sqlite3_stmt *query = NULL;
    sqlite3_set_authorizer(compiler->database, authorize, &watch);
    int status = sqlite3_prepare_v2(compiler->database, text.data, (int)text.len, &query, NULL);
    sqlite3_set_authorizer(compiler->database, NULL, NULL);
    if (status != SQLITE_OK) {
        int line = line_of_offset(text, sqlite3_error_offset(compiler->database),
                                  statement->body.tokens.items[0].line);
        report(compiler, statement->path, line, "%.*s: %s", STR_ARG(statement->name),
               sqlite3_errmsg(compiler->database));
        return;
    }
    statement->writes = sqlite3_stmt_readonly(query) == 0;
    for (int i = 0; i < sqlite3_column_count(query); i++) {
        read_column(compiler, statement, query, i);
    }
    sqlite3_finalize(query);
    check_columns(compiler, statement);
}

static void check_body(Compiler *compiler, const Statement *statement, Body *body)
{
    check_words(compiler, statement, body);
    check_parameters(compiler, statement, body);
    areas_check(compiler, statement, body);
    if (body->tokens.count > 0 && token_is(&body->tokens, body->tokens.count - 1, ";")) {
        body->tokens.count--;
    }
}

static void check_parameter_names(Compiler *compiler, const Statement *statement)
{
    static const char *const taken[] = {"snapshot",    "tx",     "out",   "out_found",
                                        "out_changed", "values", "taker", "err"};
    for (size_t i = 0; i < statement->parameter_names.count; i++) {
        Str name = statement->parameter_names.items[i];
        bool bad = !is_c_name(arena_cstr(compiler->arena, name));
        for (size_t k = 0; k < countof(taken); k++) {
            bad |= str_eq(name, str_from(taken[k]));
        }
        if (bad) {
            report(compiler, statement->path, statement->line,
                   "parameter %.*s: the generated code cannot use this name", STR_ARG(name));
        }
    }
}

void statement_check(Compiler *compiler, Statement *statement)
{
    if (statement->body.tokens.count == 0) {
        complain(compiler, statement, statement->line, "the block has no statement");
        return;
    }
    int before = compiler->errors;
    check_parameter_names(compiler, statement);
    check_body(compiler, statement, &statement->body);
    if (statement->postgres_body.is_set) {
        check_body(compiler, statement, &statement->postgres_body);
        check_room_of_twin(compiler, statement);
    }
    if (compiler->errors == before) {
        prepare(compiler, statement);
    }
}
