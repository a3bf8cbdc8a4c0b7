/* What is read aloud. */
#include "features/publicity/publicity_speech_rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static int set_up(void **state)
{
    *state = arena_create(1u << 20);
    return 0;
}

static int tear_down(void **state)
{
    arena_destroy(*state);
    return 0;
}

static void assert_said(Str said, const char *expected)
{
    if (!str_eq(said, str_from(expected))) {
        fail_msg("%.*s is not %s", STR_ARG(said), expected);
    }
}

static void numbers_are_read_as_people_read_them(void **state)
{
    Arena *arena = *state;
    assert_said(speech_number(arena, 0), "零");
    assert_said(speech_number(arena, 10), "十");
    assert_said(speech_number(arena, 12), "十二");
    assert_said(speech_number(arena, 20), "二十");
    assert_said(speech_number(arena, 102), "一百零二");
    assert_said(speech_number(arena, 110), "一百一十");
    assert_said(speech_number(arena, 1002), "一千零二");
    assert_said(speech_number(arena, 10000), "一万");
    assert_said(speech_number(arena, 10010), "一万零一十");
    assert_said(speech_number(arena, 120000), "十二万");
    assert_said(speech_number(arena, 234000), "二十三万四千");
    assert_said(speech_number(arena, 200500), "二十万零五百");
    assert_said(speech_number(arena, 100000000), "一亿");
    assert_said(speech_number(arena, 100000001), "一亿零一");
}

static void two_of_something_is_another_word(void **state)
{
    assert_said(speech_count(*state, 2), "两");
    assert_said(speech_count(*state, 12), "十二");
}

static void money_is_read_to_the_last_fen(void **state)
{
    assert_said(speech_money(*state, (Money){23400000}), "二十三万四千元");
    assert_said(speech_money(*state, (Money){32050}), "三百二十元五角");
    assert_said(speech_money(*state, (Money){32005}), "三百二十元零五分");
}

static void a_day_and_an_hour_are_said(void **state)
{
    Date day = date_of((CivilDate){2027, 5, 18});
    assert_said(speech_day(*state, day), "五月十八日，星期二");
    assert_said(speech_time(*state, instant_at(day, 17, 30)), "五月十八日下午五点半");
    assert_said(speech_time(*state, instant_at(day, 9, 0)), "五月十八日上午九点");
    assert_said(speech_time(*state, instant_at(day, 14, 5)), "五月十八日下午两点五分");
}

static void brackets_and_quotes_are_not_read(void **state)
{
    assert_said(speech_words(*state, STR("幸福微实事（第三批）结果公示")),
                "幸福微实事，第三批，结果公示");
    assert_said(speech_words(*state, STR("【公示】“坡道”扶手(2 号楼)")), "公示，坡道扶手，2 号楼");
    assert_said(speech_words(*state, STR("坡道（东侧）。")), "坡道，东侧。");
}

static void the_fullest_text_that_fits_a_minute_is_taken(void **state)
{
    (void)state;
    const Str texts[] = {STR("一二三四五六"), STR("一二三四"), STR("一二三")};
    assert_said(speech_fitting(texts, countof(texts), 6), "一二三四五六");
    assert_said(speech_fitting(texts, countof(texts), 5), "一二三四");
    assert_said(speech_fitting(texts, countof(texts), 1), "一二三");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_as_people_read_them),
        cmocka_unit_test(two_of_something_is_another_word),
        cmocka_unit_test(money_is_read_to_the_last_fen),
        cmocka_unit_test(a_day_and_an_hour_are_said),
        cmocka_unit_test(brackets_and_quotes_are_not_read),
        cmocka_unit_test(the_fullest_text_that_fits_a_minute_is_taken),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
