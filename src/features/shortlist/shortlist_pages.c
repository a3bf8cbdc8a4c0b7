/* shortlist_pages.c: the page everybody reads, dealing, and the room's row. */
#include "features/shortlist/shortlist_pages.h"

#include "features/people/people.h"
#include "features/shortlist/shortlist_gates.h"
#include "shortlist_page_html.h"
#include "shortlist_sql.h"
#include "shortlist_text.h"

/* --- shared by the pages ----------------------------------------------------- */

Text shortlist_table_text(const TableInfo *table)
{
    return table->name.len > 0 ? t_shortlist_table_named(table->no, table->name)
                               : t_shortlist_table_no(table->no);
}

bool shortlist_is_staff(const Page *page)
{
    return policy_check(POLICY_MANAGE, &page->who) == VERDICT_ALLOW;
}

bool shortlist_may_record(const Page *page, const TableInfo *table)
{
    int64_t recorder = table->people[TABLE_RECORDER].id;
    return shortlist_is_staff(page) || (recorder != 0 && recorder == page->who.person);
}

Error *shortlist_load_table(Page *page, Snapshot *s, Shortlist **out, const TableInfo **out_table)
{
    RoundTableGetRow row;
    *out = arena_new(page->arena, Shortlist);
    Error *err = sql_round_table_get(s, page->area, page->ids[0], &row);
    if (!err) {
        err = shortlist_load(s, page->area, row.round_id, *out);
    }
    if (err) {
        return err;
    }
    *out_table = shortlist_table(*out, page->ids[0]);
    return *out_table != NULL ? NULL : error_make(page->arena, ERROR_NOT_FOUND, "no such table");
}

Error *shortlist_find_people(Page *page, Snapshot *s, TablePerson *const *people, size_t n_people)
{
    RollPerson *roll = NULL;
    size_t n_roll = 0;
    Error *err = people_roll_read(s, page->area, &roll, &n_roll);
    for (size_t i = 0; !err && i < n_people; i++) {
        people[i]->id = people_named(roll, n_roll, people[i]->name);
    }
    return err;
}

/* --- the list ---------------------------------------------------------------- */

static Text why_out(const ShortLimits *limits, ShortOutcome outcome)
{
    switch (outcome) {
    case SHORT_NOT_TOP:
        return t_shortlist_out_top(limits->top);
    case SHORT_NO_ROOM:
        return t_shortlist_out_room(limits->most);
    case SHORT_KIND_FULL:
        return t_shortlist_out_kind();
    default:
        return text_of(0);
    }
}

static ShortLine line_of(const Page *page, const ShortLimits *limits, const ShortEntry *entry)
{
    return (ShortLine){.link = page_path(page, "/a/{area}/proposals/{id}", entry->proposal),
                       .cost = entry->cost,
                       .place = entry->place > 0
                                    ? t_shortlist_from_table(entry->table_no, entry->place)
                                    : t_shortlist_from_table_unranked(entry->table_no),
                       .votes = entry->votes >= 0 ? t_shortlist_votes(entry->votes) : text_of(0),
                       .why = why_out(limits, entry->outcome),
                       .is_tied = entry->is_tied};
}

static Error *load_fixed_lines(Page *page, Snapshot *s, const Shortlist *all, ShortLine **out,
                               bool **out_is_in, size_t *out_count)
{
    ShortlistItemsRows rows;
    Error *err = sql_shortlist_items(s, page->area, all->round.id, SHORTLIST_PROJECTS_MAX, &rows);
    if (err) {
        return err;
    }
    *out = arena_array(page->arena, ShortLine, rows.count + 1);
    *out_is_in = arena_array(page->arena, bool, rows.count + 1);
    *out_count = rows.count;
    for (size_t i = 0; i < rows.count; i++) {
        const ShortlistItemsRow *row = &rows.rows[i];
        ShortEntry entry = {.proposal = row->proposal_id,
                            .cost = row->cost_fen,
                            .table_no = row->table_no,
                            .place = row->place,
                            .votes = row->votes,
                            .outcome = (ShortOutcome)row->outcome,
                            .is_tied = row->is_tied};
        (*out)[i] = line_of(page, &all->limits, &entry);
        (*out)[i].title = row->title;
        (*out)[i].location = row->location;
        (*out_is_in)[i] = entry.outcome == SHORT_IN;
    }
    return NULL;
}

static const TableItem *item_of(const Shortlist *all, int64_t proposal)
{
    for (size_t i = 0; i < all->n_tables; i++) {
        for (size_t k = 0; k < all->tables[i].n_items; k++) {
            if (all->tables[i].items[k].proposal == proposal) {
                return &all->tables[i].items[k];
            }
        }
    }
    return NULL;
}

static void settle_lines(Page *page, Shortlist *all, ShortLine **out, bool **out_is_in,
                         size_t *out_count)
{
    shortlist_settle(all);
    *out = arena_array(page->arena, ShortLine, all->n_entries + 1);
    *out_is_in = arena_array(page->arena, bool, all->n_entries + 1);
    *out_count = all->n_entries;
    for (size_t i = 0; i < all->n_entries; i++) {
        const TableItem *item = item_of(all, all->entries[i].proposal);
        (*out)[i] = line_of(page, &all->limits, &all->entries[i]);
        (*out)[i].title = item->title;
        (*out)[i].location = item->location;
        (*out_is_in)[i] = all->entries[i].outcome == SHORT_IN;
    }
}

Error *shortlist_load_lines(Page *page, Snapshot *s, Shortlist *all, const ShortLine **in,
                            size_t *n_in, const ShortLine **out, size_t *n_out)
{
    ShortLine *lines = NULL;
    bool *is_in = NULL;
    size_t count = 0;
    Error *err = NULL;
    if (all->is_fixed) {
        err = load_fixed_lines(page, s, all, &lines, &is_in, &count);
    } else {
        settle_lines(page, all, &lines, &is_in, &count);
    }
    if (err) {
        return err;
    }
    ShortLine *sides[2] = {arena_array(page->arena, ShortLine, count + 1),
                           arena_array(page->arena, ShortLine, count + 1)};
    size_t counts[2] = {0, 0};
    for (size_t i = 0; i < count; i++) {
        size_t side = is_in[i] ? 0 : 1;
        sides[side][counts[side]++] = lines[i];
    }
    *in = sides[0];
    *n_in = counts[0];
    *out = sides[1];
    *n_out = counts[1];
    return NULL;
}

/* --- the page ---------------------------------------------------------------- */

static Text name_text(Page *page, const TablePerson *person)
{
    if (person->name.len == 0) {
        return text_of(0);
    }
    return t_shortlist_name(
        shortlist_is_staff(page) ? person->name : people_masked_name(page->arena, person->name));
}

static void fill_items(Page *page, const Shortlist *all, const TableInfo *table, TableView *view)
{
    ShortLine *lines = arena_array(page->arena, ShortLine, table->n_items + 1);
    for (size_t i = 0; i < table->n_items; i++) {
        const TableItem *item = &table->items[i];
        ShortEntry entry = {.place = table->reported_at.ms > 0 ? item->place : 0};
        lines[i] = (ShortLine){.link = page_path(page, "/a/{area}/proposals/{id}", item->proposal),
                               .title = item->title,
                               .location = item->location,
                               .cost = item->cost,
                               .place = entry.place > 0 ? t_shortlist_place_is(entry.place)
                                                        : t_shortlist_place_none(),
                               .is_presented = shortlist_is_presented(&all->limits, &entry)};
    }
    view->lines = lines;
    view->n_lines = table->n_items;
}

static void fill_acts(const Page *page, const Shortlist *all, const TableInfo *table,
                      TableView *view)
{
    if (!shortlist_may_record(page, table)) {
        return;
    }
    view->sheet = page_path(page, "/a/{area}/tables/{id}/sheet", table->id);
    if (shortlist_may_report(all) && table->n_items > 0) {
        view->rank = page_path(page, "/a/{area}/tables/{id}/ranking", table->id);
        view->is_again = table->reported_at.ms > 0;
    }
    if (shortlist_is_staff(page) && shortlist_may_prepare(all)) {
        view->edit = page_path(page, "/a/{area}/tables/{id}/edit", table->id);
        view->package = page_path(page, "/a/{area}/tables/{id}/package", table->id);
    }
}

static TableView table_view(Page *page, const Shortlist *all, const TableInfo *table)
{
    bool is_reported = shortlist_is_reported(all, table);
    TableView view = {.title = shortlist_table_text(table),
                      .chip = is_reported ? CHIP_GO : CHIP_OPEN,
                      .state = is_reported ? t_shortlist_is_reported() : t_shortlist_is_waiting(),
                      .head = name_text(page, &table->people[TABLE_HEAD]),
                      .recorder = name_text(page, &table->people[TABLE_RECORDER]),
                      .speaker = name_text(page, &table->people[TABLE_SPEAKER]),
                      .note = table->note,
                      .corrected_at = table->corrected_at};
    if (table->n_items == 0) {
        view.chip = CHIP_OPEN;
        view.state = t_shortlist_is_empty();
    }
    fill_items(page, all, table, &view);
    fill_acts(page, all, table, &view);
    return view;
}

static bool any_reported(const Shortlist *all)
{
    for (size_t i = 0; i < all->n_tables; i++) {
        if (all->tables[i].reported_at.ms > 0) {
            return true;
        }
    }
    return false;
}

static void fill_staff(Page *page, const Shortlist *all, ShortlistView *view)
{
    view->is_staff = shortlist_is_staff(page);
    view->problem = page->form;
    view->deal_action = page_path(page, "/a/{area}/rounds/{id}/shortlist/deal", all->round.id);
    if (!view->is_staff || !shortlist_may_prepare(all)) {
        return;
    }
    view->add = page_path(page, "/a/{area}/rounds/{id}/shortlist/new", all->round.id);
    if (all->n_tables > 0 && all->n_accepted > 0 && !any_reported(all)) {
        view->deal = page_form(page, &shortlist_deal_form);
    }
    if (shortlist_may_report(all) && all->needs_vote && shortlist_tables_done(all)) {
        view->hall = page_path(page, "/a/{area}/rounds/{id}/shortlist/hall", all->round.id);
    }
    SafeUrl fix = page_path(page, "/a/{area}/rounds/{id}/shortlist/fix", all->round.id);
    if (shortlist_may_fix(all) && page_may_open(page, fix)) {
        view->fix = fix;
    }
}

static void fill_view(Page *page, const Shortlist *all, ShortlistView *view)
{
    TableView *tables = arena_array(page->arena, TableView, all->n_tables + 1);
    for (size_t i = 0; i < all->n_tables; i++) {
        tables[i] = table_view(page, all, &all->tables[i]);
    }
    view->round_title = all->round.title;
    view->has_stage = all->has_stage;
    view->top = all->limits.top;
    view->most = all->limits.most;
    view->has_vote = all->limits.wants_vote;
    view->tables = tables;
    view->n_tables = all->n_tables;
    view->n_reported = shortlist_reported(all);
    view->n_free = all->n_free;
    view->n_accepted = all->n_accepted;
    view->is_fixed = all->is_fixed;
    view->by_vote = all->by_vote;
    view->voters = all->voters;
    view->words = all->words;
    view->fixed_at = all->fixed_at;
    view->result = page_path(page, "/a/{area}/rounds/{id}/shortlist/result", all->round.id);
    fill_staff(page, all, view);
}

Error *page_shortlist(Page *page, Snapshot *s)
{
    Shortlist *all = arena_new(page->arena, Shortlist);
    Frame *frame = page_frame(page, t_shortlist_title(), FRAME_TAB_HOME);
    ShortlistView view = {.frame = frame};
    Error *err = shortlist_load(s, page->area, page->ids[0], all);
    if (!err && all->is_fixed) {
        err = shortlist_load_lines(page, s, all, &view.in, &view.n_in, &view.out, &view.n_out);
    }
    if (err) {
        return err;
    }
    frame->back = page_path(page, "/a/{area}/rounds/{id}", page->ids[0]);
    fill_view(page, all, &view);
    Out out = page_out(page);
    shortlist_public_page(&out, &view);
    return NULL;
}

/* --- dealing ----------------------------------------------------------------- */

const Form shortlist_deal_form = FORM_EMPTY("shortlist-deal");

Error *submit_shortlist_deal(Page *page, Snapshot *s, const void *input)
{
    TableAct *act = arena_new(page->arena, TableAct);
    *act = (TableAct){.area = page->area, .round = page->ids[0], .actor = page->who.person};
    return page_write_to(page, shortlist_deal, act, 0,
                         page_path(page, "/a/{area}/rounds/{id}/shortlist", act->round),
                         TEXT_shortlist_dealt_done);
}

/* --- the room ---------------------------------------------------------------- */

static const Route routes[] = {
    ROUTE_GET("/a/{area}/rounds/{id}/shortlist", POLICY_PUBLIC, page_shortlist),
    ROUTE_GET("/a/{area}/rounds/{id}/shortlist/result", POLICY_PUBLIC, page_shortlist_result),
    ROUTE_POST("/a/{area}/rounds/{id}/shortlist/deal", POLICY_MANAGE, &shortlist_deal_form,
               submit_shortlist_deal, page_shortlist),
    ROUTE_GET("/a/{area}/rounds/{id}/shortlist/new", POLICY_MANAGE, page_shortlist_table_new),
    ROUTE_POST("/a/{area}/rounds/{id}/shortlist/new", POLICY_MANAGE, &shortlist_table_form,
               submit_shortlist_table_new, page_shortlist_table_new),
    ROUTE_GET("/a/{area}/rounds/{id}/shortlist/hall", POLICY_MANAGE, page_shortlist_hall),
    ROUTE_POST("/a/{area}/rounds/{id}/shortlist/hall", POLICY_MANAGE, &shortlist_hall_form,
               submit_shortlist_hall, page_shortlist_hall),
    ROUTE_GET("/a/{area}/rounds/{id}/shortlist/fix", POLICY_LEAD, page_shortlist_fix),
    ROUTE_POST("/a/{area}/rounds/{id}/shortlist/fix", POLICY_LEAD, &shortlist_fix_form,
               submit_shortlist_fix, page_shortlist_fix),
    ROUTE_GET("/a/{area}/tables/{id}/edit", POLICY_MANAGE, page_shortlist_table),
    ROUTE_POST("/a/{area}/tables/{id}/edit", POLICY_MANAGE, &shortlist_table_form,
               submit_shortlist_table, page_shortlist_table),
    ROUTE_POST("/a/{area}/tables/{id}/remove", POLICY_MANAGE, &shortlist_remove_form,
               submit_shortlist_remove, page_shortlist_table),
    ROUTE_GET("/a/{area}/tables/{id}/package", POLICY_MANAGE, page_shortlist_package),
    ROUTE_POST("/a/{area}/tables/{id}/package", POLICY_MANAGE, &shortlist_package_form,
               submit_shortlist_package, page_shortlist_package),
    ROUTE_GET("/a/{area}/tables/{id}/ranking", POLICY_SIGNED_IN, page_shortlist_rank),
    ROUTE_POST("/a/{area}/tables/{id}/ranking", POLICY_SIGNED_IN, &shortlist_rank_form,
               submit_shortlist_rank, page_shortlist_rank),
    ROUTE_GET("/a/{area}/tables/{id}/sheet", POLICY_SIGNED_IN, page_shortlist_sheet),
};

static const Gate gates[] = {
    {"tables_reported", shortlist_gate_tables},
    {"shortlist_fixed", shortlist_gate_fixed},
};

const Feature shortlist_feature = {
    .name = "shortlist",
    .routes = routes,
    .n_routes = countof(routes),
    .gates = gates,
    .n_gates = countof(gates),
    .due = shortlist_due,
    .mine = shortlist_mine,
    .export_person = shortlist_export_person,
    .erase_person = shortlist_erase_person,
};
