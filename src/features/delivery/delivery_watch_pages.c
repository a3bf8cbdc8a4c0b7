/* delivery_watch_pages.c: forms for delays, other changes and visits, and how they are shown. */
#include "delivery_text.h"
#include "delivery_watch_sql.h"
#include "features/delivery/delivery_act_pages.h"
#include "features/people/people.h"

#define WATCH_SHOWN 30

static const Choice change_kinds[] = {
    {"scope", DELIVERY_CHANGE_SCOPE, TEXT_delivery_change_scope},
    {"price", DELIVERY_CHANGE_PRICE, TEXT_delivery_change_price},
    {"supplier", DELIVERY_CHANGE_SUPPLIER, TEXT_delivery_change_supplier},
};

/* --- shown ---------------------------------------------------------------------------------- */

static Text kind_text(int64_t kind)
{
    for (size_t i = 0; i < countof(change_kinds); i++) {
        if (change_kinds[i].value == kind) {
            return text_of(change_kinds[i].label);
        }
    }
    return t_delivery_change_delay();
}

static Error *fill_changes(Page *page, Snapshot *s, int64_t project, ProjectView *out)
{
    ChangeListRows rows;
    Error *err = sql_change_list(s, page->area, project, WATCH_SHOWN, &rows);
    if (err) {
        return err;
    }
    ChangeLine *lines = arena_array(page->arena, ChangeLine, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const ChangeListRow *row = &rows.rows[i];
        lines[i] = (ChangeLine){.on = row->changed_on,
                                .kind = kind_text(row->kind),
                                .words = row->words,
                                .step = row->step,
                                .old_due = row->old_due_on,
                                .new_due = row->new_due_on};
    }
    out->changes = lines;
    out->n_changes = rows.count;
    return NULL;
}

Error *delivery_fill_watch(Page *page, Snapshot *s, int64_t project, bool is_staff,
                           ProjectView *out)
{
    VisitListRows rows;
    Error *err = fill_changes(page, s, project, out);
    if (!err) {
        err = sql_visit_list(s, page->area, project, WATCH_SHOWN, &rows);
    }
    if (err) {
        return err;
    }
    VisitLine *lines = arena_array(page->arena, VisitLine, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const VisitListRow *row = &rows.rows[i];
        lines[i] = (VisitLine){
            .on = row->visited_on,
            .who = is_staff ? t_delivery_person(row->name, row->what)
                            : t_delivery_person_surname(people_surname(row->name), row->what),
            .words = row->words};
    }
    out->visits = lines;
    out->n_visits = rows.count;
    return NULL;
}

/* --- delay ---------------------------------------------------------------------------------- */

typedef struct DelayInput {
    int64_t version;
    Date due;
    Str reason;
} DelayInput;

static const Field delay_fields[] = {
    DELIVERY_VERSION_FIELD(DelayInput),
    {FIELD_COMMON(DelayInput, due, FIELD_DATE, TEXT_delivery_field_new_due), .is_required = true},
    {FIELD_COMMON(DelayInput, reason, FIELD_LONG_TEXT, TEXT_delivery_field_reason),
     .hint = TEXT_delivery_field_reason_public, .is_required = true, .min = DELIVERY_REASON_MIN,
     .max = DELIVERY_WORDS_MAX},
};

const Form delivery_delay_form = FORM("delivery-delay", delay_fields, DelayInput);

static Error *prepare_delay(Page *page, Snapshot *s, const DeliveryProject *project,
                            DeliveryActView *view)
{
    MilestoneGetRow row;
    Error *err = delivery_milestone(page, s, project, &row);
    if (!err) {
        view->about = t_delivery_delay_about(row.title, row.due_on);
        view->action = delivery_part_url(page, project->proposal, "delay", row.no);
    }
    return err;
}

static const ActPage delay_act = {.form = &delivery_delay_form,
                                  .title = TEXT_delivery_do_delay,
                                  .verb = "delay",
                                  .prepare = prepare_delay};

Error *page_delivery_delay(Page *page, Snapshot *s)
{
    return delivery_act_show(page, s, &delay_act);
}

Error *submit_delivery_delay(Page *page, Snapshot *s, const void *input)
{
    const DelayInput *typed = input;
    DeliveryDelay *delay = arena_new(page->arena, DeliveryDelay);
    *delay = (DeliveryDelay){delivery_act_of(page, typed->version), delivery_no_asked(page),
                             typed->due, typed->reason};
    return page_write(page, delivery_delay, delay, 0, delivery_after);
}

/* --- other changes -------------------------------------------------------------------------- */

typedef struct ChangeInput {
    int64_t version;
    int kind;
    Str reason;
} ChangeInput;

static const Field change_fields[] = {
    DELIVERY_VERSION_FIELD(ChangeInput),
    {FIELD_COMMON(ChangeInput, kind, FIELD_CHOICE, TEXT_delivery_field_change), .is_required = true,
     .choices = change_kinds, .n_choices = countof(change_kinds)},
    {FIELD_COMMON(ChangeInput, reason, FIELD_LONG_TEXT, TEXT_delivery_field_change_words),
     .hint = TEXT_delivery_field_reason_public, .is_required = true, .min = DELIVERY_REASON_MIN,
     .max = DELIVERY_WORDS_MAX},
};

const Form delivery_change_form = FORM("delivery-change", change_fields, ChangeInput);

static const ActPage change_act = {.form = &delivery_change_form,
                                   .title = TEXT_delivery_do_change,
                                   .about = TEXT_delivery_change_about,
                                   .verb = "change"};

Error *page_delivery_change(Page *page, Snapshot *s)
{
    return delivery_act_show(page, s, &change_act);
}

Error *submit_delivery_change(Page *page, Snapshot *s, const void *input)
{
    const ChangeInput *typed = input;
    DeliveryChange *change = arena_new(page->arena, DeliveryChange);
    *change = (DeliveryChange){delivery_act_of(page, typed->version),
                               (DeliveryChangeKind)typed->kind, typed->reason};
    return page_write(page, delivery_change, change, 0, delivery_after);
}

/* --- visits --------------------------------------------------------------------------------- */

typedef struct VisitInput {
    int64_t version;
    Date on;
    Str name;
    Str what;
    Str words;
} VisitInput;

static const Field visit_fields[] = {
    DELIVERY_VERSION_FIELD(VisitInput),
    {FIELD_COMMON(VisitInput, on, FIELD_DATE, TEXT_delivery_field_on), .is_required = true},
    {FIELD_COMMON(VisitInput, name, FIELD_TEXT, TEXT_delivery_field_visitor), .is_required = true,
     .max = DELIVERY_PERSON_MAX},
    {FIELD_COMMON(VisitInput, what, FIELD_TEXT, TEXT_delivery_field_what), .is_required = true,
     .max = DELIVERY_PERSON_MAX},
    {FIELD_COMMON(VisitInput, words, FIELD_LONG_TEXT, TEXT_delivery_field_seen),
     .is_required = true, .min = 2, .max = DELIVERY_WORDS_MAX},
};

const Form delivery_visit_form = FORM("delivery-visit", visit_fields, VisitInput);

static Error *prepare_visit(Page *page, Snapshot *s, const DeliveryProject *project,
                            DeliveryActView *view)
{
    if (delivery_is_fresh(page)) {
        VisitInput input = {.on = instant_date(page->now)};
        delivery_prefill(page, view, &input);
    }
    return NULL;
}

static const ActPage visit_act = {.form = &delivery_visit_form,
                                  .title = TEXT_delivery_do_visit,
                                  .about = TEXT_delivery_visit_about,
                                  .verb = "visit",
                                  .prepare = prepare_visit};

Error *page_delivery_visit(Page *page, Snapshot *s)
{
    return delivery_act_show(page, s, &visit_act);
}

Error *submit_delivery_visit(Page *page, Snapshot *s, const void *input)
{
    const VisitInput *typed = input;
    DeliveryVisit *visit = arena_new(page->arena, DeliveryVisit);
    *visit = (DeliveryVisit){delivery_act_of(page, typed->version), typed->on, typed->name,
                             typed->what, typed->words};
    return page_write(page, delivery_visit, visit, 0, delivery_after);
}
