/* ratings_outcome.c: the stars of one project, for other rooms. */
#include "features/ratings/ratings.h"
#include "ratings_sql.h"

static Error *load_counts(Snapshot *snapshot, int64_t area, int64_t project, RatingCounts *out)
{
    RatingTalliesOfRows rows;
    Error *err = sql_rating_tallies_of(snapshot, area, project, &rows);
    for (size_t i = 0; !err && i < rows.count; i++) {
        rating_count(out, rows.rows[i].question, rows.rows[i].mark, rows.rows[i].n);
    }
    return err;
}

Error *ratings_outcome(Snapshot *snapshot, int64_t area, int64_t project, RatingOutcome *out)
{
    RatingProjectRow row;
    RatingCounts counts = {0};
    RoundRules *rules = arena_new(snapshot_arena(snapshot), RoundRules);
    *out = (RatingOutcome){0};
    Error *err = sql_rating_project(snapshot, area, project, &row);
    if (err || row.state != RATING_CLOSED) {
        return err;
    }
    err = programmes_round_rules(snapshot, area, row.round_id, rules);
    if (!err) {
        err = load_counts(snapshot, area, project, &counts);
    }
    if (!err) {
        const int own[RATING_QUESTIONS] = {(int)row.mark1, (int)row.mark2, (int)row.mark3,
                                           (int)row.mark4, (int)row.mark5};
        RatingFormula formula = rating_formula(rules);
        *out = rating_outcome(&formula, &counts, own);
    }
    return err;
}
