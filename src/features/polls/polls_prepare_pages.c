/* polls_prepare_pages.c: from accepted proposals to an open poll; the gate; what is due. */
#include "base/utf8.h"
#include "base/vec.h"
#include "features/polls/polls_key.h"
#include "features/polls/polls_pages.h"
#include "features/polls/polls_words.h"
#include "platform/html/frame_load.h"
#include "platform/http/app.h"
#include "poll_page_html.h"
#include "polls_text.h"

#define SUMMARY_CHARACTERS 60

typedef struct PrepareInput {
    Date closes_on;
    int64_t closes_hour;
} PrepareInput;

static const Field prepare_fields[] = {
    {FIELD_COMMON(PrepareInput, closes_on, FIELD_DATE, TEXT_poll_closes_on),
     .hint = TEXT_poll_closes_on_hint, .is_required = true},
    {FIELD_COMMON(PrepareInput, closes_hour, FIELD_INTEGER, TEXT_poll_closes_hour),
     .hint = TEXT_poll_closes_hour_hint, .is_required = true, .min = 8, .max = 22},
};

const Form poll_prepare_form = FORM("poll-prepare", prepare_fields, PrepareInput);

typedef struct Prepared {
    PollRoundRow round;
    PollTerms terms;
    bool is_countable; /* the rule can be counted with our ballots */
    PollVoteStageRow stage;
    bool has_stage;
    PollCandidatesRows candidates;
    size_t n_priced;
} Prepared;

/* What the ballot asks the public to pay: the price less what is firmly pledged. */
static Money public_cost(const PollCandidatesRow *row)
{
    int64_t rest = row->cost_fen.fen - row->firm_fen.fen;
    return (Money){rest > 0 ? rest : 0};
}

static Error *load_prepared(Page *page, Snapshot *s, Prepared *out)
{
    int64_t round = page->ids[0];
    Error *err = sql_poll_round(s, page->area, round, &out->round);
    if (!err) {
        err = sql_poll_vote_stage(s, page->area, round, &out->stage, &out->has_stage);
    }
    if (!err) {
        err = sql_poll_candidates(s, page->area, round, &out->candidates);
    }
    if (!err) {
        err = polls_round_terms(s, page->area, round, &out->terms);
    }
    if (err) {
        return err;
    }
    TallyOptions options;
    out->is_countable =
        out->terms.is_taken && poll_tally_options(page->arena, &out->terms.rule, &options) == NULL;
    for (size_t i = 0; i < out->candidates.count; i++) {
        out->n_priced += public_cost(&out->candidates.rows[i]).fen > 0;
    }
    return NULL;
}

#define STAGE_OPEN 2

static bool may_open(const Prepared *p)
{
    return p->has_stage && p->stage.state == STAGE_OPEN && p->n_priced > 0 && p->is_countable;
}

static Text why_not(const Prepared *p)
{
    if (!p->is_countable) {
        return text_of(TEXT_poll_why_not_rule);
    }
    return text_of(p->n_priced == 0 ? TEXT_poll_why_not_options : TEXT_poll_why_not_stage);
}

static void fill_candidates(Page *page, const Prepared *p, PrepareView *view)
{
    OptionView *priced = arena_array(page->arena, OptionView, p->candidates.count);
    OptionView *unpriced = arena_array(page->arena, OptionView, p->candidates.count);
    OptionView *covered = arena_array(page->arena, OptionView, p->candidates.count);
    for (size_t i = 0; i < p->candidates.count; i++) {
        const PollCandidatesRow *c = &p->candidates.rows[i];
        Money cost = public_cost(c);
        OptionView *o = cost.fen > 0          ? &priced[view->n_options++]
                        : c->cost_fen.fen > 0 ? &covered[view->n_covered++]
                                              : &unpriced[view->n_unpriced++];
        *o = (OptionView){.no = (int64_t)view->n_options,
                          .title = c->title,
                          .place = c->place,
                          .kind = poll_kind_text(c->kind),
                          .cost = cost,
                          .proposal = page_path(page, "/a/{area}/proposals/{id}", c->id)};
        view->total.fen += cost.fen;
    }
    view->options = priced;
    view->unpriced = unpriced;
    view->covered = covered;
}

/* A fresh form says when the plan ends the vote, while that is to come. */
static FormState *prepare_form(Page *page, const Prepared *p)
{
    FormState *form = page_form(page, &poll_prepare_form);
    if (page->form == NULL && p->has_stage && p->stage.closes_at.ms > page->now.ms) {
        const PrepareInput input = {.closes_on = instant_date(p->stage.closes_at),
                                    .closes_hour = instant_civil(p->stage.closes_at).hour};
        form_prefill(page->arena, form, &input);
    }
    return form;
}

Error *page_poll_prepare(Page *page, Snapshot *s)
{
    Prepared prepared = {0};
    PollInfo existing;
    bool found = false;
    Error *err = load_prepared(page, s, &prepared);
    if (!err) {
        err = polls_of_round(s, page->area, page->ids[0], &existing, &found);
    }
    if (!err && found && page->method == HTTP_POST) {
        return error_make(page->arena, ERROR_ALREADY_EXISTS, "the round has a poll");
    }
    if (!err && found) {
        return page_redirect(page, page_path(page, "/a/{area}/polls/{id}", existing.id));
    }
    if (err) {
        return err;
    }
    PrepareView view = {.frame = page_frame(page, text_of(TEXT_poll_prepare_title), FRAME_TAB_NONE),
                        .form = prepare_form(page, &prepared),
                        .action = page_path(page, "/a/{area}/rounds/{id}/poll", page->ids[0]),
                        .round_title = prepared.round.title,
                        .budget = prepared.round.budget_fen,
                        .max_choices = prepared.round.max_choices,
                        .who_may =
                            poll_who_may(page, prepared.round.minimum_age,
                                         prepared.terms.maximum_age, prepared.terms.residencies),
                        .may_open = may_open(&prepared),
                        .why_not = why_not(&prepared)};
    poll_rule_say(&prepared.terms.rule, &view.rule);
    view.rule.page = poll_rule_page(page->arena, &prepared.terms.rule);
    fill_candidates(page, &prepared, &view);
    Out out = page_out(page);
    poll_prepare_page(&out, &view);
    return NULL;
}

static Str first_characters(Arena *arena, Str text, size_t most)
{
    size_t at = 0;
    size_t count = 0;
    while (at < text.len && count < most && text.data[at] != '\n') {
        utf8_next(text, &at);
        count++;
    }
    bool is_cut = at < text.len && text.data[at] != '\n';
    return is_cut ? arena_printf(arena, "%.*s…", (int)at, text.data) : str_slice(text, 0, at);
}

static PollOption *freeze_options(Arena *arena, const Prepared *p)
{
    PollOption *options = arena_array(arena, PollOption, p->n_priced);
    size_t n = 0;
    for (size_t i = 0; i < p->candidates.count; i++) {
        const PollCandidatesRow *c = &p->candidates.rows[i];
        if (public_cost(c).fen > 0) {
            options[n] =
                (PollOption){.code = arena_printf(arena, "%03zu", n + 1),
                             .proposal = c->id,
                             .title = c->title,
                             .summary = first_characters(arena, c->need, SUMMARY_CHARACTERS),
                             .place = c->place,
                             .kind = c->kind,
                             .cost_fen = public_cost(c)};
            n++;
        }
    }
    return options;
}

Error *submit_poll_prepare(Page *page, Snapshot *s, const void *input)
{
    const PrepareInput *typed = input;
    Prepared prepared = {0};
    Error *err = load_prepared(page, s, &prepared);
    if (!err && !may_open(&prepared)) {
        err = error_make(page->arena, ERROR_STAGE_NOT_OPEN, "vote stage not open, or no options");
    }
    PollNew *poll = arena_new(page->arena, PollNew);
    if (!err) {
        poll->id = poll_new_id(page->now);
        err = poll_key_create(page->arena, page->app->keys_directory, poll->id);
    }
    if (err) {
        return err;
    }
    const PollRoundRow *round = &prepared.round;
    poll->area = page->area;
    poll->round = page->ids[0];
    poll->actor = page->who.person;
    poll->title = round->title;
    poll->opens_at = page->now;
    poll->closes_at = instant_at(typed->closes_on, (int)typed->closes_hour, 0);
    poll->budget_fen = round->budget_fen;
    poll->max_choices = round->max_choices;
    poll->minimum_age = round->minimum_age;
    poll->maximum_age = prepared.terms.maximum_age;
    poll->residencies = prepared.terms.residencies;
    poll->rule = prepared.terms.rule;
    poll->options = freeze_options(page->arena, &prepared);
    poll->n_options = prepared.n_priced;
    return page_write_to(page, polls_open, poll, 0,
                         page_path(page, "/a/{area}/polls/{id}", poll->id), TEXT_poll_was_opened);
}

/* ---- the gate and what is due -------------------------------------------------------------- */

static SafeUrl gate_url(Arena *arena, int64_t area, const PollInfo *poll)
{
    return url_of(arena, "/a/{area}/polls/{id}", area, poll->id);
}

static Error *gate_details(Snapshot *s, int64_t area, const PollInfo *poll, GateReport *out)
{
    BallotCountRow ballots;
    switch (poll->state) {
    case POLL_COUNTED: {
        Error *err = sql_ballot_count(s, area, poll->id, &ballots);
        out->state = GATE_MET;
        out->detail = t_poll_gate_done(err ? 0 : ballots.n);
        return err;
    }
    case POLL_CLOSED:
        out->detail = text_of(TEXT_poll_gate_count);
        return NULL;
    case POLL_OPEN:
        if (snapshot_now(s).ms < poll->closes_at.ms) {
            out->state = GATE_WAITING;
            out->opens_at = poll->closes_at;
            out->detail = t_poll_gate_open(poll->closes_at);
        } else {
            out->detail = text_of(TEXT_poll_gate_close);
        }
        return NULL;
    case POLL_DRAFT:
    default:
        out->detail = text_of(TEXT_poll_gate_none);
        return NULL;
    }
}

Error *poll_gate_counted(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                         GateReport *out)
{
    PollInfo poll;
    bool found;
    Error *err = polls_of_round(snapshot, area, round, &poll, &found);
    if (err) {
        return err;
    }
    Arena *arena = snapshot_arena(snapshot);
    *out = (GateReport){.state = GATE_UNMET, .claim = text_of(TEXT_poll_gate_counted)};
    if (!found) {
        out->detail = text_of(TEXT_poll_gate_none);
        out->link = url_of(arena, "/a/{area}/rounds/{id}/poll", area, round);
        out->link_text = text_of(TEXT_poll_gate_go_prepare);
        return NULL;
    }
    out->link = gate_url(arena, area, &poll);
    out->link_text = text_of(TEXT_poll_gate_go);
    return gate_details(snapshot, area, &poll, out);
}

Error *polls_due(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who, DueItems *out)
{
    if (policy_check(POLICY_LEAD, who) != VERDICT_ALLOW) {
        return NULL;
    }
    PollInfo poll;
    bool found;
    Error *err = polls_current(snapshot, area, &poll, &found);
    bool is_due = !err && found && (poll.state == POLL_OPEN || poll.state == POLL_CLOSED);
    if (is_due) {
        *vec_push(arena, out) = (DueItem){
            .what = text_of(poll.state == POLL_OPEN ? TEXT_poll_due_close : TEXT_poll_due_count),
            .detail = t_poll_named(poll.title),
            .due_at = poll.closes_at,
            .link = gate_url(arena, area, &poll),
            .verb = text_of(TEXT_poll_due_verb)};
    }
    return err;
}
