/* print_table.c: rows of cells with lines around them; the head row again on each page. */
#include "platform/print/print_internal.h"

#define CELL_PAD_X  4.5
#define CELL_PAD_Y  3.2
#define CELL_POINTS 10.5

/* One row while it is placed: what of each cell is already on paper. */
typedef struct Row {
    PangoLayout *cells[PRINT_MAX_COLUMNS];
    int next[PRINT_MAX_COLUMNS]; /* the first line not yet placed */
    int lines[PRINT_MAX_COLUMNS];
    size_t first_column[PRINT_MAX_COLUMNS + 1]; /* where each cell starts; a sum spans some */
    size_t n_cells;
} Row;

void print_table_begin(Print *print, const PrintColumn *columns, size_t n_columns)
{
    require(n_columns > 0 && n_columns <= PRINT_MAX_COLUMNS);
    PrintTableState *table = &print->table;
    double sum = 0, at = 0;
    print_need_page(print);
    for (size_t i = 0; i < n_columns; i++) {
        sum += columns[i].share;
    }
    for (size_t i = 0; i <= n_columns; i++) {
        table->x[i] = print->frame.x + print->frame.w * at / sum;
        at += i < n_columns ? columns[i].share : 0;
    }
    table->columns = columns;
    table->n_columns = n_columns;
    table->is_head_due = true;
    table->head_height = 0;
    print->y += CELL_PAD_Y;
}

static PrintStyle cell_style(const PrintColumn *column, bool is_bold)
{
    unsigned flags = column->align == PRINT_ALIGN_CENTRE  ? PRINT_CENTRE
                     : column->align == PRINT_ALIGN_RIGHT ? PRINT_RIGHT
                                                          : 0;
    return (PrintStyle){
        .is_sans = true, .is_bold = is_bold, .size = CELL_POINTS, .line = 1.0, .flags = flags};
}

/* Words over several columns stand on the left, whatever the columns do. */
static void add_cell(Print *print, Row *row, Str text, size_t from, size_t to, bool is_bold)
{
    const PrintTableState *table = &print->table;
    PrintStyle style = cell_style(&table->columns[from], is_bold);
    style.flags = to - from > 1 ? 0 : style.flags;
    double width = table->x[to] - table->x[from] - 2 * CELL_PAD_X;
    PangoLayout *layout = print_layout(print, text, &style, width > 1 ? width : 1);
    size_t i = row->n_cells++;
    row->cells[i] = layout;
    row->lines[i] = pango_layout_get_line_count(layout);
    row->first_column[i] = from;
    row->first_column[i + 1] = to;
}

static void drop_row(Row *row)
{
    for (size_t i = 0; i < row->n_cells; i++) {
        g_object_unref(row->cells[i]);
    }
}

static double line_height(PangoLayout *layout)
{
    return print_layout_height(layout) / pango_layout_get_line_count(layout);
}

/* The height of what is left of the row. */
static double rest_height(const Row *row)
{
    double tallest = 0;
    for (size_t i = 0; i < row->n_cells; i++) {
        double height = line_height(row->cells[i]) * (row->lines[i] - row->next[i]);
        tallest = height > tallest ? height : tallest;
    }
    return tallest + 2 * CELL_PAD_Y;
}

static void draw_box(Print *print, const Row *row, double top, double height)
{
    const PrintTableState *table = &print->table;
    double left = table->x[0], right = table->x[table->n_columns];
    print_rule(print, left, top, right - left, 0, false);
    print_rule(print, left, top + height, right - left, 0, false);
    for (size_t i = 0; i <= row->n_cells; i++) {
        print_rule(print, table->x[row->first_column[i]], top, 0, height, false);
    }
}

/* Places as much of the row as fits into `height`. */
static void place_part(Print *print, Row *row, double height)
{
    const PrintTableState *table = &print->table;
    double top = print->y;
    for (size_t i = 0; i < row->n_cells; i++) {
        double one = line_height(row->cells[i]);
        int fit = (int)((height - 2 * CELL_PAD_Y + 0.01) / one);
        int to = row->next[i] + fit < row->lines[i] ? row->next[i] + fit : row->lines[i];
        double x = table->x[row->first_column[i]] + CELL_PAD_X;
        print_put_lines(print, row->cells[i], row->next[i], to, x, top + CELL_PAD_Y);
        row->next[i] = to;
    }
    draw_box(print, row, top, height);
    print->y = top + height;
}

static void make_head(Print *print, Row *head)
{
    for (size_t i = 0; i < print->table.n_columns; i++) {
        add_cell(print, head, print->table.columns[i].label, i, i + 1, true);
    }
    print->table.head_height = rest_height(head);
}

static void place_head(Print *print)
{
    Row head = {0};
    make_head(print, &head);
    place_part(print, &head, print->table.head_height);
    drop_row(&head);
}

static double room_left(const Print *print)
{
    return print->frame.y + print->frame.h - print->y;
}

static bool is_done(const Row *row)
{
    for (size_t i = 0; i < row->n_cells; i++) {
        if (row->next[i] < row->lines[i]) {
            return false;
        }
    }
    return true;
}

static void next_page_of_table(Print *print)
{
    print_next_page(print);
    if (!print->error) {
        place_head(print);
    }
}

static double head_height(Print *print)
{
    Row head = {0};
    if (print->table.head_height <= 0) {
        make_head(print, &head);
        drop_row(&head);
    }
    return print->table.head_height;
}

/* The head never stands alone at the foot of a page: it comes with the first row. */
static void place_first_head(Print *print, const Row *row)
{
    if (!print->table.is_head_due) {
        return;
    }
    print->table.is_head_due = false;
    double wanted = head_height(print) + (row ? rest_height(row) : 0);
    if (wanted > room_left(print) && print->y > print->frame.y + CELL_PAD_Y + 0.01) {
        print_next_page(print);
    }
    if (!print->error) {
        place_head(print);
    }
}

/* A row goes whole onto this page, or whole onto the next; only one taller than a page is cut. */
static void place_row(Print *print, Row *row)
{
    place_first_head(print, row);
    double page_room = print->body.h - head_height(print);
    if (rest_height(row) > room_left(print) && rest_height(row) <= page_room) {
        next_page_of_table(print);
    }
    while (!print_is_over(print) && !is_done(row)) {
        double rest = rest_height(row), room = room_left(print);
        bool is_whole = rest <= room + 0.01;
        if (!is_whole && room < 4 * CELL_POINTS) {
            next_page_of_table(print);
            continue;
        }
        place_part(print, row, is_whole ? rest : room);
        if (!is_done(row)) {
            next_page_of_table(print);
        }
    }
}

void print_table_row(Print *print, const Str *cells)
{
    require(print->table.n_columns > 0);
    if (print_is_over(print)) {
        return;
    }
    Row row = {0};
    for (size_t i = 0; i < print->table.n_columns; i++) {
        add_cell(print, &row, cells[i], i, i + 1, false);
    }
    place_row(print, &row);
    drop_row(&row);
}

void print_table_sum(Print *print, Str words, Str value)
{
    size_t n = print->table.n_columns;
    require(n > 1);
    if (print_is_over(print)) {
        return;
    }
    Row row = {0};
    add_cell(print, &row, words, 0, n - 1, true);
    add_cell(print, &row, value, n - 1, n, true);
    place_row(print, &row);
    drop_row(&row);
}

void print_table_end(Print *print)
{
    if (!print_is_over(print)) {
        place_first_head(print, NULL);
    }
    print->table.n_columns = 0;
    print->y += 2 * CELL_PAD_Y;
}
