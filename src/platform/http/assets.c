/* assets.c: files embedded in the program, at addresses that change with their content. */
#include "platform/html/asset.h"
#include "platform/http/reply.h"
#include "platform/http/visit.h"

static void send_asset(Request *request, const Asset *found)
{
    bool packed = accepts_gzip(request->headers.accept_encoding) && found->gzip_size > 0;
    reply_header(request, "Content-Type", found->media_type);
    reply_header(request, "Cache-Control", "public, max-age=31536000, immutable");
    reply_header(request, "Vary", "Accept-Encoding");
    reply_header(request, "ETag", found->etag);
    if (str_contains(request->headers.if_none_match, str_from(found->etag))) {
        request->reply.status = 304;
        return;
    }
    if (packed) {
        reply_header(request, "Content-Encoding", "gzip");
    }
    const void *bytes = packed ? found->gzip : found->plain;
    request->reply.fixed = str_from_bytes(bytes, packed ? found->gzip_size : found->plain_size);
    request->reply.status = 200;
}

bool asset_answer(Request *request, bool is_tls)
{
    if (!str_starts_with(request->target, STR("/assets/"))) {
        return false;
    }
    request->route = "/assets/{word}";
    const Asset *found = asset_find(request->target);
    if (request->method != HTTP_GET) {
        reply_header(request, "Allow", "GET, HEAD");
        reply_plain(request, 405, false);
    } else if (!found) {
        reply_plain(request, 404, false);
    } else {
        send_asset(request, found);
        reply_security_headers(request, is_tls);
    }
    return true;
}
