/* decisions_print.c: the sheet of a record, to be signed by those who were there. */
#include "decisions_text.h"
#include "features/decisions/decisions_pages.h"
#include "platform/print/print.h"

/* Empty lines under the names, for who came late to the list. */
#define SPARE_LINES 4

static Str say(const Page *page, Text text)
{
    return text_str(page->arena, page->lang, text);
}

static void fact(const Page *page, Print *print, Text name, Str value)
{
    if (value.len > 0) {
        const Str cells[] = {say(page, name), value};
        print_table_row(print, cells);
    }
}

static Str number(const Page *page, int64_t n)
{
    return arena_printf(page->arena, "%lld", (long long)n);
}

static Str metres(const Page *page, int64_t n)
{
    return say(page, t_decision_square_metres(n));
}

static void write_figures(const Page *page, Print *print, const DecisionView *v)
{
    const DecisionFigures *f = &v->figures;
    if (v->has_quorum) {
        fact(page, print, v->members_label, number(page, f->members));
    }
    fact(page, print, v->present_label, number(page, f->present));
    if (v->has_votes) {
        fact(page, print, t_decision_yes(), number(page, f->yes));
        fact(page, print, t_decision_no(), number(page, f->no));
        fact(page, print, t_decision_abstained(), number(page, f->present - f->yes - f->no));
    }
    if (v->has_areas) {
        fact(page, print, t_decision_area_members_short(), metres(page, f->area_members));
        fact(page, print, t_decision_area_present_short(), metres(page, f->area_present));
        fact(page, print, t_decision_area_yes_short(), metres(page, f->area_yes));
    }
}

static void write_facts(const Page *page, Print *print, const DecisionView *v)
{
    const PrintColumn columns[] = {
        {say(page, t_decision_sheet_what()), 3, PRINT_ALIGN_LEFT},
        {say(page, t_decision_sheet_says()), 7, PRINT_ALIGN_LEFT},
    };
    print_table_begin(print, columns, countof(columns));
    fact(page, print, t_decision_held_on(),
         format_date(page->arena, page->lang, v->held_on, (Instant){0}));
    fact(page, print, t_decision_place(), v->place);
    fact(page, print, t_decision_mandate(), v->mandate);
    fact(page, print, t_decision_rule(), say(page, v->rule));
    fact(page, print, t_decision_rule_from(), v->from.key != 0 ? say(page, v->from) : STR(""));
    write_figures(page, print, v);
    fact(page, print, t_decision_result(), say(page, v->outcome));
    print_table_end(print);
}

static void write_projects(const Page *page, Print *print, const DecisionView *v)
{
    const PrintColumn columns[] = {
        {say(page, t_decision_sheet_no()), 1, PRINT_ALIGN_CENTRE},
        {say(page, t_decision_sheet_project()), 6, PRINT_ALIGN_LEFT},
        {say(page, t_decision_sheet_cost()), 3, PRINT_ALIGN_RIGHT},
    };
    print_heading(print, 2, say(page, t_decision_projects()));
    print_table_begin(print, columns, countof(columns));
    for (size_t i = 0; i < v->n_projects; i++) {
        const Str cells[] = {number(page, (int64_t)i + 1), v->projects[i].title,
                             format_money(page->arena, page->lang, v->projects[i].cost)};
        print_table_row(print, cells);
    }
    print_table_end(print);
}

static void write_signatures(const Page *page, Print *print, const DecisionView *v)
{
    const PrintColumn columns[] = {
        {say(page, t_decision_sheet_no()), 1, PRINT_ALIGN_CENTRE},
        {say(page, t_decision_sheet_name()), 3, PRINT_ALIGN_LEFT},
        {say(page, t_decision_sheet_office()), 3, PRINT_ALIGN_LEFT},
        {say(page, t_decision_sheet_signature()), 4, PRINT_ALIGN_LEFT},
    };
    print_heading(print, 2, say(page, t_decision_sheet_people()));
    print_table_begin(print, columns, countof(columns));
    for (size_t i = 0; i < v->n_people + SPARE_LINES; i++) {
        bool is_spare = i >= v->n_people;
        /* Two lines high: a signature needs room. */
        const Str cells[] = {number(page, (int64_t)i + 1),
                             is_spare ? STR("\n") : say(page, v->people[i].name),
                             is_spare ? STR("") : v->people[i].office, STR(" \n ")};
        print_table_row(print, cells);
    }
    print_table_end(print);
    print_space(print, 8);
    print_text(print, t_decision_sheet_chair(), 0);
    print_space(print, 6);
    print_text(print, t_decision_sheet_recorder(), 0);
}

static Error *draw_sheet(Page *page, const void *input)
{
    const DecisionView *v = input;
    PrintOptions options = {.size = PRINT_A4,
                            .lang = page->lang,
                            .title = v->title,
                            .made_at = v->recorded_at,
                            .numbers = PRINT_NUMBERS_OF};
    Print *print = NULL;
    Error *err = print_begin(page->arena, &options, &page->body, &print);
    if (err) {
        return err;
    }
    print_heading(print, 1, say(page, t_decision_sheet_title(v->title)));
    print_paragraph(print, v->step, PRINT_CENTRE | PRINT_BOLD);
    print_space(print, 2);
    if (v->is_void) {
        print_text(print, t_decision_sheet_void(v->void_reason), PRINT_BOLD);
    }
    write_facts(page, print, v);
    write_projects(page, print, v);
    print_heading(print, 2, say(page, t_decision_words()));
    print_paragraph(print, v->words, PRINT_INDENT);
    write_signatures(page, print, v);
    return print_end(print, NULL);
}

Error *page_decision_sheet(Page *page, Snapshot *s)
{
    DecisionView *view = arena_new(page->arena, DecisionView);
    Error *err = decision_load(page, s, true, view);
    if (err) {
        return err;
    }
    page->content_type = "application/pdf";
    page->download_name =
        arena_printf(page->arena, "%.*s.pdf",
                     STR_ARG(say(page, t_decision_sheet_file(view->title, view->held_on))));
    return page_render(page, draw_sheet, view);
}
