/* people_pages.h: between the files of this room's pages. */
#ifndef FEATURES_PEOPLE_PEOPLE_PAGES_H
#define FEATURES_PEOPLE_PEOPLE_PAGES_H

#include "features/people/people.h"
#include "features/people/people_views.h"

/* 1961年4月; the year alone; 未登记. */
Text people_birth_text(int64_t year, int64_t month);
bool people_may_manage(const Page *page);

/* people_pages.c */
Error *page_person_list(Page *page, Snapshot *snapshot);
/* person_pages.c */
extern const Form person_new_form;
extern const Form person_code_form;
Error *page_person_new(Page *page, Snapshot *snapshot);
Error *submit_person_new(Page *page, Snapshot *snapshot, const void *input);
Error *page_person(Page *page, Snapshot *snapshot);
Error *submit_person_code(Page *page, Snapshot *snapshot, const void *input);
/* people_print.c */
Error *people_slip_pdf(Page *page, const PersonSlipView *view);
/* person_erase_pages.c */
extern const Form person_erase_form;
Error *page_person_erase(Page *page, Snapshot *snapshot);
Error *submit_person_erase(Page *page, Snapshot *snapshot, const void *input);
/* import_pages.c */
extern const Form import_form;
extern const Form import_accept_form;
extern const Form import_drop_form;
extern const Form import_undo_form;
Error *page_import_new(Page *page, Snapshot *snapshot);
Error *submit_import(Page *page, Snapshot *snapshot, const void *input);
Error *submit_accept(Page *page, Snapshot *snapshot, const void *input);
Error *submit_drop(Page *page, Snapshot *snapshot, const void *input);
Error *submit_undo(Page *page, Snapshot *snapshot, const void *input);
/* import_view_pages.c */
Error *page_import(Page *page, Snapshot *snapshot);
Error *page_import_list(Page *page, Snapshot *snapshot);

#endif
