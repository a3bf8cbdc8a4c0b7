/* publicity_objection_pages.c: the forms to object and to answer. */
#include "features/programmes/programmes.h"
#include "features/publicity/publicity_pages.h"
#include "objection_form_html.h"
#include "platform/html/frame_load.h"
#include "publicity_text.h"

/* --- objecting ------------------------------------------------------------------------------ */

typedef struct ObjectInput {
    Str words;
} ObjectInput;

static const Field objection_fields[] = {
    {FIELD_COMMON(ObjectInput, words, FIELD_LONG_TEXT, TEXT_objection_words),
     .hint = TEXT_objection_write_hint, .is_required = true, .min = OBJECTION_WORDS_MIN,
     .max = OBJECTION_WORDS_MAX},
};

const Form objection_form = FORM("objection", objection_fields, ObjectInput);

/* Within how many working days the rules of the round promise an answer. */
static Error *load_answer_days(Page *page, Snapshot *s, int64_t round, int *out)
{
    RoundRules *rules = arena_new(page->arena, RoundRules);
    Error *err = programmes_round_rules(s, page->area, round, rules);
    *out = err ? 0 : rules->objection_answer_working_days;
    return err;
}

Error *page_object(Page *page, Snapshot *s)
{
    PublicationGetRow row;
    Frame *frame = page_frame(page, t_objection_write(), FRAME_TAB_NONE);
    int answer_days = 0;
    Error *err = publicity_require(page, s, page->ids[0], &row);
    if (!err) {
        err = load_answer_days(page, s, row.round_id, &answer_days);
    }
    if (err) {
        return err;
    }
    frame->back = page_path(page, "/a/{area}/publications/{id}", row.id);
    ObjectView view = {.frame = frame,
                       .form = page_form(page, &objection_form),
                       .action = page_path(page, "/a/{area}/publications/{id}/object", row.id),
                       .back = frame->back,
                       .title = row.title,
                       .ends_at = row.ends_at,
                       .answer_days = answer_days,
                       .takes_objections = row.takes_objections != 0,
                       .is_running =
                           row.replaced_by == 0 &&
                           publication_takes_objections(row.published_at, row.ends_at, page->now),
                       .phone = frame->phone,
                       .call = frame->phone_link};
    Out out = page_out(page);
    objection_write_page(&out, &view);
    return NULL;
}

Error *submit_object(Page *page, Snapshot *s, const void *input)
{
    const ObjectInput *typed = input;
    ObjectionNew *new = arena_new(page->arena, ObjectionNew);
    *new = (ObjectionNew){.area = page->area,
                          .publication = page->ids[0],
                          .actor = page->who.person,
                          .words = typed->words};
    return page_write_to(page, publicity_object, new, sizeof(ObjectionDone),
                         page_path(page, "/a/{area}/publications/{id}", new->publication),
                         TEXT_objection_sent);
}

/* --- answering ------------------------------------------------------------------------------ */

typedef struct AnswerInput {
    int64_t version;
    Str answer;
} AnswerInput;

static const Field answer_fields[] = {
    {FIELD_COMMON(AnswerInput, version, FIELD_INTEGER, TEXT_objection_answer_words),
     .is_required = true, .min = 1, .max = INT32_MAX},
    {FIELD_COMMON(AnswerInput, answer, FIELD_LONG_TEXT, TEXT_objection_answer_words),
     .hint = TEXT_objection_answer_hint, .is_required = true, .min = OBJECTION_ANSWER_MIN,
     .max = OBJECTION_ANSWER_MAX},
};

const Form answer_form = FORM("answer", answer_fields, AnswerInput);

/* The version the form was made from. After a conflict the page shows the newer answer, so the next
 * try is made from that; after any other error it stays, or a change would be overwritten unseen.
 */
static int64_t shown_version(Page *page, const FormState *form, int64_t current)
{
    int64_t typed = 0;
    bool is_conflict = form->error && form->error->code == ERROR_VERSION_CONFLICT;
    if (page->form && !is_conflict && str_to_int64(form_field(form, "version")->typed, &typed)) {
        return typed;
    }
    return current;
}

static int64_t days_late(Instant due, Instant now)
{
    int64_t days = instant_date(now).days - instant_date(due).days;
    return now.ms <= due.ms ? 0 : (days > 0 ? days : 1);
}

static void fill_answer(Page *page, Instant due_at, const ObjectionGetRow *row, AnswerView *view)
{
    view->back = page_path(page, "/a/{area}/publications/{id}", row->publication_id);
    view->publication_title = row->title;
    view->no = row->no;
    view->person_name = row->person_name;
    view->words = row->words;
    view->objected_at = row->objected_at;
    view->due_at = due_at;
    view->late_days = days_late(view->due_at, page->now);
    view->is_answered = row->answered_at.ms > 0;
    view->answer = row->answer;
    view->answered_name = row->answered_name;
    view->answered_at = row->answered_at;
}

Error *page_answer(Page *page, Snapshot *s)
{
    ObjectionGetRow row;
    Frame *frame = page_frame(page, t_objection_answer(), FRAME_TAB_NONE);
    Error *err = sql_objection_get(s, page->area, page->ids[0], &row);
    HolidayTable holidays = no_holidays;
    int days = 0;
    if (!err) {
        err = programmes_holidays(s, &holidays);
    }
    if (!err) {
        err = load_answer_days(page, s, row.round_id, &days);
    }
    if (err) {
        return err;
    }
    FormState *form = page_form(page, &answer_form);
    if (page->form == NULL && row.answered_at.ms > 0) {
        AnswerInput input = {.version = row.version, .answer = row.answer};
        form_prefill(page->arena, form, &input);
    }
    AnswerView view = {.frame = frame,
                       .form = form,
                       .action = page_path(page, "/a/{area}/objections/{id}/answer", row.id),
                       .version = shown_version(page, form, row.version)};
    fill_answer(page, objection_due_at(&holidays, row.objected_at, days), &row, &view);
    Out out = page_out(page);
    objection_answer_page(&out, &view);
    return NULL;
}

Error *submit_answer(Page *page, Snapshot *s, const void *input)
{
    const AnswerInput *typed = input;
    ObjectionAnswer *answer = arena_new(page->arena, ObjectionAnswer);
    *answer = (ObjectionAnswer){.area = page->area,
                                .objection = page->ids[0],
                                .actor = page->who.person,
                                .version = typed->version,
                                .answer = typed->answer};
    return page_write_to(page, publicity_answer, answer, 0, page_path(page, "/a/{area}/desk", 0),
                         TEXT_objection_answered);
}
