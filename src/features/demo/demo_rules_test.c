/* Ages and the ballot model of the demonstration, and the files as they are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "features/demo/demo_plan.h"
#include "features/demo/demo_timeline.h"
#include "features/people/people_rules.h"

#define ARENA_BYTES (16u << 20)

static int setup(void **state)
{
    *state = arena_create(ARENA_BYTES);
    return 0;
}

static int teardown(void **state)
{
    arena_destroy(*state);
    return 0;
}

static const DemoPoll three_options = {.minimum_age = 15,
                                       .max_choices = 2,
                                       .turnout = {100, 100, 100},
                                       .weights = {{100, 100, 0}, {100, 0, 0}, {100, 0, 0}},
                                       .n_options = 3};

static void a_birth_month_after_this_one_was_a_year_earlier(void **state)
{
    (void)state;
    Date day = date_of((CivilDate){2026, 6, 15});
    assert_int_equal(demo_birth_year(30, 6, day), 1996);
    assert_int_equal(demo_birth_year(30, 7, day), 1995);
}

static void bands_end_at_36_and_60(void **state)
{
    (void)state;
    assert_int_equal(demo_band(35), DEMO_YOUNG);
    assert_int_equal(demo_band(36), DEMO_MIDDLE);
    assert_int_equal(demo_band(59), DEMO_MIDDLE);
    assert_int_equal(demo_band(60), DEMO_OLD);
}

static void a_ballot_holds_no_more_than_allowed_and_at_least_one(void **state)
{
    (void)state;
    Seeded seeded = {1};
    int64_t options[2];
    for (int i = 0; i < 200; i++) {
        DemoVoter young = {.age = 20, .lives_here = true};
        DemoVoter old = {.age = 80, .lives_here = true};
        assert_int_equal(demo_ballot_draw(&seeded, &three_options, &young, options), 2);
        assert_true(options[0] != options[1]);
        assert_int_equal(demo_ballot_draw(&seeded, &three_options, &old, options), 1);
    }
}

static void who_may_not_vote_draws_the_same_numbers(void **state)
{
    (void)state;
    int64_t options[2];
    Seeded with = {7};
    Seeded without = {7};
    DemoVoter child = {.age = 14, .lives_here = true};
    DemoVoter worker = {.age = 40, .lives_here = false};
    DemoVoter voter = {.age = 40, .lives_here = true};
    assert_int_equal(demo_ballot_draw(&without, &three_options, &child, options), 0);
    assert_int_equal(demo_ballot_draw(&with, &three_options, &voter, options), 1);
    assert_true(with.state == without.state);
    assert_int_equal(demo_ballot_draw(&without, &three_options, &worker, options), 0);
}

static const char *data_directory(Arena *arena)
{
    const char *root = getenv("YZ_ROOT");
    return arena_printf(arena, "%s/data/demo", root ? root : ".").data;
}

static void read_plan(Arena *arena, DemoPlan *plan)
{
    Error *err = demo_plan_read(arena, data_directory(arena), plan);
    if (err) {
        fail_msg("%s", err->detail.data);
    }
}

static size_t ballots_of(const DemoPlan *plan, const DemoRound *round)
{
    Seeded seeded = {round->seed};
    size_t ballots = 0;
    for (size_t i = 0; i < plan->n_people; i++) {
        const DemoPerson *person = &plan->people[i];
        int64_t options[DEMO_MAX_OPTIONS];
        DemoVoter voter = {.age = person->age,
                           .lives_here = person->residency != RESIDENCY_WORKS_HERE};
        if (&plan->areas[person->area] == &plan->areas[round->area]) {
            ballots += demo_ballot_draw(&seeded, &round->poll, &voter, options) > 0;
        }
    }
    return ballots;
}

static void the_model_gives_51_and_59_ballots(void **state)
{
    DemoPlan plan;
    read_plan(*state, &plan);
    assert_int_equal(plan.n_rounds, 3);
    assert_int_equal(ballots_of(&plan, &plan.rounds[0]), 51);
    assert_int_equal(ballots_of(&plan, &plan.rounds[2]), 59);
}

/* Else some March the one who is just 15 is counted a day too young, and the filling fails. */
static void whoever_votes_in_an_earlier_round_was_old_enough_then(void **state)
{
    DemoPlan plan;
    read_plan(*state, &plan);
    for (size_t r = 0; r < plan.n_rounds; r++) {
        const DemoRound *round = &plan.rounds[r];
        const DemoStage *vote = demo_plan_stage(&plan, (int)r, STR("vote"));
        int years = (-vote->opens.day + 364) / 365;
        for (size_t i = 0; round->seed != 0 && i < plan.n_people; i++) {
            const DemoPerson *person = &plan.people[i];
            bool is_asked = person->area == round->area && person->age >= 15;
            assert_true(!is_asked || person->age - years - 1 >= round->poll.minimum_age);
        }
    }
}

static void the_timeline_rises_and_ends_before_day_0(void **state)
{
    DemoPlan plan;
    DemoEvent *events;
    size_t count;
    read_plan(*state, &plan);
    demo_timeline(*state, &plan, &events, &count);
    assert_true(count > 100);
    for (size_t i = 0; i < count; i++) {
        int64_t at = events[i].at.day * 1440 + events[i].at.minute;
        assert_true(at < 0);
        assert_true(i == 0 || events[i - 1].at.day * 1440 + events[i - 1].at.minute <= at);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_birth_month_after_this_one_was_a_year_earlier),
        cmocka_unit_test(bands_end_at_36_and_60),
        cmocka_unit_test(a_ballot_holds_no_more_than_allowed_and_at_least_one),
        cmocka_unit_test(who_may_not_vote_draws_the_same_numbers),
        cmocka_unit_test_setup_teardown(the_model_gives_51_and_59_ballots, setup, teardown),
        cmocka_unit_test_setup_teardown(whoever_votes_in_an_earlier_round_was_old_enough_then,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(the_timeline_rises_and_ends_before_day_0, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
