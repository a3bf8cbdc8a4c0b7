/* import_view_pages.c: what a roll file would change; files brought so far. */
#include "base/limits.h"
#include "features/people/people_pages.h"
#include "people_import_sql.h"
#include "people_text.h"
#include "person_import_html.h"
#include "person_import_list_html.h"
#include "platform/html/frame_load.h"

static Text state_text(int64_t state)
{
    static const int keys[] = {0, TEXT_people_import_state_preview, TEXT_people_import_state_taken,
                               TEXT_people_import_state_undone, TEXT_people_import_state_dropped};
    return text_of(keys[state >= IMPORT_PREVIEW && state <= IMPORT_DROPPED ? state : 0]);
}

/* --- rows of one kind ----------------------------------------------------------------------- */

static Text column_text(const char *code)
{
    static const struct {
        const char *code;
        int key;
    } columns[] = {{"roll.name_missing", TEXT_people_name},
                   {"roll.person_twice", TEXT_people_name},
                   {"roll.ambiguous", TEXT_people_name},
                   {"roll.phone_unreadable", TEXT_people_phone},
                   {"roll.phone_twice", TEXT_people_phone},
                   {"roll.phone_taken", TEXT_people_phone},
                   {"roll.birth_unreadable", TEXT_people_birth},
                   {"roll.birth_future", TEXT_people_birth},
                   {"roll.residency_unknown", TEXT_people_residency}};
    for (size_t i = 0; i < countof(columns); i++) {
        if (strcmp(columns[i].code, code) == 0) {
            return text_of(columns[i].key);
        }
    }
    return t_people_column();
}

static ErrorCode code_named(Str name)
{
    for (int code = 1; code < ERROR_CODE_COUNT; code++) {
        if (str_eq(str_from(error_code_name((ErrorCode)code)), name)) {
            return (ErrorCode)code;
        }
    }
    return ERROR_CSV_UNREADABLE;
}

static ImportBadRow show_bad(Page *page, const ImportRowsRow *row)
{
    Error *error = error_with(error_make(page->arena, code_named(row->bad_code), "row"),
                              row->bad_number, row->bad_cell);
    return (ImportBadRow){.line = row->line,
                          .name = row->name,
                          .column = column_text(arena_cstr(page->arena, row->bad_code)),
                          .column_no = row->bad_column,
                          .cell = row->bad_cell,
                          .problem = text_of_error(error)};
}

static void add_difference(ImportChangedRow *out, Text what, Str before, Str after)
{
    if (!str_eq(before, after)) {
        out->differences[out->n_differences++] = (ImportDifference){what, before, after};
    }
}

static Str birth_words(Page *page, int64_t year, int64_t month)
{
    return year == 0 ? (Str){"", 0}
                     : text_str(page->arena, page->lang, people_birth_text(year, month));
}

static Str residency_words(Page *page, int64_t residency)
{
    return text_str(page->arena, page->lang, people_residency_text((Residency)residency));
}

static ImportChangedRow show_changed(Page *page, const ImportRowsRow *row)
{
    ImportChangedRow out = {.line = row->line, .name = row->name};
    out.link = page_path(page, "/a/{area}/people/{id}", row->person_id);
    add_difference(&out, t_people_phone(), row->before_phone, row->phone);
    add_difference(&out, t_people_building(), row->before_building, row->building);
    add_difference(&out, t_people_door(), row->before_door, row->door);
    add_difference(&out, t_people_birth(),
                   birth_words(page, row->before_birth_year, row->before_birth_month),
                   birth_words(page, row->birth_year, row->birth_month));
    add_difference(&out, t_people_residency(), residency_words(page, row->before_residency),
                   residency_words(page, row->residency));
    return out;
}

static ImportNewRow show_new(Page *page, const ImportRowsRow *row)
{
    return (ImportNewRow){.line = row->line,
                          .name = row->name,
                          .place = people_place_line(page->arena, row->building, row->door),
                          .phone = row->phone,
                          .birth = people_birth_text(row->birth_year, row->birth_month),
                          .residency = people_residency_text((Residency)row->residency)};
}

/* Reads one page of rows of a kind; *out_more is the last line shown when there are more. */
static Error *read_kind(Page *page, Snapshot *snapshot, RollKind kind, const char *name,
                        ImportRowsRows *out, int64_t *out_more)
{
    Str show = page_query(page, "show");
    int64_t after = 0;
    *out = (ImportRowsRows){0};
    if (show.len > 0 && !str_eq(show, str_from(name))) {
        return NULL;
    }
    (void)str_to_int64(page_query(page, "after"), &after);
    Error *err =
        sql_import_rows(snapshot, page->area, page->ids[0], kind, after, LIMIT_PAGE_ROWS + 1, out);
    if (!err && out->count > LIMIT_PAGE_ROWS) {
        out->count = LIMIT_PAGE_ROWS;
        *out_more = out->rows[LIMIT_PAGE_ROWS - 1].line;
    }
    return err;
}

static Error *read_bad(Page *page, Snapshot *snapshot, ImportView *view)
{
    ImportRowsRows rows;
    Error *err = read_kind(page, snapshot, ROLL_BAD, "bad", &rows, &view->more_bad);
    ImportBadRow *shown = arena_array(page->arena, ImportBadRow, rows.count);
    for (size_t i = 0; !err && i < rows.count; i++) {
        shown[i] = show_bad(page, &rows.rows[i]);
    }
    view->bad = shown;
    view->n_bad = rows.count;
    return err;
}

static Error *read_changed(Page *page, Snapshot *snapshot, ImportView *view)
{
    ImportRowsRows rows;
    Error *err = read_kind(page, snapshot, ROLL_CHANGED, "changed", &rows, &view->more_changed);
    ImportChangedRow *shown = arena_array(page->arena, ImportChangedRow, rows.count);
    for (size_t i = 0; !err && i < rows.count; i++) {
        shown[i] = show_changed(page, &rows.rows[i]);
    }
    view->changed = shown;
    view->n_changed = rows.count;
    return err;
}

static Error *read_added(Page *page, Snapshot *snapshot, ImportView *view)
{
    ImportRowsRows rows;
    Error *err = read_kind(page, snapshot, ROLL_NEW, "added", &rows, &view->more_added);
    ImportNewRow *shown = arena_array(page->arena, ImportNewRow, rows.count);
    for (size_t i = 0; !err && i < rows.count; i++) {
        shown[i] = show_new(page, &rows.rows[i]);
    }
    view->added = shown;
    view->n_added = rows.count;
    return err;
}

/* --- one import ----------------------------------------------------------------------------- */

static void show_import(Page *page, const ImportGetRow *row, ImportView *view)
{
    view->area = id_text(page->area);
    view->summary = (ImportSummary){.id = id_text(row->id),
                                    .file_name = row->file_name,
                                    .by_name = row->by_name,
                                    .at = row->created_at,
                                    .decided_at = row->decided_at,
                                    .state = state_text(row->state),
                                    .state_no = (int)row->state,
                                    .added = row->rows_new,
                                    .changed = row->rows_changed,
                                    .same = row->rows_same,
                                    .bad = row->rows_bad};
    view->total = row->rows_new + row->rows_changed + row->rows_same + row->rows_bad;
    view->version = row->version;
    view->is_part = page_query(page, "show").len > 0;
    view->is_preview = row->state == IMPORT_PREVIEW;
    view->may_accept =
        view->is_preview && row->rows_bad == 0 && row->rows_new + row->rows_changed > 0;
    view->may_undo = row->state == IMPORT_TAKEN;
    view->accept = page_form(page, &import_accept_form);
    view->drop = page_form(page, &import_drop_form);
    view->undo = page_form(page, &import_undo_form);
    if (page->form != NULL && page->form->error != NULL) {
        view->error = page->form->error;
        view->problem = text_of_error(page->form->error);
    }
}

Error *page_import(Page *page, Snapshot *snapshot)
{
    ImportGetRow row;
    ImportView view = {0};
    Error *err = sql_import_get(snapshot, page->area, page->ids[0], &row);
    if (!err) {
        err = read_bad(page, snapshot, &view);
    }
    if (!err) {
        err = read_changed(page, snapshot, &view);
    }
    if (!err) {
        err = read_added(page, snapshot, &view);
    }
    if (err) {
        return err;
    }
    view.frame = page_frame(page, t_people_import_title(), FRAME_TAB_NONE);
    show_import(page, &row, &view);
    Out out = page_out(page);
    person_import_page(&out, &view);
    return NULL;
}

/* --- all imports ---------------------------------------------------------------------------- */

static ImportSummary show_line(const ImportListRow *row)
{
    return (ImportSummary){.id = id_text(row->id),
                           .file_name = row->file_name,
                           .by_name = row->by_name,
                           .at = row->created_at,
                           .state = state_text(row->state),
                           .state_no = (int)row->state,
                           .added = row->rows_new,
                           .changed = row->rows_changed,
                           .same = row->rows_same,
                           .bad = row->rows_bad};
}

Error *page_import_list(Page *page, Snapshot *snapshot)
{
    ImportListRows rows = {0};
    int64_t before = INT64_MAX;
    bool is_start = !id_parse(page_query(page, "after"), &before);
    if (is_start) {
        before = INT64_MAX;
    }
    Error *err = sql_import_list(snapshot, page->area, before, LIMIT_PAGE_ROWS + 1, &rows);
    if (err) {
        return err;
    }
    ImportListView view = {.frame = page_frame(page, t_people_imports_title(), FRAME_TAB_NONE),
                           .area = id_text(page->area)};
    bool has_next = rows.count > LIMIT_PAGE_ROWS;
    view.n_imports = has_next ? LIMIT_PAGE_ROWS : rows.count;
    ImportSummary *shown = arena_array(page->arena, ImportSummary, view.n_imports);
    for (size_t i = 0; i < view.n_imports; i++) {
        shown[i] = show_line(&rows.rows[i]);
    }
    view.imports = shown;
    ListRequest request = {.arena = page->arena, .path = page->path, .query = &page->query};
    IdText last = id_text(has_next ? rows.rows[view.n_imports - 1].id : 0);
    view.pages = list_pages(&request, NULL, is_start, has_next ? str_from(last.text) : STR(""));
    Out out = page_out(page);
    person_import_list_page(&out, &view);
    return NULL;
}
