/* proposals_pages.c: the list, one proposal, following by receipt; the room's row. */
#include "features/proposals/proposals_pages.h"
#include "features/proposals/proposals_merge_pages.h"
#include "features/proposals/proposals_photos.h"

#include "base/utf8.h"
#include "features/people/people.h"
#include "features/programmes/programmes.h"
#include "platform/html/frame_load.h"
#include "proposal_page_html.h"
#include "proposal_track_html.h"
#include "proposals_merge_text.h"
#include "proposals_text.h"

const Choice proposal_kinds[4] = {
    {"engineering", PROPOSAL_ENGINEERING, TEXT_proposal_kind_engineering},
    {"service", PROPOSAL_SERVICE, TEXT_proposal_kind_service},
    {"goods", PROPOSAL_GOODS, TEXT_proposal_kind_goods},
    {"unsure", PROPOSAL_KIND_UNSURE, TEXT_proposal_kind_unsure},
};

const Choice proposal_channels[PROPOSAL_CHANNELS] = {
    {"door", CHANNEL_DOOR, TEXT_channel_door},
    {"phone", CHANNEL_PHONE, TEXT_channel_phone},
    {"paper", CHANNEL_PAPER, TEXT_channel_paper},
    {"wechat", CHANNEL_WECHAT, TEXT_channel_wechat},
    {"group_chat", CHANNEL_GROUP_CHAT, TEXT_channel_group_chat},
    {"box", CHANNEL_BOX, TEXT_channel_box},
    {"stand", CHANNEL_STAND, TEXT_channel_stand},
    {"hotline", CHANNEL_HOTLINE, TEXT_channel_hotline},
    {"meeting", CHANNEL_MEETING, TEXT_channel_meeting},
    {"portal", CHANNEL_PORTAL, TEXT_channel_portal},
};

Text proposal_kind_text(int64_t kind)
{
    return kind == PROPOSAL_KIND_UNSURE ? t_proposal_kind_unsure_line()
                                        : choice_label(proposal_kinds, 4, kind);
}

Text proposal_channel_text(int64_t channel)
{
    return choice_label(proposal_channels, countof(proposal_channels), channel);
}

Text proposal_state_text(int64_t state)
{
    static const int keys[] = {0,
                               TEXT_proposal_state_submitted,
                               TEXT_proposal_state_accepted,
                               TEXT_proposal_state_refused,
                               TEXT_proposal_state_withdrawn,
                               TEXT_proposal_state_merged};
    return text_of(state >= PROPOSAL_SUBMITTED && state <= PROPOSAL_MERGED ? keys[state] : 0);
}

ChipKind proposal_chip(int64_t state)
{
    switch (state) {
    case PROPOSAL_ACCEPTED:
        return CHIP_GO;
    case PROPOSAL_REFUSED:
    case PROPOSAL_WITHDRAWN:
        return CHIP_NOT;
    case PROPOSAL_MERGED:
        return CHIP_INFO;
    default:
        return CHIP_OPEN;
    }
}

bool proposal_may(const Page *page, Policy policy)
{
    return policy_check(policy, &page->who) == VERDICT_ALLOW;
}

ProposalFact proposal_fact(const ProposalGetRow *row)
{
    return (ProposalFact){(ProposalState)row->state, row->proposer_id, row->entered_by};
}

ProposalActor proposal_actor(const Page *page)
{
    return (ProposalActor){page->who.person, proposal_may(page, POLICY_STAFF),
                           proposal_may(page, POLICY_MANAGE)};
}

static bool is_shown(const Page *page, const ProposalGetRow *row)
{
    ProposalFact fact = proposal_fact(row);
    ProposalActor actor = proposal_actor(page);
    return fact.state != PROPOSAL_WITHDRAWN || actor.is_staff || proposal_belongs_to(&fact, &actor);
}

Error *proposal_require(Page *page, Snapshot *snapshot, ProposalGetRow *out)
{
    Error *err = sql_proposal_get(snapshot, page->area, page->ids[0], out);
    if (err) {
        return err;
    }
    return is_shown(page, out) ? NULL
                               : error_make(page->arena, ERROR_NOT_FOUND, "no such proposal");
}

/* --- one proposal ------------------------------------------------------------ */

typedef struct WithdrawInput {
    int64_t version;
    bool sure;
} WithdrawInput;

static const Field withdraw_fields[] = {
    {FIELD_COMMON(WithdrawInput, version, FIELD_ID, TEXT_proposal_withdraw_button),
     .is_required = true},
    {FIELD_COMMON(WithdrawInput, sure, FIELD_BOX, TEXT_proposal_withdraw_confirm),
     .is_required = true},
};

const Form proposal_withdraw_form = FORM("withdraw", withdraw_fields, WithdrawInput);

static Str proposer_name(const ProposalGetRow *row)
{
    return row->proposer_name.len > 0 ? row->proposer_name : row->person_name;
}

static void fill_history(Page *page, const ProposalGetRow *row, ProposalView *view)
{
    Str name = people_surname(proposer_name(row)); /* anybody may read this: no full names */
    HistoryLine *line = &view->history[view->n_history++];
    line->at = row->submitted_at;
    line->how = proposal_channel_text(row->channel);
    line->words =
        name.len > 0 ? t_proposal_history_submitted(name) : t_proposal_history_submitted_nobody();
    if (row->entered_by != 0) {
        view->history[view->n_history++] =
            (HistoryLine){row->submitted_at, text_of(0), t_proposal_history_entered()};
    }
    if (row->state == PROPOSAL_ACCEPTED) {
        view->history[view->n_history++] =
            (HistoryLine){row->decided_at, text_of(0), t_proposal_history_accepted(row->cost_fen)};
    } else if (row->state == PROPOSAL_REFUSED) {
        view->history[view->n_history++] =
            (HistoryLine){row->decided_at, text_of(0), t_proposal_history_refused()};
    }
}

static void fill_facts(Page *page, const ProposalGetRow *row, ProposalView *view)
{
    view->title = row->title;
    view->kind = proposal_kind_text(row->kind);
    view->chip = proposal_chip(row->state);
    view->state = (ProposalState)row->state;
    view->state_text = proposal_state_text(row->state);
    view->need = row->need;
    view->place = row->place;
    view->beneficiaries = row->beneficiaries;
    view->cost = row->cost_fen;
    view->price = page_path(page, "/a/{area}/proposals/{id}/price", row->id);
    view->pledges = page_path(page, "/a/{area}/proposals/{id}/pledges", row->id);
    view->reason = row->reason;
    view->list = page_path(page, "/a/{area}/proposals", 0);
    view->round = page_path(page, "/a/{area}/rounds/{id}", row->round_id);
    fill_history(page, row, view);
}

/* The form promises the proposer that only who gives the answer sees how to reach them. */
static void fill_person(Page *page, const ProposalGetRow *row, ProposalView *view)
{
    Str name = proposer_name(row);
    bool wrote_it_down = row->entered_by != 0 && row->entered_by == page->who.person;
    view->sees_person = proposal_may(page, POLICY_MANAGE) || (view->is_staff && wrote_it_down);
    view->proposer_name =
        view->sees_person || name.len == 0 ? name : people_masked_name(page->arena, name);
    view->proposer_phone = view->sees_person
                               ? row->proposer_phone
                               : people_masked_phone(page->arena, row->proposer_phone);
}

/* What only its proposer, or staff, see and may do. */
static void fill_rights(Page *page, const ProposalGetRow *row, bool vote_is_ahead,
                        ProposalView *view)
{
    ProposalFact fact = proposal_fact(row);
    ProposalActor actor = proposal_actor(page);
    view->is_staff = actor.is_staff;
    view->is_theirs = proposal_belongs_to(&fact, &actor);
    view->is_for_somebody = row->entered_by != 0;
    view->slip = page_path(page, "/a/{area}/intake/{id}/slip", row->id);
    view->receipt = row->receipt;
    view->may_change = proposal_may_be_changed(&fact, &actor);
    view->edit = page_path(page, "/a/{area}/proposals/{id}/edit", row->id);
    fill_person(page, row, view);
    view->channel = proposal_channel_text(row->channel);
    view->ticket = row->ticket;
    view->may_decide =
        proposal_may(page, POLICY_MANAGE) && proposal_may_be_decided(fact.state, vote_is_ahead);
    view->is_decided = row->state != PROPOSAL_SUBMITTED;
    view->decide = page_path(page, "/a/{area}/proposals/{id}/decide", row->id);
    if (view->may_change) {
        WithdrawInput input = {.version = row->version};
        view->withdraw = page_form_of(page, &proposal_withdraw_form, &input);
        view->withdraw_action = page_path(page, "/a/{area}/proposals/{id}/withdraw", row->id);
    }
}

static void fill_deadline(const StageInfo *stages, size_t count, Instant now, ProposalView *view)
{
    for (size_t i = 0; i < count; i++) {
        if (stages[i].kind == STAGE_KIND_COLLECT && stages[i].state == STAGE_OPEN) {
            view->deadline = stages[i].closes_at;
            view->has_deadline = stages[i].closes_at.ms > now.ms;
        }
    }
}

/* What its proposer was told: the room replies delivers it. */
static Error *load_reply(Snapshot *snapshot, int64_t area, int64_t id, Str *words, Instant *at)
{
    ProposalReplyRow reply;
    bool found = false;
    Error *err = sql_proposal_reply(snapshot, area, id, &reply, &found);
    if (!err && found) {
        *words = reply.words;
        *at = reply.delivered_at;
    }
    return err;
}

/* What becomes of it once it was chosen: the rooms delivery and filing. */
static Error *load_chosen(Page *page, Snapshot *snapshot, int64_t id, ProposalView *view)
{
    ProposalChosenRow row;
    Error *err = sql_proposal_chosen(snapshot, page->area, id, &row);
    if (err) {
        return err;
    }
    if (row.is_funded) {
        view->delivery = page_path(page, "/a/{area}/deliveries/{id}", id);
    }
    if (row.filed_as != 0) {
        view->filing = page_path(page, "/a/{area}/proposals/{id}/filing", id);
    }
    return NULL;
}

/* What others give for it: the room pledges. */
static Error *load_pledged(Snapshot *snapshot, int64_t area, int64_t id, ProposalView *view)
{
    ProposalPledgedRow row;
    Error *err = sql_proposal_pledged(snapshot, area, id, &row);
    if (!err) {
        view->pledged = row.firm_fen;
        view->public_cost.fen =
            view->cost.fen > row.firm_fen.fen ? view->cost.fen - row.firm_fen.fen : 0;
    }
    return err;
}

/* What was public does not disappear: who follows a link learns what became of it. */
static Error *page_gone(Page *page, Frame *frame)
{
    ProposalGoneView view = {.frame = frame, .list = frame->back};
    Out out = page_out(page);
    proposal_gone_page(&out, &view);
    return NULL;
}

Error *page_proposal(Page *page, Snapshot *snapshot)
{
    ProposalGetRow row;
    StageInfo *stages = NULL;
    size_t count = 0;
    ProposalView view = {0};
    Frame *frame = page_frame(page, t_proposal_page_title(), FRAME_TAB_PROPOSALS);
    Error *err = sql_proposal_get(snapshot, page->area, page->ids[0], &row);
    frame->back = page_path(page, "/a/{area}/proposals", 0);
    if (!err && !is_shown(page, &row)) {
        return page_gone(page, frame);
    }
    if (!err) {
        err = programmes_stages(snapshot, page->area, row.round_id, &stages, &count);
    }
    if (err) {
        return err;
    }
    view.frame = frame;
    fill_facts(page, &row, &view);
    fill_rights(page, &row, programmes_choice_is_ahead(stages, count), &view);
    fill_deadline(stages, count, page->now, &view);
    err = photos_fill(page, snapshot, row.id, &view);
    if (!err) {
        err = behind_fill(page, snapshot, &row, stages, count, &view);
    }
    if (!err) {
        err = load_reply(snapshot, page->area, row.id, &view.reply, &view.reply_at);
    }
    if (!err) {
        err = load_pledged(snapshot, page->area, row.id, &view);
    }
    if (!err) {
        err = load_chosen(page, snapshot, row.id, &view);
    }
    if (!err) {
        err = screening_part_load(page, snapshot, row.id, &view.screening);
    }
    if (err) {
        return err;
    }
    Out out = page_out(page);
    proposal_public_page(&out, &view);
    return NULL;
}

/* A refused form tells those whose proposal it is not as little as one that was filled in. */
static Error *page_withdraw_again(Page *page, Snapshot *snapshot)
{
    ProposalGetRow row;
    bool is_changeable = false;
    Error *err = proposal_require_changeable(page, snapshot, &row, &is_changeable);
    return err ? err : page_proposal(page, snapshot);
}

Error *submit_proposal_withdraw(Page *page, Snapshot *snapshot, const void *input)
{
    const WithdrawInput *typed = input;
    ProposalWithdraw *withdraw = arena_new(page->arena, ProposalWithdraw);
    *withdraw = (ProposalWithdraw){page->area,       page->ids[0],
                                   page->who.person, proposal_may(page, POLICY_STAFF),
                                   typed->version,   proposal_may(page, POLICY_MANAGE)};
    return page_write_to(page, proposals_withdraw, withdraw, 0,
                         page_path(page, "/a/{area}/proposals/{id}", withdraw->id),
                         TEXT_proposal_withdraw_done);
}

/* --- following by receipt ---------------------------------------------------- */

static void fill_track(Page *page, const ProposalByReceiptRow *row, TrackView *view)
{
    view->is_found = true;
    view->area_name = row->area_name;
    view->title = row->title;
    view->is_merged = row->own_state == PROPOSAL_MERGED;
    view->main_title = row->main_title;
    view->chip = proposal_chip(row->state);
    view->state = proposal_state_text(row->state);
    view->number = (ProposalState)row->state;
    view->reason = row->reason;
    view->cost = row->cost_fen;
    view->submitted_at = row->submitted_at;
    view->decided_at = row->decided_at;
    view->has_link = row->state != PROPOSAL_WITHDRAWN;
    view->link = url_of(page->arena, "/a/{area}/proposals/{id}", row->area_id, row->main_id);
}

Error *page_track(Page *page, Snapshot *snapshot)
{
    ProposalByReceiptRow row;
    bool found = false;
    Receipt receipt;
    TrackView view = {.typed = page_query(page, "receipt")};
    Error *err = NULL;
    if (view.typed.len > 0 && !receipt_parse(utf8_narrow(page->arena, view.typed), &receipt)) {
        view.problem = t_track_wrong();
    } else if (view.typed.len > 0) {
        err = sql_proposal_by_receipt(snapshot, str_from(receipt.text), &row, &found);
        view.problem = found ? text_of(0) : t_track_missing();
    }
    if (!err && found) {
        err = load_reply(snapshot, row.area_id, row.id, &view.reply, &view.reply_at);
    }
    if (err) {
        return err;
    }
    view.frame = page_frame(page, t_track_title(), FRAME_TAB_NONE);
    if (found) {
        fill_track(page, &row, &view);
    }
    Out out = page_out(page);
    proposal_track_page(&out, &view);
    return NULL;
}

/* --- the room ---------------------------------------------------------------- */

static const Route routes[] = {
    ROUTE_GET("/a/{area}/proposals", POLICY_PUBLIC, page_proposals),
    ROUTE_GET("/a/{area}/proposals/new", POLICY_SIGNED_IN, page_proposal_new),
    ROUTE_POST("/a/{area}/proposals", POLICY_SIGNED_IN, &proposal_form, submit_proposal,
               page_proposal_new),
    ROUTE_GET("/a/{area}/proposals/{id}", POLICY_PUBLIC, page_proposal),
    ROUTE_GET("/a/{area}/proposals/{id}/edit", POLICY_SIGNED_IN, page_proposal_edit),
    ROUTE_POST("/a/{area}/proposals/{id}/edit", POLICY_SIGNED_IN, &proposal_edit_form,
               submit_proposal_edit, page_proposal_edit),
    ROUTE_POST("/a/{area}/proposals/{id}/withdraw", POLICY_SIGNED_IN, &proposal_withdraw_form,
               submit_proposal_withdraw, page_withdraw_again),
    ROUTE_POST("/a/{area}/proposals/{id}/photos/remove", POLICY_SIGNED_IN,
               &proposal_photo_remove_form, submit_photo_remove, page_proposal),
    ROUTE_GET("/a/{area}/proposals/{id}/decide", POLICY_MANAGE, page_proposal_decide),
    ROUTE_POST("/a/{area}/proposals/{id}/decide", POLICY_MANAGE, &proposal_decide_form,
               submit_proposal_decide, page_proposal_decide),
    ROUTE_GET("/a/{area}/proposals/desk", POLICY_STAFF, page_proposal_desk),
    ROUTE_GET("/a/{area}/proposals/similar", POLICY_PUBLIC, page_proposal_similar),
    ROUTE_GET("/a/{area}/proposals/{id}/merge", POLICY_MANAGE, page_proposal_merge),
    ROUTE_POST("/a/{area}/proposals/{id}/merge", POLICY_MANAGE, &proposal_merge_form,
               submit_proposal_merge, page_proposal_merge),
    ROUTE_POST("/a/{area}/proposals/{id}/unmerge", POLICY_MANAGE, &proposal_unmerge_form,
               submit_proposal_unmerge, page_proposal),
    ROUTE_POST("/a/{area}/proposals/{id}/support", POLICY_SIGNED_IN, &proposal_support_form,
               submit_proposal_support, page_proposal),
    ROUTE_GET("/a/{area}/proposals/{id}/adviser", POLICY_MANAGE, page_proposal_adviser),
    ROUTE_POST("/a/{area}/proposals/{id}/adviser", POLICY_MANAGE, &proposal_adviser_form,
               submit_proposal_adviser, page_proposal_adviser),
    ROUTE_POST("/a/{area}/proposals/{id}/adviser/end", POLICY_MANAGE, &adviser_end_form,
               submit_adviser_end, page_proposal),
    ROUTE_GET("/track", POLICY_PUBLIC, page_track),
};

static const Gate gates[] = {{"proposals_decided", proposals_gate_decided}};

static const NavItem nav[] = {
    {TEXT_proposal_desk_title, "/a/{area}/proposals/desk", POLICY_STAFF, .rank = 20},
};

const Feature proposals_feature = {
    .name = "proposals",
    .routes = routes,
    .n_routes = countof(routes),
    .gates = gates,
    .n_gates = countof(gates),
    .due = proposals_due,
    .mine = proposals_mine,
    .export_person = proposals_export_person,
    .erase_person = proposals_erase_person,
    .nav = nav,
    .n_nav = countof(nav),
};
