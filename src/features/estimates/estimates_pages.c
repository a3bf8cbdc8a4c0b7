/* estimates_pages.c: what must be priced, how a price comes about, quotas; the room's row. */
#include "features/estimates/estimates_pages.h"

#include "estimate_list_html.h"
#include "estimate_page_html.h"
#include "estimate_quota_html.h"
#include "estimates_text.h"
#include "features/proposals/proposals.h"
#include "platform/html/frame_load.h"
#include "platform/list/list_file.h"
#include "proposals_text.h"

#define HISTORY_MAX    30
#define STATE_ACCEPTED 2

Text estimate_kind_text(int64_t kind)
{
    return text_of(kind >= 1 && kind <= 4 ? proposal_kinds[kind - 1].label
                                          : TEXT_proposal_kind_unsure);
}

bool estimate_may(const Page *page, Policy policy)
{
    return policy_check(policy, &page->who) == VERDICT_ALLOW;
}

Text estimate_usual_text(const UsualPrice *usual)
{
    return usual->n < ESTIMATE_USUAL_LEAST
               ? t_estimate_usual_few(usual->n)
               : t_estimate_usual(usual->n, usual->median, usual->deviation, usual->low,
                                  usual->high);
}

/* --- what must be priced ----------------------------------------------------- */

static const Choice standings[] = {
    {"none", STANDING_NONE, TEXT_estimate_standing_none},
    {"sent_back", STANDING_SENT_BACK, TEXT_estimate_standing_sent_back},
    {"waits", STANDING_WAITS, TEXT_estimate_standing_waits},
    {"priced", STANDING_PRICED, TEXT_estimate_standing_priced},
};

static Error *fetch_todo(Snapshot *snapshot, const ListQuery *query, ListRows *out)
{
    EstimateTodoRows rows = {0};
    Error *err = sql_estimate_todo(snapshot, query->area, query->parent,
                                   query->after.is_set ? query->after.number : 0,
                                   query->after.is_set ? query->after.id : 0, query->limit, &rows);
    *out = (ListRows){rows.rows, rows.count};
    return err;
}

static SafeUrl todo_link(Arena *arena, const ListQuery *query, const void *row)
{
    const EstimateTodoRow *todo = row;
    return url_of(arena, "/a/{area}/proposals/{id}/price", query->area, todo->id);
}

static RowMark todo_mark(const void *row, Instant now)
{
    return ((const EstimateTodoRow *)row)->standing <= STANDING_SENT_BACK ? ROW_DUE : ROW_PLAIN;
}

static const ListColumn todo_columns[] = {
    {LIST_COLUMN(EstimateTodoRow, title, COLUMN_STR, TEXT_estimate_project), .flags = COLUMN_HEAD},
    {LIST_COLUMN(EstimateTodoRow, standing, COLUMN_CHOICE, TEXT_estimate_standing),
     .choices = standings, .n_choices = countof(standings)},
    {LIST_COLUMN(EstimateTodoRow, kind, COLUMN_CHOICE, TEXT_estimate_kind),
     .choices = proposal_kinds, .n_choices = 4},
    {LIST_COLUMN(EstimateTodoRow, cost_fen, COLUMN_MONEY, TEXT_estimate_cost)},
};

static const ListOrder todo_orders[] = {
    {.name = "worst",
     .label = TEXT_estimate_order_worst,
     .key_kind = COLUMN_INT,
     .key_offset = offsetof(EstimateTodoRow, standing),
     .fetch = fetch_todo},
};

static const ListTable todo_table = {
    .name = "estimates",
    .caption = TEXT_estimate_list_title,
    .columns = todo_columns,
    .n_columns = countof(todo_columns),
    .orders = todo_orders,
    .n_orders = countof(todo_orders),
    .row_size = sizeof(EstimateTodoRow),
    .id_offset = offsetof(EstimateTodoRow, id),
    .link = todo_link,
    .mark = todo_mark,
    .empty_title = TEXT_estimate_list_empty,
    .empty_text = TEXT_estimate_list_empty_hint,
    .has_csv = true,
};

/* The round of ?round=, else the one that runs; id 0: there is none. */
static Error *asked_round(Page *page, Snapshot *snapshot, RoundInfo *out)
{
    int64_t id = 0;
    bool found = false;
    *out = (RoundInfo){0};
    if (id_parse(page_query(page, "round"), &id)) {
        return programmes_round(snapshot, page->area, id, out);
    }
    return programmes_current_round(snapshot, page->area, out, &found);
}

static Error *show_todo(Page *page, Snapshot *snapshot, const ListRequest *request,
                        const RoundInfo *round)
{
    GateReport gate;
    ListView list;
    Error *err = list_load(snapshot, &todo_table, request, &list);
    if (!err) {
        err = gate_all_priced(snapshot, page->area, round->id, 0, &gate);
    }
    if (err) {
        return err;
    }
    EstimateListView view = {.frame = page_frame(page, t_estimate_list_title(), FRAME_TAB_NONE),
                             .has_round = round->id != 0,
                             .round_title = round->title,
                             .summary = gate.detail,
                             .list = &list,
                             .quota = page_path(page, "/a/{area}/rounds/{id}/quota", round->id),
                             .round = page_path(page, "/a/{area}/rounds/{id}", round->id)};
    Out out = page_out(page);
    estimate_list_page(&out, &view);
    return NULL;
}

Error *page_estimates(Page *page, Snapshot *snapshot)
{
    RoundInfo round;
    Error *err = asked_round(page, snapshot, &round);
    if (err) {
        return err;
    }
    ListRequest request = {.arena = page->arena,
                           .path = page->path,
                           .query = &page->query,
                           .area = page->area,
                           .parent = round.id};
    if (list_format(&todo_table, &request) != LIST_PAGE) {
        return list_file(page, snapshot, &todo_table, &request, "estimates");
    }
    return show_todo(page, snapshot, &request, &round);
}

/* --- how a price comes about ------------------------------------------------- */

static SafeUrl file_url(const Page *page, int64_t file)
{
    return file == 0
               ? (SafeUrl){STR("")}
               : url_path(page->arena, "/a/%s/proposals/%s/price/document?file=%s",
                          id_text(page->area).text, id_text(page->ids[0]).text, id_text(file).text);
}

static void fill_quotes(const Page *page, const EstimateQuotesRows *rows, int64_t estimate,
                        EstimateLine *line)
{
    QuoteLine *quotes = arena_array(page->arena, QuoteLine, ESTIMATE_QUOTES_MAX);
    for (size_t i = 0; i < rows->count && line->n_quotes < ESTIMATE_QUOTES_MAX; i++) {
        const EstimateQuotesRow *row = &rows->rows[i];
        if (row->estimate_id == estimate) {
            quotes[line->n_quotes++] = (QuoteLine){.supplier = row->supplier,
                                                   .cost = row->cost_fen,
                                                   .on = row->quoted_on,
                                                   .file_name = row->document_name,
                                                   .file = file_url(page, row->document_id)};
        }
    }
    line->quotes = quotes;
}

static Text basis_text(const EstimateHistoryRow *row, size_t n_quotes)
{
    switch (row->basis) {
    case ESTIMATE_QUOTES:
        return t_estimate_by_quotes((int64_t)n_quotes);
    case ESTIMATE_LIBRARY:
        return t_estimate_by_library(row->source);
    default:
        return t_estimate_by_department(row->source);
    }
}

static void fill_state(const EstimateHistoryRow *row, EstimateLine *line)
{
    static const int keys[] = {0, TEXT_estimate_state_waits, TEXT_estimate_state_in_force,
                               TEXT_estimate_state_sent_back, TEXT_estimate_state_replaced};
    static const ChipKind chips[] = {CHIP_OPEN, CHIP_DUE, CHIP_GO, CHIP_LATE, CHIP_NOT};
    line->state = (EstimateState)row->state;
    line->state_text = text_of(keys[row->state]);
    line->chip = chips[row->state];
}

static void fill_line(const Page *page, const EstimateHistoryRow *row,
                      const EstimateQuotesRows *quotes, EstimateLine *line)
{
    UsualPrice usual = {row->usual_n, row->median_fen, row->deviation_fen, row->low_fen,
                        row->high_fen};
    fill_state(row, line);
    fill_quotes(page, quotes, row->id, line);
    line->cost = row->cost_fen;
    line->basis = basis_text(row, line->n_quotes);
    line->words = row->words;
    line->is_unusual = (row->needs & ESTIMATE_NEEDS_UNUSUAL) != 0;
    line->is_large = (row->needs & ESTIMATE_NEEDS_LARGE) != 0;
    line->usual = estimate_usual_text(&usual);
    line->entered_at = row->entered_at;
    line->entered_name = row->entered_name;
    line->decided_at = row->decided_at;
    line->decided_name = row->decided_name;
    line->note = row->note;
    line->file_name = row->document_name;
    line->file = file_url(page, row->document_id);
}

/* Sorts the rows into the one in force, the one that waits, and the others. */
static void fill_lines(const Page *page, const EstimateHistoryRows *rows,
                       const EstimateQuotesRows *quotes, EstimatePageView *view)
{
    EstimateLine *lines = arena_array(page->arena, EstimateLine, rows->count + 2);
    size_t n_old = 0;
    for (size_t i = 0; i < rows->count; i++) {
        const EstimateHistoryRow *row = &rows->rows[i];
        EstimateLine *line = row->state == ESTIMATE_IN_FORCE ? &lines[rows->count]
                             : row->state == ESTIMATE_WAITS  ? &lines[rows->count + 1]
                                                             : &lines[n_old++];
        fill_line(page, row, quotes, line);
        if (row->state == ESTIMATE_IN_FORCE) {
            view->held = line;
            view->is_stale = row->cost_fen.fen != view->cost.fen;
        } else if (row->state == ESTIMATE_WAITS) {
            view->waiting = line;
        }
    }
    view->old = lines;
    view->n_old = n_old;
}

typedef struct WaitingInput {
    int64_t estimate;
    Str note;
} WaitingInput;

static const FormState *deciding_form(Page *page, const Form *form, int64_t estimate)
{
    WaitingInput input = {.estimate = estimate};
    return page_form_of(page, form, &input);
}

/* Signing and sending back, for whoever may. */
static void fill_acts(Page *page, const EstimateHistoryRows *rows,
                      const EstimateProposalRow *proposal, EstimatePageView *view)
{
    bool may_manage = estimate_may(page, POLICY_MANAGE) && proposal->n_proposer == 0;
    view->problem = page->form;
    for (size_t i = 0; i < rows->count; i++) {
        const EstimateHistoryRow *row = &rows->rows[i];
        if (row->state != ESTIMATE_WAITS) {
            continue;
        }
        view->is_own = row->entered_by == page->who.person;
        if (may_manage &&
            estimate_may_be_decided(ESTIMATE_WAITS, row->entered_by, page->who.person)) {
            view->sign = deciding_form(page, &estimate_sign_form, row->id);
            view->back_form = deciding_form(page, &estimate_return_form, row->id);
        }
    }
    view->sign_action = page_path(page, "/a/{area}/proposals/{id}/price/sign", proposal->id);
    view->back_action = page_path(page, "/a/{area}/proposals/{id}/price/return", proposal->id);
}

static Error *load_prices(Page *page, Snapshot *snapshot, EstimateProposalRow *proposal,
                          EstimateHistoryRows *rows, EstimateQuotesRows *quotes)
{
    Error *err =
        sql_estimate_proposal(snapshot, page->area, page->ids[0], page->who.person, proposal);
    if (!err && proposal->state != STATE_ACCEPTED) {
        err = error_make(page->arena, ERROR_NOT_FOUND, "no accepted proposal");
    }
    if (!err) {
        err = sql_estimate_history(snapshot, page->area, page->ids[0], HISTORY_MAX, rows);
    }
    return err ? err : sql_estimate_quotes(snapshot, page->area, page->ids[0], quotes);
}

Error *page_estimate(Page *page, Snapshot *snapshot)
{
    EstimateProposalRow proposal;
    EstimateHistoryRows rows;
    EstimateQuotesRows quotes;
    StageInfo *stages = NULL;
    size_t n_stages = 0;
    Frame *frame = page_frame(page, t_estimate_page_title(), FRAME_TAB_PROPOSALS);
    Error *err = load_prices(page, snapshot, &proposal, &rows, &quotes);
    if (!err) {
        err = programmes_stages(snapshot, page->area, proposal.round_id, &stages, &n_stages);
    }
    if (err) {
        return err;
    }
    EstimatePageView view = {
        .frame = frame,
        .title = proposal.title,
        .cost = proposal.cost_fen,
        .is_staff = estimate_may(page, POLICY_STAFF),
        .price = page_path(page, "/a/{area}/proposals/{id}/price/new", proposal.id),
        .proposal = page_path(page, "/a/{area}/proposals/{id}", proposal.id),
        .list = page_path(page, "/a/{area}/estimates?round={id}", proposal.round_id)};
    bool is_open = programmes_choice_is_ahead(stages, n_stages);
    view.may_price = is_open && estimate_may(page, POLICY_MANAGE);
    fill_lines(page, &rows, &quotes, &view);
    fill_acts(page, &rows, &proposal, &view);
    frame->back = view.proposal;
    Out out = page_out(page);
    estimate_public_page(&out, &view);
    return NULL;
}

/* --- a document -------------------------------------------------------------- */

Error *page_estimate_file(Page *page, Snapshot *snapshot)
{
    EstimateHasFileRow row = {0};
    File file;
    int64_t id = 0;
    Error *err = NULL;
    if (id_parse(page_query(page, "file"), &id) && id != 0) {
        err = sql_estimate_has_file(snapshot, page->area, page->ids[0], id, &row);
    }
    if (!err && row.n == 0) {
        err = error_make(page->arena, ERROR_NOT_FOUND, "no such document");
    }
    if (!err) {
        err = file_read(snapshot, page->area, id, &file);
    }
    if (err) {
        return err;
    }
    buf_append(&page->body, file.bytes.data, file.bytes.len);
    page->content_type = arena_cstr(page->arena, file.media_type);
    page->download_name = file.name;
    return NULL;
}

/* --- quotas ------------------------------------------------------------------ */

static void fill_quota_rows(const Page *page, const Quota *quota, QuotaView *view)
{
    for (size_t i = 0; i < quota->sum.n_lines; i++) {
        const QuotaLine *line = &quota->sum.lines[i];
        const KindRule *kind = rules_kind(&quota->rules, line->kind);
        int64_t left = line->cap.fen - line->used.fen;
        if (!kind && line->projects == 0) {
            continue;
        }
        view->rows[view->n_rows++] = (QuotaRow){
            .name = kind ? rules_say(page->lang == LANG_EN, kind->name, kind->name_en) : STR(""),
            .kind = estimate_kind_text(line->kind),
            .projects = line->projects,
            .places = line->places,
            .cap = line->cap,
            .used = line->used,
            .left = {left > 0 ? left : 0},
            .excess = {line->cap.fen > 0 && left < 0 ? -left : 0},
            .maximum = line->maximum,
            .is_over = line->is_over};
    }
}

static void fill_quota_groups(const Page *page, const Quota *quota, QuotaView *view)
{
    for (size_t i = 0; i < quota->rules.n_groups; i++) {
        const GroupRule *group = &quota->rules.groups[i];
        Money part = {quota->round.budget.fen / 100 * group->percent};
        view->groups[view->n_groups++] = (QuotaGroup){
            rules_say(page->lang == LANG_EN, group->name, group->name_en), group->percent, part};
    }
}

static Error *fill_breaches(Page *page, Snapshot *snapshot, const Quota *quota, QuotaView *view)
{
    QuotaLimits limits = quota_limits(&quota->rules, quota->round.budget);
    EstimateBreachesRows rows;
    Error *err = sql_estimate_breaches(snapshot, page->area, quota->round.id, limits.least.fen,
                                       limits.most[0].fen, limits.most[1].fen, limits.most[2].fen,
                                       limits.most[3].fen, QUOTA_BREACHES, &rows);
    if (err) {
        return err;
    }
    BreachLine *lines = arena_array(page->arena, BreachLine, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++) {
        const EstimateBreachesRow *row = &rows.rows[i];
        bool is_above = row->cost_fen.fen >= limits.least.fen;
        lines[i] = (BreachLine){
            .title = row->title,
            .cost = row->cost_fen,
            .limit = is_above ? limits.most[row->kind >= 1 && row->kind <= 4 ? row->kind - 1 : 3]
                              : limits.least,
            .is_above = is_above,
            .link = page_path(page, "/a/{area}/proposals/{id}/price", row->id)};
    }
    view->breaches = lines;
    view->n_breaches = rows.count;
    return NULL;
}

Error *page_quota(Page *page, Snapshot *snapshot)
{
    Quota *quota = arena_new(page->arena, Quota);
    QuotaView *view = arena_new(page->arena, QuotaView);
    Frame *frame = page_frame(page, t_quota_title(), FRAME_TAB_NONE);
    Error *err = quota_load(snapshot, page->area, page->ids[0], quota);
    if (!err) {
        err = fill_breaches(page, snapshot, quota, view);
    }
    if (err) {
        return err;
    }
    view->frame = frame;
    view->round_title = quota->round.title;
    view->budget = quota->round.budget;
    view->sum = &quota->sum;
    view->minimum = quota->rules.project_minimum;
    view->maximum = quota->rules.project_maximum;
    view->is_chosen = quota->is_chosen;
    view->n_priced = quota->priced;
    view->n_open = quota->sum.projects - quota->priced;
    view->is_staff = estimate_may(page, POLICY_STAFF);
    view->list = page_path(page, "/a/{area}/estimates?round={id}", quota->round.id);
    view->round = page_path(page, "/a/{area}/rounds/{id}", quota->round.id);
    fill_quota_rows(page, quota, view);
    fill_quota_groups(page, quota, view);
    frame->back = view->round;
    Out out = page_out(page);
    estimate_quota_page(&out, view);
    return NULL;
}

/* --- the room ---------------------------------------------------------------- */

static const Route routes[] = {
    ROUTE_GET("/a/{area}/estimates", POLICY_STAFF, page_estimates),
    ROUTE_GET("/a/{area}/proposals/{id}/price/document", POLICY_STAFF, page_estimate_file),
    ROUTE_GET("/a/{area}/proposals/{id}/price", POLICY_PUBLIC, page_estimate),
    ROUTE_GET("/a/{area}/proposals/{id}/price/new", POLICY_MANAGE, page_estimate_new),
    ROUTE_POST("/a/{area}/proposals/{id}/price/new", POLICY_MANAGE, &estimate_form, submit_estimate,
               page_estimate_new),
    ROUTE_POST("/a/{area}/proposals/{id}/price/sign", POLICY_MANAGE, &estimate_sign_form,
               submit_estimate_sign, page_estimate),
    ROUTE_POST("/a/{area}/proposals/{id}/price/return", POLICY_MANAGE, &estimate_return_form,
               submit_estimate_return, page_estimate),
    ROUTE_GET("/a/{area}/rounds/{id}/quota", POLICY_PUBLIC, page_quota),
};

static const Gate gates[] = {
    {"all_priced", gate_all_priced},
    {"quota_within_budget", gate_quota_within_budget},
};

static const NavItem nav[] = {
    {TEXT_estimate_nav, "/a/{area}/estimates", POLICY_STAFF, .rank = 25},
};

const Feature estimates_feature = {
    .name = "estimates",
    .routes = routes,
    .n_routes = countof(routes),
    .gates = gates,
    .n_gates = countof(gates),
    .due = estimates_due,
    .nav = nav,
    .n_nav = countof(nav),
};
