/* ratings_console.c: staff open and close the rating of a round and see how far it is. */
#include "features/ratings/ratings_pages.h"
#include "platform/html/frame_load.h"
#include "rating_console_html.h"
#include "ratings_paper_text.h"
#include "ratings_text.h"

#define LIST_ROWS 300
/* As long as it is open unless the stage is planned longer. */
#define USUAL_DAYS     14
#define EXTENSION_DAYS 7

typedef struct OpenInput {
    Date last_day;
} OpenInput;

static const Field open_fields[] = {
    {FIELD_COMMON(OpenInput, last_day, FIELD_DATE, TEXT_rating_last_day),
     .hint = TEXT_rating_last_day_hint, .is_required = true},
};

const Form rating_open_form = FORM("rating-open", open_fields, OpenInput);

typedef struct CloseInput {
    int64_t version;
} CloseInput;

static const Field close_fields[] = {
    {FIELD_COMMON(CloseInput, version, FIELD_INTEGER, TEXT_rating_close), .is_required = true},
};

const Form rating_close_form = FORM("rating-close", close_fields, CloseInput);

typedef struct ConsoleData {
    RoundInfo round;
    RoundRules *rules;
    RatingFormula formula;
    RatingTermGetRow term;
    bool has_term;
    RatingProjectsRows rows;
    RatingSoFarRows so_far;
    RatingCounts *counts;
} ConsoleData;

static Error *load_projects(Page *page, Snapshot *s, ConsoleData *data)
{
    Error *err = sql_rating_projects(s, page->area, page->ids[0], 0, LIST_ROWS, &data->rows);
    if (!err) {
        err = sql_rating_so_far(s, page->area, page->ids[0], &data->so_far);
    }
    if (err) {
        return err;
    }
    data->counts = arena_array(page->arena, RatingCounts, data->rows.count + 1);
    return rating_load_counts(page, s, page->ids[0], &data->rows, data->counts);
}

static Error *load_console(Page *page, Snapshot *s, ConsoleData *data)
{
    data->rules = arena_new(page->arena, RoundRules);
    Error *err = programmes_round(s, page->area, page->ids[0], &data->round);
    if (!err) {
        err = programmes_round_rules(s, page->area, page->ids[0], data->rules);
    }
    if (!err) {
        err = sql_rating_term_get(s, page->area, page->ids[0], &data->term, &data->has_term);
    }
    data->formula = rating_formula(data->rules);
    return err ? err : load_projects(page, s, data);
}

static Text so_far(const ConsoleData *data, int64_t project)
{
    for (size_t i = 0; i < data->so_far.count; i++) {
        if (data->so_far.rows[i].proposal_id == project) {
            const RatingSoFarRow *row = &data->so_far.rows[i];
            return row->paper > 0 ? t_rating_raters_paper(row->n, row->paper)
                                  : t_rating_raters(row->n);
        }
    }
    return t_rating_raters(0);
}

static RatingConsoleLine line_of(const Page *page, const ConsoleData *data, size_t i)
{
    const RatingProjectsRow *row = &data->rows.rows[i];
    const int own[RATING_QUESTIONS] = {(int)row->mark1, (int)row->mark2, (int)row->mark3,
                                       (int)row->mark4, (int)row->mark5};
    RatingConsoleLine line = {.title = row->title,
                              .link = page_path(page, "/a/{area}/ratings/{id}", row->proposal_id),
                              .is_assessed = row->is_assessed != 0,
                              .raters = so_far(data, row->proposal_id)};
    if (data->has_term && data->term.state == RATING_OPEN) {
        line.assess = page_path(page, "/a/{area}/ratings/{id}/self", row->proposal_id);
        line.paper = page_path(page, "/a/{area}/ratings/{id}/paper", row->proposal_id);
        line.sheet = page_path(page, "/a/{area}/ratings/{id}/sheet.pdf", row->proposal_id);
    }
    if (data->has_term && data->term.state == RATING_CLOSED) {
        RatingOutcome outcome = rating_outcome(&data->formula, &data->counts[i], own);
        line.raters = rating_people(outcome.raters);
        line.stars = rating_stars_view(page, &outcome);
    }
    return line;
}

static int64_t unassessed(const ConsoleData *data)
{
    int64_t n = 0;
    for (size_t i = 0; i < data->rows.count; i++) {
        n += !data->rows.rows[i].is_assessed;
    }
    return n;
}

/* The form for the last day: to open it, or to move its end. */
static void fill_last_day(Page *page, const ConsoleData *data, Date suggested,
                          RatingConsoleView *view)
{
    FormState *form = page_form(page, &rating_open_form);
    if (page->form != form) {
        OpenInput input = {suggested};
        form_prefill(page->arena, form, &input);
    }
    view->open = form;
    view->open_action = page_path(page, "/a/{area}/rounds/{id}/ratings/open", data->round.id);
    view->is_begun = data->has_term;
    view->open_text = data->has_term ? t_rating_extend() : t_rating_open();
}

static void fill_open(Page *page, const ConsoleData *data, RatingConsoleView *view)
{
    Date today = instant_date(page->now);
    Date stage_ends = instant_date(data->round.closes_at);
    bool is_at_it = programmes_stage_is_open(&data->round, STAGE_KIND_EVALUATE);
    if (data->rows.count == 0) {
        view->state = t_rating_gate_none();
    } else if (!is_at_it) {
        view->state = t_rating_state_none();
    } else {
        view->state = t_rating_console_begin();
        fill_last_day(page, data,
                      stage_ends.days > today.days ? stage_ends : (Date){today.days + USUAL_DAYS},
                      view);
    }
}

static void fill_close(Page *page, const ConsoleData *data, RatingConsoleView *view)
{
    int64_t missing = unassessed(data);
    view->version = data->term.version;
    if (data->term.state == RATING_CLOSED) {
        view->state = t_rating_state_closed_at(data->term.closed_at);
        return;
    }
    bool is_over = page->now.ms >= data->term.closes_at.ms;
    int32_t announced = instant_date(data->term.closes_at).days;
    int32_t today = instant_date(page->now).days;
    fill_last_day(page, data, (Date){(announced > today ? announced : today) + EXTENSION_DAYS},
                  view);
    view->state = is_over ? t_rating_state_over() : t_rating_state_open(data->term.closes_at);
    if (missing > 0) {
        view->close_waits = t_rating_waits_self(missing);
    } else if (!is_over) {
        view->close_waits = t_rating_waits_end(data->term.closes_at);
    } else {
        view->close = page_form(page, &rating_close_form);
        view->close_action = page_path(page, "/a/{area}/rounds/{id}/ratings/close", data->round.id);
    }
}

static void fill_console(Page *page, const ConsoleData *data, RatingConsoleView *view)
{
    RatingConsoleLine *lines = arena_array(page->arena, RatingConsoleLine, data->rows.count + 1);
    for (size_t i = 0; i < data->rows.count; i++) {
        lines[i] = line_of(page, data, i);
    }
    view->lines = lines;
    view->n_lines = data->rows.count;
    view->round_title = data->round.title;
    view->page = page_path(page, "/a/{area}/rounds/{id}/ratings", data->round.id);
    view->problem = page->form;
    view->console = page_path(page, "/a/{area}/rounds/{id}/console", data->round.id);
    if (data->has_term) {
        fill_close(page, data, view);
    } else {
        fill_open(page, data, view);
    }
}

Error *page_rating_console(Page *page, Snapshot *s)
{
    ConsoleData *data = arena_new(page->arena, ConsoleData);
    Frame *frame = page_frame(page, t_rating_console_title(), FRAME_TAB_NONE);
    RatingConsoleView view = {.frame = frame};
    Error *err = load_console(page, s, data);
    if (err) {
        return err;
    }
    fill_console(page, data, &view);
    Out out = page_out(page);
    rating_console_page(&out, &view);
    return NULL;
}

Error *submit_rating_open(Page *page, Snapshot *s, const void *input)
{
    const OpenInput *typed = input;
    RatingOpen *open = arena_new(page->arena, RatingOpen);
    *open = (RatingOpen){.area = page->area,
                         .round = page->ids[0],
                         .actor = page->who.person,
                         .last_day = typed->last_day};
    return page_write_to(page, ratings_open, open, 0,
                         page_path(page, "/a/{area}/rounds/{id}/ratings/console", open->round),
                         TEXT_rating_opened);
}

Error *submit_rating_close(Page *page, Snapshot *s, const void *input)
{
    const CloseInput *typed = input;
    RatingClose *close = arena_new(page->arena, RatingClose);
    *close = (RatingClose){.area = page->area,
                           .round = page->ids[0],
                           .actor = page->who.person,
                           .version = typed->version};
    return page_write_to(page, ratings_close, close, 0,
                         page_path(page, "/a/{area}/rounds/{id}/ratings/console", close->round),
                         TEXT_rating_closed_notice);
}
