/* error_page.h: an error as a page: what happened, what to do, a way back. */
#ifndef PLATFORM_HTML_ERROR_PAGE_H
#define PLATFORM_HTML_ERROR_PAGE_H

#include "platform/http/http.h"

/* Writes page->body; page->status stays. Needs no database. */
void error_page(Page *page, const Error *error);

#endif
