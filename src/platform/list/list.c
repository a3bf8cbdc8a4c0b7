#include "platform/list/list.h"

#include "base/limits.h"
#include "base/utf8.h"

/* Rows fetched at a time for a CSV file. */
#define CSV_STEP_ROWS    1000
#define MAX_SEARCH_CHARS 100

static const ListOrder *find_order(const ListTable *table, Str name)
{
    for (size_t i = 0; i < table->n_orders; i++) {
        if (str_eq(name, str_from(table->orders[i].name))) {
            return &table->orders[i];
        }
    }
    return &table->orders[0];
}

static Str clean_search(Str typed)
{
    typed = str_trim(typed);
    return utf8_is_clean(typed) && utf8_length(typed) <= MAX_SEARCH_CHARS ? typed : STR("");
}

static ListQuery make_query(const ListTable *table, const ListRequest *request)
{
    const ListOrder *order = find_order(table, list_parameter(request, "order"));
    return (ListQuery){
        .area = request->area,
        .parent = request->parent,
        .search = clean_search(list_parameter(request, "q")),
        .filter = request->filter,
        .order = order,
        .after = list_cursor_read(request->arena, order, list_parameter(request, "after")),
    };
}

static const SafeUrl *make_order_links(const ListTable *table, const ListRequest *request)
{
    SafeUrl *links = arena_array(request->arena, SafeUrl, table->n_orders);
    for (size_t i = 0; i < table->n_orders; i++) {
        links[i] = list_order_link(request, &table->orders[i]);
    }
    return links;
}

ListFiles list_files(const ListTable *table, const ListRequest *request)
{
    const ListOrder *order = find_order(table, list_parameter(request, "order"));
    if (!table->has_csv) {
        return (ListFiles){0};
    }
    return (ListFiles){.xlsx = list_file_link(request, order, "xlsx"),
                       .pdf = list_file_link(request, order, "pdf"),
                       .csv = list_file_link(request, order, "csv")};
}

/* --- reading -------------------------------------------------------------------------------- */

const void *list_row(const ListTable *table, const ListRows *rows, size_t index)
{
    require(index < rows->count);
    return (const char *)rows->rows + index * table->row_size;
}

Error *list_load(Snapshot *snapshot, const ListTable *table, const ListRequest *request,
                 ListView *out)
{
    *out = (ListView){.table = table, .query = make_query(table, request)};
    const ListOrder *order = out->query.order;
    out->query.limit = LIMIT_PAGE_ROWS + 1; /* one more tells whether there is a next page */
    Error *error = order->fetch(snapshot, &out->query, &out->rows);
    if (error) {
        return error;
    }
    Str next_after = STR("");
    if (out->rows.count > LIMIT_PAGE_ROWS) {
        out->rows.count = LIMIT_PAGE_ROWS;
        const void *last = list_row(table, &out->rows, LIMIT_PAGE_ROWS - 1);
        next_after = list_cursor_text(request->arena, table, order, last);
    }
    out->pages = list_pages(request, order, !out->query.after.is_set, next_after);
    out->files = list_files(table, request);
    out->order_links = make_order_links(table, request);
    return NULL;
}

ListFormat list_format(const ListTable *table, const ListRequest *request)
{
    static const char *const names[] = {"", "csv", "xlsx", "pdf"};
    Str asked = list_parameter(request, "format");
    for (size_t i = 1; table->has_csv && i < countof(names); i++) {
        if (str_eq(asked, str_from(names[i]))) {
            return (ListFormat)i;
        }
    }
    return LIST_PAGE;
}

bool list_in_files(const ListColumn *column)
{
    return (column->flags & COLUMN_HTML_ONLY) == 0;
}

static void write_head(const ListTable *table, Arena *arena, Lang lang, Buf *out)
{
    bool first = true;
    buf_cstr(out, "\xEF\xBB\xBF");
    for (size_t i = 0; i < table->n_columns; i++) {
        if (list_in_files(&table->columns[i])) {
            buf_cstr(out, first ? "" : ",");
            csv_write_cell(out, text_str(arena, lang, text_of(table->columns[i].label)), true);
            first = false;
        }
    }
    buf_cstr(out, "\r\n");
}

static void write_rows(const ListTable *table, const ListRows *rows, Lang lang, Buf *out)
{
    for (size_t r = 0; r < rows->count; r++) {
        bool first = true;
        for (size_t i = 0; i < table->n_columns; i++) {
            if (list_in_files(&table->columns[i])) {
                buf_cstr(out, first ? "" : ",");
                list_cell_csv(out, lang, &table->columns[i], list_row(table, rows, r));
                first = false;
            }
        }
        buf_cstr(out, "\r\n");
    }
}

Error *list_each(Snapshot *snapshot, const ListTable *table, const ListRequest *request,
                 size_t max_rows, ListStep *step, void *user)
{
    ListQuery query = make_query(table, request);
    query.after = (ListCursor){0};
    for (size_t total = 0; total < max_rows;) {
        size_t left = max_rows - total;
        query.limit = (int64_t)(left < CSV_STEP_ROWS ? left : CSV_STEP_ROWS);
        ListRows rows = {0};
        Error *error = query.order->fetch(snapshot, &query, &rows);
        if (error) {
            return error;
        }
        total += rows.count;
        if (!step(user, &rows) || rows.count < (size_t)query.limit) {
            break;
        }
        const void *last = list_row(table, &rows, rows.count - 1);
        query.after = list_cursor_read(request->arena, query.order,
                                       list_cursor_text(request->arena, table, query.order, last));
    }
    return NULL;
}

typedef struct CsvWriter {
    const ListTable *table;
    Lang lang;
    Buf *out;
} CsvWriter;

/* A file over its limit ends at once: its rows would fill the memory of the request. */
static bool write_step(void *user, const ListRows *rows)
{
    CsvWriter *writer = user;
    write_rows(writer->table, rows, writer->lang, writer->out);
    return !writer->out->overflowed;
}

Error *list_csv(Snapshot *snapshot, const ListTable *table, const ListRequest *request, Lang lang,
                Buf *out)
{
    CsvWriter writer = {table, lang, out};
    write_head(table, request->arena, lang, out);
    Error *error = list_each(snapshot, table, request, LIMIT_CSV_ROWS, write_step, &writer);
    if (error) {
        return error;
    }
    return out->overflowed ? error_make(request->arena, ERROR_TOO_LARGE, "list %s", table->name)
                           : NULL;
}
