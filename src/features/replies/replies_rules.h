/* replies_rules.h: who is owed an answer, until when, and which way reaches them; pure.
 *
 * Start reading at ReplyKind and reply_way_reaches().
 */
#ifndef FEATURES_REPLIES_REPLIES_RULES_H
#define FEATURES_REPLIES_REPLIES_RULES_H

#include "base/error.h"
#include "base/str.h"
#include "features/programmes/programmes_rules.h"

/* Limits of what people type, in characters. */
#define REPLY_WORDS_MIN     10
#define REPLY_WORDS_MAX     1000
#define REPLY_DELIVERER_MAX 30

/* What became of the proposal; stored by number in reply.kind. */
typedef enum ReplyKind {
    REPLY_REFUSED = 1,
    REPLY_MERGED = 2,         /* goes on in another one */
    REPLY_LOST = 3,           /* on the ballot, not selected */
    REPLY_LEFT_OUT = 4,       /* accepted, but not on the ballot */
    REPLY_NOT_CARRIED = 5,    /* accepted, but the council did not agree */
    REPLY_NOT_SHORTLISTED = 6 /* accepted, but not on the shortlist that is fixed */
} ReplyKind;

/* How an answer reaches somebody; stored by number in reply.way. */
typedef enum ReplyWay {
    REPLY_SITE = 1, /* the page of their receipt, and their own page */
    REPLY_WECHAT = 2,
    REPLY_PHONE = 3,
    REPLY_DOOR = 4,
    REPLY_LETTER = 5,
    REPLY_HOTLINE = 6, /* through the 12345 ticket */
    REPLY_FACE = 7     /* said to them when they came */
} ReplyWay;

/* What is known of how somebody proposed. */
typedef struct ReplyOrigin {
    int channel;   /* ProposalChannel */
    bool wrote_it; /* signed in, on line: nobody typed it in for them */
    bool is_named; /* there is a name, or somebody on the roll */
    bool has_phone;
    Date decided_on; /* nobody was told before; DATE_NONE: not known */
} ReplyOrigin;

/* The way they came is the way back. Where that says nothing (a box, a stand, a meeting): the
 * telephone, else a letter; who left neither name nor number reads it by the receipt. */
ReplyWay reply_usual_way(const ReplyOrigin *origin);
/* The site reaches those who wrote there, and those of whom nothing is known. The telephone needs a
 * number on the record or staff who know better: it always reaches, as do the others. */
bool reply_way_reaches(const ReplyOrigin *origin, ReplyWay way);
/* True when saving delivers it: nobody has to go anywhere. */
bool reply_delivers_itself(ReplyWay way);

/* Until when it is owed: a refusal within so many working days of the decision, everything else by
 * the end of the reply stage (0 while that has no date). */
Instant reply_due_at(const HolidayTable *holidays, ReplyKind kind, Instant decided_at,
                     int refusal_working_days, Instant stage_closes_at);

typedef struct ReplyDelivery {
    ReplyWay way;
    bool is_delivered;
    Date on;       /* DATE_NONE: today */
    Str deliverer; /* who told them */
} ReplyDelivery;

/* Errors: REPLY_WAY at `way` when it does not reach them; when delivered by a person, at `on` a day
 * to come (FIELD_NOT_DATE) or before the decision (REPLY_DAY), at `deliverer` nobody
 * (FIELD_MISSING) or too many characters. */
MUST_USE Error *reply_delivery_check(Arena *arena, const ReplyOrigin *origin,
                                     const ReplyDelivery *delivery, Date today);
/* NULL, or FIELD_TOO_SHORT / FIELD_TOO_LONG (number = the limit) at `words`. */
MUST_USE Error *reply_words_check(Arena *arena, Str words);
/* A delivery that did not happen is taken out of the record; not once the round has left its reply
 * stage, which it does when everybody is answered. STAGE_NOT_YET for a round without one. */
bool reply_may_be_taken_back(StageState reply_stage);
/* When it was delivered: 0 not yet; now for today, else noon of that day. */
Instant reply_delivered_at(const ReplyDelivery *delivery, Instant now);

#endif
