/* Recording, two at once, voiding, owners and the three gates, on both databases. */
#include "decisions_sql.h"
#include "features/decisions/decisions.h"
#include "features/decisions/decisions_gates.h"
#include "features/proposals/proposals_fixture.h"
#include "polls_sql.h"

#define DISCUSS_NO INT64_C(3)
#define DECIDE_NO  INT64_C(4)
#define REPLY_NO   INT64_C(6)
#define OTHER_AREA INT64_C(1002)
#define POLL       INT64_C(77)
#define WORDS      "逐件讨论，举手表决，同意实施。"

static void at(const Error *error, const char *field)
{
    assert_true(str_eq(error->field, str_from(field)));
}

/* --- steps ------------------------------------------------------------------- */

static int64_t accepted(Fixture *f, const char *title)
{
    int64_t id = submitted(f, title);
    test_ok(try_decide(f, id, 1, yes));
    return id;
}

static const DecisionPresent present[] = {
    {{STR_INIT("沈岚"), STR_INIT("社区书记")}, 0},
    {{STR_INIT("宣小雨"), STR_INIT("")}, RESIDENT},
};

static DecisionRecord record_of(Fixture *f, const char *step, const int64_t *projects, size_t n)
{
    return (DecisionRecord){.area = AREA,
                            .round = f->round,
                            .actor = WORKER,
                            .step = str_from(step),
                            .held_on = instant_date(clock_now(test_db_clock(f->db))),
                            .body = STR("居民议事会"),
                            .mandate = STR("2025 年由 8 个居民小组推选，任期三年。"),
                            .figures = {16, 14, 11, 2, 0, 0, 0},
                            .words = STR(WORDS),
                            .people = present,
                            .n_people = countof(present),
                            .projects = projects,
                            .n_projects = n};
}

static Error *try_record(Fixture *f, const DecisionRecord *record, DecisionDone *out)
{
    DecisionDone unused;
    return db_write(f->db, f->arena, decisions_record, record, out ? out : &unused,
                    sizeof(DecisionDone));
}

static int64_t recorded(Fixture *f, const DecisionRecord *record)
{
    DecisionDone done;
    test_ok(try_record(f, record, &done));
    return done.id;
}

static Error *try_void(Fixture *f, int64_t id, int64_t version)
{
    DecisionVoid given = {AREA, id, WORKER, version, STR("到会人数数错了，另外记了一份。")};
    return db_write(f->db, f->arena, decisions_void, &given, NULL, 0);
}

static Error *try_say(Fixture *f, int64_t n_shown, const int64_t *needed, size_t n_needed)
{
    DecisionOwnerNeeds said = {AREA, f->round, WORKER, n_shown, needed, n_needed};
    return db_write(f->db, f->arena, decisions_say_owners, &said, NULL, 0);
}

static GateState gate_of(Fixture *f, const char *name)
{
    return test_gate(f->db, f->arena, &decisions_feature, name, AREA, f->round, 0).state;
}

static DecisionGetRow row_of_decision(Fixture *f, int64_t id)
{
    Snapshot *snapshot;
    DecisionGetRow row;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_decision_get(snapshot, AREA, id, &row));
    db_snapshot_end(snapshot);
    return row;
}

static DecisionOwnerCounts owners_of(Fixture *f)
{
    Snapshot *snapshot;
    DecisionOwnerCounts counts;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(decisions_owner_counts(snapshot, AREA, f->round, &counts));
    db_snapshot_end(snapshot);
    return counts;
}

/* Two projects that the council has carried. */
static void carried(Fixture *f, int64_t *projects)
{
    council_round(f);
    projects[0] = accepted(f, "坡道扶手");
    projects[1] = accepted(f, "楼道换灯");
    at_stage(f, DECIDE_NO);
    DecisionRecord record = record_of(f, "decide", projects, 2);
    recorded(f, &record);
}

static DecisionRecord of_owners(Fixture *f, const int64_t *projects, size_t n)
{
    DecisionRecord record = record_of(f, "owners", projects, n);
    record.figures = (DecisionFigures){90, 70, 50, 20, 9000, 7000, 5000};
    record.n_people = 0;
    record.mandate = STR("");
    return record;
}

/* --- recording --------------------------------------------------------------- */

static void a_resolution_keeps_its_figures_and_the_rule_it_went_by(void **state)
{
    Fixture *f = *state;
    council_round(f);
    int64_t project = accepted(f, "坡道扶手");
    at_stage(f, DECIDE_NO);
    DecisionRecord record = record_of(f, "decide", &project, 1);
    DecisionDone done;
    test_ok(try_record(f, &record, &done));
    assert_int_equal(done.outcome, DECISION_CARRIED);
    DecisionGetRow row = row_of_decision(f, done.id);
    assert_int_equal(row.kind, DISCUSSION_COUNCIL);
    assert_int_equal(row.quorum_numerator, 2);
    assert_int_equal(row.quorum_denominator, 3);
    assert_int_equal(row.present, 14);
    assert_true(str_eq(row.words, STR(WORDS)));
}

static void too_few_decide_nothing_and_meet_again(void **state)
{
    Fixture *f = *state;
    council_round(f);
    int64_t project = accepted(f, "坡道扶手");
    at_stage(f, DECIDE_NO);
    DecisionRecord record = record_of(f, "decide", &project, 1);
    record.figures = (DecisionFigures){16, 9, 9, 0, 0, 0, 0};
    DecisionDone done;
    test_ok(try_record(f, &record, &done));
    assert_int_equal(done.outcome, DECISION_NO_QUORUM);
    assert_int_equal(gate_of(f, "resolved"), GATE_UNMET);
    record.figures.present = 11;
    test_ok(try_record(f, &record, &done));
    assert_int_equal(gate_of(f, "resolved"), GATE_MET);
}

static void a_council_cannot_carry_more_than_the_money_of_the_round(void **state)
{
    Fixture *f = *state;
    ProposalDecision dear = yes;
    int64_t projects[2];
    council_round(f);
    dear.cost = (Money){13000000};
    for (size_t i = 0; i < countof(projects); i++) {
        projects[i] = submitted(f, i == 0 ? "坡道扶手" : "楼道换灯");
        test_ok(try_decide(f, projects[i], 1, dear));
    }
    at_stage(f, DECIDE_NO);
    DecisionRecord first = record_of(f, "decide", &projects[0], 1);
    DecisionRecord second = record_of(f, "decide", &projects[1], 1);
    int64_t id = recorded(f, &first);
    test_ok(try_record(f, &second, NULL));
    assert_int_equal(gate_of(f, "resolved"), GATE_UNMET);
    DecisionVoid wrong = {AREA, id, WORKER, 1, STR("合计超过了本批的钱，重新表决。")};
    test_ok(db_write(f->db, f->arena, decisions_void, &wrong, NULL, 0));
    first.figures.yes = 3;
    first.figures.no = 11;
    test_ok(try_record(f, &first, NULL));
    assert_int_equal(gate_of(f, "resolved"), GATE_MET);
}

static void of_two_who_record_at_once_one_wins(void **state)
{
    Fixture *f = *state;
    council_round(f);
    int64_t project = accepted(f, "坡道扶手");
    at_stage(f, DECIDE_NO);
    DecisionRecord record = record_of(f, "decide", &project, 1);
    recorded(f, &record);
    Error *second = try_record(f, &record, NULL);
    test_error(second, ERROR_DECISION_PROJECT);
    at(second, "projects");
}

static void what_is_not_accepted_cannot_be_decided(void **state)
{
    Fixture *f = *state;
    council_round(f);
    int64_t waiting = submitted(f, "坡道扶手");
    at_stage(f, DECIDE_NO);
    DecisionRecord record = record_of(f, "decide", &waiting, 1);
    test_error(try_record(f, &record, NULL), ERROR_DECISION_PROJECT);
}

static void a_resolution_waits_for_its_stage_and_ends_with_it(void **state)
{
    Fixture *f = *state;
    council_round(f);
    int64_t project = accepted(f, "坡道扶手");
    DecisionRecord decide = record_of(f, "decide", &project, 1);
    DecisionRecord discuss = record_of(f, "discuss", &project, 1);
    test_error(try_record(f, &decide, NULL), ERROR_STAGE_NOT_OPEN);
    test_ok(try_record(f, &discuss, NULL));
    at_stage(f, REPLY_NO);
    test_error(try_record(f, &decide, NULL), ERROR_STAGE_NOT_OPEN);
}

static void a_step_of_another_round_or_area_is_not_found(void **state)
{
    Fixture *f = *state;
    int64_t project = accepted(f, "坡道扶手");
    DecisionRecord no_council = record_of(f, "decide", &project, 1);
    test_error(try_record(f, &no_council, NULL), ERROR_NOT_FOUND);
    DecisionRecord elsewhere = record_of(f, "owners", &project, 1);
    elsewhere.area = OTHER_AREA;
    test_error(try_record(f, &elsewhere, NULL), ERROR_NOT_FOUND);
}

static void a_rule_does_not_reach_back_before_its_day(void **state)
{
    Fixture *f = *state;
    int64_t project = accepted(f, "坡道扶手");
    DecisionRecord record = of_owners(f, &project, 1);
    record.held_on = date_of((CivilDate){2020, 12, 31});
    Error *err = try_record(f, &record, NULL);
    test_error(err, ERROR_DECISION_NO_RULE);
    at(err, "held_on");
    record.held_on.days = instant_date(clock_now(test_db_clock(f->db))).days + 1;
    test_error(try_record(f, &record, NULL), ERROR_FIELD_NOT_DATE);
}

static void a_council_states_its_mandate_and_who_was_there(void **state)
{
    Fixture *f = *state;
    council_round(f);
    int64_t project = accepted(f, "坡道扶手");
    at_stage(f, DECIDE_NO);
    DecisionRecord record = record_of(f, "decide", &project, 1);
    record.mandate = STR("");
    at(try_record(f, &record, NULL), "mandate");
    record = record_of(f, "decide", &project, 1);
    record.n_people = 0;
    at(try_record(f, &record, NULL), "officers");
    record = record_of(f, "decide", &project, 0);
    at(try_record(f, &record, NULL), "projects");
}

/* --- voiding ----------------------------------------------------------------- */

static void a_voided_record_stands_for_nothing_and_is_made_again(void **state)
{
    Fixture *f = *state;
    council_round(f);
    int64_t project = accepted(f, "坡道扶手");
    at_stage(f, DECIDE_NO);
    DecisionRecord record = record_of(f, "decide", &project, 1);
    int64_t id = recorded(f, &record);
    test_ok(try_void(f, id, 1));
    assert_true(row_of_decision(f, id).voided_at.ms > 0);
    assert_int_equal(gate_of(f, "resolved"), GATE_UNMET);
    test_error(try_void(f, id, 2), ERROR_VERSION_CONFLICT);
    test_ok(try_record(f, &record, NULL));
    assert_int_equal(gate_of(f, "resolved"), GATE_MET);
}

static void what_the_round_has_gone_by_is_not_voided(void **state)
{
    Fixture *f = *state;
    council_round(f);
    int64_t project = accepted(f, "坡道扶手");
    at_stage(f, DECIDE_NO);
    DecisionRecord record = record_of(f, "decide", &project, 1);
    int64_t id = recorded(f, &record);
    at_stage(f, REPLY_NO);
    test_error(try_void(f, id, 1), ERROR_STAGE_NOT_OPEN);
}

/* --- gates ------------------------------------------------------------------- */

static void every_step_is_recorded_for_every_project(void **state)
{
    Fixture *f = *state;
    council_round(f);
    assert_int_equal(gate_of(f, "discussed"), GATE_MET);
    int64_t projects[] = {accepted(f, "坡道扶手"), accepted(f, "楼道换灯")};
    at_stage(f, DISCUSS_NO);
    DecisionRecord propose = record_of(f, "propose", projects, 2);
    DecisionRecord discuss = record_of(f, "discuss", projects, 1);
    test_ok(try_record(f, &propose, NULL));
    test_ok(try_record(f, &discuss, NULL));
    assert_int_equal(gate_of(f, "discussed"), GATE_UNMET);
    discuss.projects = &projects[1];
    test_ok(try_record(f, &discuss, NULL));
    assert_int_equal(gate_of(f, "discussed"), GATE_MET);
}

static void a_refusal_by_the_council_is_a_decision_but_chooses_nothing(void **state)
{
    Fixture *f = *state;
    council_round(f);
    int64_t project = accepted(f, "坡道扶手");
    at_stage(f, DECIDE_NO);
    DecisionRecord record = record_of(f, "decide", &project, 1);
    record.figures = (DecisionFigures){16, 14, 7, 5, 0, 0, 0};
    DecisionDone done;
    test_ok(try_record(f, &record, &done));
    assert_int_equal(done.outcome, DECISION_NOT_CARRIED);
    assert_int_equal(gate_of(f, "resolved"), GATE_MET);
    assert_int_equal(owners_of(f).chosen, 0);
}

static void the_round_cannot_leave_its_decision_before_all_is_decided(void **state)
{
    Fixture *f = *state;
    static const Feature *const rooms[] = {&decisions_feature};
    council_round(f);
    int64_t project = accepted(f, "坡道扶手");
    at_stage(f, DECIDE_NO);
    AdvanceRound advance = {.area = AREA,
                            .round = f->round,
                            .actor = WORKER,
                            .from_no = DECIDE_NO,
                            .rooms = rooms,
                            .n_rooms = 1};
    RoundAdvanced done;
    test_error(db_write(f->db, f->arena, programmes_advance, &advance, &done, sizeof(done)),
               ERROR_GATE_UNMET);
    DecisionRecord record = record_of(f, "decide", &project, 1);
    recorded(f, &record);
    test_ok(db_write(f->db, f->arena, programmes_advance, &advance, &done, sizeof(done)));
}

/* --- owners ------------------------------------------------------------------ */

static void works_wait_until_somebody_has_said_whether_owners_decide(void **state)
{
    Fixture *f = *state;
    int64_t projects[2];
    carried(f, projects);
    assert_int_equal(owners_of(f).chosen, 2);
    assert_int_equal(gate_of(f, "owners_agreed"), GATE_UNMET);
    test_ok(try_say(f, 2, NULL, 0));
    assert_int_equal(gate_of(f, "owners_agreed"), GATE_MET);
}

static void works_wait_for_the_owners_who_must_decide(void **state)
{
    Fixture *f = *state;
    int64_t projects[2];
    carried(f, projects);
    test_ok(try_say(f, 2, projects, 1));
    assert_int_equal(owners_of(f).needed, 1);
    assert_int_equal(gate_of(f, "owners_agreed"), GATE_UNMET);
    DecisionRecord record = of_owners(f, projects, 1);
    record.figures.area_yes = 3500;
    DecisionDone done;
    test_ok(try_record(f, &record, &done));
    assert_int_equal(done.outcome, DECISION_NOT_CARRIED);
    assert_int_equal(gate_of(f, "owners_agreed"), GATE_UNMET);
    record.figures.area_yes = 3501;
    test_ok(try_record(f, &record, &done));
    assert_int_equal(done.outcome, DECISION_CARRIED);
    assert_int_equal(gate_of(f, "owners_agreed"), GATE_MET);
}

static void what_was_said_of_other_projects_is_refused(void **state)
{
    Fixture *f = *state;
    int64_t projects[2];
    carried(f, projects);
    test_error(try_say(f, 1, NULL, 0), ERROR_VERSION_CONFLICT);
    int64_t stranger = POLL;
    test_error(try_say(f, 2, &stranger, 1), ERROR_VERSION_CONFLICT);
    assert_int_equal(owners_of(f).unsaid, 2);
}

static Error *put_poll(Tx *tx, const void *input, Instant now, void *output)
{
    (void)output;
    const int64_t *given = input; /* round, proposal */
    Error *err =
        sql_poll_insert(tx, AREA, POLL, given[0], STR("投票"), 4, now, now, (Money){24000000}, 5,
                        15, STR("greedy"), STR("cost"), STR("none"), (Money){0},
                        STR("votes,cost,name"), STR("skip"), STR("exclude"), 100, false, now, NULL);
    if (!err) {
        err = sql_poll_option_insert(tx, AREA, POLL, 1, STR("001"), given[1], STR("坡道"), STR(""),
                                     STR(""), 1, (Money){1280000}, NULL);
    }
    return err ? err
               : sql_result_option_insert(tx, AREA, POLL, 1, 1, true, 12, (Money){0}, 0, 0, STR(""),
                                          0, STR(""), (Money){0}, 0, (Money){0}, NULL);
}

static void where_residents_vote_the_ballot_chooses(void **state)
{
    Fixture *f = *state;
    int64_t given[] = {f->round, accepted(f, "坡道扶手")};
    assert_int_equal(owners_of(f).chosen, 0);
    test_ok(db_write(f->db, f->arena, put_poll, given, NULL, 0));
    assert_int_equal(owners_of(f).chosen, 1);
    assert_int_equal(owners_of(f).unsaid, 1);
}

/* --- due, and a person's own ------------------------------------------------- */

static DueItems due(Fixture *f)
{
    return test_due(f->db, f->arena, &decisions_feature, AREA, WORKER, ROLE_COMMUNITY_WORKER);
}

static void a_meeting_is_due_while_its_stage_is_open(void **state)
{
    Fixture *f = *state;
    council_round(f);
    int64_t project = accepted(f, "坡道扶手");
    assert_int_equal(due(f).count, 0);
    at_stage(f, DECIDE_NO);
    assert_int_equal(due(f).count, 1);
    DecisionRecord record = record_of(f, "decide", &project, 1);
    recorded(f, &record);
    assert_int_equal(due(f).count, 0);
    at_stage(f, REPLY_NO);
    assert_int_equal(due(f).count, 1); /* nobody has said whether owners decide */
    test_ok(try_say(f, 1, NULL, 0));
    assert_int_equal(due(f).count, 0);
}

static Error *erase(Tx *tx, const void *input, Instant now, void *output)
{
    (void)input;
    (void)output;
    return decisions_erase_person(tx, RESIDENT, now);
}

static void a_person_who_is_erased_leaves_the_list_of_those_present(void **state)
{
    Fixture *f = *state;
    int64_t projects[2];
    carried(f, projects);
    Snapshot *snapshot;
    DecisionOfPersonRows rows;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_decision_of_person(snapshot, RESIDENT, 10, &rows));
    db_snapshot_end(snapshot);
    assert_int_equal(rows.count, 1);
    assert_true(str_eq(rows.rows[0].name, STR("宣小雨")));
    int64_t decision = rows.rows[0].decision_id;
    test_ok(db_write(f->db, f->arena, erase, NULL, NULL, 0));
    DecisionPeopleRows people;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_decision_people(snapshot, AREA, decision, 10, &people));
    db_snapshot_end(snapshot);
    assert_int_equal(people.count, 2);
    assert_int_equal(people.rows[1].name.len, 0);
    assert_true(str_eq(people.rows[0].name, STR("沈岚")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_resolution_keeps_its_figures_and_the_rule_it_went_by),
        ON_BOTH(too_few_decide_nothing_and_meet_again),
        ON_BOTH(a_council_cannot_carry_more_than_the_money_of_the_round),
        ON_BOTH(of_two_who_record_at_once_one_wins),
        ON_BOTH(what_is_not_accepted_cannot_be_decided),
        ON_BOTH(a_resolution_waits_for_its_stage_and_ends_with_it),
        ON_BOTH(a_step_of_another_round_or_area_is_not_found),
        ON_BOTH(a_rule_does_not_reach_back_before_its_day),
        ON_BOTH(a_council_states_its_mandate_and_who_was_there),
        ON_BOTH(a_voided_record_stands_for_nothing_and_is_made_again),
        ON_BOTH(what_the_round_has_gone_by_is_not_voided),
        ON_BOTH(every_step_is_recorded_for_every_project),
        ON_BOTH(a_refusal_by_the_council_is_a_decision_but_chooses_nothing),
        ON_BOTH(the_round_cannot_leave_its_decision_before_all_is_decided),
        ON_BOTH(works_wait_until_somebody_has_said_whether_owners_decide),
        ON_BOTH(works_wait_for_the_owners_who_must_decide),
        ON_BOTH(what_was_said_of_other_projects_is_refused),
        ON_BOTH(where_residents_vote_the_ballot_chooses),
        ON_BOTH(a_meeting_is_due_while_its_stage_is_open),
        ON_BOTH(a_person_who_is_erased_leaves_the_list_of_those_present),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
