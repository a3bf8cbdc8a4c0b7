/* pledges.h: what residents and resident units give to projects, for other rooms and the demo.
 *
 * The program collects nothing: no payment, no code to pay by, no sum to be reached. It writes down
 * a promise, that staff spoke with the giver (confirmed), that it was handed over (received), or
 * that nobody is held to it (released). What is firm lowers what the public pays; other rooms read
 * it through the view pledges_public_firm. Start reading at NewPledge and pledges_promise().
 */
#ifndef FEATURES_PLEDGES_PLEDGES_H
#define FEATURES_PLEDGES_PLEDGES_H

#include "features/pledges/pledges_rules.h"
#include "platform/db/db.h"
#include "platform/feature.h"

typedef struct NewPledge {
    int64_t area;
    int64_t proposal;
    int64_t actor; /* who is signed in */
    bool is_staff; /* actor writes it down for `person` or for `unit` */
    PledgeFact fact;
    int64_t person;                  /* on the roll of the area; 0 for a unit */
    Str unit;                        /* a resident unit; empty for a person */
    Str contact_name, contact_phone; /* who speaks for the unit */
    bool is_named;                   /* the public list says who */
} NewPledge;

typedef struct PledgeMade {
    int64_t id;
} PledgeMade;

/* UseCase: NewPledge -> PledgeMade. Journals pledge.promise. NOT_FOUND unless the proposal is
 * accepted and priced; STAGE_NOT_OPEN unless the pledge stage of its round is open; PLEDGE_NOT_HERE
 * for a person who is not on the roll; errors of pledge_check() at their fields, and at `unit`. */
MUST_USE Error *pledges_promise(Tx *tx, const void *input, Instant now, void *output);

typedef struct PledgeStep {
    int64_t area;
    int64_t id;
    int64_t actor;
    bool is_staff;   /* the actor may manage the area's pledges */
    int64_t version; /* as the actor saw it */
    PledgeState to;
    Money value; /* confirming goods: what they are worth; not looked at otherwise */
    Str reason;  /* releasing */
} PledgeStep;

/* UseCase: PledgeStep -> nothing. Journals pledge.confirm, .receive or .release. NOT_FOUND for
 * somebody who is neither staff nor the giver; VERSION_CONFLICT when it has changed or the step is
 * not one of pledge_may_step(); confirming: PLEDGE_TOO_MUCH and errors at `value`, STAGE_NOT_OPEN
 * once the residents' ballot or the council's decision has opened; releasing: errors at `reason`.
 */
MUST_USE Error *pledges_step(Tx *tx, const void *input, Instant now, void *output);

extern const Feature pledges_feature;

#endif
