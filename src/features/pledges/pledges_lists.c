/* pledges_lists.c: the projects of a round with what is pledged for each; the desk's list. */
#include "features/pledges/pledges_pages.h"
#include "platform/html/frame_load.h"
#include "platform/list/list_file.h"
#include "pledge_lists_html.h"
#include "pledges_text.h"

/* --- a round's projects ------------------------------------------------------ */

static Error *fetch_projects(Snapshot *snapshot, const ListQuery *query, ListRows *out)
{
    PledgeProjectsRows rows = {0};
    Error *err =
        sql_pledge_projects(snapshot, query->area, query->parent,
                            query->after.is_set ? query->after.id : 0, query->limit, &rows);
    *out = (ListRows){rows.rows, rows.count};
    return err;
}

static SafeUrl project_link(Arena *arena, const ListQuery *query, const void *row)
{
    return url_path(arena, "/a/%s/proposals/%s/pledges", id_text(query->area).text,
                    id_text(((const PledgeProjectsRow *)row)->id).text);
}

static const ListColumn project_columns[] = {
    {LIST_COLUMN(PledgeProjectsRow, title, COLUMN_STR, TEXT_pledge_project), .flags = COLUMN_HEAD},
    {LIST_COLUMN(PledgeProjectsRow, cost_fen, COLUMN_MONEY, TEXT_pledge_price)},
    {LIST_COLUMN(PledgeProjectsRow, firm_fen, COLUMN_MONEY, TEXT_pledge_firm)},
    {LIST_COLUMN(PledgeProjectsRow, public_fen, COLUMN_MONEY, TEXT_pledge_public_cost)},
    {LIST_COLUMN(PledgeProjectsRow, firm_hours, COLUMN_INT, TEXT_pledge_hours)},
};

static const ListOrder project_orders[] = {
    {.name = "old",
     .label = TEXT_pledge_order_old,
     .key_kind = COLUMN_ID,
     .key_offset = offsetof(PledgeProjectsRow, id),
     .fetch = fetch_projects},
};

static const ListTable project_table = {
    .name = "pledged-projects",
    .caption = TEXT_pledge_round_title,
    .columns = project_columns,
    .n_columns = countof(project_columns),
    .orders = project_orders,
    .n_orders = countof(project_orders),
    .row_size = sizeof(PledgeProjectsRow),
    .id_offset = offsetof(PledgeProjectsRow, id),
    .link = project_link,
    .empty_title = TEXT_pledge_round_empty,
    .empty_text = TEXT_pledge_round_empty_hint,
    .has_csv = true,
};

ListRequest pledge_list_request(Page *page, int64_t parent)
{
    return (ListRequest){.arena = page->arena,
                         .path = page->path,
                         .query = &page->query,
                         .area = page->area,
                         .parent = parent};
}

static Error *show_round(Page *page, Snapshot *s, const ListRequest *request,
                         const RoundInfo *round)
{
    ListView list;
    Frame *frame = page_frame(page, t_pledge_round_title(), FRAME_TAB_NONE);
    Error *err = list_load(s, &project_table, request, &list);
    if (err) {
        return err;
    }
    PledgeRoundView view = {.frame = frame,
                            .round_title = round->title,
                            .is_open = programmes_stage_is_open(round, STAGE_KIND_PLEDGE),
                            .closes_at = round->closes_at,
                            .is_staff = pledge_may(page, POLICY_STAFF),
                            .list = &list,
                            .desk = url_path(page->arena, "/a/%s/pledges?round=%s",
                                             id_text(page->area).text, id_text(round->id).text),
                            .round = pledge_round_url(page, round->id, "")};
    frame->back = view.round;
    Out out = page_out(page);
    pledge_round_page(&out, &view);
    return NULL;
}

Error *page_pledges_round(Page *page, Snapshot *s)
{
    RoundInfo round;
    Error *err = programmes_round(s, page->area, page->ids[0], &round);
    if (err) {
        return err;
    }
    ListRequest request = pledge_list_request(page, round.id);
    return list_format(&project_table, &request) == LIST_PAGE
               ? show_round(page, s, &request, &round)
               : list_file(page, s, &project_table, &request, "pledged-projects");
}

/* --- the desk's list --------------------------------------------------------- */

typedef struct DeskLine {
    int64_t id;
    Str title;
    Str giver;
    Text what;
    int64_t state;
    Instant promised_at;
} DeskLine;

static Error *fetch_desk(Snapshot *snapshot, const ListQuery *query, ListRows *out)
{
    PledgeDeskRows rows = {0};
    Error *err = sql_pledge_desk(snapshot, query->area, query->parent,
                                 query->after.is_set ? query->after.number : 0,
                                 query->after.is_set ? query->after.id : 0, query->limit, &rows);
    DeskLine *lines = arena_array(snapshot_arena(snapshot), DeskLine, rows.count + 1);
    for (size_t i = 0; !err && i < rows.count; i++) {
        const PledgeDeskRow *row = &rows.rows[i];
        lines[i] = (DeskLine){row->id,
                              row->title,
                              row->unit.len > 0 ? row->unit : row->giver_name,
                              pledge_what_text(row->form, row->value_fen, row->hours, row->words),
                              row->state,
                              row->promised_at};
    }
    *out = (ListRows){lines, rows.count};
    return err;
}

static SafeUrl desk_link(Arena *arena, const ListQuery *query, const void *row)
{
    return url_path(arena, "/a/%s/pledges/%s", id_text(query->area).text,
                    id_text(((const DeskLine *)row)->id).text);
}

static RowMark desk_mark(const void *row, Instant now)
{
    return ((const DeskLine *)row)->state == PLEDGE_PROMISED ? ROW_DUE : ROW_PLAIN;
}

static const ListColumn desk_columns[] = {
    {LIST_COLUMN(DeskLine, title, COLUMN_STR, TEXT_pledge_project), .flags = COLUMN_HEAD},
    {LIST_COLUMN(DeskLine, giver, COLUMN_STR, TEXT_pledge_giver)},
    {LIST_COLUMN(DeskLine, what, COLUMN_TEXT, TEXT_pledge_what)},
    {LIST_COLUMN(DeskLine, state, COLUMN_CHOICE, TEXT_pledge_state), .choices = pledge_states,
     .n_choices = PLEDGE_STATES},
    {LIST_COLUMN(DeskLine, promised_at, COLUMN_TIME, TEXT_pledge_promised_at),
     .flags = COLUMN_SHORT},
};

static const ListOrder desk_orders[] = {
    {.name = "open",
     .label = TEXT_pledge_order_open,
     .key_kind = COLUMN_INT,
     .key_offset = offsetof(DeskLine, state),
     .fetch = fetch_desk},
};

static const ListTable desk_table = {
    .name = "pledges",
    .caption = TEXT_pledge_desk_title,
    .columns = desk_columns,
    .n_columns = countof(desk_columns),
    .orders = desk_orders,
    .n_orders = countof(desk_orders),
    .row_size = sizeof(DeskLine),
    .id_offset = offsetof(DeskLine, id),
    .link = desk_link,
    .mark = desk_mark,
    .empty_title = TEXT_pledge_desk_empty,
    .empty_text = TEXT_pledge_desk_empty_hint,
    .has_csv = true,
};

static Error *asked_round(Page *page, Snapshot *s, RoundInfo *out)
{
    int64_t id = 0;
    bool found = false;
    *out = (RoundInfo){0};
    if (id_parse(page_query(page, "round"), &id)) {
        return programmes_round(s, page->area, id, out);
    }
    return programmes_current_round(s, page->area, out, &found);
}

static Error *show_desk(Page *page, Snapshot *s, const ListRequest *request, const RoundInfo *round)
{
    GateReport gate;
    ListView list;
    Frame *frame = page_frame(page, t_pledge_desk_title(), FRAME_TAB_NONE);
    Error *err = list_load(s, &desk_table, request, &list);
    if (!err) {
        err = gate_pledges_settled(s, page->area, round->id, 0, &gate);
    }
    if (err) {
        return err;
    }
    PledgeDeskView view = {.frame = frame,
                           .has_round = round->id != 0,
                           .round_title = round->title,
                           .summary = gate.detail,
                           .list = &list,
                           .all = pledge_round_url(page, round->id, "/pledges")};
    Out out = page_out(page);
    pledge_desk_page(&out, &view);
    return NULL;
}

Error *page_pledges_desk(Page *page, Snapshot *s)
{
    RoundInfo round;
    Error *err = asked_round(page, s, &round);
    if (err) {
        return err;
    }
    ListRequest request = pledge_list_request(page, round.id);
    return list_format(&desk_table, &request) == LIST_PAGE
               ? show_desk(page, s, &request, &round)
               : list_file(page, s, &desk_table, &request, "pledges");
}
