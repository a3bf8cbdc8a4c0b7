/* rooms_unused.h: sentences and statements that nothing in src/ names.
 *
 * A key of a .text file is named by TEXT_key or t_key in a .c or .h, or by `text key` in a
 * template; a macro that pastes (TEXT_key_##n) names all that begin so. A statement of a .sql file
 * is named by sql_name. Tests do not count: what only a test uses is not used. The keys act.* (the
 * journal puts them together) and error.* (one for each line of error_codes.def) are not looked at.
 */
#ifndef TOOLS_ROOMS_UNUSED_H
#define TOOLS_ROOMS_UNUSED_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"

typedef struct Named {
    Str name; /* "TEXT_a_key", or "sql_a_statement" */
    Str path;
    int line;
} Named;

typedef struct NamedVec {
    Named *items;
    size_t count;
    size_t capacity;
} NamedVec;

typedef struct Unused {
    Arena *arena;
    NamedVec names; /* what there is */
    Map uses;       /* what is named */
    NamedVec pasted;
} Unused;

void unused_init(Unused *unused, Arena *arena);
/* Takes in one file of src/ by the ending of its path; other files are passed over. */
void unused_read(Unused *unused, Str path, Str text);
/* Appends "src/path:line: message" lines to *report. Returns how many there are. */
int unused_report(const Unused *unused, Buf *report);

#endif
