/* ratings_report_words.c: figures in words. */
#include "features/proposals/proposals.h"
#include "features/ratings/ratings_report_pages.h"
#include "ratings_report_text.h"
#include "ratings_text.h"

static Str say(const Page *page, Text text)
{
    return text_str(page->arena, page->lang, text);
}

Text report_part_title(ReportPart part)
{
    static const int titles[REPORT_PARTS + 1] = {
        [REPORT_STAGES] = TEXT_report_part_stages, [REPORT_CHANNELS] = TEXT_report_part_channels,
        [REPORT_MONEY] = TEXT_report_part_money,   [REPORT_SOURCES] = TEXT_report_part_sources,
        [REPORT_KINDS] = TEXT_report_part_kinds,   [REPORT_PROJECTS] = TEXT_report_part_projects,
        [REPORT_DAYS] = TEXT_report_part_days,     [REPORT_ANSWERS] = TEXT_report_part_answers,
        [REPORT_STARS] = TEXT_report_part_stars};
    return text_of(titles[part]);
}

static Text step_label(int64_t code)
{
    switch (code) {
    case REPORT_STEP_PROPOSALS:
        return t_report_step_proposals();
    case REPORT_STEP_ACCEPTED:
        return t_report_step_accepted();
    case REPORT_STEP_BALLOT:
        return t_report_step_ballot();
    case REPORT_STEP_CHOSEN:
        return t_report_step_chosen();
    case REPORT_STEP_VOTERS:
        return t_report_step_voters();
    case REPORT_STEP_OBJECTIONS:
        return t_report_step_objections();
    case REPORT_STEP_COUNCIL:
        return t_report_step_council();
    default:
        return t_report_step_ratings();
    }
}

static Text money_label(int64_t code)
{
    switch (code) {
    case REPORT_MONEY_BUDGET:
        return t_report_money_budget();
    case REPORT_MONEY_ESTIMATED:
        return t_report_money_estimated();
    case REPORT_MONEY_GRANTED:
        return t_report_money_granted();
    case REPORT_MONEY_COMMITTED:
        return t_report_money_committed();
    case REPORT_MONEY_PAID:
        return t_report_money_paid();
    default:
        return t_report_money_returned();
    }
}

static Text source_label(int64_t code)
{
    static const int labels[] = {0, TEXT_report_source_city, TEXT_report_source_district,
                                 TEXT_report_source_street, TEXT_report_source_pledges};
    return text_of(code > 0 && code < (int64_t)countof(labels) ? labels[code] : 0);
}

static Text answer_label(int64_t code)
{
    return code == REPORT_ANSWER_REFUSED  ? t_report_answer_refused()
           : code == REPORT_ANSWER_OTHERS ? t_report_answer_others()
                                          : t_report_answer_objections();
}

Str report_label(const Page *page, const ReportFigure *figure)
{
    switch (figure->part) {
    case REPORT_STAGES:
        return say(page, step_label(figure->code));
    case REPORT_CHANNELS:
        return say(page, proposal_channel_text(figure->code));
    case REPORT_MONEY:
        return say(page, money_label(figure->code));
    case REPORT_SOURCES:
        return say(page, source_label(figure->code));
    case REPORT_ANSWERS:
        return say(page, answer_label(figure->code));
    default:
        return rules_say(page->lang == LANG_EN, figure->label, figure->label_en);
    }
}

static Str stars_value(const Page *page, const ReportFigure *figure)
{
    if (figure->value == 0) {
        return say(page, t_report_no_stars());
    }
    Str value = arena_printf(page->arena, "%d.%02d", (int)(figure->value / 100),
                             (int)(figure->value % 100));
    return say(page, t_rating_stars(value));
}

static Str value_of(const Page *page, const ReportFigure *figure)
{
    switch (report_unit(figure->part)) {
    case REPORT_UNIT_MONEY:
        return format_money(page->arena, page->lang, (Money){figure->value});
    case REPORT_UNIT_DAYS:
        return say(page, t_report_days(figure->value));
    case REPORT_UNIT_STARS:
        return stars_value(page, figure);
    default:
        return figure->value == REPORT_FEW ? say(page, t_report_few(RATING_SMALLEST_GROUP))
                                           : say(page, t_report_count(figure->value));
    }
}

static Str whole_of(const Page *page, const ReportFigure *figure)
{
    Money amount = {figure->whole};
    if (figure->part == REPORT_STARS) {
        return say(page, figure->whole == REPORT_FEW ? t_rating_few(RATING_SMALLEST_GROUP)
                                                     : t_rating_raters(figure->whole));
    }
    if (figure->whole == REPORT_NO_WHOLE) {
        return STR("");
    }
    switch (figure->part) {
    case REPORT_SOURCES:
        return say(page, t_report_of_granted(amount));
    case REPORT_KINDS:
    case REPORT_PROJECTS:
        return say(page, t_report_of_estimate(amount));
    case REPORT_DAYS:
        return say(page, t_report_of_planned(figure->whole));
    case REPORT_ANSWERS:
        return say(page, t_report_of_answers(figure->whole));
    default:
        return say(page, figure->code == REPORT_STEP_COUNCIL ? t_report_of_council(figure->whole)
                                                             : t_report_of_eligible(figure->whole));
    }
}

static Str width_of(const Page *page, const ReportFigures *figures, size_t which)
{
    int bar = report_bar(figures->items, figures->count, which);
    return bar > 0 ? arena_printf(page->arena, "%d.%d%%", bar / 10, bar % 10) : STR("0%");
}

void report_parts(const Page *page, const ReportFigures *figures, ReportPartView **out,
                  size_t *out_count)
{
    ReportPartView *parts = arena_array(page->arena, ReportPartView, REPORT_PARTS);
    ReportLine *lines = arena_array(page->arena, ReportLine, figures->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < figures->count; i++) {
        const ReportFigure *figure = &figures->items[i];
        if (i == 0 || figure->part != figures->items[i - 1].part) {
            parts[count++] =
                (ReportPartView){.title = report_part_title(figure->part), .lines = &lines[i]};
        }
        lines[i] = (ReportLine){.label = report_label(page, figure),
                                .value = value_of(page, figure),
                                .whole = whole_of(page, figure),
                                .width = width_of(page, figures, i)};
        parts[count - 1].n_lines++;
    }
    *out = parts;
    *out_count = count;
}
