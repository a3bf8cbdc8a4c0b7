/* list.h: one table description for the page, its orders, its paging and the CSV file.
 *
 * A room writes one const ListTable: its columns say where in the row struct a value lies and of
 * what kind it is, its orders name one fetch function each (a statement of its own: no SQL is made
 * at run time). Paging is by key: a cursor holds the last row's sort value and id, and fetch reads
 * on from there, so a page costs the same wherever it stands.
 *
 *     ListView view;
 *     Error *err = list_load(snapshot, &proposal_table, request, &view);
 *     ... in the template: {{ call list_table(&v->list) }}
 *
 * Start reading at ListTable, ListQuery and list_load().
 */
#ifndef PLATFORM_LIST_LIST_H
#define PLATFORM_LIST_LIST_H

#include "platform/db/db.h"
#include "platform/form/form.h"
#include "platform/html/out.h"

typedef enum ColumnKind {
    COLUMN_STR,    /* Str */
    COLUMN_INT,    /* int64_t */
    COLUMN_MONEY,  /* Money; CSV: yuan without unit */
    COLUMN_DATE,   /* Date; CSV: 2027-05-12 */
    COLUMN_TIME,   /* Instant; CSV: 2027-05-12 17:30 */
    COLUMN_CHOICE, /* int64_t: the label of the Choice with this value */
    COLUMN_TEXT,   /* Text */
    COLUMN_ID      /* int64_t: 13 characters */
} ColumnKind;

#define COLUMN_HEAD      1u /* names the row: <th scope="row">, carries the row's link */
#define COLUMN_CSV_ONLY  2u
#define COLUMN_HTML_ONLY 4u
#define COLUMN_SHORT     8u /* never broken over two lines, as days and times are not */

typedef struct ListColumn {
    int label; /* TEXT_ number */
    ColumnKind kind;
    size_t offset; /* in the row struct */
    unsigned flags;
    const Choice *choices; /* COLUMN_CHOICE */
    size_t n_choices;
} ListColumn;

#define LIST_COLUMN(struct_type, member, column_kind, label_key)                                   \
    .label = (label_key), .kind = (column_kind), .offset = offsetof(struct_type, member)

/* Where the last page ended. */
typedef struct ListCursor {
    bool is_set;
    int64_t number; /* sort value of INT, MONEY (fen), DATE (days), TIME (ms), CHOICE, ID */
    Str text;       /* sort value of STR */
    int64_t id;
} ListCursor;

typedef struct ListOrder ListOrder;

/* What a fetch function is asked. */
typedef struct ListQuery {
    int64_t area;
    int64_t parent;     /* round, poll, ... of the page; 0 = none */
    Str search;         /* ?q=, trimmed, clean; empty = everything */
    const void *filter; /* the room's own, as given in ListRequest */
    const ListOrder *order;
    ListCursor after; /* rows after this (sort value, id); !is_set = from the start */
    int64_t limit;    /* read at most this many */
} ListQuery;

typedef struct ListRows {
    const void *rows; /* array of the row struct */
    size_t count;
} ListRows;

struct ListOrder {
    const char *name;    /* in the address: ?order=name */
    int label;           /* TEXT_ number: 新的在前 */
    ColumnKind key_kind; /* of the sort value */
    size_t key_offset;   /* in the row struct */
    bool is_descending;
    /* Rows in this order (ties by id, the same way round), after the cursor, at most limit. */
    Error *(*fetch)(Snapshot *snapshot, const ListQuery *query, ListRows *out);
};

typedef enum RowMark { ROW_PLAIN, ROW_DUE, ROW_LATE } RowMark;

typedef struct ListTable {
    const char *name; /* of the CSV file and the table's id */
    int caption;      /* TEXT_ number, read aloud */
    const ListColumn *columns;
    size_t n_columns;
    const ListOrder *orders; /* the first is the default */
    size_t n_orders;
    size_t row_size;
    size_t id_offset; /* int64_t, unique within the list */
    SafeUrl (*link)(Arena *arena, const ListQuery *query, const void *row); /* or NULL */
    RowMark (*mark)(const void *row, Instant now);                          /* or NULL */
    int empty_title; /* TEXT_ number; 0 = the common words */
    int empty_text;
    bool has_csv; /* may be taken home: as CSV, xlsx and PDF */
} ListTable;

/* What the page knows when it asks for a list. */
typedef struct ListRequest {
    Arena *arena;
    Str path;           /* of the page, for links */
    const Pairs *query; /* order, after, q; everything else is kept in links */
    int64_t area;
    int64_t parent;
    const void *filter;
} ListRequest;

/* Addresses of other pages of a list; empty when there is no such page. */
typedef struct ListPages {
    SafeUrl first; /* when there is more than one page before this one */
    SafeUrl previous;
    SafeUrl next;
} ListPages;

/* Addresses of the whole list as files; empty when it may not be taken home. */
typedef struct ListFiles {
    SafeUrl xlsx, pdf, csv;
} ListFiles;

/* A page of rows, ready to be shown. */
typedef struct ListView {
    const ListTable *table;
    ListQuery query;
    ListRows rows;
    ListPages pages;
    ListFiles files;
    const SafeUrl *order_links; /* n_orders */
} ListView;

/* Reads LIMIT_PAGE_ROWS rows. An unknown order or a torn cursor shows the list from its start. */
MUST_USE Error *list_load(Snapshot *snapshot, const ListTable *table, const ListRequest *request,
                          ListView *out);
/* A file of the list, asked for by ?format=. */
typedef enum ListFormat { LIST_PAGE, LIST_CSV, LIST_XLSX, LIST_PDF } ListFormat;
ListFormat list_format(const ListTable *table, const ListRequest *request);
/* Calls `rows` with the whole list in the asked order, some rows at a time, up to max_rows; it
 * returns false to stop early. What rows point to lives in request->arena. */
typedef bool ListStep(void *user, const ListRows *rows);
MUST_USE Error *list_each(Snapshot *snapshot, const ListTable *table, const ListRequest *request,
                          size_t max_rows, ListStep *step, void *user);
/* The whole list, up to LIMIT_CSV_ROWS, in the asked order: UTF-8 with byte order mark, CRLF, a
 * head line; cells that a spreadsheet would run as a formula start with an apostrophe. */
MUST_USE Error *list_csv(Snapshot *snapshot, const ListTable *table, const ListRequest *request,
                         Lang lang, Buf *out);

/* For pages that read their rows themselves, by ?after=: is_start when they show the first rows,
 * next_after what the next page's `after` is (letters, digits, dashes), empty on the last. Order
 * NULL: the page has none. */
ListPages list_pages(const ListRequest *request, const ListOrder *order, bool is_start,
                     Str next_after);
/* For pages that draw their rows themselves: the files of the list, in the asked order. */
ListFiles list_files(const ListTable *table, const ListRequest *request);
/* For templates: the links, or nothing when there is one page only. */
void list_pager(Out *out, const ListPages *pages);
/* For templates: the links to other pages and those to files, or nothing when there are none. */
void list_pager_files(Out *out, const ListPages *pages, const ListFiles *files);

/* For templates: orders, table (or what is not there yet), pages, CSV link. */
void list_table(Out *out, const ListView *view);

/* --- for list_table.html, the CSV writer and tests ------------------------------------------ */

Str list_parameter(const ListRequest *request, const char *name);
SafeUrl list_order_link(const ListRequest *request, const ListOrder *order);
SafeUrl list_file_link(const ListRequest *request, const ListOrder *order, const char *format);
const void *list_row(const ListTable *table, const ListRows *rows, size_t index);
/* Writes the cell as text (in markup, escaped). */
void list_cell(Out *out, const ListColumn *column, const void *row);
void list_cell_csv(Buf *out, Lang lang, const ListColumn *column, const void *row);
/* As a person reads it, dates with their year. */
void list_cell_plain(Buf *out, Lang lang, const ListColumn *column, const void *row);
/* What a column's value is, for the writers. */
const void *list_value(const ListColumn *column, const void *row);
bool list_in_files(const ListColumn *column);
/* One CSV cell: quoted where needed; `neutralise` guards against formulas. */
void csv_write_cell(Buf *out, Str text, bool neutralise);
Str list_cursor_text(Arena *arena, const ListTable *table, const ListOrder *order, const void *row);
ListCursor list_cursor_read(Arena *arena, const ListOrder *order, Str text);

#endif
