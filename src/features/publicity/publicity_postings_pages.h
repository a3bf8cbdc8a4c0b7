/* publicity_postings_pages.h: what the page files about postings share; for this room only. */
#ifndef FEATURES_PUBLICITY_PUBLICITY_POSTINGS_PAGES_H
#define FEATURES_PUBLICITY_PUBLICITY_POSTINGS_PAGES_H

#include "features/publicity/publicity_postings_views.h"
#include "platform/http/http.h"
#include "publicity_postings_sql.h"

/* Where a publication hangs, for its public page. One query. */
MUST_USE Error *postings_load_public(Page *page, Snapshot *s, int64_t publication,
                                     PostedLines *out);

extern const Form posting_form, posting_down_form, posting_correct_form;

PageHandler page_postings, page_posting, page_posting_new, page_posting_down, page_posting_correct,
    page_posting_withdraw;
FormHandler submit_posting, submit_posting_down, submit_posting_correct, submit_posting_withdraw;

#endif
