/* replies_gates.c: what this room tells the console, the desk and a person's own page. */
#include "features/replies/replies_gates.h"

#include "base/vec.h"
#include "features/programmes/programmes.h"
#include "features/replies/replies.h"
#include "platform/person_data.h"
#include "replies_sql.h"
#include "replies_text.h"

#define EXPORT_MOST 10000

static SafeUrl answer_url(Arena *arena, int64_t area, int64_t proposal)
{
    return url_of(arena, "/a/{area}/replies/{id}", area, proposal);
}

Error *replies_gate_answered(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                             GateReport *out)
{
    ReplyCounts counts;
    Error *err = replies_counts(snapshot, area, round, &counts);
    if (err) {
        return err;
    }
    *out = (GateReport){.state = GATE_MET,
                        .claim = t_reply_gate_claim(),
                        .detail =
                            counts.owed == 0 ? t_reply_gate_none() : t_reply_gate_all(counts.owed)};
    if (counts.delivered < counts.owed) {
        out->state = GATE_UNMET;
        out->detail = t_reply_gate_counts(counts.owed, counts.delivered, counts.written,
                                          counts.owed - counts.delivered - counts.written);
        out->link = url_of(snapshot_arena(snapshot), "/a/{area}/rounds/{id}/replies", area, round);
        out->link_text = t_reply_gate_link();
    }
    return NULL;
}

/* --- due ------------------------------------------------------------------------------------ */

static Error *push_refused(Snapshot *snapshot, Arena *arena, int64_t area,
                           const ReplyWaitingRow *row, const HolidayTable *holidays, DueItems *out)
{
    RoundRules *rules = arena_new(arena, RoundRules);
    Error *err = programmes_round_rules(snapshot, area, row->id, rules);
    if (err) {
        return err;
    }
    *vec_push(arena, out) =
        (DueItem){.what = t_reply_due_refused(row->refused),
                  .detail = t_reply_due_of(row->title),
                  .due_at = reply_due_at(holidays, REPLY_REFUSED, row->oldest_at,
                                         rules->refusal_reply_working_days, row->closes_at),
                  .link = answer_url(arena, area, row->first_refused),
                  .verb = t_reply_due_verb()};
    return NULL;
}

static bool replies_now(const ReplyWaitingRow *row)
{
    return str_eq(row->kind, STR("reply"));
}

Error *replies_due(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who, DueItems *out)
{
    ReplyWaitingRows rows;
    HolidayTable holidays;
    if (policy_check(POLICY_MANAGE, who) != VERDICT_ALLOW) {
        return NULL;
    }
    Error *err = sql_reply_waiting(snapshot, area, &rows);
    if (!err && rows.count > 0) {
        err = programmes_holidays(snapshot, &holidays);
    }
    for (size_t i = 0; !err && i < rows.count; i++) {
        const ReplyWaitingRow *row = &rows.rows[i];
        if (row->refused > 0) {
            err = push_refused(snapshot, arena, area, row, &holidays, out);
        }
        if (!err && row->others > 0 && replies_now(row)) {
            *vec_push(arena, out) = (DueItem){.what = t_reply_due_others(row->others),
                                              .detail = t_reply_due_of(row->title),
                                              .due_at = row->closes_at,
                                              .link = answer_url(arena, area, row->first_other),
                                              .verb = t_reply_due_verb()};
        }
    }
    return err;
}

/* --- a person's own ------------------------------------------------------------------------- */

Error *replies_mine(Snapshot *snapshot, Arena *arena, int64_t person, MineItems *out)
{
    ReplyOfPersonRows rows;
    Error *err = sql_reply_of_person(snapshot, person, MINE_OF_A_ROOM, &rows);
    for (size_t i = 0; !err && i < rows.count; i++) {
        const ReplyOfPersonRow *row = &rows.rows[i];
        *vec_push(arena, out) = (MineItem){
            .what = t_reply_mine(row->title),
            .state = t_reply_mine_state(),
            .at = row->delivered_at,
            .link = url_of(arena, "/a/{area}/proposals/{id}", row->area_id, row->proposal_id)};
    }
    return err;
}

Error *replies_export_person(Snapshot *snapshot, int64_t person, Buf *out)
{
    ReplyOfPersonRows rows;
    Error *err = sql_reply_of_person(snapshot, person, EXPORT_MOST, &rows);
    if (err) {
        return err;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < rows.count; i++) {
        const ReplyOfPersonRow *row = &rows.rows[i];
        json_t *object = json_object();
        json_object_set_new(object, "proposal", json_string(id_text(row->proposal_id).text));
        json_object_set_new(object, "words", json_of_str(row->words));
        json_object_set_new(object, "delivered_at_ms", json_integer(row->delivered_at.ms));
        json_array_append_new(list, object);
    }
    return person_data_member(snapshot, "replies", list, out);
}
