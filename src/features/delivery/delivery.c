/* delivery.c: projects, their milestones, acceptance and stop. */
#include "delivery_text.h"
#include "features/delivery/delivery_private.h"
#include "features/programmes/programmes.h"
#include "features/proposals/proposals.h"
#include "platform/journal/journal.h"

/* --- reading -------------------------------------------------------------------------------- */

Error *delivery_read_money(Snapshot *snapshot, int64_t area, int64_t project, LedgerBalances *out)
{
    DeliveryBalancesRows rows;
    Error *err = sql_delivery_balances(snapshot, area, project, &rows);
    *out = (LedgerBalances){0};
    for (size_t i = 0; !err && i < rows.count; i++) {
        out->of[rows.rows[i].account][rows.rows[i].source] = rows.rows[i].total_fen;
    }
    return err;
}

static DeliveryProject project_of(const DeliveryProjectGetRow *row)
{
    return (DeliveryProject){.proposal = row->proposal_id,
                             .round = row->round_id,
                             .title = row->title,
                             .kind = row->kind,
                             .estimate = row->cost_fen,
                             .facts = {.is_open = row->n_begun > 0,
                                       .state = (DeliveryState)row->state,
                                       .n_called = row->n_called,
                                       .n_chosen = row->n_chosen,
                                       .n_purchases = row->n_purchases,
                                       .n_milestones = row->n_milestones,
                                       .n_done = row->n_done},
                             .state_on = row->state_on,
                             .reason = row->reason,
                             .version = row->project_version,
                             .next_due = row->next_due_on};
}

Error *delivery_project(Snapshot *snapshot, int64_t area, int64_t proposal, DeliveryProject *out)
{
    DeliveryProjectGetRow row;
    *out = (DeliveryProject){0};
    Error *err = sql_delivery_project_get(snapshot, area, proposal, &row);
    if (err) {
        return err;
    }
    *out = project_of(&row);
    return delivery_read_money(snapshot, area, proposal, &out->facts.money);
}

Error *delivery_counts(Snapshot *snapshot, int64_t area, int64_t round, DeliveryCounts *out)
{
    DeliveryCountsRow row;
    Error *err = sql_delivery_counts(snapshot, area, round, &row);
    if (!err) {
        *out =
            (DeliveryCounts){row.projects, row.accepted, row.stopped, row.built, row.n_accept > 0};
    }
    return err;
}

Error *delivery_first(Snapshot *snapshot, int64_t area, int64_t round, int64_t after, int64_t *out)
{
    DeliveryFirstRow row;
    bool found = false;
    Error *err = sql_delivery_first(snapshot, area, round, after, &row, &found);
    *out = !err && found ? row.proposal_id : 0;
    return err;
}

Error *delivery_similar(Snapshot *snapshot, int64_t area, Str kind_code, Date day, Money *out)
{
    DeliverySimilarRow row;
    int year = date_civil(day).year;
    Error *err = sql_delivery_similar(snapshot, area, kind_code, date_of((CivilDate){year, 1, 1}),
                                      date_of((CivilDate){year, 12, 31}), &row);
    *out = err ? (Money){0} : row.total_fen;
    return err;
}

/* --- what every act shares ------------------------------------------------------------------ */

Error *delivery_problem(Tx *tx, ErrorCode code, const char *field, int64_t number)
{
    return error_at(tx_arena(tx), code, field, number);
}

static Error *take_version(Tx *tx, const DeliveryAct *act, int64_t round)
{
    return act->version == 0
               ? sql_delivery_project_insert(tx, act->area, act->project, round)
               : sql_delivery_project_touch(tx, act->area, act->project, act->version);
}

Error *delivery_begin(Tx *tx, const DeliveryAct *act, DeliveryReach reach, DeliveryProject *out)
{
    Error *err = delivery_project(tx_snapshot(tx), act->area, act->project, out);
    if (err) {
        return err;
    }
    if (!out->facts.is_open) {
        return delivery_problem(tx, ERROR_STAGE_NOT_OPEN, "", 0);
    }
    if (reach == REACH_UNDER_WAY && out->facts.state != DELIVERY_UNDER_WAY) {
        return delivery_problem(tx, ERROR_DELIVERY_OVER, "", 0);
    }
    return take_version(tx, act, out->round);
}

Error *delivery_numbers(Tx *tx, const DeliveryAct *act, DeliveryNumbersRow *out)
{
    return sql_delivery_numbers(tx_snapshot(tx), act->area, act->project, out);
}

Error *delivery_journal(Tx *tx, const DeliveryAct *act, const char *what, Str words)
{
    Str name = arena_printf(tx_arena(tx), "delivery.%s", what);
    return journal_write(tx, act->area, act->actor, arena_cstr(tx_arena(tx), name), "proposal",
                         act->project, words, STR(""));
}

/* --- milestones ----------------------------------------------------------------------------- */

Error *delivery_plan(Tx *tx, const void *input, Instant now, void *output)
{
    const DeliveryPlan *plan = input;
    DeliveryProject project;
    DeliveryNumbersRow numbers;
    Error *err = delivery_words_check(tx_arena(tx), plan->title, 2, DELIVERY_TITLE_MAX, "title");
    if (!err && plan->due.days < instant_date(now).days) {
        err = delivery_problem(tx, ERROR_FIELD_NOT_DATE, "due", 0);
    }
    if (!err) {
        err = delivery_begin(tx, &plan->act, REACH_UNDER_WAY, &project);
    }
    if (!err) {
        err = delivery_numbers(tx, &plan->act, &numbers);
    }
    if (!err && numbers.milestones >= DELIVERY_MILESTONES) {
        err = delivery_problem(tx, ERROR_FIELD_TOO_MANY, "title", DELIVERY_MILESTONES);
    }
    if (!err) {
        err = sql_milestone_insert(tx, plan->act.area, plan->act.project, numbers.milestones + 1,
                                   plan->title, plan->due, NULL);
    }
    return err ? err : delivery_journal(tx, &plan->act, "plan", plan->title);
}

Error *delivery_done(Tx *tx, const void *input, Instant now, void *output)
{
    const DeliveryDone *done = input;
    DeliveryProject project;
    int64_t changed = 0;
    Error *err = delivery_past_check(tx_arena(tx), done->on, instant_date(now), "on");
    if (!err) {
        err = delivery_words_check(tx_arena(tx), done->words, 0, DELIVERY_WORDS_MAX, "words");
    }
    if (!err) {
        err = delivery_begin(tx, &done->act, REACH_UNDER_WAY, &project);
    }
    if (!err) {
        err = sql_milestone_done(tx, done->act.area, done->act.project, done->milestone, done->on,
                                 done->words, &changed);
    }
    if (!err && changed == 0) {
        err = delivery_problem(tx, ERROR_ALREADY_EXISTS, "", 0);
    }
    return err ? err : delivery_journal(tx, &done->act, "done", done->words);
}

/* --- acceptance ----------------------------------------------------------------------------- */

static Error *write_acceptance(Tx *tx, const DeliveryAccept *accept, const DeliveryPerson *people,
                               size_t n_people, Instant now)
{
    DeliveryNumbersRow numbers;
    const DeliveryAct *act = &accept->act;
    Error *err = delivery_numbers(tx, act, &numbers);
    int64_t no = numbers.acceptances + 1;
    if (!err) {
        err = sql_acceptance_insert(tx, act->area, act->project, no, accept->on, accept->is_passed,
                                    accept->words, act->actor, now, NULL);
    }
    for (size_t i = 0; !err && i < n_people; i++) {
        err = sql_acceptor_insert(tx, act->area, act->project, no, (int64_t)i + 1, people[i].name,
                                  people[i].what, NULL);
    }
    return err;
}

static Error *tell_built(Tx *tx, const DeliveryAct *act, const DeliveryProject *project,
                         Instant now)
{
    Notice notice = {
        .area = act->area,
        .round = project->round,
        .kind = NOTICE_BUILT,
        .words = t_delivery_notice(project->title),
        .link = url_of(tx_arena(tx), "/a/{area}/deliveries/{id}", act->area, act->project)};
    return proposals_tell(tx, &notice, act->project, now);
}

Error *delivery_accept(Tx *tx, const void *input, Instant now, void *output)
{
    const DeliveryAccept *accept = input;
    const DeliveryAct *act = &accept->act;
    DeliveryProject project;
    DeliveryPerson people[DELIVERY_PEOPLE_MAX];
    size_t n_people = 0;
    Arena *arena = tx_arena(tx);
    Error *err = delivery_past_check(arena, accept->on, instant_date(now), "on");
    if (!err) {
        err = delivery_people_read(arena, accept->people, people, &n_people);
    }
    if (!err) {
        err = delivery_words_check(arena, accept->words, 2, DELIVERY_WORDS_MAX, "words");
    }
    if (!err) {
        err = delivery_begin(tx, act, REACH_UNDER_WAY, &project);
    }
    if (!err && accept->is_passed &&
        !delivery_is_built(project.facts.n_milestones, project.facts.n_done)) {
        err = delivery_problem(tx, ERROR_DELIVERY_NOT_BUILT, "",
                               project.facts.n_milestones - project.facts.n_done);
    }
    if (!err) {
        err = write_acceptance(tx, accept, people, n_people, now);
    }
    if (!err && accept->is_passed) {
        err = sql_delivery_project_end(tx, act->area, act->project, DELIVERY_ACCEPTED, accept->on,
                                       STR(""), NULL);
    }
    if (!err && accept->is_passed) {
        err = tell_built(tx, act, &project, now);
    }
    return err ? err
               : delivery_journal(tx, act, accept->is_passed ? "accept" : "not_accepted",
                                  accept->words);
}

Error *delivery_stop(Tx *tx, const void *input, Instant now, void *output)
{
    const DeliveryStop *stop = input;
    DeliveryProject project;
    Error *err = delivery_words_check(tx_arena(tx), stop->reason, DELIVERY_REASON_MIN,
                                      DELIVERY_WORDS_MAX, "reason");
    if (!err) {
        err = delivery_begin(tx, &stop->act, REACH_UNDER_WAY, &project);
    }
    if (!err) {
        err = sql_delivery_project_end(tx, stop->act.area, stop->act.project, DELIVERY_STOPPED,
                                       instant_date(now), stop->reason, NULL);
    }
    return err ? err : delivery_journal(tx, &stop->act, "stop", stop->reason);
}
