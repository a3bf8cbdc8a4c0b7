/* publicity_posting_rules.h: what a line about a notice put up on paper must be; pure. */
#ifndef FEATURES_PUBLICITY_PUBLICITY_POSTING_RULES_H
#define FEATURES_PUBLICITY_PUBLICITY_POSTING_RULES_H

#include "base/clock.h"
#include "base/error.h"

/* In characters. */
#define POSTING_PLACE_MIN 2
#define POSTING_PLACE_MAX 60
#define POSTING_WHO_MAX   40

/* On paper so many working days after it went out; taken down so many after its end. */
#define POSTING_UP_WORKING_DAYS   1
#define POSTING_DOWN_WORKING_DAYS 3

/* The texts are trimmed by the caller. */
typedef struct PostingFact {
    Str place; /* public */
    Date up_on;
    Str up_by;    /* for staff only, as down_by */
    Date down_on; /* 0: it hangs */
    Str down_by;  /* empty while it hangs */
} PostingFact;

/* NULL, or an error at place; at up_on CHANGE_DAY_AHEAD (a day to come) or POSTING_BEFORE_NOTICE
 * (before the notice went out); at down_on CHANGE_DAY_AHEAD or POSTING_DOWN_BEFORE_UP; at up_by,
 * and at down_by once it is taken down, FIELD_MISSING or FIELD_TOO_LONG. */
MUST_USE Error *posting_check(Arena *arena, const PostingFact *fact, Date published_on, Date today);

#endif
