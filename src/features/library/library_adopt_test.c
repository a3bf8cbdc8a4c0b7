/* A finished project becomes an entry, on both databases. */
#include "features/proposals/proposals_fixture.h"
#include "polls_sql.h"

#include "features/delivery/delivery_fixture.h"
#include "features/library/library.h"
#include "features/ratings/ratings_fixture.h"
#include "library_sql.h"

static Error *try_adopt(Fixture *f, int64_t project)
{
    int64_t id = 0;
    NewEntry new = {.area = AREA,
                    .actor = WORKER,
                    .project = project,
                    .fact = {.title = STR("坡道加扶手"),
                             .kind = PROPOSAL_ENGINEERING,
                             .scope = STR("坡道两边加不锈钢扶手，含安装。")}};
    return db_write(f->db, f->arena, library_add, &new, &id, sizeof(id));
}

static void only_an_accepted_project_becomes_an_entry(void **state)
{
    Fixture *f = *state;
    int64_t project = funded(f);
    test_error(try_adopt(f, project), ERROR_NOT_FOUND);
}

static void a_project_becomes_an_entry_once(void **state)
{
    Fixture *f = *state;
    int64_t project = accepted_project(f);
    test_ok(try_adopt(f, project));
    test_error(try_adopt(f, project), ERROR_ALREADY_EXISTS);
}

static void what_was_taken_out_may_come_back(void **state)
{
    Fixture *f = *state;
    int64_t project = accepted_project(f);
    test_ok(try_adopt(f, project));
    Snapshot *snapshot;
    LibraryProjectRow row;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_library_project(snapshot, AREA, project, &row));
    db_snapshot_end(snapshot);
    EntryEnd end = {AREA, row.entry, WORKER, 1, STR("今年不做了")};
    test_ok(db_write(f->db, f->arena, library_end, &end, NULL, 0));
    test_ok(try_adopt(f, project));
}

static void the_entry_is_filled_in_from_what_was_paid(void **state)
{
    Fixture *f = *state;
    Snapshot *snapshot;
    LibraryProjectRow row;
    int64_t project = accepted_project(f);
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_library_project(snapshot, AREA, project, &row));
    db_snapshot_end(snapshot);
    assert_true(str_eq(row.title, STR("坡道加扶手")));
    DeliveryProject paid = project_of(f, project);
    assert_int_equal(row.cost_fen.fen, ledger_cost(&paid.facts.money).fen);
    assert_true(row.cost_fen.fen > 0);
    assert_true(row.provider.len > 0);
    assert_int_equal(row.entry, 0);
}

static RatingOutcome outcome(Fixture *f, int64_t project)
{
    Snapshot *snapshot;
    RatingOutcome out;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(ratings_outcome(snapshot, AREA, project, &out));
    db_snapshot_end(snapshot);
    return out;
}

static void stars_follow_when_the_rating_is_closed(void **state)
{
    Fixture *f = *state;
    int64_t project = rated_project(f);
    assert_false(outcome(f, project).has_self);
    test_ok(try_assess(f, project, 0, SELF_WORDS));
    days_pass(f, 16);
    test_ok(try_close(f, 1));
    assert_true(outcome(f, project).has_self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(only_an_accepted_project_becomes_an_entry),
        ON_BOTH(a_project_becomes_an_entry_once),
        ON_BOTH(what_was_taken_out_may_come_back),
        ON_BOTH(the_entry_is_filled_in_from_what_was_paid),
        ON_BOTH(stars_follow_when_the_rating_is_closed),
    };
    return cmocka_run_group_tests_name("library_adopt", tests, NULL, NULL);
}
