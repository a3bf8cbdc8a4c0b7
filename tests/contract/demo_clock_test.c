/* The clock of the demonstration, through a running server. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "demo_check_sql.h"
#include "features/demo/demo.h"
#include "test_db.h"
#include "test_room.h"

#define HOUR_MS INT64_C(3600000)
#define DAY_MS  (24 * HOUR_MS)

static const Feature *const rooms[] = {&demo_feature};

static Room *start(bool is_demo)
{
    Room *room = calloc(1, sizeof(*room));
    room->arena = arena_create(64u << 20);
    room->app = (App){.features = rooms,
                      .n_features = 1,
                      .hasher = hasher_create(room->arena),
                      .is_demo = is_demo,
                      .secret = {{3, 1, 4}}};
    test_db_open(room->arena, DB_SQLITE, &room->app.db);
    room->app.clock = test_db_clock(room->app.db);
    ServerOptions options = {.loops = 1, .workers = 2};
    test_ok(server_start(room->arena, &room->app, &options, &room->server));
    room->port = server_port(room->server);
    return room;
}

static int set_up_demo(void **state)
{
    *state = start(true);
    return 0;
}

static int set_up_other(void **state)
{
    *state = start(false);
    return 0;
}

static int64_t offset_ms(const Room *room)
{
    return atomic_load(&room->app.clock->offset_ms);
}

/* The value of the hidden field. */
static Str token_of(const HttpAnswer *page)
{
    Str marker = STR("name=\"_token\" value=\"");
    ptrdiff_t at = str_find(page->body, marker);
    assert_true(at >= 0);
    Str token, rest;
    str_cut(str_slice(page->body, (size_t)at + marker.len, page->body.len), '"', &token, &rest);
    return token;
}

/* Gets the page and presses a button of it. */
static HttpAnswer press(Room *room, const char *step)
{
    Visitor visitor = {.fixture = room};
    HttpAnswer page = visitor_get(&visitor, "/demo/clock", "");
    assert_int_equal(page.status, 200);
    Str fields = arena_printf(room->arena, "_token=%.*s&step=%s", STR_ARG(token_of(&page)), step);
    return visitor_post(&visitor, "/demo/clock", "", fields);
}

static void an_hour_and_a_day_move_the_clock_forward(void **state)
{
    Room *room = *state;
    assert_int_equal(press(room, "hour").status, 303);
    assert_true(offset_ms(room) == HOUR_MS);
    assert_int_equal(press(room, "day").status, 303);
    assert_true(offset_ms(room) == HOUR_MS + DAY_MS);
}

static void back_is_the_real_time(void **state)
{
    Room *room = *state;
    press(room, "day");
    assert_int_equal(press(room, "back").status, 303);
    assert_true(offset_ms(room) == 0);
}

static Error *add_poll(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    (void)output;
    return sql_demo_check_poll_add(tx, 5, 1, *(const Instant *)input, NULL);
}

static void the_next_deadline_is_just_over_afterwards(void **state)
{
    Room *room = *state;
    Instant closes_at = {clock_now(room->app.clock).ms + 3 * DAY_MS};
    test_ok(db_write(room->app.db, room->arena, add_poll, &closes_at, NULL, 0));
    assert_int_equal(press(room, "closing").status, 303);
    int64_t over_ms = clock_now(room->app.clock).ms - closes_at.ms;
    assert_true(over_ms > 0 && over_ms < 2 * 60000);
    assert_int_equal(press(room, "closing").status, 303); /* nothing is left: it stays */
    assert_true(clock_now(room->app.clock).ms - closes_at.ms < 2 * 60000);
}

static void a_step_that_is_none_changes_nothing(void **state)
{
    Room *room = *state;
    assert_int_equal(press(room, "year").status, 422);
    assert_int_equal(press(room, "").status, 422);
    assert_true(offset_ms(room) == 0);
}

static void a_second_start_goes_on_at_the_same_time(void **state)
{
    Room *room = *state;
    press(room, "day");
    atomic_store(&room->app.clock->offset_ms, 0);
    test_ok(demo_clock_restore(&room->app, room->arena));
    assert_true(offset_ms(room) == DAY_MS);
}

static void the_clock_does_not_exist_elsewhere(void **state)
{
    Room *room = *state;
    Visitor visitor = {.fixture = room};
    assert_int_equal(visitor_get(&visitor, "/demo/clock", "").status, 404);
    HttpAnswer answer =
        visitor_post(&visitor, "/demo/clock", "", STR("_token=0123456789&step=day"));
    assert_true(answer.status == 404 || answer.status == 403);
    assert_true(offset_ms(room) == 0);
}

#define OF_A_DEMO(name) cmocka_unit_test_setup_teardown(name, set_up_demo, room_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OF_A_DEMO(an_hour_and_a_day_move_the_clock_forward),
        OF_A_DEMO(back_is_the_real_time),
        OF_A_DEMO(the_next_deadline_is_just_over_afterwards),
        OF_A_DEMO(a_step_that_is_none_changes_nothing),
        OF_A_DEMO(a_second_start_goes_on_at_the_same_time),
        cmocka_unit_test_setup_teardown(the_clock_does_not_exist_elsewhere, set_up_other,
                                        room_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
