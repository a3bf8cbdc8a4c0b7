/* programmes_console.c: the round console of staff: gates, the next step, waiving. */
#include "features/programmes/programmes_pages.h"
#include "platform/html/frame_load.h"
#include "platform/http/app.h"
#include "platform/journal/journal.h"
#include "programmes_sql.h"
#include "programmes_text.h"
#include "round_console_html.h"

#define ACTS_SHOWN 6

typedef struct AdvanceInput {
    int64_t from_no;
    Str note;
} AdvanceInput;

static const Field advance_fields[] = {
    {FIELD_COMMON(AdvanceInput, from_no, FIELD_ID, TEXT_console_title), .is_required = true},
    {FIELD_COMMON(AdvanceInput, note, FIELD_TEXT, TEXT_console_note),
     .hint = TEXT_console_note_hint, .max = 200},
};

const Form advance_form = FORM("advance", advance_fields, AdvanceInput);

typedef struct WaiveInput {
    int64_t stage;
    Str reason;
} WaiveInput;

static const Field waive_fields[] = {
    {FIELD_COMMON(WaiveInput, stage, FIELD_INTEGER, TEXT_waive_field_stage), .is_required = true,
     .min = 1, .max = 30},
    {FIELD_COMMON(WaiveInput, reason, FIELD_LONG_TEXT, TEXT_waive_field_reason),
     .hint = TEXT_waive_field_reason_hint, .is_required = true, .min = 10, .max = 200},
};

const Form waive_form = FORM("waive", waive_fields, WaiveInput);

/* Only district and city officers waive a stage. */
static bool may_waive(const Page *page)
{
    return who_has_role(&page->who, 1u << ROLE_DISTRICT_OFFICER | 1u << ROLE_CITY_OFFICER);
}

/* --- the view ---------------------------------------------------------------- */

static GateSign gate_sign(GateState state)
{
    switch (state) {
    case GATE_MET:
        return GATE_SIGN_MET;
    case GATE_WAITING:
        return GATE_SIGN_WAITING;
    default:
        return GATE_SIGN_UNMET;
    }
}

static const GateLine *gate_lines(Page *page, const GateView *gates, size_t count)
{
    GateLine *lines = arena_array(page->arena, GateLine, count);
    bool is_first = true;
    for (size_t i = 0; i < count; i++) {
        const GateReport *report = &gates[i].report;
        SafeUrl nowhere = {0};
        bool has_link = report->link.url.len > 0 && page_may_open(page, report->link);
        bool is_todo = report->state == GATE_UNMET && has_link;
        lines[i] =
            (GateLine){.sign = gates[i].is_by_hand ? GATE_SIGN_BY_HAND : gate_sign(report->state),
                       .claim = report->claim,
                       .detail = report->detail,
                       .link = has_link ? report->link : nowhere,
                       .link_text = report->link_text,
                       .is_main = is_todo && is_first};
        is_first = is_first && !is_todo;
    }
    return lines;
}

static const StageInfo *stage_of_no(const StageInfo *stages, size_t count, int no)
{
    for (size_t i = 0; i < count; i++) {
        if (stages[i].no == no) {
            return &stages[i];
        }
    }
    return NULL;
}

static Text why_not(const AdvanceVerdict *verdict, bool is_lead)
{
    if (verdict->answer == ADVANCE_ALLOWED && !is_lead) {
        return t_console_only_lead();
    }
    /* A date is promised only when nothing but time is missing. */
    if (verdict->n_waiting > 0 && verdict->n_waiting == verdict->n_missing) {
        return t_console_missing_until(verdict->n_missing, verdict->earliest);
    }
    return t_console_missing(verdict->n_missing);
}

static void fill_next(Page *page, const RoundInfo *round, const StageInfo *stages, size_t count,
                      const AdvanceVerdict *verdict, ConsoleView *view)
{
    const StageInfo *next = stage_of_no(stages, count, verdict->to_no);
    view->is_lead = policy_check(POLICY_LEAD, &page->who) == VERDICT_ALLOW;
    view->may_advance = verdict->answer == ADVANCE_ALLOWED;
    view->next = t_console_finish();
    if (next != NULL) {
        Str name_en = next->name_en.len > 0
                          ? next->name_en
                          : text_str(page->arena, LANG_EN, programmes_kind_text(next->kind));
        Str name = page->lang == LANG_EN ? name_en : next->name;
        view->next = t_console_next(next->no, name);
    }
    view->why_not = why_not(verdict, view->is_lead);
    view->is_early = page->now.ms < round->closes_at.ms;
    AdvanceInput input = {.from_no = round->stage_no};
    view->advance = page_form_of(page, &advance_form, &input);
    view->advance_action = page_path(page, "/a/{area}/rounds/{id}/advance", round->id);
    view->may_waive = may_waive(page);
    view->waive = page_form(page, &waive_form);
    view->waive_action = page_path(page, "/a/{area}/rounds/{id}/waive", round->id);
}

static Error *load_opened(Snapshot *snapshot, const StageInfo *open, ConsoleView *view)
{
    if (open == NULL) {
        return NULL;
    }
    PersonNameRow person = {0};
    bool found = false;
    view->opened_at = open->opened_at;
    Error *err =
        open->opened_by == 0 ? NULL : sql_person_name(snapshot, open->opened_by, &person, &found);
    view->opened_by = found ? person.name : STR("");
    return err;
}

static Error *load_acts(Page *page, Snapshot *snapshot, ConsoleView *view)
{
    JournalEntry *entries = NULL;
    size_t count = 0;
    Error *err = journal_list(snapshot, page->area, 0, ACTS_SHOWN, &entries, &count);
    if (err) {
        return err;
    }
    ActLine *lines = arena_array(page->arena, ActLine, count);
    for (size_t i = 0; i < count; i++) {
        lines[i] = (ActLine){entries[i].at, entries[i].actor_name, journal_act_text(entries[i].act),
                             entries[i].reason};
    }
    view->acts = lines;
    view->n_acts = count;
    return NULL;
}

/* The round with its stages, gates and verdict. */
typedef struct Console {
    RoundInfo round;
    StageInfo *stages;
    size_t n_stages;
    const StageInfo *open; /* NULL when finished */
    GateView *gates;
    size_t n_gates;
    AdvanceVerdict verdict;
    HolidayTable holidays;
} Console;

static Error *load_console(Page *page, Snapshot *snapshot, Console *out)
{
    Error *err = programmes_round(snapshot, page->area, page->ids[0], &out->round);
    if (!err) {
        err = programmes_stages(snapshot, page->area, page->ids[0], &out->stages, &out->n_stages);
    }
    if (!err && !out->round.is_finished) {
        out->open = stage_of_no(out->stages, out->n_stages, out->round.stage_no);
        err =
            programmes_gates(snapshot, page->app->features, page->app->n_features, page->area,
                             page->ids[0], out->stages, out->n_stages, &out->gates, &out->n_gates);
    }
    if (!err) {
        err = programmes_holidays(snapshot, &out->holidays);
    }
    if (!err) {
        out->verdict =
            programmes_verdict(page->arena, out->stages, out->n_stages, out->gates, out->n_gates);
    }
    return err;
}

/* The first year of what is still to come whose holidays are not known; 0 when none is missed: then
 * working days are counted from Monday to Friday. */
static int unknown_year(const Console *console)
{
    for (size_t i = 0; i < console->n_stages; i++) {
        const StageInfo *stage = &console->stages[i];
        bool is_ahead = stage->state == STAGE_OPEN || stage->state == STAGE_NOT_YET;
        int year = date_civil(instant_date(stage->closes_at)).year;
        if (is_ahead && stage->working_days > 0 && !holidays_know_year(&console->holidays, year)) {
            return year;
        }
    }
    return 0;
}

Error *page_round_console(Page *page, Snapshot *snapshot)
{
    Console console = {0};
    ConsoleView view = {0};
    size_t here = 0;
    Error *err = load_console(page, snapshot, &console);
    if (!err) {
        err = load_opened(snapshot, console.open, &view);
    }
    if (!err) {
        err = round_money_view(page, snapshot, &console.round, &view.money);
    }
    if (!err) {
        err = load_acts(page, snapshot, &view);
    }
    if (err) {
        return err;
    }
    view.frame = page_frame(page, t_console_title(), FRAME_TAB_NONE);
    view.title = console.round.title;
    view.round = page_path(page, "/a/{area}/rounds/{id}", console.round.id);
    view.launch = page_path(page, "/a/{area}/rounds/{id}/launch/console", console.round.id);
    SafeUrl notices = page_path(page, "/a/{area}/rounds/{id}/notices", console.round.id);
    view.notices = page_may_open(page, notices) ? notices : (SafeUrl){0};
    view.standing = round_standing(page, &console.holidays, &console.round);
    view.way = round_way(page, console.stages, console.n_stages, view.round, &here);
    view.way.is_short = false;
    view.dates = page_path(page, "/a/{area}/rounds/{id}/dates", console.round.id);
    view.no_holidays = unknown_year(&console);
    view.gates = gate_lines(page, console.gates, console.n_gates);
    view.n_gates = console.n_gates;
    fill_next(page, &console.round, console.stages, console.n_stages, &console.verdict, &view);
    Out out = page_out(page);
    round_console_page(&out, &view);
    return NULL;
}

/* --- acts -------------------------------------------------------------------- */

static Error *after_advance(Page *page, const void *input, const void *output)
{
    const AdvanceRound *advance = input;
    const RoundAdvanced *done = output;
    return page_redirect_notice(page,
                                page_path(page, "/a/{area}/rounds/{id}/console", advance->round),
                                done->to_no != 0 ? TEXT_console_advanced : TEXT_console_finished);
}

Error *submit_advance(Page *page, Snapshot *snapshot, const void *input)
{
    const AdvanceInput *typed = input;
    AdvanceRound *advance = arena_new(page->arena, AdvanceRound);
    *advance = (AdvanceRound){.area = page->area,
                              .round = page->ids[0],
                              .actor = page->who.person,
                              .from_no = (int)typed->from_no,
                              .note = typed->note,
                              .rooms = page->app->features,
                              .n_rooms = page->app->n_features};
    return page_write(page, programmes_advance, advance, sizeof(RoundAdvanced), after_advance);
}

Error *submit_waive(Page *page, Snapshot *snapshot, const void *input)
{
    const WaiveInput *typed = input;
    if (!may_waive(page)) {
        return error_make(page->arena, ERROR_FORBIDDEN, "only district and city officers waive");
    }
    WaiveStage *waive = arena_new(page->arena, WaiveStage);
    *waive =
        (WaiveStage){page->area, page->ids[0], page->who.person, (int)typed->stage, typed->reason};
    return page_write_to(page, programmes_waive, waive, 0,
                         page_path(page, "/a/{area}/rounds/{id}/console", waive->round),
                         TEXT_waive_done);
}
