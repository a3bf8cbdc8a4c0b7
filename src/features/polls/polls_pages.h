/* polls_pages.h: what the page files of this room share; for this room only. */
#ifndef FEATURES_POLLS_PAGES_H
#define FEATURES_POLLS_PAGES_H

#include "features/polls/polls.h"
#include "features/polls/polls_views.h"
#include "platform/http/http.h"
#include "polls_sql.h"

Text poll_kind_text(int64_t kind);
/* The poll with its result; NOT_FOUND before the count. */
Error *poll_require_result(Page *page, Snapshot *s, PollGetRow *poll, ResultGetRow *out);
/* The poll, or NOT_FOUND also while an import is still being taken in. */
Error *poll_require(Page *page, Snapshot *s, int64_t poll, PollGetRow *out);
Error *poll_load_options(Page *page, Snapshot *s, int64_t poll, OptionView **out,
                         size_t *out_count);

extern const Form poll_count_form;
extern const Form poll_prepare_form;
PageHandler page_poll_result;
PageHandler page_rule;
PageHandler page_poll_check;
PageHandler page_poll_ballots_csv;
PageHandler page_poll_pabulib;
PageHandler page_poll_bundle;
PageHandler page_poll_prepare;
FormHandler submit_poll_count;
FormHandler submit_poll_prepare;

/* Gate poll_counted, and what is due. */
Error *poll_gate_counted(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                         GateReport *out);
Error *polls_due(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who, DueItems *out);

/* Who may vote, as one line: ages, and the residencies (1u << Residency; 0: all who live here). */
Text poll_who_may(Page *page, int64_t minimum_age, int64_t maximum_age, unsigned residencies);

#endif
