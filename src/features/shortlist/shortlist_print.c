/* shortlist_print.c: the ranking sheet that lies on a table, and the result. */
#include "features/shortlist/shortlist_pages.h"
#include "platform/print/print.h"
#include "shortlist_text.h"

static Str say(const Page *page, Text text)
{
    return text.key != 0 ? text_str(page->arena, page->lang, text) : STR("");
}

static Error *begin(Page *page, Str title, Print **out)
{
    PrintOptions options = {.size = PRINT_A4,
                            .lang = page->lang,
                            .title = title,
                            .made_at = page->now,
                            .numbers = PRINT_NUMBERS_OF};
    return print_begin(page->arena, &options, &page->body, out);
}

static Error *answer_pdf(Page *page, Text name, PageRender *render, const void *input)
{
    page->content_type = "application/pdf";
    page->download_name = arena_printf(page->arena, "%.*s.pdf", STR_ARG(say(page, name)));
    return page_render(page, render, input);
}

/* --- the sheet of a table ---------------------------------------------------- */

typedef struct Sheet {
    Str round_title;
    const Shortlist *all;
    const TableInfo *table;
} Sheet;

static Str blank_name(const Page *page, Str name)
{
    return name.len > 0 ? name : say(page, t_shortlist_paper_blank());
}

static Str number(const Page *page, int64_t n)
{
    return n > 0 ? arena_printf(page->arena, "%lld", (long long)n) : STR("");
}

/* Rows two lines high: places and reasons are written by hand. */
static void write_package(const Page *page, Print *print, const TableInfo *table)
{
    const PrintColumn columns[] = {
        {say(page, t_shortlist_paper_place()), 1.2, PRINT_ALIGN_CENTRE},
        {say(page, t_shortlist_paper_project()), 5, PRINT_ALIGN_LEFT},
        {say(page, t_shortlist_paper_cost()), 2.4, PRINT_ALIGN_RIGHT},
        {say(page, t_shortlist_paper_why()), 4, PRINT_ALIGN_LEFT},
    };
    print_table_begin(print, columns, countof(columns));
    for (size_t i = 0; i < table->n_items; i++) {
        const TableItem *item = &table->items[i];
        Str words = item->location.len > 0
                        ? arena_printf(page->arena, "%.*s\n%.*s", STR_ARG(item->title),
                                       STR_ARG(item->location))
                        : item->title;
        const Str cells[] = {table->reported_at.ms > 0 ? number(page, item->place) : STR(""), words,
                             item->cost.fen > 0 ? format_money(page->arena, page->lang, item->cost)
                                                : STR(""),
                             STR(" \n ")};
        print_table_row(print, cells);
    }
    print_table_end(print);
}

static Error *draw_sheet(Page *page, const void *input)
{
    const Sheet *sheet = input;
    const TableInfo *table = sheet->table;
    Print *print = NULL;
    Str title = say(page, t_shortlist_paper_sheet(sheet->round_title, table->no));
    Error *err = begin(page, title, &print);
    if (err) {
        return err;
    }
    size_t least = shortlist_top_of(sheet->all->limits.top, table->n_items);
    print_heading(print, 1, title);
    print_text(print, t_shortlist_paper_how((int64_t)least), 0);
    print_text(print, t_shortlist_paper_head(blank_name(page, table->people[TABLE_HEAD].name)), 0);
    print_text(print,
               t_shortlist_paper_recorder(blank_name(page, table->people[TABLE_RECORDER].name)), 0);
    print_space(print, 3);
    write_package(page, print, table);
    print_space(print, 8);
    print_text(print, t_shortlist_paper_speaker(), 0);
    print_space(print, 6);
    print_text(print, t_shortlist_paper_signed(), 0);
    return print_end(print, NULL);
}

Error *page_shortlist_sheet(Page *page, Snapshot *s)
{
    Sheet *sheet = arena_new(page->arena, Sheet);
    Shortlist *all = NULL;
    Error *err = shortlist_load_table(page, s, &all, &sheet->table);
    if (!err && !shortlist_may_record(page, sheet->table)) {
        err = error_make(page->arena, ERROR_FORBIDDEN, "not the recorder of the table");
    }
    if (err) {
        return err;
    }
    sheet->all = all;
    sheet->round_title = all->round.title;
    return answer_pdf(page, t_shortlist_paper_sheet_file(sheet->table->no), draw_sheet, sheet);
}

/* --- the result -------------------------------------------------------------- */

typedef struct Result {
    const Shortlist *all;
    const ShortLine *in, *out;
    size_t n_in, n_out;
} Result;

static Str outcome_words(const Page *page, const ShortLine *line)
{
    Str why = say(page, line->why);
    Str tied = line->is_tied ? say(page, t_shortlist_tied()) : STR("");
    return why.len > 0 && tied.len > 0
               ? arena_printf(page->arena, "%.*s\n%.*s", STR_ARG(why), STR_ARG(tied))
               : (why.len > 0 ? why : tied);
}

static void write_lines(const Page *page, Print *print, const ShortLine *lines, size_t n)
{
    const PrintColumn columns[] = {
        {say(page, t_shortlist_paper_no()), 1, PRINT_ALIGN_CENTRE},
        {say(page, t_shortlist_paper_project()), 5, PRINT_ALIGN_LEFT},
        {say(page, t_shortlist_paper_from()), 3, PRINT_ALIGN_LEFT},
        {say(page, t_shortlist_paper_votes()), 1.4, PRINT_ALIGN_RIGHT},
        {say(page, t_shortlist_paper_outcome()), 3, PRINT_ALIGN_LEFT},
    };
    print_table_begin(print, columns, countof(columns));
    for (size_t i = 0; i < n; i++) {
        const Str cells[] = {number(page, (int64_t)i + 1), lines[i].title,
                             say(page, lines[i].place), say(page, lines[i].votes),
                             outcome_words(page, &lines[i])};
        print_table_row(print, cells);
    }
    print_table_end(print);
}

static Error *draw_result(Page *page, const void *input)
{
    const Result *result = input;
    const Shortlist *all = result->all;
    Print *print = NULL;
    Str title = say(page, t_shortlist_paper_result(all->round.title));
    Error *err = begin(page, title, &print);
    if (err) {
        return err;
    }
    print_heading(print, 1, title);
    if (all->is_fixed) {
        print_text(print, t_shortlist_fixed_at(all->fixed_at), 0);
        print_paragraph(print, all->words, 0);
        print_text(print, all->by_vote ? t_shortlist_by_vote(all->voters) : t_shortlist_by_union(),
                   0);
        print_heading(print, 2, say(page, t_shortlist_fixed_title((int64_t)result->n_in)));
    } else {
        print_text(print, t_shortlist_paper_not_fixed(), PRINT_BOLD);
    }
    write_lines(page, print, result->in, result->n_in);
    if (result->n_out > 0) {
        print_heading(print, 2, say(page, t_shortlist_others_title((int64_t)result->n_out)));
        write_lines(page, print, result->out, result->n_out);
    }
    return print_end(print, NULL);
}

Error *page_shortlist_result(Page *page, Snapshot *s)
{
    Result *result = arena_new(page->arena, Result);
    Shortlist *all = arena_new(page->arena, Shortlist);
    Error *err = shortlist_load(s, page->area, page->ids[0], all);
    if (!err) {
        err = shortlist_load_lines(page, s, all, &result->in, &result->n_in, &result->out,
                                   &result->n_out);
    }
    if (err) {
        return err;
    }
    result->all = all;
    return answer_pdf(page, t_shortlist_paper_result_file(), draw_result, result);
}
