/* proposals_merge.h: one wish told twice, people who stand behind it, and who helps it along.
 *
 * A merged proposal keeps its row: words, proposer, channel, receipt, supporters. It points to the
 * one it goes on in, and never to one that is merged itself, so nothing has to be followed twice.
 * Start reading at ProposalMerge and proposals_merge().
 */
#ifndef FEATURES_PROPOSALS_PROPOSALS_MERGE_H
#define FEATURES_PROPOSALS_PROPOSALS_MERGE_H

#include "features/proposals/proposals.h"

typedef struct ProposalMerge {
    int64_t area;
    int64_t id; /* goes on in … */
    int64_t main;
    int64_t actor;
    int64_t version; /* of id */
} ProposalMerge;
/* UseCase: ProposalMerge -> nothing. What was merged into `id` before moves along. NOT_FOUND;
 * VERSION_CONFLICT; PROPOSAL_NOT_MERGEABLE by proposal_may_be_merged(). */
Error *proposals_merge(Tx *tx, const void *input, Instant now, void *output);

/* Inside a use case: the same as proposals_merge() for one just made. */
MUST_USE Error *proposals_join(Tx *tx, int64_t area, int64_t id, int64_t main, int64_t actor,
                               Instant now);
/* PROPOSAL_HAS_OTHERS when others were merged into it: it is not its proposer's alone. */
MUST_USE Error *proposals_stands_alone(Tx *tx, int64_t area, int64_t id);

typedef struct ProposalSupport {
    int64_t area;
    int64_t id;
    int64_t actor; /* a resident, by the page */
    bool is_back;  /* takes the support back */
} ProposalSupport;
/* UseCase: ProposalSupport -> nothing. Twice is once. NOT_FOUND; FORBIDDEN for their own;
 * STAGE_NOT_OPEN unless it waits or is accepted and the round still collects. */
Error *proposals_support(Tx *tx, const void *input, Instant now, void *output);

#define ADVISER_ORGANISATION_MAX 40
#define ADVISER_NOTE_MAX         100

typedef enum AdviserKind { ADVISER_PERSON = 1, ADVISER_DEPARTMENT = 2 } AdviserKind;

typedef struct AdviserNew {
    int64_t area;
    int64_t proposal;
    int64_t actor;
    int kind; /* AdviserKind */
    Str organisation;
    Str name;
    Str phone;
    Str note;
} AdviserNew;
/* UseCase: AdviserNew -> nothing. NOT_FOUND; errors at organisation, name, note. */
Error *proposals_adviser_add(Tx *tx, const void *input, Instant now, void *output);

typedef struct AdviserEnd {
    int64_t area;
    int64_t proposal;
    int64_t adviser;
    int64_t actor;
} AdviserEnd;
/* UseCase: AdviserEnd -> nothing. NOT_FOUND when there is none that helps now. */
Error *proposals_adviser_end(Tx *tx, const void *input, Instant now, void *output);

#endif
