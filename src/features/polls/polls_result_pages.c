/* polls_result_pages.c: counting, the result with its reasons, and its files. */
#include "features/polls/polls_charts.h"
#include "features/polls/polls_pages.h"
#include "features/polls/polls_stored.h"
#include "features/polls/polls_words.h"
#include "platform/html/frame_load.h"
#include "poll_result_html.h"
#include "polls_text.h"

const Form poll_count_form = FORM_EMPTY("poll-count");

/* The count is computed here, outside the transaction: closed ballots do not change. */
Error *submit_poll_count(Page *page, Snapshot *s, const void *input)
{
    PollGetRow poll;
    PollCount *count = arena_new(page->arena, PollCount);
    Error *err = poll_require(page, s, page->ids[0], &poll);
    if (!err && poll.state == POLL_COUNTED) {
        return page_redirect(page, page_path(page, "/a/{area}/polls/{id}/result", poll.id));
    }
    if (!err) {
        err = polls_compute(s, page->area, poll.id, count);
    }
    if (err) {
        return err;
    }
    count->act.actor = page->who.person;
    return page_write_to(page, polls_store_count, count, 0,
                         page_path(page, "/a/{area}/polls/{id}/result", count->act.poll),
                         TEXT_poll_was_counted);
}

static ResultRow result_row(Page *page, const PollRule *rule, const ResultOptionsRow *r,
                            int64_t place)
{
    SafeUrl none = {STR("")};
    return (ResultRow){
        .no = r->no,
        .place = place,
        .is_selected = r->is_selected,
        .title = r->title,
        .cost = r->cost_fen,
        .votes = r->votes,
        .left_before = r->left_before_fen,
        .why = poll_why(page->arena, rule, r),
        .lacking = poll_lacking(r),
        .proposal = r->proposal_id == 0
                        ? none
                        : page_path(page, "/a/{area}/proposals/{id}", r->proposal_id),
    };
}

static void fill_rows(Page *page, const PollRule *rule, const ResultOptionsRows *rows,
                      ResultView *view)
{
    ResultRow *all = arena_array(page->arena, ResultRow, rows->count);
    size_t winners = 0;
    while (winners < rows->count && rows->rows[winners].is_selected) {
        winners++;
    }
    for (size_t i = 0; i < rows->count; i++) {
        all[i] = result_row(page, rule, &rows->rows[i], (int64_t)i + 1);
    }
    view->winners = all;
    view->n_winners = winners;
    view->losers = all + winners;
    view->n_losers = rows->count - winners;
}

static void fill_figures(const PollGetRow *poll, const ResultGetRow *result, ResultView *view)
{
    view->voters = result->voters;
    view->eligible = poll->eligible;
    view->turnout_tenths = poll->eligible > 0 ? result->voters * 1000 / poll->eligible : -1;
    view->budget = result->budget_fen;
    view->spent = result->total_cost_fen;
    view->left = (Money){result->budget_fen.fen - result->total_cost_fen.fen};
    int64_t thousandths =
        result->budget_fen.fen > 0
            ? (int64_t)((__int128)result->total_cost_fen.fen * 1000 / result->budget_fen.fen)
            : 0;
    snprintf(view->spent_percent.text, sizeof(view->spent_percent.text), "%d.%d%%",
             (int)(thousandths / 10), (int)(thousandths % 10));
}

static Error *fill_publication(Page *page, Snapshot *s, int64_t poll, ResultView *view)
{
    PollPublicationRow publication;
    Error *err = sql_poll_publication(s, page->area, poll, &publication, &view->has_publication);
    if (!err && view->has_publication) {
        view->objections_until = publication.ends_at;
        view->may_object = page->now.ms < publication.ends_at.ms;
        view->publication = page_path(page, "/a/{area}/publications/{id}", publication.id);
    }
    return err;
}

Error *poll_require_result(Page *page, Snapshot *s, PollGetRow *poll, ResultGetRow *out)
{
    Error *err = poll_require(page, s, page->ids[0], poll);
    if (!err) {
        err = sql_result_get(s, page->area, poll->id, out);
    }
    return err;
}

Error *page_poll_result(Page *page, Snapshot *s)
{
    PollGetRow poll;
    ResultGetRow result;
    ResultOptionsRows rows;
    PollWinsRows wins;
    ResultView *view = arena_new(page->arena, ResultView);
    Frame *frame = page_frame(page, text_of(TEXT_poll_result_page), FRAME_TAB_VOTE);
    Error *err = poll_require_result(page, s, &poll, &result);
    if (!err) {
        err = sql_result_options(s, page->area, poll.id, &rows);
    }
    if (!err) {
        err = sql_poll_wins(s, page->area, poll.id, &wins);
    }
    if (!err) {
        err = fill_publication(page, s, poll.id, view);
    }
    if (err) {
        return err;
    }
    frame->back = page_path(page, "/a/{area}/polls/{id}", poll.id);
    frame->subtitle = poll.title;
    view->frame = frame;
    view->title = poll.title;
    view->is_imported = poll.is_imported;
    PollRule rule = poll_rule_of(&poll);
    poll_rule_say(&rule, &view->rule);
    view->rule.page = poll_rule_page(page->arena, &rule);
    fill_rows(page, &rule, &rows, view);
    poll_fill_kinds(page, &rows, view);
    poll_fill_wins(page, &wins, view);
    fill_figures(&poll, &result, view);
    view->ballots_csv = page_path(page, "/a/{area}/polls/{id}/ballots.csv", poll.id);
    view->pabulib = page_path(page, "/a/{area}/polls/{id}/election.pb", poll.id);
    view->check = page_path(page, "/a/{area}/polls/{id}/check", poll.id);
    Out out = page_out(page);
    poll_result_page(&out, view);
    return NULL;
}

Error *page_poll_ballots_csv(Page *page, Snapshot *s)
{
    PollGetRow poll;
    Error *err = poll_require(page, s, page->ids[0], &poll);
    if (!err) {
        err = polls_ballot_file(s, page->area, poll.id, &page->body);
    }
    page->content_type = "text/csv; charset=utf-8";
    page->download_name = STR("ballots.csv");
    return err;
}

Error *page_poll_pabulib(Page *page, Snapshot *s)
{
    PollGetRow poll;
    Error *err = poll_require(page, s, page->ids[0], &poll);
    if (!err) {
        err = polls_pabulib_file(s, page->area, poll.id, &page->body);
    }
    page->content_type = "text/plain; charset=utf-8";
    page->download_name = STR("election.pb");
    return err;
}

Error *page_poll_bundle(Page *page, Snapshot *s)
{
    PollGetRow poll;
    Error *err = poll_require(page, s, page->ids[0], &poll);
    if (!err) {
        err = polls_bundle_file(s, page->area, poll.id, &page->body);
    }
    page->content_type = "application/zip";
    page->download_name = STR("bundle.zip");
    return err;
}
