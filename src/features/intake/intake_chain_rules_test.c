/* A chain as people paste it. The names are made up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "features/intake/intake_chain_rules.h"
#include "features/intake/intake_entry_rules.h"

static int set_up(void **state)
{
    *state = arena_create(8u << 20);
    return 0;
}

static int tear_down(void **state)
{
    arena_destroy(*state);
    return 0;
}

typedef struct Chain {
    ChainLine *lines;
    size_t count;
    bool is_whole;
} Chain;

static Chain read(void *arena, const char *text)
{
    Chain chain;
    chain.count = chain_read(arena, str_from(text), &chain.lines, &chain.is_whole);
    return chain;
}

static void says(const ChainLine *line, ChainKind kind, const char *name, const char *place,
                 const char *words)
{
    assert_int_equal(line->kind, kind);
    assert_true(str_eq(line->name, str_from(name)));
    assert_true(str_eq(line->place, str_from(place)));
    assert_true(str_eq(line->words, str_from(words)));
}

/* One entry, alone. */
static void reads(void *arena, const char *text, const char *name, const char *place,
                  const char *words)
{
    Chain chain = read(arena, text);
    assert_int_equal(chain.count, 1);
    says(&chain.lines[0], CHAIN_ENTRY, name, place, words);
}

/* --- the shape of a chain ---------------------------------------------------------------- */

static void the_usual_chain_is_head_example_and_entries(void **state)
{
    Chain c = read(*state, "#接龙\n大家对小区有什么心愿\n\n例：王小明 3栋 加装电梯\n\n"
                           "1. 张三 3栋501 东门路灯坏了\n2. 李四 想要晾衣架\n");
    assert_int_equal(c.count, 5);
    assert_int_equal(c.lines[0].kind, CHAIN_HEAD);
    assert_int_equal(c.lines[1].kind, CHAIN_HEAD);
    assert_int_equal(c.lines[2].kind, CHAIN_EXAMPLE);
    says(&c.lines[3], CHAIN_ENTRY, "张三", "3栋501", "东门路灯坏了");
    says(&c.lines[4], CHAIN_ENTRY, "李四", "", "想要晾衣架");
    assert_int_equal(c.lines[3].number, 1);
    assert_int_equal(c.lines[3].line, 6);
    assert_true(c.is_whole);
}

static void every_line_with_letters_is_kept_as_it_came(void **state)
{
    Chain c = read(*state, "群公告：周五截止\n1. 张三 修路灯\n谢谢大家支持\n");
    assert_int_equal(c.count, 2);
    assert_true(str_eq(c.lines[0].raw, STR("群公告：周五截止")));
    assert_true(str_eq(c.lines[1].raw, STR("1. 张三 修路灯\n谢谢大家支持")));
}

static void a_wish_may_go_on_over_lines(void **state)
{
    Chain c = read(*state, "1. 张三 修路灯\n晚上看不清\n\n老人摔过\n2. 李四 修门\n");
    assert_int_equal(c.count, 2);
    assert_true(str_eq(c.lines[0].words, STR("修路灯\n晚上看不清\n老人摔过")));
}

static void rules_of_dashes_and_flowers_are_no_lines(void **state)
{
    Chain c = read(*state, "🌸🌸🌸\n————\n1. 张三 修路灯\n******\n");
    assert_int_equal(c.count, 1);
}

static void carriage_returns_and_wide_spaces_do_not_matter(void **state)
{
    Chain c = read(*state, "1. 张三　修路灯\r\n２．李四　修门\r\n");
    assert_int_equal(c.count, 2);
    says(&c.lines[0], CHAIN_ENTRY, "张三", "", "修路灯");
    says(&c.lines[1], CHAIN_ENTRY, "李四", "", "修门");
}

static void a_number_without_a_wish_is_empty(void **state)
{
    Chain c = read(*state, "1. 张三 修路灯\n2. \n3. 李四\n");
    assert_int_equal(c.count, 3);
    says(&c.lines[1], CHAIN_EMPTY, "", "", "");
    says(&c.lines[2], CHAIN_EMPTY, "李四", "", "");
}

/* --- numbers ------------------------------------------------------------------------------ */

static void numbers_come_in_many_shapes(void **state)
{
    static const char *const shapes[] = {"7. 张三 修路灯",          "7、张三 修路灯",
                                         "７．张三 修路灯",         "７、张三 修路灯",
                                         "7）张三 修路灯",          "(7) 张三 修路灯",
                                         "【7】张三 修路灯",        "7 张三 修路灯",
                                         "7：张三 修路灯",          "⑦张三 修路灯",
                                         "⑺ 张三 修路灯",           "⒎张三 修路灯",
                                         "7️⃣张三 修路灯", "7️⃣ 张三 修路灯",
                                         " 7. 张三 修路灯"};
    for (size_t i = 0; i < countof(shapes); i++) {
        Chain c = read(*state, shapes[i]);
        assert_int_equal(c.count, 1);
        assert_int_equal(c.lines[0].number, 7);
        says(&c.lines[0], CHAIN_ENTRY, "张三", "", "修路灯");
    }
}

static void boxes_side_by_side_are_one_number(void **state)
{
    Chain c = read(*state, "1️⃣2️⃣ 张三 修路灯\n🔟 李四 修门");
    assert_int_equal(c.lines[0].number, 12);
    assert_int_equal(c.lines[1].number, 10);
}

static void measures_addresses_and_years_are_no_numbers(void **state)
{
    (void)state;
    int64_t number;
    Str rest;
    assert_false(entry_number(STR("3栋501 修路灯"), &number, &rest));
    assert_false(entry_number(STR("3-2-501 修路灯"), &number, &rest));
    assert_false(entry_number(STR("3.5 米宽的坡道"), &number, &rest));
    assert_false(entry_number(STR("2026.3.8 通知"), &number, &rest));
    assert_false(entry_number(STR("12345 转来的"), &number, &rest));
    assert_false(entry_number(STR("路灯 3 盏"), &number, &rest));
    assert_false(entry_number(STR(""), &number, &rest));
}

/* --- who, where, what ---------------------------------------------------------------------- */

static void name_dwelling_and_wish_in_the_orders_people_use(void **state)
{
    reads(*state, "1. 张三 3栋 修路灯", "张三", "3栋", "修路灯");
    reads(*state, "1. 张三，3栋2单元501，修路灯", "张三", "3栋2单元501", "修路灯");
    reads(*state, "1. 3栋501张三 修路灯", "张三", "3栋501", "修路灯");
    reads(*state, "1. 3-2-501 张三：修路灯", "张三", "3-2-501", "修路灯");
    reads(*state, "1. 张三（3号楼）修路灯", "张三", "3号楼", "修路灯");
    reads(*state, "1. A座1203 张三 修路灯", "张三", "A座1203", "修路灯");
    reads(*state, "1. 张三3栋 修路灯", "张三", "3栋", "修路灯");
    reads(*state, "1. 张三-3栋-修路灯", "张三", "3栋", "修路灯");
}

static void titles_nicknames_and_flowers(void **state)
{
    reads(*state, "1. 林阿姨 修路灯", "林阿姨", "", "修路灯");
    reads(*state, "1. 老李 修路灯", "老李", "", "修路灯");
    reads(*state, "1. 小太阳：修路灯", "小太阳", "", "修路灯");
    reads(*state, "1. 🌸张三🌸 修路灯", "张三", "", "修路灯");
    reads(*state, "1. Lily 3栋 修路灯", "Lily", "3栋", "修路灯");
    reads(*state, "1. 欧阳明月 修路灯", "欧阳明月", "", "修路灯");
}

static void a_wish_does_not_become_a_name_or_a_dwelling(void **state)
{
    reads(*state, "1. 路灯 坏了三盏", "", "", "路灯 坏了三盏");
    reads(*state, "1. 电梯，想加装一部", "", "", "电梯，想加装一部");
    reads(*state, "1. 3号楼坡道加扶手", "", "", "3号楼坡道加扶手");
    reads(*state, "1. 张三 3号楼门口的灯坏了", "张三", "", "3号楼门口的灯坏了");
    reads(*state, "1. 希望在东门修一个晾衣架", "", "", "希望在东门修一个晾衣架");
}

/* --- examples ------------------------------------------------------------------------------ */

static void examples_are_told_from_words_that_begin_alike(void **state)
{
    (void)state;
    assert_true(entry_is_example(STR("例 张三 3栋 修路灯")));
    assert_true(entry_is_example(STR("例：张三")));
    assert_true(entry_is_example(STR("例1 张三")));
    assert_true(entry_is_example(STR("示例：张三")));
    assert_true(entry_is_example(STR("姓名 楼栋 心愿")));
    assert_false(entry_is_example(STR("例行检查电梯")));
    Chain c = read(*state, "1. 例 张三 修路灯\n2. 李四 修门");
    assert_int_equal(c.lines[0].kind, CHAIN_EXAMPLE);
    assert_int_equal(c.lines[1].kind, CHAIN_ENTRY);
}

/* --- the chain again, a little longer ------------------------------------------------------- */

static void a_chain_pasted_twice_counts_once(void **state)
{
    Chain c = read(*state, "#接龙\n心愿\n1. 张三 修路灯\n\n"
                           "#接龙\n心愿\n1. 张三 修路灯\n2. 李四 修门\n");
    assert_int_equal(c.count, 7);
    assert_int_equal(c.lines[2].kind, CHAIN_ENTRY);
    assert_int_equal(c.lines[5].kind, CHAIN_REPEAT);
    assert_int_equal(c.lines[6].kind, CHAIN_ENTRY);
    assert_int_equal(c.lines[6].copy, 2);
}

static void the_later_words_of_an_edited_entry_count(void **state)
{
    Chain c = read(*state, "1. 张三 修灯\n2. 李四 修门\n1. 张三 修路灯和门灯\n2. 李四 修门\n");
    assert_int_equal(c.lines[0].kind, CHAIN_OLD);
    assert_int_equal(c.lines[1].kind, CHAIN_ENTRY);
    says(&c.lines[2], CHAIN_ENTRY, "张三", "", "修路灯和门灯");
    assert_int_equal(c.lines[3].kind, CHAIN_REPEAT);
}

static void two_people_with_one_number_both_count(void **state)
{
    Chain c = read(*state, "1. 张三 修灯\n2. 李四 修门\n2. 王五 修路\n");
    assert_int_equal(c.lines[1].kind, CHAIN_ENTRY);
    assert_int_equal(c.lines[2].kind, CHAIN_ENTRY);
}

static void two_wishes_of_one_person_both_count(void **state)
{
    Chain c = read(*state, "1. 张三 修灯\n2. 张三 修门\n");
    assert_int_equal(c.lines[0].kind, CHAIN_ENTRY);
    assert_int_equal(c.lines[1].kind, CHAIN_ENTRY);
}

static void what_a_chat_puts_above_a_message_is_head(void **state)
{
    Chain c =
        read(*state, "1. 张三 修灯\n测试群友 2026/3/8 10:33\n#接龙\n1. 张三 修灯\n2. 李四 修门");
    assert_int_equal(c.lines[0].kind, CHAIN_ENTRY);
    assert_true(str_eq(c.lines[0].words, STR("修灯")));
    assert_int_equal(c.lines[1].kind, CHAIN_HEAD);
}

/* --- limits ---------------------------------------------------------------------------------- */

static void a_paste_that_is_too_long_says_so(void **state)
{
    Str text = STR("");
    for (int i = 1; i <= CHAIN_LINES_MAX + 1; i++) {
        text = arena_printf(*state, "%.*s%d. 张三 修第%d盏灯\n", STR_ARG(text), i, i);
    }
    Chain c = read(*state, arena_cstr(*state, text));
    assert_int_equal(c.count, CHAIN_LINES_MAX);
    assert_false(c.is_whole);
}

static void nothing_is_nothing(void **state)
{
    assert_int_equal(read(*state, "").count, 0);
    assert_int_equal(read(*state, "\n\n  \n").count, 0);
}

/* --- who it is ---------------------------------------------------------------------------------
 */

static void one_of_the_name_is_the_one(void **state)
{
    (void)state;
    ChainCandidate one[] = {{11, STR("000003")}};
    assert_int_equal(chain_match(one, 1, STR("")), 11);
    assert_int_equal(chain_match(one, 0, STR("")), 0);
}

static void several_of_the_name_are_told_apart_by_where_they_live(void **state)
{
    (void)state;
    ChainCandidate two[] = {{11, STR("000003 000501")}, {12, STR("000005 000101")}};
    assert_int_equal(chain_match(two, 2, STR("")), 0);
    assert_int_equal(chain_match(two, 2, STR("000005")), 12);
    assert_int_equal(chain_match(two, 2, STR("000004")), 0);
    ChainCandidate neighbours[] = {{11, STR("000003 000501")}, {12, STR("000003 000601")}};
    assert_int_equal(chain_match(neighbours, 2, STR("000003")), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

static void a_mobile_number_is_taken_out_of_the_words(void **state)
{
    Chain c = read(*state, "1. 王芳 13800000042 想装扶手\n2. 李四3栋501，138-0000-0043：修门\n"
                           "3. 张三 修路灯 １３８００００００４４\n4. 王五 修 501 室的门\n");
    says(&c.lines[0], CHAIN_ENTRY, "王芳", "", "想装扶手");
    assert_true(str_eq(c.lines[0].phone, STR("13800000042")));
    says(&c.lines[1], CHAIN_ENTRY, "李四", "3栋501", "修门");
    assert_true(str_eq(c.lines[1].phone, STR("13800000043")));
    says(&c.lines[2], CHAIN_ENTRY, "张三", "", "修路灯");
    assert_true(str_eq(c.lines[2].phone, STR("13800000044")));
    says(&c.lines[3], CHAIN_ENTRY, "王五", "", "修 501 室的门");
    assert_int_equal(c.lines[3].phone.len, 0);
}

static void seven_digits_in_a_row_may_be_a_number_of_somebody(void **state)
{
    (void)state;
    assert_true(entry_holds_number(STR("找我 80000126")));
    assert_true(entry_holds_number(STR("微信 1380000004200")));
    assert_false(entry_holds_number(STR("2026-03-08 起，12000 元，501 室")));
}

/* 13,000 characters, one a line after a long first line, made 259 MB when each line was appended.
 */
static void a_wish_over_thousands_of_lines_costs_what_it_is_long(void **state)
{
    Arena *arena = *state;
    char *text = arena_array(arena, char, CHAIN_BYTES_MAX + 8);
    size_t len = (size_t)snprintf(text, 8, "1. ");
    while (len + 4 < CHAIN_BYTES_MAX / 3) {
        memcpy(text + len, "灯", 3);
        len += 3;
    }
    while (len + 4 < CHAIN_BYTES_MAX) {
        memcpy(text + len, "\n灯", 4);
        len += 4;
    }
    text[len] = '\0';
    Chain c = read(arena, text);
    assert_int_equal(c.count, 1);
    assert_true(c.lines[0].words.len + 3 == len);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_usual_chain_is_head_example_and_entries),
        TEST(every_line_with_letters_is_kept_as_it_came),
        TEST(a_wish_may_go_on_over_lines),
        TEST(rules_of_dashes_and_flowers_are_no_lines),
        TEST(carriage_returns_and_wide_spaces_do_not_matter),
        TEST(a_number_without_a_wish_is_empty),
        TEST(numbers_come_in_many_shapes),
        TEST(boxes_side_by_side_are_one_number),
        TEST(measures_addresses_and_years_are_no_numbers),
        TEST(name_dwelling_and_wish_in_the_orders_people_use),
        TEST(titles_nicknames_and_flowers),
        TEST(a_wish_does_not_become_a_name_or_a_dwelling),
        TEST(examples_are_told_from_words_that_begin_alike),
        TEST(a_chain_pasted_twice_counts_once),
        TEST(the_later_words_of_an_edited_entry_count),
        TEST(two_people_with_one_number_both_count),
        TEST(two_wishes_of_one_person_both_count),
        TEST(what_a_chat_puts_above_a_message_is_head),
        TEST(a_paste_that_is_too_long_says_so),
        TEST(nothing_is_nothing),
        TEST(one_of_the_name_is_the_one),
        TEST(several_of_the_name_are_told_apart_by_where_they_live),
        TEST(a_mobile_number_is_taken_out_of_the_words),
        TEST(seven_digits_in_a_row_may_be_a_number_of_somebody),
        TEST(a_wish_over_thousands_of_lines_costs_what_it_is_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
