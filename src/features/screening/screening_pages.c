/* screening_pages.c: how one proposal was read, interests in it, what was decided in a round; the
 * room's row. */
#include "features/screening/screening_pages.h"

#include "features/programmes/programmes.h"
#include "platform/html/frame_load.h"
#include "platform/list/list_file.h"
#include "platform/person_data.h"
#include "screening_duties_text.h"
#include "screening_page_html.h"
#include "screening_round_html.h"
#include "screening_text.h"

#define INTERESTS_MAX 20
#define WITHDRAWN     4 /* proposal.state */
#define DAY_MS        INT64_C(86400000)

bool screening_may(const Page *page, Policy policy)
{
    return policy_check(policy, &page->who) == VERDICT_ALLOW;
}

/* --- one proposal --------------------------------------------------------------------------------
 */

typedef struct DeclareInput {
    bool sure;
} DeclareInput;

static const Field declare_fields[] = {
    {FIELD_COMMON(DeclareInput, sure, FIELD_BOX, TEXT_screening_declare_sure), .is_required = true},
};

const Form screening_interest_form = FORM("interest", declare_fields, DeclareInput);

typedef struct EndInput {
    Str reason;
} EndInput;

static const Field end_fields[] = {
    {FIELD_COMMON(EndInput, reason, FIELD_LONG_TEXT, TEXT_screening_end_reason),
     .hint = TEXT_screening_end_reason_hint, .is_required = true, .min = SCREENING_REASON_MIN,
     .max = SCREENING_REASON_MAX},
};

const Form screening_interest_end_form = FORM("interest-end", end_fields, EndInput);

/* A withdrawn proposal is for staff only. */
static Error *load_proposal(Page *page, Snapshot *snapshot, ScreeningProposalRow *out)
{
    Error *err = sql_screening_proposal(snapshot, page->area, page->ids[0], out);
    if (!err && out->state == WITHDRAWN && !screening_may(page, POLICY_STAFF)) {
        err = error_make(page->arena, ERROR_NOT_FOUND, "withdrawn");
    }
    return err;
}

/* Everybody sees that somebody keeps out, nobody but themselves sees who. */
static Error *load_interests(Page *page, Snapshot *snapshot, ScreeningPageView *view)
{
    ScreeningInterestsRows rows;
    bool has_own = false;
    Error *err = sql_screening_interests(snapshot, page->area, page->ids[0], INTERESTS_MAX, &rows);
    if (err) {
        return err;
    }
    InterestLine *lines = arena_array(page->arena, InterestLine, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const ScreeningInterestsRow *row = &rows.rows[i];
        lines[i] = (InterestLine){row->declared_at, row->ended_at, row->end_reason};
        has_own = has_own || (row->ended_at.ms == 0 && row->person_id == page->who.person);
    }
    view->interests = lines;
    view->n_interests = rows.count;
    if (screening_may(page, POLICY_STAFF)) {
        view->end = has_own ? page_form(page, &screening_interest_end_form) : NULL;
        view->declare = has_own ? NULL : page_form(page, &screening_interest_form);
    }
    return NULL;
}

/* Who asked for another class, and whether this visitor may. */
static Error *load_requests(Page *page, Snapshot *snapshot, int64_t round, ScreeningPageView *view)
{
    RequestsOfRows rows;
    RoundRules *rules = arena_new(page->arena, RoundRules);
    Error *err = programmes_round_rules(snapshot, page->area, round, rules);
    if (!err) {
        err = sql_requests_of(snapshot, page->area, page->ids[0], INTERESTS_MAX, &rows);
    }
    if (err) {
        return err;
    }
    bool has_asked = false;
    RequestLine *lines = arena_array(page->arena, RequestLine, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++) {
        const RequestsOfRow *row = &rows.rows[i];
        lines[i] = (RequestLine){row->words, row->asked_at, row->answer, row->answered_at};
        has_asked = has_asked || (page->who.person != 0 && row->person_id == page->who.person);
    }
    view->requests = lines;
    view->n_requests = rows.count;
    view->until = (Instant){view->part.decided_at.ms + rules->reclassify_days * DAY_MS};
    view->is_askable = !has_asked && reclassify_is_open(view->part.ground, view->part.decided_at,
                                                        rules->reclassify_days, page->now);
    if (view->is_askable && screening_may(page, POLICY_SIGNED_IN)) {
        view->ask = page_form(page, &screening_ask_form);
    }
    view->ask_action = page_path(page, "/a/{area}/proposals/{id}/reclassify", page->ids[0]);
    view->duties = page_path(page, "/a/{area}/duties", 0);
    return NULL;
}

Error *page_screening(Page *page, Snapshot *snapshot)
{
    ScreeningProposalRow proposal;
    ScreeningPageView view = {0};
    Frame *frame = page_frame(page, t_screening_page_title(), FRAME_TAB_PROPOSALS);
    Error *err = load_proposal(page, snapshot, &proposal);
    if (!err) {
        err = screening_part_load(page, snapshot, proposal.id, &view.part);
    }
    if (!err) {
        err = load_interests(page, snapshot, &view);
    }
    if (!err) {
        err = load_requests(page, snapshot, proposal.round_id, &view);
    }
    if (err) {
        return err;
    }
    view.frame = frame;
    view.title = proposal.title;
    view.declare_action = page_path(page, "/a/{area}/proposals/{id}/interest", proposal.id);
    view.end_action = page_path(page, "/a/{area}/proposals/{id}/interest/end", proposal.id);
    view.proposal = page_path(page, "/a/{area}/proposals/{id}", proposal.id);
    view.list = page_path(page, "/a/{area}/rounds/{id}/screening", proposal.round_id);
    frame->back = view.proposal;
    Out out = page_out(page);
    screening_page(&out, &view);
    return NULL;
}

Error *submit_interest(Page *page, Snapshot *snapshot, const void *input)
{
    InterestDeclare *declare = arena_new(page->arena, InterestDeclare);
    *declare = (InterestDeclare){page->area, page->ids[0], page->who.person};
    return page_write_to(page, screening_declare, declare, 0,
                         page_path(page, "/a/{area}/proposals/{id}/screening", declare->proposal),
                         TEXT_screening_declared);
}

Error *submit_interest_end(Page *page, Snapshot *snapshot, const void *input)
{
    const EndInput *typed = input;
    InterestEnd *end = arena_new(page->arena, InterestEnd);
    *end = (InterestEnd){page->area, page->ids[0], page->who.person, typed->reason};
    return page_write_to(page, screening_end_interest, end, 0,
                         page_path(page, "/a/{area}/proposals/{id}/screening", end->proposal),
                         TEXT_screening_ended);
}

/* --- what was decided in a round
 * ------------------------------------------------------------------ */

static const Choice grounds[] = {
    {"passes", GROUND_PASSES, TEXT_screening_ground_passes},
    {"clause", GROUND_CLAUSE, TEXT_screening_ground_clause},
    {"department", GROUND_DEPARTMENT, TEXT_screening_ground_department},
    {"private", GROUND_PRIVATE, TEXT_screening_ground_private},
    {"other", GROUND_OTHER, TEXT_screening_ground_other},
};

static const Choice readers[] = {{"one", 1, TEXT_screening_readers_one},
                                 {"two", 2, TEXT_screening_readers_two}};

static Error *fetch_decided(Snapshot *snapshot, const ListQuery *query, ListRows *out)
{
    const int64_t *ground = query->filter;
    ScreeningListRows rows = {0};
    Error *err = sql_screening_list(snapshot, query->area, query->parent, *ground,
                                    query->after.is_set ? query->after.id : 0, query->limit, &rows);
    *out = (ListRows){rows.rows, rows.count};
    return err;
}

static SafeUrl row_link(Arena *arena, const ListQuery *query, const void *row)
{
    const ScreeningListRow *decided = row;
    return url_of(arena, "/a/{area}/proposals/{id}/screening", query->area, decided->proposal_id);
}

static const ListColumn columns[] = {
    {LIST_COLUMN(ScreeningListRow, title, COLUMN_STR, TEXT_screening_column_title),
     .flags = COLUMN_HEAD},
    {LIST_COLUMN(ScreeningListRow, ground, COLUMN_CHOICE, TEXT_screening_column_found),
     .choices = grounds, .n_choices = countof(grounds)},
    {LIST_COLUMN(ScreeningListRow, cited_no, COLUMN_INT, TEXT_screening_column_no),
     .flags = COLUMN_CSV_ONLY},
    {LIST_COLUMN(ScreeningListRow, cited, COLUMN_STR, TEXT_screening_column_cited)},
    {LIST_COLUMN(ScreeningListRow, reason, COLUMN_STR, TEXT_screening_column_reason),
     .flags = COLUMN_CSV_ONLY},
    {LIST_COLUMN(ScreeningListRow, n_readers, COLUMN_CHOICE, TEXT_screening_column_readers),
     .choices = readers, .n_choices = countof(readers), .flags = COLUMN_CSV_ONLY},
    {LIST_COLUMN(ScreeningListRow, decided_at, COLUMN_TIME, TEXT_screening_column_at),
     .flags = COLUMN_SHORT},
};

static const ListOrder orders[] = {
    {.name = "came",
     .label = TEXT_screening_order_came,
     .key_kind = COLUMN_ID,
     .key_offset = offsetof(ScreeningListRow, proposal_id),
     .fetch = fetch_decided},
};

static const ListTable table = {
    .name = "screening",
    .caption = TEXT_screening_round_title,
    .columns = columns,
    .n_columns = countof(columns),
    .orders = orders,
    .n_orders = countof(orders),
    .row_size = sizeof(ScreeningListRow),
    .id_offset = offsetof(ScreeningListRow, proposal_id),
    .link = row_link,
    .empty_title = TEXT_screening_list_empty,
    .empty_text = TEXT_screening_list_empty_hint,
    .has_csv = true,
};

static int64_t ground_asked(const Page *page)
{
    return choice_of(grounds, countof(grounds), page_query(page, "ground"), GROUND_NONE);
}

static void fill_grounds(Page *page, const ScreeningCountsRows *counts, int64_t here,
                         ScreeningRoundView *view)
{
    int64_t total = 0;
    view->n_grounds = 1;
    for (size_t i = 0; i < countof(grounds); i++) {
        GroundLink *link = &view->grounds[view->n_grounds++];
        *link = (GroundLink){.link = url_path(page->arena, "/a/%s/rounds/%s/screening?ground=%s",
                                              id_text(page->area).text, id_text(page->ids[0]).text,
                                              grounds[i].name),
                             .label = text_of(grounds[i].label),
                             .is_here = here == grounds[i].value};
        for (size_t k = 0; k < counts->count; k++) {
            link->n += counts->rows[k].ground == grounds[i].value ? counts->rows[k].n : 0;
        }
        total += link->n;
    }
    view->grounds[0] =
        (GroundLink){.link = page_path(page, "/a/{area}/rounds/{id}/screening", page->ids[0]),
                     .label = t_screening_all(),
                     .n = total,
                     .is_here = here == GROUND_NONE};
}

Error *page_screening_round(Page *page, Snapshot *snapshot)
{
    RoundInfo round;
    ListView list;
    ScreeningCountsRows counts;
    Frame *frame = page_frame(page, t_screening_round_title(), FRAME_TAB_PROPOSALS);
    int64_t ground = ground_asked(page);
    RoundRules *rules = arena_new(page->arena, RoundRules);
    ListRequest request = {.arena = page->arena,
                           .path = page->path,
                           .query = &page->query,
                           .area = page->area,
                           .parent = page->ids[0],
                           .filter = &ground};
    Error *err = programmes_round(snapshot, page->area, page->ids[0], &round);
    if (!err && list_format(&table, &request) != LIST_PAGE) {
        return list_file(page, snapshot, &table, &request, "screening");
    }
    if (!err) {
        err = programmes_round_rules(snapshot, page->area, round.id, rules);
    }
    if (!err) {
        err = list_load(snapshot, &table, &request, &list);
    }
    if (!err) {
        err = sql_screening_counts(snapshot, page->area, round.id, &counts);
    }
    if (err) {
        return err;
    }
    ScreeningRoundView view = {.frame = frame,
                               .round_title = round.title,
                               .two_readers = rules->two_readers,
                               .list = &list,
                               .round = page_path(page, "/a/{area}/rounds/{id}", round.id)};
    fill_grounds(page, &counts, ground, &view);
    frame->back = view.round;
    Out out = page_out(page);
    screening_round_page(&out, &view);
    return NULL;
}

/* --- a person's own data
 * -------------------------------------------------------------------------- */

static Error *export_requests(Snapshot *snapshot, int64_t person, Buf *out)
{
    RequestExportRows rows;
    Error *err = sql_request_export(snapshot, person, &rows);
    if (err) {
        return err;
    }
    json_t *list = json_array();
    buf_char(out, ',');
    for (size_t i = 0; i < rows.count; i++) {
        json_t *object = json_object();
        json_object_set_new(object, "proposal",
                            json_string(id_text(rows.rows[i].proposal_id).text));
        json_object_set_new(object, "words", json_of_str(rows.rows[i].words));
        json_object_set_new(object, "asked_at_ms", json_integer(rows.rows[i].asked_at.ms));
        json_object_set_new(object, "answer", json_of_str(rows.rows[i].answer));
        json_array_append_new(list, object);
    }
    return person_data_member(snapshot, "asked_for_another_class", list, out);
}

Error *screening_export_person(Snapshot *snapshot, int64_t person, Buf *out)
{
    ScreeningInterestExportRows rows;
    Error *err = sql_screening_interest_export(snapshot, person, &rows);
    if (err) {
        return err;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < rows.count; i++) {
        const ScreeningInterestExportRow *row = &rows.rows[i];
        json_t *object = json_object();
        json_object_set_new(object, "proposal", json_string(id_text(row->proposal_id).text));
        json_object_set_new(object, "title", json_of_str(row->title));
        json_object_set_new(object, "declared_at_ms", json_integer(row->declared_at.ms));
        json_object_set_new(object, "ended_at_ms", json_integer(row->ended_at.ms));
        json_object_set_new(object, "end_reason", json_of_str(row->end_reason));
        json_array_append_new(list, object);
    }
    err = person_data_member(snapshot, "declared_interests", list, out);
    return err ? err : export_requests(snapshot, person, out);
}

Error *screening_erase_person(Tx *tx, int64_t person, Instant now)
{
    Error *err = sql_screening_interest_erase(tx, person, NULL);
    return err ? err : sql_request_erase(tx, person, NULL);
}

/* --- the room
 * ------------------------------------------------------------------------------------- */

static const Route routes[] = {
    ROUTE_GET("/a/{area}/proposals/{id}/screening", POLICY_PUBLIC, page_screening),
    ROUTE_POST("/a/{area}/proposals/{id}/interest", POLICY_STAFF, &screening_interest_form,
               submit_interest, page_screening),
    ROUTE_POST("/a/{area}/proposals/{id}/interest/end", POLICY_STAFF, &screening_interest_end_form,
               submit_interest_end, page_screening),
    ROUTE_POST("/a/{area}/proposals/{id}/reclassify", POLICY_SIGNED_IN, &screening_ask_form,
               submit_ask, page_screening),
    ROUTE_GET("/a/{area}/duties", POLICY_PUBLIC, page_duties),
    ROUTE_GET("/a/{area}/duties/new", POLICY_STAFF, page_duty_new),
    ROUTE_POST("/a/{area}/duties/new", POLICY_STAFF, &duty_form, submit_duties, page_duty_new),
    ROUTE_GET("/a/{area}/rounds/{id}/screening", POLICY_PUBLIC, page_screening_round),
};

static const NavItem nav[] = {
    {TEXT_duty_nav, "/a/{area}/duties", POLICY_STAFF, .rank = NAV_SETUP + 5},
};

const Feature screening_feature = {
    .name = "screening",
    .routes = routes,
    .n_routes = countof(routes),
    .export_person = screening_export_person,
    .erase_person = screening_erase_person,
    .nav = nav,
    .n_nav = countof(nav),
};
