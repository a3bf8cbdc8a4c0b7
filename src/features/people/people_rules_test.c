/* Ages, masks, addresses, the words of a roll file, and what its rows mean. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "features/people/people_rules.h"

static const Str usual_names[] = {STR_INIT("姓名"), STR_INIT("手机号"),   STR_INIT("楼栋"),
                                  STR_INIT("门牌"), STR_INIT("出生年月"), STR_INIT("居住情况")};

typedef struct Bench {
    Arena *arena;
    RollHeader header;
} Bench;

static int set_up(void **state)
{
    Bench *bench = calloc(1, sizeof(*bench));
    bench->arena = arena_create(1u << 24);
    *state = bench;
    return people_roll_header_read(bench->arena, usual_names, countof(usual_names),
                                   &bench->header) == NULL
               ? 0
               : 1;
}

static int tear_down(void **state)
{
    Bench *bench = *state;
    arena_destroy(bench->arena);
    free(bench);
    return 0;
}

static Date day(int year, int month, int of_month)
{
    return date_of((CivilDate){year, month, of_month});
}

static void assert_str(Str actual, const char *expected)
{
    assert_int_equal(actual.len, strlen(expected));
    assert_memory_equal(actual.data, expected, actual.len);
}

static RollRow row_of(Bench *bench, int64_t line, const char *name, const char *phone,
                      const char *building, const char *door, const char *birth,
                      const char *residency)
{
    Str cells[] = {str_from(name), str_from(phone), str_from(building),
                   str_from(door), str_from(birth), str_from(residency)};
    RollRow row;
    people_roll_row_read(bench->arena, &bench->header, cells, countof(cells), line,
                         day(2026, 11, 21), &row);
    return row;
}

static RollPerson person_of(Bench *bench, int64_t id, const char *name, const char *phone,
                            const char *building, const char *door)
{
    RollPerson person = {.person = id,
                         .name = str_from(name),
                         .phone = str_from(phone),
                         .building = str_from(building),
                         .door = str_from(door),
                         .birth_year = 1960,
                         .birth_month = 5,
                         .residency = RESIDENCY_TENANT};
    person.place_key = people_place_key(bench->arena, person.building, person.door);
    return person;
}

static void nobody_is_counted_older_than_they_certainly_are(void **state)
{
    (void)state;
    assert_int_equal(people_age_on(2011, 11, day(2026, 11, 29)), 14);
    assert_int_equal(people_age_on(2011, 11, day(2026, 11, 30)), 15);
    assert_int_equal(people_age_on(2011, 10, day(2026, 11, 1)), 15);
    assert_int_equal(people_age_on(2011, 12, day(2026, 11, 21)), 14);
}

static void an_unknown_month_counts_as_the_end_of_the_year(void **state)
{
    (void)state;
    assert_int_equal(people_age_on(2011, 0, day(2026, 12, 30)), 14);
    assert_int_equal(people_age_on(2011, 0, day(2026, 12, 31)), 15);
}

static void an_unknown_year_has_no_age(void **state)
{
    (void)state;
    assert_int_equal(people_age_on(0, 0, day(2026, 12, 31)), -1);
}

static void a_birth_in_a_leap_february_is_over_on_its_last_day(void **state)
{
    (void)state;
    assert_int_equal(people_age_on(2012, 2, day(2027, 2, 28)), 15);
    assert_int_equal(people_age_on(2012, 2, day(2028, 2, 28)), 15);
    assert_int_equal(people_age_on(2012, 2, day(2028, 2, 29)), 16);
}

static void in_public_a_person_is_a_surname(void **state)
{
    Bench *bench = *state;
    assert_str(people_masked_name(bench->arena, STR("林小满")), "林邻居");
    assert_str(people_masked_name(bench->arena, STR("欧阳春")), "欧阳邻居");
    assert_str(people_masked_name(bench->arena, STR("司马")), "司邻居");
    assert_str(people_masked_name(bench->arena, STR("Anna Maria Smith")), "Smith邻居");
}

static void a_phone_is_shown_by_its_ends(void **state)
{
    Bench *bench = *state;
    assert_str(people_masked_phone(bench->arena, STR("19900000001")), "199****0001");
    assert_str(people_masked_phone(bench->arena, STR("80000126")), "****126");
    assert_str(people_masked_phone(bench->arena, STR("")), "");
}

static void two_ways_of_writing_an_address_are_one(void **state)
{
    Bench *bench = *state;
    Str key = people_place_key(bench->arena, STR("3 号楼"), STR("2 单元 501 室"));
    assert_str(key, "000003-000002-000501");
    assert_true(str_eq(key, people_place_key(bench->arena, STR("３栋"), STR("2-0501"))));
    assert_false(str_eq(key, people_place_key(bench->arena, STR("3 号楼"), STR("2501"))));
}

static void building_two_comes_before_building_ten(void **state)
{
    Bench *bench = *state;
    assert_true(str_compare(people_place_key(bench->arena, STR("2 号楼"), STR("101")),
                            people_place_key(bench->arena, STR("10 号楼"), STR("101"))) < 0);
}

static void a_named_building_and_a_lettered_door_keep_their_names(void **state)
{
    Bench *bench = *state;
    assert_str(people_place_key(bench->arena, STR("桂苑 1 栋"), STR("a12")), "桂苑-000001-A000012");
    assert_str(people_place_key(bench->arena, STR(""), STR("")), "");
}

static void columns_are_recognised_in_any_order_and_language(void **state)
{
    Bench *bench = *state;
    const Str cells[] = {STR("序号"),  STR("Mobile "),       STR("居住情况（必填）"),
                         STR("名字*"), STR("Date of birth"), STR("房号"),
                         STR("楼号")};
    RollHeader header;
    assert_null(people_roll_header_read(bench->arena, cells, countof(cells), &header));
    assert_int_equal(header.place[ROLL_NAME], 3);
    assert_int_equal(header.place[ROLL_PHONE], 1);
    assert_int_equal(header.place[ROLL_BUILDING], 6);
    assert_int_equal(header.place[ROLL_DOOR], 5);
    assert_int_equal(header.place[ROLL_BIRTH], 4);
    assert_int_equal(header.place[ROLL_RESIDENCY], 2);
}

static void a_file_without_names_is_refused(void **state)
{
    Bench *bench = *state;
    const Str cells[] = {STR("手机号"), STR("楼栋")};
    RollHeader header;
    Error *err = people_roll_header_read(bench->arena, cells, countof(cells), &header);
    assert_non_null(err);
    assert_int_equal(err->code, ERROR_ROLL_NO_NAME_COLUMN);
}

static void births_are_read_as_people_write_them(void **state)
{
    Bench *bench = *state;
    static const struct {
        const char *typed;
        int year, month;
    } cases[] = {{"1994-03", 1994, 3},  {"1994年3月", 1994, 3}, {"199403", 1994, 3},
                 {"19940317", 1994, 3}, {"1994/3/17", 1994, 3}, {"１９９４．３", 1994, 3},
                 {"1994", 1994, 0},     {" 1994年 ", 1994, 0},  {"1994-03-17", 1994, 3}};
    for (size_t i = 0; i < countof(cases); i++) {
        int year = -1, month = -1;
        assert_int_equal(people_birth_read(bench->arena, str_from(cases[i].typed),
                                           day(2026, 11, 21), &year, &month),
                         ERROR_NONE);
        assert_int_equal(year, cases[i].year);
        assert_int_equal(month, cases[i].month);
    }
}

static void births_that_are_not_are_refused(void **state)
{
    Bench *bench = *state;
    static const char *const cases[] = {"",          "不详",      "94-03",           "1994-13",
                                        "1994-2-30", "1-2-3-4-5", "123456789012345", "1994x"};
    int year, month;
    for (size_t i = 0; i < countof(cases); i++) {
        assert_int_equal(
            people_birth_read(bench->arena, str_from(cases[i]), day(2026, 11, 21), &year, &month),
            ERROR_ROLL_BIRTH_UNREADABLE);
    }
    assert_int_equal(
        people_birth_read(bench->arena, STR("2031-03"), day(2026, 11, 21), &year, &month),
        ERROR_ROLL_BIRTH_FUTURE);
}

static void residency_words_are_known(void **state)
{
    Bench *bench = *state;
    assert_int_equal(people_residency_read(bench->arena, STR("租户")), RESIDENCY_TENANT);
    assert_int_equal(people_residency_read(bench->arena, STR("Works here")), RESIDENCY_WORKS_HERE);
    assert_int_equal(people_residency_read(bench->arena, STR("暂住")), RESIDENCY_UNKNOWN);
}

static void a_good_line_is_read_whole(void **state)
{
    Bench *bench = *state;
    RollRow row = row_of(bench, 7, "林小满", "199 0000-0001", "3 号楼", "501", "1961-4", "户籍");
    assert_int_equal(row.bad, ERROR_NONE);
    assert_int_equal(row.line, 7);
    assert_str(row.name, "林小满");
    assert_str(row.phone, "19900000001");
    assert_str(row.place_key, "000003-000501");
    assert_int_equal(row.birth_year, 1961);
    assert_int_equal(row.birth_month, 4);
    assert_int_equal(row.residency, RESIDENCY_REGISTERED);
}

static void a_bad_line_names_its_column_and_keeps_the_cell(void **state)
{
    Bench *bench = *state;
    RollRow row = row_of(bench, 8, "郭敏", "", "3 号楼", "501", "", "暂住");
    assert_int_equal(row.bad, ERROR_ROLL_RESIDENCY_UNKNOWN);
    assert_int_equal(row.bad_column, 6);
    assert_str(row.bad_cell, "暂住");
}

static void a_line_without_a_name_is_bad(void **state)
{
    Bench *bench = *state;
    RollRow row = row_of(bench, 8, " ", "19900000001", "", "", "", "");
    assert_int_equal(row.bad, ERROR_ROLL_NAME_MISSING);
    assert_int_equal(row.bad_column, 1);
}

static void a_short_line_is_a_line_with_blank_cells(void **state)
{
    Bench *bench = *state;
    const Str cells[] = {STR("林小满")};
    RollRow row;
    people_roll_row_read(bench->arena, &bench->header, cells, 1, 2, day(2026, 11, 21), &row);
    assert_int_equal(row.bad, ERROR_NONE);
    assert_int_equal(row.phone.len, 0);
}

static void the_guard_against_formulas_is_not_part_of_a_name(void **state)
{
    Bench *bench = *state;
    RollRow row = row_of(bench, 8, "'=1+1", "'13800000001", "", "", "", "");
    assert_int_equal(row.bad, ERROR_NONE);
    assert_str(row.name, "=1+1");
    assert_str(row.phone, "13800000001");
}

static void characters_that_turn_text_around_are_refused(void **state)
{
    Bench *bench = *state;
    RollRow row = row_of(bench, 8, "林\xe2\x80\xae小满", "", "", "", "", "");
    assert_int_equal(row.bad, ERROR_FIELD_CHARACTERS);
    assert_int_equal(row.bad_cell.len, 0);
}

static RollChange *compare(Bench *bench, const RollRow *rows, size_t n_rows, const RollPerson *roll,
                           size_t n_roll, RollCounts *counts)
{
    RollChange *changes;
    people_roll_compare(bench->arena, &bench->header, rows, n_rows, roll, n_roll, &changes, counts);
    return changes;
}

static void somebody_unknown_is_new(void **state)
{
    Bench *bench = *state;
    RollRow row = row_of(bench, 2, "林小满", "19900000001", "3 号楼", "501", "", "");
    RollCounts counts;
    RollChange *changes = compare(bench, &row, 1, NULL, 0, &counts);
    assert_int_equal(changes[0].kind, ROLL_NEW);
    assert_int_equal(changes[0].row.residency, RESIDENCY_REGISTERED);
    assert_int_equal(counts.added, 1);
}

static void the_same_name_and_phone_is_the_same_person(void **state)
{
    Bench *bench = *state;
    RollPerson roll = person_of(bench, 42, "林小满", "19900000001", "3 号楼", "501");
    RollRow row = row_of(bench, 2, "林小满", "19900000001", "5 号楼", "102", "", "");
    RollCounts counts;
    RollChange *changes = compare(bench, &row, 1, &roll, 1, &counts);
    assert_int_equal(changes[0].kind, ROLL_CHANGED);
    assert_int_equal(changes[0].before.person, 42);
    assert_str(changes[0].before.building, "3 号楼");
    assert_str(changes[0].row.building, "5 号楼");
}

static void blank_cells_keep_what_is_known(void **state)
{
    Bench *bench = *state;
    RollPerson roll = person_of(bench, 42, "林小满", "19900000001", "3 号楼", "501");
    RollRow row = row_of(bench, 2, "林小满", "", "3栋", "0501", "", "");
    RollCounts counts;
    RollChange *changes = compare(bench, &row, 1, &roll, 1, &counts);
    assert_int_equal(changes[0].kind, ROLL_SAME);
    assert_str(changes[0].row.phone, "19900000001");
    assert_str(changes[0].row.building, "3 号楼");
    assert_int_equal(changes[0].row.birth_year, 1960);
    assert_int_equal(changes[0].row.birth_month, 5);
    assert_int_equal(changes[0].row.residency, RESIDENCY_TENANT);
}

static void a_new_phone_at_the_same_door_is_a_change(void **state)
{
    Bench *bench = *state;
    RollPerson roll = person_of(bench, 42, "林小满", "19900000001", "3 号楼", "501");
    RollRow row = row_of(bench, 2, "林小满", "19900000002", "3 号楼", "501", "", "");
    RollCounts counts;
    RollChange *changes = compare(bench, &row, 1, &roll, 1, &counts);
    assert_int_equal(changes[0].kind, ROLL_CHANGED);
    assert_str(changes[0].before.phone, "19900000001");
    assert_str(changes[0].row.phone, "19900000002");
}

static void one_number_for_two_people_is_refused(void **state)
{
    Bench *bench = *state;
    RollPerson roll = person_of(bench, 42, "林小满", "19900000001", "3 号楼", "501");
    RollRow rows[] = {row_of(bench, 2, "周建平", "19900000005", "", "", "", ""),
                      row_of(bench, 3, "郭敏", "19900000005", "", "", "", ""),
                      row_of(bench, 4, "罗小平", "19900000001", "", "", "", "")};
    RollCounts counts;
    RollChange *changes = compare(bench, rows, 3, &roll, 1, &counts);
    assert_int_equal(changes[0].kind, ROLL_NEW);
    assert_int_equal(changes[1].row.bad, ERROR_ROLL_PHONE_TWICE);
    assert_int_equal(changes[1].row.bad_number, 2);
    assert_int_equal(changes[1].row.bad_column, 2);
    assert_int_equal(changes[2].row.bad, ERROR_ROLL_PHONE_TAKEN);
    assert_int_equal(counts.bad, 2);
}

static void one_person_twice_in_the_file_is_refused(void **state)
{
    Bench *bench = *state;
    RollPerson roll = person_of(bench, 42, "林小满", "19900000001", "3 号楼", "501");
    RollRow rows[] = {row_of(bench, 2, "赵桂枝", "", "1 号楼", "101", "", ""),
                      row_of(bench, 3, "赵桂枝", "", "1栋", "101室", "", ""),
                      row_of(bench, 4, "林小满", "19900000001", "", "", "", ""),
                      row_of(bench, 5, "林小满", "", "3 号楼", "501", "", "")};
    RollCounts counts;
    RollChange *changes = compare(bench, rows, 4, &roll, 1, &counts);
    assert_int_equal(changes[1].row.bad, ERROR_ROLL_PERSON_TWICE);
    assert_int_equal(changes[1].row.bad_number, 2);
    assert_int_equal(changes[2].kind, ROLL_SAME);
    assert_int_equal(changes[3].row.bad, ERROR_ROLL_PERSON_TWICE);
    assert_int_equal(changes[3].row.bad_number, 4);
}

static void two_of_one_name_at_one_door_need_the_phone(void **state)
{
    Bench *bench = *state;
    RollPerson roll[] = {person_of(bench, 1, "王芳", "19900000001", "3 号楼", "501"),
                         person_of(bench, 2, "王芳", "19900000002", "3 号楼", "501")};
    RollRow unclear = row_of(bench, 2, "王芳", "", "3 号楼", "501", "", "");
    RollRow clear = row_of(bench, 2, "王芳", "19900000002", "3 号楼", "501", "", "");
    RollCounts counts;
    assert_int_equal(compare(bench, &unclear, 1, roll, 2, &counts)[0].row.bad,
                     ERROR_ROLL_AMBIGUOUS);
    assert_int_equal(compare(bench, &clear, 1, roll, 2, &counts)[0].before.person, 2);
}

static void a_building_without_a_door_names_nobody(void **state)
{
    Bench *bench = *state;
    RollPerson roll = person_of(bench, 1, "王芳", "", "3 号楼", "");
    RollRow row = row_of(bench, 2, "王芳", "", "3 号楼", "", "", "");
    RollCounts counts;
    assert_int_equal(compare(bench, &row, 1, &roll, 1, &counts)[0].kind, ROLL_NEW);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

static void a_name_means_somebody_when_only_one_on_the_roll_has_it(void **state)
{
    (void)state;
    const RollPerson roll[] = {{.person = 1, .name = STR_INIT("示例甲")},
                               {.person = 2, .name = STR_INIT("示例乙")},
                               {.person = 3, .name = STR_INIT("示例乙")}};
    assert_int_equal(people_named(roll, countof(roll), STR("示例甲")), 1);
    assert_int_equal(people_named(roll, countof(roll), STR("示例乙")), 0);
    assert_int_equal(people_named(roll, countof(roll), STR("示例")), 0);
    assert_int_equal(people_named(roll, countof(roll), STR("")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nobody_is_counted_older_than_they_certainly_are),
        TEST(an_unknown_month_counts_as_the_end_of_the_year),
        TEST(an_unknown_year_has_no_age),
        TEST(a_birth_in_a_leap_february_is_over_on_its_last_day),
        TEST(in_public_a_person_is_a_surname),
        TEST(a_phone_is_shown_by_its_ends),
        TEST(two_ways_of_writing_an_address_are_one),
        TEST(building_two_comes_before_building_ten),
        TEST(a_named_building_and_a_lettered_door_keep_their_names),
        TEST(columns_are_recognised_in_any_order_and_language),
        TEST(a_file_without_names_is_refused),
        TEST(births_are_read_as_people_write_them),
        TEST(births_that_are_not_are_refused),
        TEST(residency_words_are_known),
        TEST(a_good_line_is_read_whole),
        TEST(a_bad_line_names_its_column_and_keeps_the_cell),
        TEST(a_line_without_a_name_is_bad),
        TEST(a_short_line_is_a_line_with_blank_cells),
        TEST(the_guard_against_formulas_is_not_part_of_a_name),
        TEST(characters_that_turn_text_around_are_refused),
        TEST(somebody_unknown_is_new),
        TEST(the_same_name_and_phone_is_the_same_person),
        TEST(blank_cells_keep_what_is_known),
        TEST(a_new_phone_at_the_same_door_is_a_change),
        TEST(one_number_for_two_people_is_refused),
        TEST(one_person_twice_in_the_file_is_refused),
        TEST(two_of_one_name_at_one_door_need_the_phone),
        TEST(a_building_without_a_door_names_nobody),
        TEST(a_name_means_somebody_when_only_one_on_the_roll_has_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
