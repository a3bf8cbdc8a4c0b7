/* launch_trainings_forms.c: planning, correcting, holding and taking back a training. */
#include "base/limits.h"
#include "documents_text.h"
#include "features/launch/launch_trainings_pages.h"
#include "launch_text.h"
#include "launch_trainings_text.h"
#include "platform/form/form_page.h"

#define DOCUMENTS_MOST 60

/* --- what both forms ask ---------------------------------------------------------------------- */

typedef struct PlannedInput {
    Str subject;
    Date held_on;
    Str hours;
    Str place;
    int audience;
    Str trainer;
    Str document; /* the id of one the round goes by */
    FileInput file;
} PlannedInput;

#define PLANNED_FIELDS(Input)                                                                      \
    {FIELD_INSIDE(Input, planned, subject, FIELD_TEXT, TEXT_training_subject),                     \
     .hint = TEXT_training_subject_hint,                                                           \
     .is_required = true,                                                                          \
     .min = TRAINING_SUBJECT_MIN,                                                                  \
     .max = TRAINING_SUBJECT_MAX,                                                                  \
     .autocomplete = "off"},                                                                       \
        {FIELD_INSIDE(Input, planned, held_on, FIELD_DATE, TEXT_training_held_on),                 \
         .is_required = true},                                                                     \
        {FIELD_INSIDE(Input, planned, hours, FIELD_TEXT, TEXT_training_hours),                     \
         .hint = TEXT_training_hours_hint, .max = TRAINING_HOURS_MAX, .autocomplete = "off"},      \
        {FIELD_INSIDE(Input, planned, place, FIELD_TEXT, TEXT_training_place),                     \
         .is_required = true, .min = LAUNCH_PLACE_MIN, .max = LAUNCH_PLACE_MAX,                    \
         .autocomplete = "off"},                                                                   \
        {FIELD_INSIDE(Input, planned, audience, FIELD_CHOICE, TEXT_training_audience),             \
         .is_required = true, .choices = training_audiences, .n_choices = TRAINING_AUDIENCES},     \
        {FIELD_INSIDE(Input, planned, trainer, FIELD_TEXT, TEXT_training_trainer),                 \
         .hint = TEXT_training_trainer_hint, .max = LAUNCH_WHO_MAX, .autocomplete = "off"},        \
        {FIELD_INSIDE(Input, planned, document, FIELD_TEXT, TEXT_training_document),               \
         .hint = TEXT_training_document_hint, .max = 13},                                          \
    {                                                                                              \
        FIELD_INSIDE(Input, planned, file, FIELD_FILE, TEXT_training_file),                        \
            .hint = TEXT_document_file_hint, .max = LIMIT_UPLOAD_BYTES                             \
    }

static TrainingFact fact_of(const PlannedInput *typed)
{
    return (TrainingFact){.held_on = typed->held_on,
                          .hours = typed->hours,
                          .subject = typed->subject,
                          .audience = typed->audience,
                          .place = typed->place,
                          .trainer = typed->trainer};
}

static Error *take_material(Page *page, const PlannedInput *typed, TrainingMaterial *out)
{
    *out = (TrainingMaterial){0};
    if (typed->document.len > 0 && !id_parse(typed->document, &out->document)) {
        return error_at(page->arena, ERROR_DOCUMENT_NOT_HERE, "document", 0);
    }
    return file_take(page->arena, typed->file.name, typed->file.bytes, "file", &out->file);
}

/* With the documents the round goes by to choose from. */
static Error *show_training_form(Page *page, Snapshot *s, int64_t round, FormPage *view)
{
    LaunchDocumentsRows rows;
    Error *err = sql_launch_documents(s, page->area, round, DOCUMENTS_MOST, &rows);
    if (err) {
        return err;
    }
    DataChoice *documents = arena_array(page->arena, DataChoice, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        documents[i] = (DataChoice){
            .word = arena_printf(page->arena, "%s", id_text(rows.rows[i].document_id).text),
            .label = rows.rows[i].title};
    }
    view->data_field = "document";
    view->choices = documents;
    view->n_choices = rows.count;
    return form_page(page, view);
}

/* --- planning --------------------------------------------------------------------------------- */

typedef struct PlanInput {
    PlannedInput planned;
} PlanInput;

static const Field plan_fields[] = {PLANNED_FIELDS(PlanInput)};

const Form training_form = FORM("training", plan_fields, PlanInput, .has_file = true);

Error *page_training_new(Page *page, Snapshot *s)
{
    RoundInfo round;
    Error *err = programmes_round(s, page->area, page->ids[0], &round);
    if (err) {
        return err;
    }
    PlanInput usual = {.planned = {.held_on = instant_date(page->now)}};
    FormPage view = {.back = page_path(page, "/a/{area}/rounds/{id}/trainings", round.id),
                     .back_title = t_training_list_title(),
                     .title = t_training_plan(),
                     .about = t_training_plan_about(),
                     .submit = t_training_plan_submit(),
                     .form = page_form_of(page, &training_form, &usual),
                     .action = page_path(page, "/a/{area}/rounds/{id}/trainings/new", round.id)};
    return show_training_form(page, s, round.id, &view);
}

static Error *after_training(Page *page, const void *input, const void *output)
{
    (void)input;
    return page_redirect_notice(
        page, page_path(page, "/a/{area}/trainings/{id}", *(const int64_t *)output),
        TEXT_training_planned);
}

Error *submit_training(Page *page, Snapshot *s, const void *input)
{
    (void)s;
    const PlanInput *typed = input;
    NewTraining *new = arena_new(page->arena, NewTraining);
    *new = (NewTraining){.area = page->area,
                         .round = page->ids[0],
                         .actor = page->who.person,
                         .fact = fact_of(&typed->planned)};
    Error *err = take_material(page, &typed->planned, &new->material);
    return err ? err : page_write(page, launch_plan_training, new, sizeof(int64_t), after_training);
}

/* --- correcting ------------------------------------------------------------------------------- */

typedef struct CorrectInput {
    int64_t version;
    PlannedInput planned;
    Str reason;
} CorrectInput;

static const Field correct_fields[] = {
    CHANGE_VERSION_FIELD(CorrectInput),
    PLANNED_FIELDS(CorrectInput),
    CHANGE_REASON_FIELD(CorrectInput, TEXT_change_correct_hint),
};

const Form training_correct_form =
    FORM("training-correct", correct_fields, CorrectInput, .has_file = true);

static CorrectInput input_of(const Page *page, const TrainingGetRow *row)
{
    CorrectInput input = {.version = row->version,
                          .planned = {.subject = row->subject,
                                      .held_on = row->held_on,
                                      .hours = row->hours,
                                      .place = row->place,
                                      .audience = (int)row->audience,
                                      .trainer = row->trainer}};
    if (row->document_id != 0) {
        input.planned.document = arena_printf(page->arena, "%s", id_text(row->document_id).text);
    }
    return input;
}

Error *page_training_correct(Page *page, Snapshot *s)
{
    TrainingGetRow row;
    Error *err = sql_training_get(s, page->area, page->ids[0], &row);
    if (err) {
        return err;
    }
    CorrectInput usual = input_of(page, &row);
    FormPage view = change_correct_page();
    view.back = page_path(page, "/a/{area}/trainings/{id}", row.id);
    view.back_title = t_training_one_title();
    view.form = page_form_of(page, &training_correct_form, &usual);
    view.action = page_path(page, "/a/{area}/trainings/{id}/correct", row.id);
    return show_training_form(page, s, row.round_id, &view);
}

Error *submit_training_correct(Page *page, Snapshot *s, const void *input)
{
    (void)s;
    const CorrectInput *typed = input;
    TrainingCorrection *given = arena_new(page->arena, TrainingCorrection);
    *given = (TrainingCorrection){.area = page->area,
                                  .id = page->ids[0],
                                  .actor = page->who.person,
                                  .version = typed->version,
                                  .fact = fact_of(&typed->planned),
                                  .reason = typed->reason};
    Error *err = take_material(page, &typed->planned, &given->material);
    return err ? err
               : page_write_to(page, launch_correct_training, given, 0,
                               page_path(page, "/a/{area}/trainings/{id}", given->id),
                               TEXT_change_correct_done);
}

/* --- who came --------------------------------------------------------------------------------- */

typedef struct HeldInput {
    int64_t version;
    Date held_on;
    int64_t present;
    Str names;
} HeldInput;

static const Field held_fields[] = {
    CHANGE_VERSION_FIELD(HeldInput),
    {FIELD_COMMON(HeldInput, held_on, FIELD_DATE, TEXT_training_held_on), .is_required = true},
    {FIELD_COMMON(HeldInput, present, FIELD_INTEGER, TEXT_training_present),
     .hint = TEXT_training_present_hint, .is_required = true, .min = 1, .max = LAUNCH_REACHED_MAX},
    {FIELD_COMMON(HeldInput, names, FIELD_LONG_TEXT, TEXT_training_names),
     .hint = TEXT_training_names_hint, .max = TRAINING_TEXT_MAX},
};

const Form training_held_form = FORM("training-held", held_fields, HeldInput);

/* Nobody has counted yet: no 0 to be overlooked. */
static const FormState *held_form(Page *page, const TrainingGetRow *row)
{
    HeldInput usual = {.version = row->version, .held_on = row->held_on, .present = row->present};
    FormState *form = page_form_of(page, &training_held_form, &usual);
    form_empty_zeros(form);
    return form;
}

Error *page_training_held(Page *page, Snapshot *s)
{
    TrainingGetRow row;
    Error *err = sql_training_get(s, page->area, page->ids[0], &row);
    if (err) {
        return err;
    }
    FormPage view = {.back = page_path(page, "/a/{area}/trainings/{id}", row.id),
                     .back_title = t_training_one_title(),
                     .title = t_training_hold(),
                     .about = t_training_hold_about(),
                     .submit = t_training_hold_submit(),
                     .form = held_form(page, &row),
                     .action = page_path(page, "/a/{area}/trainings/{id}/held", row.id)};
    return form_page(page, &view);
}

Error *submit_training_held(Page *page, Snapshot *s, const void *input)
{
    (void)s;
    const HeldInput *typed = input;
    TrainingHeld *held = arena_new(page->arena, TrainingHeld);
    *held = (TrainingHeld){.area = page->area,
                           .id = page->ids[0],
                           .actor = page->who.person,
                           .version = typed->version,
                           .held_on = typed->held_on,
                           .present = typed->present,
                           .names = typed->names};
    return page_write_to(page, launch_hold_training, held, 0,
                         page_path(page, "/a/{area}/trainings/{id}", held->id),
                         TEXT_training_held_noted);
}

/* --- taking back, forgetting -------------------------------------------------------------------
 */

Error *page_training_withdraw(Page *page, Snapshot *s)
{
    TrainingGetRow row;
    Error *err = sql_training_get(s, page->area, page->ids[0], &row);
    return err ? err
               : withdraw_page(page, row.version, t_training_one_title(),
                               page_path(page, "/a/{area}/trainings/{id}", row.id),
                               page_path(page, "/a/{area}/trainings/{id}/withdraw", row.id));
}

Error *submit_training_withdraw(Page *page, Snapshot *s, const void *input)
{
    (void)s;
    const Withdrawal *given = withdrawal_of(page, input);
    return page_write_to(page, launch_withdraw_training, given, 0,
                         page_path(page, "/a/{area}/trainings/{id}", given->id),
                         TEXT_change_withdraw_done);
}

typedef struct ForgetInput {
    int64_t name;
} ForgetInput;

static const Field forget_fields[] = {
    {FIELD_COMMON(ForgetInput, name, FIELD_ID, TEXT_training_forget), .is_required = true},
};

const Form training_forget_form = FORM("training-forget", forget_fields, ForgetInput);

Error *submit_training_forget(Page *page, Snapshot *s, const void *input)
{
    (void)s;
    const ForgetInput *typed = input;
    TrainingForget *given = arena_new(page->arena, TrainingForget);
    *given = (TrainingForget){page->area, page->ids[0], page->who.person, typed->name};
    return page_write_to(page, launch_forget_name, given, 0,
                         page_path(page, "/a/{area}/trainings/{id}", given->id),
                         TEXT_training_forgotten);
}
