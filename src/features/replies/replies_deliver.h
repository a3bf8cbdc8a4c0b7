/* replies_deliver.h: what the use cases of this room share; for this room only. */
#ifndef FEATURES_REPLIES_REPLIES_DELIVER_H
#define FEATURES_REPLIES_REPLIES_DELIVER_H

#include "features/replies/replies.h"

/* REPLY_STAGE_OVER when no delivery of the round may be taken back any more. One query. */
MUST_USE Error *replies_check_stage(Tx *tx, int64_t area, int64_t round);

#endif
