/* rooms.h: the arrows of the house, checked from the text of src/.
 *
 * Dependency order: base <- tally, opinion, order, ledger <- platform <- features <- main. A file
 * may include what stands at or before its own place; a pure library only base and itself; a room
 * of features another room only by its <room>.h, and never in a circle. `*_rules.c` and `*_rules.h`
 * stay pure: base, the pure libraries and rules headers, another room's only <room>_rules.h.
 * sqlite3.h and libpq-fe.h belong to platform/db. In features, NAME_sql.h is for the room that
 * holds NAME.sql. SQL text stands in .sql files. Every folder has a README.md of at most 20 lines.
 * `*_test.c` and `*_fixture.h` may include anything but the database libraries. Every sentence and
 * every statement is used (rooms_unused.h), and every link leads to a route (rooms_links.h).
 */
#ifndef TOOLS_ROOMS_H
#define TOOLS_ROOMS_H

#include "base/arena.h"
#include "base/buf.h"

#define ROOMS_README_MAX_LINES 20

/* Checks ROOT/src; appends "path:line: message" lines to *report. Returns how many there are. */
int rooms_check(Arena *arena, const char *root, Buf *report);

/* True of `*_test.c` and of `*_fixture.h`, what the tests of a room share. */
bool rooms_is_test(Str path);

#endif
