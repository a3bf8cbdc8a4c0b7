/* publicity_postings_pages.c: the postings of a publication, one of them, and what everybody reads.
 */
#include "features/publicity/publicity_postings_pages.h"

#include "features/publicity/publicity_pages.h"
#include "platform/db/like.h"
#include "platform/html/frame_load.h"
#include "platform/list/list_file.h"
#include "posting_page_html.h"
#include "publicity_postings_text.h"

#define POSTED_MOST 60

/* --- for everybody ---------------------------------------------------------------------------- */

static PostedLine posted_line(const Page *page, const HangingPublicRow *row)
{
    return (PostedLine){
        .place = row->place,
        .when = row->down_on.days != 0 ? t_posting_from_to(row->up_on, row->down_on)
                                       : t_posting_since(row->up_on),
        .up = photo_view(page->arena, page->area, row->up_photo_id, row->up_shown != 0),
        .down = photo_view(page->arena, page->area, row->down_photo_id, row->down_shown != 0)};
}

Error *postings_load_public(Page *page, Snapshot *s, int64_t publication, PostedLines *out)
{
    HangingPublicRows rows;
    Error *err = sql_hanging_public(s, page->area, publication, POSTED_MOST, &rows);
    if (err) {
        return err;
    }
    PostedLine *lines = arena_array(page->arena, PostedLine, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        lines[i] = posted_line(page, &rows.rows[i]);
    }
    *out = (PostedLines){lines, rows.count};
    return NULL;
}

/* --- the list --------------------------------------------------------------------------------- */

typedef struct PostingLine {
    int64_t id;
    Str place;
    Date up_on;
    Str up_by;
    Text down;
    Str down_by;
    Text state;
} PostingLine;

static Text state_of(int64_t is_withdrawn, Date down_on)
{
    return is_withdrawn        ? t_posting_withdrawn()
           : down_on.days != 0 ? t_posting_is_down()
                               : t_posting_hangs();
}

static Error *fetch_newest(Snapshot *s, const ListQuery *query, ListRows *out)
{
    HangingListRows rows;
    Arena *arena = snapshot_arena(s);
    Error *err =
        sql_hanging_list(s, query->area, query->parent, like_contains(arena, query->search),
                         query->after.is_set ? query->after.id : INT64_MAX, query->limit, &rows);
    if (err) {
        return err;
    }
    PostingLine *lines = arena_array(arena, PostingLine, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const HangingListRow *row = &rows.rows[i];
        lines[i] = (PostingLine){.id = row->id,
                                 .place = row->place,
                                 .up_on = row->up_on,
                                 .up_by = row->up_by,
                                 .down = row->down_on.days != 0 ? t_posting_day(row->down_on)
                                                                : t_posting_not_yet(),
                                 .down_by = row->down_by,
                                 .state = state_of(row->is_withdrawn, row->down_on)};
    }
    *out = (ListRows){lines, rows.count};
    return NULL;
}

static SafeUrl line_link(Arena *arena, const ListQuery *query, const void *row)
{
    return url_of(arena, "/a/{area}/postings/{id}", query->area, ((const PostingLine *)row)->id);
}

static const ListColumn columns[] = {
    {LIST_COLUMN(PostingLine, place, COLUMN_STR, TEXT_posting_place), .flags = COLUMN_HEAD},
    {LIST_COLUMN(PostingLine, up_on, COLUMN_DATE, TEXT_posting_up_on), .flags = COLUMN_SHORT},
    {LIST_COLUMN(PostingLine, up_by, COLUMN_STR, TEXT_posting_up_by)},
    {LIST_COLUMN(PostingLine, down, COLUMN_TEXT, TEXT_posting_down_on)},
    {LIST_COLUMN(PostingLine, down_by, COLUMN_STR, TEXT_posting_down_by)},
    {LIST_COLUMN(PostingLine, state, COLUMN_TEXT, TEXT_posting_state)},
};

static const ListOrder orders[] = {
    {.name = "new",
     .label = TEXT_posting_newest,
     .key_kind = COLUMN_ID,
     .key_offset = offsetof(PostingLine, id),
     .is_descending = true,
     .fetch = fetch_newest},
};

static const ListTable table = {
    .name = "postings",
    .caption = TEXT_posting_list_title,
    .columns = columns,
    .n_columns = countof(columns),
    .orders = orders,
    .n_orders = countof(orders),
    .row_size = sizeof(PostingLine),
    .id_offset = offsetof(PostingLine, id),
    .link = line_link,
    .empty_title = TEXT_posting_empty,
    .empty_text = TEXT_posting_empty_text,
    .has_csv = true,
};

static bool may_manage(const Page *page)
{
    return policy_check(POLICY_MANAGE, &page->who) == VERDICT_ALLOW;
}

static Error *show_list(Page *page, Snapshot *s, const ListRequest *request,
                        const PublicationGetRow *row)
{
    ListView list;
    Error *err = list_load(s, &table, request, &list);
    if (err) {
        return err;
    }
    PostingListView view = {
        .frame = page_frame(page, t_posting_list_title(), FRAME_TAB_NONE),
        .title = row->title,
        .words = page_query(page, "q"),
        .list = &list,
        .page = page_path(page, "/a/{area}/publications/{id}/postings", row->id),
        .publication = page_path(page, "/a/{area}/publications/{id}", row->id),
        .notice = page_path(page, "/a/{area}/publications/{id}/notice", row->id),
        .texts = page_path(page, "/a/{area}/publications/{id}/texts", row->id)};
    if (may_manage(page)) {
        view.put_up = page_path(page, "/a/{area}/publications/{id}/postings/new", row->id);
    }
    Out out = page_out(page);
    posting_list_page(&out, &view);
    return NULL;
}

Error *page_postings(Page *page, Snapshot *s)
{
    PublicationGetRow row;
    Error *err = publicity_require(page, s, page->ids[0], &row);
    if (err) {
        return err;
    }
    ListRequest request = {.arena = page->arena,
                           .path = page->path,
                           .query = &page->query,
                           .area = page->area,
                           .parent = row.id};
    return list_format(&table, &request) == LIST_PAGE
               ? show_list(page, s, &request, &row)
               : list_file(page, s, &table, &request, "postings");
}

/* --- one -------------------------------------------------------------------------------------- */

static void fill_posting(const Page *page, const HangingGetRow *row, PostingView *view)
{
    view->list = page_path(page, "/a/{area}/publications/{id}/postings", row->publication_id);
    view->title = row->title;
    view->place = row->place;
    view->up_on = row->up_on;
    view->up_by = row->up_by;
    view->down_on = row->down_on;
    view->down_by = row->down_by;
    view->state = state_of(row->is_withdrawn, row->down_on);
    view->chip = row->is_withdrawn ? CHIP_NOT : row->down_on.days != 0 ? CHIP_GO : CHIP_NOW;
    view->up = photo_view(page->arena, page->area, row->up_photo_id, row->up_shown != 0);
    view->down = photo_view(page->arena, page->area, row->down_photo_id, row->down_shown != 0);
    view->recorder = row->recorder;
    view->recorded_at = row->recorded_at;
    if (!row->is_withdrawn && may_manage(page)) {
        view->correct = page_path(page, "/a/{area}/postings/{id}/correct", row->id);
        view->withdraw = page_path(page, "/a/{area}/postings/{id}/withdraw", row->id);
    }
    if (view->correct.url.len > 0 && row->down_on.days == 0) {
        view->take_down = page_path(page, "/a/{area}/postings/{id}/down", row->id);
    }
}

Error *page_posting(Page *page, Snapshot *s)
{
    HangingGetRow row;
    PostingView view = {0};
    Error *err = sql_hanging_get(s, page->area, page->ids[0], &row);
    if (!err) {
        err = changes_load(s, page->area, row.id, &view.changes);
    }
    if (err) {
        return err;
    }
    view.frame = page_frame(page, t_posting_one_title(), FRAME_TAB_NONE);
    fill_posting(page, &row, &view);
    Out out = page_out(page);
    posting_one_page(&out, &view);
    return NULL;
}
