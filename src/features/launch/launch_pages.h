/* launch_pages.h: what the page files of this room share; for this room only. */
#ifndef FEATURES_LAUNCH_LAUNCH_PAGES_H
#define FEATURES_LAUNCH_LAUNCH_PAGES_H

#include "features/launch/launch_changes.h"
#include "features/launch/launch_views.h"
#include "features/programmes/programmes.h"
#include "launch_sql.h"
#include "platform/feature.h"
#include "platform/html/frame_load.h"
#include "platform/http/http.h"

bool launch_may(const Page *page, Policy policy);
/* Shows a list of the round page->ids[0], or sends it as a file named like the table. `view` says
 * its words, its own address and where one is added, which is taken away from who may not. */
MUST_USE Error *launch_show_list(Page *page, Snapshot *s, const ListTable *table,
                                 LaunchListView *view);
/* What was done by each channel, in the page's memory. */
MUST_USE Error *launch_load_channels(Page *page, Snapshot *s, int64_t round,
                                     const ChannelLine **out, size_t *out_count);

extern const Form outreach_form, outreach_correct_form;

PageHandler page_launch, page_launch_calendar, page_launch_console, page_outreach_log,
    page_outreach, page_outreach_new, page_outreach_correct, page_outreach_withdraw;
FormHandler submit_outreach, submit_outreach_correct, submit_outreach_withdraw;

MUST_USE Error *gate_outreach_recorded(Snapshot *snapshot, int64_t area, int64_t round,
                                       int64_t stage, GateReport *out);
MUST_USE Error *gate_training_held(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                                   GateReport *out);
MUST_USE Error *launch_due(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who,
                           DueItems *out);

/* Feature.export_person and erase_person: who signed in to trainings. */
MUST_USE Error *trainings_export_person(Snapshot *snapshot, int64_t person, Buf *out);
MUST_USE Error *trainings_erase_person(Tx *tx, int64_t person, Instant now);

#endif
