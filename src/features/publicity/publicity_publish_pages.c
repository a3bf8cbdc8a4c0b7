/* publicity_publish_pages.c: the forms to publish a notice and to correct one. */
#include "features/polls/polls.h"
#include "features/programmes/programmes.h"
#include "features/publicity/publicity_pages.h"
#include "platform/html/frame_load.h"
#include "publication_publish_html.h"
#include "publicity_text.h"

typedef struct PublishInput {
    Str of; /* code of the notice */
    Str title;
    Str words;
    Str reason; /* of a correction */
} PublishInput;

#define WORDS_FIELDS                                                                               \
    {FIELD_COMMON(PublishInput, title, FIELD_TEXT, TEXT_publication_title), .is_required = true,   \
     .min = PUBLICATION_TITLE_MIN, .max = PUBLICATION_TITLE_MAX},                                  \
    {                                                                                              \
        FIELD_COMMON(PublishInput, words, FIELD_LONG_TEXT, TEXT_publication_words),                \
            .hint = TEXT_publication_words_hint, .is_required = true,                              \
            .min = PUBLICATION_WORDS_MIN, .max = PUBLICATION_WORDS_MAX                             \
    }

static const Field publication_fields[] = {
    {FIELD_COMMON(PublishInput, of, FIELD_TEXT, TEXT_publication_title), .max = 60},
    WORDS_FIELDS,
};

const Form publication_form = FORM("publication", publication_fields, PublishInput);

static const Field correction_fields[] = {
    {FIELD_COMMON(PublishInput, reason, FIELD_LONG_TEXT, TEXT_publication_reason),
     .hint = TEXT_publication_reason_hint, .is_required = true, .min = PUBLICATION_REASON_MIN,
     .max = PUBLICATION_REASON_MAX},
    WORDS_FIELDS,
};

const Form correction_form = FORM("correction", correction_fields, PublishInput);

/* --- the words a notice begins with ----------------------------------------------------------- */

static Str say(const Page *page, Text text)
{
    return text_str(page->arena, page->lang, text);
}

Text publicity_in_a_sentence(const PublishedContent *c)
{
    const PublishedResult *r = &c->result;
    switch (c->subject) {
    case PUBLICATION_BALLOT:
        return t_publication_draft_result(r->options, (int64_t)c->n_projects, r->voters, r->spent,
                                          r->budget);
    case PUBLICATION_DECISION:
        return t_publication_draft_decision((int64_t)c->n_projects, (int64_t)c->n_carried,
                                            c->estimate);
    case PUBLICATION_PURCHASE:
        return c->n_purchases == 0 ? t_publication_draft_no_purchase()
                                   : t_publication_draft_purchase((int64_t)c->n_purchases, c->cost);
    default:
        return t_publication_draft_outcome((int64_t)c->n_projects, c->estimate, c->cost);
    }
}

static Text rule_of_subject(PublicationSubject subject)
{
    switch (subject) {
    case PUBLICATION_BALLOT:
        return t_publication_draft_rule();
    case PUBLICATION_DECISION:
        return t_publication_draft_decision_rule();
    case PUBLICATION_PURCHASE:
        return t_publication_draft_purchase_rule();
    default:
        return t_publication_draft_outcome_rule();
    }
}

static Text title_of_subject(PublicationSubject subject, Str round)
{
    switch (subject) {
    case PUBLICATION_BALLOT:
        return t_publication_draft_title(round);
    case PUBLICATION_DECISION:
        return t_publication_draft_decision_title(round);
    case PUBLICATION_PURCHASE:
        return t_publication_draft_purchase_title(round);
    default:
        return t_publication_draft_outcome_title(round);
    }
}

/* What the notice says unless staff change it. */
static PublishInput draft(Page *page, const PublicationPlan *plan, const PublishView *view)
{
    Str what = say(page, publicity_in_a_sentence(&view->content));
    Str rule = say(page, rule_of_subject(plan->subject));
    Str period =
        say(page, plan->takes_objections ? t_publication_draft_period(view->working_days)
                                         : t_publication_draft_period_only(view->working_days));
    Str phone = view->frame->phone.len == 0
                    ? STR("")
                    : say(page, t_publication_draft_phone(view->frame->phone));
    return (PublishInput){.title = say(page, title_of_subject(plan->subject, plan->round_title)),
                          .words = arena_printf(page->arena, "%.*s\n%.*s\n%.*s%.*s", STR_ARG(what),
                                                STR_ARG(rule), STR_ARG(period), STR_ARG(phone))};
}

/* --- what would be published ------------------------------------------------------------------ */

/* has_content is false for a ballot that is not counted. */
static Error *load_preview(Page *page, Snapshot *s, int64_t round, PublicationSubject subject,
                           PublishView *view)
{
    ContentQuery query = {.round = round, .subject = subject};
    PublicationPollRow poll;
    bool found = false;
    if (subject == PUBLICATION_BALLOT) {
        Error *err = sql_publication_poll(s, page->area, round, &poll, &found);
        if (err || !found || poll.state != POLL_COUNTED) {
            return err;
        }
        query.poll = poll.id;
        query.result = (PublishedResult){.voters = poll.voters,
                                         .eligible = poll.eligible,
                                         .options = poll.options,
                                         .budget = poll.budget_fen,
                                         .spent = poll.spent_fen,
                                         .left = {poll.budget_fen.fen - poll.spent_fen.fen},
                                         .closed_at = poll.closed_at,
                                         .counted_at = poll.counted_at};
    }
    view->has_content = true;
    return publicity_load_content(page, s, &query, &view->content);
}

static Text why_not(const PublicationPlan *plan)
{
    if (plan->existing != 0) {
        return t_publication_why_not_twice();
    }
    if (plan->stage_no != 0 || plan->when == PUBLICATION_PAST) {
        return t_publication_why_not_stage();
    }
    return t_publication_why_not_empty();
}

static void fill_readiness(Page *page, const PublicationPlan *plan, PublishView *view)
{
    if (plan->existing != 0) {
        view->existing = page_path(page, "/a/{area}/publications/{id}", plan->existing);
    }
    if (plan->when != PUBLICATION_NOW) {
        view->why_not = why_not(plan);
    } else if (!view->has_content) {
        view->why_not = t_publication_why_not_counted();
    } else {
        view->may_publish = true;
    }
}

/* --- all notices of the round ----------------------------------------------------------------- */

static const PublicationOfRoundRow *newest_of(const PublicationOfRoundRows *rows, Str code)
{
    for (size_t i = rows->count; i > 0; i--) {
        if (str_eq(rows->rows[i - 1].notice, code)) {
            return &rows->rows[i - 1];
        }
    }
    return NULL;
}

static NoticeLine notice_line(const Page *page, const NoticeRule *rule, int64_t round,
                              const PublicationOfRoundRow *row)
{
    NoticeLine line = {.name = rules_say(page->lang == LANG_EN, rule->name, rule->name_en),
                       .state = t_publication_gate_none(),
                       .link = url_path(page->arena, "/a/%s/rounds/%s/publish?of=%.*s",
                                        id_text(page->area).text, id_text(round).text,
                                        STR_ARG(rule->code))};
    if (row != NULL) {
        bool is_running = page->now.ms < row->ends_at.ms;
        line.state =
            is_running ? t_publication_running(row->ends_at) : t_publication_ended(row->ends_at);
        line.link = page_path(page, "/a/{area}/publications/{id}", row->id);
    }
    return line;
}

static Error *load_notices(Page *page, Snapshot *s, int64_t round, PublishView *view)
{
    RoundRules *rules = arena_new(page->arena, RoundRules);
    PublicationOfRoundRows rows;
    Error *err = programmes_round_rules(s, page->area, round, rules);
    if (err || rules->n_notices < 2) {
        return err;
    }
    err = sql_publication_of_round(s, page->area, round, &rows);
    if (err) {
        return err;
    }
    NoticeLine *lines = arena_array(page->arena, NoticeLine, rules->n_notices);
    for (size_t i = 0; i < rules->n_notices; i++) {
        const NoticeRule *rule = &rules->notices[i];
        lines[i] = notice_line(page, rule, round, newest_of(&rows, rule->code));
    }
    view->notices = lines;
    view->n_notices = rules->n_notices;
    return NULL;
}

/* --- publishing ------------------------------------------------------------------------------- */

static Error *load_end(Page *page, Snapshot *s, int days, PublishView *view)
{
    HolidayTable holidays;
    Error *err = programmes_holidays(s, &holidays);
    if (!err) {
        view->working_days = days;
        view->ends_at = publication_end(&holidays, page->now, days);
    }
    return err;
}

/* Which notice is asked for: in the form that came back, else in the address. */
static Str asked_notice(Page *page, const FormState *form)
{
    return page->form != NULL ? form_field(form, "of")->typed : page_query(page, "of");
}

static Error *load_publish(Page *page, Snapshot *s, Str notice, PublicationPlan *plan,
                           PublishView *view)
{
    Error *err = publicity_plan(s, page->area, page->ids[0], notice, plan);
    if (!err) {
        err = load_preview(page, s, plan->round, plan->subject, view);
    }
    if (!err) {
        err = load_notices(page, s, plan->round, view);
    }
    return err ? err : load_end(page, s, plan->working_days, view);
}

Error *page_publish(Page *page, Snapshot *s)
{
    PublicationPlan plan;
    PublishView *view = arena_new(page->arena, PublishView);
    Frame *frame = page_frame(page, t_publication_publish_title(), FRAME_TAB_NONE);
    FormState *form = page_form(page, &publication_form);
    Error *err = load_publish(page, s, asked_notice(page, form), &plan, view);
    if (err) {
        return err;
    }
    view->frame = frame;
    view->heading =
        plan.name.len > 0
            ? t_publication_publish_named(rules_say(page->lang == LANG_EN, plan.name, plan.name_en))
            : t_publication_publish_title();
    view->round_title = plan.round_title;
    view->notice = plan.notice;
    view->takes_objections = plan.takes_objections;
    view->action = page_path(page, "/a/{area}/rounds/{id}/publish", plan.round);
    fill_readiness(page, &plan, view);
    if (page->form == NULL && view->may_publish) {
        PublishInput input = draft(page, &plan, view);
        form_prefill(page->arena, form, &input);
    }
    view->form = form;
    Out out = page_out(page);
    publication_publish_page(&out, view);
    return NULL;
}

static Error *after_publish(Page *page, const void *input, const void *output)
{
    const PublicationDone *done = output;
    return page_redirect_notice(page, page_path(page, "/a/{area}/publications/{id}", done->id),
                                TEXT_publication_published);
}

Error *submit_publish(Page *page, Snapshot *s, const void *input)
{
    const PublishInput *typed = input;
    PublicationNew *new = arena_new(page->arena, PublicationNew);
    *new = (PublicationNew){.area = page->area,
                            .round = page->ids[0],
                            .actor = page->who.person,
                            .notice = typed->of,
                            .title = typed->title,
                            .words = typed->words};
    return page_write(page, publicity_publish, new, sizeof(PublicationDone), after_publish);
}

/* --- correcting ------------------------------------------------------------------------------- */

/* What a purchase's next edition shows is what the old one did: nothing that stands has shown more.
 */
static Error *load_corrected(Page *page, Snapshot *s, const PublicationGetRow *row,
                             PublishView *view)
{
    Error *err = NULL;
    if (row->subject == PUBLICATION_PURCHASE) {
        view->has_content = true;
        err = publicity_load_kept(page, s, row, &view->content);
    } else {
        err = load_preview(page, s, row->round_id, (PublicationSubject)row->subject, view);
    }
    return err ? err : load_end(page, s, (int)row->working_days, view);
}

Error *page_correct(Page *page, Snapshot *s)
{
    PublicationGetRow row;
    RoundInfo round;
    PublishView *view = arena_new(page->arena, PublishView);
    Frame *frame = page_frame(page, t_publication_correct(), FRAME_TAB_NONE);
    Error *err = publicity_require(page, s, page->ids[0], &row);
    if (!err) {
        err = programmes_round(s, page->area, row.round_id, &round);
    }
    if (!err) {
        err = load_corrected(page, s, &row, view);
    }
    if (err) {
        return err;
    }
    FormState *form = page_form(page, &correction_form);
    if (page->form == NULL) {
        PublishInput input = {.title = row.title, .words = row.words};
        form_prefill(page->arena, form, &input);
    }
    view->frame = frame;
    view->form = form;
    view->heading = t_publication_correct();
    view->round_title = round.title;
    view->corrects = row.id;
    view->corrects_title = row.title;
    view->takes_objections = row.takes_objections != 0;
    view->action = page_path(page, "/a/{area}/publications/{id}/correct", row.id);
    view->may_publish = row.replaced_by == 0 && !round.is_finished;
    if (!view->may_publish) {
        view->why_not = row.replaced_by != 0 ? t_publication_why_not_replaced()
                                             : t_publication_why_not_finished();
        view->existing = page_path(page, "/a/{area}/publications/{id}",
                                   row.replaced_by != 0 ? row.replaced_by : row.id);
    }
    Out out = page_out(page);
    publication_publish_page(&out, view);
    return NULL;
}

Error *submit_correct(Page *page, Snapshot *s, const void *input)
{
    const PublishInput *typed = input;
    PublicationCorrect *correct = arena_new(page->arena, PublicationCorrect);
    *correct = (PublicationCorrect){.area = page->area,
                                    .publication = page->ids[0],
                                    .actor = page->who.person,
                                    .title = typed->title,
                                    .words = typed->words,
                                    .reason = typed->reason};
    return page_write(page, publicity_correct, correct, sizeof(PublicationDone), after_publish);
}
