#include "html_compiler.h"
#include "tool_files.h"

bool html_fail(Compiler *compiler, int line, const char *what)
{
    compiler->problem->line = line;
    compiler->problem->what = what;
    return false;
}

static void flush_literal(Compiler *compiler)
{
    if (compiler->literal.len == 0) {
        return;
    }
    buf_cstr(compiler->body, "    out_raw(out,\n    \"");
    tool_c_string(compiler->body, buf_view(&compiler->literal));
    buf_printf(compiler->body, "\", %zu);\n", compiler->literal.len);
    buf_clear(&compiler->literal);
}

static void write_line_mark(Compiler *compiler, int line)
{
    buf_printf(compiler->body, "#line %d \"", line);
    tool_c_string(compiler->body, str_from(compiler->path));
    buf_cstr(compiler->body, "\"\n");
}

/* Writes the literal so far, then marks the line for the C that follows. */
static void begin_code(Compiler *compiler, int line)
{
    flush_literal(compiler);
    write_line_mark(compiler, line);
}

static const char *describe_places(Compiler *compiler, const char *what, const HtmlContext *a,
                                   const HtmlContext *b)
{
    return arena_printf(compiler->arena, "%s: one ends %s (<%s>), the other %s (<%s>)", what,
                        html_place_name(a->place), a->element, html_place_name(b->place),
                        b->element)
        .data;
}

static bool open_block(Compiler *compiler, BlockKind kind, int line)
{
    if (compiler->depth == MAX_DEPTH) {
        return html_fail(compiler, line, "blocks are nested too deep");
    }
    compiler->blocks[compiler->depth++] =
        (Block){.kind = kind, .line = line, .start = compiler->context};
    return true;
}

static bool compile_include(Compiler *compiler, Str rest, int line)
{
    if (compiler->depth > 0 || rest.len < 3 || rest.data[0] != '"' ||
        rest.data[rest.len - 1] != '"') {
        return html_fail(compiler, line, "include \"header.h\" stands before the templates");
    }
    buf_printf(compiler->header, "#include %.*s\n", STR_ARG(rest));
    return true;
}

/* "name(params)" into its parts; false when it does not look like that. */
static bool split_call(Str text, Str *out_name, Str *out_arguments)
{
    ptrdiff_t open = str_find(text, STR("("));
    if (open <= 0 || text.data[text.len - 1] != ')') {
        return false;
    }
    *out_name = str_trim(str_slice(text, 0, (size_t)open));
    *out_arguments = str_trim(str_slice(text, (size_t)open + 1, text.len - 1));
    return out_name->len > 0;
}

static bool compile_template(Compiler *compiler, Str rest, int line)
{
    Str name, parameters;
    if (compiler->depth > 0) {
        return html_fail(compiler, line, "a template inside a template (an {{ end }} is missing)");
    }
    if (!split_call(rest, &name, &parameters)) {
        return html_fail(compiler, line, "write: template name(const View *view, ...)");
    }
    bool none = parameters.len == 0 || str_eq(parameters, STR("void"));
    Str signature = arena_printf(compiler->arena, "void %.*s(Out *out%s%.*s)", STR_ARG(name),
                                 none ? "" : ", ", none ? 0 : (int)parameters.len, parameters.data);
    buf_printf(compiler->header, "%.*s;\n", STR_ARG(signature));
    write_line_mark(compiler, line);
    buf_printf(compiler->body, "%.*s\n{\n    (void)out;\n", STR_ARG(signature));
    compiler->context = (HtmlContext){.place = HTML_TEXT};
    return open_block(compiler, BLOCK_TEMPLATE, line);
}

/* Every directive inside a template: ends a name that was being read. */
static bool enter_directive(Compiler *compiler, int line)
{
    if (compiler->depth == 0) {
        return html_fail(compiler, line, "a directive outside {{ template }} ... {{ end }}");
    }
    const char *wrong = html_context_directive(&compiler->context);
    return wrong ? html_fail(compiler, line, wrong) : true;
}

static bool compile_if(Compiler *compiler, Str condition, int line)
{
    if (condition.len == 0) {
        return html_fail(compiler, line, "if needs a condition");
    }
    begin_code(compiler, line);
    buf_printf(compiler->body, "    if (%.*s) {\n", STR_ARG(condition));
    return open_block(compiler, BLOCK_IF, line);
}

/* A branch of an `if` ends here: it must end where the others did. */
static bool finish_branch(Compiler *compiler, Block *block, int line)
{
    if (!block->has_joined) {
        block->joined = compiler->context;
        block->has_joined = true;
        return true;
    }
    if (!html_context_join(&block->joined, &compiler->context)) {
        return html_fail(compiler, line,
                         describe_places(compiler,
                                         "the branches of this if end in different places",
                                         &block->joined, &compiler->context));
    }
    return true;
}

static bool compile_else(Compiler *compiler, Str rest, int line)
{
    Block *block = compiler->depth > 0 ? &compiler->blocks[compiler->depth - 1] : NULL;
    if (!block || block->kind != BLOCK_IF || block->has_else) {
        return html_fail(compiler, line, "else without its if");
    }
    bool is_if = str_starts_with(rest, STR("if "));
    if (!is_if && rest.len > 0) {
        return html_fail(compiler, line, "write: else, or: else if condition");
    }
    flush_literal(compiler);
    if (!finish_branch(compiler, block, line)) {
        return false;
    }
    write_line_mark(compiler, line);
    if (is_if) {
        Str condition = str_trim(str_slice(rest, 3, rest.len));
        buf_printf(compiler->body, "    } else if (%.*s) {\n", STR_ARG(condition));
    } else {
        buf_cstr(compiler->body, "    } else {\n");
        block->has_else = true;
    }
    compiler->context = block->start;
    return true;
}

static bool compile_for(Compiler *compiler, Str rest, int line)
{
    ptrdiff_t in = str_find(rest, STR(" in "));
    Str name = str_trim(str_slice(rest, 0, in < 0 ? 0 : (size_t)in));
    Str count = str_trim(str_slice(rest, in < 0 ? 0 : (size_t)in + 4, rest.len));
    if (name.len == 0 || count.len == 0 || str_contains(name, STR(" "))) {
        return html_fail(compiler, line, "write: for i in count");
    }
    begin_code(compiler, line);
    buf_printf(compiler->body,
               "    for (size_t %.*s = 0, %.*s_end = (size_t)(%.*s); %.*s < %.*s_end; %.*s++) {\n",
               STR_ARG(name), STR_ARG(name), STR_ARG(count), STR_ARG(name), STR_ARG(name),
               STR_ARG(name));
    return open_block(compiler, BLOCK_FOR, line);
}

static bool end_if(Compiler *compiler, Block *block, int line)
{
    if (!finish_branch(compiler, block, line)) {
        return false;
    }
    if (!block->has_else && !html_context_join(&block->joined, &block->start)) {
        return html_fail(compiler, line,
                         describe_places(compiler, "this if ends elsewhere than it began",
                                         &block->start, &block->joined));
    }
    compiler->context = block->joined;
    return true;
}

static bool compile_end(Compiler *compiler, int line)
{
    if (compiler->depth == 0) {
        return html_fail(compiler, line, "end without if, for or template");
    }
    Block *block = &compiler->blocks[compiler->depth - 1];
    flush_literal(compiler);
    if (block->kind == BLOCK_IF && !end_if(compiler, block, line)) {
        return false;
    }
    if (block->kind != BLOCK_IF && !html_context_same(&block->start, &compiler->context)) {
        return html_fail(compiler, line,
                         describe_places(compiler, "this block ends elsewhere than it began",
                                         &block->start, &compiler->context));
    }
    compiler->depth--;
    buf_cstr(compiler->body, block->kind == BLOCK_TEMPLATE ? "}\n\n" : "    }\n");
    return true;
}

static bool compile_call(Compiler *compiler, Str rest, int line)
{
    Str name, arguments;
    if (!split_call(rest, &name, &arguments)) {
        return html_fail(compiler, line, "write: call other_template(arguments)");
    }
    if (compiler->context.place != HTML_TEXT) {
        return html_fail(compiler, line, "a template can only be called in text");
    }
    begin_code(compiler, line);
    buf_printf(compiler->body, "    %.*s(out%s%.*s);\n", STR_ARG(name),
               arguments.len > 0 ? ", " : "", STR_ARG(arguments));
    return true;
}

static bool compile_insertion(Compiler *compiler, Str expression, int line)
{
    static const char *const functions[] = {"", "out_text", "out_attr", "out_url", "out_url_part"};
    HtmlEscape escape = HTML_ESCAPE_REFUSED;
    const char *wrong = html_context_insert(&compiler->context, &escape);
    if (wrong) {
        return html_fail(compiler, line, wrong);
    }
    begin_code(compiler, line);
    buf_printf(compiler->body, "    %s(out, %.*s);\n", functions[escape], STR_ARG(expression));
    return true;
}

/* "proposal.count(n)" -> t_proposal_count(n) */
static bool compile_text(Compiler *compiler, Str rest, int line)
{
    Str name = rest, arguments = STR("");
    if (str_contains(rest, STR("(")) && !split_call(rest, &name, &arguments)) {
        return html_fail(compiler, line, "write: text key.name or text key.name(arguments)");
    }
    char *key = arena_cstr(compiler->arena, name);
    for (char *c = key; *c != '\0'; c++) {
        bool is_word = (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') || *c == '_';
        if (!is_word && *c != '.') {
            return html_fail(compiler, line, "a text key holds a-z, 0-9, '_' and '.'");
        }
        *c = is_word ? *c : '_';
    }
    return compile_insertion(
        compiler, arena_printf(compiler->arena, "t_%s(%.*s)", key, STR_ARG(arguments)), line);
}

static bool is_word(Str head, const char *word)
{
    return str_eq(head, str_from(word));
}

bool html_compile_directive(Compiler *compiler, Str inside, int line)
{
    Str head = inside, rest = STR("");
    str_cut(inside, ' ', &head, &rest);
    rest = str_trim(rest);
    if (is_word(head, "include")) {
        return compile_include(compiler, rest, line);
    }
    if (is_word(head, "template")) {
        return compile_template(compiler, rest, line);
    }
    if (is_word(head, "end") && rest.len == 0) {
        return (compiler->depth == 0 || enter_directive(compiler, line)) &&
               compile_end(compiler, line);
    }
    if (compiler->depth == 0) {
        return html_fail(compiler, line,
                         "only include, template and comments stand outside a template");
    }
    if (is_word(head, "text") && rest.len > 0) {
        return compile_text(compiler, rest, line);
    }
    bool is_if = is_word(head, "if"), is_else = is_word(head, "else");
    bool is_for = is_word(head, "for"), is_call = is_word(head, "call");
    if (!is_if && !is_else && !is_for && !is_call) {
        return compile_insertion(compiler, inside, line);
    }
    if (!enter_directive(compiler, line)) {
        return false;
    }
    return is_if     ? compile_if(compiler, rest, line)
           : is_else ? compile_else(compiler, rest, line)
           : is_for  ? compile_for(compiler, rest, line)
                     : compile_call(compiler, rest, line);
}
