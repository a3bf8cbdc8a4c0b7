/* delivery_pages.h: what the page files of this room share; for this room only. */
#ifndef FEATURES_DELIVERY_DELIVERY_PAGES_H
#define FEATURES_DELIVERY_DELIVERY_PAGES_H

#include "features/delivery/delivery_views.h"
#include "platform/http/http.h"

PageHandler page_delivery_list, page_delivery, page_delivery_console, page_delivery_ledger;
PageHandler page_delivery_money, page_delivery_reverse, page_delivery_call, page_delivery_bid;
PageHandler page_delivery_choose, page_delivery_sign, page_delivery_plan, page_delivery_done;
PageHandler page_delivery_accept, page_delivery_stop, page_delivery_delay, page_delivery_change;
PageHandler page_delivery_visit;
FormHandler submit_delivery_delay, submit_delivery_change, submit_delivery_visit;
FormHandler submit_delivery_money, submit_delivery_reverse, submit_delivery_call;
FormHandler submit_delivery_bid, submit_delivery_choose, submit_delivery_sign, submit_delivery_plan;
FormHandler submit_delivery_done, submit_delivery_accept, submit_delivery_stop;
extern const Form delivery_money_form, delivery_reverse_form, delivery_call_form, delivery_bid_form;
extern const Form delivery_choose_form, delivery_sign_form, delivery_plan_form, delivery_done_form;
extern const Form delivery_accept_form, delivery_stop_form, delivery_delay_form;
extern const Form delivery_change_form, delivery_visit_form;
extern const Choice delivery_kinds[LEDGER_KINDS], delivery_accounts[LEDGER_ACCOUNTS];
extern const Choice delivery_sources[LEDGER_SOURCES];

/* "/a/AREA/deliveries/ID" and what follows: "", "/console". */
SafeUrl delivery_url(const Page *page, int64_t project, const char *rest);
/* "/a/AREA/deliveries/ID/VERB?no=NO": an act on the project's purchase, milestone or entry NO. */
SafeUrl delivery_part_url(const Page *page, int64_t project, const char *verb, int64_t no);
/* The value of ?no=, 0: none. */
int64_t delivery_no_asked(const Page *page);
bool delivery_may_manage(const Page *page);

/* delivery_words.c */
Text delivery_kind_text(int64_t kind);
Text delivery_source_text(int64_t source);
Text delivery_method_text(int64_t method);
/* What everybody is told. */
Text delivery_next_text(DeliveryStep step, Date next_due, Date today);
Text delivery_state_text(DeliveryStep step, ChipKind *out_chip);
/* What staff do; empty label: nothing. The page is filled by the caller. */
DeliveryDo delivery_step_act(const Page *page, DeliveryStep step, const DeliveryProject *project,
                             const ProjectView *view);

/* delivery_view.c */
void delivery_fill_money(Page *page, const LedgerBalances *balances, MoneyView *out);
/* Changes and visits; in delivery_watch_pages.c. Two queries. */
MUST_USE Error *delivery_fill_watch(Page *page, Snapshot *s, int64_t project, bool is_staff,
                                    ProjectView *out);
/* Everything the two pages show; seven queries. is_staff: links to acts, whole names. */
MUST_USE Error *delivery_fill_project(Page *page, Snapshot *s, const DeliveryProject *project,
                                      bool is_staff, ProjectView *out);

#endif
