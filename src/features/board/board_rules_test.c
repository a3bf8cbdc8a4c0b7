/* Whose a late thing is, and shares of money. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "features/board/board_rules.h"

static const Instant now = {INT64_C(1810000000000)};

static Instant hours_ago(int64_t hours)
{
    return (Instant){now.ms - hours * INT64_C(3600000)};
}

static BoardItem item(const char *link, Instant due_at, BoardHolder holder)
{
    return (BoardItem){str_from(link), STR("写答复"), due_at, holder};
}

static void what_is_late_stands_with_the_longest_first(void **state)
{
    Arena *arena = arena_create(1u << 20);
    size_t *late = NULL;
    const BoardItem items[] = {
        item("/1", hours_ago(2), BOARD_COMMUNITY), item("/2", hours_ago(-2), BOARD_COMMUNITY),
        item("/3", (Instant){0}, BOARD_COMMUNITY), item("/4", hours_ago(90), BOARD_COMMUNITY)};
    (void)state;
    assert_int_equal(board_pick(arena, items, countof(items), now, &late), 2);
    assert_int_equal(late[0], 3);
    assert_int_equal(late[1], 0);
    arena_destroy(arena);
}

static void
what_the_community_and_the_street_are_shown_is_the_communitys_and_counts_once(void **state)
{
    Arena *arena = arena_create(1u << 20);
    size_t *late = NULL;
    const BoardItem items[] = {
        item("/1", hours_ago(2), BOARD_COMMUNITY), item("/1", hours_ago(2), BOARD_STREET),
        item("/2", hours_ago(1), BOARD_STREET), item("/2", hours_ago(1), BOARD_DISTRICT)};
    (void)state;
    assert_int_equal(board_pick(arena, items, countof(items), now, &late), 2);
    assert_int_equal(items[late[0]].holder, BOARD_COMMUNITY);
    assert_int_equal(items[late[1]].holder, BOARD_STREET);
    arena_destroy(arena);
}

static void nothing_due_is_nothing_late(void **state)
{
    Arena *arena = arena_create(1u << 20);
    size_t *late = NULL;
    (void)state;
    assert_int_equal(board_pick(arena, NULL, 0, now, &late), 0);
    arena_destroy(arena);
}

static void a_share_is_in_thousandths_and_never_more_than_all(void **state)
{
    (void)state;
    assert_int_equal(board_permille(1, 3), 333);
    assert_int_equal(board_permille(5, 4), 1000);
    assert_int_equal(board_permille(-1, 4), 0);
    assert_int_equal(board_permille(1, 0), 0);
    assert_int_equal(board_permille(MONEY_MAX_FEN - 1, MONEY_MAX_FEN), 999);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_late_stands_with_the_longest_first),
        cmocka_unit_test(
            what_the_community_and_the_street_are_shown_is_the_communitys_and_counts_once),
        cmocka_unit_test(nothing_due_is_nothing_late),
        cmocka_unit_test(a_share_is_in_thousandths_and_never_more_than_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
