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
/* After all files: sorts by key and refuses keys that occur twice. */
bool text_compile_finish(Arena *arena, TextSentences *sentences, TextProblem *out_problem);
/* The texts of text_keys.h and text_data.c. */
void text_compile_header(const TextSentences *sentences, Buf *out);
void text_compile_data(Arena *arena, const TextSentences *sentences, Buf *out);

#endif
