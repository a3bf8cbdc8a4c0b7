#include "tests/support/test_machinery.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "machinery_sql.h"
#include "tests/support/test_db.h"

#define MAX_CASES 40

static Error *seed(Tx *tx, const void *input, Instant now, void *output)
{
    (void)input;
    (void)output;
    Date today = instant_date(now);
    test_ok(sql_machinery_area_add(tx, CITY, 0, STR("市"), NULL));
    test_ok(sql_machinery_area_add(tx, COMMUNITY, CITY, STR("社区"), NULL));
    test_ok(sql_machinery_area_add(tx, ELSEWHERE, CITY, STR("别处"), NULL));
    test_ok(sql_machinery_person_add(tx, LIN, STR("林小红"), NULL));
    test_ok(sql_machinery_person_add(tx, WANG, STR("王强"), NULL));
    test_ok(sql_machinery_resident_add(tx, COMMUNITY, LIN, NULL));
    test_ok(sql_machinery_grant_add(tx, 21, WANG, ROLE_COMMUNITY_WORKER, COMMUNITY, today, today,
                                    NULL));
    return NULL;
}

int machinery_set_up(void **state)
{
    Machinery *fixture = *state;
    fixture->arena = arena_create(256u << 20);
    fixture->app = (App){.hasher = hasher_create(fixture->arena), .secret = {{7}}};
    test_db_open(fixture->arena, fixture->kind, &fixture->app.db);
    fixture->app.clock = test_db_clock(fixture->app.db);
    test_ok(db_write(fixture->app.db, fixture->arena, seed, NULL, NULL, 0));
    return 0;
}

int machinery_tear_down(void **state)
{
    Machinery *fixture = *state;
    test_db_close(fixture->app.db);
    arena_destroy(fixture->arena);
    return 0;
}

void machinery_move_clock(Machinery *fixture, int64_t ms)
{
    atomic_fetch_add(&fixture->app.clock->offset_ms, ms);
}

Snapshot *machinery_look(Machinery *fixture)
{
    Snapshot *snapshot = NULL;
    test_ok(db_snapshot_begin(fixture->app.db, fixture->arena, &snapshot));
    return snapshot;
}

/* Runs a use case that must succeed. */
void machinery_run(Machinery *fixture, UseCase *use_case, const void *input, void *output,
                   size_t size)
{
    test_ok(db_write(fixture->app.db, fixture->arena, use_case, input, output, size));
}

int machinery_run_cases(const MachineryCase *cases, size_t n)
{
    static Machinery fixtures[] = {{.kind = DB_SQLITE}, {.kind = DB_POSTGRES}};
    struct CMUnitTest tests[2 * MAX_CASES];
    char names[2 * MAX_CASES][120];
    require(n <= MAX_CASES);
    for (size_t i = 0; i < 2 * n; i++) {
        Machinery *fixture = &fixtures[i % 2];
        snprintf(names[i], sizeof(names[i]), "%s_on_%s", cases[i / 2].name,
                 test_db_name(fixture->kind));
        tests[i] = (struct CMUnitTest){names[i], cases[i / 2].run, machinery_set_up,
                                       machinery_tear_down, fixture};
    }
    return _cmocka_run_group_tests("machinery", tests, 2 * n, NULL, NULL);
}
