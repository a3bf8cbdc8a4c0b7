/* documents_gates.h: what this room tells the console and the desk. */
#ifndef FEATURES_DOCUMENTS_DOCUMENTS_GATES_H
#define FEATURES_DOCUMENTS_DOCUMENTS_GATES_H

#include "platform/feature.h"

/* rules_attached: the round goes by at least one document of the kind rules. */
MUST_USE Error *documents_gate_attached(Snapshot *snapshot, int64_t area, int64_t round,
                                        int64_t stage, GateReport *out);
MUST_USE Error *documents_due(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who,
                              DueItems *out);

#endif
