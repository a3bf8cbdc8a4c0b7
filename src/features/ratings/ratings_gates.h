/* ratings_gates.h: the functions behind ratings_feature's gate, due items, personal data. */
#ifndef FEATURES_RATINGS_RATINGS_GATES_H
#define FEATURES_RATINGS_RATINGS_GATES_H

#include "platform/feature.h"

/* The round's accepted projects were rated, and the rating is closed; met when there is none. */
Error *ratings_gate_closed(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                           GateReport *out);
/* A report on the round is published. */
Error *ratings_gate_report(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                           GateReport *out);
/* A rating to be opened, projects to be assessed, a rating to be closed, a report to be
 * published. */
Error *ratings_due(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who, DueItems *out);
/* The member "ratings": marks the person gave; and deleting them, which leaves them as counts. */
Error *ratings_export_person(Snapshot *snapshot, int64_t person, Buf *out);
Error *ratings_erase_person(Tx *tx, int64_t person, Instant now);

#endif
