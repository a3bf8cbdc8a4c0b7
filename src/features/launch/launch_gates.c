/* launch_gates.c: what this room tells the console and the desk. */
#include "base/vec.h"
#include "features/launch/launch_pages.h"
#include "launch_text.h"
#include "launch_trainings_sql.h"
#include "launch_trainings_text.h"

#define DUE_MOST 20

Error *gate_outreach_recorded(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                              GateReport *out)
{
    (void)stage;
    Arena *arena = snapshot_arena(snapshot);
    OutreachTotalsRows rows;
    RoundRules *rules = arena_new(arena, RoundRules);
    Error *err = programmes_round_rules(snapshot, area, round, rules);
    if (!err) {
        err = sql_outreach_totals(snapshot, area, round, &rows);
    }
    if (err) {
        return err;
    }
    int64_t have = (int64_t)rows.count;
    int64_t lacks = launch_lacks(rules->outreach_channels, have);
    *out = (GateReport){.state = GATE_MET,
                        .claim = t_gate_outreach(rules->outreach_channels),
                        .detail = t_gate_outreach_met(have)};
    if (lacks > 0) {
        out->state = GATE_UNMET;
        out->detail = have == 0 ? t_gate_outreach_none() : t_gate_outreach_lacks(lacks, have);
        out->link = url_of(arena, "/a/{area}/rounds/{id}/outreach/new", area, round);
        out->link_text = t_outreach_tell();
    }
    return NULL;
}

Error *gate_training_held(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                          GateReport *out)
{
    (void)stage;
    Arena *arena = snapshot_arena(snapshot);
    TrainingCountRow row;
    RoundRules *rules = arena_new(arena, RoundRules);
    Error *err = programmes_round_rules(snapshot, area, round, rules);
    if (!err) {
        err = sql_training_count(snapshot, area, round, &row);
    }
    if (err) {
        return err;
    }
    int64_t lacks = launch_lacks(rules->trainings, row.held);
    *out = (GateReport){.state = GATE_MET,
                        .claim = t_gate_training(rules->trainings),
                        .detail = t_gate_training_met(row.held)};
    if (lacks > 0) {
        bool is_planned = row.planned > 0;
        out->state = GATE_UNMET;
        out->detail = t_gate_training_lacks(lacks, row.planned);
        out->link = url_of(arena,
                           is_planned ? "/a/{area}/rounds/{id}/trainings"
                                      : "/a/{area}/rounds/{id}/trainings/new",
                           area, round);
        out->link_text = is_planned ? t_training_hold() : t_training_plan();
    }
    return NULL;
}

/* A day is over and nobody has said who came. */
static Error *trainings_due(Snapshot *snapshot, Arena *arena, int64_t area, DueItems *out)
{
    TrainingDueRows rows;
    Error *err =
        sql_training_due(snapshot, area, instant_date(snapshot_now(snapshot)), DUE_MOST, &rows);
    for (size_t i = 0; !err && i < rows.count; i++) {
        *vec_push(arena, out) =
            (DueItem){.what = t_training_due(rows.rows[i].subject),
                      .due_at = instant_at(rows.rows[i].held_on, 23, 59),
                      .link = url_of(arena, "/a/{area}/trainings/{id}/held", area, rows.rows[i].id),
                      .verb = t_training_hold()};
    }
    return err;
}

Error *launch_due(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who, DueItems *out)
{
    LaunchDueRows rows;
    if (policy_check(POLICY_MANAGE, who) != VERDICT_ALLOW) {
        return NULL;
    }
    Error *err = sql_launch_due(snapshot, area, &rows);
    for (size_t i = 0; !err && i < rows.count; i++) {
        *vec_push(arena, out) = (DueItem){
            .what = t_outreach_due(),
            .detail = t_outreach_due_of(rows.rows[i].title),
            .due_at = rows.rows[i].closes_at,
            .link = url_of(arena, "/a/{area}/rounds/{id}/outreach/new", area, rows.rows[i].id),
            .verb = t_outreach_due_verb()};
    }
    return err ? err : trainings_due(snapshot, arena, area, out);
}
