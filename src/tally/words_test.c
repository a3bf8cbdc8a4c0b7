/* Options and decimals, as people write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tally/tally_explain.h"

static void the_order_of_ties_must_end_in_the_name(void **state)
{
    (void)state;
    TallyTies ties;
    assert_true(tally_parse_ties(STR("votes,cost,name"), &ties));
    assert_int_equal(ties.count, 3);
    assert_int_equal(ties.keys[0], TALLY_KEY_VOTES);
    assert_int_equal(ties.keys[1], TALLY_KEY_COST);
    assert_int_equal(ties.keys[2], TALLY_KEY_NAME);
    static const char *const refused[] = {"",          "cost",       "name,cost",
                                          "name,name", "cost,name,", "cost,cost,name",
                                          "Name",      "cost name",  "votes,cost,name,name"};
    for (size_t i = 0; i < countof(refused); i++) {
        assert_false(tally_parse_ties(str_from(refused[i]), &ties));
    }
}

static void unknown_words_change_nothing(void **state)
{
    (void)state;
    TallyOptions options = tally_default_options();
    options.utility = TALLY_UTILITY_POINTS;
    assert_false(tally_parse_utility(STR("euros"), &options.utility));
    assert_int_equal(options.utility, TALLY_UTILITY_POINTS);
    assert_false(tally_parse_rule(STR("lottery"), &options.rule));
    assert_false(tally_parse_misfit(STR(""), &options.misfit));
    assert_false(tally_parse_zero_support(STR("maybe"), &options.zero_support));
    assert_true(tally_parse_utility(STR("borda1-cost"), &options.utility));
    assert_int_equal(options.utility, TALLY_UTILITY_BORDA1_COST);
}

static void assert_decimal(const char *text, int64_t value, int decimals)
{
    int64_t actual = -1;
    int actual_decimals = -1;
    assert_true(tally_decimal_parse(str_from(text), &actual, &actual_decimals));
    assert_int_equal(actual, value);
    assert_int_equal(actual_decimals, decimals);
}

static void decimals_are_read_exactly_with_the_fewest_digits(void **state)
{
    (void)state;
    assert_decimal("0", 0, 0);
    assert_decimal("000", 0, 0);
    assert_decimal("60000.0", 60000, 0);
    assert_decimal("776314.03", 77631403, 2);
    assert_decimal("0,5", 5, 1);
    assert_decimal(".25", 25, 2);
    assert_decimal("7.", 7, 0);
    assert_decimal("1.500000000000000000000000000", 15, 1);
    assert_decimal("1000000000000000000", TALLY_MAX, 0);
    assert_decimal("0.000000000000000001", 1, 18);
}

static void what_is_not_a_plain_decimal_is_refused(void **state)
{
    (void)state;
    static const char *const refused[] = {"",
                                          ".",
                                          "-1",
                                          "+1",
                                          "1e6",
                                          "1.2.3",
                                          "1 0",
                                          "1,2.3",
                                          "0x1",
                                          "1000000000000000001",
                                          "99999999999999999999999",
                                          "0.0000000000000000001",
                                          "１２"};
    for (size_t i = 0; i < countof(refused); i++) {
        int64_t value;
        int decimals;
        assert_false(tally_decimal_parse(str_from(refused[i]), &value, &decimals));
    }
}

static void rescaling_beyond_the_limit_is_refused(void **state)
{
    (void)state;
    int64_t out = 0;
    assert_true(tally_decimal_rescale(TALLY_MAX / 10, 1, 2, &out));
    assert_int_equal(out, TALLY_MAX);
    assert_false(tally_decimal_rescale(TALLY_MAX / 10 + 1, 1, 2, &out));
    assert_true(tally_decimal_rescale(0, 0, 18, &out));
    assert_int_equal(out, 0);
}

static void decimals_are_written_short_and_exact(void **state)
{
    (void)state;
    static const struct {
        int64_t value;
        int decimals;
        const char *text;
    } rows[] = {{0, 0, "0"},
                {0, 2, "0"},
                {7, 0, "7"},
                {7, 2, "0.07"},
                {70, 2, "0.7"},
                {700, 2, "7"},
                {12345, 2, "123.45"},
                {-12345, 2, "-123.45"},
                {100, 0, "100"},
                {1, 18, "0.000000000000000001"},
                {INT64_MIN, 0, "-9223372036854775808"}};
    Arena *arena = arena_create(1024 * 1024);
    for (size_t i = 0; i < countof(rows); i++) {
        assert_string_equal(tally_decimal_text(arena, rows[i].value, rows[i].decimals).data,
                            rows[i].text);
    }
    __int128 huge = (__int128)TALLY_MAX * TALLY_MAX;
    assert_string_equal(tally_decimal_text(arena, huge, 0).data,
                        "1000000000000000000000000000000000000");
    assert_string_equal(tally_decimal_text(arena, huge + 1, 36).data,
                        "1.000000000000000000000000000000000001");
    arena_destroy(arena);
}

static void every_rule_is_printed_by_a_word_it_is_read_by(void **state)
{
    (void)state;
    for (int rule = TALLY_RULE_GREEDY; rule <= TALLY_RULE_MAX_SATISFACTION; rule++) {
        TallyRule read = TALLY_RULE_GREEDY;
        assert_true(tally_parse_rule(tally_rule_word((TallyRule)rule), &read));
        assert_int_equal(read, rule);
    }
    TallyRule other = TALLY_RULE_GREEDY;
    assert_true(tally_parse_rule(STR("max-welfare"), &other));
    assert_int_equal(other, TALLY_RULE_MAX_SATISFACTION);
}

static void completions_are_read_and_other_words_change_nothing(void **state)
{
    (void)state;
    TallyCompletion completion = TALLY_COMPLETE_NONE;
    assert_true(tally_parse_completion(STR("add1e+greedy"), &completion));
    assert_int_equal(completion, TALLY_COMPLETE_ADD1E_GREEDY);
    assert_false(tally_parse_completion(STR("greedy+add1"), &completion));
    assert_int_equal(completion, TALLY_COMPLETE_ADD1E_GREEDY);
}

static void assert_rounded(Arena *arena, const char *exact, int decimals, const char *expected,
                           bool expects_exact)
{
    bool is_exact = !expects_exact;
    Str text = tally_rounded_text(arena, str_from(exact), decimals, &is_exact);
    if (!str_eq(text, str_from(expected)) || is_exact != expects_exact) {
        fail_msg("%s gives %.*s, not %s", exact, STR_ARG(text), expected);
    }
}

static void exact_texts_are_rounded_halves_up(void **state)
{
    (void)state;
    Arena *arena = arena_create(1024 * 1024);
    assert_rounded(arena, "1/3", 2, "0.33", false);
    assert_rounded(arena, "2/3", 2, "0.67", false);
    assert_rounded(arena, "1/8", 2, "0.13", false);
    assert_rounded(arena, "0.125", 2, "0.13", false);
    assert_rounded(arena, "1999/1000", 2, "2", false);
    assert_rounded(arena, "1/3", 0, "0", false);
    assert_rounded(arena, "41", 2, "41", true);
    assert_rounded(arena, "41.20", 2, "41.2", true);
    assert_rounded(arena, "5/2", 2, "2.5", true);
    assert_rounded(arena, "", 2, "", true);
    assert_rounded(arena, "7/0", 2, "7/0", true);
    arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_ties_must_end_in_the_name),
        cmocka_unit_test(unknown_words_change_nothing),
        cmocka_unit_test(every_rule_is_printed_by_a_word_it_is_read_by),
        cmocka_unit_test(completions_are_read_and_other_words_change_nothing),
        cmocka_unit_test(decimals_are_read_exactly_with_the_fewest_digits),
        cmocka_unit_test(what_is_not_a_plain_decimal_is_refused),
        cmocka_unit_test(rescaling_beyond_the_limit_is_refused),
        cmocka_unit_test(decimals_are_written_short_and_exact),
        cmocka_unit_test(exact_texts_are_rounded_halves_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
