/* sql_to_c.h: the parts of the compiler from named SQL statements to typed C functions.
 *
 * The way through: migrations (sql_to_c_migrations.c) are read and applied to a SQLite in memory;
 * each .sql file is cut into named blocks (sql_to_c_blocks.c); each block is prepared there and
 * held against the rules (sql_to_c_check.c, sql_to_c_areas.c); C is written (sql_to_c_emit*.c). All
 * of it works on tokens (sql_to_c_tokens.c), so comments and strings never confuse it. Syntax and
 * rules are described at the top of sql_to_c.c.
 */
#ifndef TOOLS_SQL_TO_C_H
#define TOOLS_SQL_TO_C_H

#include <sqlite3.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/map.h"
#include "base/vec.h"

/* --- tokens -------------------------------------------------------------------------------- */

typedef enum TokenKind {
    TOKEN_WORD,        /* keyword or name */
    TOKEN_QUOTED,      /* "name" */
    TOKEN_STRING,      /* 'text' */
    TOKEN_BYTES,       /* x'00ff' */
    TOKEN_NUMBER,      /* 12, 1.5 */
    TOKEN_PARAMETER,   /* :name; text is the name without the colon */
    TOKEN_PLACEHOLDER, /* ? ?1 $1: refused */
    TOKEN_SIGN,        /* ( ) , ; = || :: ... */
    TOKEN_COMMENT,     /* -- to the end of the line; text is what follows the dashes, trimmed */
    TOKEN_BAD          /* a quote that is not closed */
} TokenKind;

typedef struct Token {
    TokenKind kind;
    Str text;
    int line;
    bool after_space; /* white space or a comment stood before it */
} Token;

typedef struct Tokens {
    Token *items;
    size_t count;
    size_t capacity;
} Tokens;

typedef enum Engine { ENGINE_BOTH, ENGINE_SQLITE, ENGINE_POSTGRES } Engine;

/* Cuts text into tokens; `line` is the number of its first line. */
Tokens tokens_read(Arena *arena, Str text, int line, bool keep_comments);
/* True when token i exists and is this keyword or sign (letters without case). */
bool token_is(const Tokens *tokens, size_t i, const char *word);
/* True for a plain or quoted name. */
bool token_is_name(const Tokens *tokens, size_t i);
/* A name without its quotes. */
Str token_name(Arena *arena, const Token *token);

typedef struct Names {
    Str *items;
    size_t count;
    size_t capacity;
} Names;

/* The place of a name in a list, or -1. */
int names_find(const Names *names, Str name);
/* The statement in the dialect of one engine; :name becomes ?n or $n by its place in parameters
 * (NULL: none are allowed). Every line break of the source is kept, so that line numbers hold. */
Str tokens_render(Arena *arena, const Tokens *tokens, Engine engine, const Names *parameters);
/* White space outside of strings taken together: what a checksum is made of. */
Str tokens_render_flat(Arena *arena, const Tokens *tokens, Engine engine);

/* --- what is compiled ---------------------------------------------------------------------- */

typedef enum Scope { SCOPE_AREA, SCOPE_INSTANCE, SCOPE_ROLLUP } Scope;

typedef struct Relation { /* a table or a view */
    Str name;
    Str owner; /* the room */
    Scope scope;
    bool is_view;
    bool exists;
    bool has_area_id;
} Relation;

typedef struct MigrationStatement {
    Engine engine;
    Tokens tokens;
    int line;
} MigrationStatement;

typedef struct Migration {
    int number;
    Str name; /* "0001_machinery" */
    Str path;
    MigrationStatement *items;
    size_t count;
    size_t capacity;
    Str checksum;
} Migration;

typedef struct Migrations {
    Migration *items;
    size_t count;
    size_t capacity;
} Migrations;

typedef enum CType { C_INT64, C_INSTANT, C_DATE, C_MONEY, C_BOOL, C_TEXT, C_BLOB } CType;

typedef struct Field { /* a parameter or a column */
    Str name;
    CType type;
} Field;

typedef struct Fields {
    Field *items;
    size_t count;
    size_t capacity;
} Fields;

typedef enum StatementKind {
    KIND_ONE,
    KIND_MAYBE,
    KIND_MANY,
    KIND_EXEC,
    KIND_VERSIONED
} StatementKind;

typedef struct Body {
    Tokens tokens;
    int line;
    bool is_set;
} Body;

typedef struct Statement {
    Str name;
    StatementKind kind;
    Str path; /* relative to the root */
    Str stem; /* "proposals" */
    Str room; /* "proposals"; empty under tests/, where fixtures may touch every table */
    int line; /* of the name */
    Fields parameters;
    Names parameter_names;
    Fields returns; /* declared types of expression columns */
    Fields columns;
    bool crosses_areas;
    bool writes;
    Body body;
    Body postgres_body; /* the twin, if any */
} Statement;

typedef struct Statements {
    Statement **items;
    size_t count;
    size_t capacity;
} Statements;

typedef struct Compiler {
    Arena *arena;
    sqlite3 *database;
    Str root;
    Map relations; /* name -> Relation */
    Map names;     /* statement name -> Statement */
    Migrations migrations;
    Statements statements;
    Names stems;
    int errors;
} Compiler;

/* Prints "path:line: message" and counts it. */
void report(Compiler *compiler, Str path, int line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
Str read_whole_file(Compiler *compiler, Str path);
Str path_from_root(const Compiler *compiler, Str path);

/* The C type a name stands for when it holds an INTEGER: _at, _on, _fen, is_, has_. */
CType type_of_name(Str name);

/* Reads, applies and checks all migrations of a folder. */
void migrations_compile(Compiler *compiler, Str folder);
/* Cuts a file into blocks and adds them to compiler->statements. */
void blocks_read(Compiler *compiler, Str path);
/* Prepares the statement, fills its columns, and holds it against all rules. */
void statement_check(Compiler *compiler, Statement *statement);
/* The rule of areas, for one body. */
void areas_check(Compiler *compiler, const Statement *statement, const Body *body);
/* Tables and views a body names, with what it does to them. */
typedef struct Reference {
    Relation *relation; /* NULL: a common table expression or a derived table */
    Str alias;
    int line;
    int scope;
    bool is_insert;
    bool is_write;
    size_t token;
} Reference;
typedef struct References {
    Reference *items;
    size_t count;
    size_t capacity;
} References;
References references_find(Compiler *compiler, const Tokens *tokens);

/* C text for one file of statements, and for the lists of all. */
void emit_header(Compiler *compiler, Str stem, Buf *out);
void emit_source(Compiler *compiler, Str stem, Buf *out);
void emit_statement_list(Compiler *compiler, const char *array, Buf *out);
void emit_migrations(Compiler *compiler, Buf *out);
/* Text as C string literals, one source line each, indented. */
void emit_literal(Buf *out, Str text, const char *indent);
/* "proposal_get" as "ProposalGet". */
Str camel_case(Arena *arena, Str name);

#endif
