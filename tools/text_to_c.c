/* text_to_c: compiles the files of sentences.
 *
 *     text_to_c --out DIR common.text proposals.text ...
 *
 * writes DIR/text_keys.h and DIR/text_data.c. The format is described in text_compile.h. On a
 * mistake it prints "file:line: message" and ends with status 1.
 */
#include "text_compile.h"
#include "tool_files.h"

#define ARENA_BYTES ((size_t)256 * 1024 * 1024)

static bool read_all(Arena *arena, char **paths, int count, TextSentences *sentences,
                     TextProblem *problem)
{
    for (int i = 0; i < count; i++) {
        Str source = tool_read_file(arena, paths[i]);
        if (!text_compile_read(arena, paths[i], source, sentences, problem)) {
            return false;
        }
    }
    return text_compile_finish(arena, sentences, problem);
}

static int compile(Arena *arena, const char *dir, char **paths, int count)
{
    TextSentences sentences = {0};
    TextProblem problem = {0};
    if (!read_all(arena, paths, count, &sentences, &problem)) {
        fprintf(stderr, "%s:%d: %s\n", problem.path, problem.line, problem.what);
        return 1;
    }
    Buf header, data;
    buf_init(&header, TOOL_MAX_FILE_BYTES);
    buf_init(&data, TOOL_MAX_FILE_BYTES);
    text_compile_header(&sentences, &header);
    text_compile_data(arena, &sentences, &data);
    tool_write_file(arena, dir, "text_keys.h", &header);
    tool_write_file(arena, dir, "text_data.c", &data);
    buf_free(&header);
    buf_free(&data);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc < 4 || strcmp(argv[1], "--out") != 0) {
        fputs("usage: text_to_c --out DIR FILE.text ...\n", stderr);
        return 2;
    }
    Arena *arena = arena_create(ARENA_BYTES);
    int status = compile(arena, argv[2], argv + 3, argc - 3);
    arena_destroy(arena);
    return status;
}
