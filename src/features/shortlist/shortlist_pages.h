/* shortlist_pages.h: what the page files of this room share; for this room only. */
#ifndef FEATURES_SHORTLIST_SHORTLIST_PAGES_H
#define FEATURES_SHORTLIST_SHORTLIST_PAGES_H

#include "features/shortlist/shortlist_views.h"
#include "platform/html/frame_load.h"
#include "platform/http/http.h"

extern const Form shortlist_deal_form;
extern const Form shortlist_table_form;
extern const Form shortlist_remove_form;
extern const Form shortlist_package_form;
extern const Form shortlist_rank_form;
extern const Form shortlist_hall_form;
extern const Form shortlist_fix_form;
PageHandler page_shortlist;
PageHandler page_shortlist_result;
PageHandler page_shortlist_sheet;
PageHandler page_shortlist_table_new;
PageHandler page_shortlist_table;
PageHandler page_shortlist_package;
PageHandler page_shortlist_rank;
PageHandler page_shortlist_hall;
PageHandler page_shortlist_fix;
FormHandler submit_shortlist_deal;
FormHandler submit_shortlist_table_new;
FormHandler submit_shortlist_table;
FormHandler submit_shortlist_remove;
FormHandler submit_shortlist_package;
FormHandler submit_shortlist_rank;
FormHandler submit_shortlist_hall;
FormHandler submit_shortlist_fix;

/* 第 3 桌, with its name where it has one. */
Text shortlist_table_text(const TableInfo *table);
/* Works here, and so sees whole names and may do what staff do. */
bool shortlist_is_staff(const Page *page);
/* Staff, or the table's own recorder. */
bool shortlist_may_record(const Page *page, const TableInfo *table);
/* The table page->ids[0] with all of its round; NOT_FOUND. */
MUST_USE Error *shortlist_load_table(Page *page, Snapshot *s, Shortlist **out,
                                     const TableInfo **out_table);
/* The list as it is fixed, or as it would be, in its order; those that are on it first. One query
 * when it is fixed. */
MUST_USE Error *shortlist_load_lines(Page *page, Snapshot *s, Shortlist *all, const ShortLine **in,
                                     size_t *n_in, const ShortLine **out, size_t *n_out);
/* Somebody whose name only one person on the roll has is that person: sets id from name. */
MUST_USE Error *shortlist_find_people(Page *page, Snapshot *s, TablePerson *const *people,
                                      size_t n_people);

#endif
