/* staff_pages.c: who works here, as a list and one by one. */
#include "features/people/staff_pages.h"

#include "people_staff_text.h"
#include "people_text.h"
#include "person_staff_html.h"
#include "person_staff_list_html.h"
#include "platform/db/like.h"
#include "platform/html/frame_load.h"

static Str in_language(Lang lang, Str name, Str name_en)
{
    return lang == LANG_EN && name_en.len > 0 ? name_en : name;
}

Text staff_what(Page *page, const StaffGetRow *row)
{
    Text *role = arena_new(page->arena, Text);
    *role = people_role_text((Role)row->role);
    return t_staff_what(role, in_language(page->lang, row->area_name, row->area_name_en));
}

Error *staff_require(Page *page, Snapshot *snapshot, int64_t grant, StaffGetRow *out)
{
    return sql_staff_get(snapshot, page->area, grant, out);
}

static Text term_text(Date starts, Date ends, Date today)
{
    if (starts.days > today.days) {
        return t_staff_term_from(starts);
    }
    return ends.days == 0 ? t_staff_term_open() : t_staff_term_until(ends);
}

/* --- the list -------------------------------------------------------------------------------- */

typedef struct StaffLine {
    int64_t id;
    Str name;
    Text role;
    Str area;
    Text term;
    Str by_name;
    Str phone;
    Str place; /* sort key */
    Instant granted_at;
    Date ends;
} StaffLine;

/* Both statements give the same columns. */
static StaffLine line_of(Arena *arena, const StaffByPlaceRow *row, Lang lang, Date today)
{
    Str by = row->by_name.len > 0 ? row->by_name : text_str(arena, lang, t_staff_by_program());
    return (StaffLine){.id = row->id,
                       .name = row->name,
                       .role = people_role_text((Role)row->role),
                       .area = in_language(lang, row->area_name, row->area_name_en),
                       .term = term_text(row->starts_on, row->ends_on, today),
                       .by_name = by,
                       .phone = row->phone.len > 0 ? row->phone
                                                   : text_str(arena, lang, t_people_no_phone()),
                       .place = row->place,
                       .granted_at = row->granted_at,
                       .ends = row->ends_on};
}

static void show_lines(Snapshot *snapshot, const ListQuery *query, const StaffByPlaceRow *rows,
                       size_t n, ListRows *out)
{
    Arena *arena = snapshot_arena(snapshot);
    const Lang *lang = query->filter;
    StaffLine *lines = arena_array(arena, StaffLine, n);
    for (size_t i = 0; i < n; i++) {
        lines[i] = line_of(arena, &rows[i], *lang, instant_date(snapshot_now(snapshot)));
    }
    *out = (ListRows){.rows = lines, .count = n};
}

static Str search_pattern(Snapshot *snapshot, const ListQuery *query)
{
    return query->search.len > 0 ? like_contains(snapshot_arena(snapshot), query->search) : STR("");
}

static Error *fetch_by_place(Snapshot *snapshot, const ListQuery *query, ListRows *out)
{
    StaffByPlaceRows rows = {0};
    Date today = instant_date(snapshot_now(snapshot));
    Error *err = sql_staff_by_place(snapshot, query->area, today, search_pattern(snapshot, query),
                                    query->after.text, query->after.id, query->limit, &rows);
    if (!err) {
        show_lines(snapshot, query, rows.rows, rows.count, out);
    }
    return err;
}

static StaffByPlaceRow same_row(const StaffByTimeRow *row)
{
    return (StaffByPlaceRow){.id = row->id,
                             .name = row->name,
                             .phone = row->phone,
                             .role = row->role,
                             .granted_at = row->granted_at,
                             .starts_on = row->starts_on,
                             .ends_on = row->ends_on,
                             .place = row->place,
                             .area_name = row->area_name,
                             .area_name_en = row->area_name_en,
                             .by_name = row->by_name};
}

static Error *fetch_by_time(Snapshot *snapshot, const ListQuery *query, ListRows *out)
{
    StaffByTimeRows rows = {0};
    Date today = instant_date(snapshot_now(snapshot));
    Instant after = {query->after.number};
    Error *err =
        sql_staff_by_time(snapshot, query->area, today, search_pattern(snapshot, query),
                          !query->after.is_set, after, query->after.id, query->limit, &rows);
    if (err) {
        return err;
    }
    StaffByPlaceRow *same = arena_array(snapshot_arena(snapshot), StaffByPlaceRow, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        same[i] = same_row(&rows.rows[i]);
    }
    show_lines(snapshot, query, same, rows.count, out);
    return NULL;
}

static SafeUrl line_link(Arena *arena, const ListQuery *query, const void *row)
{
    const StaffLine *line = row;
    return url_of(arena, "/a/{area}/staff/{id}", query->area, line->id);
}

static RowMark line_mark(const void *row, Instant now)
{
    const StaffLine *line = row;
    TermState state = people_term_state((Date){0}, line->ends, false, instant_date(now));
    return state == TERM_ENDS_SOON ? ROW_DUE : ROW_PLAIN;
}

/* The last one is for administrators only. */
static const ListColumn columns[] = {
    {LIST_COLUMN(StaffLine, name, COLUMN_STR, TEXT_people_name), .flags = COLUMN_HEAD},
    {LIST_COLUMN(StaffLine, role, COLUMN_TEXT, TEXT_staff_role)},
    {LIST_COLUMN(StaffLine, area, COLUMN_STR, TEXT_staff_area)},
    {LIST_COLUMN(StaffLine, term, COLUMN_TEXT, TEXT_staff_term)},
    {LIST_COLUMN(StaffLine, by_name, COLUMN_STR, TEXT_staff_by)},
    {LIST_COLUMN(StaffLine, phone, COLUMN_STR, TEXT_people_phone)},
};

static const ListOrder orders[] = {
    {"place", TEXT_staff_order_place, COLUMN_STR, offsetof(StaffLine, place), false,
     fetch_by_place},
    {"newest", TEXT_staff_order_newest, COLUMN_TIME, offsetof(StaffLine, granted_at), true,
     fetch_by_time},
};

static const ListTable staff_table = {
    .name = "staff",
    .caption = TEXT_staff_caption,
    .columns = columns,
    .n_columns = countof(columns) - 1,
    .orders = orders,
    .n_orders = countof(orders),
    .row_size = sizeof(StaffLine),
    .id_offset = offsetof(StaffLine, id),
    .link = line_link,
    .mark = line_mark,
    .empty_title = TEXT_staff_empty,
    .empty_text = TEXT_staff_empty_hint,
};

static bool administers(const Page *page)
{
    return policy_check(POLICY_ADMINISTER, &page->who) == VERDICT_ALLOW;
}

Error *page_staff_list(Page *page, Snapshot *snapshot)
{
    ListTable table = staff_table;
    ListRequest request = {.arena = page->arena,
                           .path = page->path,
                           .query = &page->query,
                           .area = page->area,
                           .filter = &page->lang};
    ListView list;
    table.n_columns = administers(page) ? countof(columns) : countof(columns) - 1;
    Error *err = list_load(snapshot, &table, &request, &list);
    if (err) {
        return err;
    }
    StaffListView view = {.frame = page_frame(page, t_staff_nav(), FRAME_TAB_NONE),
                          .administers = administers(page),
                          .appoint = page_path(page, "/a/{area}/staff/new", 0),
                          .here = page_path(page, "/a/{area}/staff", 0),
                          .words = list.query.search,
                          .list = &list};
    Out out = page_out(page);
    person_staff_list_page(&out, &view);
    return NULL;
}

/* --- one appointment ------------------------------------------------------------------------- */

static void show_state(TermState state, StaffView *view)
{
    static const struct {
        ChipKind kind;
        int words;
    } states[] = {
        [TERM_TO_COME] = {CHIP_OPEN, TEXT_staff_to_come},
        [TERM_RUNNING] = {CHIP_GO, TEXT_staff_running},
        [TERM_ENDS_SOON] = {CHIP_DUE, TEXT_staff_ends_soon},
        [TERM_OVER] = {CHIP_NOT, TEXT_staff_over},
        [TERM_TAKEN_BACK] = {CHIP_NOT, TEXT_staff_taken_back},
    };
    view->state = states[state].kind;
    view->state_words = text_of(states[state].words);
    view->is_taken_back = state == TERM_TAKEN_BACK;
    view->is_over = state == TERM_OVER || state == TERM_TAKEN_BACK;
}

static Text ways_text(const SignInWays *ways)
{
    if (ways->code_expires_at.ms != 0) {
        return ways->has_password ? t_staff_ways_both(ways->code_expires_at)
                                  : t_staff_ways_code(ways->code_expires_at);
    }
    return ways->has_password ? t_staff_ways_password() : t_staff_ways_none();
}

static void show_grant(Page *page, const StaffGetRow *row, StaffView *view)
{
    Date today = instant_date(page->now);
    view->list = page_path(page, "/a/{area}/staff", 0);
    view->name = row->name;
    view->role = people_role_text((Role)row->role);
    view->area = in_language(page->lang, row->area_name, row->area_name_en);
    view->term = term_text(row->starts_on, row->ends_on, today);
    view->by_name = row->by_name;
    view->granted_at = row->granted_at;
    view->taken_by = row->revoked_name;
    view->taken_at = row->revoked_at;
    show_state(people_term_state(row->starts_on, row->ends_on, row->revoked_at.ms != 0, today),
               view);
    view->administers = administers(page);
    view->phone = row->phone;
    view->call = url_tel(page->arena, row->phone);
    view->may_act = view->administers && !view->is_over;
    view->is_self = row->person_id == page->who.person;
    view->take_back = page_path(page, "/a/{area}/staff/{id}/revoke", row->id);
    view->code = page_path(page, "/a/{area}/staff/{id}/code", row->id);
}

Error *page_staff(Page *page, Snapshot *snapshot)
{
    StaffGetRow row;
    SignInWays ways = {0};
    Error *err = staff_require(page, snapshot, page->ids[0], &row);
    if (!err) {
        err = auth_ways(snapshot, row.person_id, &ways);
    }
    if (err) {
        return err;
    }
    StaffView view = {.frame = page_frame(page, t_staff_nav(), FRAME_TAB_NONE),
                      .ways = ways_text(&ways)};
    show_grant(page, &row, &view);
    Out out = page_out(page);
    person_staff_page(&out, &view);
    return NULL;
}
