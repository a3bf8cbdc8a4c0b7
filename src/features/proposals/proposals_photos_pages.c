/* proposals_photos_pages.c: photos in the form and on the proposal's page. */
#include "features/proposals/proposals_pages.h"
#include "features/proposals/proposals_photos.h"
#include "platform/files/photo.h"
#include "proposals_photos_sql.h"
#include "proposals_photos_text.h"

Error *photos_prepare(Page *page, const PhotoInputs *typed, ProposalPhotos *out)
{
    const FileInput *files[PROPOSAL_PHOTOS_MAX] = {&typed->photo1, &typed->photo2, &typed->photo3};
    static const char *const names[] = {"photo1", "photo2", "photo3"};
    PhotoDraft *drafts = arena_array(page->arena, PhotoDraft, PROPOSAL_PHOTOS_MAX);
    *out = (ProposalPhotos){.drafts = drafts};
    for (size_t i = 0; i < countof(files); i++) {
        if (files[i]->bytes.len == 0) {
            continue;
        }
        Error *err =
            photo_prepare(page->arena, files[i]->name, files[i]->bytes, &drafts[out->count]);
        if (err) {
            return error_for_field(err, str_from(names[i]));
        }
        out->count++;
    }
    return NULL;
}

/* --- shown ------------------------------------------------------------------- */

static PhotoLine line_of(const Page *page, const ProposalPhotoListRow *row, Str title, size_t no)
{
    return (PhotoLine){.src = photo_url(page->arena, page->area, row->id),
                       .original = photo_original_url(page->arena, page->area, row->id),
                       .alt = t_proposal_photo_alt((int64_t)no, title),
                       .width = row->width,
                       .height = row->height,
                       .is_shown = row->is_shown != 0,
                       .by = row->by_name,
                       .at = row->added_at,
                       .sha256 = hex_text(page->arena, row->sha256),
                       .id = id_text(row->id)};
}

Error *photos_fill(Page *page, Snapshot *snapshot, int64_t proposal, ProposalView *whole)
{
    ProposalPhotoListRows rows;
    PhotosView *view = &whole->photos;
    Error *err = sql_proposal_photo_list(snapshot, page->area, proposal, &rows);
    if (err || rows.count == 0) {
        return err;
    }
    PhotoLine *lines = arena_array(page->arena, PhotoLine, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        lines[i] = line_of(page, &rows.rows[i], whole->title, i + 1);
    }
    view->lines = lines;
    view->n_lines = rows.count;
    view->is_staff = whole->is_staff;
    if (whole->is_staff || whole->is_theirs) {
        view->remove = page_form(page, &proposal_photo_remove_form);
        view->remove_action = page_path(page, "/a/{area}/proposals/{id}/photos/remove", proposal);
    }
    return NULL;
}

Error *photos_free(Page *page, Snapshot *snapshot, int64_t proposal, int64_t *out)
{
    ProposalPhotoListRows rows;
    Error *err = sql_proposal_photo_list(snapshot, page->area, proposal, &rows);
    *out = err ? 0 : PROPOSAL_PHOTOS_MAX - (int64_t)rows.count;
    return err;
}

/* --- taken away -------------------------------------------------------------- */

typedef struct RemoveInput {
    int64_t photo;
} RemoveInput;

static const Field remove_fields[] = {
    {FIELD_COMMON(RemoveInput, photo, FIELD_ID, TEXT_proposal_photo_remove), .is_required = true},
};

const Form proposal_photo_remove_form = FORM("photo-remove", remove_fields, RemoveInput);

Error *submit_photo_remove(Page *page, Snapshot *snapshot, const void *input)
{
    const RemoveInput *typed = input;
    ProposalPhotoRemove *remove = arena_new(page->arena, ProposalPhotoRemove);
    *remove = (ProposalPhotoRemove){page->area, page->ids[0], typed->photo, page->who.person,
                                    proposal_may(page, POLICY_STAFF)};
    return page_write_to(page, proposals_photo_remove, remove, 0,
                         page_path(page, "/a/{area}/proposals/{id}", remove->proposal),
                         TEXT_proposal_photo_removed);
}
