/* What a line of the log must be, what is missing, and the calendar file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "features/launch/launch_rules.h"
#include "test_db.h"
#include "test_feature.h"

static const Date today = {20000};

static OutreachFact posters(void)
{
    return (OutreachFact){
        .channel = OUTREACH_POSTER, .told_on = today, .place = STR("3 号楼一楼公告栏")};
}

static void a_day_to_come_is_not_written_down(void **state)
{
    Arena *arena = *state;
    OutreachFact fact = posters();
    test_ok(outreach_check(arena, &fact, today));
    fact.told_on.days++;
    test_error_at(outreach_check(arena, &fact, today), ERROR_CHANGE_DAY_AHEAD, "told_on");
}

static void a_line_says_how_where_and_at_most_so_many_people(void **state)
{
    Arena *arena = *state;
    OutreachFact fact = posters();
    fact.channel = OUTREACH_CHANNEL_COUNT;
    test_error_at(outreach_check(arena, &fact, today), ERROR_FIELD_NOT_CHOICE, "channel");
    fact = posters();
    fact.place = STR("楼");
    test_error_at(outreach_check(arena, &fact, today), ERROR_FIELD_TOO_SHORT, "place");
    fact = posters();
    fact.reached = LAUNCH_REACHED_MAX + 1;
    test_error_at(outreach_check(arena, &fact, today), ERROR_FIELD_TOO_BIG, "reached");
}

static void what_is_missing_is_never_less_than_nothing(void **state)
{
    (void)state;
    assert_int_equal(launch_lacks(2, 0), 2);
    assert_int_equal(launch_lacks(2, 1), 1);
    assert_int_equal(launch_lacks(2, 3), 0);
}

static Str one_event(Arena *arena, Str summary)
{
    CalendarEvent event = {.uid = STR("7-1@yuanzhuo"),
                           .summary = summary,
                           .first = date_of((CivilDate){2027, 5, 28}),
                           .last = date_of((CivilDate){2027, 5, 31})};
    return calendar_text(arena, STR("第三批"), &event, 1, (Instant){0});
}

static void an_event_ends_on_the_day_after_its_last(void **state)
{
    Str text = one_event(*state, STR("项目投票"));
    assert_true(str_contains(text, STR("DTSTART;VALUE=DATE:20270528\r\n")));
    assert_true(str_contains(text, STR("DTEND;VALUE=DATE:20270601\r\n")));
    assert_true(str_contains(text, STR("DTSTAMP:19700101T000000Z\r\n")));
    assert_true(str_ends_with(text, STR("END:VEVENT\r\nEND:VCALENDAR\r\n")));
}

static void signs_of_the_format_are_taken_literally(void **state)
{
    Str text = one_event(*state, STR("甲,乙;丙\\丁\n戊"));
    assert_true(str_contains(text, STR("SUMMARY:甲\\,乙\\;丙\\\\丁\\n戊\r\n")));
}

static void a_long_line_is_folded_between_characters(void **state)
{
    Str words =
        STR("居民一个字一个字地读着这一行很长很长的安排直到最后一个字也没有断开过才算是好的");
    Str text = one_event(*state, words);
    Str line = STR("");
    Str whole = STR("");
    while (text.len > 0) {
        (void)str_cut(text, '\n', &line, &text);
        assert_true(line.len <= 76); /* 75 octets and the CR */
        if (str_starts_with(line, STR("SUMMARY:")) || str_starts_with(line, STR(" "))) {
            size_t skip = str_starts_with(line, STR(" ")) ? 1 : 8;
            whole = arena_printf(*state, "%.*s%.*s", STR_ARG(whole), (int)(line.len - 1 - skip),
                                 line.data + skip);
        }
    }
    assert_true(str_eq(whole, words));
}

static void names_are_read_as_people_write_them(void **state)
{
    Str *names = NULL;
    size_t count = 0;
    test_ok(training_names(*state, STR("桂小满、 白晓棠\r\n温伯年，，路人甲 ;\n"), &names, &count));
    assert_int_equal(count, 4);
    assert_true(str_eq(names[0], STR("桂小满")));
    assert_true(str_eq(names[1], STR("白晓棠")));
    assert_true(str_eq(names[3], STR("路人甲")));
    test_ok(training_names(*state, STR("  \n"), &names, &count));
    assert_int_equal(count, 0);
}

static void a_story_is_not_a_name_and_a_crowd_not_a_list(void **state)
{
    Arena *arena = *state;
    Str *names = NULL;
    size_t count = 0;
    Str many = STR("");
    test_error_at(training_names(arena, STR("这一行写了一整句话所以它不可能是一个人的名字呀"),
                                 &names, &count),
                  ERROR_FIELD_TOO_LONG, "names");
    for (int i = 0; i <= TRAINING_NAMES_MAX; i++) {
        many = arena_printf(arena, "%.*s甲%d,", STR_ARG(many), i);
    }
    test_error_at(training_names(arena, many, &names, &count), ERROR_FIELD_TOO_MANY, "names");
}

static int make_arena(void **state)
{
    *state = arena_create(16u << 20);
    return 0;
}

static int drop_arena(void **state)
{
    arena_destroy(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_to_come_is_not_written_down),
        cmocka_unit_test(a_line_says_how_where_and_at_most_so_many_people),
        cmocka_unit_test(what_is_missing_is_never_less_than_nothing),
        cmocka_unit_test(an_event_ends_on_the_day_after_its_last),
        cmocka_unit_test(signs_of_the_format_are_taken_literally),
        cmocka_unit_test(a_long_line_is_folded_between_characters),
        cmocka_unit_test(names_are_read_as_people_write_them),
        cmocka_unit_test(a_story_is_not_a_name_and_a_crowd_not_a_list),
    };
    return cmocka_run_group_tests(tests, make_arena, drop_arena);
}
