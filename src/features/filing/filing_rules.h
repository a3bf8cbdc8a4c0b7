/* filing_rules.h: which act of a filing follows which, and what a return must say; pure.
 *
 * Start reading at FilingState and filing_after().
 */
#ifndef FEATURES_FILING_FILING_RULES_H
#define FEATURES_FILING_FILING_RULES_H

#include "base/error.h"
#include "base/money.h"
#include "base/str.h"

/* Limits of what people type, in characters. */
#define FILING_WORDS_MIN  10
#define FILING_WORDS_MAX  500
#define FILING_NOTE_MAX   300
#define FILING_LETTER_MAX 40
#define FILING_OTHER_MIN  2
#define FILING_OTHER_MAX  100

/* Of one project. Stored by number in filing_item.state. */
typedef enum FilingState {
    FILING_NOT_YET = 0, /* chosen, and not laid before the street; not stored */
    FILING_FILED = 1,
    FILING_RECEIVED = 2, /* the street has it: the end */
    FILING_RETURNED = 3, /* the street has sent it back in writing */
    FILING_WITHDRAWN = 4 /* the community does not carry it out: the end */
} FilingState;

/* Stored by number in filing_act.act. */
typedef enum FilingAct {
    FILING_FILE = 1,
    FILING_RECEIVE = 2,
    FILING_RETURN = 3,
    FILING_RESEND = 4,
    FILING_WITHDRAW = 5,
    FILING_LAPSE = 6 /* the street has not answered within its term: it has what it was sent */
} FilingAct;

/* Why a project may come back; there is no fourth. Stored by number in filing_act.ground. */
typedef enum FilingGround {
    FILING_CLAUSE = 1,    /* an exclusion clause of the round applies */
    FILING_DUPLICATE = 2, /* it doubles another project */
    FILING_AMOUNT = 3     /* it exceeds the money */
} FilingGround;

typedef struct FilingReturn {
    int ground;     /* a FilingGround */
    int64_t clause; /* its number, from 1; only of FILING_CLAUSE */
    Str other;      /* which project it doubles; only of FILING_DUPLICATE */
    Money over;     /* by how much; only of FILING_AMOUNT */
    Str words;      /* in writing; public */
} FilingReturn;

/* Where an act leads from a state; FILING_NOT_YET when it may not follow. */
FilingState filing_after(FilingState from, FilingAct act);
/* Only what belongs to the ground; the words without space around them. */
FilingReturn filing_return_clean(const FilingReturn *given);
/* What a return is measured against. */
typedef struct FilingLimits {
    size_t n_clauses; /* in the round's rules */
    Money cost;       /* of the project; nothing can exceed the money by more */
    bool is_again;    /* the project was returned on this ground before */
} FilingLimits;

/* NULL, or an error at `ground` (also FILING_GROUND_AGAIN: the community has answered that one, and
 * filing is not approval), `clause`, `other`, `over` or `words` (10 to 500 characters). */
MUST_USE Error *filing_return_check(Arena *arena, const FilingReturn *given,
                                    const FilingLimits *limits);
/* What has changed, or why it is withdrawn: 10 to 500 characters at `words`. */
MUST_USE Error *filing_words_check(Arena *arena, Str words);

#endif
