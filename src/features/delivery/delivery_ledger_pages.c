/* delivery_ledger_pages.c: the whole ledger of a project, on the page and to take home. */
#include "delivery_ledger_html.h"
#include "delivery_money_sql.h"
#include "delivery_text.h"
#include "features/delivery/delivery_pages.h"
#include "platform/html/frame_load.h"
#include "platform/list/list_file.h"

static Error *fetch(Snapshot *snapshot, const ListQuery *query, ListRows *out)
{
    LedgerListRows rows;
    int64_t after = query->after.is_set ? query->after.id : 0;
    Error *err = sql_ledger_list(snapshot, query->area, query->parent, after, query->limit, &rows);
    *out = err ? (ListRows){0} : (ListRows){rows.rows, rows.count};
    return err;
}

static const ListColumn columns[] = {
    {LIST_COLUMN(LedgerListRow, no, COLUMN_INT, TEXT_delivery_column_no)},
    {LIST_COLUMN(LedgerListRow, happened_on, COLUMN_DATE, TEXT_delivery_column_date),
     .flags = COLUMN_SHORT},
    {LIST_COLUMN(LedgerListRow, kind, COLUMN_CHOICE, TEXT_delivery_column_kind),
     .flags = COLUMN_HEAD, .choices = delivery_kinds, .n_choices = LEDGER_KINDS},
    {LIST_COLUMN(LedgerListRow, source, COLUMN_CHOICE, TEXT_delivery_column_source),
     .choices = delivery_sources, .n_choices = LEDGER_SOURCES},
    {LIST_COLUMN(LedgerListRow, debit, COLUMN_CHOICE, TEXT_delivery_column_debit),
     .choices = delivery_accounts, .n_choices = LEDGER_ACCOUNTS},
    {LIST_COLUMN(LedgerListRow, credit, COLUMN_CHOICE, TEXT_delivery_column_credit),
     .choices = delivery_accounts, .n_choices = LEDGER_ACCOUNTS},
    {LIST_COLUMN(LedgerListRow, amount_fen, COLUMN_MONEY, TEXT_delivery_column_amount)},
    {LIST_COLUMN(LedgerListRow, voucher, COLUMN_STR, TEXT_delivery_column_voucher)},
    {LIST_COLUMN(LedgerListRow, words, COLUMN_STR, TEXT_delivery_column_words)},
    {LIST_COLUMN(LedgerListRow, reverses, COLUMN_INT, TEXT_delivery_column_reverses),
     .flags = COLUMN_CSV_ONLY},
};

static const ListOrder orders[] = {
    {.name = "entries",
     .label = TEXT_delivery_column_no,
     .key_kind = COLUMN_ID,
     .key_offset = offsetof(LedgerListRow, line),
     .fetch = fetch},
};

static const ListTable table = {
    .name = "ledger",
    .caption = TEXT_delivery_ledger_title,
    .columns = columns,
    .n_columns = countof(columns),
    .orders = orders,
    .n_orders = countof(orders),
    .row_size = sizeof(LedgerListRow),
    .id_offset = offsetof(LedgerListRow, line),
    .empty_title = TEXT_delivery_ledger_empty,
    .empty_text = TEXT_delivery_ledger_empty_text,
    .has_csv = true,
};

Error *page_delivery_ledger(Page *page, Snapshot *s)
{
    DeliveryProject project;
    Frame *frame = page_frame(page, t_delivery_ledger_title(), FRAME_TAB_NONE);
    DeliveryLedgerView *view = arena_new(page->arena, DeliveryLedgerView);
    ListRequest request = {.arena = page->arena,
                           .path = page->path,
                           .query = &page->query,
                           .area = page->area,
                           .parent = page->ids[0]};
    Error *err = delivery_project(s, page->area, page->ids[0], &project);
    if (!err && list_format(&table, &request) != LIST_PAGE) {
        return list_file(page, s, &table, &request, "ledger");
    }
    if (!err) {
        err = list_load(s, &table, &request, &view->list);
    }
    if (err) {
        return err;
    }
    view->frame = frame;
    view->title = project.title;
    view->page = page_path(page, "/a/{area}/deliveries/{id}", project.proposal);
    frame->back = view->page;
    Out out = page_out(page);
    delivery_ledger_page(&out, view);
    return NULL;
}
