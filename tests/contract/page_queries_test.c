/* No page asks the database more often because there is more in it: every page of the program that
 * can be asked for here, in a small community and in a large one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots_sql.h"
#include "features/account/account.h"
#include "features/areas/areas.h"
#include "features/board/board.h"
#include "features/decisions/decisions.h"
#include "features/delivery/delivery.h"
#include "features/demo/demo.h"
#include "features/documents/documents.h"
#include "features/estimates/estimates.h"
#include "features/filing/filing.h"
#include "features/home/home.h"
#include "features/intake/intake.h"
#include "features/launch/launch.h"
#include "features/library/library.h"
#include "features/notices/notices.h"
#include "features/people/people.h"
#include "features/pledges/pledges.h"
#include "features/polls/polls.h"
#include "features/programmes/programmes.h"
#include "features/proposals/proposals.h"
#include "features/publicity/publicity.h"
#include "features/ratings/ratings.h"
#include "features/records/records.h"
#include "features/replies/replies.h"
#include "features/screening/screening.h"
#include "features/shortlist/shortlist.h"
#include "features/workbench/workbench.h"
#include "platform/html/out.h"
#include "platform/http/visit.h"
#include "tests/support/ballot_world.h"
#include "tests/support/test_db.h"
#include "tests/support/test_folder.h"

#define MANY_QUERIES   40
#define PROPOSALS_A_TX 50
#define LEAST_PAGES    20

static const Feature *const rooms[] = {
    &areas_feature,     &people_feature,    &account_feature,   &programmes_feature,
    &proposals_feature, &estimates_feature, &pledges_feature,   &intake_feature,
    &shortlist_feature, &polls_feature,     &publicity_feature, &replies_feature,
    &delivery_feature,  &ratings_feature,   &documents_feature, &decisions_feature,
    &home_feature,      &workbench_feature, &records_feature,   &demo_feature,
    &screening_feature, &filing_feature,    &launch_feature,    &board_feature,
    &notices_feature,   &library_feature,
};

typedef struct Place {
    Arena *arena;
    const char *folder;
    App app;
    BallotWorld *world;
    int64_t proposal;
} Place;

/* --- a community of any size --------------------------------------------------------------- */

typedef struct Batch {
    const BallotWorld *world;
    int from, to;
} Batch;

static Error *add_proposals(Tx *tx, const void *input, Instant now, void *output)
{
    const Batch *batch = input;
    const BallotWorld *world = batch->world;
    for (int i = batch->from; i < batch->to; i++) {
        int64_t id = tx_new_id(tx);
        Str receipt = arena_printf(tx_arena(tx), "%013d", i);
        Error *err = sql_world_proposal_insert(tx, world->area, id, STR("换路灯"), receipt,
                                               world->voters[0].person, now, NULL);
        if (err) {
            return err;
        }
        *(int64_t *)output = id;
    }
    return NULL;
}

static Error *make_secretary(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    (void)output;
    const BallotWorld *world = input;
    RoleNew role = {
        .person = world->voters[0].person, .role = ROLE_COMMUNITY_SECRETARY, .area = world->area};
    return people_grant_role(tx, &role);
}

static Place *place_make(int proposals, size_t voters)
{
    Place *place = calloc(1, sizeof(*place));
    place->arena = arena_create(1u << 28);
    place->folder = test_folder_make(place->arena);
    place->app = (App){.features = rooms,
                       .n_features = countof(rooms),
                       .keys_directory = place->folder,
                       .is_demo = true,
                       .secret = {{9}}};
    test_db_open(place->arena, DB_SQLITE, &place->app.db);
    place->app.clock = test_db_clock(place->app.db);
    place->world =
        ballot_world_make(place->arena, place->app.db, place->folder, &place->app.secret, voters);
    test_ok(db_write(place->app.db, place->arena, make_secretary, place->world, NULL, 0));
    for (int from = 0; from < proposals; from += PROPOSALS_A_TX) {
        int to = from + PROPOSALS_A_TX < proposals ? from + PROPOSALS_A_TX : proposals;
        Batch batch = {place->world, from, to};
        test_ok(db_write(place->app.db, place->arena, add_proposals, &batch, &place->proposal,
                         sizeof(place->proposal)));
    }
    Seeded seeded = {1};
    for (size_t i = 0; i < voters; i++) {
        test_ok(ballot_world_cast(place->world, place->app.db, place->arena, i,
                                  ballot_world_choices(&seeded)));
    }
    return place;
}

static void place_end(Place *place)
{
    test_db_close(place->app.db);
    test_folder_remove(place->folder);
    arena_destroy(place->arena);
    free(place);
}

/* --- a page -------------------------------------------------------------------------------- */

static int64_t id_for(const Place *place, Str path)
{
    if (str_contains(path, STR("/polls/"))) {
        return place->world->poll;
    }
    if (str_contains(path, STR("/proposals/"))) {
        return place->proposal;
    }
    return place->world->voters[1].person;
}

/* How often the page of the route asked; a page that finds nothing to show counts too. */
static int queries_of(Place *place, const Route *route, int *out_shown)
{
    Arena *arena = arena_create(1u << 27);
    Server server = {.app = &place->app};
    Request request = {.arena = arena};
    Visit visit = {.server = &server, .request = &request};
    Page *page = &visit.page;
    Snapshot *snapshot;
    bool touch;
    Str path = str_from(route->path);
    *page =
        (Page){.visit = &visit, .app = &place->app, .arena = arena, .route = route, .status = 200};
    page->path = path;
    page->area = str_contains(path, STR("{area}")) ? place->world->area : 0;
    page->ids[0] = id_for(place, path);
    page->now = clock_now(place->app.clock);
    buf_init(&page->body, 1u << 26);
    test_ok(db_snapshot_begin(place->app.db, arena, &snapshot));
    test_ok(auth_who(snapshot, place->world->voters[0].session, &page->who, &touch));
    test_ok(auth_area_path(snapshot, page->area, &page->who));
    Error *err = route->page(page, snapshot);
    require(!err || !error_is_environment(err));
    *out_shown += !err;
    int queries = snapshot_query_count(snapshot);
    db_snapshot_end(snapshot);
    buf_free(&page->body);
    arena_destroy(arena);
    return queries;
}

static void no_page_asks_more_often_with_more_data(void **state)
{
    (void)state;
    Place *small = place_make(10, 8);
    Place *large = place_make(1000, 200);
    int shown = 0; /* in both */
    for (size_t f = 0; f < countof(rooms); f++) {
        for (size_t r = 0; r < rooms[f]->n_routes; r++) {
            const Route *route = &rooms[f]->routes[r];
            if (route->method != HTTP_GET) {
                continue;
            }
            int few = queries_of(small, route, &shown);
            int many = queries_of(large, route, &shown);
            if (few != many || many > MANY_QUERIES) {
                fail_msg("%s: %d queries with little data, %d with much", route->path, few, many);
            }
        }
    }
    assert_true(shown >= 2 * LEAST_PAGES);
    place_end(small);
    place_end(large);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_page_asks_more_often_with_more_data),
    };
    return cmocka_run_group_tests_name("page_queries", tests, NULL, NULL);
}
