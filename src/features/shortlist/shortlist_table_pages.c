/* shortlist_table_pages.c: setting up a table, its package, its ranking. */
#include "features/shortlist/shortlist_pages.h"
#include "shortlist_package_html.h"
#include "shortlist_sql.h"
#include "shortlist_table_form_html.h"
#include "shortlist_text.h"

/* --- a table ----------------------------------------------------------------- */

typedef struct TableInput {
    int64_t version;
    Str name;
    Str head;
    Str recorder;
} TableInput;

static const Field table_fields[] = {
    {FIELD_COMMON(TableInput, version, FIELD_INTEGER, TEXT_shortlist_table_new)},
    {FIELD_COMMON(TableInput, name, FIELD_TEXT, TEXT_shortlist_field_name),
     .hint = TEXT_shortlist_field_name_hint, .max = SHORTLIST_NAME_MAX, .autocomplete = "off"},
    {FIELD_COMMON(TableInput, head, FIELD_TEXT, TEXT_shortlist_field_head),
     .hint = TEXT_shortlist_field_person_hint, .max = SHORTLIST_PERSON_MAX, .autocomplete = "off"},
    {FIELD_COMMON(TableInput, recorder, FIELD_TEXT, TEXT_shortlist_field_recorder),
     .hint = TEXT_shortlist_field_recorder_hint, .max = SHORTLIST_PERSON_MAX,
     .autocomplete = "off"},
};

const Form shortlist_table_form = FORM("shortlist-table", table_fields, TableInput);

typedef struct RemoveInput {
    int64_t version;
} RemoveInput;

static const Field remove_fields[] = {
    {FIELD_COMMON(RemoveInput, version, FIELD_INTEGER, TEXT_shortlist_remove), .is_required = true},
};

const Form shortlist_remove_form = FORM("shortlist-remove", remove_fields, RemoveInput);

static Error *show_table_form(Page *page, TableFormView *view)
{
    view->frame = page_frame(page, view->title, FRAME_TAB_NONE);
    Out out = page_out(page);
    shortlist_table_form_page(&out, view);
    return NULL;
}

Error *page_shortlist_table_new(Page *page, Snapshot *s)
{
    RoundInfo round;
    Error *err = programmes_round(s, page->area, page->ids[0], &round);
    if (err) {
        return err;
    }
    TableFormView view = {.title = t_shortlist_table_new(),
                          .form = page_form(page, &shortlist_table_form),
                          .action =
                              page_path(page, "/a/{area}/rounds/{id}/shortlist/new", round.id),
                          .list = page_path(page, "/a/{area}/rounds/{id}/shortlist", round.id),
                          .round_title = round.title};
    return show_table_form(page, &view);
}

Error *page_shortlist_table(Page *page, Snapshot *s)
{
    Shortlist *all = NULL;
    const TableInfo *table = NULL;
    Error *err = shortlist_load_table(page, s, &all, &table);
    if (err) {
        return err;
    }
    TableInput input = {table->version, table->name, table->people[TABLE_HEAD].name,
                        table->people[TABLE_RECORDER].name};
    TableFormView view = {.title = t_shortlist_table_edit(table->no),
                          .form = page_form_of(page, &shortlist_table_form, &input),
                          .action = page_path(page, "/a/{area}/tables/{id}/edit", table->id),
                          .list = page_path(page, "/a/{area}/rounds/{id}/shortlist", all->round.id),
                          .round_title = all->round.title,
                          .remove_action =
                              page_path(page, "/a/{area}/tables/{id}/remove", table->id),
                          .version = table->version};
    if (table->reported_at.ms == 0 && shortlist_may_prepare(all)) {
        view.remove = page_form(page, &shortlist_remove_form);
    }
    return show_table_form(page, &view);
}

static Error *save_table(Page *page, Snapshot *s, const TableInput *typed, int64_t round,
                         int64_t table)
{
    TableSave *save = arena_new(page->arena, TableSave);
    *save = (TableSave){.area = page->area,
                        .round = round,
                        .table = table,
                        .version = typed->version,
                        .actor = page->who.person,
                        .name = typed->name,
                        .head.name = typed->head,
                        .recorder.name = typed->recorder};
    TablePerson *people[] = {&save->head, &save->recorder};
    Error *err = shortlist_find_people(page, s, people, countof(people));
    return err ? err
               : page_write_to(page, shortlist_save_table, save, sizeof(TableSaved),
                               page_path(page, "/a/{area}/rounds/{id}/shortlist", round),
                               TEXT_shortlist_table_saved);
}

Error *submit_shortlist_table_new(Page *page, Snapshot *s, const void *input)
{
    return save_table(page, s, input, page->ids[0], 0);
}

Error *submit_shortlist_table(Page *page, Snapshot *s, const void *input)
{
    Shortlist *all = NULL;
    const TableInfo *table = NULL;
    Error *err = shortlist_load_table(page, s, &all, &table);
    return err ? err : save_table(page, s, input, all->round.id, table->id);
}

Error *submit_shortlist_remove(Page *page, Snapshot *s, const void *input)
{
    const RemoveInput *typed = input;
    Shortlist *all = NULL;
    const TableInfo *table = NULL;
    Error *err = shortlist_load_table(page, s, &all, &table);
    if (err) {
        return err;
    }
    TableAct *act = arena_new(page->arena, TableAct);
    *act = (TableAct){.area = page->area,
                      .round = all->round.id,
                      .table = table->id,
                      .version = typed->version,
                      .actor = page->who.person};
    return page_write_to(page, shortlist_remove_table, act, 0,
                         page_path(page, "/a/{area}/rounds/{id}/shortlist", act->round),
                         TEXT_shortlist_removed);
}

/* --- its package ------------------------------------------------------------- */

typedef struct PackageInput {
    int64_t version;
    IdList projects;
} PackageInput;

static const Field package_fields[] = {
    {FIELD_COMMON(PackageInput, version, FIELD_INTEGER, TEXT_shortlist_package),
     .is_required = true},
    {FIELD_COMMON(PackageInput, projects, FIELD_IDS, TEXT_shortlist_projects),
     .max = SHORTLIST_PROJECTS_MAX},
};

const Form shortlist_package_form = FORM("shortlist-package", package_fields, PackageInput);

static Text elsewhere(const Shortlist *all, int64_t table, int64_t own)
{
    const TableInfo *other = table != 0 && table != own ? shortlist_table(all, table) : NULL;
    return other != NULL ? t_shortlist_on_table(other->no) : text_of(0);
}

static Error *load_package(Page *page, Snapshot *s, const Shortlist *all, int64_t table,
                           PackageView *view)
{
    ShortlistProjectsRows rows;
    Error *err =
        sql_shortlist_projects(s, page->area, all->round.id, SHORTLIST_PROJECTS_MAX, &rows);
    if (err) {
        return err;
    }
    bool was_sent = page->form == view->form;
    PackageLine *lines = arena_array(page->arena, PackageLine, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++) {
        const ShortlistProjectsRow *row = &rows.rows[i];
        lines[i] = (PackageLine){.id = id_text(row->id),
                                 .title = row->title,
                                 .cost = row->cost_fen,
                                 .is_ticked = was_sent ? id_list_has(&view->form->chosen, row->id)
                                                       : row->table_id == table,
                                 .elsewhere = elsewhere(all, row->table_id, table)};
    }
    view->lines = lines;
    view->n_lines = rows.count;
    const FieldState *state = form_field(view->form, "projects");
    view->problem = state->error ? text_of_error(state->error) : text_of(0);
    return NULL;
}

Error *page_shortlist_package(Page *page, Snapshot *s)
{
    Shortlist *all = NULL;
    const TableInfo *table = NULL;
    Error *err = shortlist_load_table(page, s, &all, &table);
    if (err) {
        return err;
    }
    PackageView view = {.frame =
                            page_frame(page, t_shortlist_package_title(table->no), FRAME_TAB_NONE),
                        .title = t_shortlist_package_title(table->no),
                        .form = page_form(page, &shortlist_package_form),
                        .action = page_path(page, "/a/{area}/tables/{id}/package", table->id),
                        .list = page_path(page, "/a/{area}/rounds/{id}/shortlist", all->round.id),
                        .round_title = all->round.title,
                        .is_reported = table->reported_at.ms > 0,
                        .version = table->version};
    err = load_package(page, s, all, table->id, &view);
    if (err) {
        return err;
    }
    Out out = page_out(page);
    shortlist_package_page(&out, &view);
    return NULL;
}

Error *submit_shortlist_package(Page *page, Snapshot *s, const void *input)
{
    const PackageInput *typed = input;
    RoundTableGetRow row;
    Error *err = sql_round_table_get(s, page->area, page->ids[0], &row);
    TablePackage *package = arena_new(page->arena, TablePackage);
    *package = (TablePackage){.area = page->area,
                              .table = page->ids[0],
                              .version = typed->version,
                              .actor = page->who.person,
                              .projects = typed->projects.ids,
                              .n_projects = typed->projects.count};
    return err ? err
               : page_write_to(page, shortlist_set_package, package, 0,
                               page_path(page, "/a/{area}/rounds/{id}/shortlist", row.round_id),
                               TEXT_shortlist_package_saved);
}
