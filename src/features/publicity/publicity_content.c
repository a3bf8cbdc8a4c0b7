/* publicity_content.c: what a publication shows, as it was kept, or as it would be now. */
#include "decisions_text.h"
#include "delivery_text.h"
#include "features/decisions/decisions.h"
#include "features/delivery/delivery.h"
#include "features/proposals/proposals.h"
#include "features/publicity/publicity_pages.h"
#include "polls_text.h"
#include "publicity_text.h"

/* More than any round has; what is kept beyond them is told by the sums. */
#define CONTENT_ROWS 500

static Text kind_text(int64_t kind)
{
    switch (kind) {
    case PROPOSAL_ENGINEERING:
        return t_poll_kind_engineering();
    case PROPOSAL_SERVICE:
        return t_poll_kind_service();
    case PROPOSAL_GOODS:
        return t_poll_kind_goods();
    default:
        return t_poll_kind_other();
    }
}

static Text method_text(int64_t method)
{
    switch ((PurchaseMethod)method) {
    case PURCHASE_QUOTES:
        return t_delivery_method_quotes();
    case PURCHASE_COMPARE:
        return t_delivery_method_compare();
    case PURCHASE_SINGLE:
        return t_delivery_method_single();
    case PURCHASE_TENDER:
        return t_delivery_method_tender();
    default:
        return t_delivery_method_listed();
    }
}

static SafeUrl proposal_link(const Page *page, int64_t proposal)
{
    return proposal == 0 ? (SafeUrl){STR("")}
                         : page_path(page, "/a/{area}/proposals/{id}", proposal);
}

/* --- projects -------------------------------------------------------------------------------- */

static Text state_text(const PublishedProjectsRow *row)
{
    if (row->state == DELIVERY_ACCEPTED) {
        return t_publication_accepted(row->acceptors);
    }
    return row->state == DELIVERY_STOPPED ? t_publication_stopped() : t_publication_under_way();
}

static PublishedProject project_view(const Page *page, const PublishedProjectsRow *row, size_t no)
{
    return (PublishedProject){.place = (int64_t)no,
                              .title = row->title,
                              .kind = kind_text(row->kind),
                              .cost = row->cost_fen,
                              .votes = row->votes,
                              .proposal = proposal_link(page, row->proposal_id),
                              .is_carried = row->outcome == DECISION_CARRIED,
                              .is_accepted = row->state == DELIVERY_ACCEPTED,
                              .is_stopped = row->state == DELIVERY_STOPPED,
                              .final = row->final_fen,
                              .state = state_text(row),
                              .state_on = row->state_on,
                              .words = row->words};
}

static Error *load_projects(Page *page, Snapshot *s, const ContentQuery *query,
                            PublishedContent *out)
{
    PublishedProjectsRows rows;
    Error *err = sql_published_projects(s, page->area, query->publication, query->round,
                                        query->subject, query->poll, CONTENT_ROWS, &rows);
    if (err) {
        return err;
    }
    PublishedProject *projects = arena_array(page->arena, PublishedProject, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        projects[i] = project_view(page, &rows.rows[i], i + 1);
        out->n_carried += projects[i].is_carried;
        out->cost.fen += projects[i].final.fen;
        if (query->subject != PUBLICATION_DECISION || projects[i].is_carried) {
            out->estimate.fen += projects[i].cost.fen;
        }
    }
    out->projects = projects;
    out->n_projects = rows.count;
    return NULL;
}

static Text meeting_result(int64_t outcome)
{
    return outcome == DECISION_CARRIED       ? t_decision_carried()
           : outcome == DECISION_NOT_CARRIED ? t_decision_not_carried()
                                             : t_decision_no_quorum();
}

static Error *load_meetings(Page *page, Snapshot *s, const ContentQuery *query,
                            PublishedContent *out)
{
    PublishedMeetingsRows rows;
    Error *err = sql_published_meetings(s, page->area, query->publication, query->round,
                                        CONTENT_ROWS, &rows);
    if (err) {
        return err;
    }
    PublishedMeeting *meetings = arena_array(page->arena, PublishedMeeting, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const PublishedMeetingsRow *row = &rows.rows[i];
        meetings[i] = (PublishedMeeting){.body = row->body,
                                         .mandate = row->mandate,
                                         .held_on = row->held_on,
                                         .members = row->members,
                                         .present = row->present,
                                         .yes = row->yes,
                                         .no = row->no,
                                         .result = meeting_result(row->outcome)};
    }
    out->meetings = meetings;
    out->n_meetings = rows.count;
    return NULL;
}

/* --- purchases ------------------------------------------------------------------------------- */

/* The bidders of one purchase stand together: *next is where its first one is. */
static void take_bidders(Page *page, const PublishedBiddersRows *rows, size_t *next,
                         int64_t proposal, int64_t no, PublishedPurchase *out)
{
    PublishedBidder *bidders = arena_array(page->arena, PublishedBidder, rows->count);
    size_t i = *next;
    for (; i < rows->count && rows->rows[i].proposal_id == proposal &&
           rows->rows[i].purchase_no == no;
         i++) {
        bidders[out->n_bidders++] =
            (PublishedBidder){.name = rows->rows[i].name,
                              .quote = rows->rows[i].quote_fen,
                              .is_chosen = str_eq(rows->rows[i].name, out->bidder)};
    }
    out->bidders = bidders;
    *next = i;
}

static PublishedPurchase purchase_view(const Page *page, const PublishedPurchasesRow *row)
{
    return (PublishedPurchase){.project = row->project,
                               .title = row->title,
                               .proposal = proposal_link(page, row->proposal_id),
                               .method = method_text(row->method),
                               .called_on = row->called_on,
                               .chosen_on = row->chosen_on,
                               .bidder = row->bidder,
                               .quote = row->quote_fen,
                               .reason = row->reason,
                               .is_signed = row->signed_on.days > 0,
                               .contract_number = row->contract_number,
                               .contract = row->contract_fen,
                               .signed_on = row->signed_on,
                               .due_on = row->due_on};
}

static Error *load_purchases(Page *page, Snapshot *s, const ContentQuery *query,
                             PublishedContent *out)
{
    PublishedPurchasesRows rows;
    PublishedBiddersRows bidders;
    size_t next = 0;
    Error *err = sql_published_purchases(s, page->area, query->publication, query->round,
                                         CONTENT_ROWS, &rows);
    if (!err) {
        err = sql_published_bidders(s, page->area, query->publication, query->round, CONTENT_ROWS,
                                    &bidders);
    }
    if (err) {
        return err;
    }
    PublishedPurchase *purchases = arena_array(page->arena, PublishedPurchase, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const PublishedPurchasesRow *row = &rows.rows[i];
        purchases[i] = purchase_view(page, row);
        take_bidders(page, &bidders, &next, row->proposal_id, row->purchase_no, &purchases[i]);
        out->cost.fen += row->contract_fen.fen > 0 ? row->contract_fen.fen : row->quote_fen.fen;
    }
    out->purchases = purchases;
    out->n_purchases = rows.count;
    return NULL;
}

Error *publicity_load_content(Page *page, Snapshot *s, const ContentQuery *query,
                              PublishedContent *out)
{
    *out = (PublishedContent){.subject = query->subject, .result = query->result};
    if (query->subject == PUBLICATION_PURCHASE) {
        return load_purchases(page, s, query, out);
    }
    Error *err = load_projects(page, s, query, out);
    if (!err && query->subject == PUBLICATION_DECISION) {
        err = load_meetings(page, s, query, out);
    }
    return err;
}

Error *publicity_load_kept(Page *page, Snapshot *s, const PublicationGetRow *row,
                           PublishedContent *out)
{
    ContentQuery query = {.publication = row->id,
                          .round = row->round_id,
                          .subject = (PublicationSubject)row->subject,
                          .poll = row->poll_id,
                          .result = {.voters = row->voters,
                                     .eligible = row->eligible,
                                     .options = row->options,
                                     .budget = row->budget_fen,
                                     .spent = row->spent_fen,
                                     .left = {row->budget_fen.fen - row->spent_fen.fen},
                                     .closed_at = row->closed_at,
                                     .counted_at = row->counted_at}};
    return publicity_load_content(page, s, &query, out);
}
