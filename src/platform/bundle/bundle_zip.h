/* bundle_zip.h: a few named texts as a .zip in memory, and back (minizip). */
#ifndef PLATFORM_BUNDLE_BUNDLE_ZIP_H
#define PLATFORM_BUNDLE_BUNDLE_ZIP_H

#include "base/buf.h"
#include "base/error.h"

#define ZIP_MEMBERS_MAX 64

typedef struct ZipMember {
    Str name; /* "election.pb": no folders */
    Str bytes;
} ZipMember;

/* Appends the archive to `out`; the same members give the same bytes at any time. Errors:
 * ERROR_TOO_LARGE when out overflows. */
MUST_USE Error *bundle_zip_write(Arena *arena, const ZipMember *members, size_t n_members,
                                 Buf *out);

/* All members, in the order of the archive, in the arena. At most ZIP_MEMBERS_MAX of them, with
 * max_bytes together (so that a small file cannot unfold into a large one), each name once. Errors:
 * ERROR_BAD_REQUEST; detail says what is wrong. */
MUST_USE Error *bundle_zip_read(Arena *arena, Str bytes, size_t max_bytes, ZipMember **out_members,
                                size_t *out_count);

#endif
