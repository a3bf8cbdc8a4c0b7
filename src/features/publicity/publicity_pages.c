/* publicity_pages.c: publications as everybody reads them, and the notice on paper. */
#include "features/publicity/publicity_pages.h"

#include "base/vec.h"
#include "features/people/people.h"
#include "features/programmes/programmes.h"
#include "features/publicity/publicity_gates.h"
#include "features/publicity/publicity_postings_pages.h"
#include "platform/html/frame_load.h"
#include "platform/html/qr.h"
#include "platform/list/list_file.h"
#include "platform/settings/settings.h"
#include "publication_list_html.h"
#include "publication_notice_html.h"
#include "publication_page_html.h"
#include "publicity_text.h"

#define OBJECTION_ROWS 50

Error *publicity_require(Page *page, Snapshot *s, int64_t publication, PublicationGetRow *out)
{
    return sql_publication_get(s, page->area, publication, out);
}

/* NOT_FOUND when the address names no area. */
static Error *require_area(Page *page, Snapshot *s, Area *out)
{
    bool found = false;
    Error *err = areas_get(s, page->area, out, &found);
    return err || found ? err : error_make(page->arena, ERROR_NOT_FOUND, "no such area");
}

Text publicity_signed(const Page *page, const Area *area)
{
    Str name = areas_name(area, page->lang);
    return area->kind == AREA_COMMUNITY ? t_publication_signed(name)
                                        : t_publication_signed_area(name);
}

typedef struct Paragraphs {
    Str *items;
    size_t count;
    size_t capacity;
} Paragraphs;

const Str *publicity_paragraphs(Arena *arena, Str words, size_t *out_count)
{
    Paragraphs paragraphs = {0};
    Str rest = words;
    while (rest.len > 0) {
        Str line;
        str_cut(rest, '\n', &line, &rest);
        line = str_trim(line);
        if (line.len > 0) {
            *(Str *)vec_push(arena, &paragraphs) = line;
        }
    }
    *out_count = paragraphs.count;
    return paragraphs.items;
}

/* --- the list ------------------------------------------------------------------------------- */

static PublicationLine line_view(const Page *page, const PublicationListRow *row)
{
    return (PublicationLine){
        .link = page_path(page, "/a/{area}/publications/{id}", row->id),
        .title = row->title,
        .published_at = row->published_at,
        .ends_at = row->ends_at,
        .is_running = row->replaced_by == 0 &&
                      publication_takes_objections(row->published_at, row->ends_at, page->now),
        .is_replaced = row->replaced_by != 0,
        .takes_objections = row->takes_objections != 0,
        .objections = row->objections,
        .answered = row->answered};
}

static Error *fetch_newest(Snapshot *s, const ListQuery *query, ListRows *out)
{
    PublicationListRows rows;
    Error *err = sql_publication_list(
        s, query->area, query->after.is_set ? query->after.id : INT64_MAX, query->limit, &rows);
    *out = err ? (ListRows){0} : (ListRows){rows.rows, rows.count};
    return err;
}

static const ListColumn list_columns[] = {
    {LIST_COLUMN(PublicationListRow, title, COLUMN_STR, TEXT_publication_list_title),
     .flags = COLUMN_HEAD},
    {LIST_COLUMN(PublicationListRow, published_at, COLUMN_TIME, TEXT_publication_column_from)},
    {LIST_COLUMN(PublicationListRow, ends_at, COLUMN_TIME, TEXT_publication_column_to)},
    {LIST_COLUMN(PublicationListRow, working_days, COLUMN_INT, TEXT_publication_column_days)},
    {LIST_COLUMN(PublicationListRow, objections, COLUMN_INT, TEXT_publication_column_objections)},
    {LIST_COLUMN(PublicationListRow, answered, COLUMN_INT, TEXT_publication_column_answered)},
};

static const ListOrder list_orders[] = {
    {.name = "new",
     .label = TEXT_publication_list_title,
     .key_kind = COLUMN_ID,
     .key_offset = offsetof(PublicationListRow, id),
     .is_descending = true,
     .fetch = fetch_newest},
};

static const ListTable list_of_publications = {
    .name = "publications",
    .caption = TEXT_publication_list_title,
    .columns = list_columns,
    .n_columns = countof(list_columns),
    .orders = list_orders,
    .n_orders = countof(list_orders),
    .row_size = sizeof(PublicationListRow),
    .id_offset = offsetof(PublicationListRow, id),
    .has_csv = true,
};

static void fill_list(Page *page, const ListView *list, PublicationListView *view)
{
    const PublicationListRow *rows = list->rows.rows;
    PublicationLine *lines = arena_array(page->arena, PublicationLine, list->rows.count);
    for (size_t i = 0; i < list->rows.count; i++) {
        lines[i] = line_view(page, &rows[i]);
    }
    view->lines = lines;
    view->n_lines = list->rows.count;
    view->pages = list->pages;
    view->files = list->files;
}

Error *page_publication_list(Page *page, Snapshot *s)
{
    ListRequest request = {
        .arena = page->arena, .path = page->path, .query = &page->query, .area = page->area};
    if (list_format(&list_of_publications, &request) != LIST_PAGE) {
        return list_file(page, s, &list_of_publications, &request, "publications");
    }
    ListView list;
    Frame *frame = page_frame(page, t_publication_list_title(), FRAME_TAB_NONE);
    Error *err = list_load(s, &list_of_publications, &request, &list);
    if (err) {
        return err;
    }
    PublicationListView view = {.frame = frame, .home = page_path(page, "/a/{area}", 0)};
    fill_list(page, &list, &view);
    Out out = page_out(page);
    publication_list_page(&out, &view);
    return NULL;
}

/* --- one publication ------------------------------------------------------------------------ */

static Text neighbour(Str name)
{
    Str surname = people_surname(name);
    return surname.len > 0 ? t_objection_neighbour(surname) : t_objection_neighbour_unnamed();
}

static ObjectionView objection_view(const Page *page, const ObjectionListRow *row, bool is_staff)
{
    ObjectionView view = {.no = row->no,
                          .who = neighbour(row->person_name),
                          .objected_at = row->objected_at,
                          .words = row->words,
                          .is_answered = row->answered_at.ms > 0,
                          .answer = row->answer,
                          .answered_at = row->answered_at};
    if (is_staff) {
        view.answer_link = page_path(page, "/a/{area}/objections/{id}/answer", row->id);
    }
    return view;
}

static Error *load_objections(Page *page, Snapshot *s, int64_t publication, PublicationView *view)
{
    int64_t after = 0;
    Str typed = page_query(page, "after");
    if (typed.len > 0 && (!str_to_int64(typed, &after) || after < 0)) {
        return error_make(page->arena, ERROR_NOT_FOUND, "after is not a number");
    }
    ObjectionCountsRow counts;
    ObjectionListRows rows;
    Error *err = sql_objection_counts(s, page->area, publication, &counts);
    if (!err) {
        err = sql_objection_list(s, page->area, publication, after, OBJECTION_ROWS + 1, &rows);
    }
    if (err) {
        return err;
    }
    bool is_staff = policy_check(POLICY_MANAGE, &page->who) == VERDICT_ALLOW;
    view->n_objections = counts.objections;
    view->n_answered = counts.answered;
    view->n_shown = rows.count > OBJECTION_ROWS ? OBJECTION_ROWS : rows.count;
    ObjectionView *objections = arena_array(page->arena, ObjectionView, view->n_shown);
    for (size_t i = 0; i < view->n_shown; i++) {
        objections[i] = objection_view(page, &rows.rows[i], is_staff);
    }
    view->objections = objections;
    if (rows.count > OBJECTION_ROWS) {
        view->next = url_path(page->arena, "/a/%s/publications/%s?after=%lld#objections",
                              id_text(page->area).text, id_text(publication).text,
                              (long long)rows.rows[OBJECTION_ROWS - 1].no);
    }
    return NULL;
}

static SafeUrl edition_link(const Page *page, int64_t publication)
{
    return publication == 0 ? (SafeUrl){STR("")}
                            : page_path(page, "/a/{area}/publications/{id}", publication);
}

static void fill_links(const Page *page, const PublicationGetRow *row, bool is_finished,
                       PublicationView *view)
{
    if (row->poll_id != 0) {
        view->result_link = page_path(page, "/a/{area}/polls/{id}/result", row->poll_id);
    }
    view->object_link = page_path(page, "/a/{area}/publications/{id}/object", row->id);
    view->notice_link = page_path(page, "/a/{area}/publications/{id}/notice", row->id);
    view->corrected = edition_link(page, row->corrects_id);
    view->replacement = edition_link(page, row->replaced_by);
    bool may_correct = row->replaced_by == 0 && !is_finished &&
                       policy_check(POLICY_MANAGE, &page->who) == VERDICT_ALLOW;
    if (may_correct) {
        view->correct_link = page_path(page, "/a/{area}/publications/{id}/correct", row->id);
    }
    if (policy_check(POLICY_STAFF, &page->who) == VERDICT_ALLOW) {
        view->postings = page_path(page, "/a/{area}/publications/{id}/postings", row->id);
        view->texts = page_path(page, "/a/{area}/publications/{id}/texts", row->id);
    }
    view->phone = view->frame->phone;
    view->call = view->frame->phone_link;
}

static void fill_publication(const Page *page, const PublicationGetRow *row, PublicationView *view)
{
    view->title = row->title;
    view->paragraphs = publicity_paragraphs(page->arena, row->words, &view->n_paragraphs);
    view->published_at = row->published_at;
    view->ends_at = row->ends_at;
    view->working_days = row->working_days;
    view->takes_objections = row->takes_objections != 0;
    view->is_running = row->replaced_by == 0 &&
                       publication_takes_objections(row->published_at, row->ends_at, page->now);
    view->edition = row->edition;
    view->reason = row->reason;
}

Error *page_publication(Page *page, Snapshot *s)
{
    PublicationGetRow row;
    Area area;
    RoundInfo round;
    PublicationView *view = arena_new(page->arena, PublicationView);
    Frame *frame = page_frame(page, t_publication_page(), FRAME_TAB_NONE);
    Error *err = publicity_require(page, s, page->ids[0], &row);
    if (!err) {
        err = publicity_load_kept(page, s, &row, &view->content);
    }
    if (!err) {
        err = load_objections(page, s, row.id, view);
    }
    if (!err) {
        err = postings_load_public(page, s, row.id, &view->posted);
    }
    if (!err) {
        err = require_area(page, s, &area);
    }
    if (!err) {
        err = programmes_round(s, page->area, row.round_id, &round);
    }
    if (err) {
        return err;
    }
    frame->back = page_path(page, "/a/{area}/publications", 0);
    view->frame = frame;
    view->signed_by = publicity_signed(page, &area);
    fill_publication(page, &row, view);
    fill_links(page, &row, round.is_finished, view);
    Out out = page_out(page);
    publication_public_page(&out, view);
    return NULL;
}

/* --- the notice ----------------------------------------------------------------------------- */

/* The setting site.address is the address of this program as residents type it ("https://…",
 * without a slash at the end); without it the one this page was asked under is printed. */
static Error *notice_link(Page *page, Snapshot *s, int64_t publication, NoticeView *view)
{
    Str site;
    Error *err = setting_get(s, page->area, "site.address", STR(""), &site);
    if (err) {
        return err;
    }
    site = site.len > 0 ? site : page_site(page);
    Str path = page_path(page, "/a/{area}/publications/{id}", publication).url;
    view->link = arena_printf(page->arena, "%.*s%.*s", STR_ARG(site), STR_ARG(path));
    view->has_site = site.len > 0;
    if (view->has_site) {
        Str label = text_str(page->arena, page->lang, t_notice_qr());
        view->qr = qr_svg(page->arena, view->link, label, 3);
    }
    return NULL;
}

Error *publicity_load_notice(Page *page, Snapshot *s, NoticeView *view)
{
    PublicationGetRow row;
    Area area;
    Error *err = publicity_require(page, s, page->ids[0], &row);
    if (!err) {
        err = publicity_load_kept(page, s, &row, &view->content);
    }
    if (!err) {
        err = require_area(page, s, &area);
    }
    if (!err) {
        err = notice_link(page, s, row.id, view);
    }
    if (err) {
        return err;
    }
    view->title = row.title;
    view->paragraphs = publicity_paragraphs(page->arena, row.words, &view->n_paragraphs);
    view->published_at = row.published_at;
    view->from = instant_date(row.published_at);
    view->to = instant_date(row.ends_at);
    view->ends_at = row.ends_at;
    view->working_days = row.working_days;
    view->takes_objections = row.takes_objections != 0;
    view->edition = row.edition;
    view->reason = row.reason;
    view->signed_by = publicity_signed(page, &area);
    view->phone = area.phone;
    view->address = area.address;
    return NULL;
}

Error *page_publication_notice(Page *page, Snapshot *s)
{
    NoticeView *view = arena_new(page->arena, NoticeView);
    Frame *frame = page_frame(page, t_publication_page(), FRAME_TAB_NONE);
    Error *err = publicity_load_notice(page, s, view);
    if (err) {
        return err;
    }
    frame->back = page_path(page, "/a/{area}/publications/{id}", page->ids[0]);
    view->frame = frame;
    view->pdf = page_path(page, "/a/{area}/publications/{id}/notice.pdf", page->ids[0]);
    view->poster = page_path(page, "/a/{area}/publications/{id}/notice.pdf?size=a3", page->ids[0]);
    Out out = page_out(page);
    out.now = (Instant){0}; /* paper outlives the year: dates carry it */
    publication_notice_page(&out, view);
    return NULL;
}

/* --- the room ------------------------------------------------------------------------------- */

static const Route routes[] = {
    ROUTE_GET("/a/{area}/publications", POLICY_PUBLIC, page_publication_list),
    ROUTE_GET("/a/{area}/publications/{id}", POLICY_PUBLIC, page_publication),
    ROUTE_GET("/a/{area}/publications/{id}/notice", POLICY_PUBLIC, page_publication_notice),
    ROUTE_GET("/a/{area}/publications/{id}/notice.pdf", POLICY_PUBLIC, page_publication_pdf),
    ROUTE_GET("/a/{area}/publications/{id}/texts", POLICY_STAFF, page_publication_texts),
    ROUTE_GET("/a/{area}/publications/{id}/postings", POLICY_STAFF, page_postings),
    ROUTE_GET("/a/{area}/publications/{id}/postings/new", POLICY_MANAGE, page_posting_new),
    ROUTE_POST("/a/{area}/publications/{id}/postings/new", POLICY_MANAGE, &posting_form,
               submit_posting, page_posting_new),
    ROUTE_GET("/a/{area}/postings/{id}", POLICY_STAFF, page_posting),
    ROUTE_GET("/a/{area}/postings/{id}/down", POLICY_MANAGE, page_posting_down),
    ROUTE_POST("/a/{area}/postings/{id}/down", POLICY_MANAGE, &posting_down_form,
               submit_posting_down, page_posting_down),
    ROUTE_GET("/a/{area}/postings/{id}/correct", POLICY_MANAGE, page_posting_correct),
    ROUTE_POST("/a/{area}/postings/{id}/correct", POLICY_MANAGE, &posting_correct_form,
               submit_posting_correct, page_posting_correct),
    ROUTE_GET("/a/{area}/postings/{id}/withdraw", POLICY_MANAGE, page_posting_withdraw),
    ROUTE_POST("/a/{area}/postings/{id}/withdraw", POLICY_MANAGE, &withdraw_form,
               submit_posting_withdraw, page_posting_withdraw),
    ROUTE_GET("/a/{area}/rounds/{id}/publish", POLICY_MANAGE, page_publish),
    ROUTE_POST("/a/{area}/rounds/{id}/publish", POLICY_MANAGE, &publication_form, submit_publish,
               page_publish),
    ROUTE_GET("/a/{area}/publications/{id}/correct", POLICY_MANAGE, page_correct),
    ROUTE_POST("/a/{area}/publications/{id}/correct", POLICY_MANAGE, &correction_form,
               submit_correct, page_correct),
    ROUTE_GET("/a/{area}/publications/{id}/object", POLICY_RESIDENT, page_object),
    ROUTE_POST("/a/{area}/publications/{id}/object", POLICY_RESIDENT, &objection_form,
               submit_object, page_object),
    ROUTE_GET("/a/{area}/objections/{id}/answer", POLICY_MANAGE, page_answer),
    ROUTE_POST("/a/{area}/objections/{id}/answer", POLICY_MANAGE, &answer_form, submit_answer,
               page_answer),
};

static const Gate gates[] = {
    {"publication_over", gate_publication_over},
    {"objections_answered", gate_objections_answered},
    {"three_publications", gate_three_publications},
};

static const NavItem nav[] = {
    {TEXT_publication_nav, "/a/{area}/publications", POLICY_STAFF, .rank = 40},
};

const Feature publicity_feature = {
    .name = "publicity",
    .routes = routes,
    .n_routes = countof(routes),
    .gates = gates,
    .n_gates = countof(gates),
    .due = publicity_due,
    .export_person = publicity_export_person,
    .erase_person = publicity_erase_person,
    .nav = nav,
    .n_nav = countof(nav),
};
