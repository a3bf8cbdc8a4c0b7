/* board_pages.c: the board of an area, everything late below it; the room's row. */
#include "board_page_html.h"
#include "board_sql.h"
#include "board_text.h"
#include "features/areas/areas.h"
#include "features/board/board.h"
#include "features/board/board_views.h"
#include "features/programmes/programmes.h"
#include "platform/db/like.h"
#include "platform/html/frame_load.h"
#include "platform/list/list_file.h"

#define LONGEST_ROWS 5

static const Choice holders[BOARD_HOLDERS] = {
    {"community", BOARD_COMMUNITY, TEXT_board_holder_community},
    {"street", BOARD_STREET, TEXT_board_holder_street},
    {"district", BOARD_DISTRICT, TEXT_board_holder_district},
};

/* In the reader's language, where it has one in it. The filter of both lists is that language. */
static Str in_lang(const Lang *lang, Str words, Str words_en)
{
    return *lang == LANG_EN && words_en.len > 0 ? words_en : words;
}

/* --- the communities -------------------------------------------------------------------------- */

typedef struct CommunityRow {
    int64_t id;
    Str name;
    Str street;
    Str round;
    Text stage;
    int64_t n_late;
    Text late;
    Money budget, decided, paid;
    Text done;
} CommunityRow;

static CommunityRow community_of(const BoardAreasRow *row, const Lang *lang, Instant now)
{
    Text late = row->late > 0 ? t_board_late_of(row->late, due_days_late(row->oldest_at, now))
                              : t_board_none();
    return (CommunityRow){.id = row->area_id,
                          .name = in_lang(lang, row->name, row->name_en),
                          .street = in_lang(lang, row->street, row->street_en),
                          .round = row->round_title,
                          .stage = row->stage_kind > 0
                                       ? programmes_kind_text((StageKind)row->stage_kind)
                                       : t_board_no_round(),
                          .n_late = row->late,
                          .late = late,
                          .budget = row->budget_fen,
                          .decided = row->decided_fen,
                          .paid = row->paid_fen,
                          .done = t_board_done_of(row->funded, row->accepted)};
}

static Error *fetch_communities(Snapshot *s, const ListQuery *query, bool by_money, ListRows *out)
{
    BoardAreasRows rows = {0};
    Arena *arena = snapshot_arena(s);
    const ListCursor *after = &query->after;
    Error *err = sql_board_areas(s, query->area, like_contains(arena, query->search), by_money,
                                 after->is_set ? after->number : INT64_MAX,
                                 after->is_set ? after->id : INT64_MAX, query->limit, &rows);
    CommunityRow *shown = arena_array(arena, CommunityRow, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        shown[i] = community_of(&rows.rows[i], query->filter, snapshot_now(s));
    }
    *out = (ListRows){shown, rows.count};
    return err;
}

static Error *fetch_late(Snapshot *s, const ListQuery *query, ListRows *out)
{
    return fetch_communities(s, query, false, out);
}

static Error *fetch_money(Snapshot *s, const ListQuery *query, ListRows *out)
{
    return fetch_communities(s, query, true, out);
}

static SafeUrl community_link(Arena *arena, const ListQuery *query, const void *row)
{
    (void)query;
    return url_of(arena, "/a/{area}/board", ((const CommunityRow *)row)->id, 0);
}

static RowMark community_mark(const void *row, Instant now)
{
    (void)now;
    return ((const CommunityRow *)row)->n_late > 0 ? ROW_LATE : ROW_PLAIN;
}

static const ListColumn community_columns[] = {
    {LIST_COLUMN(CommunityRow, name, COLUMN_STR, TEXT_board_place), .flags = COLUMN_HEAD},
    {LIST_COLUMN(CommunityRow, street, COLUMN_STR, TEXT_board_street)},
    {LIST_COLUMN(CommunityRow, round, COLUMN_STR, TEXT_board_round), .flags = COLUMN_CSV_ONLY},
    {LIST_COLUMN(CommunityRow, stage, COLUMN_TEXT, TEXT_board_stage)},
    {LIST_COLUMN(CommunityRow, late, COLUMN_TEXT, TEXT_board_late), .flags = COLUMN_SHORT},
    {LIST_COLUMN(CommunityRow, budget, COLUMN_MONEY, TEXT_board_budget)},
    {LIST_COLUMN(CommunityRow, decided, COLUMN_MONEY, TEXT_board_decided)},
    {LIST_COLUMN(CommunityRow, paid, COLUMN_MONEY, TEXT_board_paid)},
    {LIST_COLUMN(CommunityRow, done, COLUMN_TEXT, TEXT_board_done)},
};

static const ListOrder community_orders[] = {
    {.name = "late",
     .label = TEXT_board_order_late,
     .key_kind = COLUMN_INT,
     .key_offset = offsetof(CommunityRow, n_late),
     .is_descending = true,
     .fetch = fetch_late},
    {.name = "money",
     .label = TEXT_board_order_money,
     .key_kind = COLUMN_MONEY,
     .key_offset = offsetof(CommunityRow, budget),
     .is_descending = true,
     .fetch = fetch_money},
};

static const ListTable community_table = {
    .name = "board",
    .caption = TEXT_board_communities,
    .columns = community_columns,
    .n_columns = countof(community_columns),
    .orders = community_orders,
    .n_orders = countof(community_orders),
    .row_size = sizeof(CommunityRow),
    .id_offset = offsetof(CommunityRow, id),
    .link = community_link,
    .mark = community_mark,
    .empty_title = TEXT_board_list_empty,
    .empty_text = TEXT_board_list_empty_text,
    .has_csv = true,
};

/* --- what is late ----------------------------------------------------------------------------- */

typedef struct LateRow {
    int64_t id;
    int64_t area;
    Str what;
    Str place;
    int64_t holder;
    Instant due_at;
    Text since;
} LateRow;

static LateRow late_of(const BoardItemsRow *row, const Lang *lang, Instant now)
{
    int64_t days = due_days_late(row->due_at, now);
    return (LateRow){.id = row->id,
                     .area = row->area_id,
                     .what = in_lang(lang, row->what, row->what_en),
                     .place = in_lang(lang, row->area_name, row->area_name_en),
                     .holder = row->holder,
                     .due_at = row->due_at,
                     .since = days > 0 ? t_board_days(days) : t_board_today()};
}

static Error *fetch_items(Snapshot *s, const ListQuery *query, ListRows *out)
{
    BoardItemsRows rows = {0};
    Arena *arena = snapshot_arena(s);
    const ListCursor *after = &query->after;
    Error *err = sql_board_items(s, query->area, like_contains(arena, query->search),
                                 (Instant){after->is_set ? after->number : INT64_MIN},
                                 after->is_set ? after->id : 0, query->limit, &rows);
    LateRow *shown = arena_array(arena, LateRow, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        shown[i] = late_of(&rows.rows[i], query->filter, snapshot_now(s));
    }
    *out = (ListRows){shown, rows.count};
    return err;
}

static SafeUrl late_link(Arena *arena, const ListQuery *query, const void *row)
{
    (void)query;
    return url_of(arena, "/a/{area}/board", ((const LateRow *)row)->area, 0);
}

static const ListColumn late_columns[] = {
    {LIST_COLUMN(LateRow, what, COLUMN_STR, TEXT_board_what), .flags = COLUMN_HEAD},
    {LIST_COLUMN(LateRow, place, COLUMN_STR, TEXT_board_place)},
    {LIST_COLUMN(LateRow, holder, COLUMN_CHOICE, TEXT_board_holder), .choices = holders,
     .n_choices = BOARD_HOLDERS},
    {LIST_COLUMN(LateRow, due_at, COLUMN_TIME, TEXT_board_due), .flags = COLUMN_SHORT},
    {LIST_COLUMN(LateRow, since, COLUMN_TEXT, TEXT_board_since), .flags = COLUMN_SHORT},
};

static const ListOrder late_orders[] = {
    {.name = "oldest",
     .label = TEXT_board_order_oldest,
     .key_kind = COLUMN_TIME,
     .key_offset = offsetof(LateRow, due_at),
     .fetch = fetch_items},
};

static const ListTable late_table = {
    .name = "late",
    .caption = TEXT_board_all_title,
    .columns = late_columns,
    .n_columns = countof(late_columns),
    .orders = late_orders,
    .n_orders = countof(late_orders),
    .row_size = sizeof(LateRow),
    .id_offset = offsetof(LateRow, id),
    .link = late_link,
    .empty_title = TEXT_board_late_empty,
    .has_csv = true,
};

/* --- the board -------------------------------------------------------------------------------- */

static Error *load_longest(Page *page, Snapshot *s, BoardView *view)
{
    BoardItemsRows rows = {0};
    Error *err = sql_board_items(s, page->area, like_contains(page->arena, STR("")),
                                 (Instant){INT64_MIN}, 0, LONGEST_ROWS, &rows);
    BoardLine *lines = arena_array(page->arena, BoardLine, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const BoardItemsRow *row = &rows.rows[i];
        bool is_own = row->area_id == page->area;
        SafeUrl thing = url_own_path_or_home(page->arena, row->link);
        LateRow late = late_of(row, &page->lang, page->now);
        lines[i] = (BoardLine){.what = late.what,
                               .place = is_own ? STR("") : late.place,
                               .holder = choice_label(holders, BOARD_HOLDERS, row->holder),
                               .days = due_days_late(row->due_at, page->now)};
        lines[i].is_deep = lines[i].days >= BOARD_DEEP_DAYS;
        if (!is_own) {
            lines[i].link = url_of(page->arena, "/a/{area}/board", row->area_id, 0);
        } else if (page_may_open(page, thing)) {
            lines[i].link = thing;
        }
    }
    view->lines = lines;
    view->n_lines = rows.count;
    return err;
}

static Str money_words(const Page *page, Text (*sentence)(Str), Money sum)
{
    char digits[32];
    size_t n = money_format_yuan(sum, digits, sizeof(digits));
    Str yuan = arena_printf(page->arena, "%.*s", (int)n, digits);
    return text_str(page->arena, page->lang, sentence(yuan));
}

static Money more_than(Money whole, Money part)
{
    return (Money){whole.fen > part.fen ? whole.fen - part.fen : 0};
}

static void fill_bar(const Page *page, const BoardTotalRow *total, BoardView *view)
{
    Money waiting = more_than(total->decided_fen, total->paid_fen);
    /* The second colour is left out: paid is green, decided wood, what is open the pale ground. */
    BarPart *parts = arena_array(page->arena, BarPart, 3);
    parts[0] = (BarPart){board_permille(total->paid_fen.fen, total->budget_fen.fen),
                         money_words(page, t_board_part_paid, total->paid_fen)};
    parts[2] = (BarPart){board_permille(waiting.fen, total->budget_fen.fen),
                         money_words(page, t_board_part_decided, waiting)};
    view->bar = (Bar){.parts = parts,
                      .count = 3,
                      .says = arena_printf(page->arena, "%.*s；%.*s", STR_ARG(parts[0].label),
                                           STR_ARG(parts[2].label))};
    view->open = more_than(more_than(total->budget_fen, total->paid_fen), waiting);
}

static void fill_total(const Page *page, const BoardTotalRow *total, const Area *area,
                       BoardView *view)
{
    Str name = areas_name(area, page->lang);
    view->is_counted = total->counted > 0;
    view->about = area->kind == AREA_COMMUNITY
                      ? t_board_about_own(name, total->counted_at)
                      : t_board_about(name, total->communities, total->counted, total->counted_at);
    view->late = total->late;
    view->week = total->week_counted > 0 ? t_board_week(total->week_late) : t_board_week_unknown();
    view->oldest_days = due_days_late(total->oldest_at, page->now);
    view->budget = total->budget_fen;
    view->paid = total->paid_fen;
    view->paid_percent = board_permille(total->paid_fen.fen, total->budget_fen.fen) / 10;
    view->accepted = total->accepted;
    view->funded = total->funded;
    view->done_percent = board_permille(total->accepted, total->funded) / 10;
    fill_bar(page, total, view);
}

static Error *load_board(Page *page, Snapshot *s, BoardView *view)
{
    Area area;
    bool found = false;
    BoardTotalRow total;
    Error *err = areas_get(s, page->area, &area, &found);
    if (!err) {
        err = sql_board_total(s, page->area, (Date){instant_date(page->now).days - 7}, &total);
    }
    if (!err) {
        err = load_longest(page, s, view);
    }
    if (!err) {
        fill_total(page, &total, &area, view);
        view->is_community = area.kind == AREA_COMMUNITY;
    }
    return err;
}

static ListRequest request_of(const Page *page)
{
    return (ListRequest){.arena = page->arena,
                         .path = page->path,
                         .query = &page->query,
                         .area = page->area,
                         .filter = &page->lang};
}

static Error *page_board(Page *page, Snapshot *s)
{
    ListView list;
    ListRequest request = request_of(page);
    BoardView view = {.self = page_path(page, "/a/{area}/board", 0),
                      .words = page_query(page, "q")};
    if (list_format(&community_table, &request) != LIST_PAGE) {
        return list_file(page, s, &community_table, &request, "board");
    }
    Error *err = load_board(page, s, &view);
    if (!err && !view.is_community) {
        err = list_load(s, &community_table, &request, &list);
        view.list = &list;
    }
    if (err) {
        return err;
    }
    if (view.late > (int64_t)view.n_lines) {
        view.all = page_path(page, "/a/{area}/board/late", 0);
    }
    view.frame = page_frame(page, t_board_title(), FRAME_TAB_NONE);
    Out out = page_out(page);
    board_page(&out, &view);
    return NULL;
}

static Error *page_board_late(Page *page, Snapshot *s)
{
    ListView list;
    ListRequest request = request_of(page);
    BoardLateView view = {.back = page_path(page, "/a/{area}/board", 0),
                          .self = page_path(page, "/a/{area}/board/late", 0),
                          .words = page_query(page, "q"),
                          .list = &list};
    if (list_format(&late_table, &request) != LIST_PAGE) {
        return list_file(page, s, &late_table, &request, "late");
    }
    Error *err = list_load(s, &late_table, &request, &list);
    if (err) {
        return err;
    }
    view.frame = page_frame(page, t_board_all_title(), FRAME_TAB_NONE);
    Out out = page_out(page);
    board_late_page(&out, &view);
    return NULL;
}

/* --- the room --------------------------------------------------------------------------------- */

static const Route routes[] = {
    ROUTE_GET("/a/{area}/board", POLICY_SEE_JOURNAL, page_board),
    ROUTE_GET("/a/{area}/board/late", POLICY_SEE_JOURNAL, page_board_late),
};

static const Job jobs[] = {{.name = "board.count", .every_seconds = 3600, .run = board_count_all}};

static const NavItem nav[] = {
    {TEXT_board_nav, "/a/{area}/board", POLICY_SEE_JOURNAL, 15},
};

const Feature board_feature = {
    .name = "board",
    .routes = routes,
    .n_routes = countof(routes),
    .jobs = jobs,
    .n_jobs = countof(jobs),
    .nav = nav,
    .n_nav = countof(nav),
};
