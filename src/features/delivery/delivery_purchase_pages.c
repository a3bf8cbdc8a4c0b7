/* delivery_purchase_pages.c: forms for call, quotes, choice and contract. */
#include "delivery_purchase_sql.h"
#include "delivery_text.h"
#include "features/delivery/delivery_act_pages.h"

/* The one that is asked for, else the newest; the form is sent to it. */
static Error *read_purchase(Page *page, Snapshot *s, const DeliveryProject *project,
                            const char *verb, PurchaseGetRow *out, DeliveryActView *view)
{
    int64_t asked = delivery_no_asked(page);
    int64_t no = asked > 0 ? asked : project->facts.n_purchases;
    Error *err = sql_purchase_get(s, page->area, project->proposal, no, out);
    view->action = delivery_part_url(page, project->proposal, verb, no);
    return err;
}

/* --- call ----------------------------------------------------------------------------------- */

typedef struct CallInput {
    int64_t version;
    Str title;
    int method;
    Date on;
    Str words;
} CallInput;

static const Choice methods[] = {
    {"quotes", PURCHASE_QUOTES, TEXT_delivery_method_quotes},
    {"compare", PURCHASE_COMPARE, TEXT_delivery_method_compare},
    {"single", PURCHASE_SINGLE, TEXT_delivery_method_single},
    {"tender", PURCHASE_TENDER, TEXT_delivery_method_tender},
    {"listed", PURCHASE_LISTED, TEXT_delivery_method_listed},
};

static const Field call_fields[] = {
    DELIVERY_VERSION_FIELD(CallInput),
    {FIELD_COMMON(CallInput, title, FIELD_TEXT, TEXT_delivery_field_buy_title), .is_required = true,
     .min = 2, .max = DELIVERY_TITLE_MAX},
    {FIELD_COMMON(CallInput, method, FIELD_CHOICE, TEXT_delivery_field_method), .is_required = true,
     .choices = methods, .n_choices = countof(methods)},
    {FIELD_COMMON(CallInput, on, FIELD_DATE, TEXT_delivery_field_called_on), .is_required = true},
    {FIELD_COMMON(CallInput, words, FIELD_LONG_TEXT, TEXT_delivery_field_call_words),
     .hint = TEXT_delivery_field_call_words_hint, .is_required = true, .min = 2,
     .max = DELIVERY_WORDS_MAX},
};

const Form delivery_call_form = FORM("delivery-call", call_fields, CallInput);

static Error *prepare_call(Page *page, Snapshot *s, const DeliveryProject *project,
                           DeliveryActView *view)
{
    if (delivery_is_fresh(page)) {
        CallInput input = {.title = project->title, .on = instant_date(page->now)};
        delivery_prefill(page, view, &input);
    }
    return NULL;
}

static const ActPage call_act = {.form = &delivery_call_form,
                                 .title = TEXT_delivery_do_call,
                                 .about = TEXT_delivery_call_about,
                                 .verb = "call",
                                 .prepare = prepare_call};

Error *page_delivery_call(Page *page, Snapshot *s)
{
    return delivery_act_show(page, s, &call_act);
}

Error *submit_delivery_call(Page *page, Snapshot *s, const void *input)
{
    const CallInput *typed = input;
    DeliveryCall *call = arena_new(page->arena, DeliveryCall);
    *call = (DeliveryCall){.act = delivery_act_of(page, typed->version),
                           .title = typed->title,
                           .method = (PurchaseMethod)typed->method,
                           .on = typed->on,
                           .words = typed->words};
    return page_write(page, delivery_call, call, 0, delivery_after);
}

/* --- quotes --------------------------------------------------------------------------------- */

typedef struct BidInput {
    int64_t version;
    Str name;
    Money quote;
    Str words;
} BidInput;

static const Field bid_fields[] = {
    DELIVERY_VERSION_FIELD(BidInput),
    {FIELD_COMMON(BidInput, name, FIELD_TEXT, TEXT_delivery_field_name), .is_required = true,
     .min = 2, .max = DELIVERY_NAME_MAX},
    {FIELD_COMMON(BidInput, quote, FIELD_MONEY, TEXT_delivery_field_quote), .is_required = true,
     .min = 1, .max = MONEY_MAX_FEN},
    {FIELD_COMMON(BidInput, words, FIELD_LONG_TEXT, TEXT_delivery_field_bid_words),
     .max = DELIVERY_WORDS_MAX},
};

const Form delivery_bid_form = FORM("delivery-bid", bid_fields, BidInput);

static Error *prepare_bid(Page *page, Snapshot *s, const DeliveryProject *project,
                          DeliveryActView *view)
{
    PurchaseGetRow row;
    Error *err = read_purchase(page, s, project, "bid", &row, view);
    if (!err) {
        view->about = t_delivery_bid_about(row.title);
    }
    return err;
}

static const ActPage bid_act = {.form = &delivery_bid_form,
                                .title = TEXT_delivery_do_bid,
                                .verb = "bid",
                                .prepare = prepare_bid};

Error *page_delivery_bid(Page *page, Snapshot *s)
{
    return delivery_act_show(page, s, &bid_act);
}

Error *submit_delivery_bid(Page *page, Snapshot *s, const void *input)
{
    const BidInput *typed = input;
    DeliveryBid *bid = arena_new(page->arena, DeliveryBid);
    *bid = (DeliveryBid){.act = delivery_act_of(page, typed->version),
                         .purchase = delivery_no_asked(page),
                         .name = typed->name,
                         .quote = typed->quote,
                         .words = typed->words};
    return page_write(page, delivery_bid, bid, 0, delivery_after);
}

/* --- choice --------------------------------------------------------------------------------- */

typedef struct ChooseInput {
    int64_t version;
    Str bidder; /* the number of one, as text */
    Date on;
    Str reason;
} ChooseInput;

#define BIDDER_WORD_MAX 3

static const Field choose_fields[] = {
    DELIVERY_VERSION_FIELD(ChooseInput),
    {FIELD_COMMON(ChooseInput, bidder, FIELD_TEXT, TEXT_delivery_field_bidder), .is_required = true,
     .max = BIDDER_WORD_MAX},
    {FIELD_COMMON(ChooseInput, on, FIELD_DATE, TEXT_delivery_field_on), .is_required = true},
    {FIELD_COMMON(ChooseInput, reason, FIELD_LONG_TEXT, TEXT_delivery_field_reason),
     .hint = TEXT_delivery_field_reason_public, .is_required = true, .min = DELIVERY_REASON_MIN,
     .max = DELIVERY_WORDS_MAX},
};

const Form delivery_choose_form = FORM("delivery-choose", choose_fields, ChooseInput);

static Str yuan(const Page *page, Money amount)
{
    char text[32];
    size_t length = money_format_yuan(amount, text, sizeof(text));
    return arena_str(page->arena, (Str){text, length});
}

static Error *fill_bidders(Page *page, Snapshot *s, int64_t purchase, DeliveryActView *view)
{
    BidderListRows rows;
    Error *err = sql_bidder_list(s, page->area, page->ids[0], &rows);
    if (err) {
        return err;
    }
    DataChoice *choices = arena_array(page->arena, DataChoice, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const BidderListRow *row = &rows.rows[i];
        if (row->purchase_no == purchase) {
            choices[view->n_choices++] =
                (DataChoice){arena_printf(page->arena, "%d", (int)row->no),
                             arena_printf(page->arena, "%.*s · %.*s", STR_ARG(row->name),
                                          STR_ARG(yuan(page, row->quote_fen)))};
        }
    }
    view->choices = choices;
    view->choice_field = "bidder";
    return NULL;
}

static Error *prepare_choose(Page *page, Snapshot *s, const DeliveryProject *project,
                             DeliveryActView *view)
{
    PurchaseGetRow row;
    Error *err = read_purchase(page, s, project, "choose", &row, view);
    if (!err) {
        err = fill_bidders(page, s, row.no, view);
    }
    if (err) {
        return err;
    }
    view->about = t_delivery_choose_about(row.title);
    if (delivery_is_fresh(page)) {
        ChooseInput input = {.on = instant_date(page->now)};
        delivery_prefill(page, view, &input);
    }
    return NULL;
}

static const ActPage choose_act = {.form = &delivery_choose_form,
                                   .title = TEXT_delivery_do_choose,
                                   .verb = "choose",
                                   .prepare = prepare_choose};

Error *page_delivery_choose(Page *page, Snapshot *s)
{
    return delivery_act_show(page, s, &choose_act);
}

Error *submit_delivery_choose(Page *page, Snapshot *s, const void *input)
{
    const ChooseInput *typed = input;
    DeliveryChoose *choose = arena_new(page->arena, DeliveryChoose);
    *choose = (DeliveryChoose){.act = delivery_act_of(page, typed->version),
                               .purchase = delivery_no_asked(page),
                               .on = typed->on,
                               .reason = typed->reason};
    if (!str_to_int64(typed->bidder, &choose->bidder)) {
        choose->bidder = 0; /* none of them: the use case says so at the field */
    }
    return page_write(page, delivery_choose, choose, 0, delivery_after);
}

/* --- contract ------------------------------------------------------------------------------- */

typedef struct SignInput {
    int64_t version;
    Str number;
    Date on;
    Date due;
    AmountsInput amounts;
} SignInput;

static const Field sign_fields[] = {
    DELIVERY_VERSION_FIELD(SignInput),
    {FIELD_COMMON(SignInput, number, FIELD_TEXT, TEXT_delivery_field_number), .is_required = true,
     .max = DELIVERY_NUMBER_MAX},
    DELIVERY_AMOUNT_FIELDS(SignInput),
    {FIELD_COMMON(SignInput, on, FIELD_DATE, TEXT_delivery_field_signed_on), .is_required = true},
    {FIELD_COMMON(SignInput, due, FIELD_DATE, TEXT_delivery_field_due), .is_required = true},
};

const Form delivery_sign_form = FORM("delivery-sign", sign_fields, SignInput);

/* The quote, from the sources in their order as far as each has it. */
static LedgerAmounts spread(const LedgerBalances *money, Money quote)
{
    LedgerAmounts amounts = {0};
    for (int source = 1; source <= LEDGER_SOURCES; source++) {
        int64_t free = money->of[LEDGER_FREE][source].fen;
        amounts.of[source].fen = free < quote.fen ? free : quote.fen;
        quote.fen -= amounts.of[source].fen;
    }
    return amounts;
}

static Error *prefill_sign(Page *page, Snapshot *s, const DeliveryProject *project,
                           const PurchaseGetRow *purchase, DeliveryActView *view)
{
    BidderListRows rows;
    Money quote = {0};
    Error *err = sql_bidder_list(s, page->area, project->proposal, &rows);
    for (size_t i = 0; !err && i < rows.count; i++) {
        bool is_chosen =
            rows.rows[i].purchase_no == purchase->no && rows.rows[i].no == purchase->bidder_no;
        quote = is_chosen ? rows.rows[i].quote_fen : quote;
    }
    LedgerAmounts amounts = spread(&project->facts.money, quote);
    SignInput input = {.amounts = delivery_typed_amounts(&amounts), .on = instant_date(page->now)};
    if (!err && delivery_is_fresh(page)) {
        delivery_prefill(page, view, &input);
    }
    return err;
}

static Error *prepare_sign(Page *page, Snapshot *s, const DeliveryProject *project,
                           DeliveryActView *view)
{
    PurchaseGetRow row;
    Error *err = read_purchase(page, s, project, "sign", &row, view);
    if (err) {
        return err;
    }
    view->about = t_delivery_sign_about(row.title);
    return prefill_sign(page, s, project, &row, view);
}

static const ActPage sign_act = {.form = &delivery_sign_form,
                                 .title = TEXT_delivery_do_sign,
                                 .verb = "sign",
                                 .shows_money = true,
                                 .prepare = prepare_sign};

Error *page_delivery_sign(Page *page, Snapshot *s)
{
    return delivery_act_show(page, s, &sign_act);
}

Error *submit_delivery_sign(Page *page, Snapshot *s, const void *input)
{
    const SignInput *typed = input;
    DeliverySign *sign = arena_new(page->arena, DeliverySign);
    *sign = (DeliverySign){.act = delivery_act_of(page, typed->version),
                           .purchase = delivery_no_asked(page),
                           .number = typed->number,
                           .on = typed->on,
                           .due = typed->due,
                           .amounts = delivery_amounts(&typed->amounts)};
    return page_write(page, delivery_sign, sign, 0, delivery_after);
}
