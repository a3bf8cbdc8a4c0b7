/* delivery_pages.c: what everybody reads: a round's projects, one project; and the room's row. */
#include "features/delivery/delivery_pages.h"

#include "delivery_list_html.h"
#include "delivery_money_sql.h"
#include "delivery_page_html.h"
#include "delivery_sql.h"
#include "delivery_text.h"
#include "features/delivery/delivery_gates.h"
#include "features/programmes/programmes.h"
#include "platform/html/frame_load.h"

#define LIST_ROWS   30
#define LIST_ROUNDS 8

SafeUrl delivery_url(const Page *page, int64_t project, const char *rest)
{
    return url_path(page->arena, "/a/%s/deliveries/%s%s", id_text(page->area).text,
                    id_text(project).text, rest);
}

SafeUrl delivery_part_url(const Page *page, int64_t project, const char *verb, int64_t no)
{
    return url_path(page->arena, "/a/%s/deliveries/%s/%s?no=%d", id_text(page->area).text,
                    id_text(project).text, verb, (int)no);
}

int64_t delivery_no_asked(const Page *page)
{
    int64_t no = 0;
    bool is_number = str_to_int64(page_query(page, "no"), &no);
    return is_number && no > 0 && no <= INT32_MAX ? no : 0;
}

bool delivery_may_manage(const Page *page)
{
    return policy_check(POLICY_MANAGE, &page->who) == VERDICT_ALLOW;
}

/* --- one project ---------------------------------------------------------------------------- */

static SafeUrl round_list_url(const Page *page, int64_t round)
{
    return page_path(page, "/a/{area}/deliveries?round={id}", round);
}

Error *page_delivery(Page *page, Snapshot *s)
{
    DeliveryProject project;
    Frame *frame = page_frame(page, t_delivery_list_title(), FRAME_TAB_NONE);
    DeliveryPageView *view = arena_new(page->arena, DeliveryPageView);
    Error *err = delivery_project(s, page->area, page->ids[0], &project);
    if (!err) {
        err = delivery_fill_project(page, s, &project, false, &view->project);
    }
    if (err) {
        return err;
    }
    view->frame = frame;
    view->list = round_list_url(page, project.round);
    frame->back = view->list;
    view->ledger = page_path(page, "/a/{area}/deliveries/{id}/ledger", project.proposal);
    view->proposal = page_path(page, "/a/{area}/proposals/{id}", project.proposal);
    if (policy_check(POLICY_STAFF, &page->who) == VERDICT_ALLOW) {
        view->console = page_path(page, "/a/{area}/deliveries/{id}/console", project.proposal);
    }
    Out out = page_out(page);
    delivery_public_page(&out, view);
    return NULL;
}

/* --- a round's ------------------------------------------------------------------------------ */

/* A whole table of balances of what the list says of one project. */
static DeliveryFacts facts_of(const DeliveryListRow *row, bool is_open)
{
    DeliveryFacts facts = {.is_open = is_open,
                           .state = (DeliveryState)row->state,
                           .n_called = row->n_called,
                           .n_chosen = row->n_chosen,
                           .n_purchases = row->n_purchases,
                           .n_milestones = row->n_milestones,
                           .n_done = row->n_done};
    facts.money.of[LEDGER_ORIGIN][1].fen = -row->granted_fen.fen;
    facts.money.of[LEDGER_FREE][1] = row->free_fen;
    facts.money.of[LEDGER_CONTRACTED][1] = row->contracted_fen;
    facts.money.of[LEDGER_REQUESTED][1] = row->requested_fen;
    facts.money.of[LEDGER_PAID][1] = row->paid_fen;
    facts.money.of[LEDGER_RETAINED][1] = row->retained_fen;
    return facts;
}

static DeliveryLine line_of(const Page *page, const DeliveryListRow *row, bool is_open)
{
    DeliveryFacts facts = facts_of(row, is_open);
    DeliveryStep step = delivery_next(&facts);
    DeliveryLine line = {.link = page_path(page, "/a/{area}/deliveries/{id}", row->proposal_id),
                         .title = row->title,
                         .estimate = row->cost_fen,
                         .granted = row->granted_fen,
                         .cost = ledger_cost(&facts.money),
                         .paid = row->paid_fen};
    line.next = delivery_next_text(step, row->next_due_on, instant_date(page->now));
    line.state =
        delivery_state_text(facts.state == DELIVERY_STOPPED ? STEP_STOPPED : step, &line.chip);
    return line;
}

static bool is_at_works(const StageInfo *stages, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool is_work =
            stages[i].kind == STAGE_KIND_IMPLEMENT || stages[i].kind == STAGE_KIND_ACCEPT;
        if (is_work && stages[i].state != STAGE_NOT_YET) {
            return true;
        }
    }
    return false;
}

static int64_t after_asked(const Page *page)
{
    int64_t after = 0;
    return id_parse(page_query(page, "after"), &after) ? after : 0;
}

static Error *fill_lines(Page *page, Snapshot *s, int64_t round, DeliveryListView *view)
{
    DeliveryListRows rows;
    StageInfo *stages = NULL;
    size_t n_stages = 0;
    Error *err = programmes_stages(s, page->area, round, &stages, &n_stages);
    if (!err) {
        err = sql_delivery_list(s, page->area, round, after_asked(page), LIST_ROWS + 1, &rows);
    }
    if (err) {
        return err;
    }
    bool is_open = is_at_works(stages, n_stages);
    bool has_next = rows.count > LIST_ROWS;
    view->n_lines = has_next ? LIST_ROWS : rows.count;
    DeliveryLine *lines = arena_array(page->arena, DeliveryLine, view->n_lines);
    for (size_t i = 0; i < view->n_lines; i++) {
        lines[i] = line_of(page, &rows.rows[i], is_open);
    }
    view->lines = lines;
    ListRequest request = {.arena = page->arena, .path = page->path, .query = &page->query};
    IdText last = id_text(has_next ? rows.rows[LIST_ROWS - 1].proposal_id : 0);
    view->pages = list_pages(&request, NULL, page_query(page, "after").len == 0,
                             has_next ? arena_str(page->arena, str_from(last.text)) : STR(""));
    return NULL;
}

static Error *fill_round_money(Page *page, Snapshot *s, int64_t round, DeliveryListView *view)
{
    DeliveryRoundBalancesRows rows;
    LedgerBalances balances = {0};
    DeliveryCounts counts = {0};
    Error *err = sql_delivery_round_balances(s, page->area, round, &rows);
    for (size_t i = 0; !err && i < rows.count; i++) {
        balances.of[rows.rows[i].account][rows.rows[i].source] = rows.rows[i].total_fen;
    }
    if (!err) {
        err = delivery_counts(s, page->area, round, &counts);
    }
    delivery_fill_money(page, &balances, &view->money);
    view->projects = counts.projects;
    view->over = counts.accepted + counts.stopped;
    return err;
}

/* The round that is asked for, else the newest that has decided; the others as links. */
static Error *fill_rounds(Page *page, Snapshot *s, DeliveryListView *view, int64_t *out_round)
{
    DeliveryRoundsRows rows;
    Error *err = sql_delivery_rounds(s, page->area, LIST_ROUNDS, &rows);
    if (err || rows.count == 0) {
        return err;
    }
    int64_t asked = 0;
    bool is_asked = id_parse(page_query(page, "round"), &asked);
    DataChoice *others = arena_array(page->arena, DataChoice, rows.count);
    SafeUrl *links = arena_array(page->arena, SafeUrl, rows.count);
    size_t here = 0;
    for (size_t i = 0; i < rows.count; i++) {
        here = is_asked && rows.rows[i].id == asked ? i : here;
    }
    for (size_t i = 0; i < rows.count; i++) {
        if (i != here) {
            others[view->n_rounds].label = rows.rows[i].title;
            links[view->n_rounds++] = round_list_url(page, rows.rows[i].id);
        }
    }
    view->rounds = others;
    view->round_links = links;
    view->has_round = true;
    view->round_title = rows.rows[here].title;
    *out_round = rows.rows[here].id;
    return NULL;
}

Error *page_delivery_list(Page *page, Snapshot *s)
{
    int64_t round = 0;
    DeliveryListView *view = arena_new(page->arena, DeliveryListView);
    Error *err = fill_rounds(page, s, view, &round);
    if (!err && view->has_round) {
        err = fill_lines(page, s, round, view);
    }
    if (!err && view->has_round) {
        err = fill_round_money(page, s, round, view);
    }
    if (err) {
        return err;
    }
    view->frame = page_frame(page, t_delivery_list_title(), FRAME_TAB_NONE);
    view->all_rounds = page_path(page, "/a/{area}/rounds", 0);
    Out out = page_out(page);
    delivery_list_page(&out, view);
    return NULL;
}

/* --- the room ------------------------------------------------------------------------------- */

#define ROUTE_ACT(path, form, name)                                                                \
    ROUTE_GET(path, POLICY_MANAGE, page_delivery_##name),                                          \
        ROUTE_POST(path, POLICY_MANAGE, &form, submit_delivery_##name, page_delivery_##name)

static const Route routes[] = {
    ROUTE_GET("/a/{area}/deliveries", POLICY_PUBLIC, page_delivery_list),
    ROUTE_GET("/a/{area}/deliveries/{id}", POLICY_PUBLIC, page_delivery),
    ROUTE_GET("/a/{area}/deliveries/{id}/ledger", POLICY_PUBLIC, page_delivery_ledger),
    ROUTE_GET("/a/{area}/deliveries/{id}/console", POLICY_STAFF, page_delivery_console),
    ROUTE_ACT("/a/{area}/deliveries/{id}/money", delivery_money_form, money),
    ROUTE_ACT("/a/{area}/deliveries/{id}/reverse", delivery_reverse_form, reverse),
    ROUTE_ACT("/a/{area}/deliveries/{id}/call", delivery_call_form, call),
    ROUTE_ACT("/a/{area}/deliveries/{id}/bid", delivery_bid_form, bid),
    ROUTE_ACT("/a/{area}/deliveries/{id}/choose", delivery_choose_form, choose),
    ROUTE_ACT("/a/{area}/deliveries/{id}/sign", delivery_sign_form, sign),
    ROUTE_ACT("/a/{area}/deliveries/{id}/plan", delivery_plan_form, plan),
    ROUTE_ACT("/a/{area}/deliveries/{id}/done", delivery_done_form, done),
    ROUTE_ACT("/a/{area}/deliveries/{id}/accept", delivery_accept_form, accept),
    ROUTE_ACT("/a/{area}/deliveries/{id}/stop", delivery_stop_form, stop),
    ROUTE_ACT("/a/{area}/deliveries/{id}/delay", delivery_delay_form, delay),
    ROUTE_ACT("/a/{area}/deliveries/{id}/change", delivery_change_form, change),
    ROUTE_ACT("/a/{area}/deliveries/{id}/visit", delivery_visit_form, visit),
};

static const Gate gates[] = {{"all_delivered", delivery_gate_delivered},
                             {"all_accepted", delivery_gate_accepted}};

static const NavItem nav[] = {
    {TEXT_delivery_nav, "/a/{area}/deliveries", POLICY_STAFF, .rank = 45},
};

const Feature delivery_feature = {
    .name = "delivery",
    .routes = routes,
    .n_routes = countof(routes),
    .gates = gates,
    .n_gates = countof(gates),
    .due = delivery_due,
    .nav = nav,
    .n_nav = countof(nav),
};
