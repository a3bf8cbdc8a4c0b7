/* The three publications of a round that a council decides (template B), on both databases. */
#include "features/decisions/decisions_fixture.h"
#include "features/delivery/delivery.h"
#include "features/people/people.h"
#include "features/proposals/proposals_fixture.h"
#include "features/publicity/publicity.h"
#include "features/publicity/publicity_gates.h"
#include "publicity_content_sql.h"
#include "publicity_sql.h"
#include "test_feature.h"

#define DECIDE_NO    4
#define DECISION_NO  5
#define IMPLEMENT_NO 8
#define ACCEPT_NO    9
#define RESULT_NO    10
#define EVALUATE_NO  11
#define DAY_MS       INT64_C(86400000)
#define WORDS        "居民议事会逐项表决，人数和结果都列在下面，请大家监督。"
#define REASON       "到会人数写错了一位，对照签到表改正。"

/* --- a round of template B ------------------------------------------------------------------- */

typedef struct Projects {
    int64_t carried;
    int64_t lost;
} Projects;

static int64_t accepted(Fixture *f, const char *title)
{
    int64_t id = submitted(f, title);
    test_ok(try_decide(f, id, 1, yes));
    return id;
}

/* The council has carried one project and not carried another; the decision is to be published. */
static Projects decided(Fixture *f)
{
    council_round(f);
    Projects projects = {.carried = accepted(f, "坡道加扶手")};
    projects.lost = accepted(f, "楼道换灯");
    at_stage(f, DECIDE_NO);
    council_says(f, projects.carried, 11);
    council_says(f, projects.lost, 5);
    at_stage(f, DECISION_NO);
    return projects;
}

/* Two quotes were asked for and one is chosen. */
static void buy(Fixture *f, int64_t project)
{
    Date today = instant_date(clock_now(test_db_clock(f->db)));
    DeliveryAct act = {AREA, project, WORKER, 0};
    DeliveryCall call = {act, STR("坡道扶手"), PURCHASE_QUOTES, today, STR("公告栏贴了 5 天。")};
    test_ok(db_write(f->db, f->arena, delivery_call, &call, NULL, 0));
    static const char *const names[] = {"演示甲队", "演示乙队"};
    for (int i = 0; i < 2; i++) {
        act.version = i + 1;
        DeliveryBid bid = {act, 1, str_from(names[i]), {4500000 + i * 100000}, STR("")};
        test_ok(db_write(f->db, f->arena, delivery_bid, &bid, NULL, 0));
    }
    act.version = 3;
    DeliveryChoose choose = {act, 1, 1, today, STR("价格最低，上次做的扶手到现在还牢。")};
    test_ok(db_write(f->db, f->arena, delivery_choose, &choose, NULL, 0));
}

/* --- steps ----------------------------------------------------------------------------------- */

static Error *try_publish(Fixture *f, const char *notice, PublicationDone *out)
{
    PublicationNew new = {.area = AREA,
                          .round = f->round,
                          .actor = WORKER,
                          .notice = str_from(notice),
                          .title = STR("第三批公示"),
                          .words = STR(WORDS)};
    return db_write(f->db, f->arena, publicity_publish, &new, out, sizeof(*out));
}

static int64_t published(Fixture *f, const char *notice)
{
    PublicationDone done;
    test_ok(try_publish(f, notice, &done));
    return done.id;
}

static Error *try_correct(Fixture *f, int64_t publication, const char *reason, PublicationDone *out)
{
    PublicationCorrect correct = {.area = AREA,
                                  .publication = publication,
                                  .actor = WORKER,
                                  .title = STR("第三批公示（更正）"),
                                  .words = STR(WORDS),
                                  .reason = str_from(reason)};
    return db_write(f->db, f->arena, publicity_correct, &correct, out, sizeof(*out));
}

static int64_t corrected(Fixture *f, int64_t publication)
{
    PublicationDone done;
    test_ok(try_correct(f, publication, REASON, &done));
    return done.id;
}

static Error *put_person(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    return people_create(tx, input, output);
}

static Error *try_object(Fixture *f, int64_t publication, ObjectionDone *out)
{
    PersonNew person = {.name = STR("林秀兰")};
    ObjectionNew new = {.area = AREA,
                        .publication = publication,
                        .words = STR("应到人数和签到表对不上，请核一核。")};
    test_ok(db_write(f->db, f->arena, put_person, &person, &new.actor, sizeof(new.actor)));
    return db_write(f->db, f->arena, publicity_object, &new, out, sizeof(*out));
}

static GateReport gate(Fixture *f, const char *name, int stage)
{
    return test_gate(f->db, f->arena, &publicity_feature, name, AREA, f->round, stage);
}

static PublicationGetRow publication(Fixture *f, int64_t id)
{
    Snapshot *snapshot;
    PublicationGetRow row;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_publication_get(snapshot, AREA, id, &row));
    db_snapshot_end(snapshot);
    return row;
}

static PublishedProjectsRows projects_of(Fixture *f, int64_t id, int subject)
{
    Snapshot *snapshot;
    PublishedProjectsRows rows;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_published_projects(snapshot, AREA, id, f->round, subject, 0, 100, &rows));
    db_snapshot_end(snapshot);
    return rows;
}

static void move_days(Fixture *f, int64_t days)
{
    test_db_clock(f->db)->offset_ms += days * DAY_MS;
}

static DueItems due(Fixture *f)
{
    return test_due(f->db, f->arena, &publicity_feature, AREA, WORKER, ROLE_COMMUNITY_WORKER);
}

/* --- what each shows -------------------------------------------------------------------------- */

static void a_decision_is_published_without_a_poll_with_its_meetings_and_outcomes(void **state)
{
    Fixture *f = *state;
    Projects projects = decided(f);
    int64_t id = published(f, "");
    PublicationGetRow row = publication(f, id);
    assert_int_equal(row.subject, PUBLICATION_DECISION);
    assert_int_equal(row.stage_no, DECISION_NO);
    assert_true(str_eq(row.notice, STR("decision")));
    PublishedProjectsRows rows = projects_of(f, id, PUBLICATION_DECISION);
    assert_int_equal(rows.count, 2);
    assert_true(rows.rows[0].proposal_id == projects.carried);
    assert_int_equal(rows.rows[0].outcome, DECISION_CARRIED);
    assert_true(rows.rows[1].proposal_id == projects.lost);
    assert_int_equal(rows.rows[1].outcome, DECISION_NOT_CARRIED);
    Snapshot *snapshot;
    PublishedMeetingsRows meetings;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_published_meetings(snapshot, AREA, id, f->round, 10, &meetings));
    db_snapshot_end(snapshot);
    assert_int_equal(meetings.count, 2);
    assert_int_equal(meetings.rows[0].present, 14);
}

static void a_purchase_is_published_when_somebody_is_chosen_with_all_who_offered(void **state)
{
    Fixture *f = *state;
    Projects projects = decided(f);
    PublicationDone done;
    at_stage(f, IMPLEMENT_NO);
    test_error(try_publish(f, "purchase", &done), ERROR_STAGE_NOT_OPEN);
    buy(f, projects.carried);
    int64_t id = published(f, "purchase");
    Snapshot *snapshot;
    PublishedPurchasesRows purchases;
    PublishedBiddersRows bidders;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_published_purchases(snapshot, AREA, id, f->round, 10, &purchases));
    test_ok(sql_published_bidders(snapshot, AREA, id, f->round, 10, &bidders));
    db_snapshot_end(snapshot);
    assert_int_equal(purchases.count, 1);
    assert_true(str_eq(purchases.rows[0].bidder, STR("演示甲队")));
    assert_int_equal(bidders.count, 2);
    assert_int_equal(publication(f, id).working_days, 3);
}

static void a_purchase_is_shown_once_and_the_next_one_in_a_publication_of_its_own(void **state)
{
    Fixture *f = *state;
    Projects projects = decided(f);
    PublicationDone done;
    at_stage(f, IMPLEMENT_NO);
    buy(f, projects.carried);
    published(f, "purchase");
    test_error(try_publish(f, "purchase", &done), ERROR_ALREADY_EXISTS);
    DeliveryAct act = {AREA, projects.carried, WORKER, 4};
    Date today = instant_date(clock_now(test_db_clock(f->db)));
    DeliveryCall call = {act, STR("扶手油漆"), PURCHASE_SINGLE, today, STR("电话询价。")};
    test_ok(db_write(f->db, f->arena, delivery_call, &call, NULL, 0));
    act.version = 5;
    DeliveryBid bid = {act, 2, STR("演示丙店"), {90000}, STR("")};
    test_ok(db_write(f->db, f->arena, delivery_bid, &bid, NULL, 0));
    act.version = 6;
    DeliveryChoose choose = {act, 2, 1, today, STR("同一种漆只有这一家有现货。")};
    test_ok(db_write(f->db, f->arena, delivery_choose, &choose, NULL, 0));
    assert_int_equal(publication(f, published(f, "purchase")).batch, 2);
}

static void a_round_without_purchases_says_so_once_the_works_are_over(void **state)
{
    Fixture *f = *state;
    decided(f);
    PublicationDone done;
    at_stage(f, ACCEPT_NO);
    published(f, "purchase");
    test_error(try_publish(f, "purchase", &done), ERROR_ALREADY_EXISTS);
}

static void the_result_at_the_end_shows_how_the_works_ended(void **state)
{
    Fixture *f = *state;
    Projects projects = decided(f);
    at_stage(f, IMPLEMENT_NO);
    DeliveryStop stop = {{AREA, projects.carried, WORKER, 0}, STR("物业已经先做好了，不再花钱。")};
    test_ok(db_write(f->db, f->arena, delivery_stop, &stop, NULL, 0));
    at_stage(f, RESULT_NO);
    int64_t id = published(f, "result");
    assert_int_equal(publication(f, id).subject, PUBLICATION_OUTCOME);
    PublishedProjectsRows rows = projects_of(f, id, PUBLICATION_OUTCOME);
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.rows[0].state, DELIVERY_STOPPED);
    assert_true(str_contains(rows.rows[0].words, STR("物业已经先做好")));
}

static void what_was_published_stays_when_the_record_changes(void **state)
{
    Fixture *f = *state;
    Projects projects = decided(f);
    at_stage(f, RESULT_NO);
    int64_t id = published(f, "result");
    DeliveryStop stop = {{AREA, projects.carried, WORKER, 0}, STR("物业已经先做好了，不再花钱。")};
    test_ok(db_write(f->db, f->arena, delivery_stop, &stop, NULL, 0));
    assert_int_equal(projects_of(f, id, PUBLICATION_OUTCOME).rows[0].state, DELIVERY_UNDER_WAY);
    assert_int_equal(projects_of(f, 0, PUBLICATION_OUTCOME).rows[0].state, DELIVERY_STOPPED);
    int64_t next = corrected(f, id);
    assert_int_equal(projects_of(f, id, PUBLICATION_OUTCOME).rows[0].state, DELIVERY_UNDER_WAY);
    assert_int_equal(projects_of(f, next, PUBLICATION_OUTCOME).rows[0].state, DELIVERY_STOPPED);
}

static void a_notice_the_rules_do_not_know_is_not_found(void **state)
{
    Fixture *f = *state;
    PublicationDone done;
    decided(f);
    test_error(try_publish(f, "nothing", &done), ERROR_NOT_FOUND);
}

static void a_notice_of_a_stage_waits_for_it(void **state)
{
    Fixture *f = *state;
    PublicationDone done;
    decided(f);
    test_error(try_publish(f, "result", &done), ERROR_STAGE_NOT_OPEN);
}

/* --- correcting ------------------------------------------------------------------------------ */

static void a_correction_is_another_edition_with_its_reason_and_the_old_one_stays(void **state)
{
    Fixture *f = *state;
    decided(f);
    int64_t first = published(f, "");
    move_days(f, 3);
    int64_t second = corrected(f, first);
    PublicationGetRow old = publication(f, first);
    PublicationGetRow new = publication(f, second);
    assert_true(old.replaced_by == second);
    assert_true(new.corrects_id == first);
    assert_int_equal(new.edition, 2);
    assert_true(str_eq(new.reason, STR(REASON)));
    assert_true(new.ends_at.ms > old.ends_at.ms);
    PublicationDone done;
    test_error(try_correct(f, first, REASON, &done), ERROR_VERSION_CONFLICT);
    test_error(try_correct(f, second, "写错了", &done), ERROR_FIELD_TOO_SHORT);
}

static void a_corrected_purchase_shows_the_same_purchases_again(void **state)
{
    Fixture *f = *state;
    Projects projects = decided(f);
    at_stage(f, IMPLEMENT_NO);
    buy(f, projects.carried);
    int64_t second = corrected(f, published(f, "purchase"));
    Snapshot *snapshot;
    PublishedPurchasesRows purchases;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_published_purchases(snapshot, AREA, second, f->round, 10, &purchases));
    db_snapshot_end(snapshot);
    assert_int_equal(purchases.count, 1);
}

static void the_period_runs_anew_and_objections_to_the_old_edition_are_still_answered(void **state)
{
    Fixture *f = *state;
    ObjectionDone objection;
    decided(f);
    int64_t first = published(f, "");
    test_ok(try_object(f, first, &objection));
    move_days(f, 12);
    assert_int_equal(gate(f, "publication_over", DECISION_NO).state, GATE_MET);
    corrected(f, first);
    assert_int_equal(gate(f, "publication_over", DECISION_NO).state, GATE_WAITING);
    assert_int_equal(gate(f, "objections_answered", DECISION_NO).state, GATE_UNMET);
    test_error(try_object(f, first, &objection), ERROR_PUBLICATION_OVER);
}

static void a_finished_round_corrects_nothing(void **state)
{
    Fixture *f = *state;
    PublicationDone done;
    decided(f);
    int64_t id = published(f, "");
    at_stage(f, EVALUATE_NO + 1);
    test_error(try_correct(f, id, REASON, &done), ERROR_STAGE_NOT_OPEN);
}

static void a_notice_that_takes_no_objections_takes_none(void **state)
{
    Fixture *f = *state;
    ObjectionDone objection;
    Projects projects = decided(f);
    at_stage(f, IMPLEMENT_NO);
    buy(f, projects.carried);
    test_error(try_object(f, published(f, "purchase"), &objection), ERROR_PUBLICATION_ONLY_READ);
}

/* --- gates and what is due ------------------------------------------------------------------- */

static void gates_are_of_their_own_stage(void **state)
{
    Fixture *f = *state;
    decided(f);
    published(f, "");
    move_days(f, 12);
    assert_int_equal(gate(f, "publication_over", DECISION_NO).state, GATE_MET);
    assert_int_equal(gate(f, "publication_over", RESULT_NO).state, GATE_UNMET);
    assert_int_equal(gate(f, "objections_answered", RESULT_NO).state, GATE_UNMET);
}

static void the_round_does_not_close_without_all_three_publications(void **state)
{
    Fixture *f = *state;
    Projects projects = decided(f);
    assert_int_equal(gate(f, "three_publications", EVALUATE_NO).state, GATE_UNMET);
    published(f, "");
    at_stage(f, IMPLEMENT_NO);
    buy(f, projects.carried);
    GateReport report = gate(f, "three_publications", EVALUATE_NO);
    assert_int_equal(report.state, GATE_UNMET);
    assert_true(str_contains(report.link.url, STR("of=purchase")));
    published(f, "purchase");
    at_stage(f, RESULT_NO);
    report = gate(f, "three_publications", EVALUATE_NO);
    assert_int_equal(report.state, GATE_UNMET);
    assert_true(str_contains(report.link.url, STR("of=result")));
    published(f, "");
    assert_int_equal(gate(f, "three_publications", EVALUATE_NO).state, GATE_WAITING);
    move_days(f, 12);
    assert_int_equal(gate(f, "three_publications", EVALUATE_NO).state, GATE_MET);
}

static void an_unanswered_objection_keeps_the_three_from_being_complete(void **state)
{
    Fixture *f = *state;
    ObjectionDone objection;
    decided(f);
    int64_t decision = published(f, "");
    test_ok(try_object(f, decision, &objection));
    at_stage(f, RESULT_NO);
    published(f, "");
    published(f, "purchase");
    move_days(f, 20);
    assert_int_equal(gate(f, "three_publications", EVALUATE_NO).state, GATE_UNMET);
}

static void a_purchase_nobody_published_is_due(void **state)
{
    Fixture *f = *state;
    Projects projects = decided(f);
    at_stage(f, IMPLEMENT_NO);
    assert_int_equal(due(f).count, 0);
    buy(f, projects.carried);
    DueItems items = due(f);
    assert_int_equal(items.count, 1);
    assert_true(str_contains(items.items[0].link.url, STR("of=purchase")));
    published(f, "purchase");
    assert_int_equal(due(f).count, 1);
    assert_true(str_contains(due(f).items[0].link.url, STR("/postings/new")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_decision_is_published_without_a_poll_with_its_meetings_and_outcomes),
        ON_BOTH(a_purchase_is_published_when_somebody_is_chosen_with_all_who_offered),
        ON_BOTH(a_purchase_is_shown_once_and_the_next_one_in_a_publication_of_its_own),
        ON_BOTH(a_round_without_purchases_says_so_once_the_works_are_over),
        ON_BOTH(the_result_at_the_end_shows_how_the_works_ended),
        ON_BOTH(what_was_published_stays_when_the_record_changes),
        ON_BOTH(a_notice_the_rules_do_not_know_is_not_found),
        ON_BOTH(a_notice_of_a_stage_waits_for_it),
        ON_BOTH(a_correction_is_another_edition_with_its_reason_and_the_old_one_stays),
        ON_BOTH(a_corrected_purchase_shows_the_same_purchases_again),
        ON_BOTH(the_period_runs_anew_and_objections_to_the_old_edition_are_still_answered),
        ON_BOTH(a_finished_round_corrects_nothing),
        ON_BOTH(a_notice_that_takes_no_objections_takes_none),
        ON_BOTH(gates_are_of_their_own_stage),
        ON_BOTH(the_round_does_not_close_without_all_three_publications),
        ON_BOTH(an_unanswered_objection_keeps_the_three_from_being_complete),
        ON_BOTH(a_purchase_nobody_published_is_due),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
