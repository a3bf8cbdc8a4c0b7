/* proposals_behind.c: on a proposal's page, who stands behind it, who helps it, what is like it. */
#include "features/people/people.h"
#include "features/proposals/proposals_merge.h"
#include "features/proposals/proposals_merge_pages.h"
#include "features/proposals/proposals_similar.h"
#include "proposals_merge_sql.h"
#include "proposals_merge_text.h"

#define MERGED_SHOWN   50
#define ADVISERS_SHOWN 10

/* --- what is like it ----------------------------------------------------------------- */

SimilarText similar_typed(Arena *arena, const FormState *form)
{
    Str title = form_field(form, "title")->typed;
    Str need = form_field(form, "need")->typed;
    return (SimilarText){arena_printf(arena, "%.*s\n%.*s", STR_ARG(title), STR_ARG(need)), 0};
}

SimilarText similar_of_row(Arena *arena, const ProposalGetRow *row)
{
    return (SimilarText){arena_printf(arena, "%.*s\n%.*s", STR_ARG(row->title), STR_ARG(row->need)),
                         row->id};
}

Error *proposals_similar_view(Page *page, Snapshot *snapshot, int64_t round, Str text,
                              int64_t except, SimilarView *view)
{
    SimilarProposal *found = NULL;
    size_t count = 0;
    Error *err = proposals_similar(snapshot, page->area, round, text, except, &found, &count);
    if (err) {
        return err;
    }
    SimilarLine *lines = arena_array(page->arena, SimilarLine, count);
    for (size_t i = 0; i < count; i++) {
        lines[i] = (SimilarLine){.id = id_text(found[i].id),
                                 .title = found[i].title,
                                 .place = found[i].place,
                                 .chip = proposal_chip(found[i].state),
                                 .state = proposal_state_text(found[i].state),
                                 .is_copy = found[i].is_copy,
                                 .link = page_path(page, "/a/{area}/proposals/{id}", found[i].id)};
    }
    view->lines = lines;
    view->n_lines = count;
    return NULL;
}

Error *similar_fill(Page *page, Snapshot *snapshot, int64_t round, SimilarText asked,
                    SimilarView *view)
{
    return proposals_similar_view(page, snapshot, round, asked.text, asked.except, view);
}

/* --- who stands behind it ------------------------------------------------------------ */

static void name_merged(Page *page, const ProposalMergedRow *row, const ProposalView *whole,
                        MergedLine *line)
{
    Str name = row->proposer_name.len > 0 ? row->proposer_name : row->person_name;
    line->surname = people_surname(name);
    if (whole->sees_person) {
        line->name = name;
        line->phone = row->proposer_phone;
    } else if (whole->is_staff) {
        line->name = name.len > 0 ? people_masked_name(page->arena, name) : name;
        line->phone = people_masked_phone(page->arena, row->proposer_phone);
    }
}

static Error *fill_merged(Page *page, Snapshot *snapshot, int64_t main, const ProposalView *whole,
                          BehindView *view)
{
    ProposalMergedRows rows = {0};
    Error *err = sql_proposal_merged(snapshot, page->area, main, MERGED_SHOWN, &rows);
    MergedLine *lines = arena_array(page->arena, MergedLine, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const ProposalMergedRow *row = &rows.rows[i];
        lines[i] =
            (MergedLine){.title = row->title,
                         .need = row->need,
                         .place = row->place,
                         .at = row->submitted_at,
                         .how = proposal_channel_text(row->channel),
                         .link = page_path(page, "/a/{area}/proposals/{id}", row->id),
                         .unmerge = page_path(page, "/a/{area}/proposals/{id}/unmerge", row->id),
                         .main = id_text(main)};
        name_merged(page, row, whole, &lines[i]);
    }
    view->merged = lines;
    view->n_merged = rows.count;
    return err;
}

static Error *fill_advisers(Page *page, Snapshot *snapshot, int64_t proposal, bool sees_all,
                            BehindView *view)
{
    AdviserListRows rows = {0};
    Error *err = sql_adviser_list(snapshot, page->area, proposal, ADVISERS_SHOWN, &rows);
    AdviserLine *lines = arena_array(page->arena, AdviserLine, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const AdviserListRow *row = &rows.rows[i];
        lines[i] = (AdviserLine){.kind = row->kind == ADVISER_DEPARTMENT ? t_adviser_department()
                                                                         : t_adviser_person(),
                                 .organisation = row->organisation,
                                 .name = sees_all ? row->name : people_surname(row->name),
                                 .phone = sees_all ? row->phone : STR(""),
                                 .note = row->note,
                                 .id = id_text(row->id)};
    }
    view->advisers = lines;
    view->n_advisers = rows.count;
    return err;
}

static Error *fill_main(Page *page, Snapshot *snapshot, const ProposalGetRow *row, BehindView *view)
{
    ProposalGetRow main;
    if (row->merged_into == 0) {
        return NULL;
    }
    Error *err = sql_proposal_get(snapshot, page->area, row->merged_into, &main);
    if (!err) {
        view->is_merged = true;
        view->main_title = main.title;
        view->main = page_path(page, "/a/{area}/proposals/{id}", main.id);
    }
    return err;
}

/* --- what may be done ---------------------------------------------------------------- */

static bool collects(const StageInfo *stages, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (stages[i].kind == STAGE_KIND_COLLECT && stages[i].state == STAGE_OPEN) {
            return true;
        }
    }
    return false;
}

static void fill_acts(Page *page, const ProposalGetRow *row, const StageInfo *stages, size_t count,
                      BehindView *view)
{
    bool goes_on = row->state == PROPOSAL_SUBMITTED || row->state == PROPOSAL_ACCEPTED;
    bool is_ahead = programmes_choice_is_ahead(stages, count);
    if (goes_on && collects(stages, count) && proposal_may(page, POLICY_RESIDENT) &&
        row->proposer_id != page->who.person) {
        view->support = page_form(page, &proposal_support_form);
        view->support_action = page_path(page, "/a/{area}/proposals/{id}/support", row->id);
    }
    view->advise = page_path(page, "/a/{area}/proposals/{id}/adviser", row->id);
    view->end_action = page_path(page, "/a/{area}/proposals/{id}/adviser/end", row->id);
    if (proposal_may(page, POLICY_MANAGE)) {
        view->end_adviser = page_form(page, &adviser_end_form);
        view->unmerge = is_ahead ? page_form(page, &proposal_unmerge_form) : NULL;
        view->may_manage = goes_on && is_ahead;
        view->merge = page_path(page, "/a/{area}/proposals/{id}/merge", row->id);
    }
    if (page->form != NULL && page->form->error != NULL &&
        page->form->form != &proposal_withdraw_form) {
        view->problem = text_of_error(page->form->error);
    }
}

Error *behind_fill(Page *page, Snapshot *snapshot, const ProposalGetRow *row,
                   const StageInfo *stages, size_t n_stages, ProposalView *whole)
{
    BehindView *view = &whole->behind;
    ProposalBehindRow behind = {0};
    Error *err = sql_proposal_behind(snapshot, page->area, row->id, page->who.person, &behind);
    if (!err) {
        err = fill_merged(page, snapshot, row->id, whole, view);
    }
    if (!err) {
        err = fill_advisers(page, snapshot, row->id, whole->sees_person || whole->is_theirs, view);
    }
    if (!err) {
        err = fill_main(page, snapshot, row, view);
    }
    if (!err && whole->may_decide) {
        err = similar_fill(page, snapshot, row->round_id, similar_of_row(page->arena, row),
                           &view->similar);
    }
    view->total_merged = behind.n_merged;
    view->n_support = behind.n_support;
    view->is_supported = behind.is_supported > 0;
    fill_acts(page, row, stages, n_stages, view);
    return err;
}
