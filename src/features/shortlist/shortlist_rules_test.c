/* Packages, rankings, who goes on the list, ties, and the two counts of the hall. */
#include "features/shortlist/shortlist_rules.h"

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

#define WORKS    1
#define SERVICES 2

static const ShortLimits three = {.top = 3, .most = 3};

static ShortEntry entry(int64_t proposal, int64_t place, int64_t votes)
{
    return (ShortEntry){.proposal = proposal,
                        .kind = WORKS,
                        .cost = {10000},
                        .table_no = 1,
                        .place = place,
                        .votes = votes};
}

/* The project in a place of the decision, 1 …. */
static const ShortEntry *at(const ShortEntry *entries, int64_t no)
{
    return &entries[no - 1];
}

/* --- packages ---------------------------------------------------------------- */

static void projects_are_dealt_one_to_each_table_in_turn(void **state)
{
    (void)state;
    assert_int_equal(shortlist_table_of(0, 3), 0);
    assert_int_equal(shortlist_table_of(2, 3), 2);
    assert_int_equal(shortlist_table_of(3, 3), 0);
    assert_int_equal(shortlist_table_of(7, 3), 1);
}

/* --- rankings ---------------------------------------------------------------- */

static const int64_t package[] = {11, 12, 13, 14};

static const char *fault(void **state, const int64_t *ranks, size_t n, size_t n_package)
{
    Error *err = shortlist_ranks_check(*state, ranks, n, package, n_package, 3);
    return err ? arena_cstr(*state, err->field) : "";
}

static void a_table_ranks_its_top_and_may_rank_more(void **state)
{
    const int64_t enough[] = {13, 11, 14, 0};
    const int64_t all[] = {13, 11, 14, 12};
    assert_string_equal(fault(state, enough, 4, 4), "");
    assert_string_equal(fault(state, all, 4, 4), "");
}

static void a_small_package_is_ranked_whole(void **state)
{
    const int64_t two[] = {12, 11, 0};
    assert_string_equal(fault(state, two, 3, 2), "");
}

static void a_missing_place_is_named(void **state)
{
    const int64_t short_one[] = {13, 11, 0};
    const int64_t gap[] = {13, 11, 14, 0, 12};
    assert_string_equal(fault(state, short_one, 3, 4), "rank_3");
    assert_string_equal(fault(state, gap, 5, 4), "rank_4");
}

static void a_project_stands_once_and_is_of_this_table(void **state)
{
    const int64_t twice[] = {13, 11, 13};
    const int64_t strange[] = {13, 99, 11};
    assert_string_equal(fault(state, twice, 3, 4), "rank_3");
    assert_string_equal(fault(state, strange, 3, 4), "rank_2");
}

/* --- the list ---------------------------------------------------------------- */

static void what_the_tables_present_is_the_list_when_it_fits(void **state)
{
    (void)state;
    ShortEntry entries[] = {entry(1, 1, -1), entry(2, 4, -1), entry(3, 2, -1), entry(4, 0, -1)};
    assert_false(shortlist_needs_vote(&three, entries, 4));
    assert_int_equal(shortlist_decide(&three, entries, 4), 2);
    assert_int_equal(at(entries, 1)->proposal, 1);
    assert_int_equal(at(entries, 2)->proposal, 3);
    assert_int_equal(at(entries, 3)->outcome, SHORT_NOT_TOP);
    assert_int_equal(at(entries, 4)->proposal, 4);
}

static void more_than_the_list_holds_goes_to_the_hall(void **state)
{
    (void)state;
    ShortLimits two = {.top = 3, .most = 2};
    ShortEntry entries[] = {entry(1, 1, -1), entry(2, 2, -1), entry(3, 3, -1)};
    assert_true(shortlist_needs_vote(&two, entries, 3));
    assert_false(shortlist_needs_vote(&three, entries, 3));
    ShortLimits none = {.top = 3};
    assert_false(shortlist_needs_vote(&none, entries, 3));
}

static void the_rules_may_want_the_hall_in_any_case(void **state)
{
    (void)state;
    ShortLimits wanted = {.top = 3, .most = 3, .wants_vote = true};
    ShortEntry entries[] = {entry(1, 1, -1)};
    assert_true(shortlist_needs_vote(&wanted, entries, 1));
    assert_false(shortlist_needs_vote(&wanted, entries, 0));
}

static void most_hands_go_on(void **state)
{
    (void)state;
    ShortLimits two = {.top = 3, .most = 2};
    ShortEntry entries[] = {entry(1, 1, 5), entry(2, 2, 9), entry(3, 3, 7)};
    assert_int_equal(shortlist_decide(&two, entries, 3), 2);
    assert_int_equal(at(entries, 1)->proposal, 2);
    assert_int_equal(at(entries, 2)->proposal, 3);
    assert_int_equal(at(entries, 3)->outcome, SHORT_NO_ROOM);
    assert_false(at(entries, 3)->is_tied);
}

static void equal_hands_are_told_apart_by_place_then_price_then_arrival_and_said(void **state)
{
    (void)state;
    ShortLimits one = {.top = 3, .most = 1};
    ShortEntry by_place[] = {entry(1, 2, 5), entry(2, 1, 5)};
    shortlist_decide(&one, by_place, 2);
    assert_int_equal(at(by_place, 1)->proposal, 2);
    assert_true(at(by_place, 1)->is_tied);
    assert_true(at(by_place, 2)->is_tied);
    ShortEntry by_price[] = {entry(1, 1, 5), entry(2, 1, 5)};
    by_price[1].cost.fen = 9999;
    shortlist_decide(&one, by_price, 2);
    assert_int_equal(at(by_price, 1)->proposal, 2);
    ShortEntry by_arrival[] = {entry(2, 1, 5), entry(1, 1, 5)};
    shortlist_decide(&one, by_arrival, 2);
    assert_int_equal(at(by_arrival, 1)->proposal, 1);
}

static void equal_hands_on_one_side_of_the_cut_are_no_tie(void **state)
{
    (void)state;
    ShortLimits two = {.top = 3, .most = 2};
    ShortEntry entries[] = {entry(1, 1, 5), entry(2, 2, 5), entry(3, 3, 4)};
    shortlist_decide(&two, entries, 3);
    assert_false(at(entries, 1)->is_tied);
    assert_false(at(entries, 2)->is_tied);
}

static void a_kind_has_no_more_places_than_the_rules_give_it(void **state)
{
    (void)state;
    ShortLimits limits = {.top = 3, .most = 3, .places = {1}};
    ShortEntry entries[] = {entry(1, 1, 9), entry(2, 2, 8), entry(3, 3, 7)};
    entries[2].kind = SERVICES;
    assert_true(shortlist_needs_vote(&limits, entries, 3));
    assert_int_equal(shortlist_decide(&limits, entries, 3), 2);
    assert_int_equal(at(entries, 2)->outcome, SHORT_KIND_FULL);
    assert_int_equal(at(entries, 3)->outcome, SHORT_IN);
}

static void what_no_table_presents_is_not_carried_by_any_votes(void **state)
{
    (void)state;
    ShortEntry entries[] = {entry(1, 4, 30), entry(2, 1, 2)};
    assert_int_equal(shortlist_decide(&three, entries, 2), 1);
    assert_int_equal(at(entries, 1)->proposal, 2);
    assert_int_equal(at(entries, 2)->outcome, SHORT_NOT_TOP);
}

/* --- the hall ---------------------------------------------------------------- */

static const int64_t both[] = {11, 12};
static const int64_t hands[] = {7, 4};
static const int64_t others[] = {7, 5};

static HallCount count_by(int64_t person, int64_t voters, const int64_t *votes)
{
    return (HallCount){person, voters, both, votes, 2};
}

static void two_people_have_to_count_alike(void **state)
{
    (void)state;
    HallCount counts[2] = {{0}, {0}};
    assert_int_equal(hall_state(counts, both, 2), HALL_NONE);
    counts[0] = count_by(1, 20, hands);
    assert_int_equal(hall_state(counts, both, 2), HALL_ONCE);
    counts[1] = count_by(2, 20, others);
    assert_int_equal(hall_state(counts, both, 2), HALL_DIFFERS);
    counts[1] = count_by(2, 21, hands);
    assert_int_equal(hall_state(counts, both, 2), HALL_DIFFERS);
    counts[1] = count_by(2, 20, hands);
    assert_int_equal(hall_state(counts, both, 2), HALL_AGREES);
}

static void one_person_twice_is_not_two(void **state)
{
    (void)state;
    HallCount counts[2] = {count_by(1, 20, hands), count_by(1, 20, hands)};
    assert_int_equal(hall_state(counts, both, 2), HALL_DIFFERS);
}

static void a_count_of_something_else_does_not_hold(void **state)
{
    (void)state;
    static const int64_t now[] = {11, 13};
    HallCount counts[2] = {count_by(1, 20, hands), count_by(2, 20, hands)};
    assert_int_equal(hall_state(counts, now, 2), HALL_DIFFERS);
}

static void nobody_raises_more_hands_than_there_are_people(void **state)
{
    Error *err = hall_check(*state, 6, hands, 2);
    assert_non_null(err);
    assert_true(str_eq(err->field, STR("count_1")));
    assert_int_equal(err->number, 6);
    assert_null(hall_check(*state, 7, hands, 2));
    err = hall_check(*state, 0, hands, 2);
    assert_true(str_eq(err->field, STR("voters")));
}

static void whoever_counted_mends_their_own(void **state)
{
    (void)state;
    HallCount counts[2] = {{0}, {0}};
    assert_int_equal(hall_place_of(counts, 5), 0);
    counts[0].by = 5;
    assert_int_equal(hall_place_of(counts, 5), 0);
    assert_int_equal(hall_place_of(counts, 6), 1);
    counts[1].by = 6;
    assert_int_equal(hall_place_of(counts, 6), 1);
    assert_int_equal(hall_place_of(counts, 7), 1);
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE(projects_are_dealt_one_to_each_table_in_turn),
        RULE(a_table_ranks_its_top_and_may_rank_more),
        RULE(a_small_package_is_ranked_whole),
        RULE(a_missing_place_is_named),
        RULE(a_project_stands_once_and_is_of_this_table),
        RULE(what_the_tables_present_is_the_list_when_it_fits),
        RULE(more_than_the_list_holds_goes_to_the_hall),
        RULE(the_rules_may_want_the_hall_in_any_case),
        RULE(most_hands_go_on),
        RULE(equal_hands_are_told_apart_by_place_then_price_then_arrival_and_said),
        RULE(equal_hands_on_one_side_of_the_cut_are_no_tie),
        RULE(a_kind_has_no_more_places_than_the_rules_give_it),
        RULE(what_no_table_presents_is_not_carried_by_any_votes),
        RULE(two_people_have_to_count_alike),
        RULE(one_person_twice_is_not_two),
        RULE(a_count_of_something_else_does_not_hold),
        RULE(nobody_raises_more_hands_than_there_are_people),
        RULE(whoever_counted_mends_their_own),
    };
    return cmocka_run_group_tests_name("shortlist_rules", tests, NULL, NULL);
}
