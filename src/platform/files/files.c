#include "platform/files/files.h"

#include <sodium.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "files_sql.h"

#define PAPER_NAME_MAX 60

/* Old browsers send the whole path. */
static Str last_part(Str name)
{
    size_t start = 0;
    for (size_t i = 0; i < name.len; i++) {
        if (name.data[i] == '/' || name.data[i] == '\\') {
            start = i + 1;
        }
    }
    return str_slice(name, start, name.len);
}

static Hash32 sha256(Str bytes)
{
    Hash32 hash;
    crypto_hash_sha256(hash.bytes, (const unsigned char *)bytes.data, bytes.len);
    return hash;
}

Error *file_prepare(Arena *arena, Str name, Str media_type, Str bytes, FileDraft *out)
{
    if (bytes.len > LIMIT_UPLOAD_BYTES) {
        return error_make(arena, ERROR_TOO_LARGE, "file of %zu bytes", bytes.len);
    }
    *out = (FileDraft){
        .name = last_part(name), .media_type = media_type, .bytes = bytes, .sha256 = sha256(bytes)};
    return NULL;
}

/* --- papers ------------------------------------------------------------------ */

typedef struct Opening {
    const char *bytes;
    size_t length;
    const char *type;
} Opening;

const char *file_media_type(Str bytes)
{
    static const Opening openings[] = {
        {"%PDF-", 5, "application/pdf"},
        {"\xff\xd8\xff", 3, "image/jpeg"},
        {"\x89PNG\r\n\x1a\n", 8, "image/png"},
        {"PK\x03\x04", 4, "application/octet-stream"},       /* docx, xlsx, ofd */
        {"\xd0\xcf\x11\xe0", 4, "application/octet-stream"}, /* doc, xls, wps */
    };
    for (size_t i = 0; i < countof(openings); i++) {
        if (bytes.len > openings[i].length &&
            memcmp(bytes.data, openings[i].bytes, openings[i].length) == 0) {
            return openings[i].type;
        }
    }
    return NULL;
}

Error *file_take(Arena *arena, Str name, Str bytes, const char *field, FileDraft *out)
{
    *out = (FileDraft){0};
    if (bytes.len == 0) {
        return NULL;
    }
    const char *type = file_media_type(bytes);
    if (!type) {
        return error_at(arena, ERROR_FIELD_DOCUMENT, field, 0);
    }
    return file_prepare(arena, name.len > 0 ? utf8_first(name, PAPER_NAME_MAX) : str_from(field),
                        str_from(type), bytes, out);
}

/* --- keeping ----------------------------------------------------------------- */

Error *file_store(Tx *tx, int64_t area, const FileDraft *draft, int64_t *out_id)
{
    int64_t id = tx_new_id(tx);
    Error *err =
        sql_file_add(tx, area, id, draft->name, draft->media_type, (int64_t)draft->bytes.len,
                     hash_str(&draft->sha256), tx_now(tx), NULL);
    int64_t no = 0;
    for (size_t at = 0; !err && at < draft->bytes.len; at += FILE_CHUNK_BYTES) {
        Str chunk = str_slice(draft->bytes, at, at + FILE_CHUNK_BYTES);
        err = sql_file_add_chunk(tx, area, id, no++, chunk, NULL);
    }
    *out_id = id;
    return err;
}

static Error *damaged(Snapshot *snapshot, int64_t id)
{
    return error_make(snapshot_arena(snapshot), ERROR_DATABASE, "file %lld is damaged",
                      (long long)id);
}

static Error *join_chunks(Snapshot *snapshot, int64_t area, int64_t id, size_t size, Str *out)
{
    FileChunksRows chunks;
    Error *err = sql_file_chunks(snapshot, area, id, &chunks);
    if (err) {
        return err;
    }
    char *bytes = arena_array(snapshot_arena(snapshot), char, size + 1);
    size_t at = 0;
    for (size_t i = 0; i < chunks.count; i++) {
        Str chunk = chunks.rows[i].bytes;
        if (chunk.len > size - at) {
            return damaged(snapshot, id);
        }
        memcpy(bytes + at, chunk.data, chunk.len);
        at += chunk.len;
    }
    *out = str_from_bytes(bytes, at);
    return at == size ? NULL : damaged(snapshot, id);
}

Error *file_read(Snapshot *snapshot, int64_t area, int64_t id, File *out)
{
    FileGetRow row;
    Error *err = sql_file_get(snapshot, area, id, &row);
    if (err) {
        return err;
    }
    bool is_sane = row.bytes >= 0 && row.bytes <= LIMIT_UPLOAD_BYTES && row.sha256.len == 32;
    if (!is_sane) {
        return damaged(snapshot, id);
    }
    *out = (File){.name = row.name, .media_type = row.media_type, .created_at = row.created_at};
    err = join_chunks(snapshot, area, id, (size_t)row.bytes, &out->bytes);
    if (err) {
        return err;
    }
    out->sha256 = sha256(out->bytes);
    return str_eq(hash_str(&out->sha256), row.sha256) ? NULL : damaged(snapshot, id);
}

Error *file_drop(Tx *tx, int64_t area, int64_t id)
{
    Error *err = sql_file_remove_chunks(tx, area, id, NULL);
    return err ? err : sql_file_remove(tx, area, id, NULL);
}
