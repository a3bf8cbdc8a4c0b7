/* router.h: all rooms' routes as one tree of path segments. */
#ifndef PLATFORM_HTTP_ROUTER_H
#define PLATFORM_HTTP_ROUTER_H

#include "platform/http/app.h"
#include "platform/http/target.h"

typedef struct Router Router;

typedef struct RouteMatch {
    const Route *get;  /* of this path, or NULL */
    const Route *post; /* of this path, or NULL */
    int64_t area;
    int64_t ids[PATH_MAX_IDS];
    size_t n_ids;
    Str word;
} RouteMatch;

/* Compiles the routes. Panics, naming the route, on what a programmer got wrong: no policy, no
 * handler, a path that is malformed or twice, two kinds of parameter in one place. */
Router *router_create(Arena *arena, const Feature *const *rooms, size_t n_rooms);
/* One look at each segment: a literal wins over a parameter and there is no way back. Both routes
 * NULL: no such path. The segments must outlive the match. */
RouteMatch router_match(const Router *router, const Str *segments, size_t n_segments);

#endif
