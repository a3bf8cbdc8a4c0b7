/* replies.h: answers to proposals that were refused, merged, lost or left out, for other rooms.
 *
 * Life of an answer: the record says somebody is owed one (ReplyCase) → a member of staff reads
 * what the record suggests, changes it and saves it → it is delivered, by itself on line, else by a
 * person whose name and day are recorded → the proposer reads it at /track, on the proposal's page,
 * on their own page; everybody on the list of answers. Start reading at ReplyCase and
 * replies_answer().
 */
#ifndef FEATURES_REPLIES_REPLIES_H
#define FEATURES_REPLIES_REPLIES_H

#include "base/money.h"
#include "features/notices/notices.h"
#include "features/replies/replies_rules.h"
#include "features/screening/screening.h"
#include "platform/db/db.h"
#include "platform/feature.h"
#include "platform/form/form.h"

extern const Feature replies_feature;

/* One proposal that is owed an answer, with what the record says. */
typedef struct ReplyCase {
    int64_t proposal;
    int64_t round;
    Str title;
    Str need;
    int64_t person; /* who proposed it; 0: nobody on the roll */
    Str proposer;   /* full name, for staff; may be empty */
    Str phone;
    Str ticket; /* of 12345 */
    ReplyOrigin origin;
    ReplyKind kind;
    int64_t about; /* what the answer answers: changes with the record */
    Instant decided_at;
    Str reason; /* refused: the words of the refusal, and … */
    Ground ground;
    int64_t cited_no;   /* … what it cites, in its words; 0: nothing */
    int64_t cited_list; /* version of the responsibility list; 0: a clause */
    Str cited;
    Str cited_en;
    /* lost: */
    int64_t votes;
    Money cost;
    int64_t lacked_votes; /* 0 or less: more supporters would not have helped */
    Money lacked;         /* so much cheaper; 0 or less: no price would have helped */
    /* not carried by the council, itself or what it goes on in; else empty: */
    Str council;
    Date council_on;
    int64_t council_present;
    int64_t council_yes;
    /* not shortlisted: */
    int64_t table;         /* where it lay; 0: on none */
    int64_t place;         /* there; 0: not ranked */
    int64_t hands;         /* in the hall; -1: nobody counted */
    int64_t short_outcome; /* ShortOutcome, as the view says it */
    int64_t top;           /* projects a table presented */
    int64_t most;          /* on the list; 0: no limit */
    /* merged: */
    Str main_title;
    Str main_reason;
    bool main_is_refused;
    bool main_is_selected;
    bool main_is_lost;
    /* the answer there is; version 0: none */
    int64_t version;
    bool is_current; /* false: the record has changed since */
    Str words;
    ReplyWay way;
    Str writer;
    Instant written_at;
    Instant delivered_at; /* 0: not yet */
    Str deliverer;
} ReplyCase;

/* NOT_FOUND when the proposal is not owed an answer. One query. */
MUST_USE Error *replies_case(Snapshot *snapshot, int64_t area, int64_t proposal, ReplyCase *out);
/* The first after `after` (a proposal; 0: from the first) that is not delivered, of a channel (0:
 * of all); *out = 0 when there is none. One query. */
MUST_USE Error *replies_next(Snapshot *snapshot, int64_t area, int64_t round, int64_t channel,
                             int64_t after, int64_t *out);
/* What the record says, as words to begin from: never sent before a person has read them. */
Str replies_suggestion(Arena *arena, Lang lang, const ReplyCase *about);

typedef struct ReplyAnswer {
    int64_t area;
    int64_t proposal;
    int64_t actor;   /* staff, by the route's policy */
    int64_t version; /* the one the form was made from; 0: there was none */
    ReplyKind kind;  /* what the words were written for, with … */
    int64_t about;   /* … ReplyCase.about: VERSION_CONFLICT when it has become something else */
    Str words;
    ReplyDelivery delivery;
} ReplyAnswer;

/* UseCase: ReplyAnswer → nothing. Writes the answer and, when it is delivered, records how, when
 * and by whom. May be corrected later. Errors: REPLY_NOT_WAITING, VERSION_CONFLICT, those of
 * replies_rules.h; REPLY_STAGE_OVER when it would take back a delivery after the reply stage.
 * Journals reply.write, reply.deliver, or reply.correct after a delivery. */
Error *replies_answer(Tx *tx, const void *input, Instant now, void *output);

/* Answers that were written before and are delivered in one go: an evening's letters, a morning's
 * calls. */
typedef struct ReplyDeliver {
    int64_t area;
    int64_t round;
    int64_t actor;
    IdList proposals;
    ReplyDelivery delivery; /* by a person, is_delivered */
} ReplyDeliver;

/* UseCase: ReplyDeliver → nothing. Records how, when and by whom. Whatever of them does not wait to
 * be delivered this way any more is passed over; VERSION_CONFLICT when that is all of them.
 * FIELD_MISSING at proposals when there is none, and the errors of reply_delivery_check().
 * Journals reply.deliver for each. */
Error *replies_deliver(Tx *tx, const void *input, Instant now, void *output);

typedef struct ReplyTakeBack {
    int64_t area;
    int64_t round;
    int64_t actor;
    int64_t batch; /* of reply_batch_last */
} ReplyTakeBack;

/* UseCase: ReplyTakeBack → nothing. What was recorded in one go by replies_deliver() waits again;
 * what was changed since stays as it is. VERSION_CONFLICT when nothing is left of it,
 * REPLY_STAGE_OVER. Journals reply.take_back for each. */
Error *replies_take_back(Tx *tx, const void *input, Instant now, void *output);

typedef struct ReplyCounts {
    int64_t owed;
    int64_t written; /* and not delivered */
    int64_t delivered;
    int64_t first_open; /* proposal, 0: none */
} ReplyCounts;

/* One query over the whole round. */
MUST_USE Error *replies_counts(Snapshot *snapshot, int64_t area, int64_t round, ReplyCounts *out);

#endif
