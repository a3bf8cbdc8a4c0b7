/* ratings_forms.c: a resident's marks, and the community's own with its words. */
#include "features/ratings/ratings_pages.h"
#include "platform/html/frame_load.h"
#include "rating_rate_html.h"
#include "rating_self_html.h"
#include "ratings_text.h"

const Choice rating_mark_choices[RATING_MARK_MAX] = {
    {"5", 5, TEXT_rating_mark_5}, {"4", 4, TEXT_rating_mark_4}, {"3", 3, TEXT_rating_mark_3},
    {"2", 2, TEXT_rating_mark_2}, {"1", 1, TEXT_rating_mark_1},
};

typedef struct SelfInput {
    RatingMarksInput marks;
    Str words;
    int64_t version;
} SelfInput;

typedef struct RateInput {
    RatingMarksInput marks;
} RateInput;

static const Field rate_fields[] = {RATING_MARK_FIELDS(RateInput, marks)};

const Form rating_form = FORM("rating", rate_fields, RateInput);

static const Field self_fields[] = {
    RATING_MARK_FIELDS(SelfInput, marks),
    {FIELD_COMMON(SelfInput, words, FIELD_LONG_TEXT, TEXT_rating_self_words),
     .hint = TEXT_rating_self_words_hint, .is_required = true, .min = RATING_WORDS_MIN,
     .max = RATING_WORDS_MAX},
    {FIELD_COMMON(SelfInput, version, FIELD_INTEGER, TEXT_rating_self_title), .is_required = true},
};

const Form rating_self_form = FORM("rating-self", self_fields, SelfInput);

void rating_marks_of(const RatingMarksInput *typed, int out[RATING_QUESTIONS])
{
    const int marks[RATING_QUESTIONS] = {typed->mark1, typed->mark2, typed->mark3, typed->mark4,
                                         typed->mark5};
    for (size_t q = 0; q < RATING_QUESTIONS; q++) {
        out[q] = marks[q];
    }
}

/* The fields of the questions the round asks, each called by its question. */
void rating_fill_marks(const Page *page, const RoundRules *rules, RatingFormView *view)
{
    view->n_marks = rating_formula(rules).n_questions;
    for (size_t q = 0; q < view->n_marks; q++) {
        view->marks[q] = form_field_view(page->arena, view->form, rating_mark_field(q));
        view->marks[q].label = t_rating_question((int64_t)q + 1, rating_question(page, rules, q));
    }
}

/* --- a resident ------------------------------------------------------------------------------- */

static Error *prefill_own(Page *page, Snapshot *s, int64_t project, FormState *form,
                          RatingFormView *view)
{
    RatingOwnRows rows;
    RateInput input = {{0}};
    Error *err = sql_rating_own(s, page->area, project, page->who.person, &rows);
    if (err || rows.count == 0) {
        return err;
    }
    int *const marks[RATING_QUESTIONS] = {&input.marks.mark1, &input.marks.mark2,
                                          &input.marks.mark3, &input.marks.mark4,
                                          &input.marks.mark5};
    for (size_t i = 0; i < rows.count; i++) {
        *marks[rows.rows[i].question - 1] = (int)rows.rows[i].mark;
    }
    view->is_of_paper = rows.rows[0].channel == RATING_PAPER;
    form_prefill(page->arena, form, &input);
    return NULL;
}

static Error *say_why_not(Page *page, Snapshot *s, const RatingProjectRow *row,
                          const RoundRules *rules, RatingFormView *view)
{
    bool may = false;
    Error *err = ratings_may_rate(s, page->area, rules, page->who.person, &may);
    if (!rating_takes_marks((RatingState)row->state, row->closes_at, page->now)) {
        view->why_not = row->state == 0 ? t_rating_state_none() : t_rating_no_more();
    } else if (!may) {
        view->why_not = t_rating_not_yours(rules->minimum_age);
    }
    return err;
}

Error *page_rating_rate(Page *page, Snapshot *s)
{
    RatingProjectRow row;
    RoundRules *rules = NULL;
    Frame *frame = page_frame(page, t_rating_rate_title(), FRAME_TAB_HOME);
    RatingFormView *view = arena_new(page->arena, RatingFormView);
    FormState *form = page_form(page, &rating_form);
    Error *err = rating_load(page, s, &row, &rules);
    if (!err && page->form != form) {
        err = prefill_own(page, s, row.proposal_id, form, view);
    }
    if (!err) {
        err = say_why_not(page, s, &row, rules, view);
    }
    if (err) {
        return err;
    }
    view->frame = frame;
    view->form = form;
    view->title = row.title;
    view->until = t_rating_until(row.closes_at);
    view->action = page_path(page, "/a/{area}/ratings/{id}/rate", row.proposal_id);
    view->back = page_path(page, "/a/{area}/rounds/{id}/ratings", row.round_id);
    frame->back = page_path(page, "/a/{area}/ratings/{id}", row.proposal_id);
    rating_fill_marks(page, rules, view);
    Out out = page_out(page);
    rating_rate_page(&out, view);
    return NULL;
}

Error *submit_rating(Page *page, Snapshot *s, const void *input)
{
    const RateInput *typed = input;
    RatingGive *give = arena_new(page->arena, RatingGive);
    *give = (RatingGive){.area = page->area, .project = page->ids[0], .person = page->who.person};
    rating_marks_of(&typed->marks, give->marks);
    return page_write_to(page, ratings_rate, give, 0,
                         page_path(page, "/a/{area}/ratings/{id}", give->project),
                         TEXT_rating_rated);
}

/* --- the community ---------------------------------------------------------------------------- */

static void prefill_self(Page *page, const RatingProjectRow *row, FormState *form)
{
    SelfInput input = {.marks = {(int)row->mark1, (int)row->mark2, (int)row->mark3, (int)row->mark4,
                                 (int)row->mark5},
                       .words = row->words};
    form_prefill(page->arena, form, &input);
}

Error *page_rating_self(Page *page, Snapshot *s)
{
    RatingProjectRow row;
    RoundRules *rules = NULL;
    Frame *frame = page_frame(page, t_rating_self_title(), FRAME_TAB_NONE);
    RatingFormView *view = arena_new(page->arena, RatingFormView);
    FormState *form = page_form(page, &rating_self_form);
    Error *err = rating_load(page, s, &row, &rules);
    if (err) {
        return err;
    }
    if (page->form != form && row.self_version > 0) {
        prefill_self(page, &row, form);
    }
    view->frame = frame;
    view->form = form;
    view->title = row.title;
    view->version = row.self_version;
    view->why_not = row.state == RATING_OPEN ? text_of(0) : t_rating_self_not_now();
    view->action = page_path(page, "/a/{area}/ratings/{id}/self", row.proposal_id);
    view->back = page_path(page, "/a/{area}/rounds/{id}/ratings/console", row.round_id);
    rating_fill_marks(page, rules, view);
    Out out = page_out(page);
    rating_self_page(&out, view);
    return NULL;
}

Error *submit_rating_self(Page *page, Snapshot *s, const void *input)
{
    const SelfInput *typed = input;
    RatingAssess *assess = arena_new(page->arena, RatingAssess);
    *assess = (RatingAssess){.area = page->area,
                             .project = page->ids[0],
                             .actor = page->who.person,
                             .version = typed->version,
                             .words = typed->words};
    rating_marks_of(&typed->marks, assess->marks);
    return page_write_to(page, ratings_assess, assess, 0,
                         page_path(page, "/a/{area}/ratings/{id}", assess->project),
                         TEXT_rating_self_saved);
}
