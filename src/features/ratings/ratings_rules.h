/* ratings_rules.h: from marks to stars, who may rate, when; pure.
 *
 * The formula, which the page publishes with its figures. All in hundredths of a mark, whole
 * numbers, halves rounded up:
 *   1. the residents' mean of each question = sum of marks / number of marks, rounded;
 *   2. residents = the means weighted by the questions' weights, rounded; the community's own marks
 *      are weighted the same way;
 *   3. stars = (own × self_percent + residents × the rest) / 100, rounded;
 *   4. drawn in halves: the nearest half star.
 * What is shown is what is reckoned with, so that anybody can do it again by hand. The outcome lies
 * between the smallest and the largest mark given, never falls when a mark rises, and does not
 * depend on the order of marks. Start reading at rating_outcome().
 */
#ifndef FEATURES_RATINGS_RATINGS_RULES_H
#define FEATURES_RATINGS_RATINGS_RULES_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/error.h"

#define RATING_QUESTIONS 5
#define RATING_MARK_MAX  5

/* Limits of what people type, in characters. */
#define RATING_WORDS_MIN  10
#define RATING_WORDS_MAX  1000
#define RATING_REMARK_MAX 200

/* Of fewer raters nothing is shown but that there were some. */
#define RATING_SMALLEST_GROUP 10
#define RATING_MOST_DAYS      366

/* How a mark came; stored by number in rating_tally.channel. */
typedef enum RatingChannel { RATING_ONLINE = 1, RATING_PAPER = 2 } RatingChannel;
#define RATING_CHANNELS 2

/* Stored by number in rating_term.state. */
typedef enum RatingState { RATING_OPEN = 1, RATING_CLOSED = 2 } RatingState;

/* What the round says of its stars. */
typedef struct RatingFormula {
    size_t n_questions; /* at least 1 */
    int weights[RATING_QUESTIONS];
    int self_percent;
    int64_t at_least; /* raters, never under RATING_SMALLEST_GROUP */
} RatingFormula;

/* Without questions (n 0) there is one of weight 1; at_least is never under the smallest group. */
RatingFormula rating_formula_of(const int *weights, size_t n, int self_percent, int64_t at_least);

/* How often each mark was given to each question: of[question][mark], questions from 0. */
typedef struct RatingCounts {
    int64_t of[RATING_QUESTIONS][RATING_MARK_MAX + 1];
} RatingCounts;

/* n more marks to a question from 1 to RATING_QUESTIONS. */
void rating_count(RatingCounts *counts, int64_t question, int64_t mark, int64_t n);
void rating_counts_add(RatingCounts *counts, const RatingCounts *more);
/* The most marks any question has: so many rated. */
int64_t rating_raters(const RatingCounts *counts);
/* In hundredths; 0 when nobody answered it. */
int64_t rating_mean(const RatingCounts *counts, size_t question);

/* The stars of one project and everything they were made from; means in hundredths. */
typedef struct RatingOutcome {
    int64_t raters;
    bool has_self;   /* the community has assessed it */
    bool has_enough; /* raters: what follows of residents is 0 otherwise */
    int64_t own;     /* weighted mean of the community's own marks; 0: none */
    int64_t means[RATING_QUESTIONS];
    int64_t residents;
    bool has_stars; /* both */
    int64_t stars;  /* hundredths */
    int halves;     /* half stars to draw, 2 to 10 */
} RatingOutcome;

/* own: a mark for each question, or all 0 when there is no self-assessment. */
RatingOutcome rating_outcome(const RatingFormula *formula, const RatingCounts *counts,
                             const int own[RATING_QUESTIONS]);

/* True when the on-line and the paper marks may be shown apart: neither group is so small that
 * somebody could be known by it. */
bool rating_may_show_apart(int64_t online, int64_t paper);

/* NULL, or FIELD_MISSING at mark1 … for the first question without a mark from 1 to 5. Marks beyond
 * the questions are not looked at. */
MUST_USE Error *rating_marks_check(Arena *arena, size_t n_questions, const int *marks);
/* "mark1" for question 0. */
const char *rating_mark_field(size_t question);

/* May marks be given? Until the announced end, also when nobody has closed it yet. */
bool rating_takes_marks(RatingState state, Instant closes_at, Instant now);

#endif
