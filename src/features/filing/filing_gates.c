/* filing_gates.c: the gate, what is due for the community and for the street, own data. */
#include "base/vec.h"
#include "features/filing/filing_pages.h"
#include "filing_text.h"
#include "platform/person_data.h"

#define EXPORT_MOST 10000

static SafeUrl round_link(Arena *arena, int64_t area, int64_t round)
{
    return url_of(arena, "/a/{area}/rounds/{id}/filing", area, round);
}

Error *gate_filed(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage, GateReport *out)
{
    FilingCountsRow row;
    Error *err = sql_filing_counts(snapshot, area, round, &row);
    if (err) {
        return err;
    }
    int64_t n_open = row.n_waiting + row.n_filed + row.n_returned;
    *out = (GateReport){.state = n_open == 0 ? GATE_MET : GATE_UNMET,
                        .claim = t_filing_gate(),
                        .detail = row.n_received + row.n_withdrawn == 0
                                      ? t_filing_gate_none()
                                      : t_filing_gate_all(row.n_received, row.n_withdrawn)};
    if (n_open > 0) {
        out->detail = t_filing_gate_open(row.n_waiting, row.n_filed, row.n_returned);
        out->link = round_link(snapshot_arena(snapshot), area, round);
        out->link_text = t_filing_gate_link();
    }
    return NULL;
}

/* --- due --------------------------------------------------------------------- */

static void push_due(Arena *arena, int64_t area, const FilingDueRow *row, Text what, Text verb,
                     DueItems *out)
{
    *vec_push(arena, out) = (DueItem){.what = what,
                                      .detail = t_filing_due_of(row->title),
                                      .due_at = row->closes_at,
                                      .link = round_link(arena, area, row->id),
                                      .verb = verb};
}

Error *filing_due(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who, DueItems *out)
{
    FilingDueRows rows;
    bool is_street = policy_check(POLICY_PLAN, who) == VERDICT_ALLOW;
    bool is_community = policy_check(POLICY_LEAD, who) == VERDICT_ALLOW;
    if (!is_street && !is_community) {
        return NULL;
    }
    Error *err = sql_filing_due(snapshot, area, &rows);
    for (size_t i = 0; !err && i < rows.count; i++) {
        const FilingDueRow *row = &rows.rows[i];
        if (is_community && row->n_waiting > 0) {
            push_due(arena, area, row, t_filing_due_file(row->n_waiting), t_filing_due_file_verb(),
                     out);
        }
        if (is_community && row->n_returned > 0) {
            push_due(arena, area, row, t_filing_due_answer(row->n_returned),
                     t_filing_due_answer_verb(), out);
        }
        if (is_street && row->n_filed > 0) {
            push_due(arena, area, row, t_filing_due_receive(row->n_filed),
                     t_filing_due_receive_verb(), out);
        }
    }
    return err;
}

/* --- own data ---------------------------------------------------------------- */

static json_t *json_of_act(const FilingOfPersonRow *row)
{
    static const char *const acts[] = {"",       "file",     "receive", "return",
                                       "resend", "withdraw", "lapse"};
    json_t *object = json_object();
    json_object_set_new(object, "project", json_string(id_text(row->proposal_id).text));
    json_object_set_new(object, "act", json_string(acts[row->act]));
    json_object_set_new(object, "letter", json_of_str(row->letter));
    json_object_set_new(object, "words", json_of_str(row->words));
    json_object_set_new(object, "acted_at_ms", json_integer(row->acted_at.ms));
    return object;
}

Error *filing_export_person(Snapshot *snapshot, int64_t person, Buf *out)
{
    FilingOfPersonRows rows;
    Error *err = sql_filing_of_person(snapshot, person, EXPORT_MOST, &rows);
    if (err) {
        return err;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < rows.count; i++) {
        json_array_append_new(list, json_of_act(&rows.rows[i]));
    }
    return person_data_member(snapshot, "filings", list, out);
}

Error *filing_erase_person(Tx *tx, int64_t person, Instant now)
{
    return sql_filing_erase_person(tx, person, NULL);
}
