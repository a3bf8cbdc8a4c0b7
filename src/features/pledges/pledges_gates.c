/* pledges_gates.c: the gate, what is due, a person's own pledges and their data. */
#include "base/vec.h"
#include "features/pledges/pledges_pages.h"
#include "platform/person_data.h"
#include "pledges_text.h"

#define EXPORT_MOST 10000

Error *gate_pledges_settled(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                            GateReport *out)
{
    PledgeCountsRow row;
    Error *err = sql_pledge_counts(snapshot, area, round, &row);
    if (err) {
        return err;
    }
    *out = (GateReport){.state = GATE_MET,
                        .claim = t_gate_pledges_settled(),
                        .detail = row.n == 0 ? t_gate_pledges_none()
                                             : t_gate_pledges_all(row.n_confirmed + row.n_received,
                                                                  row.n_released)};
    if (row.n_promised > 0) {
        out->state = GATE_UNMET;
        out->detail = t_gate_pledges_open(row.n, row.n_promised);
        out->link = url_path(snapshot_arena(snapshot), "/a/%s/pledges?round=%s", id_text(area).text,
                             id_text(round).text);
        out->link_text = t_gate_pledges_link();
    }
    return NULL;
}

Error *pledges_due(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who, DueItems *out)
{
    PledgeDueRows rows;
    if (policy_check(POLICY_MANAGE, who) != VERDICT_ALLOW) {
        return NULL;
    }
    Error *err = sql_pledge_due(snapshot, area, &rows);
    for (size_t i = 0; !err && i < rows.count; i++) {
        const PledgeDueRow *row = &rows.rows[i];
        bool is_new = row->what == 1;
        *vec_push(arena, out) =
            (DueItem){.what = is_new ? t_due_pledges(row->n) : t_due_pledges_firm(row->n),
                      .due_at = row->due_at,
                      .link = url_path(arena, "/a/%s/pledges?round=%s", id_text(area).text,
                                       id_text(row->round).text),
                      .verb = is_new ? t_due_pledges_verb() : t_due_pledges_firm_verb()};
    }
    return err;
}

/* --- a person's own ---------------------------------------------------------- */

Error *pledges_mine(Snapshot *snapshot, Arena *arena, int64_t person, MineItems *out)
{
    PledgeOfPersonRows rows;
    Error *err = sql_pledge_of_person(snapshot, person, MINE_OF_A_ROOM, &rows);
    for (size_t i = 0; !err && i < rows.count; i++) {
        const PledgeOfPersonRow *row = &rows.rows[i];
        *vec_push(arena, out) =
            (MineItem){.what = t_pledge_mine(row->title),
                       .state = pledge_state_text(row->state),
                       .at = row->promised_at,
                       .link = url_path(arena, "/a/%s/pledges/%s", id_text(row->area_id).text,
                                        id_text(row->id).text)};
    }
    return err;
}

static json_t *json_of_pledge(const PledgeOfPersonRow *row)
{
    static const char *const forms[] = {"", "money", "goods", "hours"};
    static const char *const states[] = {"", "promised", "confirmed", "received", "released"};
    json_t *object = json_object();
    json_object_set_new(object, "id", json_string(id_text(row->id).text));
    json_object_set_new(object, "project", json_of_str(row->title));
    json_object_set_new(object, "form", json_string(forms[row->form]));
    json_object_set_new(object, "value_fen", json_integer(row->value_fen.fen));
    json_object_set_new(object, "hours", json_integer(row->hours));
    json_object_set_new(object, "words", json_of_str(row->words));
    json_object_set_new(object, "is_named", json_boolean(row->is_named));
    json_object_set_new(object, "state", json_string(states[row->state]));
    json_object_set_new(object, "promised_at_ms", json_integer(row->promised_at.ms));
    return object;
}

Error *pledges_export_person(Snapshot *snapshot, int64_t person, Buf *out)
{
    PledgeOfPersonRows rows;
    Error *err = sql_pledge_of_person(snapshot, person, EXPORT_MOST, &rows);
    if (err) {
        return err;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < rows.count; i++) {
        json_array_append_new(list, json_of_pledge(&rows.rows[i]));
    }
    return person_data_member(snapshot, "pledges", list, out);
}

Error *pledges_erase_person(Tx *tx, int64_t person, Instant now)
{
    return sql_pledge_erase(tx, person, now, NULL);
}
