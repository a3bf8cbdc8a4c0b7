/* documents_gates.c: what this room tells the console and the desk. */
#include "features/documents/documents_gates.h"

#include "base/vec.h"
#include "documents_sql.h"
#include "documents_text.h"

static SafeUrl attach_url(Arena *arena, int64_t area, int64_t round)
{
    return url_path(arena, "/a/%s/rounds/%s/documents/attach", id_text(area).text,
                    id_text(round).text);
}

Error *documents_gate_attached(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                               GateReport *out)
{
    (void)stage;
    DocumentAttachedRulesRow row;
    Error *err = sql_document_attached_rules(snapshot, area, round, &row);
    if (err) {
        return err;
    }
    *out = (GateReport){
        .state = GATE_MET, .claim = t_document_gate(), .detail = t_document_gate_attached(row.n)};
    if (row.n == 0) {
        out->state = GATE_UNMET;
        out->detail = t_document_gate_none();
        out->link = attach_url(snapshot_arena(snapshot), area, round);
        out->link_text = t_document_attach_title();
    }
    return NULL;
}

Error *documents_due(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who, DueItems *out)
{
    DocumentDueRows rows;
    if (policy_check(POLICY_MANAGE, who) != VERDICT_ALLOW) {
        return NULL;
    }
    Error *err = sql_document_due(snapshot, area, &rows);
    for (size_t i = 0; !err && i < rows.count; i++) {
        *vec_push(arena, out) = (DueItem){.what = t_document_due(),
                                          .detail = t_document_due_of(rows.rows[i].title),
                                          .due_at = rows.rows[i].closes_at,
                                          .link = attach_url(arena, area, rows.rows[i].id),
                                          .verb = t_document_due_verb()};
    }
    return err;
}
