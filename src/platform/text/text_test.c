#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "common_text.h"
#include "platform/text/text.h"

#define TEST_ARENA_BYTES (16u * 1024 * 1024)

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

static void assert_says(Arena *arena, Lang lang, Text text, const char *expected)
{
    assert_string_equal(arena_cstr(arena, text_str(arena, lang, text)), expected);
}

static void every_error_code_has_a_sentence(void **state)
{
    for (int code = 1; code < ERROR_CODE_COUNT; code++) {
        Error error = {.code = (ErrorCode)code, .number = 3, .word = STR_INIT("词")};
        Text text = text_of_error(&error);
        if (text.key == 0 || text_str(*state, LANG_ZH, text).len == 0) {
            fail_msg("no sentence for error.%s", error_code_name(error.code));
        }
    }
}

static void an_error_fills_its_number_and_word(void **state)
{
    Error error = {.code = ERROR_CSV_ROW, .number = 17, .word = STR_INIT("3")};
    Str said = text_str(*state, LANG_ZH, text_of_error(&error));
    assert_true(str_contains(said, STR("17")));
    assert_true(str_contains(said, STR("3")));
}

static void no_error_says_nothing(void **state)
{
    assert_says(*state, LANG_ZH, text_of_error(NULL), "");
}

static void every_key_has_both_languages(void **state)
{
    (void)state;
    assert_true(text_entry_count > 1);
    for (int i = 1; i < text_entry_count; i++) {
        assert_true(strlen(text_entries[i].body[LANG_ZH]) > 0);
        assert_true(strlen(text_entries[i].body[LANG_EN]) > 0);
        assert_string_equal(text_name(text_named(text_entries[i].name).key), text_entries[i].name);
    }
}

static void english_counts_in_singular_and_plural(void **state)
{
    assert_says(*state, LANG_EN, t_common_days_left(1), "1 day left");
    assert_says(*state, LANG_EN, t_common_days_left(6), "6 days left");
    assert_says(*state, LANG_ZH, t_common_days_left(1), "还剩 1 天");
}

static void a_sentence_may_hold_a_sentence(void **state)
{
    Text field = t_common_skip_to_content(), problem = t_common_days_left(2);
    assert_says(*state, LANG_ZH, t_form_error_link(&field, &problem), "跳到正文：还剩 2 天");
}

static void words_of_strangers_are_not_read_for_marks(void **state)
{
    assert_says(*state, LANG_ZH, t_common_signed_in_as(STR("**{0}")), "**{0}，您好");
}

static void money_is_written_with_its_unit(void **state)
{
    Money some = {1280000}, odd = {-1280050};
    assert_string_equal(arena_cstr(*state, format_money(*state, LANG_ZH, some)), "12,800\u00a0元");
    assert_string_equal(arena_cstr(*state, format_money(*state, LANG_EN, some)), "¥12,800");
    assert_string_equal(arena_cstr(*state, format_money(*state, LANG_ZH, odd)),
                        "-12,800.50\u00a0元");
}

static void the_year_is_written_when_it_is_another_one(void **state)
{
    Date day = date_of((CivilDate){2027, 5, 12});
    Instant same = instant_at(date_of((CivilDate){2027, 1, 1}), 0, 0);
    Instant before = {same.ms - 1};
    assert_string_equal(arena_cstr(*state, format_date(*state, LANG_ZH, day, same)),
                        "5月12日（周三）");
    assert_string_equal(arena_cstr(*state, format_date(*state, LANG_ZH, day, before)),
                        "2027年5月12日（周三）");
    assert_string_equal(arena_cstr(*state, format_date(*state, LANG_EN, day, before)),
                        "Wed 12 May 2027");
    assert_string_equal(arena_cstr(*state, format_date(*state, LANG_ZH, day, (Instant){0})),
                        "2027年5月12日（周三）");
}

static void a_time_is_written_in_china_time(void **state)
{
    Instant at = instant_at(date_of((CivilDate){2027, 5, 12}), 17, 5);
    assert_string_equal(arena_cstr(*state, format_time(*state, LANG_ZH, at, at)),
                        "5月12日（周三）17:05");
    assert_string_equal(arena_cstr(*state, format_time(*state, LANG_EN, at, at)),
                        "Wed 12 May, 17:05");
}

static void no_date_is_said_in_words(void **state)
{
    Instant now = {1};
    assert_string_equal(arena_cstr(*state, format_date(*state, LANG_ZH, DATE_NONE, now)), "未定");
    assert_string_equal(arena_cstr(*state, format_time(*state, LANG_EN, (Instant){0}, now)),
                        "not set");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_error_code_has_a_sentence),
        cmocka_unit_test(an_error_fills_its_number_and_word),
        cmocka_unit_test(no_error_says_nothing),
        cmocka_unit_test(every_key_has_both_languages),
        cmocka_unit_test(english_counts_in_singular_and_plural),
        cmocka_unit_test(a_sentence_may_hold_a_sentence),
        cmocka_unit_test(words_of_strangers_are_not_read_for_marks),
        cmocka_unit_test(money_is_written_with_its_unit),
        cmocka_unit_test(the_year_is_written_when_it_is_another_one),
        cmocka_unit_test(a_time_is_written_in_china_time),
        cmocka_unit_test(no_date_is_said_in_words),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
