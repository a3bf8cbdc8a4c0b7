/* replies_deliver_pages.c: many answers at once: the page, the letters as one PDF, and back. */
#include "features/areas/areas.h"
#include "features/people/people.h"
#include "features/replies/replies_letters.h"
#include "features/replies/replies_pages.h"
#include "platform/html/frame_load.h"
#include "replies_deliver_sql.h"
#include "replies_deliver_text.h"
#include "replies_text.h"
#include "reply_deliver_html.h"

/* On one page, in one PDF and recorded in one go: what is printed is what is ticked, and each of
 * the three stays well under a second. */
#define DELIVER_ROWS 50

typedef struct DeliverInput {
    IdList proposals;
    Date on;
    Str deliverer;
    bool told; /* a person says so */
} DeliverInput;

static const Field deliver_fields[] = {
    {FIELD_COMMON(DeliverInput, proposals, FIELD_IDS, TEXT_reply_deliver_which),
     .max = DELIVER_ROWS},
    {FIELD_COMMON(DeliverInput, on, FIELD_DATE, TEXT_reply_on), .hint = TEXT_reply_on_hint},
    {FIELD_COMMON(DeliverInput, deliverer, FIELD_TEXT, TEXT_reply_deliverer),
     .hint = TEXT_reply_deliverer_hint, .is_required = true, .max = REPLY_DELIVERER_MAX},
    {FIELD_COMMON(DeliverInput, told, FIELD_BOX, TEXT_reply_deliver_confirm), .is_required = true},
};

const Form reply_deliver_form = FORM("reply_deliver", deliver_fields, DeliverInput);

typedef struct TakeBackInput {
    int64_t batch;
} TakeBackInput;

static const Field take_back_fields[] = {
    {FIELD_COMMON(TakeBackInput, batch, FIELD_ID, TEXT_reply_deliver_last_title),
     .is_required = true},
};

const Form reply_take_back_form = FORM("reply_take_back", take_back_fields, TakeBackInput);

/* --- addresses ------------------------------------------------------------------------------ */

/* Letters, unless another way is asked for that a person goes. */
static ReplyWay way_asked(const Page *page)
{
    ReplyWay way =
        (ReplyWay)choice_of(reply_ways, REPLY_WAYS, page_query(page, "way"), REPLY_LETTER);
    return reply_delivers_itself(way) ? REPLY_LETTER : way;
}

static SafeUrl deliver_url(const Page *page, int64_t round, const char *rest, ReplyWay way)
{
    return url_path(page->arena, "/a/%s/rounds/%s/deliveries%s?way=%s", id_text(page->area).text,
                    id_text(round).text, rest, choice_name(reply_ways, REPLY_WAYS, way));
}

SafeUrl reply_deliver_url(const Page *page, int64_t round, ReplyWay way)
{
    return deliver_url(page, round, "", way);
}

/* An address about the rows on this page. */
static SafeUrl here_url(const Page *page, const char *rest, ReplyWay way, const char *more)
{
    int64_t after = reply_after_asked(page);
    return url_path(page->arena, "/a/%s/rounds/%s/deliveries%s?way=%s%s%s%s",
                    id_text(page->area).text, id_text(page->ids[0]).text, rest,
                    choice_name(reply_ways, REPLY_WAYS, way), more,
                    after == 0 ? "" : "&after=", after == 0 ? "" : id_text(after).text);
}

/* --- the page ------------------------------------------------------------------------------- */

static void fill_ways(const ReplyDeliverWaysRows *counts, ReplyWay here, ReplyDeliverView *view)
{
    size_t at = 0;
    for (size_t i = 0; i < REPLY_WAYS && at < REPLY_DELIVER_WAYS; i++) {
        ReplyWay way = (ReplyWay)reply_ways[i].value;
        if (reply_delivers_itself(way)) {
            continue;
        }
        view->ways[at] = (DeliverWay){.word = choice_name(reply_ways, REPLY_WAYS, way),
                                      .label = reply_way_text(way),
                                      .is_here = way == here};
        for (size_t k = 0; k < counts->count; k++) {
            view->ways[at].n += counts->rows[k].way == (int64_t)way ? counts->rows[k].n : 0;
        }
        at++;
    }
}

/* All are ticked; after a mistake those that were. */
static bool is_ticked(const FormState *sent, int64_t proposal)
{
    for (size_t i = 0; sent && i < sent->chosen.count; i++) {
        if (sent->chosen.ids[i] == proposal) {
            return true;
        }
    }
    return !sent;
}

static DeliverLine line_of(const Page *page, const ReplyDeliverListRow *row, const FormState *sent)
{
    return (DeliverLine){.id = id_text(row->proposal_id),
                         .link = reply_url(page, row->proposal_id, 0),
                         .title = row->title,
                         .name = row->proposer_name.len > 0 ? row->proposer_name : row->person_name,
                         .place = people_place_line(page->arena, row->building, row->door),
                         .phone = row->phone,
                         .written_at = row->written_at,
                         .is_ticked = is_ticked(sent, row->proposal_id)};
}

static Error *load_lines(Page *page, Snapshot *s, ReplyWay way, ReplyDeliverView *view)
{
    ReplyDeliverListRows rows;
    Error *err = sql_reply_deliver_list(s, page->area, page->ids[0], way, reply_after_asked(page),
                                        DELIVER_ROWS + 1, &rows);
    if (err) {
        return err;
    }
    bool was_sent = page->form && page->form->form == &reply_deliver_form;
    bool has_next = rows.count > DELIVER_ROWS;
    view->n_lines = has_next ? DELIVER_ROWS : rows.count;
    DeliverLine *lines = arena_array(page->arena, DeliverLine, view->n_lines);
    for (size_t i = 0; i < view->n_lines; i++) {
        lines[i] = line_of(page, &rows.rows[i], was_sent ? page->form : NULL);
    }
    view->lines = lines;
    view->pages =
        reply_pages_of(page, has_next, has_next ? rows.rows[DELIVER_ROWS - 1].proposal_id : 0);
    return NULL;
}

static Error *load_last(Page *page, Snapshot *s, ReplyWay way, ReplyDeliverView *view)
{
    ReplyBatchLastRow row;
    ReplyStageRow stage;
    bool found = false, has_stage = false;
    Error *err = sql_reply_batch_last(s, page->area, page->ids[0], &row, &found);
    if (!err && found) {
        err = sql_reply_stage(s, page->area, page->ids[0], &stage, &has_stage);
    }
    if (err || !found) {
        return err;
    }
    view->last_n = row.n;
    view->last_who = row.deliverer;
    view->last_at = row.sent_at;
    view->last_recorder = row.recorder;
    view->batch = id_text(row.batch_id);
    if (reply_may_be_taken_back(has_stage ? (StageState)stage.state : STAGE_NOT_YET)) {
        view->undo = page_form(page, &reply_take_back_form);
        view->undo_action = deliver_url(page, page->ids[0], "/undo", way);
    }
    return NULL;
}

static void fill_form(Page *page, ReplyWay way, ReplyDeliverView *view)
{
    DeliverInput input = {.deliverer = page->who.name};
    bool is_carried = way == REPLY_LETTER || way == REPLY_DOOR;
    view->form = page_form_of(page, &reply_deliver_form, &input);
    view->action = here_url(page, "", way, "");
    view->look = page_path(page, "/a/{area}/rounds/{id}/deliveries", page->ids[0]);
    view->queue = reply_queue_url(page, page->ids[0], 0);
    view->letters = is_carried ? here_url(page, "/letters.pdf", way, "") : (SafeUrl){0};
    view->large_letters =
        is_carried ? here_url(page, "/letters.pdf", way, "&size=large") : (SafeUrl){0};
    if (page->form && page->form->form == &reply_take_back_form && page->form->error) {
        view->problem = text_of_error(page->form->error);
    }
}

Error *page_reply_deliver(Page *page, Snapshot *s)
{
    RoundInfo round;
    ReplyDeliverWaysRows ways;
    ReplyWay way = way_asked(page);
    ReplyDeliverView *view = arena_new(page->arena, ReplyDeliverView);
    Error *err = programmes_round(s, page->area, page->ids[0], &round);
    if (!err) {
        err = reply_progress(page, s, round.id, &view->progress);
    }
    if (!err) {
        err = sql_reply_deliver_ways(s, page->area, round.id, &ways);
    }
    if (!err) {
        err = load_lines(page, s, way, view);
    }
    if (!err) {
        err = load_last(page, s, way, view);
    }
    if (err) {
        return err;
    }
    view->frame = page_frame(page, t_reply_deliver_title(), FRAME_TAB_NONE);
    view->round_title = round.title;
    fill_ways(&ways, way, view);
    fill_form(page, way, view);
    Out out = page_out(page);
    reply_deliver_page(&out, view);
    return NULL;
}

/* --- recorded ------------------------------------------------------------------------------- */

Error *submit_reply_deliver(Page *page, Snapshot *s, const void *input)
{
    const DeliverInput *typed = input;
    ReplyDeliver *deliver = arena_new(page->arena, ReplyDeliver);
    *deliver = (ReplyDeliver){.area = page->area,
                              .round = page->ids[0],
                              .actor = page->who.person,
                              .proposals = typed->proposals,
                              .delivery = {.way = way_asked(page),
                                           .is_delivered = true,
                                           .on = typed->on,
                                           .deliverer = typed->deliverer}};
    return page_write_to(page, replies_deliver, deliver, 0,
                         reply_deliver_url(page, deliver->round, deliver->delivery.way),
                         TEXT_reply_deliver_done);
}

Error *submit_reply_take_back(Page *page, Snapshot *s, const void *input)
{
    const TakeBackInput *typed = input;
    ReplyTakeBack *back = arena_new(page->arena, ReplyTakeBack);
    *back = (ReplyTakeBack){page->area, page->ids[0], page->who.person, typed->batch};
    return page_write_to(page, replies_take_back, back, 0,
                         reply_deliver_url(page, back->round, way_asked(page)),
                         TEXT_reply_deliver_undone);
}

/* --- letters -------------------------------------------------------------------------------- */

static ReplyLetter letter_of(const Page *page, Str site, const ReplyDeliverListRow *row)
{
    return (ReplyLetter){.name = row->proposer_name.len > 0 ? row->proposer_name : row->person_name,
                         .place = people_place_line(page->arena, row->building, row->door),
                         .title = row->title,
                         .words = row->words,
                         .receipt = row->receipt,
                         .link = site.len == 0
                                     ? STR("")
                                     : arena_printf(page->arena, "%.*s/track?receipt=%.*s",
                                                    STR_ARG(site), STR_ARG(row->receipt))};
}

static Error *draw_letters(Page *page, const void *input)
{
    return reply_letters_print(page->arena, input, &page->body);
}

Error *page_reply_letters(Page *page, Snapshot *s)
{
    RoundInfo round;
    Area area;
    bool found = false;
    ReplyDeliverListRows rows = {0};
    Error *err = programmes_round(s, page->area, page->ids[0], &round);
    if (!err) {
        err = areas_get(s, page->area, &area, &found);
    }
    if (!err) {
        err = sql_reply_deliver_list(s, page->area, round.id, way_asked(page),
                                     reply_after_asked(page), DELIVER_ROWS, &rows);
    }
    if (err) {
        return err;
    }
    ReplyLetters *letters = arena_new(page->arena, ReplyLetters);
    ReplyLetter *all = arena_array(page->arena, ReplyLetter, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        all[i] = letter_of(page, page_site(page), &rows.rows[i]);
    }
    *letters = (ReplyLetters){.letters = all,
                              .count = rows.count,
                              .area_name = areas_name(&area, page->lang),
                              .phone = area.phone,
                              .made_at = page->now,
                              .lang = page->lang,
                              .is_large = str_eq(page_query(page, "size"), STR("large"))};
    page->content_type = "application/pdf";
    page->download_name = STR("letters.pdf");
    return page_render(page, draw_letters, letters);
}
