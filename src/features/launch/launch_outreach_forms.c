/* launch_outreach_forms.c: writing down that people were told, correcting it, taking it back. */
#include "features/launch/launch_pages.h"
#include "launch_text.h"
#include "platform/form/form_page.h"

typedef struct ToldInput {
    int channel;
    Date told_on;
    Str place;
    int64_t reached;
    Str by_whom;
    Str note;
    FileInput photo;
    bool shown;
} ToldInput;

#define TOLD_FIELDS(Input)                                                                         \
    {FIELD_INSIDE(Input, told, told_on, FIELD_DATE, TEXT_outreach_told_on), .is_required = true},  \
        {FIELD_INSIDE(Input, told, channel, FIELD_CHOICE, TEXT_outreach_channel),                  \
         .is_required = true, .choices = outreach_channels, .n_choices = OUTREACH_CHANNELS},       \
        {FIELD_INSIDE(Input, told, place, FIELD_TEXT, TEXT_outreach_place),                        \
         .hint = TEXT_outreach_place_hint,                                                         \
         .is_required = true,                                                                      \
         .min = LAUNCH_PLACE_MIN,                                                                  \
         .max = LAUNCH_PLACE_MAX,                                                                  \
         .autocomplete = "off"},                                                                   \
        {FIELD_INSIDE(Input, told, reached, FIELD_INTEGER, TEXT_outreach_reached),                 \
         .hint = TEXT_outreach_reached_hint, .max = LAUNCH_REACHED_MAX},                           \
        {FIELD_INSIDE(Input, told, by_whom, FIELD_TEXT, TEXT_outreach_by_whom),                    \
         .hint = TEXT_outreach_by_whom_hint, .max = LAUNCH_WHO_MAX, .autocomplete = "off"},        \
        {FIELD_INSIDE(Input, told, note, FIELD_LONG_TEXT, TEXT_outreach_note),                     \
         .hint = TEXT_outreach_note_hint, .max = LAUNCH_NOTE_MAX},                                 \
        PHOTO_OPTIONAL(Input, told, photo, shown, TEXT_outreach_photo)

static OutreachFact fact_of(const ToldInput *typed)
{
    return (OutreachFact){.channel = typed->channel,
                          .told_on = typed->told_on,
                          .place = typed->place,
                          .reached = typed->reached,
                          .by_whom = typed->by_whom,
                          .note = typed->note};
}

static Error *take_photo(Page *page, Snapshot *s, const ToldInput *typed, PhotoGiven *out)
{
    return photo_take(page, s, &typed->photo, "photo", typed->shown, out);
}

/* Nobody has counted yet: no 0 to be overlooked. */
static const FormState *told_form(Page *page, const Form *form, const void *usual)
{
    FormState *state = page_form_of(page, form, usual);
    form_empty_zeros(state);
    return state;
}

/* --- telling --- */

typedef struct TellInput {
    ToldInput told;
} TellInput;

static const Field tell_fields[] = {TOLD_FIELDS(TellInput)};

const Form outreach_form = FORM("outreach", tell_fields, TellInput, .has_file = true);

Error *page_outreach_new(Page *page, Snapshot *s)
{
    RoundInfo round;
    Error *err = programmes_round(s, page->area, page->ids[0], &round);
    if (err) {
        return err;
    }
    TellInput usual = {.told = {.told_on = instant_date(page->now)}};
    FormPage view = {.back = page_path(page, "/a/{area}/rounds/{id}/outreach", round.id),
                     .back_title = t_outreach_log_title(),
                     .title = t_outreach_tell(),
                     .about = t_outreach_tell_about(),
                     .submit = t_outreach_tell_submit(),
                     .form = told_form(page, &outreach_form, &usual),
                     .action = page_path(page, "/a/{area}/rounds/{id}/outreach/new", round.id)};
    return form_page(page, &view);
}

Error *submit_outreach(Page *page, Snapshot *s, const void *input)
{
    const TellInput *typed = input;
    NewOutreach *new = arena_new(page->arena, NewOutreach);
    *new = (NewOutreach){.area = page->area,
                         .round = page->ids[0],
                         .actor = page->who.person,
                         .fact = fact_of(&typed->told)};
    Error *err = take_photo(page, s, &typed->told, &new->photo);
    return err ? err
               : page_write_to(page, launch_tell, new, sizeof(int64_t),
                               page_path(page, "/a/{area}/rounds/{id}/outreach", new->round),
                               TEXT_outreach_told);
}

/* --- correcting --- */

typedef struct CorrectInput {
    int64_t version;
    ToldInput told;
    Str reason;
} CorrectInput;

static const Field correct_fields[] = {
    CHANGE_VERSION_FIELD(CorrectInput),
    TOLD_FIELDS(CorrectInput),
    CHANGE_REASON_FIELD(CorrectInput, TEXT_change_correct_hint),
};

const Form outreach_correct_form =
    FORM("outreach-correct", correct_fields, CorrectInput, .has_file = true);

Error *page_outreach_correct(Page *page, Snapshot *s)
{
    OutreachGetRow row;
    Error *err = sql_outreach_get(s, page->area, page->ids[0], &row);
    if (err) {
        return err;
    }
    CorrectInput usual = {.version = row.version,
                          .told = {.channel = (int)row.channel,
                                   .told_on = row.told_on,
                                   .place = row.place,
                                   .reached = row.reached,
                                   .by_whom = row.by_whom,
                                   .note = row.note,
                                   .shown = row.photo_shown != 0}};
    FormPage view = change_correct_page();
    view.back = page_path(page, "/a/{area}/outreach/{id}", page->ids[0]);
    view.back_title = t_outreach_one_title();
    view.form = told_form(page, &outreach_correct_form, &usual);
    view.action = page_path(page, "/a/{area}/outreach/{id}/correct", page->ids[0]);
    return form_page(page, &view);
}

Error *submit_outreach_correct(Page *page, Snapshot *s, const void *input)
{
    const CorrectInput *typed = input;
    OutreachCorrection *given = arena_new(page->arena, OutreachCorrection);
    *given = (OutreachCorrection){.area = page->area,
                                  .id = page->ids[0],
                                  .actor = page->who.person,
                                  .version = typed->version,
                                  .fact = fact_of(&typed->told),
                                  .reason = typed->reason};
    Error *err = take_photo(page, s, &typed->told, &given->photo);
    return err ? err
               : page_write_to(page, launch_correct, given, 0,
                               page_path(page, "/a/{area}/outreach/{id}", given->id),
                               TEXT_change_correct_done);
}

/* --- taking back --- */

Error *page_outreach_withdraw(Page *page, Snapshot *s)
{
    OutreachGetRow row;
    int64_t id = page->ids[0];
    Error *err = sql_outreach_get(s, page->area, id, &row);
    return err ? err
               : withdraw_page(page, row.version, t_outreach_one_title(),
                               page_path(page, "/a/{area}/outreach/{id}", id),
                               page_path(page, "/a/{area}/outreach/{id}/withdraw", id));
}

Error *submit_outreach_withdraw(Page *page, Snapshot *s, const void *input)
{
    (void)s;
    const Withdrawal *given = withdrawal_of(page, input);
    return page_write_to(page, launch_withdraw, given, 0,
                         page_path(page, "/a/{area}/outreach/{id}", given->id),
                         TEXT_change_withdraw_done);
}
