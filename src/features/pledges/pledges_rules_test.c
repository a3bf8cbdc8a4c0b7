/* What a pledge needs, how it goes on, what the public still pays. */
#include "features/pledges/pledges_rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static int set_up(void **state)
{
    *state = arena_create(1 << 20);
    return 0;
}

static int tear_down(void **state)
{
    arena_destroy(*state);
    return 0;
}

#define ALL_FORMS ((1u << PLEDGE_MONEY) | (1u << PLEDGE_GOODS) | (1u << PLEDGE_HOURS))

static const Money left = {1000000};

static const char *fault(Arena *arena, PledgeFact fact, unsigned allowed)
{
    Error *error = pledge_check(arena, &fact, allowed, left);
    return error ? arena_cstr(arena, error->field) : "";
}

static PledgeFact money(int64_t fen)
{
    return (PledgeFact){.form = PLEDGE_MONEY, .value = {fen}};
}

static void money_needs_its_amount_and_nothing_else(void **state)
{
    assert_string_equal(fault(*state, money(1), ALL_FORMS), "");
    assert_string_equal(fault(*state, money(0), ALL_FORMS), "value");
    assert_string_equal(fault(*state, money(-100), ALL_FORMS), "value");
}

static void goods_say_what_they_are_and_what_they_are_worth(void **state)
{
    PledgeFact goods = {.form = PLEDGE_GOODS, .value = {30000}, .words = STR("长椅两张")};
    assert_string_equal(fault(*state, goods, ALL_FORMS), "");
    goods.value.fen = 0;
    assert_string_equal(fault(*state, goods, ALL_FORMS), "value");
    goods.value.fen = 30000;
    goods.words = STR("椅");
    assert_string_equal(fault(*state, goods, ALL_FORMS), "words");
}

static void hours_say_how_many_and_what_for(void **state)
{
    PledgeFact hours = {.form = PLEDGE_HOURS, .hours = 12, .words = STR("刷墙")};
    assert_string_equal(fault(*state, hours, ALL_FORMS), "");
    hours.hours = 0;
    assert_string_equal(fault(*state, hours, ALL_FORMS), "hours");
    hours.hours = PLEDGE_HOURS_MAX + 1;
    assert_string_equal(fault(*state, hours, ALL_FORMS), "hours");
    hours.hours = PLEDGE_HOURS_MAX;
    hours.words = STR("");
    assert_string_equal(fault(*state, hours, ALL_FORMS), "words");
}

static void only_the_forms_of_the_programme_are_taken(void **state)
{
    assert_string_equal(fault(*state, money(100), 1u << PLEDGE_HOURS), "form");
    assert_string_equal(fault(*state, money(100), 0), "form");
    assert_string_equal(fault(*state, (PledgeFact){.form = 4}, ~0u), "form");
    assert_string_equal(fault(*state, (PledgeFact){.form = 0}, ~0u), "form");
}

static void nobody_gives_more_than_the_project_lacks(void **state)
{
    assert_string_equal(fault(*state, money(left.fen), ALL_FORMS), "");
    PledgeFact more = money(left.fen + 1);
    Error *error = pledge_check(*state, &more, ALL_FORMS, left);
    assert_int_equal(error->code, ERROR_PLEDGE_TOO_MUCH);
    assert_true(str_eq(error->word, STR("10,000")));
    PledgeFact hours = {.form = PLEDGE_HOURS, .hours = 12, .words = STR("刷墙")};
    assert_null(pledge_check(*state, &hours, ALL_FORMS, (Money){0}));
}

static void hours_are_kept_without_a_value_and_money_without_hours(void **state)
{
    (void)state;
    PledgeFact both = {.form = PLEDGE_HOURS, .value = {500}, .hours = 3};
    assert_int_equal(pledge_clean(&both).value.fen, 0);
    assert_int_equal(pledge_clean(&both).hours, 3);
    both.form = PLEDGE_GOODS;
    assert_int_equal(pledge_clean(&both).value.fen, 500);
    assert_int_equal(pledge_clean(&both).hours, 0);
}

static void staff_confirm_then_receive_and_never_the_other_way(void **state)
{
    (void)state;
    assert_true(pledge_may_step(PLEDGE_PROMISED, PLEDGE_CONFIRMED, true, false));
    assert_true(pledge_may_step(PLEDGE_CONFIRMED, PLEDGE_RECEIVED, true, false));
    assert_false(pledge_may_step(PLEDGE_PROMISED, PLEDGE_RECEIVED, true, false));
    assert_false(pledge_may_step(PLEDGE_RECEIVED, PLEDGE_CONFIRMED, true, false));
    for (int from = PLEDGE_PROMISED; from <= PLEDGE_RELEASED; from++) {
        assert_false(pledge_may_step((PledgeState)from, PLEDGE_PROMISED, true, true));
        assert_false(pledge_may_step(PLEDGE_RELEASED, (PledgeState)from, true, true));
    }
}

static void a_giver_takes_back_what_was_not_received_and_does_nothing_else(void **state)
{
    (void)state;
    assert_true(pledge_may_step(PLEDGE_PROMISED, PLEDGE_RELEASED, false, true));
    assert_true(pledge_may_step(PLEDGE_CONFIRMED, PLEDGE_RELEASED, false, true));
    assert_false(pledge_may_step(PLEDGE_RECEIVED, PLEDGE_RELEASED, false, true));
    assert_false(pledge_may_step(PLEDGE_PROMISED, PLEDGE_CONFIRMED, false, true));
    assert_false(pledge_may_step(PLEDGE_PROMISED, PLEDGE_RELEASED, false, false));
}

static void staff_do_not_confirm_or_receive_their_own_gift(void **state)
{
    (void)state;
    assert_false(pledge_may_step(PLEDGE_PROMISED, PLEDGE_CONFIRMED, true, true));
    assert_false(pledge_may_step(PLEDGE_CONFIRMED, PLEDGE_RECEIVED, true, true));
    assert_true(pledge_may_step(PLEDGE_CONFIRMED, PLEDGE_RELEASED, true, true));
}

static void staff_say_why_they_release_and_a_giver_need_not(void **state)
{
    assert_null(pledge_reason_check(*state, STR(""), true));
    assert_int_equal(pledge_reason_check(*state, STR(""), false)->code, ERROR_FIELD_MISSING);
    assert_int_equal(pledge_reason_check(*state, STR("没空"), false)->code, ERROR_FIELD_TOO_SHORT);
    assert_null(pledge_reason_check(*state, STR("本人搬走了"), false));
}

static void the_public_pays_the_rest_and_never_less_than_nothing(void **state)
{
    (void)state;
    assert_int_equal(pledge_public_cost((Money){1000}, (Money){400}).fen, 600);
    assert_int_equal(pledge_public_cost((Money){1000}, (Money){1000}).fen, 0);
    assert_int_equal(pledge_public_cost((Money){1000}, (Money){1200}).fen, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(money_needs_its_amount_and_nothing_else, set_up, tear_down),
        cmocka_unit_test_setup_teardown(goods_say_what_they_are_and_what_they_are_worth, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(hours_say_how_many_and_what_for, set_up, tear_down),
        cmocka_unit_test_setup_teardown(only_the_forms_of_the_programme_are_taken, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(nobody_gives_more_than_the_project_lacks, set_up,
                                        tear_down),
        cmocka_unit_test(hours_are_kept_without_a_value_and_money_without_hours),
        cmocka_unit_test(staff_confirm_then_receive_and_never_the_other_way),
        cmocka_unit_test(a_giver_takes_back_what_was_not_received_and_does_nothing_else),
        cmocka_unit_test(staff_do_not_confirm_or_receive_their_own_gift),
        cmocka_unit_test_setup_teardown(staff_say_why_they_release_and_a_giver_need_not, set_up,
                                        tear_down),
        cmocka_unit_test(the_public_pays_the_rest_and_never_less_than_nothing),
    };
    return cmocka_run_group_tests_name("pledges_rules", tests, NULL, NULL);
}
