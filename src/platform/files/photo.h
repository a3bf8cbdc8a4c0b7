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

#include "base/limits.h"
#include "photos_text.h"
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

/* --- one photo that a form may bring -----------------------------------------------------------
 *
 *     typedef struct Input { FileInput photo; bool shown; } Input;      PHOTO_OPTIONAL in its table
 *     Error *err = photo_take(page, s, &typed->photo, "photo", typed->shown, &new->photo);
 *     err = photo_replace(tx, area, actor, &new->photo, &photo_id);              in the use case
 */

typedef struct PhotoGiven {
    const PhotoDraft *draft; /* NULL: none was brought */
    bool is_shown;           /* to everybody; else staff alone get the original */
} PhotoGiven;

/* Two rows of a form's table; `photo_name` and `shown_name` are members of Input.inner. */
#define PHOTO_OPTIONAL(Input, inner, photo_name, shown_name, label_key)                            \
    {FIELD_INSIDE(Input, inner, photo_name, FIELD_FILE, label_key), .hint = TEXT_photo_hint,       \
     .max = LIMIT_UPLOAD_BYTES, .accept = "image/jpeg,image/png,image/webp"},                      \
    {                                                                                              \
        FIELD_INSIDE(Input, inner, shown_name, FIELD_BOX, TEXT_photo_shown)                        \
    }

/* In the handler; errors of photo_prepare() at `field`. A form that was sent before is not decoded
 * again. */
MUST_USE Error *photo_take(Page *page, Snapshot *snapshot, const FileInput *file, const char *field,
                           bool is_shown, PhotoGiven *out);
/* In the use case. *photo is the one there is (0: none), then the one there is now: what was
 * brought takes its place, and it is hidden; when nothing was, it is shown or hidden as asked. */
MUST_USE Error *photo_replace(Tx *tx, int64_t area, int64_t actor, const PhotoGiven *given,
                              int64_t *photo);

/* For staff, of a row's photo; all empty without one. */
typedef struct PhotoView {
    SafeUrl shown; /* empty: kept for staff */
    SafeUrl thumb;
    SafeUrl original;
} PhotoView;
PhotoView photo_view(Arena *arena, int64_t area, int64_t photo, bool is_shown);

/* GET, public, with the content's hash as ETag. */
SafeUrl photo_url(Arena *arena, int64_t area, int64_t photo);
SafeUrl photo_thumb_url(Arena *arena, int64_t area, int64_t photo);
/* GET, staff only, as a download. */
SafeUrl photo_original_url(Arena *arena, int64_t area, int64_t photo);

/* The three routes; a person who is erased is no longer named as who brought a photo. */
extern const Feature photos_feature;

#endif
