/* notices_round_pages.c: for staff: how the notices of a round went, and whom nothing reached. */
#include "features/notices/notices_deliver.h"
#include "features/notices/notices_views.h"
#include "features/people/people.h"
#include "notice_round_html.h"
#include "notices_round_sql.h"
#include "notices_round_text.h"
#include "platform/db/like.h"
#include "platform/html/frame_load.h"
#include "platform/list/list_file.h"
#include "platform/send/send.h"

typedef struct HandInput {
    IdList chosen;
    int64_t notice; /* 0: what was chosen are notices to one person each, else people */
    int act;
} HandInput;

static const Choice acts[] = {
    {"told", NOTICE_HAND_TOLD, TEXT_notices_hand_told},
    {"again", NOTICE_HAND_AGAIN, TEXT_notices_hand_again},
};

static const Field fields[] = {
    {FIELD_COMMON(HandInput, chosen, FIELD_IDS, TEXT_notices_untold_which),
     .max = NOTICE_HAND_MOST},
    {FIELD_COMMON(HandInput, notice, FIELD_ID, TEXT_notices_untold_of)},
    {FIELD_COMMON(HandInput, act, FIELD_CHOICE, TEXT_notices_hand_act), .is_required = true,
     .choices = acts, .n_choices = countof(acts)},
};

const Form notices_hand_form = FORM("notices_hand", fields, HandInput);

/* --- the list -----------------------------------------------------------------------------------
 */

/* A person, or a notice to one. */
typedef struct UntoldRow {
    int64_t id;
    Str place_key;
    Str name;
    Str phone;
    Str place;
    Str what;
    Text why;
    Text reason; /* of what was not sent */
    bool is_failed;
} UntoldRow;

typedef struct UntoldFilter {
    int64_t notice; /* 0: those to one person each */
    Str what;       /* what that notice says */
    Lang lang;
} UntoldFilter;

static Text reason_text(int64_t reason)
{
    static const int texts[SEND_REASONS] = {
        [SEND_NOT_REACHED] = TEXT_notices_not_reached,
        [SEND_ADDRESS_PRIVATE] = TEXT_notices_address_private,
        [SEND_BUSY] = TEXT_notices_busy,
        [SEND_SAID_NO] = TEXT_notices_said_no,
        [SEND_NO_ANSWER] = TEXT_notices_no_answer,
        [SEND_BAD_ANSWER] = TEXT_notices_bad_answer,
        [SEND_NO_ADDRESS] = TEXT_notices_no_address,
        [SEND_INTERRUPTED] = TEXT_notices_interrupted,
        [SEND_NOT_SET_UP] = TEXT_notices_not_set_up,
    };
    return text_of(reason > 0 && reason < SEND_REASONS ? texts[reason] : 0);
}

static Text why_text(int64_t state, int64_t chosen, Str phone)
{
    if (state == NOTICE_UNCLEAR) {
        return t_notices_why_unclear();
    }
    if (state == NOTICE_FAILED) {
        return t_notices_why_failed();
    }
    if (chosen == NOTICE_BY_HAND) {
        return t_notices_why_asked();
    }
    return phone.len == 0 ? t_notices_why_no_phone() : t_notices_why_no_code();
}

static Error *fetch_all(Snapshot *s, const ListQuery *query, ListRows *out)
{
    const UntoldFilter *filter = query->filter;
    Arena *arena = snapshot_arena(s);
    NoticeUntoldAllRows rows;
    Error *err = sql_notice_untold_all(s, query->area, filter->notice,
                                       like_contains(arena, query->search), query->after.is_set,
                                       query->after.text, query->after.id, query->limit, &rows);
    UntoldRow *made = err ? NULL : arena_array(arena, UntoldRow, rows.count);
    for (size_t i = 0; !err && i < rows.count; i++) {
        const NoticeUntoldAllRow *row = &rows.rows[i];
        made[i] = (UntoldRow){.id = row->person_id,
                              .place_key = row->place_key,
                              .name = row->name,
                              .phone = row->phone,
                              .place = people_place_line(arena, row->building, row->door),
                              .what = filter->what,
                              .why = why_text(row->state, row->chosen, row->phone),
                              .reason = reason_text(row->reason),
                              .is_failed = row->state != 0};
    }
    *out = (ListRows){made, err ? 0 : rows.count};
    return err;
}

static Error *fetch_own(Snapshot *s, const ListQuery *query, ListRows *out)
{
    const UntoldFilter *filter = query->filter;
    Arena *arena = snapshot_arena(s);
    NoticeUntoldOwnRows rows;
    Error *err = sql_notice_untold_own(s, query->area, query->parent,
                                       like_contains(arena, query->search), query->after.is_set,
                                       query->after.text, query->after.id, query->limit, &rows);
    UntoldRow *made = err ? NULL : arena_array(arena, UntoldRow, rows.count);
    for (size_t i = 0; !err && i < rows.count; i++) {
        const NoticeUntoldOwnRow *row = &rows.rows[i];
        made[i] = (UntoldRow){.id = row->id,
                              .place_key = row->place_key,
                              .name = row->name,
                              .phone = row->phone,
                              .place = people_place_line(arena, row->building, row->door),
                              .what = filter->lang == LANG_EN ? row->words_en : row->words,
                              .why = why_text(row->state, row->chosen, row->phone),
                              .reason = reason_text(row->reason),
                              .is_failed = row->state != 0};
    }
    *out = (ListRows){made, err ? 0 : rows.count};
    return err;
}

static Error *fetch(Snapshot *s, const ListQuery *query, ListRows *out)
{
    const UntoldFilter *filter = query->filter;
    return filter->notice != 0 ? fetch_all(s, query, out) : fetch_own(s, query, out);
}

static const ListColumn columns[] = {
    {LIST_COLUMN(UntoldRow, name, COLUMN_STR, TEXT_notices_column_name), .flags = COLUMN_HEAD},
    {LIST_COLUMN(UntoldRow, place, COLUMN_STR, TEXT_notices_column_place)},
    {LIST_COLUMN(UntoldRow, phone, COLUMN_STR, TEXT_notices_column_phone)},
    {LIST_COLUMN(UntoldRow, what, COLUMN_STR, TEXT_notices_column_what)},
    {LIST_COLUMN(UntoldRow, why, COLUMN_TEXT, TEXT_notices_column_why)},
    {LIST_COLUMN(UntoldRow, reason, COLUMN_TEXT, TEXT_notices_column_reason)},
};

static const ListOrder orders[] = {
    {.name = "place",
     .label = TEXT_notices_column_place,
     .key_kind = COLUMN_STR,
     .key_offset = offsetof(UntoldRow, place_key),
     .fetch = fetch},
};

static const ListTable untold_table = {
    .name = "untold",
    .caption = TEXT_notices_untold,
    .columns = columns,
    .n_columns = countof(columns),
    .orders = orders,
    .n_orders = countof(orders),
    .row_size = sizeof(UntoldRow),
    .id_offset = offsetof(UntoldRow, id),
    .has_csv = true,
};

/* --- the page -----------------------------------------------------------------------------------
 */

/* Which notice is looked at: one to everybody in the round, by ?notice= or by the form that came
 * back, else those to one each. */
static const NoticeRoundAllRow *asked_for(const Page *page, const NoticeRoundAllRows *rows)
{
    int64_t id = 0;
    bool came_back = page->form && page->form->form == &notices_hand_form;
    Str asked = came_back ? form_field(page->form, "notice")->typed : page_query(page, "notice");
    bool is_asked = id_parse(asked, &id);
    for (size_t i = 0; is_asked && i < rows->count; i++) {
        if (rows->rows[i].id == id) {
            return &rows->rows[i];
        }
    }
    return NULL;
}

static void fill_choices(const Page *page, const NoticeRoundAllRows *rows, int64_t chosen,
                         NoticeRoundView *view)
{
    NoticeChoice *choices = arena_array(page->arena, NoticeChoice, rows->count);
    for (size_t i = 0; i < rows->count; i++) {
        const NoticeRoundAllRow *row = &rows->rows[i];
        choices[i] = (NoticeChoice){.id = id_text(row->id),
                                    .kind = notices_kind_text(row->kind),
                                    .sent_at = row->sent_at,
                                    .is_here = row->id == chosen};
    }
    view->choices = choices;
    view->n_choices = rows->count;
}

static void fill_lines(const Page *page, const ListView *list, NoticeRoundView *view)
{
    const UntoldRow *rows = list->rows.rows;
    UntoldLine *lines = arena_array(page->arena, UntoldLine, list->rows.count);
    for (size_t i = 0; i < list->rows.count; i++) {
        lines[i] = (UntoldLine){.id = id_text(rows[i].id),
                                .name = rows[i].name,
                                .place = rows[i].place,
                                .phone = rows[i].phone,
                                .what = view->has_notice ? STR("") : rows[i].what,
                                .why = rows[i].why,
                                .reason = rows[i].reason};
        view->has_failed = view->has_failed || rows[i].is_failed;
    }
    view->lines = lines;
    view->n_lines = list->rows.count;
    view->pages = list->pages;
    view->files = list->files;
}

static Error *fill_counts(Page *page, Snapshot *s, NoticeRoundView *view)
{
    static const int states[] = {[NOTICE_WAITING] = TEXT_notices_state_waiting,
                                 [NOTICE_SENDING] = TEXT_notices_state_sending,
                                 [NOTICE_SENT] = TEXT_notices_state_sent,
                                 [NOTICE_FAILED] = TEXT_notices_state_failed,
                                 [NOTICE_UNCLEAR] = TEXT_notices_state_unclear};
    NoticeRoundCountsRows rows;
    Error *err = sql_notice_round_counts(s, page->area, page->ids[0], &rows);
    NoticeCount *counts = err ? NULL : arena_array(page->arena, NoticeCount, rows.count);
    for (size_t i = 0; !err && i < rows.count; i++) {
        counts[i] = (NoticeCount){.channel = notices_channel_text(rows.rows[i].channel),
                                  .state = text_of(states[rows.rows[i].state]),
                                  .n = rows.rows[i].n};
    }
    view->counts = counts;
    view->n_counts = err ? 0 : rows.count;
    return err;
}

static Error *load(Page *page, Snapshot *s, NoticeRoundTitleRow *title, NoticeRoundAllRows *all)
{
    Error *err = sql_notice_round_title(s, page->area, page->ids[0], title);
    return err ? err : sql_notice_round_all(s, page->area, page->ids[0], all);
}

static UntoldFilter *filter_of(const Page *page, const NoticeRoundAllRow *notice)
{
    UntoldFilter *filter = arena_new(page->arena, UntoldFilter);
    filter->lang = page->lang;
    if (notice) {
        filter->notice = notice->id;
        filter->what = page->lang == LANG_EN ? notice->words_en : notice->words;
    }
    return filter;
}

static Error *show(Page *page, Snapshot *s, const ListRequest *request, NoticeRoundView *view)
{
    ListView list;
    Error *err = list_load(s, &untold_table, request, &list);
    if (!err) {
        err = fill_counts(page, s, view);
    }
    if (err) {
        return err;
    }
    fill_lines(page, &list, view);
    view->words = list.query.search;
    view->form = page_form(page, &notices_hand_form);
    Out out = page_out(page);
    notice_round_page(&out, view);
    return NULL;
}

Error *page_notices_round(Page *page, Snapshot *s)
{
    NoticeRoundTitleRow title;
    NoticeRoundAllRows all;
    Error *err = load(page, s, &title, &all);
    if (err) {
        return err;
    }
    const NoticeRoundAllRow *notice = asked_for(page, &all);
    UntoldFilter *filter = filter_of(page, notice);
    ListRequest request = {.arena = page->arena,
                           .path =
                               page_path(page, "/a/{area}/rounds/{id}/notices", page->ids[0]).url,
                           .query = &page->query,
                           .area = page->area,
                           .parent = page->ids[0],
                           .filter = filter};
    if (page->method == HTTP_GET && list_format(&untold_table, &request) != LIST_PAGE) {
        return list_file(page, s, &untold_table, &request, "untold");
    }
    NoticeRoundView view = {.frame = page_frame(page, t_notices_round_title(), FRAME_TAB_NONE),
                            .round_title = title.title,
                            .console =
                                page_path(page, "/a/{area}/rounds/{id}/console", page->ids[0]),
                            .self = page_path(page, "/a/{area}/rounds/{id}/notices", page->ids[0]),
                            .has_notice = notice != NULL,
                            .notice = id_text(filter->notice),
                            .what = filter->what};
    fill_choices(page, &all, filter->notice, &view);
    return show(page, s, &request, &view);
}

Error *submit_notices_hand(Page *page, Snapshot *s, const void *input)
{
    const HandInput *typed = input;
    NoticesHand *hand = arena_new(page->arena, NoticesHand);
    *hand = (NoticesHand){.area = page->area,
                          .round = page->ids[0],
                          .actor = page->who.person,
                          .act = (NoticeHandAct)typed->act,
                          .notice = typed->notice,
                          .chosen = typed->chosen};
    SafeUrl here = page_path(page, "/a/{area}/rounds/{id}/notices", page->ids[0]);
    if (typed->notice != 0) {
        here = url_path(page->arena, "/a/%s/rounds/%s/notices?notice=%s", id_text(page->area).text,
                        id_text(page->ids[0]).text, id_text(typed->notice).text);
    }
    return page_write_to(page, notices_hand, hand, 0, here,
                         typed->act == NOTICE_HAND_TOLD ? TEXT_notices_hand_told_done
                                                        : TEXT_notices_hand_again_done);
}
