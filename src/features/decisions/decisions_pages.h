/* decisions_pages.h: what the page files of this room share; for this room only. */
#ifndef FEATURES_DECISIONS_DECISIONS_PAGES_H
#define FEATURES_DECISIONS_DECISIONS_PAGES_H

#include "decisions_sql.h"
#include "features/decisions/decisions_round.h"
#include "features/decisions/decisions_views.h"
#include "platform/http/http.h"

extern const Form decision_form;
extern const Form decision_void_form;
extern const Form decision_owners_form;
PageHandler page_decision_list;
PageHandler page_decision;
PageHandler page_decision_sheet;
PageHandler page_decision_new;
PageHandler page_decision_void;
PageHandler page_decision_owners;
FormHandler submit_decision;
FormHandler submit_decision_void;
FormHandler submit_decision_owners;

/* "/a/AREA/rounds/ID/decisions" and what follows. */
SafeUrl decision_round_url(const Page *page, int64_t round, const char *rest);
SafeUrl decision_proposal_url(const Page *page, int64_t proposal);
Text decision_kind_text(DiscussionKind kind);
Text decision_outcome_text(DecisionOutcome outcome);
ChipKind decision_outcome_chip(DecisionOutcome outcome);
/* 2026年1月1日起施行（民法典第二百七十八条）; empty when neither is said. */
Text decision_from_text(Date from, Str basis);
/* The record with everything a page or a sheet shows of it; NOT_FOUND. Names as the public sees
 * them, or whole. Five queries. */
MUST_USE Error *decision_load(Page *page, Snapshot *s, bool with_names, DecisionView *out);
/* The chosen projects of a round; one query. */
MUST_USE Error *decision_load_chosen(Page *page, Snapshot *s, int64_t round,
                                     const DecisionChosenView **out, size_t *out_count);

#endif
