/* workbench_pages.c: gathers what every room says is due, and shows it late first. */
#include "features/programmes/programmes.h"
#include "features/workbench/workbench.h"
#include "features/workbench/workbench_views.h"
#include "platform/html/frame_load.h"
#include "platform/http/app.h"
#include "workbench_page_html.h"
#include "workbench_sql.h"
#include "workbench_text.h"

#define WORK_ROWS    50 /* shown of each class */
#define CAME_IN_ROWS 5

/* --- what is due ---------------------------------------------------------------------------- */

static Error *collect_due(Page *page, Snapshot *s, DueItems *items)
{
    Error *err = NULL;
    for (size_t i = 0; !err && i < page->app->n_features; i++) {
        const Feature *room = page->app->features[i];
        if (room->due) {
            err = room->due(s, page->arena, page->area, &page->who, items);
        }
    }
    return err;
}

/* Street and district see what is due; the act is for those whose work it is. */
static WorkRow work_row_of(const Page *page, const DueItem *item)
{
    Instant now = page->now;
    SafeUrl nowhere = {0};
    return (WorkRow){.what = item->what,
                     .detail = item->detail,
                     .owner = item->owner_name,
                     .when = due_class(item->due_at, now),
                     .has_date = item->due_at.ms != 0,
                     .due_at = item->due_at,
                     .days_late = due_days_late(item->due_at, now),
                     .link = page_may_open(page, item->link) ? item->link : nowhere,
                     .verb = item->verb};
}

static Text group_heading(DueClass when, int64_t n)
{
    if (when == DUE_LATE) {
        return t_desk_late(n);
    }
    return when == DUE_TODAY ? t_desk_today(n) : t_desk_later(n);
}

/* Rows that are sorted already, cut into their classes. */
static void fill_groups(Page *page, WorkRow *rows, size_t count, WorkbenchView *view)
{
    WorkGroup *groups = arena_array(page->arena, WorkGroup, DUE_CLASS_COUNT);
    for (size_t i = 0; i < count;) {
        size_t end = i;
        while (end < count && rows[end].when == rows[i].when) {
            end++;
        }
        size_t n = end - i;
        size_t shown = n > WORK_ROWS ? WORK_ROWS : n;
        groups[view->n_groups++] = (WorkGroup){.when = rows[i].when,
                                               .heading = group_heading(rows[i].when, (int64_t)n),
                                               .rows = &rows[i],
                                               .n_rows = shown,
                                               .n_hidden = (int64_t)(n - shown)};
        if (rows[i].when == DUE_LATE) {
            rows[i].is_main = true;
            view->n_late = (int64_t)n;
        }
        i = end;
    }
    view->groups = groups;
}

static Error *load_due(Page *page, Snapshot *s, WorkbenchView *view)
{
    DueItems items = {0};
    Error *err = collect_due(page, s, &items);
    if (err) {
        return err;
    }
    Instant *due_at = arena_array(page->arena, Instant, items.count);
    for (size_t i = 0; i < items.count; i++) {
        due_at[i] = items.items[i].due_at;
    }
    size_t *order = due_order(page->arena, due_at, items.count);
    WorkRow *rows = arena_array(page->arena, WorkRow, items.count);
    for (size_t i = 0; i < items.count; i++) {
        rows[i] = work_row_of(page, &items.items[order[i]]);
    }
    fill_groups(page, rows, items.count, view);
    return NULL;
}

/* --- the round ------------------------------------------------------------------------------ */

static void fill_bar(Page *page, const RoundInfo *round, WorkbenchView *view)
{
    int steps = round->n_stages > 0 ? round->n_stages : 1;
    int done = round->stage_no > 0 ? round->stage_no - 1 : 0;
    BarPart *parts = arena_array(page->arena, BarPart, 2);
    parts[0].permille = 1000 * done / steps;
    parts[1].permille = 1000 / steps;
    view->round_bar =
        (Bar){.parts = parts,
              .count = 2,
              .says = text_str(page->arena, page->lang, t_desk_round_bar(done, round->stage_no)),
              .is_thin = true};
}

static Error *count_missing(Page *page, Snapshot *s, const RoundInfo *round, WorkbenchView *view)
{
    StageInfo *stages;
    size_t n_stages;
    GateView *gates = NULL;
    size_t n_gates = 0;
    Error *err = programmes_stages(s, page->area, round->id, &stages, &n_stages);
    if (!err) {
        err = programmes_gates(s, page->app->features, page->app->n_features, page->area, round->id,
                               stages, n_stages, &gates, &n_gates);
    }
    view->has_gates = n_gates > 0;
    for (size_t i = 0; !err && i < n_gates; i++) {
        view->gates_missing += gates[i].report.state != GATE_MET;
    }
    return err;
}

/* The stage's own name is Chinese; English readers get its kind. */
static Text round_step(Page *page, const RoundInfo *round)
{
    if (page->lang != LANG_EN) {
        return t_desk_round_step(round->stage_no, round->n_stages, round->stage_name);
    }
    Text *kind = arena_new(page->arena, Text);
    *kind = programmes_kind_text(round->stage_kind);
    return t_desk_round_step_kind(round->stage_no, round->n_stages, kind);
}

static Error *load_round(Page *page, Snapshot *s, WorkbenchView *view)
{
    RoundInfo round;
    Error *err = programmes_current_round(s, page->area, &round, &view->has_round);
    if (err || !view->has_round) {
        view->may_start = policy_check(POLICY_LEAD, &page->who) == VERDICT_ALLOW;
        view->start = page_path(page, "/a/{area}/rounds/new", 0);
        return err;
    }
    view->round_title = round.title;
    view->round_step = round_step(page, &round);
    view->round_closes_at = round.closes_at;
    view->console = page_path(page, "/a/{area}/rounds/{id}/console", round.id);
    view->may_enter = programmes_stage_is_open(&round, STAGE_KIND_COLLECT);
    view->enter = page_path(page, "/a/{area}/proposals/new", 0);
    fill_bar(page, &round, view);
    return count_missing(page, s, &round, view);
}

static Error *load_came_in(Page *page, Snapshot *s, WorkbenchView *view)
{
    Instant since = day_start(page->now);
    WorkbenchNewCountRow count;
    WorkbenchNewProposalsRows rows;
    Error *err = sql_workbench_new_count(s, page->area, since, &count);
    if (!err) {
        err = sql_workbench_new_proposals(s, page->area, since, CAME_IN_ROWS, &rows);
    }
    if (err) {
        return err;
    }
    NewProposalLine *lines = arena_array(page->arena, NewProposalLine, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        lines[i] =
            (NewProposalLine){.link = page_path(page, "/a/{area}/proposals/{id}", rows.rows[i].id),
                              .title = rows.rows[i].title,
                              .at = rows.rows[i].submitted_at};
    }
    view->n_came_in = count.n;
    view->came_in = lines;
    view->n_came_in_shown = rows.count;
    return NULL;
}

/* --- the page ------------------------------------------------------------------------------- */

static Text greeting(const Page *page)
{
    switch (day_part(page->now)) {
    case DAY_EARLY:
        return t_desk_greet_early(page->who.name);
    case DAY_MORNING:
        return t_desk_greet_morning(page->who.name);
    case DAY_NOON:
        return t_desk_greet_noon(page->who.name);
    case DAY_AFTERNOON:
        return t_desk_greet_afternoon(page->who.name);
    default:
        return t_desk_greet_evening(page->who.name);
    }
}

/* The menu says beside this page's line how many things are late. */
static void count_in_menu(Page *page, Frame *frame, int64_t n_late)
{
    FrameNav *nav = arena_array(page->arena, FrameNav, frame->n_nav);
    for (size_t i = 0; i < frame->n_nav; i++) {
        nav[i] = frame->nav[i];
        if (str_eq(nav[i].link.url, page->path)) {
            nav[i].late = n_late < INT32_MAX ? (int)n_late : INT32_MAX;
        }
    }
    frame->nav = nav;
}

static Error *page_desk(Page *page, Snapshot *s)
{
    WorkbenchView *view = arena_new(page->arena, WorkbenchView);
    Frame *frame = page_frame(page, t_desk_title(), FRAME_TAB_NONE);
    Error *err = load_due(page, s, view);
    if (!err) {
        err = load_round(page, s, view);
    }
    if (!err) {
        err = load_came_in(page, s, view);
    }
    if (err) {
        return err;
    }
    count_in_menu(page, frame, view->n_late);
    view->frame = frame;
    view->greeting = greeting(page);
    view->today = instant_date(page->now);
    Out out = page_out(page);
    workbench_desk_page(&out, view);
    return NULL;
}

static const Route routes[] = {
    ROUTE_GET("/a/{area}/desk", POLICY_STAFF, page_desk),
};

static const NavItem nav[] = {
    {TEXT_desk_nav, "/a/{area}/desk", POLICY_STAFF, .rank = 0},
};

const Feature workbench_feature = {
    .name = "workbench",
    .routes = routes,
    .n_routes = countof(routes),
    .nav = nav,
    .n_nav = countof(nav),
};
