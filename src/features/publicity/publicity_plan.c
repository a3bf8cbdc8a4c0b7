/* publicity_plan.c: which notices a round publishes, and when each may go out. */
#include "features/publicity/publicity.h"

#include "features/programmes/programmes.h"
#include "publicity_content_sql.h"
#include "publicity_sql.h"

/* Everything a plan is made from. */
typedef struct Facts {
    RoundInfo round;
    StageInfo *stages;
    size_t n_stages;
    const RoundRules *rules;
    PublicationOfRoundRows standing;
    PublicationUnshownPurchasesRow unshown;
} Facts;

static Error *load_facts(Snapshot *snapshot, int64_t area, int64_t round, Facts *facts)
{
    RoundRules *rules = arena_new(snapshot_arena(snapshot), RoundRules);
    Error *err = programmes_round(snapshot, area, round, &facts->round);
    if (!err) {
        err = programmes_stages(snapshot, area, round, &facts->stages, &facts->n_stages);
    }
    if (!err) {
        err = programmes_round_rules(snapshot, area, round, rules);
    }
    if (!err) {
        err = sql_publication_of_round(snapshot, area, round, &facts->standing);
    }
    if (!err) {
        err = sql_publication_unshown_purchases(snapshot, area, round, &facts->unshown);
    }
    facts->rules = rules;
    return err;
}

static PublicationRound round_of(const Facts *facts)
{
    PublicationRound round = {0};
    for (size_t i = 0; i < facts->n_stages; i++) {
        const StageInfo *stage = &facts->stages[i];
        round.has_vote |= stage->kind == STAGE_KIND_VOTE;
        round.has_decide |= stage->kind == STAGE_KIND_DECIDE;
        if (stage->kind == STAGE_KIND_IMPLEMENT) {
            round.works_begun = stage->state != STAGE_NOT_YET;
            round.works_over = round.works_begun && stage->state != STAGE_OPEN;
        }
    }
    return round;
}

/* The publish stage of that notice: of several the open one, else the first; NULL: none. */
static const StageInfo *stage_of(const Facts *facts, Str notice)
{
    const StageInfo *first = NULL;
    for (size_t i = 0; i < facts->n_stages; i++) {
        const StageInfo *stage = &facts->stages[i];
        if (stage->kind != STAGE_KIND_PUBLISH || !str_eq(stage->notice, notice)) {
            continue;
        }
        if (stage->state == STAGE_OPEN) {
            return stage;
        }
        first = first != NULL ? first : stage;
    }
    return first;
}

static void fill_existing(const Facts *facts, PublicationPlan *plan)
{
    plan->batch = 1;
    for (size_t i = 0; i < facts->standing.count; i++) {
        const PublicationOfRoundRow *row = &facts->standing.rows[i];
        if (row->stage_no == plan->stage_no && str_eq(row->notice, plan->notice)) {
            plan->existing = row->id;
            plan->batch = plan->stage_no != 0 ? 1 : row->batch + 1;
        }
    }
}

/* How much a notice of its own would show; what is not a purchase shows what the round has decided,
 * of which there is something once the works have begun. */
static int64_t to_show(const Facts *facts, PublicationSubject subject,
                       const PublicationRound *round)
{
    return subject == PUBLICATION_PURCHASE ? facts->unshown.n : round->works_begun;
}

static void fill_plan(const Facts *facts, Str notice, PublicationPlan *plan)
{
    const StageInfo *stage = stage_of(facts, notice);
    const NoticeRule *rule = rules_notice(facts->rules, notice);
    PublicationRound round = round_of(facts);
    int days = stage != NULL && stage->working_days > 0 ? stage->working_days
               : rule != NULL                           ? rule->working_days
                                                        : 0;
    *plan = (PublicationPlan){.area = facts->round.area,
                              .round = facts->round.id,
                              .round_title = facts->round.title,
                              .notice = notice,
                              .name = rule != NULL ? rule->name : STR(""),
                              .name_en = rule != NULL ? rule->name_en : STR(""),
                              .stage_no = stage != NULL ? stage->no : 0,
                              .subject = publication_subject(notice, &round),
                              .working_days = days > 0 ? days : PUBLICATION_DEFAULT_WORKING_DAYS,
                              .takes_objections = rule == NULL || rule->takes_objections};
    fill_existing(facts, plan);
    if (stage != NULL) {
        plan->when = publication_when_of_stage(stage->state, facts->round.is_finished);
        if (plan->existing != 0) {
            plan->when = PUBLICATION_PAST;
        }
    } else {
        plan->when =
            publication_when_alone(plan->subject, &round, facts->round.is_finished,
                                   plan->existing != 0, to_show(facts, plan->subject, &round));
    }
}

/* What is to be published next when nobody says what. */
static void choose_plan(const Facts *facts, PublicationPlan *plan)
{
    if (programmes_stage_is_open(&facts->round, STAGE_KIND_PUBLISH)) {
        const StageInfo *open = &facts->stages[facts->round.stage_no - 1];
        fill_plan(facts, open->notice, plan);
        return;
    }
    for (size_t i = 0; i < facts->rules->n_notices; i++) {
        fill_plan(facts, facts->rules->notices[i].code, plan);
        if (plan->when == PUBLICATION_NOW) {
            return;
        }
    }
    /* None: the first publish stage says what is missing. */
    for (size_t i = facts->n_stages; i > 0; i--) {
        if (facts->stages[i - 1].kind == STAGE_KIND_PUBLISH) {
            fill_plan(facts, facts->stages[i - 1].notice, plan);
        }
    }
}

Error *publicity_plan(Snapshot *snapshot, int64_t area, int64_t round, Str notice,
                      PublicationPlan *out)
{
    Facts facts = {0};
    Error *err = load_facts(snapshot, area, round, &facts);
    if (err) {
        return err;
    }
    *out = (PublicationPlan){.area = area, .round = round, .round_title = facts.round.title};
    if (notice.len == 0) {
        choose_plan(&facts, out);
        return NULL;
    }
    if (rules_notice(facts.rules, notice) == NULL) {
        return error_make(snapshot_arena(snapshot), ERROR_NOT_FOUND, "no such notice");
    }
    fill_plan(&facts, notice, out);
    return NULL;
}
