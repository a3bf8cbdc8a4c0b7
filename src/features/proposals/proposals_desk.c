/* proposals_desk.c: the list of staff: narrowed by state, kind, channel, who took it down and
 * whether anybody can be called; how many came each way. */
#include "features/programmes/programmes.h"
#include "features/proposals/proposals_pages.h"
#include "platform/html/frame_load.h"
#include "platform/list/list.h"
#include "platform/list/list_file.h"
#include "platform/text/search.h"
#include "proposal_desk_html.h"
#include "proposals_desk_sql.h"
#include "proposals_merge_text.h"
#include "proposals_text.h"

static const Choice states[] = {
    {"submitted", PROPOSAL_SUBMITTED, TEXT_proposal_state_submitted},
    {"accepted", PROPOSAL_ACCEPTED, TEXT_proposal_state_accepted},
    {"refused", PROPOSAL_REFUSED, TEXT_proposal_state_refused},
    {"withdrawn", PROPOSAL_WITHDRAWN, TEXT_proposal_state_withdrawn},
    {"merged", PROPOSAL_MERGED, TEXT_proposal_state_merged},
};
static const Choice entered_by[] = {
    {"me", 1, TEXT_proposal_desk_entered_me},
    {"staff", 2, TEXT_proposal_desk_entered_staff},
    {"online", 3, TEXT_proposal_desk_entered_online},
};
static const Choice phones[] = {{"none", 1, TEXT_proposal_desk_no_phone}};
static const Choice phone_words[] = {{"no", 0, TEXT_proposal_desk_no_phone},
                                     {"yes", 1, TEXT_proposal_desk_has_phone}};

/* One drop-down of the search form. */
static const DeskSelect selects[DESK_SELECTS] = {
    {"state", TEXT_proposal_csv_state, states, countof(states), 0},
    {"kind", TEXT_proposal_csv_kind, proposal_kinds, countof(proposal_kinds), 0},
    {"channel", TEXT_proposal_staff_channel, proposal_channels, countof(proposal_channels), 0},
    {"entered", TEXT_proposal_desk_entered, entered_by, countof(entered_by), 0},
    {"phone", TEXT_proposal_staff_phone, phones, countof(phones), 0},
};
enum { BY_STATE, BY_KIND, BY_CHANNEL, BY_ENTERED, BY_PHONE };

typedef struct DeskFilter {
    DeskSelect selects[DESK_SELECTS];
    int64_t round;
    int64_t actor;
    Str words; /* for the index */
    bool finds_nothing;
} DeskFilter;

/* --- the table ---------------------------------------------------------------------- */

static Error *fetch_newest(Snapshot *snapshot, const ListQuery *query, ListRows *out)
{
    const DeskFilter *f = query->filter;
    DeskNewestRows rows = {0};
    Error *err =
        f->finds_nothing
            ? NULL
            : sql_desk_newest(snapshot, query->area, f->round, f->selects[BY_STATE].chosen,
                              f->selects[BY_KIND].chosen, f->selects[BY_CHANNEL].chosen,
                              f->selects[BY_ENTERED].chosen, f->actor, f->selects[BY_PHONE].chosen,
                              f->words, query->after.is_set ? query->after.id : INT64_MAX,
                              query->limit, &rows);
    *out = (ListRows){rows.rows, rows.count};
    return err;
}

/* Both statements give the same columns. */
_Static_assert(sizeof(DeskNewestRow) == sizeof(DeskOldestRow), "rows of one list");

static Error *fetch_oldest(Snapshot *snapshot, const ListQuery *query, ListRows *out)
{
    const DeskFilter *f = query->filter;
    DeskOldestRows rows = {0};
    Error *err =
        f->finds_nothing
            ? NULL
            : sql_desk_oldest(snapshot, query->area, f->round, f->selects[BY_STATE].chosen,
                              f->selects[BY_KIND].chosen, f->selects[BY_CHANNEL].chosen,
                              f->selects[BY_ENTERED].chosen, f->actor, f->selects[BY_PHONE].chosen,
                              f->words, query->after.is_set ? query->after.id : 0, query->limit,
                              &rows);
    *out = (ListRows){rows.rows, rows.count};
    return err;
}

static SafeUrl row_link(Arena *arena, const ListQuery *query, const void *row)
{
    const DeskNewestRow *proposal = row;
    return url_of(arena, "/a/{area}/proposals/{id}", query->area, proposal->id);
}

static const ListColumn columns[] = {
    {LIST_COLUMN(DeskNewestRow, title, COLUMN_STR, TEXT_proposal_csv_title), .flags = COLUMN_HEAD},
    {LIST_COLUMN(DeskNewestRow, state, COLUMN_CHOICE, TEXT_proposal_csv_state), .choices = states,
     .n_choices = countof(states)},
    {LIST_COLUMN(DeskNewestRow, kind, COLUMN_CHOICE, TEXT_proposal_csv_kind),
     .choices = proposal_kinds, .n_choices = countof(proposal_kinds)},
    {LIST_COLUMN(DeskNewestRow, place, COLUMN_STR, TEXT_proposal_place_title),
     .flags = COLUMN_CSV_ONLY},
    {LIST_COLUMN(DeskNewestRow, channel, COLUMN_CHOICE, TEXT_proposal_staff_channel),
     .choices = proposal_channels, .n_choices = countof(proposal_channels)},
    {LIST_COLUMN(DeskNewestRow, ticket, COLUMN_STR, TEXT_proposal_field_ticket),
     .flags = COLUMN_CSV_ONLY},
    {LIST_COLUMN(DeskNewestRow, proposer, COLUMN_STR, TEXT_proposal_staff_name)},
    {LIST_COLUMN(DeskNewestRow, has_phone, COLUMN_CHOICE, TEXT_proposal_staff_phone),
     .choices = phone_words, .n_choices = countof(phone_words)},
    {LIST_COLUMN(DeskNewestRow, entered_name, COLUMN_STR, TEXT_proposal_desk_entered)},
    {LIST_COLUMN(DeskNewestRow, submitted_at, COLUMN_TIME, TEXT_proposal_csv_submitted),
     .flags = COLUMN_SHORT},
};

static const ListOrder orders[] = {
    {.name = "new",
     .label = TEXT_proposal_desk_newest,
     .key_kind = COLUMN_ID,
     .key_offset = offsetof(DeskNewestRow, id),
     .is_descending = true,
     .fetch = fetch_newest},
    {.name = "old",
     .label = TEXT_proposal_desk_oldest,
     .key_kind = COLUMN_ID,
     .key_offset = offsetof(DeskNewestRow, id),
     .fetch = fetch_oldest},
};

static const ListTable table = {
    .name = "proposals_desk",
    .caption = TEXT_proposal_desk_title,
    .columns = columns,
    .n_columns = countof(columns),
    .orders = orders,
    .n_orders = countof(orders),
    .row_size = sizeof(DeskNewestRow),
    .id_offset = offsetof(DeskNewestRow, id),
    .link = row_link,
    .empty_title = TEXT_proposal_desk_empty,
    .empty_text = TEXT_proposal_desk_empty_hint,
    .has_csv = true,
};

/* --- the page ------------------------------------------------------------------------ */

static DeskFilter read_filter(const Page *page)
{
    DeskFilter filter = {.actor = page->who.person};
    Str typed = str_trim(page_query(page, "q"));
    for (size_t i = 0; i < DESK_SELECTS; i++) {
        filter.selects[i] = selects[i];
        Str name = page_query(page, selects[i].name);
        for (size_t k = 0; k < selects[i].n_choices; k++) {
            if (str_eq(str_from(selects[i].choices[k].name), name)) {
                filter.selects[i].chosen = selects[i].choices[k].value;
            }
        }
    }
    if (!id_parse(page_query(page, "round"), &filter.round)) {
        filter.round = 0;
    }
    filter.words = search_query(page->arena, typed);
    filter.finds_nothing = typed.len > 0 && filter.words.len == 0;
    return filter;
}

static void fill_channels(Page *page, const DeskChannelsRows *rows, ProposalDeskView *view)
{
    DeskChannel *channels = arena_array(page->arena, DeskChannel, rows->count);
    for (size_t i = 0; i < rows->count; i++) {
        channels[i] = (DeskChannel){proposal_channel_text(rows->rows[i].channel), rows->rows[i].n};
        view->total += rows->rows[i].n;
    }
    view->channels = channels;
    view->n_channels = rows->count;
}

Error *page_proposal_desk(Page *page, Snapshot *snapshot)
{
    DeskFilter filter = read_filter(page);
    ListRequest request = {.arena = page->arena,
                           .path = page->path,
                           .query = &page->query,
                           .area = page->area,
                           .filter = &filter};
    ListView list;
    DeskChannelsRows channels = {0};
    if (list_format(&table, &request) != LIST_PAGE) {
        return list_file(page, snapshot, &table, &request, "proposals-desk");
    }
    Error *err = list_load(snapshot, &table, &request, &list);
    if (!err) {
        err = sql_desk_channels(snapshot, page->area, filter.round, &channels);
    }
    if (err) {
        return err;
    }
    ProposalDeskView view = {.frame = page_frame(page, t_proposal_desk_title(), FRAME_TAB_NONE),
                             .action = page_path(page, "/a/{area}/proposals/desk", 0),
                             .words = str_trim(page_query(page, "q")),
                             .selects = filter.selects,
                             .has_round = filter.round != 0,
                             .round = id_text(filter.round),
                             .list = &list,
                             .enter = page_path(page, "/a/{area}/intake", 0)};
    fill_channels(page, &channels, &view);
    Out out = page_out(page);
    proposal_desk_page(&out, &view);
    return NULL;
}
