/* ratings_pages.c: the pages everybody reads, and the room's row. */
#include "features/ratings/ratings_pages.h"

#include "features/ratings/ratings_gates.h"
#include "features/ratings/ratings_report_pages.h"
#include "platform/html/frame_load.h"
#include "rating_project_html.h"
#include "rating_round_html.h"
#include "ratings_paper_text.h"
#include "ratings_text.h"

#define LIST_ROWS 300

/* --- words and addresses shared by the pages -------------------------------------------------- */

Str rating_question(const Page *page, const RoundRules *rules, size_t question)
{
    if (question >= rules->n_questions) {
        return text_str(page->arena, page->lang, t_rating_overall());
    }
    const QuestionRule *rule = &rules->questions[question];
    return rules_say(page->lang == LANG_EN, rule->words, rule->words_en);
}

Str rating_hundredths(const Page *page, int64_t hundredths)
{
    return arena_printf(page->arena, "%d.%02d", (int)(hundredths / 100), (int)(hundredths % 100));
}

StarsView rating_stars_view(const Page *page, const RatingOutcome *outcome)
{
    return outcome->has_stars ? (StarsView){outcome->halves,
                                            t_rating_stars(rating_hundredths(page, outcome->stars))}
                              : (StarsView){0};
}

Text rating_people(int64_t raters)
{
    return raters > 0 && raters < RATING_SMALLEST_GROUP ? t_rating_few(RATING_SMALLEST_GROUP)
                                                        : t_rating_raters(raters);
}

Error *rating_load_counts(Page *page, Snapshot *s, int64_t round, const RatingProjectsRows *rows,
                          RatingCounts *out)
{
    RatingTalliesRows tallies;
    Error *err = sql_rating_tallies(s, page->area, round, &tallies);
    for (size_t t = 0; !err && t < tallies.count; t++) {
        const RatingTalliesRow *tally = &tallies.rows[t];
        for (size_t i = 0; i < rows->count; i++) {
            if (rows->rows[i].proposal_id == tally->proposal_id) {
                rating_count(&out[i], tally->question, tally->mark, tally->n);
            }
        }
    }
    return err;
}

Error *rating_load(Page *page, Snapshot *s, RatingProjectRow *row, RoundRules **rules)
{
    *rules = arena_new(page->arena, RoundRules);
    Error *err = sql_rating_project(s, page->area, page->ids[0], row);
    return err ? err : programmes_round_rules(s, page->area, row->round_id, *rules);
}

/* --- the projects of a round ------------------------------------------------------------------ */

typedef struct RoundRatings {
    RoundInfo round;
    RoundRules *rules;
    RatingFormula formula;
    RatingProgress progress;
    RatingProjectsRows rows;
    RatingCounts *counts;
} RoundRatings;

static Error *load_round(Page *page, Snapshot *s, RoundRatings *out)
{
    out->rules = arena_new(page->arena, RoundRules);
    Error *err = programmes_round(s, page->area, page->ids[0], &out->round);
    if (!err) {
        err = programmes_round_rules(s, page->area, page->ids[0], out->rules);
    }
    if (!err) {
        err = ratings_progress(s, page->area, page->ids[0], &out->progress);
    }
    if (!err) {
        err = sql_rating_projects(s, page->area, page->ids[0], page->who.person, LIST_ROWS,
                                  &out->rows);
    }
    if (err) {
        return err;
    }
    out->formula = rating_formula(out->rules);
    out->counts = arena_array(page->arena, RatingCounts, out->rows.count + 1);
    return rating_load_counts(page, s, page->ids[0], &out->rows, out->counts);
}

static RatingLine line_of(const Page *page, const RoundRatings *all, size_t i)
{
    const RatingProjectsRow *row = &all->rows.rows[i];
    RatingLine line = {.link = page_path(page, "/a/{area}/ratings/{id}", row->proposal_id),
                       .title = row->title,
                       .chip = CHIP_OPEN};
    const int own[RATING_QUESTIONS] = {(int)row->mark1, (int)row->mark2, (int)row->mark3,
                                       (int)row->mark4, (int)row->mark5};
    if (all->progress.state == RATING_CLOSED) {
        RatingOutcome outcome = rating_outcome(&all->formula, &all->counts[i], own);
        line.stars = rating_stars_view(page, &outcome);
        line.chip = outcome.has_stars ? CHIP_GO : CHIP_NOT;
        line.state = rating_people(outcome.raters);
    } else if (row->is_rated) {
        line.chip = CHIP_GO;
        line.state = t_rating_is_rated();
    } else if (all->progress.state == RATING_OPEN) {
        line.state = t_rating_not_rated();
    }
    return line;
}

static void say_state(const Page *page, const RoundRatings *all, RatingRoundView *view)
{
    if (all->progress.state == RATING_CLOSED) {
        view->state = t_rating_state_closed();
        view->explanation = t_rating_closed_why(all->formula.at_least);
    } else if (rating_takes_marks((RatingState)all->progress.state, all->progress.closes_at,
                                  page->now)) {
        view->state = t_rating_state_open(all->progress.closes_at);
        view->explanation = t_rating_open_why();
    } else if (all->progress.state == RATING_OPEN) {
        view->state = t_rating_state_over();
        view->explanation = t_rating_over_why();
    } else {
        view->state = t_rating_state_none();
        view->explanation = t_rating_none_why();
    }
}

static const RatingQuestionView *questions_of(const Page *page, const RoundRatings *all)
{
    RatingQuestionView *views =
        arena_array(page->arena, RatingQuestionView, all->formula.n_questions);
    for (size_t q = 0; q < all->formula.n_questions; q++) {
        views[q] = (RatingQuestionView){.words = rating_question(page, all->rules, q),
                                        .weight = all->formula.weights[q]};
    }
    return views;
}

static void fill_round(const Page *page, const RoundRatings *all, RatingRoundView *view)
{
    RatingLine *lines = arena_array(page->arena, RatingLine, all->rows.count + 1);
    for (size_t i = 0; i < all->rows.count; i++) {
        lines[i] = line_of(page, all, i);
    }
    view->round_title = all->round.title;
    view->lines = lines;
    view->n_lines = all->rows.count;
    view->questions = questions_of(page, all);
    view->n_questions = all->formula.n_questions;
    view->report = page_path(page, "/a/{area}/rounds/{id}/report", all->round.id);
    view->self_percent = all->formula.self_percent;
    view->at_least = all->formula.at_least;
    if (policy_check(POLICY_MANAGE, &page->who) == VERDICT_ALLOW) {
        view->console = page_path(page, "/a/{area}/rounds/{id}/ratings/console", all->round.id);
    }
    say_state(page, all, view);
}

Error *page_rating_round(Page *page, Snapshot *s)
{
    RoundRatings *all = arena_new(page->arena, RoundRatings);
    Frame *frame = page_frame(page, t_rating_title(), FRAME_TAB_HOME);
    RatingRoundView view = {.frame = frame};
    Error *err = load_round(page, s, all);
    if (err) {
        return err;
    }
    frame->back = page_path(page, "/a/{area}/rounds/{id}", page->ids[0]);
    fill_round(page, all, &view);
    Out out = page_out(page);
    rating_round_page(&out, &view);
    return NULL;
}

/* --- one project ------------------------------------------------------------------------------ */

static const RatingBar *bars_of(const Page *page, const int64_t marks[RATING_MARK_MAX + 1])
{
    RatingBar *bars = arena_array(page->arena, RatingBar, RATING_MARK_MAX);
    int64_t most = 1;
    for (size_t mark = 1; mark <= RATING_MARK_MAX; mark++) {
        most = marks[mark] > most ? marks[mark] : most;
    }
    for (size_t i = 0; i < RATING_MARK_MAX; i++) {
        size_t mark = RATING_MARK_MAX - i;
        int permille = (int)(marks[mark] * 1000 / most);
        bars[i] = (RatingBar){
            .label = t_rating_mark_n((int64_t)mark),
            .people = marks[mark],
            .width = arena_printf(page->arena, "%d.%d%%", permille / 10, permille % 10)};
    }
    return bars;
}

/* Together, and how many rated by each channel. */
static Error *load_tallies(Page *page, Snapshot *s, RatingCounts *out,
                           int64_t raters[RATING_CHANNELS + 1])
{
    RatingTalliesOfRows rows;
    Error *err = sql_rating_tallies_of(s, page->area, page->ids[0], &rows);
    for (size_t i = 0; !err && i < rows.count; i++) {
        rating_count(out, rows.rows[i].question, rows.rows[i].mark, rows.rows[i].n);
        raters[rows.rows[i].channel] += rows.rows[i].question == 1 ? rows.rows[i].n : 0;
    }
    return err;
}

static void fill_questions(const Page *page, const RoundRules *rules, const RatingCounts *counts,
                           const RatingOutcome *outcome, const int *own, RatingProjectView *view)
{
    RatingFormula formula = rating_formula(rules);
    RatingQuestionView *views = arena_array(page->arena, RatingQuestionView, formula.n_questions);
    for (size_t q = 0; q < formula.n_questions; q++) {
        views[q] = (RatingQuestionView){
            .words = rating_question(page, rules, q), .weight = formula.weights[q], .own = own[q]};
        if (view->has_means) {
            views[q].mean = rating_hundredths(page, outcome->means[q]);
            views[q].bars = bars_of(page, counts->of[q]);
        }
    }
    view->questions = views;
    view->n_questions = formula.n_questions;
}

/* What the page says besides figures. */
static Text project_state(const Page *page, const RatingProjectRow *row,
                          const RatingOutcome *outcome)
{
    if (row->state == RATING_CLOSED) {
        return outcome->has_enough ? t_rating_state_closed() : t_rating_too_few();
    }
    if (rating_takes_marks((RatingState)row->state, row->closes_at, page->now)) {
        return t_rating_state_open(row->closes_at);
    }
    return row->state == RATING_OPEN ? t_rating_state_over() : t_rating_state_none();
}

static void fill_project(const Page *page, const RatingProjectRow *row, const RoundRules *rules,
                         const RatingCounts *counts, RatingProjectView *view)
{
    const int own[RATING_QUESTIONS] = {(int)row->mark1, (int)row->mark2, (int)row->mark3,
                                       (int)row->mark4, (int)row->mark5};
    RatingFormula formula = rating_formula(rules);
    RatingOutcome outcome = rating_outcome(&formula, counts, own);
    bool is_closed = row->state == RATING_CLOSED;
    view->title = row->title;
    view->accepted_on = row->state_on;
    view->self_words = row->words;
    view->self_at = row->said_at;
    view->self_percent = formula.self_percent;
    view->has_means = is_closed && outcome.has_enough;
    view->has_stars = is_closed && outcome.has_stars;
    view->state = project_state(page, row, &outcome);
    view->raters = is_closed ? rating_people(outcome.raters) : text_of(0);
    if (view->has_stars) {
        view->stars = rating_stars_view(page, &outcome);
        view->stars_reckoned = rating_hundredths(page, outcome.stars);
    }
    view->own = rating_hundredths(page, outcome.own);
    view->residents = rating_hundredths(page, outcome.residents);
    fill_questions(page, rules, counts, &outcome, own, view);
}

static Error *fill_act(Page *page, Snapshot *s, const RatingProjectRow *row,
                       const RoundRules *rules, RatingProjectView *view)
{
    RatingOwnRows own;
    bool may = false;
    if (page->who.person == 0 ||
        !rating_takes_marks((RatingState)row->state, row->closes_at, page->now)) {
        return NULL;
    }
    Error *err = ratings_may_rate(s, page->area, rules, page->who.person, &may);
    if (!err) {
        err = sql_rating_own(s, page->area, row->proposal_id, page->who.person, &own);
    }
    if (!err && may) {
        view->rate = page_path(page, "/a/{area}/ratings/{id}/rate", row->proposal_id);
        view->rate_text = own.count > 0 ? t_rating_rate_again() : t_rating_rate();
    }
    return err;
}

Error *page_rating_project(Page *page, Snapshot *s)
{
    RatingProjectRow row;
    RoundRules *rules = NULL;
    RatingCounts counts = {0};
    int64_t raters[RATING_CHANNELS + 1] = {0};
    Frame *frame = page_frame(page, t_rating_title(), FRAME_TAB_HOME);
    RatingProjectView view = {.frame = frame};
    Error *err = rating_load(page, s, &row, &rules);
    if (!err) {
        err = load_tallies(page, s, &counts, raters);
    }
    if (!err) {
        err = fill_act(page, s, &row, rules, &view);
    }
    if (err) {
        return err;
    }
    fill_project(page, &row, rules, &counts, &view);
    if (view.has_means && rating_may_show_apart(raters[RATING_ONLINE], raters[RATING_PAPER])) {
        view.paper = t_rating_of_them_paper(raters[RATING_PAPER]);
    }
    view.round = page_path(page, "/a/{area}/rounds/{id}/ratings", row.round_id);
    view.delivery = page_path(page, "/a/{area}/deliveries/{id}", row.proposal_id);
    frame->back = view.round;
    Out out = page_out(page);
    rating_project_page(&out, &view);
    return NULL;
}

/* --- the room --------------------------------------------------------------------------------- */

static const Route routes[] = {
    ROUTE_GET("/a/{area}/rounds/{id}/report", POLICY_PUBLIC, page_rating_report),
    ROUTE_GET("/a/{area}/rounds/{id}/report.pdf", POLICY_PUBLIC, page_rating_report_pdf),
    ROUTE_GET("/a/{area}/rounds/{id}/report.xlsx", POLICY_PUBLIC, page_rating_report_xlsx),
    ROUTE_GET("/a/{area}/rounds/{id}/report/edit", POLICY_MANAGE, page_rating_report_edit),
    ROUTE_POST("/a/{area}/rounds/{id}/report/edit", POLICY_MANAGE, &report_form,
               submit_rating_report, page_rating_report_edit),
    ROUTE_POST("/a/{area}/rounds/{id}/report/publish", POLICY_LEAD, &report_publish_form,
               submit_rating_report_publish, page_rating_report_edit),
    ROUTE_GET("/a/{area}/rounds/{id}/ratings", POLICY_PUBLIC, page_rating_round),
    ROUTE_GET("/a/{area}/rounds/{id}/ratings/console", POLICY_MANAGE, page_rating_console),
    ROUTE_POST("/a/{area}/rounds/{id}/ratings/open", POLICY_MANAGE, &rating_open_form,
               submit_rating_open, page_rating_console),
    ROUTE_POST("/a/{area}/rounds/{id}/ratings/close", POLICY_MANAGE, &rating_close_form,
               submit_rating_close, page_rating_console),
    ROUTE_GET("/a/{area}/ratings/{id}", POLICY_PUBLIC, page_rating_project),
    ROUTE_GET("/a/{area}/ratings/{id}/self", POLICY_MANAGE, page_rating_self),
    ROUTE_POST("/a/{area}/ratings/{id}/self", POLICY_MANAGE, &rating_self_form, submit_rating_self,
               page_rating_self),
    ROUTE_GET("/a/{area}/ratings/{id}/paper", POLICY_MANAGE, page_rating_paper),
    ROUTE_POST_QUIET("/a/{area}/ratings/{id}/paper", POLICY_MANAGE, &rating_paper_form,
                     submit_rating_paper, page_rating_paper),
    ROUTE_GET("/a/{area}/ratings/{id}/sheet.pdf", POLICY_STAFF, page_rating_sheet),
    ROUTE_GET_QUIET("/a/{area}/ratings/{id}/rate", POLICY_RESIDENT, page_rating_rate),
    ROUTE_POST_QUIET("/a/{area}/ratings/{id}/rate", POLICY_RESIDENT, &rating_form, submit_rating,
                     page_rating_rate),
};

static const Gate gates[] = {{"ratings_closed", ratings_gate_closed},
                             {"report_published", ratings_gate_report}};

const Feature ratings_feature = {
    .name = "ratings",
    .routes = routes,
    .n_routes = countof(routes),
    .gates = gates,
    .n_gates = countof(gates),
    .due = ratings_due,
    .export_person = ratings_export_person,
    .erase_person = ratings_erase_person,
};
