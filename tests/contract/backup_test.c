/* The drill: backups of a database that is being written, put back, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include "db_cases.h"
#include "platform/db/backup.h"

typedef struct Drill {
    Arena *arena;
    const char *place; /* the database */
    const char *copy;
    Db *db;
} Drill;

static Db *open_at(Arena *arena, const char *place)
{
    static Clock clock;
    Db *db;
    DbOptions options = {.where = place, .clock = &clock, .may_create = true};
    test_ok(db_open(arena, &options, &db));
    test_ok(db_migrate(db, arena, NULL));
    return db;
}

static int begin(void **state)
{
    Drill *drill = calloc(1, sizeof(*drill));
    drill->arena = arena_create(64u << 20);
    drill->place = test_db_place(drill->arena, DB_SQLITE);
    drill->copy = arena_printf(drill->arena, "%s.copy", drill->place).data;
    drill->db = open_at(drill->arena, drill->place);
    *state = drill;
    return 0;
}

static int end(void **state)
{
    Drill *drill = *state;
    if (drill->db) {
        db_close(drill->db);
    }
    test_db_remove_place(drill->arena, drill->place); /* the whole folder, copies too */
    arena_destroy(drill->arena);
    free(drill);
    return 0;
}

static Fixture fixture_of(Drill *drill, Db *db)
{
    return (Fixture){.kind = DB_SQLITE, .arena = drill->arena, .db = db};
}

typedef struct Writing {
    Fixture fixture;
    _Atomic bool stop;
    _Atomic int written;
} Writing;

/* Writes pairs, so that a copy which is not of one moment shows. */
static void *keep_writing(void *argument)
{
    Writing *writing = argument;
    Arena *arena = arena_create(8u << 20);
    for (int i = 0; !atomic_load(&writing->stop); i++) {
        arena_reset(arena);
        Put in = {.key = arena_printf(arena, "pair %d", i)};
        test_ok(db_write(writing->fixture.db, arena, put_pair, &in, NULL, 0));
        atomic_fetch_add(&writing->written, 1);
    }
    arena_destroy(arena);
    return NULL;
}

static void a_backup_while_writing_is_one_moment_and_holds_what_was_acknowledged(void **state)
{
    Drill *drill = *state;
    Writing writing = {.fixture = fixture_of(drill, drill->db)};
    pthread_t thread;
    require(pthread_create(&thread, NULL, keep_writing, &writing) == 0);
    for (int i = 0; i < 5; i++) {
        int before = atomic_load(&writing.written);
        test_ok(db_backup_file(drill->arena, drill->place, drill->copy));
        Fixture copy = fixture_of(drill, open_at(drill->arena, drill->copy));
        int rows = rows_in(&copy, AREA);
        assert_int_equal(rows, rows_in(&copy, AREA + 1));
        assert_true(rows >= before);
        db_close(copy.db);
        assert_int_equal(unlink(drill->copy), 0);
    }
    atomic_store(&writing.stop, true);
    pthread_join(thread, NULL);
}

static void a_backup_put_back_brings_the_old_state_and_keeps_the_new_one_beside(void **state)
{
    Drill *drill = *state;
    Fixture now = fixture_of(drill, drill->db);
    test_ok(write_put(&now, (Put){.key = STR("before"), .value = STR("v")}));
    test_ok(db_backup_file(drill->arena, drill->place, drill->copy));
    test_ok(write_put(&now, (Put){.key = STR("after"), .value = STR("v")}));
    db_close(drill->db);
    drill->db = NULL;
    test_ok(db_restore_file(drill->arena, drill->copy, drill->place));
    drill->db = open_at(drill->arena, drill->place);
    Fixture back = fixture_of(drill, drill->db);
    assert_true(has_key(&back, STR("before")));
    assert_absent(&back, STR("after"));
    const char *kept = arena_printf(drill->arena, "%s.before-restore", drill->place).data;
    Fixture old = fixture_of(drill, open_at(drill->arena, kept));
    assert_true(has_key(&old, STR("after")));
    db_close(old.db);
}

static void nothing_is_put_back_under_a_serving_process(void **state)
{
    Drill *drill = *state;
    test_ok(db_backup_file(drill->arena, drill->place, drill->copy));
    Error *err = db_restore_file(drill->arena, drill->copy, drill->place);
    assert_int_equal(err->code, ERROR_BUSY);
}

static void a_damaged_or_foreign_file_is_not_put_back(void **state)
{
    Drill *drill = *state;
    db_close(drill->db);
    drill->db = NULL;
    int fd = open(drill->copy, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    require(write(fd, "this is not a database at all", 29) == 29);
    close(fd);
    Error *err = db_restore_file(drill->arena, drill->copy, drill->place);
    assert_int_equal(err->code, ERROR_DATABASE);
    err = db_restore_file(drill->arena, "/nowhere/at.all", drill->place);
    assert_int_equal(err->code, ERROR_NOT_FOUND);
    drill->db = open_at(drill->arena, drill->place);
}

static void an_existing_file_is_never_written_over_by_a_backup(void **state)
{
    Drill *drill = *state;
    test_ok(db_backup_file(drill->arena, drill->place, drill->copy));
    Error *err = db_backup_file(drill->arena, drill->place, drill->copy);
    assert_int_equal(err->code, ERROR_ALREADY_EXISTS);
}

static void a_postgresql_address_is_told_to_use_its_own_tools(void **state)
{
    Drill *drill = *state;
    Error *err = db_backup_file(drill->arena, "postgresql://127.0.0.1/x", drill->copy);
    assert_int_equal(err->code, ERROR_CONFIGURATION);
}

#define DRILL(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DRILL(a_backup_while_writing_is_one_moment_and_holds_what_was_acknowledged),
        DRILL(a_backup_put_back_brings_the_old_state_and_keeps_the_new_one_beside),
        DRILL(nothing_is_put_back_under_a_serving_process),
        DRILL(a_damaged_or_foreign_file_is_not_put_back),
        DRILL(an_existing_file_is_never_written_over_by_a_backup),
        DRILL(a_postgresql_address_is_told_to_use_its_own_tools),
    };
    return cmocka_run_group_tests_name("backup", tests, NULL, NULL);
}
