/* delivery_view.c: reads a project for the two pages that show it whole. */
#include "base/vec.h"
#include "delivery_money_sql.h"
#include "delivery_purchase_sql.h"
#include "delivery_sql.h"
#include "delivery_text.h"
#include "features/delivery/delivery_pages.h"
#include "features/people/people.h"

#define ENTRIES_SHOWN  12
#define ACCEPTORS_READ 100

/* --- money ---------------------------------------------------------------------------------- */

static int permille(Money part, Money whole)
{
    return whole.fen == 0 ? 0 : (int)(part.fen * 1000 / whole.fen);
}

static Str label(const Page *page, Text text)
{
    return text_str(page->arena, page->lang, text);
}

static void fill_bar(Page *page, MoneyView *out)
{
    BarPart *parts = arena_array(page->arena, BarPart, 2);
    parts[0] = (BarPart){permille(out->paid, out->granted),
                         label(page, t_delivery_legend_paid(out->paid))};
    parts[1] = (BarPart){permille(out->unpaid, out->granted),
                         label(page, t_delivery_legend_unpaid(out->unpaid))};
    out->bar = (Bar){.parts = parts,
                     .count = 2,
                     .says = label(page, t_delivery_bar_says(out->paid, out->cost, out->granted))};
}

static void fill_sources(Page *page, const LedgerBalances *balances, MoneyView *out)
{
    SourceLine *lines = arena_array(page->arena, SourceLine, LEDGER_SOURCES);
    for (int source = 1; source <= LEDGER_SOURCES; source++) {
        Money granted = ledger_granted(balances, source);
        if (granted.fen > 0) {
            lines[out->n_sources++] =
                (SourceLine){.name = delivery_source_text(source),
                             .granted = granted,
                             .free = balances->of[LEDGER_FREE][source],
                             .contracted = balances->of[LEDGER_CONTRACTED][source],
                             .requested = balances->of[LEDGER_REQUESTED][source],
                             .paid = balances->of[LEDGER_PAID][source],
                             .retained = balances->of[LEDGER_RETAINED][source]};
        }
    }
    out->sources = lines;
}

void delivery_fill_money(Page *page, const LedgerBalances *balances, MoneyView *out)
{
    Money returned = ledger_total(balances, LEDGER_RETURNED);
    *out = (MoneyView){.granted = ledger_granted(balances, 0),
                       .cost = ledger_cost(balances),
                       .paid = ledger_total(balances, LEDGER_PAID),
                       .retained = ledger_total(balances, LEDGER_RETAINED),
                       .left = {ledger_total(balances, LEDGER_FREE).fen + returned.fen},
                       .returned = returned};
    out->has_money = out->granted.fen > 0;
    out->unpaid = (Money){out->cost.fen - out->paid.fen};
    fill_bar(page, out);
    fill_sources(page, balances, out);
}

static Error *fill_entries(Page *page, Snapshot *s, int64_t project, bool is_staff,
                           ProjectView *out)
{
    EntryListRows rows;
    Error *err = sql_entry_list(s, page->area, project, ENTRIES_SHOWN, &rows);
    if (err) {
        return err;
    }
    EntryLine *lines = arena_array(page->arena, EntryLine, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const EntryListRow *row = &rows.rows[i];
        bool may = is_staff && row->kind != LEDGER_REVERSAL && row->reversed_by == 0;
        lines[i] = (EntryLine){.no = row->no,
                               .on = row->happened_on,
                               .what = delivery_kind_text(row->kind),
                               .moved = row->moved_fen,
                               .voucher = row->voucher,
                               .words = row->words,
                               .reverses = row->reverses,
                               .reversed_by = row->reversed_by};
        if (may) {
            lines[i].reverse = delivery_part_url(page, project, "reverse", row->no);
        }
    }
    out->entries = lines;
    out->n_entries = rows.count;
    return NULL;
}

/* --- work ----------------------------------------------------------------------------------- */

static StepLine step_line(Page *page, int64_t project, bool may, const MilestoneListRow *row)
{
    bool is_done = row->done_on.days > 0;
    bool is_late = !is_done && row->due_on.days < instant_date(page->now).days;
    StepLine line = {.title = row->title,
                     .due = row->due_on,
                     .first_due = row->first_due_on,
                     .done = row->done_on,
                     .words = row->words,
                     .chip = is_done ? CHIP_GO : (is_late ? CHIP_LATE : CHIP_OPEN),
                     .state = is_done   ? t_delivery_step_is_done()
                              : is_late ? t_delivery_step_late()
                                        : t_delivery_step_open()};
    if (may && !is_done) {
        line.act = delivery_part_url(page, project, "done", row->no);
        line.delay = delivery_part_url(page, project, "delay", row->no);
    }
    return line;
}

static Error *fill_steps(Page *page, Snapshot *s, int64_t project, bool may, ProjectView *out)
{
    MilestoneListRows rows;
    Error *err = sql_milestone_list(s, page->area, project, &rows);
    if (err) {
        return err;
    }
    StepLine *lines = arena_array(page->arena, StepLine, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        lines[i] = step_line(page, project, may, &rows.rows[i]);
    }
    out->steps = lines;
    out->n_steps = rows.count;
    return NULL;
}

static void fill_bidders(Page *page, const BidderListRows *rows, int64_t chosen, PurchaseView *out)
{
    BidderLine *lines = arena_array(page->arena, BidderLine, rows->count);
    for (size_t i = 0; i < rows->count; i++) {
        const BidderListRow *row = &rows->rows[i];
        if (row->purchase_no == out->no) {
            lines[out->n_bidders++] = (BidderLine){.no = row->no,
                                                   .name = row->name,
                                                   .quote = row->quote_fen,
                                                   .words = row->words,
                                                   .is_chosen = row->no == chosen};
        }
    }
    out->bidders = lines;
}

static void fill_purchase_acts(Page *page, int64_t project, PurchaseMethod method,
                               PurchaseView *out)
{
    if (out->state == PURCHASE_CALLED) {
        out->bid = delivery_part_url(page, project, "bid", out->no);
    }
    if (out->state == PURCHASE_CALLED &&
        out->n_bidders >= (size_t)purchase_bidders_needed(method)) {
        out->choose = delivery_part_url(page, project, "choose", out->no);
    }
    if (out->state == PURCHASE_CHOSEN) {
        out->sign = delivery_part_url(page, project, "sign", out->no);
    }
}

static Error *fill_purchases(Page *page, Snapshot *s, int64_t project, bool may, ProjectView *out)
{
    PurchaseListRows rows;
    BidderListRows bidders = {0};
    Error *err = sql_purchase_list(s, page->area, project, &rows);
    if (!err) {
        err = sql_bidder_list(s, page->area, project, &bidders);
    }
    if (err) {
        return err;
    }
    PurchaseView *views = arena_array(page->arena, PurchaseView, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const PurchaseListRow *row = &rows.rows[i];
        views[i] = (PurchaseView){.no = row->no,
                                  .title = row->title,
                                  .method = delivery_method_text(row->method),
                                  .called_on = row->called_on,
                                  .call_words = row->call_words,
                                  .state = (PurchaseState)row->state,
                                  .reason = row->reason,
                                  .contract_number = row->contract_number,
                                  .contract = row->contract_fen,
                                  .signed_on = row->signed_on,
                                  .due_on = row->due_on};
        fill_bidders(page, &bidders, row->bidder_no, &views[i]);
        if (may) {
            fill_purchase_acts(page, project, (PurchaseMethod)row->method, &views[i]);
        }
    }
    out->purchases = views;
    out->n_purchases = rows.count;
    return NULL;
}

static Text person_text(const AcceptanceListRow *row, bool is_staff)
{
    return is_staff ? t_delivery_person(row->name, row->what)
                    : t_delivery_person_surname(people_surname(row->name), row->what);
}

/* Rows come by acceptance, each with all its people. */
static Error *fill_acceptances(Page *page, Snapshot *s, int64_t project, bool is_staff,
                               ProjectView *out)
{
    AcceptanceListRows rows;
    Error *err = sql_acceptance_list(s, page->area, project, ACCEPTORS_READ, &rows);
    if (err) {
        return err;
    }
    AcceptanceView *views = arena_array(page->arena, AcceptanceView, rows.count);
    Text *people = arena_array(page->arena, Text, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const AcceptanceListRow *row = &rows.rows[i];
        if (i == 0 || row->no != rows.rows[i - 1].no) {
            views[out->n_acceptances++] = (AcceptanceView){.on = row->held_on,
                                                           .is_passed = row->is_passed,
                                                           .words = row->words,
                                                           .people = &people[i]};
        }
        people[i] = person_text(row, is_staff);
        views[out->n_acceptances - 1].n_people++;
    }
    out->acceptances = views;
    return NULL;
}

/* --- whole ---------------------------------------------------------------------------------- */

static void fill_facts(Page *page, const DeliveryProject *project, ProjectView *out)
{
    DeliveryStep step = delivery_next(&project->facts);
    *out = (ProjectView){.title = project->title,
                         .estimate = project->estimate,
                         .is_over = project->facts.state == DELIVERY_ACCEPTED,
                         .is_stopped = project->facts.state == DELIVERY_STOPPED,
                         .stopped_on = project->state_on,
                         .reason = project->reason};
    out->state = out->is_stopped ? delivery_state_text(STEP_STOPPED, &out->chip)
                                 : delivery_state_text(step, &out->chip);
    out->next = delivery_next_text(step, project->next_due, instant_date(page->now));
    delivery_fill_money(page, &project->facts.money, &out->money);
    int64_t over = out->money.cost.fen - out->estimate.fen;
    out->more = (Money){over > 0 ? over : 0};
    out->less = (Money){over < 0 ? -over : 0};
}

Error *delivery_fill_project(Page *page, Snapshot *s, const DeliveryProject *project, bool is_staff,
                             ProjectView *out)
{
    bool may_manage = is_staff && delivery_may_manage(page);
    bool may_work =
        may_manage && project->facts.is_open && project->facts.state == DELIVERY_UNDER_WAY;
    fill_facts(page, project, out);
    Error *err = fill_entries(page, s, project->proposal, may_manage, out);
    if (!err) {
        err = fill_steps(page, s, project->proposal, may_work, out);
    }
    if (!err) {
        err = fill_purchases(page, s, project->proposal, may_work, out);
    }
    if (!err) {
        err = delivery_fill_watch(page, s, project->proposal, is_staff, out);
    }
    return err ? err : fill_acceptances(page, s, project->proposal, is_staff, out);
}
