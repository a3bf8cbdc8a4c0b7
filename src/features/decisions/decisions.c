/* decisions.c: recording, voiding, and what owners must decide. */
#include "features/decisions/decisions.h"

#include "base/utf8.h"
#include "decisions_sql.h"
#include "features/decisions/decisions_round.h"
#include "platform/journal/journal.h"

static Error *check_mandate(Arena *arena, const DecisionRecord *record, DiscussionKind kind)
{
    bool is_asked = kind == DISCUSSION_COUNCIL || kind == DISCUSSION_ASSEMBLY;
    return error_length(arena, "mandate", str_trim(record->mandate),
                        is_asked ? DECISION_MANDATE_MIN : 0, DECISION_MANDATE_MAX);
}

static Error *check_words(Arena *arena, const DecisionRecord *record, DiscussionKind kind)
{
    Error *err =
        error_length(arena, "body", str_trim(record->body), DECISION_BODY_MIN, DECISION_BODY_MAX);
    if (!err) {
        err = check_mandate(arena, record, kind);
    }
    if (!err) {
        err = error_length(arena, "place", str_trim(record->place), 0, DECISION_PLACE_MAX);
    }
    if (!err) {
        err = error_length(arena, "words", str_trim(record->words), DECISION_WORDS_MIN,
                           DECISION_WORDS_MAX);
    }
    return err ? err : error_length(arena, "kept", str_trim(record->kept), 0, DECISION_KEPT_MAX);
}

static Error *check_lists(Arena *arena, const DecisionRecord *record, DiscussionKind kind)
{
    if (record->n_people == 0 && kind != DISCUSSION_OWNERS) {
        return error_at(arena, ERROR_FIELD_MISSING, "officers", 0);
    }
    if (record->n_projects == 0) {
        return error_at(arena, ERROR_FIELD_MISSING, "projects", 0);
    }
    return NULL;
}

static Error *check_record(Tx *tx, const DecisionRecord *record, const DiscussionRule *rule,
                           const DecisionTime *time, Instant now)
{
    Arena *arena = tx_arena(tx);
    if (record->held_on.days > instant_date(now).days) {
        return error_at(arena, ERROR_FIELD_NOT_DATE, "held_on", 0);
    }
    if (!decision_may_be_recorded(rule, time)) {
        return error_make(arena, ERROR_STAGE_NOT_OPEN, "this step is not recorded now");
    }
    Error *err = check_words(arena, record, rule->kind);
    if (!err) {
        err = decision_figures_check(arena, rule, &record->figures);
    }
    return err ? err : check_lists(arena, record, rule->kind);
}

/* --- saving ------------------------------------------------------------------ */

static Error *insert_record(Tx *tx, const DecisionRecord *r, const DiscussionRule *rule,
                            const DecisionDone *done, Instant now)
{
    const DecisionFigures *f = &r->figures;
    bool by_area = rule->kind == DISCUSSION_OWNERS;
    return sql_decision_insert(
        tx, r->area, done->id, r->round, rule->code, (int64_t)rule->kind, str_trim(r->body),
        str_trim(r->mandate), str_trim(r->place), r->held_on, f->members, f->present, f->yes, f->no,
        by_area ? f->area_members : 0, by_area ? f->area_present : 0, by_area ? f->area_yes : 0,
        rule->quorum.numerator, rule->quorum.denominator, rule->threshold.numerator,
        rule->threshold.denominator, rule->holds_from, rule->basis, (int64_t)done->outcome,
        str_trim(r->words), str_trim(r->kept), now, r->actor, NULL);
}

static Error *insert_projects(Tx *tx, const DecisionRecord *r, const DiscussionRule *rule,
                              const DecisionDone *done)
{
    bool stands = decision_stands(rule->kind, done->outcome);
    Error *err = NULL;
    for (size_t i = 0; !err && i < r->n_projects; i++) {
        int64_t added = 0;
        err = sql_decision_item_insert(tx, r->area, done->id, r->projects[i], r->round,
                                       decision_item_step(rule), stands ? 1 : 0, &added);
        if (!err && added == 0) {
            err = error_at(tx_arena(tx), ERROR_DECISION_PROJECT, "projects", 0);
        }
    }
    return err;
}

static Error *insert_people(Tx *tx, const DecisionRecord *r, const DecisionDone *done)
{
    Error *err = NULL;
    for (size_t i = 0; !err && i < r->n_people; i++) {
        const DecisionPresent *one = &r->people[i];
        err = sql_decision_person_insert(tx, r->area, done->id, (int64_t)i + 1, one->id,
                                         one->person.name, one->person.office, NULL);
    }
    return err;
}

Error *decisions_record(Tx *tx, const void *input, Instant now, void *output)
{
    const DecisionRecord *record = input;
    DecisionDone *done = output;
    DecisionTime time;
    const DiscussionRule *rule = NULL;
    Error *err = decision_round_rule(tx_snapshot(tx), record->area, record->round, record->step,
                                     record->held_on, &rule);
    if (!err) {
        err = decision_round_time(tx_snapshot(tx), record->area, record->round, &time);
    }
    if (!err) {
        err = check_record(tx, record, rule, &time, now);
    }
    if (err) {
        return err;
    }
    *done = (DecisionDone){tx_new_id(tx), decision_outcome(rule, &record->figures)};
    err = insert_record(tx, record, rule, done, now);
    if (!err) {
        err = insert_projects(tx, record, rule, done);
    }
    if (!err) {
        err = insert_people(tx, record, done);
    }
    return err ? err
               : journal_write(tx, record->area, record->actor, "decision.record", "decision",
                               done->id, str_trim(record->words), STR(""));
}

/* --- voiding ----------------------------------------------------------------- */

static Error *load_voidable(Tx *tx, const DecisionVoid *input, DecisionGetRow *row)
{
    DecisionTime time;
    Error *err = sql_decision_get(tx_snapshot(tx), input->area, input->id, row);
    if (!err) {
        err = decision_round_time(tx_snapshot(tx), input->area, row->round_id, &time);
    }
    if (err) {
        return err;
    }
    DiscussionRule rule = {.code = row->step, .kind = (DiscussionKind)row->kind};
    return decision_may_be_recorded(&rule, &time)
               ? NULL
               : error_make(tx_arena(tx), ERROR_STAGE_NOT_OPEN, "its stage has ended");
}

Error *decisions_void(Tx *tx, const void *input, Instant now, void *unused)
{
    const DecisionVoid *given = input;
    DecisionGetRow row;
    Error *err = error_length(tx_arena(tx), "reason", str_trim(given->reason), DECISION_REASON_MIN,
                              DECISION_REASON_MAX);
    if (!err) {
        err = load_voidable(tx, given, &row);
    }
    if (!err) {
        err = sql_decision_void(tx, given->area, given->id, given->version, str_trim(given->reason),
                                now, given->actor);
    }
    if (!err) {
        err = sql_decision_items_release(tx, given->area, given->id, NULL);
    }
    return err ? err
               : journal_write(tx, given->area, given->actor, "decision.void", "decision",
                               given->id, str_trim(given->reason), STR(""));
}

/* --- what owners must decide ------------------------------------------------- */

Error *decisions_owner_counts(Snapshot *snapshot, int64_t area, int64_t round,
                              DecisionOwnerCounts *out)
{
    DecisionOwnerCountsRow row;
    Error *err = sql_decision_owner_counts(snapshot, area, round, &row);
    if (!err) {
        *out = (DecisionOwnerCounts){row.chosen, row.unsaid, row.needed, row.agreed};
    }
    return err;
}

static Error *check_needs(Tx *tx, const DecisionOwnerNeeds *input)
{
    RoundInfo round;
    DecisionOwnerCounts counts = {0};
    Error *err = programmes_round(tx_snapshot(tx), input->area, input->round, &round);
    if (!err && round.is_finished) {
        err = error_make(tx_arena(tx), ERROR_STAGE_NOT_OPEN, "the round is over");
    }
    if (!err) {
        err = decisions_owner_counts(tx_snapshot(tx), input->area, input->round, &counts);
    }
    if (!err && counts.chosen != input->n_shown) {
        err = error_make(tx_arena(tx), ERROR_VERSION_CONFLICT, "other projects are chosen now");
    }
    return err;
}

Error *decisions_say_owners(Tx *tx, const void *input, Instant now, void *unused)
{
    const DecisionOwnerNeeds *said = input;
    Error *err = check_needs(tx, said);
    if (!err) {
        err = sql_decision_owner_say_none(tx, said->area, said->round, said->actor, now, NULL);
    }
    for (size_t i = 0; !err && i < said->n_needed; i++) {
        err = sql_decision_owner_say_needed(tx, said->area, said->round, said->needed[i]);
    }
    return err ? err
               : journal_write(tx, said->area, said->actor, "decision.owners", "round", said->round,
                               STR(""), STR(""));
}
