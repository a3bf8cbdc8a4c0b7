/* delivery_work_pages.c: forms for milestones, acceptance and stop. */
#include "delivery_sql.h"
#include "delivery_text.h"
#include "features/delivery/delivery_act_pages.h"

/* --- milestones ----------------------------------------------------------------------------- */

typedef struct PlanInput {
    int64_t version;
    Str title;
    Date due;
} PlanInput;

static const Field plan_fields[] = {
    DELIVERY_VERSION_FIELD(PlanInput),
    {FIELD_COMMON(PlanInput, title, FIELD_TEXT, TEXT_delivery_field_step), .is_required = true,
     .min = 2, .max = DELIVERY_TITLE_MAX},
    {FIELD_COMMON(PlanInput, due, FIELD_DATE, TEXT_delivery_field_step_due), .is_required = true},
};

const Form delivery_plan_form = FORM("delivery-plan", plan_fields, PlanInput);

static const ActPage plan_act = {.form = &delivery_plan_form,
                                 .title = TEXT_delivery_do_plan,
                                 .about = TEXT_delivery_plan_about,
                                 .verb = "plan"};

Error *page_delivery_plan(Page *page, Snapshot *s)
{
    return delivery_act_show(page, s, &plan_act);
}

Error *submit_delivery_plan(Page *page, Snapshot *s, const void *input)
{
    const PlanInput *typed = input;
    DeliveryPlan *plan = arena_new(page->arena, DeliveryPlan);
    *plan = (DeliveryPlan){delivery_act_of(page, typed->version), typed->title, typed->due};
    return page_write(page, delivery_plan, plan, 0, delivery_after);
}

typedef struct DoneInput {
    int64_t version;
    Date on;
    Str words;
} DoneInput;

static const Field done_fields[] = {
    DELIVERY_VERSION_FIELD(DoneInput),
    {FIELD_COMMON(DoneInput, on, FIELD_DATE, TEXT_delivery_field_on), .is_required = true},
    {FIELD_COMMON(DoneInput, words, FIELD_LONG_TEXT, TEXT_delivery_field_done_words),
     .max = DELIVERY_WORDS_MAX},
};

const Form delivery_done_form = FORM("delivery-done", done_fields, DoneInput);

Error *delivery_milestone(Page *page, Snapshot *s, const DeliveryProject *project,
                          MilestoneGetRow *out)
{
    MilestoneListRows rows;
    const MilestoneListRow *row = NULL;
    int64_t asked = delivery_no_asked(page);
    Error *err = sql_milestone_list(s, page->area, project->proposal, &rows);
    for (size_t i = 0; !err && i < rows.count; i++) {
        bool is_next = asked == 0 && row == NULL && rows.rows[i].done_on.days == 0;
        row = rows.rows[i].no == asked || is_next ? &rows.rows[i] : row;
    }
    if (!err && !row && asked == 0 && rows.count > 0) {
        row = &rows.rows[rows.count - 1];
    }
    if (err || !row) {
        return err ? err : error_make(page->arena, ERROR_NOT_FOUND, "no such milestone");
    }
    *out = (MilestoneGetRow){row->no, row->title, row->due_on, row->done_on};
    return NULL;
}

static Error *prepare_done(Page *page, Snapshot *s, const DeliveryProject *project,
                           DeliveryActView *view)
{
    MilestoneGetRow row = {0};
    Error *err = delivery_milestone(page, s, project, &row);
    if (err) {
        return err;
    }
    view->about = t_delivery_done_about(row.title);
    view->action = delivery_part_url(page, project->proposal, "done", row.no);
    if (delivery_is_fresh(page)) {
        DoneInput input = {.on = instant_date(page->now)};
        delivery_prefill(page, view, &input);
    }
    return NULL;
}

static const ActPage done_act = {.form = &delivery_done_form,
                                 .title = TEXT_delivery_do_done,
                                 .verb = "done",
                                 .prepare = prepare_done};

Error *page_delivery_done(Page *page, Snapshot *s)
{
    return delivery_act_show(page, s, &done_act);
}

Error *submit_delivery_done(Page *page, Snapshot *s, const void *input)
{
    const DoneInput *typed = input;
    DeliveryDone *done = arena_new(page->arena, DeliveryDone);
    *done = (DeliveryDone){delivery_act_of(page, typed->version), delivery_no_asked(page),
                           typed->on, typed->words};
    return page_write(page, delivery_done, done, 0, delivery_after);
}

/* --- acceptance ----------------------------------------------------------------------------- */

typedef enum PassedChoice { PASSED_YES = 1, PASSED_NO = 2 } PassedChoice;

typedef struct AcceptInput {
    int64_t version;
    Date on;
    int passed;
    Str people;
    Str words;
} AcceptInput;

static const Choice passed_choices[] = {
    {"yes", PASSED_YES, TEXT_delivery_passed_yes},
    {"no", PASSED_NO, TEXT_delivery_passed_no},
};

static const Field accept_fields[] = {
    DELIVERY_VERSION_FIELD(AcceptInput),
    {FIELD_COMMON(AcceptInput, on, FIELD_DATE, TEXT_delivery_field_on), .is_required = true},
    {FIELD_COMMON(AcceptInput, passed, FIELD_CHOICE, TEXT_delivery_field_passed),
     .is_required = true, .choices = passed_choices, .n_choices = countof(passed_choices)},
    {FIELD_COMMON(AcceptInput, people, FIELD_LONG_TEXT, TEXT_delivery_field_people),
     .hint = TEXT_delivery_field_people_hint, .is_required = true, .max = DELIVERY_PEOPLE_TEXT},
    {FIELD_COMMON(AcceptInput, words, FIELD_LONG_TEXT, TEXT_delivery_field_accept_words),
     .is_required = true, .min = 2, .max = DELIVERY_WORDS_MAX},
};

const Form delivery_accept_form = FORM("delivery-accept", accept_fields, AcceptInput);

static Error *prepare_accept(Page *page, Snapshot *s, const DeliveryProject *project,
                             DeliveryActView *view)
{
    if (delivery_is_fresh(page)) {
        AcceptInput input = {.on = instant_date(page->now)};
        delivery_prefill(page, view, &input);
    }
    return NULL;
}

static const ActPage accept_act = {.form = &delivery_accept_form,
                                   .title = TEXT_delivery_do_accept,
                                   .about = TEXT_delivery_accept_about,
                                   .verb = "accept",
                                   .prepare = prepare_accept};

Error *page_delivery_accept(Page *page, Snapshot *s)
{
    return delivery_act_show(page, s, &accept_act);
}

Error *submit_delivery_accept(Page *page, Snapshot *s, const void *input)
{
    const AcceptInput *typed = input;
    DeliveryAccept *accept = arena_new(page->arena, DeliveryAccept);
    *accept = (DeliveryAccept){.act = delivery_act_of(page, typed->version),
                               .on = typed->on,
                               .is_passed = typed->passed == PASSED_YES,
                               .people = typed->people,
                               .words = typed->words};
    return page_write(page, delivery_accept, accept, 0, delivery_after);
}

/* --- stop ----------------------------------------------------------------------------------- */

typedef struct StopInput {
    int64_t version;
    Str reason;
} StopInput;

static const Field stop_fields[] = {
    DELIVERY_VERSION_FIELD(StopInput),
    {FIELD_COMMON(StopInput, reason, FIELD_LONG_TEXT, TEXT_delivery_field_reason),
     .hint = TEXT_delivery_field_reason_public, .is_required = true, .min = DELIVERY_REASON_MIN,
     .max = DELIVERY_WORDS_MAX},
};

const Form delivery_stop_form = FORM("delivery-stop", stop_fields, StopInput);

static const ActPage stop_act = {.form = &delivery_stop_form,
                                 .title = TEXT_delivery_do_stop,
                                 .about = TEXT_delivery_stop_about,
                                 .verb = "stop"};

Error *page_delivery_stop(Page *page, Snapshot *s)
{
    return delivery_act_show(page, s, &stop_act);
}

Error *submit_delivery_stop(Page *page, Snapshot *s, const void *input)
{
    const StopInput *typed = input;
    DeliveryStop *stop = arena_new(page->arena, DeliveryStop);
    *stop = (DeliveryStop){delivery_act_of(page, typed->version), typed->reason};
    return page_write(page, delivery_stop, stop, 0, delivery_after);
}
