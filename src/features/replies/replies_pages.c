/* replies_pages.c: the queue of a round, the list for everybody, and the room's row. */
#include "features/replies/replies_pages.h"

#include "features/replies/replies_gates.h"
#include "platform/html/frame_load.h"
#include "platform/list/list_file.h"
#include "replies_text.h"
#include "reply_public_html.h"
#include "reply_queue_html.h"

#define QUEUE_ROWS  50
#define PUBLIC_ROWS 50

/* --- words shared by the pages -------------------------------------------------------------- */

int64_t reply_channel_asked(const Page *page)
{
    return choice_of(proposal_channels, countof(proposal_channels), page_query(page, "channel"), 0);
}

const char *reply_channel_word(int64_t channel)
{
    return choice_name(proposal_channels, countof(proposal_channels), channel);
}

Text reply_kind_text(ReplyKind kind)
{
    switch (kind) {
    case REPLY_REFUSED:
        return t_reply_kind_refused();
    case REPLY_MERGED:
        return t_reply_kind_merged();
    case REPLY_LOST:
        return t_reply_kind_lost();
    case REPLY_NOT_CARRIED:
        return t_reply_kind_not_carried();
    case REPLY_NOT_SHORTLISTED:
        return t_reply_kind_not_shortlisted();
    default:
        return t_reply_kind_left_out();
    }
}

SafeUrl reply_url(const Page *page, int64_t proposal, int64_t channel)
{
    const char *word = reply_channel_word(channel);
    return url_path(page->arena, "/a/%s/replies/%s%s%s", id_text(page->area).text,
                    id_text(proposal).text, *word ? "?channel=" : "", word);
}

SafeUrl reply_queue_url(const Page *page, int64_t round, int64_t channel)
{
    const char *word = reply_channel_word(channel);
    return url_path(page->arena, "/a/%s/rounds/%s/replies%s%s", id_text(page->area).text,
                    id_text(round).text, *word ? "?channel=" : "", word);
}

static int permille(int64_t part, int64_t whole)
{
    return whole == 0 ? 0 : (int)(part * 1000 / whole);
}

Error *reply_progress(Page *page, Snapshot *s, int64_t round, ReplyProgress *out)
{
    ReplyCounts counts;
    Error *err = replies_counts(s, page->area, round, &counts);
    if (err) {
        return err;
    }
    BarPart *parts = arena_array(page->arena, BarPart, 2);
    parts[0] = (BarPart){.permille = permille(counts.delivered, counts.owed)};
    parts[1] = (BarPart){.permille = permille(counts.written, counts.owed)};
    *out = (ReplyProgress){.owed = counts.owed,
                           .delivered = counts.delivered,
                           .written = counts.written,
                           .missing = counts.owed - counts.delivered - counts.written};
    out->bar = (Bar){
        .parts = parts,
        .count = 2,
        .says = text_str(page->arena, page->lang, t_reply_progress(counts.delivered, counts.owed))};
    return NULL;
}

Error *reply_dates(Page *page, Snapshot *s, int64_t round, ReplyDates *out)
{
    RoundRules *rules = arena_new(page->arena, RoundRules);
    ReplyStageRow stage = {0};
    bool found = false;
    Error *err = programmes_round_rules(s, page->area, round, rules);
    if (!err) {
        err = programmes_holidays(s, &out->holidays);
    }
    if (!err) {
        err = sql_reply_stage(s, page->area, round, &stage, &found);
    }
    out->refusal_days = rules->refusal_reply_working_days;
    out->stage_closes_at = found ? stage.closes_at : (Instant){0};
    return err;
}

Instant reply_due(const ReplyDates *dates, ReplyKind kind, Instant decided_at)
{
    return reply_due_at(&dates->holidays, kind, decided_at, dates->refusal_days,
                        dates->stage_closes_at);
}

/* --- the queue ------------------------------------------------------------------------------ */

typedef struct QueueState {
    const char *word;
    int64_t number; /* of reply_list */
    int label;
} QueueState;

static const QueueState queue_states[REPLY_STATE_LINKS] = {
    {"", 1, TEXT_reply_state_missing},
    {"written", 2, TEXT_reply_state_written},
    {"done", 3, TEXT_reply_state_done},
    {"all", 0, TEXT_reply_state_all},
};

static size_t state_asked(const Page *page)
{
    Str word = page_query(page, "state");
    for (size_t i = 0; i < countof(queue_states); i++) {
        if (str_eq(word, str_from(queue_states[i].word))) {
            return i;
        }
    }
    return 0;
}

static void fill_filters(const Page *page, int64_t channel, size_t state, ReplyQueueView *view)
{
    view->state = queue_states[state].word;
    for (size_t i = 0; i < countof(queue_states); i++) {
        view->states[i] = (ReplyFilterLink){
            .link = url_path(page->arena, "/a/%s/rounds/%s/replies?state=%s&channel=%s",
                             id_text(page->area).text, id_text(page->ids[0]).text,
                             queue_states[i].word, reply_channel_word(channel)),
            .label = text_of(queue_states[i].label),
            .is_here = i == state};
    }
    for (size_t i = 0; i < PROPOSAL_CHANNELS; i++) {
        const Choice *choice = &proposal_channels[i];
        view->channels[i] =
            (ReplyPick){choice->name, text_of(choice->label), choice->value == channel};
    }
}

static ReplyLine line_of(const Page *page, const ReplyDates *dates, const ReplyListRow *row,
                         int64_t channel)
{
    bool is_delivered = row->sent_at.ms > 0;
    Instant due = reply_due(dates, (ReplyKind)row->kind, row->decided_at);
    return (ReplyLine){
        .link = reply_url(page, row->proposal_id, channel),
        .title = row->title,
        .name = row->proposer,
        .kind = reply_kind_text((ReplyKind)row->kind),
        .channel = proposal_channel_text(row->channel),
        .chip = is_delivered ? CHIP_GO : (row->way > 0 ? CHIP_DUE : CHIP_OPEN),
        .state = is_delivered ? t_reply_state_done()
                              : (row->way > 0 ? t_reply_state_written() : t_reply_state_missing()),
        .due_at = is_delivered ? (Instant){0} : due,
        .is_late = !is_delivered && due.ms > 0 && page->now.ms > due.ms,
        .delivered_at = row->sent_at};
}

int64_t reply_after_asked(const Page *page)
{
    int64_t after = 0;
    Str typed = page_query(page, "after");
    return id_parse(typed, &after) ? after : 0;
}

static ListRequest list_request(const Page *page, const void *filter)
{
    return (ListRequest){.arena = page->arena,
                         .path = page->path,
                         .query = &page->query,
                         .area = page->area,
                         .parent = page->ids[0],
                         .filter = filter};
}

ListPages reply_pages_of(const Page *page, bool has_next, int64_t last)
{
    ListRequest request = list_request(page, NULL);
    IdText id = id_text(last);
    return list_pages(&request, NULL, page_query(page, "after").len == 0,
                      has_next ? arena_str(page->arena, str_from(id.text)) : STR(""));
}

static Error *load_lines(Page *page, Snapshot *s, int64_t channel, size_t state,
                         ReplyQueueView *view)
{
    ReplyListRows rows;
    ReplyDates dates;
    Error *err = reply_dates(page, s, page->ids[0], &dates);
    if (!err) {
        err = sql_reply_list(s, page->area, page->ids[0], 0, channel, queue_states[state].number,
                             reply_after_asked(page), QUEUE_ROWS + 1, &rows);
    }
    if (err) {
        return err;
    }
    view->n_lines = rows.count > QUEUE_ROWS ? QUEUE_ROWS : rows.count;
    ReplyLine *lines = arena_array(page->arena, ReplyLine, view->n_lines);
    for (size_t i = 0; i < view->n_lines; i++) {
        lines[i] = line_of(page, &dates, &rows.rows[i], channel);
    }
    view->lines = lines;
    bool has_next = rows.count > QUEUE_ROWS;
    view->pages =
        reply_pages_of(page, has_next, has_next ? rows.rows[QUEUE_ROWS - 1].proposal_id : 0);
    return NULL;
}

Error *page_reply_queue(Page *page, Snapshot *s)
{
    RoundInfo round;
    ReplyQueueView *view = arena_new(page->arena, ReplyQueueView);
    int64_t channel = reply_channel_asked(page);
    size_t state = state_asked(page);
    int64_t first = 0;
    ReplyQueueFilter filter = {channel, queue_states[state].number};
    ListRequest request = list_request(page, &filter);
    Error *err = programmes_round(s, page->area, page->ids[0], &round);
    if (!err && list_format(&reply_queue_table, &request) != LIST_PAGE) {
        return list_file(page, s, &reply_queue_table, &request, "replies");
    }
    if (!err) {
        err = reply_progress(page, s, round.id, &view->progress);
    }
    if (!err) {
        err = load_lines(page, s, channel, state, view);
    }
    if (!err) {
        err = replies_next(s, page->area, round.id, channel, 0, &first);
    }
    if (err) {
        return err;
    }
    view->frame = page_frame(page, t_reply_queue_title(), FRAME_TAB_NONE);
    view->round_title = round.title;
    view->files = list_files(&reply_queue_table, &request);
    view->action = reply_queue_url(page, round.id, 0);
    view->start = first == 0 ? (SafeUrl){0} : reply_url(page, first, channel);
    view->deliver = reply_deliver_url(page, round.id, REPLY_LETTER);
    view->public_list = page_path(page, "/a/{area}/rounds/{id}/answers", round.id);
    fill_filters(page, channel, state, view);
    Out out = page_out(page);
    reply_queue_page(&out, view);
    return NULL;
}

/* --- for everybody -------------------------------------------------------------------------- */

static PublicReply public_reply(const Page *page, const ReplyPublicRow *row)
{
    return (PublicReply){.link = page_path(page, "/a/{area}/proposals/{id}", row->proposal_id),
                         .title = row->title,
                         .who = reply_public_who(row->proposer_name, row->person_name),
                         .kind = reply_kind_text((ReplyKind)row->kind),
                         .words = row->words,
                         .delivered_at = row->delivered_at};
}

Error *page_reply_public(Page *page, Snapshot *s)
{
    RoundInfo round;
    ReplyPublicRows rows;
    Frame *frame = page_frame(page, t_reply_public_title(), FRAME_TAB_PROPOSALS);
    ListRequest request = list_request(page, NULL);
    Error *err = programmes_round(s, page->area, page->ids[0], &round);
    if (!err && list_format(&reply_public_table, &request) != LIST_PAGE) {
        return list_file(page, s, &reply_public_table, &request, "answers");
    }
    if (!err) {
        err = sql_reply_public(s, page->area, round.id, reply_after_asked(page), PUBLIC_ROWS + 1,
                               &rows);
    }
    if (err) {
        return err;
    }
    ReplyPublicView view = {.frame = frame,
                            .round_title = round.title,
                            .n_replies = rows.count > PUBLIC_ROWS ? PUBLIC_ROWS : rows.count,
                            .round = page_path(page, "/a/{area}/rounds/{id}", round.id)};
    frame->back = view.round;
    PublicReply *replies = arena_array(page->arena, PublicReply, view.n_replies);
    for (size_t i = 0; i < view.n_replies; i++) {
        replies[i] = public_reply(page, &rows.rows[i]);
    }
    view.replies = replies;
    view.files = list_files(&reply_public_table, &request);
    bool has_next = rows.count > PUBLIC_ROWS;
    view.pages =
        reply_pages_of(page, has_next, has_next ? rows.rows[PUBLIC_ROWS - 1].proposal_id : 0);
    Out out = page_out(page);
    reply_public_page(&out, &view);
    return NULL;
}

/* --- the room ------------------------------------------------------------------------------- */

static const Route routes[] = {
    ROUTE_GET("/a/{area}/rounds/{id}/replies", POLICY_MANAGE, page_reply_queue),
    ROUTE_GET("/a/{area}/rounds/{id}/deliveries", POLICY_MANAGE, page_reply_deliver),
    ROUTE_POST("/a/{area}/rounds/{id}/deliveries", POLICY_MANAGE, &reply_deliver_form,
               submit_reply_deliver, page_reply_deliver),
    ROUTE_GET("/a/{area}/rounds/{id}/deliveries/letters.pdf", POLICY_MANAGE, page_reply_letters),
    ROUTE_POST("/a/{area}/rounds/{id}/deliveries/undo", POLICY_MANAGE, &reply_take_back_form,
               submit_reply_take_back, page_reply_deliver),
    ROUTE_GET("/a/{area}/rounds/{id}/answers", POLICY_PUBLIC, page_reply_public),
    ROUTE_GET("/a/{area}/replies/{id}", POLICY_MANAGE, page_reply_answer),
    ROUTE_POST("/a/{area}/replies/{id}", POLICY_MANAGE, &reply_form, submit_reply,
               page_reply_answer),
};

static const Gate gates[] = {{"all_answered", replies_gate_answered}};

const Feature replies_feature = {
    .name = "replies",
    .routes = routes,
    .n_routes = countof(routes),
    .gates = gates,
    .n_gates = countof(gates),
    .due = replies_due,
    .mine = replies_mine,
    .export_person = replies_export_person,
};
