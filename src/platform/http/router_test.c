#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/log.h"
#include "platform/http/router.h"

static Error *page(Page *p, Snapshot *s)
{
    (void)p;
    (void)s;
    return NULL;
}

static Error *submit(Page *p, Snapshot *s, const void *input)
{
    (void)p;
    (void)s;
    (void)input;
    return NULL;
}

static const Form form = {.name = "test"};

static const Route good[] = {
    ROUTE_GET("/", POLICY_PUBLIC, page),
    ROUTE_GET("/a/{area}", POLICY_PUBLIC, page),
    ROUTE_GET("/a/{area}/rounds", POLICY_PUBLIC, page),
    ROUTE_GET("/a/{area}/rounds/{id}", POLICY_PUBLIC, page),
    ROUTE_POST("/a/{area}/rounds/{id}/items/{id2}", POLICY_STAFF, &form, submit, page),
    ROUTE_GET("/a/{area}/rounds/new", POLICY_STAFF, page),
    ROUTE_POST("/a/{area}/rounds/new", POLICY_STAFF, &form, submit, page),
    ROUTE_GET("/q/{word}", POLICY_PUBLIC, page),
};

static const Feature room = {.name = "test", .routes = good, .n_routes = countof(good)};
static const Feature *const rooms[] = {&room};

typedef struct Fixture {
    Arena *arena;
    Router *router;
} Fixture;

static int set_up(void **state)
{
    static Fixture fixture;
    fixture.arena = arena_create(1 << 20);
    fixture.router = router_create(fixture.arena, rooms, 1);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    arena_destroy(((Fixture *)*state)->arena);
    return 0;
}

static RouteMatch match(Fixture *fixture, const char *path)
{
    Target *target = arena_new(fixture->arena, Target);
    Error *err = target_parse(fixture->arena, str_from(path), target);
    return err ? (RouteMatch){0}
               : router_match(fixture->router, target->segments, target->n_segments);
}

#define ID(last) "000000000000" last

static void the_root_matches(void **state)
{
    assert_ptr_equal(match(*state, "/").get, &good[0]);
}

static void parameters_are_typed_and_in_order(void **state)
{
    RouteMatch found = match(*state, "/a/" ID("5") "/rounds/" ID("7") "/items/" ID("A"));
    assert_null(found.get);
    assert_ptr_equal(found.post, &good[4]);
    assert_int_equal(found.area, 5);
    assert_int_equal(found.ids[0], 7);
    assert_int_equal(found.ids[1], 10);
}

static void a_literal_wins_over_a_parameter(void **state)
{
    RouteMatch found = match(*state, "/a/" ID("5") "/rounds/new");
    assert_ptr_equal(found.get, &good[5]);
    assert_ptr_equal(found.post, &good[6]);
}

static void what_is_no_id_does_not_match_an_id(void **state)
{
    assert_null(match(*state, "/a/" ID("5") "/rounds/newer").get);
    assert_null(match(*state, "/a/5/rounds").get);
    assert_null(match(*state, "/a/" ID("0") "/rounds").get);
    assert_null(match(*state, "/a/" ID("5") "/rounds/00000000000%37").get);
}

static void a_word_is_short_and_plain(void **state)
{
    RouteMatch found = match(*state, "/q/7F3K-29");
    assert_non_null(found.get);
    assert_true(str_eq(found.word, STR("7F3K-29")));
    assert_null(match(*state, "/q/a%20b").get);
    assert_null(match(*state, "/q/%E8%B7%AF").get);
}

static void other_paths_do_not_match(void **state)
{
    static const char *const paths[] = {"/a",
                                        "/a/",
                                        "/x",
                                        "//",
                                        "/a//rounds",
                                        "/q/x/y",
                                        "/a/" ID("5") "/",
                                        "/a/" ID("5") "/../" ID("5")};
    for (size_t i = 0; i < countof(paths); i++) {
        RouteMatch found = match(*state, paths[i]);
        assert_null(found.get);
        assert_null(found.post);
    }
}

/* True when making a router of these routes ends the process. */
static bool panics(const Route *routes, size_t n)
{
    pid_t child = fork();
    if (child == 0) {
        log_set_fd(open("/dev/null", O_WRONLY));
        Feature bad = {.name = "bad", .routes = routes, .n_routes = n};
        const Feature *list[] = {&bad};
        router_create(arena_create(1 << 20), list, 1);
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return !(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void what_a_programmer_got_wrong_stops_the_start(void **state)
{
    (void)state;
    assert_false(panics(good, countof(good)));
    Route no_policy[] = {{HTTP_GET, "/x", POLICY_NONE, page, NULL, NULL, 0}};
    assert_true(panics(no_policy, 1));
    Route twice[] = {ROUTE_GET("/x", POLICY_PUBLIC, page), ROUTE_GET("/x", POLICY_STAFF, page)};
    assert_true(panics(twice, 2));
    static const char *const paths[] = {"x",    "/x/",       "/x//y",           "/{other}",
                                        "/a/x", "/b/{area}", "/a/{area}/{area}"};
    for (size_t i = 0; i < countof(paths); i++) {
        Route route[] = {ROUTE_GET(paths[i], POLICY_PUBLIC, page)};
        if (!panics(route, 1)) {
            fail_msg("%s was taken", paths[i]);
        }
    }
    Route two_kinds[] = {ROUTE_GET("/x/{id}", POLICY_PUBLIC, page),
                         ROUTE_GET("/x/{word}", POLICY_PUBLIC, page)};
    assert_true(panics(two_kinds, 2));
    Route no_form[] = {{HTTP_POST, "/x", POLICY_PUBLIC, page, NULL, submit, 0}};
    assert_true(panics(no_form, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_root_matches),
        cmocka_unit_test(parameters_are_typed_and_in_order),
        cmocka_unit_test(a_literal_wins_over_a_parameter),
        cmocka_unit_test(what_is_no_id_does_not_match_an_id),
        cmocka_unit_test(a_word_is_short_and_plain),
        cmocka_unit_test(other_paths_do_not_match),
        cmocka_unit_test(what_a_programmer_got_wrong_stops_the_start),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
