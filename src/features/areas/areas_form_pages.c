/* areas_form_pages.c: making an area, changing one, and its contact data alone. */
#include "features/areas/areas_pages.h"

#include "area_form_html.h"
#include "areas_text.h"
#include "platform/html/frame_load.h"

/* Of all three forms; the ones that leave fields out leave them empty. */
typedef struct AreaInput {
    int64_t version;
    int kind;
    Str name;
    Str name_en;
    Str code;
    Str phone;
    Str address;
    Str hours;
} AreaInput;

static const Choice kinds[] = {
    {"city", AREA_CITY, TEXT_area_kind_city},
    {"district", AREA_DISTRICT, TEXT_area_kind_district},
    {"street", AREA_STREET, TEXT_area_kind_street},
    {"community", AREA_COMMUNITY, TEXT_area_kind_community},
    {"building", AREA_BUILDING, TEXT_area_kind_building},
};

#define VERSION_FIELD                                                                              \
    {                                                                                              \
        FIELD_COMMON(AreaInput, version, FIELD_ID, TEXT_area_edit_title), .is_required = true      \
    }
#define KIND_FIELD                                                                                 \
    {                                                                                              \
        FIELD_COMMON(AreaInput, kind, FIELD_CHOICE, TEXT_area_kind),                               \
            .is_required = true, .choices = kinds, .n_choices = countof(kinds)                     \
    }
#define NAME_FIELDS                                                                                \
    {FIELD_COMMON(AreaInput, name, FIELD_TEXT, TEXT_area_name), .hint = TEXT_area_name_hint,       \
     .is_required = true, .max = AREA_MAX_NAME, .autocomplete = "off"},                            \
        {FIELD_COMMON(AreaInput, name_en, FIELD_TEXT, TEXT_area_name_en),                          \
         .hint = TEXT_area_name_en_hint, .max = AREA_MAX_NAME_EN, .autocomplete = "off"},          \
    {                                                                                              \
        FIELD_COMMON(AreaInput, code, FIELD_TEXT, TEXT_area_code),                                 \
            .hint = TEXT_area_code_hint, .max = 20, .autocomplete = "off"                          \
    }
#define CONTACT_FIELDS                                                                             \
    {FIELD_COMMON(AreaInput, phone, FIELD_TEXT, TEXT_area_phone), .hint = TEXT_area_phone_hint,    \
     .max = AREA_MAX_PHONE, .autocomplete = "off"},                                                \
        {FIELD_COMMON(AreaInput, address, FIELD_TEXT, TEXT_area_address),                          \
         .hint = TEXT_area_address_hint, .max = AREA_MAX_ADDRESS, .autocomplete = "off"},          \
    {                                                                                              \
        FIELD_COMMON(AreaInput, hours, FIELD_TEXT, TEXT_area_hours),                               \
            .hint = TEXT_area_hours_hint, .max = AREA_MAX_HOURS, .autocomplete = "off"             \
    }

static const Field new_fields[] = {KIND_FIELD, NAME_FIELDS, CONTACT_FIELDS};
static const Field edit_fields[] = {VERSION_FIELD, NAME_FIELDS, CONTACT_FIELDS};
static const Field contact_fields[] = {VERSION_FIELD, CONTACT_FIELDS};

const Form area_new_form = FORM("area", new_fields, AreaInput);
const Form area_edit_form = FORM("area-edit", edit_fields, AreaInput);
const Form area_contact_form = FORM("area-contact", contact_fields, AreaInput);

static SafeUrl at(Page *page, int64_t area, const char *rest)
{
    return url_path(page->arena, "/a/%s%s", id_text(area).text, rest);
}

static Error *require_area(Page *page, Snapshot *snapshot, Area *out)
{
    bool is_found = false;
    Error *err = areas_get(snapshot, page->area, out, &is_found);
    if (!err && !is_found) {
        err = error_make(page->arena, ERROR_NOT_FOUND, "no area");
    }
    return err;
}

/* --- making ---------------------------------------------------------------------------------- */

static bool is_among(const char *name, const AreaKind *allowed, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(kinds[allowed[i] - 1].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* Only the kinds that may stand here, the usual one chosen before anybody chose. */
static FieldView kind_field(Page *page, const FormState *form, AreaKind parent)
{
    AreaKind allowed[AREA_BUILDING];
    size_t n_allowed = areas_kinds_under(parent, allowed);
    FieldView all = form_field_view(page->arena, form, "kind");
    ChoiceView *shown = arena_array(page->arena, ChoiceView, n_allowed);
    Str asked = page_query(page, "kind");
    bool is_fresh = page->form != form;
    size_t n = 0;
    size_t chosen = 0;
    for (size_t i = 0; i < all.n_choices && n < n_allowed; i++) {
        if (is_among(all.choices[i].name, allowed, n_allowed)) {
            chosen = str_eq(asked, str_from(all.choices[i].name)) ? n : chosen;
            shown[n] = all.choices[i];
            shown[n].is_first = n == 0;
            n++;
        }
    }
    if (is_fresh && n > 0) {
        shown[chosen].is_chosen = true;
    }
    all.choices = shown;
    all.n_choices = n;
    return all;
}

Error *page_area_new(Page *page, Snapshot *snapshot)
{
    Area area;
    Error *err = require_area(page, snapshot, &area);
    if (!err && area.kind == AREA_BUILDING) {
        err = error_make(page->arena, ERROR_NOT_FOUND, "nothing stands under a building");
    }
    if (err) {
        return err;
    }
    const FormState *form = page_form(page, &area_new_form);
    AreaFormView view = {.frame = page_frame(page, t_area_new_title(), FRAME_TAB_NONE),
                         .form = form,
                         .action = at(page, page->area, "/areas/new"),
                         .back = at(page, page->area, "/areas"),
                         .area_name = areas_name(&area, page->lang),
                         .title = t_area_new_title(),
                         .hint = t_area_new_hint(areas_name(&area, page->lang)),
                         .submit = t_area_new_submit(),
                         .is_new = true,
                         .kind = kind_field(page, form, area.kind)};
    Out out = page_out(page);
    area_form_page(&out, &view);
    return NULL;
}

static Error *after_area_new(Page *page, const void *input, const void *output)
{
    const AreaMade *made = output;
    return page_redirect_notice(page, at(page, made->id, "/areas"), TEXT_area_new_done);
}

static AreaWords words_of(const AreaInput *typed)
{
    return (AreaWords){.name = typed->name,
                       .name_en = typed->name_en,
                       .code = typed->code,
                       .phone = typed->phone,
                       .address = typed->address,
                       .hours = typed->hours};
}

Error *submit_area_new(Page *page, Snapshot *snapshot, const void *input_)
{
    const AreaInput *typed = input_;
    AreaMake *make = arena_new(page->arena, AreaMake);
    *make = (AreaMake){.actor = page->who.person,
                       .area = {.parent = page->area,
                                .kind = (AreaKind)typed->kind,
                                .name = typed->name,
                                .name_en = typed->name_en,
                                .code = typed->code,
                                .phone = typed->phone,
                                .address = typed->address,
                                .hours = typed->hours}};
    return page_write(page, areas_make, make, sizeof(AreaMade), after_area_new);
}

/* --- changing -------------------------------------------------------------------------------- */

/* Somebody else was quicker: what they wrote is shown beside the form. */
static bool is_conflict(const FormState *form)
{
    return form->error != NULL && form->error->code == ERROR_VERSION_CONFLICT;
}

static FormState *edit_form(Page *page, const Form *form, const Area *area)
{
    AreaInput input = {.version = area->version,
                       .name = area->name,
                       .name_en = area->name_en,
                       .code = area->code,
                       .phone = area->phone,
                       .address = area->address,
                       .hours = area->hours};
    return page_form_of(page, form, &input);
}

static Error *show_edit(Page *page, Snapshot *snapshot, const Form *form, AreaFormView *view)
{
    Area area;
    Error *err = require_area(page, snapshot, &area);
    if (err) {
        return err;
    }
    const FormState *state = edit_form(page, form, &area);
    view->frame = page_frame(page, view->title, FRAME_TAB_NONE);
    view->form = state;
    view->area_name = areas_name(&area, page->lang);
    view->has_conflict = is_conflict(state);
    view->now = areas_facts(page->arena, &area);
    view->submit = t_area_edit_submit();
    Out out = page_out(page);
    area_form_page(&out, view);
    return NULL;
}

Error *page_area_edit(Page *page, Snapshot *snapshot)
{
    AreaFormView view = {.title = t_area_edit_title(),
                         .hint = t_area_edit_hint(),
                         .action = at(page, page->area, "/areas/edit"),
                         .back = at(page, page->area, "/areas")};
    return show_edit(page, snapshot, &area_edit_form, &view);
}

Error *page_area_contact(Page *page, Snapshot *snapshot)
{
    AreaFormView view = {.title = t_area_contact_nav(),
                         .hint = t_area_contact_hint(),
                         .action = at(page, page->area, "/areas/contact"),
                         .back = at(page, page->area, "/desk"),
                         .is_contact_only = true};
    return show_edit(page, snapshot, &area_contact_form, &view);
}

static Error *submit_words(Page *page, const AreaInput *typed, bool is_contact_only)
{
    AreaEdit *edit = arena_new(page->arena, AreaEdit);
    *edit = (AreaEdit){.area = page->area,
                       .actor = page->who.person,
                       .version = typed->version,
                       .is_contact_only = is_contact_only,
                       .words = words_of(typed)};
    const char *to = is_contact_only ? "/areas/contact" : "/areas";
    return page_write_to(page, areas_edit, edit, 0, at(page, page->area, to), TEXT_area_edit_done);
}

Error *submit_area_edit(Page *page, Snapshot *snapshot, const void *input)
{
    return submit_words(page, input, false);
}

Error *submit_area_contact(Page *page, Snapshot *snapshot, const void *input)
{
    return submit_words(page, input, true);
}
