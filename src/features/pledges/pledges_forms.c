/* pledges_forms.c: promising, for oneself and for others, and the steps after it. */
#include "features/people/people.h"
#include "features/pledges/pledges_pages.h"
#include "platform/html/frame_load.h"
#include "pledge_form_html.h"
#include "pledges_text.h"

#define PEOPLE_READ 2

/* What both forms ask. */
typedef struct GiftInput {
    int form;
    Money value;
    int64_t hours;
    Str words;
    bool named;
} GiftInput;

typedef struct PledgeInput {
    GiftInput gift;
} PledgeInput;

enum { GIVER_PERSON = 1, GIVER_UNIT = 2 };

typedef struct ForInput {
    int giver;
    Str who;
    Str unit;
    Str contact;
    Str phone;
    bool here;
    GiftInput gift;
} ForInput;

static const Choice forms[] = {
    {"money", PLEDGE_MONEY, TEXT_pledge_form_money},
    {"goods", PLEDGE_GOODS, TEXT_pledge_form_goods},
    {"hours", PLEDGE_HOURS, TEXT_pledge_form_hours},
};

static const Choice givers[] = {
    {"person", GIVER_PERSON, TEXT_pledge_giver_person},
    {"unit", GIVER_UNIT, TEXT_pledge_giver_unit},
};

#define GIFT_FIELDS(Input)                                                                         \
    {FIELD_INSIDE(Input, gift, form, FIELD_CHOICE, TEXT_pledge_form), .is_required = true,         \
     .choices = forms, .n_choices = countof(forms)},                                               \
        {FIELD_INSIDE(Input, gift, value, FIELD_MONEY, TEXT_pledge_value),                         \
         .hint = TEXT_pledge_value_hint, .is_conditional = true, .max = MONEY_MAX_FEN},            \
        {FIELD_INSIDE(Input, gift, hours, FIELD_INTEGER, TEXT_pledge_hours_field),                 \
         .hint = TEXT_pledge_hours_hint, .is_conditional = true, .min = 1,                         \
         .max = PLEDGE_HOURS_MAX},                                                                 \
        {FIELD_INSIDE(Input, gift, words, FIELD_TEXT, TEXT_pledge_words),                          \
         .hint = TEXT_pledge_words_hint, .is_conditional = true, .max = PLEDGE_WORDS_MAX,          \
         .autocomplete = "off"},                                                                   \
    {                                                                                              \
        FIELD_INSIDE(Input, gift, named, FIELD_BOX, TEXT_pledge_named)                             \
    }

static const Field pledge_fields[] = {GIFT_FIELDS(PledgeInput)};

const Form pledge_form = FORM("pledge", pledge_fields, PledgeInput);

static const Field for_fields[] = {
    {FIELD_COMMON(ForInput, giver, FIELD_CHOICE, TEXT_pledge_giver_kind), .is_required = true,
     .choices = givers, .n_choices = countof(givers)},
    {FIELD_COMMON(ForInput, who, FIELD_TEXT, TEXT_pledge_who), .hint = TEXT_pledge_who_hint,
     .is_conditional = true, .max = PEOPLE_MAX_NAME, .autocomplete = "off"},
    {FIELD_COMMON(ForInput, unit, FIELD_TEXT, TEXT_pledge_unit), .hint = TEXT_pledge_unit_hint,
     .is_conditional = true, .max = PLEDGE_UNIT_MAX, .autocomplete = "off"},
    {FIELD_COMMON(ForInput, contact, FIELD_TEXT, TEXT_pledge_contact), .max = PEOPLE_MAX_NAME,
     .autocomplete = "off"},
    {FIELD_COMMON(ForInput, phone, FIELD_PHONE, TEXT_pledge_contact_phone), .autocomplete = "off"},
    GIFT_FIELDS(ForInput),
    {FIELD_COMMON(ForInput, here, FIELD_BOX, TEXT_pledge_here), .is_required = true},
};

const Form pledge_for_form = FORM("pledge-for", for_fields, ForInput);

static bool takes(const RoundRules *rules, PledgeForm form)
{
    return (rules->pledges & (1u << form)) != 0;
}

static Error *show_form(Page *page, Snapshot *s, const Form *form, bool is_staff)
{
    PledgeProjectRow project;
    RoundInfo round;
    RoundRules *rules = arena_new(page->arena, RoundRules);
    Frame *frame = page_frame(page, t_pledge_form_title(), FRAME_TAB_NONE);
    Error *err = pledge_load_project(page, s, &project, &round);
    if (!err) {
        err = programmes_round_rules(s, page->area, project.round_id, rules);
    }
    if (err) {
        return err;
    }
    bool is_open = programmes_stage_is_open(&round, STAGE_KIND_PLEDGE) && rules->pledges != 0;
    PledgeFormView view = {
        .frame = frame,
        .form = is_open || page->form ? page_form(page, form) : NULL,
        .action = pledge_project_url(page, project.id, is_staff ? "/pledges/for" : "/pledges/new"),
        .title = project.title,
        .price = project.cost_fen,
        .left = pledge_public_cost(project.cost_fen, project.firm_fen),
        .takes_money = takes(rules, PLEDGE_MONEY),
        .takes_goods = takes(rules, PLEDGE_GOODS),
        .takes_hours = takes(rules, PLEDGE_HOURS),
        .is_staff = is_staff,
        .back = pledge_project_url(page, project.id, "/pledges")};
    frame->back = view.back;
    Out out = page_out(page);
    pledge_form_page(&out, &view);
    return NULL;
}

Error *page_pledge_new(Page *page, Snapshot *s)
{
    return show_form(page, s, &pledge_form, false);
}

Error *page_pledge_for(Page *page, Snapshot *s)
{
    return show_form(page, s, &pledge_for_form, true);
}

/* --- promising --------------------------------------------------------------- */

static NewPledge *new_pledge(Page *page, const GiftInput *gift)
{
    NewPledge *new = arena_new(page->arena, NewPledge);
    *new = (NewPledge){.area = page->area,
                       .proposal = page->ids[0],
                       .actor = page->who.person,
                       .fact = {gift->form, gift->value, gift->hours, gift->words},
                       .is_named = gift->named};
    return new;
}

static Error *after_promise(Page *page, const void *input, const void *output)
{
    (void)input;
    return page_redirect_notice(page, pledge_url(page, ((const PledgeMade *)output)->id, ""),
                                TEXT_pledge_done);
}

Error *submit_pledge(Page *page, Snapshot *s, const void *input)
{
    NewPledge *new = new_pledge(page, &((const PledgeInput *)input)->gift);
    new->person = page->who.person;
    return page_write(page, pledges_promise, new, sizeof(PledgeMade), after_promise);
}

/* The one person of the roll whom the words name. */
static Error *find_giver(Page *page, Snapshot *s, Str words, int64_t *out)
{
    PersonFound *people = NULL;
    size_t count = 0;
    if (words.len == 0) {
        return error_at(page->arena, ERROR_FIELD_MISSING, "who", 0);
    }
    Error *err = people_find(s, page->area, words, PEOPLE_READ, &people, &count);
    if (err) {
        return err;
    }
    if (count != 1) {
        return error_at(page->arena, count == 0 ? ERROR_PLEDGE_WHO_NONE : ERROR_PLEDGE_WHO_SEVERAL,
                        "who", 0);
    }
    *out = people[0].person;
    return NULL;
}

Error *submit_pledge_for(Page *page, Snapshot *s, const void *input)
{
    const ForInput *typed = input;
    NewPledge *new = new_pledge(page, &typed->gift);
    new->is_staff = true;
    Error *err = NULL;
    if (typed->giver == GIVER_PERSON) {
        err = find_giver(page, s, typed->who, &new->person);
    } else {
        new->unit = typed->unit;
        new->contact_name = typed->contact;
        new->contact_phone = typed->phone;
    }
    return err ? err : page_write(page, pledges_promise, new, sizeof(PledgeMade), after_promise);
}

/* --- the steps --------------------------------------------------------------- */

typedef struct StepInput {
    int64_t version;
    Money value;
    Str reason;
} StepInput;

static const Field confirm_fields[] = {
    {FIELD_COMMON(StepInput, version, FIELD_ID, TEXT_pledge_confirm), .is_required = true},
    {FIELD_COMMON(StepInput, value, FIELD_MONEY, TEXT_pledge_worth), .hint = TEXT_pledge_worth_hint,
     .is_conditional = true, .max = MONEY_MAX_FEN},
};

static const Field receive_fields[] = {
    {FIELD_COMMON(StepInput, version, FIELD_ID, TEXT_pledge_receive), .is_required = true},
};

static const Field release_fields[] = {
    {FIELD_COMMON(StepInput, version, FIELD_ID, TEXT_pledge_release), .is_required = true},
    {FIELD_COMMON(StepInput, reason, FIELD_TEXT, TEXT_pledge_reason),
     .hint = TEXT_pledge_reason_hint, .is_conditional = true, .max = PLEDGE_REASON_MAX,
     .autocomplete = "off"},
};

const Form pledge_confirm_form = FORM("pledge-confirm", confirm_fields, StepInput);
const Form pledge_receive_form = FORM("pledge-receive", receive_fields, StepInput);
const Form pledge_release_form = FORM("pledge-release", release_fields, StepInput);

const FormState *pledge_step_form(Page *page, const Form *form, const PledgeGetRow *row)
{
    StepInput input = {.version = row->version, .value = row->value_fen};
    return page_form_of(page, form, &input);
}

static Error *submit_step(Page *page, const StepInput *typed, PledgeState to)
{
    static const int notices[] = {0, 0, TEXT_pledge_confirmed, TEXT_pledge_received,
                                  TEXT_pledge_released};
    PledgeStep *step = arena_new(page->arena, PledgeStep);
    *step = (PledgeStep){.area = page->area,
                         .id = page->ids[0],
                         .actor = page->who.person,
                         .is_staff = pledge_may(page, POLICY_MANAGE),
                         .version = typed->version,
                         .to = to,
                         .value = typed->value,
                         .reason = typed->reason};
    return page_write_to(page, pledges_step, step, 0, pledge_url(page, step->id, ""), notices[to]);
}

Error *submit_pledge_confirm(Page *page, Snapshot *s, const void *input)
{
    return submit_step(page, input, PLEDGE_CONFIRMED);
}

Error *submit_pledge_receive(Page *page, Snapshot *s, const void *input)
{
    return submit_step(page, input, PLEDGE_RECEIVED);
}

Error *submit_pledge_release(Page *page, Snapshot *s, const void *input)
{
    return submit_step(page, input, PLEDGE_RELEASED);
}
