/* people_pages.c: the routes of the room, and the roll as a list. */
#include "features/people/people_pages.h"
#include "features/people/staff_pages.h"

#include "people_sql.h"
#include "people_staff_text.h"
#include "people_text.h"
#include "person_list_html.h"
#include "platform/db/like.h"
#include "platform/html/frame_load.h"
#include "platform/list/list_file.h"

Str people_place_line(Arena *arena, Str building, Str door)
{
    if (building.len == 0 || door.len == 0) {
        return building.len == 0 ? door : building;
    }
    return arena_printf(arena, "%.*s %.*s", STR_ARG(building), STR_ARG(door));
}

Text people_birth_text(int64_t year, int64_t month)
{
    if (year == 0) {
        return t_people_not_on_file();
    }
    return month == 0 ? t_people_birth_year(year) : t_people_birth_month(year, month);
}

bool people_may_manage(const Page *page)
{
    return policy_check(POLICY_MANAGE, &page->who) == VERDICT_ALLOW;
}

/* --- the roll ------------------------------------------------------------------------------- */

typedef struct RollLine {
    int64_t id;
    Str name;
    Str place;
    Str place_key;
    Text residency;
    Text age;
    Text phone_shown;
    Str phone; /* masked like the one shown; the file is only for those who see it whole */
    Str building;
    Str door;
    Str birth; /* as people_birth_read() takes it back */
} RollLine;

/* What a person typed, as the statements ask for it. */
typedef struct RollSearch {
    bool has_words;
    Str name;
    Str place;
    Str phone;
} RollSearch;

static RollSearch read_search(Arena *arena, Str words)
{
    RollSearch search = {.has_words = words.len > 0, .name = like_contains(arena, words)};
    Str key = people_place_key(arena, words, (Str){"", 0});
    /* Words without an address in them must not find everybody without one. */
    search.place = key.len > 0 ? like_begins(arena, key) : STR("-");
    Error *err = parse_phone(arena, words, &search.phone);
    if (err) {
        search.phone = STR("-"); /* nobody's */
    }
    return search;
}

static Str birth_typed(Arena *arena, int64_t year, int64_t month)
{
    if (year == 0) {
        return (Str){"", 0};
    }
    return month == 0 ? arena_printf(arena, "%04lld", (long long)year)
                      : arena_printf(arena, "%04lld-%02lld", (long long)year, (long long)month);
}

/* Both statements give the same columns. */
static RollLine show_line(Arena *arena, const RollByPlaceRow *row, Date today, bool shows_phone)
{
    int age = people_age_on((int)row->birth_year, (int)row->birth_month, today);
    Str phone = shows_phone ? row->phone : people_masked_phone(arena, row->phone);
    return (RollLine){
        .id = row->id,
        .name = row->name,
        .place = people_place_line(arena, row->building, row->door),
        .place_key = row->place_key,
        .residency = people_residency_text((Residency)row->residency),
        .age = age < 0 ? t_people_not_on_file() : t_people_age_years(age),
        .phone_shown = phone.len == 0 ? t_people_no_phone() : t_people_phone_is(phone),
        .phone = phone,
        .building = row->building,
        .door = row->door,
        .birth = birth_typed(arena, row->birth_year, row->birth_month),
    };
}

static void show_lines(Snapshot *snapshot, const ListQuery *query, const RollByPlaceRow *rows,
                       size_t count, ListRows *out)
{
    Arena *arena = snapshot_arena(snapshot);
    const bool *shows_phone = query->filter;
    RollLine *lines = arena_array(arena, RollLine, count);
    for (size_t i = 0; i < count; i++) {
        lines[i] = show_line(arena, &rows[i], instant_date(snapshot_now(snapshot)), *shows_phone);
    }
    *out = (ListRows){.rows = lines, .count = count};
}

static Error *fetch_by_place(Snapshot *snapshot, const ListQuery *query, ListRows *out)
{
    RollByPlaceRows rows = {0};
    RollSearch search = read_search(snapshot_arena(snapshot), query->search);
    Error *err =
        sql_roll_by_place(snapshot, query->area, search.has_words, search.name, search.place,
                          search.phone, query->after.text, query->after.id, query->limit, &rows);
    if (!err) {
        show_lines(snapshot, query, rows.rows, rows.count, out);
    }
    return err;
}

static RollByPlaceRow same_row(const RollByNameRow *row)
{
    return (RollByPlaceRow){.id = row->id,
                            .name = row->name,
                            .phone = row->phone,
                            .birth_year = row->birth_year,
                            .birth_month = row->birth_month,
                            .building = row->building,
                            .door = row->door,
                            .place_key = row->place_key,
                            .residency = row->residency};
}

static Error *fetch_by_name(Snapshot *snapshot, const ListQuery *query, ListRows *out)
{
    RollByNameRows rows = {0};
    RollSearch search = read_search(snapshot_arena(snapshot), query->search);
    Error *err =
        sql_roll_by_name(snapshot, query->area, search.has_words, search.name, search.place,
                         search.phone, query->after.text, query->after.id, query->limit, &rows);
    if (err) {
        return err;
    }
    RollByPlaceRow *same = arena_array(snapshot_arena(snapshot), RollByPlaceRow, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        same[i] = same_row(&rows.rows[i]);
    }
    show_lines(snapshot, query, same, rows.count, out);
    return NULL;
}

static SafeUrl line_link(Arena *arena, const ListQuery *query, const void *row)
{
    const RollLine *line = row;
    return url_of(arena, "/a/{area}/people/{id}", query->area, line->id);
}

/* The file has the columns that an import reads: saved and brought back, it changes nothing. */
static const ListColumn columns[] = {
    {LIST_COLUMN(RollLine, name, COLUMN_STR, TEXT_people_name), .flags = COLUMN_HEAD},
    {LIST_COLUMN(RollLine, place, COLUMN_STR, TEXT_people_place), .flags = COLUMN_HTML_ONLY},
    {LIST_COLUMN(RollLine, phone, COLUMN_STR, TEXT_people_phone), .flags = COLUMN_CSV_ONLY},
    {LIST_COLUMN(RollLine, building, COLUMN_STR, TEXT_people_building), .flags = COLUMN_CSV_ONLY},
    {LIST_COLUMN(RollLine, door, COLUMN_STR, TEXT_people_door), .flags = COLUMN_CSV_ONLY},
    {LIST_COLUMN(RollLine, birth, COLUMN_STR, TEXT_people_birth), .flags = COLUMN_CSV_ONLY},
    {LIST_COLUMN(RollLine, residency, COLUMN_TEXT, TEXT_people_residency)},
    {LIST_COLUMN(RollLine, age, COLUMN_TEXT, TEXT_people_age), .flags = COLUMN_HTML_ONLY},
    {LIST_COLUMN(RollLine, phone_shown, COLUMN_TEXT, TEXT_people_phone), .flags = COLUMN_HTML_ONLY},
};

static const ListOrder orders[] = {
    {"place", TEXT_people_order_place, COLUMN_STR, offsetof(RollLine, place_key), false,
     fetch_by_place},
    {"name", TEXT_people_order_name, COLUMN_STR, offsetof(RollLine, name), false, fetch_by_name},
};

static const ListTable roll_table = {
    .name = "roll",
    .caption = TEXT_people_roll_caption,
    .columns = columns,
    .n_columns = countof(columns),
    .orders = orders,
    .n_orders = countof(orders),
    .row_size = sizeof(RollLine),
    .id_offset = offsetof(RollLine, id),
    .link = line_link,
    .empty_title = TEXT_people_roll_empty,
    .empty_text = TEXT_people_roll_empty_hint,
    .has_csv = true,
};

static Error *show_list(Page *page, Snapshot *snapshot, const ListTable *table,
                        const ListRequest *request)
{
    RollCountRow count = {0};
    ListView list;
    Error *err = sql_roll_count(snapshot, page->area, &count);
    if (!err) {
        err = list_load(snapshot, table, request, &list);
    }
    if (err) {
        return err;
    }
    PeopleListView view = {.frame = page_frame(page, t_people_roll(), FRAME_TAB_NONE),
                           .here = page_path(page, "/a/{area}/people", 0),
                           .area = id_text(page->area),
                           .n_people = count.n,
                           .n_phones = count.n_phone,
                           .words = list.query.search,
                           .may_manage = table->has_csv,
                           .list = &list};
    Out out = page_out(page);
    person_list_page(&out, &view);
    return NULL;
}

Error *people_find(Snapshot *snapshot, int64_t area, Str words, size_t limit, PersonFound **out,
                   size_t *out_count)
{
    Arena *arena = snapshot_arena(snapshot);
    RollByPlaceRows rows = {0};
    RollSearch search = read_search(arena, words);
    Error *err = sql_roll_by_place(snapshot, area, search.has_words, search.name, search.place,
                                   search.phone, STR(""), 0, (int64_t)limit, &rows);
    PersonFound *found = arena_array(arena, PersonFound, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const RollByPlaceRow *row = &rows.rows[i];
        found[i] = (PersonFound){row->id, row->name, row->phone,
                                 people_place_line(arena, row->building, row->door)};
    }
    *out = found;
    *out_count = rows.count;
    return err;
}

Error *page_person_list(Page *page, Snapshot *snapshot)
{
    bool may_manage = people_may_manage(page);
    ListTable table = roll_table;
    ListRequest request = {.arena = page->arena,
                           .path = page->path,
                           .query = &page->query,
                           .area = page->area,
                           .filter = &may_manage};
    table.has_csv = may_manage;
    if (list_format(&table, &request) != LIST_PAGE) {
        return list_file(page, snapshot, &table, &request, "roll");
    }
    return show_list(page, snapshot, &table, &request);
}

/* --- routes --------------------------------------------------------------------------------- */

static const Route routes[] = {
    ROUTE_GET("/a/{area}/people", POLICY_STAFF, page_person_list),
    ROUTE_GET("/a/{area}/people/new", POLICY_STAFF, page_person_new),
    ROUTE_POST("/a/{area}/people/new", POLICY_STAFF, &person_new_form, submit_person_new,
               page_person_new),
    ROUTE_GET("/a/{area}/people/import", POLICY_MANAGE, page_import_new),
    ROUTE_POST("/a/{area}/people/import", POLICY_MANAGE, &import_form, submit_import,
               page_import_new),
    ROUTE_GET("/a/{area}/people/imports", POLICY_MANAGE, page_import_list),
    ROUTE_GET("/a/{area}/people/imports/{id}", POLICY_MANAGE, page_import),
    ROUTE_POST("/a/{area}/people/imports/{id}/accept", POLICY_MANAGE, &import_accept_form,
               submit_accept, page_import),
    ROUTE_POST("/a/{area}/people/imports/{id}/drop", POLICY_MANAGE, &import_drop_form, submit_drop,
               page_import),
    ROUTE_POST("/a/{area}/people/imports/{id}/undo", POLICY_MANAGE, &import_undo_form, submit_undo,
               page_import),
    ROUTE_GET("/a/{area}/people/{id}", POLICY_STAFF, page_person),
    ROUTE_GET("/a/{area}/people/{id}/erase", POLICY_LEAD, page_person_erase),
    ROUTE_POST("/a/{area}/people/{id}/erase", POLICY_LEAD, &person_erase_form, submit_person_erase,
               page_person_erase),
    ROUTE_POST("/a/{area}/people/{id}/code", POLICY_MANAGE, &person_code_form, submit_person_code,
               page_person),
    ROUTE_GET("/a/{area}/staff", POLICY_SEE_STAFF, page_staff_list),
    ROUTE_GET("/a/{area}/staff/new", POLICY_ADMINISTER, page_staff_new),
    ROUTE_POST("/a/{area}/staff/new", POLICY_ADMINISTER, &staff_new_form, submit_staff_new,
               page_staff_new),
    ROUTE_GET("/a/{area}/staff/{id}", POLICY_SEE_STAFF, page_staff),
    ROUTE_GET("/a/{area}/staff/{id}/revoke", POLICY_ADMINISTER, page_staff_revoke),
    ROUTE_POST("/a/{area}/staff/{id}/revoke", POLICY_ADMINISTER, &staff_revoke_form,
               submit_staff_revoke, page_staff_revoke),
    ROUTE_GET("/a/{area}/staff/{id}/code", POLICY_ADMINISTER, page_staff_code),
    ROUTE_POST("/a/{area}/staff/{id}/code", POLICY_ADMINISTER, &staff_code_form, submit_staff_code,
               page_staff_code),
};

static const NavItem nav[] = {
    {TEXT_people_roll, "/a/{area}/people", POLICY_STAFF, .rank = 50},
    {TEXT_staff_nav, "/a/{area}/staff", POLICY_SEE_STAFF, .rank = NAV_SETUP + 1},
};

const Feature people_feature = {
    .name = "people",
    .routes = routes,
    .n_routes = countof(routes),
    .export_person = people_export_person,
    .erase_person = people_erase_person,
    .nav = nav,
    .n_nav = countof(nav),
};
