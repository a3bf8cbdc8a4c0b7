/* No room left on the disk while people vote: ballots are refused with a clear page, reading goes
 * on, and once there is room again voting works and nothing that was acknowledged is lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <unistd.h>

#include "base/log.h"
#include "common_text.h"
#include "features/areas/areas.h"
#include "features/home/home.h"
#include "features/polls/polls.h"
#include "platform/html/error_page.h"
#include "platform/html/out.h"
#include "platform/http/app.h"
#include "tests/support/ballot_load.h"
#include "tests/support/cut_vfs.h"
#include "tests/support/http_client.h"
#include "tests/support/test_db.h"
#include "tests/support/test_folder.h"

#define VOTERS     64
#define CLIENTS    16
#define LITTLE     (300 * 1024)
#define PATIENCE_S 20

static const Feature *const rooms[] = {&areas_feature, &polls_feature, &home_feature};

typedef struct Hall {
    Arena *arena;
    const char *folder;
    CutVfs *vfs;
    Clock clock;
    App app;
    Server *server;
    int port;
    BallotWorld *world;
} Hall;

static int hall_open(void **state)
{
    Hall *hall = calloc(1, sizeof(*hall));
    hall->arena = arena_create(1u << 28);
    hall->folder = test_folder_make(hall->arena);
    hall->vfs = cut_vfs_install(hall->folder);
    test_ok(secret_create(hall->arena, hall->folder));
    hall->app = (App){.clock = &hall->clock,
                      .features = rooms,
                      .n_features = countof(rooms),
                      .keys_directory = hall->folder,
                      .hasher = hasher_create(hall->arena),
                      .error_page = error_page};
    test_ok(secret_load(hall->arena, hall->folder, &hall->app.secret));
    DbOptions options = {.where = arena_printf(hall->arena, "%s/hall.db", hall->folder).data,
                         .clock = &hall->clock,
                         .may_create = true};
    test_ok(db_open(hall->arena, &options, &hall->app.db));
    test_ok(db_migrate(hall->app.db, hall->arena, NULL));
    hall->world =
        ballot_world_make(hall->arena, hall->app.db, hall->folder, &hall->app.secret, VOTERS);
    ServerOptions server = {.loops = 1, .workers = 4};
    test_ok(server_start(hall->arena, &hall->app, &server, &hall->server));
    hall->port = server_port(hall->server);
    *state = hall;
    return 0;
}

static int hall_close(void **state)
{
    Hall *hall = *state;
    cut_vfs_set_room(hall->vfs, -1);
    server_stop(hall->server);
    db_close(hall->app.db);
    test_folder_remove(hall->folder);
    arena_destroy(hall->arena);
    free(hall);
    return 0;
}

/* --- single steps -------------------------------------------------------------------------- */

static HttpAnswer vote(Hall *hall, size_t voter, unsigned choices)
{
    int fd = client_connect(hall->port);
    Str request = ballot_request(hall->arena, hall->world, voter, choices);
    client_send(fd, request.data, request.len);
    HttpAnswer answer = client_read(fd, hall->arena, true);
    close(fd);
    if (answer.status == 303) {
        ballot_world_acked(hall->world, voter, choices, (Str){0});
    }
    return answer;
}

static int read_page(Hall *hall, size_t voter, const char *page)
{
    const char *cookie = arena_printf(hall->arena, "Cookie: yz_session=%.*s\r\n",
                                      STR_ARG(hall->world->voters[voter].session))
                             .data;
    const char *path =
        arena_printf(hall->arena, "/a/%s/polls/%s%s", id_text(hall->world->area).text,
                     id_text(hall->world->poll).text, page)
            .data;
    return client_get(hall->arena, hall->port, path, cookie).status;
}

static int64_t wrong_ballots(Hall *hall, int64_t *out_stored)
{
    Snapshot *snapshot;
    test_ok(db_snapshot_begin(hall->app.db, hall->arena, &snapshot));
    BallotFindings found = ballot_world_compare(hall->world, hall->world->book, snapshot);
    db_snapshot_end(snapshot);
    *out_stored = found.stored;
    return ballot_findings_wrong(&found);
}

/* --- claims -------------------------------------------------------------------------------- */

static void a_vote_without_room_is_refused_in_clear_words(void **state)
{
    Hall *hall = *state;
    assert_int_equal(vote(hall, 0, 3).status, 303);
    cut_vfs_set_room(hall->vfs, 0);
    HttpAnswer answer = vote(hall, 1, 5);
    assert_int_equal(answer.status, 503);
    Str sentence = text_str(hall->arena, LANG_ZH, text_of(TEXT_error_storage_full));
    assert_true(sentence.len > 0 && str_contains(answer.body, sentence));
}

static void reading_goes_on_without_room(void **state)
{
    Hall *hall = *state;
    assert_int_equal(vote(hall, 0, 3).status, 303);
    cut_vfs_set_room(hall->vfs, 0);
    assert_int_equal(vote(hall, 0, 5).status, 503);
    assert_int_equal(read_page(hall, 0, ""), 200);
    assert_int_equal(read_page(hall, 0, "/ballot"), 200);
    assert_int_equal(read_page(hall, 0, "/receipt"), 200);
    assert_int_equal(client_get(hall->arena, hall->port, "/healthz", "").status, 200);
}

static void a_refused_change_leaves_the_earlier_ballot(void **state)
{
    Hall *hall = *state;
    int64_t stored;
    assert_int_equal(vote(hall, 0, 3).status, 303);
    cut_vfs_set_room(hall->vfs, 0);
    assert_int_equal(vote(hall, 0, 5).status, 503);
    assert_int_equal(vote(hall, 1, 5).status, 503);
    assert_int_equal(wrong_ballots(hall, &stored), 0);
    assert_int_equal(stored, 1);
}

static void voting_works_again_with_room(void **state)
{
    Hall *hall = *state;
    int64_t stored;
    cut_vfs_set_room(hall->vfs, 0);
    assert_int_equal(vote(hall, 0, 3).status, 503);
    cut_vfs_set_room(hall->vfs, -1);
    assert_int_equal(vote(hall, 0, 3).status, 303);
    assert_int_equal(wrong_ballots(hall, &stored), 0);
    assert_int_equal(stored, 1);
}

/* The room runs out in the middle of batches, and comes back under the same clients. */
static void nothing_is_lost_when_the_room_runs_out_under_load(void **state)
{
    Hall *hall = *state;
    int64_t stored;
    cut_vfs_set_room(hall->vfs, LITTLE);
    LoadOptions options = {.world = hall->world, .port = hall->port, .clients = CLIENTS, .seed = 7};
    BallotLoad *load = ballot_load_start(&options);
    for (int i = 0; i < PATIENCE_S * 10 && ballot_load_so_far(load).refused < CLIENTS; i++) {
        usleep(100000);
    }
    LoadFigures starved = ballot_load_so_far(load);
    cut_vfs_set_room(hall->vfs, -1);
    for (int i = 0;
         i < PATIENCE_S * 10 && ballot_load_so_far(load).acked <= starved.acked + CLIENTS; i++) {
        usleep(100000);
    }
    LoadFigures all = ballot_load_stop(load);
    assert_true(starved.acked > 0 && starved.refused >= CLIENTS);
    assert_int_equal(all.last_refused, 503);
    assert_true(all.acked > starved.acked + CLIENTS);
    assert_int_equal(wrong_ballots(hall, &stored), 0);
    assert_true(stored > 0);
}

int main(void)
{
    log_set_level(LOG_ERROR);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_vote_without_room_is_refused_in_clear_words, hall_open,
                                        hall_close),
        cmocka_unit_test_setup_teardown(reading_goes_on_without_room, hall_open, hall_close),
        cmocka_unit_test_setup_teardown(a_refused_change_leaves_the_earlier_ballot, hall_open,
                                        hall_close),
        cmocka_unit_test_setup_teardown(voting_works_again_with_room, hall_open, hall_close),
        cmocka_unit_test_setup_teardown(nothing_is_lost_when_the_room_runs_out_under_load,
                                        hall_open, hall_close),
    };
    return cmocka_run_group_tests_name("disk_full", tests, NULL, NULL);
}
