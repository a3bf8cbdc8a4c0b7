#include "html_compile.h"

#include "html_compiler.h"
#include "tool_files.h"

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static bool feed(Compiler *compiler, char c, int line)
{
    const char *wrong = html_context_feed(&compiler->context, c);
    if (wrong) {
        return html_fail(compiler, line, wrong);
    }
    buf_char(&compiler->literal, c);
    return true;
}

/* A run of white space: shortened where the place allows it. */
static bool compile_space(Compiler *compiler)
{
    size_t start = compiler->at;
    int line = compiler->line;
    bool has_newline = false;
    while (compiler->at < compiler->source.len && is_space(compiler->source.data[compiler->at])) {
        bool newline = compiler->source.data[compiler->at++] == '\n';
        has_newline = has_newline || newline;
        compiler->line += newline;
    }
    if (has_newline && html_context_squeezes(&compiler->context)) {
        return feed(compiler, '\n', line);
    }
    for (size_t i = start; i < compiler->at; i++) {
        if (!feed(compiler, compiler->source.data[i], line)) {
            return false;
        }
    }
    return true;
}

static bool compile_literal(Compiler *compiler)
{
    char c = compiler->source.data[compiler->at];
    if (is_space(c)) {
        return compiler->depth > 0 ? compile_space(compiler)
                                   : (compiler->at++, compiler->line += c == '\n', true);
    }
    if (compiler->depth == 0) {
        return html_fail(compiler, compiler->line, "markup outside {{ template }} ... {{ end }}");
    }
    compiler->at++;
    return feed(compiler, c, compiler->line);
}

/* --- finding directives --------------------------------------------------------------------- */

static bool is_word(Str head, const char *word)
{
    return str_eq(head, str_from(word));
}

/* The position of the "}}" that ends the directive begun at `from`, outside of C strings; -1. */
static ptrdiff_t find_directive_end(Str source, size_t from)
{
    char quote = '\0';
    for (size_t i = from; i + 1 < source.len; i++) {
        char c = source.data[i];
        if (quote != '\0') {
            i += c == '\\';
            quote = c == quote ? '\0' : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '}' && source.data[i + 1] == '}') {
            return (ptrdiff_t)i;
        } else if (c == '\n') {
            continue;
        }
    }
    return -1;
}

/* Words that are statements, not C expressions: refused with a message of our own. */
static const char *check_expression(Str inside)
{
    static const char *const words[] = {"elif",   "elseif",  "endif", "endfor", "while", "foreach",
                                        "block",  "extends", "macro", "raw",    "safe",  "unless",
                                        "switch", "import",  "set",   "return"};
    if (inside.len == 0) {
        return "an empty directive";
    }
    Str head, rest;
    str_cut(inside, ' ', &head, &rest);
    for (size_t i = 0; i < countof(words); i++) {
        if (is_word(head, words[i])) {
            return "unknown directive (known: include template if else for call text end)";
        }
    }
    if (str_contains(inside, STR(";")) || str_contains(inside, STR("{{"))) {
        return "an insertion is one C expression, without ';' or '{{'";
    }
    return NULL;
}

static bool is_block_directive(Str inside)
{
    static const char *const words[] = {"if", "else", "for", "end", "call", "template", "include"};
    Str head = inside, rest;
    str_cut(inside, ' ', &head, &rest);
    for (size_t i = 0; i < countof(words); i++) {
        if (is_word(head, words[i])) {
            return true;
        }
    }
    return inside.len == 0 || inside.data[0] == '#';
}

/* After a block directive that stands alone on its line, the white space up to the next thing is
 * dropped: what stands before the directive already ended in a newline. */
static void skip_lone_line_end(Compiler *compiler, size_t start)
{
    const char *data = compiler->source.data;
    size_t before = start, after = compiler->at;
    while (before > 0 && is_blank(data[before - 1])) {
        before--;
    }
    int lines = 0;
    while (after < compiler->source.len && is_space(data[after])) {
        lines += data[after++] == '\n';
    }
    bool alone = (before == 0 || data[before - 1] == '\n') && lines > 0;
    if (alone && html_context_squeezes(&compiler->context)) {
        compiler->at = after;
        compiler->line += lines;
    }
}

static bool compile_braces(Compiler *compiler)
{
    size_t start = compiler->at;
    int line = compiler->line;
    bool is_comment = start + 2 < compiler->source.len && compiler->source.data[start + 2] == '#';
    ptrdiff_t end =
        is_comment ? str_find(str_slice(compiler->source, start, compiler->source.len), STR("}}"))
                   : find_directive_end(compiler->source, start + 2);
    end += is_comment && end >= 0 ? (ptrdiff_t)start : 0;
    if (end < 0) {
        return html_fail(compiler, line, "{{ without }}");
    }
    for (size_t i = start; i < (size_t)end; i++) {
        compiler->line += compiler->source.data[i] == '\n';
    }
    Str inside = str_trim(str_slice(compiler->source, start + 2, (size_t)end));
    compiler->at = (size_t)end + 2;
    if (!is_comment) {
        const char *wrong = check_expression(inside);
        if (wrong) {
            return html_fail(compiler, line, wrong);
        }
        if (!html_compile_directive(compiler, inside, line)) {
            return false;
        }
    }
    if (is_block_directive(inside)) {
        skip_lone_line_end(compiler, start);
    }
    return true;
}

static void write_preambles(Compiler *compiler, Str stem)
{
    buf_printf(compiler->header,
               "/* Generated from %s; do not edit. */\n#ifndef %.*s_HTML_H\n#define %.*s_HTML_H\n"
               "#include \"platform/html/asset.h\"\n#include \"platform/html/out.h\"\n",
               tool_base_name(compiler->path), STR_ARG(stem), STR_ARG(stem));
    buf_printf(compiler->body,
               "/* Generated from %s; do not edit. */\n#include \"%.*s_html.h\"\n\n"
               "#pragma GCC diagnostic ignored \"-Wunused-parameter\"\n\n",
               tool_base_name(compiler->path), STR_ARG(stem));
}

static bool compile_all(Compiler *compiler)
{
    while (compiler->at < compiler->source.len) {
        bool braces = str_starts_with(
            str_slice(compiler->source, compiler->at, compiler->source.len), STR("{{"));
        if (!(braces ? compile_braces(compiler) : compile_literal(compiler))) {
            return false;
        }
    }
    if (compiler->depth > 0) {
        return html_fail(compiler, compiler->blocks[compiler->depth - 1].line,
                         "this block has no {{ end }}");
    }
    return true;
}

bool html_compile(Arena *arena, const char *path, Str stem, Str source, Buf *header, Buf *body,
                  HtmlProblem *out_problem)
{
    Compiler *compiler = arena_new(arena, Compiler);
    compiler->arena = arena;
    compiler->path = path;
    compiler->source = source;
    compiler->line = 1;
    compiler->header = header;
    compiler->body = body;
    compiler->problem = out_problem;
    buf_init(&compiler->literal, TOOL_MAX_FILE_BYTES);
    write_preambles(compiler, stem);
    bool good = compile_all(compiler);
    buf_cstr(header, "#endif\n");
    buf_free(&compiler->literal);
    return good;
}
