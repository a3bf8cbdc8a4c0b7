/* programmes_feature.c: what this room tells the program: routes, gate, menu, what is due. */
#include "base/vec.h"
#include "features/programmes/programme_pages.h"
#include "features/programmes/programmes_gates.h"
#include "programmes_text.h"

static Error *programmes_due(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who,
                             DueItems *out)
{
    if (policy_check(POLICY_LEAD, who) != VERDICT_ALLOW) {
        return NULL;
    }
    StageOpenListRows rows;
    Error *err = sql_stage_open_list(snapshot, area, &rows);
    for (size_t i = 0; !err && i < rows.count; i++) {
        const StageOpenListRow *row = &rows.rows[i];
        *vec_push(arena, out) =
            (DueItem){.what = t_due_stage(row->title, row->name),
                      .detail = t_due_stage_detail(),
                      .due_at = row->closes_at,
                      .link = url_of(arena, "/a/{area}/rounds/{id}/console", area, row->round_id),
                      .verb = t_due_stage_verb()};
    }
    return err;
}

static const Route routes[] = {
    ROUTE_GET("/a/{area}/rounds", POLICY_PUBLIC, page_rounds),
    ROUTE_GET("/a/{area}/rounds/new", POLICY_LEAD, page_round_new),
    ROUTE_POST("/a/{area}/rounds/new", POLICY_LEAD, &round_form, submit_round, page_round_new),
    ROUTE_GET("/a/{area}/rounds/{id}", POLICY_PUBLIC, page_round),
    ROUTE_GET("/a/{area}/rounds/{id}/console", POLICY_STAFF, page_round_console),
    ROUTE_POST("/a/{area}/rounds/{id}/advance", POLICY_LEAD, &advance_form, submit_advance,
               page_round_console),
    ROUTE_POST("/a/{area}/rounds/{id}/waive", POLICY_STAFF, &waive_form, submit_waive,
               page_round_console),
    ROUTE_GET("/a/{area}/rounds/{id}/dates", POLICY_LEAD, page_dates),
    ROUTE_POST("/a/{area}/rounds/{id}/dates", POLICY_LEAD, &dates_form, submit_dates, page_dates),
    ROUTE_GET("/a/{area}/programmes", POLICY_PUBLIC, page_programmes),
    ROUTE_GET("/a/{area}/programmes/new", POLICY_PLAN, page_programme_new),
    ROUTE_POST("/a/{area}/programmes/new", POLICY_PLAN, &programme_new_form, submit_programme_new,
               page_programme_new),
    ROUTE_GET("/a/{area}/programmes/{id}", POLICY_PUBLIC, page_programme),
    ROUTE_POST("/a/{area}/programmes/{id}/publish", POLICY_PLAN, &programme_publish_form,
               submit_publish_programme, page_programme),
    ROUTE_POST("/a/{area}/programmes/{id}/revise", POLICY_PLAN, &programme_revise_form,
               submit_revise, page_programme),
    ROUTE_GET("/a/{area}/programmes/{id}/join", POLICY_LEAD, page_join),
    ROUTE_POST("/a/{area}/programmes/{id}/join", POLICY_LEAD, &join_form, submit_join, page_join),
    ROUTE_GET("/a/{area}/programmes/{id}/basics", POLICY_PLAN, page_basics),
    ROUTE_POST("/a/{area}/programmes/{id}/basics", POLICY_PLAN, &basics_form, submit_basics,
               page_basics),
    ROUTE_GET("/a/{area}/programmes/{id}/ballot", POLICY_PLAN, page_ballot_rules),
    ROUTE_POST("/a/{area}/programmes/{id}/ballot", POLICY_PLAN, &ballot_form, submit_ballot_rules,
               page_ballot_rules),
    ROUTE_GET("/a/{area}/programmes/{id}/kinds/{word}", POLICY_PLAN, page_kind_rule),
    ROUTE_POST("/a/{area}/programmes/{id}/kinds/{word}", POLICY_PLAN, &kind_form, submit_kind_rule,
               page_kind_rule),
    ROUTE_GET("/a/{area}/programmes/{id}/clauses/{word}", POLICY_PLAN, page_clause_rule),
    ROUTE_POST("/a/{area}/programmes/{id}/clauses/{word}", POLICY_PLAN, &clause_form,
               submit_clause_rule, page_clause_rule),
    ROUTE_GET("/a/{area}/programmes/{id}/notices/{word}", POLICY_PLAN, page_notice_rule),
    ROUTE_POST("/a/{area}/programmes/{id}/notices/{word}", POLICY_PLAN, &notice_form,
               submit_notice_rule, page_notice_rule),
    ROUTE_GET("/a/{area}/programmes/{id}/stages/{word}", POLICY_PLAN, page_stage_plan),
    ROUTE_POST("/a/{area}/programmes/{id}/stages/{word}", POLICY_PLAN, &stage_plan_form,
               submit_stage_plan, page_stage_plan),
};

static const Gate gates[] = {{"plan_published", programmes_gate_published}};

static const NavItem nav[] = {
    {TEXT_round_list_title, "/a/{area}/rounds", POLICY_STAFF, .rank = 10},
    {TEXT_programme_list_title, "/a/{area}/programmes", POLICY_STAFF, .rank = 11},
};

const Feature programmes_feature = {
    .name = "programmes",
    .routes = routes,
    .n_routes = countof(routes),
    .gates = gates,
    .n_gates = countof(gates),
    .due = programmes_due,
    .nav = nav,
    .n_nav = countof(nav),
};
