/* delivery_gates.h: what this room tells the console and the desk; for this room only. */
#ifndef FEATURES_DELIVERY_DELIVERY_GATES_H
#define FEATURES_DELIVERY_DELIVERY_GATES_H

#include "platform/feature.h"

/* Gate all_delivered, to leave `implement`: every project is accepted or stopped; where the round
 * has a stage of its own for acceptance, it is enough that all that was planned is done. */
Error *delivery_gate_delivered(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                               GateReport *out);
/* Gate all_accepted, to leave `accept`: every project is accepted or stopped. */
Error *delivery_gate_accepted(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                              GateReport *out);
/* Projects of running rounds whose milestone is late or near, and those that wait to begin. */
Error *delivery_due(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who, DueItems *out);

#endif
