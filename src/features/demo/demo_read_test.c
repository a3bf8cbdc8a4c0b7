/* The reader of the demonstration's files: what is wrong is named by file, line and column. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "features/demo/demo_read.h"

#define ARENA_BYTES (4u << 20)

static int setup(void **state)
{
    *state = arena_create(ARENA_BYTES);
    return 0;
}

static int teardown(void **state)
{
    arena_destroy(*state);
    return 0;
}

static Error *parse(Arena *arena, const char *text, const char *columns, DemoTable *out)
{
    return demo_table_parse(arena, STR("t.tsv"), str_from(text), columns, out);
}

static void assert_detail(const Error *err, const char *expected)
{
    assert_non_null(err);
    assert_int_equal(err->code, ERROR_CONFIGURATION);
    assert_true(str_starts_with(err->detail, str_from(expected)));
}

static void comments_and_blank_lines_are_left_out(void **state)
{
    DemoTable table;
    assert_null(parse(*state, "# a\n\nkey\tname\n# b\ng\t甲\n\nh\t乙", "key name", &table));
    assert_int_equal(table.count, 2);
    assert_int_equal(table.rows[0].line, 5);
    assert_int_equal(table.rows[1].line, 7);
    assert_true(str_eq(table.rows[1].cells[1], STR("乙")));
}

static void a_dash_alone_is_empty_and_backslash_n_is_a_line_break(void **state)
{
    DemoTable table;
    assert_null(parse(*state, "a\tb\tc\n-\ta-b\t一\\n二\\n\n", "a b c", &table));
    assert_int_equal(table.rows[0].cells[0].len, 0);
    assert_true(str_eq(table.rows[0].cells[1], STR("a-b")));
    assert_true(str_eq(table.rows[0].cells[2], STR("一\n二\n")));
}

static void a_wrong_number_of_cells_names_file_and_line(void **state)
{
    DemoTable table;
    assert_detail(parse(*state, "# x\na\tb\n1\t2\n1\t2\t3\n", "a b", &table),
                  "t.tsv:4: 3 cells where 2 are needed");
    assert_detail(parse(*state, "a\tb\n1\n", "a b", &table), "t.tsv:2: 1 cells");
}

static void other_columns_than_expected_are_refused(void **state)
{
    DemoTable table;
    assert_detail(parse(*state, "# x\na\tc\n", "a b", &table), "t.tsv:2: ");
    assert_detail(parse(*state, "a\tb\tc\n", "a b", &table), "t.tsv:1: ");
    assert_detail(parse(*state, "", "a b", &table), "t.tsv:1: ");
}

static void bytes_that_are_not_utf8_are_refused(void **state)
{
    DemoTable table;
    assert_detail(parse(*state, "a\n\xb9\xf0\n", "a", &table), "t.tsv: not UTF-8");
}

static void a_missing_file_is_named(void **state)
{
    DemoTable table;
    Error *err = demo_table_read(*state, "/nowhere", "x.tsv", "a", &table);
    assert_int_equal(err->code, ERROR_FILE_SYSTEM);
    assert_true(str_contains(err->detail, STR("/nowhere/x.tsv")));
}

/* One row with the given cells, the cursor at the first. */
static DemoCursor row_of(Arena *arena, DemoTable *table, const char *row, const char *columns)
{
    Str header = arena_str(arena, str_from(columns));
    for (size_t i = 0; i < header.len; i++) {
        if (header.data[i] == ' ') {
            ((char *)(uintptr_t)header.data)[i] = '\t';
        }
    }
    Str text = arena_printf(arena, "%.*s\n%s\n", STR_ARG(header), row);
    assert_null(parse(arena, text.data, columns, table));
    DemoCursor cursor = demo_cursor(arena, table);
    demo_row(&cursor, 0);
    return cursor;
}

static void cells_are_read_by_their_kind(void **state)
{
    DemoTable table;
    Map keys;
    map_init(&keys, *state);
    DemoCursor c = row_of(*state, &table, "k\t-20\t09:30\topen\tk\t-", "a b c d e f");
    assert_true(str_eq(next_key(&c, &keys), STR("k")));
    assert_int_equal(next_number(&c, -30, 0), -20);
    assert_int_equal(next_time(&c), 570);
    assert_int_equal(next_word(&c, "done open later"), 1);
    assert_int_equal(next_reference(&c, &keys), 0);
    assert_int_equal(next_reference(&c, &keys), -1);
    assert_null(c.error);
}

static void the_first_wrong_cell_is_named_with_its_column(void **state)
{
    DemoTable table;
    DemoCursor c = row_of(*state, &table, "7x\t25:00", "age at");
    next_number(&c, 0, 120);
    next_time(&c);
    assert_detail(c.error, "t.tsv:2: age: not a whole number");
    c = row_of(*state, &table, "7\t25:00", "age at");
    next_number(&c, 0, 120);
    next_time(&c);
    assert_detail(c.error, "t.tsv:2: at: not a time");
}

static void unknown_words_keys_and_bounds_are_wrong(void **state)
{
    DemoTable table;
    Map keys;
    map_init(&keys, *state);
    DemoCursor c = row_of(*state, &table, "shut", "a");
    next_word(&c, "done open");
    assert_detail(c.error, "t.tsv:2: a: not a word");
    c = row_of(*state, &table, "nobody", "a");
    next_reference(&c, &keys);
    assert_detail(c.error, "t.tsv:2: a: no row has this key");
    c = row_of(*state, &table, "13", "a");
    next_number(&c, 1, 12);
    assert_detail(c.error, "t.tsv:2: a: outside");
    c = row_of(*state, &table, "k\tk", "a b");
    next_key(&c, &keys);
    next_key(&c, &keys);
    assert_detail(c.error, "t.tsv:2: b: missing, or twice");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(comments_and_blank_lines_are_left_out, setup, teardown),
        cmocka_unit_test_setup_teardown(a_dash_alone_is_empty_and_backslash_n_is_a_line_break,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(a_wrong_number_of_cells_names_file_and_line, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(other_columns_than_expected_are_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(bytes_that_are_not_utf8_are_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(a_missing_file_is_named, setup, teardown),
        cmocka_unit_test_setup_teardown(cells_are_read_by_their_kind, setup, teardown),
        cmocka_unit_test_setup_teardown(the_first_wrong_cell_is_named_with_its_column, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(unknown_words_keys_and_bounds_are_wrong, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
