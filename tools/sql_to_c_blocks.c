/* sql_to_c_blocks.c: cuts a .sql file into named blocks with their directives and bodies. */
#include <ctype.h>

#include "sql_to_c.h"

typedef struct Cutting { /* state while one file is read */
    Compiler *compiler;
    Str path;
    Str stem;
    Str room;
    Statement *statement; /* the block being read, or NULL before the first */
    Body *body;           /* where lines go */
    size_t body_from;     /* offset of the body's first line */
    bool in_head;         /* no line of the body yet */
} Cutting;

static bool is_word(Str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.data[i];
        if (!islower((unsigned char)c) && c != '_' && (i == 0 || !isdigit((unsigned char)c))) {
            return false;
        }
    }
    return s.len > 0;
}

CType type_of_name(Str name)
{
    if (str_ends_with(name, STR("_at"))) {
        return C_INSTANT;
    }
    if (str_ends_with(name, STR("_on"))) {
        return C_DATE;
    }
    if (str_ends_with(name, STR("_fen"))) {
        return C_MONEY;
    }
    if (str_starts_with(name, STR("is_")) || str_starts_with(name, STR("has_"))) {
        return C_BOOL;
    }
    return C_INT64;
}

/* "title text" into a field; an `int` written out is a plain number in parameters, and a number
 * that follows the naming rule in returns. */
static bool read_field(Str text, bool is_parameter, Field *out)
{
    Str type = {0};
    str_cut(str_trim(text), ' ', &out->name, &type);
    type = str_trim(type);
    out->type = type_of_name(out->name);
    if (str_eq(type, STR("text"))) {
        out->type = C_TEXT;
    } else if (str_eq(type, STR("blob"))) {
        out->type = C_BLOB;
    } else if (str_eq(type, STR("int"))) {
        out->type = is_parameter ? C_INT64 : out->type;
    } else if (type.len > 0 || !is_parameter) {
        return false;
    }
    return is_word(out->name);
}

static void read_fields(Cutting *cutting, Str list, int line, bool is_parameter)
{
    Arena *arena = cutting->compiler->arena;
    Statement *statement = cutting->statement;
    while (str_trim(list).len > 0) {
        Str item;
        str_cut(list, ',', &item, &list);
        Field field = {0};
        if (!read_field(item, is_parameter, &field)) {
            report(cutting->compiler, cutting->path, line,
                   "`%.*s` is not `name` with int, text or blob", STR_ARG(str_trim(item)));
            continue;
        }
        if (is_parameter) {
            *vec_push(arena, &statement->parameters) = field;
            *vec_push(arena, &statement->parameter_names) = field.name;
        } else {
            *vec_push(arena, &statement->returns) = field;
        }
    }
}

static bool read_kind(Str text, StatementKind *out)
{
    static const char *const names[] = {":one", ":maybe", ":many", ":exec", ":versioned"};
    for (size_t i = 0; i < countof(names); i++) {
        if (str_eq(text, str_from(names[i]))) {
            *out = (StatementKind)i;
            return true;
        }
    }
    return false;
}

static void end_body(Cutting *cutting, Str text, size_t at)
{
    if (cutting->body) {
        Str body = str_slice(text, cutting->body_from, at);
        cutting->body->tokens =
            tokens_read(cutting->compiler->arena, body, cutting->body->line, false);
    }
    cutting->body = NULL;
}

static void begin_block(Cutting *cutting, Str rest, int line)
{
    Compiler *compiler = cutting->compiler;
    Statement *statement = arena_new(compiler->arena, Statement);
    statement->path = cutting->path;
    statement->stem = cutting->stem;
    statement->room = cutting->room;
    statement->line = line;
    Str kind;
    str_cut(rest, ' ', &statement->name, &kind);
    if (!is_word(statement->name) || !read_kind(str_trim(kind), &statement->kind)) {
        report(compiler, cutting->path, line,
               "expected `-- name: some_name :one|:maybe|:many|:exec|:versioned`");
    }
    Statement *before = map_set(&compiler->names, statement->name, statement);
    if (before) {
        report(compiler, cutting->path, line, "%.*s is already the name of a statement in %.*s",
               STR_ARG(statement->name), STR_ARG(before->path));
    }
    *vec_push(compiler->arena, &compiler->statements) = statement;
    cutting->statement = statement;
    cutting->in_head = true;
}

static void begin_body(Cutting *cutting, Body *body, size_t at, int line)
{
    body->is_set = true;
    body->line = line;
    cutting->body = body;
    cutting->body_from = at;
    cutting->in_head = false;
}

static void read_only(Cutting *cutting, Str engine, Str text, size_t at, size_t next, int line)
{
    Statement *statement = cutting->statement;
    bool postgres = str_eq(engine, STR("postgres"));
    Body *body = postgres ? &statement->postgres_body : &statement->body;
    end_body(cutting, text, at);
    if ((!postgres && !str_eq(engine, STR("sqlite"))) || body->is_set ||
        (postgres && !statement->body.is_set)) {
        report(cutting->compiler, cutting->path, line,
               "a block holds a body for SQLite, then may hold one `-- only: postgres` body "
               "(both below `-- name:`)");
        return;
    }
    begin_body(cutting, body, next, line + 1);
}

/* A directive inside a block. True when the line was one. */
static bool read_directive(Cutting *cutting, Str comment, int line)
{
    Str word;
    Str rest;
    if (!str_cut(comment, ':', &word, &rest)) {
        return false;
    }
    rest = str_trim(rest);
    if (str_eq(word, STR("params"))) {
        read_fields(cutting, rest, line, true);
    } else if (str_eq(word, STR("returns"))) {
        read_fields(cutting, rest, line, false);
    } else if (str_eq(word, STR("crosses areas"))) {
        cutting->statement->crosses_areas = true;
        if (rest.len == 0) {
            report(cutting->compiler, cutting->path, line, "`crosses areas:` needs a reason");
        }
    } else if (is_word(word)) {
        report(cutting->compiler, cutting->path, line, "unknown directive `%.*s:`", STR_ARG(word));
    } else {
        return false;
    }
    return true;
}

static void read_line(Cutting *cutting, Str text, size_t at, size_t next, int line)
{
    Str row = str_trim(str_slice(text, at, next));
    bool is_comment = str_starts_with(row, STR("--"));
    Str comment = is_comment ? str_trim(str_slice(row, 2, row.len)) : (Str){0};
    if (is_comment && str_starts_with(comment, STR("name:"))) {
        end_body(cutting, text, at);
        begin_block(cutting, str_trim(str_slice(comment, 5, comment.len)), line);
    } else if (!cutting->statement) {
        if (!is_comment && row.len > 0) {
            report(cutting->compiler, cutting->path, line, "a statement needs `-- name:` above it");
        }
    } else if (is_comment && str_starts_with(comment, STR("only:"))) {
        read_only(cutting, str_trim(str_slice(comment, 5, comment.len)), text, at, next, line);
    } else if (cutting->in_head && is_comment) {
        read_directive(cutting, comment, line);
    } else if (cutting->in_head && row.len > 0) {
        begin_body(cutting, &cutting->statement->body, at, line);
    }
}

/* The room a file belongs to: src/features/ROOM/..., src/platform/ROOM/... */
static Str room_of(Str path)
{
    Str rest = path;
    if (str_starts_with(path, STR("src/features/"))) {
        rest = str_slice(path, strlen("src/features/"), path.len);
    } else if (str_starts_with(path, STR("src/platform/"))) {
        rest = str_slice(path, strlen("src/platform/"), path.len);
    } else {
        return (Str){0};
    }
    Str room;
    str_cut(rest, '/', &room, &rest);
    return room;
}

static Str stem_of(Str path)
{
    size_t from = path.len;
    while (from > 0 && path.data[from - 1] != '/') {
        from--;
    }
    return str_slice(path, from, path.len - strlen(".sql"));
}

void blocks_read(Compiler *compiler, Str path)
{
    Str text = read_whole_file(compiler, path);
    Str relative = path_from_root(compiler, path);
    Cutting cutting = {.compiler = compiler,
                       .path = relative,
                       .stem = stem_of(relative),
                       .room = room_of(relative)};
    if (names_find(&compiler->stems, cutting.stem) >= 0) {
        report(compiler, relative, 1, "another file is named %.*s.sql", STR_ARG(cutting.stem));
    }
    *vec_push(compiler->arena, &compiler->stems) = cutting.stem;
    int line = 1;
    for (size_t at = 0; at < text.len; line++) {
        size_t next = at;
        while (next < text.len && text.data[next] != '\n') {
            next++;
        }
        next += next < text.len;
        read_line(&cutting, text, at, next, line);
        at = next;
    }
    end_body(&cutting, text, text.len);
}
