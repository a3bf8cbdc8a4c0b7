/* polls_pages.c: the poll as residents and staff see it; ballots and receipts. */
#include "features/polls/polls_pages.h"

#include "features/polls/polls_key.h"
#include "features/polls/polls_stored.h"
#include "features/polls/polls_words.h"
#include "platform/html/frame_load.h"
#include "platform/html/qr.h"
#include "platform/http/app.h"
#include "poll_ballot_html.h"
#include "poll_page_html.h"
#include "polls_sql.h"
#include "polls_text.h"
#include "programmes_text.h"

typedef struct BallotInput {
    IdList options;
} BallotInput;

static const Field ballot_fields[] = {
    {FIELD_COMMON(BallotInput, options, FIELD_IDS, TEXT_poll_options_label)},
};

static const Form ballot_form = FORM("ballot", ballot_fields, BallotInput);
#define MOST_SEATS 12

static const Form close_form = FORM_EMPTY("poll-close");

Text poll_kind_text(int64_t kind)
{
    static const int keys[] = {TEXT_poll_kind_other, TEXT_poll_kind_engineering,
                               TEXT_poll_kind_service, TEXT_poll_kind_goods, TEXT_poll_kind_other};
    return text_of(kind >= 1 && kind <= 4 ? keys[kind] : TEXT_poll_kind_other);
}

Error *poll_require(Page *page, Snapshot *s, int64_t poll, PollGetRow *out)
{
    Error *err = sql_poll_get(s, page->area, poll, out);
    bool is_shown = out->state != POLL_DRAFT || !out->is_imported;
    return err || is_shown ? err : error_make(page->arena, ERROR_NOT_FOUND, "no such poll");
}

static SafeUrl proposal_url(const Page *page, int64_t proposal)
{
    return proposal == 0 ? (SafeUrl){STR("")}
                         : page_path(page, "/a/{area}/proposals/{id}", proposal);
}

Error *poll_load_options(Page *page, Snapshot *s, int64_t poll, OptionView **out, size_t *out_count)
{
    PollOptionsRows rows;
    Error *err = sql_poll_options(s, page->area, poll, &rows);
    if (err) {
        return err;
    }
    OptionView *options = arena_array(page->arena, OptionView, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const PollOptionsRow *r = &rows.rows[i];
        options[i] = (OptionView){.no = r->no,
                                  .value = id_text(r->no),
                                  .title = r->title,
                                  .summary = r->summary,
                                  .place = r->place,
                                  .kind = poll_kind_text(r->kind),
                                  .cost = r->cost_fen,
                                  .proposal = proposal_url(page, r->proposal_id)};
    }
    *out = options;
    *out_count = rows.count;
    return NULL;
}

/* ---- who may vote -------------------------------------------------------------------------- */

#define ALL_WHO_LIVE_HERE 14u

Text poll_who_may(Page *page, int64_t minimum_age, int64_t maximum_age, unsigned residencies)
{
    static const int words[] = {0, TEXT_programme_field_registered, TEXT_programme_field_tenant,
                                TEXT_programme_field_owner, TEXT_programme_field_works_here};
    if (maximum_age == 0 && (residencies == 0 || residencies == ALL_WHO_LIVE_HERE)) {
        return t_poll_age_and_up(minimum_age);
    }
    Str who = STR("");
    for (size_t i = 1; i < countof(words); i++) {
        if (residencies & 1u << i) {
            Str one = text_str(page->arena, page->lang, text_of(words[i]));
            const char *comma = who.len == 0 ? "" : (page->lang == LANG_EN ? ", " : "、");
            who = arena_printf(page->arena, "%.*s%s%.*s", STR_ARG(who), comma, STR_ARG(one));
        }
    }
    return maximum_age > 0 ? t_poll_who_between(minimum_age, maximum_age, who)
                           : t_poll_who_of(minimum_age, who);
}

/* ---- the public page ----------------------------------------------------------------------- */

/* Nobody is sent to a page that turns them away; who is not signed in is asked to first. */
static Error *why_not_vote(Page *page, Snapshot *s, const PollGetRow *poll, Text *out)
{
    PollStanding standing = POLL_STANDING_VOTER;
    Error *err = page->who.person == 0
                     ? NULL
                     : polls_standing(s, page->area, poll->id, page->who.person, &standing);
    *out = standing == POLL_STANDING_NOT_HERE     ? t_poll_why_not_here()
           : standing == POLL_STANDING_WORKS_HERE ? t_poll_why_not_works_here()
           : standing == POLL_STANDING_OTHERS     ? t_poll_why_not_others()
           : standing == POLL_STANDING_TOO_OLD    ? t_poll_why_not_older(poll->maximum_age)
           : standing == POLL_STANDING_TOO_YOUNG  ? t_poll_why_not_age(poll->minimum_age)
                                                  : text_of(0);
    return err;
}

static Error *page_poll(Page *page, Snapshot *s)
{
    PollGetRow poll;
    PollPageView *view = arena_new(page->arena, PollPageView);
    OptionView *options = NULL;
    BallotCountRow ballots = {0};
    Error *err = poll_require(page, s, page->ids[0], &poll);
    if (!err) {
        err = poll_load_options(page, s, poll.id, &options, &view->n_options);
    }
    if (!err) {
        err = sql_ballot_count(s, page->area, poll.id, &ballots);
    }
    if (!err) {
        err = why_not_vote(page, s, &poll, &view->why_not);
    }
    if (err) {
        return err;
    }
    view->frame = page_frame(page, text_of(TEXT_poll_vote), FRAME_TAB_VOTE);
    view->title = poll.title;
    view->state = (PollState)poll.state;
    view->opens_at = poll.opens_at;
    view->closes_at = poll.closes_at;
    view->budget = poll.budget_fen;
    view->max_choices = poll.max_choices;
    view->who_may =
        poll_who_may(page, poll.minimum_age, poll.maximum_age, (unsigned)poll.residencies);
    PollRule rule = poll_rule_of(&poll);
    poll_rule_say(&rule, &view->rule);
    view->rule.page = poll_rule_page(page->arena, &rule);
    view->ballots = ballots.n;
    view->eligible = poll.eligible;
    view->options = options;
    view->vote = page_path(page, "/a/{area}/polls/{id}/ballot", poll.id);
    view->result = page_path(page, "/a/{area}/polls/{id}/result", poll.id);
    view->is_staff = policy_check(POLICY_LEAD, &page->who) == VERDICT_ALLOW;
    view->may_close = page->now.ms >= poll.closes_at.ms;
    view->act_form = page_form(page, poll.state == POLL_CLOSED ? &poll_count_form : &close_form);
    view->close_action = page_path(page, "/a/{area}/polls/{id}/close", poll.id);
    view->count_action = page_path(page, "/a/{area}/polls/{id}/count", poll.id);
    Out out = page_out(page);
    poll_public_page(&out, view);
    return NULL;
}

static Error *submit_close(Page *page, Snapshot *s, const void *input)
{
    PollGetRow poll;
    Error *err = poll_require(page, s, page->ids[0], &poll);
    if (err) {
        return err;
    }
    PollAct *act = arena_new(page->arena, PollAct);
    *act = (PollAct){page->area, poll.id, page->who.person, poll.version};
    return page_write_to(page, polls_close, act, 0,
                         page_path(page, "/a/{area}/polls/{id}", act->poll), TEXT_poll_was_closed);
}

/* The tab 投票: the poll that matters now, or a kind word. */
static Error *page_vote(Page *page, Snapshot *s)
{
    PollInfo poll;
    bool found;
    Error *err = polls_current(s, page->area, &poll, &found);
    if (err) {
        return err;
    }
    if (found) {
        return page_redirect(page, page_path(page, "/a/{area}/polls/{id}", poll.id));
    }
    Frame *frame = page_frame(page, text_of(TEXT_poll_vote), FRAME_TAB_VOTE);
    Out out = page_out(page);
    poll_none_page(&out, frame, frame->proposals);
    return NULL;
}

/* ---- the ballot ---------------------------------------------------------------------------- */

static Error *own_ballot(Page *page, Snapshot *s, int64_t poll, BallotGetRow *out, bool *out_found)
{
    PollKey key;
    Error *err = poll_key_load(page->arena, page->app->keys_directory, poll, &key);
    return err ? err
               : sql_ballot_get(s, page->area, poll,
                                poll_ballot_key(page->arena, &key, page->who.person), out,
                                out_found);
}

static void mark_chosen(OptionView *options, size_t n_options, int64_t no)
{
    if (no >= 1 && (size_t)no <= n_options) {
        options[no - 1].is_chosen = true;
    }
}

/* What was typed just now, or else the ballot that is already there. */
static Error *mark_choices(Page *page, const FormState *form, Str stored, BallotView *view,
                           OptionView *options)
{
    uint32_t *numbers;
    size_t count;
    if (form_has_errors(form) || form->chosen.count > 0) {
        for (size_t i = 0; i < form->chosen.count; i++) {
            mark_chosen(options, view->n_options, form->chosen.ids[i]);
        }
    } else if (poll_ballot_read(page->arena, stored, (int64_t)view->n_options, &numbers, &count)) {
        for (size_t i = 0; i < count; i++) {
            mark_chosen(options, view->n_options, numbers[i]);
        }
    } else {
        return error_make(page->arena, ERROR_DATABASE, "a stored ballot is not well formed");
    }
    for (size_t i = 0; i < view->n_options; i++) {
        view->n_chosen += options[i].is_chosen;
    }
    return NULL;
}

static Error *check_standing(Page *page, Snapshot *s, int64_t poll)
{
    PollStanding standing = POLL_STANDING_NOT_HERE;
    Error *err = polls_standing(s, page->area, poll, page->who.person, &standing);
    if (err || standing == POLL_STANDING_VOTER) {
        return err;
    }
    return error_make(page->arena, ERROR_POLL_NOT_ON_ROLL, "may not vote here");
}

static Error *page_ballot(Page *page, Snapshot *s)
{
    PollGetRow poll;
    BallotGetRow mine = {0};
    bool found = false;
    BallotView *view = arena_new(page->arena, BallotView);
    Frame *frame = page_frame(page, text_of(TEXT_poll_vote), FRAME_TAB_VOTE);
    OptionView *options = NULL;
    Error *err = poll_require(page, s, page->ids[0], &poll);
    if (!err) {
        err = poll_accepts_ballots(page->arena, (PollState)poll.state, poll.opens_at,
                                   poll.closes_at, page->now);
    }
    if (!err) {
        err = check_standing(page, s, poll.id);
    }
    if (!err) {
        err = poll_load_options(page, s, poll.id, &options, &view->n_options);
    }
    if (!err) {
        err = own_ballot(page, s, poll.id, &mine, &found);
    }
    if (err) {
        return err;
    }
    view->frame = frame;
    view->form = page_form(page, &ballot_form);
    view->action = page_path(page, "/a/{area}/polls/{id}/ballot", poll.id);
    view->leave = page_path(page, "/a/{area}/polls/{id}", poll.id);
    view->round_title = poll.title;
    view->options = options;
    view->max_choices = poll.max_choices;
    view->n_seats = poll.max_choices <= MOST_SEATS ? (size_t)poll.max_choices : 0;
    view->closes_at = poll.closes_at;
    view->is_change = found;
    frame->back = view->leave;
    err = mark_choices(page, view->form, mine.choices, view, options);
    if (!err) {
        Out out = page_out(page);
        poll_ballot_page(&out, view);
    }
    return err;
}

static Error *submit_ballot(Page *page, Snapshot *s, const void *input)
{
    const BallotInput *typed = input;
    PollKey key;
    Error *err = poll_key_load(page->arena, page->app->keys_directory, page->ids[0], &key);
    if (err) {
        /* No such poll reads like a missing key; only an existing poll without its key is ours. */
        PollGetRow poll;
        Error *missing = poll_require(page, s, page->ids[0], &poll);
        return missing ? missing : err;
    }
    BallotCast *cast = arena_new(page->arena, BallotCast);
    *cast = (BallotCast){.area = page->area,
                         .poll = page->ids[0],
                         .person = page->who.person,
                         .ballot_key = poll_ballot_key(page->arena, &key, page->who.person),
                         .options = typed->options.ids,
                         .n_options = typed->options.count,
                         .receipt = poll_new_receipt(page->arena)};
    return page_write_to(page, polls_cast, cast, sizeof(BallotCastDone),
                         page_path(page, "/a/{area}/polls/{id}/receipt", cast->poll), 0);
}

static Error *page_receipt(Page *page, Snapshot *s)
{
    PollGetRow poll;
    BallotGetRow mine;
    bool found = false;
    ReceiptView *view = arena_new(page->arena, ReceiptView);
    Error *err = poll_require(page, s, page->ids[0], &poll);
    if (!err) {
        err = own_ballot(page, s, poll.id, &mine, &found);
    }
    if (!err && !found) {
        return page_redirect(page, page_path(page, "/a/{area}/polls/{id}", poll.id));
    }
    if (err) {
        return err;
    }
    view->frame = page_frame(page, text_of(TEXT_poll_receipt_page), FRAME_TAB_VOTE);
    view->receipt = mine.receipt;
    view->qr = qr_svg(page->arena, mine.receipt, mine.receipt, 6);
    view->home = page_path(page, "/a/{area}", 0);
    view->change = page_path(page, "/a/{area}/polls/{id}/ballot", poll.id);
    view->closes_at = poll.closes_at;
    view->may_change = poll.state == POLL_OPEN && page->now.ms < poll.closes_at.ms;
    Out out = page_out(page);
    poll_receipt_page(&out, view);
    return NULL;
}

/* ---- the room ------------------------------------------------------------------------------ */

static const Route routes[] = {
    ROUTE_GET("/a/{area}/vote", POLICY_PUBLIC, page_vote),
    ROUTE_GET("/a/{area}/polls/{id}", POLICY_PUBLIC, page_poll),
    ROUTE_POST("/a/{area}/polls/{id}/close", POLICY_LEAD, &close_form, submit_close, page_poll),
    ROUTE_POST("/a/{area}/polls/{id}/count", POLICY_LEAD, &poll_count_form, submit_poll_count,
               page_poll),
    /* The access log names nobody here: the page before a ballot and the receipt after it would
     * tell who cast the one between. Sending a ballot twice changes nothing, so no token is
     * remembered. */
    ROUTE_GET_QUIET("/a/{area}/polls/{id}/ballot", POLICY_RESIDENT, page_ballot),
    {HTTP_POST, "/a/{area}/polls/{id}/ballot", POLICY_RESIDENT, page_ballot, &ballot_form,
     submit_ballot, ROUTE_QUIET | ROUTE_REPEATABLE},
    ROUTE_GET_QUIET("/a/{area}/polls/{id}/receipt", POLICY_RESIDENT, page_receipt),
    ROUTE_GET("/a/{area}/polls/{id}/result", POLICY_PUBLIC, page_poll_result),
    ROUTE_GET("/a/{area}/polls/{id}/check", POLICY_PUBLIC, page_poll_check),
    ROUTE_GET("/a/{area}/polls/{id}/ballots.csv", POLICY_PUBLIC, page_poll_ballots_csv),
    ROUTE_GET("/a/{area}/polls/{id}/election.pb", POLICY_PUBLIC, page_poll_pabulib),
    ROUTE_GET("/a/{area}/polls/{id}/bundle.zip", POLICY_PUBLIC, page_poll_bundle),
    ROUTE_GET("/rules/greedy", POLICY_PUBLIC, page_rule),
    ROUTE_GET("/rules/equal-shares", POLICY_PUBLIC, page_rule),
    ROUTE_GET("/rules/phragmen", POLICY_PUBLIC, page_rule),
    ROUTE_GET("/rules/max-satisfaction", POLICY_PUBLIC, page_rule),
    ROUTE_GET("/a/{area}/rounds/{id}/poll", POLICY_LEAD, page_poll_prepare),
    ROUTE_POST("/a/{area}/rounds/{id}/poll", POLICY_LEAD, &poll_prepare_form, submit_poll_prepare,
               page_poll_prepare),
};

static const Gate gates[] = {{"poll_counted", poll_gate_counted}};

static const NavItem nav[] = {
    {TEXT_poll_nav, "/a/{area}/vote", POLICY_STAFF, .rank = 30},
};

const Feature polls_feature = {
    .name = "polls",
    .routes = routes,
    .n_routes = countof(routes),
    .gates = gates,
    .n_gates = countof(gates),
    .due = polls_due,
    .nav = nav,
    .n_nav = countof(nav),
};
