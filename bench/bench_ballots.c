/* bench_ballots.c: durable ballots through HTTP against the same rows written by a bare loop. */
#include <libpq-fe.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "features/areas/areas.h"
#include "features/polls/polls.h"
#include "platform/http/app.h"
#include "tests/support/ballot_load.h"
#include "tests/support/test_db.h"

#define VOTERS_A_CLIENT 16
#define PG_WRITERS      4 /* as many as the program has */

static const Feature *const rooms[] = {&areas_feature, &polls_feature};

typedef struct Bench {
    Arena *arena;
    const char *directory;
    const char *where;
    Clock clock;
    App app;
    BallotWorld *world;
    int seconds;
} Bench;

/* --- through the program ------------------------------------------------------------------- */

static void make_world(Bench *bench, size_t voters)
{
    test_ok(secret_create(bench->arena, bench->directory));
    bench->app = (App){.clock = &bench->clock,
                       .features = rooms,
                       .n_features = countof(rooms),
                       .keys_directory = bench->directory,
                       .hasher = hasher_create(bench->arena)};
    test_ok(secret_load(bench->arena, bench->directory, &bench->app.secret));
    DbOptions options = {
        .where = bench->where, .clock = &bench->clock, .readers = 8, .may_create = true};
    test_ok(db_open(bench->arena, &options, &bench->app.db));
    test_ok(db_migrate(bench->app.db, bench->arena, NULL));
    bench->world = ballot_world_make(bench->arena, bench->app.db, bench->directory,
                                     &bench->app.secret, voters);
}

/* Returns the mean size of a batch. */
static double vote_by_http(Bench *bench, int clients)
{
    Server *server;
    ServerOptions options = {.connections_per_address = 1000};
    test_ok(server_start(bench->arena, &bench->app, &options, &server));
    LoadOptions load_options = {
        .world = bench->world, .port = server_port(server), .clients = (size_t)clients, .seed = 1};
    DbStatus before = db_status(bench->app.db);
    int64_t started_us = clock_monotonic_us();
    BallotLoad *load = ballot_load_start(&load_options);
    sleep((unsigned)bench->seconds);
    LoadFigures figures = ballot_load_stop(load);
    double seconds = (double)(clock_monotonic_us() - started_us) / 1e6;
    DbStatus after = db_status(bench->app.db);
    server_stop(server);
    require(figures.acked > 0 && figures.refused == 0);
    double batch =
        (double)(after.members - before.members) / (double)(after.batches - before.batches);
    printf("http_per_s %.0f\np50_ms %.1f\np99_ms %.1f\nbatch %.1f\n",
           (double)figures.acked / seconds, (double)figures.p50_us / 1000,
           (double)figures.p99_us / 1000, batch);
    return batch;
}

/* --- bare: SQLite -------------------------------------------------------------------------- */

#define PUT_BALLOT                                                                                 \
    "INSERT INTO ballot (area_id, poll_id, ballot_key, choices, receipt) VALUES "                  \
    "(%lld, %lld, %s, %s, %s) ON CONFLICT (area_id, poll_id, ballot_key) "                         \
    "DO UPDATE SET choices = excluded.choices"

static const char *put_statement(const Bench *bench, bool is_postgres)
{
    return arena_printf(bench->arena, PUT_BALLOT, (long long)bench->world->area,
                        (long long)bench->world->poll, is_postgres ? "$1" : "?1",
                        is_postgres ? "$2" : "?2", is_postgres ? "$3" : "?3")
        .data;
}

#define CHOICES_BYTES (WORLD_OPTIONS * 3 + 1)

/* What a voter of the load chooses, as it is stored. Each time anew: the engine writes and syncs
 * nothing for a row that stays what it is. */
static void choose(Seeded *seeded, char text[CHOICES_BYTES])
{
    unsigned choices = ballot_world_choices(seeded);
    size_t len = 0;
    text[0] = '\0';
    for (int i = 0; i < WORLD_OPTIONS; i++) {
        if (choices & (1u << i)) {
            len += (size_t)snprintf(text + len, CHOICES_BYTES - len, len > 0 ? ",%d" : "%d", i + 1);
        }
    }
}

static void put_sqlite(sqlite3_stmt *put, const BallotWorld *world, Seeded *seeded)
{
    Str key = world->voters[seeded_below(seeded, world->n_voters)].ballot_key;
    char receipt[24];
    char choices[CHOICES_BYTES];
    snprintf(receipt, sizeof(receipt), "%015llx", (unsigned long long)seeded_next(seeded) >> 4);
    choose(seeded, choices);
    sqlite3_bind_blob(put, 1, key.data, (int)key.len, SQLITE_STATIC);
    sqlite3_bind_text(put, 2, choices, -1, SQLITE_STATIC);
    sqlite3_bind_text(put, 3, receipt, -1, SQLITE_STATIC);
    require(sqlite3_step(put) == SQLITE_DONE);
    sqlite3_reset(put);
}

static double bare_sqlite(Bench *bench, int batch)
{
    sqlite3 *db;
    sqlite3_stmt *put;
    Seeded seeded = {3};
    int64_t rows = 0;
    require(sqlite3_open(bench->where, &db) == SQLITE_OK);
    require(sqlite3_exec(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL", NULL, NULL,
                         NULL) == SQLITE_OK);
    require(sqlite3_prepare_v2(db, put_statement(bench, false), -1, &put, NULL) == SQLITE_OK);
    int64_t started_us = clock_monotonic_us();
    int64_t end_us = started_us + (int64_t)bench->seconds * 1000000;
    while (clock_monotonic_us() < end_us) {
        require(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK);
        for (int i = 0; i < batch; i++) {
            put_sqlite(put, bench->world, &seeded);
        }
        require(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK);
        rows += batch;
    }
    double per_s = (double)rows * 1e6 / (double)(clock_monotonic_us() - started_us);
    sqlite3_finalize(put);
    sqlite3_close(db);
    return per_s;
}

/* --- bare: PostgreSQL ---------------------------------------------------------------------- */

typedef struct PgLoop {
    const Bench *bench;
    const char *statement;
    pthread_t thread;
    size_t number;
    int64_t rows;
} PgLoop;

static void pg_ok(PGresult *result)
{
    require(PQresultStatus(result) == PGRES_COMMAND_OK);
    PQclear(result);
}

static void *pg_main(void *argument)
{
    PgLoop *loop = argument;
    const BallotWorld *world = loop->bench->world;
    PGconn *server = PQconnectdb(loop->bench->where);
    require(PQstatus(server) == CONNECTION_OK);
    pg_ok(PQprepare(server, "put", loop->statement, 3, NULL));
    Seeded seeded = {loop->number + 1};
    int64_t end_us = clock_monotonic_us() + (int64_t)loop->bench->seconds * 1000000;
    while (clock_monotonic_us() < end_us) {
        size_t own = seeded_below(&seeded, world->n_voters / PG_WRITERS);
        Str key = world->voters[loop->number + PG_WRITERS * own].ballot_key;
        char receipt[24];
        char choices[CHOICES_BYTES];
        choose(&seeded, choices);
        snprintf(receipt, sizeof(receipt), "%015llx",
                 (unsigned long long)seeded_next(&seeded) >> 4);
        const char *values[] = {key.data, choices, receipt};
        const int lengths[] = {(int)key.len, (int)strlen(choices), 15};
        const int formats[] = {1, 0, 0};
        pg_ok(PQexec(server, "BEGIN ISOLATION LEVEL SERIALIZABLE"));
        pg_ok(PQexecPrepared(server, "put", 3, values, lengths, formats, 0));
        pg_ok(PQexec(server, "COMMIT"));
        loop->rows++;
    }
    PQfinish(server);
    return NULL;
}

static double bare_postgres(Bench *bench)
{
    PgLoop loops[PG_WRITERS];
    const char *statement = put_statement(bench, true);
    int64_t rows = 0;
    int64_t started_us = clock_monotonic_us();
    for (size_t i = 0; i < PG_WRITERS; i++) {
        loops[i] = (PgLoop){.bench = bench, .statement = statement, .number = i};
        require(pthread_create(&loops[i].thread, NULL, pg_main, &loops[i]) == 0);
    }
    for (size_t i = 0; i < PG_WRITERS; i++) {
        pthread_join(loops[i].thread, NULL);
        rows += loops[i].rows;
    }
    return (double)rows * 1e6 / (double)(clock_monotonic_us() - started_us);
}

void bench_ballots(Arena *arena, const char *directory, const char *postgres, int clients,
                   int seconds)
{
    Bench bench = {.arena = arena, .directory = directory, .seconds = seconds};
    bench.where = postgres ? test_db_place(arena, DB_POSTGRES)
                           : arena_printf(arena, "%s/ballots.db", directory).data;
    make_world(&bench, (size_t)clients * VOTERS_A_CLIENT);
    double batch = vote_by_http(&bench, clients);
    db_close(bench.app.db);
    int whole_batch = batch < 1 ? 1 : (int)(batch + 0.5);
    printf("bare_per_s %.0f\n",
           postgres ? bare_postgres(&bench) : bare_sqlite(&bench, whole_batch));
    if (postgres) {
        test_db_remove_place(arena, bench.where);
    }
}
