/* proposals_decide_pages.c: reading a proposal against the rules of its round, and going on to the
 * next one. */
#include "features/programmes/programmes.h"
#include "features/proposals/proposals_merge_pages.h"
#include "features/proposals/proposals_pages.h"
#include "platform/html/frame_load.h"
#include "proposal_decide_html.h"
#include "proposals_text.h"
#include "screening_duties_text.h"

typedef struct DecideInput {
    int64_t version;
    int decision;
    Money cost;
    int kind;
    Str line;
    Str reason;
} DecideInput;

static const Field decide_fields[] = {
    {FIELD_COMMON(DecideInput, version, FIELD_ID, TEXT_proposal_decide_title), .is_required = true},
    {FIELD_COMMON(DecideInput, decision, FIELD_CHOICE, TEXT_proposal_decide_field),
     .is_required = true, .choices = screening_choices, .n_choices = SCREENING_CHOICES},
    {FIELD_COMMON(DecideInput, cost, FIELD_MONEY, TEXT_proposal_decide_cost),
     .is_conditional = true, .max = MONEY_MAX_FEN},
    {FIELD_COMMON(DecideInput, kind, FIELD_CHOICE, TEXT_proposal_decide_kind),
     .hint = TEXT_proposal_decide_kind_hint, .is_conditional = true, .choices = proposal_kinds,
     .n_choices = 3}, /* not "not sure" */
    {FIELD_COMMON(DecideInput, line, FIELD_TEXT, TEXT_screening_field_line),
     .hint = TEXT_screening_field_line_hint, .is_conditional = true},
    {FIELD_COMMON(DecideInput, reason, FIELD_LONG_TEXT, TEXT_proposal_decide_reason),
     .hint = TEXT_proposal_decide_reason_hint, .is_conditional = true, .max = PROPOSAL_REASON_MAX},
};

const Form proposal_decide_form = FORM("decide", decide_fields, DecideInput);

/* What was decided before is shown again to whoever changes it. */
static FormState *decide_state(Page *page, const ProposalGetRow *row, const ScreeningForm *reading)
{
    FormState *form = page_form(page, &proposal_decide_form);
    if (page->form == form) {
        return form;
    }
    DecideInput input = {.version = row->version,
                         .cost = row->cost_fen,
                         .kind = row->kind != PROPOSAL_KIND_UNSURE ? (int)row->kind : 0,
                         .reason = row->reason,
                         .decision = reading->decided};
    form_prefill(page->arena, form, &input);
    form_empty_zeros(form); /* no price yet is an empty box, not 0 yuan */
    return form;
}

/* ?next: whoever goes through the queue is taken from one to the next. */
static bool goes_through(const Page *page)
{
    return page_query(page, "next").len > 0;
}

static SafeUrl decide_url(const Page *page, int64_t id)
{
    return goes_through(page) ? page_path(page, "/a/{area}/proposals/{id}/decide?next=1", id)
                              : page_path(page, "/a/{area}/proposals/{id}/decide", id);
}

/* The next one that waits for this person, after the one they are at; *out_n: how many wait. */
static Error *next_unread(Page *page, Snapshot *snapshot, int64_t round, int64_t after,
                          int64_t *out_id, int64_t *out_n)
{
    ProposalUnreadRow row;
    bool found = false;
    Error *err = sql_proposal_unread(snapshot, page->area, round, page->who.person,
                                     proposal_may(page, POLICY_LEAD), after, &row, &found);
    *out_id = !err && found ? row.id : 0;
    *out_n = !err && found ? row.n : 0;
    return err;
}

static Error *load_view(Page *page, Snapshot *snapshot, const ProposalGetRow *row,
                        ProposalDecideView *view)
{
    RoundInfo round;
    StageInfo *stages = NULL;
    size_t count = 0;
    int64_t next = 0;
    RoundRules *rules = arena_new(page->arena, RoundRules);
    Error *err = programmes_round(snapshot, page->area, row->round_id, &round);
    if (!err) {
        err = programmes_round_rules(snapshot, page->area, row->round_id, rules);
    }
    if (!err) {
        err = programmes_stages(snapshot, page->area, row->round_id, &stages, &count);
    }
    if (!err) {
        err = screening_form_load(page, snapshot, rules, row->id, row->version, &view->reading);
    }
    if (!err) {
        err = similar_fill(page, snapshot, row->round_id, similar_of_row(page->arena, row),
                           &view->similar);
    }
    if (!err) {
        err = next_unread(page, snapshot, row->round_id, row->id, &next, &view->n_waiting);
    }
    if (err) {
        return err;
    }
    view->budget = round.budget;
    view->next = next == 0 || next == row->id ? (SafeUrl){0} : decide_url(page, next);
    view->is_late = !proposal_may_be_decided((ProposalState)row->state,
                                             programmes_choice_is_ahead(stages, count));
    if (!view->reading.is_kept_out && (!view->is_late || page->form != NULL)) {
        view->form = decide_state(page, row, &view->reading);
        screening_form_fill(page, view->form, rules, &view->reading);
    }
    return NULL;
}

Error *page_proposal_decide(Page *page, Snapshot *snapshot)
{
    ProposalGetRow row;
    ProposalDecideView *view = arena_new(page->arena, ProposalDecideView);
    Frame *frame = page_frame(page, t_proposal_decide_title(), FRAME_TAB_NONE);
    Error *err = proposal_require(page, snapshot, &row);
    if (!err) {
        err = load_view(page, snapshot, &row, view);
    }
    if (err) {
        return err;
    }
    view->frame = frame;
    view->action = decide_url(page, row.id);
    view->goes_through = goes_through(page);
    view->title = row.title;
    view->need = row.need;
    view->place = row.place;
    view->beneficiaries = row.beneficiaries;
    view->proposal = page_path(page, "/a/{area}/proposals/{id}", row.id);
    frame->back = view->proposal;
    Out out = page_out(page);
    proposal_decide_page(&out, view);
    return NULL;
}

/* What the use case is given, and where the page goes afterwards. */
typedef struct Submitted {
    ProposalDecide decide; /* first: the use case reads only this */
    SafeUrl to;
} Submitted;

static Error *after_decide(Page *page, const void *input, const void *output)
{
    const Submitted *submitted = input;
    const ProposalDecided *done = output;
    int notice = done->state == SCREENING_WAITS      ? TEXT_proposal_decide_waits
                 : done->state == SCREENING_DISPUTED ? TEXT_proposal_decide_disputed
                                                     : TEXT_proposal_decide_done;
    return page_redirect_notice(page, submitted->to, notice);
}

/* To the next one, or to what was decided in the round when that was the last. */
static Error *way_on(Page *page, Snapshot *snapshot, SafeUrl *out)
{
    ProposalGetRow row;
    int64_t next = 0;
    int64_t n = 0;
    Error *err = NULL;
    *out = page_path(page, "/a/{area}/proposals/{id}", page->ids[0]);
    if (goes_through(page)) {
        err = proposal_require(page, snapshot, &row);
        if (!err) {
            err = next_unread(page, snapshot, row.round_id, row.id, &next, &n);
        }
        if (!err) {
            *out = next == 0 || next == row.id
                       ? page_path(page, "/a/{area}/rounds/{id}/screening", row.round_id)
                       : decide_url(page, next);
        }
    }
    return err;
}

Error *submit_proposal_decide(Page *page, Snapshot *snapshot, const void *input)
{
    const DecideInput *typed = input;
    Submitted *submitted = arena_new(page->arena, Submitted);
    Finding finding = screening_finding(typed->decision);
    submitted->decide =
        (ProposalDecide){.area = page->area,
                         .id = page->ids[0],
                         .actor = page->who.person,
                         .version = typed->version,
                         .decision = {.is_accepted = finding.ground == GROUND_PASSES,
                                      .cost = typed->cost,
                                      .kind = typed->kind,
                                      .reason = typed->reason},
                         .finding = finding,
                         .line = typed->line,
                         .is_secretary = proposal_may(page, POLICY_LEAD)};
    Error *err = way_on(page, snapshot, &submitted->to);
    return err ? err
               : page_write(page, proposals_decide, submitted, sizeof(ProposalDecided),
                            after_decide);
}
