/* staff_act_pages.c: appointing somebody, taking a role back, a new code; each asks first. */
#include "features/people/staff_pages.h"

#include "common_text.h"
#include "people_staff_text.h"
#include "people_text.h"
#include "person_staff_slip_html.h"
#include "platform/form/form_page.h"
#include "platform/html/frame_load.h"
#include "platform/http/app.h"

#define MAX_REASON 100

/* --- the slip -------------------------------------------------------------------------------- */

/* The slip is the answer itself: a redirect would have to keep the code somewhere. */
static Error *show_slip(Page *page, Snapshot *snapshot, int64_t grant, const CodeText *code)
{
    StaffGetRow row;
    Frame *frame = page_frame(page, t_staff_slip_title(), FRAME_TAB_NONE);
    Error *err = staff_require(page, snapshot, grant, &row);
    if (err) {
        return err;
    }
    frame->back = page_path(page, "/a/{area}/staff/{id}", grant);
    StaffSlipView view = {
        .frame = frame,
        .name = row.name,
        .what = staff_what(page, &row),
        .area_name = frame->area_name,
        .area_phone = frame->phone,
        .address = arena_printf(page->arena, "%.*s/sign-in", STR_ARG(page_site(page))),
        .code = code->text,
        .until = (Date){instant_date(page->now).days + 7},
        .next = page_path(page, "/a/{area}/staff", 0),
    };
    Out out = page_out(page);
    person_staff_slip_page(&out, &view);
    return NULL;
}

static Error *answer_slip(Page *page, int64_t grant, const CodeText *code)
{
    Snapshot *snapshot = NULL;
    Error *err = db_snapshot_begin(page->app->db, page->arena, &snapshot);
    if (err) {
        return err;
    }
    err = show_slip(page, snapshot, grant, code);
    db_snapshot_end(snapshot);
    return err;
}

/* --- appointing ------------------------------------------------------------------------------ */

typedef struct StaffInput {
    Str name;
    Str phone;
    int role;
    Date ends;
} StaffInput;

static const Choice roles[] = {
    {"community_secretary", ROLE_COMMUNITY_SECRETARY, TEXT_people_role_community_secretary},
    {"community_worker", ROLE_COMMUNITY_WORKER, TEXT_people_role_community_worker},
    {"grid_worker", ROLE_GRID_WORKER, TEXT_people_role_grid_worker},
    {"street_officer", ROLE_STREET_OFFICER, TEXT_people_role_street_officer},
    {"district_officer", ROLE_DISTRICT_OFFICER, TEXT_people_role_district_officer},
    {"city_officer", ROLE_CITY_OFFICER, TEXT_people_role_city_officer},
    {"supervisor", ROLE_SUPERVISOR, TEXT_people_role_supervisor},
    {"auditor", ROLE_AUDITOR, TEXT_people_role_auditor},
    {"administrator", ROLE_ADMINISTRATOR, TEXT_people_role_administrator},
};

static const Field new_fields[] = {
    {FIELD_COMMON(StaffInput, role, FIELD_CHOICE, TEXT_staff_role), .hint = TEXT_staff_role_hint,
     .is_required = true, .choices = roles, .n_choices = countof(roles)},
    {FIELD_COMMON(StaffInput, name, FIELD_TEXT, TEXT_people_name), .hint = TEXT_staff_name_hint,
     .is_required = true, .max = PEOPLE_MAX_NAME, .autocomplete = "off"},
    {FIELD_COMMON(StaffInput, phone, FIELD_PHONE, TEXT_people_phone), .hint = TEXT_staff_phone_hint,
     .autocomplete = "off"},
    {FIELD_COMMON(StaffInput, ends, FIELD_DATE, TEXT_staff_ends), .hint = TEXT_staff_ends_hint},
};

const Form staff_new_form = FORM("staff", new_fields, StaffInput);

/* Only the roles that fit; the one asked for in the address chosen, while nobody chose. */
static FieldView role_field(Page *page, const FormState *form, AreaKind kind)
{
    FieldView all = form_field_view(page->arena, form, "role");
    ChoiceView *shown = arena_array(page->arena, ChoiceView, countof(roles));
    Str asked = page_query(page, "role");
    size_t n = 0;
    for (size_t i = 0; i < countof(roles); i++) {
        if (people_role_fits((Role)roles[i].value, kind)) {
            shown[n] = all.choices[i];
            shown[n].is_first = n == 0;
            if (page->form != form && str_eq(asked, str_from(roles[i].name))) {
                shown[n].is_chosen = true;
            }
            n++;
        }
    }
    all.choices = shown;
    all.n_choices = n;
    return all;
}

Error *page_staff_new(Page *page, Snapshot *snapshot)
{
    Area area;
    bool is_found = false;
    Error *err = areas_get(snapshot, page->area, &area, &is_found);
    if (!err && !is_found) {
        err = error_make(page->arena, ERROR_NOT_FOUND, "no area");
    }
    if (err) {
        return err;
    }
    const FormState *form = page_form(page, &staff_new_form);
    const FieldView role = role_field(page, form, area.kind);
    FormPage view = {.back = page_path(page, "/a/{area}/staff", 0),
                     .back_title = t_staff_nav(),
                     .title = t_staff_new_title(areas_name(&area, page->lang)),
                     .about = t_staff_new_hint(),
                     .form = form,
                     .action = page_path(page, "/a/{area}/staff/new", 0),
                     .picks = &role,
                     .submit = t_staff_new_submit(),
                     .stay = t_staff_new_cancel()};
    return form_page(page, &view);
}

static Error *after_new(Page *page, const void *input, const void *output)
{
    const Appointed *appointed = output;
    if (appointed->has_code) {
        return answer_slip(page, appointed->grant, &appointed->code);
    }
    return page_redirect_notice(page, page_path(page, "/a/{area}/staff/{id}", appointed->grant),
                                TEXT_staff_new_done);
}

Error *submit_staff_new(Page *page, Snapshot *snapshot, const void *input_)
{
    const StaffInput *typed = input_;
    Appoint *appoint = arena_new(page->arena, Appoint);
    *appoint = (Appoint){.area = page->area,
                         .actor = page->who.person,
                         .name = typed->name,
                         .phone = typed->phone,
                         .role = (Role)typed->role,
                         .ends = typed->ends,
                         .secret = &page->app->secret};
    return page_write(page, people_appoint, appoint, sizeof(Appointed), after_new);
}

/* --- the question before an act -------------------------------------------------------------- */

/* A role that is over has nothing more to be asked about. */
static bool is_over(Page *page, const StaffGetRow *row)
{
    TermState state = people_term_state(row->starts_on, row->ends_on, row->revoked_at.ms != 0,
                                        instant_date(page->now));
    return state == TERM_OVER || state == TERM_TAKEN_BACK;
}

static Error *show_question(Page *page, Snapshot *snapshot, const Form *form, FormPage *view)
{
    StaffGetRow row;
    Error *err = staff_require(page, snapshot, page->ids[0], &row);
    if (!err && is_over(page, &row) && page->form == NULL) {
        return page_redirect(page, page_path(page, "/a/{area}/staff/{id}", row.id));
    }
    if (err) {
        return err;
    }
    view->form = page_form(page, form);
    view->back = page_path(page, "/a/{area}/staff/{id}", row.id);
    view->back_title = t_form_data_choice(row.name);
    Text what = staff_what(page, &row);
    view->about = t_staff_who(row.name, &what);
    return form_page(page, view);
}

/* --- taking a role back ---------------------------------------------------------------------- */

typedef struct RevokeInput {
    Str reason;
} RevokeInput;

static const Field revoke_fields[] = {
    {FIELD_COMMON(RevokeInput, reason, FIELD_TEXT, TEXT_staff_reason),
     .hint = TEXT_staff_reason_hint, .max = MAX_REASON, .autocomplete = "off"},
};

const Form staff_revoke_form = FORM("staff-revoke", revoke_fields, RevokeInput);

Error *page_staff_revoke(Page *page, Snapshot *snapshot)
{
    const Text effects[] = {t_staff_revoke_at_once(), t_staff_revoke_sessions(),
                            t_staff_revoke_stays()};
    FormPage view = {.title = t_staff_revoke_title(),
                     .action = page_path(page, "/a/{area}/staff/{id}/revoke", page->ids[0]),
                     .says = effects,
                     .n_says = countof(effects),
                     .is_destructive = true,
                     .submit = t_staff_revoke_do(),
                     .stay = t_staff_revoke_stay()};
    return show_question(page, snapshot, &staff_revoke_form, &view);
}

Error *submit_staff_revoke(Page *page, Snapshot *snapshot, const void *input_)
{
    const RevokeInput *typed = input_;
    TakeBack *input = arena_new(page->arena, TakeBack);
    *input = (TakeBack){.area = page->area,
                        .actor = page->who.person,
                        .grant = page->ids[0],
                        .reason = typed->reason};
    return page_write_to(page, people_take_back, input, 0,
                         page_path(page, "/a/{area}/staff/{id}", input->grant),
                         TEXT_staff_revoke_done);
}

/* --- a new code ------------------------------------------------------------------------------ */

const Form staff_code_form = FORM_EMPTY("staff-code");

Error *page_staff_code(Page *page, Snapshot *snapshot)
{
    const Text effects[] = {t_staff_code_old_ends(), t_staff_code_once(), t_staff_code_hand()};
    FormPage view = {.title = t_staff_code_title(),
                     .action = page_path(page, "/a/{area}/staff/{id}/code", page->ids[0]),
                     .says = effects,
                     .n_says = countof(effects),
                     .submit = t_staff_code_do(),
                     .stay = t_staff_code_stay()};
    return show_question(page, snapshot, &staff_code_form, &view);
}

static Error *after_code(Page *page, const void *input_, const void *output_)
{
    const StaffCode *input = input_;
    const CodeMade *output = output_;
    return answer_slip(page, input->grant, &output->code);
}

Error *submit_staff_code(Page *page, Snapshot *snapshot, const void *unused)
{
    StaffCode *input = arena_new(page->arena, StaffCode);
    *input = (StaffCode){.area = page->area,
                         .actor = page->who.person,
                         .grant = page->ids[0],
                         .secret = &page->app->secret};
    return page_write(page, people_staff_code, input, sizeof(CodeMade), after_code);
}
