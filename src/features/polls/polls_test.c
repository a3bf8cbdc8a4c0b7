/* The life of a poll on both databases: opened, voted in, closed, counted, checked. */
#include "features/polls/polls_fixture.h"
#include "tally/pabulib.h"

static void the_roll_at_opening_counts_only_those_who_may_vote(void **state)
{
    assert_int_equal(poll_now(*state).eligible, 4);
}

static void a_second_poll_for_the_same_round_is_refused(void **state)
{
    World *w = *state;
    PollNew again = new_poll(w->opened);
    again.id = POLL + 1;
    assert_code(db_write(w->db, w->arena, polls_open, &again, NULL, 0), ERROR_ALREADY_EXISTS);
}

static void a_person_has_one_ballot_and_changing_it_keeps_the_receipt(void **state)
{
    World *w = *state;
    Str receipt;
    Str later;
    test_ok(cast(w, w->people[0], first, 1, &receipt));
    test_ok(cast(w, w->people[0], second, 1, &later));
    assert_int_equal(ballots_in(w), 1);
    assert_true(str_eq(receipt, later));
}

static PollStanding poll_standing_of(World *w, int64_t poll, int64_t person)
{
    Snapshot *snapshot = NULL;
    PollStanding standing = POLL_STANDING_VOTER;
    test_ok(db_snapshot_begin(w->db, w->arena, &snapshot));
    test_ok(polls_standing(snapshot, AREA, poll, person, &standing));
    db_snapshot_end(snapshot);
    return standing;
}

static PollStanding standing_of(World *w, int64_t person)
{
    return poll_standing_of(w, POLL, person);
}

static void who_cannot_vote_is_told_which_of_the_reasons_it_is(void **state)
{
    World *w = *state;
    assert_int_equal(standing_of(w, w->people[0]), POLL_STANDING_VOTER);
    assert_int_equal(standing_of(w, w->stranger), POLL_STANDING_NOT_HERE);
    assert_int_equal(standing_of(w, w->people[4]), POLL_STANDING_TOO_YOUNG);
    assert_int_equal(standing_of(w, w->people[5]), POLL_STANDING_WORKS_HERE);
}

static void somebody_not_on_the_roll_too_young_or_only_working_here_cannot_vote(void **state)
{
    World *w = *state;
    assert_code(cast(w, w->stranger, first, 1, NULL), ERROR_POLL_NOT_ON_ROLL);
    assert_code(cast(w, w->people[4], first, 1, NULL), ERROR_POLL_NOT_ON_ROLL);
    assert_code(cast(w, w->people[5], first, 1, NULL), ERROR_POLL_NOT_ON_ROLL);
    assert_int_equal(ballots_in(w), 0);
}

/* People 0 to 3 were born in 1960 to 1963 and live here; 5 works here. */
static void the_rules_of_the_round_say_who_votes(void **state)
{
    World *w = *state;
    PollNew poll = new_poll(w->opened);
    int this_year = instant_civil(w->opened).date.year;
    poll.id = POLL + 1;
    poll.round = w->round;
    poll.maximum_age = this_year - 1963;
    poll.residencies = 1u << RESIDENCY_WORKS_HERE | 1u << RESIDENCY_REGISTERED;
    test_ok(db_write(w->db, w->arena, polls_open, &poll, NULL, 0));
    assert_int_equal(poll_standing_of(w, poll.id, w->people[3]), POLL_STANDING_VOTER);
    assert_int_equal(poll_standing_of(w, poll.id, w->people[0]), POLL_STANDING_TOO_OLD);
    assert_int_equal(poll_standing_of(w, poll.id, w->people[5]), POLL_STANDING_VOTER);
    w->poll = poll.id;
    assert_code(cast(w, w->people[0], first, 1, NULL), ERROR_POLL_NOT_ON_ROLL);
    test_ok(cast(w, w->people[5], first, 1, NULL));
    assert_int_equal(poll_now(w).eligible, 2);
}

static void who_stands_otherwise_on_the_roll_is_not_asked(void **state)
{
    World *w = *state;
    PollNew poll = new_poll(w->opened);
    poll.id = POLL + 1;
    poll.round = w->round;
    poll.residencies = 1u << RESIDENCY_TENANT;
    test_ok(db_write(w->db, w->arena, polls_open, &poll, NULL, 0));
    assert_int_equal(poll_standing_of(w, poll.id, w->people[0]), POLL_STANDING_OTHERS);
    w->poll = poll.id;
    assert_int_equal(poll_now(w).eligible, 0);
}

static void a_refused_ballot_leaves_the_earlier_one_as_it_was(void **state)
{
    World *w = *state;
    int64_t three[] = {1, 2, 3};
    test_ok(cast(w, w->people[0], second, 1, NULL));
    assert_code(cast(w, w->people[0], three, 3, NULL), ERROR_BALLOT_TOO_MANY);
    Snapshot *snapshot;
    BallotGetRow mine;
    bool found;
    test_ok(db_snapshot_begin(w->db, w->arena, &snapshot));
    test_ok(sql_ballot_get(snapshot, AREA, POLL, poll_ballot_key(w->arena, &w->key, w->people[0]),
                           &mine, &found));
    db_snapshot_end(snapshot);
    assert_true(found && str_eq(mine.choices, STR("2")));
}

static void nothing_is_taken_after_the_closing_time_even_before_anybody_closes(void **state)
{
    World *w = *state;
    pass_an_hour(w);
    assert_code(cast(w, w->people[0], first, 1, NULL), ERROR_POLL_CLOSED);
}

static void a_poll_cannot_be_closed_while_voting_runs(void **state)
{
    assert_code(close_poll(*state), ERROR_POLL_NOT_OPEN);
}

static void an_open_poll_cannot_be_counted(void **state)
{
    PollCount count;
    assert_code(count_poll(*state, &count), ERROR_POLL_NOT_OPEN);
}

static void the_stored_count_is_what_the_rule_selects(void **state)
{
    World *w = *state;
    PollCount count;
    vote_all(w);
    test_ok(count_poll(w, &count));
    Snapshot *snapshot;
    ResultOptionsRows rows;
    test_ok(db_snapshot_begin(w->db, w->arena, &snapshot));
    test_ok(sql_result_options(snapshot, AREA, POLL, &rows));
    db_snapshot_end(snapshot);
    assert_int_equal(count.result.voters, 4);
    assert_int_equal(count.result.total_cost, 1000);
    assert_int_equal(rows.rows[0].no, 1); /* three votes */
    assert_int_equal(rows.rows[1].no, 3); /* two votes */
    assert_true(rows.rows[1].is_selected && !rows.rows[2].is_selected);
    assert_int_equal(rows.rows[2].lacked_votes, 2); /* with three votes it comes before 座椅 */
}

static void a_poll_is_counted_once(void **state)
{
    World *w = *state;
    PollCount count;
    vote_all(w);
    test_ok(count_poll(w, &count));
    assert_code(db_write(w->db, w->arena, polls_store_count, &count, NULL, 0),
                ERROR_VERSION_CONFLICT);
}

static void ballots_are_not_shown_before_the_count(void **state)
{
    World *w = *state;
    Buf file;
    Snapshot *snapshot;
    buf_init(&file, 1 << 20);
    vote_all(w);
    test_ok(db_snapshot_begin(w->db, w->arena, &snapshot));
    assert_code(polls_ballot_file(snapshot, AREA, POLL, &file), ERROR_NOT_FOUND);
    assert_code(polls_pabulib_file(snapshot, AREA, POLL, &file), ERROR_NOT_FOUND);
    assert_code(polls_bundle_file(snapshot, AREA, POLL, &file), ERROR_NOT_FOUND);
    db_snapshot_end(snapshot);
    assert_int_equal(file.len, 0);
}

static void the_published_file_gives_the_same_selection_again(void **state)
{
    World *w = *state;
    PollCount count;
    vote_all(w);
    test_ok(count_poll(w, &count));
    Buf text;
    Snapshot *snapshot;
    buf_init(&text, 1 << 20);
    test_ok(db_snapshot_begin(w->db, w->arena, &snapshot));
    test_ok(polls_pabulib_file(snapshot, AREA, POLL, &text));
    db_snapshot_end(snapshot);
    PabulibFile file;
    TallyOptions rule;
    TallyResult result;
    test_ok(pabulib_parse(w->arena, buf_view(&text), &file));
    PollRule words = poll_rule_default();
    test_ok(poll_tally_options(w->arena, &words, &rule));
    test_ok(tally_run(w->arena, &file.election, &rule, &result));
    assert_int_equal(result.voters, 4);
    assert_int_equal(result.n_selected, 2);
    assert_int_equal(result.selected[0], 0);
    assert_int_equal(result.selected[1], 2);
    assert_true(str_eq(file.projects[0].category, STR("engineering")));
    assert_true(str_eq(file.projects[0].selected, STR("1")));
    assert_true(str_eq(file.projects[1].selected, STR("0")));
    assert_true(str_eq(pabulib_meta(&file, STR("num_votes")), STR("4")));
    buf_free(&text);
}

static void the_bundle_of_a_poll_counts_to_what_was_stored(void **state)
{
    World *w = *state;
    PollCount count;
    vote_all(w);
    test_ok(count_poll(w, &count));
    assert_bundle_is_same(w);
}

/* The page before a ballot and the receipt after it tell who cast the one between. */
static void the_access_log_names_nobody_on_the_way_to_a_receipt(void **state)
{
    (void)state;
    size_t found = 0;
    for (size_t i = 0; i < polls_feature.n_routes; i++) {
        const Route *route = &polls_feature.routes[i];
        Str path = str_from(route->path);
        if (str_ends_with(path, STR("/ballot")) || str_ends_with(path, STR("/receipt"))) {
            assert_true(route->flags & ROUTE_QUIET);
            found++;
        }
    }
    assert_int_equal(found, 3);
}

static void a_ballot_key_says_nothing_about_the_person_without_the_poll_key(void **state)
{
    World *w = *state;
    PollKey other = w->key;
    other.bytes[0] ^= 1;
    Str mine = poll_ballot_key(w->arena, &w->key, w->people[0]);
    assert_int_equal(mine.len, BALLOT_KEY_BYTES);
    assert_false(str_eq(mine, poll_ballot_key(w->arena, &other, w->people[0])));
    assert_false(str_eq(mine, poll_ballot_key(w->arena, &w->key, w->people[1])));
    assert_true(str_eq(mine, poll_ballot_key(w->arena, &w->key, w->people[0])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON(the_roll_at_opening_counts_only_those_who_may_vote),
        ON(a_second_poll_for_the_same_round_is_refused),
        ON(a_person_has_one_ballot_and_changing_it_keeps_the_receipt),
        ON(who_cannot_vote_is_told_which_of_the_reasons_it_is),
        ON(somebody_not_on_the_roll_too_young_or_only_working_here_cannot_vote),
        ON(the_rules_of_the_round_say_who_votes),
        ON(who_stands_otherwise_on_the_roll_is_not_asked),
        ON(a_refused_ballot_leaves_the_earlier_one_as_it_was),
        ON(nothing_is_taken_after_the_closing_time_even_before_anybody_closes),
        ON(a_poll_cannot_be_closed_while_voting_runs),
        ON(an_open_poll_cannot_be_counted),
        ON(the_stored_count_is_what_the_rule_selects),
        ON(a_poll_is_counted_once),
        ON(ballots_are_not_shown_before_the_count),
        ON(the_published_file_gives_the_same_selection_again),
        ON(the_bundle_of_a_poll_counts_to_what_was_stored),
        ON(a_ballot_key_says_nothing_about_the_person_without_the_poll_key),
        cmocka_unit_test(the_access_log_names_nobody_on_the_way_to_a_receipt),
    };
    return cmocka_run_group_tests_name("polls", tests, NULL, NULL);
}
