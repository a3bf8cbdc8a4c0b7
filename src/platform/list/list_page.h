/* list_page.h: what list_table.html shows; made by list_table(). */
#ifndef PLATFORM_LIST_LIST_PAGE_H
#define PLATFORM_LIST_LIST_PAGE_H

#include "platform/list/list.h"

typedef struct OrderView {
    Text label;
    SafeUrl link;
    bool is_current;
} OrderView;

typedef struct HeadView {
    Text label;
    bool is_number;
    const char *sort; /* "ascending", "descending", or NULL */
} HeadView;

typedef struct CellView {
    const ListColumn *column;
    Text label;
    const void *row;
    bool is_number;
    bool is_short;
    bool is_head;
    bool has_link;
    SafeUrl link;
} CellView;

typedef struct RowView {
    const char *css; /* "is-late", "is-due" or "" */
    const CellView *cells;
} RowView;

typedef struct ListPageView {
    const char *name;
    Text caption;
    const OrderView *orders;
    size_t n_orders; /* 0 when there is only one */
    const HeadView *heads;
    size_t n_cells;
    const RowView *rows;
    size_t n_rows;
    ListPages pages;
    ListFiles files;
    Text empty_title, empty_text;
} ListPageView;

#endif
