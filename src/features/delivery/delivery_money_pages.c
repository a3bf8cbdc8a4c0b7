/* delivery_money_pages.c: forms for entries of the ledger. */
#include "delivery_money_sql.h"
#include "delivery_text.h"
#include "features/delivery/delivery_act_pages.h"

typedef struct MoneyInput {
    int64_t version;
    int kind;
    AmountsInput amounts;
    Date on;
    Str voucher;
    Str words;
} MoneyInput;

static const Field money_fields[] = {
    DELIVERY_VERSION_FIELD(MoneyInput),
    {FIELD_COMMON(MoneyInput, kind, FIELD_CHOICE, TEXT_delivery_field_kind), .is_required = true,
     .choices = delivery_kinds, .n_choices = LEDGER_RETURN},
    DELIVERY_AMOUNT_FIELDS(MoneyInput),
    {FIELD_COMMON(MoneyInput, on, FIELD_DATE, TEXT_delivery_field_on), .is_required = true},
    {FIELD_COMMON(MoneyInput, voucher, FIELD_TEXT, TEXT_delivery_field_voucher),
     .hint = TEXT_delivery_field_voucher_hint, .is_conditional = true, .max = DELIVERY_NUMBER_MAX},
    {FIELD_COMMON(MoneyInput, words, FIELD_LONG_TEXT, TEXT_delivery_field_words),
     .max = DELIVERY_WORDS_MAX},
};

const Form delivery_money_form = FORM("delivery-money", money_fields, MoneyInput);

static LedgerKind kind_asked(const Page *page)
{
    return (LedgerKind)choice_of(delivery_kinds, LEDGER_RETURN, page_query(page, "kind"), 0);
}

/* Where the whole account usually goes at once, that is what the form begins with. */
static LedgerAmounts usual_amounts(const LedgerBalances *money, LedgerKind kind)
{
    LedgerAmounts amounts = {0};
    bool is_whole = kind == LEDGER_REQUEST || kind == LEDGER_TRANSFER || kind == LEDGER_RELEASE ||
                    kind == LEDGER_RETURN;
    for (int source = 1; is_whole && source <= LEDGER_SOURCES; source++) {
        amounts.of[source] = money->of[ledger_from(kind)][source];
    }
    return amounts;
}

static Error *prepare_money(Page *page, Snapshot *s, const DeliveryProject *project,
                            DeliveryActView *view)
{
    LedgerKind kind = kind_asked(page);
    if (delivery_is_fresh(page) && kind != 0) {
        LedgerAmounts amounts = usual_amounts(&project->facts.money, kind);
        MoneyInput input = {.kind = (int)kind,
                            .amounts = delivery_typed_amounts(&amounts),
                            .on = instant_date(page->now)};
        delivery_prefill(page, view, &input);
    }
    return NULL;
}

static const ActPage money_act = {.form = &delivery_money_form,
                                  .title = TEXT_delivery_do_money,
                                  .about = TEXT_delivery_money_about,
                                  .verb = "money",
                                  .shows_money = true,
                                  .prepare = prepare_money};

Error *page_delivery_money(Page *page, Snapshot *s)
{
    return delivery_act_show(page, s, &money_act);
}

Error *submit_delivery_money(Page *page, Snapshot *s, const void *input)
{
    const MoneyInput *typed = input;
    DeliveryMoney *money = arena_new(page->arena, DeliveryMoney);
    *money = (DeliveryMoney){.act = delivery_act_of(page, typed->version),
                             .kind = (LedgerKind)typed->kind,
                             .amounts = delivery_amounts(&typed->amounts),
                             .on = typed->on,
                             .voucher = typed->voucher,
                             .words = typed->words};
    return page_write(page, delivery_money, money, 0, delivery_after);
}

/* --- taking back ---------------------------------------------------------------------------- */

typedef struct ReverseInput {
    int64_t version;
    Str reason;
} ReverseInput;

static const Field reverse_fields[] = {
    DELIVERY_VERSION_FIELD(ReverseInput),
    {FIELD_COMMON(ReverseInput, reason, FIELD_LONG_TEXT, TEXT_delivery_field_reason),
     .hint = TEXT_delivery_field_reason_public, .is_required = true, .min = DELIVERY_REASON_MIN,
     .max = DELIVERY_WORDS_MAX},
};

const Form delivery_reverse_form = FORM("delivery-reverse", reverse_fields, ReverseInput);

static Error *prepare_reverse(Page *page, Snapshot *s, const DeliveryProject *project,
                              DeliveryActView *view)
{
    EntryGetRow row;
    PostingListRows rows = {0};
    Money moved = {0};
    int64_t asked = delivery_no_asked(page);
    int64_t no = asked > 0 ? asked : 1;
    Error *err = sql_entry_get(s, page->area, project->proposal, no, &row);
    if (!err) {
        err = sql_posting_list(s, page->area, project->proposal, no, &rows);
    }
    for (size_t i = 0; !err && i < rows.count; i++) {
        moved.fen += rows.rows[i].amount_fen.fen > 0 ? rows.rows[i].amount_fen.fen : 0;
    }
    if (!err) {
        Text what = delivery_kind_text(row.kind);
        Text *kept = arena_new(page->arena, Text);
        *kept = what;
        view->about = t_delivery_reverse_about(row.no, kept, moved);
        view->action = delivery_part_url(page, project->proposal, "reverse", no);
    }
    return err;
}

static const ActPage reverse_act = {.form = &delivery_reverse_form,
                                    .title = TEXT_delivery_do_reverse,
                                    .verb = "reverse",
                                    .prepare = prepare_reverse};

Error *page_delivery_reverse(Page *page, Snapshot *s)
{
    return delivery_act_show(page, s, &reverse_act);
}

Error *submit_delivery_reverse(Page *page, Snapshot *s, const void *input)
{
    const ReverseInput *typed = input;
    DeliveryReverse *reverse = arena_new(page->arena, DeliveryReverse);
    *reverse = (DeliveryReverse){.act = delivery_act_of(page, typed->version),
                                 .entry = delivery_no_asked(page),
                                 .reason = typed->reason};
    return page_write(page, delivery_reverse, reverse, 0, delivery_after);
}
