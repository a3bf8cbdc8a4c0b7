/* rooms_links.h: every address that a room writes is one that a room serves.
 *
 * A string of a .c file of features/ that begins with "/" and holds a {place} is a route where
 * ROUTE_xxx( or HTTP_GET, or HTTP_POST, stands before it, and a link everywhere else (url_of,
 * page_path, the menu). What stands before ? and # in a link has to be a route, word for word.
 * Comments and tests are passed over.
 */
#ifndef TOOLS_ROOMS_LINKS_H
#define TOOLS_ROOMS_LINKS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"

typedef struct Link {
    Str route;
    Str path;
    int line;
} Link;

typedef struct Links {
    Arena *arena;
    Map routes;
    Link *items;
    size_t count;
    size_t capacity;
} Links;

void links_init(Links *links, Arena *arena);
/* Takes in one file of src/; other files are passed over. */
void links_read(Links *links, Str path, Str text);
/* Appends "src/path:line: message" lines to *report. Returns how many there are. */
int links_report(const Links *links, Buf *report);

#endif
