/* notices_rules.h: what a notice is about; pure. */
#ifndef FEATURES_NOTICES_NOTICES_RULES_H
#define FEATURES_NOTICES_NOTICES_RULES_H

#include "base/str.h"

/* What it tells; stored by number in notice.kind. */
typedef enum NoticeKind {
    NOTICE_ACCEPTED = 1,
    NOTICE_REFUSED = 2,
    NOTICE_MERGED = 3,
    NOTICE_REPLY = 4, /* the community's answer to a proposal can be read */
    NOTICE_VOTE = 5,
    NOTICE_OBJECTION = 6, /* an objection has its answer */
    NOTICE_FILING = 7,    /* staff: the street has returned a project */
    NOTICE_BUILT = 8,
    NOTICE_RATING = 9,
    NOTICE_UNMERGED = 10
} NoticeKind;

/* Up to which notice somebody has read: what the form says they were shown, but never beyond the
 * newest id there is, so that nothing that comes later is taken as read. */
int64_t notice_read_to(int64_t shown, int64_t newest);

#endif
