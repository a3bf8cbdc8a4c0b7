/* estimates.h: prices of proposals with their evidence, for other rooms, the demo and imports.
 *
 * Other rooms read the prices in force through the view estimates_public_price. The use cases are
 * what the pages call: they authorise what a route's policy cannot know, decide by
 * estimates_rules.h, save and write the journal.
 * Start reading at NewEstimate and estimates_enter().
 */
#ifndef FEATURES_ESTIMATES_ESTIMATES_H
#define FEATURES_ESTIMATES_ESTIMATES_H

#include "features/estimates/estimates_rules.h"
#include "platform/db/db.h"
#include "platform/feature.h"
#include "platform/files/files.h"

typedef struct NewEstimate {
    int64_t area;
    int64_t proposal;
    int64_t actor; /* staff, by the route's policy */
    EstimateFact fact;
    /* Documents, made by file_prepare(); those without bytes are none. */
    FileDraft documents[ESTIMATE_QUOTES_MAX]; /* of the quotes, by place */
    FileDraft document;                       /* of the whole price; may be none */
} NewEstimate;

typedef struct EstimateEntered {
    int64_t id;
    unsigned needs; /* ESTIMATE_NEEDS_…; 0: in force, and the proposal costs it */
} EstimateEntered;

/* UseCase: NewEstimate -> EstimateEntered. Takes the place of one that waits; one in force stays so
 * until the new one is. Errors of estimate_check() at their fields; NOT_FOUND; STAGE_NOT_OPEN when
 * the proposal is not accepted or the ballot has opened; FIELD_TOO_BIG on `cost` above the round's
 * money; ESTIMATE_INTERESTED when the actor is one of its proposers. */
MUST_USE Error *estimates_enter(Tx *tx, const void *input, Instant now, void *output);

typedef struct EstimateDecide {
    int64_t area;
    int64_t proposal;
    int64_t id;    /* the estimate, which must be the proposal's */
    int64_t actor; /* staff, by the route's policy */
    bool is_signed;
    Str note; /* sent back: why */
} EstimateDecide;

/* UseCase: EstimateDecide -> nothing. Signed: in force, and the proposal costs it. NOT_FOUND;
 * VERSION_CONFLICT when it does not wait any more; ESTIMATE_SAME_PERSON for who entered it;
 * ESTIMATE_INTERESTED; errors at `note`; STAGE_NOT_OPEN. */
MUST_USE Error *estimates_decide(Tx *tx, const void *input, Instant now, void *output);

extern const Feature estimates_feature;

#endif
