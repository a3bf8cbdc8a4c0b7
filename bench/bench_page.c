/* bench_page.c: the list of proposals with 16 rows for a resident who is signed in. */
#include <stdio.h>

#include "ballots_sql.h"
#include "bench.h"
#include "features/proposals/proposals.h"
#include "platform/html/out.h"
#include "platform/http/visit.h"
#include "tests/support/ballot_world.h"
#include "tests/support/server_process.h"
#include "tests/support/test_db.h"

#define ROWS   16
#define VOTERS 4
#define PATH   "/a/{area}/proposals"

static Error *add_proposals(Tx *tx, const void *input, Instant now, void *output)
{
    (void)output;
    const BallotWorld *world = input;
    for (int i = 0; i < ROWS; i++) {
        Str receipt = arena_printf(tx_arena(tx), "%013d", i);
        Str title = arena_printf(tx_arena(tx), "%d号楼前的路灯夜里不亮，想换成亮一点的", i + 1);
        Error *err = sql_world_proposal_insert(tx, world->area, tx_new_id(tx), title, receipt,
                                               world->voters[1].person, now, NULL);
        if (err) {
            return err;
        }
    }
    return NULL;
}

static void open_app(Arena *arena, const char *directory, Clock *clock, App *out)
{
    *out = (App){.clock = clock, .keys_directory = arena_printf(arena, "%s/keys", directory).data};
    test_ok(secret_load(arena, out->keys_directory, &out->secret));
    DbOptions options = {.where = arena_printf(arena, "%s/yuanzhuo.db", directory).data,
                         .clock = clock,
                         .readers = 1};
    test_ok(db_open(arena, &options, &out->db));
}

/* What bench_page needs to know again. */
static const char *fact_path(Arena *arena, const char *directory)
{
    return arena_printf(arena, "%s/bench.txt", directory).data;
}

void bench_prepare(Arena *arena, const char *directory)
{
    Clock clock = {0};
    App app;
    installation_make(arena, directory,
                      "[server]\nloops = 1\nworkers = 2\ntrusted_proxies = 127.0.0.1\n");
    open_app(arena, directory, &clock, &app);
    BallotWorld *world = ballot_world_make(arena, app.db, app.keys_directory, &app.secret, VOTERS);
    test_ok(db_write(app.db, arena, add_proposals, world, NULL, 0));
    db_close(app.db);
    FILE *file = fopen(fact_path(arena, directory), "w");
    require(file != NULL);
    fprintf(file, "%lld %.*s\n", (long long)world->area, STR_ARG(world->voters[0].session));
    fclose(file);
    printf("page /a/%s/proposals\ncookie yz_session=%.*s\n", id_text(world->area).text,
           STR_ARG(world->voters[0].session));
}

static PageHandler *find_handler(void)
{
    for (size_t i = 0; i < proposals_feature.n_routes; i++) {
        const Route *route = &proposals_feature.routes[i];
        if (route->method == HTTP_GET && str_eq(str_from(route->path), STR(PATH))) {
            return route->page;
        }
    }
    panic("the list of proposals has no route");
}

/* Session, role, area, page: what the server does between parsing and sending. */
static size_t render(App *app, Arena *arena, PageHandler *handler, int64_t area, Str session,
                     Buf *body)
{
    Server server = {.app = app};
    Request request = {.arena = arena};
    Visit visit = {.server = &server, .request = &request};
    Page *page = &visit.page;
    Snapshot *snapshot;
    bool touch;
    buf_clear(body);
    *page = (Page){.visit = &visit, .app = app, .arena = arena, .area = area, .status = 200};
    page->path = url_path(arena, "/a/%s/proposals", id_text(area).text).url;
    page->now = clock_now(app->clock);
    page->body = *body;
    test_ok(db_snapshot_begin(app->db, arena, &snapshot));
    test_ok(auth_who(snapshot, session, &page->who, &touch));
    test_ok(auth_area_path(snapshot, area, &page->who));
    require(page->who.person != 0);
    test_ok(handler(page, snapshot));
    db_snapshot_end(snapshot);
    *body = page->body;
    return body->len;
}

void bench_page(Arena *arena, const char *directory, int seconds)
{
    Clock clock = {0};
    App app;
    long long area = 0;
    char session[64] = "";
    FILE *file = fopen(fact_path(arena, directory), "r");
    require(file != NULL && fscanf(file, "%lld %63s", &area, session) == 2);
    fclose(file);
    open_app(arena, directory, &clock, &app);
    Arena *scratch = arena_create(1u << 26);
    Buf body;
    buf_init(&body, 1u << 22);
    size_t bytes = 0;
    int64_t pages = 0;
    int64_t started_us = clock_monotonic_us();
    int64_t end_us = started_us + (int64_t)seconds * 1000000;
    for (; clock_monotonic_us() < end_us; pages++) {
        bytes = render(&app, scratch, find_handler(), area, str_from(session), &body);
        arena_reset(scratch);
    }
    printf("bare_per_s %.0f\nbytes %zu\n",
           (double)pages * 1e6 / (double)(clock_monotonic_us() - started_us), bytes);
    buf_free(&body);
    arena_destroy(scratch);
    db_close(app.db);
}
