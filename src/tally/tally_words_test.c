/* Options as words: what they mean for an election, and how a wrong one is named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tally/tally_words.h"

#define TEXT                                                                                       \
    "META\nkey;value\nbudget;100.5\nvote_type;approval\n"                                          \
    "PROJECTS\nproject_id;cost;category;target\na;40;road, "                                       \
    "park;old\nb;40;park;young\nc;10;road;\n"                                                      \
    "VOTES\nvoter_id;vote\n1;a,b,c\n2;a,b\n3;a\n"

static PabulibFile election(Arena *arena)
{
    PabulibFile file;
    assert_null(pabulib_parse(arena, STR(TEXT), &file));
    return file;
}

static int open_arena(void **state)
{
    *state = arena_create(16 * 1024 * 1024);
    return 0;
}

static int close_arena(void **state)
{
    arena_destroy(*state);
    return 0;
}

static void a_cap_holds_for_the_projects_whose_column_lists_the_name(void **state)
{
    PabulibFile file = election(*state);
    static const TallyWord words[] = {{STR_INIT("cap"), STR_INIT("category=park=79.5")},
                                      {STR_INIT("cap"), STR_INIT("target=old=40")}};
    TallyOptions options;
    TallyResult result;
    assert_null(tally_words_apply(*state, words, countof(words), &file, &options));
    assert_int_equal(options.limits.n_constraints, 2);
    assert_int_equal(options.limits.constraints[0].n_projects, 2);
    assert_int_equal(options.limits.constraints[0].most_cost, 795);
    assert_null(tally_run(*state, &file.election, &options, &result));
    assert_int_equal(result.n_selected, 2);
    assert_int_equal(result.selected[0], 0);
    assert_int_equal(result.selected[1], 2);
    assert_int_equal(result.projects[1].reason, TALLY_QUOTA);
}

static TallyOptions options_of(Arena *arena, const PabulibFile *file, const TallyWord *words,
                               size_t n_words)
{
    TallyOptions options;
    Error *err = tally_words_apply(arena, words, n_words, file, &options);
    if (err) {
        fail_msg("%.*s", STR_ARG(err->detail));
    }
    return options;
}

static void caps_and_floors_are_listed_kind_by_kind_in_the_order_given(void **state)
{
    PabulibFile file = election(*state);
    static const TallyWord words[] = {{STR_INIT("floor-number"), STR_INIT("target=young=1")},
                                      {STR_INIT("floor"), STR_INIT("category=park=40")},
                                      {STR_INIT("cap-number"), STR_INIT("projects=a, b=1")},
                                      {STR_INIT("floor"), STR_INIT("category=road=10.5")},
                                      {STR_INIT("cap"), STR_INIT("target=old=40")}};
    TallyOptions options = options_of(*state, &file, words, countof(words));
    const TallyConstraint *it = options.limits.constraints;
    assert_int_equal(options.limits.n_constraints, 5);
    assert_int_equal(it[0].most_cost, 400);
    assert_int_equal(it[1].most_number, 1);
    assert_int_equal(it[1].n_projects, 2);
    assert_int_equal(it[1].most_cost, TALLY_MAX);
    assert_int_equal(it[2].least_cost, 400);
    assert_int_equal(it[3].least_cost, 105);
    assert_int_equal(it[4].least_number, 1);
    assert_int_equal(it[4].n_projects, 1);
    assert_int_equal(it[4].most_number, UINT32_MAX);
}

static void prices_support_and_shares_of_a_misfit_are_in_the_units_of_the_file(void **state)
{
    PabulibFile file = election(*state);
    static const TallyWord words[] = {{STR_INIT("min-price"), STR_INIT("10.5")},
                                      {STR_INIT("max-price"), STR_INIT("40")},
                                      {STR_INIT("min-support"), STR_INIT("2")},
                                      {STR_INIT("misfit-share"), STR_INIT("66.67")}};
    TallyOptions options = options_of(*state, &file, words, countof(words));
    assert_int_equal(options.limits.least_price, 105);
    assert_int_equal(options.limits.most_price, 400);
    assert_int_equal(options.limits.least_votes, 2);
    assert_int_equal(options.misfit_share, 6667);
}

static void decided_projects_are_named_by_id(void **state)
{
    PabulibFile file = election(*state);
    static const TallyWord words[] = {{STR_INIT("decided"), STR_INIT("b")},
                                      {STR_INIT("withdrawn"), STR_INIT("a, c")}};
    TallyOptions options = options_of(*state, &file, words, countof(words));
    assert_int_equal(options.limits.decisions[0], TALLY_DECIDED_OUT);
    assert_int_equal(options.limits.decisions[1], TALLY_DECIDED_IN);
    assert_int_equal(options.limits.decisions[2], TALLY_DECIDED_OUT);
    static const TallyWord both[] = {{STR_INIT("decided"), STR_INIT("a")},
                                     {STR_INIT("withdrawn"), STR_INIT("b,a")}};
    Error *err = tally_words_apply(*state, both, countof(both), &file, &options);
    assert_non_null(err);
    assert_true(str_contains(err->detail, STR("\"a\" is both decided and withdrawn")));
}

static void caps_floors_and_decisions_alone_may_come_again(void **state)
{
    (void)state;
    assert_true(tally_word_repeats(STR("cap")));
    assert_true(tally_word_repeats(STR("withdrawn")));
    assert_false(tally_word_repeats(STR("rule")));
    assert_false(tally_word_repeats(STR("volume")));
}

static void assert_refused(Arena *arena, const char *name, const char *value, const char *expected)
{
    PabulibFile file = election(arena);
    TallyWord word = {str_from(name), str_from(value)};
    TallyOptions options;
    Error *err = tally_words_apply(arena, &word, 1, &file, &options);
    assert_non_null(err);
    if (!str_contains(err->detail, str_from(expected))) {
        fail_msg("\"%.*s\" does not say \"%s\"", STR_ARG(err->detail), expected);
    }
}

static void a_wrong_word_is_named_with_what_the_option_takes(void **state)
{
    assert_refused(*state, "rule", "loud", "\"loud\" is not taken by rule: greedy");
    assert_refused(*state, "volume", "1", "an option: rule");
    assert_refused(*state, "cap", "park=5", "cap: KEY=AMOUNT, KEY being category=NAME");
    assert_refused(*state, "cap", "category=park=", "cap: KEY=AMOUNT");
    assert_refused(*state, "cap", "category=sea=5", "names no project");
    assert_refused(*state, "floor", "projects=a,,b=5", "floor: KEY=AMOUNT");
    assert_refused(*state, "floor", "projects=a,z=5", "floor: the file has no project \"z\"");
    assert_refused(*state, "cap-number", "category=park=1.5", "cap-number: KEY=NUMBER");
    assert_refused(*state, "floor-number", "category=park=4294967295", "KEY=NUMBER");
    assert_refused(*state, "decided", "a,", "decided: ids of projects");
    assert_refused(*state, "withdrawn", "y", "withdrawn: the file has no project \"y\"");
    assert_refused(*state, "min-price", "-1", "min-price: an amount");
    assert_refused(*state, "max-price", "40.25", "the max-price is finer");
    assert_refused(*state, "min-support", "1.5", "min-support: a number of votes");
    assert_refused(*state, "misfit-share", "101", "misfit-share: a percentage");
    assert_refused(*state, "cap", "category=park=5.25", "finer");
    assert_refused(*state, "increment", "0.01", "finer");
    assert_refused(*state, "increment", "0", "an amount above 0");
    assert_refused(*state, "tie", "lot:", "tie: some of votes");
}

static void no_words_mean_the_default(void **state)
{
    PabulibFile file = election(*state);
    TallyOptions options;
    assert_null(tally_words_apply(*state, NULL, 0, &file, &options));
    assert_int_equal(options.rule, TALLY_RULE_GREEDY);
    assert_int_equal(options.zero_support, TALLY_ZERO_EXCLUDE);
    assert_int_equal(options.limits.n_constraints, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_cap_holds_for_the_projects_whose_column_lists_the_name,
                                        open_arena, close_arena),
        cmocka_unit_test_setup_teardown(caps_and_floors_are_listed_kind_by_kind_in_the_order_given,
                                        open_arena, close_arena),
        cmocka_unit_test_setup_teardown(
            prices_support_and_shares_of_a_misfit_are_in_the_units_of_the_file, open_arena,
            close_arena),
        cmocka_unit_test_setup_teardown(decided_projects_are_named_by_id, open_arena, close_arena),
        cmocka_unit_test(caps_floors_and_decisions_alone_may_come_again),
        cmocka_unit_test_setup_teardown(a_wrong_word_is_named_with_what_the_option_takes,
                                        open_arena, close_arena),
        cmocka_unit_test_setup_teardown(no_words_mean_the_default, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
