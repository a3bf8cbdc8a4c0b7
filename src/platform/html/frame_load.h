/* frame_load.h: the Frame of a page, from who asks, where, and how they like to look at it. */
#ifndef PLATFORM_HTML_FRAME_LOAD_H
#define PLATFORM_HTML_FRAME_LOAD_H

#include "platform/html/frame.h"
#include "platform/http/http.h"

/* The form name that signing out is posted with (the desk's top bar has that form on every page).
 */
#define SIGN_OUT_FORM "sign-out"

/* What stands around a page, in page->arena. No query: the area and its ancestors came with
 * page->who. The page may change fields of it afterwards (back, subtitle, tab). */
Frame *page_frame(Page *page, Text title, FrameTab tab);
/* The tab bar of an area, for pages that belong to a person and not to a place. */
void frame_tabs(Page *page, int64_t area, Frame *frame);
/* The same for pages without a database (errors): no area. */
void frame_plain(Page *page, Text title, Frame *out);

#endif
