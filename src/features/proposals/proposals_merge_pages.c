/* proposals_merge_pages.c: merging and taking it back, supporting, an adviser, and those like a
 * text for the script of the form. */
#include "features/proposals/proposals_merge_pages.h"

#include "features/proposals/proposals_merge.h"
#include "platform/html/frame_load.h"
#include "platform/text/search.h"
#include "proposal_merge_html.h"
#include "proposals_merge_sql.h"
#include "proposals_merge_text.h"
#include "proposals_text.h"

#define FOUND_SHOWN 20

/* --- those like a text ------------------------------------------------------------------ */

Error *page_proposal_similar(Page *page, Snapshot *snapshot)
{
    RoundInfo round;
    bool found = false;
    Frame *frame = page_frame(page, t_proposal_similar_title(), FRAME_TAB_PROPOSALS);
    SimilarPageView view = {.frame = frame};
    Error *err = programmes_current_round(snapshot, page->area, &round, &found);
    SimilarText asked = {page_query(page, "words"), 0};
    if (!err && found) {
        err = similar_fill(page, snapshot, round.id, asked, &view.similar);
    }
    if (err) {
        return err;
    }
    frame->back = page_path(page, "/a/{area}/proposals", 0);
    Out out = page_out(page);
    proposal_similar_page(&out, &view);
    return NULL;
}

/* --- merging ---------------------------------------------------------------------------- */

typedef struct MergeInput {
    int64_t version;
    int64_t main;
} MergeInput;

static const Field merge_fields[] = {
    {FIELD_COMMON(MergeInput, version, FIELD_ID, TEXT_proposal_merge_title), .is_required = true},
    {FIELD_COMMON(MergeInput, main, FIELD_ID, TEXT_proposal_merge_field), .is_required = true},
};

const Form proposal_merge_form = FORM("merge", merge_fields, MergeInput);

/* What a search finds instead of those that are like it. */
static Error *fill_found(Page *page, Snapshot *snapshot, const ProposalGetRow *row, MergeView *view)
{
    ProposalListRows rows = {0};
    Str words = search_query(page->arena, view->words);
    Error *err = words.len == 0 ? NULL
                                : sql_proposal_list(snapshot, page->area, row->round_id, 0, words,
                                                    INT64_MAX, FOUND_SHOWN, &rows);
    SimilarLine *lines = arena_array(page->arena, SimilarLine, rows.count);
    size_t count = 0;
    for (size_t i = 0; i < rows.count; i++) {
        const ProposalListRow *found = &rows.rows[i];
        if (found->id != row->id) {
            lines[count++] =
                (SimilarLine){.id = id_text(found->id),
                              .title = found->title,
                              .place = found->place,
                              .chip = proposal_chip(found->state),
                              .state = proposal_state_text(found->state),
                              .link = page_path(page, "/a/{area}/proposals/{id}", found->id)};
        }
    }
    view->similar.lines = lines;
    view->similar.n_lines = count;
    return err;
}

static void fill_merge_form(Page *page, const ProposalGetRow *row, MergeView *view)
{
    MergeInput input = {.version = row->version};
    view->form = page_form_of(page, &proposal_merge_form, &input);
    view->similar.chosen = form_field(view->form, "main")->typed;
}

Error *page_proposal_merge(Page *page, Snapshot *snapshot)
{
    ProposalGetRow row;
    ProposalBehindRow behind = {0};
    Frame *frame = page_frame(page, t_proposal_merge_title(), FRAME_TAB_NONE);
    MergeView view = {.frame = frame, .words = str_trim(page_query(page, "q"))};
    Error *err = proposal_require(page, snapshot, &row);
    if (!err) {
        err = sql_proposal_behind(snapshot, page->area, row.id, 0, &behind);
    }
    if (!err && view.words.len > 0) {
        err = fill_found(page, snapshot, &row, &view);
    } else if (!err) {
        err = similar_fill(page, snapshot, row.round_id, similar_of_row(page->arena, &row),
                           &view.similar);
    }
    if (err) {
        return err;
    }
    view.title = row.title;
    view.need = row.need;
    view.n_along = behind.n_merged;
    view.action = view.search = page_path(page, "/a/{area}/proposals/{id}/merge", row.id);
    view.proposal = frame->back = page_path(page, "/a/{area}/proposals/{id}", row.id);
    if (row.state == PROPOSAL_SUBMITTED || row.state == PROPOSAL_ACCEPTED) {
        fill_merge_form(page, &row, &view);
    }
    Out out = page_out(page);
    proposal_merge_page(&out, &view);
    return NULL;
}

Error *submit_proposal_merge(Page *page, Snapshot *snapshot, const void *input)
{
    const MergeInput *typed = input;
    ProposalMerge *merge = arena_new(page->arena, ProposalMerge);
    *merge =
        (ProposalMerge){page->area, page->ids[0], typed->main, page->who.person, typed->version};
    return page_write_to(page, proposals_merge, merge, 0,
                         page_path(page, "/a/{area}/proposals/{id}", merge->main),
                         TEXT_proposal_merge_done);
}

typedef struct UnmergeInput {
    int64_t main;
} UnmergeInput;

static const Field unmerge_fields[] = {
    {FIELD_COMMON(UnmergeInput, main, FIELD_ID, TEXT_proposal_unmerge_do), .is_required = true},
};

const Form proposal_unmerge_form = FORM("unmerge", unmerge_fields, UnmergeInput);

Error *submit_proposal_unmerge(Page *page, Snapshot *snapshot, const void *input)
{
    const UnmergeInput *typed = input;
    ProposalUnmerge *undo = arena_new(page->arena, ProposalUnmerge);
    *undo = (ProposalUnmerge){page->area, page->ids[0], page->who.person, typed->main};
    return page_write_to(page, proposals_unmerge, undo, 0,
                         page_path(page, "/a/{area}/proposals/{id}", undo->id),
                         TEXT_proposal_unmerge_done);
}

/* --- supporting ------------------------------------------------------------------------- */

typedef struct SupportInput {
    bool back;
} SupportInput;

static const Field support_fields[] = {
    {FIELD_COMMON(SupportInput, back, FIELD_BOX, TEXT_proposal_support_back)},
};

const Form proposal_support_form = FORM("support", support_fields, SupportInput);

Error *submit_proposal_support(Page *page, Snapshot *snapshot, const void *input)
{
    const SupportInput *typed = input;
    if (!proposal_may(page, POLICY_RESIDENT)) {
        return error_make(page->arena, ERROR_FORBIDDEN, "not on the roll of this community");
    }
    ProposalSupport *support = arena_new(page->arena, ProposalSupport);
    *support = (ProposalSupport){page->area, page->ids[0], page->who.person, typed->back};
    return page_write_to(page, proposals_support, support, 0,
                         page_path(page, "/a/{area}/proposals/{id}", support->id),
                         support->is_back ? TEXT_proposal_support_back_done
                                          : TEXT_proposal_support_done);
}

/* --- an adviser ------------------------------------------------------------------------- */

typedef struct AdviserInput {
    int kind;
    Str organisation;
    Str name;
    Str phone;
    Str note;
} AdviserInput;

static const Choice adviser_kinds[] = {
    {"person", ADVISER_PERSON, TEXT_adviser_person},
    {"department", ADVISER_DEPARTMENT, TEXT_adviser_department},
};

static const Field adviser_fields[] = {
    {FIELD_COMMON(AdviserInput, kind, FIELD_CHOICE, TEXT_adviser_kind), .is_required = true,
     .choices = adviser_kinds, .n_choices = countof(adviser_kinds)},
    {FIELD_COMMON(AdviserInput, organisation, FIELD_TEXT, TEXT_adviser_organisation),
     .hint = TEXT_adviser_organisation_hint, .max = ADVISER_ORGANISATION_MAX},
    {FIELD_COMMON(AdviserInput, name, FIELD_TEXT, TEXT_adviser_name),
     .hint = TEXT_adviser_name_hint, .max = PROPOSAL_NAME_MAX},
    {FIELD_COMMON(AdviserInput, phone, FIELD_PHONE, TEXT_proposal_field_phone),
     .hint = TEXT_adviser_phone_hint},
    {FIELD_COMMON(AdviserInput, note, FIELD_TEXT, TEXT_adviser_note),
     .hint = TEXT_adviser_note_hint, .max = ADVISER_NOTE_MAX},
};

const Form proposal_adviser_form = FORM("adviser", adviser_fields, AdviserInput);

Error *page_proposal_adviser(Page *page, Snapshot *snapshot)
{
    ProposalGetRow row;
    Frame *frame = page_frame(page, t_adviser_title(), FRAME_TAB_NONE);
    Error *err = proposal_require(page, snapshot, &row);
    if (err) {
        return err;
    }
    AdviserView view = {.frame = frame,
                        .form = page_form(page, &proposal_adviser_form),
                        .action = page_path(page, "/a/{area}/proposals/{id}/adviser", row.id),
                        .title = row.title,
                        .proposal = page_path(page, "/a/{area}/proposals/{id}", row.id)};
    frame->back = view.proposal;
    Out out = page_out(page);
    proposal_adviser_page(&out, &view);
    return NULL;
}

Error *submit_proposal_adviser(Page *page, Snapshot *snapshot, const void *input)
{
    const AdviserInput *typed = input;
    AdviserNew *new = arena_new(page->arena, AdviserNew);
    *new = (AdviserNew){.area = page->area,
                        .proposal = page->ids[0],
                        .actor = page->who.person,
                        .kind = typed->kind,
                        .organisation = typed->organisation,
                        .name = typed->name,
                        .phone = typed->phone,
                        .note = typed->note};
    return page_write_to(page, proposals_adviser_add, new, 0,
                         page_path(page, "/a/{area}/proposals/{id}", new->proposal),
                         TEXT_adviser_done);
}

typedef struct AdviserEndInput {
    int64_t adviser;
} AdviserEndInput;

static const Field end_fields[] = {
    {FIELD_COMMON(AdviserEndInput, adviser, FIELD_ID, TEXT_adviser_end), .is_required = true},
};

const Form adviser_end_form = FORM("adviser_end", end_fields, AdviserEndInput);

Error *submit_adviser_end(Page *page, Snapshot *snapshot, const void *input)
{
    const AdviserEndInput *typed = input;
    AdviserEnd *end = arena_new(page->arena, AdviserEnd);
    *end = (AdviserEnd){page->area, page->ids[0], typed->adviser, page->who.person};
    return page_write_to(page, proposals_adviser_end, end, 0,
                         page_path(page, "/a/{area}/proposals/{id}", end->proposal),
                         TEXT_adviser_ended);
}
