/* areas_tree_pages.c: the page of an area for those who keep the tree: what stands below it. */
#include "features/areas/areas_pages.h"

#include "area_tree_html.h"
#include "areas_sql.h"
#include "areas_text.h"
#include "base/limits.h"
#include "common_text.h"
#include "platform/html/frame_load.h"

Text areas_kind_text(AreaKind kind)
{
    switch (kind) {
    case AREA_CITY:
        return t_area_kind_city();
    case AREA_DISTRICT:
        return t_area_kind_district();
    case AREA_STREET:
        return t_area_kind_street();
    case AREA_COMMUNITY:
        return t_area_kind_community();
    case AREA_BUILDING:
        return t_area_kind_building();
    case AREA_NONE:
        break;
    }
    return t_common_not_given();
}

AreaFacts areas_facts(Arena *arena, const Area *area)
{
    return (AreaFacts){.name = area->name,
                       .name_en = area->name_en,
                       .code = area->code,
                       .phone = area->phone,
                       .call = url_tel(arena, area->phone),
                       .address = area->address,
                       .hours = area->hours};
}

static SafeUrl at(Page *page, int64_t area, const char *rest)
{
    return url_path(page->arena, "/a/%s/%s", id_text(area).text, rest);
}

/* --- the first steps ------------------------------------------------------------------------- */

typedef struct StepWords {
    int name; /* TEXT_ numbers */
    int say;
    int act;
} StepWords;

static const StepWords step_words[AREA_STEP_COUNT] = {
    [AREA_STEP_DISTRICT] = {TEXT_area_step_district, TEXT_area_step_district_say,
                            TEXT_area_step_district_do},
    [AREA_STEP_STREET] = {TEXT_area_step_street, TEXT_area_step_street_say,
                          TEXT_area_step_street_do},
    [AREA_STEP_COMMUNITY] = {TEXT_area_step_community, TEXT_area_step_community_say,
                             TEXT_area_step_community_do},
    [AREA_STEP_SECRETARY] = {TEXT_area_step_secretary, TEXT_area_step_secretary_say,
                             TEXT_area_step_secretary_do},
};

/* Each step is done in the area it belongs to: a community is made on the page of its street. */
static SafeUrl step_link(Page *page, AreaStep step, const AreaCountsRow *counts)
{
    int64_t district = counts->district != 0 ? counts->district : page->area;
    int64_t street = counts->street != 0 ? counts->street : district;
    int64_t community = counts->community != 0 ? counts->community : page->area;
    switch (step) {
    case AREA_STEP_DISTRICT:
        return at(page, page->area, "areas/new?kind=district");
    case AREA_STEP_STREET:
        return at(page, district, "areas/new?kind=street");
    case AREA_STEP_COMMUNITY:
        return at(page, street, "areas/new?kind=community");
    case AREA_STEP_SECRETARY:
    case AREA_STEP_COUNT:
        break;
    }
    return at(page, community, "staff/new?role=community_secretary");
}

static Error *load_steps(Page *page, Snapshot *snapshot, AreaKind kind, AreaTreeView *view)
{
    AreaCountsRow row;
    AreaStep steps[AREA_STEP_COUNT];
    size_t done = 0;
    Error *err = sql_area_counts(snapshot, page->area, instant_date(page->now), &row);
    if (err) {
        return err;
    }
    AreaCounts counts = {row.districts, row.streets, row.communities, row.led};
    size_t n = areas_first_steps(kind, &counts, steps, &done);
    view->has_steps = done < n;
    if (!view->has_steps) {
        return NULL;
    }
    WayStage *stages = arena_array(page->arena, WayStage, n);
    for (size_t i = 0; i < n; i++) {
        const StepWords *words = &step_words[steps[i]];
        stages[i].name = text_str(page->arena, page->lang, text_of(words->name));
        stages[i].say = i >= done ? text_of(words->say) : (Text){0};
        stages[i].state = i < done ? WAY_DONE : i == done ? WAY_HERE : WAY_FUTURE;
    }
    view->steps = (AreaStepsView){.way = {.stages = stages, .count = n},
                                  .act = text_of(step_words[steps[done]].act),
                                  .link = step_link(page, steps[done], &row)};
    return NULL;
}

/* --- the tree -------------------------------------------------------------------------------- */

static AreaLine line_of(Page *page, const AreaTreeRow *row)
{
    bool is_community = row->kind == AREA_COMMUNITY;
    bool is_english = page->lang == LANG_EN && row->name_en.len > 0;
    return (AreaLine){
        .name = is_english ? row->name_en : row->name,
        .link = at(page, row->id, "areas"),
        .kind = areas_kind_text((AreaKind)row->kind),
        .depth = row->depth,
        .n_staff = row->n_staff,
        .needs_secretary = is_community && row->n_secretaries == 0,
        .staff = at(page, row->id, "staff"),
        .appoint = at(page, row->id, "staff/new?role=community_secretary"),
    };
}

/* Where the last page ended: digits, as the statement gives them; anything else is the start. */
static Str read_after(const Page *page)
{
    Str after = page_query(page, "after");
    for (size_t i = 0; i < after.len; i++) {
        if (after.data[i] < '0' || after.data[i] > '9') {
            return STR("");
        }
    }
    return after;
}

static Error *load_lines(Page *page, Snapshot *snapshot, AreaKind kind, AreaTreeView *view)
{
    AreaTreeRows rows = {0};
    Str after = read_after(page);
    Error *err = sql_area_tree(snapshot, page->area, kind == AREA_COMMUNITY,
                               instant_date(page->now), after, LIMIT_PAGE_ROWS + 1, &rows);
    if (err) {
        return err;
    }
    bool has_next = rows.count > LIMIT_PAGE_ROWS;
    view->n_lines = has_next ? LIMIT_PAGE_ROWS : rows.count;
    AreaLine *lines = arena_array(page->arena, AreaLine, view->n_lines);
    for (size_t i = 0; i < view->n_lines; i++) {
        lines[i] = line_of(page, &rows.rows[i]);
    }
    view->lines = lines;
    ListRequest request = {.arena = page->arena, .path = page->path, .query = &page->query};
    Str last = has_next ? rows.rows[view->n_lines - 1].path : STR("");
    view->pages = list_pages(&request, NULL, after.len == 0, last);
    return NULL;
}

/* --- the page -------------------------------------------------------------------------------- */

static Text add_label(AreaKind kind)
{
    switch (kind) {
    case AREA_CITY:
        return t_area_add_in_city();
    case AREA_DISTRICT:
        return t_area_add_in_district();
    case AREA_STREET:
        return t_area_add_in_street();
    default:
        return t_area_add_in_community();
    }
}

/* The area above, for those who keep that one too. */
static void show_parent(Page *page, const Area *path, size_t n, AreaTreeView *view)
{
    Who above = page->who;
    if (n < 2 || above.n_area_path < 2) {
        return;
    }
    above.area_path++;
    above.n_area_path--;
    view->has_parent = policy_check(POLICY_ADMINISTER, &above) == VERDICT_ALLOW;
    view->parent_name = areas_name(&path[1], page->lang);
    view->parent = at(page, path[1].id, "areas");
}

Error *page_area_tree(Page *page, Snapshot *snapshot)
{
    Area *path = NULL;
    size_t n = 0;
    AreaTreeView view = {.frame = page_frame(page, t_area_nav(), FRAME_TAB_NONE)};
    Error *err = areas_path(snapshot, page->area, &path, &n);
    if (!err && n == 0) {
        err = error_make(page->arena, ERROR_NOT_FOUND, "no area");
    }
    if (!err) {
        err = load_steps(page, snapshot, path[0].kind, &view);
    }
    if (!err) {
        err = load_lines(page, snapshot, path[0].kind, &view);
    }
    if (err) {
        return err;
    }
    view.kind = areas_kind_text(path[0].kind);
    view.facts = areas_facts(page->arena, &path[0]);
    view.may_add = path[0].kind != AREA_BUILDING;
    view.add_label = add_label(path[0].kind);
    view.add = at(page, page->area, "areas/new");
    view.edit = at(page, page->area, "areas/edit");
    view.staff = at(page, page->area, "staff");
    show_parent(page, path, n, &view);
    Out out = page_out(page);
    area_tree_page(&out, &view);
    return NULL;
}
