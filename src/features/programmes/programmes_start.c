/* programmes_start.c: how a round begins: from a template at once, or by joining a programme. */
#include "base/utf8.h"
#include "features/programmes/programmes.h"
#include "features/programmes/programmes_template.h"
#include "platform/journal/journal.h"
#include "programmes_sql.h"

#define ROUND_TITLE_MIN   2
#define ROUND_TITLE_MAX   40
#define ROUND_MAX_CHOICES 50
#define ROUND_MAX_AGE     100

static Error *check_title_and_money(Arena *arena, Str name, Money budget)
{
    Error *err = error_length(arena, "title", name, ROUND_TITLE_MIN, ROUND_TITLE_MAX);
    if (err) {
        return err;
    }
    if (budget.fen <= 0) {
        return error_at(arena, ERROR_FIELD_TOO_SMALL, "budget", 1);
    }
    if (budget.fen > MONEY_MAX_FEN) {
        return error_at(arena, ERROR_FIELD_TOO_BIG, "budget", MONEY_MAX_FEN / 100);
    }
    return NULL;
}

static Error *check_new_round(Arena *arena, const NewRound *input)
{
    if (input->max_choices < 1 || input->max_choices > ROUND_MAX_CHOICES) {
        return error_at(arena, ERROR_FIELD_TOO_BIG, "max_choices", ROUND_MAX_CHOICES);
    }
    if (input->minimum_age < 0 || input->minimum_age > ROUND_MAX_AGE) {
        return error_at(arena, ERROR_FIELD_TOO_BIG, "minimum_age", ROUND_MAX_AGE);
    }
    return check_title_and_money(arena, input->title, input->budget);
}

/* --- a round of an edition --------------------------------------------------- */

typedef struct RoundStart {
    int64_t area, actor;
    int64_t programme_area, programme;
    int edition;
    Str title;
    Money budget;
    Date first_day;
} RoundStart;

static Error *insert_stage(Tx *tx, const RoundStart *start, const StagePlan *plan, int64_t round,
                           int no, StageDates dates, Instant now)
{
    bool is_first = no == 1;
    return sql_stage_insert(tx, start->area, round, no, stage_kind_word(plan->kind), plan->name,
                            plan->name_en, is_first ? STAGE_OPEN : STAGE_NOT_YET, dates.opens_at,
                            dates.closes_at, plan->leave, plan->enter, plan->acts, plan->notice,
                            plan->span.working_days, is_first ? now : (Instant){0},
                            is_first ? start->actor : 0, NULL);
}

static Error *insert_stages(Tx *tx, const RoundStart *start, const RoundRules *rules, int64_t round,
                            Instant now)
{
    StageSpan spans[RULES_MAX_STAGES];
    StageDates dates[RULES_MAX_STAGES];
    HolidayTable holidays;
    Error *err = programmes_holidays(tx_snapshot(tx), &holidays);
    if (err) {
        return err;
    }
    for (size_t i = 0; i < rules->n_stages; i++) {
        spans[i] = rules->stages[i].span;
    }
    Date first = start->first_day.days != 0 ? start->first_day : instant_date(now);
    plan_dates(&holidays, first, spans, rules->n_stages, dates);
    for (size_t i = 0; !err && i < rules->n_stages; i++) {
        err = insert_stage(tx, start, &rules->stages[i], round, (int)i + 1, dates[i], now);
    }
    return err;
}

static Error *start_round(Tx *tx, const RoundStart *start, const RoundRules *rules, Instant now,
                          int64_t *out_round)
{
    int64_t inserted = 0;
    *out_round = tx_new_id(tx);
    Error *err = sql_round_insert(tx, start->area, *out_round, start->programme_area,
                                  start->programme, start->edition, start->title, start->budget,
                                  rules->minimum_age, rules->max_choices, rules->rule,
                                  rules->utility, rules->ties, now, &inserted);
    if (!err && inserted == 0) {
        err = error_make(tx_arena(tx), ERROR_ALREADY_EXISTS, "the community has joined already");
    }
    return err ? err : insert_stages(tx, start, rules, *out_round, now);
}

/* --- from a template --------------------------------------------------------- */

static Error *insert_programme(Tx *tx, const NewRound *input, const RoundRules *rules,
                               int64_t programme, Instant now)
{
    Str text = rules_write(tx_arena(tx), rules);
    Error *err =
        sql_programme_insert(tx, input->area, programme, input->title, input->template_name,
                             input->summary, STR(""), input->actor, now, NULL);
    if (!err) {
        err =
            sql_programme_publish(tx, input->area, programme, 1, input->title, input->summary, now);
    }
    return err ? err
               : sql_programme_edition_insert(tx, input->area, programme, 1, text, STR(""), now,
                                              input->actor, NULL);
}

static Error *rules_of_input(Arena *arena, const NewRound *input, RoundRules *out)
{
    RoundTemplate *template = arena_new(arena, RoundTemplate);
    bool found = false;
    Error *err = template_find(arena, input->template_name, template, &found);
    if (err) {
        return err;
    }
    if (!found) {
        return error_at(arena, ERROR_FIELD_NOT_CHOICE, "template", 0);
    }
    *out = template->rules;
    out->title = input->title;
    out->title_en = STR("");
    out->summary = input->summary;
    out->summary_en = STR("");
    out->max_choices = input->max_choices;
    out->minimum_age = input->minimum_age;
    return NULL;
}

Error *programmes_create_round(Tx *tx, const NewRound *input, Instant now, int64_t *out_round)
{
    Arena *arena = tx_arena(tx);
    RoundRules *rules = arena_new(arena, RoundRules);
    Error *err = check_new_round(arena, input);
    if (!err) {
        err = rules_of_input(arena, input, rules);
    }
    if (err) {
        return err;
    }
    int64_t programme = tx_new_id(tx);
    RoundStart start = {.area = input->area,
                        .actor = input->actor,
                        .programme_area = input->area,
                        .programme = programme,
                        .edition = 1,
                        .title = input->title,
                        .budget = input->budget,
                        .first_day = input->first_day};
    err = insert_programme(tx, input, rules, programme, now);
    if (!err) {
        err = start_round(tx, &start, rules, now, out_round);
    }
    return err ? err
               : journal_write(tx, input->area, input->actor, "round.create", "round", *out_round,
                               input->title, STR(""));
}

/* --- by joining -------------------------------------------------------------- */

Error *programmes_join(Tx *tx, const void *input, Instant now, void *output)
{
    const JoinProgramme *join = input;
    RoundJoined *out = output;
    Arena *arena = tx_arena(tx);
    ProgrammeSeenRow row;
    RoundRules *rules = arena_new(arena, RoundRules);
    Error *err = sql_programme_seen(tx_snapshot(tx), join->area, join->programme, &row);
    if (!err && row.edition == 0) {
        err = error_make(arena, ERROR_NOT_FOUND, "no such programme here");
    }
    if (!err && row.edition != join->edition) {
        err = error_make(arena, ERROR_VERSION_CONFLICT, "edition %d by now", (int)row.edition);
    }
    if (!err) {
        err = check_title_and_money(arena, join->title, join->budget);
    }
    if (!err) {
        err = rules_read(arena, STR("programme"), row.rules, rules);
    }
    if (err) {
        return err;
    }
    RoundStart start = {.area = join->area,
                        .actor = join->actor,
                        .programme_area = row.area_id,
                        .programme = row.id,
                        .edition = (int)row.edition,
                        .title = join->title,
                        .budget = join->budget,
                        .first_day = join->first_day};
    err = start_round(tx, &start, rules, now, &out->round);
    return err ? err
               : journal_write(tx, join->area, join->actor, "round.join", "round", out->round,
                               join->title, STR(""));
}

/* --- run elsewhere ----------------------------------------------------------- */

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
