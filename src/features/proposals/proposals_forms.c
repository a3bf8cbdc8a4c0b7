/* proposals_forms.c: making and changing a proposal. */
#include "base/limits.h"
#include "base/utf8.h"
#include "features/programmes/programmes.h"
#include "features/proposals/proposals_merge_pages.h"
#include "features/proposals/proposals_pages.h"
#include "features/proposals/proposals_photos.h"
#include "platform/html/frame_load.h"
#include "proposal_form_html.h"
#include "proposals_merge_text.h"
#include "proposals_text.h"

/* --- making ------------------------------------------------------------------ */

typedef struct ProposalInput {
    int channel;
    Str proposer_name;
    Str proposer_phone;
    Str ticket;
    ProposalWords words;
    PhotoInputs photos;
    bool looked;     /* has seen those that are like it */
    int64_t same_as; /* and says it is this one; 0: none of them */
} ProposalInput;

/* One row for each member of ProposalWords. */
#define WORDS_FIELDS(Input)                                                                        \
    {FIELD_INSIDE(Input, words, title, FIELD_TEXT, TEXT_proposal_field_title),                     \
     .hint = TEXT_proposal_field_title_hint, .is_required = true, .min = PROPOSAL_TITLE_MIN,       \
     .max = PROPOSAL_TITLE_MAX},                                                                   \
        {FIELD_INSIDE(Input, words, need, FIELD_LONG_TEXT, TEXT_proposal_field_need),              \
         .hint = TEXT_proposal_field_need_hint, .is_required = true, .min = PROPOSAL_NEED_MIN,     \
         .max = PROPOSAL_NEED_MAX},                                                                \
        {FIELD_INSIDE(Input, words, place, FIELD_TEXT, TEXT_proposal_field_place),                 \
         .hint = TEXT_proposal_field_place_hint, .max = PROPOSAL_PLACE_MAX},                       \
        {FIELD_INSIDE(Input, words, beneficiaries, FIELD_TEXT, TEXT_proposal_field_beneficiaries), \
         .hint = TEXT_proposal_field_beneficiaries_hint, .max = PROPOSAL_BENEFICIARIES_MAX},       \
    {                                                                                              \
        FIELD_INSIDE(Input, words, kind, FIELD_CHOICE, TEXT_proposal_field_kind),                  \
            .choices = proposal_kinds, .n_choices = 4                                              \
    }

static const Field proposal_fields[] = {
    {FIELD_COMMON(ProposalInput, channel, FIELD_CHOICE, TEXT_proposal_field_channel),
     .choices = proposal_channels, .n_choices = countof(proposal_channels)},
    {FIELD_COMMON(ProposalInput, proposer_name, FIELD_TEXT, TEXT_proposal_field_name),
     .hint = TEXT_proposal_field_name_hint, .max = PROPOSAL_NAME_MAX},
    {FIELD_COMMON(ProposalInput, proposer_phone, FIELD_PHONE, TEXT_proposal_field_phone),
     .hint = TEXT_proposal_field_phone_hint},
    {FIELD_COMMON(ProposalInput, ticket, FIELD_TEXT, TEXT_proposal_field_ticket),
     .hint = TEXT_proposal_field_ticket_hint, .max = PROPOSAL_TICKET_MAX},
    WORDS_FIELDS(ProposalInput),
    PHOTO_FIELDS(ProposalInput),
    {FIELD_COMMON(ProposalInput, looked, FIELD_BOX, TEXT_proposal_similar_title)},
    {FIELD_COMMON(ProposalInput, same_as, FIELD_ID, TEXT_proposal_similar_title)},
};

const Form proposal_form = FORM("proposal", proposal_fields, ProposalInput, .has_file = true);

static bool is_resident(const Page *page)
{
    return proposal_may(page, POLICY_RESIDENT);
}

/* A resident who has as many as the rules allow learns so before writing another. */
static Error *why_capped(Page *page, Snapshot *snapshot, int64_t round, Text *out)
{
    RoundRules *rules = arena_new(page->arena, RoundRules);
    ProposalHeldRow held = {0};
    Error *err = programmes_round_rules(snapshot, page->area, round, rules);
    if (!err) {
        err = sql_proposal_held(snapshot, page->area, round, page->who.person, &held);
    }
    if (!err && !proposal_cap_allows(rules->per_resident, held.n)) {
        *out = t_proposal_closed_cap(held.n);
    }
    return err;
}

/* Why nothing can be proposed here, or the empty sentence. */
static Text why_closed(const Page *page, const RoundInfo *round, bool found)
{
    if (!proposal_may(page, POLICY_STAFF) && !is_resident(page)) {
        return t_proposal_closed_not_resident();
    }
    if (!found) {
        return t_proposal_closed_none();
    }
    if (programmes_stage_is_open(round, STAGE_KIND_COLLECT)) {
        return text_of(0);
    }
    return round->stage_kind == STAGE_KIND_LAUNCH ? t_proposal_closed_none()
                                                  : t_proposal_closed_stage(round->stage_name);
}

/* The form as it is first shown: empty, or with the words of an entry of the project library. */
static Error *fresh_form(Page *page, Snapshot *snapshot, const FormState **out)
{
    ProposalInput usual = {0};
    ProposalEntryRow row;
    bool found = false;
    int64_t entry = 0;
    Error *err = NULL;
    if (id_parse(page_query(page, "entry"), &entry)) {
        err = sql_proposal_entry(snapshot, entry, &row, &found);
    }
    if (err || !found) {
        *out = page_form(page, &proposal_form);
        return err;
    }
    usual.words = (ProposalWords){.title = utf8_first(row.title, PROPOSAL_TITLE_MAX),
                                  .need = utf8_first(row.scope, PROPOSAL_NEED_MAX),
                                  .kind = (int)row.kind};
    FormState *state = page_form_of(page, &proposal_form, &usual);
    form_empty_zeros(state);
    *out = state;
    return NULL;
}

Error *page_proposal_new(Page *page, Snapshot *snapshot)
{
    RoundInfo round;
    bool found = false;
    bool is_staff = proposal_may(page, POLICY_STAFF);
    Frame *frame = page_frame(page, is_staff ? t_proposal_new_for_title() : t_proposal_new_title(),
                              FRAME_TAB_PROPOSALS);
    Error *err = programmes_current_round(snapshot, page->area, &round, &found);
    if (err) {
        return err;
    }
    ProposalFormView view = {.frame = frame,
                             .action = page_path(page, "/a/{area}/proposals", 0),
                             .is_staff = is_staff,
                             .closed_why = why_closed(page, &round, found),
                             .list = page_path(page, "/a/{area}/proposals", 0)};
    if (view.closed_why.key == 0 && !is_staff) {
        err = why_capped(page, snapshot, round.id, &view.closed_why);
    }
    if (err) {
        return err;
    }
    view.is_closed = view.closed_why.key != 0;
    view.n_photos_free = PROPOSAL_PHOTOS_MAX;
    view.was_sent = page->form != NULL;
    /* What was typed is shown again even when collecting ended meanwhile. */
    if (!view.is_closed || page->form != NULL) {
        err = fresh_form(page, snapshot, &view.form);
        view.similar.look = page_path(page, "/a/{area}/proposals/similar", 0).url;
    }
    if (!err && page->form != NULL && found) {
        err = similar_fill(page, snapshot, round.id, similar_typed(page->arena, page->form),
                           &view.similar);
    }
    if (err) {
        return err;
    }
    if (page->form != NULL && found) {
        view.similar.chosen = form_field(page->form, "same_as")->typed;
    }
    frame->back = view.list;
    Out out = page_out(page);
    proposal_form_page(&out, &view);
    return NULL;
}

static Error *after_submit(Page *page, const void *input, const void *output)
{
    const NewProposal *new = input;
    const ProposalSubmitted *done = output;
    return page_redirect_notice(page, page_path(page, "/a/{area}/proposals/{id}", done->id),
                                new->is_staff ? TEXT_proposal_new_for_done
                                              : TEXT_proposal_new_done);
}

/* Who chose no kind is not sure. */
static ProposalWords words_of(const ProposalWords *typed)
{
    ProposalWords words = *typed;
    words.kind = typed->kind != 0 ? typed->kind : PROPOSAL_KIND_UNSURE;
    return words;
}

/* Before a wish is sent for the first time: is it there already? The page comes back with those
 * that are like it, and every word kept. */
static Error *look_first(Page *page, Snapshot *snapshot, const ProposalInput *typed)
{
    RoundInfo round;
    bool found = false;
    SimilarView similar = {0};
    Error *err = NULL;
    if (typed->looked) {
        return NULL;
    }
    err = programmes_current_round(snapshot, page->area, &round, &found);
    if (!err && found) {
        err = similar_fill(page, snapshot, round.id, similar_typed(page->arena, page->form),
                           &similar);
    }
    return err || similar.n_lines == 0
               ? err
               : error_make(page->arena, ERROR_PROPOSAL_SIMILAR, "similar ones shown");
}

Error *submit_proposal(Page *page, Snapshot *snapshot, const void *input)
{
    const ProposalInput *typed = input;
    bool is_staff = proposal_may(page, POLICY_STAFF);
    if (!is_staff && !is_resident(page)) {
        return error_make(page->arena, ERROR_FORBIDDEN, "not on the roll of this community");
    }
    Error *err = look_first(page, snapshot, typed);
    if (err) {
        return err;
    }
    NewProposal *new = arena_new(page->arena, NewProposal);
    *new = (NewProposal){.area = page->area,
                         .actor = page->who.person,
                         .is_staff = is_staff,
                         .channel = typed->channel,
                         .proposer_name = typed->proposer_name,
                         .proposer_phone = typed->proposer_phone,
                         .ticket = typed->ticket,
                         .same_as = typed->same_as,
                         .words = words_of(&typed->words)};
    new->receipt = proposal_new_receipt();
    err = photos_prepare(page, &typed->photos, &new->photos);
    return err ? err
               : page_write(page, proposals_submit, new, sizeof(ProposalSubmitted), after_submit);
}

/* --- changing ---------------------------------------------------------------- */

typedef struct EditInput {
    int64_t version;
    ProposalWords words;
    PhotoInputs photos;
} EditInput;

static const Field edit_fields[] = {
    {FIELD_COMMON(EditInput, version, FIELD_ID, TEXT_proposal_edit_title), .is_required = true},
    WORDS_FIELDS(EditInput),
    PHOTO_FIELDS(EditInput),
};

const Form proposal_edit_form = FORM("proposal-edit", edit_fields, EditInput, .has_file = true);

Error *proposal_require_changeable(Page *page, Snapshot *snapshot, ProposalGetRow *out,
                                   bool *out_changeable)
{
    Error *err = proposal_require(page, snapshot, out);
    if (err) {
        return err;
    }
    ProposalFact fact = proposal_fact(out);
    ProposalActor actor = proposal_actor(page);
    *out_changeable = proposal_may_be_changed(&fact, &actor);
    if (!proposal_belongs_to(&fact, &actor)) {
        return error_make(page->arena, ERROR_NOT_FOUND, "not their proposal");
    }
    return NULL;
}

static FormState *edit_form(Page *page, const ProposalGetRow *row)
{
    EditInput input = {.version = row->version,
                       .words = {.title = row->title,
                                 .need = row->need,
                                 .place = row->place,
                                 .beneficiaries = row->beneficiaries,
                                 .kind = (int)row->kind}};
    return page_form_of(page, &proposal_edit_form, &input);
}

Error *page_proposal_edit(Page *page, Snapshot *snapshot)
{
    ProposalGetRow row;
    bool is_changeable = false;
    Frame *frame = page_frame(page, t_proposal_edit_title(), FRAME_TAB_PROPOSALS);
    Error *err = proposal_require_changeable(page, snapshot, &row, &is_changeable);
    if (!err && !is_changeable && page->form == NULL) {
        return page_redirect(page, page_path(page, "/a/{area}/proposals/{id}", row.id));
    }
    int64_t n_free = 0;
    if (!err) {
        err = photos_free(page, snapshot, row.id, &n_free);
    }
    if (err) {
        return err;
    }
    FormState *form = edit_form(page, &row);
    ProposalFormView view = {.frame = frame,
                             .form = form,
                             .action = page_path(page, "/a/{area}/proposals/{id}/edit", row.id),
                             .is_edit = true,
                             .n_photos_free = n_free,
                             .was_sent = page->form == form,
                             .list = page_path(page, "/a/{area}/proposals", 0)};
    frame->back = page_path(page, "/a/{area}/proposals/{id}", row.id);
    Out out = page_out(page);
    proposal_form_page(&out, &view);
    return NULL;
}

Error *submit_proposal_edit(Page *page, Snapshot *snapshot, const void *input)
{
    const EditInput *typed = input;
    ProposalEdit *edit = arena_new(page->arena, ProposalEdit);
    *edit = (ProposalEdit){.area = page->area,
                           .id = page->ids[0],
                           .actor = page->who.person,
                           .is_staff = proposal_may(page, POLICY_STAFF),
                           .version = typed->version,
                           .words = words_of(&typed->words),
                           .may_manage = proposal_may(page, POLICY_MANAGE)};
    Error *err = photos_prepare(page, &typed->photos, &edit->photos);
    return err ? err
               : page_write_to(page, proposals_edit, edit, 0,
                               page_path(page, "/a/{area}/proposals/{id}", edit->id),
                               TEXT_proposal_edit_done);
}
