/* proposals_list.c: the list of proposals: search, states, pages, CSV. */
#include "base/limits.h"
#include "features/programmes/programmes.h"
#include "features/proposals/proposals_pages.h"
#include "platform/html/frame_load.h"
#include "platform/list/list.h"
#include "platform/list/list_file.h"
#include "platform/text/search.h"
#include "proposal_list_html.h"
#include "proposals_merge_text.h"
#include "proposals_text.h"

/* What the addresses of the list may narrow it to. */
typedef struct ListFilter {
    int64_t round;      /* 0: all */
    int64_t state;      /* 0: all but withdrawn ones */
    bool finds_nothing; /* searched for signs only */
    Str words;          /* for the index; empty: no search */
} ListFilter;

static const Choice list_states[] = {
    {"submitted", PROPOSAL_SUBMITTED, TEXT_proposal_state_submitted},
    {"accepted", PROPOSAL_ACCEPTED, TEXT_proposal_state_accepted},
    {"refused", PROPOSAL_REFUSED, TEXT_proposal_state_refused},
    {"merged", PROPOSAL_MERGED, TEXT_proposal_state_merged},
};

static Error *fetch_proposals(Snapshot *snapshot, const ListQuery *query, ListRows *out)
{
    const ListFilter *filter = query->filter;
    ProposalListRows rows = {0};
    Error *err = filter->finds_nothing
                     ? NULL
                     : sql_proposal_list(
                           snapshot, query->area, filter->round, filter->state, filter->words,
                           query->after.is_set ? query->after.id : INT64_MAX, query->limit, &rows);
    *out = (ListRows){rows.rows, rows.count};
    return err;
}

static SafeUrl row_link(Arena *arena, const ListQuery *query, const void *row)
{
    const ProposalListRow *proposal = row;
    return url_of(arena, "/a/{area}/proposals/{id}", query->area, proposal->id);
}

static const ListColumn columns[] = {
    {LIST_COLUMN(ProposalListRow, id, COLUMN_ID, TEXT_proposal_csv_number)},
    {LIST_COLUMN(ProposalListRow, title, COLUMN_STR, TEXT_proposal_csv_title),
     .flags = COLUMN_HEAD},
    {LIST_COLUMN(ProposalListRow, place, COLUMN_STR, TEXT_proposal_place_title)},
    {LIST_COLUMN(ProposalListRow, beneficiaries, COLUMN_STR, TEXT_proposal_beneficiaries_title)},
    {LIST_COLUMN(ProposalListRow, kind, COLUMN_CHOICE, TEXT_proposal_csv_kind),
     .choices = proposal_kinds, .n_choices = 4},
    {LIST_COLUMN(ProposalListRow, state, COLUMN_CHOICE, TEXT_proposal_csv_state),
     .choices = list_states, .n_choices = countof(list_states)},
    {LIST_COLUMN(ProposalListRow, cost_fen, COLUMN_MONEY, TEXT_proposal_csv_cost)},
    {LIST_COLUMN(ProposalListRow, reason, COLUMN_STR, TEXT_proposal_csv_reason)},
    {LIST_COLUMN(ProposalListRow, submitted_at, COLUMN_TIME, TEXT_proposal_csv_submitted)},
};

static const ListOrder orders[] = {
    {.name = "new",
     .label = TEXT_proposal_csv_submitted,
     .key_kind = COLUMN_ID,
     .key_offset = offsetof(ProposalListRow, id),
     .is_descending = true,
     .fetch = fetch_proposals},
};

static const ListTable table = {
    .name = "proposals",
    .caption = TEXT_proposal_list_title,
    .columns = columns,
    .n_columns = countof(columns),
    .orders = orders,
    .n_orders = countof(orders),
    .row_size = sizeof(ProposalListRow),
    .id_offset = offsetof(ProposalListRow, id),
    .link = row_link,
    .has_csv = true,
};

/* --- reading the address ----------------------------------------------------- */

static ListFilter read_filter(const Page *page)
{
    ListFilter filter = {0};
    Str typed = str_trim(page_query(page, "q"));
    Str state = page_query(page, "state");
    if (!id_parse(page_query(page, "round"), &filter.round)) {
        filter.round = 0;
    }
    for (size_t i = 0; i < countof(list_states); i++) {
        if (str_eq(str_from(list_states[i].name), state)) {
            filter.state = list_states[i].value;
        }
    }
    filter.words = search_query(page->arena, typed);
    filter.finds_nothing = typed.len > 0 && filter.words.len == 0;
    return filter;
}

/* --- the view ---------------------------------------------------------------- */

static const ProposalLine *fill_lines(Page *page, const ListRows *rows)
{
    const ProposalListRow *found = rows->rows;
    ProposalLine *lines = arena_array(page->arena, ProposalLine, rows->count);
    for (size_t i = 0; i < rows->count; i++) {
        lines[i] = (ProposalLine){.title = found[i].title,
                                  .place = found[i].place,
                                  .kind = proposal_kind_text(found[i].kind),
                                  .chip = proposal_chip(found[i].state),
                                  .state = proposal_state_text(found[i].state),
                                  .cost = found[i].cost_fen,
                                  .link = page_path(page, "/a/{area}/proposals/{id}", found[i].id)};
    }
    return lines;
}

static void fill_states(const ProposalCountsRows *counts, int64_t here, ProposalListView *view)
{
    view->states[0] = (StateLink){"", t_proposal_all_states(), 0, here == 0};
    view->state = "";
    for (size_t i = 0; i < countof(list_states); i++) {
        StateLink *link = &view->states[i + 1];
        *link = (StateLink){list_states[i].name, text_of(list_states[i].label), 0,
                            here == list_states[i].value};
        view->state = link->is_here ? link->word : view->state;
        for (size_t k = 0; k < counts->count; k++) {
            if (counts->rows[k].state == list_states[i].value) {
                link->count = counts->rows[k].n;
                /* "All" are those that stand for themselves. */
                view->states[0].count +=
                    list_states[i].value == PROPOSAL_MERGED ? 0 : counts->rows[k].n;
            }
        }
    }
}

/* Why there is nothing, and what to do. */
static void fill_empty(const Page *page, const ListFilter *filter, ProposalListView *view)
{
    view->empty_link = page_path(page, "/a/{area}/proposals", 0);
    if (view->words.len > 0) {
        view->empty_title = t_proposal_found_none(view->words);
        view->empty_text = t_proposal_found_none_hint();
        view->empty_act = t_proposal_see_all();
    } else if (filter->state != 0) {
        view->empty_title = t_proposal_none_in_state();
        view->empty_act = t_proposal_see_all();
    } else {
        view->empty_title = t_proposal_list_empty();
        view->empty_text =
            view->may_propose ? t_proposal_list_empty_hint() : t_proposal_list_empty_closed();
        view->empty_act = view->may_propose ? t_proposal_new_title() : text_of(0);
        view->empty_link = view->propose;
    }
}

static void fill_addresses(Page *page, const ListFilter *filter, const ListView *list,
                           ProposalListView *view)
{
    view->action = page_path(page, "/a/{area}/proposals", 0);
    view->propose = page_path(page, "/a/{area}/proposals/new", 0);
    view->track = url_path(page->arena, "/track");
    view->library = page_path(page, "/a/{area}/library", 0);
    view->words = str_trim(page_query(page, "q"));
    view->has_round = filter->round != 0;
    view->round = id_text(filter->round);
    view->pages = list->pages;
    view->files = list->rows.count > 0 ? list->files : (ListFiles){0};
}

/* Nobody knows whether a visitor who has not signed in lives here: they are asked when they
 * propose. */
static bool may_propose(const Page *page, const RoundInfo *round)
{
    return programmes_stage_is_open(round, STAGE_KIND_COLLECT) &&
           (page->who.person == 0 || proposal_may(page, POLICY_RESIDENT) ||
            proposal_may(page, POLICY_STAFF));
}

static Error *show_list(Page *page, Snapshot *snapshot, const ListRequest *request,
                        const ListFilter *filter)
{
    ListView list;
    ProposalCountsRows counts;
    RoundInfo round;
    bool found = false;
    Frame *frame = page_frame(page, t_proposal_list_title(), FRAME_TAB_PROPOSALS);
    Error *err = list_load(snapshot, &table, request, &list);
    if (!err) {
        err = sql_proposal_counts(snapshot, page->area, filter->round, &counts);
    }
    if (!err) {
        err = programmes_current_round(snapshot, page->area, &round, &found);
    }
    if (err) {
        return err;
    }
    frame->back = page_path(page, "/a/{area}", 0);
    ProposalListView view = {.frame = frame, .is_staff = proposal_may(page, POLICY_STAFF)};
    view.may_propose = found && may_propose(page, &round);
    view.lines = fill_lines(page, &list.rows);
    view.n_lines = list.rows.count;
    fill_addresses(page, filter, &list, &view);
    fill_states(&counts, filter->state, &view);
    fill_empty(page, filter, &view);
    Out out = page_out(page);
    proposal_list_page(&out, &view);
    return NULL;
}

Error *page_proposals(Page *page, Snapshot *snapshot)
{
    ListFilter filter = read_filter(page);
    ListRequest request = {.arena = page->arena,
                           .path = page->path,
                           .query = &page->query,
                           .area = page->area,
                           .parent = filter.round,
                           .filter = &filter};
    if (list_format(&table, &request) != LIST_PAGE) {
        return list_file(page, snapshot, &table, &request, "proposals");
    }
    return show_list(page, snapshot, &request, &filter);
}
