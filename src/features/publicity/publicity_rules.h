/* publicity_rules.h: periods of publications and what counts as an objection; pure.
 *
 * Start reading at publication_takes_objections().
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

/* When the stage does not say how long a result is published (domain: five working days). */
#define PUBLICATION_DEFAULT_WORKING_DAYS 5

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
