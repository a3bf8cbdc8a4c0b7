/* publicity_gates.c: what publicity tells the round console, the workbench and the people whose
 * data it holds. */
#include "features/publicity/publicity_gates.h"

#include "base/vec.h"
#include "features/people/people.h"
#include "features/programmes/programmes.h"
#include "features/publicity/publicity_rules.h"
#include "platform/person_data.h"
#include "publicity_content_sql.h"
#include "publicity_sql.h"
#include "publicity_text.h"

static SafeUrl publish_url(Arena *arena, int64_t area, int64_t round)
{
    return url_of(arena, "/a/{area}/rounds/{id}/publish", area, round);
}

static SafeUrl answer_url(Arena *arena, int64_t area, int64_t objection)
{
    return url_of(arena, "/a/{area}/objections/{id}/answer", area, objection);
}

static SafeUrl publication_url(Arena *arena, int64_t area, int64_t publication)
{
    return url_of(arena, "/a/{area}/publications/{id}", area, publication);
}

static void report_unpublished(Arena *arena, int64_t area, int64_t round, GateReport *out)
{
    out->state = GATE_UNMET;
    out->detail = t_publication_gate_none();
    out->link = publish_url(arena, area, round);
    out->link_text = t_publication_publish();
}

/* The publication of a stage that stands, or NULL. */
static const PublicationOfRoundRow *of_stage(const PublicationOfRoundRows *rows, int64_t stage)
{
    for (size_t i = 0; i < rows->count; i++) {
        if (rows->rows[i].stage_no == stage) {
            return &rows->rows[i];
        }
    }
    return NULL;
}

Error *gate_publication_over(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                             GateReport *out)
{
    Arena *arena = snapshot_arena(snapshot);
    PublicationOfRoundRows rows;
    *out = (GateReport){.claim = t_publication_gate_over()};
    Error *err = sql_publication_of_round(snapshot, area, round, &rows);
    if (err) {
        return err;
    }
    const PublicationOfRoundRow *publication = of_stage(&rows, stage);
    if (publication == NULL) {
        report_unpublished(arena, area, round, out);
        return NULL;
    }
    out->link = publication_url(arena, area, publication->id);
    out->link_text = t_publication_see();
    if (snapshot_now(snapshot).ms < publication->ends_at.ms) {
        out->state = GATE_WAITING;
        out->opens_at = publication->ends_at;
        out->detail = t_publication_gate_until(publication->ends_at);
    } else {
        out->state = GATE_MET;
        out->detail = t_publication_gate_ended(publication->ends_at);
    }
    return NULL;
}

static void report_objections(Arena *arena, int64_t area, const PublicationOfRoundRow *row,
                              GateReport *out)
{
    if (row->first_open != 0) {
        out->state = GATE_UNMET;
        out->detail = t_objection_gate_counts(row->objections, row->answered,
                                              row->objections - row->answered);
        out->link = answer_url(arena, area, row->first_open);
        out->link_text = t_objection_answer();
        return;
    }
    out->state = GATE_MET;
    out->detail = !row->takes_objections ? t_objection_gate_only_read()
                  : row->objections == 0 ? t_objection_gate_empty()
                                         : t_objection_gate_all(row->objections);
}

Error *gate_objections_answered(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                                GateReport *out)
{
    Arena *arena = snapshot_arena(snapshot);
    PublicationOfRoundRows rows;
    *out = (GateReport){.claim = t_objection_gate_answered()};
    Error *err = sql_publication_of_round(snapshot, area, round, &rows);
    if (err) {
        return err;
    }
    const PublicationOfRoundRow *publication = of_stage(&rows, stage);
    if (publication == NULL) {
        report_unpublished(arena, area, round, out);
    } else {
        report_objections(arena, area, publication, out);
    }
    return NULL;
}

/* --- all that the rules demand ---------------------------------------------------------------- */

typedef struct Demanded {
    const NoticeRule *rule;
    int64_t n;                           /* publications that stand */
    const PublicationOfRoundRow *latest; /* the one that ends last */
    const PublicationOfRoundRow *open;   /* one with an objection that waits */
} Demanded;

static Demanded demanded(const NoticeRule *rule, const PublicationOfRoundRows *rows)
{
    Demanded found = {.rule = rule};
    for (size_t i = 0; i < rows->count; i++) {
        const PublicationOfRoundRow *row = &rows->rows[i];
        if (!str_eq(row->notice, rule->code)) {
            continue;
        }
        found.n++;
        if (found.latest == NULL || row->ends_at.ms > found.latest->ends_at.ms) {
            found.latest = row;
        }
        found.open = row->first_open != 0 ? row : found.open;
    }
    return found;
}

static SafeUrl notice_url(Arena *arena, int64_t area, int64_t round, Str code)
{
    return url_path(arena, "/a/%s/rounds/%s/publish?of=%.*s", id_text(area).text,
                    id_text(round).text, STR_ARG(code));
}

/* What of one notice is missing; an UNMET one hides those that only wait. */
static void report_demanded(Snapshot *snapshot, int64_t area, int64_t round, const Demanded *one,
                            int64_t unshown, GateReport *out)
{
    Arena *arena = snapshot_arena(snapshot);
    bool lacks_purchases = unshown > 0 && str_eq(one->rule->code, STR(NOTICE_PURCHASE));
    if (one->n == 0 || lacks_purchases) {
        out->state = GATE_UNMET;
        out->detail = one->n == 0 ? t_publication_gate_lacks(one->rule->name)
                                  : t_publication_gate_purchases(unshown);
        out->link = notice_url(arena, area, round, one->rule->code);
        out->link_text = t_publication_publish();
    } else if (one->open != NULL) {
        report_objections(arena, area, one->open, out);
    } else if (snapshot_now(snapshot).ms < one->latest->ends_at.ms) {
        out->state = GATE_WAITING;
        out->opens_at = one->latest->ends_at;
        out->detail = t_publication_gate_runs(one->rule->name, one->latest->ends_at);
        out->link = publication_url(arena, area, one->latest->id);
        out->link_text = t_publication_see();
    }
}

Error *gate_three_publications(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                               GateReport *out)
{
    RoundRules *rules = arena_new(snapshot_arena(snapshot), RoundRules);
    PublicationOfRoundRows rows = {0};
    PublicationUnshownPurchasesRow unshown = {0};
    int64_t n_required = 0;
    Error *err = programmes_round_rules(snapshot, area, round, rules);
    if (!err) {
        err = sql_publication_of_round(snapshot, area, round, &rows);
    }
    if (!err) {
        err = sql_publication_unshown_purchases(snapshot, area, round, &unshown);
    }
    *out = (GateReport){.state = GATE_MET, .claim = t_publication_gate_three()};
    for (size_t i = 0; !err && i < rules->n_notices && out->state != GATE_UNMET; i++) {
        if (rules->notices[i].is_required) {
            Demanded one = demanded(&rules->notices[i], &rows);
            report_demanded(snapshot, area, round, &one, unshown.n, out);
            n_required++;
        }
    }
    if (!err && out->state == GATE_MET) {
        out->detail = t_publication_gate_three_all(n_required);
    }
    return err;
}

/* Who made it is told to those who answer; the others see the surname, as on the public page. */
static Text objection_by(Arena *arena, const Who *who, Str name)
{
    if (name.len == 0) {
        return (Text){0};
    }
    bool answers = policy_check(POLICY_MANAGE, who) == VERDICT_ALLOW;
    return t_objection_due_by(answers ? name : people_masked_name(arena, name));
}

static Error *push_objections(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who,
                              const PublicityDueRow *row, const HolidayTable *holidays,
                              DueItems *out)
{
    RoundRules *rules = arena_new(arena, RoundRules);
    Error *err = programmes_round_rules(snapshot, area, row->round_id, rules);
    if (err) {
        return err;
    }
    bool is_one = row->n == 1;
    *vec_push(arena, out) = (DueItem){
        .what = is_one ? t_objection_due(row->no, row->what)
                       : t_objection_due_several(row->n, row->what),
        .detail = is_one ? objection_by(arena, who, row->who) : (Text){0},
        .owner_name = row->owner,
        .due_at = objection_due_at(holidays, row->since_at, rules->objection_answer_working_days),
        .link = answer_url(arena, area, row->id),
        .verb = t_objection_answer()};
    return NULL;
}

/* Only where the rules of the round say that purchases are published. */
static Error *push_purchases(Snapshot *snapshot, Arena *arena, int64_t area,
                             const PublicityDueRow *row, const HolidayTable *holidays,
                             DueItems *out)
{
    RoundRules *rules = arena_new(arena, RoundRules);
    Error *err = programmes_round_rules(snapshot, area, row->round_id, rules);
    if (err || rules_notice(rules, STR(NOTICE_PURCHASE)) == NULL) {
        return err;
    }
    *vec_push(arena, out) = (DueItem){
        .what = t_publication_due_purchases(row->n, row->what),
        .detail = t_publication_due_purchases_why(),
        .due_at = working_period_end(holidays, row->since_at, PURCHASE_PUBLISH_WORKING_DAYS),
        .link = notice_url(arena, area, row->id, STR(NOTICE_PURCHASE)),
        .verb = t_publication_publish()};
    return NULL;
}

Error *publicity_due(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who, DueItems *out)
{
    PublicityDueRows rows;
    HolidayTable holidays;
    Error *err = programmes_holidays(snapshot, &holidays);
    if (!err) {
        err = sql_publicity_due(snapshot, area, &rows);
    }
    if (err) {
        return err;
    }
    for (size_t i = 0; !err && i < rows.count; i++) {
        const PublicityDueRow *row = &rows.rows[i];
        if (row->kind == 1) {
            err = push_objections(snapshot, arena, area, who, row, &holidays, out);
        } else if (row->kind == 3) {
            err = push_purchases(snapshot, arena, area, row, &holidays, out);
        } else {
            *vec_push(arena, out) =
                (DueItem){.what = t_publication_due(row->what),
                          .detail = t_publication_due_why(),
                          .due_at = working_period_end(&holidays, row->since_at, 1),
                          .link = publish_url(arena, area, row->id),
                          .verb = t_publication_publish()};
        }
    }
    return err ? err : postings_due(snapshot, arena, area, who, &holidays, out);
}

/* --- a person's own data -------------------------------------------------------------------- */

static json_t *json_of_objection(const ObjectionOfPersonRow *row)
{
    json_t *object = json_object();
    json_object_set_new(object, "area", json_string(id_text(row->area_id).text));
    json_object_set_new(object, "id", json_string(id_text(row->id).text));
    json_object_set_new(object, "publication", json_string(id_text(row->publication_id).text));
    json_object_set_new(object, "name", json_of_str(row->person_name));
    json_object_set_new(object, "words", json_of_str(row->words));
    json_object_set_new(object, "objected_at_ms", json_integer(row->objected_at.ms));
    json_object_set_new(object, "answer", json_of_str(row->answer));
    json_object_set_new(object, "answered_at_ms", json_integer(row->answered_at.ms));
    return object;
}

Error *publicity_export_person(Snapshot *snapshot, int64_t person, Buf *out)
{
    ObjectionOfPersonRows rows;
    Error *err = sql_objection_of_person(snapshot, person, &rows);
    if (err) {
        return err;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < rows.count; i++) {
        json_array_append_new(list, json_of_objection(&rows.rows[i]));
    }
    return person_data_member(snapshot, "objections", list, out);
}

Error *publicity_erase_person(Tx *tx, int64_t person, Instant now)
{
    return sql_objection_erase_person(tx, person, NULL);
}
