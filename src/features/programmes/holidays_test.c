/* The files of holidays, and which of them an installation goes by. */
#include "features/programmes/holidays.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "features/programmes/programmes.h"
#include "test_both.h"
#include "test_db.h"

typedef struct Fixture {
    Arena *arena;
    Db *db;
} Fixture;

static int set_up(void **state, DbKind kind)
{
    Arena *arena = arena_create(64u << 20);
    Fixture *fixture = arena_new(arena, Fixture);
    fixture->arena = arena;
    test_db_open(arena, kind, &fixture->db);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *fixture = *state;
    test_db_close(fixture->db);
    arena_destroy(fixture->arena);
    return 0;
}

static Date day(int year, int month, int of_month)
{
    return date_of((CivilDate){year, month, of_month});
}

static HolidayTable table_now(Fixture *f)
{
    Snapshot *snapshot;
    HolidayTable table;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(programmes_holidays(snapshot, &table));
    db_snapshot_end(snapshot);
    return table;
}

static void import(Fixture *f, const char *text)
{
    HolidayYear year;
    test_ok(holidays_parse(f->arena, STR("x.ini"), str_from(text), &year));
    test_ok(db_write(f->db, f->arena, holidays_import, &year, NULL, 0));
}

static void the_year_2026_is_built_in(void **state)
{
    HolidayTable table = table_now(*state);
    assert_true(holidays_know_year(&table, 2026));
    assert_int_equal(working_days_between(&table, day(2025, 12, 31), day(2026, 12, 31)), 248);
    assert_false(is_working_day(&table, day(2026, 2, 17)));
    assert_true(is_working_day(&table, day(2026, 2, 28)));
    assert_false(holidays_know_year(&table, 2027));
}

static void an_imported_year_takes_the_place_of_what_is_built_in(void **state)
{
    import(*state, "[year]\nyear = 2026\n[off]\n2026-05-01 = 劳动节\n");
    HolidayTable table = table_now(*state);
    assert_int_equal(table.n_years, 1);
    assert_true(is_working_day(&table, day(2026, 2, 17)));
    assert_false(is_working_day(&table, day(2026, 5, 1)));
}

static void a_year_imported_again_forgets_what_it_said_before(void **state)
{
    import(*state, "[year]\nyear = 2027\n[off]\n2027-05-01..2027-05-05 = 劳动节\n");
    import(*state, "[year]\nyear = 2027\n[off]\n2027-05-03 = 劳动节\n[work]\n2027-05-08 = 调休\n");
    HolidayTable table = table_now(*state);
    assert_int_equal(table.n_years, 2);
    assert_false(is_working_day(&table, day(2027, 5, 3)));
    assert_true(is_working_day(&table, day(2027, 5, 4)));
    assert_true(is_working_day(&table, day(2027, 5, 8)));
}

static void refused_at(Arena *arena, const char *text, int line, const char *words)
{
    HolidayYear year;
    Error *error = holidays_parse(arena, STR("x.ini"), str_from(text), &year);
    assert_non_null(error);
    assert_int_equal(error->code, ERROR_CONFIGURATION);
    assert_int_equal(error->number, line);
    assert_true(str_contains(error->word, str_from(words)));
}

static void mistakes_name_their_line(void **state)
{
    Arena *arena = ((Fixture *)*state)->arena;
    refused_at(arena, "year = 2026\n", 1, "section");
    refused_at(arena, "[year]\nyear = soon\n", 2, "number");
    refused_at(arena, "[off]\n2026-01-01 = x\n", 2, "comes first");
    refused_at(arena, "[year]\nyear = 2026\n[off]\n2026-02-30 = x\n", 4, "written");
    refused_at(arena, "[year]\nyear = 2026\n[off]\n2026-02-03..2026-02-01 = x\n", 4, "written");
    refused_at(arena, "[year]\nyear = 2026\n[off]\n2027-01-01 = x\n", 4, "not in the year");
    refused_at(arena, "[year]\nyear = 2026\n[work]\n2026-01-02 = x\n", 4, "Saturday");
    refused_at(arena, "[year]\nyear = 2026\n[off]\n2026-01-01 = x\n2026-01-01 = y\n", 5, "twice");
    refused_at(arena, "[year]\nyear = 2026\n", 2, "no day off");
    refused_at(arena, "[year]\nhello\n", 2, "neither");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(the_year_2026_is_built_in),
        ON_BOTH(an_imported_year_takes_the_place_of_what_is_built_in),
        ON_BOTH(a_year_imported_again_forgets_what_it_said_before),
        {"mistakes_name_their_line", mistakes_name_their_line, set_up_sqlite, tear_down, NULL},
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
