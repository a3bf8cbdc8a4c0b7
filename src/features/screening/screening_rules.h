/* screening_rules.h: what a reader may find, when readers agree, and who decides; pure.
 *
 * A proposal is read against the exclusion clauses of its round. One reader is enough unless the
 * programme asks for two; then two different people find the same, or the secretary decides.
 * Start reading at Finding and screening_step().
 */
#ifndef FEATURES_SCREENING_SCREENING_RULES_H
#define FEATURES_SCREENING_SCREENING_RULES_H

#include "base/error.h"
#include "base/str.h"

/* Limits of what people type, in characters. */
#define SCREENING_REASON_MIN 10
#define SCREENING_REASON_MAX 500

/* Stored by number in screening.ground. */
typedef enum Ground {
    GROUND_NONE = 0,
    GROUND_PASSES = 1,     /* nothing of the rules stands against it */
    GROUND_CLAUSE = 2,     /* an exclusion clause of the round applies */
    GROUND_DEPARTMENT = 3, /* 大事: a department's duty */
    GROUND_PRIVATE = 4,    /* 私事: those concerned settle it, the community helps */
    GROUND_OTHER = 5       /* none of these: the reason says it */
} Ground;

/* 三事分流. What residents decide about together is COMMON, excluded by a clause or not. */
typedef enum MatterClass {
    MATTER_PUBLIC = 1, /* 大事 */
    MATTER_COMMON = 2, /* 小事 */
    MATTER_PRIVATE = 3 /* 私事 */
} MatterClass;

/* What one reader found. */
typedef struct Finding {
    Ground ground;
    int64_t cited_no;   /* CLAUSE: its number in the round's rules; DEPARTMENT, PRIVATE: the line */
    int64_t cited_list; /* the version of the responsibility list; 0: none */
    int64_t cited_area; /* whose list; 0: none */
    Str reason;         /* public; not of PASSES, unless a dispute or a request is settled */
} Finding;

MatterClass matter_class(Ground ground);
/* The same ground, citing the same thing; each may give it other reasons. */
bool findings_agree(const Finding *a, const Finding *b);
/* NULL, or an error at `decision` (FIELD_MISSING, no ground; FIELD_NOT_CHOICE, a clause the rules
 * do not have) or at `reason` (too long; too short where one is needed: for all but PASSES, and
 * always when must_explain). */
MUST_USE Error *finding_check(Arena *arena, const Finding *finding, size_t n_clauses,
                              bool must_explain);

/* Stored by number in screening.state. */
typedef enum ScreeningState {
    SCREENING_UNREAD = 0,
    SCREENING_WAITS = 1,    /* for a second reader */
    SCREENING_DISPUTED = 2, /* for the secretary */
    SCREENING_DECIDED = 3
} ScreeningState;

/* One reading that counts. */
typedef struct ReadingFact {
    int64_t reader;
    Finding finding;
} ReadingFact;

/* Where a proposal stands. */
typedef struct ScreeningFact {
    ScreeningState state;
    ReadingFact first; /* WAITS, DISPUTED */
} ScreeningFact;

typedef struct ScreeningStep {
    ScreeningState state; /* from now on */
    bool is_allowed;      /* false: it waits for the secretary, and this is not the secretary */
    bool starts_anew;     /* what was read before does not count any more */
    bool replaces_own;    /* the reader's own first reading, as long as nobody else has read it */
    bool settles;         /* the secretary, after two had disagreed */
    int64_t n_readers;    /* DECIDED: how many agreed */
} ScreeningStep;

/* What a reading does. Once decided it may be read again: with two readers what was decided holds
 * until two agree on something else. */
ScreeningStep screening_step(const ScreeningFact *so_far, bool two_readers, int64_t reader,
                             bool is_secretary, const Finding *finding);

#endif
