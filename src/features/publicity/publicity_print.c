/* publicity_print.c: the notice as a PDF: A4, or an A3 poster in large type. */
#include "decisions_text.h"
#include "features/publicity/publicity_pages.h"
#include "platform/print/print.h"
#include "publicity_text.h"

typedef struct NoticePaper {
    const NoticeView *view;
    bool is_poster;
} NoticePaper;

static Str say(const Page *page, Text text)
{
    return text_str(page->arena, page->lang, text);
}

static Str number(const Page *page, int64_t n)
{
    return arena_printf(page->arena, "%lld", (long long)n);
}

static Str money(const Page *page, Money amount)
{
    return format_money(page->arena, page->lang, amount);
}

static void write_ballot(const Page *page, Print *print, const PublishedContent *c)
{
    const PrintColumn columns[] = {
        {say(page, t_notice_order()), 1.2, PRINT_ALIGN_CENTRE},
        {say(page, t_notice_project()), 5, PRINT_ALIGN_LEFT},
        {say(page, t_notice_kind()), 1.4, PRINT_ALIGN_CENTRE},
        {say(page, t_notice_votes()), 1.6, PRINT_ALIGN_RIGHT},
        {say(page, t_notice_cost()), 2.6, PRINT_ALIGN_RIGHT},
    };
    if (c->n_projects == 0) {
        print_text(print, t_publication_no_winner(), PRINT_INDENT);
    }
    print_table_begin(print, columns, countof(columns));
    for (size_t i = 0; i < c->n_projects; i++) {
        const PublishedProject *w = &c->projects[i];
        Str cells[] = {number(page, w->place), w->title, say(page, w->kind), number(page, w->votes),
                       money(page, w->cost)};
        print_table_row(print, cells);
    }
    print_table_sum(print, say(page, t_notice_sum()), money(page, c->result.spent));
    print_table_sum(print, say(page, t_notice_available()), money(page, c->result.budget));
    print_table_sum(print, say(page, t_notice_left()), money(page, c->result.left));
    print_table_end(print);
}

static void write_decision(const Page *page, Print *print, const PublishedContent *c)
{
    const PrintColumn columns[] = {
        {say(page, t_notice_order()), 1.2, PRINT_ALIGN_CENTRE},
        {say(page, t_notice_project()), 5, PRINT_ALIGN_LEFT},
        {say(page, t_notice_decision()), 2, PRINT_ALIGN_CENTRE},
        {say(page, t_notice_estimate()), 2.6, PRINT_ALIGN_RIGHT},
    };
    for (size_t i = 0; i < c->n_meetings; i++) {
        const PublishedMeeting *m = &c->meetings[i];
        print_text(print, t_notice_meeting(m->held_on, m->body), PRINT_INDENT);
        print_text(print, t_notice_counts(m->members, m->present, m->yes, m->no), PRINT_INDENT);
        print_text(print, t_notice_result(&m->result), PRINT_INDENT);
        print_text(print, t_notice_mandate(m->mandate), PRINT_INDENT);
    }
    print_table_begin(print, columns, countof(columns));
    for (size_t i = 0; i < c->n_projects; i++) {
        const PublishedProject *p = &c->projects[i];
        Text outcome = p->is_carried ? t_decision_carried() : t_decision_not_carried();
        Str cells[] = {number(page, p->place), p->title, say(page, outcome), money(page, p->cost)};
        print_table_row(print, cells);
    }
    print_table_sum(print, say(page, t_notice_carried_sum()), money(page, c->estimate));
    print_table_end(print);
}

static void write_purchase(const Page *page, Print *print, const PublishedPurchase *p)
{
    const PrintColumn columns[] = {
        {say(page, t_notice_bidder()), 5, PRINT_ALIGN_LEFT},
        {say(page, t_notice_quote()), 2.6, PRINT_ALIGN_RIGHT},
    };
    print_text(print, t_notice_purchase(p->project, p->title, &p->method, p->called_on),
               PRINT_INDENT);
    print_table_begin(print, columns, countof(columns));
    for (size_t i = 0; i < p->n_bidders; i++) {
        Str cells[] = {p->bidders[i].name, money(page, p->bidders[i].quote)};
        print_table_row(print, cells);
    }
    print_table_end(print);
    print_text(print, t_notice_chosen(p->chosen_on, p->bidder, p->reason), PRINT_INDENT);
    if (p->is_signed) {
        print_text(print,
                   t_notice_contract(p->contract_number, p->signed_on, p->contract, p->due_on),
                   PRINT_INDENT);
    }
}

static void write_outcome(const Page *page, Print *print, const PublishedContent *c)
{
    const PrintColumn columns[] = {
        {say(page, t_notice_order()), 1.2, PRINT_ALIGN_CENTRE},
        {say(page, t_notice_project()), 4.4, PRINT_ALIGN_LEFT},
        {say(page, t_notice_state()), 2.4, PRINT_ALIGN_CENTRE},
        {say(page, t_notice_estimate()), 2.4, PRINT_ALIGN_RIGHT},
        {say(page, t_notice_final()), 2.4, PRINT_ALIGN_RIGHT},
    };
    print_table_begin(print, columns, countof(columns));
    for (size_t i = 0; i < c->n_projects; i++) {
        const PublishedProject *p = &c->projects[i];
        Str cells[] = {number(page, p->place), p->title, say(page, p->state), money(page, p->cost),
                       money(page, p->final)};
        print_table_row(print, cells);
    }
    print_table_sum(print, say(page, t_notice_estimates_sum()), money(page, c->estimate));
    print_table_sum(print, say(page, t_notice_finals_sum()), money(page, c->cost));
    print_table_end(print);
}

static void write_content(const Page *page, Print *print, const PublishedContent *c)
{
    switch (c->subject) {
    case PUBLICATION_BALLOT:
        write_ballot(page, print, c);
        break;
    case PUBLICATION_DECISION:
        write_decision(page, print, c);
        break;
    case PUBLICATION_PURCHASE:
        if (c->n_purchases == 0) {
            print_text(print, t_publication_no_purchase(), PRINT_INDENT);
        }
        for (size_t i = 0; i < c->n_purchases; i++) {
            write_purchase(page, print, &c->purchases[i]);
        }
        break;
    case PUBLICATION_OUTCOME:
        write_outcome(page, print, c);
        break;
    }
}

static void write_how_to_object(Print *print, const NoticeView *v)
{
    print_text(print, t_notice_period(v->from, v->to, v->working_days), PRINT_INDENT);
    Text how = !v->takes_objections ? t_notice_only_read()
               : v->phone.len > 0   ? t_notice_object(v->ends_at, v->phone)
                                    : t_notice_object_no_phone(v->ends_at);
    print_text(print, how, PRINT_INDENT);
    if (v->address.len > 0) {
        print_text(print, t_notice_place(v->address), PRINT_INDENT);
    }
}

static void write_foot(const Page *page, Print *print, const NoticePaper *paper)
{
    const NoticeView *v = paper->view;
    print_space(print, 6);
    if (v->has_site) {
        print_qr(print, v->link, paper->is_poster ? 50 : 32, PRINT_PLACE_LEFT);
    }
    print_text(print, v->signed_by, PRINT_RIGHT);
    print_paragraph(print, format_date(page->arena, page->lang, v->from, (Instant){0}),
                    PRINT_RIGHT);
    print_text(print, t_notice_seal(), PRINT_RIGHT);
    print_text(print, t_notice_online(), PRINT_SMALL | PRINT_SANS);
    print_paragraph(print, v->link, PRINT_SMALL | PRINT_SANS);
}

static void write_notice(const Page *page, Print *print, const NoticePaper *paper)
{
    const NoticeView *v = paper->view;
    print_heading(print, 1, say(page, t_notice_title()));
    print_paragraph(print, v->title, PRINT_CENTRE | PRINT_BOLD);
    if (v->edition > 1) {
        print_text(print, t_notice_correction(v->edition, v->reason), PRINT_CENTRE);
    }
    print_space(print, 2);
    for (size_t i = 0; i < v->n_paragraphs; i++) {
        print_paragraph(print, v->paragraphs[i], PRINT_INDENT);
    }
    write_content(page, print, &v->content);
    write_how_to_object(print, v);
    write_foot(page, print, paper);
}

static Error *draw_once(Page *page, const NoticePaper *paper, bool is_large, int64_t *out_pages)
{
    PrintOptions options = {.size = paper->is_poster ? PRINT_A3 : PRINT_A4,
                            .is_large = is_large,
                            .lang = page->lang,
                            .title = paper->view->title,
                            .made_at = paper->view->published_at,
                            .numbers = PRINT_NUMBERS_OF};
    PrintReport report;
    Print *print = NULL;
    Error *err = print_begin(page->arena, &options, &page->body, &print);
    if (err) {
        return err;
    }
    write_notice(page, print, paper);
    err = print_end(print, &report);
    *out_pages = report.pages;
    return err;
}

/* A poster is one sheet if it can be: in large type, else in ordinary. */
static Error *draw_notice(Page *page, const void *input)
{
    const NoticePaper *paper = input;
    int64_t pages = 0;
    Error *err = draw_once(page, paper, paper->is_poster, &pages);
    if (!err && paper->is_poster && pages > 1) {
        buf_clear(&page->body);
        err = draw_once(page, paper, false, &pages);
    }
    return err;
}

Error *page_publication_pdf(Page *page, Snapshot *s)
{
    NoticeView *view = arena_new(page->arena, NoticeView);
    NoticePaper *paper = arena_new(page->arena, NoticePaper);
    Error *err = publicity_load_notice(page, s, view);
    if (err) {
        return err;
    }
    *paper = (NoticePaper){.view = view, .is_poster = str_eq(page_query(page, "size"), STR("a3"))};
    page->content_type = "application/pdf";
    page->download_name = arena_printf(page->arena, "%.*s %.*s.pdf",
                                       STR_ARG(say(page, t_notice_file())), STR_ARG(view->title));
    return page_render(page, draw_notice, paper);
}
