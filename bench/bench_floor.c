/* bench_floor.c: what sockets, HTTP library, loops, pool and the clients themselves allow. */
#include <stdio.h>
#include <unistd.h>

#include "base/limits.h"
#include "bench.h"
#include "platform/http/core.h"
#include "tests/support/ballot_load.h"
#include "tests/support/test_db.h"

static bool accept_any(void *user, Request *request)
{
    (void)user;
    (void)request;
    return false;
}

/* What a ballot gets, as far as the client looks at it. */
static void answer(void *user, Request *request, Worker *worker)
{
    (void)user;
    (void)worker;
    request->reply.status = 303;
    reply_header(request, "Location", "/receipt");
    request_finish(request);
}

static Core *start_core(Arena *arena)
{
    Core *core;
    CoreOptions options = {.server = {.address = "127.0.0.1",
                                      .loops = (int)sysconf(_SC_NPROCESSORS_ONLN),
                                      .workers = 8,
                                      .header_seconds = LIMIT_HEADERS_SECONDS,
                                      .body_seconds = LIMIT_BODY_SECONDS,
                                      .idle_seconds = LIMIT_IDLE_SECONDS,
                                      .connections_per_address = 1000},
                           .max_queued = LIMIT_QUEUE_LENGTH,
                           .stop_seconds = 10,
                           .answer_bytes = LIMIT_ANSWER_BYTES};
    Handlers handlers = {.accept = accept_any, .handle = answer};
    test_ok(core_start(arena, &options, &handlers, &core));
    return core;
}

void bench_floor(Arena *arena, const char *directory, int clients, int seconds)
{
    Clock clock = {0};
    Db *db;
    Secret secret;
    DbOptions options = {.where = arena_printf(arena, "%s/floor.db", directory).data,
                         .clock = &clock,
                         .may_create = true};
    test_ok(secret_create(arena, directory));
    test_ok(secret_load(arena, directory, &secret));
    test_ok(db_open(arena, &options, &db));
    test_ok(db_migrate(db, arena, NULL));
    BallotWorld *world = ballot_world_make(arena, db, directory, &secret, (size_t)clients);
    Core *core = start_core(arena);
    LoadOptions load_options = {
        .world = world, .port = core->port, .clients = (size_t)clients, .seed = 1};
    int64_t started_us = clock_monotonic_us();
    BallotLoad *load = ballot_load_start(&load_options);
    sleep((unsigned)seconds);
    LoadFigures figures = ballot_load_stop(load);
    double took = (double)(clock_monotonic_us() - started_us) / 1e6;
    require(core_stop(core) && figures.acked > 0 && figures.refused == 0);
    printf("floor_per_s %.0f\n", (double)figures.acked / took);
    db_close(db);
}
