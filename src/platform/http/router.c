#include "platform/http/router.h"

typedef enum NodeKind { NODE_LITERAL, NODE_AREA, NODE_ID, NODE_WORD } NodeKind;

typedef struct Node {
    NodeKind kind;
    Str literal;
    const Route *get;
    const Route *post;
    struct Node *children; /* literals first, then at most one parameter */
    struct Node *next;
} Node;

struct Router {
    Node root;
};

/* --- compiling ---------------------------------------------------------------------------------
 */

static bool is_literal_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
}

static NodeKind segment_kind(const Route *route, Str segment)
{
    if (str_eq(segment, STR("{area}"))) {
        return NODE_AREA;
    }
    if (str_eq(segment, STR("{id}")) || str_eq(segment, STR("{id2}"))) {
        return NODE_ID;
    }
    if (str_eq(segment, STR("{word}"))) {
        return NODE_WORD;
    }
    for (size_t i = 0; i < segment.len; i++) {
        if (!is_literal_char(segment.data[i])) {
            panic("route %s: what is %.*s?", route->path, STR_ARG(segment));
        }
    }
    if (segment.len == 0) {
        panic("route %s: an empty segment", route->path);
    }
    return NODE_LITERAL;
}

static bool same_node(const Node *node, NodeKind kind, Str segment)
{
    return node->kind == kind && (kind != NODE_LITERAL || str_eq(node->literal, segment));
}

static Node *child_for(Arena *arena, Node *parent, const Route *route, Str segment)
{
    NodeKind kind = segment_kind(route, segment);
    Node **end = &parent->children;
    for (; *end; end = &(*end)->next) {
        if (same_node(*end, kind, segment)) {
            return *end;
        }
        if (kind != NODE_LITERAL && (*end)->kind != NODE_LITERAL) {
            panic("route %s: another kind of parameter in the same place", route->path);
        }
    }
    Node *node = arena_new(arena, Node);
    node->kind = kind;
    node->literal = segment;
    Node **at = kind == NODE_LITERAL ? &parent->children : end;
    node->next = *at;
    *at = node;
    return node;
}

static void check_row(const Route *route)
{
    if (!route->path || route->path[0] != '/') {
        panic("a route without a path");
    }
    if (route->policy <= POLICY_NONE || route->policy >= POLICY_COUNT) {
        panic("route %s: no policy", route->path);
    }
    if (route->method == HTTP_GET && !route->page) {
        panic("route %s: no page", route->path);
    }
    if (route->method == HTTP_POST && (!route->form || !route->submit)) {
        panic("route %s: no form or nothing to submit it to", route->path);
    }
    if (route->method == HTTP_OTHER) {
        panic("route %s: neither GET nor POST", route->path);
    }
}

static void check_area_place(const Route *route)
{
    Str path = str_from(route->path);
    bool starts = str_starts_with(path, STR("/a/"));
    bool is_right = str_starts_with(path, STR("/a/{area}"));
    Str rest = starts ? str_slice(path, strlen("/a/{area}"), path.len) : path;
    if (starts != is_right || str_contains(rest, STR("{area}"))) {
        panic("route %s: area routes, and no others, start /a/{area}", route->path);
    }
}

static void add_route(Arena *arena, Router *router, const Route *route)
{
    check_row(route);
    check_area_place(route);
    Node *node = &router->root;
    Str rest = str_from(route->path + 1);
    while (rest.len > 0) {
        Str segment;
        bool more = str_cut(rest, '/', &segment, &rest);
        if (more && rest.len == 0) {
            panic("route %s: ends in a slash", route->path);
        }
        node = child_for(arena, node, route, segment);
    }
    const Route **slot = route->method == HTTP_GET ? &node->get : &node->post;
    if (*slot) {
        panic("route %s: twice", route->path);
    }
    *slot = route;
}

Router *router_create(Arena *arena, const Feature *const *rooms, size_t n_rooms)
{
    Router *router = arena_new(arena, Router);
    for (size_t i = 0; i < n_rooms; i++) {
        for (size_t j = 0; j < rooms[i]->n_routes; j++) {
            add_route(arena, router, &rooms[i]->routes[j]);
        }
    }
    return router;
}

/* --- matching ------------------------------------------------------------------------------------
 */

static bool is_word(Str s)
{
    bool good = s.len > 0 && s.len <= 64;
    for (size_t i = 0; good && i < s.len; i++) {
        good = is_literal_char(s.data[i]);
    }
    return good;
}

static bool take_parameter(const Node *node, Str segment, RouteMatch *match)
{
    if (node->kind == NODE_AREA) {
        return id_parse(segment, &match->area) && match->area != 0;
    }
    if (node->kind == NODE_ID) {
        return match->n_ids < PATH_MAX_IDS && id_parse(segment, &match->ids[match->n_ids++]);
    }
    match->word = segment;
    return is_word(segment);
}

static const Node *step(const Node *node, Str segment, RouteMatch *match)
{
    for (const Node *child = node->children; child; child = child->next) {
        if (child->kind == NODE_LITERAL && str_eq(child->literal, segment)) {
            return child;
        }
        if (child->kind != NODE_LITERAL) {
            return take_parameter(child, segment, match) ? child : NULL;
        }
    }
    return NULL;
}

RouteMatch router_match(const Router *router, const Str *segments, size_t n_segments)
{
    RouteMatch match = {0};
    const Node *node = &router->root;
    for (size_t i = 0; node && i < n_segments; i++) {
        node = step(node, segments[i], &match);
    }
    if (node) {
        match.get = node->get;
        match.post = node->post;
    }
    return match;
}
