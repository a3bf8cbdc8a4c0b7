/* Behaviour of base: one claim a test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "base/map.h"
#include "base/money.h"
#include "base/random.h"
#include "base/utf8.h"
#include "base/vec.h"

static Arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = arena_create(64 * 1024 * 1024);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_destroy(arena);
    return 0;
}

static void assert_str(Str actual, const char *expected)
{
    assert_int_equal(actual.len, strlen(expected));
    assert_memory_equal(actual.data ? actual.data : "", expected, actual.len);
}

static void an_integer_is_read_whole_or_not_at_all(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool good;
        int64_t value;
    } cases[] = {
        {"0", true, 0},
        {"-17", true, -17},
        {"9223372036854775807", true, INT64_MAX},
        {"-9223372036854775808", true, INT64_MIN},
        {"9223372036854775808", false, 0},
        {"", false, 0},
        {"-", false, 0},
        {"1 ", false, 0},
        {"1x", false, 0},
        {"--1", false, 0},
    };
    for (size_t i = 0; i < countof(cases); i++) {
        int64_t value = 0;
        assert_int_equal(str_to_int64(str_from(cases[i].text), &value), cases[i].good);
        assert_int_equal(value, cases[i].value);
    }
}

static void trimming_takes_the_wide_space_too(void **state)
{
    (void)state;
    assert_str(str_trim(str_from(" \t\xE3\x80\x80路灯 坏了\xE3\x80\x80\n")), "路灯 坏了");
    assert_str(str_trim(str_from("  ")), "");
}

static void order_is_by_bytes_and_shorter_comes_first(void **state)
{
    (void)state;
    assert_true(str_compare(STR("10"), STR("2")) < 0);
    assert_true(str_compare(STR("a"), STR("ab")) < 0);
    assert_int_equal(str_compare(STR("路"), STR("路")), 0);
}

static void memory_from_an_arena_is_zeroed_even_after_a_rewind(void **state)
{
    (void)state;
    ArenaMark mark = arena_mark(arena);
    unsigned char *first = arena_array(arena, unsigned char, 5000);
    memset(first, 0xAB, 5000);
    arena_rewind(arena, mark);
    unsigned char *second = arena_array(arena, unsigned char, 5000);
    for (size_t i = 0; i < 5000; i++) {
        assert_int_equal(second[i], 0);
    }
}

static void a_buffer_stops_at_its_limit_and_says_so(void **state)
{
    (void)state;
    Buf buf;
    buf_init(&buf, 8);
    buf_cstr(&buf, "12345678");
    assert_false(buf.overflowed);
    buf_char(&buf, '9');
    assert_true(buf.overflowed);
    assert_str(buf_view(&buf), "12345678");
    buf_free(&buf);
}

static void a_map_finds_what_was_put_in_and_keeps_the_order(void **state)
{
    (void)state;
    Map map;
    map_init(&map, arena);
    static int values[1000];
    for (int i = 0; i < 1000; i++) {
        assert_null(map_set(&map, arena_printf(arena, "key %d", i), &values[i]));
    }
    for (int i = 0; i < 1000; i++) {
        assert_ptr_equal(map_get(&map, arena_printf(arena, "key %d", i)), &values[i]);
        assert_ptr_equal(map.entries[i].value, &values[i]);
    }
    assert_null(map_get(&map, STR("key 1000")));
    assert_ptr_equal(map_set(&map, STR("key 7"), &values[0]), &values[7]);
    assert_int_equal(map.count, 1000);
}

static void a_vector_keeps_its_elements_while_growing(void **state)
{
    (void)state;
    struct {
        int *items;
        size_t count;
        size_t capacity;
    } numbers = {0};
    for (int i = 0; i < 500; i++) {
        *vec_push(arena, &numbers) = i;
    }
    for (int i = 0; i < 500; i++) {
        assert_int_equal(numbers.items[i], i);
    }
}

static void every_day_of_three_centuries_goes_there_and_back(void **state)
{
    (void)state;
    Date start = date_of((CivilDate){1900, 1, 1});
    Date end = date_of((CivilDate){2199, 12, 31});
    int weekday = 1; /* 1 January 1900 was a Monday */
    for (int32_t days = start.days; days <= end.days; days++) {
        CivilDate civil = date_civil((Date){days});
        assert_true(date_is_valid(civil));
        assert_int_equal(date_of(civil).days, days);
        assert_int_equal(date_weekday((Date){days}), weekday);
        weekday = weekday % 7 + 1;
    }
}

static void days_that_do_not_exist_are_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"2027-02-29", "2026-13-01", "2026-00-10", "2026-1",
                                        "",           "2026-04-31", "26-1-1x",    "0-1-1"};
    for (size_t i = 0; i < countof(wrong); i++) {
        Date date;
        assert_false(date_parse(str_from(wrong[i]), &date));
    }
    static const char *const right[] = {"2026-11-21", "2026/11/21", "2026.11.21", "2026年11月21日"};
    for (size_t i = 0; i < countof(right); i++) {
        Date date;
        assert_true(date_parse(str_from(right[i]), &date));
        assert_int_equal(date.days, date_of((CivilDate){2026, 11, 21}).days);
    }
}

static void midnight_in_china_is_sixteen_hours_utc_the_day_before(void **state)
{
    (void)state;
    Date day = date_of((CivilDate){2026, 11, 21});
    Instant midnight = instant_at(day, 0, 0);
    assert_int_equal(midnight.ms % 86400000, 16 * 3600000);
    assert_int_equal(instant_date(midnight).days, day.days);
    assert_int_equal(instant_date((Instant){midnight.ms - 1}).days, day.days - 1);
    CivilTime t = instant_civil(instant_at(day, 17, 30));
    assert_int_equal(t.hour, 17);
    assert_int_equal(t.minute, 30);
}

static void money_is_read_as_people_write_it(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool good;
        int64_t fen;
    } cases[] = {
        {"12800", true, 1280000},
        {"12,800.50", true, 1280050},
        {"¥12,800", true, 1280000},
        {"1.28万", true, 1280000},
        {"1.28万元", true, 1280000},
        {"12800元", true, 1280000},
        {"0.01", true, 1},
        {"0.001", false, 0},
        {"", false, 0},
        {"元", false, 0},
        {"-5", false, 0},
        {"1e5", false, 0},
        {"12.", false, 0},
        {"10000000000000", true, MONEY_MAX_FEN},
        {"10000000000001", false, 0},
        {"99999999999999999999", false, 0},
    };
    for (size_t i = 0; i < countof(cases); i++) {
        Money amount = {0};
        assert_int_equal(money_parse_yuan(str_from(cases[i].text), &amount), cases[i].good);
        assert_int_equal(amount.fen, cases[i].fen);
    }
}

static void money_is_written_with_separators(void **state)
{
    (void)state;
    char text[32];
    money_format_yuan((Money){1280000}, text, sizeof(text));
    assert_string_equal(text, "12,800");
    money_format_yuan((Money){-123456789}, text, sizeof(text));
    assert_string_equal(text, "-1,234,567.89");
    money_format_yuan((Money){5}, text, sizeof(text));
    assert_string_equal(text, "0.05");
}

static void money_never_overflows_silently(void **state)
{
    (void)state;
    Money sum;
    assert_false(money_add((Money){MONEY_MAX_FEN}, (Money){1}, &sum));
    assert_true(money_add((Money){MONEY_MAX_FEN}, (Money){-1}, &sum));
    assert_int_equal(sum.fen, MONEY_MAX_FEN - 1);
}

static void badly_formed_utf8_is_found(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
        "\x80",     "\xE8\xB7",     "\xFF",         "abc\xF0\x9F\x98"};
    for (size_t i = 0; i < countof(wrong); i++) {
        assert_false(utf8_is_valid(str_from(wrong[i])));
    }
    assert_true(utf8_is_valid(STR("路灯 𠮷 é \U0010FFFF")));
}

static void every_code_point_goes_there_and_back(void **state)
{
    (void)state;
    for (uint32_t code = 1; code <= 0x10FFFF; code++) {
        if (code >= 0xD800 && code <= 0xDFFF) {
            continue;
        }
        char bytes[4];
        Str s = {bytes, utf8_encode(code, bytes)};
        size_t at = 0;
        assert_true(utf8_is_valid(s));
        assert_int_equal(utf8_next(s, &at), code);
        assert_int_equal(at, s.len);
    }
}

static void text_that_hides_its_direction_is_not_clean(void **state)
{
    (void)state;
    assert_false(utf8_is_clean(STR("abc\u202Edef")));
    assert_false(utf8_is_clean((Str){"a\0b", 3}));
    assert_true(utf8_is_clean(STR("两行\n话\t。")));
}

static void wide_digits_become_narrow(void **state)
{
    (void)state;
    assert_str(utf8_narrow(arena, STR("１３９　ＡＢＣ，路灯")), "139 ABC,路灯");
    assert_int_equal(utf8_length(STR("路灯ab")), 4);
    assert_true(str_eq(utf8_first(STR("路灯ab"), 3), STR("路灯a")));
    assert_true(str_eq(utf8_first(STR("路灯"), 3), STR("路灯")));
}

static void the_seeded_generator_repeats_itself(void **state)
{
    (void)state;
    Seeded a = {42};
    Seeded b = {42};
    for (int i = 0; i < 100; i++) {
        assert_int_equal(seeded_next(&a), seeded_next(&b));
        assert_true(seeded_below(&a, 7) < 7);
        b.state = a.state;
    }
}

static void a_log_line_hides_secrets_and_escapes_the_rest(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    log_set_fd(ends[1]);
    log_event(LOG_INFO, "test", log_str("password", STR("hunter2")),
              log_str("path", STR("/a\"b\n{\"level\":\"error\"}")));
    log_set_fd(STDERR_FILENO);
    char line[1024];
    ssize_t n = read(ends[0], line, sizeof(line));
    close(ends[0]);
    close(ends[1]);
    Str text = {line, (size_t)n};
    assert_false(str_contains(text, STR("hunter2")));
    assert_true(str_contains(text, STR("\"password\":\"[redacted]\"")));
    assert_true(str_contains(text, STR("/a\\\"b\\u000a{")));
    assert_int_equal(str_find(text, STR("\n")), n - 1);
}

static void an_error_keeps_its_code_field_and_words(void **state)
{
    (void)state;
    Error *error = error_make(arena, ERROR_FIELD_TOO_LONG, "title has %d", 99);
    error = error_with(error_for_field(error, STR("title")), 40, STR(""));
    assert_int_equal(error_code_status(error->code), 422);
    assert_string_equal(error_code_name(error->code), "field.too_long");
    assert_str(error->detail, "title has 99");
    assert_str(error->field, "title");
    assert_false(error_is_environment(error));
}

static void an_error_at_a_field_carries_its_number(void **state)
{
    (void)state;
    Error *err = error_at(arena, ERROR_FIELD_TOO_BIG, "budget", 7);
    assert_int_equal(err->code, ERROR_FIELD_TOO_BIG);
    assert_str(err->field, "budget");
    assert_int_equal(err->number, 7);
    assert_str(err->word, "");
}

static void a_text_is_as_long_as_its_bounds_or_says_which_it_breaks(void **state)
{
    (void)state;
    assert_null(error_length(arena, "reason", STR("路灯"), 2, 3));
    assert_null(error_length(arena, "reason", STR("路灯坏"), 2, 3));
    Error *shorter = error_length(arena, "reason", STR("灯"), 2, 3);
    assert_int_equal(shorter->code, ERROR_FIELD_TOO_SHORT);
    assert_int_equal(shorter->number, 2);
    Error *longer = error_length(arena, "reason", STR("路灯坏了"), 2, 3);
    assert_int_equal(longer->code, ERROR_FIELD_TOO_LONG);
    assert_int_equal(longer->number, 3);
    assert_str(longer->field, "reason");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_error_at_a_field_carries_its_number),
        cmocka_unit_test(a_text_is_as_long_as_its_bounds_or_says_which_it_breaks),
        cmocka_unit_test(an_integer_is_read_whole_or_not_at_all),
        cmocka_unit_test(trimming_takes_the_wide_space_too),
        cmocka_unit_test(order_is_by_bytes_and_shorter_comes_first),
        cmocka_unit_test(memory_from_an_arena_is_zeroed_even_after_a_rewind),
        cmocka_unit_test(a_buffer_stops_at_its_limit_and_says_so),
        cmocka_unit_test(a_map_finds_what_was_put_in_and_keeps_the_order),
        cmocka_unit_test(a_vector_keeps_its_elements_while_growing),
        cmocka_unit_test(every_day_of_three_centuries_goes_there_and_back),
        cmocka_unit_test(days_that_do_not_exist_are_refused),
        cmocka_unit_test(midnight_in_china_is_sixteen_hours_utc_the_day_before),
        cmocka_unit_test(money_is_read_as_people_write_it),
        cmocka_unit_test(money_is_written_with_separators),
        cmocka_unit_test(money_never_overflows_silently),
        cmocka_unit_test(badly_formed_utf8_is_found),
        cmocka_unit_test(every_code_point_goes_there_and_back),
        cmocka_unit_test(text_that_hides_its_direction_is_not_clean),
        cmocka_unit_test(wide_digits_become_narrow),
        cmocka_unit_test(the_seeded_generator_repeats_itself),
        cmocka_unit_test(a_log_line_hides_secrets_and_escapes_the_rest),
        cmocka_unit_test(an_error_keeps_its_code_field_and_words),
    };
    return cmocka_run_group_tests_name("base", tests, open_arena, close_arena);
}
