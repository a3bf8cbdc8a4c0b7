/* programmes_pages.h: what the page files of this room share; for this room only. */
#ifndef FEATURES_PROGRAMMES_PROGRAMMES_PAGES_H
#define FEATURES_PROGRAMMES_PROGRAMMES_PAGES_H

#include "features/programmes/programmes.h"
#include "features/programmes/programmes_views.h"
#include "platform/http/http.h"

StandingView round_standing(const Page *page, const HolidayTable *holidays, const RoundInfo *round);
/* Two queries. */
MUST_USE Error *round_money_view(Page *page, Snapshot *snapshot, const RoundInfo *round,
                                 MoneyView *out);

extern const Form advance_form;
extern const Form waive_form;
extern const Form round_form;
PageHandler page_rounds, page_round, page_round_new;
FormHandler submit_round;
PageHandler page_round_console;
FormHandler submit_advance;
FormHandler submit_waive;

#endif
