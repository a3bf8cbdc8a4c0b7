/* Any bytes as a CSV file: it is refused with a row and column, or its cells are clean text within
 * the limits, and writing them reads back the same. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "platform/list/csv.h"
#include "platform/list/list.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write_table(Buf *out, const CsvTable *table)
{
    buf_cstr(out, "head,\r\n");
    for (size_t r = 0; r < table->count; r++) {
        for (size_t c = 0; c < table->rows[r].count; c++) {
            buf_cstr(out, c > 0 ? "," : "");
            csv_write_cell(out, table->rows[r].cells[c], false);
        }
        buf_cstr(out, "\r\n");
    }
}

static void check_same(const CsvTable *a, const CsvTable *b)
{
    require(b->count == a->count + 1);
    for (size_t r = 0; r < a->count; r++) {
        require(a->rows[r].count == b->rows[r + 1].count);
        for (size_t c = 0; c < a->rows[r].count; c++) {
            require(str_eq(a->rows[r].cells[c], b->rows[r + 1].cells[c]));
        }
    }
}

static void check_cells(const CsvTable *table)
{
    for (size_t r = 0; r < table->count; r++) {
        require(table->rows[r].count <= LIMIT_CSV_COLUMNS);
        for (size_t c = 0; c < table->rows[r].count; c++) {
            Str cell = table->rows[r].cells[c];
            require(cell.len <= LIMIT_CSV_CELL_BYTES && utf8_is_clean(cell));
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_create((size_t)1024 * 1024 * 1024);
    CsvTable table, again;
    Error *error = csv_read(arena, str_from_bytes((const char *)data, size), &table);
    if (error) {
        require(error->code != ERROR_CSV_ROW || (error->number > 0 && error->word.len > 0));
    } else if (table.count < LIMIT_CSV_ROWS) {
        Buf buf;
        check_cells(&table);
        buf_init(&buf, (size_t)64 * 1024 * 1024);
        write_table(&buf, &table);
        require(!csv_read(arena, arena_str(arena, buf_view(&buf)), &again));
        check_same(&table, &again);
        buf_free(&buf);
    }
    arena_destroy(arena);
    return 0;
}
