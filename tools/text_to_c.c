/* text_to_c: compiles the files of sentences.
 *
 *     text_to_c --out DIR common.text proposals.text ...
 *
 * writes DIR/common_text.h, DIR/proposals_text.h ... and, with the words of all, DIR/text_data.c.
 * The format is described in text_compile.h. On a mistake it prints "file:line: message" and ends
 * with status 1.
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

static void write_header(Arena *arena, const char *dir, const TextSentences *sentences,
                         const char *path)
{
    Buf header;
    buf_init(&header, TOOL_MAX_FILE_BYTES);
    text_compile_header(sentences, path, &header);
    Str stem = tool_stem(path);
    tool_write_file(arena, dir, arena_printf(arena, "%.*s_text.h", STR_ARG(stem)).data, &header);
    buf_free(&header);
}

static int compile(Arena *arena, const char *dir, char **paths, int count)
{
    TextSentences sentences = {0};
    TextProblem problem = {0};
    if (!read_all(arena, paths, count, &sentences, &problem)) {
        fprintf(stderr, "%s:%d: %s\n", problem.path, problem.line, problem.what);
        return 1;
    }
    for (int i = 0; i < count; i++) {
        write_header(arena, dir, &sentences, paths[i]);
    }
    Buf data;
    buf_init(&data, TOOL_MAX_FILE_BYTES);
    text_compile_data(arena, &sentences, &data);
    tool_write_file(arena, dir, "text_data.c", &data);
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
