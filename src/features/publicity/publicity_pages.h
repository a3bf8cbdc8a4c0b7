/* publicity_pages.h: what the page files of this room share; for this room only. */
#ifndef FEATURES_PUBLICITY_PUBLICITY_PAGES_H
#define FEATURES_PUBLICITY_PUBLICITY_PAGES_H

#include "features/areas/areas.h"
#include "features/publicity/publicity_views.h"
#include "platform/http/http.h"
#include "publicity_sql.h"

/* The publication, or NOT_FOUND. */
Error *publicity_require(Page *page, Snapshot *s, int64_t publication, PublicationGetRow *out);
/* Result and winners of the poll of a publication: two queries. */
Error *publicity_load_result(Page *page, Snapshot *s, int64_t poll, PublishedResult *result,
                             WinnerView **out_winners, size_t *out_count);
/* The body of residents that signs notices here: 桂竹社区居民委员会. */
Text publicity_signed(const Page *page, const Area *area);
/* The text cut at its newlines, empty lines left out. */
const Str *publicity_paragraphs(Arena *arena, Str words, size_t *out_count);

extern const Form publication_form;
extern const Form objection_form;
extern const Form answer_form;
PageHandler page_publication_list;
PageHandler page_publication;
PageHandler page_publication_notice;
PageHandler page_publication_pdf;
PageHandler page_publish;
PageHandler page_object;
PageHandler page_answer;
FormHandler submit_publish;
FormHandler submit_object;
FormHandler submit_answer;

/* What a notice says; `frame` and the links to its PDFs are left to the caller. */
MUST_USE Error *publicity_load_notice(Page *page, Snapshot *s, NoticeView *view);

#endif
