/* replies_gates.h: the functions behind replies_feature's gate and due items. */
#ifndef FEATURES_REPLIES_REPLIES_GATES_H
#define FEATURES_REPLIES_REPLIES_GATES_H

#include "platform/feature.h"

/* MET when everybody who is owed an answer has it, delivered; else UNMET with numbers and a link to
 * the first one that is open. */
Error *replies_gate_answered(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                             GateReport *out);
/* A round's refusals as one item due with the oldest of them; once it replies, the others as one.
 */
Error *replies_due(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who, DueItems *out);
/* Answers delivered to a person. */
Error *replies_mine(Snapshot *snapshot, Arena *arena, int64_t person, MineItems *out);
/* The member "replies": answers to the person's proposals. */
Error *replies_export_person(Snapshot *snapshot, int64_t person, Buf *out);

#endif
