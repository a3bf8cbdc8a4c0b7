/* delivery_words.c: names of kinds and states, and what comes next, in words. */
#include "delivery_text.h"
#include "features/delivery/delivery_pages.h"

const Choice delivery_kinds[LEDGER_KINDS] = {
    {"grant", LEDGER_GRANT, TEXT_delivery_kind_grant},
    {"contract", LEDGER_CONTRACT, TEXT_delivery_kind_contract},
    {"request", LEDGER_REQUEST, TEXT_delivery_kind_request},
    {"transfer", LEDGER_TRANSFER, TEXT_delivery_kind_transfer},
    {"retain", LEDGER_RETAIN, TEXT_delivery_kind_retain},
    {"release", LEDGER_RELEASE, TEXT_delivery_kind_release},
    {"settle", LEDGER_SETTLE, TEXT_delivery_kind_settle},
    {"return", LEDGER_RETURN, TEXT_delivery_kind_return},
    {"reversal", LEDGER_REVERSAL, TEXT_delivery_kind_reversal},
};

const Choice delivery_accounts[LEDGER_ACCOUNTS] = {
    {"origin", LEDGER_ORIGIN, TEXT_delivery_account_origin},
    {"free", LEDGER_FREE, TEXT_delivery_account_free},
    {"contracted", LEDGER_CONTRACTED, TEXT_delivery_account_contracted},
    {"requested", LEDGER_REQUESTED, TEXT_delivery_account_requested},
    {"paid", LEDGER_PAID, TEXT_delivery_account_paid},
    {"retained", LEDGER_RETAINED, TEXT_delivery_account_retained},
    {"returned", LEDGER_RETURNED, TEXT_delivery_account_returned},
};

const Choice delivery_sources[LEDGER_SOURCES] = {
    {"city", LEDGER_CITY, TEXT_delivery_source_city},
    {"district", LEDGER_DISTRICT, TEXT_delivery_source_district},
    {"street", LEDGER_STREET, TEXT_delivery_source_street},
    {"pledges", LEDGER_PLEDGES, TEXT_delivery_source_pledges},
};

Text delivery_kind_text(int64_t kind)
{
    return choice_label(delivery_kinds, countof(delivery_kinds), kind);
}

Text delivery_source_text(int64_t source)
{
    return choice_label(delivery_sources, countof(delivery_sources), source);
}

Text delivery_method_text(int64_t method)
{
    static const int labels[] = {[PURCHASE_QUOTES] = TEXT_delivery_method_quotes,
                                 [PURCHASE_COMPARE] = TEXT_delivery_method_compare,
                                 [PURCHASE_SINGLE] = TEXT_delivery_method_single,
                                 [PURCHASE_TENDER] = TEXT_delivery_method_tender,
                                 [PURCHASE_LISTED] = TEXT_delivery_method_listed};
    bool is_known = method >= PURCHASE_QUOTES && method <= PURCHASE_LISTED;
    return text_of(is_known ? labels[method] : 0);
}

Text delivery_next_text(DeliveryStep step, Date next_due, Date today)
{
    static const int plain[] = {[STEP_WAIT] = TEXT_delivery_next_wait,
                                [STEP_GRANT] = TEXT_delivery_next_grant,
                                [STEP_CALL] = TEXT_delivery_next_call,
                                [STEP_CHOOSE] = TEXT_delivery_next_choose,
                                [STEP_CONTRACT] = TEXT_delivery_next_contract,
                                [STEP_PLAN] = TEXT_delivery_next_plan,
                                [STEP_ACCEPT] = TEXT_delivery_next_accept,
                                [STEP_TRANSFER] = TEXT_delivery_next_transfer,
                                [STEP_SETTLE] = TEXT_delivery_next_settle,
                                [STEP_RELEASE] = TEXT_delivery_next_release,
                                [STEP_RETURN] = TEXT_delivery_next_return,
                                [STEP_DONE] = TEXT_delivery_next_done,
                                [STEP_STOPPED] = TEXT_delivery_next_stopped};
    if (step != STEP_MILESTONE) {
        return text_of(plain[step]);
    }
    return next_due.days < today.days ? t_delivery_next_late(next_due)
                                      : t_delivery_next_milestone(next_due);
}

Text delivery_state_text(DeliveryStep step, ChipKind *out_chip)
{
    switch (step) {
    case STEP_WAIT:
        *out_chip = CHIP_OPEN;
        return t_delivery_state_waiting();
    case STEP_TRANSFER:
    case STEP_SETTLE:
    case STEP_RELEASE:
    case STEP_RETURN:
        *out_chip = CHIP_GO;
        return t_delivery_state_accepted();
    case STEP_DONE:
        *out_chip = CHIP_GO;
        return t_delivery_state_done();
    case STEP_STOPPED:
        *out_chip = CHIP_NOT;
        return t_delivery_state_stopped();
    default:
        *out_chip = CHIP_NOW;
        return t_delivery_state_now();
    }
}

/* --- what staff do -------------------------------------------------------------------------- */

/* The first purchase that has a link of this kind, or none. */
static DeliveryDo purchase_act(const ProjectView *view)
{
    for (size_t i = 0; i < view->n_purchases; i++) {
        const PurchaseView *bought = &view->purchases[i];
        if (bought->sign.url.len > 0) {
            return (DeliveryDo){t_delivery_do_sign(), bought->sign};
        }
        if (bought->choose.url.len > 0) {
            return (DeliveryDo){t_delivery_do_choose(), bought->choose};
        }
        if (bought->bid.url.len > 0) {
            return (DeliveryDo){t_delivery_do_bid(), bought->bid};
        }
    }
    return (DeliveryDo){0};
}

static DeliveryDo milestone_act(const ProjectView *view)
{
    for (size_t i = 0; i < view->n_steps; i++) {
        if (view->steps[i].act.url.len > 0) {
            return (DeliveryDo){t_delivery_do_done(), view->steps[i].act};
        }
    }
    return (DeliveryDo){0};
}

DeliveryDo delivery_step_act(const Page *page, DeliveryStep step, const DeliveryProject *project,
                             const ProjectView *view)
{
    static const struct {
        DeliveryStep step;
        int label;
        const char *rest;
    } plain[] = {
        {STEP_GRANT, TEXT_delivery_do_grant, "/money?kind=grant"},
        {STEP_CALL, TEXT_delivery_do_call, "/call"},
        {STEP_PLAN, TEXT_delivery_do_plan, "/plan"},
        {STEP_ACCEPT, TEXT_delivery_do_accept, "/accept"},
        {STEP_TRANSFER, TEXT_delivery_do_transfer, "/money?kind=transfer"},
        {STEP_SETTLE, TEXT_delivery_do_settle, "/money?kind=request"},
        {STEP_RELEASE, TEXT_delivery_do_release, "/money?kind=release"},
        {STEP_RETURN, TEXT_delivery_do_return, "/money?kind=return"},
    };
    if (step == STEP_CHOOSE || step == STEP_CONTRACT) {
        return purchase_act(view);
    }
    if (step == STEP_MILESTONE) {
        return milestone_act(view);
    }
    for (size_t i = 0; i < countof(plain); i++) {
        if (plain[i].step == step) {
            return (DeliveryDo){text_of(plain[i].label),
                                delivery_url(page, project->proposal, plain[i].rest)};
        }
    }
    return (DeliveryDo){0};
}
