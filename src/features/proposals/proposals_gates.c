/* proposals_gates.c: what this room tells the program: the gate, what is due, personal data. */
#include "base/vec.h"
#include "features/proposals/proposals_pages.h"
#include "features/proposals/proposals_photos.h"
#include "platform/person_data.h"
#include "proposals_merge_sql.h"
#include "proposals_text.h"
#include "screening_duties_text.h"

/* --- the gate ---------------------------------------------------------------- */

typedef struct Counts {
    int64_t waiting;
    int64_t accepted;
    int64_t refused;
} Counts;

static Error *count_states(Snapshot *snapshot, int64_t area, int64_t round, Counts *out)
{
    ProposalCountsRows rows;
    Error *err = sql_proposal_counts(snapshot, area, round, &rows);
    *out = (Counts){0};
    for (size_t i = 0; !err && i < rows.count; i++) {
        out->waiting += rows.rows[i].state == PROPOSAL_SUBMITTED ? rows.rows[i].n : 0;
        out->accepted += rows.rows[i].state == PROPOSAL_ACCEPTED ? rows.rows[i].n : 0;
        out->refused += rows.rows[i].state == PROPOSAL_REFUSED ? rows.rows[i].n : 0;
    }
    return err;
}

Error *proposals_gate_decided(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                              GateReport *out)
{
    Counts counts;
    ProposalAskedRow asked = {0};
    Error *err = count_states(snapshot, area, round, &counts);
    if (!err) {
        err = sql_proposal_asked(snapshot, area, round, &asked);
    }
    if (err) {
        return err;
    }
    int64_t decided = counts.accepted + counts.refused;
    int64_t total = decided + counts.waiting;
    *out = (GateReport){.state = GATE_MET,
                        .claim = t_gate_proposals_decided(),
                        .detail = t_gate_proposals_all(total, counts.accepted, counts.refused)};
    if (total == 0) {
        out->detail = t_gate_proposals_none();
    } else if (counts.waiting > 0) {
        out->state = GATE_UNMET;
        out->detail = t_gate_proposals_detail(total, decided, counts.waiting);
        out->link = url_of(snapshot_arena(snapshot),
                           "/a/{area}/proposals?state=submitted&round={id}", area, round);
        out->link_text = t_gate_proposals_link();
    } else if (asked.n > 0) {
        out->state = GATE_UNMET;
        out->detail = t_gate_proposals_asked(asked.n);
    }
    return NULL;
}

/* --- due --------------------------------------------------------------------- */

Error *proposals_due(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who, DueItems *out)
{
    if (policy_check(POLICY_MANAGE, who) != VERDICT_ALLOW) {
        return NULL;
    }
    ProposalUnreadRow oldest;
    bool found = false;
    Error *err =
        sql_proposal_unread(snapshot, area, 0, who->person,
                            policy_check(POLICY_LEAD, who) == VERDICT_ALLOW, 0, &oldest, &found);
    if (err || !found) {
        return err;
    }
    *vec_push(arena, out) =
        (DueItem){.what = t_due_proposals(oldest.n),
                  .detail = t_due_proposals_oldest(oldest.title, oldest.submitted_at),
                  .due_at = oldest.closes_at,
                  .link = url_of(arena, "/a/{area}/proposals/{id}/decide?next=1", area, oldest.id),
                  .verb = t_due_proposals_verb()};
    return NULL;
}

/* --- a person's own data ----------------------------------------------------- */

static json_t *json_of_proposal(const ProposalExportRow *row)
{
    static const char *const states[] = {"",        "submitted", "accepted",
                                         "refused", "withdrawn", "merged"};
    json_t *object = json_object();
    json_object_set_new(object, "id", json_string(id_text(row->id).text));
    json_object_set_new(object, "title", json_of_str(row->title));
    json_object_set_new(object, "need", json_of_str(row->need));
    json_object_set_new(object, "place", json_of_str(row->place));
    json_object_set_new(object, "beneficiaries", json_of_str(row->beneficiaries));
    json_object_set_new(object, "state", json_string(states[row->state]));
    json_object_set_new(object, "reason", json_of_str(row->reason));
    json_object_set_new(object, "receipt", json_of_str(row->receipt));
    json_object_set_new(object, "name", json_of_str(row->proposer_name));
    json_object_set_new(object, "phone", json_of_str(row->proposer_phone));
    json_object_set_new(object, "submitted_at_ms", json_integer(row->submitted_at.ms));
    return object;
}

Error *proposals_mine(Snapshot *snapshot, Arena *arena, int64_t person, MineItems *out)
{
    ProposalOfPersonRows rows;
    Error *err = sql_proposal_of_person(snapshot, person, MINE_OF_A_ROOM, &rows);
    if (err) {
        return err;
    }
    for (size_t i = 0; i < rows.count; i++) {
        const ProposalOfPersonRow *row = &rows.rows[i];
        *vec_push(arena, out) =
            (MineItem){.what = t_proposal_title_words(row->title),
                       .state = proposal_state_text(row->state),
                       .at = row->submitted_at,
                       .link = url_of(arena, "/a/{area}/proposals/{id}", row->area_id, row->id)};
    }
    return NULL;
}

static Error *export_support(Snapshot *snapshot, int64_t person, Buf *out)
{
    SupportExportRows rows;
    Error *err = sql_support_export(snapshot, person, &rows);
    if (err) {
        return err;
    }
    json_t *list = json_array();
    buf_char(out, ',');
    for (size_t i = 0; i < rows.count; i++) {
        json_t *object = json_object();
        json_object_set_new(object, "id", json_string(id_text(rows.rows[i].id).text));
        json_object_set_new(object, "title", json_of_str(rows.rows[i].title));
        json_object_set_new(object, "supported_at_ms", json_integer(rows.rows[i].supported_at.ms));
        json_array_append_new(list, object);
    }
    return person_data_member(snapshot, "supported_proposals", list, out);
}

Error *proposals_export_person(Snapshot *snapshot, int64_t person, Buf *out)
{
    ProposalExportRows rows;
    Error *err = sql_proposal_export(snapshot, person, &rows);
    if (err) {
        return err;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < rows.count; i++) {
        json_array_append_new(list, json_of_proposal(&rows.rows[i]));
    }
    err = person_data_member(snapshot, "proposals", list, out);
    if (!err) {
        err = photos_export_person(snapshot, person, out);
    }
    return err ? err : export_support(snapshot, person, out);
}

Error *proposals_erase_person(Tx *tx, int64_t person, Instant now)
{
    Error *err = photos_erase_person(tx, person);
    if (!err) {
        err = sql_support_erase(tx, person, NULL);
    }
    return err ? err : sql_proposal_erase_person(tx, person, NULL);
}
