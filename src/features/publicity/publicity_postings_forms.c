/* publicity_postings_forms.c: a notice is put up, taken down, its line corrected or taken back. */
#include "features/publicity/publicity_pages.h"
#include "features/publicity/publicity_postings_pages.h"
#include "publicity_postings_text.h"

#define PLACES_MOST 30

/* --- putting up ------------------------------------------------------------------------------- */

typedef struct UpInput {
    Str known; /* a place where a notice has hung before */
    Str place; /* or another one */
    Date up_on;
    Str up_by;
    FileInput up_photo;
    bool up_shown;
} UpInput;

typedef struct NewInput {
    UpInput up;
} NewInput;

static const Field new_fields[] = {
    {FIELD_INSIDE(NewInput, up, known, FIELD_TEXT, TEXT_posting_known), .max = POSTING_PLACE_MAX},
    {FIELD_INSIDE(NewInput, up, place, FIELD_TEXT, TEXT_posting_other),
     .hint = TEXT_posting_place_hint, .is_conditional = true, .max = POSTING_PLACE_MAX,
     .autocomplete = "off"},
    {FIELD_INSIDE(NewInput, up, up_on, FIELD_DATE, TEXT_posting_up_on), .is_required = true},
    {FIELD_INSIDE(NewInput, up, up_by, FIELD_TEXT, TEXT_posting_up_by),
     .hint = TEXT_posting_by_hint, .is_required = true, .max = POSTING_WHO_MAX,
     .autocomplete = "off"},
    PHOTO_OPTIONAL(NewInput, up, up_photo, up_shown, TEXT_posting_up_photo),
};

const Form posting_form = FORM("posting", new_fields, NewInput, .has_file = true);

static Error *load_places(Page *page, Snapshot *s, FormPage *view)
{
    HangingPlacesRows rows;
    Error *err = sql_hanging_places(s, page->area, PLACES_MOST, &rows);
    if (err) {
        return err;
    }
    DataChoice *places = arena_array(page->arena, DataChoice, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        places[i] = (DataChoice){rows.rows[i].place, rows.rows[i].place};
    }
    view->data_field = "known";
    view->choices = places;
    view->n_choices = rows.count;
    return NULL;
}

Error *page_posting_new(Page *page, Snapshot *s)
{
    PublicationGetRow row;
    Error *err = publicity_require(page, s, page->ids[0], &row);
    if (err) {
        return err;
    }
    NewInput usual = {.up = {.up_on = instant_date(page->now)}};
    FormPage view = {.back = page_path(page, "/a/{area}/publications/{id}/postings", row.id),
                     .back_title = t_posting_list_title(),
                     .title = t_posting_put_up(),
                     .about = t_posting_put_up_about(row.title),
                     .submit = t_posting_put_up_submit(),
                     .form = page_form_of(page, &posting_form, &usual),
                     .action = page_path(page, "/a/{area}/publications/{id}/postings/new", row.id)};
    err = load_places(page, s, &view);
    return err ? err : form_page(page, &view);
}

Error *submit_posting(Page *page, Snapshot *s, const void *input)
{
    const UpInput *typed = &((const NewInput *)input)->up;
    NewPosting *new = arena_new(page->arena, NewPosting);
    *new = (NewPosting){.area = page->area,
                        .publication = page->ids[0],
                        .actor = page->who.person,
                        .fact = {.place = typed->place.len > 0 ? typed->place : typed->known,
                                 .up_on = typed->up_on,
                                 .up_by = typed->up_by}};
    Error *err = photo_take(page, s, &typed->up_photo, "up_photo", typed->up_shown, &new->photo);
    return err ? err
               : page_write_to(
                     page, publicity_put_up, new, sizeof(int64_t),
                     page_path(page, "/a/{area}/publications/{id}/postings", new->publication),
                     TEXT_posting_is_put_up);
}

/* --- taking down ------------------------------------------------------------------------------ */

typedef struct DownInput {
    Date down_on;
    Str down_by;
    FileInput down_photo;
    bool down_shown;
} DownInput;

typedef struct TakeDownInput {
    int64_t version;
    DownInput down;
} TakeDownInput;

static const Field down_fields[] = {
    CHANGE_VERSION_FIELD(TakeDownInput),
    {FIELD_INSIDE(TakeDownInput, down, down_on, FIELD_DATE, TEXT_posting_down_on),
     .is_required = true},
    {FIELD_INSIDE(TakeDownInput, down, down_by, FIELD_TEXT, TEXT_posting_down_by),
     .hint = TEXT_posting_by_hint, .is_required = true, .max = POSTING_WHO_MAX,
     .autocomplete = "off"},
    PHOTO_OPTIONAL(TakeDownInput, down, down_photo, down_shown, TEXT_posting_down_photo),
};

const Form posting_down_form = FORM("posting-down", down_fields, TakeDownInput, .has_file = true);

Error *page_posting_down(Page *page, Snapshot *s)
{
    HangingGetRow row;
    Error *err = sql_hanging_get(s, page->area, page->ids[0], &row);
    if (err) {
        return err;
    }
    TakeDownInput usual = {.version = row.version, .down = {.down_on = instant_date(page->now)}};
    FormPage view = {.back = page_path(page, "/a/{area}/postings/{id}", row.id),
                     .back_title = t_posting_one_title(),
                     .title = t_posting_take_down(),
                     .about = t_posting_take_down_about(row.place),
                     .submit = t_posting_take_down_submit(),
                     .form = page_form_of(page, &posting_down_form, &usual),
                     .action = page_path(page, "/a/{area}/postings/{id}/down", row.id)};
    return form_page(page, &view);
}

Error *submit_posting_down(Page *page, Snapshot *s, const void *input)
{
    const TakeDownInput *typed = input;
    const DownInput *down = &typed->down;
    PostingDown *given = arena_new(page->arena, PostingDown);
    *given = (PostingDown){.area = page->area,
                           .id = page->ids[0],
                           .actor = page->who.person,
                           .version = typed->version,
                           .down_on = down->down_on,
                           .down_by = down->down_by};
    Error *err =
        photo_take(page, s, &down->down_photo, "down_photo", down->down_shown, &given->photo);
    return err ? err
               : page_write_to(page, publicity_take_down, given, 0,
                               page_path(page, "/a/{area}/postings/{id}", given->id),
                               TEXT_posting_is_taken_down);
}

/* --- correcting ------------------------------------------------------------------------------- */

typedef struct CorrectInput {
    int64_t version;
    UpInput up;
    DownInput down;
    Str reason;
} CorrectInput;

static const Field correct_fields[] = {
    CHANGE_VERSION_FIELD(CorrectInput),
    {FIELD_INSIDE(CorrectInput, up, place, FIELD_TEXT, TEXT_posting_place),
     .hint = TEXT_posting_place_hint, .is_required = true, .min = POSTING_PLACE_MIN,
     .max = POSTING_PLACE_MAX, .autocomplete = "off"},
    {FIELD_INSIDE(CorrectInput, up, up_on, FIELD_DATE, TEXT_posting_up_on), .is_required = true},
    {FIELD_INSIDE(CorrectInput, up, up_by, FIELD_TEXT, TEXT_posting_up_by),
     .hint = TEXT_posting_by_hint, .is_required = true, .max = POSTING_WHO_MAX,
     .autocomplete = "off"},
    PHOTO_OPTIONAL(CorrectInput, up, up_photo, up_shown, TEXT_posting_up_photo),
    {FIELD_INSIDE(CorrectInput, down, down_on, FIELD_DATE, TEXT_posting_down_on),
     .hint = TEXT_posting_down_on_hint},
    {FIELD_INSIDE(CorrectInput, down, down_by, FIELD_TEXT, TEXT_posting_down_by),
     .max = POSTING_WHO_MAX, .autocomplete = "off"},
    PHOTO_OPTIONAL(CorrectInput, down, down_photo, down_shown, TEXT_posting_down_photo),
    CHANGE_REASON_FIELD(CorrectInput, TEXT_change_correct_hint),
};

const Form posting_correct_form =
    FORM("posting-correct", correct_fields, CorrectInput, .has_file = true);

Error *page_posting_correct(Page *page, Snapshot *s)
{
    HangingGetRow row;
    Error *err = sql_hanging_get(s, page->area, page->ids[0], &row);
    if (err) {
        return err;
    }
    CorrectInput usual = {.version = row.version,
                          .up = {.place = row.place,
                                 .up_on = row.up_on,
                                 .up_by = row.up_by,
                                 .up_shown = row.up_shown != 0},
                          .down = {.down_on = row.down_on,
                                   .down_by = row.down_by,
                                   .down_shown = row.down_shown != 0}};
    FormPage view = change_correct_page();
    view.back = page_path(page, "/a/{area}/postings/{id}", row.id);
    view.back_title = t_posting_one_title();
    view.form = page_form_of(page, &posting_correct_form, &usual);
    view.action = page_path(page, "/a/{area}/postings/{id}/correct", row.id);
    return form_page(page, &view);
}

Error *submit_posting_correct(Page *page, Snapshot *s, const void *input)
{
    const CorrectInput *typed = input;
    const UpInput *up = &typed->up;
    const DownInput *down = &typed->down;
    PostingCorrection *given = arena_new(page->arena, PostingCorrection);
    *given =
        (PostingCorrection){.area = page->area,
                            .id = page->ids[0],
                            .actor = page->who.person,
                            .version = typed->version,
                            .fact = {up->place, up->up_on, up->up_by, down->down_on, down->down_by},
                            .reason = typed->reason};
    Error *err = photo_take(page, s, &up->up_photo, "up_photo", up->up_shown, &given->up);
    if (!err) {
        err = photo_take(page, s, &down->down_photo, "down_photo", down->down_shown, &given->down);
    }
    return err ? err
               : page_write_to(page, publicity_correct_posting, given, 0,
                               page_path(page, "/a/{area}/postings/{id}", given->id),
                               TEXT_change_correct_done);
}

/* --- taking back ------------------------------------------------------------------------------ */

Error *page_posting_withdraw(Page *page, Snapshot *s)
{
    HangingGetRow row;
    Error *err = sql_hanging_get(s, page->area, page->ids[0], &row);
    return err ? err
               : withdraw_page(page, row.version, t_posting_one_title(),
                               page_path(page, "/a/{area}/postings/{id}", row.id),
                               page_path(page, "/a/{area}/postings/{id}/withdraw", row.id));
}

Error *submit_posting_withdraw(Page *page, Snapshot *s, const void *input)
{
    (void)s;
    const Withdrawal *given = withdrawal_of(page, input);
    return page_write_to(page, publicity_withdraw_posting, given, 0,
                         page_path(page, "/a/{area}/postings/{id}", given->id),
                         TEXT_change_withdraw_done);
}
