/* ratings.c: opening, self-assessment, marks, closing. */
#include "features/ratings/ratings.h"

#include "features/notices/notices.h"
#include "features/polls/polls.h"
#include "platform/journal/journal.h"
#include "ratings_sql.h"
#include "ratings_text.h"

#define CLOSING_HOUR   17
#define CLOSING_MINUTE 30

_Static_assert(RATING_QUESTIONS == RULES_MAX_QUESTIONS, "columns of rating_self");

RatingFormula rating_formula(const RoundRules *rules)
{
    int weights[RATING_QUESTIONS];
    for (size_t i = 0; i < rules->n_questions; i++) {
        weights[i] = rules->questions[i].weight;
    }
    return rating_formula_of(weights, rules->n_questions, rules->self_percent,
                             rules->rating_at_least);
}

Error *ratings_progress(Snapshot *snapshot, int64_t area, int64_t round, RatingProgress *out)
{
    RatingCountsRow row;
    Error *err = sql_rating_counts(snapshot, area, round, &row);
    if (!err) {
        *out = (RatingProgress){row.projects, row.assessed, (int)row.state, row.closes_at};
    }
    return err;
}

/* --- opening and closing ---------------------------------------------------------------------- */

static Error *check_open(Tx *tx, const RatingOpen *input, Instant now)
{
    Arena *arena = tx_arena(tx);
    RoundInfo round;
    RatingProgress progress;
    Error *err = programmes_round(tx_snapshot(tx), input->area, input->round, &round);
    if (!err && !programmes_stage_is_open(&round, STAGE_KIND_EVALUATE)) {
        err = error_make(arena, ERROR_STAGE_NOT_OPEN, "the round is not at its evaluation");
    }
    if (!err) {
        err = ratings_progress(tx_snapshot(tx), input->area, input->round, &progress);
    }
    if (!err && progress.projects == 0) {
        err = error_make(arena, ERROR_RATING_NOTHING, "no project was accepted");
    }
    int32_t today = instant_date(now).days;
    if (!err &&
        (input->last_day.days <= today || input->last_day.days > today + RATING_MOST_DAYS)) {
        err = error_at(arena, ERROR_FIELD_NOT_DATE, "last_day", 0);
    }
    return err;
}

static Error *save_open(Tx *tx, const RatingOpen *open, Instant now, const char **out_act)
{
    Instant end = instant_at(open->last_day, CLOSING_HOUR, CLOSING_MINUTE);
    int64_t changed = 0;
    *out_act = "rating.open";
    Error *err =
        sql_rating_term_insert(tx, open->area, open->round, now, open->actor, end, &changed);
    if (!err && changed == 0) {
        *out_act = "rating.extend";
        err = sql_rating_term_extend(tx, open->area, open->round, end, &changed);
    }
    return err || changed > 0 ? err : error_at(tx_arena(tx), ERROR_RATING_NOT_LATER, "last_day", 0);
}

static Error *tell_open(Tx *tx, const RatingOpen *open, Instant now)
{
    Notice notice = {
        .area = open->area,
        .round = open->round,
        .kind = NOTICE_RATING,
        .words = t_rating_notice(open->last_day),
        .link = url_of(tx_arena(tx), "/a/{area}/rounds/{id}/ratings", open->area, open->round)};
    return notices_send_all(tx, &notice, now);
}

Error *ratings_open(Tx *tx, const void *input, Instant now, void *unused)
{
    const RatingOpen *open = input;
    const char *act = NULL;
    Error *err = check_open(tx, open, now);
    if (!err) {
        err = save_open(tx, open, now, &act);
    }
    if (!err) {
        err = tell_open(tx, open, now);
    }
    return err ? err
               : journal_write(tx, open->area, open->actor, act, "round", open->round, STR(""),
                               STR(""));
}

static Error *check_close(Tx *tx, const RatingClose *input, Instant now)
{
    Arena *arena = tx_arena(tx);
    RatingProgress progress;
    Error *err = ratings_progress(tx_snapshot(tx), input->area, input->round, &progress);
    if (err) {
        return err;
    }
    if (progress.state == 0) {
        return error_make(arena, ERROR_NOT_FOUND, "never opened");
    }
    if (now.ms < progress.closes_at.ms) {
        return error_make(arena, ERROR_RATING_NOT_OVER, "announced for a later day");
    }
    int64_t missing = progress.projects - progress.assessed;
    return missing == 0 ? NULL
                        : error_with(error_make(arena, ERROR_RATING_SELF_MISSING, "not assessed"),
                                     missing, STR(""));
}

Error *ratings_close(Tx *tx, const void *input, Instant now, void *unused)
{
    const RatingClose *close = input;
    Error *err = check_close(tx, close, now);
    if (!err) {
        err =
            sql_rating_term_close(tx, close->area, close->round, close->version, now, close->actor);
    }
    if (!err) {
        err = sql_rating_count_term(tx, close->area, close->round, NULL);
    }
    return err ? err
               : journal_write(tx, close->area, close->actor, "rating.close", "round", close->round,
                               STR(""), STR(""));
}

/* --- marks ------------------------------------------------------------------------------------ */

/* The project, which must be in an open term, and the rules of its round. */
static Error *load_project(Tx *tx, int64_t area, int64_t project, RatingProjectRow *row,
                           RoundRules **rules)
{
    Arena *arena = tx_arena(tx);
    *rules = arena_new(arena, RoundRules);
    Error *err = sql_rating_project(tx_snapshot(tx), area, project, row);
    if (!err && row->state != RATING_OPEN) {
        err = error_make(arena, ERROR_RATING_CLOSED, "the term is not open");
    }
    return err ? err : programmes_round_rules(tx_snapshot(tx), area, row->round_id, *rules);
}

static Error *save_self(Tx *tx, const RatingAssess *a, const RatingProjectRow *row, Instant now)
{
    const int *m = a->marks;
    Str words = str_trim(a->words);
    return a->version == 0 ? sql_rating_self_insert(tx, a->area, a->project, row->round_id, m[0],
                                                    m[1], m[2], m[3], m[4], words, now, a->actor)
                           : sql_rating_self_edit(tx, a->area, a->project, a->version, m[0], m[1],
                                                  m[2], m[3], m[4], words, now, a->actor);
}

/* Marks of questions the round does not ask are nothing. */
static void cut_marks(const RoundRules *rules, int marks[RATING_QUESTIONS])
{
    for (size_t q = rating_formula(rules).n_questions; q < RATING_QUESTIONS; q++) {
        marks[q] = 0;
    }
}

Error *ratings_assess(Tx *tx, const void *input, Instant now, void *unused)
{
    RatingAssess assess = *(const RatingAssess *)input;
    RatingProjectRow row;
    RoundRules *rules = NULL;
    Error *err = load_project(tx, assess.area, assess.project, &row, &rules);
    if (!err) {
        err = rating_marks_check(tx_arena(tx), rating_formula(rules).n_questions, assess.marks);
    }
    if (!err) {
        err = error_length(tx_arena(tx), "words", str_trim(assess.words), RATING_WORDS_MIN,
                           RATING_WORDS_MAX);
    }
    if (!err) {
        cut_marks(rules, assess.marks);
        err = save_self(tx, &assess, &row, now);
    }
    return err ? err
               : journal_write(tx, assess.area, assess.actor, "rating.assess", "proposal",
                               assess.project, str_trim(assess.words), STR(""));
}

Error *ratings_may_rate(Snapshot *snapshot, int64_t area, const RoundRules *rules, int64_t person,
                        bool *out)
{
    RatingResidentRow row;
    bool found = false;
    *out = false;
    if (person == 0) {
        return NULL;
    }
    Date today = instant_date(snapshot_now(snapshot));
    Error *err = sql_rating_resident(snapshot, area, person, &row, &found);
    if (!err && found) {
        bool lives_here = row.left_on.days == 0 || row.left_on.days > today.days;
        *out = lives_here && (rules->residencies & 1u << row.residency) != 0 &&
               poll_is_of_age(row.birth_year, row.birth_month, rules->minimum_age,
                              rules->maximum_age, today);
    }
    return err;
}

static Error *check_rater(Tx *tx, const RatingGive *give, const RatingProjectRow *row,
                          const RoundRules *rules, Instant now)
{
    bool may = false;
    Arena *arena = tx_arena(tx);
    if (!rating_takes_marks((RatingState)row->state, row->closes_at, now)) {
        return error_make(arena, ERROR_RATING_CLOSED, "its time is over");
    }
    Error *err = ratings_may_rate(tx_snapshot(tx), give->area, rules, give->person, &may);
    if (!err && !may) {
        err = error_make(arena, ERROR_RATING_NOT_YOURS, "does not take part in the round");
    }
    return err ? err : rating_marks_check(arena, rating_formula(rules).n_questions, give->marks);
}

static Error *put_marks(Tx *tx, const RatingGive *give, const RoundRules *rules, int64_t round,
                        RatingChannel channel, Instant now)
{
    size_t n_questions = rating_formula(rules).n_questions;
    Error *err = NULL;
    for (size_t q = 0; !err && q < n_questions; q++) {
        err = sql_rating_mark_put(tx, give->area, give->project, give->person, (int64_t)q + 1,
                                  give->marks[q], (int64_t)channel, round, now, NULL);
    }
    return err;
}

Error *ratings_rate(Tx *tx, const void *input, Instant now, void *unused)
{
    const RatingGive *give = input;
    RatingProjectRow row;
    RoundRules *rules = NULL;
    Error *err = load_project(tx, give->area, give->project, &row, &rules);
    if (!err) {
        err = check_rater(tx, give, &row, rules, now);
    }
    return err ? err : put_marks(tx, give, rules, row.round_id, RATING_ONLINE, now);
}

/* --- on paper --------------------------------------------------------------------------------- */

static Error *check_sheet(Tx *tx, const RatingGive *give, const RoundRules *rules)
{
    bool may = false;
    Arena *arena = tx_arena(tx);
    RatingOwnRows own;
    /* Marks first: who sends none must not learn who has rated. */
    Error *err = rating_marks_check(arena, rating_formula(rules).n_questions, give->marks);
    if (!err) {
        err = ratings_may_rate(tx_snapshot(tx), give->area, rules, give->person, &may);
    }
    if (!err && !may) {
        err = error_at(arena, ERROR_RATING_NOT_THEIRS, "who", 0);
    }
    if (!err) {
        err = sql_rating_own(tx_snapshot(tx), give->area, give->project, give->person, &own);
    }
    if (!err && own.count > 0 && own.rows[0].channel == RATING_ONLINE) {
        err = error_at(arena, ERROR_RATING_ONLINE_ALREADY, "who", 0);
    }
    return err;
}

Error *ratings_enter_paper(Tx *tx, const void *input, Instant now, void *unused)
{
    const RatingPaper *paper = input;
    RatingGive give = {paper->area, paper->project, paper->person, {0}};
    RatingProjectRow row;
    RoundRules *rules = NULL;
    memcpy(give.marks, paper->marks, sizeof(give.marks));
    Error *err = load_project(tx, paper->area, paper->project, &row, &rules);
    if (!err) {
        err = check_sheet(tx, &give, rules);
    }
    if (!err) {
        err = put_marks(tx, &give, rules, row.round_id, RATING_PAPER, now);
    }
    return err ? err
               : journal_write(tx, paper->area, paper->actor, "rating.paper", "proposal",
                               paper->project, STR(""), STR(""));
}
