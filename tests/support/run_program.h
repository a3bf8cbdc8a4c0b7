/* run_program.h: the program as a person at a terminal runs it. */
#ifndef TESTS_SUPPORT_RUN_PROGRAM_H
#define TESTS_SUPPORT_RUN_PROGRAM_H

#include "base/arena.h"
#include "base/str.h"

#define RUN_OUTPUT_MAX (256 * 1024) /* of each stream */

typedef struct ProgramRun {
    int code; /* its exit code */
    Str out;  /* standard output */
    Str err;  /* standard error */
} ProgramRun;

/* Runs `yuanzhuo ARGUMENT…` (NULL-ended) of the build in YZ_BUILD in that directory, with `input`
 * on its standard input, and waits for it. A program that does not exit by itself, or says more
 * than RUN_OUTPUT_MAX, ends the test. */
ProgramRun run_program(Arena *arena, const char *directory, const char *const *arguments,
                       Str input);

#endif
