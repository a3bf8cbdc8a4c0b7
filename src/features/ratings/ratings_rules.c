/* ratings_rules.c: see the header. */
#include "features/ratings/ratings_rules.h"

#define HUNDRED   100
#define HALF_STAR 50

/* Rounded to the nearest, halves up; both at least 0, whole above 0. */
static int64_t rounded(int64_t part, int64_t whole)
{
    return (2 * part + whole) / (2 * whole);
}

RatingFormula rating_formula_of(const int *weights, size_t n, int self_percent, int64_t at_least)
{
    RatingFormula formula = {.n_questions = n > 0 ? n : 1,
                             .weights = {1},
                             .self_percent = self_percent,
                             .at_least = at_least > RATING_SMALLEST_GROUP ? at_least
                                                                          : RATING_SMALLEST_GROUP};
    for (size_t i = 0; i < n; i++) {
        formula.weights[i] = weights[i];
    }
    return formula;
}

void rating_count(RatingCounts *counts, int64_t question, int64_t mark, int64_t n)
{
    require(question >= 1 && question <= RATING_QUESTIONS);
    require(mark >= 1 && mark <= RATING_MARK_MAX);
    counts->of[question - 1][mark] += n;
}

void rating_counts_add(RatingCounts *counts, const RatingCounts *more)
{
    for (size_t q = 0; q < RATING_QUESTIONS; q++) {
        for (size_t mark = 1; mark <= RATING_MARK_MAX; mark++) {
            counts->of[q][mark] += more->of[q][mark];
        }
    }
}

static int64_t marks_of(const RatingCounts *counts, size_t question)
{
    int64_t n = 0;
    for (size_t mark = 1; mark <= RATING_MARK_MAX; mark++) {
        n += counts->of[question][mark];
    }
    return n;
}

int64_t rating_raters(const RatingCounts *counts)
{
    int64_t most = 0;
    for (size_t q = 0; q < RATING_QUESTIONS; q++) {
        int64_t n = marks_of(counts, q);
        most = n > most ? n : most;
    }
    return most;
}

int64_t rating_mean(const RatingCounts *counts, size_t question)
{
    int64_t n = marks_of(counts, question);
    int64_t sum = 0;
    for (size_t mark = 1; mark <= RATING_MARK_MAX; mark++) {
        sum += (int64_t)mark * counts->of[question][mark];
    }
    return n > 0 ? rounded(HUNDRED * sum, n) : 0;
}

/* Questions with no value (0) are left out with their weight. */
static int64_t weighted(const RatingFormula *formula, const int64_t *values)
{
    int64_t sum = 0;
    int64_t weights = 0;
    for (size_t q = 0; q < formula->n_questions; q++) {
        if (values[q] > 0) {
            sum += formula->weights[q] * values[q];
            weights += formula->weights[q];
        }
    }
    return weights > 0 ? rounded(sum, weights) : 0;
}

RatingOutcome rating_outcome(const RatingFormula *formula, const RatingCounts *counts,
                             const int own[RATING_QUESTIONS])
{
    RatingOutcome out = {.raters = rating_raters(counts)};
    int64_t self[RATING_QUESTIONS] = {0};
    for (size_t q = 0; q < formula->n_questions; q++) {
        self[q] = (int64_t)HUNDRED * own[q];
    }
    out.own = weighted(formula, self);
    out.has_self = out.own > 0;
    out.has_enough = out.raters >= formula->at_least;
    if (!out.has_enough) {
        return out;
    }
    for (size_t q = 0; q < formula->n_questions; q++) {
        out.means[q] = rating_mean(counts, q);
    }
    out.residents = weighted(formula, out.means);
    out.has_stars = out.has_self;
    if (out.has_stars) {
        int64_t rest = HUNDRED - formula->self_percent;
        out.stars = rounded(out.own * formula->self_percent + out.residents * rest, HUNDRED);
        out.halves = (int)rounded(out.stars, HALF_STAR);
    }
    return out;
}

static bool is_shy(int64_t raters)
{
    return raters > 0 && raters < RATING_SMALLEST_GROUP;
}

bool rating_may_show_apart(int64_t online, int64_t paper)
{
    return online > 0 && paper > 0 && !is_shy(online) && !is_shy(paper);
}

const char *rating_mark_field(size_t question)
{
    static const char *const names[RATING_QUESTIONS] = {"mark1", "mark2", "mark3", "mark4",
                                                        "mark5"};
    require(question < RATING_QUESTIONS);
    return names[question];
}

Error *rating_marks_check(Arena *arena, size_t n_questions, const int *marks)
{
    for (size_t q = 0; q < n_questions; q++) {
        if (marks[q] < 1 || marks[q] > RATING_MARK_MAX) {
            return error_at(arena, ERROR_FIELD_MISSING, rating_mark_field(q), 0);
        }
    }
    return NULL;
}

bool rating_takes_marks(RatingState state, Instant closes_at, Instant now)
{
    return state == RATING_OPEN && now.ms < closes_at.ms;
}
