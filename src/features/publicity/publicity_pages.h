/* publicity_pages.h: what the page files of this room share; for this room only. */
#ifndef FEATURES_PUBLICITY_PUBLICITY_PAGES_H
#define FEATURES_PUBLICITY_PUBLICITY_PAGES_H

#include "features/areas/areas.h"
#include "features/publicity/publicity_views.h"
#include "platform/http/http.h"
#include "publicity_content_sql.h"
#include "publicity_sql.h"

/* The publication, or NOT_FOUND. */
Error *publicity_require(Page *page, Snapshot *s, int64_t publication, PublicationGetRow *out);
typedef struct ContentQuery {
    int64_t publication; /* 0: what one would show now */
    int64_t round;
    PublicationSubject subject;
    int64_t poll;           /* of a ballot, else 0 */
    PublishedResult result; /* likewise */
} ContentQuery;

/* One or two queries. */
MUST_USE Error *publicity_load_content(Page *page, Snapshot *s, const ContentQuery *query,
                                       PublishedContent *out);
/* What a publication has shown from the day it went out. */
MUST_USE Error *publicity_load_kept(Page *page, Snapshot *s, const PublicationGetRow *row,
                                    PublishedContent *out);
/* The body of residents that signs notices here: 桂竹社区居民委员会. */
Text publicity_signed(const Page *page, const Area *area);
/* What it shows, with its figures. */
Text publicity_in_a_sentence(const PublishedContent *c);
/* The text cut at its newlines, empty lines left out. */
const Str *publicity_paragraphs(Arena *arena, Str words, size_t *out_count);

extern const Form publication_form;
extern const Form correction_form;
extern const Form objection_form;
extern const Form answer_form;
PageHandler page_publication_list;
PageHandler page_publication;
PageHandler page_publication_notice;
PageHandler page_publication_pdf;
PageHandler page_publication_texts;
PageHandler page_publish;
PageHandler page_correct;
PageHandler page_object;
PageHandler page_answer;
FormHandler submit_publish;
FormHandler submit_correct;
FormHandler submit_object;
FormHandler submit_answer;

/* What a notice says; `frame` and the links to its PDFs are left to the caller. */
MUST_USE Error *publicity_load_notice(Page *page, Snapshot *s, NoticeView *view);

#endif
