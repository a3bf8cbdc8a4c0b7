/* decisions_gates.c: what this room tells the console, the desk and a person's own page. */
#include "features/decisions/decisions_gates.h"

#include "base/vec.h"
#include "decisions_sql.h"
#include "decisions_text.h"
#include "features/decisions/decisions.h"
#include "features/programmes/programmes.h"
#include "platform/person_data.h"

#define EXPORT_MOST 10000

static SafeUrl round_url(Arena *arena, int64_t area, int64_t round, const char *rest)
{
    return url_path(arena, "/a/%s/rounds/%s/decisions%s", id_text(area).text, id_text(round).text,
                    rest);
}

/* How many proposals of the round the step answers for. */
static int64_t covered_by(const DecisionCoveredRows *rows, Str step)
{
    for (size_t i = 0; i < rows->count; i++) {
        if (str_eq(rows->rows[i].step, step)) {
            return rows->rows[i].n;
        }
    }
    return 0;
}

static void report_missing(Arena *arena, int64_t area, int64_t round, Text detail, GateReport *out)
{
    out->state = GATE_UNMET;
    out->detail = detail;
    out->link = round_url(arena, area, round, "");
    out->link_text = t_decision_gate_link();
}

/* --- the steps before the decision ------------------------------------------- */

static bool is_before_decision(const DiscussionRule *rule)
{
    return rule->kind != DISCUSSION_OWNERS && !str_eq(rule->code, STR(DECISION_STEP_DECIDE));
}

/* The step that lacks most, as the gate names one thing at a time. */
static const DiscussionRule *step_that_lacks(const RoundRules *rules,
                                             const DecisionCoveredRows *rows, int64_t accepted,
                                             int64_t *out_missing)
{
    const DiscussionRule *found = NULL;
    *out_missing = 0;
    for (size_t i = 0; i < rules->n_discussions; i++) {
        const DiscussionRule *rule = &rules->discussions[i];
        int64_t missing = accepted - covered_by(rows, rule->code);
        if (is_before_decision(rule) && missing > *out_missing) {
            found = rule;
            *out_missing = missing;
        }
    }
    return found;
}

Error *decisions_gate_discussed(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                                GateReport *out)
{
    Arena *arena = snapshot_arena(snapshot);
    RoundRules *rules = arena_new(arena, RoundRules);
    DecisionCoveredRows rows = {0};
    int64_t missing = 0;
    Error *err = programmes_round_rules(snapshot, area, round, rules);
    if (!err) {
        err = sql_decision_covered(snapshot, area, round, &rows);
    }
    if (err) {
        return err;
    }
    int64_t accepted = covered_by(&rows, STR(""));
    *out = (GateReport){.state = GATE_MET,
                        .claim = t_decision_gate_discussed(),
                        .detail =
                            accepted == 0 ? t_decision_gate_none() : t_decision_gate_all(accepted)};
    const DiscussionRule *step = step_that_lacks(rules, &rows, accepted, &missing);
    if (step != NULL) {
        report_missing(arena, area, round, t_decision_gate_missing(step->name, accepted, missing),
                       out);
    }
    return NULL;
}

/* --- the decision ------------------------------------------------------------ */

Error *decisions_gate_resolved(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                               GateReport *out)
{
    DecisionCoveredRows rows;
    DecisionCarriedMoneyRow money;
    Error *err = sql_decision_covered(snapshot, area, round, &rows);
    if (!err) {
        err = sql_decision_carried_money(snapshot, area, round, &money);
    }
    if (err) {
        return err;
    }
    int64_t accepted = covered_by(&rows, STR(""));
    int64_t decided = covered_by(&rows, STR(DECISION_STEP_DECIDE));
    int64_t carried = covered_by(&rows, STR("+"));
    *out = (GateReport){
        .state = GATE_MET,
        .claim = t_decision_gate_resolved(),
        .detail = accepted == 0 ? t_decision_gate_none()
                                : t_decision_gate_carried(accepted, carried, accepted - carried)};
    if (decided < accepted) {
        report_missing(snapshot_arena(snapshot), area, round,
                       t_decision_gate_undecided(accepted, decided, accepted - decided), out);
    } else if (money.carried_fen.fen > money.budget_fen.fen) {
        report_missing(snapshot_arena(snapshot), area, round,
                       t_decision_gate_over(money.carried_fen, money.budget_fen), out);
    }
    return NULL;
}

/* --- owners ------------------------------------------------------------------ */

Error *decisions_gate_owners(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                             GateReport *out)
{
    Arena *arena = snapshot_arena(snapshot);
    DecisionOwnerCounts counts;
    Error *err = decisions_owner_counts(snapshot, area, round, &counts);
    if (err) {
        return err;
    }
    *out = (GateReport){.state = GATE_MET,
                        .claim = t_decision_gate_owners(),
                        .detail = counts.needed == 0
                                      ? t_decision_gate_owners_none(counts.chosen)
                                      : t_decision_gate_owners_all(counts.chosen, counts.needed)};
    if (counts.unsaid > 0) {
        report_missing(arena, area, round, t_decision_gate_unsaid(counts.chosen, counts.unsaid),
                       out);
        out->link = round_url(arena, area, round, "/owners");
        out->link_text = t_decision_owners_say();
    } else if (counts.agreed < counts.needed) {
        report_missing(arena, area, round,
                       t_decision_gate_owners_missing(counts.needed, counts.needed - counts.agreed),
                       out);
    }
    return NULL;
}

/* --- due --------------------------------------------------------------------- */

static void push_due(Arena *arena, int64_t area, const DecisionDueRow *row, DueItems *out)
{
    bool decides = str_eq(row->kind, STR("decide"));
    if (row->missing > 0) {
        *vec_push(arena, out) = (DueItem){.what = decides ? t_decision_due_decide(row->missing)
                                                          : t_decision_due_discuss(row->missing),
                                          .detail = t_decision_due_of(row->title),
                                          .due_at = row->closes_at,
                                          .link = round_url(arena, area, row->id, ""),
                                          .verb = t_decision_due_verb()};
    }
    if (row->owners > 0) {
        *vec_push(arena, out) = (DueItem){.what = t_decision_due_owners(row->owners),
                                          .detail = t_decision_due_of(row->title),
                                          .due_at = row->closes_at,
                                          .link = round_url(arena, area, row->id, "/owners"),
                                          .verb = t_decision_due_owners_verb()};
    }
}

Error *decisions_due(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who, DueItems *out)
{
    DecisionDueRows rows;
    if (policy_check(POLICY_MANAGE, who) != VERDICT_ALLOW) {
        return NULL;
    }
    Error *err = sql_decision_due(snapshot, area, &rows);
    for (size_t i = 0; !err && i < rows.count; i++) {
        push_due(arena, area, &rows.rows[i], out);
    }
    return err;
}

/* --- a person's own data ----------------------------------------------------- */

Error *decisions_export_person(Snapshot *snapshot, int64_t person, Buf *out)
{
    DecisionOfPersonRows rows;
    Error *err = sql_decision_of_person(snapshot, person, EXPORT_MOST, &rows);
    if (err) {
        return err;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < rows.count; i++) {
        const DecisionOfPersonRow *row = &rows.rows[i];
        json_t *object = json_object();
        json_object_set_new(object, "decision", json_string(id_text(row->decision_id).text));
        json_object_set_new(object, "body", json_of_str(row->body));
        json_object_set_new(object, "name", json_of_str(row->name));
        json_object_set_new(object, "office", json_of_str(row->office));
        json_array_append_new(list, object);
    }
    return person_data_member(snapshot, "decisions", list, out);
}

Error *decisions_erase_person(Tx *tx, int64_t person, Instant now)
{
    return sql_decision_erase_person(tx, person, NULL);
}
