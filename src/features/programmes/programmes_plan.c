/* programmes_plan.c: the planned dates of a round change, with a public reason. */
#include "base/utf8.h"
#include "features/programmes/programmes.h"
#include "platform/journal/journal.h"
#include "programmes_sql.h"
#include "programmes_text.h"

#define REASON_MIN 10
#define REASON_MAX 200
#define YEARS_MAX  5

/* The stages the move touches: the one named and those to come after it. */
typedef struct Moved {
    StageInfo *stages;
    size_t n_stages;
    const StageInfo *first; /* the one named */
    StageDates dates[RULES_MAX_STAGES];
    StageSpan spans[RULES_MAX_STAGES];
    int numbers[RULES_MAX_STAGES];
    size_t count;
} Moved;

/* A stage that was opened before its planned day may also end before it. */
static Instant begins_at(const StageInfo *stage)
{
    bool is_early = stage->state == STAGE_OPEN && stage->opened_at.ms < stage->opens_at.ms;
    return is_early ? instant_at(instant_date(stage->opened_at), 8, 30) : stage->opens_at;
}

static void find_moved(const MovePlan *move, Moved *out)
{
    for (size_t i = 0; i < out->n_stages && out->count < RULES_MAX_STAGES; i++) {
        const StageInfo *stage = &out->stages[i];
        bool is_named = stage->no == move->no;
        bool may_move = stage->state == STAGE_NOT_YET || (is_named && stage->state == STAGE_OPEN);
        if (stage->no < move->no || !may_move || (out->first == NULL && !is_named)) {
            continue;
        }
        out->first = is_named ? stage : out->first;
        out->dates[out->count] = (StageDates){begins_at(stage), stage->closes_at};
        out->spans[out->count] = (StageSpan){0, stage->working_days};
        out->numbers[out->count++] = stage->no;
    }
}

/* A publication cannot be shortened: residents were told its end. */
static Error *check_day(Arena *arena, const MovePlan *move, const StageInfo *stage, Instant now)
{
    Date today = instant_date(now);
    Date opens = instant_date(stage->opens_at);
    Date closes = instant_date(stage->closes_at);
    Date least = stage->state == STAGE_OPEN ? today : opens;
    if (stage->kind == STAGE_KIND_PUBLISH && closes.days > least.days) {
        least = closes;
    }
    if (move->last_day.days < least.days) {
        return error_for_field(error_make(arena, ERROR_PLAN_TOO_EARLY, "the last day is too early"),
                               STR("last_day"));
    }
    if (move->last_day.days > today.days + YEARS_MAX * 366) {
        return error_at(arena, ERROR_FIELD_NOT_DATE, "last_day", 0);
    }
    return NULL;
}

static Error *check_move(Arena *arena, const MovePlan *move, const Moved *moved, Instant now)
{
    if (moved->first == NULL) {
        return error_at(arena, ERROR_FIELD_NOT_CHOICE, "stage", 0);
    }
    Error *err = error_length(arena, "reason", move->reason, REASON_MIN, REASON_MAX);
    return err ? err : check_day(arena, move, moved->first, now);
}

static Error *save_move(Tx *tx, const MovePlan *move, Moved *moved)
{
    HolidayTable holidays;
    Error *err = programmes_holidays(tx_snapshot(tx), &holidays);
    if (err) {
        return err;
    }
    plan_move_end(&holidays, moved->dates, moved->spans, moved->count, move->last_day);
    for (size_t i = 0; !err && i < moved->count; i++) {
        err = sql_stage_plan(tx, move->area, move->round, moved->numbers[i],
                             moved->dates[i].opens_at, moved->dates[i].closes_at, NULL);
    }
    Text what = t_round_journal_plan(move->no, moved->first->name, move->last_day);
    Str reason =
        arena_printf(tx_arena(tx), "%.*s。%.*s", STR_ARG(text_str(tx_arena(tx), LANG_ZH, what)),
                     STR_ARG(move->reason));
    return err ? err
               : journal_write(tx, move->area, move->actor, "round.plan", "round", move->round,
                               reason, STR(""));
}

Error *programmes_move_plan(Tx *tx, const void *input, Instant now, void *unused)
{
    const MovePlan *move = input;
    Arena *arena = tx_arena(tx);
    RoundInfo round;
    Moved *moved = arena_new(arena, Moved);
    Error *err = programmes_round(tx_snapshot(tx), move->area, move->round, &round);
    if (!err) {
        err = programmes_stages(tx_snapshot(tx), move->area, move->round, &moved->stages,
                                &moved->n_stages);
    }
    if (!err) {
        find_moved(move, moved);
        err = check_move(arena, move, moved, now);
    }
    if (!err) {
        err = sql_round_move(tx, move->area, move->round, move->version, round.stage_no);
    }
    return err ? err : save_move(tx, move, moved);
}
