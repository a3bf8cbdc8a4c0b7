/* The pictures in docs/rules are those the program draws.
 *
 * YZ_WRITE_PICTURES=1 writes them anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "features/polls/poll_rule_picture.h"

#define MAX_FILE_BYTES (256u * 1024)

static Str file_path(Arena *arena, TallyRule rule, Lang lang)
{
    const char *root = getenv("YZ_ROOT");
    Str word = tally_rule_word(rule);
    return arena_printf(arena, "%s/docs/rules/%.*s%s.svg", root ? root : ".", STR_ARG(word),
                        lang == LANG_ZH ? ".zh-CN" : "");
}

static void write_picture(Str path, Str markup)
{
    FILE *file = fopen(path.data, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(markup.data, 1, markup.len, file), markup.len);
    assert_int_equal(fputc('\n', file), '\n');
    assert_int_equal(fclose(file), 0);
}

static void compare_picture(Arena *arena, Str path, Str markup)
{
    FILE *file = fopen(path.data, "rb");
    if (file == NULL) {
        fail_msg("%s is missing", path.data);
        return;
    }
    char *bytes = arena_array(arena, char, MAX_FILE_BYTES);
    size_t len = fread(bytes, 1, MAX_FILE_BYTES, file);
    assert_int_equal(fclose(file), 0);
    if (!str_eq((Str){bytes, len}, arena_printf(arena, "%.*s\n", STR_ARG(markup)))) {
        fail_msg("%s is not what the program draws", path.data);
    }
}

static void the_pictures_of_the_documents_are_those_the_program_draws(void **state)
{
    (void)state;
    for (TallyRule rule = TALLY_RULE_GREEDY; rule <= TALLY_RULE_BOUNDED_OVERSPENDING; rule++) {
        for (Lang lang = LANG_ZH; lang < LANG_COUNT; lang++) {
            Arena *arena = arena_create(8 << 20);
            Str path = file_path(arena, rule, lang);
            Str markup = poll_rule_picture(arena, lang, rule).markup;
            if (getenv("YZ_WRITE_PICTURES")) {
                write_picture(path, markup);
            }
            compare_picture(arena, path, markup);
            arena_destroy(arena);
        }
    }
}

static void the_rules_differ_on_the_street(void **state)
{
    (void)state;
    Arena *arena = arena_create(8 << 20);
    Str greedy = poll_rule_picture(arena, LANG_EN, TALLY_RULE_GREEDY).markup;
    Str shares = poll_rule_picture(arena, LANG_EN, TALLY_RULE_EQUAL_SHARES).markup;
    assert_false(str_contains(greedy, STR(">1500<")));
    assert_true(str_contains(shares, STR(">1500<"))); /* the lamp, by 1 to 4 */
    assert_true(str_contains(shares, STR(">2000<"))); /* the slide, by 5 and 6 */
    arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_pictures_of_the_documents_are_those_the_program_draws),
        cmocka_unit_test(the_rules_differ_on_the_street),
    };
    return cmocka_run_group_tests_name("poll_rule_picture", tests, NULL, NULL);
}
