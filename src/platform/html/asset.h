/* asset.h: the files embedded in the program (style sheet, mark, scripts).
 *
 * tools/embed writes the table. The address holds a hash of the content, so answers may be cached
 * for ever; `gzip` is what browsers get, `plain` the same bytes unpacked.
 * In a template: <link rel="stylesheet" href="{{ asset("yuanzhuo.css") }}">
 */
#ifndef PLATFORM_HTML_ASSET_H
#define PLATFORM_HTML_ASSET_H

#include "base/str.h"
#include "platform/html/out.h"

typedef struct Asset {
    const char *name;       /* "yuanzhuo.css" */
    const char *url;        /* "/assets/yuanzhuo-0123456789.css" */
    const char *media_type; /* "text/css; charset=utf-8" */
    const char *etag;       /* quoted */
    const unsigned char *gzip;
    size_t gzip_size;
    const unsigned char *plain;
    size_t plain_size;
} Asset;

extern const Asset assets[];
extern const size_t asset_count;

/* The asset at this address path, or NULL. */
const Asset *asset_find(Str url_path);
/* The address of an embedded file; panics for a name that is not embedded. */
const char *asset_url(const char *name);
SafeUrl asset(const char *name);

#endif
