/* delivery_gates.c: see the header. */
#include "features/delivery/delivery_gates.h"

#include "base/vec.h"
#include "delivery_sql.h"
#include "delivery_text.h"
#include "features/delivery/delivery.h"

static void report(Snapshot *snapshot, int64_t area, int64_t round, int64_t projects, int64_t over,
                   GateReport *out)
{
    if (over >= projects) {
        out->state = GATE_MET;
        out->detail = projects == 0 ? t_delivery_gate_none() : t_delivery_gate_all(projects);
        return;
    }
    out->state = GATE_UNMET;
    out->detail = t_delivery_gate_counts(projects, over, projects - over);
    out->link = url_of(snapshot_arena(snapshot), "/a/{area}/deliveries?round={id}", area, round);
    out->link_text = t_delivery_gate_link();
}

Error *delivery_gate_delivered(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                               GateReport *out)
{
    DeliveryCounts counts;
    Error *err = delivery_counts(snapshot, area, round, &counts);
    if (err) {
        return err;
    }
    int64_t over = counts.accepted + counts.stopped;
    *out = (GateReport){.claim = t_delivery_gate_delivered()};
    if (counts.has_accept_stage) {
        out->claim = t_delivery_gate_built();
        over += counts.built;
    }
    report(snapshot, area, round, counts.projects, over, out);
    return NULL;
}

Error *delivery_gate_accepted(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                              GateReport *out)
{
    DeliveryCounts counts;
    Error *err = delivery_counts(snapshot, area, round, &counts);
    if (err) {
        return err;
    }
    *out = (GateReport){.claim = t_delivery_gate_delivered()};
    report(snapshot, area, round, counts.projects, counts.accepted + counts.stopped, out);
    return NULL;
}

/* --- due ------------------------------------------------------------------------------------ */

#define DUE_ROWS 20

Error *delivery_due(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who, DueItems *out)
{
    DeliveryWaitingRows rows;
    if (policy_check(POLICY_MANAGE, who) != VERDICT_ALLOW) {
        return NULL;
    }
    Error *err = sql_delivery_waiting(snapshot, area, DUE_ROWS, &rows);
    for (size_t i = 0; !err && i < rows.count; i++) {
        const DeliveryWaitingRow *row = &rows.rows[i];
        bool has_step = row->next_due_on.days > 0;
        *vec_push(arena, out) = (DueItem){
            .what = t_delivery_due(row->title),
            .detail = has_step ? t_delivery_due_step(row->step_title) : t_delivery_due_begin(),
            .due_at = has_step ? instant_at(row->next_due_on, 17, 30) : (Instant){0},
            .link = url_of(arena, "/a/{area}/deliveries/{id}/console", area, row->proposal_id),
            .verb = t_delivery_due_verb()};
    }
    return err;
}
