/* library_pages.c: what everybody reads, and the room's row. */
#include "features/library/library_pages.h"

#include "features/programmes/programmes.h"
#include "features/proposals/proposals.h"
#include "features/ratings/ratings.h"
#include "library_entry_html.h"
#include "library_list_html.h"
#include "library_sql.h"
#include "library_text.h"
#include "platform/db/like.h"
#include "platform/html/frame_load.h"
#include "platform/list/list_file.h"
#include "proposals_text.h"

#define LIST_ROWS 30

const Choice library_kinds[LIBRARY_KINDS] = {
    {"engineering", PROPOSAL_ENGINEERING, TEXT_proposal_kind_engineering},
    {"service", PROPOSAL_SERVICE, TEXT_proposal_kind_service},
    {"goods", PROPOSAL_GOODS, TEXT_proposal_kind_goods},
};

/* --- words shared by the pages ---------------------------------------------------------------- */

Text library_price(Money price, Str unit)
{
    return price.fen > 0 ? t_library_price_of(unit, price) : text_of(0);
}

static bool may(const Page *page, Policy policy)
{
    return policy_check(policy, &page->who) == VERDICT_ALLOW;
}

/* --- the library ------------------------------------------------------------------------------ */

/* A line of the file, and of the page. */
typedef struct EntryRow {
    int64_t id;
    Str title;
    int64_t kind;
    Str provider;
    Money price;
    Str unit;
    Str place, place_en;
    int64_t wanted;
    int64_t project;
} EntryRow;

static Error *fetch_entries(Snapshot *s, const ListQuery *query, ListRows *out)
{
    LibraryListRows rows;
    Arena *arena = snapshot_arena(s);
    Error *err =
        sql_library_list(s, query->area, like_contains(arena, query->search),
                         query->after.is_set ? query->after.id : INT64_MAX, query->limit, &rows);
    if (err) {
        return err;
    }
    EntryRow *shown = arena_array(arena, EntryRow, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const LibraryListRow *row = &rows.rows[i];
        shown[i] = (EntryRow){row->id,        row->title,     row->kind,      row->provider,
                              row->price_fen, row->unit,      row->area_name, row->area_name_en,
                              row->n,         row->project_id};
    }
    *out = (ListRows){shown, rows.count};
    return NULL;
}

static const ListColumn entry_columns[] = {
    {LIST_COLUMN(EntryRow, title, COLUMN_STR, TEXT_library_entry_title), .flags = COLUMN_HEAD},
    {LIST_COLUMN(EntryRow, kind, COLUMN_CHOICE, TEXT_library_kind), .choices = library_kinds,
     .n_choices = LIBRARY_KINDS},
    {LIST_COLUMN(EntryRow, provider, COLUMN_STR, TEXT_library_provider)},
    {LIST_COLUMN(EntryRow, price, COLUMN_MONEY, TEXT_library_price)},
    {LIST_COLUMN(EntryRow, unit, COLUMN_STR, TEXT_library_unit)},
    {LIST_COLUMN(EntryRow, place, COLUMN_STR, TEXT_library_place)},
    {LIST_COLUMN(EntryRow, wanted, COLUMN_INT, TEXT_library_wanted)},
};

static const ListOrder entry_orders[] = {
    {.name = "newest",
     .label = TEXT_library_newest,
     .key_kind = COLUMN_ID,
     .key_offset = offsetof(EntryRow, id),
     .is_descending = true,
     .fetch = fetch_entries},
};

static const ListTable entry_table = {
    .name = "library",
    .caption = TEXT_library_title,
    .columns = entry_columns,
    .n_columns = countof(entry_columns),
    .orders = entry_orders,
    .n_orders = countof(entry_orders),
    .row_size = sizeof(EntryRow),
    .id_offset = offsetof(EntryRow, id),
    .has_csv = true,
};

static Str place_of(const Page *page, Str name, Str name_en)
{
    return page->lang == LANG_EN && name_en.len > 0 ? name_en : name;
}

static EntryLine line_of(const Page *page, const EntryRow *row)
{
    Str kind =
        text_str(page->arena, page->lang, choice_label(library_kinds, LIBRARY_KINDS, row->kind));
    Str whose = row->provider.len > 0 ? row->provider : place_of(page, row->place, row->place_en);
    return (EntryLine){.link = page_path(page, "/a/{area}/library/{id}", row->id),
                       .title = row->title,
                       .facts = t_library_facts(kind, whose),
                       .price = library_price(row->price, row->unit),
                       .wanted = row->wanted > 0 ? t_library_wanted_n(row->wanted) : text_of(0),
                       .is_of_project = row->project != 0};
}

Error *page_library(Page *page, Snapshot *s)
{
    ListView list;
    LibraryListView view = {.list = page_path(page, "/a/{area}/library", 0),
                            .words = page_query(page, "q")};
    ListRequest request = {
        .arena = page->arena, .path = page->path, .query = &page->query, .area = page->area};
    if (list_format(&entry_table, &request) != LIST_PAGE) {
        return list_file(page, s, &entry_table, &request, "library");
    }
    Error *err = list_load(s, &entry_table, &request, &list);
    if (err) {
        return err;
    }
    const EntryRow *rows = list.rows.rows;
    EntryLine *lines = arena_array(page->arena, EntryLine, list.rows.count);
    for (size_t i = 0; i < list.rows.count; i++) {
        lines[i] = line_of(page, &rows[i]);
    }
    view.frame = page_frame(page, t_library_title(), FRAME_TAB_PROPOSALS);
    view.lines = lines;
    view.n_lines = list.rows.count;
    view.pages = list.pages;
    view.files = list.files;
    if (may(page, POLICY_OFFICE)) {
        view.add = page_path(page, "/a/{area}/library/new", 0);
    }
    Out out = page_out(page);
    library_list_page(&out, &view);
    return NULL;
}

/* --- one entry -------------------------------------------------------------------------------- */

/* The way to a proposal with the entry's words in it, while wishes are taken. */
static Error *fill_propose(Page *page, Snapshot *s, const LibrarySeenRow *row,
                           LibraryEntryView *view)
{
    RoundInfo round;
    bool found = false;
    Error *err = programmes_current_round(s, page->area, &round, &found);
    if (!err && found && programmes_stage_is_open(&round, STAGE_KIND_COLLECT) &&
        (may(page, POLICY_RESIDENT) || may(page, POLICY_STAFF))) {
        view->propose = page_path(page, "/a/{area}/proposals/new?entry={id}", row->id);
    }
    return err;
}

/* The project it was made of, and its stars; only in its own community. */
static Error *fill_project(Page *page, Snapshot *s, const LibrarySeenRow *row,
                           LibraryEntryView *view)
{
    RatingOutcome outcome = {0};
    if (row->project_id == 0) {
        return NULL;
    }
    Error *err = ratings_outcome(s, row->area_id, row->project_id, &outcome);
    view->project = url_of(page->arena, "/a/{area}/deliveries/{id}", row->area_id, row->project_id);
    view->rating = url_of(page->arena, "/a/{area}/ratings/{id}", row->area_id, row->project_id);
    view->stars = outcome.has_stars ? t_library_stars(arena_printf(page->arena, "%lld.%02lld",
                                                                   (long long)outcome.stars / 100,
                                                                   (long long)outcome.stars % 100),
                                                      outcome.raters)
                                    : t_library_no_stars();
    return err;
}

static void fill_entry(Page *page, const LibrarySeenRow *row, LibraryEntryView *view)
{
    bool is_offered = row->ended_on.days == 0;
    view->title = row->title;
    view->kind = choice_label(library_kinds, LIBRARY_KINDS, row->kind);
    view->scope = row->scope;
    view->provider = row->provider;
    view->price = library_price(row->price_fen, row->unit);
    view->basis = row->basis;
    view->place = place_of(page, row->area_name, row->area_name_en);
    view->ended_on = row->ended_on;
    view->end_reason = row->end_reason;
    view->wanted = row->n > 0 ? t_library_wanted_n(row->n) : t_library_wanted_none();
    view->is_wanted = row->mine > 0;
    if (may(page, POLICY_RESIDENT) && (is_offered || view->is_wanted)) {
        view->pick = page_form(page, &library_pick_form);
        view->pick_action = page_path(page, "/a/{area}/library/{id}/pick", row->id);
    }
    if (is_offered && row->area_id == page->area && may(page, POLICY_OFFICE)) {
        view->edit = page_path(page, "/a/{area}/library/{id}/edit", row->id);
        view->end = page_path(page, "/a/{area}/library/{id}/end", row->id);
    }
    view->list = page_path(page, "/a/{area}/library", 0);
}

Error *page_library_entry(Page *page, Snapshot *s)
{
    LibrarySeenRow row;
    LibraryEntryView view = {0};
    Frame *frame = page_frame(page, t_library_title(), FRAME_TAB_PROPOSALS);
    Error *err = sql_library_seen(s, page->area, page->ids[0], page->who.person, &row);
    if (!err) {
        err = fill_project(page, s, &row, &view);
    }
    if (!err && row.ended_on.days == 0) {
        err = fill_propose(page, s, &row, &view);
    }
    if (err) {
        return err;
    }
    fill_entry(page, &row, &view);
    view.frame = frame;
    frame->back = view.list;
    Out out = page_out(page);
    library_entry_page(&out, &view);
    return NULL;
}

/* --- the room --------------------------------------------------------------------------------- */

static const Route routes[] = {
    ROUTE_GET("/a/{area}/library", POLICY_PUBLIC, page_library),
    ROUTE_GET("/a/{area}/library/new", POLICY_OFFICE, page_library_new),
    ROUTE_POST("/a/{area}/library/new", POLICY_OFFICE, &library_form, submit_library,
               page_library_new),
    ROUTE_GET("/a/{area}/library/{id}", POLICY_PUBLIC, page_library_entry),
    ROUTE_GET("/a/{area}/library/{id}/edit", POLICY_OFFICE, page_library_edit),
    ROUTE_POST("/a/{area}/library/{id}/edit", POLICY_OFFICE, &library_edit_form,
               submit_library_edit, page_library_edit),
    ROUTE_GET("/a/{area}/library/{id}/end", POLICY_OFFICE, page_library_end),
    ROUTE_POST("/a/{area}/library/{id}/end", POLICY_OFFICE, &library_end_form, submit_library_end,
               page_library_end),
    ROUTE_POST("/a/{area}/library/{id}/pick", POLICY_RESIDENT, &library_pick_form,
               submit_library_pick, page_library_entry),
    ROUTE_GET("/a/{area}/deliveries/{id}/library", POLICY_MANAGE, page_library_adopt),
    ROUTE_POST("/a/{area}/deliveries/{id}/library", POLICY_MANAGE, &library_form,
               submit_library_adopt, page_library_adopt),
};

static const NavItem nav[] = {
    {TEXT_library_nav, "/a/{area}/library", POLICY_OFFICE, 76},
};

const Feature library_feature = {
    .name = "library",
    .routes = routes,
    .n_routes = countof(routes),
    .nav = nav,
    .n_nav = countof(nav),
    .export_person = library_export_person,
    .erase_person = library_erase_person,
};
