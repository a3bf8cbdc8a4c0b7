/* A roll file taken in and undone, on both databases. */
#include "features/people/people_fixture.h"

/* --- a file --- */

static void a_preview_writes_nothing_to_the_roll(void **state)
{
    const DbKind *kind = *state;
    Bench bench;
    open_bench(&bench, *kind);
    Str before = roll_text(&bench);
    RollCounts counts;
    bring(&bench, GOOD, &counts);
    assert_int_equal(counts.added, 1);
    assert_int_equal(counts.changed, 1);
    assert_int_equal(counts.same, 1);
    assert_int_equal(counts.bad, 0);
    assert_same(roll_text(&bench), before);
    close_bench(&bench);
}

static void an_accepted_file_is_on_the_roll_and_undone_it_is_as_before(void **state)
{
    const DbKind *kind = *state;
    Bench bench;
    open_bench(&bench, *kind);
    Str before = roll_text(&bench);
    int64_t import = bring(&bench, GOOD, NULL);
    test_ok(decide(&bench, people_import_accept, import, 1));
    Str after = roll_text(&bench);
    assert_true(str_contains(after, STR("郭敏|13800000002|5 号楼|102|000005-000102|1994-3|1\n")));
    assert_true(str_contains(after, STR("林小满|13800000009|3 号楼|501|")));
    assert_true(str_contains(after, STR("罗小平||1 号楼|101|")));
    test_ok(decide(&bench, people_import_undo, import, 2));
    assert_same(roll_text(&bench), before);
    close_bench(&bench);
}

static void a_file_with_a_bad_row_is_not_taken_in_at_all(void **state)
{
    const DbKind *kind = *state;
    Bench bench;
    open_bench(&bench, *kind);
    Str before = roll_text(&bench);
    RollCounts counts;
    int64_t import = bring(&bench, BAD, &counts);
    assert_int_equal(counts.bad, 1);
    Error *err = decide(&bench, people_import_accept, import, 1);
    assert_int_equal(code_of(err), ERROR_ROLL_HAS_BAD_ROWS);
    assert_int_equal(err->number, 1);
    assert_same(roll_text(&bench), before);
    close_bench(&bench);
}

static void a_bad_row_names_its_line_and_column_and_keeps_the_cell(void **state)
{
    const DbKind *kind = *state;
    Bench bench;
    open_bench(&bench, *kind);
    int64_t import = bring(&bench, BAD, NULL);
    Snapshot *snapshot;
    ImportRowsRows rows;
    test_ok(db_snapshot_begin(bench.db, bench.arena, &snapshot));
    test_ok(sql_import_rows(snapshot, bench.area, import, ROLL_BAD, 0, 10, &rows));
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.rows[0].line, 2);
    assert_int_equal(rows.rows[0].bad_column, 2);
    assert_same(rows.rows[0].bad_cell, STR("1380013"));
    assert_same(rows.rows[0].bad_code, STR("roll.phone_unreadable"));
    db_snapshot_end(snapshot);
    close_bench(&bench);
}

static void an_import_is_decided_once(void **state)
{
    const DbKind *kind = *state;
    Bench bench;
    open_bench(&bench, *kind);
    int64_t import = bring(&bench, GOOD, NULL);
    assert_int_equal(code_of(decide(&bench, people_import_accept, import, 7)),
                     ERROR_VERSION_CONFLICT);
    assert_int_equal(code_of(decide(&bench, people_import_undo, import, 1)),
                     ERROR_ROLL_IMPORT_DECIDED);
    test_ok(decide(&bench, people_import_accept, import, 1));
    assert_int_equal(code_of(decide(&bench, people_import_accept, import, 2)),
                     ERROR_ROLL_IMPORT_DECIDED);
    assert_int_equal(code_of(decide(&bench, people_import_drop, import, 2)),
                     ERROR_ROLL_IMPORT_DECIDED);
    assert_int_equal(code_of(decide(&bench, people_import_accept, import + 1, 1)), ERROR_NOT_FOUND);
    close_bench(&bench);
}

static void a_dropped_file_leaves_no_names_behind(void **state)
{
    const DbKind *kind = *state;
    Bench bench;
    open_bench(&bench, *kind);
    int64_t import = bring(&bench, GOOD, NULL);
    test_ok(decide(&bench, people_import_drop, import, 1));
    Snapshot *snapshot;
    ImportRowsRows rows;
    test_ok(db_snapshot_begin(bench.db, bench.arena, &snapshot));
    test_ok(sql_import_rows(snapshot, bench.area, import, ROLL_NEW, 0, 10, &rows));
    assert_int_equal(rows.count, 0);
    db_snapshot_end(snapshot);
    close_bench(&bench);
}

static void a_roll_that_changed_after_the_preview_is_not_overwritten(void **state)
{
    const DbKind *kind = *state;
    Bench bench;
    open_bench(&bench, *kind);
    int64_t first = bring(&bench, GOOD, NULL);
    int64_t second =
        bring(&bench, HEAD "林小满,13800000001,7 号楼,303,,\n郭敏,13800000002,,,,\n", NULL);
    test_ok(decide(&bench, people_import_accept, second, 1));
    Str before = roll_text(&bench);
    Error *err = decide(&bench, people_import_accept, first, 1);
    assert_int_equal(code_of(err), ERROR_ROLL_CHANGED_SINCE);
    assert_int_equal(err->number, 2);
    assert_same(roll_text(&bench), before);
    close_bench(&bench);
}

static void an_import_changed_since_is_not_undone(void **state)
{
    const DbKind *kind = *state;
    Bench bench;
    open_bench(&bench, *kind);
    int64_t first = bring(&bench, GOOD, NULL);
    test_ok(decide(&bench, people_import_accept, first, 1));
    int64_t second = bring(&bench, HEAD "郭敏,13800000002,6 号楼,102,,\n", NULL);
    test_ok(decide(&bench, people_import_accept, second, 1));
    Str before = roll_text(&bench);
    Error *err = decide(&bench, people_import_undo, first, 2);
    assert_int_equal(code_of(err), ERROR_ROLL_CHANGED_SINCE);
    assert_int_equal(err->number, 1);
    assert_same(roll_text(&bench), before);
    test_ok(decide(&bench, people_import_undo, second, 2));
    close_bench(&bench);
}

static void somebody_who_was_given_a_code_since_is_not_undone(void **state)
{
    const DbKind *kind = *state;
    Bench bench;
    open_bench(&bench, *kind);
    int64_t import = bring(&bench, GOOD, NULL);
    test_ok(decide(&bench, people_import_accept, import, 1));
    Snapshot *snapshot;
    RollFindPhoneRows found;
    test_ok(db_snapshot_begin(bench.db, bench.arena, &snapshot));
    test_ok(sql_roll_find_phone(snapshot, bench.area, STR("13800000002"), &found));
    db_snapshot_end(snapshot);
    assert_int_equal(found.count, 1);
    assert_int_equal(new_code(&bench, found.rows[0].id), ERROR_NONE);
    assert_int_equal(code_of(decide(&bench, people_import_undo, import, 2)),
                     ERROR_ROLL_CHANGED_SINCE);
    close_bench(&bench);
}

/* Five thousand rows are taken in within the time of one use case: test_db holds it to that. */
static void a_long_file_is_taken_in_whole(void **state)
{
    const DbKind *kind = *state;
    Bench bench;
    open_bench(&bench, *kind);
    Buf csv;
    buf_init(&csv, 1 << 20);
    buf_cstr(&csv, HEAD);
    for (int i = 0; i < 2000; i++) {
        buf_printf(&csv, "居民%d,139%08d,%d 号楼,%d,1980-01,户籍\n", i, i, i / 100 + 20, i % 100);
    }
    Str text = arena_str(bench.arena, buf_view(&csv));
    buf_free(&csv);
    RollCounts counts;
    int64_t import = bring(&bench, text.data, &counts);
    assert_int_equal(counts.added, 2000);
    test_ok(decide(&bench, people_import_accept, import, 1));
    bring(&bench, text.data, &counts);
    assert_int_equal(counts.same, 2000);
    test_ok(decide(&bench, people_import_undo, import, 2));
    close_bench(&bench);
}

static void another_community_sees_and_decides_nothing(void **state)
{
    const DbKind *kind = *state;
    Bench bench;
    open_bench(&bench, *kind);
    int64_t import = bring(&bench, GOOD, NULL);
    int64_t here = bench.area;
    bench.area = here + 1;
    assert_int_equal(code_of(decide(&bench, people_import_accept, import, 1)), ERROR_NOT_FOUND);
    assert_int_equal(roll_text(&bench).len, 0);
    bench.area = here;
    close_bench(&bench);
}

static void column_names_may_stand_under_a_title_and_be_called_otherwise(void **state)
{
    Bench bench = {.arena = arena_create(1 << 20)};
    (void)state;
    RollRow *rows;
    size_t count;
    const char *csv = "桂竹社区居民名册,,\n户主大名,机主,楼栋\n计东篱,13900000001,9\n";
    Error *err = try_read(&bench, csv, "", &rows, &count);
    assert_non_null(err);
    assert_int_equal(err->code, ERROR_ROLL_NO_NAME_COLUMN);
    assert_true(str_eq(err->word, STR("户主大名、机主、楼栋")));
    test_ok(try_read(&bench, csv, "name=户主大名\nphone= 机主\n", &rows, &count));
    assert_int_equal(count, 1);
    assert_int_equal(rows[0].line, 3);
    assert_true(str_eq(rows[0].name, STR("计东篱")));
    assert_true(str_eq(rows[0].phone, STR("13900000001")));
    arena_destroy(bench.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(column_names_may_stand_under_a_title_and_be_called_otherwise),
        TEST(a_preview_writes_nothing_to_the_roll),
        TEST(an_accepted_file_is_on_the_roll_and_undone_it_is_as_before),
        TEST(a_file_with_a_bad_row_is_not_taken_in_at_all),
        TEST(a_bad_row_names_its_line_and_column_and_keeps_the_cell),
        TEST(an_import_is_decided_once),
        TEST(a_dropped_file_leaves_no_names_behind),
        TEST(a_roll_that_changed_after_the_preview_is_not_overwritten),
        TEST(an_import_changed_since_is_not_undone),
        TEST(somebody_who_was_given_a_code_since_is_not_undone),
        TEST(a_long_file_is_taken_in_whole),
        TEST(another_community_sees_and_decides_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
