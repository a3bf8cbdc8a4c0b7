/* launch_changes.h: what the use cases of this room share; for this room only. */
#ifndef FEATURES_LAUNCH_LAUNCH_CHANGES_H
#define FEATURES_LAUNCH_LAUNCH_CHANGES_H

#include "features/launch/launch_rules.h"
#include "platform/db/db.h"
#include "platform/form/form.h"

#define OUTREACH_CHANNELS (OUTREACH_CHANNEL_COUNT - OUTREACH_POSTER)
extern const Choice outreach_channels[OUTREACH_CHANNELS];

/* NOT_FOUND, or STAGE_NOT_OPEN when the round is over. */
MUST_USE Error *launch_require_running(Tx *tx, int64_t area, int64_t round);

#endif
