/* What became of a proposal is told to those who asked for it, on both databases. */
#include "features/proposals/proposals_fixture.h"

#include "features/proposals/proposals_merge.h"
#include "notices_sql.h"

#define NEIGHBOUR INT64_C(2002)

static NoticeOfPersonRows told(Fixture *f, int64_t person)
{
    Snapshot *snapshot;
    NoticeOfPersonRows rows;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_notice_of_person(snapshot, person, 10, &rows));
    db_snapshot_end(snapshot);
    return rows;
}

static int64_t submitted_by(Fixture *f, int64_t person, const char *title)
{
    NewProposal new = wish(title);
    ProposalSubmitted done;
    new.actor = person;
    test_ok(try_submit(f, &new, &done));
    return done.id;
}

static Error *try_merge(Fixture *f, int64_t id, int64_t main)
{
    ProposalMerge merge = {.area = AREA, .id = id, .main = main, .actor = WORKER};
    merge.version = row_of(f, id).version;
    return db_write(f->db, f->arena, proposals_merge, &merge, NULL, 0);
}

static void a_decision_is_told_to_the_proposer(void **state)
{
    Fixture *f = *state;
    int64_t lamp = submitted(f, "楼道换灯");
    int64_t ramp = submitted(f, "坡道扶手");
    test_ok(try_decide(f, lamp, 1, yes));
    test_ok(try_decide(f, ramp, 1, no));
    NoticeOfPersonRows rows = told(f, RESIDENT);
    assert_int_equal(rows.count, 2);
    assert_int_equal(rows.rows[0].kind, NOTICE_ACCEPTED);
    assert_true(str_contains(rows.rows[0].words, STR("楼道换灯")));
    assert_int_equal(rows.rows[1].kind, NOTICE_REFUSED);
    assert_true(str_contains(rows.rows[1].link, str_from(id_text(ramp).text)));
}

static void a_decision_that_is_not_made_is_not_told(void **state)
{
    Fixture *f = *state;
    int64_t lamp = submitted(f, "楼道换灯");
    assert_non_null(try_decide(f, lamp, 7, yes));
    assert_int_equal(told(f, RESIDENT).count, 0);
}

static void a_merge_is_told_to_whose_proposal_moved(void **state)
{
    Fixture *f = *state;
    int64_t main = submitted(f, "坡道扶手");
    int64_t second = submitted_by(f, NEIGHBOUR, "坡道装扶手");
    test_ok(try_merge(f, second, main));
    assert_int_equal(told(f, NEIGHBOUR).count, 1);
    assert_int_equal(told(f, NEIGHBOUR).rows[0].kind, NOTICE_MERGED);
    assert_int_equal(told(f, RESIDENT).count, 0);
}

static void a_decision_reaches_all_whose_proposals_go_on_in_it(void **state)
{
    Fixture *f = *state;
    int64_t main = submitted(f, "坡道扶手");
    int64_t second = submitted_by(f, NEIGHBOUR, "坡道装扶手");
    test_ok(try_merge(f, second, main));
    test_ok(try_decide(f, main, row_of(f, main).version, yes));
    assert_int_equal(told(f, NEIGHBOUR).count, 2);
    assert_int_equal(told(f, RESIDENT).count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_decision_is_told_to_the_proposer),
        ON_BOTH(a_decision_that_is_not_made_is_not_told),
        ON_BOTH(a_merge_is_told_to_whose_proposal_moved),
        ON_BOTH(a_decision_reaches_all_whose_proposals_go_on_in_it),
    };
    return cmocka_run_group_tests_name("proposals told", tests, NULL, NULL);
}
