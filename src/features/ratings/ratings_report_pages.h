/* ratings_report_pages.h: what the page files of the report share; for this room only. */
#ifndef FEATURES_RATINGS_RATINGS_REPORT_PAGES_H
#define FEATURES_RATINGS_RATINGS_REPORT_PAGES_H

#include "features/ratings/ratings_report_views.h"
#include "platform/http/http.h"

extern const Form report_form;
extern const Form report_publish_form;
PageHandler page_rating_report;
PageHandler page_rating_report_pdf;
PageHandler page_rating_report_xlsx;
PageHandler page_rating_report_edit;
FormHandler submit_rating_report;
FormHandler submit_rating_report_publish;

/* The figures as a reader sees them, a part after the other. */
void report_parts(const Page *page, const ReportFigures *figures, ReportPartView **out,
                  size_t *out_count);
/* What a figure is of, in the page's language. */
Str report_label(const Page *page, const ReportFigure *figure);
Text report_part_title(ReportPart part);
/* The version asked for (?no=), else the newest published one. NOT_FOUND when that is none. */
MUST_USE Error *report_load(Page *page, Snapshot *s, ReportView *view, ReportFigures *figures);

#endif
