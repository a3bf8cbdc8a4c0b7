/* screening.h: reading proposals against the rules of their round, and conflicts of interest, for
 * other rooms, the demo and imports.
 *
 * Life of a reading: a member of staff reads a proposal → screening_read() in the transaction of
 * the room proposals → with one reader it is decided; with two it waits for somebody else, who does
 * not see what the first found → they agree and it is decided, or they do not and the secretary
 * decides. What was decided, by which clause and when is public; who read it is not.
 * Other rooms read the views screening_public_outcome, screening_public_reading and
 * screening_public_interest. Start reading at ScreeningRead and screening_check_interest().
 */
#ifndef FEATURES_SCREENING_SCREENING_H
#define FEATURES_SCREENING_SCREENING_H

#include "features/programmes/programmes.h"
#include "features/screening/screening_duties_rules.h"
#include "features/screening/screening_rules.h"
#include "platform/db/db.h"
#include "platform/feature.h"
#include "platform/form/form_view.h"

extern const Feature screening_feature;

/* --- interests ------------------------------------------------------------------------------- */

/* Whoever prices, screens, merges, decides or counts asks this first. SCREENING_INTERESTED when the
 * person has declared an interest in the proposal or in one merged into it; SCREENING_OWN when they
 * are one of its proposers; NULL otherwise. One query. */
MUST_USE Error *screening_check_interest(Snapshot *snapshot, int64_t area, int64_t proposal,
                                         int64_t person);

typedef struct InterestDeclare {
    int64_t area;
    int64_t proposal;
    int64_t actor; /* staff, by the route's policy */
} InterestDeclare;

/* UseCase: InterestDeclare → nothing. Declared before: nothing changes. NOT_FOUND. What they have
 * read of it does not count any more. */
Error *screening_declare(Tx *tx, const void *input, Instant now, void *output);

typedef struct InterestEnd {
    int64_t area;
    int64_t proposal;
    int64_t actor; /* takes back what they declared themselves */
    Str reason;    /* 10 to 500 characters, public */
} InterestEnd;

/* UseCase: InterestEnd → nothing. NOT_FOUND when they declared none; errors at `reason`. */
Error *screening_end_interest(Tx *tx, const void *input, Instant now, void *output);

/* --- reading --------------------------------------------------------------------------------- */

typedef struct ScreeningRead {
    int64_t area;
    int64_t proposal;
    int64_t round;
    int64_t version; /* of the proposal that was read; a change makes a first reading void */
    int64_t reader;
    bool is_secretary;
    Finding finding; /* what is cited of a list is filled in from: */
    Str line;        /* DEPARTMENT, PRIVATE: the line of the list that holds today, by its word */
} ScreeningRead;

/* One reading, inside the caller's transaction; the caller carries out what is DECIDED. Errors of
 * screening_check_interest() and finding_check(); DUTY_CITE at `line`; SCREENING_DISPUTED when it
 * waits for the secretary. A decision answers those who asked for another class, and then needs its
 * reason in any case. Writes the journal for what is not decided yet; what is, its caller writes.
 */
MUST_USE Error *screening_read(Tx *tx, const ScreeningRead *read, const RoundRules *rules,
                               Instant now, ScreeningStep *out);

/* --- responsibility lists ----------------------------------------------------------------------
 */

typedef struct DutiesPublish {
    int64_t area; /* any level: it holds here and below, where there is none nearer */
    int64_t actor;
    Date holds_from; /* today or later */
    Str note;        /* what is new; may be empty */
    Str text;        /* duties_parse() */
} DutiesPublish;

typedef struct DutiesPublished {
    int64_t no; /* of the version */
} DutiesPublished;

/* UseCase: DutiesPublish → DutiesPublished. A new version; earlier ones stay as they are. Errors of
 * duties_parse(), DUTY_DAY at `holds_from`, at `note`. */
MUST_USE Error *duties_publish(Tx *tx, const void *input, Instant now, void *output);

typedef struct ReclassifyAsk {
    int64_t area;
    int64_t proposal;
    int64_t actor; /* anybody signed in */
    Str words;     /* public */
} ReclassifyAsk;

/* UseCase: ReclassifyAsk → nothing. The next decision about the proposal answers it. NOT_FOUND;
 * RECLASSIFY_SHUT (reclassify_is_open), RECLASSIFY_ONCE; errors at `words`. */
MUST_USE Error *screening_ask(Tx *tx, const void *input, Instant now, void *output);

/* --- the field of a form ----------------------------------------------------------------------
 * One pick is the whole finding: it passes, clause 1 …, another reason. */

#define SCREENING_CHOICES (4 + RULES_MAX_CLAUSES)
/* For a FIELD_CHOICE named "decision". */
extern const Choice screening_choices[SCREENING_CHOICES];
/* The finding of a choice, without its reason. */
Finding screening_finding(int choice);

typedef struct ScreeningPick {
    const char *name;
    Text label;
    Str words; /* of the clause; may be empty */
    bool is_chosen;
    bool is_first;
} ScreeningPick;

/* What one of two readers who disagree found: for the secretary. */
typedef struct ScreeningView {
    Text found;
    Str reason;
    Instant at;
} ScreeningView;

typedef struct ScreeningForm {
    FieldView field; /* decision */
    const ScreeningPick *picks;
    size_t n_picks;
    const DataChoice *lines; /* of the responsibility list, for the field "line" */
    size_t n_lines;
    const Str *asked; /* requests for another class that wait */
    size_t n_asked;
    int decided; /* the choice that holds; 0: none */
    bool two_readers;
    bool waits;                 /* somebody else has read it */
    bool is_own;                /* the visitor has, and it waits for somebody else */
    bool is_disputed;           /* two have read it and disagree: */
    const ScreeningView *views; /* for the secretary */
    size_t n_views;
    bool is_kept_out; /* the visitor has an interest: */
    Text why;
    SafeUrl interest; /* where one declares an interest */
} ScreeningForm;

/* For the template screening_choice (screening_choice_html.h): where the reading stands for this
 * visitor; `version`: of the proposal. Seven queries at most. */
MUST_USE Error *screening_form_load(Page *page, Snapshot *snapshot, const RoundRules *rules,
                                    int64_t proposal, int64_t version, ScreeningForm *out);
/* And the field with its picks. */
void screening_form_fill(Page *page, const FormState *form, const RoundRules *rules,
                         ScreeningForm *out);

/* --- what everybody sees ---------------------------------------------------------------------- */

/* Of one proposal, for the template screening_part (screening_part_html.h). */
typedef struct ScreeningPart {
    bool is_decided;
    Ground ground;
    Text found; /* 不符合第 3 条 */
    Str cited;  /* its words */
    int64_t cited_no;
    int64_t cited_list; /* version of the responsibility list; 0: a clause, or nothing */
    Str reason;
    Instant decided_at;
    Text readers;     /* one reader, two who agreed, the secretary */
    bool is_open;     /* read, and not decided */
    bool is_disputed; /* two have read it and disagree */
    int64_t n_interests;
    SafeUrl link; /* everything about it */
} ScreeningPart;

/* Two queries. */
MUST_USE Error *screening_part_load(Page *page, Snapshot *snapshot, int64_t proposal,
                                    ScreeningPart *out);

#endif
