/* shortlist_gates.c: what this room tells the console, the desk and a person's own page. */
#include "features/shortlist/shortlist_gates.h"

#include "base/vec.h"
#include "features/shortlist/shortlist.h"
#include "platform/person_data.h"
#include "programmes_text.h"
#include "shortlist_sql.h"
#include "shortlist_text.h"

#define EXPORT_MOST 10000

static SafeUrl round_url(Arena *arena, int64_t area, int64_t round)
{
    return url_of(arena, "/a/{area}/rounds/{id}/shortlist", area, round);
}

static void report(Arena *arena, const Shortlist *all, int64_t area, bool is_met, Text detail,
                   GateReport *out)
{
    out->state = is_met ? GATE_MET : GATE_UNMET;
    out->detail = detail;
    out->link = round_url(arena, area, all->round.id);
    out->link_text = t_shortlist_gate_link();
}

Error *shortlist_gate_tables(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                             GateReport *out)
{
    Arena *arena = snapshot_arena(snapshot);
    Shortlist *all = arena_new(arena, Shortlist);
    Error *err = shortlist_load(snapshot, area, round, all);
    if (err) {
        return err;
    }
    int64_t tables = (int64_t)all->n_tables;
    int64_t reported = (int64_t)shortlist_reported(all);
    *out = (GateReport){.claim = text_of(TEXT_gate_claim_tables_reported)};
    if (all->n_accepted == 0) {
        report(arena, all, area, true, t_shortlist_gate_nothing(), out);
    } else if (tables == 0) {
        report(arena, all, area, false, t_shortlist_gate_no_tables(all->n_accepted), out);
    } else if (all->n_free > 0) {
        report(arena, all, area, false, t_shortlist_gate_free(all->n_free), out);
    } else if (reported < tables) {
        report(arena, all, area, false,
               t_shortlist_gate_tables(tables, reported, tables - reported), out);
    } else {
        report(arena, all, area, true, t_shortlist_gate_tables_all(tables), out);
    }
    return NULL;
}

static Text missing_to_fix(const Shortlist *all)
{
    if (!shortlist_tables_done(all)) {
        return t_shortlist_gate_fix_tables();
    }
    return all->needs_vote && all->hall != HALL_AGREES ? t_shortlist_gate_fix_hall()
                                                       : t_shortlist_gate_fix();
}

Error *shortlist_gate_fixed(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                            GateReport *out)
{
    Arena *arena = snapshot_arena(snapshot);
    Shortlist *all = arena_new(arena, Shortlist);
    Error *err = shortlist_load(snapshot, area, round, all);
    if (err) {
        return err;
    }
    *out = (GateReport){.claim = text_of(TEXT_gate_claim_shortlist_fixed)};
    if (all->is_fixed) {
        report(arena, all, area, true, t_shortlist_gate_fixed(all->fixed_at), out);
    } else if (all->n_accepted == 0) {
        report(arena, all, area, true, t_shortlist_gate_nothing(), out);
    } else {
        report(arena, all, area, false, missing_to_fix(all), out);
    }
    return NULL;
}

/* --- due --------------------------------------------------------------------- */

static Text due_text(const ShortlistDueRow *row)
{
    if (row->tables == 0) {
        return t_shortlist_due_set_up();
    }
    return row->reported < row->tables ? t_shortlist_due_tables(row->tables - row->reported)
                                       : t_shortlist_due_fix();
}

Error *shortlist_due(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who, DueItems *out)
{
    ShortlistDueRows rows;
    if (policy_check(POLICY_MANAGE, who) != VERDICT_ALLOW) {
        return NULL;
    }
    Error *err = sql_shortlist_due(snapshot, area, &rows);
    for (size_t i = 0; !err && i < rows.count; i++) {
        const ShortlistDueRow *row = &rows.rows[i];
        *vec_push(arena, out) = (DueItem){.what = due_text(row),
                                          .detail = t_shortlist_due_of(row->title),
                                          .due_at = row->closes_at,
                                          .link = round_url(arena, area, row->id),
                                          .verb = t_shortlist_due_verb()};
    }
    return err;
}

/* --- a person's own ---------------------------------------------------------- */

Error *shortlist_mine(Snapshot *snapshot, Arena *arena, int64_t person, MineItems *out)
{
    ShortlistRecorderOfRows rows;
    Error *err = sql_shortlist_recorder_of(snapshot, person, MINE_OF_A_ROOM, &rows);
    for (size_t i = 0; !err && i < rows.count; i++) {
        const ShortlistRecorderOfRow *row = &rows.rows[i];
        bool is_done = row->reported_at.ms > 0 || row->is_fixed;
        *vec_push(arena, out) = (MineItem){
            .what = t_shortlist_mine_recorder(row->no),
            .state = is_done ? t_shortlist_mine_done() : t_shortlist_mine_waits(),
            .at = row->opens_at,
            .link = url_of(arena, "/a/{area}/tables/{id}/ranking", row->area_id, row->table_id)};
    }
    return err;
}

Error *shortlist_export_person(Snapshot *snapshot, int64_t person, Buf *out)
{
    static const char *const parts[] = {"", "head", "recorder", "speaker"};
    ShortlistOfPersonRows rows;
    Error *err = sql_shortlist_of_person(snapshot, person, EXPORT_MOST, &rows);
    if (err) {
        return err;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < rows.count; i++) {
        const ShortlistOfPersonRow *row = &rows.rows[i];
        json_t *object = json_object();
        json_object_set_new(object, "table", json_string(id_text(row->table_id).text));
        json_object_set_new(object, "no", json_integer(row->no));
        json_object_set_new(object, "part", json_string(parts[row->part]));
        json_object_set_new(object, "name", json_of_str(row->name));
        json_array_append_new(list, object);
    }
    return person_data_member(snapshot, "round_tables", list, out);
}

Error *shortlist_erase_person(Tx *tx, int64_t person, Instant now)
{
    return sql_shortlist_erase_person(tx, person, NULL);
}
