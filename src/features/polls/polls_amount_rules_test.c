/* Exact amounts of a count, as people read them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "features/polls/polls_amount_rules.h"

static Arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = arena_create(1 << 20);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_destroy(arena);
    return 0;
}

static void an_exact_amount_is_read_to_the_nearest_fen(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t nearest, below;
        bool is_exact;
    } cases[] = {
        {"0", 0, 0, true},
        {"41", 4100, 4100, true},
        {"41.2", 4120, 4120, true},
        {"41.205", 4121, 4120, false},
        {"41.204", 4120, 4120, false},
        {"100/7", 1429, 1428, false},
        {"1/3", 33, 33, false},
        {"50/100", 50, 50, true},
        {"123456789012345678901234567890/123456789012345678901234567891", 100, 99, false},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        PollAmount amount;
        assert_true(poll_amount_read(arena, str_from(cases[i].text), &amount));
        assert_int_equal(amount.nearest.fen, cases[i].nearest);
        assert_int_equal(amount.below.fen, cases[i].below);
        assert_true(amount.is_exact == cases[i].is_exact);
    }
}

static void what_is_no_amount_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",   "-1",  "1/0",   "1/",
                                        "/2", "1.",  ".5",    "a",
                                        "1 ", "1e3", "1/2/3", "99999999999999999999999999"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        PollAmount amount;
        assert_false(poll_amount_read(arena, str_from(wrong[i]), &amount));
    }
}

static void shares_are_even_when_they_come_to_the_cost_to_the_last_fen(void **state)
{
    (void)state;
    assert_true(poll_is_even(arena, STR("41.2"), 36, (Money){148320}));
    assert_true(poll_is_even(arena, STR("100/7"), 7, (Money){10000}));
    assert_false(poll_is_even(arena, STR("100/7"), 6, (Money){10000}));
    assert_false(poll_is_even(arena, STR("14.28"), 7, (Money){10000}));
    assert_false(poll_is_even(arena, STR(""), 7, (Money){10000}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_exact_amount_is_read_to_the_nearest_fen),
        cmocka_unit_test(what_is_no_amount_is_refused),
        cmocka_unit_test(shares_are_even_when_they_come_to_the_cost_to_the_last_fen),
    };
    return cmocka_run_group_tests_name("polls_amount_rules", tests, open_arena, close_arena);
}
