/* intake_pages.c: the quick entry. */
#include "features/intake/intake_pages.h"

#include "base/utf8.h"
#include "features/programmes/programmes.h"
#include "intake_quick_html.h"
#include "intake_text.h"
#include "platform/html/frame_load.h"
#include "proposals_merge_text.h"

#define PEOPLE_SHOWN 8
#define RECENT_READ  200 /* as many entries of one person a day are counted */

SafeUrl intake_proposal_url(const Page *page, int64_t id)
{
    return page_path(page, "/a/{area}/proposals/{id}", id);
}

/* --- the form ------------------------------------------------------------------------------- */

typedef enum WhoKind { WHO_ROLL = 1, WHO_NEW = 2, WHO_NOBODY = 3 } WhoKind;

typedef struct IntakeInput {
    int channel;
    Str ticket;
    int who_kind; /* WhoKind */
    Str who;
    int64_t person; /* chosen among several of the roll */
    Str phone;
    Str building;
    bool to_roll;
    Str need;
    Str title;
    Str place;
    int kind;
    bool looked;
    int64_t same_as;
} IntakeInput;

static const Choice who_kinds[] = {
    {"roll", WHO_ROLL, TEXT_intake_who_roll},
    {"new", WHO_NEW, TEXT_intake_who_new},
    {"nobody", WHO_NOBODY, TEXT_intake_who_nobody},
};

static const Field intake_fields[] = {
    {FIELD_COMMON(IntakeInput, channel, FIELD_CHOICE, TEXT_intake_channel), .is_required = true,
     .choices = proposal_channels, .n_choices = 10},
    {FIELD_COMMON(IntakeInput, ticket, FIELD_TEXT, TEXT_proposal_field_ticket),
     .hint = TEXT_proposal_field_ticket_hint, .max = PROPOSAL_TICKET_MAX, .autocomplete = "off"},
    {FIELD_COMMON(IntakeInput, who_kind, FIELD_CHOICE, TEXT_intake_who_kind), .is_required = true,
     .choices = who_kinds, .n_choices = countof(who_kinds)},
    {FIELD_COMMON(IntakeInput, who, FIELD_TEXT, TEXT_intake_who), .hint = TEXT_intake_who_hint,
     .max = PROPOSAL_NAME_MAX, .autocomplete = "off"},
    {FIELD_COMMON(IntakeInput, person, FIELD_ID, TEXT_intake_who)},
    {FIELD_COMMON(IntakeInput, phone, FIELD_PHONE, TEXT_intake_phone),
     .hint = TEXT_intake_phone_hint, .autocomplete = "off"},
    {FIELD_COMMON(IntakeInput, building, FIELD_TEXT, TEXT_intake_building),
     .hint = TEXT_intake_building_hint, .max = PEOPLE_MAX_BUILDING, .autocomplete = "off"},
    {FIELD_COMMON(IntakeInput, to_roll, FIELD_BOX, TEXT_intake_to_roll)},
    {FIELD_COMMON(IntakeInput, need, FIELD_LONG_TEXT, TEXT_intake_need),
     .hint = TEXT_intake_need_hint, .is_required = true, .min = PROPOSAL_SAID_MIN,
     .max = PROPOSAL_NEED_MAX},
    {FIELD_COMMON(IntakeInput, title, FIELD_TEXT, TEXT_intake_title),
     .hint = TEXT_intake_title_hint, .max = PROPOSAL_TITLE_MAX, .autocomplete = "off"},
    {FIELD_COMMON(IntakeInput, place, FIELD_TEXT, TEXT_intake_place), .max = PROPOSAL_PLACE_MAX,
     .autocomplete = "off"},
    {FIELD_COMMON(IntakeInput, kind, FIELD_CHOICE, TEXT_intake_kind), .choices = proposal_kinds,
     .n_choices = 4},
    {FIELD_COMMON(IntakeInput, looked, FIELD_BOX, TEXT_proposal_similar_title)},
    {FIELD_COMMON(IntakeInput, same_as, FIELD_ID, TEXT_proposal_similar_title)},
};

const Form intake_form = FORM("intake", intake_fields, IntakeInput);
const Form intake_undo_form = FORM_EMPTY("intake_undo");

/* The next entry mostly comes the same way, from the same place. */
static FormState *fresh_form(Page *page, const IntakeRecentRow *last)
{
    IntakeInput input = {.channel = last != NULL ? (int)last->channel : CHANNEL_DOOR,
                         .who_kind = WHO_ROLL,
                         .place = last != NULL ? last->place : STR("")};
    return page_form_of(page, &intake_form, &input);
}

/* --- who it is ------------------------------------------------------------------------------- */

const WhoLine *intake_who_lines(Page *page, const PersonFound *people, size_t count)
{
    WhoLine *lines = arena_array(page->arena, WhoLine, count);
    for (size_t i = 0; i < count; i++) {
        lines[i] = (WhoLine){.person = id_text(people[i].person),
                             .name = people[i].name,
                             .place = people[i].place,
                             .phone = people_masked_phone(page->arena, people[i].phone)};
    }
    return lines;
}

static Error *find_people(Page *page, Snapshot *snapshot, Str words, const WhoLine **out,
                          size_t *out_count)
{
    PersonFound *people = NULL;
    *out_count = 0;
    Error *err = str_trim(words).len == 0 ? NULL
                                          : people_find(snapshot, page->area, str_trim(words),
                                                        PEOPLE_SHOWN, &people, out_count);
    *out = intake_who_lines(page, people, *out_count);
    return err;
}

/* For the script of the form: those the words could mean. */
Error *page_intake_people(Page *page, Snapshot *snapshot)
{
    Frame *frame = page_frame(page, t_intake_who(), FRAME_TAB_NONE);
    IntakePeopleView view = {.frame = frame};
    Error *err =
        find_people(page, snapshot, page_query(page, "words"), &view.people, &view.n_people);
    if (err) {
        return err;
    }
    frame->back = page_path(page, "/a/{area}/intake", 0);
    Out out = page_out(page);
    intake_people_page(&out, &view);
    return NULL;
}

static Error *wrong(Page *page, ErrorCode code, const char *field)
{
    return error_for_field(error_make(page->arena, code, "%s", field), str_from(field));
}

/* Whom the entry is for: a person of the roll goes into the proposal, or the name as it was told.
 */
static Error *resolve_roll(Page *page, Snapshot *snapshot, const IntakeInput *typed,
                           NewProposal *out)
{
    IntakePersonRow row;
    bool found = false;
    PersonFound *people = NULL;
    size_t count = 0;
    Error *err = NULL;
    if (typed->person != 0) {
        err = sql_intake_person(snapshot, page->area, typed->person, &row, &found);
        out->proposer = found ? row.person_id : 0;
        out->proposer_name = found ? row.name : STR("");
        return err || found ? err : wrong(page, ERROR_INTAKE_WHO_NONE, "who");
    }
    if (typed->who.len == 0) {
        return wrong(page, ERROR_FIELD_MISSING, "who");
    }
    err = people_find(snapshot, page->area, typed->who, PEOPLE_SHOWN, &people, &count);
    if (err) {
        return err;
    }
    if (count != 1) {
        return wrong(page, count == 0 ? ERROR_INTAKE_WHO_NONE : ERROR_INTAKE_WHO_SEVERAL, "who");
    }
    out->proposer = people[0].person;
    out->proposer_name = people[0].name;
    return NULL;
}

static Error *resolve_who(Page *page, Snapshot *snapshot, const IntakeInput *typed,
                          IntakeEntry *entry)
{
    if (typed->who_kind == WHO_ROLL) {
        return resolve_roll(page, snapshot, typed, &entry->proposal);
    }
    if (typed->who_kind == WHO_NOBODY) {
        return NULL;
    }
    if (typed->who.len == 0) {
        return wrong(page, ERROR_FIELD_MISSING, "who");
    }
    entry->proposal.proposer_name = typed->who;
    entry->proposal.proposer_phone = typed->phone;
    entry->adds_to_roll = typed->to_roll;
    entry->building = typed->building;
    return NULL;
}

/* --- the page --------------------------------------------------------------------------------- */

static Str said(Arena *arena, Str title, Str need)
{
    return arena_printf(arena, "%.*s\n%.*s", STR_ARG(title), STR_ARG(need));
}

/* What came back: whom it could mean, and what is like it. */
static Error *fill_again(Page *page, Snapshot *snapshot, int64_t round, IntakeView *view)
{
    if (page->form != view->form) {
        return NULL;
    }
    Error *err = find_people(page, snapshot, form_field(page->form, "who")->typed, &view->people,
                             &view->n_people);
    view->person = form_field(page->form, "person")->typed;
    view->similar.chosen = form_field(page->form, "same_as")->typed;
    return err || round == 0
               ? err
               : proposals_similar_view(page, snapshot, round,
                                        said(page->arena, form_field(page->form, "title")->typed,
                                             form_field(page->form, "need")->typed),
                                        0, &view->similar);
}

static void show_last(Page *page, const IntakeRecentRow *row, IntakeView *view)
{
    const char *area = id_text(page->area).text;
    view->has_last = true;
    view->last_title = row->title;
    view->last_receipt = row->receipt;
    view->last_link = intake_proposal_url(page, row->id);
    view->last_slip = url_path(page->arena, "/a/%s/intake/%s/slip", area, id_text(row->id).text);
    view->undo_action = url_path(page->arena, "/a/%s/intake/%s/undo", area, id_text(row->id).text);
    if (row->state == PROPOSAL_SUBMITTED || row->state == PROPOSAL_MERGED) {
        view->undo = page_form(page, &intake_undo_form);
    }
}

/* What this person has taken down today; *out_last (or NULL) is the newest of it. */
static Error *fill_today(Page *page, Snapshot *snapshot, IntakeView *view,
                         const IntakeRecentRow **out_last)
{
    IntakeRecentRows rows = {0};
    Error *err = sql_intake_recent(snapshot, page->area, page->who.person, RECENT_READ, &rows);
    Date today = instant_date(page->now);
    *out_last = NULL;
    for (size_t i = 0; !err && i < rows.count; i++) {
        const IntakeRecentRow *row = &rows.rows[i];
        if (instant_date(row->submitted_at).days != today.days) {
            break;
        }
        if (row->state != PROPOSAL_WITHDRAWN && view->n_today++ == 0) {
            *out_last = row;
            show_last(page, row, view);
        }
    }
    return err;
}

Error *page_intake(Page *page, Snapshot *snapshot)
{
    RoundInfo round = {0};
    bool found = false;
    IntakeView view = {.frame = page_frame(page, t_intake_quick(), FRAME_TAB_NONE)};
    const IntakeRecentRow *last = NULL;
    Error *err = programmes_current_round(snapshot, page->area, &round, &found);
    if (!err) {
        err = fill_today(page, snapshot, &view, &last);
    }
    if (!err) {
        view.form = fresh_form(page, last);
        err = fill_again(page, snapshot, found ? round.id : 0, &view);
    }
    if (err) {
        return err;
    }
    view.is_open = found && programmes_stage_is_open(&round, STAGE_KIND_COLLECT);
    view.action = page_path(page, "/a/{area}/intake", 0);
    view.look_people = page_path(page, "/a/{area}/intake/people", 0).url;
    view.similar.look = page_path(page, "/a/{area}/proposals/similar", 0).url;
    view.blank_form = page_path(page, "/a/{area}/intake/form", 0);
    view.chain = page_path(page, "/a/{area}/intake/chain", 0);
    view.list = page_path(page, "/a/{area}/proposals", 0);
    Out out = page_out(page);
    intake_quick_page(&out, &view);
    return NULL;
}

/* --- sending ------------------------------------------------------------------------------------
 */

static Error *look_first(Page *page, Snapshot *snapshot, const IntakeInput *typed)
{
    RoundInfo round;
    bool found = false;
    SimilarView similar = {0};
    if (typed->looked) {
        return NULL;
    }
    Error *err = programmes_current_round(snapshot, page->area, &round, &found);
    if (!err && found) {
        err = proposals_similar_view(page, snapshot, round.id,
                                     said(page->arena, typed->title, typed->need), 0, &similar);
    }
    return err || similar.n_lines == 0
               ? err
               : error_make(page->arena, ERROR_PROPOSAL_SIMILAR, "similar ones shown");
}

Error *submit_intake(Page *page, Snapshot *snapshot, const void *input)
{
    const IntakeInput *typed = input;
    IntakeEntry *entry = arena_new(page->arena, IntakeEntry);
    NewProposal *new = &entry->proposal;
    *new = (NewProposal){.area = page->area,
                         .actor = page->who.person,
                         .is_staff = true,
                         .channel = typed->channel,
                         .ticket = typed->ticket,
                         .same_as = typed->same_as};
    new->words = (ProposalWords){.title = typed->title.len > 0 ? typed->title
                                                               : proposal_title_of(typed->need),
                                 .need = typed->need,
                                 .place = typed->place,
                                 .kind = typed->kind != 0 ? typed->kind : PROPOSAL_KIND_UNSURE};
    Error *err = resolve_who(page, snapshot, typed, entry);
    if (!err) {
        err = look_first(page, snapshot, typed);
    }
    if (err) {
        return err;
    }
    new->receipt = proposal_new_receipt();
    return page_write_to(page, intake_enter, entry, sizeof(ProposalSubmitted),
                         page_path(page, "/a/{area}/intake", 0), TEXT_intake_done);
}

Error *submit_intake_undo(Page *page, Snapshot *snapshot, const void *input)
{
    IntakeTakeBack *back = arena_new(page->arena, IntakeTakeBack);
    *back = (IntakeTakeBack){page->area, page->ids[0], page->who.person};
    return page_write_to(page, intake_take_back, back, 0, page_path(page, "/a/{area}/intake", 0),
                         TEXT_intake_undone);
}
