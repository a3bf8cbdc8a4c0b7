/* tool_files.h: whole files in and out, for the build-time programs.
 *
 * These programs end with a message and status 1 when a file cannot be read or written: a build
 * has nobody to hand an error to.
 */
#ifndef TOOLS_TOOL_FILES_H
#define TOOLS_TOOL_FILES_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

#define TOOL_MAX_FILE_BYTES (64u * 1024 * 1024)

/* The whole file; ends the program when it cannot be read. */
Str tool_read_file(Arena *arena, const char *path);
/* Writes dir/name; ends the program when it cannot, or when the text went over its limit. */
void tool_write_file(Arena *arena, const char *dir, const char *name, const Buf *text);
/* "a/b/proposal_list.html" -> "proposal_list.html", and its part before the last dot. */
const char *tool_base_name(const char *path);
Str tool_stem(const char *path);
/* Appends bytes as the inside of a C string literal; a line ends after each newline. */
void tool_c_string(Buf *buf, Str bytes);

#endif
