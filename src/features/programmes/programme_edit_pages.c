/* programme_edit_pages.c: an officer changes a draft, one section at a time. */
#include <string.h>

#include "features/programmes/programme_edit.h"
#include "programmes_text.h"

/* --- pages ------------------------------------------------------------------- */

/* A draft as it is edited: {id} is the programme, {word} the place in the section's list, from 1.
 */
typedef struct Editing {
    ProgrammeGetRow row;
    RoundRules rules;
    size_t at;
    bool is_new;
} Editing;

static Error *find_place(Page *page, const EditSection *section, Editing *out)
{
    int64_t no = 0;
    if (section->count == NULL) {
        return NULL;
    }
    size_t count = section->count(&out->rules);
    bool is_number = str_to_int64(page->word, &no) && no >= 1;
    out->is_new = is_number && (size_t)no == count + 1 && count < section->max;
    if (!is_number || ((size_t)no > count && !out->is_new)) {
        return error_make(page->arena, ERROR_NOT_FOUND, "no such place in the draft");
    }
    out->at = (size_t)no - 1;
    return NULL;
}

static Error *load_editing(Page *page, Snapshot *snapshot, const EditSection *section, Editing *out)
{
    Error *err = sql_programme_get(snapshot, page->area, page->ids[0], &out->row);
    if (!err && out->row.draft.len == 0) {
        err = error_make(page->arena, ERROR_NOT_FOUND, "no such draft");
    }
    if (!err) {
        err = rules_read(page->arena, STR("draft"), out->row.draft, &out->rules);
    }
    return err ? err : find_place(page, section, out);
}

static Error *page_section(Page *page, Snapshot *snapshot, const EditSection *section)
{
    Editing *editing = arena_new(page->arena, Editing);
    Error *err = load_editing(page, snapshot, section, editing);
    if (err) {
        return err;
    }
    FormState *form = page_form(page, section->form);
    if (page->form != form) {
        void *input = arena_alloc(page->arena, 1, section->form->input_size, _Alignof(max_align_t));
        if (!editing->is_new) {
            section->fill(&editing->rules, editing->at, input);
        }
        *(int64_t *)input = editing->row.version; /* the first member of each input */
        form_prefill(page->arena, form, input);
        form_empty_zeros(form);
    }
    FormPage view = {.back = page_path(page, "/a/{area}/programmes/{id}", editing->row.id),
                     .back_title = plan_words(editing->row.title),
                     .title = text_of(section->title),
                     .about = t_programme_edit_about(),
                     .form = form,
                     .action = (SafeUrl){page->path},
                     .submit = t_programme_edit_submit()};
    return form_page(page, &view);
}

static Error *mismatch(Arena *arena, ErrorCode code, const char *field, int64_t number)
{
    Error *error = error_make(arena, code, "draft: %s", field);
    return error_for_field(error_with(error, number, STR("")), str_from(field));
}

/* What the fields cannot know of each other, at the field where it is mended. */
static Error *check_whole(Page *page, const RoundRules *rules)
{
    RulePlace place;
    Arena *arena = page->arena;
    const char *mistake = rules_mistake(rules, &place);
    if (mistake == NULL) {
        return NULL;
    }
    if (strcmp(place.section, "people") == 0) {
        return rules->residencies == 0
                   ? mismatch(arena, ERROR_FIELD_MISSING, "registered", 0)
                   : mismatch(arena, ERROR_FIELD_TOO_SMALL, "maximum_age", rules->minimum_age);
    }
    if (strcmp(place.section, "money") == 0) {
        return mismatch(arena, ERROR_FIELD_TOO_SMALL, "project_maximum",
                        rules->project_minimum.fen / 100);
    }
    if (strcmp(place.section, "ballot") == 0) {
        bool lacks_points = rules->points == 0 &&
                            (rules->ballot == BALLOT_POINTS || rules->ballot == BALLOT_SCORES);
        return lacks_points ? mismatch(arena, ERROR_FIELD_MISSING, "points", 0)
                            : mismatch(arena, ERROR_FIELD_NOT_CHOICE, "utility", 0);
    }
    return error_make(arena, ERROR_BAD_REQUEST, "%s: %s", place.section, mistake);
}

static Error *submit_section(Page *page, Snapshot *snapshot, const EditSection *section,
                             const void *input)
{
    Editing *editing = arena_new(page->arena, Editing);
    Error *err = load_editing(page, snapshot, section, editing);
    if (!err) {
        section->apply(page->arena, &editing->rules, editing->at, input);
        err = check_whole(page, &editing->rules);
    }
    if (err) {
        return err;
    }
    SaveDraft *save = arena_new(page->arena, SaveDraft);
    *save = (SaveDraft){page->area, page->ids[0], *(const int64_t *)input,
                        rules_write(page->arena, &editing->rules)};
    return page_write_to(page, programmes_save_draft, save, 0,
                         page_path(page, "/a/{area}/programmes/{id}", save->id),
                         TEXT_programme_edit_done);
}

Error *page_basics(Page *page, Snapshot *snapshot)
{
    return page_section(page, snapshot, &edit_basics);
}

Error *submit_basics(Page *page, Snapshot *snapshot, const void *input)
{
    return submit_section(page, snapshot, &edit_basics, input);
}

Error *page_ballot_rules(Page *page, Snapshot *snapshot)
{
    return page_section(page, snapshot, &edit_ballot);
}

Error *submit_ballot_rules(Page *page, Snapshot *snapshot, const void *input)
{
    return submit_section(page, snapshot, &edit_ballot, input);
}

Error *page_kind_rule(Page *page, Snapshot *snapshot)
{
    return page_section(page, snapshot, &edit_kind);
}

Error *submit_kind_rule(Page *page, Snapshot *snapshot, const void *input)
{
    return submit_section(page, snapshot, &edit_kind, input);
}

Error *page_clause_rule(Page *page, Snapshot *snapshot)
{
    return page_section(page, snapshot, &edit_clause);
}

Error *submit_clause_rule(Page *page, Snapshot *snapshot, const void *input)
{
    return submit_section(page, snapshot, &edit_clause, input);
}

Error *page_notice_rule(Page *page, Snapshot *snapshot)
{
    return page_section(page, snapshot, &edit_notice);
}

Error *submit_notice_rule(Page *page, Snapshot *snapshot, const void *input)
{
    return submit_section(page, snapshot, &edit_notice, input);
}

Error *page_stage_plan(Page *page, Snapshot *snapshot)
{
    return page_section(page, snapshot, &edit_stage);
}

Error *submit_stage_plan(Page *page, Snapshot *snapshot, const void *input)
{
    return submit_section(page, snapshot, &edit_stage, input);
}
