/* notices.h: telling people, for the rooms where something happens.
 *
 * The functions that send are called in the transaction of the fact they tell, so that a notice is
 * there exactly when the fact is. They write the sentence in both languages; who is told reads it
 * at /me/notices. Start reading at Notice and notices_send().
 */
#ifndef FEATURES_NOTICES_NOTICES_H
#define FEATURES_NOTICES_NOTICES_H

#include "features/notices/notices_rules.h"
#include "platform/db/db.h"
#include "platform/feature.h"

extern const Feature notices_feature;

typedef struct Notice {
    int64_t area; /* where it happened */
    int64_t round;
    NoticeKind kind;
    Text words;   /* what happened, and what can be done; no phone, no address */
    SafeUrl link; /* where it can be seen */
} Notice;

/* To one person; 0 is nobody, and nothing is written. */
MUST_USE Error *notices_send(Tx *tx, const Notice *notice, int64_t person, Instant now);
/* To everybody who stands on the roll of the area, now or by the time they look. One row. */
MUST_USE Error *notices_send_all(Tx *tx, const Notice *notice, Instant now);
/* To those who hold the round together there today: community workers and secretary. */
MUST_USE Error *notices_send_office(Tx *tx, const Notice *notice, Instant now);

typedef struct NoticesRead {
    int64_t person;
    int64_t shown; /* the newest notice on the page they saw */
} NoticesRead;

/* UseCase: NoticesRead → nothing. Everything up to there is read; never goes back. */
Error *notices_read(Tx *tx, const void *input, Instant now, void *output);

typedef struct NoticesChoose {
    int64_t person;
    NoticeChannel channel; /* offered by the installation: the page's to know */
    Str email;             /* for NOTICE_BY_EMAIL; dropped with any other */
} NoticesChoose;

/* UseCase: NoticesChoose → nothing. How they are told besides the site, from the next notice on.
 * FIELD_MISSING or FIELD_NOT_EMAIL at `email`; NOTICE_NO_PHONE at `channel` when the roll has no
 * number for them. */
Error *notices_choose(Tx *tx, const void *input, Instant now, void *output);

#endif
