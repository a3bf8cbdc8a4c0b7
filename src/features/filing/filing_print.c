/* filing_print.c: 备案表, what the community lays before the street, with room for both seals. */
#include "features/filing/filing_pages.h"
#include "filing_text.h"
#include "platform/html/frame_load.h"
#include "platform/print/print.h"

typedef struct FilingSheet {
    FilingRoundView round;
    Str area;
    Instant made_at;
} FilingSheet;

static Str say(const Page *page, Text text)
{
    return text_str(page->arena, page->lang, text);
}

static Str state_words(const Page *page, const FilingLine *line)
{
    Str state = say(page, line->state);
    return line->why.key == 0 ? state
                              : arena_printf(page->arena, "%.*s\n%.*s", STR_ARG(state),
                                             STR_ARG(say(page, line->why)));
}

static void write_projects(const Page *page, Print *print, const FilingSheet *sheet)
{
    const FilingRoundView *v = &sheet->round;
    const PrintColumn columns[] = {
        {say(page, t_filing_sheet_no()), 1, PRINT_ALIGN_CENTRE},
        {say(page, t_filing_sheet_project()), 5, PRINT_ALIGN_LEFT},
        {say(page, t_filing_sheet_place()), 3, PRINT_ALIGN_LEFT},
        {say(page, t_filing_sheet_cost()), 2, PRINT_ALIGN_RIGHT},
        {say(page, t_filing_sheet_state()), 3, PRINT_ALIGN_LEFT},
    };
    print_table_begin(print, columns, countof(columns));
    for (size_t i = 0; i < v->n_lines; i++) {
        const FilingLine *line = &v->lines[i];
        const Str cells[] = {arena_printf(page->arena, "%zu", i + 1), line->title, line->place,
                             format_money(page->arena, page->lang, line->cost),
                             state_words(page, line)};
        print_table_row(print, cells);
    }
    print_table_end(print);
}

static Error *draw_sheet(Page *page, const void *input)
{
    const FilingSheet *sheet = input;
    PrintOptions options = {.size = PRINT_A4,
                            .lang = page->lang,
                            .title = say(page, t_filing_sheet_title()),
                            .made_at = sheet->made_at,
                            .numbers = PRINT_NUMBERS_OF};
    Print *print = NULL;
    Error *err = print_begin(page->arena, &options, &page->body, &print);
    if (err) {
        return err;
    }
    print_heading(print, 1, say(page, t_filing_sheet_title()));
    print_paragraph(print, sheet->area, PRINT_CENTRE);
    print_paragraph(print, sheet->round.round_title, PRINT_CENTRE);
    print_space(print, 4);
    write_projects(page, print, sheet);
    print_space(print, 4);
    print_text(print, t_filing_sheet_total(sheet->round.total), PRINT_INDENT);
    print_text(print, t_filing_means(), PRINT_INDENT);
    print_text(print, t_filing_means_return(), PRINT_INDENT);
    print_space(print, 12);
    print_text(print, t_filing_sheet_sign_community(), PRINT_INDENT);
    print_space(print, 10);
    print_text(print, t_filing_sheet_sign_street(), PRINT_INDENT);
    return print_end(print, NULL);
}

Error *page_filing_sheet(Page *page, Snapshot *s)
{
    FilingSheet *sheet = arena_new(page->arena, FilingSheet);
    const Frame *frame = page_frame(page, t_filing_sheet_title(), FRAME_TAB_NONE);
    Error *err = filing_load(page, s, &sheet->round);
    if (!err && !sheet->round.has_stage) {
        err = error_make(page->arena, ERROR_NOT_FOUND, "no filing in this round");
    }
    if (err) {
        return err;
    }
    sheet->area = frame->area_name;
    sheet->made_at = page->now;
    page->content_type = "application/pdf";
    page->download_name =
        arena_printf(page->arena, "%.*s.pdf", STR_ARG(say(page, t_filing_sheet_title())));
    return page_render(page, draw_sheet, sheet);
}
