/* photo.h: a picture that somebody brings: the original kept privately, a clean copy to show.
 *
 *     PhotoDraft draft;                                   in the handler, before the transaction
 *     Error *err = photo_prepare(page->arena, input->photo.name, input->photo.bytes, &draft);
 *     ...
 *     err = photo_store(tx, area, actor, &draft, &photo); in the use case; keep the id in your row
 *     {{ <img src="{{ photo_url(...) }}"> }}               on the page
 *
 * JPEG, PNG and WebP, told by their first bytes. The copy is upright, at most 1600 pixels wide and
 * high, a JPEG without any metadata (no place, no device, no time); the thumbnail at most 320. A
 * picture is decoded only in the program yuanzhuo-photo, a sandboxed child (photo_child.c).
 */
#ifndef PLATFORM_FILES_PHOTO_H
#define PLATFORM_FILES_PHOTO_H

#include "platform/feature.h"
#include "platform/files/files.h"

typedef struct PhotoDraft {
    FileDraft original; /* points into the caller's bytes */
    FileDraft shown;
    FileDraft thumb;
    int width, height; /* of what is shown */
} PhotoDraft;

/* Takes up to some seconds: on the pool, never in a use case. Errors: FIELD_FILE_TYPE (none of the
 * three kinds, or damaged), FIELD_FILE_SIZE (bytes or pixels), BUSY (it took too long),
 * CONFIGURATION (the child cannot be run). */
MUST_USE Error *photo_prepare(Arena *arena, Str name, Str bytes, PhotoDraft *out);
/* Shown to everybody at once, at photo_url(), until photo_set_shown(). */
MUST_USE Error *photo_store(Tx *tx, int64_t area, int64_t actor, const PhotoDraft *draft,
                            int64_t *out_photo);
/* Not shown: its addresses answer as if there were none; staff still get the original. The room
 * calls it when what the photo belongs to is hidden from the public. */
MUST_USE Error *photo_set_shown(Tx *tx, int64_t area, int64_t photo, bool is_shown);
/* Original and copies are gone from the database; nothing happens when there is no such photo. */
MUST_USE Error *photo_drop(Tx *tx, int64_t area, int64_t photo);

/* GET, public, with the content's hash as ETag. */
SafeUrl photo_url(Arena *arena, int64_t area, int64_t photo);
SafeUrl photo_thumb_url(Arena *arena, int64_t area, int64_t photo);
/* GET, staff only, as a download. */
SafeUrl photo_original_url(Arena *arena, int64_t area, int64_t photo);

/* The three routes; a person who is erased is no longer named as who brought a photo. */
extern const Feature photos_feature;

#endif
