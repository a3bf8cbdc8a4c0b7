/* Answering, two at once, the gate and what is due, on both databases. */
#include "features/decisions/decisions_fixture.h"
#include "features/proposals/proposals_fixture.h"
#include "features/proposals/proposals_merge.h"
#include "features/replies/replies.h"
#include "features/replies/replies_gates.h"
#include "features/shortlist/shortlist.h"
#include "notices_sql.h"
#include "polls_sql.h"
#include "replies_sql.h"

#define WORDS      "您提的坡道这次没有收下，物业已经排在下个月。"
#define POLL       INT64_C(77)
#define REPLY_NO   8
#define FAR_DAYS   12
#define DAY_MS     INT64_C(86400000)
#define OTHER_AREA INT64_C(1002)

/* --- steps ------------------------------------------------------------------- */

static int64_t decided(Fixture *f, const char *title, ProposalDecision decision)
{
    int64_t id = submitted(f, title);
    test_ok(try_decide(f, id, 1, decision));
    return id;
}

static ReplyAnswer answer_to(int64_t proposal, int64_t version)
{
    return (ReplyAnswer){.area = AREA,
                         .proposal = proposal,
                         .actor = WORKER,
                         .version = version,
                         .words = STR(WORDS),
                         .delivery = {.way = REPLY_SITE}};
}

/* The outcome as it is now, when there is one. */
static void fill_outcome(Fixture *f, ReplyAnswer *answer)
{
    Snapshot *snapshot;
    ReplyCaseRow row;
    bool found = false;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_reply_case(snapshot, AREA, answer->proposal, &row, &found));
    db_snapshot_end(snapshot);
    answer->kind = found ? (ReplyKind)row.kind : 0;
    answer->about = found ? row.about : 0;
}

static Error *try_answer(Fixture *f, ReplyAnswer answer)
{
    if (answer.kind == 0) {
        fill_outcome(f, &answer);
    }
    return db_write(f->db, f->arena, replies_answer, &answer, NULL, 0);
}

static ReplyCase case_of(Fixture *f, int64_t proposal)
{
    Snapshot *snapshot;
    ReplyCase about;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(replies_case(snapshot, AREA, proposal, &about));
    db_snapshot_end(snapshot);
    return about;
}

static bool is_owed(Fixture *f, int64_t proposal)
{
    Snapshot *snapshot;
    ReplyCaseRow row;
    bool found = false;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_reply_case(snapshot, AREA, proposal, &row, &found));
    db_snapshot_end(snapshot);
    return found;
}

static GateState gate_state(Fixture *f)
{
    Snapshot *snapshot;
    GateReport report = {0};
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    assert_string_equal(replies_feature.gates[0].name, "all_answered");
    test_ok(replies_feature.gates[0].check(snapshot, AREA, f->round, REPLY_NO, &report));
    db_snapshot_end(snapshot);
    return report.state;
}

static DueItems due(Fixture *f)
{
    return test_due(f->db, f->arena, &replies_feature, AREA, WORKER, ROLE_COMMUNITY_WORKER);
}

typedef struct Ballot {
    int64_t round;
    int64_t won, lost;
} Ballot;

static Error *put_option(Tx *tx, int64_t place, int64_t proposal, bool is_selected)
{
    Str code = arena_printf(tx_arena(tx), "%03d", (int)place);
    Error *err = sql_poll_option_insert(tx, AREA, POLL, place, code, proposal, STR("坡道"), STR(""),
                                        STR(""), 1, (Money){1280000}, NULL);
    return err ? err
               : sql_result_option_insert(
                     tx, AREA, POLL, place, place, is_selected, 12, (Money){0}, is_selected ? 0 : 1,
                     is_selected ? 3 : 0, STR(""), 0, STR(""), (Money){is_selected ? 0 : 30000},
                     is_selected ? 0 : 7, (Money){is_selected ? 0 : 30000}, NULL);
}

static Error *put_poll(Tx *tx, const void *input, Instant now, void *output)
{
    (void)output;
    const Ballot *ballot = input;
    Error *err =
        sql_poll_insert(tx, AREA, POLL, ballot->round, STR("投票"), 4, now, now, (Money){24000000},
                        5, 15, STR("greedy"), STR("cost"), STR("none"), (Money){0},
                        STR("votes,cost,name"), STR("skip"), STR("exclude"), 100, false, now, NULL);
    if (!err) {
        err = put_option(tx, 1, ballot->won, true);
    }
    return err ? err : put_option(tx, 2, ballot->lost, false);
}

/* A counted poll in which one won and one lost. */
static void counted(Fixture *f, int64_t won, int64_t lost)
{
    Ballot ballot = {f->round, won, lost};
    test_ok(db_write(f->db, f->arena, put_poll, &ballot, NULL, 0));
}

static size_t told(Fixture *f)
{
    Snapshot *snapshot;
    NoticeOfPersonRows rows;
    size_t count = 0;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_notice_of_person(snapshot, RESIDENT, 10, &rows));
    db_snapshot_end(snapshot);
    for (size_t i = 0; i < rows.count; i++) {
        count += rows.rows[i].kind == NOTICE_REPLY;
    }
    return count;
}

/* --- who is owed ------------------------------------------------------------- */

static void a_refused_proposal_is_owed_an_answer_and_an_accepted_one_is_not(void **state)
{
    Fixture *f = *state;
    int64_t refused = decided(f, "坡道扶手", no);
    int64_t accepted = decided(f, "楼道换灯", yes);
    assert_int_equal(case_of(f, refused).kind, REPLY_REFUSED);
    assert_true(str_eq(case_of(f, refused).reason, no.reason));
    assert_false(is_owed(f, accepted));
}

static void each_proposer_of_a_merged_proposal_is_owed_their_own(void **state)
{
    Fixture *f = *state;
    int64_t main = submitted(f, "坡道扶手");
    int64_t second = submitted(f, "坡道装扶手");
    int64_t third = submitted(f, "扶手装坡道");
    ProposalMerge merges[] = {{AREA, second, main, WORKER, 1}, {AREA, third, main, WORKER, 1}};
    test_ok(db_write(f->db, f->arena, proposals_merge, &merges[0], NULL, 0));
    test_ok(db_write(f->db, f->arena, proposals_merge, &merges[1], NULL, 0));
    test_ok(try_answer(f, answer_to(second, 0)));
    assert_int_equal(case_of(f, second).kind, REPLY_MERGED);
    assert_true(str_eq(case_of(f, third).main_title, STR("坡道扶手")));
    assert_int_equal(gate_state(f), GATE_UNMET);
    test_ok(try_answer(f, answer_to(third, 0)));
    assert_int_equal(gate_state(f), GATE_MET);
}

static void a_loser_and_one_left_out_are_owed_once_the_poll_is_counted(void **state)
{
    Fixture *f = *state;
    int64_t won = decided(f, "坡道扶手", yes);
    int64_t lost = decided(f, "楼道换灯", yes);
    int64_t out = decided(f, "车棚加顶", yes);
    assert_false(is_owed(f, lost));
    counted(f, won, lost);
    assert_false(is_owed(f, won));
    assert_int_equal(case_of(f, lost).kind, REPLY_LOST);
    assert_int_equal(case_of(f, lost).lacked_votes, 7);
    assert_int_equal(case_of(f, lost).lacked.fen, 30000);
    assert_int_equal(case_of(f, out).kind, REPLY_LEFT_OUT);
}

static void what_the_council_did_not_carry_is_owed_an_answer_with_its_figures(void **state)
{
    Fixture *f = *state;
    council_round(f);
    int64_t carried = decided(f, "坡道扶手", yes);
    int64_t lost = decided(f, "楼道换灯", yes);
    assert_false(is_owed(f, lost));
    at_stage(f, 4);
    council_says(f, carried, 11);
    at_stage(f, 4);
    council_says(f, lost, 5);
    assert_false(is_owed(f, carried));
    ReplyCase about = case_of(f, lost);
    assert_int_equal(about.kind, REPLY_NOT_CARRIED);
    Str words = replies_suggestion(f->arena, LANG_ZH, &about);
    assert_true(str_contains(words, STR("居民议事会")));
    assert_true(str_contains(words, STR("同意 5 人")));
    assert_int_equal(gate_state(f), GATE_UNMET);
    test_ok(try_answer(f, answer_to(lost, 0)));
    assert_int_equal(gate_state(f), GATE_MET);
}

static void who_was_merged_into_what_was_not_carried_is_told_so(void **state)
{
    Fixture *f = *state;
    council_round(f);
    int64_t main = decided(f, "坡道扶手", yes);
    int64_t merged = submitted(f, "门口扶手");
    ProposalMerge merge = {AREA, merged, main, WORKER, 1};
    test_ok(db_write(f->db, f->arena, proposals_merge, &merge, NULL, 0));
    int64_t before = case_of(f, merged).about;
    at_stage(f, 4);
    council_says(f, main, 5);
    ReplyCase about = case_of(f, merged);
    assert_int_equal(about.kind, REPLY_MERGED);
    assert_true(about.about != before);
    Str words = replies_suggestion(f->arena, LANG_ZH, &about);
    assert_true(str_contains(words, STR("居民议事会表决没有通过")));
}

/* A table ranks both of its two projects and presents one, which makes the list. */
static void present_one(RoundRules *rules)
{
    rules->table_top = 1;
    rules->hall_vote = false;
}

static void shortlisted(Fixture *f, int64_t in, int64_t out)
{
    const int64_t ranks[] = {in, out};
    TableSave save = {.area = AREA, .round = f->round, .actor = WORKER};
    TableSaved table;
    TableAct deal = {.area = AREA, .round = f->round, .actor = WORKER};
    ShortlistFix fix = {AREA, f->round, WORKER, &in, 1, {"", 0}};
    at_stage(f, 5);
    cap_is(f, present_one);
    test_ok(db_write(f->db, f->arena, shortlist_save_table, &save, &table, sizeof(table)));
    test_ok(db_write(f->db, f->arena, shortlist_deal, &deal, NULL, 0));
    TableReport report = {.area = AREA,
                          .table = table.id,
                          .version = 1,
                          .actor = WORKER,
                          .is_staff = true,
                          .ranks = ranks,
                          .n_ranks = 2};
    test_ok(db_write(f->db, f->arena, shortlist_report, &report, NULL, 0));
    test_ok(db_write(f->db, f->arena, shortlist_fix, &fix, NULL, 0));
}

static void one_not_shortlisted_is_owed_an_answer_with_its_table_and_place(void **state)
{
    Fixture *f = *state;
    int64_t in = decided(f, "坡道扶手", yes);
    int64_t out = decided(f, "楼道换灯", yes);
    shortlisted(f, in, out);
    assert_false(is_owed(f, in));
    ReplyCase about = case_of(f, out);
    assert_int_equal(about.kind, REPLY_NOT_SHORTLISTED);
    Str words = replies_suggestion(f->arena, LANG_ZH, &about);
    assert_true(str_contains(words, STR("第 1 桌")));
    assert_true(str_contains(words, STR("第 2 名")));
    test_ok(try_answer(f, answer_to(out, 0)));
    int64_t lost = in;
    counted(f, POLL, lost); /* the ballot is counted later: what was said stays true */
    assert_int_equal(case_of(f, out).kind, REPLY_NOT_SHORTLISTED);
    assert_true(case_of(f, out).is_current);
    assert_int_equal(case_of(f, lost).kind, REPLY_LOST);
}

static void the_record_suggests_what_a_loser_lacked(void **state)
{
    Fixture *f = *state;
    int64_t won = decided(f, "坡道扶手", yes);
    int64_t lost = decided(f, "楼道换灯", yes);
    counted(f, won, lost);
    ReplyCase about = case_of(f, lost);
    Str words = replies_suggestion(f->arena, LANG_ZH, &about);
    assert_true(str_contains(words, STR("楼道换灯")));
    assert_true(str_contains(words, STR("7 个人")));
    assert_true(str_contains(words, STR("300")));
}

static void another_areas_proposal_is_not_found(void **state)
{
    Fixture *f = *state;
    ReplyAnswer answer = answer_to(decided(f, "坡道扶手", no), 0);
    answer.area = OTHER_AREA;
    test_error(try_answer(f, answer), ERROR_REPLY_NOT_WAITING);
}

/* --- answering --------------------------------------------------------------- */

static void of_two_who_answer_at_once_one_wins(void **state)
{
    Fixture *f = *state;
    int64_t id = decided(f, "坡道扶手", no);
    test_ok(try_answer(f, answer_to(id, 0)));
    ReplyAnswer second = answer_to(id, 0);
    second.words = STR("另一个人同时写的另一份答复，内容不一样。");
    test_error(try_answer(f, second), ERROR_VERSION_CONFLICT);
    assert_true(str_eq(case_of(f, id).words, STR(WORDS)));
}

static void a_correction_from_an_older_version_changes_nothing(void **state)
{
    Fixture *f = *state;
    int64_t id = decided(f, "坡道扶手", no);
    test_ok(try_answer(f, answer_to(id, 0)));
    test_ok(try_answer(f, answer_to(id, 1)));
    test_error(try_answer(f, answer_to(id, 1)), ERROR_VERSION_CONFLICT);
    assert_int_equal(case_of(f, id).version, 2);
}

static void a_written_answer_that_nobody_delivered_does_not_count(void **state)
{
    Fixture *f = *state;
    int64_t id = decided(f, "坡道扶手", no);
    ReplyAnswer answer = answer_to(id, 0);
    answer.delivery.way = REPLY_LETTER;
    test_ok(try_answer(f, answer));
    assert_int_equal(gate_state(f), GATE_UNMET);
    answer.version = 1;
    answer.delivery.is_delivered = true;
    answer.delivery.deliverer = STR("沈岚");
    test_ok(try_answer(f, answer));
    assert_int_equal(gate_state(f), GATE_MET);
    assert_true(str_eq(case_of(f, id).deliverer, STR("沈岚")));
    assert_true(case_of(f, id).delivered_at.ms > 0);
}

static void a_new_decision_makes_the_answer_wait_again(void **state)
{
    Fixture *f = *state;
    int64_t id = decided(f, "坡道扶手", no);
    test_ok(try_answer(f, answer_to(id, 0)));
    test_db_clock(f->db)->offset_ms += DAY_MS;
    ProposalDecision again = no;
    again.reason = STR("再看了一次：要业主共同决定，请找业委会。");
    test_ok(try_decide(f, id, 2, again));
    assert_false(case_of(f, id).is_current);
    assert_int_equal(gate_state(f), GATE_UNMET);
    test_ok(try_answer(f, answer_to(id, 1)));
    assert_int_equal(gate_state(f), GATE_MET);
}

static void an_answer_written_for_one_outcome_is_none_to_another(void **state)
{
    Fixture *f = *state;
    int64_t id = decided(f, "坡道扶手", no);
    int64_t main = submitted(f, "坡道装扶手");
    ReplyAnswer answer = answer_to(id, 0);
    fill_outcome(f, &answer);
    test_ok(try_decide(f, id, 2, yes));
    ProposalMerge merge = {AREA, id, main, WORKER, 3};
    test_ok(db_write(f->db, f->arena, proposals_merge, &merge, NULL, 0));
    test_error(try_answer(f, answer), ERROR_VERSION_CONFLICT);
    assert_int_equal(case_of(f, id).version, 0);
    assert_int_equal(gate_state(f), GATE_UNMET);
}

/* A wish that goes on in another one, whose proposer was told so. */
static int64_t merged_and_answered(Fixture *f, int64_t main)
{
    int64_t id = submitted(f, "坡道装扶手");
    ProposalMerge merge = {AREA, id, main, WORKER, 1};
    test_ok(db_write(f->db, f->arena, proposals_merge, &merge, NULL, 0));
    test_ok(try_answer(f, answer_to(id, 0)));
    assert_true(case_of(f, id).is_current);
    return id;
}

static void who_was_merged_is_answered_again_when_the_poll_is_counted(void **state)
{
    Fixture *f = *state;
    int64_t main = submitted(f, "坡道扶手");
    int64_t id = merged_and_answered(f, main);
    test_ok(try_decide(f, main, 1, yes));
    counted(f, main, decided(f, "楼道换灯", yes));
    assert_false(case_of(f, id).is_current);
    assert_int_equal(gate_state(f), GATE_UNMET);
}

static void who_was_merged_is_answered_again_when_the_other_is_refused(void **state)
{
    Fixture *f = *state;
    int64_t main = submitted(f, "坡道扶手");
    int64_t id = merged_and_answered(f, main);
    test_ok(try_decide(f, main, 1, no));
    assert_false(case_of(f, id).is_current);
    test_ok(try_answer(f, answer_to(id, 1)));
    assert_true(case_of(f, id).is_current);
}

static void nobody_was_told_before_it_was_decided(void **state)
{
    Fixture *f = *state;
    int64_t id = decided(f, "坡道扶手", no);
    ReplyAnswer answer = answer_to(id, 0);
    answer.delivery = (ReplyDelivery){REPLY_DOOR, true, {18262}, STR("沈岚")}; /* 2020-01-01 */
    test_error(try_answer(f, answer), ERROR_REPLY_DAY);
    answer.delivery.on.days = -3650;
    test_error(try_answer(f, answer), ERROR_REPLY_DAY);
}

/* --- the gate and what is due ------------------------------------------------ */

static void a_round_that_owes_nobody_may_go_on(void **state)
{
    assert_int_equal(gate_state(*state), GATE_MET);
}

static void the_round_cannot_leave_the_reply_stage_before_everybody_is_answered(void **state)
{
    Fixture *f = *state;
    static const Feature *const rooms[] = {&replies_feature};
    int64_t id = decided(f, "坡道扶手", no);
    at_stage(f, REPLY_NO);
    AdvanceRound advance = {.area = AREA,
                            .round = f->round,
                            .actor = WORKER,
                            .from_no = REPLY_NO,
                            .rooms = rooms,
                            .n_rooms = 1};
    RoundAdvanced done;
    test_error(db_write(f->db, f->arena, programmes_advance, &advance, &done, sizeof(done)),
               ERROR_GATE_UNMET);
    test_ok(try_answer(f, answer_to(id, 0)));
    test_ok(db_write(f->db, f->arena, programmes_advance, &advance, &done, sizeof(done)));
    assert_int_equal(done.to_no, REPLY_NO + 1);
}

static void a_refusal_is_due_within_the_working_days_of_the_rules(void **state)
{
    Fixture *f = *state;
    int64_t id = decided(f, "坡道扶手", no);
    DueItems items = due(f);
    assert_int_equal(items.count, 1);
    Instant decided_at = case_of(f, id).decided_at;
    assert_true(items.items[0].due_at.ms > decided_at.ms + 4 * DAY_MS);
    assert_true(items.items[0].due_at.ms < decided_at.ms + FAR_DAYS * DAY_MS);
    test_ok(try_answer(f, answer_to(id, 0)));
    assert_int_equal(due(f).count, 0);
}

static void merged_ones_are_due_once_the_round_replies(void **state)
{
    Fixture *f = *state;
    int64_t main = submitted(f, "坡道扶手");
    int64_t second = submitted(f, "坡道装扶手");
    ProposalMerge merge = {AREA, second, main, WORKER, 1};
    test_ok(db_write(f->db, f->arena, proposals_merge, &merge, NULL, 0));
    assert_int_equal(due(f).count, 0);
    at_stage(f, REPLY_NO);
    assert_int_equal(due(f).count, 1);
}

static void an_answer_on_the_site_is_told_and_one_by_telephone_is_not(void **state)
{
    Fixture *f = *state;
    ReplyAnswer by_phone = answer_to(decided(f, "楼道换灯", no), 0);
    by_phone.delivery.way = REPLY_PHONE;
    test_ok(try_answer(f, by_phone));
    assert_int_equal(told(f), 0);
    int64_t id = decided(f, "坡道扶手", no);
    test_ok(try_answer(f, answer_to(id, 0)));
    assert_int_equal(told(f), 1);
    test_ok(try_answer(f, answer_to(id, 1))); /* a correction is no news */
    assert_int_equal(told(f), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(an_answer_on_the_site_is_told_and_one_by_telephone_is_not),
        ON_BOTH(a_refused_proposal_is_owed_an_answer_and_an_accepted_one_is_not),
        ON_BOTH(each_proposer_of_a_merged_proposal_is_owed_their_own),
        ON_BOTH(a_loser_and_one_left_out_are_owed_once_the_poll_is_counted),
        ON_BOTH(what_the_council_did_not_carry_is_owed_an_answer_with_its_figures),
        ON_BOTH(who_was_merged_into_what_was_not_carried_is_told_so),
        ON_BOTH(one_not_shortlisted_is_owed_an_answer_with_its_table_and_place),
        ON_BOTH(the_record_suggests_what_a_loser_lacked),
        ON_BOTH(another_areas_proposal_is_not_found),
        ON_BOTH(of_two_who_answer_at_once_one_wins),
        ON_BOTH(a_correction_from_an_older_version_changes_nothing),
        ON_BOTH(a_written_answer_that_nobody_delivered_does_not_count),
        ON_BOTH(a_new_decision_makes_the_answer_wait_again),
        ON_BOTH(an_answer_written_for_one_outcome_is_none_to_another),
        ON_BOTH(who_was_merged_is_answered_again_when_the_poll_is_counted),
        ON_BOTH(who_was_merged_is_answered_again_when_the_other_is_refused),
        ON_BOTH(nobody_was_told_before_it_was_decided),
        ON_BOTH(a_round_that_owes_nobody_may_go_on),
        ON_BOTH(the_round_cannot_leave_the_reply_stage_before_everybody_is_answered),
        ON_BOTH(a_refusal_is_due_within_the_working_days_of_the_rules),
        ON_BOTH(merged_ones_are_due_once_the_round_replies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
