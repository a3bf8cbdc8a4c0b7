/* publicity_rules.h: what a publication shows, its period, what counts as an objection; pure.
 *
 * Start reading at publication_subject() and publication_takes_objections().
 */
#ifndef FEATURES_PUBLICITY_PUBLICITY_RULES_H
#define FEATURES_PUBLICITY_PUBLICITY_RULES_H

#include "base/clock.h"
#include "base/error.h"
#include "base/str.h"
#include "features/programmes/programmes_rules.h"

/* Limits of what people type, in characters. */
#define PUBLICATION_TITLE_MIN 4
#define PUBLICATION_TITLE_MAX 60
#define PUBLICATION_WORDS_MIN 20
#define PUBLICATION_WORDS_MAX 4000
#define OBJECTION_WORDS_MIN   10
#define OBJECTION_WORDS_MAX   1000
/* Of one person to one publication, waiting for an answer: each one shuts the gate of the round. */
#define OBJECTIONS_WAITING_MAX 3
#define OBJECTION_ANSWER_MIN   10
#define OBJECTION_ANSWER_MAX   2000
#define PUBLICATION_REASON_MIN 10
#define PUBLICATION_REASON_MAX 300

/* When the stage does not say how long a result is published (domain: five working days). */
#define PUBLICATION_DEFAULT_WORKING_DAYS 5
/* A purchase is to be published so many working days after somebody was chosen. */
#define PURCHASE_PUBLISH_WORKING_DAYS 5

/* The code of the notice that shows purchases, in the round's rules; likewise of the decision. */
#define NOTICE_PURCHASE "purchase"
#define NOTICE_DECISION "decision"

/* What a publication shows; stored by number in publication.subject. */
typedef enum PublicationSubject {
    PUBLICATION_BALLOT = 1,   /* what the counted ballot selected */
    PUBLICATION_DECISION = 2, /* what the council decided, by how many */
    PUBLICATION_PURCHASE = 3, /* who offered, who was chosen and why, the contract */
    PUBLICATION_OUTCOME = 4   /* what was done and accepted, for how much */
} PublicationSubject;

/* As far as publications depend on it. */
typedef struct PublicationRound {
    bool has_vote;
    bool has_decide;
    bool works_begun; /* the works are not to come any more */
    bool works_over;
} PublicationRound;

/* The decision and the purchase are told by their codes; every other notice shows the newest there
 * is: how the works ended once they have begun, before that what ballot or council decided. */
PublicationSubject publication_subject(Str notice, const PublicationRound *round);

/* Whether a notice may go out now. */
typedef enum PublicationWhen {
    PUBLICATION_NOW,
    PUBLICATION_LATER, /* its stage is not open yet, or there is nothing to show */
    PUBLICATION_PAST   /* its stage is over, or the round */
} PublicationWhen;

/* Of a notice that a publish stage names: while that stage is open. */
PublicationWhen publication_when_of_stage(StageState stage, bool is_finished);
/* Of a notice that no stage names, until the round ends: purchases as they come, and once the works
 * are over that there was none; the others once, when there is something to show. */
PublicationWhen publication_when_alone(PublicationSubject subject, const PublicationRound *round,
                                       bool is_finished, int64_t n_published, int64_t n_to_show);

/* The end of a publication that begins now: 17:30 of its last working day; the day it begins is not
 * counted. working_days <= 0 stands for the default. */
Instant publication_end(const HolidayTable *holidays, Instant published_at, int working_days);
/* From the moment of publication until its end, the end itself not included. */
bool publication_takes_objections(Instant published_at, Instant ends_at, Instant now);
/* Until when an objection made then is to be answered; working_days: of the round's rules
 * (objection_answer_working_days). */
Instant objection_due_at(const HolidayTable *holidays, Instant objected_at, int working_days);
/* A text of min to max characters: NULL, or FIELD_TOO_SHORT / FIELD_TOO_LONG (number = the limit)
 * hung on `field`. Spaces at both ends do not count. */
MUST_USE Error *publicity_check_length(Arena *arena, Str text, int64_t min, int64_t max, Str field);

#endif
