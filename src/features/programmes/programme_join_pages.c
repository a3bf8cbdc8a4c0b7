/* programme_join_pages.c: a secretary joins a programme; and moves the planned dates of a round. */
#include "features/programmes/programme_pages.h"
#include "programmes_text.h"

typedef struct JoinInput {
    int64_t edition;
    Str title;
    Money budget;
    Date first_day;
} JoinInput;

static const Field join_fields[] = {
    {FIELD_COMMON(JoinInput, edition, FIELD_ID, TEXT_programme_list_title), .is_required = true},
    {FIELD_COMMON(JoinInput, title, FIELD_TEXT, TEXT_round_field_title),
     .hint = TEXT_round_field_title_hint, .is_required = true, .min = 2, .max = 40},
    {FIELD_COMMON(JoinInput, budget, FIELD_MONEY, TEXT_round_field_budget),
     .hint = TEXT_round_field_budget_hint, .is_required = true, .min = 100, .max = MONEY_MAX_FEN},
    {FIELD_COMMON(JoinInput, first_day, FIELD_DATE, TEXT_round_field_first_day),
     .hint = TEXT_round_field_first_day_hint},
};
const Form join_form = FORM("join", join_fields, JoinInput);

static void suggest_join(Page *page, const ProgrammeSeenRow *row, const RoundRules *rules,
                         FormState *form)
{
    JoinInput input = {.edition = row->edition, .title = row->title, .budget = rules->budget};
    form_prefill(page->arena, form, &input);
    form_empty_zeros(form);
}

Error *page_join(Page *page, Snapshot *snapshot)
{
    ProgrammeSeenRow row;
    RoundRules *rules = arena_new(page->arena, RoundRules);
    Error *err = sql_programme_seen(snapshot, page->area, page->ids[0], &row);
    if (!err && row.edition == 0) {
        err = error_make(page->arena, ERROR_NOT_FOUND, "no such programme here");
    }
    if (!err) {
        err = rules_read(page->arena, STR("programme"), row.rules, rules);
    }
    if (err) {
        return err;
    }
    FormState *form = page_form(page, &join_form);
    if (page->form != form) {
        suggest_join(page, &row, rules, form);
    }
    FormPage view = {.back = page_path(page, "/a/{area}/programmes/{id}", row.id),
                     .back_title = plan_words(row.title),
                     .title = t_programme_join_do(),
                     .about = t_programme_join_about(),
                     .form = form,
                     .action = page_path(page, "/a/{area}/programmes/{id}/join", row.id),
                     .submit = t_programme_join_do()};
    return form_page(page, &view);
}

static Error *after_join(Page *page, const void *input, const void *output)
{
    const RoundJoined *joined = output;
    return page_redirect_notice(
        page, page_path(page, "/a/{area}/rounds/{id}/console", joined->round), TEXT_round_new_done);
}

Error *submit_join(Page *page, Snapshot *snapshot, const void *input)
{
    const JoinInput *typed = input;
    JoinProgramme *join = arena_new(page->arena, JoinProgramme);
    *join = (JoinProgramme){page->area,   page->who.person, page->ids[0],    (int)typed->edition,
                            typed->title, typed->budget,    typed->first_day};
    return page_write(page, programmes_join, join, sizeof(RoundJoined), after_join);
}

/* --- planned dates ----------------------------------------------------------- */

typedef struct DatesInput {
    int64_t version;
    Str stage; /* its number */
    Date last_day;
    Str reason;
} DatesInput;

static const Field dates_fields[] = {
    {FIELD_COMMON(DatesInput, version, FIELD_ID, TEXT_dates_title), .is_required = true},
    {FIELD_COMMON(DatesInput, stage, FIELD_TEXT, TEXT_dates_field_stage), .is_required = true,
     .min = 1, .max = 2},
    {FIELD_COMMON(DatesInput, last_day, FIELD_DATE, TEXT_dates_field_last_day),
     .hint = TEXT_dates_field_last_day_hint, .is_required = true},
    {FIELD_COMMON(DatesInput, reason, FIELD_LONG_TEXT, TEXT_dates_field_reason),
     .hint = TEXT_dates_field_reason_hint, .is_required = true, .min = 10, .max = 200},
};
const Form dates_form = FORM("dates", dates_fields, DatesInput);

/* The open stage and those to come, with the last day each is planned to have. */
static void stage_choices(Page *page, const StageInfo *stages, size_t count, FormPage *view)
{
    DataChoice *choices = arena_array(page->arena, DataChoice, count);
    for (size_t i = 0; i < count; i++) {
        const StageInfo *stage = &stages[i];
        if (stage->state != STAGE_OPEN && stage->state != STAGE_NOT_YET) {
            continue;
        }
        Text label =
            t_dates_choice(stage->no, rules_say(page->lang == LANG_EN, stage->name, stage->name_en),
                           instant_date(stage->closes_at));
        choices[view->n_choices++] = (DataChoice){arena_printf(page->arena, "%d", stage->no),
                                                  text_str(page->arena, page->lang, label)};
    }
    view->choices = choices;
}

Error *page_dates(Page *page, Snapshot *snapshot)
{
    RoundInfo round;
    StageInfo *stages = NULL;
    size_t count = 0;
    Error *err = programmes_round(snapshot, page->area, page->ids[0], &round);
    if (!err) {
        err = programmes_stages(snapshot, page->area, round.id, &stages, &count);
    }
    if (err) {
        return err;
    }
    DatesInput input = {.version = round.version,
                        .stage = arena_printf(page->arena, "%d", round.stage_no)};
    FormState *form = page_form_of(page, &dates_form, &input);
    FormPage view = {.back = page_path(page, "/a/{area}/rounds/{id}/console", round.id),
                     .back_title = plan_words(round.title),
                     .title = t_dates_title(),
                     .about = t_dates_about(),
                     .form = form,
                     .action = page_path(page, "/a/{area}/rounds/{id}/dates", round.id),
                     .submit = t_dates_submit(),
                     .data_field = "stage"};
    stage_choices(page, stages, count, &view);
    return form_page(page, &view);
}

Error *submit_dates(Page *page, Snapshot *snapshot, const void *input)
{
    const DatesInput *typed = input;
    int64_t no = 0;
    if (!str_to_int64(typed->stage, &no) || no < 1 || no > RULES_MAX_STAGES) {
        return error_for_field(error_make(page->arena, ERROR_FIELD_NOT_CHOICE, "no such stage"),
                               STR("stage"));
    }
    MovePlan *move = arena_new(page->arena, MovePlan);
    *move = (MovePlan){page->area, page->ids[0],    page->who.person, typed->version,
                       (int)no,    typed->last_day, typed->reason};
    return page_write_to(page, programmes_move_plan, move, 0,
                         page_path(page, "/a/{area}/rounds/{id}/console", move->round),
                         TEXT_dates_done);
}
