/* From marks to stars: the formula by hand, its properties, and what is never shown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "features/ratings/ratings_rules.h"

#define TRIALS 20000

static const RatingFormula formula = {3, {40, 40, 20}, 40, 10};
static const int own_marks[RATING_QUESTIONS] = {5, 4, 3};

/* n marks of that value for every question. */
static void give(RatingCounts *counts, size_t questions, int mark, int64_t n)
{
    for (size_t q = 0; q < questions; q++) {
        counts->of[q][mark] += n;
    }
}

static void the_stars_are_what_one_reckons_by_hand(void **state)
{
    (void)state;
    RatingCounts counts = {0};
    counts.of[0][5] = 8, counts.of[0][4] = 4; /* 56 / 12 = 4.666… → 4.67 */
    counts.of[1][4] = 6, counts.of[1][3] = 6; /* 42 / 12 = 3.50 */
    counts.of[2][5] = 1, counts.of[2][2] = 10, counts.of[2][1] = 1; /* 26 / 12 = 2.1666… → 2.17 */
    RatingOutcome outcome = rating_outcome(&formula, &counts, own_marks);
    assert_int_equal(outcome.raters, 12);
    assert_int_equal(outcome.means[0], 467);
    assert_int_equal(outcome.means[1], 350);
    assert_int_equal(outcome.means[2], 217);
    /* (40 × 4.67 + 40 × 3.50 + 20 × 2.17) / 100 = 3.702 → 3.70 */
    assert_int_equal(outcome.residents, 370);
    assert_int_equal(outcome.own, 420);
    /* 4.20 × 40 % + 3.70 × 60 % = 3.90 */
    assert_int_equal(outcome.stars, 390);
    assert_int_equal(outcome.halves, 8);
    assert_true(outcome.has_stars);
}

static void a_half_of_a_hundredth_is_rounded_up(void **state)
{
    (void)state;
    RatingCounts counts = {0};
    counts.of[0][5] = 1, counts.of[0][1] = 199; /* 204 / 200 = 1.02 */
    assert_int_equal(rating_mean(&counts, 0), 102);
    counts.of[0][4] = 0, counts.of[0][5] = 3, counts.of[0][1] = 197; /* 212 / 200 = 1.06 */
    assert_int_equal(rating_mean(&counts, 0), 106);
    counts.of[0][5] = 0, counts.of[0][2] = 3, counts.of[0][1] = 197; /* 1.015 */
    assert_int_equal(rating_mean(&counts, 0), 102);
}

static void nine_raters_show_nothing_and_ten_do(void **state)
{
    (void)state;
    RatingCounts counts = {0};
    give(&counts, 3, 4, 9);
    RatingOutcome outcome = rating_outcome(&formula, &counts, own_marks);
    assert_int_equal(outcome.raters, 9);
    assert_false(outcome.has_stars);
    assert_int_equal(outcome.residents + outcome.means[0] + outcome.stars, 0);
    give(&counts, 3, 4, 1);
    assert_int_equal(rating_outcome(&formula, &counts, own_marks).residents, 400);
}

static void rules_that_ask_for_fewer_than_ten_get_ten(void **state)
{
    (void)state;
    assert_int_equal(rating_formula_of(NULL, 0, 40, 3).at_least, 10);
    assert_int_equal(rating_formula_of(NULL, 0, 40, 30).at_least, 30);
}

static void rules_without_questions_ask_one(void **state)
{
    (void)state;
    static const int weights[] = {30, 70};
    RatingFormula one = rating_formula_of(NULL, 0, 40, 10);
    assert_int_equal(one.n_questions, 1);
    assert_int_equal(one.weights[0], 1);
    RatingFormula two = rating_formula_of(weights, 2, 40, 10);
    assert_int_equal(two.n_questions, 2);
    assert_int_equal(two.weights[1], 70);
}

static void without_a_self_assessment_there_are_no_stars(void **state)
{
    (void)state;
    static const int none[RATING_QUESTIONS] = {0};
    RatingCounts counts = {0};
    give(&counts, 3, 5, 20);
    RatingOutcome outcome = rating_outcome(&formula, &counts, none);
    assert_false(outcome.has_self);
    assert_false(outcome.has_stars);
    assert_int_equal(outcome.residents, 500);
}

static void what_nobody_answered_on_paper_is_left_out_with_its_weight(void **state)
{
    (void)state;
    RatingCounts counts = {0};
    give(&counts, 2, 4, 10);
    assert_int_equal(rating_outcome(&formula, &counts, own_marks).residents, 400);
}

static void small_groups_are_not_shown_apart(void **state)
{
    (void)state;
    assert_true(rating_may_show_apart(25, 12));
    assert_false(rating_may_show_apart(25, 4));
    assert_false(rating_may_show_apart(4, 25));
    assert_false(rating_may_show_apart(25, 0));
}

static void marks_are_taken_until_the_announced_minute(void **state)
{
    (void)state;
    Instant end = {1000};
    assert_true(rating_takes_marks(RATING_OPEN, end, (Instant){999}));
    assert_false(rating_takes_marks(RATING_OPEN, end, end));
    assert_false(rating_takes_marks(RATING_CLOSED, end, (Instant){999}));
}

static void every_question_needs_a_mark(void **state)
{
    (void)state;
    Arena *arena = arena_create(1u << 16);
    int marks[RATING_QUESTIONS] = {5, 0, 1};
    Error *err = rating_marks_check(arena, 3, marks);
    assert_int_equal(err->code, ERROR_FIELD_MISSING);
    assert_true(str_eq(err->field, STR("mark2")));
    marks[1] = 6;
    assert_non_null(rating_marks_check(arena, 3, marks));
    marks[1] = 1;
    assert_null(rating_marks_check(arena, 3, marks));
    arena_destroy(arena);
}

/* --- properties, over random questions, weights and marks (replayable: the seed is fixed) --- */

static uint64_t seed;

static int64_t below(int64_t n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (int64_t)((seed >> 33) % (uint64_t)n);
}

typedef struct Trial {
    RatingFormula formula;
    RatingCounts counts;
    int own[RATING_QUESTIONS];
    int64_t raters;
    int low, high; /* the smallest and the largest mark given by anybody */
} Trial;

static void put(Trial *trial, int mark)
{
    trial->low = mark < trial->low ? mark : trial->low;
    trial->high = mark > trial->high ? mark : trial->high;
}

static Trial draw(void)
{
    Trial t = {.low = RATING_MARK_MAX, .high = 1};
    t.formula.n_questions = (size_t)below(RATING_QUESTIONS) + 1;
    t.formula.self_percent = (int)below(101);
    t.formula.at_least = RATING_SMALLEST_GROUP;
    t.raters = RATING_SMALLEST_GROUP + below(300);
    for (size_t q = 0; q < t.formula.n_questions; q++) {
        t.formula.weights[q] = (int)below(100) + 1;
        t.own[q] = (int)below(RATING_MARK_MAX) + 1;
        put(&t, t.own[q]);
        for (int64_t i = 0; i < t.raters; i++) {
            int mark = (int)below(RATING_MARK_MAX) + 1;
            t.counts.of[q][mark]++;
            put(&t, mark);
        }
    }
    return t;
}

static void stars_lie_between_the_smallest_and_the_largest_mark(void **state)
{
    (void)state;
    seed = 1;
    for (int i = 0; i < TRIALS / 10; i++) {
        Trial t = draw();
        RatingOutcome outcome = rating_outcome(&t.formula, &t.counts, t.own);
        assert_true(outcome.stars >= 100 * t.low && outcome.stars <= 100 * t.high);
        assert_true(outcome.halves >= 2 * t.low && outcome.halves <= 2 * t.high);
    }
}

static void a_mark_that_rises_never_lowers_the_stars(void **state)
{
    (void)state;
    seed = 2;
    for (int i = 0; i < TRIALS / 10; i++) {
        Trial t = draw();
        RatingOutcome before = rating_outcome(&t.formula, &t.counts, t.own);
        size_t q = (size_t)below((int64_t)t.formula.n_questions);
        int mark = (int)below(RATING_MARK_MAX - 1) + 1;
        if (below(2) == 0 && t.counts.of[q][mark] > 0) {
            t.counts.of[q][mark]--;
            t.counts.of[q][mark + 1]++;
        } else if (t.own[q] < RATING_MARK_MAX) {
            t.own[q]++;
        }
        assert_true(rating_outcome(&t.formula, &t.counts, t.own).stars >= before.stars);
    }
}

/* Sheets of paper and phones may be added up in any order. */
static void the_order_of_marks_does_not_matter(void **state)
{
    (void)state;
    seed = 3;
    for (int i = 0; i < TRIALS / 100; i++) {
        Trial a = draw();
        Trial b = draw();
        RatingCounts left = a.counts;
        RatingCounts right = b.counts;
        rating_counts_add(&left, &b.counts);
        rating_counts_add(&right, &a.counts);
        RatingOutcome one = rating_outcome(&a.formula, &left, a.own);
        RatingOutcome two = rating_outcome(&a.formula, &right, a.own);
        assert_int_equal(one.stars, two.stars);
        assert_int_equal(one.raters, two.raters);
    }
}

static void a_whole_city_does_not_overflow(void **state)
{
    (void)state;
    RatingCounts counts = {0};
    give(&counts, 3, 5, INT64_C(1000000000));
    RatingOutcome outcome = rating_outcome(&formula, &counts, own_marks);
    assert_int_equal(outcome.residents, 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_stars_are_what_one_reckons_by_hand),
        cmocka_unit_test(a_half_of_a_hundredth_is_rounded_up),
        cmocka_unit_test(nine_raters_show_nothing_and_ten_do),
        cmocka_unit_test(rules_that_ask_for_fewer_than_ten_get_ten),
        cmocka_unit_test(rules_without_questions_ask_one),
        cmocka_unit_test(without_a_self_assessment_there_are_no_stars),
        cmocka_unit_test(what_nobody_answered_on_paper_is_left_out_with_its_weight),
        cmocka_unit_test(small_groups_are_not_shown_apart),
        cmocka_unit_test(marks_are_taken_until_the_announced_minute),
        cmocka_unit_test(every_question_needs_a_mark),
        cmocka_unit_test(stars_lie_between_the_smallest_and_the_largest_mark),
        cmocka_unit_test(a_mark_that_rises_never_lowers_the_stars),
        cmocka_unit_test(the_order_of_marks_does_not_matter),
        cmocka_unit_test(a_whole_city_does_not_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
