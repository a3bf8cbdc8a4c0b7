/* The whole demonstration: a community in each of the ten stages and one that a council decides
 * for, the same on both databases and on any weekday. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <sodium.h>

#include "demo_check_sql.h"
#include "features/decisions/decisions.h"
#include "features/delivery/delivery.h"
#include "features/demo/demo.h"
#include "features/documents/documents.h"
#include "features/estimates/estimates.h"
#include "features/filing/filing.h"
#include "features/launch/launch.h"
#include "features/pledges/pledges.h"
#include "features/polls/polls.h"
#include "features/programmes/programmes.h"
#include "features/proposals/proposals.h"
#include "features/publicity/publicity.h"
#include "features/ratings/ratings.h"
#include "features/replies/replies.h"
#include "features/shortlist/shortlist.h"
#include "test_db.h"
#include "test_folder.h"

#define DAY_MS     INT64_C(86400000)
#define TEN        10
#define OF_COUNCIL 7 /* the stage of the community a council decides for */

static const Feature *const rooms[] = {
    &programmes_feature, &documents_feature, &launch_feature,    &proposals_feature,
    &estimates_feature,  &pledges_feature,   &shortlist_feature, &polls_feature,
    &decisions_feature,  &filing_feature,    &publicity_feature, &replies_feature,
    &delivery_feature,   &ratings_feature,
};

typedef struct Filled {
    Arena *arena;
    const char *keys;
    App app;
    DemoSeats seats;
} Filled;

/* On a day that is so many after today. */
static Filled fill(DbKind kind, int days)
{
    Filled filled = {.arena = arena_create(512u << 20)};
    const char *root = getenv("YZ_ROOT");
    const char *data = arena_printf(filled.arena, "%s/data/demo", root ? root : ".").data;
    App *app = &filled.app;
    require(sodium_init() >= 0);
    filled.keys = test_folder_make(filled.arena);
    test_db_open(filled.arena, kind, &app->db);
    app->clock = test_db_clock(app->db);
    app->features = rooms;
    app->n_features = countof(rooms);
    app->keys_directory = filled.keys;
    app->hasher = hasher_create(filled.arena);
    memset(&app->secret, 7, sizeof(app->secret));
    atomic_store(&app->clock->offset_ms, days * DAY_MS);
    test_ok(demo_fill(app, filled.arena, data, DEMO_WHOLE, &filled.seats));
    return filled;
}

static void empty(Filled *filled)
{
    test_db_close(filled->app.db);
    test_folder_remove(filled->keys);
    arena_destroy(filled->arena);
}

static DemoCheckRoundsRows rounds_of(Filled *filled)
{
    Snapshot *snapshot;
    DemoCheckRoundsRows rounds;
    test_ok(db_snapshot_begin(filled->app.db, filled->arena, &snapshot));
    test_ok(sql_demo_check_rounds(snapshot, &rounds));
    db_snapshot_end(snapshot);
    return rounds;
}

static void check_stages(Filled *filled)
{
    DemoCheckRoundsRows rounds = rounds_of(filled);
    int standing[TEN + 1] = {0};
    int by_council = 0;
    for (size_t i = 0; i < rounds.count; i++) {
        const DemoCheckRoundsRow *row = &rounds.rows[i];
        assert_int_equal(row->state, STAGE_OPEN);
        assert_in_range(row->stage_no, 1, TEN);
        standing[row->stage_no]++;
        by_council += row->stage_no == OF_COUNCIL && str_contains(row->title, STR("民生微实事"));
    }
    for (int no = 1; no <= TEN; no++) {
        assert_true(standing[no] >= 1);
    }
    assert_int_equal(by_council, 1);
    assert_int_equal(rounds.count, TEN + 2); /* the first community has an older round */
}

static void a_community_stands_in_each_of_the_ten_stages(void **state)
{
    Filled filled = fill(*(DbKind *)*state, 0);
    check_stages(&filled);
    empty(&filled);
}

/* Weekends fall elsewhere; days_of() of a stage in working days must hold for all. */
static void it_is_filled_on_other_weekdays(void **state)
{
    (void)state;
    const int days[] = {1, 3, 5};
    for (size_t i = 0; i < countof(days); i++) {
        Filled filled = fill(DB_SQLITE, days[i]);
        check_stages(&filled);
        empty(&filled);
    }
}

int main(void)
{
    static DbKind sqlite = DB_SQLITE;
    static DbKind postgres = DB_POSTGRES;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(a_community_stands_in_each_of_the_ten_stages, &sqlite),
        cmocka_unit_test_prestate(a_community_stands_in_each_of_the_ten_stages, &postgres),
        cmocka_unit_test(it_is_filled_on_other_weekdays),
    };
    return cmocka_run_group_tests_name("demo_whole", tests, NULL, NULL);
}
