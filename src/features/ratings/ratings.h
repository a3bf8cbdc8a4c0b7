/* ratings.h: rating what a round has delivered.
 *
 * The evaluation stage opens → the secretary opens the rating with its last day → the community
 * assesses each accepted project itself, residents rate on line → when the day is over and every
 * project is assessed the secretary closes it, and marks become counts and stars. A round has one
 * such term. Residents' marks are not journaled one by one: the journal would say who rated; what
 * they came to is journaled with the closing. Start reading at RatingOpen and ratings_rate().
 */
#ifndef FEATURES_RATINGS_RATINGS_H
#define FEATURES_RATINGS_RATINGS_H

#include "features/programmes/programmes.h"
#include "features/ratings/ratings_rules.h"
#include "platform/db/db.h"
#include "platform/feature.h"

extern const Feature ratings_feature;

/* What the rules of a round say of its stars. */
RatingFormula rating_formula(const RoundRules *rules);

typedef struct RatingOpen {
    int64_t area;
    int64_t round;
    int64_t actor; /* staff, by the route's policy */
    Date last_day; /* marks are taken until 17:30 of it */
} RatingOpen;

/* UseCase: RatingOpen → nothing. An open rating gets a later last day, never an earlier one.
 * NOT_FOUND; STAGE_NOT_OPEN outside the evaluation stage; RATING_NOTHING when no project was
 * accepted; FIELD_NOT_DATE at `last_day` for one that is not to come, or is over a year away;
 * RATING_NOT_LATER there when it is announced for that day or a later one already, or is closed.
 * Journals rating.open or rating.extend. */
Error *ratings_open(Tx *tx, const void *input, Instant now, void *unused);

typedef struct RatingClose {
    int64_t area;
    int64_t round;
    int64_t actor;
    int64_t version; /* of the term, as the actor saw it */
} RatingClose;

/* UseCase: RatingClose → nothing. Marks become counts. NOT_FOUND when it was never opened;
 * VERSION_CONFLICT; RATING_NOT_OVER before its end; RATING_SELF_MISSING with the number of
 * projects nobody has assessed. Journals rating.close. */
Error *ratings_close(Tx *tx, const void *input, Instant now, void *unused);

typedef struct RatingAssess {
    int64_t area;
    int64_t project; /* its proposal */
    int64_t actor;
    int64_t version; /* 0: the first one */
    int marks[RATING_QUESTIONS];
    Str words; /* RATING_WORDS_MIN to _MAX characters, public at once */
} RatingAssess;

/* UseCase: RatingAssess → nothing. The community's own assessment, until the term is closed.
 * NOT_FOUND; RATING_CLOSED before and after the term; VERSION_CONFLICT; FIELD_MISSING at mark1 …;
 * lengths at words. Journals rating.assess. */
Error *ratings_assess(Tx *tx, const void *input, Instant now, void *unused);

typedef struct RatingGive {
    int64_t area;
    int64_t project;
    int64_t person;
    int marks[RATING_QUESTIONS];
} RatingGive;

/* UseCase: RatingGive → nothing. Replaces what the person gave before. NOT_FOUND; RATING_CLOSED;
 * RATING_NOT_YOURS for who may not take part in the round; FIELD_MISSING at mark1 …. */
Error *ratings_rate(Tx *tx, const void *input, Instant now, void *unused);

typedef struct RatingPaper {
    int64_t area;
    int64_t project;
    int64_t person; /* whose sheet it is */
    int64_t actor;  /* staff, by the route's policy */
    int marks[RATING_QUESTIONS];
} RatingPaper;

/* UseCase: RatingPaper → nothing. A sheet filled in on paper, until the term is closed: a sheet
 * that came in time may be entered after its last day. Takes the place of an earlier sheet; what
 * the person gave on line stands (RATING_ONLINE_ALREADY at who), and what they give on line
 * later takes the place of the sheet. NOT_FOUND; RATING_CLOSED; at who RATING_NOT_THEIRS;
 * FIELD_MISSING at mark1 …. Journals rating.paper without the person. */
Error *ratings_enter_paper(Tx *tx, const void *input, Instant now, void *unused);

/* May the person rate in the area, by the rules of a round? One query. */
MUST_USE Error *ratings_may_rate(Snapshot *snapshot, int64_t area, const RoundRules *rules,
                                 int64_t person, bool *out);

/* The stars of one project; all zero before its rating is closed. NOT_FOUND unless it was accepted.
 * Three queries. */
MUST_USE Error *ratings_outcome(Snapshot *snapshot, int64_t area, int64_t project,
                                RatingOutcome *out);

/* How far the rating of a round is; one query. */
typedef struct RatingProgress {
    int64_t projects; /* accepted ones */
    int64_t assessed;
    int state; /* RatingState, 0: never opened */
    Instant closes_at;
} RatingProgress;
MUST_USE Error *ratings_progress(Snapshot *snapshot, int64_t area, int64_t round,
                                 RatingProgress *out);

#endif
