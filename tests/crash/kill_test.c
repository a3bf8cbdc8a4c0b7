/* kill -9 of the serving program under ballots at full speed, on both databases: after the restart
 * every acknowledged ballot is there with its last acknowledged choices, none twice, and nothing
 * that nobody sent. YZ_SEED repeats the moments, YZ_FULL=1 makes ten times as many rounds.
 * On PostgreSQL the cluster must sync, so the program starts one of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "platform/db/backup.h"
#include "tests/support/ballot_load.h"
#include "tests/support/cut_vfs.h"
#include "tests/support/server_process.h"
#include "tests/support/test_db.h"
#include "tests/support/test_folder.h"

#define ROUNDS_SQLITE   100
#define ROUNDS_POSTGRES 10
#define CLIENTS         32
#define VOTERS          320
#define MOST_LOAD_MS    350
#define STOPS           20
#define RESTART_MS      2000
#define RECEIPT_EVERY   16

typedef struct Town {
    Arena *arena;   /* of the town */
    Arena *scratch; /* of a round */
    const char *folder;
    const char *postgres; /* NULL: SQLite */
    Clock clock;
    BallotWorld *world;
} Town;

static uint64_t run_seed(void)
{
    const char *given = getenv("YZ_SEED");
    return given ? strtoull(given, NULL, 10) : 20261121;
}

static int rounds_wanted(int ordinary)
{
    const char *full = getenv("YZ_FULL");
    return full && *full == '1' ? ordinary * 10 : ordinary;
}

static const char *in_folder(Town *town, Arena *arena, const char *name)
{
    return arena_printf(arena, "%s/%s", town->folder, name).data;
}

static void open_database(Town *town, Arena *arena, const char *where, Db **out)
{
    DbOptions options = {.where = where, .clock = &town->clock, .readers = 1, .writers = 1};
    test_ok(db_open(arena, &options, out));
}

static void town_make(Town *town, DbKind kind)
{
    *town = (Town){.arena = arena_create(1u << 28), .scratch = arena_create(1u << 28)};
    town->folder = test_folder_make(town->arena);
    town->postgres = kind == DB_POSTGRES ? test_db_place(town->arena, kind) : NULL;
    installation_make(
        town->arena, town->folder,
        town->postgres ? arena_printf(town->arena, "[database]\nwhere = %s\n", town->postgres).data
                       : NULL);
    Secret secret;
    const char *keys = in_folder(town, town->arena, "keys");
    test_ok(secret_load(town->arena, keys, &secret));
    Db *db;
    const char *file = in_folder(town, town->arena, "yuanzhuo.db");
    open_database(town, town->arena, town->postgres ? town->postgres : file, &db);
    town->world = ballot_world_make(town->arena, db, keys, &secret, VOTERS);
    db_close(db);
}

static void town_end(Town *town)
{
    if (town->postgres) {
        test_db_remove_place(town->arena, town->postgres);
    }
    test_folder_remove(town->folder);
    arena_destroy(town->scratch);
    arena_destroy(town->arena);
}

/* --- a round ------------------------------------------------------------------------------- */

/* SQLite: a copy made beside the serving program, which owns the file. */
static const char *database_to_read(Town *town)
{
    if (town->postgres) {
        /* A commit that was asked for just before the kill may still be on its way. */
        usleep(300000);
        return town->postgres;
    }
    const char *copy = in_folder(town, town->scratch, "copy.db");
    unlink(copy);
    test_ok(db_backup_file(town->scratch, in_folder(town, town->scratch, "yuanzhuo.db"), copy));
    return copy;
}

static void check_ballots(Town *town, int round)
{
    Db *db;
    Snapshot *snapshot;
    const char *where = database_to_read(town);
    open_database(town, town->scratch, where, &db);
    test_ok(db_snapshot_begin(db, town->scratch, &snapshot));
    BallotFindings found = ballot_world_compare(town->world, town->world->book, snapshot);
    db_snapshot_end(snapshot);
    db_close(db);
    if (ballot_findings_wrong(&found) > 0) {
        fail_msg("round %d: lost %ld, altered %ld, twice %ld, foreign %ld, receipts %ld", round,
                 (long)found.lost, (long)found.altered, (long)found.twice, (long)found.foreign,
                 (long)found.receipts);
    }
    assert_true(town->postgres || sqlite_file_is_whole(where));
}

typedef struct Record {
    int64_t acked;
    int slowest_start_ms;
} Record;

/* Starts what the last kill left, checks it, puts it under load and kills it. */
static void round_run(Town *town, int round, Seeded *seeded, Record *record)
{
    arena_reset(town->scratch);
    ServerProcess server = server_process_start(town->scratch, town->folder);
    if (server.first_answer_ms > record->slowest_start_ms) {
        record->slowest_start_ms = server.first_answer_ms;
    }
    check_ballots(town, round);
    LoadOptions options = {.world = town->world,
                           .port = server.port,
                           .clients = CLIENTS,
                           .seed = seeded_next(seeded),
                           .receipt_every = RECEIPT_EVERY};
    BallotLoad *load = ballot_load_start(&options);
    usleep((useconds_t)(seeded_below(seeded, MOST_LOAD_MS) * 1000));
    server_process_kill(&server);
    LoadFigures figures = ballot_load_stop(load);
    record->acked += figures.acked;
    assert_int_equal(figures.refused, 0);
}

static void kill_again_and_again(DbKind kind, int rounds)
{
    Town town;
    Record record = {0};
    Seeded seeded = {run_seed()};
    town_make(&town, kind);
    for (int i = 0; i < rounds; i++) {
        round_run(&town, i, &seeded, &record);
    }
    ServerProcess last = server_process_start(town.scratch, town.folder);
    check_ballots(&town, rounds);
    assert_int_equal(server_process_stop(&last), 0);
    print_message("YZ_SEED=%llu: %d kills, %ld ballots acknowledged, slowest first answer %d ms\n",
                  (unsigned long long)run_seed(), rounds, (long)record.acked,
                  record.slowest_start_ms);
    assert_true(record.acked > rounds);
    assert_true(record.slowest_start_ms <= RESTART_MS);
    town_end(&town);
}

static void every_acknowledged_ballot_survives_kills_on_sqlite(void **state)
{
    (void)state;
    kill_again_and_again(DB_SQLITE, rounds_wanted(ROUNDS_SQLITE));
}

static void every_acknowledged_ballot_survives_kills_on_postgres(void **state)
{
    (void)state;
    kill_again_and_again(DB_POSTGRES, rounds_wanted(ROUNDS_POSTGRES));
}

/* The signal finds the thread that waits for it, however early it comes. */
static void a_stop_right_after_the_start_is_polite(void **state)
{
    (void)state;
    Town town;
    town_make(&town, DB_SQLITE);
    for (int i = 0; i < STOPS; i++) {
        ServerProcess server = server_process_start(town.scratch, town.folder);
        assert_int_equal(server_process_stop(&server), 0);
    }
    town_end(&town);
}

/* Runs this program again under a cluster that syncs. */
static void require_syncing_cluster(char **arguments)
{
    const char *sync = getenv("YZ_PG_FSYNC");
    const char *root = getenv("YZ_ROOT");
    if (sync && *sync == '1') {
        return;
    }
    static char script[4096];
    snprintf(script, sizeof(script), "%s/tests/support/with_postgres.sh", root ? root : ".");
    setenv("YZ_PG_FSYNC", "1", 1);
    char *const again[] = {script, arguments[0], NULL};
    execv(script, again);
    panic("%s cannot be run", script);
}

int main(int argc, char **argv)
{
    (void)argc;
    require_syncing_cluster(argv);
    log_set_level(LOG_ERROR);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stop_right_after_the_start_is_polite),
        cmocka_unit_test(every_acknowledged_ballot_survives_kills_on_sqlite),
        cmocka_unit_test(every_acknowledged_ballot_survives_kills_on_postgres),
    };
    return cmocka_run_group_tests_name("kill", tests, NULL, NULL);
}
