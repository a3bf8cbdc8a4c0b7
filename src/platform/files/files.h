/* files.h: bytes that people bring, in the database in chunks of 64 KiB, with their SHA-256. */
#ifndef PLATFORM_FILES_FILES_H
#define PLATFORM_FILES_FILES_H

#include "platform/auth/secret.h"
#include "platform/db/db.h"

#define FILE_CHUNK_BYTES (64 * 1024)

/* Made outside the transaction, because hashing megabytes takes time. Points into the caller's
 * bytes. */
typedef struct FileDraft {
    Str name; /* as the person's device called it, without folders */
    Str media_type;
    Str bytes;
    Hash32 sha256;
} FileDraft;

/* TOO_LARGE over LIMIT_UPLOAD_BYTES. */
MUST_USE Error *file_prepare(Arena *arena, Str name, Str media_type, Str bytes, FileDraft *out);
/* A paper that somebody brings with a form: its kind told by its first bytes (file_media_type), its
 * name cut to 60 characters, the field's name when it has none. No bytes: an empty draft. At
 * `field` FIELD_DOCUMENT for another kind of file. */
MUST_USE Error *file_take(Arena *arena, Str name, Str bytes, const char *field, FileDraft *out);
/* PDF, JPEG, PNG, or office files (application/octet-stream, downloaded, never shown). NULL for
 * anything else. */
const char *file_media_type(Str bytes);
MUST_USE Error *file_store(Tx *tx, int64_t area, const FileDraft *draft, int64_t *out_id);

typedef struct File {
    Str name;
    Str media_type;
    Str bytes;
    Hash32 sha256;
    Instant created_at;
} File;

/* NOT_FOUND; DATABASE when the bytes do not have the recorded length or hash. */
MUST_USE Error *file_read(Snapshot *snapshot, int64_t area, int64_t id, File *out);
MUST_USE Error *file_drop(Tx *tx, int64_t area, int64_t id);

#endif
