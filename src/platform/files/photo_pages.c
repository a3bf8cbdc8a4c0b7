/* photo_pages.c: the copy for everybody, the original for staff; a photo that a form brings. */
#include "files_sql.h"
#include "platform/files/photo.h"
#include "platform/http/http.h"

SafeUrl photo_url(Arena *arena, int64_t area, int64_t photo)
{
    return url_of(arena, "/a/{area}/photos/{id}", area, photo);
}

SafeUrl photo_thumb_url(Arena *arena, int64_t area, int64_t photo)
{
    return url_of(arena, "/a/{area}/photos/{id}/thumb", area, photo);
}

SafeUrl photo_original_url(Arena *arena, int64_t area, int64_t photo)
{
    return url_of(arena, "/a/{area}/photos/{id}/original", area, photo);
}

PhotoView photo_view(Arena *arena, int64_t area, int64_t photo, bool is_shown)
{
    PhotoView view = {0};
    if (photo != 0) {
        view.original = photo_original_url(arena, area, photo);
    }
    if (photo != 0 && is_shown) {
        view.shown = photo_url(arena, area, photo);
        view.thumb = photo_thumb_url(arena, area, photo);
    }
    return view;
}

Error *photo_take(Page *page, Snapshot *snapshot, const FileInput *file, const char *field,
                  bool is_shown, PhotoGiven *out)
{
    bool was_sent = false;
    *out = (PhotoGiven){.is_shown = is_shown};
    Error *err = file->bytes.len > 0 ? page_was_sent(page, snapshot, &was_sent) : NULL;
    if (err || file->bytes.len == 0 || was_sent) {
        return err;
    }
    PhotoDraft *draft = arena_new(page->arena, PhotoDraft);
    out->draft = draft;
    err = photo_prepare(page->arena, file->name, file->bytes, draft);
    return err ? error_for_field(err, str_from(field)) : NULL;
}

static Error *require_photo(Page *page, Snapshot *snapshot, PhotoGetRow *out)
{
    bool found = false;
    Error *err = sql_photo_get(snapshot, page->area, page->ids[0], out, &found);
    return err || found ? err : error_make(page->arena, ERROR_NOT_FOUND, "no such photo");
}

static Error *require_shown(Page *page, Snapshot *snapshot, PhotoGetRow *out)
{
    Error *err = require_photo(page, snapshot, out);
    return err || out->is_shown ? err : error_make(page->arena, ERROR_NOT_FOUND, "not shown");
}

static Error *answer_file(Page *page, Snapshot *snapshot, int64_t id, File *out)
{
    Error *err = file_read(snapshot, page->area, id, out);
    if (!err) {
        page->content_type = arena_cstr(page->arena, out->media_type);
        buf_str(&page->body, out->bytes);
    }
    return err;
}

static Error *page_photo(Page *page, Snapshot *snapshot)
{
    PhotoGetRow row;
    File file;
    Error *err = require_shown(page, snapshot, &row);
    return err ? err : answer_file(page, snapshot, row.shown_file, &file);
}

static Error *page_photo_thumb(Page *page, Snapshot *snapshot)
{
    PhotoGetRow row;
    File file;
    Error *err = require_shown(page, snapshot, &row);
    return err ? err : answer_file(page, snapshot, row.thumb_file, &file);
}

/* As a download: a stranger's bytes are never opened as a page of ours. */
static Error *page_photo_original(Page *page, Snapshot *snapshot)
{
    PhotoGetRow row;
    File file;
    Error *err = require_photo(page, snapshot, &row);
    if (!err) {
        err = answer_file(page, snapshot, row.original_file, &file);
    }
    if (!err) {
        page->download_name = file.name.len > 0 ? file.name : STR("photo");
    }
    return err;
}

/* The same bytes for everybody: a browser that has them asks only whether they are still right. */
static const Route routes[] = {
    {HTTP_GET, "/a/{area}/photos/{id}", POLICY_PUBLIC, page_photo, NULL, NULL, ROUTE_PLAIN_CACHE},
    {HTTP_GET, "/a/{area}/photos/{id}/thumb", POLICY_PUBLIC, page_photo_thumb, NULL, NULL,
     ROUTE_PLAIN_CACHE},
    ROUTE_GET("/a/{area}/photos/{id}/original", POLICY_STAFF, page_photo_original),
};

static Error *erase_person(Tx *tx, int64_t person, Instant now)
{
    return sql_photo_erase_person(tx, person, NULL);
}

const Feature photos_feature = {
    .name = "files", .routes = routes, .n_routes = countof(routes), .erase_person = erase_person};
