/* proposals.h: proposals, for other rooms, the demo and imports.
 *
 * Other rooms read proposals through the view proposals_public_proposal (no names in it). The use
 * cases below are what the pages call; they authorise what a route's policy cannot know, decide by
 * proposals_rules.h, save and write the journal.
 * Start reading at NewProposal and proposals_submit().
 */
#ifndef FEATURES_PROPOSALS_PROPOSALS_H
#define FEATURES_PROPOSALS_PROPOSALS_H

#include "features/proposals/proposals_rules.h"
#include "platform/db/db.h"
#include "platform/feature.h"

/* What the proposer writes: the same words when making and when changing one. */
typedef struct ProposalWords {
    Str title;
    Str need;
    Str place;
    Str beneficiaries;
    int kind; /* ProposalKind */
} ProposalWords;

typedef struct NewProposal {
    int64_t area;
    int64_t actor;    /* who is signed in */
    bool is_staff;    /* actor enters it for somebody; the five fields below count */
    int channel;      /* ProposalChannel; a resident's own is CHANNEL_PORTAL */
    int64_t proposer; /* on the roll of the area, or 0 */
    Str proposer_name;
    Str proposer_phone;
    Str ticket;      /* number of the 12345 ticket; may be empty */
    int64_t same_as; /* what the proposer says it is the same as: merged there at once; or 0 */
    ProposalWords words;
    Receipt receipt; /* drawn before the transaction */
} NewProposal;

typedef struct ProposalSubmitted {
    int64_t id;
    int64_t round;
    Receipt receipt;
} ProposalSubmitted;

/* A fresh random receipt. */
Receipt proposal_new_receipt(void);
/* UseCase: NewProposal -> ProposalSubmitted. STAGE_NOT_OPEN unless the current round's `collect`
 * stage is open; PROPOSAL_CAP (number) when a resident has as many as the area allows; errors at
 * the fields by the limits of proposals_rules.h; with same_as also those of proposals_merge(). */
Error *proposals_submit(Tx *tx, const void *input, Instant now, void *output);

typedef struct ProposalEdit {
    int64_t area;
    int64_t id;
    int64_t actor;
    bool is_staff;
    int64_t version; /* the one the form was made from */
    ProposalWords words;
} ProposalEdit;
/* UseCase: ProposalEdit -> nothing. NOT_FOUND, FORBIDDEN (not theirs, or decided already),
 * VERSION_CONFLICT. */
Error *proposals_edit(Tx *tx, const void *input, Instant now, void *output);

typedef struct ProposalWithdraw {
    int64_t area;
    int64_t id;
    int64_t actor;
    bool is_staff;
    int64_t version;
} ProposalWithdraw;
/* UseCase: ProposalWithdraw -> nothing. Errors as for editing. */
Error *proposals_withdraw(Tx *tx, const void *input, Instant now, void *output);

typedef struct ProposalDecide {
    int64_t area;
    int64_t id;
    int64_t actor; /* staff, by the route's policy */
    int64_t version;
    ProposalDecision decision;
} ProposalDecide;
/* UseCase: ProposalDecide -> nothing. Errors at the fields; STAGE_NOT_OPEN once the ballot of the
 * round has opened; VERSION_CONFLICT. */
Error *proposals_decide(Tx *tx, const void *input, Instant now, void *output);

extern const Feature proposals_feature;

#endif
