/* proposals_photos.h: the photos of a proposal; for this room only.
 *
 * Everybody who sees the proposal sees the clean copies; staff see besides who brought one and
 * when, its hash, and a link to the original. A proposal that is withdrawn hides its photos. The
 * proposer and staff may take one away: its bytes are gone, the journal keeps its hash.
 */
#ifndef FEATURES_PROPOSALS_PROPOSALS_PHOTOS_H
#define FEATURES_PROPOSALS_PROPOSALS_PHOTOS_H

#include "features/proposals/proposals.h"
#include "features/proposals/proposals_views.h"
#include "platform/form/form.h"
#include "platform/http/http.h"
#include "proposals_photos_text.h"

/* --- in a form -------------------------------------------------------------- */

/* One field each, because a browser without scripts offers one file a field. */
typedef struct PhotoInputs {
    FileInput photo1, photo2, photo3;
} PhotoInputs;

#define PHOTO_FIELD(Input, member)                                                                 \
    FIELD_INSIDE(Input, photos, member, FIELD_FILE, TEXT_proposal_field_##member),                 \
        .max = LIMIT_UPLOAD_BYTES, .accept = "image/jpeg,image/png,image/webp"
/* For an input struct with a member `PhotoInputs photos`. */
#define PHOTO_FIELDS(Input)                                                                        \
    {PHOTO_FIELD(Input, photo1), .hint = TEXT_proposal_field_photo_hint},                          \
        {PHOTO_FIELD(Input, photo2)},                                                              \
    {                                                                                              \
        PHOTO_FIELD(Input, photo3)                                                                 \
    }

/* Decodes what was brought, in the handler. Errors of photo_prepare(), at the field. */
MUST_USE Error *photos_prepare(Page *page, const PhotoInputs *typed, ProposalPhotos *out);

/* --- inside a use case ------------------------------------------------------ */

/* PROPOSAL_PHOTOS (number), at the first field, when there would be too many. */
MUST_USE Error *photos_keep(Tx *tx, int64_t area, int64_t proposal, int64_t actor,
                            const ProposalPhotos *photos);
/* The public does not get them any more. */
MUST_USE Error *photos_hide(Tx *tx, int64_t area, int64_t proposal);
/* Of every proposal of this person; before they are taken out of their proposals. */
MUST_USE Error *photos_erase_person(Tx *tx, int64_t person);
MUST_USE Error *photos_export_person(Snapshot *snapshot, int64_t person, Buf *out);

/* --- on a page -------------------------------------------------------------- */

MUST_USE Error *photos_fill(Page *page, Snapshot *snapshot, int64_t proposal, ProposalView *whole);
/* How many may still be brought. */
MUST_USE Error *photos_free(Page *page, Snapshot *snapshot, int64_t proposal, int64_t *out);

extern const Form proposal_photo_remove_form;
FormHandler submit_photo_remove;

#endif
