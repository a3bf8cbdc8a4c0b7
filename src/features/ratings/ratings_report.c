/* ratings_report.c: drafts, publishing, what was frozen. Working out: ratings_report_figures.c. */
#include "features/ratings/ratings_report.h"

#include "base/vec.h"
#include "platform/journal/journal.h"
#include "ratings_report_sql.h"

#define MOST_FIGURES 2000

Error *ratings_report_frozen(Snapshot *snapshot, int64_t area, int64_t round, int64_t no,
                             ReportFigures *out)
{
    ReportFiguresRows rows;
    Error *err = sql_report_figures(snapshot, area, round, no, MOST_FIGURES, &rows);
    for (size_t i = 0; !err && i < rows.count; i++) {
        const ReportFiguresRow *row = &rows.rows[i];
        *vec_push(snapshot_arena(snapshot), out) = (ReportFigure){
            (ReportPart)row->part, row->code, row->label, row->label_en, row->value, row->whole};
    }
    return err;
}

/* --- writing ---------------------------------------------------------------------------------- */

/* True once the round has come to its evaluation, and after its end. */
static Error *check_time(Tx *tx, int64_t area, int64_t round)
{
    StageInfo *stages = NULL;
    size_t count = 0;
    RoundInfo info;
    Error *err = programmes_round(tx_snapshot(tx), area, round, &info);
    if (!err) {
        err = programmes_stages(tx_snapshot(tx), area, round, &stages, &count);
    }
    bool is_ahead = !err && programmes_stage_is_ahead(stages, count, STAGE_KIND_EVALUATE);
    return is_ahead ? error_make(tx_arena(tx), ERROR_STAGE_NOT_OPEN, "not at its evaluation yet")
                    : err;
}

static Error *save_words(Tx *tx, const ReportWrite *write, const ReportNewestRow *newest,
                         bool has_draft)
{
    Str words = str_trim(write->words);
    int64_t changed = 0;
    Error *err = NULL;
    if (has_draft) {
        err = sql_report_edit(tx, write->area, write->round, newest->no, write->version, words,
                              &changed);
    } else if (write->version == 0) {
        err = sql_report_insert(tx, write->area, write->round, newest->no + 1, words, &changed);
    }
    return err || changed > 0
               ? err
               : error_make(tx_arena(tx), ERROR_VERSION_CONFLICT, "written meanwhile");
}

Error *ratings_report_write(Tx *tx, const void *input, Instant now, void *unused)
{
    const ReportWrite *write = input;
    ReportNewestRow newest = {0};
    bool found = false;
    Error *err = check_time(tx, write->area, write->round);
    if (!err) {
        err = error_length(tx_arena(tx), "words", str_trim(write->words), REPORT_WORDS_MIN,
                           REPORT_WORDS_MAX);
    }
    if (!err) {
        err = sql_report_newest(tx_snapshot(tx), write->area, write->round, &newest, &found);
    }
    if (!err) {
        err = save_words(tx, write, &newest, found && newest.state == 1);
    }
    return err ? err
               : journal_write(tx, write->area, write->actor, "report.write", "round", write->round,
                               STR(""), STR(""));
}

/* --- publishing ------------------------------------------------------------------------------- */

static Error *check_publish(Tx *tx, const ReportPublish *publish, ReportNewestRow *draft)
{
    Arena *arena = tx_arena(tx);
    bool found = false;
    RatingProgress progress = {0};
    Error *err = sql_report_newest(tx_snapshot(tx), publish->area, publish->round, draft, &found);
    if (!err && !found) {
        err = error_make(arena, ERROR_NOT_FOUND, "no draft");
    }
    if (!err && (draft->state != 1 || draft->version != publish->version)) {
        err = error_make(arena, ERROR_VERSION_CONFLICT, "another draft, or published");
    }
    if (!err) {
        err = ratings_progress(tx_snapshot(tx), publish->area, publish->round, &progress);
    }
    if (!err && progress.projects > 0 && progress.state != RATING_CLOSED) {
        err = error_make(arena, ERROR_REPORT_TOO_EARLY, "projects are still rated");
    }
    if (!err && draft->no > 1) {
        err = error_length(arena, "reason", str_trim(publish->reason), REPORT_REASON_MIN,
                           REPORT_REASON_MAX);
    }
    return err;
}

static Error *freeze(Tx *tx, const ReportPublish *publish, int64_t no)
{
    ReportFigures figures = {0};
    Error *err = ratings_report_figures(tx_snapshot(tx), publish->area, publish->round, &figures);
    for (size_t i = 0; !err && i < figures.count; i++) {
        const ReportFigure *f = &figures.items[i];
        err = sql_report_figure_insert(tx, publish->area, publish->round, no, (int64_t)i + 1,
                                       (int64_t)f->part, f->code, f->label, f->label_en, f->value,
                                       f->whole, NULL);
    }
    return err;
}

Error *ratings_report_publish(Tx *tx, const void *input, Instant now, void *unused)
{
    const ReportPublish *publish = input;
    ReportNewestRow draft = {0};
    Error *err = check_publish(tx, publish, &draft);
    if (!err) {
        err = freeze(tx, publish, draft.no);
    }
    Str reason = draft.no > 1 ? str_trim(publish->reason) : STR("");
    if (!err) {
        err = sql_report_publish(tx, publish->area, publish->round, draft.no, publish->version,
                                 reason, now, publish->actor);
    }
    return err ? err
               : journal_write(tx, publish->area, publish->actor, "report.publish", "round",
                               publish->round, reason, STR(""));
}
