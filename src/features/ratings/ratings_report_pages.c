/* ratings_report_pages.c: the report for everybody, on screen, on paper, as a table; its draft. */
#include "features/ratings/ratings_report_pages.h"

#include "platform/html/frame_load.h"
#include "platform/print/print.h"
#include "platform/sheet/sheet_write.h"
#include "rating_report_edit_html.h"
#include "rating_report_html.h"
#include "ratings_report_sql.h"
#include "ratings_report_text.h"

#define MOST_VERSIONS 20

static Str say(const Page *page, Text text)
{
    return text_str(page->arena, page->lang, text);
}

/* --- reading ---------------------------------------------------------------------------------- */

/* The row of the version asked for, else the newest; rows->count when there is none. */
static size_t asked_version(const Page *page, const ReportPublishedRows *rows)
{
    int64_t asked = 0;
    bool is_asked = str_to_int64(page_query(page, "no"), &asked);
    for (size_t i = 0; i < rows->count; i++) {
        if (!is_asked || rows->rows[i].no == asked) {
            return i;
        }
    }
    return rows->count;
}

static void fill_versions(const Page *page, const ReportPublishedRows *rows, size_t shown,
                          ReportView *view)
{
    ReportVersion *versions = arena_array(page->arena, ReportVersion, rows->count + 1);
    for (size_t i = 0; i < rows->count; i++) {
        if (i != shown) {
            SafeUrl base = page_path(page, "/a/{area}/rounds/{id}/report", page->ids[0]);
            versions[view->n_versions++] = (ReportVersion){
                .link =
                    url_path(page->arena, "%s?no=%s", base.url.data,
                             arena_printf(page->arena, "%lld", (long long)rows->rows[i].no).data),
                .no = rows->rows[i].no,
                .published_at = rows->rows[i].published_at};
        }
    }
    view->versions = versions;
}

static void fill_links(const Page *page, ReportView *view)
{
    view->pdf = page_path(page, "/a/{area}/rounds/{id}/report.pdf", page->ids[0]);
    view->xlsx = page_path(page, "/a/{area}/rounds/{id}/report.xlsx", page->ids[0]);
    view->round = page_path(page, "/a/{area}/rounds/{id}", page->ids[0]);
    if (policy_check(POLICY_MANAGE, &page->who) == VERDICT_ALLOW) {
        view->edit = page_path(page, "/a/{area}/rounds/{id}/report/edit", page->ids[0]);
    }
}

static Error *load_version(Page *page, Snapshot *s, ReportView *view, ReportFigures *figures)
{
    ReportPublishedRows rows;
    RoundInfo round;
    Error *err = programmes_round(s, page->area, page->ids[0], &round);
    if (!err) {
        err = sql_report_published(s, page->area, page->ids[0], MOST_VERSIONS, &rows);
    }
    if (err) {
        return err;
    }
    size_t at = asked_version(page, &rows);
    view->round_title = round.title;
    fill_links(page, view);
    fill_versions(page, &rows, at, view);
    int64_t no = at < rows.count ? rows.rows[at].no : 0;
    if (no > 0) {
        view->is_there = true;
        view->no = no;
        view->published_at = rows.rows[at].published_at;
        view->reason = rows.rows[at].reason;
        view->words = rows.rows[at].words;
    }
    return ratings_report_frozen(s, page->area, page->ids[0], no, figures);
}

Error *report_load(Page *page, Snapshot *s, ReportView *view, ReportFigures *figures)
{
    Error *err = load_version(page, s, view, figures);
    if (!err && !view->is_there) {
        err = error_make(page->arena, ERROR_NOT_FOUND, "no published report");
    }
    return err;
}

Error *page_rating_report(Page *page, Snapshot *s)
{
    ReportFigures figures = {0};
    ReportPartView *parts = NULL;
    Frame *frame = page_frame(page, t_report_title(), FRAME_TAB_HOME);
    ReportView view = {.frame = frame};
    Error *err = load_version(page, s, &view, &figures);
    if (err) {
        return err;
    }
    report_parts(page, &figures, &parts, &view.n_parts);
    view.parts = parts;
    frame->back = view.round;
    Out out = page_out(page);
    rating_report_page(&out, &view);
    return NULL;
}

/* --- paper ------------------------------------------------------------------------------------ */

static void print_part(const Page *page, Print *print, const ReportPartView *part)
{
    const PrintColumn columns[] = {{say(page, t_report_column_what()), 5, PRINT_ALIGN_LEFT},
                                   {say(page, t_report_column_value()), 3, PRINT_ALIGN_RIGHT},
                                   {say(page, t_report_column_whole()), 4, PRINT_ALIGN_RIGHT}};
    print_heading(print, 2, say(page, part->title));
    print_table_begin(print, columns, countof(columns));
    for (size_t i = 0; i < part->n_lines; i++) {
        const Str cells[] = {part->lines[i].label, part->lines[i].value, part->lines[i].whole};
        print_table_row(print, cells);
    }
    print_table_end(print);
}

static Error *draw_report(Page *page, const void *input)
{
    const ReportView *v = input;
    PrintOptions options = {.size = PRINT_A4,
                            .lang = page->lang,
                            .title = v->round_title,
                            .made_at = v->published_at,
                            .numbers = PRINT_NUMBERS_OF};
    Print *print = NULL;
    Error *err = print_begin(page->arena, &options, &page->body, &print);
    if (err) {
        return err;
    }
    print_heading(print, 1, say(page, t_report_title()));
    print_paragraph(print, v->round_title, PRINT_CENTRE | PRINT_BOLD);
    print_text(print, t_report_published_at(v->published_at), PRINT_CENTRE | PRINT_SMALL);
    if (v->reason.len > 0) {
        print_text(print, t_report_corrects(v->no, v->reason), PRINT_BOLD);
    }
    print_paragraph(print, v->words, PRINT_INDENT);
    for (size_t i = 0; i < v->n_parts; i++) {
        print_part(page, print, &v->parts[i]);
    }
    return print_end(print, NULL);
}

static Str file_name(const Page *page, const ReportView *view, const char *kind)
{
    return arena_printf(page->arena, "%.*s.%s",
                        STR_ARG(say(page, t_report_file(view->round_title))), kind);
}

Error *page_rating_report_pdf(Page *page, Snapshot *s)
{
    ReportFigures figures = {0};
    ReportPartView *parts = NULL;
    ReportView *view = arena_new(page->arena, ReportView);
    Error *err = report_load(page, s, view, &figures);
    if (err) {
        return err;
    }
    report_parts(page, &figures, &parts, &view->n_parts);
    view->parts = parts;
    page->content_type = "application/pdf";
    page->download_name = file_name(page, view, "pdf");
    return page_render(page, draw_report, view);
}

/* --- a table ---------------------------------------------------------------------------------- */

typedef struct Workbook {
    Instant made_at;
    ReportFigures figures;
} Workbook;

static void write_number(SheetWriter *writer, size_t column, ReportUnit unit, int64_t value)
{
    if (value < 0) {
        return;
    }
    if (unit == REPORT_UNIT_MONEY) {
        sheet_write_money(writer, column, (Money){value});
    } else {
        sheet_write_int(writer, column, value);
    }
}

static Error *write_workbook(Page *page, const void *input)
{
    const Workbook *book = input;
    SheetWriter *writer = NULL;
    Error *err = sheet_write_begin(page->arena, book->made_at, &writer);
    if (err) {
        return err;
    }
    sheet_write_head(writer, 0, say(page, t_report_column_part()), 24);
    sheet_write_head(writer, 1, say(page, t_report_column_what()), 36);
    sheet_write_head(writer, 2, say(page, t_report_column_value()), 16);
    sheet_write_head(writer, 3, say(page, t_report_column_whole()), 16);
    sheet_write_head(writer, 4, say(page, t_report_column_unit()), 16);
    static const int units[] = {TEXT_report_unit_count, TEXT_report_unit_money,
                                TEXT_report_unit_days, TEXT_report_unit_stars};
    for (size_t i = 0; i < book->figures.count; i++) {
        const ReportFigure *figure = &book->figures.items[i];
        ReportUnit unit = report_unit(figure->part);
        sheet_write_row(writer);
        sheet_write_str(writer, 0, say(page, report_part_title(figure->part)));
        sheet_write_str(writer, 1, report_label(page, figure));
        write_number(writer, 2, unit, figure->value);
        write_number(writer, 3, unit, figure->whole);
        sheet_write_str(writer, 4, say(page, text_of(units[unit])));
    }
    return sheet_write_end(writer, &page->body);
}

Error *page_rating_report_xlsx(Page *page, Snapshot *s)
{
    Workbook *book = arena_new(page->arena, Workbook);
    ReportView view = {0};
    Error *err = report_load(page, s, &view, &book->figures);
    if (err) {
        return err;
    }
    book->made_at = view.published_at;
    page->content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    page->download_name = file_name(page, &view, "xlsx");
    return page_render(page, write_workbook, book);
}

/* --- the draft -------------------------------------------------------------------------------- */

typedef struct WordsInput {
    Str words;
    int64_t version;
} WordsInput;

static const Field words_fields[] = {
    {FIELD_COMMON(WordsInput, words, FIELD_LONG_TEXT, TEXT_report_words),
     .hint = TEXT_report_words_hint, .is_required = true, .min = REPORT_WORDS_MIN,
     .max = REPORT_WORDS_MAX},
    {FIELD_COMMON(WordsInput, version, FIELD_INTEGER, TEXT_report_title), .is_required = true},
};

const Form report_form = FORM("report", words_fields, WordsInput);

typedef struct PublishInput {
    Str reason;
    int64_t version;
} PublishInput;

static const Field publish_fields[] = {
    {FIELD_COMMON(PublishInput, reason, FIELD_LONG_TEXT, TEXT_report_reason),
     .hint = TEXT_report_reason_hint, .is_conditional = true, .max = REPORT_REASON_MAX},
    {FIELD_COMMON(PublishInput, version, FIELD_INTEGER, TEXT_report_title), .is_required = true},
};

const Form report_publish_form = FORM("report-publish", publish_fields, PublishInput);

typedef struct Draft {
    RoundInfo round;
    RatingProgress progress;
    ReportNewestRow row;
    bool is_there; /* a draft; else row is what was published last, or nothing */
    ReportFigures figures;
} Draft;

static Error *load_draft(Page *page, Snapshot *s, Draft *draft)
{
    bool found = false;
    Error *err = programmes_round(s, page->area, page->ids[0], &draft->round);
    if (!err) {
        err = ratings_progress(s, page->area, page->ids[0], &draft->progress);
    }
    if (!err) {
        err = sql_report_newest(s, page->area, page->ids[0], &draft->row, &found);
    }
    draft->is_there = found && draft->row.state == 1;
    return err ? err : ratings_report_figures(s, page->area, page->ids[0], &draft->figures);
}

static void fill_publish(Page *page, const Draft *draft, ReportEditView *view)
{
    bool is_rated = draft->progress.projects == 0 || draft->progress.state == RATING_CLOSED;
    if (!draft->is_there) {
        view->why_not = t_report_no_draft();
    } else if (!is_rated) {
        view->why_not = t_report_too_early();
    } else if (policy_check(POLICY_LEAD, &page->who) != VERDICT_ALLOW) {
        view->why_not = t_report_by_secretary();
    } else {
        view->publish = page_form(page, &report_publish_form);
        view->publish_action =
            page_path(page, "/a/{area}/rounds/{id}/report/publish", draft->round.id);
        view->asks_reason = draft->row.no > 1;
    }
}

static void fill_edit(Page *page, const Draft *draft, ReportEditView *view)
{
    ReportPartView *parts = NULL;
    FormState *form = page_form(page, &report_form);
    if (page->form != form && draft->row.no > 0) {
        WordsInput input = {.words = draft->row.words};
        form_prefill(page->arena, form, &input);
    }
    view->form = form;
    view->action = page_path(page, "/a/{area}/rounds/{id}/report/edit", draft->round.id);
    view->version = draft->is_there ? draft->row.version : 0;
    view->round_title = draft->round.title;
    view->page = page_path(page, "/a/{area}/rounds/{id}/report", draft->round.id);
    view->console = page_path(page, "/a/{area}/rounds/{id}/console", draft->round.id);
    view->problem = page->form && page->form->form == &report_publish_form ? page->form : NULL;
    fill_publish(page, draft, view);
    report_parts(page, &draft->figures, &parts, &view->n_parts);
    view->parts = parts;
}

Error *page_rating_report_edit(Page *page, Snapshot *s)
{
    Draft *draft = arena_new(page->arena, Draft);
    ReportEditView view = {.frame = page_frame(page, t_report_edit_title(), FRAME_TAB_NONE)};
    Error *err = load_draft(page, s, draft);
    if (err) {
        return err;
    }
    fill_edit(page, draft, &view);
    Out out = page_out(page);
    rating_report_edit_page(&out, &view);
    return NULL;
}

Error *submit_rating_report(Page *page, Snapshot *s, const void *input)
{
    const WordsInput *typed = input;
    ReportWrite *write = arena_new(page->arena, ReportWrite);
    *write = (ReportWrite){.area = page->area,
                           .round = page->ids[0],
                           .actor = page->who.person,
                           .version = typed->version,
                           .words = typed->words};
    return page_write_to(page, ratings_report_write, write, 0,
                         page_path(page, "/a/{area}/rounds/{id}/report/edit", write->round),
                         TEXT_report_saved);
}

Error *submit_rating_report_publish(Page *page, Snapshot *s, const void *input)
{
    const PublishInput *typed = input;
    ReportPublish *publish = arena_new(page->arena, ReportPublish);
    *publish = (ReportPublish){.area = page->area,
                               .round = page->ids[0],
                               .actor = page->who.person,
                               .version = typed->version,
                               .reason = typed->reason};
    return page_write_to(page, ratings_report_publish, publish, 0,
                         page_path(page, "/a/{area}/rounds/{id}/report", publish->round),
                         TEXT_report_published);
}
