/* decisions.h: who decided what in a round: meetings, resolutions, decisions of owners.
 *
 * Life of a record: the meeting is held → staff record it with who was there, the figures and the
 * projects it was about → the rules of the round say whether there was a quorum and whether it is
 * carried → it is public at once and stands for its projects → a wrong one is voided with a public
 * reason and recorded again. Other rooms read the views decisions_public_chosen (what is to be
 * carried out) and decisions_public_item. Start reading at DecisionRecord and decisions_record().
 */
#ifndef FEATURES_DECISIONS_DECISIONS_H
#define FEATURES_DECISIONS_DECISIONS_H

#include "features/decisions/decisions_rules.h"
#include "platform/db/db.h"
#include "platform/feature.h"

extern const Feature decisions_feature;

/* Somebody who was there. */
typedef struct DecisionPresent {
    DecisionPerson person;
    int64_t id; /* on the roll, 0: not known for certain */
} DecisionPresent;

typedef struct DecisionRecord {
    int64_t area;
    int64_t round;
    int64_t actor; /* staff, by the route's policy */
    Str step;      /* code of a discussion in the round's rules; empty: of the first */
    Date held_on;
    Str body;    /* who met */
    Str mandate; /* why they may decide; of a council and an assembly 10 to 300 characters */
    Str place;   /* may be empty */
    DecisionFigures figures;
    Str words; /* what was said and decided; public */
    Str kept;  /* where the signed sheet is; may be empty */
    const DecisionPresent *people;
    size_t n_people;
    const int64_t *projects; /* accepted proposals of the round */
    size_t n_projects;
} DecisionRecord;

typedef struct DecisionDone {
    int64_t id;
    DecisionOutcome outcome;
} DecisionDone;

/* UseCase: DecisionRecord → DecisionDone. Errors: NOT_FOUND (round, step); DECISION_NO_RULE at
 * `held_on` when no rule of this step held on that day yet; FIELD_NOT_DATE there for a day to come;
 * STAGE_NOT_OPEN (decision_may_be_recorded); those of decision_figures_check(); FIELD_MISSING at
 * `officers` when nobody was there (owners may have answered in writing) and at `projects`;
 * DECISION_PROJECT at `projects` when one is not accepted, or a record of this step stands for it
 * already; lengths at body, mandate, place, words, kept. Journals decision.record. */
Error *decisions_record(Tx *tx, const void *input, Instant now, void *output);

typedef struct DecisionVoid {
    int64_t area;
    int64_t id;
    int64_t actor;
    int64_t version;
    Str reason; /* 10 to 300 characters, public */
} DecisionVoid;

/* UseCase: DecisionVoid → nothing. The record stays to be read and stands for nothing. NOT_FOUND,
 * STAGE_NOT_OPEN when its step can no longer be recorded, VERSION_CONFLICT, lengths at reason.
 * Journals decision.void. */
Error *decisions_void(Tx *tx, const void *input, Instant now, void *unused);

typedef struct DecisionOwnerNeeds {
    int64_t area;
    int64_t round;
    int64_t actor;
    int64_t n_shown; /* chosen projects on the page the answer was given on */
    const int64_t *needed;
    size_t n_needed;
} DecisionOwnerNeeds;

/* UseCase: DecisionOwnerNeeds → nothing. Says of every chosen project of the round whether its
 * owners must decide; may be said again until works begin. NOT_FOUND; STAGE_NOT_OPEN when the round
 * is over; VERSION_CONFLICT when other projects are chosen by now. Journals decision.owners. */
Error *decisions_say_owners(Tx *tx, const void *input, Instant now, void *unused);

typedef struct DecisionOwnerCounts {
    int64_t chosen;
    int64_t unsaid; /* nobody has said whether owners must decide */
    int64_t needed;
    int64_t agreed; /* of those needed */
} DecisionOwnerCounts;

/* One query over the round. */
MUST_USE Error *decisions_owner_counts(Snapshot *snapshot, int64_t area, int64_t round,
                                       DecisionOwnerCounts *out);

#endif
