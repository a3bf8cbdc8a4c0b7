/* Tables, packages, reports, the hall, fixing, and what the ballot offers then; on both databases.
 */
#include "features/proposals/proposals_fixture.h"
#include "features/shortlist/shortlist.h"
#include "features/shortlist/shortlist_gates.h"
#include "polls_sql.h"

#define SECOND        INT64_C(3002)
#define PLEDGE_NO     4
#define SHORTLIST_NO  5
#define VOTE_NO       6
#define PROJECTS_MOST 8

/* --- steps ------------------------------------------------------------------- */

static void no_hall(RoundRules *rules)
{
    rules->per_resident = 0;
    rules->hall_vote = false;
}

static void list_of_two(RoundRules *rules)
{
    rules->candidates = 2;
    rules->hall_vote = false;
}

static void accept(Fixture *f, int64_t *projects, size_t n)
{
    cap_is(f, no_hall);
    for (size_t i = 0; i < n; i++) {
        char title[32];
        snprintf(title, sizeof(title), "第 %zu 件项目", i + 1);
        projects[i] = submitted(f, title);
        test_ok(try_decide(f, projects[i], 1, yes));
    }
}

static Error *try_table(Fixture *f, int64_t *out)
{
    TableSave save = {.area = AREA,
                      .round = f->round,
                      .actor = WORKER,
                      .head = {0, STR("沈桌长")},
                      .recorder = {RESIDENT, STR("林记录")}};
    TableSaved done = {0};
    Error *err = db_write(f->db, f->arena, shortlist_save_table, &save, &done, sizeof(done));
    *out = done.id;
    return err;
}

static int64_t table(Fixture *f)
{
    int64_t id;
    test_ok(try_table(f, &id));
    return id;
}

static Shortlist load(Fixture *f)
{
    Snapshot *snapshot;
    Shortlist all;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(shortlist_load(snapshot, AREA, f->round, &all));
    db_snapshot_end(snapshot);
    return all;
}

static Error *try_deal(Fixture *f)
{
    TableAct act = {.area = AREA, .round = f->round, .actor = WORKER};
    return db_write(f->db, f->arena, shortlist_deal, &act, NULL, 0);
}

static int64_t version_of(Fixture *f, int64_t table_id)
{
    Shortlist all = load(f);
    return shortlist_table(&all, table_id)->version;
}

static Error *try_report(Fixture *f, TableReport report)
{
    report.area = AREA;
    report.version = report.version != 0 ? report.version : version_of(f, report.table);
    return db_write(f->db, f->arena, shortlist_report, &report, NULL, 0);
}

/* Staff report the whole package of a table in the order it lies there. */
static void report_table(Fixture *f, int64_t id)
{
    Shortlist all = load(f);
    const TableInfo *info = shortlist_table(&all, id);
    int64_t ranks[SHORTLIST_RANKS_MAX] = {0};
    for (size_t i = 0; i < info->n_items; i++) {
        ranks[i] = info->items[i].proposal;
    }
    test_ok(try_report(f, (TableReport){.table = id,
                                        .actor = WORKER,
                                        .is_staff = true,
                                        .ranks = ranks,
                                        .n_ranks = info->n_items,
                                        .speaker = {0, STR("宣汇报")}}));
}

static Error *try_count(Fixture *f, int64_t person, const int64_t *votes)
{
    Shortlist all = load(f);
    HallEnter enter = {AREA, f->round, person, 20, all.presented, votes, all.n_presented};
    HallState state;
    return db_write(f->db, f->arena, shortlist_enter_hall, &enter, &state, sizeof(state));
}

static Error *try_fix_shown(Fixture *f, const int64_t *shown, size_t n)
{
    ShortlistFix fix = {AREA, f->round, WORKER, shown, n, STR("当场宣布。")};
    return db_write(f->db, f->arena, shortlist_fix, &fix, NULL, 0);
}

static Error *try_fix(Fixture *f)
{
    Shortlist all = load(f);
    int64_t shown[PROJECTS_MOST];
    size_t count = 0;
    shortlist_settle(&all);
    for (size_t i = 0; i < all.n_entries; i++) {
        if (all.entries[i].outcome == SHORT_IN) {
            shown[count++] = all.entries[i].proposal;
        }
    }
    return try_fix_shown(f, shown, count);
}

static GateState gate_of(Fixture *f, const char *name)
{
    return test_gate(f->db, f->arena, &shortlist_feature, name, AREA, f->round, SHORTLIST_NO).state;
}

static size_t candidates(Fixture *f)
{
    Snapshot *snapshot;
    PollCandidatesRows rows;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_poll_candidates(snapshot, AREA, f->round, &rows));
    db_snapshot_end(snapshot);
    return rows.count;
}

/* --- tables and packages ----------------------------------------------------- */

static void projects_are_dealt_evenly_and_again_the_same(void **state)
{
    Fixture *f = *state;
    int64_t projects[5];
    accept(f, projects, 5);
    int64_t first = table(f);
    int64_t second = table(f);
    test_ok(try_deal(f));
    test_ok(try_deal(f));
    Shortlist all = load(f);
    assert_int_equal(all.n_free, 0);
    assert_int_equal(shortlist_table(&all, first)->n_items, 3);
    assert_int_equal(shortlist_table(&all, second)->n_items, 2);
    assert_int_equal(shortlist_table(&all, first)->items[1].proposal, projects[2]);
    assert_int_equal(shortlist_table(&all, second)->no, 2);
}

static void a_project_lies_on_one_table_only(void **state)
{
    Fixture *f = *state;
    int64_t projects[2];
    accept(f, projects, 2);
    int64_t first = table(f);
    int64_t second = table(f);
    TablePackage package = {AREA, first, 1, WORKER, projects, 1};
    test_ok(db_write(f->db, f->arena, shortlist_set_package, &package, NULL, 0));
    package = (TablePackage){AREA, second, 1, WORKER, projects, 2};
    Error *err = db_write(f->db, f->arena, shortlist_set_package, &package, NULL, 0);
    test_error(err, ERROR_SHORTLIST_PROJECT);
    assert_true(str_eq(err->field, STR("projects")));
    assert_int_equal(load(f).n_free, 1);
}

static void a_removed_table_gives_its_projects_back(void **state)
{
    Fixture *f = *state;
    int64_t projects[2];
    accept(f, projects, 2);
    int64_t id = table(f);
    test_ok(try_deal(f));
    TableAct act = {AREA, f->round, id, 1, WORKER};
    test_ok(db_write(f->db, f->arena, shortlist_remove_table, &act, NULL, 0));
    Shortlist all = load(f);
    assert_int_equal(all.n_tables, 0);
    assert_int_equal(all.n_free, 2);
}

static void tables_are_set_up_ahead_but_nothing_is_reported_before_the_stage(void **state)
{
    Fixture *f = *state;
    int64_t projects[3];
    accept(f, projects, 3);
    at_stage(f, PLEDGE_NO);
    int64_t id = table(f);
    test_ok(try_deal(f));
    TableReport report = {
        .table = id, .actor = WORKER, .is_staff = true, .ranks = projects, .n_ranks = 3};
    test_error(try_report(f, report), ERROR_STAGE_NOT_OPEN);
    at_stage(f, VOTE_NO);
    test_error(try_report(f, report), ERROR_STAGE_NOT_OPEN);
    int64_t late;
    test_error(try_table(f, &late), ERROR_STAGE_NOT_OPEN);
}

/* --- reports ----------------------------------------------------------------- */

static void a_table_reports_by_its_recorder_or_staff_and_nobody_else(void **state)
{
    Fixture *f = *state;
    int64_t projects[3];
    accept(f, projects, 3);
    at_stage(f, SHORTLIST_NO);
    int64_t id = table(f);
    test_ok(try_deal(f));
    TableReport report = {.table = id, .actor = SECOND, .ranks = projects, .n_ranks = 3};
    test_error(try_report(f, report), ERROR_FORBIDDEN);
    report.actor = RESIDENT;
    test_ok(try_report(f, report));
    assert_int_equal(gate_of(f, "tables_reported"), GATE_MET);
}

static void a_correction_says_why_and_a_stale_one_is_refused(void **state)
{
    Fixture *f = *state;
    int64_t projects[3];
    accept(f, projects, 3);
    at_stage(f, SHORTLIST_NO);
    int64_t id = table(f);
    test_ok(try_deal(f));
    report_table(f, id);
    const int64_t swapped[] = {projects[1], projects[0], projects[2]};
    TableReport report = {
        .table = id, .actor = WORKER, .is_staff = true, .ranks = swapped, .n_ranks = 3};
    Error *err = try_report(f, report);
    test_error_at(err, ERROR_FIELD_TOO_SHORT, "note");
    report.note = STR("第 1、2 名抄反了。");
    test_ok(try_report(f, report));
    report.version = 2;
    test_error(try_report(f, report), ERROR_VERSION_CONFLICT);
    Shortlist all = load(f);
    const TableInfo *info = shortlist_table(&all, id);
    assert_int_equal(info->items[0].proposal, projects[1]);
    assert_true(str_eq(info->note, STR("第 1、2 名抄反了。")));
    assert_int_equal(info->people[TABLE_SPEAKER].name.len, 0);
}

static void a_changed_package_has_to_be_ranked_anew(void **state)
{
    Fixture *f = *state;
    int64_t projects[3];
    accept(f, projects, 3);
    at_stage(f, SHORTLIST_NO);
    int64_t id = table(f);
    test_ok(try_deal(f));
    report_table(f, id);
    test_error(try_deal(f), ERROR_SHORTLIST_RANKED);
    TablePackage package = {AREA, id, version_of(f, id), WORKER, projects, 3};
    test_ok(db_write(f->db, f->arena, shortlist_set_package, &package, NULL, 0));
    assert_int_equal(gate_of(f, "tables_reported"), GATE_UNMET);
}

/* --- the list ---------------------------------------------------------------- */

/* Four projects on two tables; both have reported. */
static void reported(Fixture *f, int64_t *projects)
{
    accept(f, projects, 4);
    at_stage(f, SHORTLIST_NO);
    int64_t first = table(f);
    int64_t second = table(f);
    test_ok(try_deal(f));
    report_table(f, first);
    report_table(f, second);
}

static void both_gates_are_shut_until_all_is_there(void **state)
{
    Fixture *f = *state;
    int64_t projects[2];
    accept(f, projects, 2);
    at_stage(f, SHORTLIST_NO);
    assert_int_equal(gate_of(f, "tables_reported"), GATE_UNMET);
    int64_t id = table(f);
    assert_int_equal(gate_of(f, "tables_reported"), GATE_UNMET);
    test_ok(try_deal(f));
    assert_int_equal(gate_of(f, "tables_reported"), GATE_UNMET);
    test_error(try_fix(f), ERROR_SHORTLIST_NOT_READY);
    report_table(f, id);
    assert_int_equal(gate_of(f, "tables_reported"), GATE_MET);
    assert_int_equal(gate_of(f, "shortlist_fixed"), GATE_UNMET);
    test_ok(try_fix(f));
    assert_int_equal(gate_of(f, "shortlist_fixed"), GATE_MET);
}

static void a_round_in_which_nothing_was_accepted_has_nothing_to_fix(void **state)
{
    Fixture *f = *state;
    at_stage(f, SHORTLIST_NO);
    assert_int_equal(gate_of(f, "tables_reported"), GATE_MET);
    assert_int_equal(gate_of(f, "shortlist_fixed"), GATE_MET);
}

static void the_ballot_offers_exactly_the_fixed_list(void **state)
{
    Fixture *f = *state;
    int64_t projects[4];
    reported(f, projects);
    assert_int_equal(candidates(f), 4);
    cap_is(f, list_of_two);
    const int64_t votes[] = {9, 12, 15, 3};
    test_error(try_fix(f), ERROR_SHORTLIST_NOT_READY);
    test_ok(try_count(f, WORKER, votes));
    test_ok(try_count(f, SECOND, votes));
    test_ok(try_fix(f));
    assert_int_equal(candidates(f), 2);
    Shortlist all = load(f);
    assert_true(all.is_fixed);
    assert_true(all.by_vote);
    assert_int_equal(all.voters, 20);
}

static void two_different_counts_fix_nothing_until_one_is_mended(void **state)
{
    Fixture *f = *state;
    int64_t projects[4];
    reported(f, projects);
    cap_is(f, list_of_two);
    const int64_t votes[] = {9, 12, 15, 3};
    const int64_t other[] = {9, 12, 14, 3};
    test_ok(try_count(f, WORKER, votes));
    test_ok(try_count(f, SECOND, other));
    assert_int_equal(load(f).hall, HALL_DIFFERS);
    test_error(try_fix(f), ERROR_SHORTLIST_NOT_READY);
    test_ok(try_count(f, SECOND, votes));
    assert_int_equal(load(f).hall, HALL_AGREES);
    test_ok(try_fix(f));
}

static void a_list_that_was_not_the_one_confirmed_is_not_fixed(void **state)
{
    Fixture *f = *state;
    int64_t projects[4];
    reported(f, projects);
    test_error(try_fix_shown(f, projects, 3), ERROR_VERSION_CONFLICT);
    test_ok(try_fix_shown(f, projects, 4));
}

static void a_fixed_list_never_changes(void **state)
{
    Fixture *f = *state;
    int64_t projects[4];
    reported(f, projects);
    test_ok(try_fix(f));
    test_error(try_fix(f), ERROR_STAGE_NOT_OPEN);
    int64_t id;
    test_error(try_table(f, &id), ERROR_STAGE_NOT_OPEN);
    test_error(try_deal(f), ERROR_STAGE_NOT_OPEN);
    Shortlist all = load(f);
    TableReport report = {.table = all.tables[0].id,
                          .actor = WORKER,
                          .is_staff = true,
                          .ranks = projects,
                          .n_ranks = 2,
                          .note = STR("再改一次。")};
    test_error(try_report(f, report), ERROR_STAGE_NOT_OPEN);
}

static void a_project_that_is_not_accepted_any_more_is_not_presented(void **state)
{
    Fixture *f = *state;
    int64_t projects[4];
    reported(f, projects);
    assert_int_equal(load(f).n_presented, 4);
    test_ok(try_decide(f, projects[0], row_of(f, projects[0]).version, no));
    Shortlist all = load(f);
    assert_int_equal(all.n_presented, 3);
    assert_int_equal(shortlist_settle(&all), 3);
}

/* --- a person's own ---------------------------------------------------------- */

static Error *erase_resident(Tx *tx, const void *input, Instant now, void *output)
{
    (void)input;
    (void)output;
    return shortlist_erase_person(tx, RESIDENT, now);
}

static void a_recorder_finds_their_table_and_can_be_erased(void **state)
{
    Fixture *f = *state;
    int64_t projects[2];
    accept(f, projects, 2);
    at_stage(f, SHORTLIST_NO);
    int64_t id = table(f);
    MineItems items = {0};
    Snapshot *snapshot;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(shortlist_mine(snapshot, f->arena, RESIDENT, &items));
    db_snapshot_end(snapshot);
    assert_int_equal(items.count, 1);
    test_ok(db_write(f->db, f->arena, erase_resident, NULL, NULL, 0));
    Shortlist all = load(f);
    assert_int_equal(shortlist_table(&all, id)->people[TABLE_RECORDER].id, 0);
    assert_int_equal(shortlist_table(&all, id)->people[TABLE_RECORDER].name.len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(projects_are_dealt_evenly_and_again_the_same),
        ON_BOTH(a_project_lies_on_one_table_only),
        ON_BOTH(a_removed_table_gives_its_projects_back),
        ON_BOTH(tables_are_set_up_ahead_but_nothing_is_reported_before_the_stage),
        ON_BOTH(a_table_reports_by_its_recorder_or_staff_and_nobody_else),
        ON_BOTH(a_correction_says_why_and_a_stale_one_is_refused),
        ON_BOTH(a_changed_package_has_to_be_ranked_anew),
        ON_BOTH(both_gates_are_shut_until_all_is_there),
        ON_BOTH(a_round_in_which_nothing_was_accepted_has_nothing_to_fix),
        ON_BOTH(the_ballot_offers_exactly_the_fixed_list),
        ON_BOTH(two_different_counts_fix_nothing_until_one_is_mended),
        ON_BOTH(a_list_that_was_not_the_one_confirmed_is_not_fixed),
        ON_BOTH(a_fixed_list_never_changes),
        ON_BOTH(a_project_that_is_not_accepted_any_more_is_not_presented),
        ON_BOTH(a_recorder_finds_their_table_and_can_be_erased),
    };
    return cmocka_run_group_tests_name("shortlist", tests, NULL, NULL);
}
