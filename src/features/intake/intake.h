/* intake.h: taking wishes in for somebody, one by one or as a pasted chain.
 *
 * Start reading at IntakeEntry and intake_enter(); for a paste at ChainStage.
 */
#ifndef FEATURES_INTAKE_INTAKE_H
#define FEATURES_INTAKE_INTAKE_H

#include "features/intake/intake_chain_rules.h"
#include "features/people/people.h"
#include "features/proposals/proposals.h"
#include "platform/db/db.h"
#include "platform/feature.h"
#include "platform/form/form.h"

/* --- one by one ------------------------------------------------------------------------------- */

typedef struct IntakeEntry {
    NewProposal proposal; /* is_staff; proposer 0 when not on the roll */
    bool adds_to_roll;    /* the proposer is put on the roll first: by name and phone, and */
    Str building;
} IntakeEntry;
/* UseCase: IntakeEntry -> ProposalSubmitted. Errors of proposals_submit(), and of people_enter()
 * when it puts the proposer on the roll. */
Error *intake_enter(Tx *tx, const void *input, Instant now, void *output);

typedef struct IntakeTakeBack {
    int64_t area;
    int64_t proposal;
    int64_t actor; /* who entered it */
} IntakeTakeBack;
/* UseCase: IntakeTakeBack -> nothing. The proposal stays as a withdrawn one. NOT_FOUND unless the
 * actor entered it; VERSION_CONFLICT once somebody has answered it. */
Error *intake_take_back(Tx *tx, const void *input, Instant now, void *output);

/* --- a pasted chain -----------------------------------------------------------------------------
 */

/* Stored by number, as in imports of the roll. */
typedef enum ChainState {
    CHAIN_PREVIEW = 1,
    CHAIN_TAKEN = 2,
    CHAIN_UNDONE = 3,
    CHAIN_DROPPED = 4
} ChainState;

/* Whom a line means, beside a person's id. */
#define CHAIN_PERSON_AUTO INT64_C(0) /* the one on the roll by chain_match(), if any */
#define CHAIN_PERSON_NONE INT64_C(-1)

typedef struct ChainStage {
    int64_t area;
    int64_t actor;
    int channel;
    const ChainLine *lines;
    size_t count;
    bool is_whole;
} ChainStage;

typedef struct ChainStaged {
    int64_t chain;
} ChainStaged;
/* UseCase: ChainStage -> ChainStaged. Keeps the lines as a preview; nothing else changes. */
Error *intake_chain_stage(Tx *tx, const void *input, Instant now, void *output);

/* Who acts on a chain: who pasted it, or somebody who manages here; others get FORBIDDEN. */
typedef struct ChainActor {
    int64_t person;
    bool may_manage;
} ChainActor;

typedef struct ChainCorrect {
    int64_t area;
    int64_t line; /* its id */
    ChainActor actor;
    int64_t version; /* of the chain, as the form was made from */
    Str name;
    Str place;
    Str words;
    int64_t person; /* or CHAIN_PERSON_… */
    bool is_out;    /* not a wish at all */
} ChainCorrect;
/* UseCase: ChainCorrect -> ChainStaged, the chain it belongs to. NOT_FOUND; VERSION_CONFLICT once
 * the preview is decided or another line corrected; FIELD_MISSING at words; INTAKE_WHO_NONE at
 * person when they are not on the roll. */
Error *intake_chain_correct(Tx *tx, const void *input, Instant now, void *output);

typedef struct ChainTake {
    int64_t area;
    int64_t chain;
    ChainActor actor;
    int64_t version;         /* of the chain */
    IdList lines;            /* those chosen */
    const Receipt *receipts; /* one a chosen line, drawn before the transaction */
} ChainTake;

typedef struct ChainTaken {
    int64_t count;
} ChainTaken;
/* UseCase: ChainTake -> ChainTaken. All chosen lines become proposals or none does. FIELD_MISSING
 * at lines when nothing with words was chosen; VERSION_CONFLICT; errors of proposals_submit(). */
Error *intake_chain_take(Tx *tx, const void *input, Instant now, void *output);

typedef struct ChainDecide {
    int64_t area;
    int64_t chain;
    ChainActor actor;
    int64_t version;
} ChainDecide;
/* UseCases: ChainDecide -> nothing. Drop forgets a preview, its lines included. Undo takes all its
 * proposals back as intake_take_back() does, or none: VERSION_CONFLICT when one has been changed,
 * answered or merged since. Both are journaled. */
Error *intake_chain_drop(Tx *tx, const void *input, Instant now, void *output);
Error *intake_chain_undo(Tx *tx, const void *input, Instant now, void *output);

extern const Feature intake_feature;

#endif
