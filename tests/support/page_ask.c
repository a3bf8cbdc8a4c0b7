/* page_ask.c: see the header. */
#include "tests/support/page_ask.h"

#include "base/limits.h"
#include "platform/auth/auth.h"
#include "platform/http/visit.h"
#include "tests/support/test_db.h"

static const Route *route_of(const PageAsked *asked)
{
    for (size_t i = 0; i < asked->room->n_routes; i++) {
        const Route *route = &asked->room->routes[i];
        if (route->method == HTTP_GET && str_eq(str_from(route->path), str_from(asked->path))) {
            return route;
        }
    }
    panic("no such route: %s", asked->path);
}

static Error *run(Page *page, Snapshot *snapshot)
{
    if (policy_check(page->route->policy, &page->who) != VERDICT_ALLOW) {
        return error_make(page->arena, ERROR_FORBIDDEN, "the policy says no");
    }
    return page->route->page(page, snapshot);
}

Error *page_ask(Arena *arena, const PageAsked *asked, Str *out_body)
{
    const Feature **rooms = arena_array(arena, const Feature *, 1);
    rooms[0] = asked->room;
    App *app = arena_new(arena, App);
    *app = (App){.db = asked->db,
                 .clock = test_db_clock(asked->db),
                 .features = rooms,
                 .n_features = 1,
                 .secret = {{9}}};
    Server server = {.app = app, .router = router_create(arena, rooms, 1)};
    Request request = {.arena = arena};
    Visit visit = {.server = &server, .request = &request};
    Grant grant = {asked->role, asked->area};
    Page *page = &visit.page;
    Snapshot *snapshot;
    *page = (Page){.visit = &visit, .app = app, .arena = arena, .status = 200};
    page->route = route_of(asked);
    page->path = str_from(asked->path);
    page->area = asked->area;
    page->ids[0] = asked->id;
    page->now = clock_now(app->clock);
    page->who = (Who){.person = asked->person, .grants = &grant, .n_grants = asked->role != 0};
    buf_init(&page->body, LIMIT_RESPONSE_BYTES);
    test_ok(db_snapshot_begin(asked->db, arena, &snapshot));
    test_ok(auth_area_path(snapshot, page->area, &page->who));
    Error *err = run(page, snapshot);
    db_snapshot_end(snapshot);
    *out_body = arena_str(arena, buf_view(&page->body));
    buf_free(&page->body);
    return err;
}
