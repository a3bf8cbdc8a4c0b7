/* page_ask.h: one page as somebody sees it, without a server. */
#ifndef TESTS_SUPPORT_PAGE_ASK_H
#define TESTS_SUPPORT_PAGE_ASK_H

#include "platform/http/app.h"

typedef struct PageAsked {
    Db *db;
    const Feature *room;
    const char *path; /* as the room's GET route is written */
    int64_t area, id; /* id: of the path, or 0 */
    Role role;        /* of the visitor in the area; ROLE_NONE: signed in only */
    int64_t person;   /* the visitor; 0: nobody signed in */
} PageAsked;

/* What the handler wrote, in Chinese; the policy is checked first. `arena` keeps it. */
MUST_USE Error *page_ask(Arena *arena, const PageAsked *asked, Str *out_body);

#endif
