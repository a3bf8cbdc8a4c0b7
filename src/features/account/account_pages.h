/* account_pages.h: between the files of this room's pages. */
#ifndef FEATURES_ACCOUNT_ACCOUNT_PAGES_H
#define FEATURES_ACCOUNT_ACCOUNT_PAGES_H

#include "features/account/account.h"
#include "features/account/account_views.h"
#include "features/people/people.h"

/* account_pages.c */
extern const Form sign_out_form;
/* Where a person goes when nothing else was asked for: staff to their desk, administrators to the
 * tree they keep, residents to their community, others to the choice of communities. */
MUST_USE Error *account_start(Page *page, Snapshot *snapshot, int64_t person, SafeUrl *out);

/* The desk for those who have one there, the tree for its administrator, else the area's home. */
SafeUrl account_place_link(Arena *arena, const PersonPlace *place);

/* me_pages.c */
Error *page_me(Page *page, Snapshot *snapshot);
Error *page_my_data(Page *page, Snapshot *snapshot);

/* sessions_pages.c */
extern const Form end_others_form;
/* The part of one's own page that says where one is signed in. */
MUST_USE Error *show_sessions(Page *page, Snapshot *snapshot, AccountView *view);
Error *submit_end_others(Page *page, Snapshot *snapshot, const void *unused);

/* password_pages.c */
extern const Form new_password_form;
Error *page_password(Page *page, Snapshot *snapshot);
Error *submit_password(Page *page, Snapshot *snapshot, const void *input);

/* look_pages.c */
Error *page_look(Page *page, Snapshot *snapshot);
Error *page_care(Page *page, Snapshot *snapshot);

#endif
