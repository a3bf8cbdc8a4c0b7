#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "base/limits.h"
#include "platform/list/csv.h"

#define TEST_ARENA_BYTES (256u * 1024 * 1024)

static int set_up(void **state)
{
    *state = arena_create(TEST_ARENA_BYTES);
    return 0;
}

static int tear_down(void **state)
{
    arena_destroy(*state);
    return 0;
}

static CsvTable read_good(Arena *arena, Str bytes)
{
    CsvTable rows;
    Error *error = csv_read(arena, bytes, &rows);
    assert_null(error);
    return rows;
}

static void assert_cell(const CsvTable *rows, size_t row, size_t column, const char *expected)
{
    assert_true(row < rows->count);
    Str cell = csv_cell(&rows->rows[row], column);
    assert_int_equal(cell.len, strlen(expected));
    assert_memory_equal(cell.data, expected, cell.len);
}

static void rows_and_quoted_cells_are_read(void **state)
{
    CsvTable rows = read_good(
        *state,
        STR("\xEF\xBB\xBF姓名,门牌\r\n林秀兰,\"3 号楼, 201\"\r\n\"说 \"\"好\"\"\",\"a\nb\"\n,"));
    assert_int_equal(rows.count, 3);
    assert_cell(&rows, 0, 0, "姓名");
    assert_cell(&rows, 1, 1, "3 号楼, 201");
    assert_cell(&rows, 2, 0, "说 \"好\"");
    assert_cell(&rows, 2, 1, "a\nb");
    assert_cell(&rows, 2, 9, "");
}

static void empty_rows_are_left_out_but_counted(void **state)
{
    CsvTable rows = read_good(*state, STR("a,b\n\n , \nc,d"));
    assert_int_equal(rows.count, 2);
    assert_int_equal(rows.rows[1].number, 4);
}

/* Reads 4 MB of one line over and over; gives the memory it took. */
static size_t memory_for_repeated(const char *line)
{
    Arena *arena = arena_create(TEST_ARENA_BYTES);
    size_t len = strlen(line);
    size_t size = 4 * 1024 * 1024 / len * len;
    char *bytes = malloc(size);
    assert_non_null(bytes);
    for (size_t at = 0; at < size; at += len) {
        memcpy(bytes + at, line, len);
    }
    CsvTable rows;
    Error *error = csv_read(arena, str_from_bytes(bytes, size), &rows);
    free(bytes);
    size_t used = arena_used(arena);
    assert_true(error == NULL || error->code == ERROR_TOO_LARGE);
    arena_destroy(arena);
    return used;
}

static void a_file_of_empty_lines_costs_no_memory(void **state)
{
    (void)state;
    assert_in_range(memory_for_repeated("\n"), 0, 64 * 1024);
    assert_in_range(memory_for_repeated(",\n"), 0, 64 * 1024);
}

static void a_file_of_short_lines_costs_little_memory(void **state)
{
    (void)state;
    assert_in_range(memory_for_repeated("a\n"), 0, 32 * 1024 * 1024);
}

static void gb18030_is_recognised(void **state)
{
    /* "姓名,路灯" as a Chinese spreadsheet writes it */
    CsvTable rows = read_good(*state, STR("\xD0\xD5\xC3\xFB,\xC2\xB7\xB5\xC6\r\n"));
    assert_true(rows.was_gb18030);
    assert_cell(&rows, 0, 0, "姓名");
    assert_cell(&rows, 0, 1, "路灯");
}

static void tabs_or_semicolons_separate_when_there_is_no_comma(void **state)
{
    CsvTable tabs = read_good(*state, STR("a\tb\n1\t2"));
    assert_cell(&tabs, 1, 1, "2");
    CsvTable semicolons = read_good(*state, STR("a;b\n1;2,5"));
    assert_cell(&semicolons, 1, 1, "2,5");
}

static void a_torn_row_is_named_by_row_and_column(void **state)
{
    const struct {
        const char *text;
        int64_t row;
        const char *column;
    } torn[] = {
        {"a,b\nc,\"d", 2, "2"}, {"a,b\n\nc\"d,e", 3, "1"}, {"a,\"b\"c", 1, "2"},
        {"a,b,c\x01", 1, "3"},  {"a\rb", 1, "1"},          {"\"", 1, "1"},
    };
    for (size_t i = 0; i < countof(torn); i++) {
        CsvTable rows;
        Error *error = csv_read(*state, str_from(torn[i].text), &rows);
        if (!error || error->code != ERROR_CSV_ROW || error->number != torn[i].row ||
            !str_eq(error->word, str_from(torn[i].column))) {
            fail_msg("%s: %s row %lld column %.*s", torn[i].text,
                     error ? error_code_name(error->code) : "accepted",
                     error ? (long long)error->number : 0, STR_ARG(error ? error->word : STR("")));
        }
    }
}

static void bytes_that_are_no_text_are_refused(void **state)
{
    CsvTable rows;
    assert_int_equal(csv_read(*state,
                              STR("\xFF\xFE"
                                  "a\0,\0"),
                              &rows)
                         ->code,
                     ERROR_CSV_UNREADABLE);
    assert_int_equal(csv_read(*state, STR("a,\xFF\xFF"), &rows)->code, ERROR_CSV_UNREADABLE);
    assert_int_equal(csv_read(*state, STR("a,\xC2"), &rows)->code, ERROR_CSV_UNREADABLE);
}

static void an_empty_file_has_no_rows(void **state)
{
    assert_int_equal(read_good(*state, STR("")).count, 0);
    assert_int_equal(read_good(*state, STR("\xEF\xBB\xBF\r\n\r\n")).count, 0);
}

static Str repeat(Arena *arena, Str part, size_t times)
{
    char *out = arena_array(arena, char, part.len *times);
    for (size_t i = 0; i < times; i++) {
        memcpy(out + i * part.len, part.data, part.len);
    }
    return str_from_bytes(out, part.len * times);
}

static void a_file_over_the_limits_is_refused(void **state)
{
    CsvTable rows;
    Str wide = repeat(*state, STR("a,"), LIMIT_CSV_COLUMNS);
    assert_int_equal(csv_read(*state, wide, &rows)->code, ERROR_TOO_LARGE);
    Str long_cell = repeat(*state, STR("a"), LIMIT_CSV_CELL_BYTES + 1);
    assert_int_equal(csv_read(*state, long_cell, &rows)->code, ERROR_TOO_LARGE);
    assert_null(csv_read(*state, str_slice(long_cell, 1, long_cell.len), &rows));
    Str many = repeat(*state, STR("a\n"), LIMIT_CSV_ROWS + 1);
    assert_int_equal(csv_read(*state, many, &rows)->code, ERROR_TOO_LARGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_and_quoted_cells_are_read),
        cmocka_unit_test(empty_rows_are_left_out_but_counted),
        cmocka_unit_test(a_file_of_empty_lines_costs_no_memory),
        cmocka_unit_test(a_file_of_short_lines_costs_little_memory),
        cmocka_unit_test(gb18030_is_recognised),
        cmocka_unit_test(tabs_or_semicolons_separate_when_there_is_no_comma),
        cmocka_unit_test(a_torn_row_is_named_by_row_and_column),
        cmocka_unit_test(bytes_that_are_no_text_are_refused),
        cmocka_unit_test(an_empty_file_has_no_rows),
        cmocka_unit_test(a_file_over_the_limits_is_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
