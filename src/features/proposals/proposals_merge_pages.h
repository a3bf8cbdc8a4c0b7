/* proposals_merge_pages.h: pages about proposals like each other; for this room only. */
#ifndef FEATURES_PROPOSALS_PROPOSALS_MERGE_PAGES_H
#define FEATURES_PROPOSALS_PROPOSALS_MERGE_PAGES_H

#include "features/programmes/programmes.h"
#include "features/proposals/proposals_pages.h"

/* What is asked with: the words of a form as typed, or of a proposal. */
typedef struct SimilarText {
    Str text;
    int64_t except; /* the proposal itself, or 0 */
} SimilarText;
SimilarText similar_typed(Arena *arena, const FormState *form);
SimilarText similar_of_row(Arena *arena, const ProposalGetRow *row);
MUST_USE Error *similar_fill(Page *page, Snapshot *snapshot, int64_t round, SimilarText asked,
                             SimilarView *view);
/* Who stands behind it, who helps it, what is like it (staff), what may be done. */
MUST_USE Error *behind_fill(Page *page, Snapshot *snapshot, const ProposalGetRow *row,
                            const StageInfo *stages, size_t n_stages, ProposalView *view);

extern const Form proposal_merge_form;
extern const Form proposal_unmerge_form;
extern const Form proposal_support_form;
extern const Form proposal_adviser_form;
extern const Form adviser_end_form;

PageHandler page_proposal_similar;
PageHandler page_proposal_merge;
PageHandler page_proposal_adviser;
FormHandler submit_proposal_merge;
FormHandler submit_proposal_unmerge;
FormHandler submit_proposal_support;
FormHandler submit_proposal_adviser;
FormHandler submit_adviser_end;

#endif
