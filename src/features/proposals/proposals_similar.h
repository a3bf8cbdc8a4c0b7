/* proposals_similar.h: proposals of a round that are like a text, to show and never to merge. */
#ifndef FEATURES_PROPOSALS_PROPOSALS_SIMILAR_H
#define FEATURES_PROPOSALS_PROPOSALS_SIMILAR_H

#include "features/proposals/proposals.h"
#include "features/proposals/proposals_similar_rules.h"

typedef struct SimilarProposal {
    int64_t id; /* of one that is not merged into another */
    Str title;
    Str place;
    int64_t state;
    Instant submitted_at;
    bool is_copy; /* nearly the same words */
} SimilarProposal;

/* At most SIMILAR_SHOWN, the likest first, none of them `except` or merged into it; memory of the
 * snapshot's arena. Two queries, whose cost has a bound (proposals_similar_rules.h). */
MUST_USE Error *proposals_similar(Snapshot *snapshot, int64_t area, int64_t round, Str text,
                                  int64_t except, SimilarProposal **out, size_t *out_count);
/* Inside a use case: keeps, and forgets, what a proposal is found by. The text is its title, need
 * and place, as given when it was kept. */
MUST_USE Error *proposals_similar_keep(Tx *tx, int64_t area, int64_t round, int64_t id,
                                       const ProposalWords *words);
MUST_USE Error *proposals_similar_forget(Tx *tx, int64_t area, int64_t round, int64_t id,
                                         const ProposalWords *words);

#endif
