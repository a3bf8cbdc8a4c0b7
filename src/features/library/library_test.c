/* The project library over areas, and what residents want, on both databases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "features/areas/areas.h"
#include "features/library/library.h"
#include "features/proposals/proposals.h"
#include "library_sql.h"
#include "test_both.h"
#include "test_db.h"
#include "test_feature.h"

#define WORKER INT64_C(3001)
#define LIN    INT64_C(4001)
#define MAO    INT64_C(4002)

typedef struct Fixture {
    Arena *arena;
    Db *db;
    int64_t district, here, elsewhere;
} Fixture;

static Error *make_areas(Tx *tx, const void *input, Instant now, void *output)
{
    Fixture *f = output;
    (void)input;
    (void)now;
    AreaNew district = {.kind = AREA_DISTRICT, .name = STR("圆桌区")};
    Error *err = areas_create(tx, &district, &f->district);
    AreaNew here = {.parent = f->district, .kind = AREA_COMMUNITY, .name = STR("桂竹社区")};
    AreaNew elsewhere = {.parent = f->district, .kind = AREA_COMMUNITY, .name = STR("云杉社区")};
    if (!err) {
        err = areas_create(tx, &here, &f->here);
    }
    return err ? err : areas_create(tx, &elsewhere, &f->elsewhere);
}

static int set_up(void **state, DbKind kind)
{
    Arena *arena = arena_create(64u << 20);
    Fixture *f = arena_new(arena, Fixture);
    Fixture made = {0};
    test_db_open(arena, kind, &f->db);
    test_ok(db_write(f->db, arena, make_areas, NULL, &made, sizeof(made)));
    made.arena = arena;
    made.db = f->db;
    *f = made;
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *f = *state;
    test_db_close(f->db);
    arena_destroy(f->arena);
    return 0;
}

/* --- steps ------------------------------------------------------------------- */

static EntryFact haircuts(void)
{
    return (EntryFact){.title = STR("老人理发上门"),
                       .kind = PROPOSAL_SERVICE,
                       .scope = STR("每月一次，到家里理发，自带工具。"),
                       .provider = STR("圆桌社工站"),
                       .price = {200000},
                       .unit = STR("场"),
                       .basis = STR("去年三场的平均价")};
}

static int64_t added(Fixture *f, int64_t area)
{
    int64_t id = 0;
    NewEntry new = {.area = area, .actor = WORKER, .fact = haircuts()};
    test_ok(db_write(f->db, f->arena, library_add, &new, &id, sizeof(id)));
    return id;
}

static Error *try_edit(Fixture *f, int64_t area, int64_t id, int64_t version)
{
    EntryEdit edit = {area, id, WORKER, version, haircuts()};
    edit.fact.title = STR("老人理发和修脚上门");
    return db_write(f->db, f->arena, library_edit, &edit, NULL, 0);
}

static Error *try_end(Fixture *f, int64_t id, int64_t version)
{
    EntryEnd end = {f->here, id, WORKER, version, STR("社工站今年不做了")};
    return db_write(f->db, f->arena, library_end, &end, NULL, 0);
}

static Error *try_pick(Fixture *f, int64_t area, int64_t id, int64_t person, bool is_wanted)
{
    EntryPick pick = {area, id, person, is_wanted};
    return db_write(f->db, f->arena, library_pick, &pick, NULL, 0);
}

static Error *try_see(Fixture *f, int64_t area, int64_t id, LibrarySeenRow *row)
{
    Snapshot *snapshot;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    Error *err = sql_library_seen(snapshot, area, id, LIN, row);
    db_snapshot_end(snapshot);
    return err;
}

static LibrarySeenRow seen(Fixture *f, int64_t area, int64_t id)
{
    LibrarySeenRow row;
    test_ok(try_see(f, area, id, &row));
    return row;
}

static size_t n_offered(Fixture *f, int64_t area, const char *pattern)
{
    Snapshot *snapshot;
    LibraryListRows rows;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_library_list(snapshot, area, str_from(pattern), INT64_MAX, 30, &rows));
    db_snapshot_end(snapshot);
    return rows.count;
}

/* --- entries ----------------------------------------------------------------- */

static void what_the_district_offers_is_offered_in_every_community(void **state)
{
    Fixture *f = *state;
    int64_t id = added(f, f->district);
    assert_int_equal(n_offered(f, f->here, "%"), 1);
    assert_int_equal(n_offered(f, f->elsewhere, "%理发%"), 1);
    assert_int_equal(n_offered(f, f->here, "%路灯%"), 0);
    assert_true(str_eq(seen(f, f->here, id).area_name, STR("圆桌区")));
}

static void what_a_community_offers_stays_there(void **state)
{
    Fixture *f = *state;
    LibrarySeenRow row;
    int64_t id = added(f, f->here);
    assert_int_equal(n_offered(f, f->elsewhere, "%"), 0);
    test_error(try_see(f, f->elsewhere, id, &row), ERROR_NOT_FOUND);
    test_error(try_edit(f, f->elsewhere, id, 1), ERROR_NOT_FOUND);
}

static void of_two_changes_one_wins(void **state)
{
    Fixture *f = *state;
    int64_t id = added(f, f->here);
    test_ok(try_edit(f, f->here, id, 1));
    test_error(try_edit(f, f->here, id, 1), ERROR_VERSION_CONFLICT);
    assert_true(str_eq(seen(f, f->here, id).title, STR("老人理发和修脚上门")));
}

static void what_is_taken_out_stays_to_be_read_and_is_offered_no_more(void **state)
{
    Fixture *f = *state;
    int64_t id = added(f, f->here);
    test_ok(try_pick(f, f->here, id, LIN, true));
    test_ok(try_end(f, id, 1));
    assert_int_equal(n_offered(f, f->here, "%"), 0);
    assert_true(str_eq(seen(f, f->here, id).end_reason, STR("社工站今年不做了")));
    test_error(try_pick(f, f->here, id, MAO, true), ERROR_NOT_FOUND);
    test_ok(try_pick(f, f->here, id, LIN, false));
    test_error(try_edit(f, f->here, id, 2), ERROR_NOT_FOUND);
}

static void an_entry_of_no_finished_project_is_refused(void **state)
{
    Fixture *f = *state;
    int64_t id = 0;
    NewEntry new = {.area = f->here, .actor = WORKER, .project = 77, .fact = haircuts()};
    test_error(db_write(f->db, f->arena, library_add, &new, &id, sizeof(id)), ERROR_NOT_FOUND);
    assert_int_equal(n_offered(f, f->here, "%"), 0);
}

/* --- wanting ----------------------------------------------------------------- */

static void a_resident_counts_once(void **state)
{
    Fixture *f = *state;
    int64_t id = added(f, f->district);
    test_ok(try_pick(f, f->here, id, LIN, true));
    test_ok(try_pick(f, f->here, id, LIN, true));
    test_ok(try_pick(f, f->here, id, MAO, true));
    assert_int_equal(seen(f, f->here, id).n, 2);
    assert_int_equal(seen(f, f->here, id).mine, 1);
    test_ok(try_pick(f, f->here, id, LIN, false));
    assert_int_equal(seen(f, f->here, id).n, 1);
    assert_int_equal(seen(f, f->here, id).mine, 0);
}

static void each_community_counts_its_own(void **state)
{
    Fixture *f = *state;
    int64_t id = added(f, f->district);
    test_ok(try_pick(f, f->elsewhere, id, MAO, true));
    assert_int_equal(seen(f, f->here, id).n, 0);
    assert_int_equal(seen(f, f->elsewhere, id).n, 1);
}

static Error *erase(Tx *tx, const void *input, Instant now, void *output)
{
    (void)output;
    return library_feature.erase_person(tx, *(const int64_t *)input, now);
}

static void who_is_erased_wants_nothing_any_more(void **state)
{
    Fixture *f = *state;
    int64_t person = LIN;
    int64_t id = added(f, f->here);
    test_ok(try_pick(f, f->here, id, LIN, true));
    test_ok(db_write(f->db, f->arena, erase, &person, NULL, 0));
    assert_int_equal(seen(f, f->here, id).n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(what_the_district_offers_is_offered_in_every_community),
        ON_BOTH(what_a_community_offers_stays_there),
        ON_BOTH(of_two_changes_one_wins),
        ON_BOTH(what_is_taken_out_stays_to_be_read_and_is_offered_no_more),
        ON_BOTH(an_entry_of_no_finished_project_is_refused),
        ON_BOTH(a_resident_counts_once),
        ON_BOTH(each_community_counts_its_own),
        ON_BOTH(who_is_erased_wants_nothing_any_more),
    };
    return cmocka_run_group_tests_name("library", tests, NULL, NULL);
}
