/* programmes.c: what other rooms read of rounds. */
#include "features/programmes/programmes.h"

#include "programmes_sql.h"
#include "programmes_text.h"

/* --- reading ----------------------------------------------------------------- */

static RoundInfo round_of_row(const RoundListRow *row)
{
    return (RoundInfo){
        .area = row->area_id,
        .id = row->id,
        .title = row->title,
        .budget = row->budget_fen,
        .minimum_age = (int)row->minimum_age,
        .max_choices = (int)row->max_choices,
        .rule = row->rule,
        .utility = row->utility,
        .tie = row->tie,
        .created_at = row->created_at,
        .is_finished = row->state != STAGE_OPEN,
        .n_stages = (int)row->n_stages,
        .stage_no = (int)row->stage_no,
        .stage_kind = stage_kind_of(row->kind),
        .stage_name = row->name,
        .stage_name_en = row->name_en,
        .opens_at = row->opens_at,
        .closes_at = row->closes_at,
        .working_days = (int)row->working_days,
        .version = row->version,
    };
}

Error *programmes_rounds(Snapshot *snapshot, int64_t area, int64_t before, int limit,
                         RoundInfo **out, size_t *out_count)
{
    RoundListRows found;
    Error *err = sql_round_list(snapshot, area, 0, 0, before, limit, &found);
    if (err) {
        return err;
    }
    *out = arena_array(snapshot_arena(snapshot), RoundInfo, found.count);
    *out_count = found.count;
    for (size_t i = 0; i < found.count; i++) {
        (*out)[i] = round_of_row(&found.rows[i]);
    }
    return NULL;
}

Error *programmes_current_round(Snapshot *snapshot, int64_t area, RoundInfo *out, bool *out_found)
{
    RoundListRows found;
    Error *err = sql_round_list(snapshot, area, 0, 1, INT64_MAX, 1, &found);
    if (err) {
        return err;
    }
    *out_found = found.count > 0;
    *out = found.count > 0 ? round_of_row(&found.rows[0]) : (RoundInfo){0};
    return NULL;
}

Error *programmes_round(Snapshot *snapshot, int64_t area, int64_t round, RoundInfo *out)
{
    RoundListRows found = {0};
    Error *err = round == 0 ? NULL : sql_round_list(snapshot, area, round, 0, INT64_MAX, 1, &found);
    if (err) {
        return err;
    }
    if (found.count == 0) {
        return error_make(snapshot_arena(snapshot), ERROR_NOT_FOUND, "no such round");
    }
    *out = round_of_row(&found.rows[0]);
    return NULL;
}

Error *programmes_round_rules(Snapshot *snapshot, int64_t area, int64_t round, RoundRules *out)
{
    RoundRulesRow row;
    Error *err = sql_round_rules(snapshot, area, round, &row);
    return err ? err : rules_read(snapshot_arena(snapshot), STR("round"), row.rules, out);
}

static StageInfo stage_of_row(const StageListRow *row)
{
    return (StageInfo){
        .no = (int)row->no,
        .kind = stage_kind_of(row->kind),
        .name = row->name,
        .name_en = row->name_en,
        .state = (StageState)row->state,
        .opens_at = row->opens_at,
        .closes_at = row->closes_at,
        .gates = row->gates,
        .enter_gates = row->enter_gates,
        .acts = (unsigned)row->acts,
        .notice = row->notice,
        .working_days = (int)row->working_days,
        .opened_at = row->opened_at,
        .opened_by = row->opened_by,
        .closed_at = row->closed_at,
        .waive_reason = row->waive_reason,
    };
}

Error *programmes_stages(Snapshot *snapshot, int64_t area, int64_t round, StageInfo **out,
                         size_t *out_count)
{
    StageListRows found;
    Error *err = sql_stage_list(snapshot, area, round, &found);
    if (err) {
        return err;
    }
    *out = arena_array(snapshot_arena(snapshot), StageInfo, found.count);
    *out_count = found.count;
    for (size_t i = 0; i < found.count; i++) {
        (*out)[i] = stage_of_row(&found.rows[i]);
    }
    return NULL;
}

bool programmes_stage_is_open(const RoundInfo *round, StageKind kind)
{
    return !round->is_finished && round->stage_kind == kind;
}

bool programmes_stage_is_ahead(const StageInfo *stages, size_t count, StageKind kind)
{
    for (size_t i = 0; i < count; i++) {
        if (stages[i].kind == kind && stages[i].state == STAGE_NOT_YET) {
            return true;
        }
    }
    return false;
}

bool programmes_choice_is_ahead(const StageInfo *stages, size_t count)
{
    return programmes_stage_is_ahead(stages, count, STAGE_KIND_VOTE) ||
           programmes_stage_is_ahead(stages, count, STAGE_KIND_DECIDE);
}

static const int kind_texts[STAGE_KIND_COUNT] = {
    [STAGE_KIND_LAUNCH] = TEXT_stage_kind_launch,
    [STAGE_KIND_COLLECT] = TEXT_stage_kind_collect,
    [STAGE_KIND_QUOTA] = TEXT_stage_kind_quota,
    [STAGE_KIND_PLEDGE] = TEXT_stage_kind_pledge,
    [STAGE_KIND_SHORTLIST] = TEXT_stage_kind_shortlist,
    [STAGE_KIND_VOTE] = TEXT_stage_kind_vote,
    [STAGE_KIND_PUBLISH] = TEXT_stage_kind_publish,
    [STAGE_KIND_REPLY] = TEXT_stage_kind_reply,
    [STAGE_KIND_IMPLEMENT] = TEXT_stage_kind_implement,
    [STAGE_KIND_EVALUATE] = TEXT_stage_kind_evaluate,
    [STAGE_KIND_DISCUSS] = TEXT_stage_kind_discuss,
    [STAGE_KIND_DECIDE] = TEXT_stage_kind_decide,
    [STAGE_KIND_FILE] = TEXT_stage_kind_file,
    [STAGE_KIND_ACCEPT] = TEXT_stage_kind_accept,
};

Text programmes_kind_text(StageKind kind)
{
    return text_of(kind_texts[kind]);
}
