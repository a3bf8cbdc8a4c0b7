#include "platform/list/list_page.h"

#include "common_text.h"
#include "list_table_html.h"

static bool in_html(const ListColumn *column)
{
    return (column->flags & COLUMN_CSV_ONLY) == 0;
}

static bool is_short(const ListColumn *column)
{
    return (column->flags & COLUMN_SHORT) != 0 || column->kind == COLUMN_DATE ||
           column->kind == COLUMN_TIME;
}

static bool is_number(const ListColumn *column)
{
    return column->kind == COLUMN_INT || column->kind == COLUMN_MONEY;
}

static const OrderView *order_views(Arena *arena, const ListView *view)
{
    OrderView *orders = arena_array(arena, OrderView, view->table->n_orders);
    for (size_t i = 0; i < view->table->n_orders; i++) {
        const ListOrder *order = &view->table->orders[i];
        orders[i] = (OrderView){.label = text_of(order->label),
                                .link = view->order_links[i],
                                .is_current = order == view->query.order};
    }
    return orders;
}

/* The column that the current order sorts by shows the direction to screen readers. */
static const char *sort_of(const ListColumn *column, const ListOrder *order)
{
    if (column->offset != order->key_offset || column->kind != order->key_kind) {
        return NULL;
    }
    return order->is_descending ? "descending" : "ascending";
}

static const HeadView *head_views(Arena *arena, const ListView *view, size_t *out_count)
{
    HeadView *heads = arena_array(arena, HeadView, view->table->n_columns);
    size_t count = 0;
    for (size_t i = 0; i < view->table->n_columns; i++) {
        const ListColumn *column = &view->table->columns[i];
        if (in_html(column)) {
            heads[count++] = (HeadView){.label = text_of(column->label),
                                        .is_number = is_number(column),
                                        .sort = sort_of(column, view->query.order)};
        }
    }
    *out_count = count;
    return heads;
}

static const CellView *cell_views(Arena *arena, const ListView *view, const void *row)
{
    const ListTable *table = view->table;
    CellView *cells = arena_array(arena, CellView, table->n_columns);
    size_t count = 0;
    for (size_t i = 0; i < table->n_columns; i++) {
        const ListColumn *column = &table->columns[i];
        if (!in_html(column)) {
            continue;
        }
        CellView *cell = &cells[count++];
        bool is_head = (column->flags & COLUMN_HEAD) != 0;
        *cell = (CellView){.column = column,
                           .label = text_of(column->label),
                           .row = row,
                           .is_number = is_number(column),
                           .is_short = is_short(column),
                           .is_head = is_head};
        if (is_head && table->link) {
            cell->link = table->link(arena, &view->query, row);
            cell->has_link = cell->link.url.len > 0;
        }
    }
    return cells;
}

static const char *css_of(const ListTable *table, const void *row, Instant now)
{
    RowMark mark = table->mark ? table->mark(row, now) : ROW_PLAIN;
    return mark == ROW_LATE ? "is-late" : mark == ROW_DUE ? "is-due" : "";
}

static const RowView *row_views(Out *out, const ListView *view)
{
    RowView *rows = arena_array(out->arena, RowView, view->rows.count + 1);
    for (size_t i = 0; i < view->rows.count; i++) {
        const void *row = list_row(view->table, &view->rows, i);
        rows[i] = (RowView){.css = css_of(view->table, row, out->now),
                            .cells = cell_views(out->arena, view, row)};
    }
    return rows;
}

static Text text_or(int key, Text otherwise)
{
    return key != 0 ? text_of(key) : otherwise;
}

void list_pager_files(Out *out, const ListPages *pages, const ListFiles *files)
{
    if (pages->previous.url.len > 0 || pages->next.url.len > 0 || files->csv.url.len > 0) {
        list_pager_nav(out, pages, files);
    }
}

void list_pager(Out *out, const ListPages *pages)
{
    static const ListFiles none = {0};
    list_pager_files(out, pages, &none);
}

void list_table(Out *out, const ListView *view)
{
    const ListTable *table = view->table;
    ListPageView page = {
        .name = table->name,
        .caption = text_of(table->caption),
        .orders = order_views(out->arena, view),
        .n_orders = table->n_orders > 1 ? table->n_orders : 0,
        .rows = row_views(out, view),
        .n_rows = view->rows.count,
        .pages = view->pages,
        .files = view->files,
        .empty_title = text_or(table->empty_title, t_list_empty_title()),
        .empty_text = text_or(table->empty_text, t_list_empty_text()),
    };
    page.heads = head_views(out->arena, view, &page.n_cells);
    list_table_page(out, &page);
}
