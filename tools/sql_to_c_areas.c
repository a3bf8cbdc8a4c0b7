/* sql_to_c_areas.c: a statement about an area's rows says which area.
 *
 * Every table or view of scope `area` or `rollup` that a statement names must be tied to `:area`:
 * by `area_id = :area`, or by `x.area_id = y.area_id` with something that is (also through USING).
 * An equality counts only when no OR, NOT or CASE can go around it. An INSERT must give :area (or a
 * tied area_id) for the column area_id. This reads tokens, not a syntax tree: it is strict where it
 * cannot be sure, and `-- crosses areas: reason` is the way out.
 */
#include "sql_to_c.h"

#define MAX_DEPTH 64

typedef struct Ties {
    Compiler *compiler;
    const Statement *statement;
    const Tokens *tokens;
    References references;
    int *scope_of;     /* for each token: the SELECT, UPDATE ... it is in */
    int *group_of;     /* for each token: the innermost open parenthesis */
    int *parent_scope; /* for each scope */
    int scopes;
    size_t *root; /* union-find over references; the last one stands for :area */
} Ties;

static bool starts_scope(const Tokens *tokens, size_t i)
{
    if (token_is(tokens, i, "UPDATE")) { /* not DO UPDATE, not FOR UPDATE */
        return i == 0 || token_is(tokens, i - 1, ")");
    }
    return token_is(tokens, i, "SELECT") || token_is(tokens, i, "DELETE") ||
           token_is(tokens, i, "INSERT");
}

/* Gives each token its scope: a new one at each SELECT, INSERT, UPDATE, DELETE, inside the scope
 * that was open at the nearest parenthesis around it. */
static void find_scopes(const Tokens *tokens, int *scope_of, int *group_of, int *parents,
                        int *out_count)
{
    int opened_in[MAX_DEPTH] = {0}; /* the scope at each open parenthesis */
    int group[MAX_DEPTH] = {0};
    int depth = 0;
    int current = 0;
    *out_count = 1;
    parents[0] = -1;
    for (size_t i = 0; i < tokens->count; i++) {
        if (token_is(tokens, i, ")") && depth > 0) {
            current = opened_in[depth];
            depth--;
        }
        if (starts_scope(tokens, i)) {
            parents[*out_count] = depth > 0 ? opened_in[depth] : 0;
            current = (*out_count)++;
        }
        scope_of[i] = current;
        group_of[i] = group[depth];
        if (token_is(tokens, i, "(") && depth + 1 < MAX_DEPTH) {
            depth++;
            opened_in[depth] = current;
            group[depth] = (int)i + 1;
        }
    }
}

/* --- references ---------------------------------------------------------------------------- */

static bool is_clause_word(const Tokens *tokens, size_t i)
{
    static const char *const words[] = {
        "WHERE",     "ON",      "USING",     "JOIN",   "LEFT",    "INNER",  "CROSS",
        "GROUP",     "ORDER",   "LIMIT",     "UNION",  "EXCEPT",  "HAVING", "SET",
        "INTERSECT", "NATURAL", "FULL",      "RIGHT",  "OUTER",   "VALUES", "SELECT",
        "WINDOW",    "DEFAULT", "RETURNING", "OFFSET", "INDEXED", "NOT"};
    for (size_t k = 0; k < countof(words); k++) {
        if (token_is(tokens, i, words[k])) {
            return true;
        }
    }
    return false;
}

static void add_reference(Compiler *compiler, const Tokens *tokens, size_t i, int scope,
                          References *out, bool is_insert, bool is_write)
{
    Reference *reference = vec_push(compiler->arena, out);
    reference->token = i;
    reference->scope = scope;
    reference->line = tokens->items[i].line;
    reference->is_insert = is_insert;
    reference->is_write = is_write;
    size_t alias = i;
    if (token_is(tokens, i, "(")) { /* a derived table: its alias follows the closing one */
        int depth = 0;
        do {
            depth += token_is(tokens, alias, "(") ? 1 : token_is(tokens, alias, ")") ? -1 : 0;
            alias++;
        } while (alias < tokens->count && depth > 0);
        alias--;
    } else {
        Str name = token_name(compiler->arena, &tokens->items[i]);
        reference->relation = map_get(&compiler->relations, name);
        reference->alias = name;
    }
    alias++;
    alias += token_is(tokens, alias, "AS");
    if (token_is_name(tokens, alias) && !is_clause_word(tokens, alias)) {
        reference->alias = token_name(compiler->arena, &tokens->items[alias]);
    }
}

/* True when the comma at i separates tables of a FROM list. */
static bool is_from_comma(const Tokens *tokens, size_t i, const int *scope_of, const int *group_of)
{
    if (!token_is(tokens, i, ",")) {
        return false;
    }
    for (size_t k = i; k-- > 0;) {
        if (scope_of[k] != scope_of[i] || group_of[k] != group_of[i]) {
            continue;
        }
        if (token_is(tokens, k, "FROM")) {
            return true;
        }
        if (is_clause_word(tokens, k) && !token_is(tokens, k, "JOIN") &&
            !token_is(tokens, k, "ON") && !token_is(tokens, k, "LEFT")) {
            return false;
        }
    }
    return false;
}

static References find_references(Compiler *compiler, const Tokens *tokens, const int *scope_of,
                                  const int *group_of)
{
    References out = {0};
    for (size_t i = 0; i + 1 < tokens->count; i++) {
        size_t next = i + 1;
        bool is_insert = token_is(tokens, i, "INTO");
        bool is_update = token_is(tokens, i, "UPDATE") && starts_scope(tokens, i);
        bool is_delete = token_is(tokens, i, "FROM") && i > 0 && token_is(tokens, i - 1, "DELETE");
        /* IS DISTINCT FROM, EXTRACT(... FROM x) and the like name no table. */
        bool is_from = token_is(tokens, i, "FROM") && i > 0 && !token_is(tokens, i - 1, "DISTINCT");
        bool is_join = token_is(tokens, i, "JOIN");
        if (!is_insert && !is_update && !is_from && !is_join &&
            !is_from_comma(tokens, i, scope_of, group_of)) {
            continue;
        }
        if (token_is_name(tokens, next) || token_is(tokens, next, "(")) {
            add_reference(compiler, tokens, next, scope_of[next], &out, is_insert,
                          is_insert || is_update || is_delete);
        }
    }
    return out;
}

References references_find(Compiler *compiler, const Tokens *tokens)
{
    int *scope_of = arena_array(compiler->arena, int, tokens->count + 1);
    int *group_of = arena_array(compiler->arena, int, tokens->count + 1);
    int *parents = arena_array(compiler->arena, int, tokens->count + 2);
    int scopes = 0;
    find_scopes(tokens, scope_of, group_of, parents, &scopes);
    return find_references(compiler, tokens, scope_of, group_of);
}

/* --- ties ---------------------------------------------------------------------------------- */

static size_t find_root(Ties *ties, size_t i)
{
    while (ties->root[i] != i) {
        i = ties->root[i];
    }
    return i;
}

static void tie(Ties *ties, size_t a, size_t b)
{
    ties->root[find_root(ties, a)] = find_root(ties, b);
}

static bool can_have_area(const Reference *reference)
{
    return !reference->relation || reference->relation->has_area_id;
}

#define NO_REFERENCE ((size_t)-1)

/* Which reference a column area_id belongs to: by its qualifier, else the first one of the
 * innermost scope that has such a column (SQLite refuses it when several do). */
static size_t resolve(Ties *ties, Str qualifier, int scope)
{
    for (int at = scope; at >= 0; at = ties->parent_scope[at]) {
        for (size_t i = 0; i < ties->references.count; i++) {
            const Reference *reference = &ties->references.items[i];
            if (reference->scope == at &&
                (qualifier.len ? str_eq(reference->alias, qualifier) : can_have_area(reference))) {
                return i;
            }
        }
    }
    return NO_REFERENCE;
}

/* An operand that ends (backwards) or starts (forwards) at token i: :area or [q.]area_id. Gives the
 * node it stands for. */
static size_t operand(Ties *ties, size_t i, bool backwards)
{
    const Tokens *tokens = ties->tokens;
    if (i >= tokens->count) {
        return NO_REFERENCE;
    }
    const Token *token = &tokens->items[i];
    if (token->kind == TOKEN_PARAMETER) {
        return str_eq(token->text, STR("area")) ? ties->references.count : NO_REFERENCE;
    }
    int scope = ties->scope_of[i];
    Str qualifier = {0};
    if (backwards && i >= 2 && token_is(tokens, i - 1, ".")) {
        qualifier = token_name(ties->compiler->arena, &tokens->items[i - 2]);
    } else if (!backwards && token_is(tokens, i + 1, ".")) {
        qualifier = token_name(ties->compiler->arena, token);
        i += 2;
    }
    return token_is(tokens, i, "area_id") ? resolve(ties, qualifier, scope) : NO_REFERENCE;
}

static bool ends_condition(const Tokens *tokens, size_t i)
{
    return is_clause_word(tokens, i) && !token_is(tokens, i, "NOT");
}

/* True when the level around token i, up to the next clause, holds an OR or a CASE. */
static bool is_weakened_after(const Ties *ties, size_t i)
{
    const Tokens *tokens = ties->tokens;
    for (size_t k = i + 1; k < tokens->count; k++) {
        if (ties->group_of[k] != ties->group_of[i]) {
            continue;
        }
        if (token_is(tokens, k, "OR") || token_is(tokens, k, "CASE")) {
            return true;
        }
        if (ends_condition(tokens, k)) {
            return false;
        }
    }
    return false;
}

/* Looks back from token i on its level. False when it meets an OR or CASE; else *out_clause is the
 * word that begins the clause, or the end of tokens when the level begins with a parenthesis. */
static bool find_clause(const Ties *ties, size_t i, size_t *out_clause)
{
    const Tokens *tokens = ties->tokens;
    *out_clause = tokens->count;
    for (size_t k = i; k-- > 0;) {
        if (ties->group_of[k] != ties->group_of[i]) {
            continue;
        }
        if (token_is(tokens, k, "OR") || token_is(tokens, k, "CASE")) {
            return false;
        }
        if (ends_condition(tokens, k)) {
            *out_clause = k;
            return true;
        }
    }
    return true;
}

static bool is_condition_word(const Tokens *tokens, size_t i)
{
    return token_is(tokens, i, "WHERE") || token_is(tokens, i, "ON") ||
           token_is(tokens, i, "HAVING");
}

/* True when the whole condition can hold only if the equality at token i does: only ANDs and plain
 * parentheses lie between it and its WHERE, ON or HAVING. */
static bool must_hold(const Ties *ties, size_t i)
{
    const Tokens *tokens = ties->tokens;
    size_t start = i - 1; /* first token of the left operand */
    if (start >= 2 && token_is(tokens, start - 1, ".")) {
        start -= 2;
    }
    if (start > 0 && token_is(tokens, start - 1, "NOT")) {
        return false;
    }
    for (size_t at = i;;) {
        size_t clause = 0;
        if (is_weakened_after(ties, at) || !find_clause(ties, at, &clause)) {
            return false;
        }
        if (clause < tokens->count) {
            return is_condition_word(tokens, clause);
        }
        if (ties->group_of[at] < 2) {
            return false;
        }
        at = (size_t)ties->group_of[at] - 1;
        if (!is_condition_word(tokens, at - 1) && !token_is(tokens, at - 1, "AND") &&
            !token_is(tokens, at - 1, "(")) {
            return false;
        }
    }
}

static void tie_equalities(Ties *ties)
{
    for (size_t i = 1; i < ties->tokens->count; i++) {
        if (!token_is(ties->tokens, i, "=")) {
            continue;
        }
        size_t left = operand(ties, i - 1, true);
        size_t right = operand(ties, i + 1, false);
        if (left != NO_REFERENCE && right != NO_REFERENCE && must_hold(ties, i)) {
            tie(ties, left, right);
        }
    }
}

/* JOIN x USING (area_id, ...) ties x to the table before it. */
static void tie_using(Ties *ties)
{
    for (size_t i = 0; i + 1 < ties->tokens->count; i++) {
        if (!token_is(ties->tokens, i, "USING")) {
            continue;
        }
        bool names_area = false;
        for (size_t k = i; k < ties->tokens->count && !token_is(ties->tokens, k, ")"); k++) {
            names_area |= token_is(ties->tokens, k, "area_id");
        }
        size_t joined = 0;
        while (joined + 1 < ties->references.count &&
               ties->references.items[joined + 1].token < i) {
            joined++;
        }
        if (names_area && joined > 0) {
            tie(ties, joined, joined - 1);
        }
    }
}

/* --- INSERT -------------------------------------------------------------------------------- */

/* The place of area_id in the column list that starts after the table's name, or -1. */
static int area_column(const Tokens *tokens, size_t table, size_t *out_end)
{
    int place = 0;
    int found = -1;
    size_t i = table + 2;
    for (; i < tokens->count && !token_is(tokens, i, ")"); i++) {
        place += token_is(tokens, i, ",");
        found = token_is(tokens, i, "area_id") ? place : found;
    }
    *out_end = i + 1;
    return found;
}

/* The token where the item number `place` of a comma list starting at i begins. */
static size_t list_item(const Tokens *tokens, size_t i, int place)
{
    int depth = 0;
    for (; i < tokens->count && place > 0; i++) {
        depth += token_is(tokens, i, "(") ? 1 : token_is(tokens, i, ")") ? -1 : 0;
        place -= depth == 0 && token_is(tokens, i, ",");
    }
    return i;
}

static bool is_area_item(Ties *ties, size_t i)
{
    size_t node = operand(ties, i, false);
    return node != NO_REFERENCE && find_root(ties, node) == find_root(ties, ties->references.count);
}

static void check_insert(Ties *ties, const Reference *reference)
{
    const Tokens *tokens = ties->tokens;
    size_t i = 0;
    int place = token_is(tokens, reference->token + 1, "(")
                    ? area_column(tokens, reference->token, &i)
                    : -1;
    bool good = place >= 0;
    if (good && token_is(tokens, i, "VALUES")) {
        i++;
        while (good && token_is(tokens, i, "(")) {
            good = is_area_item(ties, list_item(tokens, i + 1, place));
            int depth = 0;
            do {
                depth += token_is(tokens, i, "(") ? 1 : token_is(tokens, i, ")") ? -1 : 0;
                i++;
            } while (i < tokens->count && depth > 0);
            i += token_is(tokens, i, ",");
        }
    } else if (good) {
        good = token_is(tokens, i, "SELECT") && is_area_item(ties, list_item(tokens, i + 1, place));
    }
    if (!good) {
        report(ties->compiler, ties->statement->path, reference->line,
               "INSERT INTO %.*s must give :area for area_id (or `-- crosses areas: reason`)",
               STR_ARG(reference->relation->name));
    }
}

/* --- the rule ------------------------------------------------------------------------------ */

static void check_reference(Ties *ties, size_t i)
{
    const Reference *reference = &ties->references.items[i];
    if (!reference->relation || reference->relation->scope == SCOPE_INSTANCE) {
        return;
    }
    if (reference->is_insert) {
        check_insert(ties, reference);
    } else if (find_root(ties, i) != find_root(ties, ties->references.count)) {
        report(ties->compiler, ties->statement->path, reference->line,
               "%.*s belongs to an area: say `area_id = :area` (or `-- crosses areas: reason`)",
               STR_ARG(reference->relation->name));
    }
}

void areas_check(Compiler *compiler, const Statement *statement, const Body *body)
{
    if (statement->crosses_areas) {
        return;
    }
    const Tokens *tokens = &body->tokens;
    Ties ties = {.compiler = compiler, .statement = statement, .tokens = tokens};
    ties.scope_of = arena_array(compiler->arena, int, tokens->count + 1);
    ties.group_of = arena_array(compiler->arena, int, tokens->count + 1);
    ties.parent_scope = arena_array(compiler->arena, int, tokens->count + 2);
    find_scopes(tokens, ties.scope_of, ties.group_of, ties.parent_scope, &ties.scopes);
    ties.references = find_references(compiler, tokens, ties.scope_of, ties.group_of);
    ties.root = arena_array(compiler->arena, size_t, ties.references.count + 1);
    for (size_t i = 0; i <= ties.references.count; i++) {
        ties.root[i] = i;
    }
    tie_equalities(&ties);
    tie_using(&ties);
    for (size_t i = 0; i < ties.references.count; i++) {
        check_reference(&ties, i);
    }
}
