/* decisions_round.c: see the header. */
#include "features/decisions/decisions_round.h"

static bool has_step(const RoundRules *rules, Str step)
{
    for (size_t i = 0; i < rules->n_discussions; i++) {
        if (str_eq(rules->discussions[i].code, step)) {
            return true;
        }
    }
    return false;
}

Error *decision_round_rule(Snapshot *snapshot, int64_t area, int64_t round, Str step, Date on,
                           const DiscussionRule **out)
{
    Arena *arena = snapshot_arena(snapshot);
    RoundRules *rules = arena_new(arena, RoundRules);
    Error *err = programmes_round_rules(snapshot, area, round, rules);
    if (err) {
        return err;
    }
    if (step.len == 0 && rules->n_discussions > 0) {
        step = rules->discussions[0].code;
    }
    *out = rules_discussion(rules, step, on);
    if (*out != NULL) {
        return NULL;
    }
    if (!has_step(rules, step)) {
        return error_make(arena, ERROR_NOT_FOUND, "the round has no such step");
    }
    return error_for_field(error_make(arena, ERROR_DECISION_NO_RULE, "no rule held yet"),
                           STR("held_on"));
}

Error *decision_round_time(Snapshot *snapshot, int64_t area, int64_t round, DecisionTime *out)
{
    RoundInfo info;
    StageInfo *stages = NULL;
    size_t count = 0;
    Error *err = programmes_round(snapshot, area, round, &info);
    if (!err) {
        err = programmes_stages(snapshot, area, round, &stages, &count);
    }
    if (err) {
        return err;
    }
    *out = (DecisionTime){.is_finished = info.is_finished,
                          .decide_is_open = programmes_stage_is_open(&info, STAGE_KIND_DECIDE),
                          .decide_is_ahead =
                              programmes_stage_is_ahead(stages, count, STAGE_KIND_DECIDE)};
    for (size_t i = 0; i < count; i++) {
        out->has_decide_stage = out->has_decide_stage || stages[i].kind == STAGE_KIND_DECIDE;
    }
    return NULL;
}
