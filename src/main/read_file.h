/* read_file.h: a whole file into memory. */
#ifndef MAIN_READ_FILE_H
#define MAIN_READ_FILE_H

#include "base/arena.h"
#include "base/error.h"

/* FILE_SYSTEM when it cannot be read, TOO_LARGE above max_bytes; the detail names the path. */
MUST_USE Error *read_file(Arena *arena, const char *path, size_t max_bytes, Str *out);
/* All of standard input; the same errors. */
MUST_USE Error *read_input(Arena *arena, size_t max_bytes, Str *out);

#endif
