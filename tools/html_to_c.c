/* html_to_c: compiles one template file.
 *
 *     html_to_c --out DIR proposal_list.html
 *
 * writes DIR/proposal_list_html.h and DIR/proposal_list_html.c. The language of templates is
 * described in html_compile.h. On a mistake it prints "file:line: message" and ends with status 1.
 */
#include "html_compile.h"
#include "tool_files.h"

#define ARENA_BYTES ((size_t)256 * 1024 * 1024)

static int compile_file(Arena *arena, const char *dir, const char *path)
{
    Buf header, body;
    buf_init(&header, TOOL_MAX_FILE_BYTES);
    buf_init(&body, TOOL_MAX_FILE_BYTES);
    HtmlProblem problem = {0};
    Str stem = tool_stem(path);
    bool good =
        html_compile(arena, path, stem, tool_read_file(arena, path), &header, &body, &problem);
    if (good) {
        tool_write_file(arena, dir, arena_printf(arena, "%.*s_html.h", STR_ARG(stem)).data,
                        &header);
        tool_write_file(arena, dir, arena_printf(arena, "%.*s_html.c", STR_ARG(stem)).data, &body);
    } else {
        fprintf(stderr, "%s:%d: %s\n", path, problem.line, problem.what);
    }
    buf_free(&header);
    buf_free(&body);
    return good ? 0 : 1;
}

int main(int argc, char **argv)
{
    if (argc != 4 || strcmp(argv[1], "--out") != 0) {
        fputs("usage: html_to_c --out DIR FILE.html\n", stderr);
        return 2;
    }
    Arena *arena = arena_create(ARENA_BYTES);
    int status = compile_file(arena, argv[2], argv[3]);
    arena_destroy(arena);
    return status;
}
