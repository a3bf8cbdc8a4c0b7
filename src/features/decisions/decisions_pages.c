/* decisions_pages.c: the pages everybody reads, and the room's row. */
#include "features/decisions/decisions_pages.h"

#include "decision_list_html.h"
#include "decision_page_html.h"
#include "decisions_text.h"
#include "features/decisions/decisions_gates.h"
#include "features/people/people.h"
#include "platform/html/frame_load.h"

#define LIST_ROWS 200

/* --- words and addresses shared by the pages -------------------------------------------------- */

SafeUrl decision_round_url(const Page *page, int64_t round, const char *rest)
{
    return url_path(page->arena, "/a/%s/rounds/%s/decisions%s", id_text(page->area).text,
                    id_text(round).text, rest);
}

SafeUrl decision_proposal_url(const Page *page, int64_t proposal)
{
    return page_path(page, "/a/{area}/proposals/{id}", proposal);
}

Text decision_kind_text(DiscussionKind kind)
{
    switch (kind) {
    case DISCUSSION_COUNCIL:
        return t_decision_kind_council();
    case DISCUSSION_ASSEMBLY:
        return t_decision_kind_assembly();
    case DISCUSSION_OWNERS:
        return t_decision_kind_owners();
    default:
        return t_decision_kind_meeting();
    }
}

Text decision_outcome_text(DecisionOutcome outcome)
{
    switch (outcome) {
    case DECISION_CARRIED:
        return t_decision_carried();
    case DECISION_NOT_CARRIED:
        return t_decision_not_carried();
    case DECISION_NO_QUORUM:
        return t_decision_no_quorum();
    default:
        return t_decision_recorded();
    }
}

ChipKind decision_outcome_chip(DecisionOutcome outcome)
{
    switch (outcome) {
    case DECISION_CARRIED:
        return CHIP_GO;
    case DECISION_NOT_CARRIED:
        return CHIP_NOT;
    case DECISION_NO_QUORUM:
        return CHIP_DUE;
    default:
        return CHIP_INFO;
    }
}

Text decision_from_text(Date from, Str basis)
{
    if (from.days == 0) {
        return basis.len > 0 ? t_decision_basis(basis) : text_of(0);
    }
    CivilDate day = date_civil(from);
    return basis.len > 0 ? t_decision_from_basis(day.year, day.month, day.day, basis)
                         : t_decision_from(day.year, day.month, day.day);
}

static bool is_staff(const Page *page)
{
    return policy_check(POLICY_MANAGE, &page->who) == VERDICT_ALLOW;
}

/* --- the decisions of a round ----------------------------------------------------------------- */

typedef struct RoundDecisions {
    RoundInfo round;
    RoundRules *rules;
    DecisionTime time;
    DecisionListRows rows;
} RoundDecisions;

static Error *load_round(Page *page, Snapshot *s, RoundDecisions *out)
{
    out->rules = arena_new(page->arena, RoundRules);
    Error *err = programmes_round(s, page->area, page->ids[0], &out->round);
    if (!err) {
        err = programmes_round_rules(s, page->area, page->ids[0], out->rules);
    }
    if (!err) {
        err = decision_round_time(s, page->area, page->ids[0], &out->time);
    }
    return err ? err : sql_decision_list(s, page->area, page->ids[0], LIST_ROWS, &out->rows);
}

static DecisionLine line_of(const Page *page, const DecisionListRow *row)
{
    bool is_void = row->voided_at.ms > 0;
    DecisionOutcome outcome = (DecisionOutcome)row->outcome;
    return (DecisionLine){.link = page_path(page, "/a/{area}/decisions/{id}", row->id),
                          .body = row->body,
                          .held_on = row->held_on,
                          .chip = is_void ? CHIP_NOT : decision_outcome_chip(outcome),
                          .outcome =
                              is_void ? t_decision_is_void() : decision_outcome_text(outcome),
                          .n_items = row->n_items,
                          .is_void = is_void};
}

static DecisionStepView step_of(const Page *page, const RoundDecisions *all,
                                const DiscussionRule *rule)
{
    DecisionLine *lines = arena_array(page->arena, DecisionLine, all->rows.count + 1);
    DecisionStepView view = {
        .name = rules_say(page->lang == LANG_EN, rule->name, rule->name_en),
        .rule = programmes_discussion_text(rule),
        .from = decision_from_text(rule->holds_from, rule->basis),
        .kind = rule->kind == DISCUSSION_OWNERS ? text_of(0) : decision_kind_text(rule->kind),
        .lines = lines};
    for (size_t i = 0; i < all->rows.count; i++) {
        if (str_eq(all->rows.rows[i].step, rule->code)) {
            lines[view.n_lines++] = line_of(page, &all->rows.rows[i]);
        }
    }
    if (is_staff(page) && decision_may_be_recorded(rule, &all->time)) {
        view.record = decision_round_url(
            page, all->round.id,
            arena_printf(page->arena, "/new?step=%.*s", STR_ARG(rule->code)).data);
    }
    return view;
}

/* Each code once, by the rule that holds today. */
static size_t steps_of(const Page *page, const RoundDecisions *all, bool of_owners,
                       DecisionStepView *out)
{
    size_t count = 0;
    Date today = instant_date(page->now);
    for (size_t i = 0; i < all->rules->n_discussions; i++) {
        const DiscussionRule *rule = &all->rules->discussions[i];
        bool is_wanted = (rule->kind == DISCUSSION_OWNERS) == of_owners;
        if (is_wanted && rules_discussion(all->rules, rule->code, today) == rule) {
            out[count++] = step_of(page, all, rule);
        }
    }
    return count;
}

static DecisionChosenView chosen_of(const Page *page, const DecisionChosenRow *row)
{
    DecisionChosenView view = {.id = id_text(row->proposal_id),
                               .link = decision_proposal_url(page, row->proposal_id),
                               .title = row->title,
                               .place = row->place,
                               .cost = row->cost_fen,
                               .is_ticked = row->need == 1,
                               .chip = CHIP_OPEN,
                               .state = t_decision_owners_unsaid()};
    if (row->is_said && row->need == 0) {
        view.chip = CHIP_NOT;
        view.state = t_decision_owners_none();
    } else if (row->is_said && row->owners_decision == 0) {
        view.chip = CHIP_DUE;
        view.state = t_decision_owners_missing();
    } else if (row->is_said) {
        view.chip = CHIP_GO;
        view.state = t_decision_owners_agreed();
        view.decision = page_path(page, "/a/{area}/decisions/{id}", row->owners_decision);
    }
    return view;
}

Error *decision_load_chosen(Page *page, Snapshot *s, int64_t round, const DecisionChosenView **out,
                            size_t *out_count)
{
    DecisionChosenRows rows;
    Error *err = sql_decision_chosen(s, page->area, round, DECISION_PROJECTS_MAX, &rows);
    if (err) {
        return err;
    }
    DecisionChosenView *views = arena_array(page->arena, DecisionChosenView, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++) {
        views[i] = chosen_of(page, &rows.rows[i]);
    }
    *out = views;
    *out_count = rows.count;
    return NULL;
}

static void fill_list(const Page *page, const RoundDecisions *all, DecisionListView *view)
{
    DecisionStepView *steps = arena_array(page->arena, DecisionStepView, RULES_MAX_DISCUSSIONS);
    DecisionStepView *owners = arena_array(page->arena, DecisionStepView, RULES_MAX_DISCUSSIONS);
    view->round_title = all->round.title;
    view->n_steps = steps_of(page, all, false, steps);
    view->n_owners = steps_of(page, all, true, owners);
    view->steps = steps;
    view->owners = owners;
    if (is_staff(page) && !all->round.is_finished && view->n_chosen > 0) {
        view->say_owners = page_path(page, "/a/{area}/rounds/{id}/decisions/owners", all->round.id);
    }
}

Error *page_decision_list(Page *page, Snapshot *s)
{
    RoundDecisions *all = arena_new(page->arena, RoundDecisions);
    Frame *frame = page_frame(page, t_decision_list_title(), FRAME_TAB_HOME);
    DecisionListView view = {.frame = frame};
    Error *err = load_round(page, s, all);
    if (!err) {
        err = decision_load_chosen(page, s, page->ids[0], &view.chosen, &view.n_chosen);
    }
    if (err) {
        return err;
    }
    frame->back = page_path(page, "/a/{area}/rounds/{id}", page->ids[0]);
    fill_list(page, all, &view);
    Out out = page_out(page);
    decision_list_page(&out, &view);
    return NULL;
}

/* --- one record ------------------------------------------------------------------------------- */

static Text why_text(const DecisionGetRow *row)
{
    switch ((DecisionOutcome)row->outcome) {
    case DECISION_RECORDED:
        return t_decision_why_recorded(row->present);
    case DECISION_NO_QUORUM:
        return t_decision_why_no_quorum(row->members, row->present, row->quorum_numerator,
                                        row->quorum_denominator);
    default:
        return t_decision_why_votes(row->present, row->yes, row->no,
                                    row->present - row->yes - row->no);
    }
}

static void fill_facts(const DecisionGetRow *row, DecisionView *view)
{
    DiscussionRule rule = {
        .kind = (DiscussionKind)row->kind,
        .body = row->body,
        .quorum = {(int)row->quorum_numerator, (int)row->quorum_denominator},
        .threshold = {(int)row->threshold_numerator, (int)row->threshold_denominator}};
    bool of_owners = rule.kind == DISCUSSION_OWNERS;
    view->title = row->body;
    view->kind = of_owners ? text_of(0) : decision_kind_text(rule.kind);
    view->members_label = of_owners ? t_decision_owners_all() : t_decision_members_short();
    view->present_label = of_owners ? t_decision_owners_part() : t_decision_present_short();
    view->held_on = row->held_on;
    view->place = row->place;
    view->mandate = row->mandate;
    view->figures = (DecisionFigures){row->members,      row->present,      row->yes,     row->no,
                                      row->area_members, row->area_present, row->area_yes};
    view->has_quorum = rule.quorum.denominator > 0;
    view->has_votes = rule.threshold.denominator > 0;
    view->has_areas = of_owners;
    view->rule = programmes_discussion_text(&rule);
    view->from = decision_from_text(row->rule_from_on, row->basis);
    view->words = row->words;
    view->kept = row->kept_in;
    view->recorder = row->recorder;
    view->recorded_at = row->recorded_at;
}

static void fill_outcome(const DecisionGetRow *row, DecisionView *view)
{
    view->is_void = row->voided_at.ms > 0;
    view->chip = view->is_void ? CHIP_NOT : decision_outcome_chip((DecisionOutcome)row->outcome);
    view->outcome =
        view->is_void ? t_decision_is_void() : decision_outcome_text((DecisionOutcome)row->outcome);
    view->why = why_text(row);
    view->voided_at = row->voided_at;
    view->void_reason = row->void_reason;
}

static Error *load_projects(Page *page, Snapshot *s, int64_t id, DecisionView *view)
{
    DecisionItemsRows rows;
    Error *err = sql_decision_items(s, page->area, id, DECISION_PROJECTS_MAX, &rows);
    if (err) {
        return err;
    }
    DecisionProjectView *projects = arena_array(page->arena, DecisionProjectView, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++) {
        projects[i] =
            (DecisionProjectView){.id = id_text(rows.rows[i].proposal_id),
                                  .link = decision_proposal_url(page, rows.rows[i].proposal_id),
                                  .title = rows.rows[i].title,
                                  .cost = rows.rows[i].cost_fen};
    }
    view->projects = projects;
    view->n_projects = rows.count;
    return NULL;
}

static Text name_text(Page *page, const DecisionPeopleRow *row, bool with_names)
{
    if (row->name.len == 0) {
        return t_decision_erased();
    }
    bool is_whole = with_names || row->office.len > 0;
    return t_decision_name(is_whole ? row->name : people_masked_name(page->arena, row->name));
}

static Error *load_people(Page *page, Snapshot *s, int64_t id, bool with_names, DecisionView *view)
{
    DecisionPeopleRows rows;
    Error *err = sql_decision_people(s, page->area, id, DECISION_PEOPLE_MAX, &rows);
    if (err) {
        return err;
    }
    DecisionPersonView *people = arena_array(page->arena, DecisionPersonView, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++) {
        const DecisionPeopleRow *row = &rows.rows[i];
        people[i] = (DecisionPersonView){name_text(page, row, with_names), row->office};
        view->n_residents += row->office.len == 0;
    }
    view->people = people;
    view->n_people = rows.count;
    return NULL;
}

static Error *load_step(Page *page, Snapshot *s, const DecisionGetRow *row, DecisionView *view)
{
    const DiscussionRule *rule = NULL;
    DecisionTime time;
    Error *err = decision_round_rule(s, page->area, row->round_id, row->step, row->held_on, &rule);
    if (!err) {
        err = decision_round_time(s, page->area, row->round_id, &time);
    }
    if (err) {
        return err;
    }
    view->step = rules_say(page->lang == LANG_EN, rule->name, rule->name_en);
    view->round = page_path(page, "/a/{area}/rounds/{id}/decisions", row->round_id);
    if (is_staff(page)) {
        view->sheet = page_path(page, "/a/{area}/decisions/{id}/sheet", row->id);
    }
    if (is_staff(page) && !view->is_void && decision_may_be_recorded(rule, &time)) {
        view->void_link = page_path(page, "/a/{area}/decisions/{id}/void", row->id);
    }
    return NULL;
}

Error *decision_load(Page *page, Snapshot *s, bool with_names, DecisionView *out)
{
    DecisionGetRow row;
    Error *err = sql_decision_get(s, page->area, page->ids[0], &row);
    if (err) {
        return err;
    }
    fill_facts(&row, out);
    fill_outcome(&row, out);
    err = load_projects(page, s, row.id, out);
    if (!err) {
        err = load_people(page, s, row.id, with_names, out);
    }
    return err ? err : load_step(page, s, &row, out);
}

Error *page_decision(Page *page, Snapshot *s)
{
    Frame *frame = page_frame(page, t_decision_title(), FRAME_TAB_HOME);
    DecisionView view = {.frame = frame};
    Error *err = decision_load(page, s, is_staff(page), &view);
    if (err) {
        return err;
    }
    frame->back = view.round;
    Out out = page_out(page);
    decision_public_page(&out, &view);
    return NULL;
}

/* --- the room --------------------------------------------------------------------------------- */

static const Route routes[] = {
    ROUTE_GET("/a/{area}/rounds/{id}/decisions", POLICY_PUBLIC, page_decision_list),
    ROUTE_GET("/a/{area}/rounds/{id}/decisions/new", POLICY_MANAGE, page_decision_new),
    ROUTE_POST("/a/{area}/rounds/{id}/decisions/new", POLICY_MANAGE, &decision_form,
               submit_decision, page_decision_new),
    ROUTE_GET("/a/{area}/rounds/{id}/decisions/owners", POLICY_MANAGE, page_decision_owners),
    ROUTE_POST("/a/{area}/rounds/{id}/decisions/owners", POLICY_MANAGE, &decision_owners_form,
               submit_decision_owners, page_decision_owners),
    ROUTE_GET("/a/{area}/decisions/{id}", POLICY_PUBLIC, page_decision),
    ROUTE_GET("/a/{area}/decisions/{id}/sheet", POLICY_MANAGE, page_decision_sheet),
    ROUTE_GET("/a/{area}/decisions/{id}/void", POLICY_MANAGE, page_decision_void),
    ROUTE_POST("/a/{area}/decisions/{id}/void", POLICY_MANAGE, &decision_void_form,
               submit_decision_void, page_decision_void),
};

static const Gate gates[] = {
    {"discussed", decisions_gate_discussed},
    {"resolved", decisions_gate_resolved},
    {"owners_agreed", decisions_gate_owners},
};

const Feature decisions_feature = {
    .name = "decisions",
    .routes = routes,
    .n_routes = countof(routes),
    .gates = gates,
    .n_gates = countof(gates),
    .due = decisions_due,
    .export_person = decisions_export_person,
    .erase_person = decisions_erase_person,
};
