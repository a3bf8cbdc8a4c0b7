/* person_pages.c: one person: entered, looked at, given a code. */
#include "features/people/people_pages.h"

#include "base/utf8.h"
#include "people_sql.h"
#include "people_text.h"
#include "person_detail_html.h"
#include "person_slip_html.h"
#include "platform/form/form_page.h"
#include "platform/html/frame_load.h"
#include "platform/html/qr.h"
#include "platform/http/app.h"

/* --- entering ------------------------------------------------------------------------------- */

typedef struct PersonInput {
    Str name;
    Str phone;
    Str building;
    Str door;
    Str birth;
    int residency;
} PersonInput;

static const Choice residencies[] = {
    {"registered", RESIDENCY_REGISTERED, TEXT_people_residency_registered},
    {"tenant", RESIDENCY_TENANT, TEXT_people_residency_tenant},
    {"owner_elsewhere", RESIDENCY_OWNER_ELSEWHERE, TEXT_people_residency_owner_elsewhere},
    {"works_here", RESIDENCY_WORKS_HERE, TEXT_people_residency_works_here},
};

static const Field person_fields[] = {
    {FIELD_COMMON(PersonInput, name, FIELD_TEXT, TEXT_people_name), .hint = TEXT_people_name_hint,
     .is_required = true, .max = PEOPLE_MAX_NAME, .autocomplete = "off"},
    {FIELD_COMMON(PersonInput, phone, FIELD_PHONE, TEXT_people_phone),
     .hint = TEXT_people_phone_hint, .autocomplete = "off"},
    {FIELD_COMMON(PersonInput, building, FIELD_TEXT, TEXT_people_building),
     .hint = TEXT_people_building_hint, .max = PEOPLE_MAX_BUILDING, .autocomplete = "off"},
    {FIELD_COMMON(PersonInput, door, FIELD_TEXT, TEXT_people_door), .hint = TEXT_people_door_hint,
     .max = PEOPLE_MAX_DOOR, .autocomplete = "off"},
    {FIELD_COMMON(PersonInput, birth, FIELD_TEXT, TEXT_people_birth),
     .hint = TEXT_people_birth_hint, .max = 20, .autocomplete = "off"},
    {FIELD_COMMON(PersonInput, residency, FIELD_CHOICE, TEXT_people_residency), .is_required = true,
     .choices = residencies, .n_choices = countof(residencies)},
};

const Form person_new_form = FORM("person", person_fields, PersonInput);

Error *page_person_new(Page *page, Snapshot *snapshot)
{
    FormPage view = {.back = page_path(page, "/a/{area}/people", 0),
                     .back_title = t_people_roll(),
                     .title = t_people_enter_title(),
                     .about = t_people_enter_hint(),
                     .form = page_form(page, &person_new_form),
                     .action = page_path(page, "/a/{area}/people/new", 0),
                     .submit = t_people_enter_submit(),
                     .stay = t_people_enter_cancel()};
    return form_page(page, &view);
}

static SafeUrl person_link(Page *page, int64_t person)
{
    return page_path(page, "/a/{area}/people/{id}", person);
}

static Error *after_person_new(Page *page, const void *input, const void *output)
{
    const PersonEntered *entered = output;
    return page_redirect_notice(page, person_link(page, entered->person), TEXT_people_enter_done);
}

Error *submit_person_new(Page *page, Snapshot *snapshot, const void *input_)
{
    const PersonInput *typed = input_;
    PersonEnter *enter = arena_new(page->arena, PersonEnter);
    *enter = (PersonEnter){.area = page->area,
                           .actor = page->who.person,
                           .person = {.name = typed->name, .phone = typed->phone},
                           .building = typed->building,
                           .door = typed->door,
                           .residency = (Residency)typed->residency};
    if (typed->birth.len > 0) {
        ErrorCode code = people_birth_read(page->arena, typed->birth, instant_date(page->now),
                                           &enter->person.birth_year, &enter->person.birth_month);
        if (code != ERROR_NONE) {
            return error_for_field(error_make(page->arena, code, "birth"), STR("birth"));
        }
    }
    return page_write(page, people_enter, enter, sizeof(PersonEntered), after_person_new);
}

/* --- looking -------------------------------------------------------------------------------- */

typedef struct CodeInput {
    int paper;
} CodeInput;

enum { PAPER_HTML, PAPER_PDF };

static const Choice papers[] = {{"pdf", PAPER_PDF, TEXT_people_code_pdf}};

static const Field code_fields[] = {
    {FIELD_COMMON(CodeInput, paper, FIELD_CHOICE, TEXT_people_code_pdf), .choices = papers,
     .n_choices = countof(papers)},
};

const Form person_code_form = FORM("person_code", code_fields, CodeInput);

static void show_roles(Page *page, const GrantsOfPersonRows *grants, PersonView *view)
{
    PersonRole *roles = arena_array(page->arena, PersonRole, grants->count);
    for (size_t i = 0; i < grants->count; i++) {
        const GrantsOfPersonRow *row = &grants->rows[i];
        bool is_english = page->lang == LANG_EN && row->name_en.len > 0;
        roles[i] = (PersonRole){.role = people_role_text((Role)row->role),
                                .area = is_english ? row->name_en : row->name,
                                .has_end = row->ends_on.days != 0,
                                .ends = row->ends_on};
        view->has_staff_role = view->has_staff_role || row->role != ROLE_RESIDENT;
    }
    view->roles = roles;
    view->n_roles = grants->count;
}

static void show_person(Page *page, const ResidentGetRow *row, PersonView *view)
{
    bool may_manage = people_may_manage(page);
    view->area = id_text(page->area);
    view->person = id_text(row->id);
    view->name = row->name;
    view->place = people_place_line(page->arena, row->building, row->door);
    view->residency = people_residency_text((Residency)row->residency);
    view->age = people_age_on((int)row->birth_year, (int)row->birth_month, instant_date(page->now));
    view->birth = people_birth_text(row->birth_year, row->birth_month);
    view->phone = may_manage ? row->phone : people_masked_phone(page->arena, row->phone);
    view->shows_phone = may_manage;
    view->call = url_tel(page->arena, row->phone);
    view->since = row->since_on;
    view->has_left = row->left_on.days != 0;
    view->left = row->left_on;
    view->may_give_code = may_manage;
    bool may_erase = policy_check(POLICY_LEAD, &page->who) == VERDICT_ALLOW && row->name.len > 0;
    view->erase =
        may_erase ? page_path(page, "/a/{area}/people/{id}/erase", row->id) : (SafeUrl){0};
}

Error *page_person(Page *page, Snapshot *snapshot)
{
    ResidentGetRow row;
    GrantsOfPersonRows grants = {0};
    Error *err = sql_resident_get(snapshot, page->area, page->ids[0], &row);
    if (!err) {
        err = sql_grants_of_person(snapshot, row.id, instant_date(page->now), &grants);
    }
    if (err) {
        return err;
    }
    PersonView view = {.frame = page_frame(page, t_people_roll(), FRAME_TAB_NONE),
                       .code_form = page_form(page, &person_code_form)};
    show_person(page, &row, &view);
    show_roles(page, &grants, &view);
    Out out = page_out(page);
    person_detail_page(&out, &view);
    return NULL;
}

/* --- a code --------------------------------------------------------------------------------- */

/* What the slip's QR holds: the sign-in page with the code behind a #, which browsers keep to
 * themselves: no server, log or proxy sees it. Without a usable address, the digits alone. */
static Str slip_address(Page *page, Str digits)
{
    Str site = page_site(page);
    return site.len > 0
               ? arena_printf(page->arena, "%.*s/sign-in#%.*s", STR_ARG(site), STR_ARG(digits))
               : digits;
}

/* The use case reads the first member; what the slip is printed on is the page's matter. */
typedef struct PersonCodeInput {
    CodeNew new;
    bool is_pdf;
} PersonCodeInput;

static Str code_digits(Arena *arena, const CodeText *code)
{
    char *digits = arena_array(arena, char, 17);
    size_t n = 0;
    for (size_t i = 0; code->text[i] != '\0' && n < 16; i++) {
        if (code->text[i] != ' ') {
            digits[n++] = code->text[i];
        }
    }
    return str_from(digits);
}

static Error *load_slip(Page *page, Snapshot *snapshot, int64_t person, const CodeText *code,
                        PersonSlipView *out)
{
    ResidentGetRow row;
    Frame *frame = page_frame(page, t_people_slip_title(), FRAME_TAB_NONE);
    Error *err = sql_resident_get(snapshot, page->area, person, &row);
    if (err) {
        return err;
    }
    frame->back = person_link(page, person);
    *out = (PersonSlipView){
        .frame = frame,
        .area_name = frame->area_name,
        .area_phone = frame->phone,
        .name_hint = people_masked_name(page->arena, row.name),
        .code = code->text,
        .address = slip_address(page, code_digits(page->arena, code)),
    };
    return NULL;
}

/* The slip is the answer itself: a redirect would have to keep the code somewhere. */
static Error *show_slip(Page *page, PersonSlipView *view)
{
    view->qr = qr_svg(page->arena, view->address,
                      text_str(page->arena, page->lang, t_people_code_title()), 3);
    Out out = page_out(page);
    person_slip_page(&out, view);
    return NULL;
}

static Error *after_person_code(Page *page, const void *input_, const void *output_)
{
    const PersonCodeInput *input = input_;
    const CodeMade *output = output_;
    PersonSlipView view;
    Snapshot *snapshot = NULL;
    Error *err = db_snapshot_begin(page->app->db, page->arena, &snapshot);
    if (err) {
        return err;
    }
    err = load_slip(page, snapshot, input->new.person, &output->code, &view);
    db_snapshot_end(snapshot);
    if (err) {
        return err;
    }
    return input->is_pdf ? people_slip_pdf(page, &view) : show_slip(page, &view);
}

Error *submit_person_code(Page *page, Snapshot *snapshot, const void *input_)
{
    const CodeInput *typed = input_;
    PersonCodeInput *input = arena_new(page->arena, PersonCodeInput);
    *input = (PersonCodeInput){.new = {.area = page->area,
                                       .actor = page->who.person,
                                       .person = page->ids[0],
                                       .secret = &page->app->secret},
                               .is_pdf = typed->paper == PAPER_PDF};
    return page_write(page, people_new_code, input, sizeof(CodeMade), after_person_code);
}
