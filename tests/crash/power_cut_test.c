/* Power cuts under ballots: whatever was acknowledged is there. The writer, its batches and the
 * checkpoints are the program's own; the disk is cut_vfs.h. YZ_SEED repeats a run's choices,
 * YZ_FULL=1 makes ten times as many cuts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdatomic.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "tests/support/ballot_world.h"
#include "tests/support/cut_vfs.h"
#include "tests/support/test_db.h"

#define CLIENTS           16
#define VOTERS            160
#define CUTS              500
#define CUTS_WITHOUT_SYNC 20
#define MOST_WRITES       120 /* between two cuts */

typedef struct Plant {
    Arena *arena;
    const char *folder; /* of the database */
    const char *images;
    const char *where;
    const char *image; /* the database as it is after a cut */
    CutVfs *vfs;
    Clock clock;
    Db *db;
    BallotWorld *world;
    Promise *book_at_cut;
    _Atomic bool is_over;
} Plant;

typedef struct Client {
    Plant *plant;
    pthread_t thread;
    size_t number;
    uint64_t seed;
} Client;

static uint64_t run_seed(void)
{
    const char *given = getenv("YZ_SEED");
    return given ? strtoull(given, NULL, 10) : 20261121;
}

static int cuts_wanted(int ordinary)
{
    const char *full = getenv("YZ_FULL");
    return full && *full == '1' ? ordinary * 10 : ordinary;
}

/* --- a database on the disk that can be cut ------------------------------------------------ */

static void open_database(Plant *plant, const char *where, bool no_sync, Db **out)
{
    DbOptions options = {.where = where,
                         .clock = &plant->clock,
                         .readers = 1,
                         .may_create = true,
                         .unsafe_no_sync = no_sync};
    test_ok(db_open(plant->arena, &options, out));
}

static const char *folder_of(Arena *arena, const char *path)
{
    return arena_str(arena, str_from_bytes(path, strlen(path) - strlen("/test.db"))).data;
}

static Plant *plant_start(bool no_sync)
{
    Plant *plant = calloc(1, sizeof(*plant));
    plant->arena = arena_create((size_t)1 << 30);
    plant->where = test_db_place(plant->arena, DB_SQLITE);
    plant->folder = folder_of(plant->arena, plant->where);
    plant->image = test_db_place(plant->arena, DB_SQLITE);
    plant->images = folder_of(plant->arena, plant->image);
    plant->vfs = cut_vfs_install(plant->folder);
    open_database(plant, plant->where, no_sync, &plant->db);
    test_ok(db_migrate(plant->db, plant->arena, NULL));
    Secret secret = {{5}};
    plant->world = ballot_world_make(plant->arena, plant->db, plant->folder, &secret, VOTERS);
    cut_vfs_settle(plant->vfs);
    return plant;
}

static void plant_end(Plant *plant)
{
    db_close(plant->db);
    test_db_remove_place(plant->arena, plant->where);
    test_db_remove_place(plant->arena, plant->image);
    arena_destroy(plant->arena);
    free(plant);
}

/* --- ballots at full speed ----------------------------------------------------------------- */

static void *client_main(void *argument)
{
    Client *client = argument;
    Plant *plant = client->plant;
    Seeded seeded = {client->seed};
    Arena *arena = arena_create(1u << 26);
    while (!plant->is_over) {
        size_t voter = client->number + CLIENTS * seeded_below(&seeded, VOTERS / CLIENTS);
        test_ok(ballot_world_cast(plant->world, plant->db, arena, voter,
                                  ballot_world_choices(&seeded)));
        arena_reset(arena);
    }
    arena_destroy(arena);
    return NULL;
}

static void clients_start(Plant *plant, Client *clients, Seeded *seeded)
{
    for (size_t i = 0; i < CLIENTS; i++) {
        clients[i] = (Client){.plant = plant, .number = i, .seed = seeded_next(seeded)};
        require(pthread_create(&clients[i].thread, NULL, client_main, &clients[i]) == 0);
    }
}

static void clients_stop(Plant *plant, Client *clients)
{
    plant->is_over = true;
    for (size_t i = 0; i < CLIENTS; i++) {
        pthread_join(clients[i].thread, NULL);
    }
}

/* --- a cut --------------------------------------------------------------------------------- */

static void take_book(void *user)
{
    Plant *plant = user;
    plant->book_at_cut = ballot_world_book(plant->world);
}

/* What is wrong with the image: ballots, or 1 when it cannot even be opened. */
static int64_t look_at_image(Plant *plant, const char *path, BallotFindings *out)
{
    Arena *arena = arena_create(1u << 26);
    DbOptions options = {.where = path, .clock = &plant->clock, .readers = 1};
    Db *db = NULL;
    Snapshot *snapshot = NULL;
    *out = (BallotFindings){0};
    Error *err = db_open(arena, &options, &db);
    if (!err) {
        err = db_snapshot_begin(db, arena, &snapshot);
    }
    if (!err) {
        *out = ballot_world_compare(plant->world, plant->book_at_cut, snapshot);
        db_snapshot_end(snapshot);
    }
    if (db) {
        db_close(db);
    }
    arena_destroy(arena);
    return err || !sqlite_file_is_whole(path) ? 1 : ballot_findings_wrong(out);
}

static int64_t cut_once(Plant *plant, Seeded *seeded, BallotFindings *out)
{
    CutPlan plan = {.after = 1 + (int64_t)seeded_below(seeded, MOST_WRITES),
                    .mode = (CutMode)seeded_below(seeded, CUT_MODES),
                    .seed = seeded_next(seeded),
                    .to_folder = plant->images,
                    .at_cut = take_book,
                    .user = plant};
    cut_vfs_arm(plant->vfs, &plan);
    require(cut_vfs_wait(plant->vfs));
    int64_t wrong = look_at_image(plant, plant->image, out);
    free(plant->book_at_cut);
    plant->book_at_cut = NULL;
    return wrong;
}

/* Runs cuts; returns how many images were wrong. */
static int cut_many(Plant *plant, int cuts, bool until_wrong, int64_t *out_stored)
{
    Seeded seeded = {run_seed()};
    Client clients[CLIENTS];
    int n_wrong = 0;
    clients_start(plant, clients, &seeded);
    for (int i = 0; i < cuts && !(until_wrong && n_wrong > 0); i++) {
        BallotFindings found;
        if (cut_once(plant, &seeded, &found) > 0) {
            n_wrong++;
            print_message("cut %d: lost %ld, altered %ld, twice %ld, foreign %ld, receipts %ld\n",
                          i, (long)found.lost, (long)found.altered, (long)found.twice,
                          (long)found.foreign, (long)found.receipts);
        }
        *out_stored += found.stored;
    }
    clients_stop(plant, clients);
    return n_wrong;
}

static void every_acknowledged_ballot_survives_power_cuts(void **state)
{
    (void)state;
    Plant *plant = plant_start(false);
    int64_t stored = 0;
    print_message("YZ_SEED=%llu\n", (unsigned long long)run_seed());
    assert_int_equal(cut_many(plant, cuts_wanted(CUTS), false, &stored), 0);
    assert_true(stored > VOTERS);
    assert_true(db_status(plant->db).largest_batch > 1);
    plant_end(plant);
}

/* The harness can tell: with synchronous=OFF acknowledged ballots are gone after a cut. */
static void without_sync_the_loss_is_seen(void **state)
{
    (void)state;
    Plant *plant = plant_start(true);
    int64_t stored = 0;
    assert_true(cut_many(plant, CUTS_WITHOUT_SYNC, true, &stored) > 0);
    plant_end(plant);
}

int main(void)
{
    log_set_level(LOG_ERROR);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_acknowledged_ballot_survives_power_cuts),
        cmocka_unit_test(without_sync_the_loss_is_seen),
    };
    return cmocka_run_group_tests_name("power_cut", tests, NULL, NULL);
}
