/* The life of a poll on both databases: opened, voted in, closed, counted, checked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "features/people/people.h"
#include "features/polls/polls.h"
#include "features/polls/polls_key.h"
#include "platform/bundle/bundle.h"
#include "polls_sql.h"
#include "tally/pabulib.h"
#include "test_db.h"

#define AREA   1001
#define VOTERS 6
#define POLL   77

typedef struct World {
    Arena *arena;
    Db *db;
    Instant opened;
    int64_t people[VOTERS]; /* 0-3 may vote; 4 is fourteen; 5 only works here */
    int64_t stranger;
    PollKey key;
} World;

typedef struct Making {
    int64_t people[VOTERS];
    int64_t stranger;
} Making;

static Error *make_people(Tx *tx, const void *input, Instant now, void *output)
{
    (void)input;
    Making *made = output;
    int this_year = instant_civil(now).date.year;
    for (int i = 0; i < VOTERS; i++) {
        PersonNew person = {.name = arena_printf(tx_arena(tx), "投票人%d", i),
                            .birth_year = i == 4 ? this_year - 14 : 1960 + i,
                            .birth_month = 5};
        RollEntry entry = {.area = AREA,
                           .residency = i == 5 ? RESIDENCY_WORKS_HERE : RESIDENCY_REGISTERED};
        Error *err = people_create(tx, &person, &made->people[i]);
        entry.person = made->people[i];
        if (!err) {
            err = people_add_to_roll(tx, &entry);
        }
        if (err) {
            return err;
        }
    }
    PersonNew stranger = {.name = STR("外人"), .birth_year = 1970, .birth_month = 1};
    return people_create(tx, &stranger, &made->stranger);
}

static const PollOption options[] = {
    {.code = STR_INIT("001"), .title = STR_INIT("路灯"), .kind = 1, .cost_fen = {600}},
    {.code = STR_INIT("002"), .title = STR_INIT("扶手"), .kind = 1, .cost_fen = {500}},
    {.code = STR_INIT("003"), .title = STR_INIT("座椅"), .kind = 3, .cost_fen = {400}},
};

static PollNew new_poll(Instant now)
{
    return (PollNew){.area = AREA,
                     .id = POLL,
                     .round = 5,
                     .title = STR("第一批"),
                     .opens_at = now,
                     .closes_at = {now.ms + 3600000},
                     .budget_fen = {1000},
                     .max_choices = 2,
                     .minimum_age = 15,
                     .rule = STR("greedy"),
                     .utility = STR("cost"),
                     .tie = STR("votes,cost,name"),
                     .zero_support = STR("exclude"),
                     .options = options,
                     .n_options = countof(options)};
}

static int make_world(void **state, DbKind kind)
{
    World *w = calloc(1, sizeof(*w));
    w->arena = arena_create((size_t)1 << 28);
    test_db_open(w->arena, kind, &w->db);
    Making made;
    test_ok(db_write(w->db, w->arena, make_people, NULL, &made, sizeof(made)));
    memcpy(w->people, made.people, sizeof(made.people));
    w->stranger = made.stranger;
    memset(w->key.bytes, 7, sizeof(w->key.bytes));
    w->opened = clock_now(test_db_clock(w->db));
    PollNew poll = new_poll(w->opened);
    test_ok(db_write(w->db, w->arena, polls_open, &poll, NULL, 0));
    *state = w;
    return 0;
}

static int on_sqlite(void **state)
{
    return make_world(state, DB_SQLITE);
}

static int on_postgres(void **state)
{
    return make_world(state, DB_POSTGRES);
}

static int end_world(void **state)
{
    World *w = *state;
    test_db_close(w->db);
    arena_destroy(w->arena);
    free(w);
    return 0;
}

static Error *cast(World *w, int64_t person, const int64_t *choices, size_t n, Str *out_receipt)
{
    BallotCast input = {.area = AREA,
                        .poll = POLL,
                        .person = person,
                        .ballot_key = poll_ballot_key(w->arena, &w->key, person),
                        .options = choices,
                        .n_options = n,
                        .receipt = poll_new_receipt(w->arena)};
    BallotCastDone done = {0};
    Error *err = db_write(w->db, w->arena, polls_cast, &input, &done, sizeof(done));
    if (out_receipt) {
        *out_receipt = done.receipt;
    }
    return err;
}

static void assert_code(const Error *err, ErrorCode code)
{
    assert_non_null(err);
    assert_string_equal(error_code_name(err->code), error_code_name(code));
}

static int64_t ballots_in(World *w)
{
    Snapshot *snapshot;
    BallotCountRow row;
    test_ok(db_snapshot_begin(w->db, w->arena, &snapshot));
    test_ok(sql_ballot_count(snapshot, AREA, POLL, &row));
    db_snapshot_end(snapshot);
    return row.n;
}

static PollGetRow poll_now(World *w)
{
    Snapshot *snapshot;
    PollGetRow row;
    bool found;
    test_ok(db_snapshot_begin(w->db, w->arena, &snapshot));
    test_ok(sql_poll_get(snapshot, AREA, POLL, &row, &found));
    db_snapshot_end(snapshot);
    assert_true(found);
    return row;
}

static void pass_an_hour(World *w)
{
    atomic_fetch_add(&test_db_clock(w->db)->offset_ms, 3600000);
}

static Error *close_poll(World *w)
{
    PollAct act = {AREA, POLL, 9, poll_now(w).version};
    return db_write(w->db, w->arena, polls_close, &act, NULL, 0);
}

static Error *count_poll(World *w, PollCount *count)
{
    Snapshot *snapshot;
    test_ok(db_snapshot_begin(w->db, w->arena, &snapshot));
    Error *err = polls_compute(snapshot, AREA, POLL, count);
    db_snapshot_end(snapshot);
    return err ? err : db_write(w->db, w->arena, polls_store_count, count, NULL, 0);
}

static const int64_t first[] = {1};
static const int64_t first_and_third[] = {1, 3};
static const int64_t second[] = {2};

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

static PollStanding standing_of(World *w, int64_t person)
{
    Snapshot *snapshot = NULL;
    PollStanding standing = POLL_STANDING_VOTER;
    test_ok(db_snapshot_begin(w->db, w->arena, &snapshot));
    test_ok(polls_standing(snapshot, AREA, POLL, person, &standing));
    db_snapshot_end(snapshot);
    return standing;
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

static void vote_all(World *w)
{
    test_ok(cast(w, w->people[0], first_and_third, 2, NULL));
    test_ok(cast(w, w->people[1], first, 1, NULL));
    test_ok(cast(w, w->people[2], second, 1, NULL));
    test_ok(cast(w, w->people[3], first_and_third, 2, NULL));
    pass_an_hour(w);
    test_ok(close_poll(w));
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
    assert_int_equal(count.voters, 4);
    assert_int_equal(count.total_cost_fen.fen, 1000);
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
    test_ok(poll_tally_options(w->arena, STR("greedy"), STR("cost"), STR("votes,cost,name"),
                               STR("exclude"), &rule));
    test_ok(tally_run(w->arena, &file.election, &rule, &result));
    assert_int_equal(result.voters, 4);
    assert_int_equal(result.n_selected, 2);
    assert_int_equal(result.selected[0], 0);
    assert_int_equal(result.selected[1], 2);
    buf_free(&text);
}

/* The page before a ballot and the receipt after it tell who cast the one between. */
static void the_bundle_of_a_poll_counts_to_what_was_stored(void **state)
{
    World *w = *state;
    PollCount count;
    vote_all(w);
    test_ok(count_poll(w, &count));
    Buf bundle;
    Snapshot *snapshot;
    BundleVerdict verdict;
    buf_init(&bundle, 1 << 20);
    test_ok(db_snapshot_begin(w->db, w->arena, &snapshot));
    test_ok(polls_bundle_file(snapshot, AREA, POLL, &bundle));
    db_snapshot_end(snapshot);
    bundle_check(w->arena, buf_view(&bundle), &verdict);
    if (!verdict.is_same) {
        fail_msg("%.*s", STR_ARG(verdict.difference));
    }
    assert_int_equal(verdict.voters, 4);
    assert_int_equal(verdict.n_selected, 2);
    buf_free(&bundle);
}

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

#define ON(name)                                                                                   \
    {#name "_on_sqlite", name, on_sqlite, end_world, NULL},                                        \
    {                                                                                              \
#name "_on_postgres", name, on_postgres, end_world, NULL                                   \
    }

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON(the_roll_at_opening_counts_only_those_who_may_vote),
        ON(a_second_poll_for_the_same_round_is_refused),
        ON(a_person_has_one_ballot_and_changing_it_keeps_the_receipt),
        ON(who_cannot_vote_is_told_which_of_the_reasons_it_is),
        ON(somebody_not_on_the_roll_too_young_or_only_working_here_cannot_vote),
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
