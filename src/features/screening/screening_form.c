/* screening_form.c: the field in which a reader says what they found, and what everybody sees of it
 * on the proposal's own page. */
#include "features/screening/screening_pages.h"
#include "screening_duties_text.h"
#include "screening_text.h"

#define REQUESTS_MAX 10
#define CLAUSE_BASE  100 /* choice 101 is clause 1 */
#define CLAUSE(n)                                                                                  \
    {                                                                                              \
        "clause-" #n, CLAUSE_BASE + (n), TEXT_screening_pick_clause                                \
    }

const Choice screening_choices[SCREENING_CHOICES] = {
    {"accept", GROUND_PASSES, TEXT_screening_pick_passes},
    {"department", GROUND_DEPARTMENT, TEXT_screening_pick_department},
    {"private", GROUND_PRIVATE, TEXT_screening_pick_private},
    {"refuse", GROUND_OTHER, TEXT_screening_pick_other},
    CLAUSE(1),
    CLAUSE(2),
    CLAUSE(3),
    CLAUSE(4),
    CLAUSE(5),
    CLAUSE(6),
    CLAUSE(7),
    CLAUSE(8),
    CLAUSE(9),
    CLAUSE(10),
    CLAUSE(11),
    CLAUSE(12),
    CLAUSE(13),
    CLAUSE(14),
    CLAUSE(15),
    CLAUSE(16),
    CLAUSE(17),
    CLAUSE(18),
    CLAUSE(19),
    CLAUSE(20),
    CLAUSE(21),
    CLAUSE(22),
    CLAUSE(23),
    CLAUSE(24),
    CLAUSE(25),
    CLAUSE(26),
    CLAUSE(27),
    CLAUSE(28),
    CLAUSE(29),
    CLAUSE(30),
};
_Static_assert(RULES_MAX_CLAUSES == 30, "a choice for each clause");

Finding screening_finding(int choice)
{
    if (choice > CLAUSE_BASE) {
        return (Finding){.ground = GROUND_CLAUSE, .cited_no = choice - CLAUSE_BASE};
    }
    return (Finding){.ground = (Ground)choice};
}

static int choice_for(Ground ground, int64_t cited_no)
{
    return ground == GROUND_CLAUSE ? CLAUSE_BASE + (int)cited_no : (int)ground;
}

Text screening_found_text(Ground ground, int64_t cited_no)
{
    switch (ground) {
    case GROUND_PASSES:
        return t_screening_found_passes();
    case GROUND_CLAUSE:
        return t_screening_found_clause(cited_no);
    case GROUND_DEPARTMENT:
        return t_screening_found_department();
    case GROUND_PRIVATE:
        return t_screening_found_private();
    case GROUND_OTHER:
        return t_screening_found_other();
    default:
        return text_of(0);
    }
}

Text screening_readers_text(int64_t n_readers, bool by_secretary)
{
    if (by_secretary) {
        return t_screening_readers_secretary();
    }
    return n_readers > 1 ? t_screening_readers_two() : t_screening_readers_one();
}

/* --- where the reading stands ------------------------------------------------------------------
 */

static Error *load_part(Page *page, Snapshot *snapshot, int64_t proposal, ScreeningForm *out)
{
    ScreeningPartRow part = {0};
    Error *err = sql_screening_part(snapshot, page->area, proposal, page->who.person, &part);
    if (!err) {
        out->is_kept_out = part.n_interest > 0 || part.n_proposer > 0;
        out->why =
            part.n_interest > 0 ? t_screening_kept_out_interest() : t_screening_kept_out_own();
    }
    return err;
}

static void fill_views(Page *page, const ScreeningReadingsRows *rows, ScreeningForm *out)
{
    ScreeningView *views = arena_array(page->arena, ScreeningView, rows->count);
    for (size_t i = 0; i < rows->count; i++) {
        const ScreeningReadingsRow *row = &rows->rows[i];
        views[i] = (ScreeningView){screening_found_text((Ground)row->ground, row->cited_no),
                                   row->reason, row->read_at};
    }
    out->views = views;
    out->n_views = rows->count;
}

/* The lines one can cite: what residents decide about together is not passed on. */
static Error *load_lines(Page *page, Snapshot *snapshot, ScreeningForm *out)
{
    DutyList list;
    Error *err = duties_in_force(snapshot, page->area, instant_date(page->now), &list);
    if (err) {
        return err;
    }
    DataChoice *lines = arena_array(page->arena, DataChoice, list.lines.count + 1);
    for (size_t i = 0; i < list.lines.count; i++) {
        const DutyLinesRow *line = &list.lines.rows[i];
        if (line->class != MATTER_COMMON) {
            Text class = duty_class_text((MatterClass)line->class);
            lines[out->n_lines++] =
                (DataChoice){duty_word(page->arena, list.id, line->no),
                             text_str(page->arena, page->lang,
                                      t_screening_line_of(&class, duty_words(page->arena, line)))};
        }
    }
    out->lines = lines;
    return NULL;
}

static Error *load_asked(Page *page, Snapshot *snapshot, int64_t proposal, ScreeningForm *out)
{
    RequestsOfRows rows;
    Error *err = sql_requests_of(snapshot, page->area, proposal, REQUESTS_MAX, &rows);
    if (err) {
        return err;
    }
    Str *asked = arena_array(page->arena, Str, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++) {
        if (rows.rows[i].answered_at.ms == 0) {
            asked[out->n_asked++] = rows.rows[i].words;
        }
    }
    out->asked = asked;
    return NULL;
}

Error *screening_form_load(Page *page, Snapshot *snapshot, const RoundRules *rules,
                           int64_t proposal, int64_t version, ScreeningForm *out)
{
    ScreeningFact fact;
    ScreeningReadingsRows rows;
    ScreeningGetRow row;
    bool found = false;
    *out = (ScreeningForm){.two_readers = rules->two_readers,
                           .interest =
                               page_path(page, "/a/{area}/proposals/{id}/screening", proposal)};
    Error *err = load_part(page, snapshot, proposal, out);
    if (!err) {
        err = load_lines(page, snapshot, out);
    }
    if (!err) {
        err = load_asked(page, snapshot, proposal, out);
    }
    if (!err) {
        err = sql_screening_get(snapshot, page->area, proposal, &row, &found);
    }
    if (!err) {
        err = screening_fact(snapshot, page->area, proposal, version, &fact, &rows);
    }
    if (err) {
        return err;
    }
    bool is_first = fact.first.reader == page->who.person;
    out->decided = found ? choice_for((Ground)row.ground, row.cited_no) : 0;
    out->waits = fact.state == SCREENING_WAITS && !is_first;
    out->is_own = fact.state == SCREENING_WAITS && is_first;
    out->is_disputed = fact.state == SCREENING_DISPUTED;
    if (out->is_disputed && screening_may(page, POLICY_LEAD)) {
        fill_views(page, &rows, out);
    }
    return NULL;
}

/* --- the field -----------------------------------------------------------------------------------
 */

static ScreeningPick pick(const FormState *form, int choice, Text label, Str words)
{
    const char *name = choice_name(screening_choices, SCREENING_CHOICES, choice);
    return (ScreeningPick){.name = name,
                           .label = label,
                           .words = words,
                           .is_chosen =
                               str_eq(form_field(form, "decision")->typed, str_from(name))};
}

void screening_form_fill(Page *page, const FormState *form, const RoundRules *rules,
                         ScreeningForm *out)
{
    ScreeningPick *picks = arena_array(page->arena, ScreeningPick, rules->n_clauses + 4);
    size_t n = 0;
    picks[n++] = pick(form, GROUND_PASSES, t_screening_pick_passes(), STR(""));
    for (size_t i = 0; i < rules->n_clauses; i++) {
        const ClauseRule *clause = &rules->clauses[i];
        picks[n++] = pick(form, CLAUSE_BASE + (int)i + 1, t_screening_found_clause((int64_t)i + 1),
                          rules_say(page->lang == LANG_EN, clause->words, clause->words_en));
    }
    if (out->n_lines > 0) {
        picks[n++] = pick(form, GROUND_DEPARTMENT, t_screening_pick_department(), STR(""));
        picks[n++] = pick(form, GROUND_PRIVATE, t_screening_pick_private(), STR(""));
    }
    picks[n++] =
        pick(form, GROUND_OTHER,
             rules->n_clauses > 0 ? t_screening_pick_other() : t_screening_pick_refuse(), STR(""));
    picks[0].is_first = true;
    out->field = form_field_view(page->arena, form, "decision");
    out->picks = picks;
    out->n_picks = n;
}

/* --- for everybody
 * -------------------------------------------------------------------------------- */

Error *screening_part_load(Page *page, Snapshot *snapshot, int64_t proposal, ScreeningPart *out)
{
    ScreeningGetRow row;
    ScreeningStandingRow standing = {0};
    bool found = false;
    *out = (ScreeningPart){.link = page_path(page, "/a/{area}/proposals/{id}/screening", proposal)};
    Error *err = sql_screening_get(snapshot, page->area, proposal, &row, &found);
    if (!err) {
        err = sql_screening_standing(snapshot, page->area, proposal, &standing);
    }
    if (err) {
        return err;
    }
    out->n_interests = standing.n;
    if (!found) {
        return NULL;
    }
    out->is_decided = row.ground != GROUND_NONE;
    out->ground = (Ground)row.ground;
    out->found = screening_found_text((Ground)row.ground, row.cited_no);
    out->cited = rules_say(page->lang == LANG_EN, row.cited, row.cited_en);
    out->cited_no = row.cited_no;
    out->cited_list = row.cited_list;
    out->decided_at = row.decided_at;
    out->readers = screening_readers_text(row.n_readers, row.by_secretary != 0);
    out->reason = row.reason;
    out->is_open = row.state == SCREENING_WAITS;
    out->is_disputed = row.state == SCREENING_DISPUTED;
    return NULL;
}
