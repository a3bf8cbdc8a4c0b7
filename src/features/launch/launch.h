/* launch.h: the outreach log of a round and its trainings, for the demo and other rooms.
 *
 * Staff write down each time people were told of the round: the day, the channel, where, how many.
 * A line is corrected or withdrawn with a reason; what it said before stays to be read. How many
 * channels a round needs before its launch ends is said by its rules (round_rules.h, [launch]).
 *
 * A training is announced, held (how many came, the names of who signed in), and may be corrected
 * or taken back likewise. A name that is exactly one person's on the roll is kept as that person;
 * any other as written. A name can be forgotten; how many came stays. Start reading at NewOutreach
 * and NewTraining.
 */
#ifndef FEATURES_LAUNCH_LAUNCH_H
#define FEATURES_LAUNCH_LAUNCH_H

#include "features/launch/launch_rules.h"
#include "platform/changes/changes.h"
#include "platform/db/db.h"
#include "platform/feature.h"
#include "platform/files/photo.h"

extern const Feature launch_feature;

typedef struct NewOutreach {
    int64_t area;
    int64_t round;
    int64_t actor;
    OutreachFact fact;
    PhotoGiven photo;
} NewOutreach;

/* UseCase: NewOutreach → int64_t (its id). Any time before the round ends. NOT_FOUND (round),
 * STAGE_NOT_OPEN when it is over, errors of outreach_check(). Journals outreach.tell. */
Error *launch_tell(Tx *tx, const void *input, Instant now, void *output);

typedef struct OutreachCorrection {
    int64_t area;
    int64_t id;
    int64_t actor;
    int64_t version;
    OutreachFact fact;
    PhotoGiven photo; /* takes the place of the one before; none: that one stays */
    Str reason;       /* CHANGE_REASON_MIN to _MAX characters */
} OutreachCorrection;

/* UseCase: OutreachCorrection → nothing. NOT_FOUND, CHANGE_WITHDRAWN, VERSION_CONFLICT, errors of
 * outreach_check() and at reason. Journals outreach.correct. */
Error *launch_correct(Tx *tx, const void *input, Instant now, void *unused);

/* UseCase: Withdrawal → nothing. The line counts no more; staff still read it, its photo is
 * shown to nobody. Errors as launch_correct(). Journals outreach.withdraw. */
Error *launch_withdraw(Tx *tx, const void *input, Instant now, void *unused);

/* --- trainings ---------------------------------------------------------------------------------
 */

/* What is handed out. */
typedef struct TrainingMaterial {
    int64_t document; /* of those the round goes by; 0: none */
    FileDraft file;   /* for everybody; no bytes: none */
} TrainingMaterial;

typedef struct NewTraining {
    int64_t area;
    int64_t round;
    int64_t actor;
    TrainingFact fact;
    TrainingMaterial material;
} NewTraining;

/* UseCase: NewTraining → int64_t (its id). Any time before the round ends. NOT_FOUND (round),
 * STAGE_NOT_OPEN, errors of training_check(), at document DOCUMENT_NOT_HERE when the round does not
 * go by it. Journals training.plan. */
Error *launch_plan_training(Tx *tx, const void *input, Instant now, void *output);

typedef struct TrainingCorrection {
    int64_t area;
    int64_t id;
    int64_t actor;
    int64_t version;
    TrainingFact fact;
    TrainingMaterial material; /* without a file: the one before stays */
    Str reason;                /* CHANGE_REASON_MIN to _MAX characters */
} TrainingCorrection;

/* UseCase: TrainingCorrection → nothing. NOT_FOUND, CHANGE_WITHDRAWN, VERSION_CONFLICT, errors as
 * launch_plan_training() and at reason; one that was held is not moved to a day to come:
 * CHANGE_DAY_AHEAD. Journals training.correct. */
Error *launch_correct_training(Tx *tx, const void *input, Instant now, void *unused);

/* UseCase: Withdrawal → nothing. It counts no more and is not public any more. Errors as
 * launch_withdraw(). Journals training.withdraw. */
Error *launch_withdraw_training(Tx *tx, const void *input, Instant now, void *unused);

typedef struct TrainingHeld {
    int64_t area;
    int64_t id;
    int64_t actor;
    int64_t version;
    Date held_on;
    int64_t present;
    Str names; /* as training_names() reads them; added to those known; may be empty */
} TrainingHeld;

/* UseCase: TrainingHeld → nothing. Also once more, when a list comes late: what was said before
 * stays to be read. NOT_FOUND, CHANGE_WITHDRAWN, VERSION_CONFLICT, errors of training_names() and
 * training_held_check(). Journals training.hold, without names. */
Error *launch_hold_training(Tx *tx, const void *input, Instant now, void *unused);

typedef struct TrainingForget {
    int64_t area;
    int64_t id;
    int64_t actor;
    int64_t signed_in; /* the row of the name */
} TrainingForget;

/* UseCase: TrainingForget → nothing. The name is gone; how many came stays. NOT_FOUND. Journals
 * training.forget, without the name. */
Error *launch_forget_name(Tx *tx, const void *input, Instant now, void *unused);

#endif
