/* Every rule under caps, floors, prices, least votes, decisions, shares of a misfit and lots, on
 * random elections: agreement with the plain rules of tests/support, and what must always hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/plain_rules.h"

#define ROUNDS 3000

/* ---- the claims ------------------------------------------------------------------------------ */

/* The same selection in the same order; or both refuse. */
static void check_same(Arena *arena, PlainWorld *w, bool exists, int64_t added, uint64_t seed)
{
    TallyResult result;
    Error *err = tally_run(arena, &w->random->election, &w->random->options, &result);
    CHECK((err == NULL) == exists);
    if (err != NULL) {
        return;
    }
    CHECK(result.n_selected == w->n_selected && result.added == added);
    CHECK(memcmp(result.selected, w->order, w->n_selected * sizeof *w->order) == 0);
    CHECK(result.total_cost <= w->random->election.budget + added && result.left >= 0);
    CHECK(plain_keeps_caps(w, w->selected));
    for (uint32_t c = 0; c < w->random->options.limits.n_constraints; c++) {
        int64_t cost = 0;
        uint32_t number = 0;
        plain_use(w, &w->constraints[c], w->selected, &cost, &number);
        CHECK(result.groups[c].cost == cost && result.groups[c].number == number);
        CHECK(result.groups[c].floors_met == plain_has_floor(w, c, w->selected));
    }
    for (uint32_t p = 0; p < w->n; p++) {
        const TallyExplanation *why = &result.projects[p];
        CHECK((why->reason == TALLY_SELECTED) == plain_holds(w->selected, p));
        bool left_out = why->reason == TALLY_PRICE || why->reason == TALLY_FEW_VOTES ||
                        why->reason == TALLY_WITHDRAWN;
        CHECK(left_out == (!plain_holds(w->open, p) && !plain_holds(w->selected, p)));
        CHECK((why->place == 0) == (left_out || why->reason == TALLY_NO_SUPPORT));
        if (why->reason == TALLY_QUOTA) {
            CHECK(why->constraint < w->random->options.limits.n_constraints);
            CHECK(!plain_keeps_caps(w, plain_with(w->selected, p)));
        }
    }
}

static void greedy_agrees(Arena *arena, Seeded *seeded, uint64_t seed)
{
    PlainWorld *w = plain_world(arena, seeded, TALLY_RULE_GREEDY);
    static const int32_t shares[] = {0, 5000, 8000, 10000};
    w->random->options.misfit_share = shares[below(seeded, 4)];
    int64_t added = 0;
    bool exists = plain_start(w);
    if (exists) {
        plain_floors(w);
        added = plain_greedy(w, w->random->options.misfit_share);
    }
    check_same(arena, w, exists, added, seed);
}

static void greedy_keeps_the_limits(void **state)
{
    (void)state;
    for_random_elections(greedy_agrees, ROUNDS);
}

static void shares_agree(Arena *arena, Seeded *seeded, uint64_t seed)
{
    PlainWorld *w = plain_world(arena, seeded, TALLY_RULE_EQUAL_SHARES);
    w->random->options.increment = 1;
    w->random->options.completion = (TallyCompletion)below(seeded, 8);
    bool exists = plain_start(w);
    if (exists) {
        plain_floors(w);
        plain_shares(w);
    }
    check_same(arena, w, exists, 0, seed);
}

static void equal_shares_keeps_the_limits(void **state)
{
    (void)state;
    for_random_elections(shares_agree, ROUNDS / 4);
}

static void bounded_overspending_agrees(Arena *arena, Seeded *seeded, uint64_t seed)
{
    PlainWorld *w = plain_world(arena, seeded, TALLY_RULE_BOUNDED_OVERSPENDING);
    w->random->options.completion = below(seeded, 2) ? TALLY_COMPLETE_NONE : TALLY_COMPLETE_GREEDY;
    bool exists = plain_start(w);
    if (exists) {
        plain_floors(w);
        plain_bounded_overspending(w);
    }
    check_same(arena, w, exists, 0, seed);
}

static void bounded_overspending_keeps_the_limits(void **state)
{
    (void)state;
    for_random_elections(bounded_overspending_agrees, ROUNDS);
}

static void phragmen_agrees(Arena *arena, Seeded *seeded, uint64_t seed)
{
    PlainWorld *w = plain_world(arena, seeded, TALLY_RULE_PHRAGMEN);
    bool exists = plain_start(w);
    if (exists) {
        plain_floors(w);
        plain_phragmen(w);
    }
    check_same(arena, w, exists, 0, seed);
}

static void phragmen_keeps_the_limits(void **state)
{
    (void)state;
    for_random_elections(phragmen_agrees, ROUNDS);
}

static void best_agrees(Arena *arena, Seeded *seeded, uint64_t seed)
{
    PlainWorld *w = plain_world(arena, seeded, TALLY_RULE_MAX_SATISFACTION);
    bool exists = plain_start(w) && plain_best(w);
    check_same(arena, w, exists, 0, seed);
}

static void best_total_satisfaction_is_the_best_within_the_limits(void **state)
{
    (void)state;
    for_random_elections(best_agrees, ROUNDS);
}

/* A loser that is cheaper by what it lacked wins, and by less does not. */
static void lack_is_exact(Arena *arena, Seeded *seeded, uint64_t seed)
{
    PlainWorld *w = plain_world(arena, seeded, TALLY_RULE_GREEDY);
    TallyResult result;
    if (tally_run(arena, &w->random->election, &w->random->options, &result) != NULL) {
        return;
    }
    uint32_t p = below(seeded, w->n);
    int64_t cost = plain_cost(w, p);
    int64_t lacked = result.projects[p].lacked;
    bool has_floors = false;
    for (uint32_t c = 0; c < w->random->options.limits.n_constraints; c++) {
        has_floors =
            has_floors || w->constraints[c].least_cost > 0 || w->constraints[c].least_number > 0;
    }
    if (!plain_holds(plain_with_turn(w), p) && result.projects[p].place == 0) {
        CHECK(result.projects[p].reason != TALLY_SELECTED);
        return;
    }
    for (int64_t less = 0; less <= cost && !has_floors; less++) {
        bool is_free = less == cost && w->random->options.misfit == TALLY_MISFIT_STOP;
        w->random->projects[p].cost = cost - less;
        TallyResult changed;
        Error *err = tally_run(arena, &w->random->election, &w->random->options, &changed);
        bool wins = err == NULL && changed.projects[p].reason == TALLY_SELECTED;
        CHECK(!wins || is_free || (lacked != TALLY_NO_NUMBER && less >= lacked));
        CHECK(wins || less != lacked);
        if (wins) {
            break;
        }
    }
}

static void what_a_loser_lacked_under_caps_is_exact(void **state)
{
    (void)state;
    for_random_elections(lack_is_exact, ROUNDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(greedy_keeps_the_limits),
        cmocka_unit_test(equal_shares_keeps_the_limits),
        cmocka_unit_test(bounded_overspending_keeps_the_limits),
        cmocka_unit_test(phragmen_keeps_the_limits),
        cmocka_unit_test(best_total_satisfaction_is_the_best_within_the_limits),
        cmocka_unit_test(what_a_loser_lacked_under_caps_is_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
