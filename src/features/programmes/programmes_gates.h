/* programmes_gates.h: the gate this room provides; for this room only. */
#ifndef FEATURES_PROGRAMMES_PROGRAMMES_GATES_H
#define FEATURES_PROGRAMMES_PROGRAMMES_GATES_H

#include "platform/feature.h"

/* plan_published: the round rests on a published edition of its programme. */
Error *programmes_gate_published(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                                 GateReport *out);

#endif
