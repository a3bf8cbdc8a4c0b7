/* text_compile.h: files of sentences become C.
 *
 *     # a comment
 *     [proposal.count n:int]
 *     zh = 共 {n} 条提议
 *     en.one = {n} proposal
 *     en = {n} proposals
 *
 * A block starts with its key and typed parameters (int str money date time text); then one line a
 * language. `en.one` is the English singular, chosen when the first int parameter is 1. A value
 * runs to the end of its line, without the white space at both ends; `\n` in it is a newline.
 * `**words**` are bold. Errors: a key twice (also when two keys become the same C name), a language
 * missing, a placeholder not declared, a parameter a language does not use (only `en.one` may leave
 * one out), `en.one` without an int, bold marks not in pairs.
 */
#ifndef TOOLS_TEXT_COMPILE_H
#define TOOLS_TEXT_COMPILE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

#define TEXT_COMPILE_MAX_PARAMETERS 5

typedef struct TextParameter {
    Str name;
    int kind; /* index into the kinds: int str money date time text */
} TextParameter;

typedef struct TextSentence {
    Str key;
    int number; /* text_number of the key, once finished */
    const char *path;
    int line;
    TextParameter parameters[TEXT_COMPILE_MAX_PARAMETERS];
    size_t n_parameters;
    Str zh, en, one; /* data NULL when absent; placeholders as written */
} TextSentence;

typedef struct TextSentences {
    TextSentence *items;
    size_t count;
    size_t capacity;
} TextSentences;

typedef struct TextProblem {
    const char *path;
    int line;
    const char *what;
} TextProblem;

/* Reads one file's blocks, appending to *sentences. */
bool text_compile_read(Arena *arena, const char *path, Str source, TextSentences *sentences,
                       TextProblem *out_problem);
/* After all files: numbers and sorts the keys, and refuses one that occurs twice. */
bool text_compile_finish(Arena *arena, TextSentences *sentences, TextProblem *out_problem);
/* The text of STEM_text.h, with the sentences of the one file `path` (as it was given to read), and
 * that of text_data.c, with all. A key's number is made of its name alone: a header changes only
 * with the sentences of its own file, so that a new sentence compiles one room anew. */
void text_compile_header(const TextSentences *sentences, const char *path, Buf *out);
void text_compile_data(Arena *arena, const TextSentences *sentences, Buf *out);

#endif
