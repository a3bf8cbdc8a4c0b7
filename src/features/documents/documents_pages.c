/* documents_pages.c: what everybody reads, and the room's row. */
#include "features/documents/documents_pages.h"

#include "document_list_html.h"
#include "document_page_html.h"
#include "document_round_html.h"
#include "documents_sql.h"
#include "documents_text.h"
#include "features/documents/documents_gates.h"
#include "features/programmes/programmes.h"
#include "platform/db/like.h"
#include "platform/html/frame_load.h"
#include "platform/list/list_file.h"

#define LIST_ROWS     30
#define VERSIONS_MOST 50

const Choice document_kinds[DOCUMENT_KINDS] = {
    {"rules", DOCUMENT_RULES, TEXT_document_kind_rules},
    {"plan", DOCUMENT_PLAN, TEXT_document_kind_plan},
    {"budget", DOCUMENT_BUDGET, TEXT_document_kind_budget},
    {"material", DOCUMENT_MATERIAL, TEXT_document_kind_material},
    {"form", DOCUMENT_FORM, TEXT_document_kind_form},
};

/* --- words and addresses shared by the pages -------------------------------------------------- */

SafeUrl documents_url(const Page *page, const char *rest)
{
    return url_path(page->arena, "/a/%s/documents%s", id_text(page->area).text, rest);
}

SafeUrl document_url(const Page *page, int64_t document, const char *rest)
{
    return url_path(page->arena, "/a/%s/documents/%s%s", id_text(page->area).text,
                    id_text(document).text, rest);
}

SafeUrl document_round_url(const Page *page, int64_t round, const char *rest)
{
    return url_path(page->arena, "/a/%s/rounds/%s%s", id_text(page->area).text, id_text(round).text,
                    rest);
}

Text document_facts(const Page *page, int64_t kind, Str number, Str area_name, Str area_name_en)
{
    Str place = page->lang == LANG_EN && area_name_en.len > 0 ? area_name_en : area_name;
    Str name = text_str(page->arena, page->lang,
                        choice_label(document_kinds, countof(document_kinds), kind));
    return number.len > 0 ? t_document_facts_number(name, number, place)
                          : t_document_facts(name, place);
}

bool document_may_keep(const Page *page)
{
    return policy_check(POLICY_OFFICE, &page->who) == VERDICT_ALLOW;
}

static Text state_text(DocumentState state, Date ended_on)
{
    switch (state) {
    case DOCUMENT_AHEAD:
        return t_document_ahead();
    case DOCUMENT_ENDED:
        return t_document_ended(ended_on);
    default:
        return t_document_holds();
    }
}

static ChipKind state_chip(DocumentState state)
{
    return state == DOCUMENT_HOLDS ? CHIP_GO : state == DOCUMENT_AHEAD ? CHIP_OPEN : CHIP_NOT;
}

/* --- the library ------------------------------------------------------------------------------ */

/* A line of the file, and of the page. */
typedef struct LibraryRow {
    int64_t id;
    int64_t kind;
    Str title;
    Str number;
    Str issuer;
    Str area_name, area_name_en;
    int64_t no; /* the version that holds, else the first */
    Date from_on;
    Text state;
    ChipKind chip;
} LibraryRow;

static LibraryRow row_of(const DocumentListRow *row, Date today)
{
    DocumentState state = document_state(row->first_on, row->ended_on, today);
    return (LibraryRow){.id = row->id,
                        .kind = row->kind,
                        .title = row->title,
                        .number = row->number,
                        .issuer = row->issuer,
                        .area_name = row->area_name,
                        .area_name_en = row->area_name_en,
                        .no = row->held_no > 0 ? row->held_no : 1,
                        .from_on = row->held_on,
                        .state = state_text(state, row->ended_on),
                        .chip = state_chip(state)};
}

static Error *fetch_library(Snapshot *s, const ListQuery *query, ListRows *out)
{
    DocumentListRows rows;
    Arena *arena = snapshot_arena(s);
    Date today = instant_date(snapshot_now(s));
    Error *err =
        sql_document_list(s, query->area, like_contains(arena, query->search), today,
                          query->after.is_set ? query->after.id : INT64_MAX, query->limit, &rows);
    if (err) {
        return err;
    }
    LibraryRow *shown = arena_array(arena, LibraryRow, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        shown[i] = row_of(&rows.rows[i], today);
    }
    *out = (ListRows){shown, rows.count};
    return NULL;
}

static const ListColumn library_columns[] = {
    {LIST_COLUMN(LibraryRow, title, COLUMN_STR, TEXT_document_title), .flags = COLUMN_HEAD},
    {LIST_COLUMN(LibraryRow, kind, COLUMN_CHOICE, TEXT_document_kind), .choices = document_kinds,
     .n_choices = DOCUMENT_KINDS},
    {LIST_COLUMN(LibraryRow, number, COLUMN_STR, TEXT_document_number)},
    {LIST_COLUMN(LibraryRow, issuer, COLUMN_STR, TEXT_document_issuer)},
    {LIST_COLUMN(LibraryRow, area_name, COLUMN_STR, TEXT_document_place)},
    {LIST_COLUMN(LibraryRow, no, COLUMN_INT, TEXT_document_no)},
    {LIST_COLUMN(LibraryRow, from_on, COLUMN_DATE, TEXT_document_from_on)},
    {LIST_COLUMN(LibraryRow, state, COLUMN_TEXT, TEXT_document_state)},
};

static const ListOrder library_orders[] = {
    {.name = "newest",
     .label = TEXT_document_newest,
     .key_kind = COLUMN_ID,
     .key_offset = offsetof(LibraryRow, id),
     .is_descending = true,
     .fetch = fetch_library},
};

static const ListTable library_table = {
    .name = "documents",
    .caption = TEXT_document_list_title,
    .columns = library_columns,
    .n_columns = countof(library_columns),
    .orders = library_orders,
    .n_orders = countof(library_orders),
    .row_size = sizeof(LibraryRow),
    .id_offset = offsetof(LibraryRow, id),
    .has_csv = true,
};

static DocumentLine line_of(const Page *page, const LibraryRow *row)
{
    return (DocumentLine){
        .link = document_url(page, row->id, ""),
        .title = row->title,
        .facts = document_facts(page, row->kind, row->number, row->area_name, row->area_name_en),
        .chip = row->chip,
        .state = row->state,
        .version = t_document_version(row->no, row->from_on)};
}

Error *page_documents(Page *page, Snapshot *s)
{
    ListView list;
    DocumentListView view = {.list = documents_url(page, ""), .words = page_query(page, "q")};
    ListRequest request = {
        .arena = page->arena, .path = page->path, .query = &page->query, .area = page->area};
    if (list_format(&library_table, &request) != LIST_PAGE) {
        return list_file(page, s, &library_table, &request, "documents");
    }
    Error *err = list_load(s, &library_table, &request, &list);
    if (err) {
        return err;
    }
    const LibraryRow *rows = list.rows.rows;
    DocumentLine *lines = arena_array(page->arena, DocumentLine, list.rows.count);
    for (size_t i = 0; i < list.rows.count; i++) {
        lines[i] = line_of(page, &rows[i]);
    }
    view.frame = page_frame(page, t_document_list_title(), FRAME_TAB_HOME);
    view.lines = lines;
    view.n_lines = list.rows.count;
    view.pages = list.pages;
    view.files = list.files;
    if (document_may_keep(page)) {
        view.add = documents_url(page, "/new");
    }
    Out out = page_out(page);
    document_list_page(&out, &view);
    return NULL;
}

/* --- one document ----------------------------------------------------------------------------- */

/* Versions come newest first: the first that has begun is the one that holds. */
static void fill_versions(const Page *page, const DocumentVersionsRows *rows, bool is_ended,
                          DocumentView *view)
{
    Date today = instant_date(page->now);
    bool is_found = is_ended;
    DocumentVersionView *versions = arena_array(page->arena, DocumentVersionView, rows->count);
    for (size_t i = 0; i < rows->count; i++) {
        const DocumentVersionsRow *row = &rows->rows[i];
        bool has_begun = row->from_on.days <= today.days;
        versions[i] = (DocumentVersionView){.title = t_document_version(row->no, row->from_on),
                                            .is_held = has_begun && !is_found,
                                            .change = row->change,
                                            .words = row->words,
                                            .file_name = row->file_name};
        is_found = is_found || has_begun;
        if (row->file_id != 0) {
            versions[i].file =
                document_url(page, page->ids[0],
                             arena_printf(page->arena, "/file?no=%lld", (long long)row->no).data);
        }
    }
    view->versions = versions;
    view->n_versions = rows->count;
}

static void fill_document(const Page *page, const DocumentSeenRow *row, DocumentView *view)
{
    view->title = row->title;
    view->number = row->number;
    view->issuer = row->issuer;
    view->kind = choice_label(document_kinds, DOCUMENT_KINDS, row->kind);
    view->place =
        page->lang == LANG_EN && row->area_name_en.len > 0 ? row->area_name_en : row->area_name;
    view->end_reason = row->end_reason;
    if (row->area_id == page->area && row->ended_on.days == 0 && document_may_keep(page)) {
        view->renew = document_url(page, row->id, "/renew");
        view->end = document_url(page, row->id, "/end");
    }
}

Error *page_document(Page *page, Snapshot *s)
{
    DocumentSeenRow row;
    DocumentVersionsRows versions;
    DocumentView view = {0};
    Error *err = sql_document_seen(s, page->area, page->ids[0], &row);
    if (!err) {
        err = sql_document_versions(s, row.area_id, row.id, VERSIONS_MOST, &versions);
    }
    if (err) {
        return err;
    }
    Frame *frame = page_frame(page, t_document_list_title(), FRAME_TAB_NONE);
    frame->back = documents_url(page, "");
    view.frame = frame;
    Date first = versions.count > 0 ? versions.rows[versions.count - 1].from_on : (Date){0};
    DocumentState state = document_state(first, row.ended_on, instant_date(page->now));
    view.chip = state_chip(state);
    view.state = state_text(state, row.ended_on);
    fill_document(page, &row, &view);
    fill_versions(page, &versions, state == DOCUMENT_ENDED, &view);
    Out out = page_out(page);
    document_public_page(&out, &view);
    return NULL;
}

Error *page_document_file(Page *page, Snapshot *s)
{
    DocumentSeenRow row;
    DocumentFileRow version;
    File file;
    int64_t no = 0;
    str_to_int64(page_query(page, "no"), &no); /* what is no number is version 0, which is none */
    Error *err = sql_document_seen(s, page->area, page->ids[0], &row);
    if (!err) {
        err = sql_document_file(s, row.area_id, row.id, no, &version);
    }
    if (!err) {
        err = file_read(s, row.area_id, version.file_id, &file);
    }
    if (err) {
        return err;
    }
    buf_append(&page->body, file.bytes.data, file.bytes.len);
    page->content_type = arena_cstr(page->arena, file.media_type);
    page->download_name = file.name;
    return NULL;
}

/* --- what a round goes by --------------------------------------------------------------------- */

Error *page_round_documents(Page *page, Snapshot *s)
{
    RoundInfo round;
    DocumentAttachedRows rows;
    RoundDocumentsView view = {0};
    Error *err = programmes_round(s, page->area, page->ids[0], &round);
    if (!err) {
        err = sql_document_attached(s, page->area, round.id, DOCUMENTS_OF_ROUND_MAX, &rows);
    }
    if (err) {
        return err;
    }
    DocumentLine *lines = arena_array(page->arena, DocumentLine, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const DocumentAttachedRow *row = &rows.rows[i];
        Str kind = text_str(page->arena, page->lang,
                            choice_label(document_kinds, DOCUMENT_KINDS, row->kind));
        lines[i] = (DocumentLine){
            .link = document_url(page, row->document_id, ""),
            .title = row->title,
            .facts = row->number.len > 0 ? t_document_facts(kind, row->number)
                                         : choice_label(document_kinds, DOCUMENT_KINDS, row->kind),
            .version = t_document_version(row->no, row->from_on),
            .chip = CHIP_DUE,
            .state = row->newer_no > row->no ? t_document_newer() : text_of(0)};
    }
    Frame *frame = page_frame(page, t_document_round_title(), FRAME_TAB_HOME);
    view.round = document_round_url(page, round.id, "");
    frame->back = view.round;
    view.frame = frame;
    view.round_title = round.title;
    view.lines = lines;
    view.n_lines = rows.count;
    if (policy_check(POLICY_MANAGE, &page->who) == VERDICT_ALLOW && !round.is_finished) {
        view.attach = document_round_url(page, round.id, "/documents/attach");
    }
    Out out = page_out(page);
    document_round_page(&out, &view);
    return NULL;
}

/* --- the room --------------------------------------------------------------------------------- */

static const Route routes[] = {
    ROUTE_GET("/a/{area}/documents", POLICY_PUBLIC, page_documents),
    ROUTE_GET("/a/{area}/documents/new", POLICY_OFFICE, page_document_new),
    ROUTE_POST("/a/{area}/documents/new", POLICY_OFFICE, &document_form, submit_document,
               page_document_new),
    ROUTE_GET("/a/{area}/documents/{id}", POLICY_PUBLIC, page_document),
    ROUTE_GET("/a/{area}/documents/{id}/file", POLICY_PUBLIC, page_document_file),
    ROUTE_GET("/a/{area}/documents/{id}/renew", POLICY_OFFICE, page_document_renew),
    ROUTE_POST("/a/{area}/documents/{id}/renew", POLICY_OFFICE, &document_renew_form,
               submit_document_renew, page_document_renew),
    ROUTE_GET("/a/{area}/documents/{id}/end", POLICY_OFFICE, page_document_end),
    ROUTE_POST("/a/{area}/documents/{id}/end", POLICY_OFFICE, &document_end_form,
               submit_document_end, page_document_end),
    ROUTE_GET("/a/{area}/rounds/{id}/documents", POLICY_PUBLIC, page_round_documents),
    ROUTE_GET("/a/{area}/rounds/{id}/documents/attach", POLICY_MANAGE, page_document_attach),
    ROUTE_POST("/a/{area}/rounds/{id}/documents/attach", POLICY_MANAGE, &document_attach_form,
               submit_document_attach, page_document_attach),
};

static const Gate gates[] = {{"rules_attached", documents_gate_attached}};

static const NavItem nav[] = {
    {TEXT_document_nav, "/a/{area}/documents", POLICY_OFFICE, 75},
};

const Feature documents_feature = {
    .name = "documents",
    .routes = routes,
    .n_routes = countof(routes),
    .gates = gates,
    .n_gates = countof(gates),
    .due = documents_due,
    .nav = nav,
    .n_nav = countof(nav),
};
