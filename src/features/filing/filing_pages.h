/* filing_pages.h: what the page files of this room share; for this room only. */
#ifndef FEATURES_FILING_FILING_PAGES_H
#define FEATURES_FILING_FILING_PAGES_H

#include "features/filing/filing.h"
#include "features/filing/filing_views.h"
#include "features/programmes/programmes.h"
#include "filing_sql.h"
#include "platform/http/http.h"

extern const Form filing_file_form;
extern const Form filing_receive_form;
extern const Form filing_lapse_form;
extern const Form filing_return_form;
extern const Form filing_resend_form;
extern const Form filing_withdraw_form;

bool filing_may(const Page *page, Policy policy);
Text filing_state_text(int64_t state);
/* A form of one project's acts with its version in it. */
const FormState *filing_step_form(Page *page, const Form *form, int64_t version);
/* A form about all that waits, on a page that shows so many acts. */
const FormState *filing_all_form(Page *page, const Form *form, int64_t n_shown, int64_t n_acts);
/* The filing of the round in the address. Eight queries at most; NOT_FOUND. */
MUST_USE Error *filing_load(Page *page, Snapshot *s, FilingRoundView *out);
/* The project of the address; NOT_FOUND unless it was filed. */
MUST_USE Error *filing_require(Page *page, Snapshot *s, FilingGetRow *out);

PageHandler page_filing_round;
PageHandler page_filing_project;
PageHandler page_filing_return;
PageHandler page_filing_sheet;
FormHandler submit_filing_file;
FormHandler submit_filing_receive;
FormHandler submit_filing_lapse;
FormHandler submit_filing_return;
FormHandler submit_filing_resend;
FormHandler submit_filing_withdraw;

/* filing_gates.c */
Error *gate_filed(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage, GateReport *out);
Error *filing_due(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who, DueItems *out);
Error *filing_export_person(Snapshot *snapshot, int64_t person, Buf *out);
Error *filing_erase_person(Tx *tx, int64_t person, Instant now);

#endif
