/* pledges_pages.c: a project's pledges for everybody, one for its giver and staff; the room's row.
 */
#include "features/pledges/pledges_pages.h"

#include "features/people/people.h"
#include "platform/html/frame_load.h"
#include "platform/list/list_file.h"
#include "pledge_page_html.h"
#include "pledges_text.h"

#define STATE_ACCEPTED 2

SafeUrl pledge_url(const Page *page, int64_t id, const char *rest)
{
    return url_path(page->arena, "/a/%s/pledges/%s%s", id_text(page->area).text, id_text(id).text,
                    rest);
}

SafeUrl pledge_project_url(const Page *page, int64_t proposal, const char *rest)
{
    return url_path(page->arena, "/a/%s/proposals/%s%s", id_text(page->area).text,
                    id_text(proposal).text, rest);
}

SafeUrl pledge_round_url(const Page *page, int64_t round, const char *rest)
{
    return url_path(page->arena, "/a/%s/rounds/%s%s", id_text(page->area).text, id_text(round).text,
                    rest);
}

bool pledge_may(const Page *page, Policy policy)
{
    return policy_check(policy, &page->who) == VERDICT_ALLOW;
}

Text pledge_what_text(int64_t form, Money value, int64_t hours, Str words)
{
    switch (form) {
    case PLEDGE_GOODS:
        return t_pledge_what_goods(words, value);
    case PLEDGE_HOURS:
        return t_pledge_what_hours(hours, words);
    default:
        return words.len > 0 ? t_pledge_what_money_for(value, words) : t_pledge_what_money(value);
    }
}

const Choice pledge_states[PLEDGE_STATES] = {
    {"promised", PLEDGE_PROMISED, TEXT_pledge_state_promised},
    {"confirmed", PLEDGE_CONFIRMED, TEXT_pledge_state_confirmed},
    {"received", PLEDGE_RECEIVED, TEXT_pledge_state_received},
    {"released", PLEDGE_RELEASED, TEXT_pledge_state_released},
};

Text pledge_state_text(int64_t state)
{
    return text_of(pledge_states[state - PLEDGE_PROMISED].label);
}

Text pledge_public_giver(bool is_named, Str unit, Str name)
{
    if (unit.len > 0) {
        return is_named ? t_pledge_by_unit(unit) : t_pledge_by_some_unit();
    }
    return is_named && name.len > 0 ? t_pledge_by_neighbour(people_surname(name))
                                    : t_pledge_by_some_neighbour();
}

Error *pledge_load_project(Page *page, Snapshot *s, PledgeProjectRow *project, RoundInfo *round)
{
    bool found = false;
    Error *err = sql_pledge_project(s, page->area, page->ids[0], page->who.person,
                                    instant_date(page->now), project, &found);
    if (err) {
        return err;
    }
    if (!found || project->state != STATE_ACCEPTED || project->cost_fen.fen <= 0) {
        return error_make(page->arena, ERROR_NOT_FOUND, "no priced project");
    }
    return programmes_round(s, page->area, project->round_id, round);
}

/* --- one project's pledges --------------------------------------------------- */

typedef struct GiftLine {
    int64_t id;
    Text giver;
    Text what;
    int64_t state;
    Instant confirmed_at;
} GiftLine;

static Error *fetch_gifts(Snapshot *snapshot, const ListQuery *query, ListRows *out)
{
    PledgeLinesRows rows = {0};
    Error *err = sql_pledge_lines(snapshot, query->area, query->parent,
                                  query->after.is_set ? query->after.id : 0, query->limit, &rows);
    GiftLine *lines = arena_array(snapshot_arena(snapshot), GiftLine, rows.count + 1);
    for (size_t i = 0; !err && i < rows.count; i++) {
        const PledgeLinesRow *row = &rows.rows[i];
        lines[i] =
            (GiftLine){row->id, pledge_public_giver(row->is_named, row->unit, row->giver_name),
                       pledge_what_text(row->form, row->value_fen, row->hours, row->words),
                       row->state, row->confirmed_at};
    }
    *out = (ListRows){lines, rows.count};
    return err;
}

static const ListColumn gift_columns[] = {
    {LIST_COLUMN(GiftLine, giver, COLUMN_TEXT, TEXT_pledge_giver), .flags = COLUMN_HEAD},
    {LIST_COLUMN(GiftLine, what, COLUMN_TEXT, TEXT_pledge_what)},
    {LIST_COLUMN(GiftLine, state, COLUMN_CHOICE, TEXT_pledge_state), .choices = pledge_states,
     .n_choices = PLEDGE_STATES},
};

static const ListOrder gift_orders[] = {
    {.name = "old",
     .label = TEXT_pledge_order_old,
     .key_kind = COLUMN_ID,
     .key_offset = offsetof(GiftLine, id),
     .fetch = fetch_gifts},
};

static const ListTable gift_table = {
    .name = "pledges-of-project",
    .caption = TEXT_pledge_lines,
    .columns = gift_columns,
    .n_columns = countof(gift_columns),
    .orders = gift_orders,
    .n_orders = countof(gift_orders),
    .row_size = sizeof(GiftLine),
    .id_offset = offsetof(GiftLine, id),
    .empty_title = TEXT_pledge_lines_empty,
    .empty_text = TEXT_pledge_lines_empty_hint,
    .has_csv = true,
};

static void fill_project(const Page *page, const PledgeProjectRow *row, const RoundInfo *round,
                         PledgeProjectView *view)
{
    view->title = row->title;
    view->price = row->cost_fen;
    view->firm = row->firm_fen;
    view->public_cost = pledge_public_cost(view->price, view->firm);
    view->hours = row->firm_hours;
    view->promised = row->n_promised;
    view->is_open = programmes_stage_is_open(round, STAGE_KIND_PLEDGE);
    view->closes_at = round->closes_at;
    view->may_give = view->is_open && row->n_on_roll > 0;
    view->may_write_down = view->is_open && pledge_may(page, POLICY_MANAGE);
    view->give = pledge_project_url(page, row->id, "/pledges/new");
    view->write_down = pledge_project_url(page, row->id, "/pledges/for");
    view->project = pledge_project_url(page, row->id, "");
    view->all = pledge_round_url(page, row->round_id, "/pledges");
}

static Error *show_project(Page *page, Snapshot *s, const ListRequest *request)
{
    PledgeProjectRow row;
    RoundInfo round;
    ListView list;
    Frame *frame = page_frame(page, t_pledge_project_title(), FRAME_TAB_PROPOSALS);
    PledgeProjectView view = {.frame = frame, .list = &list};
    Error *err = pledge_load_project(page, s, &row, &round);
    if (!err) {
        err = list_load(s, &gift_table, request, &list);
    }
    if (err) {
        return err;
    }
    fill_project(page, &row, &round, &view);
    frame->back = view.project;
    Out out = page_out(page);
    pledge_project_page(&out, &view);
    return NULL;
}

Error *page_pledges_project(Page *page, Snapshot *s)
{
    ListRequest request = pledge_list_request(page, page->ids[0]);
    return list_format(&gift_table, &request) == LIST_PAGE
               ? show_project(page, s, &request)
               : list_file(page, s, &gift_table, &request, "pledges-of-project");
}

/* --- one pledge -------------------------------------------------------------- */

Error *pledge_require(Page *page, Snapshot *s, PledgeGetRow *out)
{
    Error *err = sql_pledge_get(s, page->area, page->ids[0], out);
    if (err) {
        return err;
    }
    bool is_giver = page->who.person != 0 && out->person_id == page->who.person;
    return is_giver || pledge_may(page, POLICY_STAFF)
               ? NULL
               : error_make(page->arena, ERROR_NOT_FOUND, "no such pledge");
}

static void add_step(PledgeView *view, Text what, Instant at)
{
    if (at.ms > 0) {
        view->steps[view->n_steps++] = (PledgeStepLine){what, at};
    }
}

static void fill_facts(Page *page, const PledgeGetRow *row, PledgeView *view)
{
    static const ChipKind chips[] = {CHIP_OPEN, CHIP_DUE, CHIP_GO, CHIP_GO, CHIP_NOT};
    view->number = arena_printf(page->arena, "%s", id_text(row->id).text);
    view->title = row->title;
    view->what = pledge_what_text(row->form, row->value_fen, row->hours, row->words);
    view->at = (PledgeState)row->state;
    view->chip = chips[row->state];
    view->state = pledge_state_text(row->state);
    view->shown_as = pledge_public_giver(row->is_named, row->unit, row->giver_name);
    view->giver = row->unit.len > 0 ? row->unit : row->giver_name;
    view->contact = row->contact_name;
    view->phone = row->unit.len > 0 ? row->contact_phone : row->giver_phone;
    view->call = url_tel(page->arena, view->phone);
    view->enterer = row->enterer_name;
    view->reason = row->reason;
    view->is_goods = row->form == PLEDGE_GOODS;
    add_step(view, t_pledge_step_promised(), row->promised_at);
    add_step(view, t_pledge_step_confirmed(), row->confirmed_at);
    add_step(view, t_pledge_step_received(), row->received_at);
    add_step(view, t_pledge_step_released(), row->released_at);
}

/* The form of a step, where this person may take it now. */
static const FormState *offered(Page *page, const Form *form, const PledgeGetRow *row,
                                PledgeState to)
{
    bool is_giver = row->person_id != 0 && row->person_id == page->who.person;
    bool is_staff = pledge_may(page, POLICY_MANAGE);
    return pledge_may_step((PledgeState)row->state, to, is_staff, is_giver)
               ? pledge_step_form(page, form, row)
               : NULL;
}

static void fill_acts(Page *page, const PledgeGetRow *row, PledgeView *view)
{
    view->problem = page->form;
    view->is_staff = pledge_may(page, POLICY_STAFF);
    view->is_giver = row->person_id != 0 && row->person_id == page->who.person;
    view->confirm = offered(page, &pledge_confirm_form, row, PLEDGE_CONFIRMED);
    view->receive = offered(page, &pledge_receive_form, row, PLEDGE_RECEIVED);
    view->release = offered(page, &pledge_release_form, row, PLEDGE_RELEASED);
    view->confirm_action = pledge_url(page, row->id, "/confirm");
    view->receive_action = pledge_url(page, row->id, "/receive");
    view->release_action = pledge_url(page, row->id, "/release");
    view->slip = pledge_url(page, row->id, "/slip");
    view->project = pledge_project_url(page, row->proposal_id, "/pledges");
    view->back = view->is_staff ? url_path(page->arena, "/a/%s/pledges?round=%s",
                                           id_text(page->area).text, id_text(row->round_id).text)
                                : view->project;
}

/* Firm money and goods, once the ballot or the council has begun to choose. */
static Error *load_counted_on(Page *page, Snapshot *s, const PledgeGetRow *row, PledgeView *view)
{
    StageInfo *stages = NULL;
    size_t n_stages = 0;
    if (row->state != PLEDGE_CONFIRMED || row->form == PLEDGE_HOURS) {
        return NULL;
    }
    Error *err = programmes_stages(s, page->area, row->round_id, &stages, &n_stages);
    view->is_counted_on = !err && !programmes_choice_is_ahead(stages, n_stages);
    return err;
}

Error *page_pledge(Page *page, Snapshot *s)
{
    PledgeGetRow row;
    Frame *frame = page_frame(page, t_pledge_page_title(), FRAME_TAB_PROPOSALS);
    PledgeView view = {.frame = frame};
    Error *err = pledge_require(page, s, &row);
    if (!err) {
        err = load_counted_on(page, s, &row, &view);
    }
    if (err) {
        return err;
    }
    fill_facts(page, &row, &view);
    fill_acts(page, &row, &view);
    frame->back = view.back;
    Out out = page_out(page);
    pledge_one_page(&out, &view);
    return NULL;
}

/* --- the room ---------------------------------------------------------------- */

static const Route routes[] = {
    ROUTE_GET("/a/{area}/pledges", POLICY_STAFF, page_pledges_desk),
    ROUTE_GET("/a/{area}/pledges/{id}", POLICY_SIGNED_IN, page_pledge),
    ROUTE_POST("/a/{area}/pledges/{id}/confirm", POLICY_MANAGE, &pledge_confirm_form,
               submit_pledge_confirm, page_pledge),
    ROUTE_POST("/a/{area}/pledges/{id}/receive", POLICY_MANAGE, &pledge_receive_form,
               submit_pledge_receive, page_pledge),
    ROUTE_POST("/a/{area}/pledges/{id}/release", POLICY_SIGNED_IN, &pledge_release_form,
               submit_pledge_release, page_pledge),
    ROUTE_GET("/a/{area}/pledges/{id}/slip", POLICY_SIGNED_IN, page_pledge_slip),
    ROUTE_GET("/a/{area}/proposals/{id}/pledges", POLICY_PUBLIC, page_pledges_project),
    ROUTE_GET("/a/{area}/proposals/{id}/pledges/for", POLICY_MANAGE, page_pledge_for),
    ROUTE_POST("/a/{area}/proposals/{id}/pledges/for", POLICY_MANAGE, &pledge_for_form,
               submit_pledge_for, page_pledge_for),
    ROUTE_GET("/a/{area}/proposals/{id}/pledges/new", POLICY_RESIDENT, page_pledge_new),
    ROUTE_POST("/a/{area}/proposals/{id}/pledges/new", POLICY_RESIDENT, &pledge_form, submit_pledge,
               page_pledge_new),
    ROUTE_GET("/a/{area}/rounds/{id}/pledges", POLICY_PUBLIC, page_pledges_round),
};

static const Gate gates[] = {{"pledges_settled", gate_pledges_settled}};

static const NavItem nav[] = {
    {TEXT_pledge_nav, "/a/{area}/pledges", POLICY_STAFF, .rank = 26},
};

const Feature pledges_feature = {
    .name = "pledges",
    .routes = routes,
    .n_routes = countof(routes),
    .gates = gates,
    .n_gates = countof(gates),
    .due = pledges_due,
    .mine = pledges_mine,
    .export_person = pledges_export_person,
    .erase_person = pledges_erase_person,
    .nav = nav,
    .n_nav = countof(nav),
};
