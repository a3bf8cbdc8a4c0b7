#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <semaphore.h>
#include <unistd.h>

#include "contract_sql.h"
#include "db_cases.h"

#define ARENA_BYTES (64u << 20)

static int set_up(void **state)
{
    Fixture *fixture = *state;
    fixture->arena = arena_create(ARENA_BYTES);
    test_db_open(fixture->arena, fixture->kind, &fixture->db);
    return 0;
}

static int tear_down(void **state)
{
    Fixture *fixture = *state;
    test_db_close(fixture->db);
    arena_destroy(fixture->arena);
    return 0;
}

int db_cases_run(const DbCase *cases, size_t count)
{
    static Fixture fixtures[] = {{.kind = DB_SQLITE}, {.kind = DB_POSTGRES}};
    struct CMUnitTest tests[64];
    char names[64][120];
    require(2 * count <= countof(tests));
    for (size_t i = 0; i < 2 * count; i++) {
        Fixture *fixture = &fixtures[i % 2];
        snprintf(names[i], sizeof(names[i]), "%s_on_%s", cases[i / 2].name,
                 test_db_name(fixture->kind));
        tests[i] = (struct CMUnitTest){names[i], cases[i / 2].run, set_up, tear_down, fixture};
    }
    return _cmocka_run_group_tests("both databases", tests, 2 * count, NULL, NULL);
}

/* --- use cases ----------------------------------------------------------------------------- */

Error *put(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    (void)output;
    const Put *in = input;
    Error *err = sql_contract_put(tx, AREA, in->key, in->value, NULL);
    if (!err && in->fails_after) {
        err = error_make(tx_arena(tx), ERROR_BAD_REQUEST, "as asked");
    }
    return err;
}

Error *write_put(Fixture *fixture, Put in)
{
    return db_write(fixture->db, fixture->arena, put, &in, NULL, 0);
}

/* The value of a key, or "" with *out_found false, in a new read view. */
static Str read_value(Fixture *fixture, Str key, bool *out_found)
{
    Snapshot *snapshot = NULL;
    ContractFindRow row;
    test_ok(db_snapshot_begin(fixture->db, fixture->arena, &snapshot));
    test_ok(sql_contract_find(snapshot, AREA, key, &row, out_found));
    db_snapshot_end(snapshot);
    return row.value;
}

bool has_key(Fixture *fixture, Str key)
{
    bool found = false;
    read_value(fixture, key, &found);
    return found;
}

void assert_value(Fixture *fixture, Str key, Str expected)
{
    bool found = false;
    Str value = read_value(fixture, key, &found);
    assert_true(found);
    assert_true(str_eq(value, expected));
}

void assert_absent(Fixture *fixture, Str key)
{
    bool found = true;
    read_value(fixture, key, &found);
    assert_false(found);
}

Error *put_pair(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    (void)output;
    const Put *in = input;
    Error *err = sql_contract_put(tx, AREA, in->key, STR("1"), NULL);
    return err ? err : sql_contract_put(tx, AREA + 1, in->key, STR("2"), NULL);
}

Error *write_pair(Fixture *fixture, Str key)
{
    Put in = {.key = key};
    return db_write(fixture->db, fixture->arena, put_pair, &in, NULL, 0);
}

int rows_in(Fixture *fixture, int64_t area)
{
    Snapshot *snapshot = NULL;
    ContractListRows list;
    test_ok(db_snapshot_begin(fixture->db, fixture->arena, &snapshot));
    test_ok(sql_contract_list(snapshot, area, &list));
    db_snapshot_end(snapshot);
    return (int)list.count;
}

/* --- members of a batch -------------------------------------------------------------------- */

static void count_done(WriteJob *job)
{
    Members *members = job->user;
    atomic_fetch_add(&members->done, 1);
}

void members_init(Members *members, Arena *arena)
{
    *members = (Members){.done = 0};
    for (int i = 0; i < MEMBERS; i++) {
        members->puts[i] = (Put){.key = arena_printf(arena, "k%02d", i), .value = STR("v")};
        members->jobs[i] = (WriteJob){.run = put,
                                      .input = &members->puts[i],
                                      .arena = arena_create(16u << 20),
                                      .done = count_done,
                                      .user = members};
    }
}

/* Only a test may wait in a use case. */
static Error *wait_for_gate(Tx *tx, const void *input, Instant now, void *output)
{
    (void)tx;
    (void)now;
    (void)output;
    sem_t *const *gate = input;
    sem_wait(*gate);
    sem_post(*gate); /* it may run again */
    return NULL;
}

void members_run(Members *members, Fixture *fixture)
{
    sem_t semaphore;
    sem_t *gate = &semaphore;
    sem_init(gate, 0, 0);
    WriteJob first = {.run = wait_for_gate,
                      .input = &gate,
                      .arena = arena_create(1u << 20),
                      .done = count_done,
                      .user = members};
    db_submit(fixture->db, &first);
    for (int i = 0; i < MEMBERS; i++) {
        db_submit(fixture->db, &members->jobs[i]);
    }
    sem_post(gate);
    while (atomic_load(&members->done) < MEMBERS + 1) {
        usleep(500);
    }
    sem_destroy(gate);
    arena_destroy(first.arena);
}

void members_free(Members *members)
{
    for (int i = 0; i < MEMBERS; i++) {
        arena_destroy(members->jobs[i].arena);
    }
}
