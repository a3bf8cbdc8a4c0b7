/* filing_forms.c: the acts: the community files and answers, the street receives and returns. */
#include "features/filing/filing_pages.h"
#include "filing_return_html.h"
#include "filing_text.h"
#include "platform/html/frame_load.h"

/* --- a whole round ----------------------------------------------------------- */

typedef struct AllInput {
    int64_t shown;
    int64_t acts;
    Str letter;
    Str words;
} AllInput;

static const Field file_fields[] = {
    {FIELD_COMMON(AllInput, shown, FIELD_ID, TEXT_filing_file), .is_required = true},
    {FIELD_COMMON(AllInput, acts, FIELD_ID, TEXT_filing_file), .is_required = true},
    {FIELD_COMMON(AllInput, letter, FIELD_TEXT, TEXT_filing_letter),
     .hint = TEXT_filing_letter_hint, .max = FILING_LETTER_MAX, .autocomplete = "off"},
    {FIELD_COMMON(AllInput, words, FIELD_LONG_TEXT, TEXT_filing_note),
     .hint = TEXT_filing_note_hint, .max = FILING_NOTE_MAX},
};

static const Field receive_fields[] = {
    {FIELD_COMMON(AllInput, shown, FIELD_ID, TEXT_filing_receive), .is_required = true},
    {FIELD_COMMON(AllInput, acts, FIELD_ID, TEXT_filing_receive), .is_required = true},
    {FIELD_COMMON(AllInput, letter, FIELD_TEXT, TEXT_filing_letter),
     .hint = TEXT_filing_letter_hint, .max = FILING_LETTER_MAX, .autocomplete = "off"},
};

static const Field lapse_fields[] = {
    {FIELD_COMMON(AllInput, shown, FIELD_ID, TEXT_filing_lapse), .is_required = true},
    {FIELD_COMMON(AllInput, acts, FIELD_ID, TEXT_filing_lapse), .is_required = true},
};

const Form filing_file_form = FORM("filing-file", file_fields, AllInput);
const Form filing_receive_form = FORM("filing-receive", receive_fields, AllInput);
const Form filing_lapse_form = FORM("filing-lapse", lapse_fields, AllInput);

const FormState *filing_all_form(Page *page, const Form *form, int64_t n_shown, int64_t n_acts)
{
    AllInput input = {.shown = n_shown, .acts = n_acts};
    return page_form_of(page, form, &input);
}

static Error *submit_all(Page *page, const AllInput *typed, UseCase *use_case, int notice)
{
    FilingAll *all = arena_new(page->arena, FilingAll);
    *all = (FilingAll){.area = page->area,
                       .round = page->ids[0],
                       .actor = page->who.person,
                       .n_shown = typed->shown,
                       .n_acts = typed->acts,
                       .letter = typed->letter,
                       .words = typed->words};
    return page_write_to(page, use_case, all, 0,
                         page_path(page, "/a/{area}/rounds/{id}/filing", all->round), notice);
}

Error *submit_filing_file(Page *page, Snapshot *s, const void *input)
{
    return submit_all(page, input, filing_file, TEXT_filing_done_file);
}

Error *submit_filing_receive(Page *page, Snapshot *s, const void *input)
{
    return submit_all(page, input, filing_receive, TEXT_filing_done_receive);
}

Error *submit_filing_lapse(Page *page, Snapshot *s, const void *input)
{
    return submit_all(page, input, filing_lapse, TEXT_filing_done_lapse);
}

/* --- one project ------------------------------------------------------------- */

typedef struct StepInput {
    int64_t version;
    int ground;
    int64_t clause;
    Str other;
    Money over;
    Str words;
    Str letter;
} StepInput;

static const Choice grounds[] = {
    {"clause", FILING_CLAUSE, TEXT_filing_ground_clause},
    {"duplicate", FILING_DUPLICATE, TEXT_filing_ground_duplicate},
    {"amount", FILING_AMOUNT, TEXT_filing_ground_amount},
};

static const Field return_fields[] = {
    {FIELD_COMMON(StepInput, version, FIELD_ID, TEXT_filing_return), .is_required = true},
    {FIELD_COMMON(StepInput, ground, FIELD_CHOICE, TEXT_filing_ground), .is_required = true,
     .choices = grounds, .n_choices = countof(grounds)},
    {FIELD_COMMON(StepInput, clause, FIELD_INTEGER, TEXT_filing_clause),
     .hint = TEXT_filing_clause_hint, .is_conditional = true, .min = 1, .max = RULES_MAX_CLAUSES},
    {FIELD_COMMON(StepInput, other, FIELD_TEXT, TEXT_filing_other), .hint = TEXT_filing_other_hint,
     .is_conditional = true, .max = FILING_OTHER_MAX, .autocomplete = "off"},
    {FIELD_COMMON(StepInput, over, FIELD_MONEY, TEXT_filing_over), .hint = TEXT_filing_over_hint,
     .is_conditional = true, .max = MONEY_MAX_FEN},
    {FIELD_COMMON(StepInput, words, FIELD_LONG_TEXT, TEXT_filing_words),
     .hint = TEXT_filing_words_hint, .is_required = true, .min = FILING_WORDS_MIN,
     .max = FILING_WORDS_MAX},
    {FIELD_COMMON(StepInput, letter, FIELD_TEXT, TEXT_filing_letter),
     .hint = TEXT_filing_letter_hint, .max = FILING_LETTER_MAX, .autocomplete = "off"},
};

static const Field resend_fields[] = {
    {FIELD_COMMON(StepInput, version, FIELD_ID, TEXT_filing_resend), .is_required = true},
    {FIELD_COMMON(StepInput, words, FIELD_LONG_TEXT, TEXT_filing_changed),
     .hint = TEXT_filing_changed_hint, .is_required = true, .min = FILING_WORDS_MIN,
     .max = FILING_WORDS_MAX},
};

static const Field withdraw_fields[] = {
    {FIELD_COMMON(StepInput, version, FIELD_ID, TEXT_filing_withdraw), .is_required = true},
    {FIELD_COMMON(StepInput, words, FIELD_LONG_TEXT, TEXT_filing_reason),
     .hint = TEXT_filing_reason_hint, .is_required = true, .min = FILING_WORDS_MIN,
     .max = FILING_WORDS_MAX},
};

const Form filing_return_form = FORM("filing-return", return_fields, StepInput);
const Form filing_resend_form = FORM("filing-resend", resend_fields, StepInput);
const Form filing_withdraw_form = FORM("filing-withdraw", withdraw_fields, StepInput);

const FormState *filing_step_form(Page *page, const Form *form, int64_t version)
{
    StepInput input = {.version = version};
    FormState *state = page_form_of(page, form, &input);
    if (state != page->form) {
        form_empty_zeros(state);
    }
    return state;
}

static Error *load_clauses(Page *page, Snapshot *s, int64_t round, FilingReturnView *view)
{
    RoundRules *rules = arena_new(page->arena, RoundRules);
    Error *err = programmes_round_rules(s, page->area, round, rules);
    if (err) {
        return err;
    }
    Str *clauses = arena_array(page->arena, Str, rules->n_clauses + 1);
    for (size_t i = 0; i < rules->n_clauses; i++) {
        const ClauseRule *clause = &rules->clauses[i];
        clauses[i] = rules_say(page->lang == LANG_EN, clause->words, clause->words_en);
    }
    view->clauses = clauses;
    view->n_clauses = rules->n_clauses;
    return NULL;
}

Error *page_filing_return(Page *page, Snapshot *s)
{
    FilingGetRow row;
    RoundInfo round;
    Frame *frame = page_frame(page, t_filing_return(), FRAME_TAB_NONE);
    FilingReturnView view = {.frame = frame};
    Error *err = filing_require(page, s, &row);
    if (!err) {
        err = programmes_round(s, page->area, row.round_id, &round);
    }
    if (!err) {
        err = load_clauses(page, s, row.round_id, &view);
    }
    if (err) {
        return err;
    }
    bool may_follow = filing_after((FilingState)row.state, FILING_RETURN) != FILING_NOT_YET &&
                      programmes_stage_is_open(&round, STAGE_KIND_FILE);
    if (may_follow || page->form) {
        view.form = filing_step_form(page, &filing_return_form, row.version);
    }
    view.title = row.title;
    view.cost = row.cost_fen;
    view.action = page_path(page, "/a/{area}/proposals/{id}/filing/return", row.proposal_id);
    view.project = page_path(page, "/a/{area}/proposals/{id}/filing", row.proposal_id);
    frame->back = view.project;
    Out out = page_out(page);
    filing_return_page(&out, &view);
    return NULL;
}

static Error *submit_step(Page *page, const StepInput *typed, FilingAct act, int notice)
{
    FilingStep *step = arena_new(page->arena, FilingStep);
    *step = (FilingStep){
        .area = page->area,
        .proposal = page->ids[0],
        .actor = page->who.person,
        .version = typed->version,
        .act = act,
        .given = {typed->ground, typed->clause, typed->other, typed->over, typed->words},
        .letter = typed->letter};
    return page_write_to(page, filing_step, step, 0,
                         page_path(page, "/a/{area}/proposals/{id}/filing", step->proposal),
                         notice);
}

Error *submit_filing_return(Page *page, Snapshot *s, const void *input)
{
    return submit_step(page, input, FILING_RETURN, TEXT_filing_done_return);
}

Error *submit_filing_resend(Page *page, Snapshot *s, const void *input)
{
    return submit_step(page, input, FILING_RESEND, TEXT_filing_done_resend);
}

Error *submit_filing_withdraw(Page *page, Snapshot *s, const void *input)
{
    return submit_step(page, input, FILING_WITHDRAW, TEXT_filing_done_withdraw);
}
