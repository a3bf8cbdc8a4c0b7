/* areas_pages.c: `/`, where a visitor chooses a community, and the routes of the room. */
#include "features/areas/areas_pages.h"

#include "area_choose_html.h"
#include "areas_sql.h"
#include "areas_text.h"
#include "base/limits.h"
#include "platform/db/like.h"
#include "platform/html/frame_load.h"

static SafeUrl area_home(Arena *arena, int64_t area)
{
    return url_of(arena, "/a/{area}", area, 0);
}

static Str in_language(Lang lang, Str name, Str name_en)
{
    return lang == LANG_EN && name_en.len > 0 ? name_en : name;
}

/* English names are compared in small letters. */
static Str small_letters(Arena *arena, Str s)
{
    char *out = arena_array(arena, char, s.len + 1);
    for (size_t i = 0; i < s.len; i++) {
        char c = s.data[i];
        out[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return (Str){out, s.len};
}

/* Rows come by street and name: a new street begins where its name changes. */
static void group_by_street(Page *page, const AreaChooseRow *rows, size_t count,
                            AreaChooseView *view)
{
    AreaStreet *street = NULL;
    AreaDoor *doors = arena_array(page->arena, AreaDoor, count);
    view->streets = arena_array(page->arena, AreaStreet, count);
    for (size_t i = 0; i < count; i++) {
        Str name = in_language(page->lang, rows[i].street_name, rows[i].street_name_en);
        if (street == NULL || !str_eq(rows[i].street_name, rows[i - 1].street_name)) {
            street = &view->streets[view->n_streets++];
            *street = (AreaStreet){.name = name, .doors = &doors[i]};
        }
        doors[i] =
            (AreaDoor){.name = in_language(page->lang, rows[i].name, rows[i].name_en),
                       .stage = in_language(page->lang, rows[i].stage_name, rows[i].stage_name_en),
                       .link = area_home(page->arena, rows[i].id)};
        street->n_doors++;
    }
}

static Error *page_choose(Page *page, Snapshot *snapshot)
{
    Str words = str_trim(page_query(page, "q"));
    int64_t after = 0;
    AreaChooseRows rows = {0};
    (void)id_parse(page_query(page, "after"), &after);
    Error *err =
        sql_area_choose(snapshot, like_contains(page->arena, small_letters(page->arena, words)),
                        after, LIMIT_PAGE_ROWS + 1, &rows);
    if (err) {
        return err;
    }
    if (rows.count == 1 && words.len == 0 && after == 0) {
        return page_redirect(page, area_home(page->arena, rows.rows[0].id));
    }
    AreaChooseView view = {.frame = page_frame(page, t_area_choose_title(), FRAME_TAB_NONE),
                           .words = words};
    bool has_next = rows.count > LIMIT_PAGE_ROWS;
    size_t shown = has_next ? LIMIT_PAGE_ROWS : rows.count;
    group_by_street(page, rows.rows, shown, &view);
    ListRequest request = {.arena = page->arena, .path = page->path, .query = &page->query};
    IdText last = id_text(has_next ? rows.rows[shown - 1].id : 0);
    view.pages = list_pages(&request, NULL, after == 0, has_next ? str_from(last.text) : STR(""));
    Out out = page_out(page);
    area_choose_page(&out, &view);
    return NULL;
}

static const Route routes[] = {
    ROUTE_GET("/", POLICY_PUBLIC, page_choose),
    ROUTE_GET("/a/{area}/areas", POLICY_ADMINISTER, page_area_tree),
    ROUTE_GET("/a/{area}/areas/new", POLICY_ADMINISTER, page_area_new),
    ROUTE_POST("/a/{area}/areas/new", POLICY_ADMINISTER, &area_new_form, submit_area_new,
               page_area_new),
    ROUTE_GET("/a/{area}/areas/edit", POLICY_ADMINISTER, page_area_edit),
    ROUTE_POST("/a/{area}/areas/edit", POLICY_ADMINISTER, &area_edit_form, submit_area_edit,
               page_area_edit),
    ROUTE_GET("/a/{area}/areas/contact", POLICY_LEAD, page_area_contact),
    ROUTE_POST("/a/{area}/areas/contact", POLICY_LEAD, &area_contact_form, submit_area_contact,
               page_area_contact),
};

static const NavItem nav[] = {
    {TEXT_area_nav, "/a/{area}/areas", POLICY_ADMINISTER, .rank = NAV_SETUP},
    {TEXT_area_contact_nav, "/a/{area}/areas/contact", POLICY_LEAD, .rank = NAV_SETUP + 2},
};

const Feature areas_feature = {.name = "areas",
                               .routes = routes,
                               .n_routes = countof(routes),
                               .nav = nav,
                               .n_nav = countof(nav)};
