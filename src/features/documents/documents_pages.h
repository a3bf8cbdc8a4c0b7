/* documents_pages.h: the pages of this room, for its own files. */
#ifndef FEATURES_DOCUMENTS_DOCUMENTS_PAGES_H
#define FEATURES_DOCUMENTS_DOCUMENTS_PAGES_H

#include "features/documents/documents_views.h"
#include "platform/http/http.h"

#define DOCUMENT_KINDS 5
extern const Choice document_kinds[DOCUMENT_KINDS];

SafeUrl document_url(const Page *page, int64_t document, const char *rest);
SafeUrl documents_url(const Page *page, const char *rest);
SafeUrl document_round_url(const Page *page, int64_t round, const char *rest);
/* Kind, number and whose it is, in one line. */
Text document_facts(const Page *page, int64_t kind, Str number, Str area_name, Str area_name_en);
bool document_may_keep(const Page *page);

extern const Form document_form, document_renew_form, document_end_form, document_attach_form;

PageHandler page_documents, page_document, page_document_file, page_document_new,
    page_document_renew, page_document_end, page_round_documents, page_document_attach;
FormHandler submit_document, submit_document_renew, submit_document_end, submit_document_attach;

#endif
