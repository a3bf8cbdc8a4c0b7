/* pledges.c: the use cases: promise, and each step after it. */
#include "features/pledges/pledges.h"

#include "features/programmes/programmes.h"
#include "platform/journal/journal.h"
#include "pledges_sql.h"

#define STATE_ACCEPTED 2

/* 300 元, 12 小时: what the journal says of a pledge. */
static Str amount_words(Arena *arena, int form, Money value, int64_t hours)
{
    char yuan[32];
    if (form == PLEDGE_HOURS) {
        return arena_printf(arena, "%lld 小时", (long long)hours);
    }
    Str amount = str_from_bytes(yuan, money_format_yuan(value, yuan, sizeof(yuan)));
    return arena_printf(arena, "%s %.*s 元", form == PLEDGE_MONEY ? "资金" : "物品",
                        STR_ARG(amount));
}

/* The project, when something can be pledged for it at all. */
static Error *load_project(Tx *tx, int64_t area, int64_t id, int64_t person, Instant now,
                           PledgeProjectRow *out)
{
    bool found = false;
    Error *err =
        sql_pledge_project(tx_snapshot(tx), area, id, person, instant_date(now), out, &found);
    bool is_priced = found && out->state == STATE_ACCEPTED && out->cost_fen.fen > 0;
    return err || is_priced ? err : error_make(tx_arena(tx), ERROR_NOT_FOUND, "no priced project");
}

/* --- promising --------------------------------------------------------------- */

static Error *check_giver(Arena *arena, const NewPledge *new, const PledgeProjectRow *project)
{
    if (new->person != 0) {
        return project->n_on_roll > 0 ? NULL
                                      : error_make(arena, ERROR_PLEDGE_NOT_HERE, "not on the roll");
    }
    return new->unit.len == 0 ? error_at(arena, ERROR_FIELD_MISSING, "unit", 0)
                              : error_length(arena, "unit", new->unit, 0, PLEDGE_UNIT_MAX);
}

static Error *check_promise(Tx *tx, const NewPledge *new, const PledgeProjectRow *project)
{
    Arena *arena = tx_arena(tx);
    RoundRules *rules = arena_new(arena, RoundRules);
    RoundInfo round;
    Error *err = programmes_round(tx_snapshot(tx), new->area, project->round_id, &round);
    if (!err && !programmes_stage_is_open(&round, STAGE_KIND_PLEDGE)) {
        err = error_make(arena, ERROR_STAGE_NOT_OPEN, "no pledge stage");
    }
    if (!err) {
        err = programmes_round_rules(tx_snapshot(tx), new->area, project->round_id, rules);
    }
    if (!err) {
        err = check_giver(arena, new, project);
    }
    return err ? err
               : pledge_check(arena, &new->fact, rules->pledges,
                              pledge_public_cost(project->cost_fen, project->firm_fen));
}

Error *pledges_promise(Tx *tx, const void *input, Instant now, void *output)
{
    const NewPledge *new = input;
    PledgeMade *made = output;
    PledgeProjectRow project;
    PledgeFact fact = pledge_clean(&new->fact);
    Error *err = load_project(tx, new->area, new->proposal, new->person, now, &project);
    if (!err) {
        err = check_promise(tx, new, &project);
    }
    if (!err) {
        made->id = tx_new_id(tx);
        err = sql_pledge_insert(tx, new->area, made->id, project.round_id, project.id, fact.form,
                                fact.value, fact.hours, fact.words, new->person, new->unit,
                                new->contact_name, new->contact_phone, new->is_named,
                                new->is_staff ? new->actor : 0, now, NULL);
    }
    return err ? err
               : journal_write(tx, new->area, new->actor, "pledge.promise", "pledge", made->id,
                               amount_words(tx_arena(tx), fact.form, fact.value, fact.hours),
                               STR(""));
}

/* --- the steps --------------------------------------------------------------- */

/* The pledge, when this person may take this step with it now. */
static Error *load_step(Tx *tx, const PledgeStep *step, PledgeGetRow *out, bool *out_is_giver)
{
    Arena *arena = tx_arena(tx);
    Error *err = sql_pledge_get(tx_snapshot(tx), step->area, step->id, out);
    if (err) {
        return err;
    }
    *out_is_giver = step->actor != 0 && out->person_id == step->actor;
    if (!step->is_staff && !*out_is_giver) {
        return error_make(arena, ERROR_NOT_FOUND, "no such pledge");
    }
    bool may = pledge_may_step((PledgeState)out->state, step->to, step->is_staff, *out_is_giver);
    return may && out->version == step->version
               ? NULL
               : error_make(arena, ERROR_VERSION_CONFLICT, "state %d", (int)out->state);
}

/* Goods may be worth something else than was thought; then it must still fit. */
static Error *check_confirm(Tx *tx, const PledgeStep *step, Instant now, PledgeGetRow *row)
{
    PledgeProjectRow project;
    StageInfo *stages = NULL;
    size_t n_stages = 0;
    Error *err = load_project(tx, step->area, row->proposal_id, 0, now, &project);
    if (!err) {
        err = programmes_stages(tx_snapshot(tx), step->area, row->round_id, &stages, &n_stages);
    }
    if (!err && !programmes_choice_is_ahead(stages, n_stages)) {
        err = error_make(tx_arena(tx), ERROR_STAGE_NOT_OPEN, "the choice has its prices");
    }
    if (err) {
        return err;
    }
    row->value_fen = row->form == PLEDGE_GOODS ? step->value : row->value_fen;
    PledgeFact fact = {(int)row->form, row->value_fen, row->hours, row->words};
    return pledge_check(tx_arena(tx), &fact, 1u << (unsigned)row->form,
                        pledge_public_cost(project.cost_fen, project.firm_fen));
}

static Error *save_step(Tx *tx, const PledgeStep *step, const PledgeGetRow *row, Instant now)
{
    static const Instant never = {0};
    return sql_pledge_step(tx, step->area, step->id, step->version, step->to, row->value_fen,
                           step->to == PLEDGE_RELEASED ? step->reason : STR(""),
                           step->to == PLEDGE_CONFIRMED ? now : never,
                           step->to == PLEDGE_RECEIVED ? now : never,
                           step->to == PLEDGE_RELEASED ? now : never);
}

Error *pledges_step(Tx *tx, const void *input, Instant now, void *output)
{
    static const char *const acts[] = {"", "", "pledge.confirm", "pledge.receive",
                                       "pledge.release"};
    const PledgeStep *step = input;
    PledgeGetRow row;
    bool is_giver = false;
    Error *err = load_step(tx, step, &row, &is_giver);
    if (!err && step->to == PLEDGE_CONFIRMED) {
        err = check_confirm(tx, step, now, &row);
    }
    if (!err && step->to == PLEDGE_RELEASED) {
        err = pledge_reason_check(tx_arena(tx), step->reason, is_giver);
    }
    if (!err) {
        err = save_step(tx, step, &row, now);
    }
    if (err) {
        return err;
    }
    Str words = amount_words(tx_arena(tx), (int)row.form, row.value_fen, row.hours);
    if (step->to == PLEDGE_RELEASED && step->reason.len > 0) {
        words = arena_printf(tx_arena(tx), "%.*s：%.*s", STR_ARG(words), STR_ARG(step->reason));
    }
    return journal_write(tx, step->area, step->actor, acts[step->to], "pledge", step->id, words,
                         STR(""));
}
