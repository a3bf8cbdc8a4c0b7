#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/limits.h"
#include "platform/auth/password.h"
#include "platform/auth/tries.h"

#define MINUTE 60000

static Tries after(int failures, TryKind kind, int64_t step_ms, Instant *now)
{
    Tries tries = {0};
    for (int i = 0; i < failures; i++) {
        now->ms += step_ms;
        tries = tries_after_failure(tries, kind, *now);
    }
    return tries;
}

static void four_wrong_tries_on_a_code_lock_nothing_and_the_fifth_does(void **state)
{
    (void)state;
    Instant now = {1000000};
    assert_int_equal(tries_locked_ms(after(4, TRY_SUBJECT, 1000, &now), now), 0);
    assert_int_equal(tries_locked_ms(after(5, TRY_SUBJECT, 1000, &now), now), MINUTE);
}

static void each_further_try_doubles_the_delay_up_to_an_hour(void **state)
{
    (void)state;
    static const int64_t minutes[] = {1, 2, 4, 8, 16, 32, 60, 60, 60};
    for (int i = 0; i < (int)countof(minutes); i++) {
        Instant now = {1000000};
        Tries tries = after(LIMIT_CODE_TRIES + i, TRY_SUBJECT, 1000, &now);
        assert_int_equal(tries_locked_ms(tries, now), minutes[i] * MINUTE);
    }
    Instant now = {1000000};
    assert_int_equal(tries_locked_ms(after(500, TRY_SUBJECT, 1000, &now), now), 60 * MINUTE);
}

static void a_day_without_tries_is_a_new_start(void **state)
{
    (void)state;
    Instant now = {1000000};
    Tries tries = after(4, TRY_SUBJECT, 1000, &now);
    now.ms += 24 * 60 * MINUTE;
    tries = tries_after_failure(tries, TRY_SUBJECT, now);
    assert_int_equal(tries.failures, 1);
    assert_int_equal(tries_locked_ms(tries, now), 0);
}

static void an_address_is_locked_for_the_rest_of_its_hour(void **state)
{
    (void)state;
    Instant now = {1000000};
    Tries tries = after(LIMIT_TRIES_PER_ADDRESS - 1, TRY_ADDRESS, 1000, &now);
    assert_int_equal(tries_locked_ms(tries, now), 0);
    now.ms += 1000;
    tries = tries_after_failure(tries, TRY_ADDRESS, now);
    assert_int_equal(tries_locked_ms(tries, now),
                     60 * MINUTE - (LIMIT_TRIES_PER_ADDRESS - 1) * 1000);
    now.ms += 60 * MINUTE;
    assert_int_equal(tries_locked_ms(tries, now), 0);
    assert_int_equal(tries_after_failure(tries, TRY_ADDRESS, now).failures, 1);
}

static bool is_weak(Arena *arena, Str login, Str password)
{
    return password_check_rules(arena, login, password) != NULL;
}

static void weak_passwords_are_refused(void **state)
{
    (void)state;
    Arena *arena = arena_create(1 << 20);
    assert_true(is_weak(arena, STR("lin"), STR("short")));
    assert_true(is_weak(arena, STR("lin"), STR("圆桌圆桌圆桌圆桌圆")));
    assert_true(is_weak(arena, STR("lin"), STR("aaaaaaaaaaaaaa")));
    assert_true(is_weak(arena, STR("lin"), STR("1234567890")));
    assert_true(is_weak(arena, STR("lin"), STR("WOAINI1314")));
    assert_true(is_weak(arena, STR("linxiaohong"), STR("LinXiaoHong")));
    assert_false(is_weak(arena, STR("lin"), STR("路灯和长椅都很好看呀")));
    assert_false(is_weak(arena, STR("lin"), STR("lamp bench rain")));
    arena_destroy(arena);
}

static void a_password_matches_its_own_hash_and_no_other(void **state)
{
    (void)state;
    Arena *arena = arena_create(1 << 20);
    Hasher *hasher = hasher_create(arena);
    Str hash;
    bool matches = false;
    assert_null(password_hash(hasher, arena, STR("lamp bench rain"), &hash));
    assert_true(str_starts_with(hash, STR("$argon2id$v=19$m=19456,t=2,p=1$")));
    assert_null(password_verify(hasher, arena, hash, STR("lamp bench rain"), &matches));
    assert_true(matches);
    assert_null(password_verify(hasher, arena, hash, STR("lamp bench ruin"), &matches));
    assert_false(matches);
    arena_destroy(arena);
}

/* The dummy hash must be readable, or unknown names would answer at once. */
static void an_unknown_name_costs_as_much_as_a_known_one(void **state)
{
    (void)state;
    Arena *arena = arena_create(1 << 20);
    Hasher *hasher = hasher_create(arena);
    Str hash;
    bool matches = true;
    assert_null(password_hash(hasher, arena, STR("lamp bench rain"), &hash));
    int64_t at = clock_monotonic_us();
    assert_null(password_verify(hasher, arena, hash, STR("wrong"), &matches));
    int64_t known_us = clock_monotonic_us() - at;
    at = clock_monotonic_us();
    assert_null(password_verify(hasher, arena, STR(""), STR("wrong"), &matches));
    int64_t unknown_us = clock_monotonic_us() - at;
    assert_false(matches);
    assert_true(unknown_us * 5 > known_us);
    arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_wrong_tries_on_a_code_lock_nothing_and_the_fifth_does),
        cmocka_unit_test(each_further_try_doubles_the_delay_up_to_an_hour),
        cmocka_unit_test(a_day_without_tries_is_a_new_start),
        cmocka_unit_test(an_address_is_locked_for_the_rest_of_its_hour),
        cmocka_unit_test(weak_passwords_are_refused),
        cmocka_unit_test(a_password_matches_its_own_hash_and_no_other),
        cmocka_unit_test(an_unknown_name_costs_as_much_as_a_known_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
