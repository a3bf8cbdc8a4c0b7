/* screening.c: one reading and what it leads to; interests. */
#include "features/screening/screening.h"

#include "features/screening/screening_pages.h"
#include "platform/journal/journal.h"
#include "screening_sql.h"

/* --- interests ------------------------------------------------------------------------------- */

Error *screening_check_interest(Snapshot *snapshot, int64_t area, int64_t proposal, int64_t person)
{
    ScreeningPartRow part = {0};
    Arena *arena = snapshot_arena(snapshot);
    Error *err = sql_screening_part(snapshot, area, proposal, person, &part);
    if (!err && part.n_interest > 0) {
        err = error_make(arena, ERROR_SCREENING_INTERESTED, "declared an interest");
    }
    if (!err && part.n_proposer > 0) {
        err = error_make(arena, ERROR_SCREENING_OWN, "their own proposal");
    }
    return err;
}

Error *screening_declare(Tx *tx, const void *input, Instant now, void *output)
{
    const InterestDeclare *declare = input;
    ScreeningProposalRow proposal;
    int64_t changed = 0;
    Error *err =
        sql_screening_proposal(tx_snapshot(tx), declare->area, declare->proposal, &proposal);
    if (!err) {
        err = sql_screening_interest_insert(tx, declare->area, tx_new_id(tx), declare->proposal,
                                            declare->actor, now, &changed);
    }
    if (!err && changed > 0) {
        err = sql_screening_reading_retire(tx, declare->area, declare->proposal, declare->actor,
                                           NULL);
    }
    return err || changed == 0
               ? err
               : journal_write(tx, declare->area, declare->actor, "screening.interest", "proposal",
                               declare->proposal, proposal.title, STR(""));
}

Error *screening_end_interest(Tx *tx, const void *input, Instant now, void *output)
{
    const InterestEnd *end = input;
    int64_t changed = 0;
    Error *err = error_length(tx_arena(tx), "reason", end->reason, SCREENING_REASON_MIN,
                              SCREENING_REASON_MAX);
    if (!err) {
        err = sql_screening_interest_end(tx, end->area, end->proposal, end->actor, now, end->reason,
                                         &changed);
    }
    if (!err && changed == 0) {
        err = error_make(tx_arena(tx), ERROR_NOT_FOUND, "declared no interest");
    }
    return err ? err
               : journal_write(tx, end->area, end->actor, "screening.interest_end", "proposal",
                               end->proposal, end->reason, STR(""));
}

/* --- reading --------------------------------------------------------------------------------- */

static Finding finding_of(const ScreeningReadingsRow *row)
{
    return (Finding){(Ground)row->ground, row->cited_no, row->cited_list, row->cited_area,
                     row->reason};
}

/* The state as it is worth: readings of other words, or of people with an interest, are gone. */
Error *screening_fact(Snapshot *snapshot, int64_t area, int64_t proposal, int64_t version,
                      ScreeningFact *out, ScreeningReadingsRows *out_rows)
{
    ScreeningGetRow row;
    bool found = false;
    *out = (ScreeningFact){0};
    *out_rows = (ScreeningReadingsRows){0};
    Error *err = sql_screening_get(snapshot, area, proposal, &row, &found);
    if (err || !found || row.state == SCREENING_DECIDED) {
        out->state = found ? SCREENING_DECIDED : SCREENING_UNREAD;
        return err;
    }
    err = sql_screening_readings(snapshot, area, proposal, version, out_rows);
    if (!err && out_rows->count > 0) {
        out->state = out_rows->count > 1 ? SCREENING_DISPUTED : SCREENING_WAITS;
        out->first = (ReadingFact){out_rows->rows[0].reader_id, finding_of(&out_rows->rows[0])};
    }
    return err;
}

static Error *keep_reading(Tx *tx, const ScreeningRead *read, const ScreeningStep *step,
                           Instant now)
{
    const Finding *f = &read->finding;
    Error *err = sql_screening_reading_retire(tx, read->area, read->proposal,
                                              step->starts_anew ? 0 : read->reader, NULL);
    return err ? err
               : sql_screening_reading_insert(tx, read->area, tx_new_id(tx), read->proposal,
                                              read->version, read->reader, read->is_secretary,
                                              f->ground, f->cited_no, f->cited_list, f->cited_area,
                                              f->reason, now, NULL);
}

/* What is not decided says nothing of what was found. */
static Error *keep_open(Tx *tx, const ScreeningRead *read, ScreeningState state)
{
    Error *err = sql_screening_open(tx, read->area, read->proposal, read->round, state, NULL);
    return err ? err
               : journal_write(tx, read->area, read->reader,
                               state == SCREENING_DISPUTED ? "screening.dispute" : "screening.read",
                               "proposal", read->proposal, STR(""), STR(""));
}

/* What is cited, in its words. */
typedef struct Cited {
    Str words;
    Str words_en;
} Cited;

static Error *cite(Tx *tx, ScreeningRead *read, const RoundRules *rules, Instant now, Cited *out)
{
    Finding *f = &read->finding;
    bool is_clause = f->ground == GROUND_CLAUSE;
    if (is_clause && f->cited_no >= 1 && f->cited_no <= (int64_t)rules->n_clauses) {
        const ClauseRule *clause = &rules->clauses[f->cited_no - 1];
        *out = (Cited){clause->words, clause->words_en};
    }
    return f->ground == GROUND_DEPARTMENT || f->ground == GROUND_PRIVATE
               ? duties_cite(tx, read->area, read->line, instant_date(now), f, &out->words)
               : NULL;
}

/* And whoever asked for another class has their answer. */
static Error *keep_decided(Tx *tx, const ScreeningRead *read, const Cited *cited,
                           const ScreeningStep *step, Instant now)
{
    const Finding *f = &read->finding;
    Error *err =
        sql_screening_decide(tx, read->area, read->proposal, read->round, f->ground, f->cited_no,
                             cited->words, cited->words_en, f->cited_list, f->cited_area, f->reason,
                             step->n_readers, step->settles, now, NULL);
    return err ? err : sql_request_answer(tx, read->area, read->proposal, f->reason, now, NULL);
}

/* What this reading does, when it may be made at all. */
static Error *next_step(Tx *tx, const ScreeningRead *read, const RoundRules *rules,
                        ScreeningStep *out)
{
    ScreeningFact fact;
    ScreeningReadingsRows rows;
    RequestsWaitingRow waiting = {0};
    Snapshot *snapshot = tx_snapshot(tx);
    Error *err = screening_fact(snapshot, read->area, read->proposal, read->version, &fact, &rows);
    if (!err) {
        err = sql_requests_waiting(snapshot, read->area, read->proposal, &waiting);
    }
    if (err) {
        return err;
    }
    *out =
        screening_step(&fact, rules->two_readers, read->reader, read->is_secretary, &read->finding);
    if (!out->is_allowed) {
        return error_make(tx_arena(tx), ERROR_SCREENING_DISPUTED, "for the secretary");
    }
    return finding_check(tx_arena(tx), &read->finding, rules->n_clauses,
                         out->settles || waiting.n > 0);
}

Error *screening_read(Tx *tx, const ScreeningRead *input, const RoundRules *rules, Instant now,
                      ScreeningStep *out)
{
    ScreeningRead read = *input;
    Cited cited = {0};
    Error *err = screening_check_interest(tx_snapshot(tx), read.area, read.proposal, read.reader);
    if (!err) {
        err = cite(tx, &read, rules, now, &cited);
    }
    if (!err) {
        err = next_step(tx, &read, rules, out);
    }
    if (!err) {
        err = keep_reading(tx, &read, out, now);
    }
    if (err) {
        return err;
    }
    return out->state == SCREENING_DECIDED ? keep_decided(tx, &read, &cited, out, now)
                                           : keep_open(tx, &read, out->state);
}
