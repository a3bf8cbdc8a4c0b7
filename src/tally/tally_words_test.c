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
    assert_refused(*state, "cap", "park=5", "cap: category=NAME=AMOUNT");
    assert_refused(*state, "cap", "category=park=", "cap: category=NAME=AMOUNT");
    assert_refused(*state, "cap", "category=sea=5", "names no project");
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
        cmocka_unit_test_setup_teardown(a_wrong_word_is_named_with_what_the_option_takes,
                                        open_arena, close_arena),
        cmocka_unit_test_setup_teardown(no_words_mean_the_default, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
