#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "features/proposals/proposals_rules.h"
#include "features/proposals/proposals_similar_rules.h"
#include "platform/text/search.h"

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

static Grams grams_of(Arena *arena, const char *text)
{
    return similar_grams(arena, search_words(arena, str_from(text)), SIMILAR_KEPT);
}

static void a_text_is_its_characters_without_pairs_and_particles(void **state)
{
    Grams grams = grams_of(*state, "我们的路灯坏了，LED 灯");
    assert_int_equal(grams.count, 4); /* 路 灯 坏 led */
    assert_true(str_eq(grams.items[0], STR("路")));
    assert_true(str_eq(grams.items[3], STR("led")));
}

static void no_more_signs_are_kept_than_asked_for(void **state)
{
    Arena *arena = *state;
    Grams grams = similar_grams(arena, search_words(arena, STR("东南西北春夏秋冬")), 3);
    assert_int_equal(grams.count, 3);
}

static void signs_become_json(void **state)
{
    Grams grams = grams_of(*state, "路灯");
    assert_true(str_eq(similar_grams_json(*state, &grams), STR("[\"路\",\"灯\"]")));
    grams.count = 0;
    assert_true(str_eq(similar_grams_json(*state, &grams), STR("[]")));
}

static void a_rare_sign_weighs_more_and_a_common_one_is_not_looked_up(void **state)
{
    GramCount counts[] = {{STR("楼"), SIMILAR_COMMON}, {STR("灯"), 7}, {STR("梯"), 1}};
    int64_t weight = 0;
    Str json = similar_weights_json(*state, counts, 3, 7, &weight);
    /* log2(1 + 7/1) = 3, log2(1 + 7/7) = 1 */
    assert_true(str_eq(json, STR("[[\"梯\",3072],[\"灯\",1024]]")));
    assert_int_equal(weight, 4096);
}

static void a_sign_nobody_has_makes_the_question_heavier(void **state)
{
    GramCount counts[] = {{STR("灯"), 7}, {STR("梯"), 0}};
    int64_t weight = 0;
    Str json = similar_weights_json(*state, counts, 2, 7, &weight);
    assert_true(str_eq(json, STR("[[\"灯\",1024]]")));
    assert_int_equal(weight, 2048);
}

static void one_look_up_meets_a_bounded_number_of_proposals(void **state)
{
    GramCount counts[40];
    int64_t weight = 0;
    for (int i = 0; i < 40; i++) {
        counts[i] = (GramCount){arena_printf(*state, "g%02d", i), SIMILAR_COMMON - 1};
    }
    Str json = similar_weights_json(*state, counts, 40, 5000, &weight);
    int taken = 0;
    for (size_t i = 0; i < json.len; i++) {
        taken += json.data[i] == 'g';
    }
    assert_int_equal(taken, SIMILAR_READ / (SIMILAR_COMMON - 1));
}

static void one_sign_in_common_is_not_alike(void **state)
{
    (void)state;
    assert_false(similar_is_shown(1000, 1000, 1));
    assert_true(similar_is_shown(1000, 400, 2));
    assert_false(similar_is_shown(1000, 399, 2));
}

static void a_long_text_must_meet_more(void **state)
{
    (void)state;
    assert_int_equal(similar_score(1000, 20), 1000);
    assert_int_equal(similar_score(1000, SIMILAR_USUAL), 1000);
    assert_int_equal(similar_score(1000, SIMILAR_KEPT), 487); /* 200 / (200 + 3 * 70) */
}

static bool is_copy(Arena *arena, const char *a, const char *b)
{
    return similar_is_copy(arena, search_words(arena, str_from(a)),
                           search_words(arena, str_from(b)));
}

static void a_light_edit_is_a_copy_and_a_paraphrase_is_not(void **state)
{
    assert_true(is_copy(*state, "3 号楼坡道加扶手，下雨天滑", "3号楼坡道要加扶手，下雨天很滑"));
    assert_true(is_copy(*state, "东门路灯坏了", "东门路灯坏了"));
    assert_false(is_copy(*state, "东门路灯坏了", "东边门口晚上没有照明"));
    assert_false(is_copy(*state, "", ""));
}

/* --- titles and merging, beside them because both belong to taking in ---------------- */

static void a_title_is_the_first_sentence_that_says_something(void **state)
{
    (void)state;
    assert_true(str_eq(proposal_title_of(STR(" 东门路灯坏了。晚上看不清 ")), STR("东门路灯坏了")));
    assert_true(str_eq(proposal_title_of(STR("唉！路灯坏了")), STR("唉！路灯坏了")));
    assert_true(str_eq(proposal_title_of(STR("")), STR("")));
}

static void a_title_has_at_most_forty_characters(void **state)
{
    Arena *arena = *state;
    Str long_words = STR("");
    for (int i = 0; i < 30; i++) {
        long_words = arena_printf(arena, "%.*s路灯", STR_ARG(long_words));
    }
    assert_int_equal(proposal_title_of(long_words).len, 3 * PROPOSAL_TITLE_MAX);
}

static void only_two_that_go_on_in_one_round_are_merged(void **state)
{
    (void)state;
    MergeFact a = {1, 9, PROPOSAL_SUBMITTED};
    MergeFact b = {2, 9, PROPOSAL_ACCEPTED};
    MergeFact refused = {3, 9, PROPOSAL_REFUSED};
    MergeFact merged = {4, 9, PROPOSAL_MERGED};
    MergeFact elsewhere = {5, 8, PROPOSAL_SUBMITTED};
    assert_true(proposal_may_be_merged(&a, &b, true));
    assert_false(proposal_may_be_merged(&a, &b, false));
    assert_false(proposal_may_be_merged(&a, &a, true));
    assert_false(proposal_may_be_merged(&a, &refused, true));
    assert_false(proposal_may_be_merged(&refused, &a, true));
    assert_false(proposal_may_be_merged(&a, &merged, true));
    assert_false(proposal_may_be_merged(&merged, &a, true));
    assert_false(proposal_may_be_merged(&a, &elsewhere, true));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_text_is_its_characters_without_pairs_and_particles),
        TEST(no_more_signs_are_kept_than_asked_for),
        TEST(signs_become_json),
        TEST(a_rare_sign_weighs_more_and_a_common_one_is_not_looked_up),
        TEST(a_sign_nobody_has_makes_the_question_heavier),
        TEST(one_look_up_meets_a_bounded_number_of_proposals),
        TEST(one_sign_in_common_is_not_alike),
        TEST(a_long_text_must_meet_more),
        TEST(a_light_edit_is_a_copy_and_a_paraphrase_is_not),
        TEST(a_title_is_the_first_sentence_that_says_something),
        TEST(a_title_has_at_most_forty_characters),
        TEST(only_two_that_go_on_in_one_round_are_merged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
