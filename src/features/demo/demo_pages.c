/* demo_pages.c: the clock of the demonstration. Without App.is_demo the page does not exist. */
#include "demo_clock_html.h"
#include "demo_sql.h"
#include "demo_text.h"
#include "features/demo/demo.h"
#include "features/demo/demo_views.h"
#include "platform/html/frame_load.h"
#include "platform/settings/settings.h"

/* Kept in the installation, so that a second start goes on at the same time. */
#define CLOCK_KEY "demo.clock_ms"

#define MINUTE_MS INT64_C(60000)
#define HOUR_MS   (60 * MINUTE_MS)
#define DAY_MS    (24 * HOUR_MS)
/* Far enough for every deadline of the demonstration; keeps the years four digits long. */
#define MOST_MS (4000 * DAY_MS)

typedef enum ClockStep { STEP_HOUR, STEP_DAY, STEP_CLOSING, STEP_BACK } ClockStep;

typedef struct ClockInput {
    int step;
} ClockInput;

static const Choice steps[] = {
    {"hour", STEP_HOUR, TEXT_demo_clock_hour},
    {"day", STEP_DAY, TEXT_demo_clock_day},
    {"closing", STEP_CLOSING, TEXT_demo_clock_closing},
    {"back", STEP_BACK, TEXT_demo_clock_back},
};

static const Field clock_fields[] = {
    {FIELD_COMMON(ClockInput, step, FIELD_CHOICE, TEXT_demo_clock_step), .is_required = true,
     .choices = steps, .n_choices = countof(steps)},
};

static const Form clock_form = FORM("demo-clock", clock_fields, ClockInput);

static Error *only_in_demo(const Page *page)
{
    return page->app->is_demo ? NULL
                              : error_make(page->arena, ERROR_NOT_FOUND, "not a demonstration");
}

static SafeUrl clock_url(Arena *arena)
{
    return url_path(arena, "/demo/clock");
}

static Error *page_clock(Page *page, Snapshot *snapshot)
{
    DemoNextClosingRow next;
    Error *err = only_in_demo(page);
    if (!err) {
        err = sql_demo_next_closing(snapshot, page->now, &next);
    }
    if (err) {
        return err;
    }
    int64_t offset_ms = atomic_load(&page->app->clock->offset_ms);
    DemoClockView view = {.frame = page_frame(page, text_of(TEXT_demo_clock_title), FRAME_TAB_NONE),
                          .form = page_form(page, &clock_form),
                          .action = clock_url(page->arena),
                          .now = page->now,
                          .is_moved = offset_ms != 0,
                          .hours_ahead = offset_ms / HOUR_MS,
                          .next = next.closes_at};
    Out out = page_out(page);
    demo_clock_page(&out, &view);
    return NULL;
}

/* Use case: remembers where the clock stands. Input: the offset in milliseconds. */
static Error *remember_clock(Tx *tx, const void *input, Instant now, void *output)
{
    const int64_t *offset_ms = input;
    return setting_set(tx, 0, CLOCK_KEY, arena_printf(tx_arena(tx), "%lld", (long long)*offset_ms));
}

static Error *after_clock(Page *page, const void *input, const void *output)
{
    const int64_t *offset_ms = input;
    atomic_store(&page->app->clock->offset_ms, *offset_ms);
    return page_redirect_notice(page, clock_url(page->arena), TEXT_demo_clock_was_moved);
}

static Error *submit_clock(Page *page, Snapshot *snapshot, const void *input)
{
    const ClockInput *typed = input;
    DemoNextClosingRow next;
    Error *err = only_in_demo(page);
    if (!err) {
        err = sql_demo_next_closing(snapshot, page->now, &next);
    }
    if (err) {
        return err;
    }
    int64_t closing_ms = next.closes_at.ms == 0 ? 0 : next.closes_at.ms - page->now.ms + MINUTE_MS;
    const int64_t step_ms[] = {
        [STEP_HOUR] = HOUR_MS, [STEP_DAY] = DAY_MS, [STEP_CLOSING] = closing_ms};
    int64_t *offset_ms = arena_new(page->arena, int64_t);
    if (typed->step != STEP_BACK) {
        *offset_ms = atomic_load(&page->app->clock->offset_ms) + step_ms[typed->step];
    }
    if (*offset_ms > MOST_MS) {
        return error_for_field(error_make(page->arena, ERROR_FIELD_TOO_BIG, "far enough"),
                               STR("step"));
    }
    return page_write(page, remember_clock, offset_ms, 0, after_clock);
}

Error *demo_clock_restore(App *app, Arena *arena)
{
    Snapshot *snapshot;
    int64_t offset_ms = 0;
    Error *err = db_snapshot_begin(app->db, arena, &snapshot);
    if (!err) {
        err = setting_get_int(snapshot, 0, CLOCK_KEY, 0, &offset_ms);
        db_snapshot_end(snapshot);
    }
    if (!err) {
        atomic_store(&app->clock->offset_ms, offset_ms);
    }
    return err;
}

static const Route routes[] = {
    ROUTE_GET("/demo/clock", POLICY_PUBLIC, page_clock),
    ROUTE_POST("/demo/clock", POLICY_PUBLIC, &clock_form, submit_clock, page_clock),
};

const Feature demo_feature = {.name = "demo", .routes = routes, .n_routes = countof(routes)};
