/* programmes_gates.c: the conditions of stages: who checks them, and what they say. */
#include "features/programmes/programmes_gates.h"
#include "base/vec.h"
#include "features/programmes/programmes.h"
#include "features/programmes/programmes_template.h"
#include "programmes_sql.h"
#include "programmes_text.h"

/* Gates that templates may name before a room provides them (docs/rounds.md says what each asks). A
 * room that provides one needs no change here. */
static const struct {
    const char *name;
    int claim;
} known[] = {
    {"plan_published", TEXT_gate_claim_plan_published},
    {"rules_attached", TEXT_gate_claim_rules_attached},
    {"outreach_recorded", TEXT_gate_claim_outreach_recorded},
    {"training_held", TEXT_gate_claim_training_held},
    {"quota_within_budget", TEXT_gate_claim_quota_within_budget},
    {"all_priced", TEXT_gate_claim_all_priced},
    {"pledges_settled", TEXT_gate_claim_pledges_settled},
    {"tables_reported", TEXT_gate_claim_tables_reported},
    {"shortlist_fixed", TEXT_gate_claim_shortlist_fixed},
    {"paper_reconciled", TEXT_gate_claim_paper_reconciled},
    {"all_answered", TEXT_gate_claim_all_answered},
    {"owners_agreed", TEXT_gate_claim_owners_agreed},
    {"all_delivered", TEXT_gate_claim_all_delivered},
    {"all_accepted", TEXT_gate_claim_all_accepted},
    {"ratings_closed", TEXT_gate_claim_ratings_closed},
    {"report_published", TEXT_gate_claim_report_published},
    {"discussed", TEXT_gate_claim_discussed},
    {"resolved", TEXT_gate_claim_resolved},
    {"filed", TEXT_gate_claim_filed},
    {"three_publications", TEXT_gate_claim_three_publications},
};

static int known_claim(Str name)
{
    for (size_t i = 0; i < countof(known); i++) {
        if (str_eq(str_from(known[i].name), name)) {
            return known[i].claim;
        }
    }
    return 0;
}

static const Gate *gate_find(const Feature *const *rooms, size_t n_rooms, Str name)
{
    for (size_t i = 0; i < n_rooms; i++) {
        for (size_t k = 0; k < rooms[i]->n_gates; k++) {
            if (str_eq(str_from(rooms[i]->gates[k].name), name)) {
                return &rooms[i]->gates[k];
            }
        }
    }
    return NULL;
}

/* A gate that no room answers for. */
static void report_absent(GateView *view)
{
    int claim = known_claim(view->name);
    view->is_by_hand = claim != 0;
    view->report =
        claim != 0
            ? (GateReport){.state = GATE_MET, .claim = text_of(claim), .detail = t_gate_by_hand()}
            : (GateReport){.state = GATE_UNMET,
                           .claim = t_gate_unknown(view->name),
                           .detail = t_gate_unknown_detail()};
}

/* Whose gates are asked, for which round. */
typedef struct Asking {
    Snapshot *snapshot;
    const Feature *const *rooms;
    size_t n_rooms;
    int64_t area, round;
    struct {
        GateView *items;
        size_t count;
        size_t capacity;
    } views;
} Asking;

static Error *ask(Asking *asking, const StageInfo *stage, Str names, bool is_enter)
{
    Arena *arena = snapshot_arena(asking->snapshot);
    size_t count = 0;
    Str *each = gate_names(arena, names, &count);
    for (size_t i = 0; i < count; i++) {
        GateView *view = vec_push(arena, &asking->views);
        const Gate *gate = gate_find(asking->rooms, asking->n_rooms, each[i]);
        view->name = each[i];
        view->is_enter = is_enter;
        if (gate == NULL) {
            report_absent(view);
            continue;
        }
        Error *err =
            gate->check(asking->snapshot, asking->area, asking->round, stage->no, &view->report);
        if (err) {
            return err;
        }
    }
    return NULL;
}

/* The open stage and the one that opens after it; NULL where there is none. */
static void find_stages(const StageInfo *stages, size_t count, const StageInfo **out_open,
                        const StageInfo **out_next)
{
    *out_open = NULL;
    *out_next = NULL;
    for (size_t i = 0; i < count; i++) {
        if (stages[i].state == STAGE_OPEN) {
            *out_open = &stages[i];
        } else if (*out_open != NULL && *out_next == NULL && stages[i].state == STAGE_NOT_YET) {
            *out_next = &stages[i];
        }
    }
}

Error *programmes_gates(Snapshot *snapshot, const Feature *const *rooms, size_t n_rooms,
                        int64_t area, int64_t round, const StageInfo *stages, size_t n_stages,
                        GateView **out, size_t *out_count)
{
    const StageInfo *open = NULL;
    const StageInfo *next = NULL;
    Asking asking = {snapshot, rooms, n_rooms, area, round, {0}};
    find_stages(stages, n_stages, &open, &next);
    Error *err = open != NULL ? ask(&asking, open, open->gates, false) : NULL;
    if (!err && next != NULL) {
        err = ask(&asking, next, next->enter_gates, true);
    }
    *out = asking.views.items;
    *out_count = asking.views.count;
    return err;
}

/* --- what the program lacks -------------------------------------------------- */

typedef struct Names {
    Str *items;
    size_t count;
    size_t capacity;
} Names;

typedef struct Lacking {
    Arena *arena;
    const Feature *const *rooms;
    size_t n_rooms;
    Names seen;
    Names lines;
} Lacking;

static bool is_seen(const Names *names, Str name)
{
    for (size_t i = 0; i < names->count; i++) {
        if (str_eq(names->items[i], name)) {
            return true;
        }
    }
    return false;
}

static void note_absent(Lacking *lacking, Str template_name, size_t stage, Str gates)
{
    size_t count = 0;
    Str *names = gate_names(lacking->arena, gates, &count);
    for (size_t i = 0; i < count; i++) {
        if (gate_find(lacking->rooms, lacking->n_rooms, names[i]) != NULL ||
            is_seen(&lacking->seen, names[i])) {
            continue;
        }
        *vec_push(lacking->arena, &lacking->seen) = names[i];
        *vec_push(lacking->arena, &lacking->lines) = arena_printf(
            lacking->arena, "%.*s.ini, stage %zu: %.*s%s", STR_ARG(template_name), stage + 1,
            STR_ARG(names[i]), known_claim(names[i]) != 0 ? "" : " (unknown: it never opens)");
    }
}

Error *programmes_absent_gates(Arena *arena, const Feature *const *rooms, size_t n_rooms, Str **out,
                               size_t *out_count)
{
    RoundTemplate *templates = NULL;
    size_t count = 0;
    Lacking lacking = {.arena = arena, .rooms = rooms, .n_rooms = n_rooms};
    Error *err = template_list(arena, &templates, &count);
    for (size_t i = 0; !err && i < count; i++) {
        const RoundRules *rules = &templates[i].rules;
        for (size_t k = 0; k < rules->n_stages; k++) {
            note_absent(&lacking, templates[i].name, k, rules->stages[k].enter);
            note_absent(&lacking, templates[i].name, k, rules->stages[k].leave);
        }
    }
    *out = lacking.lines.items;
    *out_count = lacking.lines.count;
    return err;
}

/* --- the gate of this room --------------------------------------------------- */

Error *programmes_gate_published(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                                 GateReport *out)
{
    ProgrammeOfRoundRow programme;
    bool found = false;
    Error *err = sql_programme_of_round(snapshot, area, round, &programme, &found);
    if (err) {
        return err;
    }
    *out = (GateReport){.claim = text_of(TEXT_gate_claim_plan_published)};
    out->state = found ? GATE_MET : GATE_UNMET;
    if (found) {
        out->detail = t_gate_plan_published(programme.no, programme.published_at);
    }
    return NULL;
}
