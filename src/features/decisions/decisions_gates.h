/* decisions_gates.h: the functions behind decisions_feature's gates, due items, personal data. */
#ifndef FEATURES_DECISIONS_DECISIONS_GATES_H
#define FEATURES_DECISIONS_DECISIONS_GATES_H

#include "platform/feature.h"

/* Every accepted proposal has a record of each step before the decision. */
Error *decisions_gate_discussed(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                                GateReport *out);
/* Every accepted proposal was put to the vote with a quorum. */
Error *decisions_gate_resolved(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                               GateReport *out);
/* Of every chosen project somebody has said whether owners must decide, and where they must, they
 * have agreed. */
Error *decisions_gate_owners(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                             GateReport *out);
/* Meetings to be recorded while their stage is open; owners to be asked before works begin. */
Error *decisions_due(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who, DueItems *out);
/* The member "decisions": meetings the person was at; and taking their name out of them. */
Error *decisions_export_person(Snapshot *snapshot, int64_t person, Buf *out);
Error *decisions_erase_person(Tx *tx, int64_t person, Instant now);

#endif
