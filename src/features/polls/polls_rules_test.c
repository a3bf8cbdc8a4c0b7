/* Ballots and who may cast them: the rules alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "features/polls/polls_rules.h"
#include "test_feature.h"

static Arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = arena_create(64 << 20);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_destroy(arena);
    return 0;
}

static void a_ballot_is_stored_in_rising_numbers(void **state)
{
    (void)state;
    int64_t options[] = {9, 2, 11};
    Str stored;
    assert_null(poll_ballot_write(arena, options, 3, 12, 5, &stored));
    assert_string_equal(arena_cstr(arena, stored), "2,9,11");
}

static void an_empty_ballot_is_refused(void **state)
{
    (void)state;
    Str stored;
    test_error(poll_ballot_write(arena, NULL, 0, 12, 5, &stored), ERROR_BALLOT_EMPTY);
}

static void one_choice_more_than_allowed_is_refused_and_says_the_limit(void **state)
{
    (void)state;
    int64_t options[] = {1, 2, 3};
    Str stored;
    Error *err = poll_ballot_write(arena, options, 3, 12, 2, &stored);
    test_error(err, ERROR_BALLOT_TOO_MANY);
    assert_int_equal(err->number, 2);
    assert_null(poll_ballot_write(arena, options, 2, 12, 2, &stored));
}

static void a_choice_that_is_not_on_the_ballot_is_refused(void **state)
{
    (void)state;
    Str stored;
    int64_t wrong[] = {0, 13, -1, INT64_MAX};
    for (size_t i = 0; i < countof(wrong); i++) {
        test_error(poll_ballot_write(arena, &wrong[i], 1, 12, 5, &stored), ERROR_FIELD_NOT_CHOICE);
    }
}

static void the_same_choice_twice_is_refused(void **state)
{
    (void)state;
    int64_t options[] = {4, 1, 4};
    Str stored;
    test_error(poll_ballot_write(arena, options, 3, 12, 5, &stored), ERROR_FIELD_TWICE);
}

static void what_was_written_is_read_back(void **state)
{
    (void)state;
    Seeded seeded = {7};
    for (int round = 0; round < 500; round++) {
        int64_t options[20];
        size_t count = 0;
        for (int64_t no = 1; no <= 20; no++) {
            if (seeded_below(&seeded, 3) == 0) {
                options[count++] = no;
            }
        }
        Str stored;
        uint32_t *numbers;
        size_t read;
        if (count == 0) {
            continue;
        }
        assert_null(poll_ballot_write(arena, options, count, 20, 20, &stored));
        assert_true(poll_ballot_read(arena, stored, 20, &numbers, &read));
        assert_int_equal(read, count);
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(numbers[i], options[i]);
        }
    }
}

static void a_stored_ballot_in_any_other_form_is_not_read(void **state)
{
    (void)state;
    static const char *const wrong[] = {"2,1", "1,1",  "0", "13", "1,",
                                        ",1",  "1,,2", "a", " 1", "1 "};
    for (size_t i = 0; i < countof(wrong); i++) {
        uint32_t *numbers;
        size_t count;
        assert_false(poll_ballot_read(arena, str_from(wrong[i]), 12, &numbers, &count));
    }
}

static void ballots_are_taken_from_opening_until_the_last_moment_before_closing(void **state)
{
    (void)state;
    Instant opens = {1000};
    Instant closes = {2000};
    test_error(poll_accepts_ballots(arena, POLL_DRAFT, opens, closes, (Instant){1500}),
               ERROR_POLL_NOT_OPEN);
    test_error(poll_accepts_ballots(arena, POLL_OPEN, opens, closes, (Instant){999}),
               ERROR_POLL_NOT_OPEN);
    assert_null(poll_accepts_ballots(arena, POLL_OPEN, opens, closes, (Instant){1000}));
    assert_null(poll_accepts_ballots(arena, POLL_OPEN, opens, closes, (Instant){1999}));
    test_error(poll_accepts_ballots(arena, POLL_OPEN, opens, closes, (Instant){2000}),
               ERROR_POLL_CLOSED);
    test_error(poll_accepts_ballots(arena, POLL_CLOSED, opens, closes, (Instant){1500}),
               ERROR_POLL_CLOSED);
}

static void a_person_is_old_enough_only_when_the_month_of_birth_is_over(void **state)
{
    (void)state;
    Date today = date_of((CivilDate){2026, 11, 21});
    assert_true(poll_is_old_enough(2011, 10, 15, today));
    assert_false(poll_is_old_enough(2011, 11, 15, today));
    assert_true(poll_is_old_enough(2011, 11, 15, date_of((CivilDate){2026, 12, 1})));
    assert_false(poll_is_old_enough(2011, 12, 15, date_of((CivilDate){2026, 12, 31})));
    assert_true(poll_is_old_enough(2011, 12, 15, date_of((CivilDate){2027, 1, 1})));
}

static void an_unknown_birth_is_not_old_enough_and_an_unknown_month_counts_as_december(void **state)
{
    (void)state;
    Date today = date_of((CivilDate){2026, 11, 21});
    assert_false(poll_is_old_enough(0, 0, 15, today));
    assert_false(poll_is_old_enough(2011, 0, 15, today));
    assert_true(poll_is_old_enough(2010, 0, 15, today));
}

static void the_latest_birth_agrees_with_the_rule_for_every_month(void **state)
{
    (void)state;
    for (int month = 1; month <= 12; month++) {
        Date today = date_of((CivilDate){2026, month, 15});
        int64_t year;
        int64_t latest;
        poll_latest_birth(15, today, &year, &latest);
        assert_true(poll_is_old_enough(year, latest, 15, today));
        int64_t next_year = latest == 12 ? year + 1 : year;
        assert_false(poll_is_old_enough(next_year, latest % 12 + 1, 15, today));
    }
}

static void a_count_of_stored_ballots_gives_the_selection_of_the_rule(void **state)
{
    (void)state;
    const PollOptionIn options[] = {{STR("001"), 600}, {STR("002"), 500}, {STR("003"), 400}};
    const Str ballots[] = {STR("1"), STR("1,3"), STR("1,2"), STR("2,3"), STR("")};
    TallyElection election;
    TallyOptions rule;
    TallyResult result;
    assert_null(poll_election(arena, options, 3, 1000, ballots, 5, &election));
    PollRule words = poll_rule_default();
    assert_null(poll_tally_options(arena, &words, &rule));
    assert_null(tally_run(arena, &election, &rule, &result));
    assert_int_equal(result.voters, 5);
    assert_int_equal(result.n_selected, 2);
    assert_int_equal(result.selected[0], 0); /* three votes */
    assert_int_equal(result.selected[1], 2); /* two votes, cheaper than option 2 */
    assert_int_equal(result.total_cost, 1000);
}

static void a_rule_that_is_not_known_is_an_error_of_configuration(void **state)
{
    (void)state;
    TallyOptions rule;
    PollRule words = poll_rule_default();
    words.rule = STR("dice");
    test_error(poll_tally_options(arena, &words, &rule), ERROR_CONFIGURATION);
    words = poll_rule_default();
    words.completion = STR("sometimes");
    test_error(poll_tally_options(arena, &words, &rule), ERROR_CONFIGURATION);
}

static void a_rule_that_needs_points_is_refused_for_ballots_without(void **state)
{
    (void)state;
    TallyOptions rule;
    PollRule words = poll_rule_default();
    words.utility = STR("points");
    test_error(poll_tally_options(arena, &words, &rule), ERROR_CONFIGURATION);
}

static void the_words_of_a_rule_mean_that_rule(void **state)
{
    (void)state;
    TallyOptions rule;
    PollRule words = poll_rule_default();
    words.rule = STR("equal-shares");
    words.utility = STR("count");
    words.completion = STR("add1e+greedy");
    words.increment = (Money){500};
    words.misfit = STR("stop");
    assert_null(poll_tally_options(arena, &words, &rule));
    assert_int_equal(rule.rule, TALLY_RULE_EQUAL_SHARES);
    assert_int_equal(rule.utility, TALLY_UTILITY_COUNT);
    assert_int_equal(rule.completion, TALLY_COMPLETE_ADD1E_GREEDY);
    assert_int_equal(rule.increment, 500);
    assert_int_equal(rule.misfit, TALLY_MISFIT_STOP);
    words.increment = (Money){50}; /* no whole yuan: the published file could not carry it */
    test_error(poll_tally_options(arena, &words, &rule), ERROR_CONFIGURATION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ballot_is_stored_in_rising_numbers),
        cmocka_unit_test(an_empty_ballot_is_refused),
        cmocka_unit_test(one_choice_more_than_allowed_is_refused_and_says_the_limit),
        cmocka_unit_test(a_choice_that_is_not_on_the_ballot_is_refused),
        cmocka_unit_test(the_same_choice_twice_is_refused),
        cmocka_unit_test(what_was_written_is_read_back),
        cmocka_unit_test(a_stored_ballot_in_any_other_form_is_not_read),
        cmocka_unit_test(ballots_are_taken_from_opening_until_the_last_moment_before_closing),
        cmocka_unit_test(a_person_is_old_enough_only_when_the_month_of_birth_is_over),
        cmocka_unit_test(
            an_unknown_birth_is_not_old_enough_and_an_unknown_month_counts_as_december),
        cmocka_unit_test(the_latest_birth_agrees_with_the_rule_for_every_month),
        cmocka_unit_test(a_count_of_stored_ballots_gives_the_selection_of_the_rule),
        cmocka_unit_test(a_rule_that_is_not_known_is_an_error_of_configuration),
        cmocka_unit_test(a_rule_that_needs_points_is_refused_for_ballots_without),
        cmocka_unit_test(the_words_of_a_rule_mean_that_rule),
    };
    return cmocka_run_group_tests_name("polls_rules", tests, open_arena, close_arena);
}
