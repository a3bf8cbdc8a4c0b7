/* replies_answer_pages.c: answering one, and going on to the next. */
#include "features/replies/replies_pages.h"
#include "platform/html/frame_load.h"
#include "replies_text.h"
#include "reply_answer_html.h"

typedef enum ReplyThen { THEN_NEXT = 1, THEN_QUEUE = 2 } ReplyThen;

typedef struct ReplyInput {
    int64_t version;
    int64_t kind; /* of the outcome, and which: the words are for it alone */
    int64_t about;
    Str words;
    bool seen; /* a person says so: nothing goes out unread */
    int way;
    bool delivered;
    Date on;
    Str deliverer;
    int then;
} ReplyInput;

const Choice reply_ways[REPLY_WAYS] = {
    {"site", REPLY_SITE, TEXT_reply_way_site},
    {"wechat", REPLY_WECHAT, TEXT_reply_way_wechat},
    {"phone", REPLY_PHONE, TEXT_reply_way_phone},
    {"door", REPLY_DOOR, TEXT_reply_way_door},
    {"letter", REPLY_LETTER, TEXT_reply_way_letter},
    {"hotline", REPLY_HOTLINE, TEXT_reply_way_hotline},
    {"face", REPLY_FACE, TEXT_reply_way_face},
};

static const Choice thens[] = {
    {"next", THEN_NEXT, TEXT_reply_save_next},
    {"queue", THEN_QUEUE, TEXT_reply_save},
};

static const Field reply_fields[] = {
    {FIELD_COMMON(ReplyInput, version, FIELD_ID, TEXT_reply_words)},
    {FIELD_COMMON(ReplyInput, kind, FIELD_INTEGER, TEXT_reply_words), .is_required = true, .min = 1,
     .max = REPLY_NOT_SHORTLISTED},
    {FIELD_COMMON(ReplyInput, about, FIELD_ID, TEXT_reply_words), .is_required = true},
    {FIELD_COMMON(ReplyInput, words, FIELD_LONG_TEXT, TEXT_reply_words),
     .hint = TEXT_reply_words_hint, .is_required = true, .min = REPLY_WORDS_MIN,
     .max = REPLY_WORDS_MAX},
    {FIELD_COMMON(ReplyInput, seen, FIELD_BOX, TEXT_reply_seen), .is_required = true},
    {FIELD_COMMON(ReplyInput, way, FIELD_CHOICE, TEXT_reply_way), .is_required = true,
     .choices = reply_ways, .n_choices = REPLY_WAYS},
    {FIELD_COMMON(ReplyInput, delivered, FIELD_BOX, TEXT_reply_delivered)},
    {FIELD_COMMON(ReplyInput, on, FIELD_DATE, TEXT_reply_on), .hint = TEXT_reply_on_hint,
     .is_conditional = true},
    {FIELD_COMMON(ReplyInput, deliverer, FIELD_TEXT, TEXT_reply_deliverer),
     .hint = TEXT_reply_deliverer_hint, .is_conditional = true, .max = REPLY_DELIVERER_MAX},
    {FIELD_COMMON(ReplyInput, then, FIELD_CHOICE, TEXT_reply_save_next), .choices = thens,
     .n_choices = countof(thens)},
};

const Form reply_form = FORM("reply", reply_fields, ReplyInput);

Text reply_way_text(ReplyWay way)
{
    return choice_label(reply_ways, REPLY_WAYS, way);
}

/* An answer that still answers the record is shown again; else what the record suggests. */
static FormState *answer_form(Page *page, const ReplyCase *about)
{
    bool has = about->version > 0 && about->is_current;
    ReplyInput input = {
        .words = has ? about->words : replies_suggestion(page->arena, page->lang, about),
        .seen = has,
        .way = has ? (int)about->way : (int)reply_usual_way(&about->origin),
        .delivered = has && about->delivered_at.ms > 0,
        .on = has && about->delivered_at.ms > 0 ? instant_date(about->delivered_at) : DATE_NONE,
        .deliverer = has ? about->deliverer : page->who.name};
    if (input.deliverer.len == 0) {
        input.deliverer = page->who.name;
    }
    return page_form_of(page, &reply_form, &input);
}

/* After a conflict the newer answer and outcome are on the page and the next try is made from them;
 * after any other error they stay, or a change would be overwritten, or answered, unseen. */
static void show_outcome(Page *page, const FormState *form, const ReplyCase *about,
                         ReplyAnswerView *view)
{
    int64_t version = about->version;
    int64_t kind = about->kind;
    int64_t outcome = about->about;
    bool is_conflict = form->error && form->error->code == ERROR_VERSION_CONFLICT;
    if (page->form == form && !is_conflict) {
        version = 0;
        id_parse(form_field(form, "version")->typed, &version);
        str_to_int64(form_field(form, "kind")->typed, &kind);
        id_parse(form_field(form, "about")->typed, &outcome);
    }
    view->version = id_text(version);
    view->outcome = kind;
    view->outcome_of = id_text(outcome);
}

static Error *load_neighbours(Page *page, Snapshot *s, int64_t channel, ReplyAnswerView *view)
{
    int64_t next = 0;
    ReplyPreviousRow previous;
    bool found = false;
    const ReplyCase *about = &view->about;
    Error *err = replies_next(s, page->area, about->round, channel, about->proposal, &next);
    if (!err) {
        err = sql_reply_previous(s, page->area, about->round, channel, about->proposal, &previous,
                                 &found);
    }
    if (!err) {
        view->next = next == 0 ? (SafeUrl){0} : reply_url(page, next, channel);
        view->previous = found ? reply_url(page, previous.proposal_id, channel) : (SafeUrl){0};
    }
    return err;
}

static void fill_view(Page *page, const ReplyDates *dates, int64_t channel, ReplyAnswerView *view)
{
    const ReplyCase *about = &view->about;
    FormState *form = answer_form(page, about);
    view->form = form;
    show_outcome(page, form, about, view);
    view->action = reply_url(page, about->proposal, channel);
    view->queue = reply_queue_url(page, about->round, channel);
    view->proposal = page_path(page, "/a/{area}/proposals/{id}", about->proposal);
    view->kind = reply_kind_text(about->kind);
    view->channel = proposal_channel_text(about->origin.channel);
    view->has_answer = about->version > 0 && about->is_current;
    view->is_stale = about->version > 0 && !about->is_current;
    view->way = reply_way_text(about->way);
    view->due_at = reply_due(dates, about->kind, about->decided_at);
    view->is_late = view->due_at.ms > 0 && page->now.ms > view->due_at.ms;
}

Error *page_reply_answer(Page *page, Snapshot *s)
{
    ReplyDates dates;
    ReplyAnswerView *view = arena_new(page->arena, ReplyAnswerView);
    int64_t channel = reply_channel_asked(page);
    Error *err = replies_case(s, page->area, page->ids[0], &view->about);
    if (!err) {
        err = reply_progress(page, s, view->about.round, &view->progress);
    }
    if (!err) {
        err = reply_dates(page, s, view->about.round, &dates);
    }
    if (!err) {
        err = load_neighbours(page, s, channel, view);
    }
    if (err) {
        return err;
    }
    view->frame = page_frame(page, t_reply_answer_title(), FRAME_TAB_NONE);
    fill_view(page, &dates, channel, view);
    Out out = page_out(page);
    reply_answer_page(&out, view);
    return NULL;
}

/* The next open one, from the start again at the end; the queue when there is none. */
static Error *find_next(Page *page, Snapshot *s, const ReplyCase *about, SafeUrl *out)
{
    int64_t channel = reply_channel_asked(page);
    int64_t next = 0;
    Error *err = replies_next(s, page->area, about->round, channel, about->proposal, &next);
    if (!err && next == 0) {
        err = replies_next(s, page->area, about->round, channel, 0, &next);
    }
    bool is_last = next == 0 || next == about->proposal;
    *out = is_last ? reply_queue_url(page, about->round, channel) : reply_url(page, next, channel);
    return err;
}

Error *submit_reply(Page *page, Snapshot *s, const void *input)
{
    const ReplyInput *typed = input;
    ReplyAnswer *answer = arena_new(page->arena, ReplyAnswer);
    ReplyCase about;
    Error *err = replies_case(s, page->area, page->ids[0], &about);
    if (err) {
        return err;
    }
    *answer = (ReplyAnswer){.area = page->area,
                            .proposal = page->ids[0],
                            .actor = page->who.person,
                            .version = typed->version,
                            .kind = (ReplyKind)typed->kind,
                            .about = typed->about,
                            .words = typed->words,
                            .delivery = {.way = (ReplyWay)typed->way,
                                         .is_delivered = typed->delivered,
                                         .on = typed->on,
                                         .deliverer = typed->deliverer}};
    SafeUrl to = reply_queue_url(page, about.round, reply_channel_asked(page));
    if (typed->then == THEN_NEXT) {
        err = find_next(page, s, &about, &to);
    }
    return err ? err : page_write_to(page, replies_answer, answer, 0, to, TEXT_reply_saved);
}
