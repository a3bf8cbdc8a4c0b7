/* Reading proposals, one reader or two, and who keeps out of it, on both databases. */
#include "features/proposals/proposals_fixture.h"
#include "features/proposals/proposals_merge.h"
#include "features/screening/screening.h"

#define SECRETARY INT64_C(3002)
#define COLLEAGUE INT64_C(3003)

static void two_readers(RoundRules *rules)
{
    rules->two_readers = true;
}

static Finding clause(int64_t number)
{
    return (Finding){.ground = GROUND_CLAUSE, .cited_no = number};
}

/* A reading by a person; accepted when it passes. */
static Error *try_read(Fixture *f, int64_t id, int64_t reader, Finding finding,
                       ProposalDecided *out)
{
    ProposalDecide input = {.area = AREA,
                            .id = id,
                            .actor = reader,
                            .version = row_of(f, id).version,
                            .decision = finding.ground == GROUND_PASSES ? yes : no,
                            .finding = finding,
                            .is_secretary = reader == SECRETARY};
    if (reader == SECRETARY) {
        input.decision.reason = no.reason;
    }
    return db_write(f->db, f->arena, proposals_decide, &input, out, sizeof(*out));
}

static ScreeningState reading(Fixture *f, int64_t id, int64_t reader, Finding finding)
{
    ProposalDecided done = {0};
    test_ok(try_read(f, id, reader, finding, &done));
    return done.state;
}

static const Finding passes = {.ground = GROUND_PASSES};

static Error *try_declare(Fixture *f, int64_t id, int64_t actor)
{
    InterestDeclare declare = {AREA, id, actor};
    return db_write(f->db, f->arena, screening_declare, &declare, NULL, 0);
}

static Error *try_end(Fixture *f, int64_t id, int64_t actor, const char *reason)
{
    InterestEnd end = {AREA, id, actor, str_from(reason)};
    return db_write(f->db, f->arena, screening_end_interest, &end, NULL, 0);
}

/* How many wait for a reader, and the first of them. */
static ProposalUnreadRow unread(Fixture *f, int64_t reader, bool leads)
{
    Snapshot *snapshot;
    ProposalUnreadRow row = {0};
    bool found = false;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_proposal_unread(snapshot, AREA, 0, reader, leads, 0, &row, &found));
    db_snapshot_end(snapshot);
    return found ? row : (ProposalUnreadRow){0};
}

/* --- one reader ------------------------------------------------------------------------------ */

static void one_reader_decides_and_the_clause_is_cited(void **state)
{
    Fixture *f = *state;
    int64_t id = submitted(f, "给坡道加扶手");
    assert_int_equal(reading(f, id, WORKER, clause(3)), SCREENING_DECIDED);
    assert_int_equal(row_of(f, id).state, PROPOSAL_REFUSED);
    assert_true(str_eq(row_of(f, id).reason, no.reason));
}

static void a_clause_the_round_does_not_have_is_not_cited(void **state)
{
    Fixture *f = *state;
    ProposalDecided done;
    int64_t id = submitted(f, "给坡道加扶手");
    test_error(try_read(f, id, WORKER, clause(29), &done), ERROR_FIELD_NOT_CHOICE);
    assert_int_equal(row_of(f, id).state, PROPOSAL_SUBMITTED);
}

/* --- two readers ----------------------------------------------------------------------------- */

static void with_two_readers_the_first_decides_nothing(void **state)
{
    Fixture *f = *state;
    int64_t id = submitted(f, "给坡道加扶手");
    round_rules_change(f->db, f->arena, AREA, f->round, two_readers);
    assert_int_equal(reading(f, id, WORKER, passes), SCREENING_WAITS);
    assert_int_equal(reading(f, id, WORKER, passes), SCREENING_WAITS);
    assert_int_equal(row_of(f, id).state, PROPOSAL_SUBMITTED);
    assert_int_equal(gate_now(f).state, GATE_UNMET);
    assert_int_equal(reading(f, id, COLLEAGUE, passes), SCREENING_DECIDED);
    assert_int_equal(row_of(f, id).state, PROPOSAL_ACCEPTED);
    assert_int_equal(gate_now(f).state, GATE_MET);
}

static void two_who_disagree_wait_for_the_secretary(void **state)
{
    Fixture *f = *state;
    ProposalDecided done;
    int64_t id = submitted(f, "给坡道加扶手");
    round_rules_change(f->db, f->arena, AREA, f->round, two_readers);
    assert_int_equal(reading(f, id, WORKER, passes), SCREENING_WAITS);
    assert_int_equal(reading(f, id, COLLEAGUE, clause(2)), SCREENING_DISPUTED);
    test_error(try_read(f, id, WORKER, clause(2), &done), ERROR_SCREENING_DISPUTED);
    assert_int_equal(row_of(f, id).state, PROPOSAL_SUBMITTED);
    assert_int_equal(reading(f, id, SECRETARY, clause(2)), SCREENING_DECIDED);
    assert_int_equal(row_of(f, id).state, PROPOSAL_REFUSED);
}

static void a_reading_of_other_words_does_not_count(void **state)
{
    Fixture *f = *state;
    int64_t id = submitted(f, "给坡道加扶手");
    NewProposal other = wish("给坡道加扶手和灯");
    ProposalEdit edit = {
        .area = AREA, .id = id, .actor = RESIDENT, .version = 1, .words = other.words};
    round_rules_change(f->db, f->arena, AREA, f->round, two_readers);
    reading(f, id, WORKER, passes);
    test_ok(db_write(f->db, f->arena, proposals_edit, &edit, NULL, 0));
    assert_int_equal(reading(f, id, COLLEAGUE, passes), SCREENING_WAITS);
    assert_int_equal(reading(f, id, WORKER, passes), SCREENING_DECIDED);
}

static void what_was_decided_holds_until_two_agree_on_something_else(void **state)
{
    Fixture *f = *state;
    int64_t id = submitted(f, "给坡道加扶手");
    round_rules_change(f->db, f->arena, AREA, f->round, two_readers);
    reading(f, id, WORKER, passes);
    reading(f, id, COLLEAGUE, passes);
    assert_int_equal(reading(f, id, WORKER, clause(1)), SCREENING_WAITS);
    assert_int_equal(row_of(f, id).state, PROPOSAL_ACCEPTED);
    assert_int_equal(unread(f, COLLEAGUE, false).n, 1);
    assert_int_equal(reading(f, id, COLLEAGUE, clause(1)), SCREENING_DECIDED);
    assert_int_equal(row_of(f, id).state, PROPOSAL_REFUSED);
}

static void each_reader_sees_what_waits_for_them(void **state)
{
    Fixture *f = *state;
    int64_t first = submitted(f, "给坡道加扶手");
    int64_t second = submitted(f, "楼道换灯泡");
    round_rules_change(f->db, f->arena, AREA, f->round, two_readers);
    assert_int_equal(unread(f, WORKER, false).n, 2);
    reading(f, first, WORKER, passes);
    assert_int_equal(unread(f, WORKER, false).n, 1);
    assert_int_equal(unread(f, WORKER, false).id, second);
    assert_int_equal(unread(f, COLLEAGUE, false).n, 2);
    reading(f, first, COLLEAGUE, clause(2));
    assert_int_equal(unread(f, COLLEAGUE, false).n, 1);
    assert_int_equal(unread(f, SECRETARY, true).id, first);
}

/* --- interests -------------------------------------------------------------------------------- */

static void who_declared_an_interest_keeps_out(void **state)
{
    Fixture *f = *state;
    ProposalDecided done;
    int64_t id = submitted(f, "给坡道加扶手");
    int64_t other = submitted(f, "楼道换灯泡");
    ProposalMerge merge = {.area = AREA, .id = other, .main = id, .actor = WORKER, .version = 1};
    test_ok(try_declare(f, id, WORKER));
    test_ok(try_declare(f, id, WORKER));
    test_error(try_read(f, id, WORKER, passes, &done), ERROR_SCREENING_INTERESTED);
    test_error(db_write(f->db, f->arena, proposals_merge, &merge, NULL, 0),
               ERROR_SCREENING_INTERESTED);
    assert_int_equal(unread(f, WORKER, false).n, 1);
    assert_int_equal(reading(f, id, COLLEAGUE, passes), SCREENING_DECIDED);
}

static void an_interest_goes_on_in_what_it_is_merged_into(void **state)
{
    Fixture *f = *state;
    ProposalDecided done;
    int64_t id = submitted(f, "给坡道加扶手");
    int64_t main = submitted(f, "楼道换灯泡");
    ProposalMerge merge = {.area = AREA, .id = id, .main = main, .actor = COLLEAGUE, .version = 1};
    test_ok(try_declare(f, id, WORKER));
    test_ok(db_write(f->db, f->arena, proposals_merge, &merge, NULL, 0));
    test_error(try_read(f, main, WORKER, passes, &done), ERROR_SCREENING_INTERESTED);
}

static void an_interest_is_taken_back_with_a_reason_only(void **state)
{
    Fixture *f = *state;
    int64_t id = submitted(f, "给坡道加扶手");
    test_ok(try_declare(f, id, WORKER));
    test_error(try_end(f, id, WORKER, "弄错了"), ERROR_FIELD_TOO_SHORT);
    test_error(try_end(f, id, COLLEAGUE, "这是同事申报的，不是我的"), ERROR_NOT_FOUND);
    test_ok(try_end(f, id, WORKER, "看错了，提议人和我没有关系"));
    assert_int_equal(reading(f, id, WORKER, passes), SCREENING_DECIDED);
}

static void what_somebody_read_before_they_declared_does_not_count(void **state)
{
    Fixture *f = *state;
    int64_t id = submitted(f, "给坡道加扶手");
    round_rules_change(f->db, f->arena, AREA, f->round, two_readers);
    reading(f, id, WORKER, passes);
    test_ok(try_declare(f, id, WORKER));
    assert_int_equal(reading(f, id, COLLEAGUE, passes), SCREENING_WAITS);
    assert_int_equal(reading(f, id, SECRETARY, passes), SCREENING_DECIDED);
}

static void nobody_reads_their_own_proposal(void **state)
{
    Fixture *f = *state;
    ProposalDecided done;
    NewProposal new = wish("给坡道加扶手");
    ProposalSubmitted own;
    new.actor = WORKER;
    test_ok(try_submit(f, &new, &own));
    test_error(try_read(f, own.id, WORKER, passes, &done), ERROR_SCREENING_OWN);
    assert_int_equal(unread(f, WORKER, false).n, 0);
}

static void an_interest_in_another_areas_proposal_is_not_found(void **state)
{
    Fixture *f = *state;
    InterestDeclare declare = {AREA + 1, submitted(f, "给坡道加扶手"), WORKER};
    test_error(db_write(f->db, f->arena, screening_declare, &declare, NULL, 0), ERROR_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(one_reader_decides_and_the_clause_is_cited),
        ON_BOTH(a_clause_the_round_does_not_have_is_not_cited),
        ON_BOTH(with_two_readers_the_first_decides_nothing),
        ON_BOTH(two_who_disagree_wait_for_the_secretary),
        ON_BOTH(a_reading_of_other_words_does_not_count),
        ON_BOTH(what_was_decided_holds_until_two_agree_on_something_else),
        ON_BOTH(each_reader_sees_what_waits_for_them),
        ON_BOTH(who_declared_an_interest_keeps_out),
        ON_BOTH(an_interest_goes_on_in_what_it_is_merged_into),
        ON_BOTH(an_interest_is_taken_back_with_a_reason_only),
        ON_BOTH(what_somebody_read_before_they_declared_does_not_count),
        ON_BOTH(nobody_reads_their_own_proposal),
        ON_BOTH(an_interest_in_another_areas_proposal_is_not_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
