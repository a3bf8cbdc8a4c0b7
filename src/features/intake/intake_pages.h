/* intake_pages.h: what the page files of this room share; for this room only. */
#ifndef FEATURES_INTAKE_INTAKE_PAGES_H
#define FEATURES_INTAKE_INTAKE_PAGES_H

#include "features/intake/intake_private.h"
#include "features/intake/intake_views.h"
#include "platform/http/http.h"

/* "/a/AREA/proposals/ID". */
SafeUrl intake_proposal_url(const Page *page, int64_t id);
/* People of the roll as they are offered: telephone numbers masked. */
const WhoLine *intake_who_lines(Page *page, const PersonFound *people, size_t count);

/* Who acts on chains: the visitor. */
ChainActor chain_actor(const Page *page);
/* The chain, with its names and numbers: NOT_FOUND for who neither pasted it nor manages here. */
Error *chain_require(Page *page, Snapshot *snapshot, int64_t chain, ChainGetRow *out);

extern const Form intake_form;
extern const Form intake_undo_form;
extern const Form chain_paste_form;
extern const Form chain_take_form;
extern const Form chain_drop_form;
extern const Form chain_undo_form;
extern const Form chain_edit_form;

PageHandler page_intake;
PageHandler page_intake_people;
PageHandler page_intake_slip;
PageHandler page_intake_blank;
PageHandler page_chain_paste;
PageHandler page_chain;
PageHandler page_chain_line;
FormHandler submit_intake;
FormHandler submit_intake_undo;
FormHandler submit_chain_paste;
FormHandler submit_chain_take;
FormHandler submit_chain_drop;
FormHandler submit_chain_undo;
FormHandler submit_chain_line;

#endif
