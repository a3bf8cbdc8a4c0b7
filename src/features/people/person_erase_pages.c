/* person_erase_pages.c: everything kept about one person taken away, after a question. */
#include "features/people/people_pages.h"

#include "common_text.h"
#include "people_sql.h"
#include "people_text.h"
#include "platform/form/form_page.h"
#include "platform/http/app.h"

typedef struct EraseInput {
    bool sure;
} EraseInput;

static const Field erase_fields[] = {
    {FIELD_COMMON(EraseInput, sure, FIELD_BOX, TEXT_people_erase_sure), .is_required = true},
};

const Form person_erase_form = FORM("person_erase", erase_fields, EraseInput);

Error *page_person_erase(Page *page, Snapshot *snapshot)
{
    ResidentGetRow row;
    Error *err = sql_resident_get(snapshot, page->area, page->ids[0], &row);
    if (!err && row.name.len == 0) {
        err = error_make(page->arena, ERROR_NOT_FOUND, "not on this roll, or erased");
    }
    if (err) {
        return err;
    }
    const Text says[] = {t_people_erase_when(), t_people_erase_goes(), t_people_erase_stays(),
                         t_people_erase_ballots(), t_people_erase_everywhere()};
    Str place = people_place_line(page->arena, row.building, row.door);
    Str who = place.len == 0
                  ? row.name
                  : arena_printf(page->arena, "%.*s · %.*s", STR_ARG(row.name), STR_ARG(place));
    FormPage view = {.back = page_path(page, "/a/{area}/people/{id}", row.id),
                     .back_title = t_form_data_choice(row.name),
                     .title = t_people_erase_title(),
                     .about = t_form_data_choice(who),
                     .says = says,
                     .n_says = countof(says),
                     .form = page_form(page, &person_erase_form),
                     .action = page_path(page, "/a/{area}/people/{id}/erase", row.id),
                     .submit = t_people_erase_do(),
                     .stay = t_people_erase_stay(),
                     .is_destructive = true};
    return form_page(page, &view);
}

Error *submit_person_erase(Page *page, Snapshot *snapshot, const void *input)
{
    PersonErase *erase = arena_new(page->arena, PersonErase);
    *erase = (PersonErase){.area = page->area,
                           .actor = page->who.person,
                           .person = page->ids[0],
                           .rooms = page->app->features,
                           .n_rooms = page->app->n_features};
    return page_write_to(page, people_erase, erase, 0, page_path(page, "/a/{area}/people", 0),
                         TEXT_people_erase_done);
}
