/* sql_to_c_tokens.c: SQL as tokens, and tokens as SQL of one engine. */
#include <ctype.h>

#include "sql_to_c.h"

typedef struct Scanner {
    Str text;
    size_t at;
    int line;
} Scanner;

static char peek(const Scanner *scanner, size_t ahead)
{
    size_t at = scanner->at + ahead;
    return at < scanner->text.len ? scanner->text.data[at] : '\0';
}

static bool is_word_char(char c)
{
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

static void advance(Scanner *scanner, size_t n)
{
    for (size_t i = 0; i < n && scanner->at < scanner->text.len; i++) {
        if (scanner->text.data[scanner->at] == '\n') {
            scanner->line++;
        }
        scanner->at++;
    }
}

static Str taken(const Scanner *scanner, size_t from)
{
    return str_slice(scanner->text, from, scanner->at);
}

static bool skip_space(Scanner *scanner)
{
    size_t from = scanner->at;
    while (scanner->at < scanner->text.len && isspace((unsigned char)peek(scanner, 0))) {
        advance(scanner, 1);
    }
    return scanner->at > from;
}

static Token read_comment(Scanner *scanner)
{
    Token token = {.kind = TOKEN_COMMENT, .line = scanner->line};
    size_t from = scanner->at + 2;
    while (scanner->at < scanner->text.len && peek(scanner, 0) != '\n') {
        advance(scanner, 1);
    }
    token.text = str_trim(taken(scanner, from));
    return token;
}

/* A quoted thing up to its closing quote; a doubled quote stands for itself. */
static Token read_quoted(Scanner *scanner, TokenKind kind, size_t skip)
{
    Token token = {.kind = kind, .line = scanner->line};
    size_t from = scanner->at;
    advance(scanner, skip);
    char quote = peek(scanner, 0);
    advance(scanner, 1);
    while (scanner->at < scanner->text.len) {
        if (peek(scanner, 0) == quote) {
            if (peek(scanner, 1) != quote) {
                advance(scanner, 1);
                token.text = taken(scanner, from);
                return token;
            }
            advance(scanner, 1);
        }
        advance(scanner, 1);
    }
    token.kind = TOKEN_BAD;
    token.text = taken(scanner, from);
    return token;
}

static Token read_word(Scanner *scanner, TokenKind kind, size_t skip)
{
    Token token = {.kind = kind, .line = scanner->line};
    advance(scanner, skip);
    size_t from = scanner->at;
    while (is_word_char(peek(scanner, 0)) || (kind == TOKEN_NUMBER && peek(scanner, 0) == '.')) {
        advance(scanner, 1);
    }
    token.text = taken(scanner, from);
    return token;
}

static Token read_sign(Scanner *scanner)
{
    static const char *const wide[] = {
        "->>", "::", "<>", "<=", ">=", "==", "!=", "||", "->", "@@", "@>", "<@", "<<", ">>"};
    Token token = {.kind = TOKEN_SIGN, .line = scanner->line};
    size_t from = scanner->at;
    Str rest = str_slice(scanner->text, scanner->at, scanner->text.len);
    size_t len = 1;
    for (size_t i = 0; i < countof(wide); i++) {
        if (str_starts_with(rest, str_from(wide[i]))) {
            len = strlen(wide[i]);
            break;
        }
    }
    advance(scanner, len);
    token.text = taken(scanner, from);
    return token;
}

static Token read_token(Scanner *scanner)
{
    char c = peek(scanner, 0);
    char next = peek(scanner, 1);
    if (c == '-' && next == '-') {
        return read_comment(scanner);
    }
    if (c == '\'') {
        return read_quoted(scanner, TOKEN_STRING, 0);
    }
    if (c == '"') {
        return read_quoted(scanner, TOKEN_QUOTED, 0);
    }
    if ((c == 'x' || c == 'X') && next == '\'') {
        return read_quoted(scanner, TOKEN_BYTES, 1);
    }
    if (c == ':' && (isalpha((unsigned char)next) || next == '_')) {
        return read_word(scanner, TOKEN_PARAMETER, 1);
    }
    if (c == '?' || (c == '$' && isdigit((unsigned char)next))) {
        return read_word(scanner, TOKEN_PLACEHOLDER, 1);
    }
    if (isdigit((unsigned char)c)) {
        return read_word(scanner, TOKEN_NUMBER, 0);
    }
    if (is_word_char(c)) {
        return read_word(scanner, TOKEN_WORD, 0);
    }
    return read_sign(scanner);
}

/* Skips a slash-star comment if one starts here. */
static bool skip_block_comment(Scanner *scanner)
{
    if (peek(scanner, 0) != '/' || peek(scanner, 1) != '*') {
        return false;
    }
    while (scanner->at < scanner->text.len &&
           (peek(scanner, 0) != '*' || peek(scanner, 1) != '/')) {
        advance(scanner, 1);
    }
    advance(scanner, 2);
    return true;
}

Tokens tokens_read(Arena *arena, Str text, int line, bool keep_comments)
{
    Tokens tokens = {0};
    Scanner scanner = {.text = text, .line = line};
    bool space = false;
    while (true) {
        while (skip_space(&scanner) || skip_block_comment(&scanner)) {
            space = true;
        }
        if (scanner.at >= text.len) {
            return tokens;
        }
        Token token = read_token(&scanner);
        if (token.kind == TOKEN_COMMENT && !keep_comments) {
            space = true;
            continue;
        }
        token.after_space = space;
        space = false;
        *vec_push(arena, &tokens) = token;
    }
}

bool token_is(const Tokens *tokens, size_t i, const char *word)
{
    if (i >= tokens->count) {
        return false;
    }
    const Token *token = &tokens->items[i];
    return (token->kind == TOKEN_WORD || token->kind == TOKEN_SIGN) &&
           str_eq_ignore_case(token->text, str_from(word));
}

bool token_is_name(const Tokens *tokens, size_t i)
{
    return i < tokens->count &&
           (tokens->items[i].kind == TOKEN_WORD || tokens->items[i].kind == TOKEN_QUOTED);
}

Str token_name(Arena *arena, const Token *token)
{
    if (token->kind == TOKEN_QUOTED) {
        return str_slice(token->text, 1, token->text.len - 1);
    }
    char *copy = arena_cstr(arena, token->text);
    for (size_t i = 0; i < token->text.len; i++) {
        copy[i] = (char)tolower((unsigned char)copy[i]);
    }
    return str_from_bytes(copy, token->text.len);
}

int names_find(const Names *names, Str name)
{
    for (size_t i = 0; i < names->count; i++) {
        if (str_eq(names->items[i], name)) {
            return (int)i;
        }
    }
    return -1;
}

/* --- rendering ----------------------------------------------------------------------------- */

static void render_token(Buf *out, const Token *token, Engine engine, const Names *parameters)
{
    bool postgres = engine == ENGINE_POSTGRES;
    if (token->kind == TOKEN_PARAMETER) {
        int place = parameters ? names_find(parameters, token->text) : -1;
        buf_printf(out, "%c%d", postgres ? '$' : '?', place + 1);
    } else if (token->kind == TOKEN_BYTES && postgres) {
        buf_printf(out, "'\\x%.*s::bytea", (int)token->text.len - 2, token->text.data + 2);
    } else if (token->kind == TOKEN_WORD && postgres &&
               str_eq_ignore_case(token->text, STR("INTEGER"))) {
        buf_cstr(out, "BIGINT");
    } else if (token->kind == TOKEN_WORD && postgres &&
               str_eq_ignore_case(token->text, STR("BLOB"))) {
        buf_cstr(out, "BYTEA");
    } else {
        buf_str(out, token->text);
    }
}

/* Where the table options STRICT, WITHOUT ROWID of a CREATE TABLE start, or the end. */
static size_t options_start(const Tokens *tokens)
{
    if (!token_is(tokens, 0, "CREATE") || !token_is(tokens, 1, "TABLE")) {
        return tokens->count;
    }
    size_t at = tokens->count;
    while (at > 0 && !token_is(tokens, at - 1, ")")) {
        at--;
    }
    return at;
}

static Str render(Arena *arena, const Tokens *tokens, Engine engine, const Names *parameters,
                  bool keep_lines)
{
    Buf out;
    buf_init(&out, 1 << 20);
    size_t end = engine == ENGINE_POSTGRES ? options_start(tokens) : tokens->count;
    for (size_t i = 0; i < end; i++) {
        const Token *token = &tokens->items[i];
        int breaks = i > 0 && keep_lines ? token->line - tokens->items[i - 1].line : 0;
        for (int k = 0; k < breaks; k++) {
            buf_char(&out, '\n');
        }
        if (i > 0 && breaks == 0 && token->after_space) {
            buf_char(&out, ' ');
        }
        render_token(&out, token, engine, parameters);
    }
    Str text = arena_str(arena, buf_view(&out));
    buf_free(&out);
    return text;
}

Str tokens_render(Arena *arena, const Tokens *tokens, Engine engine, const Names *parameters)
{
    return render(arena, tokens, engine, parameters, true);
}

Str tokens_render_flat(Arena *arena, const Tokens *tokens, Engine engine)
{
    return render(arena, tokens, engine, NULL, false);
}
