/* notices_pages.c: what one was told; the routes and the row of the room. */
#include "features/notices/notices_deliver.h"
#include "features/notices/notices_views.h"
#include "notice_list_html.h"
#include "notices_sql.h"
#include "notices_text.h"
#include "platform/html/frame_load.h"
#include "platform/list/list.h"

#define NOTICE_ROWS 20

typedef struct ReadInput {
    int64_t shown;
} ReadInput;

static const Field read_fields[] = {
    {FIELD_COMMON(ReadInput, shown, FIELD_ID, TEXT_notices_shown), .is_required = true},
};

static const Form read_form = FORM("notices_read", read_fields, ReadInput);

Text notices_kind_text(int64_t kind)
{
    static const int texts[] = {
        [NOTICE_ACCEPTED] = TEXT_notices_accepted, [NOTICE_REFUSED] = TEXT_notices_refused,
        [NOTICE_MERGED] = TEXT_notices_merged,     [NOTICE_REPLY] = TEXT_notices_reply,
        [NOTICE_VOTE] = TEXT_notices_vote,         [NOTICE_OBJECTION] = TEXT_notices_objection,
        [NOTICE_FILING] = TEXT_notices_filing,     [NOTICE_BUILT] = TEXT_notices_built,
        [NOTICE_RATING] = TEXT_notices_rating,     [NOTICE_UNMERGED] = TEXT_notices_unmerged};
    return text_of(texts[kind]);
}

static int64_t home_of(const Who *who)
{
    for (size_t i = 0; i < who->n_grants; i++) {
        if (who->grants[i].role == ROLE_RESIDENT) {
            return who->grants[i].area;
        }
    }
    return who->n_grants > 0 ? who->grants[0].area : 0;
}

void notices_tabs(Page *page, Frame *frame)
{
    int64_t home = home_of(&page->who);
    if (home != 0) {
        frame_tabs(page, home, frame);
    }
}

static NoticeLine line_of(const Page *page, const NoticeBoxRow *row)
{
    bool in_english = page->lang == LANG_EN;
    return (NoticeLine){.link = url_own_path_or_home(page->arena, row->link),
                        .kind = notices_kind_text(row->kind),
                        .words = in_english ? row->words_en : row->words,
                        .area = in_english && row->name_en.len > 0 ? row->name_en : row->name,
                        .sent_at = row->sent_at,
                        .is_new = row->is_new};
}

static void fill_lines(const Page *page, const NoticeBoxRows *rows, size_t count,
                       NoticeListView *view)
{
    NoticeLine *lines = arena_array(page->arena, NoticeLine, count);
    for (size_t i = 0; i < count; i++) {
        lines[i] = line_of(page, &rows->rows[i]);
        view->has_new = view->has_new || lines[i].is_new;
    }
    view->lines = lines;
    view->n_lines = count;
    view->newest = id_text(count > 0 ? rows->rows[0].id : 0);
}

/* A torn ?after= shows the list from its start. */
static int64_t read_before(const Page *page)
{
    int64_t before = 0;
    return id_parse(page_query(page, "after"), &before) && before > 0 ? before : INT64_MAX;
}

static Error *page_notices(Page *page, Snapshot *snapshot)
{
    Frame *frame = page_frame(page, t_notices_title(), FRAME_TAB_MINE);
    int64_t before = read_before(page);
    NoticeListView view = {.frame = frame};
    NoticeBoxRows rows;
    NoticeReaderGetRow reader = {0};
    bool found = false;
    Error *err = sql_notice_box(snapshot, page->who.person, before, NOTICE_ROWS + 1, &rows);
    if (!err) {
        err = sql_notice_reader_get(snapshot, page->who.person, &reader, &found);
    }
    if (err) {
        return err;
    }
    bool has_more = rows.count > NOTICE_ROWS;
    fill_lines(page, &rows, has_more ? NOTICE_ROWS : rows.count, &view);
    IdText last = id_text(has_more ? rows.rows[NOTICE_ROWS - 1].id : 0);
    ListRequest request = {.arena = page->arena, .path = page->path, .query = &page->query};
    view.pages = list_pages(&request, NULL, before == INT64_MAX,
                            has_more ? arena_str(page->arena, str_from(last.text)) : STR(""));
    view.has_new = view.has_new && before == INT64_MAX; /* "all" is from the newest on */
    view.read = page_form(page, &read_form);
    view.channel = notices_channel_text(reader.channel);
    frame->back = url_path(page->arena, "/me");
    notices_tabs(page, frame);
    Out out = page_out(page);
    notice_list_page(&out, &view);
    return NULL;
}

static Error *submit_read(Page *page, Snapshot *snapshot, const void *input)
{
    const ReadInput *typed = input;
    NoticesRead *read = arena_new(page->arena, NoticesRead);
    *read = (NoticesRead){.person = page->who.person, .shown = typed->shown};
    return page_write_to(page, notices_read, read, 0, url_path(page->arena, "/me/notices"),
                         TEXT_notices_read_done);
}

static const Route routes[] = {
    ROUTE_GET("/me/notices", POLICY_SIGNED_IN, page_notices),
    {HTTP_POST, "/me/notices/read", POLICY_SIGNED_IN, page_notices, &read_form, submit_read,
     ROUTE_REPEATABLE},
    ROUTE_GET("/me/notices/channel", POLICY_SIGNED_IN, page_notices_channel),
    ROUTE_POST("/me/notices/channel", POLICY_SIGNED_IN, &notices_channel_form,
               submit_notices_channel, page_notices_channel),
    ROUTE_GET("/a/{area}/rounds/{id}/notices", POLICY_MANAGE, page_notices_round),
    ROUTE_POST("/a/{area}/rounds/{id}/notices", POLICY_MANAGE, &notices_hand_form,
               submit_notices_hand, page_notices_round),
};

static const Job jobs[] = {
    {.name = "notices.deliver", .every_seconds = 5, .is_slow = true, .run = notices_deliver},
};

const Feature notices_feature = {.name = "notices",
                                 .routes = routes,
                                 .n_routes = countof(routes),
                                 .jobs = jobs,
                                 .n_jobs = countof(jobs),
                                 .export_person = notices_export_person,
                                 .erase_person = notices_erase_person};
