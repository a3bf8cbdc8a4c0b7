#include "platform/text/search.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int set_up(void **state)
{
    *state = arena_create(1 << 24);
    return 0;
}

static int tear_down(void **state)
{
    arena_destroy(*state);
    return 0;
}

static void han_is_indexed_by_characters_and_pairs(void **state)
{
    assert_string_equal(search_words(*state, STR("修路灯")).data, "修 路 修路 灯 路灯");
}

static void a_query_of_han_is_its_pairs(void **state)
{
    assert_string_equal(search_query(*state, STR("修路灯")).data, "修路 路灯");
    assert_string_equal(search_query(*state, STR("灯")).data, "灯");
}

static void letters_and_digits_are_words_in_small_letters(void **state)
{
    assert_string_equal(search_query(*state, STR("LED 路灯，３号楼 AND")).data,
                        "led 路灯 3 号楼 and");
}

static void compatibility_forms_are_found_alike(void **state)
{
    assert_string_equal(search_query(*state, STR("ＬＥＤ１２ ㎡ Straße")).data, "led12 m2 strasse");
    assert_string_equal(search_words(*state, STR("\xff\xfe")).data, "");
}

static void signs_never_reach_the_database(void **state)
{
    assert_string_equal(search_query(*state, STR("\"*:^(){}-+'&|!<>\\ NEAR(a b)")).data,
                        "near a b");
    assert_int_equal(search_query(*state, STR("？！……\"\" 💡")).len, 0);
    assert_int_equal(search_query(*state, STR("")).len, 0);
}

static void every_word_of_a_query_is_in_the_index_of_a_text_that_holds_it(void **state)
{
    Str text = STR("小广场 2 盏 LED 路灯不亮，夜里看不清");
    Str index = arena_printf(*state, " %s ", search_words(*state, text).data);
    const char *asked[] = {"路灯", "灯", "led路灯", "小广场", "夜里看不清", "2盏"};
    for (size_t i = 0; i < countof(asked); i++) {
        Str rest = search_query(*state, str_from(asked[i]));
        assert_true(rest.len > 0);
        while (rest.len > 0) {
            Str word;
            str_cut(rest, ' ', &word, &rest);
            assert_true(str_contains(index, arena_printf(*state, " %.*s ", STR_ARG(word))));
        }
    }
}

static void a_word_that_is_not_there_is_not_indexed(void **state)
{
    Str index = search_words(*state, STR("路边的灯"));
    assert_false(str_contains(index, STR("路灯")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(han_is_indexed_by_characters_and_pairs),
        cmocka_unit_test(a_query_of_han_is_its_pairs),
        cmocka_unit_test(letters_and_digits_are_words_in_small_letters),
        cmocka_unit_test(compatibility_forms_are_found_alike),
        cmocka_unit_test(signs_never_reach_the_database),
        cmocka_unit_test(every_word_of_a_query_is_in_the_index_of_a_text_that_holds_it),
        cmocka_unit_test(a_word_that_is_not_there_is_not_indexed),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
