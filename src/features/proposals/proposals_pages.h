/* proposals_pages.h: what the page files of this room share; for this room only. */
#ifndef FEATURES_PROPOSALS_PROPOSALS_PAGES_H
#define FEATURES_PROPOSALS_PROPOSALS_PAGES_H

#include "features/proposals/proposals.h"
#include "features/proposals/proposals_views.h"
#include "platform/feature.h"
#include "platform/http/http.h"
#include "proposals_sql.h"

bool proposal_may(const Page *page, Policy policy);
Text proposal_kind_text(int64_t kind);
Text proposal_state_text(int64_t state);
ChipKind proposal_chip(int64_t state);
/* NOT_FOUND unless this visitor may see it: a withdrawn one is for its proposer and staff. */
MUST_USE Error *proposal_require(Page *page, Snapshot *snapshot, ProposalGetRow *out);
/* The same, and NOT_FOUND when it is not theirs to change at any time; false when not now. */
MUST_USE Error *proposal_require_changeable(Page *page, Snapshot *snapshot, ProposalGetRow *out,
                                            bool *out_changeable);
/* Who the visitor is to proposals. */
ProposalActor proposal_actor(const Page *page);
ProposalFact proposal_fact(const ProposalGetRow *row);

extern const Form proposal_form;
extern const Form proposal_edit_form;
extern const Form proposal_withdraw_form;
extern const Form proposal_decide_form;

PageHandler page_proposals;
PageHandler page_proposal_desk;
PageHandler page_proposal;
PageHandler page_proposal_new;
PageHandler page_proposal_edit;
PageHandler page_proposal_decide;
PageHandler page_track;
FormHandler submit_proposal;
FormHandler submit_proposal_edit;
FormHandler submit_proposal_withdraw;
FormHandler submit_proposal_decide;

/* Gate proposals_decided, what is due, and a person's own data (proposals_gates.c). */
Error *proposals_gate_decided(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                              GateReport *out);
Error *proposals_due(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who, DueItems *out);
Error *proposals_mine(Snapshot *snapshot, Arena *arena, int64_t person, MineItems *out);
Error *proposals_export_person(Snapshot *snapshot, int64_t person, Buf *out);
Error *proposals_erase_person(Tx *tx, int64_t person, Instant now);

#endif
