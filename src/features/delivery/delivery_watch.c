/* delivery_watch.c: delays, other changes, visits. */
#include "delivery_watch_sql.h"
#include "features/delivery/delivery_private.h"

static Error *write_change(Tx *tx, const DeliveryAct *act, DeliveryChangeKind kind, Str words,
                           const MilestoneGetRow *step, Date new_due, Instant now)
{
    DeliveryWatchNumbersRow numbers;
    Error *err = sql_delivery_watch_numbers(tx_snapshot(tx), act->area, act->project, &numbers);
    if (!err && numbers.changes >= DELIVERY_CHANGES) {
        err = delivery_problem(tx, ERROR_FIELD_TOO_MANY, "reason", DELIVERY_CHANGES);
    }
    if (err) {
        return err;
    }
    return sql_change_insert(tx, act->area, act->project, numbers.changes + 1, kind,
                             instant_date(now), words, step ? step->title : STR(""),
                             step ? step->due_on : DATE_NONE, new_due, act->actor, now, NULL);
}

static Error *require_step(Tx *tx, const DeliveryDelay *delay, MilestoneGetRow *out)
{
    Error *err = sql_milestone_get(tx_snapshot(tx), delay->act.area, delay->act.project,
                                   delay->milestone, out);
    if (!err && out->done_on.days > 0) {
        err = delivery_problem(tx, ERROR_ALREADY_EXISTS, "", 0);
    }
    /* A day that is already planned is no delay. */
    if (!err && out->due_on.days == delay->due.days) {
        err = delivery_problem(tx, ERROR_FIELD_NOT_DATE, "due", 0);
    }
    return err;
}

Error *delivery_delay(Tx *tx, const void *input, Instant now, void *output)
{
    const DeliveryDelay *delay = input;
    const DeliveryAct *act = &delay->act;
    DeliveryProject project;
    MilestoneGetRow step;
    Error *err = delivery_words_check(tx_arena(tx), delay->reason, DELIVERY_REASON_MIN,
                                      DELIVERY_WORDS_MAX, "reason");
    if (!err && delay->due.days < instant_date(now).days) {
        err = delivery_problem(tx, ERROR_FIELD_NOT_DATE, "due", 0);
    }
    if (!err) {
        err = delivery_begin(tx, act, REACH_UNDER_WAY, &project);
    }
    if (!err) {
        err = require_step(tx, delay, &step);
    }
    if (!err) {
        err = sql_milestone_move(tx, act->area, act->project, delay->milestone, delay->due, NULL);
    }
    if (!err) {
        err = write_change(tx, act, DELIVERY_CHANGE_DELAY, delay->reason, &step, delay->due, now);
    }
    return err ? err : delivery_journal(tx, act, "delay", delay->reason);
}

Error *delivery_change(Tx *tx, const void *input, Instant now, void *output)
{
    const DeliveryChange *change = input;
    DeliveryProject project;
    bool is_kind = change->kind > DELIVERY_CHANGE_DELAY && change->kind <= DELIVERY_CHANGE_SUPPLIER;
    Error *err = is_kind ? NULL : delivery_problem(tx, ERROR_FIELD_NOT_CHOICE, "kind", 0);
    if (!err) {
        err = delivery_words_check(tx_arena(tx), change->reason, DELIVERY_REASON_MIN,
                                   DELIVERY_WORDS_MAX, "reason");
    }
    if (!err) {
        err = delivery_begin(tx, &change->act, REACH_UNDER_WAY, &project);
    }
    if (!err) {
        err = write_change(tx, &change->act, change->kind, change->reason, NULL, DATE_NONE, now);
    }
    return err ? err : delivery_journal(tx, &change->act, "change", change->reason);
}

static Error *check_visit(Tx *tx, const DeliveryVisit *visit, Instant now)
{
    Arena *arena = tx_arena(tx);
    Error *err = delivery_past_check(arena, visit->on, instant_date(now), "on");
    if (!err) {
        err = delivery_words_check(arena, visit->name, 1, DELIVERY_PERSON_MAX, "name");
    }
    if (!err) {
        err = delivery_words_check(arena, visit->what, 1, DELIVERY_PERSON_MAX, "what");
    }
    return err ? err : delivery_words_check(arena, visit->words, 2, DELIVERY_WORDS_MAX, "words");
}

Error *delivery_visit(Tx *tx, const void *input, Instant now, void *output)
{
    const DeliveryVisit *visit = input;
    const DeliveryAct *act = &visit->act;
    DeliveryProject project;
    DeliveryWatchNumbersRow numbers;
    Error *err = check_visit(tx, visit, now);
    if (!err) {
        err = delivery_begin(tx, act, REACH_ANY, &project);
    }
    if (!err) {
        err = sql_delivery_watch_numbers(tx_snapshot(tx), act->area, act->project, &numbers);
    }
    if (!err && numbers.visits >= DELIVERY_CHANGES) {
        err = delivery_problem(tx, ERROR_FIELD_TOO_MANY, "words", DELIVERY_CHANGES);
    }
    if (!err) {
        err = sql_visit_insert(tx, act->area, act->project, numbers.visits + 1, visit->on,
                               visit->name, visit->what, visit->words, act->actor, now, NULL);
    }
    return err ? err : delivery_journal(tx, act, "visit", visit->words);
}
