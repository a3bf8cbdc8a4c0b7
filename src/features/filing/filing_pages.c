/* filing_pages.c: the filing of a round and of one project, for everybody; the room's row. */
#include "features/filing/filing_pages.h"

#include "filing_page_html.h"
#include "filing_text.h"
#include "platform/html/frame_load.h"

#define ACTS_MAX 200

/* --- words and addresses shared by the pages --------------------------------- */

bool filing_may(const Page *page, Policy policy)
{
    return policy_check(policy, &page->who) == VERDICT_ALLOW;
}

Text filing_state_text(int64_t state)
{
    switch (state) {
    case FILING_FILED:
        return t_filing_state_filed();
    case FILING_RECEIVED:
        return t_filing_state_received();
    case FILING_RETURNED:
        return t_filing_state_returned();
    case FILING_WITHDRAWN:
        return t_filing_state_withdrawn();
    default:
        return t_filing_state_waiting();
    }
}

static ChipKind state_chip(int64_t state)
{
    static const ChipKind chips[] = {CHIP_OPEN, CHIP_NOW, CHIP_GO, CHIP_DUE, CHIP_NOT};
    return chips[state];
}

/* --- a round ----------------------------------------------------------------- */

static Error *load_lines(Page *page, Snapshot *s, int64_t round, FilingRoundView *out)
{
    FilingListRows rows;
    Error *err = sql_filing_list(s, page->area, round, FILING_PROJECTS_MAX, &rows);
    if (err) {
        return err;
    }
    FilingLine *lines = arena_array(page->arena, FilingLine, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++) {
        const FilingListRow *row = &rows.rows[i];
        lines[i] = (FilingLine){
            .title = row->title,
            .place = row->place,
            .cost = row->cost_fen,
            .chip = state_chip(row->state),
            .state = filing_state_text(row->state),
            .has_act = row->act != 0,
            .at = row->acted_at,
            .why = filing_why_text(row->ground, row->clause, row->other, row->over_fen),
            /* The note of a filing is the same for all: it stands in the history. */
            .words = row->act >= FILING_RETURN ? row->words : STR(""),
            .link = page_path(page, "/a/{area}/proposals/{id}/filing", row->id)};
        out->total.fen += row->state == FILING_WITHDRAWN ? 0 : row->cost_fen.fen;
        if (row->act == 0) {
            lines[i].link = page_path(page, "/a/{area}/proposals/{id}", row->id);
        }
    }
    out->lines = lines;
    out->n_lines = rows.count;
    return NULL;
}

static Error *load_counts(Page *page, Snapshot *s, int64_t round, FilingRoundView *out)
{
    FilingCountsRow row;
    FilingActsCountRow acts;
    Error *err = sql_filing_counts(s, page->area, round, &row);
    if (!err) {
        err = sql_filing_acts_count(s, page->area, round, &acts);
    }
    if (!err) {
        out->n_acts = acts.n;
        out->n_waiting = row.n_waiting;
        out->n_filed = row.n_filed;
        out->summary = t_filing_summary(row.n_waiting, row.n_filed, row.n_received, row.n_returned,
                                        row.n_withdrawn);
    }
    return err;
}

static Error *load_stage(Page *page, Snapshot *s, const RoundInfo *round, FilingRoundView *out)
{
    StageInfo *stages = NULL;
    size_t count = 0;
    Error *err = programmes_stages(s, page->area, round->id, &stages, &count);
    for (size_t i = 0; !err && i < count; i++) {
        out->has_stage = out->has_stage || stages[i].kind == STAGE_KIND_FILE;
    }
    out->is_open = programmes_stage_is_open(round, STAGE_KIND_FILE);
    out->closes_at = round->closes_at;
    return err;
}

Error *filing_load(Page *page, Snapshot *s, FilingRoundView *out)
{
    RoundInfo round;
    Error *err = programmes_round(s, page->area, page->ids[0], &round);
    if (!err) {
        err = load_stage(page, s, &round, out);
    }
    if (!err && out->has_stage) {
        err = load_lines(page, s, round.id, out);
    }
    if (!err) {
        err = load_counts(page, s, round.id, out);
    }
    if (!err && out->is_open && out->n_filed > 0) {
        err = filing_lapsed(s, page->area, round.id, page->now, &out->lapsed);
    }
    out->round_title = err ? STR("") : round.title;
    return err;
}

static void fill_acts(Page *page, int64_t round, FilingRoundView *view)
{
    view->problem = page->form;
    if (view->is_open && view->n_waiting > 0 && filing_may(page, POLICY_LEAD)) {
        view->file = filing_all_form(page, &filing_file_form, view->n_waiting, view->n_acts);
    }
    if (view->is_open && view->n_filed > 0 && filing_may(page, POLICY_PLAN)) {
        view->receive = filing_all_form(page, &filing_receive_form, view->n_filed, view->n_acts);
    }
    if (view->lapsed.count > 0 && filing_may(page, POLICY_LEAD)) {
        view->lapse = filing_all_form(page, &filing_lapse_form, view->lapsed.count, view->n_acts);
    }
    view->file_action = page_path(page, "/a/{area}/rounds/{id}/filing", round);
    view->receive_action = page_path(page, "/a/{area}/rounds/{id}/filing/receive", round);
    view->lapse_action = page_path(page, "/a/{area}/rounds/{id}/filing/lapse", round);
    if (view->n_lines > 0 && filing_may(page, POLICY_STAFF)) {
        view->sheet = page_path(page, "/a/{area}/rounds/{id}/filing/sheet", round);
    }
    view->round = page_path(page, "/a/{area}/rounds/{id}", round);
}

Error *page_filing_round(Page *page, Snapshot *s)
{
    Frame *frame = page_frame(page, t_filing_title(), FRAME_TAB_HOME);
    FilingRoundView view = {.frame = frame};
    Error *err = filing_load(page, s, &view);
    if (err) {
        return err;
    }
    fill_acts(page, page->ids[0], &view);
    frame->back = view.round;
    Out out = page_out(page);
    filing_round_page(&out, &view);
    return NULL;
}

/* --- one project ------------------------------------------------------------- */

Error *filing_require(Page *page, Snapshot *s, FilingGetRow *out)
{
    return sql_filing_get(s, page->area, page->ids[0], out);
}

static Text act_text(int64_t act)
{
    switch (act) {
    case FILING_FILE:
        return t_filing_act_file();
    case FILING_RECEIVE:
        return t_filing_act_receive();
    case FILING_RETURN:
        return t_filing_act_return();
    case FILING_RESEND:
        return t_filing_act_resend();
    case FILING_LAPSE:
        return t_filing_act_lapse();
    default:
        return t_filing_act_withdraw();
    }
}

static Error *load_history(Page *page, Snapshot *s, int64_t proposal, FilingProjectView *view)
{
    FilingHistoryRows rows;
    bool is_staff = filing_may(page, POLICY_STAFF);
    Error *err = sql_filing_history(s, page->area, proposal, ACTS_MAX, &rows);
    if (err) {
        return err;
    }
    FilingActLine *acts = arena_array(page->arena, FilingActLine, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++) {
        const FilingHistoryRow *row = &rows.rows[i];
        acts[i] = (FilingActLine){
            .what = act_text(row->act),
            .at = row->acted_at,
            .why = filing_why_text(row->ground, row->clause, row->other, row->over_fen),
            .letter = row->letter,
            .words = row->words,
            .actor = is_staff ? row->actor : STR("")};
    }
    view->acts = acts;
    view->n_acts = rows.count;
    return NULL;
}

static void fill_steps(Page *page, const FilingGetRow *row, bool is_open, FilingProjectView *view)
{
    FilingState state = (FilingState)row->state;
    bool answers = is_open && filing_may(page, POLICY_LEAD);
    bool returns = is_open && filing_may(page, POLICY_PLAN);
    view->problem = page->form;
    if (answers && filing_after(state, FILING_RESEND) != FILING_NOT_YET) {
        view->resend = filing_step_form(page, &filing_resend_form, row->version);
        view->withdraw = filing_step_form(page, &filing_withdraw_form, row->version);
    }
    if (returns && filing_after(state, FILING_RETURN) != FILING_NOT_YET) {
        view->give_back =
            page_path(page, "/a/{area}/proposals/{id}/filing/return", row->proposal_id);
    }
    view->resend_action =
        page_path(page, "/a/{area}/proposals/{id}/filing/resend", row->proposal_id);
    view->withdraw_action =
        page_path(page, "/a/{area}/proposals/{id}/filing/withdraw", row->proposal_id);
}

Error *page_filing_project(Page *page, Snapshot *s)
{
    FilingGetRow row;
    RoundInfo round;
    Frame *frame = page_frame(page, t_filing_title(), FRAME_TAB_HOME);
    FilingProjectView view = {.frame = frame};
    Error *err = filing_require(page, s, &row);
    if (!err) {
        err = programmes_round(s, page->area, row.round_id, &round);
    }
    if (!err) {
        err = load_history(page, s, row.proposal_id, &view);
    }
    if (err) {
        return err;
    }
    view.title = row.title;
    view.place = row.place;
    view.cost = row.cost_fen;
    view.chip = state_chip(row.state);
    view.state = filing_state_text(row.state);
    view.is_withdrawn = row.state == FILING_WITHDRAWN;
    view.project = page_path(page, "/a/{area}/proposals/{id}", row.proposal_id);
    view.all = page_path(page, "/a/{area}/rounds/{id}/filing", row.round_id);
    fill_steps(page, &row, programmes_stage_is_open(&round, STAGE_KIND_FILE), &view);
    frame->back = view.all;
    Out out = page_out(page);
    filing_project_page(&out, &view);
    return NULL;
}

/* --- the room ---------------------------------------------------------------- */

static const Route routes[] = {
    ROUTE_GET("/a/{area}/rounds/{id}/filing", POLICY_PUBLIC, page_filing_round),
    ROUTE_POST("/a/{area}/rounds/{id}/filing", POLICY_LEAD, &filing_file_form, submit_filing_file,
               page_filing_round),
    ROUTE_POST("/a/{area}/rounds/{id}/filing/receive", POLICY_PLAN, &filing_receive_form,
               submit_filing_receive, page_filing_round),
    ROUTE_POST("/a/{area}/rounds/{id}/filing/lapse", POLICY_LEAD, &filing_lapse_form,
               submit_filing_lapse, page_filing_round),
    ROUTE_GET("/a/{area}/rounds/{id}/filing/sheet", POLICY_STAFF, page_filing_sheet),
    ROUTE_GET("/a/{area}/proposals/{id}/filing", POLICY_PUBLIC, page_filing_project),
    ROUTE_GET("/a/{area}/proposals/{id}/filing/return", POLICY_PLAN, page_filing_return),
    ROUTE_POST("/a/{area}/proposals/{id}/filing/return", POLICY_PLAN, &filing_return_form,
               submit_filing_return, page_filing_return),
    ROUTE_POST("/a/{area}/proposals/{id}/filing/resend", POLICY_LEAD, &filing_resend_form,
               submit_filing_resend, page_filing_project),
    ROUTE_POST("/a/{area}/proposals/{id}/filing/withdraw", POLICY_LEAD, &filing_withdraw_form,
               submit_filing_withdraw, page_filing_project),
};

static const Gate gates[] = {{"filed", gate_filed}};

const Feature filing_feature = {
    .name = "filing",
    .routes = routes,
    .n_routes = countof(routes),
    .gates = gates,
    .n_gates = countof(gates),
    .due = filing_due,
    .export_person = filing_export_person,
    .erase_person = filing_erase_person,
};
