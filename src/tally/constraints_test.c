/* Caps, floors, exclusion, prices, decisions and shares of a misfit, small enough to check by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tally/tally.h"

/* Votes fall from 5 (slide) to 1 (lamp). The slide and the swing are play, the rest is road. */
enum { SLIDE, SWING, BENCH, PATH, LAMP };

typedef struct Street {
    Arena *arena;
    TallyElection election;
    TallyOptions options;
} Street;

static int open_street(void **state)
{
    static const TallyProject projects[] = {{STR_INIT("slide"), 40},
                                            {STR_INIT("swing"), 30},
                                            {STR_INIT("bench"), 20},
                                            {STR_INIT("path"), 50},
                                            {STR_INIT("lamp"), 10}};
    static const uint32_t start[] = {0, 5, 9, 12, 14, 15};
    static const uint32_t choices[] = {0, 1, 2, 3, 4, 0, 1, 2, 3, 0, 1, 2, 0, 1, 0};
    Arena *arena = arena_create(1024 * 1024);
    Street *street = arena_new(arena, Street);
    *street = (Street){.arena = arena,
                       .election = {.projects = projects,
                                    .n_projects = 5,
                                    .budget = 100,
                                    .n_ballots = 5,
                                    .start = start,
                                    .choices = choices},
                       .options = tally_default_options()};
    *state = street;
    return 0;
}

static int close_street(void **state)
{
    arena_destroy(((Street *)*state)->arena);
    return 0;
}

static TallyResult run(const Street *street)
{
    TallyResult result;
    Error *err = tally_run(street->arena, &street->election, &street->options, &result);
    if (err) {
        fail_msg("%.*s", STR_ARG(err->detail));
    }
    return result;
}

static void assert_selected(const TallyResult *result, const uint32_t *expected, uint32_t n)
{
    assert_int_equal(result->n_selected, n);
    for (uint32_t i = 0; i < n; i++) {
        assert_int_equal(result->selected[i], expected[i]);
    }
}

#define ASSERT_SELECTED(result, ...)                                                               \
    assert_selected(&(result), (const uint32_t[]){__VA_ARGS__},                                    \
                    (uint32_t)countof(((const uint32_t[]){__VA_ARGS__})))

static void constrain(Street *street, const TallyConstraint *constraint)
{
    street->options.limits.constraints = constraint;
    street->options.limits.n_constraints = 1;
}

static const uint32_t play[] = {SLIDE, SWING};
static const uint32_t road[] = {BENCH, PATH, LAMP};

static void of_projects_that_exclude_each_other_one_is_funded(void **state)
{
    Street *street = *state;
    TallyConstraint one = tally_group(STR("play"), play, 2);
    one.most_number = 1;
    constrain(street, &one);
    TallyResult result = run(street);
    ASSERT_SELECTED(result, SLIDE, BENCH, LAMP);
    assert_int_equal(result.projects[SWING].reason, TALLY_QUOTA);
    assert_int_equal(result.projects[SWING].constraint, 0);
    assert_int_equal(result.projects[PATH].reason, TALLY_MISFIT);
    assert_int_equal(result.groups[0].number, 1);
    assert_int_equal(result.groups[0].cost, 40);
}

static void a_project_a_cap_excludes_does_not_stop_the_walk(void **state)
{
    Street *street = *state;
    TallyConstraint cap = tally_group(STR("play"), play, 2);
    cap.most_cost = 69;
    constrain(street, &cap);
    street->options.misfit = TALLY_MISFIT_STOP;
    TallyResult result = run(street);
    ASSERT_SELECTED(result, SLIDE, BENCH);
    assert_int_equal(result.projects[SWING].reason, TALLY_QUOTA);
    assert_int_equal(result.projects[SWING].lacked, 1);
    assert_int_equal(result.projects[LAMP].reason, TALLY_STOPPED);
}

static void a_floor_is_filled_before_anything_else(void **state)
{
    Street *street = *state;
    TallyConstraint floor = tally_group(STR("road"), road, 3);
    floor.least_cost = 60;
    constrain(street, &floor);
    TallyResult result = run(street);
    ASSERT_SELECTED(result, BENCH, PATH, SWING);
    assert_int_equal(result.n_first, 2);
    assert_int_equal(result.rounds[0].funding, TALLY_FUNDED_FLOOR);
    assert_int_equal(result.projects[BENCH].constraint, 0);
    assert_int_equal(result.rounds[2].funding, TALLY_FUNDED_BUDGET);
    assert_true(result.groups[0].floors_met);
}

static void a_floor_out_of_reach_is_missed_and_said_so(void **state)
{
    Street *street = *state;
    TallyConstraint floor = tally_group(STR("road"), road, 3);
    floor.least_cost = 90;
    constrain(street, &floor);
    TallyResult result = run(street);
    assert_false(result.groups[0].floors_met);
    assert_int_equal(result.n_first, 3);
    street->options.rule = TALLY_RULE_MAX_SATISFACTION;
    assert_non_null(tally_run(street->arena, &street->election, &street->options, &result));
}

static void what_is_decided_comes_first_and_what_is_withdrawn_not_at_all(void **state)
{
    Street *street = *state;
    static const TallyDecision decisions[] = {TALLY_DECIDED_OUT, TALLY_UNDECIDED, TALLY_UNDECIDED,
                                              TALLY_DECIDED_IN, TALLY_UNDECIDED};
    street->options.limits.decisions = decisions;
    for (TallyRule rule = TALLY_RULE_GREEDY; rule <= TALLY_RULE_MAX_SATISFACTION; rule++) {
        street->options.rule = rule;
        TallyResult result = run(street);
        assert_int_equal(result.selected[0], PATH);
        assert_int_equal(result.n_first, 1);
        assert_int_equal(result.rounds[0].funding, TALLY_FUNDED_DECIDED);
        assert_int_equal(result.projects[SLIDE].reason, TALLY_WITHDRAWN);
        assert_int_equal(result.projects[SLIDE].place, 0);
        assert_true(result.total_cost <= 100);
    }
}

static void voters_share_what_the_decided_projects_leave(void **state)
{
    Street *street = *state;
    static const TallyDecision decisions[] = {TALLY_UNDECIDED, TALLY_UNDECIDED, TALLY_UNDECIDED,
                                              TALLY_DECIDED_IN, TALLY_UNDECIDED};
    street->options.limits.decisions = decisions;
    street->options.rule = TALLY_RULE_EQUAL_SHARES;
    TallyResult result = run(street);
    assert_string_equal(result.endowment.data, "10");
    ASSERT_SELECTED(result, PATH, SLIDE);
    TallyAccount first = tally_account(street->arena, &street->election, &result, 0);
    assert_int_equal(first.n_payments, 1);
    assert_int_equal(first.payments[0].round, 1);
    assert_string_equal(first.after.data, "2");
}

static void too_dear_too_cheap_and_too_few_votes_have_no_turn(void **state)
{
    Street *street = *state;
    street->options.limits = (TallyLimits){.least_price = 20, .most_price = 45, .least_votes = 4};
    TallyResult result = run(street);
    ASSERT_SELECTED(result, SLIDE, SWING);
    assert_int_equal(result.projects[PATH].reason, TALLY_PRICE);
    assert_int_equal(result.projects[LAMP].reason, TALLY_PRICE);
    assert_int_equal(result.projects[BENCH].reason, TALLY_FEW_VOTES);
    assert_int_equal(result.n_ordered, 2);
}

static void the_first_misfit_is_funded_when_its_share_is_left(void **state)
{
    Street *street = *state;
    street->election.budget = 85; /* 15 are left for the bench of 20: 75 % */
    street->options.misfit = TALLY_MISFIT_STOP;
    assert_true(tally_parse_share(STR("75"), &street->options.misfit_share));
    TallyResult result = run(street);
    ASSERT_SELECTED(result, SLIDE, SWING, BENCH);
    assert_int_equal(result.added, 5);
    assert_int_equal(result.total_cost, 90);
    assert_int_equal(result.left, 0);
    assert_true(tally_parse_share(STR("75.01"), &street->options.misfit_share));
    result = run(street);
    ASSERT_SELECTED(result, SLIDE, SWING);
    assert_int_equal(result.added, 0);
    assert_int_equal(result.left, 15);
}

static void shares_and_phragmen_leave_out_what_a_cap_excludes(void **state)
{
    Street *street = *state;
    TallyConstraint one = tally_group(STR("play"), play, 2);
    one.most_number = 1;
    constrain(street, &one);
    street->options.rule = TALLY_RULE_EQUAL_SHARES;
    street->options.completion = TALLY_COMPLETE_ADD1E;
    TallyResult result = run(street);
    assert_int_equal(result.projects[SWING].reason, TALLY_QUOTA);
    assert_int_equal(result.groups[0].number, 1);
    street->options.rule = TALLY_RULE_PHRAGMEN;
    result = run(street);
    assert_int_equal(result.groups[0].number, 1);
}

static void assert_refused(const Street *street, const char *part)
{
    TallyResult result;
    Error *err = tally_run(street->arena, &street->election, &street->options, &result);
    assert_non_null(err);
    if (!str_contains(err->detail, str_from(part))) {
        fail_msg("\"%.*s\" does not say \"%s\"", STR_ARG(err->detail), part);
    }
}

static void limits_that_contradict_each_other_are_refused(void **state)
{
    Street *street = *state;
    TallyConstraint bad = tally_group(STR("play"), play, 2);
    constrain(street, &bad);
    bad.most_number = 1;
    bad.least_number = 2;
    assert_refused(street, "\"play\" has a floor above its cap");
    static const uint32_t twice[] = {SLIDE, SLIDE};
    bad = tally_group(STR("play"), twice, 2);
    assert_refused(street, "lists a project twice");
    static const uint32_t unknown[] = {9};
    bad = tally_group(STR("play"), unknown, 1);
    assert_refused(street, "unknown project");
    static const TallyDecision both[] = {TALLY_DECIDED_IN, TALLY_DECIDED_IN, 0, 0, 0};
    bad = tally_group(STR("play"), play, 2);
    bad.most_number = 1;
    street->options.limits.decisions = both;
    assert_refused(street, "already decided");
    street->options.limits = (TallyLimits){.least_price = 3, .most_price = 2};
    assert_refused(street, "least price");
    street->options.limits = (TallyLimits){0};
    street->options.misfit_share = 10001;
    assert_refused(street, "share");
}

#define ON_STREET(test) cmocka_unit_test_setup_teardown(test, open_street, close_street)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STREET(of_projects_that_exclude_each_other_one_is_funded),
        ON_STREET(a_project_a_cap_excludes_does_not_stop_the_walk),
        ON_STREET(a_floor_is_filled_before_anything_else),
        ON_STREET(a_floor_out_of_reach_is_missed_and_said_so),
        ON_STREET(what_is_decided_comes_first_and_what_is_withdrawn_not_at_all),
        ON_STREET(voters_share_what_the_decided_projects_leave),
        ON_STREET(too_dear_too_cheap_and_too_few_votes_have_no_turn),
        ON_STREET(the_first_misfit_is_funded_when_its_share_is_left),
        ON_STREET(shares_and_phragmen_leave_out_what_a_cap_excludes),
        ON_STREET(limits_that_contradict_each_other_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
