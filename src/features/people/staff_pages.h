/* staff_pages.h: between the files of the pages about staff. */
#ifndef FEATURES_PEOPLE_STAFF_PAGES_H
#define FEATURES_PEOPLE_STAFF_PAGES_H

#include "features/people/people_staff.h"
#include "features/people/people_staff_views.h"
#include "people_staff_sql.h"

/* 社区书记·桂竹社区 */
Text staff_what(Page *page, const StaffGetRow *row);
/* The appointment of the address, in the page's area or below; NOT_FOUND. */
MUST_USE Error *staff_require(Page *page, Snapshot *snapshot, int64_t grant, StaffGetRow *out);

/* staff_pages.c */
Error *page_staff_list(Page *page, Snapshot *snapshot);
Error *page_staff(Page *page, Snapshot *snapshot);

/* staff_act_pages.c */
extern const Form staff_new_form;
extern const Form staff_revoke_form;
extern const Form staff_code_form;
Error *page_staff_new(Page *page, Snapshot *snapshot);
Error *submit_staff_new(Page *page, Snapshot *snapshot, const void *input);
Error *page_staff_revoke(Page *page, Snapshot *snapshot);
Error *submit_staff_revoke(Page *page, Snapshot *snapshot, const void *input);
Error *page_staff_code(Page *page, Snapshot *snapshot);
Error *submit_staff_code(Page *page, Snapshot *snapshot, const void *input);

#endif
