/* publicity_gates.h: the functions behind publicity_feature's gates and due items. */
#ifndef FEATURES_PUBLICITY_PUBLICITY_GATES_H
#define FEATURES_PUBLICITY_PUBLICITY_GATES_H

#include "features/programmes/programmes.h"
#include "platform/feature.h"

/* WAITING with the date while the publication of the stage runs, UNMET without one. */
Error *gate_publication_over(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                             GateReport *out);
/* UNMET with a link to the oldest objection to the stage's publication, any edition, without an
 * answer; MET when there is none. */
Error *gate_objections_answered(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                                GateReport *out);
/* MET when every notice the round's rules demand has been published, is over and has its objections
 * answered, and no purchase was left out. */
Error *gate_three_publications(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                               GateReport *out);
/* The objections without an answer, one line with their number; open publication stages without a
 * publication; purchases that nothing has shown yet, where the rules ask for that; postings_due().
 * The objector's whole name is for those who answer (POLICY_MANAGE). */
Error *publicity_due(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who, DueItems *out);
/* Running publications that hang nowhere, and those that still hang after their end; for those who
 * manage. */
Error *postings_due(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who,
                    const HolidayTable *holidays, DueItems *out);
/* Objections a person made, as the member "objections"; and taking the person out of them. */
Error *publicity_export_person(Snapshot *snapshot, int64_t person, Buf *out);
Error *publicity_erase_person(Tx *tx, int64_t person, Instant now);

#endif
