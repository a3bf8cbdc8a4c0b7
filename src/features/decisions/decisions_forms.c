/* decisions_forms.c: recording, saying what owners must decide, voiding. */
#include "decision_form_html.h"
#include "decision_owners_html.h"
#include "decision_void_html.h"
#include "decisions_text.h"
#include "features/decisions/decisions_pages.h"
#include "features/people/people.h"
#include "platform/html/frame_load.h"

/* --- recording -------------------------------------------------------------------------------- */

typedef struct RecordInput {
    Str body;
    Date held_on;
    Str place;
    Str mandate;
    Str officers;
    Str residents;
    int64_t members;
    int64_t present;
    int64_t yes;
    int64_t no;
    int64_t area_members;
    int64_t area_present;
    int64_t area_yes;
    IdList projects;
    Str words;
    Str kept;
} RecordInput;

#define FIGURE(member, label_key)                                                                  \
    {                                                                                              \
        FIELD_COMMON(RecordInput, member, FIELD_INTEGER, label_key), .is_conditional = true,       \
                                                                     .max = DECISION_FIGURE_MAX    \
    }

static const Field record_fields[] = {
    {FIELD_COMMON(RecordInput, body, FIELD_TEXT, TEXT_decision_body), .is_required = true,
     .min = DECISION_BODY_MIN, .max = DECISION_BODY_MAX},
    {FIELD_COMMON(RecordInput, held_on, FIELD_DATE, TEXT_decision_held_on), .is_required = true},
    {FIELD_COMMON(RecordInput, place, FIELD_TEXT, TEXT_decision_place), .max = DECISION_PLACE_MAX},
    {FIELD_COMMON(RecordInput, mandate, FIELD_LONG_TEXT, TEXT_decision_mandate),
     .is_conditional = true, .max = DECISION_MANDATE_MAX},
    {FIELD_COMMON(RecordInput, officers, FIELD_LONG_TEXT, TEXT_decision_officers),
     .hint = TEXT_decision_officers_hint, .is_conditional = true},
    {FIELD_COMMON(RecordInput, residents, FIELD_LONG_TEXT, TEXT_decision_residents),
     .hint = TEXT_decision_residents_hint, .is_conditional = true},
    FIGURE(members, TEXT_decision_members),
    FIGURE(present, TEXT_decision_present),
    FIGURE(yes, TEXT_decision_yes),
    FIGURE(no, TEXT_decision_no),
    FIGURE(area_members, TEXT_decision_area_members),
    FIGURE(area_present, TEXT_decision_area_present),
    FIGURE(area_yes, TEXT_decision_area_yes),
    {FIELD_COMMON(RecordInput, projects, FIELD_IDS, TEXT_decision_projects),
     .max = DECISION_PROJECTS_MAX},
    {FIELD_COMMON(RecordInput, words, FIELD_LONG_TEXT, TEXT_decision_words),
     .hint = TEXT_decision_words_hint, .is_required = true, .min = DECISION_WORDS_MIN,
     .max = DECISION_WORDS_MAX},
    {FIELD_COMMON(RecordInput, kept, FIELD_TEXT, TEXT_decision_kept),
     .hint = TEXT_decision_kept_hint, .max = DECISION_KEPT_MAX},
};

const Form decision_form = FORM("decision", record_fields, RecordInput);

/* The step that is asked for, as its rule holds today. A step nobody knows is no such page. */
static Error *load_rule(Page *page, Snapshot *s, const DiscussionRule **out)
{
    Error *err = decision_round_rule(s, page->area, page->ids[0], page_query(page, "step"),
                                     instant_date(page->now), out);
    return err && err->code == ERROR_DECISION_NO_RULE
               ? error_make(page->arena, ERROR_NOT_FOUND, "its rule does not hold yet")
               : err;
}

/* What the last one said of its body; who met is the rule's unless it says nothing. */
static Error *prefill(Page *page, Snapshot *s, const DiscussionRule *rule, FormState *form)
{
    DecisionLastOfKindRow last = {0};
    bool found = false;
    Error *err = sql_decision_last_of_kind(s, page->area, (int64_t)rule->kind, &last, &found);
    if (err) {
        return err;
    }
    RecordInput input = {.body = rule->body.len > 0 ? rule->body : last.body,
                         .held_on = instant_date(page->now)};
    if (found) {
        input.place = last.place;
        input.mandate = last.mandate;
    }
    form_prefill(page->arena, form, &input);
    form_empty_zeros(form); /* nobody has counted yet: no 0 to be overlooked */
    return NULL;
}

/* All are ticked to begin with; of owners those that need them. */
static Error *load_open(Page *page, Snapshot *s, const DiscussionRule *rule, DecisionFormView *view)
{
    DecisionOpenProjectsRows rows;
    Error *err = sql_decision_open_projects(s, page->area, page->ids[0], decision_item_step(rule),
                                            DECISION_PROJECTS_MAX, &rows);
    if (err) {
        return err;
    }
    bool was_sent = page->form == view->form;
    DecisionProjectView *projects = arena_array(page->arena, DecisionProjectView, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++) {
        const DecisionOpenProjectsRow *row = &rows.rows[i];
        bool begins_ticked = rule->kind != DISCUSSION_OWNERS || row->need == 1;
        projects[i] = (DecisionProjectView){
            .id = id_text(row->id),
            .link = decision_proposal_url(page, row->id),
            .title = row->title,
            .cost = row->cost_fen,
            .is_ticked = was_sent ? id_list_has(&view->form->chosen, row->id) : begins_ticked};
    }
    view->projects = projects;
    view->n_projects = rows.count;
    const FieldState *state = form_field(view->form, "projects");
    view->projects_problem = state->error ? text_of_error(state->error) : text_of(0);
    return NULL;
}

static void fill_form(const Page *page, const RoundInfo *round, const DiscussionRule *rule,
                      DecisionFormView *view)
{
    view->round_title = round->title;
    view->step = rules_say(page->lang == LANG_EN, rule->name, rule->name_en);
    view->kind = decision_kind_text(rule->kind);
    view->rule = programmes_discussion_text(rule);
    view->from = decision_from_text(rule->holds_from, rule->basis);
    view->asks_mandate = rule->kind == DISCUSSION_COUNCIL || rule->kind == DISCUSSION_ASSEMBLY;
    view->mandate_hint = rule->kind == DISCUSSION_ASSEMBLY ? t_decision_mandate_hint_assembly()
                                                           : t_decision_mandate_hint();
    view->asks_quorum = rule->quorum.denominator > 0;
    view->asks_votes = rule->threshold.denominator > 0;
    view->asks_areas = rule->kind == DISCUSSION_OWNERS;
    view->list = page_path(page, "/a/{area}/rounds/{id}/decisions", round->id);
    view->action = decision_round_url(
        page, round->id, arena_printf(page->arena, "/new?step=%.*s", STR_ARG(rule->code)).data);
}

static Text why_not(const DiscussionRule *rule, const DecisionTime *time,
                    const DecisionFormView *view)
{
    if (!decision_may_be_recorded(rule, time)) {
        return time->decide_is_ahead ? t_decision_not_yet() : t_decision_no_more();
    }
    return view->n_projects == 0 ? t_decision_nothing_open() : text_of(0);
}

static Error *load_form(Page *page, Snapshot *s, DecisionFormView *view)
{
    RoundInfo round;
    DecisionTime time;
    const DiscussionRule *rule = NULL;
    FormState *form = page_form(page, &decision_form);
    Error *err = programmes_round(s, page->area, page->ids[0], &round);
    if (!err) {
        err = load_rule(page, s, &rule);
    }
    if (!err) {
        err = decision_round_time(s, page->area, page->ids[0], &time);
    }
    if (!err && page->form != form) {
        err = prefill(page, s, rule, form);
    }
    view->form = form;
    if (!err) {
        err = load_open(page, s, rule, view);
    }
    if (!err) {
        fill_form(page, &round, rule, view);
        view->why_not = why_not(rule, &time, view);
    }
    return err;
}

Error *page_decision_new(Page *page, Snapshot *s)
{
    DecisionFormView *view = arena_new(page->arena, DecisionFormView);
    Error *err = load_form(page, s, view);
    if (err) {
        return err;
    }
    view->frame = page_frame(page, t_decision_new_title(), FRAME_TAB_NONE);
    Out out = page_out(page);
    decision_form_page(&out, view);
    return NULL;
}

/* Somebody whose name only one person on the roll has is that person. */
static Error *read_people(Page *page, Snapshot *s, const RecordInput *typed, DecisionRecord *record)
{
    DecisionPeople people = {0};
    RollPerson *roll = NULL;
    size_t n_roll = 0;
    Error *err = decision_officers_read(page->arena, typed->officers, &people);
    if (!err) {
        err = decision_residents_read(page->arena, typed->residents, &people);
    }
    if (!err && people.count > 0) {
        err = people_roll_read(s, page->area, &roll, &n_roll);
    }
    if (err) {
        return err;
    }
    DecisionPresent *present = arena_array(page->arena, DecisionPresent, people.count + 1);
    for (size_t i = 0; i < people.count; i++) {
        present[i] =
            (DecisionPresent){people.items[i], people_named(roll, n_roll, people.items[i].name)};
    }
    record->people = present;
    record->n_people = people.count;
    return NULL;
}

static Error *after_decision(Page *page, const void *input, const void *output)
{
    const DecisionDone *done = output;
    return page_redirect_notice(page, page_path(page, "/a/{area}/decisions/{id}", done->id),
                                TEXT_decision_saved);
}

Error *submit_decision(Page *page, Snapshot *s, const void *input)
{
    const RecordInput *typed = input;
    DecisionRecord *record = arena_new(page->arena, DecisionRecord);
    *record =
        (DecisionRecord){.area = page->area,
                         .round = page->ids[0],
                         .actor = page->who.person,
                         .step = page_query(page, "step"),
                         .held_on = typed->held_on,
                         .body = typed->body,
                         .mandate = typed->mandate,
                         .place = typed->place,
                         .figures = {typed->members, typed->present, typed->yes, typed->no,
                                     typed->area_members, typed->area_present, typed->area_yes},
                         .words = typed->words,
                         .kept = typed->kept,
                         .projects = typed->projects.ids,
                         .n_projects = typed->projects.count};
    Error *err = read_people(page, s, typed, record);
    return err ? err
               : page_write(page, decisions_record, record, sizeof(DecisionDone), after_decision);
}

/* --- what owners must decide --------------------------------------------------------------------
 */

typedef struct OwnersInput {
    int64_t shown;
    IdList needed;
} OwnersInput;

static const Field owners_fields[] = {
    {FIELD_COMMON(OwnersInput, shown, FIELD_INTEGER, TEXT_decision_owners_title),
     .is_required = true},
    {FIELD_COMMON(OwnersInput, needed, FIELD_IDS, TEXT_decision_owners_title),
     .max = DECISION_PROJECTS_MAX},
};

const Form decision_owners_form = FORM("decision-owners", owners_fields, OwnersInput);

Error *page_decision_owners(Page *page, Snapshot *s)
{
    RoundInfo round;
    DecisionOwnersView *view = arena_new(page->arena, DecisionOwnersView);
    Error *err = programmes_round(s, page->area, page->ids[0], &round);
    if (!err) {
        err = decision_load_chosen(page, s, round.id, &view->chosen, &view->n_chosen);
    }
    if (!err) {
        err = decisions_owner_counts(s, page->area, round.id, &view->counts);
    }
    if (err) {
        return err;
    }
    view->frame = page_frame(page, t_decision_owners_title(), FRAME_TAB_NONE);
    view->form = page_form(page, &decision_owners_form);
    view->action = page_path(page, "/a/{area}/rounds/{id}/decisions/owners", round.id);
    view->list = page_path(page, "/a/{area}/rounds/{id}/decisions", round.id);
    view->round_title = round.title;
    Out out = page_out(page);
    decision_owners_page(&out, view);
    return NULL;
}

Error *submit_decision_owners(Page *page, Snapshot *s, const void *input)
{
    const OwnersInput *typed = input;
    DecisionOwnerNeeds *said = arena_new(page->arena, DecisionOwnerNeeds);
    *said = (DecisionOwnerNeeds){.area = page->area,
                                 .round = page->ids[0],
                                 .actor = page->who.person,
                                 .n_shown = typed->shown,
                                 .needed = typed->needed.ids,
                                 .n_needed = typed->needed.count};
    return page_write_to(page, decisions_say_owners, said, 0,
                         page_path(page, "/a/{area}/rounds/{id}/decisions", said->round),
                         TEXT_decision_owners_saved);
}

/* --- voiding ------------------------------------------------------------------------------------
 */

typedef struct VoidInput {
    int64_t version;
    Str reason;
} VoidInput;

static const Field void_fields[] = {
    {FIELD_COMMON(VoidInput, version, FIELD_INTEGER, TEXT_decision_void_title),
     .is_required = true},
    {FIELD_COMMON(VoidInput, reason, FIELD_LONG_TEXT, TEXT_decision_void_reason),
     .hint = TEXT_decision_void_hint, .is_required = true, .min = DECISION_REASON_MIN,
     .max = DECISION_REASON_MAX},
};

const Form decision_void_form = FORM("decision-void", void_fields, VoidInput);

Error *page_decision_void(Page *page, Snapshot *s)
{
    DecisionGetRow row;
    DecisionVoidView view = {.frame = page_frame(page, t_decision_void_title(), FRAME_TAB_NONE),
                             .form = page_form(page, &decision_void_form)};
    Error *err = sql_decision_get(s, page->area, page->ids[0], &row);
    if (err) {
        return err;
    }
    view.action = page_path(page, "/a/{area}/decisions/{id}/void", row.id);
    view.decision = page_path(page, "/a/{area}/decisions/{id}", row.id);
    view.title = row.body;
    view.held_on = row.held_on;
    view.version = row.version;
    Out out = page_out(page);
    decision_void_page(&out, &view);
    return NULL;
}

Error *submit_decision_void(Page *page, Snapshot *s, const void *input)
{
    const VoidInput *typed = input;
    DecisionVoid *given = arena_new(page->arena, DecisionVoid);
    *given = (DecisionVoid){.area = page->area,
                            .id = page->ids[0],
                            .actor = page->who.person,
                            .version = typed->version,
                            .reason = typed->reason};
    return page_write_to(page, decisions_void, given, 0,
                         page_path(page, "/a/{area}/decisions/{id}", given->id),
                         TEXT_decision_voided);
}
