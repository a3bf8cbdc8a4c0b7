/* list_file.c: a list as CSV, xlsx or PDF, all from the one table description. */
#include "platform/list/list_file.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "common_text.h"
#include "platform/print/print.h"
#include "platform/sheet/sheet_write.h"

#define MIN_WIDTH 6.0 /* in characters; a Chinese one counts as two */
#define MAX_WIDTH 44.0
#define WIDE_FROM 6 /* columns: then the paper lies on its side */

/* --- widths --------------------------------------------------------------------------------- */

static double width_of(Str text)
{
    double width = 0;
    for (size_t at = 0; at < text.len;) {
        width += utf8_next(text, &at) < 0x2E80 ? 1 : 2;
    }
    return width;
}

static double bounded(double width)
{
    return width < MIN_WIDTH ? MIN_WIDTH : width > MAX_WIDTH ? MAX_WIDTH : width;
}

static Str label_of(const Page *page, const ListColumn *column)
{
    return text_str(page->arena, page->lang, text_of(column->label));
}

/* --- xlsx ----------------------------------------------------------------------------------- */

typedef struct XlsxStep {
    const ListTable *table;
    Lang lang;
    SheetWriter *writer;
    Buf words; /* of one cell */
} XlsxStep;

static double sheet_width(ColumnKind kind, Str label)
{
    double usual = kind == COLUMN_TIME                         ? 17
                   : kind == COLUMN_DATE                       ? 12
                   : kind == COLUMN_MONEY || kind == COLUMN_ID ? 15
                   : kind == COLUMN_INT                        ? 10
                                                               : 24;
    double wanted = width_of(label) + 2;
    return wanted > usual ? wanted : usual;
}

static void write_cell(XlsxStep *step, size_t at, const ListColumn *column, const void *row)
{
    const void *value = list_value(column, row);
    switch (column->kind) {
    case COLUMN_INT:
        sheet_write_int(step->writer, at, *(const int64_t *)value);
        return;
    case COLUMN_MONEY:
        sheet_write_money(step->writer, at, *(const Money *)value);
        return;
    case COLUMN_DATE:
        sheet_write_date(step->writer, at, *(const Date *)value);
        return;
    case COLUMN_TIME:
        sheet_write_time(step->writer, at, *(const Instant *)value);
        return;
    case COLUMN_STR:
    case COLUMN_CHOICE:
    case COLUMN_TEXT:
    case COLUMN_ID:
        buf_clear(&step->words);
        list_cell_plain(&step->words, step->lang, column, row);
        sheet_write_str(step->writer, at, buf_view(&step->words));
        return;
    }
}

static bool write_sheet_rows(void *user, const ListRows *rows)
{
    XlsxStep *step = user;
    for (size_t r = 0; r < rows->count; r++) {
        size_t at = 0;
        sheet_write_row(step->writer);
        for (size_t c = 0; c < step->table->n_columns; c++) {
            const ListColumn *column = &step->table->columns[c];
            if (list_in_files(column)) {
                write_cell(step, at++, column, list_row(step->table, rows, r));
            }
        }
    }
    return true;
}

static Error *xlsx_file(Page *page, Snapshot *snapshot, const ListTable *table,
                        const ListRequest *request)
{
    XlsxStep step = {.table = table, .lang = page->lang};
    Error *err = sheet_write_begin(page->arena, page->now, &step.writer);
    if (err) {
        return err;
    }
    size_t at = 0;
    for (size_t c = 0; c < table->n_columns; c++) {
        if (list_in_files(&table->columns[c])) {
            Str label = label_of(page, &table->columns[c]);
            sheet_write_head(step.writer, at++, label, sheet_width(table->columns[c].kind, label));
        }
    }
    buf_init(&step.words, 64 * 1024);
    err = list_each(snapshot, table, request, LIMIT_CSV_ROWS, write_sheet_rows, &step);
    buf_free(&step.words);
    Error *closing = sheet_write_end(step.writer, &page->body);
    return err ? err : closing;
}

/* --- PDF ------------------------------------------------------------------------------------ */

typedef struct PaperRows {
    const Str **items;
    size_t count;
    size_t capacity;
} PaperRows;

/* All words of the list, copied while the snapshot is open and drawn when it is not. The table
 * itself may be gone by then. */
typedef struct Paper {
    Arena *arena;
    Lang lang;
    Str title;
    const ListTable *table;
    PrintColumn columns[PRINT_MAX_COLUMNS];
    size_t n_columns;
    PaperRows rows;
    bool is_cut;
    Buf words;
} Paper;

static void copy_row(Paper *paper, const void *row)
{
    Str *cells = arena_array(paper->arena, Str, paper->n_columns);
    size_t at = 0;
    for (size_t c = 0; c < paper->table->n_columns && at < paper->n_columns; c++) {
        if (!list_in_files(&paper->table->columns[c])) {
            continue;
        }
        buf_clear(&paper->words);
        list_cell_plain(&paper->words, paper->lang, &paper->table->columns[c], row);
        cells[at] = arena_str(paper->arena, buf_view(&paper->words));
        double width = bounded(width_of(cells[at]) + 2);
        paper->columns[at].share =
            width > paper->columns[at].share ? width : paper->columns[at].share;
        at++;
    }
    *vec_push(paper->arena, &paper->rows) = cells;
}

static bool copy_rows(void *user, const ListRows *rows)
{
    Paper *paper = user;
    for (size_t r = 0; r < rows->count; r++) {
        if (paper->rows.count == LIMIT_PRINT_ROWS) {
            paper->is_cut = true;
            return false;
        }
        copy_row(paper, list_row(paper->table, rows, r));
    }
    return true;
}

static void begin_columns(const Page *page, Paper *paper)
{
    for (size_t c = 0; c < paper->table->n_columns; c++) {
        const ListColumn *column = &paper->table->columns[c];
        bool is_number = column->kind == COLUMN_INT || column->kind == COLUMN_MONEY;
        if (list_in_files(column) && paper->n_columns < PRINT_MAX_COLUMNS) {
            Str label = label_of(page, column);
            paper->columns[paper->n_columns++] =
                (PrintColumn){.label = label,
                              .share = bounded(width_of(label) + 2),
                              .align = is_number ? PRINT_ALIGN_RIGHT : PRINT_ALIGN_LEFT};
        }
    }
}

static Error *draw_list(Page *page, const void *input)
{
    const Paper *paper = input;
    PrintOptions options = {.is_landscape = paper->n_columns > WIDE_FROM,
                            .lang = page->lang,
                            .title = paper->title,
                            .made_at = page->now,
                            .numbers = PRINT_NUMBERS_OF,
                            .margin_mm = 12,
                            .footer = text_str(page->arena, page->lang, t_list_printed(page->now))};
    Print *print = NULL;
    Error *err = print_begin(page->arena, &options, &page->body, &print);
    if (err) {
        return err;
    }
    print_heading(print, 1, paper->title);
    print_table_begin(print, paper->columns, paper->n_columns);
    for (size_t i = 0; i < paper->rows.count; i++) {
        print_table_row(print, paper->rows.items[i]);
    }
    print_table_end(print);
    if (paper->is_cut) {
        print_text(print, t_list_cut(LIMIT_PRINT_ROWS), 0);
    }
    return print_end(print, NULL);
}

static Error *pdf_file(Page *page, Snapshot *snapshot, const ListTable *table,
                       const ListRequest *request)
{
    Paper *paper = arena_new(page->arena, Paper);
    *paper = (Paper){.arena = page->arena, .lang = page->lang, .table = table};
    paper->title = text_str(page->arena, page->lang, text_of(table->caption));
    begin_columns(page, paper);
    buf_init(&paper->words, 64 * 1024);
    Error *err = list_each(snapshot, table, request, LIMIT_PRINT_ROWS + 1, copy_rows, paper);
    buf_free(&paper->words);
    paper->table = NULL;
    return err ? err : page_render(page, draw_list, paper);
}

/* --- which ---------------------------------------------------------------------------------- */

Error *list_file(Page *page, Snapshot *snapshot, const ListTable *table, const ListRequest *request,
                 const char *name)
{
    ListFormat format = list_format(table, request);
    require(format != LIST_PAGE);
    const char *ending = format == LIST_CSV ? "csv" : format == LIST_XLSX ? "xlsx" : "pdf";
    page->download_name = arena_printf(page->arena, "%s.%s", name, ending);
    switch (format) {
    case LIST_XLSX:
        page->content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        return xlsx_file(page, snapshot, table, request);
    case LIST_PDF:
        page->content_type = "application/pdf";
        return pdf_file(page, snapshot, table, request);
    case LIST_CSV:
    case LIST_PAGE:
        break;
    }
    page->content_type = "text/csv; charset=utf-8";
    return list_csv(snapshot, table, request, page->lang, &page->body);
}
