/* ratings_gates.c: what this room tells the console, the desk and a person's own page. */
#include "features/ratings/ratings_gates.h"

#include "base/vec.h"
#include "features/ratings/ratings.h"
#include "platform/person_data.h"
#include "ratings_report_sql.h"
#include "ratings_report_text.h"
#include "ratings_sql.h"
#include "ratings_text.h"

#define EXPORT_MOST 10000

static SafeUrl console_url(Arena *arena, int64_t area, int64_t round)
{
    return url_of(arena, "/a/{area}/rounds/{id}/ratings/console", area, round);
}

/* What is still missing; the empty sentence when nothing is. */
static Text missing_text(const RatingProgress *progress, Instant now)
{
    if (progress->state == 0) {
        return t_rating_gate_unopened(progress->projects);
    }
    if (progress->assessed < progress->projects) {
        return t_rating_gate_unassessed(progress->projects,
                                        progress->projects - progress->assessed);
    }
    return now.ms < progress->closes_at.ms ? t_rating_gate_runs(progress->closes_at)
                                           : t_rating_gate_unclosed();
}

Error *ratings_gate_closed(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                           GateReport *out)
{
    RatingProgress progress;
    Error *err = ratings_progress(snapshot, area, round, &progress);
    if (err) {
        return err;
    }
    *out = (GateReport){.state = GATE_MET, .claim = t_rating_gate_claim()};
    if (progress.projects == 0) {
        out->detail = t_rating_gate_none();
    } else if (progress.state == RATING_CLOSED) {
        out->detail = t_rating_gate_closed(progress.projects);
    } else {
        out->state = GATE_UNMET;
        out->detail = missing_text(&progress, snapshot_now(snapshot));
        out->link = console_url(snapshot_arena(snapshot), area, round);
        out->link_text = t_rating_gate_link();
    }
    return NULL;
}

Error *ratings_gate_report(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                           GateReport *out)
{
    ReportPublishedRows rows;
    Error *err = sql_report_published(snapshot, area, round, 1, &rows);
    if (err) {
        return err;
    }
    *out = (GateReport){
        .state = GATE_MET, .claim = t_report_gate_claim(), .detail = t_report_gate_done()};
    if (rows.count == 0) {
        out->state = GATE_UNMET;
        out->detail = t_report_gate_missing();
        out->link =
            url_of(snapshot_arena(snapshot), "/a/{area}/rounds/{id}/report/edit", area, round);
        out->link_text = t_report_gate_link();
    }
    return NULL;
}

/* --- due -------------------------------------------------------------------------------------- */

static void push(Arena *arena, int64_t area, const RatingDueRow *row, Text what, Instant due_at,
                 DueItems *out)
{
    *vec_push(arena, out) = (DueItem){.what = what,
                                      .detail = t_rating_due_of(row->title),
                                      .due_at = due_at,
                                      .link = console_url(arena, area, row->id),
                                      .verb = t_rating_gate_link()};
}

static Error *push_reports(Snapshot *snapshot, Arena *arena, int64_t area, DueItems *out)
{
    ReportDueRows rows;
    Error *err = sql_report_due(snapshot, area, &rows);
    for (size_t i = 0; !err && i < rows.count; i++) {
        const ReportDueRow *row = &rows.rows[i];
        *vec_push(arena, out) =
            (DueItem){.what = t_report_due(),
                      .detail = t_rating_due_of(row->title),
                      .due_at = row->closes_at,
                      .link = url_of(arena, "/a/{area}/rounds/{id}/report/edit", area, row->id),
                      .verb = t_report_gate_link()};
    }
    return err;
}

Error *ratings_due(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who, DueItems *out)
{
    RatingDueRows rows;
    if (policy_check(POLICY_MANAGE, who) != VERDICT_ALLOW) {
        return NULL;
    }
    Error *err = sql_rating_due(snapshot, area, &rows);
    for (size_t i = 0; !err && i < rows.count; i++) {
        const RatingDueRow *row = &rows.rows[i];
        int64_t missing = row->projects - row->assessed;
        if (row->state == 0 && row->projects > 0) {
            push(arena, area, row, t_rating_due_open(), row->closes_at, out);
        }
        if (row->state == RATING_OPEN && missing > 0) {
            push(arena, area, row, t_rating_due_assess(missing), row->ends_at, out);
        }
        if (row->state == RATING_OPEN && snapshot_now(snapshot).ms >= row->ends_at.ms) {
            push(arena, area, row, t_rating_due_close(), row->closes_at, out);
        }
    }
    return err ? err : push_reports(snapshot, arena, area, out);
}

/* --- a person's own data ---------------------------------------------------------------------- */

Error *ratings_export_person(Snapshot *snapshot, int64_t person, Buf *out)
{
    RatingOfPersonRows rows;
    Error *err = sql_rating_of_person(snapshot, person, EXPORT_MOST, &rows);
    if (err) {
        return err;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < rows.count; i++) {
        const RatingOfPersonRow *row = &rows.rows[i];
        json_t *object = json_object();
        json_object_set_new(object, "project", json_string(id_text(row->proposal_id).text));
        json_object_set_new(object, "title", json_of_str(row->title));
        json_object_set_new(object, "question", json_integer(row->question));
        json_object_set_new(object, "mark", json_integer(row->mark));
        json_array_append_new(list, object);
    }
    return person_data_member(snapshot, "ratings", list, out);
}

Error *ratings_erase_person(Tx *tx, int64_t person, Instant now)
{
    Error *err = sql_rating_erase_count(tx, person, NULL);
    return err ? err : sql_rating_erase_marks(tx, person, NULL);
}
