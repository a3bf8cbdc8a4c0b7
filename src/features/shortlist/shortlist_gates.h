/* shortlist_gates.h: the functions behind shortlist_feature's gates, due items, personal data. */
#ifndef FEATURES_SHORTLIST_SHORTLIST_GATES_H
#define FEATURES_SHORTLIST_SHORTLIST_GATES_H

#include "platform/feature.h"

/* Every accepted project lies on a table and every table has ranked what it presents. */
Error *shortlist_gate_tables(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                             GateReport *out);
/* The secretary has fixed the list; there is nothing to fix when nothing was accepted. */
Error *shortlist_gate_fixed(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                            GateReport *out);
/* Tables that have not reported, and a list to be fixed, while the stage is open. */
Error *shortlist_due(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who, DueItems *out);
/* Tables whose recorder the person is, while the stage is open. */
Error *shortlist_mine(Snapshot *snapshot, Arena *arena, int64_t person, MineItems *out);
/* The member "round_tables"; and taking the name out of them. */
Error *shortlist_export_person(Snapshot *snapshot, int64_t person, Buf *out);
Error *shortlist_erase_person(Tx *tx, int64_t person, Instant now);

#endif
