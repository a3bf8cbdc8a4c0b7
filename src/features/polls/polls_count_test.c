/* Every rule a round may name, from opening to the recount, on both databases. */
#include "features/polls/polls_fixture.h"

static PollNew other_poll(World *w, const char *rule, const char *utility, const char *completion)
{
    PollNew poll = new_poll(w->opened);
    poll.id = POLL + w->round;
    poll.round = w->round;
    poll.rule.rule = str_from(rule);
    poll.rule.utility = str_from(utility);
    poll.rule.completion = str_from(completion);
    return poll;
}

static void a_rule_that_nobody_can_count_is_refused_at_opening(void **state)
{
    World *w = *state;
    PollNew unknown = other_poll(w, "dice", "cost", "none");
    assert_code(db_write(w->db, w->arena, polls_open, &unknown, NULL, 0), ERROR_CONFIGURATION);
    PollNew points = other_poll(w, "greedy", "points", "none");
    assert_code(db_write(w->db, w->arena, polls_open, &points, NULL, 0), ERROR_CONFIGURATION);
    PollNew greedy = other_poll(w, "greedy", "cost", "none");
    test_ok(db_write(w->db, w->arena, polls_open, &greedy, NULL, 0));
}

/* What one rule makes of vote_all's ballots {1,3} {1} {2} {1,3}: 路灯 600, 扶手 500, 座椅 400. */
typedef struct RuleCase {
    const char *rule, *utility, *completion;
    int64_t selected[3]; /* option numbers in the order of the count, then 0 */
    PollFunding funding; /* of the first */
    const char *price;   /* of the first, and how many paid it */
    int64_t payers;
} RuleCase;

static const RuleCase rule_cases[] = {
    {"greedy", "cost", "none", {1, 3, 0}, POLL_FUNDED_BUDGET, "", 0},
    {"greedy", "count", "none", {1, 3, 0}, POLL_FUNDED_BUDGET, "", 0},
    /* Each has 2.50 yuan: three share the lamp at 2 each; then two have 0.50 each for 座椅. */
    {"equal-shares", "cost", "none", {1, 0, 0}, POLL_FUNDED_VOTERS, "2", 3},
    {"equal-shares", "count", "none", {1, 0, 0}, POLL_FUNDED_VOTERS, "2", 3},
    {"equal-shares", "cost", "greedy", {1, 3, 0}, POLL_FUNDED_VOTERS, "2", 3},
    {"equal-shares", "cost", "add1e", {1, 3, 0}, POLL_FUNDED_VOTERS, "2", 3},
    {"equal-shares", "cost", "add1e+greedy", {1, 3, 0}, POLL_FUNDED_VOTERS, "2", 3},
    {"phragmen", "cost", "none", {1, 3, 0}, POLL_FUNDED_VOTERS, "2", 3},
    {"max-satisfaction", "count", "none", {1, 3, 0}, POLL_FUNDED_BUDGET, "", 0},
};

static void open_other(World *w, const RuleCase *c)
{
    w->poll = POLL + w->round;
    PollNew poll = other_poll(w, c->rule, c->utility, c->completion);
    test_ok(db_write(w->db, w->arena, polls_open, &poll, NULL, 0));
}

static void assert_counted_as(World *w, const RuleCase *c)
{
    Snapshot *snapshot;
    ResultOptionsRows rows;
    PollChecksRows checks;
    PollOthersRows others;
    PollWinsRows wins;
    test_ok(db_snapshot_begin(w->db, w->arena, &snapshot));
    test_ok(sql_result_options(snapshot, AREA, w->poll, &rows));
    test_ok(sql_poll_checks(snapshot, AREA, w->poll, &checks));
    test_ok(sql_poll_others(snapshot, AREA, w->poll, &others));
    test_ok(sql_poll_wins(snapshot, AREA, w->poll, &wins));
    db_snapshot_end(snapshot);
    size_t n = 0;
    while (n < rows.count && rows.rows[n].is_selected) {
        assert_int_equal(rows.rows[n].no, c->selected[n]);
        n++;
    }
    assert_int_equal(c->selected[n], 0);
    assert_int_equal(rows.rows[0].funding, c->funding);
    assert_true(str_eq(rows.rows[0].price, str_from(c->price)));
    assert_int_equal(rows.rows[0].payers, c->payers);
    assert_int_equal(checks.count, TALLY_CHECKS);
    assert_int_equal(checks.rows[TALLY_CHECK_BUDGET].verdict, TALLY_HOLDS);
    assert_int_equal(others.count, 3);        /* all but itself */
    assert_int_equal(wins.rows[0].voters, 1); /* who chose 扶手 alone */
}

static void every_rule_opens_counts_and_its_bundle_counts_the_same(void **state)
{
    World *w = *state;
    for (size_t i = 0; i < countof(rule_cases); i++) {
        const RuleCase *c = &rule_cases[i];
        PollCount count;
        w->round++;
        w->opened = clock_now(test_db_clock(w->db));
        open_other(w, c);
        vote_all(w);
        test_ok(count_poll(w, &count));
        assert_counted_as(w, c);
        assert_bundle_is_same(w);
    }
}

static void a_loser_is_told_the_least_that_would_have_selected_it(void **state)
{
    World *w = *state;
    const RuleCase *shares = &rule_cases[2];
    PollCount count;
    open_other(w, shares);
    vote_all(w);
    test_ok(count_poll(w, &count));
    Snapshot *snapshot;
    ResultOptionsRows rows;
    test_ok(db_snapshot_begin(w->db, w->arena, &snapshot));
    test_ok(sql_result_options(snapshot, AREA, w->poll, &rows));
    db_snapshot_end(snapshot);
    const ResultOptionsRow *seat = &rows.rows[rows.rows[1].no == 3 ? 1 : 2];
    assert_int_equal(seat->no, 3);
    assert_true(str_eq(seat->supporters_left, STR("1"))); /* 2 x 0.50 */
    assert_int_equal(seat->lacked_fen.fen, 300);          /* then two pay 0.50 each */
    assert_int_equal(seat->lacked_budget_fen.fen, 600);   /* 4 each: 2 for the lamp, 2 for it */
    assert_true(seat->lacked_votes > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON(a_rule_that_nobody_can_count_is_refused_at_opening),
        ON(every_rule_opens_counts_and_its_bundle_counts_the_same),
        ON(a_loser_is_told_the_least_that_would_have_selected_it),
    };
    return cmocka_run_group_tests_name("polls_count", tests, NULL, NULL);
}
