/* round_new_pages.c: a community starts a round of its own from a template. */
#include "features/programmes/programme_pages.h"
#include "platform/html/frame_load.h"
#include "programmes_text.h"

typedef struct RoundInput {
    Str template;
    Str title;
    Str summary;
    Money budget;
    int64_t max_choices;
    int64_t minimum_age;
    Date first_day;
} RoundInput;

static const Field round_fields[] = {
    {FIELD_COMMON(RoundInput, template, FIELD_TEXT, TEXT_round_field_template), .is_required = true,
     .min = 1, .max = 40},
    {FIELD_COMMON(RoundInput, title, FIELD_TEXT, TEXT_round_field_title),
     .hint = TEXT_round_field_title_hint, .is_required = true, .min = 2, .max = 40},
    {FIELD_COMMON(RoundInput, summary, FIELD_LONG_TEXT, TEXT_round_field_summary),
     .hint = TEXT_round_field_summary_hint, .max = 300},
    {FIELD_COMMON(RoundInput, budget, FIELD_MONEY, TEXT_round_field_budget),
     .hint = TEXT_round_field_budget_hint, .is_required = true, .min = 100, .max = MONEY_MAX_FEN},
    {FIELD_COMMON(RoundInput, max_choices, FIELD_INTEGER, TEXT_round_field_choices),
     .is_required = true, .min = 1, .max = 50},
    {FIELD_COMMON(RoundInput, minimum_age, FIELD_INTEGER, TEXT_round_field_age),
     .is_required = true, .min = 1, .max = 100},
    {FIELD_COMMON(RoundInput, first_day, FIELD_DATE, TEXT_round_field_first_day),
     .hint = TEXT_round_field_first_day_hint},
};

const Form round_form = FORM("round", round_fields, RoundInput);

/* What most rounds have; the money is left for them to write. */
static void suggest_round(Arena *arena, FormState *form)
{
    RoundInput suggested = {.max_choices = 5, .minimum_age = 15};
    form_prefill(arena, form, &suggested);
    form_empty_zeros(form);
}

Error *page_round_new(Page *page, Snapshot *snapshot)
{
    FormState *form = page_form(page, &round_form);
    if (page->form != form) {
        suggest_round(page->arena, form);
    }
    FormPage view = {.back = page_path(page, "/a/{area}/rounds", 0),
                     .back_title = t_round_list_title(),
                     .title = t_round_new_title(),
                     .about = t_round_new_about(),
                     .form = form,
                     .action = page_path(page, "/a/{area}/rounds/new", 0),
                     .data_field = "template",
                     .submit = t_round_new_submit()};
    Error *err = template_choices(page, &view.choices, &view.n_choices);
    return err ? err : form_page(page, &view);
}

static Error *create_round(Tx *tx, const void *input, Instant now, void *output)
{
    return programmes_create_round(tx, input, now, output);
}

static Error *after_create(Page *page, const void *input, const void *output)
{
    const int64_t *round = output;
    return page_redirect_notice(page, page_path(page, "/a/{area}/rounds/{id}/console", *round),
                                TEXT_round_new_done);
}

Error *submit_round(Page *page, Snapshot *snapshot, const void *input)
{
    const RoundInput *typed = input;
    NewRound *new = arena_new(page->arena, NewRound);
    *new = (NewRound){.area = page->area,
                      .actor = page->who.person,
                      .template_name = typed->template,
                      .title = typed->title,
                      .summary = typed->summary,
                      .budget = typed->budget,
                      .max_choices = (int)typed->max_choices,
                      .minimum_age = (int)typed->minimum_age,
                      .first_day = typed->first_day};
    return page_write(page, create_round, new, sizeof(int64_t), after_create);
}
