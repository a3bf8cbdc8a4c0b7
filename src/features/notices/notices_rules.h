/* notices_rules.h: what a notice is about, how it leaves the site, when and how often; pure.
 *
 * Start reading at NoticeKind, then NoticeState and notice_after().
 */
#ifndef FEATURES_NOTICES_NOTICES_RULES_H
#define FEATURES_NOTICES_NOTICES_RULES_H

#include "base/clock.h"
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

/* How somebody wants to be told besides the site; stored by number. 1 to 3 leave by themselves. */
typedef enum NoticeChannel {
    NOTICE_BY_SITE = 0,
    NOTICE_BY_SMS = 1,
    NOTICE_BY_WECHAT = 2,
    NOTICE_BY_EMAIL = 3,
    NOTICE_BY_HAND = 4 /* somebody calls, comes or writes */
} NoticeChannel;

/* Where a notice stands on its way to one person; stored by number. */
typedef enum NoticeState {
    NOTICE_WAITING = 1,
    NOTICE_SENDING = 2, /* an attempt is under way, or broke off with the program */
    NOTICE_SENT = 3,
    NOTICE_FAILED = 4, /* certainly not sent */
    NOTICE_UNCLEAR = 5 /* nobody knows; never sent again by itself */
} NoticeState;

/* What an attempt came to; the numbers of SendOutcome. */
typedef enum NoticeOutcome {
    NOTICE_TAKEN = 1,
    NOTICE_LATER = 2,
    NOTICE_SAID_NO = 3,
    NOTICE_NOT_KNOWN = 4
} NoticeOutcome;

#define NOTICE_MOST_TRIES 6

/* After attempt number `tries` (1 ..) came to `outcome`. Only what is certain not to have been
 * taken waits again, longer each time: 1, 5, 30 minutes, 2, 8 hours; *out_at says until when, 0 for
 * states that wait for nothing. */
NoticeState notice_after(NoticeOutcome outcome, int64_t tries, Instant now, Instant *out_at);

/* True from `from` until before `until`, minutes after midnight in China, also when midnight lies
 * between them; never when they are equal. */
bool notice_is_quiet(Instant now, int from, int until);

/* Up to which notice somebody has read: what the form says they were shown, but never beyond the
 * newest id there is, so that nothing that comes later is taken as read. */
int64_t notice_read_to(int64_t shown, int64_t newest);

#endif
