/* programmes.c: what other rooms read of rounds, and how a round begins. */
#include "features/programmes/programmes.h"

#include "base/utf8.h"
#include "features/programmes/programmes_template.h"
#include "platform/journal/journal.h"
#include "programmes_sql.h"
#include "text_keys.h"

#define ROUND_TITLE_MIN   2
#define ROUND_TITLE_MAX   40
#define ROUND_MAX_CHOICES 50
#define ROUND_MAX_AGE     100

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

static StageInfo stage_of_row(const StageListRow *row)
{
    return (StageInfo){
        .no = (int)row->no,
        .kind = stage_kind_of(row->kind),
        .name = row->name,
        .state = (StageState)row->state,
        .opens_at = row->opens_at,
        .closes_at = row->closes_at,
        .gates = row->gates,
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
};

Text programmes_kind_text(StageKind kind)
{
    return text_of(kind_texts[kind]);
}

/* --- a round begins ---------------------------------------------------------- */

static Error *at_field(Arena *arena, ErrorCode code, const char *field, int64_t number)
{
    Error *error = error_make(arena, code, "new round: %s", field);
    return error_for_field(error_with(error, number, STR("")), str_from(field));
}

static Error *check_new_round(Arena *arena, const NewRound *input)
{
    size_t title = utf8_length(input->title);
    if (title < ROUND_TITLE_MIN) {
        return at_field(arena, ERROR_FIELD_TOO_SHORT, "title", ROUND_TITLE_MIN);
    }
    if (title > ROUND_TITLE_MAX) {
        return at_field(arena, ERROR_FIELD_TOO_LONG, "title", ROUND_TITLE_MAX);
    }
    if (input->budget.fen <= 0) {
        return at_field(arena, ERROR_FIELD_TOO_SMALL, "budget", 1);
    }
    if (input->budget.fen > MONEY_MAX_FEN) {
        return at_field(arena, ERROR_FIELD_TOO_BIG, "budget", MONEY_MAX_FEN / 100);
    }
    if (input->max_choices < 1 || input->max_choices > ROUND_MAX_CHOICES) {
        return at_field(arena, ERROR_FIELD_TOO_BIG, "max_choices", ROUND_MAX_CHOICES);
    }
    if (input->minimum_age < 0 || input->minimum_age > ROUND_MAX_AGE) {
        return at_field(arena, ERROR_FIELD_TOO_BIG, "minimum_age", ROUND_MAX_AGE);
    }
    return NULL;
}

static Error *insert_stages(Tx *tx, const NewRound *input, const RoundTemplate *template,
                            int64_t round, Instant now)
{
    StageSpan spans[TEMPLATE_MAX_STAGES];
    StageDates dates[TEMPLATE_MAX_STAGES];
    for (size_t i = 0; i < template->n_stages; i++) {
        spans[i] = template->stages[i].span;
    }
    HolidayTable holidays;
    Error *err = programmes_holidays(tx_snapshot(tx), &holidays);
    if (err) {
        return err;
    }
    Date first = input->first_day.days != 0 ? input->first_day : instant_date(now);
    plan_dates(&holidays, first, spans, template->n_stages, dates);
    for (size_t i = 0; i < template->n_stages; i++) {
        const StagePlan *plan = &template->stages[i];
        bool is_first = i == 0;
        err = sql_stage_insert(tx, input->area, round, (int64_t)i + 1, stage_kind_word(plan->kind),
                               plan->name, is_first ? STAGE_OPEN : STAGE_NOT_YET, dates[i].opens_at,
                               dates[i].closes_at, plan->gates, plan->span.working_days,
                               is_first ? now : (Instant){0}, is_first ? input->actor : 0, NULL);
        if (err) {
            return err;
        }
    }
    return NULL;
}

static Error *insert_round(Tx *tx, const NewRound *input, const RoundTemplate *template,
                           int64_t round, Instant now)
{
    int64_t programme = tx_new_id(tx);
    Error *err = sql_programme_insert(tx, input->area, programme, input->title, template->name,
                                      input->summary, now, NULL);
    if (!err) {
        err = sql_round_insert(tx, input->area, round, programme, input->title, input->budget,
                               input->minimum_age, input->max_choices, now, NULL);
    }
    return err ? err : insert_stages(tx, input, template, round, now);
}

Error *programmes_create_round(Tx *tx, const NewRound *input, Instant now, int64_t *out_round)
{
    Arena *arena = tx_arena(tx);
    Error *err = check_new_round(arena, input);
    if (err) {
        return err;
    }
    RoundTemplate template;
    bool found = false;
    err = template_find(arena, input->template_name, &template, &found);
    if (err) {
        return err;
    }
    if (!found) {
        return at_field(arena, ERROR_FIELD_NOT_CHOICE, "template", 0);
    }
    *out_round = tx_new_id(tx);
    err = insert_round(tx, input, &template, *out_round, now);
    return err ? err
               : journal_write(tx, input->area, input->actor, "round.create", "round", *out_round,
                               input->title, STR(""));
}

Error *programmes_place_round(Tx *tx, int64_t area, int64_t round, int no)
{
    StageInfo *stages = NULL;
    size_t count = 0;
    Error *err = programmes_stages(tx_snapshot(tx), area, round, &stages, &count);
    if (err) {
        return err;
    }
    if (count == 0) {
        return error_make(tx_arena(tx), ERROR_NOT_FOUND, "no such round");
    }
    for (size_t i = 0; i < count; i++) {
        const StageInfo *stage = &stages[i];
        StageState state = stage->no < no    ? STAGE_DONE
                           : stage->no == no ? STAGE_OPEN
                                             : STAGE_NOT_YET;
        Instant opened = state == STAGE_NOT_YET ? (Instant){0} : stage->opens_at;
        Instant closed = state == STAGE_DONE ? stage->closes_at : (Instant){0};
        err = sql_stage_place(tx, area, round, stage->no, state, opened, closed, NULL);
        if (err) {
            return err;
        }
    }
    int last = (int)count;
    return sql_round_place(tx, area, round, no > last ? last : no, NULL);
}
