/* filing.h: the filing of a round's chosen projects with the street (备案).
 *
 * Every act happens while the round's stage of kind `file` is open. The community files all that is
 * chosen (view decisions_public_chosen), the street writes down that it has it or returns a project
 * on one of three grounds; there is no act that approves, reorders or replaces. Withdrawn projects
 * leave decisions_public_chosen. Start reading at filing_file() and FilingStep.
 */
#ifndef FEATURES_FILING_FILING_H
#define FEATURES_FILING_FILING_H

#include "features/filing/filing_rules.h"
#include "platform/db/db.h"
#include "platform/feature.h"

extern const Feature filing_feature;

/* Of a whole round; who may is the route's policy. */
typedef struct FilingAll {
    int64_t area;
    int64_t round;
    int64_t actor;
    int64_t n_shown; /* how many projects the actor saw waiting for this act */
    int64_t n_acts;  /* and how many acts of the round had been recorded by then */
    Str letter;      /* number of the paper, at most 40 characters; may be empty */
    Str words;       /* of filing_file(): a public note, at most 300 characters; may be empty */
} FilingAll;

/* UseCase: FilingAll -> nothing. Files every chosen project of the round that was not filed.
 * NOT_FOUND, STAGE_NOT_OPEN; VERSION_CONFLICT when it is not n_shown, or none, or anything was done
 * since; lengths at `letter`, `words`. Journals filing.file once, with the projects. */
MUST_USE Error *filing_file(Tx *tx, const void *input, Instant now, void *output);
/* UseCase: FilingAll -> nothing. The street has received every project that is filed. Errors as
 * above; FILING_SAME_PERSON when the actor has filed one of them. Journals filing.receive once. */
MUST_USE Error *filing_receive(Tx *tx, const void *input, Instant now, void *output);
/* UseCase: FilingAll -> nothing. The street has neither received nor returned projects within its
 * term (review_working_days of the rules, from the day each was filed): the community writes down
 * that it has them. Only those count in n_shown. Errors as of filing_file(). Journals filing.lapse
 * once. */
MUST_USE Error *filing_lapse(Tx *tx, const void *input, Instant now, void *output);
/* What lies before the street longer than it may take at `now`. */
typedef struct FilingLapsed {
    int64_t count;
    Instant until; /* the newest filing among them; ms 0: none */
} FilingLapsed;
/* Three queries at most. */
MUST_USE Error *filing_lapsed(Snapshot *snapshot, int64_t area, int64_t round, Instant now,
                              FilingLapsed *out);

/* Projects of a round at most, as the pages and the journal name them. */
#define FILING_PROJECTS_MAX 200

/* One project: return, file again, withdraw. */
typedef struct FilingStep {
    int64_t area;
    int64_t proposal;
    int64_t actor;
    int64_t version;    /* as the actor saw it */
    FilingAct act;      /* FILING_RETURN, _RESEND or _WITHDRAW */
    FilingReturn given; /* of a return; of the others only `words` */
    Str letter;
} FilingStep;

/* UseCase: FilingStep -> nothing. NOT_FOUND unless it was filed; STAGE_NOT_OPEN; VERSION_CONFLICT
 * when it has changed or filing_after() forbids it; errors of filing_return_check() and
 * filing_words_check(), length at `letter`. Journals filing.return, .resend or .withdraw. */
MUST_USE Error *filing_step(Tx *tx, const void *input, Instant now, void *output);

/* The ground of a return in words, 剔除条款第 3 条; key 0 when the act is no return. */
Text filing_why_text(int64_t ground, int64_t clause, Str other, Money over);

#endif
