/* launch_outreach_pages.c: the outreach log, and one line of it. */
#include "features/launch/launch_pages.h"
#include "launch_text.h"
#include "outreach_page_html.h"
#include "platform/db/like.h"

/* --- the log ---------------------------------------------------------------------------------- */

typedef struct LogLine {
    int64_t id;
    Date told_on;
    int64_t channel;
    Str place;
    Text reached;
    Str by_whom;
    Str note;
    Text state; /* or empty */
} LogLine;

static Error *fetch_log(Snapshot *s, const ListQuery *query, ListRows *out)
{
    OutreachListRows rows;
    Arena *arena = snapshot_arena(s);
    bool goes_on = query->after.is_set;
    Error *err =
        sql_outreach_list(s, query->area, query->parent, like_contains(arena, query->search),
                          goes_on ? (Date){(int32_t)query->after.number} : (Date){INT32_MAX},
                          goes_on ? query->after.id : INT64_MAX, query->limit, &rows);
    if (err) {
        return err;
    }
    LogLine *lines = arena_array(arena, LogLine, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const OutreachListRow *row = &rows.rows[i];
        lines[i] =
            (LogLine){.id = row->id,
                      .told_on = row->told_on,
                      .channel = row->channel,
                      .place = row->place,
                      .reached = row->reached > 0 ? t_outreach_people(row->reached)
                                                  : t_outreach_not_counted(),
                      .by_whom = row->by_whom,
                      .note = row->note,
                      .state = row->is_withdrawn ? t_outreach_withdrawn() : t_outreach_stands()};
    }
    *out = (ListRows){lines, rows.count};
    return NULL;
}

static SafeUrl log_link(Arena *arena, const ListQuery *query, const void *row)
{
    return url_of(arena, "/a/{area}/outreach/{id}", query->area, ((const LogLine *)row)->id);
}

static const ListColumn log_columns[] = {
    {LIST_COLUMN(LogLine, place, COLUMN_STR, TEXT_outreach_place), .flags = COLUMN_HEAD},
    {LIST_COLUMN(LogLine, told_on, COLUMN_DATE, TEXT_outreach_told_on), .flags = COLUMN_SHORT},
    {LIST_COLUMN(LogLine, channel, COLUMN_CHOICE, TEXT_outreach_channel),
     .choices = outreach_channels, .n_choices = OUTREACH_CHANNELS},
    {LIST_COLUMN(LogLine, reached, COLUMN_TEXT, TEXT_outreach_reached)},
    {LIST_COLUMN(LogLine, by_whom, COLUMN_STR, TEXT_outreach_by_whom)},
    {LIST_COLUMN(LogLine, note, COLUMN_STR, TEXT_outreach_note), .flags = COLUMN_CSV_ONLY},
    {LIST_COLUMN(LogLine, state, COLUMN_TEXT, TEXT_outreach_state)},
};

static const ListOrder log_orders[] = {
    {.name = "newest",
     .label = TEXT_outreach_newest,
     .key_kind = COLUMN_DATE,
     .key_offset = offsetof(LogLine, told_on),
     .is_descending = true,
     .fetch = fetch_log},
};

static const ListTable log_table = {
    .name = "outreach",
    .caption = TEXT_outreach_log_title,
    .columns = log_columns,
    .n_columns = countof(log_columns),
    .orders = log_orders,
    .n_orders = countof(log_orders),
    .row_size = sizeof(LogLine),
    .id_offset = offsetof(LogLine, id),
    .link = log_link,
    .empty_title = TEXT_outreach_log_empty,
    .empty_text = TEXT_outreach_log_empty_text,
    .has_csv = true,
};

Error *page_outreach_log(Page *page, Snapshot *s)
{
    LaunchListView view = {.title = t_outreach_log_title(),
                           .search = t_outreach_search_label(),
                           .add = t_outreach_tell(),
                           .page = page_path(page, "/a/{area}/rounds/{id}/outreach", page->ids[0]),
                           .new =
                               page_path(page, "/a/{area}/rounds/{id}/outreach/new", page->ids[0])};
    return launch_show_list(page, s, &log_table, &view);
}

/* --- one line --------------------------------------------------------------------------------- */

static void fill_outreach(const Page *page, const OutreachGetRow *row, OutreachView *view)
{
    int64_t id = page->ids[0];
    view->log = page_path(page, "/a/{area}/rounds/{id}/outreach", row->round_id);
    view->channel = choice_label(outreach_channels, OUTREACH_CHANNELS, row->channel);
    view->told_on = row->told_on;
    view->place = row->place;
    view->reached = row->reached;
    view->by_whom = row->by_whom;
    view->note = row->note;
    view->is_withdrawn = row->is_withdrawn;
    view->recorder = row->recorder;
    view->recorded_at = row->recorded_at;
    view->photo = photo_view(page->arena, page->area, row->photo_id, row->photo_shown != 0);
    if (!row->is_withdrawn && launch_may(page, POLICY_MANAGE)) {
        view->correct = page_path(page, "/a/{area}/outreach/{id}/correct", id);
        view->withdraw = page_path(page, "/a/{area}/outreach/{id}/withdraw", id);
    }
}

Error *page_outreach(Page *page, Snapshot *s)
{
    OutreachGetRow row;
    OutreachView view = {0};
    Error *err = sql_outreach_get(s, page->area, page->ids[0], &row);
    if (!err) {
        err = changes_load(s, page->area, page->ids[0], &view.changes);
    }
    if (err) {
        return err;
    }
    view.frame = page_frame(page, t_outreach_one_title(), FRAME_TAB_NONE);
    fill_outreach(page, &row, &view);
    Out out = page_out(page);
    outreach_one_page(&out, &view);
    return NULL;
}
