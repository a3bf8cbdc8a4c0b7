/* ratings_paper_pages.c: the sheet on which residents rate on paper, and entering it. */
#include "features/people/people.h"
#include "features/ratings/ratings_pages.h"
#include "platform/html/frame_load.h"
#include "platform/print/print.h"
#include "rating_paper_html.h"
#include "ratings_paper_text.h"
#include "ratings_text.h"

#define PEOPLE_MOST 20
#define SHEET_QR_MM 32
#define WORDS_MAX   40

/* --- entering a sheet ------------------------------------------------------------------------- */

typedef struct PaperInput {
    Str who;
    Str person; /* which of several: the id, or empty */
    RatingMarksInput marks;
} PaperInput;

static const Field paper_fields[] = {
    {FIELD_COMMON(PaperInput, who, FIELD_TEXT, TEXT_rating_paper_who),
     .hint = TEXT_rating_paper_who_hint, .is_required = true, .max = WORDS_MAX,
     .autocomplete = "off"},
    {FIELD_COMMON(PaperInput, person, FIELD_TEXT, TEXT_rating_paper_person), .max = 13},
    RATING_MARK_FIELDS(PaperInput, marks),
};

const Form rating_paper_form = FORM("rating-paper", paper_fields, PaperInput);

/* Those to choose from when the form came back: who was meant was not clear. */
static Error *load_people(Page *page, Snapshot *s, RatingPaperView *view)
{
    PersonFound *found = NULL;
    size_t count = 0;
    Str who = form_field(view->of.form, "who")->typed;
    if (page->form == NULL || who.len == 0) {
        return NULL;
    }
    Error *err = people_find(s, page->area, who, PEOPLE_MOST, &found, &count);
    if (err) {
        return err;
    }
    Str chosen = form_field(view->of.form, "person")->typed;
    RatingSheetPerson *people = arena_array(page->arena, RatingSheetPerson, count);
    for (size_t i = 0; i < count; i++) {
        IdText id = id_text(found[i].person);
        people[i] = (RatingSheetPerson){id, found[i].name, found[i].place,
                                        str_eq(chosen, str_from(id.text))};
    }
    view->people = people;
    view->n_people = count;
    return NULL;
}

Error *page_rating_paper(Page *page, Snapshot *s)
{
    RatingProjectRow row;
    RoundRules *rules = NULL;
    Frame *frame = page_frame(page, t_rating_paper_title(), FRAME_TAB_NONE);
    RatingPaperView *view = arena_new(page->arena, RatingPaperView);
    view->of.form = page_form(page, &rating_paper_form);
    Error *err = rating_load(page, s, &row, &rules);
    if (!err) {
        err = load_people(page, s, view);
    }
    if (err) {
        return err;
    }
    view->of.frame = frame;
    view->of.title = row.title;
    view->of.why_not = row.state == RATING_OPEN ? text_of(0) : t_rating_paper_not_now();
    view->of.action = page_path(page, "/a/{area}/ratings/{id}/paper", row.proposal_id);
    view->of.back = page_path(page, "/a/{area}/rounds/{id}/ratings/console", row.round_id);
    view->number = arena_printf(page->arena, "%s", id_text(row.proposal_id).text);
    view->sheet = page_path(page, "/a/{area}/ratings/{id}/sheet.pdf", row.proposal_id);
    rating_fill_marks(page, rules, &view->of);
    Out out = page_out(page);
    rating_paper_page(&out, view);
    return NULL;
}

/* The one chosen among them, else the one of this name or telephone; 0 when that is nobody or
 * several. */
static int64_t one_of(const PersonFound *found, size_t count, int64_t chosen, Str who)
{
    int64_t person = 0;
    for (size_t i = 0; i < count; i++) {
        if (found[i].person == chosen) {
            return chosen;
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (str_eq(found[i].name, who) || str_eq(found[i].phone, who)) {
            if (person != 0) {
                return 0;
            }
            person = found[i].person;
        }
    }
    return person;
}

static Error *find_person(Page *page, Snapshot *s, const PaperInput *typed, int64_t *out)
{
    PersonFound *found = NULL;
    size_t count = 0;
    int64_t chosen = 0;
    (void)id_parse(typed->person, &chosen);
    Error *err = people_find(s, page->area, typed->who, PEOPLE_MOST, &found, &count);
    if (err) {
        return err;
    }
    *out = one_of(found, count, chosen, typed->who);
    if (*out != 0) {
        return NULL;
    }
    return error_at(page->arena, count == 0 ? ERROR_RATING_NOBODY : ERROR_RATING_WHICH, "who", 0);
}

Error *submit_rating_paper(Page *page, Snapshot *s, const void *input)
{
    const PaperInput *typed = input;
    RatingPaper *paper = arena_new(page->arena, RatingPaper);
    *paper = (RatingPaper){.area = page->area, .project = page->ids[0], .actor = page->who.person};
    rating_marks_of(&typed->marks, paper->marks);
    Error *err = find_person(page, s, typed, &paper->person);
    return err ? err
               : page_write_to(page, ratings_enter_paper, paper, 0,
                               page_path(page, "/a/{area}/ratings/{id}/paper", paper->project),
                               TEXT_rating_paper_entered);
}

/* --- the sheet -------------------------------------------------------------------------------- */

typedef struct Sheet {
    RatingProjectRow row;
    const RoundRules *rules;
    Str link;
} Sheet;

static Str say(const Page *page, Text text)
{
    return text_str(page->arena, page->lang, text);
}

/* A row a question, a box a mark, in the order in which they are entered. */
static void write_questions(const Page *page, Print *print, const Sheet *sheet)
{
    PrintColumn columns[RATING_MARK_MAX + 1] = {
        {say(page, t_rating_sheet_question()), 5, PRINT_ALIGN_LEFT}};
    for (size_t i = 0; i < RATING_MARK_MAX; i++) {
        columns[i + 1] = (PrintColumn){say(page, text_of(rating_mark_choices[i].label)), 1.5,
                                       PRINT_ALIGN_CENTRE};
    }
    print_table_begin(print, columns, countof(columns));
    for (size_t q = 0; q < rating_formula(sheet->rules).n_questions; q++) {
        Str words = rating_question(page, sheet->rules, q);
        Str cells[RATING_MARK_MAX + 1] = {say(page, t_rating_question((int64_t)q + 1, words))};
        for (size_t i = 1; i <= RATING_MARK_MAX; i++) {
            cells[i] = STR("□");
        }
        print_table_row(print, cells);
    }
    print_table_end(print);
}

static void write_sheet(const Page *page, Print *print, const Sheet *sheet)
{
    print_heading(print, 1, say(page, t_rating_sheet_title()));
    print_paragraph(print, sheet->row.title, PRINT_CENTRE | PRINT_BOLD);
    print_text(print, t_rating_sheet_number(str_from(id_text(sheet->row.proposal_id).text)),
               PRINT_CENTRE | PRINT_SANS);
    print_text(print, t_rating_sheet_how(sheet->row.closes_at), PRINT_INDENT);
    print_text(print, t_rating_sheet_once(), PRINT_INDENT);
    print_space(print, 3);
    write_questions(page, print, sheet);
    print_space(print, 6);
    print_text(print, t_rating_sheet_name(), 0);
    print_space(print, 4);
    print_text(print, t_rating_sheet_house(), 0);
    print_space(print, 8);
    if (sheet->link.len > 0) {
        print_qr(print, sheet->link, SHEET_QR_MM, PRINT_PLACE_LEFT);
        print_text(print, t_rating_sheet_online(), PRINT_SMALL | PRINT_SANS);
        print_paragraph(print, sheet->link, PRINT_SMALL | PRINT_SANS);
    }
    print_text(print, t_rating_sheet_staff(), PRINT_SMALL | PRINT_SANS);
}

static Error *draw_sheet(Page *page, const void *input)
{
    const Sheet *sheet = input;
    PrintOptions options = {.size = PRINT_A4,
                            .is_large = true,
                            .lang = page->lang,
                            .title = say(page, t_rating_sheet_title()),
                            .made_at = page->now};
    Print *print = NULL;
    Error *err = print_begin(page->arena, &options, &page->body, &print);
    if (err) {
        return err;
    }
    write_sheet(page, print, sheet);
    return print_end(print, NULL);
}

Error *page_rating_sheet(Page *page, Snapshot *s)
{
    RoundRules *rules = NULL;
    Sheet *sheet = arena_new(page->arena, Sheet);
    Error *err = rating_load(page, s, &sheet->row, &rules);
    if (err) {
        return err;
    }
    sheet->rules = rules;
    Str site = page_site(page);
    Str path = page_path(page, "/a/{area}/ratings/{id}", sheet->row.proposal_id).url;
    if (site.len > 0) {
        sheet->link = arena_printf(page->arena, "%.*s%.*s", STR_ARG(site), STR_ARG(path));
    }
    page->content_type = "application/pdf";
    page->download_name =
        arena_printf(page->arena, "%.*s %.*s.pdf", STR_ARG(say(page, t_rating_sheet_title())),
                     STR_ARG(sheet->row.title));
    return page_render(page, draw_sheet, sheet);
}
