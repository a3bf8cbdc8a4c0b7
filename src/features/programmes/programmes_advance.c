/* programmes_advance.c: the use cases that move a round on. */
#include "base/utf8.h"
#include "features/programmes/programmes.h"
#include "platform/journal/journal.h"
#include "programmes_sql.h"
#include "programmes_text.h"

#define WAIVE_REASON_MIN 10
#define WAIVE_REASON_MAX 200

static ConditionState condition_of(GateState state)
{
    switch (state) {
    case GATE_MET:
        return CONDITION_MET;
    case GATE_WAITING:
        return CONDITION_WAITING;
    default:
        return CONDITION_UNMET;
    }
}

static StageFact *stage_facts(Arena *arena, const StageInfo *stages, size_t count)
{
    StageFact *facts = arena_array(arena, StageFact, count);
    for (size_t i = 0; i < count; i++) {
        facts[i] = (StageFact){stages[i].no, stages[i].kind, stages[i].state};
    }
    return facts;
}

AdvanceVerdict programmes_verdict(Arena *arena, const StageInfo *stages, size_t n_stages,
                                  const GateView *gates, size_t n_gates)
{
    Condition *conditions = arena_array(arena, Condition, n_gates);
    for (size_t i = 0; i < n_gates; i++) {
        conditions[i] = (Condition){condition_of(gates[i].report.state), gates[i].report.opens_at};
    }
    return advance_decide(stage_facts(arena, stages, n_stages), n_stages, conditions, n_gates);
}

/* --- moving on --------------------------------------------------------------- */

/* What an advance was decided on. */
typedef struct Standing {
    RoundInfo round;
    StageInfo *stages;
    size_t n_stages;
    AdvanceVerdict verdict;
    Str by_hand; /* gates that the actor answers for, in words */
} Standing;

static const StageInfo *stage_by_no(const Standing *standing, int no)
{
    for (size_t i = 0; i < standing->n_stages; i++) {
        if (standing->stages[i].no == no) {
            return &standing->stages[i];
        }
    }
    return NULL;
}

static Str names_by_hand(Arena *arena, const GateView *gates, size_t count)
{
    Str names = STR("");
    for (size_t i = 0; i < count; i++) {
        if (gates[i].is_by_hand) {
            Str claim = text_str(arena, LANG_ZH, gates[i].report.claim);
            names = arena_printf(arena, "%.*s%s%.*s", STR_ARG(names), names.len > 0 ? "、" : "",
                                 STR_ARG(claim));
        }
    }
    return names;
}

static Error *load_standing(Tx *tx, const AdvanceRound *input, Standing *out)
{
    Snapshot *snapshot = tx_snapshot(tx);
    Error *err = programmes_round(snapshot, input->area, input->round, &out->round);
    if (!err) {
        err = programmes_stages(snapshot, input->area, input->round, &out->stages, &out->n_stages);
    }
    if (err) {
        return err;
    }
    GateView *gates = NULL;
    size_t n_gates = 0;
    err = programmes_gates(snapshot, input->rooms, input->n_rooms, input->area, input->round,
                           out->stages, out->n_stages, &gates, &n_gates);
    if (err) {
        return err;
    }
    out->by_hand = names_by_hand(tx_arena(tx), gates, n_gates);
    out->verdict = programmes_verdict(tx_arena(tx), out->stages, out->n_stages, gates, n_gates);
    return NULL;
}

static Error *refuse_advance(Arena *arena, const Standing *standing, int from_no)
{
    const AdvanceVerdict *verdict = &standing->verdict;
    if (verdict->answer == ADVANCE_NOT_OPEN) {
        return error_make(arena, ERROR_STAGE_NOT_OPEN, "the round is over");
    }
    if (verdict->from_no != from_no) {
        return error_make(arena, ERROR_VERSION_CONFLICT, "stage %d is open by now",
                          verdict->from_no);
    }
    if (verdict->answer == ADVANCE_MISSING) {
        Error *error = error_make(arena, ERROR_GATE_UNMET, "%d missing", verdict->n_missing);
        return error_with(error, verdict->n_missing, STR(""));
    }
    return NULL;
}

/* Opens the next stage and moves the plan of it and of those after it. */
static Error *open_next(Tx *tx, const AdvanceRound *input, const Standing *standing, Instant now)
{
    int to_no = standing->verdict.to_no;
    Error *err = sql_stage_enter(tx, input->area, input->round, to_no, now, input->actor, NULL);
    size_t count = 0;
    size_t room = standing->n_stages;
    StageDates *dates = arena_array(tx_arena(tx), StageDates, room);
    StageSpan *spans = arena_array(tx_arena(tx), StageSpan, room);
    int *numbers = arena_array(tx_arena(tx), int, room);
    for (size_t i = 0; i < room; i++) {
        const StageInfo *stage = &standing->stages[i];
        if (stage->no >= to_no && stage->state == STAGE_NOT_YET) {
            dates[count] = (StageDates){stage->opens_at, stage->closes_at};
            spans[count] = (StageSpan){0, stage->working_days};
            numbers[count++] = stage->no;
        }
    }
    HolidayTable holidays;
    err = err ? err : programmes_holidays(tx_snapshot(tx), &holidays);
    if (err) {
        return err;
    }
    plan_move(&holidays, dates, spans, count, now);
    for (size_t i = 0; i < count && !err; i++) {
        err = sql_stage_plan(tx, input->area, input->round, numbers[i], dates[i].opens_at,
                             dates[i].closes_at, NULL);
    }
    return err;
}

/* Sentences put together: "a。b". */
static Str and_then(Arena *arena, Str first, Str second)
{
    if (first.len == 0 || second.len == 0) {
        return first.len == 0 ? second : first;
    }
    return arena_printf(arena, "%.*s。%.*s", STR_ARG(first), STR_ARG(second));
}

static Error *journal_advance(Tx *tx, const AdvanceRound *input, const Standing *standing)
{
    Arena *arena = tx_arena(tx);
    const StageInfo *next = stage_by_no(standing, standing->verdict.to_no);
    Str reason = STR("");
    if (next != NULL) {
        reason = text_str(arena, LANG_ZH, t_round_journal_advance(next->no, next->name));
    }
    if (standing->by_hand.len > 0) {
        Text by_hand = t_round_journal_by_hand(standing->by_hand);
        reason = and_then(arena, reason, text_str(arena, LANG_ZH, by_hand));
    }
    return journal_write(tx, input->area, input->actor,
                         next != NULL ? "round.advance" : "round.finish", "round", input->round,
                         and_then(arena, reason, input->note), STR(""));
}

static Error *save_advance(Tx *tx, const AdvanceRound *input, const Standing *standing, Instant now)
{
    const AdvanceVerdict *verdict = &standing->verdict;
    int stage_no = verdict->to_no != 0 ? verdict->to_no : verdict->from_no;
    Error *err = sql_round_move(tx, input->area, input->round, standing->round.version, stage_no);
    if (!err) {
        err = sql_stage_leave(tx, input->area, input->round, verdict->from_no, now, input->actor,
                              NULL);
    }
    if (!err && verdict->to_no != 0) {
        err = open_next(tx, input, standing, now);
    }
    return err ? err : journal_advance(tx, input, standing);
}

Error *programmes_advance(Tx *tx, const void *input, Instant now, void *output)
{
    const AdvanceRound *advance = input;
    RoundAdvanced *out = output;
    Standing standing = {0};
    Error *err = load_standing(tx, advance, &standing);
    if (!err) {
        err = refuse_advance(tx_arena(tx), &standing, advance->from_no);
    }
    if (err) {
        return err;
    }
    out->to_no = standing.verdict.to_no;
    return save_advance(tx, advance, &standing, now);
}

/* --- waiving ----------------------------------------------------------------- */

static Error *check_waive(Arena *arena, const WaiveStage *waive, const StageInfo *stage)
{
    if (stage == NULL || stage->state != STAGE_NOT_YET || !stage_kind_may_be_waived(stage->kind)) {
        return error_at(arena, ERROR_FIELD_NOT_CHOICE, "stage", 0);
    }
    return error_length(arena, "reason", waive->reason, WAIVE_REASON_MIN, WAIVE_REASON_MAX);
}

Error *programmes_waive(Tx *tx, const void *input, Instant now, void *output)
{
    const WaiveStage *waive = input;
    Arena *arena = tx_arena(tx);
    Standing standing = {0};
    Error *err = programmes_stages(tx_snapshot(tx), waive->area, waive->round, &standing.stages,
                                   &standing.n_stages);
    if (!err && standing.n_stages == 0) {
        err = error_make(arena, ERROR_NOT_FOUND, "no such round");
    }
    const StageInfo *stage = err ? NULL : stage_by_no(&standing, waive->no);
    if (!err) {
        err = check_waive(arena, waive, stage);
    }
    if (!err) {
        err = sql_stage_waive(tx, waive->area, waive->round, waive->no, waive->reason, now,
                              waive->actor, NULL);
    }
    if (err) {
        return err;
    }
    Str line = text_str(arena, LANG_ZH, t_round_journal_waive(stage->no, stage->name));
    Str reason = arena_printf(arena, "%.*s。%.*s", STR_ARG(line), STR_ARG(waive->reason));
    return journal_write(tx, waive->area, waive->actor, "round.waive", "round", waive->round,
                         reason, STR(""));
}
