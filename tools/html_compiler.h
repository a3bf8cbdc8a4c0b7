/* html_compiler.h: what the two halves of the template compiler share: html_compile.c reads the
 * file and finds directives, html_directives.c compiles each. */
#ifndef TOOLS_HTML_COMPILER_H
#define TOOLS_HTML_COMPILER_H

#include "html_compile.h"
#include "html_context.h"

#define MAX_DEPTH 32

typedef enum BlockKind { BLOCK_TEMPLATE, BLOCK_IF, BLOCK_FOR } BlockKind;

/* An open template, if or for. */
typedef struct Block {
    BlockKind kind;
    int line;
    HtmlContext start;  /* where it began */
    HtmlContext joined; /* if: where the finished branches ended */
    bool has_joined;
    bool has_else;
} Block;

typedef struct Compiler {
    Arena *arena;
    const char *path;
    Str source;
    size_t at;
    int line;
    Buf *header;
    Buf *body;
    Buf literal; /* markup not yet written out */
    HtmlContext context;
    Block blocks[MAX_DEPTH];
    size_t depth;
    HtmlProblem *problem;
} Compiler;

/* Notes what is wrong; always false, so that callers can `return html_fail(...)`. */
bool html_fail(Compiler *compiler, int line, const char *what);
/* `inside` is the trimmed text between the braces, not a comment. */
bool html_compile_directive(Compiler *compiler, Str inside, int line);

#endif
