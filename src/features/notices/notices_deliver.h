/* notices_deliver.h: notices on their way out of the site; for this room and its tests.
 *
 * The way of one: notices_spread() makes a row for each person who wants it sent; notices_take()
 * notes an attempt before it is made; notices_settle() notes what came of that attempt and of no
 * other; notices_give_up() calls unclear what was left under way. Start reading at
 * notices_deliver().
 */
#ifndef FEATURES_NOTICES_NOTICES_DELIVER_H
#define FEATURES_NOTICES_NOTICES_DELIVER_H

#include "features/notices/notices_pages.h"

typedef struct NoticeTaken {
    bool found; /* false: nothing waits */
    int64_t area, notice, person;
    int64_t attempt;
    int64_t tries; /* this one counted */
    NoticeChannel channel;
    NoticeKind kind;
    Str words, link, area_name;
    Str to; /* telephone or e-mail; may be empty */
} NoticeTaken;

typedef struct NoticeSettle {
    const NoticeTaken *taken;
    NoticeOutcome outcome;
    int64_t reason; /* SendReason */
    int64_t status;
} NoticeSettle;

/* UseCases: nothing → bool (nothing is left to be spread); nothing → NoticeTaken; NoticeSettle →
 * nothing; nothing → nothing. */
Error *notices_spread(Tx *tx, const void *input, Instant now, void *output);
Error *notices_take(Tx *tx, const void *input, Instant now, void *output);
Error *notices_settle(Tx *tx, const void *input, Instant now, void *unused);
Error *notices_give_up(Tx *tx, const void *input, Instant now, void *unused);

/* Job: all of it; nothing at all where no way out is configured. */
MUST_USE Error *notices_deliver(App *app, Arena *arena);

/* --- what people decide ------------------------------------------------------------------------
 */

#define NOTICE_HAND_MOST 50

typedef enum NoticeHandAct { NOTICE_HAND_TOLD = 1, NOTICE_HAND_AGAIN = 2 } NoticeHandAct;

typedef struct NoticesHand {
    int64_t area;
    int64_t round;
    int64_t actor; /* staff, by the route's policy */
    NoticeHandAct act;
    int64_t notice; /* to everybody: `chosen` are people; 0: `chosen` are notices to one each */
    IdList chosen;
} NoticesHand;

/* UseCase: NoticesHand → nothing. Told: somebody called, came or wrote. Again: sent once more, for
 * what has failed or is unclear, and nothing else. What has changed meanwhile is passed over;
 * VERSION_CONFLICT when that is all; FIELD_MISSING at `chosen` when there is none. */
Error *notices_hand(Tx *tx, const void *input, Instant now, void *output);

#endif
